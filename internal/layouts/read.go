package layouts

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// readAll reads and parses the files of fsys, and goes on after errors.
func (e *Engine) readAll(fsys fs.FS) Errors {
	if fsys == nil {
		return Errors{{Err: errors.New("no file system")}}
	}
	var errs Errors
	_ = fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			errs = append(errs, readError(p, err))
			return nil
		case ignored(p):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir(), e.opt.Read != nil && !e.opt.Read(p):
			return nil
		}
		errs = append(errs, e.readFile(fsys, p)...)
		return nil
	})
	return errs
}

// ignored reports whether p is a hidden file, or one that an editor left.
func ignored(p string) bool {
	name := path.Base(p)
	return p != "." && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "#") || strings.HasSuffix(name, "~"))
}

func (e *Engine) readFile(fsys fs.FS, p string) Errors {
	// Stat follows a link; the directory entry does not.
	info, err := fs.Stat(fsys, p)
	switch {
	case err != nil:
		return Errors{readError(p, err)}
	case !info.Mode().IsRegular():
		return nil
	case info.Size() > maxFileSize:
		return Errors{{File: p, Err: fmt.Errorf("%d bytes are too many for a template, %d are allowed", info.Size(), maxFileSize)}}
	}
	data, err := fs.ReadFile(fsys, p)
	if err != nil {
		return Errors{readError(p, err)}
	}
	if bytes.IndexByte(data[:min(len(data), 8000)], 0) >= 0 {
		return nil
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	// A Windows checkout is to give the same bytes as any other.
	src := strings.ReplaceAll(string(data), "\r\n", "\n")
	// The NUL keeps the id apart from every name that an author may choose.
	id := "\x00" + strconv.Itoa(len(e.byID))
	f, errs := parseFile(p, id, src)
	if f != nil {
		e.files[p] = f
		e.byID[id] = f
	}
	return errs
}

// readError drops the path that a *fs.PathError repeats.
func readError(p string, err error) *Error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return &Error{File: p, Err: pe.Err}
	}
	return &Error{File: p, Err: err}
}
