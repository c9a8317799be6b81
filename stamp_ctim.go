//go:build linux || openbsd || dragonfly || solaris

package jam

import (
	"io/fs"
	"syscall"
	"time"
)

// statOf returns when the status of a file was changed last, and the number of its inode.
func statOf(info fs.FileInfo) (changed time.Time, node uint64, ok bool) {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok || st == nil {
		return time.Time{}, 0, false
	}
	return time.Unix(int64(st.Ctim.Sec), int64(st.Ctim.Nsec)), uint64(st.Ino), true
}
