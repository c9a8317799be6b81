package jam_test

import (
	"context"
	"io"
	"io/fs"
	"iter"
	"math"
	"slices"

	"github.com/jam-go/jam"
)

// faultyFS is a file system with a call that goes wrong. It has nothing but Open.
type faultyFS struct {
	fsys fs.FS
	in   *injector
}

func (f faultyFS) Open(name string) (fs.File, error) {
	bad, err := f.in.call("Open " + name)
	if bad == fails || bad == nothing {
		return nil, err
	}
	file, openErr := f.fsys.Open(name)
	if openErr != nil {
		return nil, openErr
	}
	if bad == late {
		file.Close()
		return nil, err
	}
	f.in.opened.Add(1)
	return &faultyFile{file, f.in, name}, nil
}

// fullFaultyFS has all methods that a file system may have.
type fullFaultyFS struct{ faultyFS }

func (f fullFaultyFS) Open(name string) (fs.File, error) {
	file, err := f.faultyFS.Open(name)
	if file, ok := file.(*faultyFile); ok {
		if _, ok := file.file.(io.Seeker); ok {
			return fullFaultyFile{file}, err
		}
	}
	return file, err
}

func (f fullFaultyFS) ReadDir(name string) ([]fs.DirEntry, error) {
	return f.in.readDir("ReadDir "+name, func() ([]fs.DirEntry, error) { return fs.ReadDir(f.fsys, name) })
}

func (f fullFaultyFS) Stat(name string) (fs.FileInfo, error) {
	return f.in.stat("Stat "+name, func() (fs.FileInfo, error) { return fs.Stat(f.fsys, name) })
}

func (f fullFaultyFS) ReadFile(name string) ([]byte, error) {
	bad, err := f.in.call("ReadFile " + name)
	if bad == fails {
		return nil, err
	}
	b, readErr := fs.ReadFile(f.fsys, name)
	if bad == late || bad == short && readErr == nil {
		return b[:len(b)/2], err
	}
	return b, readErr
}

// faultyFile is a file, or a folder, of a faultyFS.
type faultyFile struct {
	file fs.File
	in   *injector
	name string
}

func (f *faultyFile) Stat() (fs.FileInfo, error) {
	return f.in.stat("File.Stat "+f.name, f.file.Stat)
}

func (f *faultyFile) Read(p []byte) (int, error) {
	bad, err := f.in.call("Read " + f.name)
	switch {
	case bad == fails:
		return 0, err
	case bad == nothing && len(p) > 0:
		return 0, nil
	case bad == short:
		return f.file.Read(p[:min(1, len(p))])
	}
	n, readErr := f.file.Read(p)
	if bad == late {
		return n, err
	}
	return n, readErr
}

func (f *faultyFile) ReadDir(n int) ([]fs.DirEntry, error) {
	dir, ok := f.file.(fs.ReadDirFile)
	if !ok {
		return nil, &fs.PathError{Op: "readdir", Path: f.name, Err: fs.ErrInvalid}
	}
	return f.in.readDir("File.ReadDir "+f.name, func() ([]fs.DirEntry, error) { return dir.ReadDir(n) })
}

// Close closes the file whatever it returns.
func (f *faultyFile) Close() error {
	f.in.opened.Add(-1)
	closeErr := f.file.Close()
	if bad, err := f.in.call("Close " + f.name); bad == fails || bad == late {
		return err
	}
	return closeErr
}

type fullFaultyFile struct{ *faultyFile }

func (f fullFaultyFile) Seek(offset int64, whence int) (int64, error) {
	return f.file.(io.Seeker).Seek(offset, whence)
}

func (f fullFaultyFile) ReadAt(p []byte, offset int64) (int, error) {
	return f.file.(io.ReaderAt).ReadAt(p, offset)
}

func (in *injector) stat(name string, stat func() (fs.FileInfo, error)) (fs.FileInfo, error) {
	bad, err := in.call(name)
	if bad == fails || bad == late || bad == nothing {
		return nil, err
	}
	info, statErr := stat()
	if bad == wrong && statErr == nil {
		sizes := []int64{0, -1, info.Size() / 2, info.Size() + 1, 3 << 20, math.MaxInt64}
		return wrongSize{info, sizes[in.at%int64(len(sizes))]}, nil
	}
	return info, statErr
}

type wrongSize struct {
	fs.FileInfo
	size int64
}

func (w wrongSize) Size() int64 { return w.size }

func (in *injector) readDir(name string, read func() ([]fs.DirEntry, error)) ([]fs.DirEntry, error) {
	bad, err := in.call(name)
	if bad == fails {
		return nil, err
	}
	list, readErr := read()
	list = slices.Clone(list)
	for i := range list {
		list[i] = faultyEntry{list[i], in}
	}
	switch bad {
	case late:
		return list, err
	case short:
		return list[:len(list)/2], err
	}
	return list, readErr
}

type faultyEntry struct {
	fs.DirEntry
	in *injector
}

func (e faultyEntry) Info() (fs.FileInfo, error) { return e.in.stat("Info "+e.Name(), e.DirEntry.Info) }

// faultySource is a source with a call that goes wrong: that of Documents, or what it calls for a document, or what is
// called of the document.
type faultySource struct {
	src jam.Source
	in  *injector
}

