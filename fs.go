package jam

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"sync"
	"weak"

	"github.com/jam-go/jam/internal/tree"
)

// FS returns the site's output as a file system: the files that [Site.Build] would
// write, under the same names. A page is rendered when its file is opened, or
// asked for its size. The file system is safe for concurrent use, passes
// [testing/fstest.TestFS], and implements [fs.ReadDirFS], [fs.StatFS] and
// [fs.ReadFileFS]; [net/http.FileServerFS] serves it and [os.CopyFS] copies it.
//
// An error of Open has what [Site.Build] would report of that page in it. ctx
// is that of all rendering for this file system. Modification times are when
// the site was loaded.
func (s *Site) FS(ctx context.Context) fs.FS {
	f := newSiteFS(s.v.snap)
	names := make([]string, len(f.snap.routes.list))
	for i, r := range f.snap.routes.list {
		names[i] = r.file
	}
	return tree.New(names, f.snap.loaded, func(name string) (tree.Content, error) {
		return f.content(ctx, f.snap.routes.byFile[name])
	})
}

// siteFS makes the files of a site's routes as they are asked for.
type siteFS struct {
	snap *snapshot

	mu   sync.Mutex
	made map[*route]weak.Pointer[made] // until the next garbage collection
}

func newSiteFS(s *snapshot) *siteFS {
	return &siteFS{snap: s, made: make(map[*route]weak.Pointer[made])}
}

// made is a finished file's content.
type made struct{ content []byte }

func (f *siteFS) content(ctx context.Context, r *route) (tree.Content, error) {
	f.mu.Lock()
	m := f.made[r].Value()
	f.mu.Unlock()
	if m == nil {
		file, err := f.make(ctx, r)
		if err != nil {
			return tree.Content{}, err
		}
		if file.open != nil {
			var c tree.Content
			err := guard("read", func() (err error) {
				c, err = openContent(file, f.snap.set.Limits.FileSize)
				return err
			})
			if err != nil {
				return c, wrapOp(ctx, "read", r.source(), err)
			}
			return c, nil
		}
		m = &made{file.content}
		f.mu.Lock()
		f.made[r] = weak.Make(m)
		f.mu.Unlock()
	}
	return tree.Content{Size: int64(len(m.content)), Reader: &madeReader{*bytes.NewReader(m.content), m}}, nil
}

// madeReader keeps what it reads from being made again while it is in use.
type madeReader struct {
	bytes.Reader
	made *made
}

func (f *siteFS) make(ctx context.Context, r *route) (*OutputFile, error) {
	v := f.snap.acquire()
	defer f.snap.release(v)
	p := f.snap.produce(ctx, v, r)
	if p.err == nil && f.snap.set.Strict {
		warnings := p.warnings
		if r.page != nil {
			warnings = append(warnings, f.snap.problems(r.page)...)
		}
		p.err = joinErrors(warnings)
	}
	return p.file, p.err
}

// openContent opens a file that is not in memory. Readers of a site expect to seek,
// as net/http does, so a file that cannot is read into memory, up to a limit.
func openContent(file *OutputFile, limit int64) (tree.Content, error) {
	rc, err := file.open()
	if err != nil {
		return tree.Content{}, err
	}
	lent := false
	defer func() {
		if !lent { // also when it panics
			rc.Close()
		}
	}()
	if f, ok := rc.(fs.File); ok {
		_, seeks := rc.(io.Seeker)
		_, reads := rc.(io.ReaderAt)
		if info, err := f.Stat(); err == nil && seeks && reads {
			lent = true
			return tree.Content{Size: info.Size(), Reader: rc}, nil
		}
	}
	b, err := readAll(rc, limit)
	return tree.Content{Size: int64(len(b)), Reader: bytes.NewReader(b)}, err
}
