package layouts

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"text/template/parse"

	"github.com/jam-go/jam/internal/digest"
)

// source is a tree of templates.
type source struct {
	fs.FS
	files   map[string]*file // by path
	prefix  string           // of paths in messages
	builtin bool
}

// readAll reads and parses the files of a tree, and goes on after errors.
func (e *Engine) readAll(src source) Errors {
	if src.FS == nil {
		return Errors{{Err: errors.New("no file system")}}
	}
	var errs Errors
	_ = fs.WalkDir(src.FS, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			errs = append(errs, readError(src.prefix+p, err))
			return nil
		case ignored(p):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir(), !src.builtin && e.opt.Read != nil && !e.opt.Read(p):
			return nil
		}
		errs = append(errs, e.readFile(src, p)...)
		return nil
	})
	return errs
}

// ignored reports whether p is a hidden file, or one that an editor left.
func ignored(p string) bool {
	name := path.Base(p)
	return p != "." && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "#") || strings.HasSuffix(name, "~"))
}

// readFile reads and parses a file. Problems of a file that may be no
// template are kept in it.
func (e *Engine) readFile(src source, p string) Errors {
	f := &file{
		path: src.prefix + p, rel: p, place: classify(p), format: formatIn(classify(p), p), builtin: src.builtin,
		// The NUL keeps the id apart from every name that an author may choose.
		id: "\x00" + strconv.Itoa(len(e.byID)),
	}
	isText, errs := f.read(src.FS)
	if !isText {
		return nil
	}
	if len(errs) == 0 {
		errs = f.parse()
	}
	if len(errs) > 0 && (maybeNone(p) || e.opt.Lazy) {
		f.broken, errs = errs, nil
		f.root, f.defs, f.tries = &tmpl{file: f, name: f.id, tree: emptyTree(f.id)}, nil, nil
	}
	if f.root != nil {
		src.files[p], e.byID[f.id], e.shown[f.path] = f, f, f
	}
	return errs
}

// emptyTree is what there is of a file that could not be parsed.
func emptyTree(id string) *parse.Tree {
	trees, _ := parseText(id, " ")
	return trees[id]
}

// read reads the text of f. It is false for what is no text file.
func (f *file) read(fsys fs.FS) (isText bool, _ Errors) {
	// Stat follows a link; the directory entry does not.
	info, err := fs.Stat(fsys, f.rel)
	switch {
	case err != nil:
		return true, Errors{readError(f.path, err)}
	case !info.Mode().IsRegular():
		return false, nil
	case info.Size() > maxFileSize:
		return true, Errors{{File: f.path, Err: fmt.Errorf("%d bytes are too many for a template, %d are allowed", info.Size(), maxFileSize)}}
	}
	data, err := fs.ReadFile(fsys, f.rel)
	if err != nil {
		return true, Errors{readError(f.path, err)}
	}
	if bytes.IndexByte(data[:min(len(data), 8000)], 0) >= 0 {
		return false, nil
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	// A Windows checkout is to give the same bytes as any other.
	f.src = strings.ReplaceAll(string(data), "\r\n", "\n")
	f.sum = digest.Of([]byte(f.src))
	return true, nil
}

// readError drops the path that a *fs.PathError repeats.
func readError(p string, err error) *Error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return &Error{File: p, Err: pe.Err}
	}
	return &Error{File: p, Err: err}
}
