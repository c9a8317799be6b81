//go:build !linux

package jam_test

import (
	"errors"
	"io/fs"
	"time"
)

// accessTime is when a file was read last, if that is to be had.
func accessTime(fs.FileInfo) (time.Time, bool) { return time.Time{}, false }

func makePipe(string) error { return errors.ErrUnsupported }