func (s faultySource) Documents(ctx context.Context) iter.Seq2[*jam.Document, error] {
	return func(yield func(*jam.Document, error) bool) {
		if bad, err := s.in.call("Documents"); bad == fails || bad == late {
			yield(nil, err)
			return
		} else if bad == nothing {
			yield(nil, nil)
			return
		}
		for doc, err := range s.src.Documents(ctx) {
			if doc == nil {
				if !yield(nil, err) {
					return
				}
				continue
			}
			bad, failed := s.in.call("Document " + doc.Path)
			own := *doc
			own.Open = func() (io.ReadCloser, error) {
				return faultyFS{openFS(doc.Open), s.in}.Open(doc.Path)
			}
			out := &own
			switch bad {
			case fails:
				out, err = nil, failed
			case late:
				err = failed
			case nothing:
				out = nil
			}
			if !yield(out, err) {
				return
			}
		}
	}
}

// openFS is a file system of one file.
type openFS func() (io.ReadCloser, error)

func (o openFS) Open(string) (fs.File, error) {
	rc, err := o()
	if err != nil {
		return nil, err
	}
	return rc.(fs.File), nil
}

// faultyOutput is an output with a call that goes wrong. What was begun in it has its end whatever a call returns.
type faultyOutput struct {
	out jam.Output
	in  *injector
}

func (o faultyOutput) Begin(ctx context.Context) (jam.Transaction, error) {
	bad, err := o.in.call("Begin")
	if bad == fails || bad == nothing {
		return nil, err
	}
	t, beginErr := o.out.Begin(ctx)
	if beginErr != nil {
		return nil, beginErr
	}
	if bad == late {
		return nil, joinAbort(err, t)
	}
	return &faultyTransaction{t.(jam.Keeper), o.in}, nil
}

func joinAbort(err error, t jam.Transaction) error {
	if abortErr := t.Abort(); abortErr != nil {
		return abortErr
	}
	return err
}

type faultyTransaction struct {
	jam.Keeper
	in *injector
}

func (t *faultyTransaction) Write(ctx context.Context, f *jam.OutputFile) (jam.Status, error) {
	bad, err := t.in.call("Write " + f.Name())
	if bad == fails {
		return "", err
	}
	status, writeErr := t.Keeper.Write(ctx, f)
	if bad == late {
		return status, err
	}
	return status, writeErr
}

func (t *faultyTransaction) Keep(ctx context.Context, name string, sum jam.Sum) (bool, error) {
	bad, err := t.in.call("Keep " + name)
	if bad == fails {
		return false, err
	}
	if bad == wrong {
		return false, nil // though it may have it
	}
	kept, keepErr := t.Keeper.Keep(ctx, name, sum)
	if bad == late {
		return kept, err
	}
	return kept, keepErr
}

func (t *faultyTransaction) Commit(ctx context.Context) (removed []string, err error) {
	ended := false
	defer func() {
		if !ended {
			t.Keeper.Abort()
		}
	}()
	bad, err := t.in.call("Commit")
	if bad == fails {
		return nil, err
	}
	ended = true
	removed, commitErr := t.Keeper.Commit(ctx)
	if bad == late {
		return removed, err
	}
	return removed, commitErr
}

func (t *faultyTransaction) Abort() error {
	abortErr := t.Keeper.Abort()
	if bad, err := t.in.call("Abort"); bad == fails || bad == late {
		return err
	}
	return abortErr
}

// faultyCache is a cache with a call that goes wrong.
type faultyCache struct {
	cache jam.Cache
	in    *injector
}

func (c faultyCache) Get(ctx context.Context, key string) ([]byte, error) {
	bad, err := c.in.call("Get " + key)
	if bad == fails || bad == nothing {
		return nil, err
	}
	if bad == wrong {
		key = "index"
	}
	b, getErr := c.cache.Get(ctx, key)
	switch bad {
	case late:
		return b, err
	case short:
		return b[:len(b)/2], getErr
	}
	return b, getErr
}

func (c faultyCache) Put(ctx context.Context, key string, value []byte) error {
	bad, err := c.in.call("Put " + key)
	switch bad {
	case fails, nothing:
		return err
	case short:
		value = value[:len(value)/2]
	case wrong:
		value = append([]byte("some"), value...)
	}
	putErr := c.cache.Put(ctx, key, value)
	if bad == late {
		return err
	}
	return putErr
}

func (c faultyCache) Delete(ctx context.Context, key string) error {
	bad, err := c.in.call("Delete " + key)
	if bad == fails || bad == nothing {
		return err
	}
	delErr := c.cache.Delete(ctx, key)
	if bad == late {
		return err
	}
	return delErr
}

// faultyRenderer is a renderer with a call that goes wrong.
type faultyRenderer struct {
	r  jam.Renderer
	in *injector
}

func (r faultyRenderer) Render(ctx context.Context, w io.Writer, p *jam.Page) error {
	bad, err := r.in.call("Render " + p.Path())
	switch bad {
	case fails:
		return err
	case short:
		_, _ = io.WriteString(w, "<p>half of")
		return err
	}
	renderErr := r.r.Render(ctx, w, p)
	if bad == late {
		return err
	}
	return renderErr
}
