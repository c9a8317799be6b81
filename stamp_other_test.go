//go:build !linux

package jam_test

import (
	"io/fs"
	"time"
)

func stampOf(string, time.Time) any { return nil }

type agedFS struct{ fs.FS }
