//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package outdir

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// lock takes the lock of a state folder. It is on a file and not on the folder,
// because network file systems lock only what is open for writing.
func lock(state *os.Root, _ string) (unlock func(), warning string, err error) {
	// Whoever holds the lock removes the file before letting go, so what was
	// opened may be gone when its lock is had.
	for range 100 {
		f, err := state.OpenFile(lockName, os.O_RDWR|os.O_CREATE, 0o644)
		if err != nil {
			return nil, "", err
		}
		err = flock(f, syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil && isCurrent(state, f) {
			return func() {
				state.Remove(lockName)
				// A child process that is just being started may share the file.
				flock(f, syscall.LOCK_UN)
				f.Close()
			}, "", nil
		}
		f.Close()
		switch {
		case err == nil:
		case errors.Is(err, syscall.EWOULDBLOCK):
			return nil, "", ErrBusy
		case errors.Is(err, errors.ErrUnsupported), errors.Is(err, syscall.ENOLCK):
			state.Remove(lockName)
			unlock, err := lockLocally(state)
			return unlock, "the file system has no locks: builds of other processes are not kept from writing at the same time", err
		default:
			return nil, "", err
		}
	}
	return nil, "", fmt.Errorf("%s/%s cannot be locked: it is not a regular file, or others keep replacing it", stateDir, lockName)
}

func flock(f *os.File, how int) error {
	for {
		if err := syscall.Flock(int(f.Fd()), how); err != syscall.EINTR {
			return err
		}
	}
}

// isCurrent reports whether f is still the file with the lock's name.
func isCurrent(state *os.Root, f *os.File) bool {
	info, err := f.Stat()
	if err != nil {
		return false
	}
	now, err := state.Lstat(lockName)
	return err == nil && os.SameFile(info, now)
}
