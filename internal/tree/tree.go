// Package tree makes a file system of a fixed list of names, whose contents
// are made when they are asked for.
package tree

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// Content is the content of a file. Reader, which may also be an io.Seeker, an
// io.ReaderAt or an io.Closer, is read by one user.
type Content struct {
	Size   int64
	Reader io.Reader
}

// FS is the file system. It implements fs.ReadDirFS, fs.StatFS and fs.ReadFileFS.
// It is safe for concurrent use when its open function is.
type FS struct {
	dirs map[string][]entry // sorted by name
	mod  time.Time
	open func(name string) (Content, error)
}

type entry struct {
	name string
	dir  bool
}

// New returns a file system of files with these names, which are valid by
// fs.ValidPath, unique, and none a folder of another. Files and folders have the
// modification time mod. open is called each time that a file's content, or
// its size, is needed.
func New(names []string, mod time.Time, open func(name string) (Content, error)) *FS {
	f := &FS{dirs: map[string][]entry{".": nil}, mod: mod, open: open}
	for _, name := range names {
		f.add(name, false)
	}
	for _, list := range f.dirs {
		slices.SortFunc(list, func(a, b entry) int { return strings.Compare(a.name, b.name) })
	}
	return f
}

func (f *FS) add(name string, dir bool) {
	parent := path.Dir(name)
	if _, ok := f.dirs[parent]; !ok {
		f.dirs[parent] = nil
		f.add(parent, true)
	}
	f.dirs[parent] = append(f.dirs[parent], entry{path.Base(name), dir})
}

// find tells whether name is there, and whether it is a folder.
func (f *FS) find(name string) (dir, ok bool) {
	if _, ok := f.dirs[name]; ok {
		return true, true
	}
	_, ok = slices.BinarySearchFunc(f.dirs[path.Dir(name)], path.Base(name), func(e entry, s string) int {
		return strings.Compare(e.name, s)
	})
	return false, ok
}

func (f *FS) check(op, name string) (dir bool, err error) {
	if !fs.ValidPath(name) {
		return false, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	dir, ok := f.find(name)
	if !ok {
		return false, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	}
	return dir, nil
}

// Open opens a file or folder.
func (f *FS) Open(name string) (fs.File, error) {
	dir, err := f.check("open", name)
	if err != nil {
		return nil, err
	}
	if dir {
		return &openDir{fs: f, name: name}, nil
	}
	c, err := f.open(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	file := openFile{info: info{name: path.Base(name), size: c.Size, mod: f.mod}, path: name, r: c.Reader}
	if _, ok := c.Reader.(io.Seeker); ok {
		if _, ok := c.Reader.(io.ReaderAt); ok {
			return &seekFile{file}, nil
		}
	}
	return &file, nil
}

// Stat describes a file or folder. For its size a file's content is made.
func (f *FS) Stat(name string) (fs.FileInfo, error) {
	dir, err := f.check("stat", name)
	if err != nil {
		return nil, err
	}
	if dir {
		return info{name: path.Base(name), mod: f.mod, dir: true}, nil
	}
	c, err := f.open(name)
	if err != nil {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: err}
	}
	if cl, ok := c.Reader.(io.Closer); ok {
		cl.Close()
	}
	return info{name: path.Base(name), size: c.Size, mod: f.mod}, nil
}

// ReadFile returns a file's content.
func (f *FS) ReadFile(name string) ([]byte, error) {
	dir, err := f.check("readfile", name)
	if err != nil {
		return nil, err
	}
	if dir {
		return nil, &fs.PathError{Op: "readfile", Path: name, Err: errors.New("is a directory")}
	}
	c, err := f.open(name)
	if err != nil {
		return nil, &fs.PathError{Op: "readfile", Path: name, Err: err}
	}
	if cl, ok := c.Reader.(io.Closer); ok {
		defer cl.Close()
	}
	buf := bytes.NewBuffer(make([]byte, 0, min(c.Size, 1<<20)+bytes.MinRead))
	_, err = buf.ReadFrom(c.Reader)
	return buf.Bytes(), err
}

// ReadDir lists a folder, sorted by name.
func (f *FS) ReadDir(name string) ([]fs.DirEntry, error) {
	dir, err := f.check("readdir", name)
	if err != nil {
		return nil, err
	}
	if !dir {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: errors.New("not a directory")}
	}
	return f.list(name, 0, -1), nil
}

