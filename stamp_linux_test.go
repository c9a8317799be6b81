package jam_test

import (
	"hash/fnv"
	"io/fs"
	"syscall"
	"time"
)

// stampOf returns what the operating system would say of a file that was changed at that time.
func stampOf(name string, changed time.Time) any {
	h := fnv.New64()
	h.Write([]byte(name))
	return &syscall.Stat_t{Ino: h.Sum64(), Ctim: syscall.NsecToTimespec(changed.UnixNano())}
}

// agedFS is a folder of files that seem to be older than they are, so that they may be told from changed ones by their times.
type agedFS struct{ fs.FS }

const aged = time.Hour

func (a agedFS) Open(name string) (fs.File, error) {
	f, err := a.FS.Open(name)
	if err != nil {
		return nil, err
	}
	return agedFile{f}, nil
}

func (a agedFS) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(a.FS, name) }

func (a agedFS) Stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(a.FS, name)
	return agedInfo{info}, err
}

type agedFile struct{ fs.File }

func (f agedFile) Stat() (fs.FileInfo, error) {
	info, err := f.File.Stat()
	return agedInfo{info}, err
}

type agedInfo struct{ fs.FileInfo }

func (i agedInfo) ModTime() time.Time { return i.FileInfo.ModTime().Add(-aged) }

func (i agedInfo) Sys() any {
	st, ok := i.FileInfo.Sys().(*syscall.Stat_t)
	if !ok {
		return nil
	}
	older := *st
	older.Ctim = syscall.NsecToTimespec(syscall.TimespecToNsec(st.Ctim) - aged.Nanoseconds())
	return &older
}
