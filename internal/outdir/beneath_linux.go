//go:build !android && (amd64 || arm64)

package outdir

import (
	"io"
	"io/fs"
	"os"
	"sync/atomic"
	"syscall"
	"unsafe"
)

// beneath opens files of a directory by openat2(2), which follows no symbolic link
// and leads nowhere else. The way through [os.Root] is for whatever is not a regular
// file, and where that call is not to be had. It takes nine system calls for a
// file instead of four, and a build that changes nothing does little else.
type beneath struct {
	dir      *os.File
	fd       int
	unusable atomic.Bool
}

func newBeneath(root *os.Root) (*beneath, error) {
	dir, err := root.Open(".")
	if err != nil {
		return nil, err
	}
	return &beneath{dir: dir, fd: int(dir.Fd())}, nil
}

func (b *beneath) close() { b.dir.Close() }

// open opens a regular file, and reports whether it could.
func (b *beneath) open(name string) (f oldFile, size int64, perm fs.FileMode, ok bool) {
	if b.unusable.Load() {
		return nil, 0, 0, false
	}
	path, err := syscall.BytePtrFromString(name)
	if err != nil {
		return nil, 0, 0, false
	}
	fd, errno := b.openat2(path)
	if errno != 0 {
		switch errno {
		case syscall.ENOSYS, syscall.EPERM, syscall.EINVAL, syscall.E2BIG:
			b.unusable.Store(true) // an old kernel, or a filter of system calls
		}
		return nil, 0, 0, false
	}
	var st syscall.Stat_t
	if err := syscall.Fstat(fd, &st); err != nil || st.Mode&syscall.S_IFMT != syscall.S_IFREG {
		syscall.Close(fd)
		return nil, 0, 0, false
	}
	return rawFile(fd), st.Size, fs.FileMode(st.Mode).Perm(), true
}

func (b *beneath) openat2(path *byte) (fd int, errno syscall.Errno) {
	const (
		sysOpenat2          = 437
		resolveNoMagicLinks = 0x02
		resolveNoSymlinks   = 0x04
		resolveBeneath      = 0x08
	)
	how := struct{ flags, mode, resolve uint64 }{
		flags:   syscall.O_RDONLY | syscall.O_CLOEXEC | nonblock,
		resolve: resolveBeneath | resolveNoSymlinks | resolveNoMagicLinks,
	}
	r, _, errno := syscall.Syscall6(sysOpenat2, uintptr(b.fd), uintptr(unsafe.Pointer(path)),
		uintptr(unsafe.Pointer(&how)), unsafe.Sizeof(how), 0, 0)
	return int(r), errno
}

// rawFile is the descriptor of a regular file. An [os.File] is for any kind of file, and
// needs to be told apart from those that block, and to be finalized.
type rawFile int

func (f rawFile) Read(p []byte) (int, error) {
	return ioResult(p, func() (int, error) { return syscall.Read(int(f), p) })
}

func (f rawFile) ReadAt(p []byte, off int64) (int, error) {
	total := 0
	for total < len(p) {
		n, err := ioResult(p, func() (int, error) { return syscall.Pread(int(f), p[total:], off+int64(total)) })
		if err != nil {
			return total, err
		}
		total += n
	}
	return total, nil
}

func (f rawFile) Close() error { return syscall.Close(int(f)) }

// ioResult makes of a system call what [io.Reader] wants.
func ioResult(p []byte, read func() (int, error)) (int, error) {
	for {
		n, err := read()
		switch {
		case err == syscall.EINTR:
		case err != nil:
			return 0, err
		case n == 0 && len(p) > 0:
			return 0, io.EOF
		default:
			return n, nil
		}
	}
}