// list returns up to n entries of a folder from the i-th on, or all for n < 0.
func (f *FS) list(name string, i, n int) []fs.DirEntry {
	rest := f.dirs[name][i:]
	if n >= 0 && n < len(rest) {
		rest = rest[:n]
	}
	out := make([]fs.DirEntry, len(rest))
	for k, e := range rest {
		out[k] = dirEntry{fs: f, path: path.Join(name, e.name), entry: e}
	}
	return out
}

// checkIndex returns the error of making a folder's index.html. A server that
// fails to open that file goes on to list the folder, as net/http does; it
// must not answer as if all were well.
func (f *FS) checkIndex(dir string) error {
	index := path.Join(dir, "index.html")
	if isDir, ok := f.find(index); isDir || !ok {
		return nil
	}
	_, err := f.Stat(index)
	return err
}

type dirEntry struct {
	fs   *FS
	path string
	entry
}

func (d dirEntry) Name() string               { return d.name }
func (d dirEntry) IsDir() bool                { return d.dir }
func (d dirEntry) Info() (fs.FileInfo, error) { return d.fs.Stat(d.path) }
func (d dirEntry) String() string             { return fs.FormatDirEntry(d) }
func (d dirEntry) Type() fs.FileMode {
	if d.dir {
		return fs.ModeDir
	}
	return 0
}

type info struct {
	name string
	size int64
	mod  time.Time
	dir  bool
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) ModTime() time.Time { return i.mod }
func (i info) IsDir() bool        { return i.dir }
func (i info) Sys() any           { return nil }
func (i info) String() string     { return fs.FormatFileInfo(i) }
func (i info) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

type openDir struct {
	fs     *FS
	name   string
	offset int
	closed bool
}

func (d *openDir) Stat() (fs.FileInfo, error) { return d.fs.Stat(d.name) }

func (d *openDir) Close() error {
	d.closed = true
	return nil
}

func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.name, Err: errors.New("is a directory")}
}

func (d *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if d.closed {
		return nil, &fs.PathError{Op: "readdir", Path: d.name, Err: fs.ErrClosed}
	}
	if err := d.fs.checkIndex(d.name); err != nil {
		return nil, err
	}
	if n <= 0 {
		n = -1
	}
	list := d.fs.list(d.name, d.offset, n)
	d.offset += len(list)
	if n > 0 && len(list) == 0 {
		return nil, io.EOF
	}
	return list, nil
}

type openFile struct {
	info   info
	path   string
	r      io.Reader
	closed bool
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }

func (f *openFile) Read(p []byte) (int, error) {
	if f.closed {
		return 0, f.errClosed("read")
	}
	return f.r.Read(p)
}

func (f *openFile) Close() error {
	if f.closed {
		return f.errClosed("close")
	}
	f.closed = true
	if c, ok := f.r.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

func (f *openFile) errClosed(op string) error {
	return &fs.PathError{Op: op, Path: f.path, Err: fs.ErrClosed}
}

// seekFile is a file whose reader can seek, which net/http needs for ranges.
type seekFile struct{ openFile }

func (f *seekFile) Seek(offset int64, whence int) (int64, error) {
	if f.closed {
		return 0, f.errClosed("seek")
	}
	return f.r.(io.Seeker).Seek(offset, whence)
}

func (f *seekFile) ReadAt(p []byte, off int64) (int, error) {
	if f.closed {
		return 0, f.errClosed("read")
	}
	return f.r.(io.ReaderAt).ReadAt(p, off)
}
