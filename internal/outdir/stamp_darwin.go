package outdir

import (
	"io/fs"
	"syscall"
)

func stampOf(info fs.FileInfo) stamp {
	s := basicStamp(info)
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		s.ctime, s.inode = st.Ctimespec.Nano(), st.Ino%maxStamp
	}
	return s
}
