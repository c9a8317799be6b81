//go:build !linux || android || !(amd64 || arm64)

package outdir

import (
	"io/fs"
	"os"
)

// beneath is for Linux.
type beneath struct{}

func newBeneath(*os.Root) (*beneath, error) { return nil, nil }

func (*beneath) in(*os.Root) (*beneath, error) { return nil, nil }

func (*beneath) close() {}

func (*beneath) create(string) (newFile, bool) { return nil, false }

func (*beneath) open(string) (f oldFile, size int64, perm fs.FileMode, ok bool) {
	return nil, 0, 0, false
}

func (*beneath) stat(string) (at stamp, ok bool) { return stamp{}, false }
