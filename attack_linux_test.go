package jam_test

import (
	"io/fs"
	"syscall"
	"time"
)

// accessTime is when a file was read last.
func accessTime(info fs.FileInfo) (time.Time, bool) {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return time.Time{}, false
	}
	return time.Unix(st.Atim.Unix()), true
}

func makePipe(name string) error { return syscall.Mkfifo(name, 0o644) }
