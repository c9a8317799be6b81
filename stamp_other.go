//go:build !(linux || openbsd || dragonfly || solaris || darwin || freebsd || netbsd || windows)

package jam

import (
	"io/fs"
	"time"
)

// statOf knows nothing of files here: they are read to know whether they have changed.
func statOf(fs.FileInfo) (changed time.Time, node uint64, ok bool) { return time.Time{}, 0, false }
