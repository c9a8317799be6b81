package outdir

import (
	"errors"
	"os"
	"syscall"
)

// lock takes the lock of a state folder, by a file that nobody else can open
// and that vanishes when it is closed.
func lock(_ *os.Root, path string) (unlock func(), warning string, err error) {
	const (
		flagDeleteOnClose     = 0x04000000
		errorSharingViolation = syscall.Errno(32)
	)
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, "", err
	}
	h, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, 0, nil, syscall.OPEN_ALWAYS,
		syscall.FILE_ATTRIBUTE_NORMAL|syscall.FILE_FLAG_OPEN_REPARSE_POINT|flagDeleteOnClose, 0)
	if errors.Is(err, errorSharingViolation) {
		return nil, "", ErrBusy
	}
	if err != nil {
		return nil, "", &os.PathError{Op: "lock", Path: path, Err: err}
	}
	return func() { syscall.CloseHandle(h) }, "", nil
}
