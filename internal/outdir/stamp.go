package outdir

import (
	"io/fs"
	"time"
)

// stamp tells a file from what may be in its place later. Two equal ones, other than the
// zero stamp, are of the same file with the same content, unless that was changed within
// the same tick of the file system's clock, or by somebody who set it back. Times are in
// nanoseconds.
type stamp struct {
	size, mtime int64
	// The time of the last change of anything, names included, and the file's number.
	// Both are 0 where the system does not tell.
	ctime int64
	inode uint64
}

// maxStamp is above all numbers of a stamp that has times.
const maxStamp = 1 << 62

// timed reports whether there is more than a size.
func (s stamp) timed() bool {
	return 0 < s.mtime && s.mtime < maxStamp && 0 <= s.ctime && s.ctime < maxStamp
}

// renamed reports whether t is s after the file has been given another name.
func (s stamp) renamed(t stamp) bool {
	s.ctime = t.ctime
	return s == t
}

// racy reports whether the file was changed so shortly before now that it may change
// again without another stamp. The times of some file systems have whole seconds, or
// even ones; those of others are as fine as the ticks of the system's clock.
func (s stamp) racy(now time.Time) bool {
	window := 100 * time.Millisecond
	if s.mtime%int64(time.Second) == 0 && s.ctime%int64(time.Second) == 0 {
		window = 2 * time.Second
	}
	return max(s.mtime, s.ctime) > now.Add(-window).UnixNano()
}

// basicStamp returns what every system tells.
func basicStamp(info fs.FileInfo) stamp {
	return stamp{size: info.Size(), mtime: info.ModTime().UnixNano()}
}
