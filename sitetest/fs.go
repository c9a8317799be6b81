package sitetest

import (
	"fmt"
	"io/fs"

	"golang.org/x/tools/txtar"
)

// FS returns the files of a txtar archive as a file system. In this format, a line such as
//
//	-- content/posts/hello.md --
//
// begins a file; what stands before the first of them is a comment. See [golang.org/x/tools/txtar]. A name that is
// no valid path, or is there twice, is an error of everything that is opened, and ends the test in [Load].
func FS(archive string) fs.FS {
	fsys, err := txtar.FS(txtar.Parse([]byte(archive)))
	if err != nil {
		return badFS{fmt.Errorf("the txtar archive makes no file system: %w", err)}
	}
	return fsys
}

// badFS is what FS returns for an archive with a mistake.
type badFS struct{ err error }

func (f badFS) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: f.err}
}
