package outdir

import (
	"io/fs"
	"syscall"
)

func stampOf(info fs.FileInfo) stamp {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return stampOfStat(st)
	}
	return basicStamp(info)
}

func stampOfStat(st *syscall.Stat_t) stamp {
	return stamp{st.Size, st.Mtim.Nano(), st.Ctim.Nano(), st.Ino % maxStamp}
}
