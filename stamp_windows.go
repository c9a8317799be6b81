package jam

import (
	"io/fs"
	"syscall"
	"time"
)

// statOf returns when a file was created, of which no other has the times.
func statOf(info fs.FileInfo) (changed time.Time, node uint64, ok bool) {
	st, ok := info.Sys().(*syscall.Win32FileAttributeData)
	if !ok || st == nil {
		return time.Time{}, 0, false
	}
	return time.Unix(0, st.CreationTime.Nanoseconds()), uint64(st.FileAttributes), true
}
