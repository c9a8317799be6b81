//go:build !linux && !darwin

package outdir

import "io/fs"

func stampOf(info fs.FileInfo) stamp { return basicStamp(info) }
