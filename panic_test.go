package jam_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jam-go/jam"
)

// boom panics, for the stack of a PanicError to have it.
func boom() error { panic(errFault) }

type panickingFS struct{ fs.FS }

func (p panickingFS) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, ".md") {
		return nil, boom()
	}
	return p.FS.Open(name)
}

type panickingSource struct{}

func (panickingSource) Documents(context.Context) iter.Seq2[*jam.Document, error] {
	return func(func(*jam.Document, error) bool) { _ = boom() }
}

type panickingOutput struct {
	jam.Output
	begin bool
}

func (p panickingOutput) Begin(ctx context.Context) (jam.Transaction, error) {
	if p.begin {
		return nil, boom()
	}
	t, err := p.Output.Begin(ctx)
	return panickingWrite{t}, err
}

type panickingWrite struct{ jam.Transaction }

func (panickingWrite) Write(context.Context, *jam.OutputFile) (jam.Status, error) { return "", boom() }

// TestPanicError has what a program gives to jam panic: an error comes back that says where that was.
func TestPanicError(t *testing.T) {
	files := fstest.MapFS{"content/a.md": {Data: []byte("# A\n")}, "content/b.md": {Data: []byte("# B\n")}}
	for name, c := range map[string]struct {
		tree fs.FS
		cfg  jam.Config
		out  jam.Output
		want string
	}{
		"tree":     {tree: panickingFS{files}, want: "content/a.md: read: panic: injected fault\ncontent/b.md: read: panic: injected fault"},
		"source":   {cfg: jam.Config{Sources: []jam.Source{panickingSource{}}}, want: "load: panic: injected fault"},
		"clock":    {cfg: jam.Config{Now: func() time.Time { _ = boom(); return time.Time{} }}, want: "load: panic: injected fault"},
		"progress": {cfg: jam.Config{Progress: func(jam.Event) { _ = boom() }}, want: "load: panic: injected fault"},
		"renderer": {cfg: jam.Config{Renderer: jam.RendererFunc(func(context.Context, io.Writer, *jam.Page) error { return boom() })},
			want: "content/a.md: render: panic: injected fault"},
		"begin": {out: panickingOutput{jam.Memory(), true}, want: "write: panic: injected fault"},
		"write": {out: panickingOutput{jam.Memory(), false}, want: "404.html: write: panic: injected fault"},
	} {
		t.Run(name, func(t *testing.T) {
			r := faultRun{ctx: t.Context(), tree: c.tree, cfg: &c.cfg, out: c.out}
			if r.tree == nil {
				r.tree = files
			}
			if r.out == nil {
				r.out = jam.Memory()
			}
			r.build()
			if r.err == nil || !strings.Contains(r.err.Error(), c.want) || !errors.Is(r.err, errFault) {
				t.Fatalf("error %v, want %s", r.err, c.want)
			}
			p, ok := errors.AsType[*jam.PanicError](r.err)
			if !ok || p.Value != error(errFault) || !strings.Contains(string(p.Stack), "jam_test.boom(") {
				t.Errorf("%v with the stack %s", p, p.Stack)
			}
		})
	}
}

// TestPanicInStat has the description of each file panic: it is closed all the same.
func TestPanicInStat(t *testing.T) {
	files := fstest.MapFS{"content/a.md": {Data: []byte("# A\n")}, "static/b.txt": {Data: []byte("b")}, "content/c/index.md": {Data: []byte("# C\n")}, "content/c/d.txt": {Data: []byte("d")}}
	for n := 1; ; n++ {
		in := newInjector(t.Context(), panics, n)
		r := faultRun{ctx: t.Context(), tree: panickingStat{faultyFS{files, in}}, out: jam.Dir(t.TempDir())}
		r.build()
		in.cancel()
		if in.hit.Load() == nil {
			return
		}
		if opened := in.opened.Load(); opened != 0 {
			t.Errorf("%s panics, and %d files are left open: %v", *in.hit.Load(), opened, r.err)
		}
	}
}

// panickingStat counts only the calls that describe files.
type panickingStat struct{ faultyFS }

func (p panickingStat) Open(name string) (fs.File, error) {
	f, err := p.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	p.in.opened.Add(1)
	return describedFile{f, p.in, name}, nil
}

type describedFile struct {
	fs.File
	in   *injector
	name string
}

func (d describedFile) Stat() (fs.FileInfo, error) {
	_, _ = d.in.call("File.Stat " + d.name)
	return d.File.Stat()
}

func (d describedFile) ReadDir(n int) ([]fs.DirEntry, error) {
	return d.File.(fs.ReadDirFile).ReadDir(n)
}

func (d describedFile) Close() error {
	d.in.opened.Add(-1)
	return d.File.Close()
}

// exitingCache ends the goroutine of a call, as testing's FailNow does.
type exitingCache struct {
	jam.Cache
	call string
}

func (c exitingCache) exit(call string) {
	if call == c.call {
		runtime.Goexit()
	}
}

func (c exitingCache) Get(ctx context.Context, key string) ([]byte, error) {
	c.exit("Get " + key)
	return c.Cache.Get(ctx, key)
}

func (c exitingCache) Put(ctx context.Context, key string, value []byte) error {
	c.exit("Put " + key[:5])
	return c.Cache.Put(ctx, key, value)
}

// TestCacheExits has a cache end the goroutine that it is called from: neither Load nor Build waits for it forever.
func TestCacheExits(t *testing.T) {
	for _, call := range []string{"Get index", "Get documents", "Put index", "Put docum", "Put files", "Put build"} {
		cfg := plainConfig()
		cfg.Cache = exitingCache{new(mapCache), call}
		r := &faultRun{ctx: t.Context(), tree: reachTree(t), cfg: cfg, out: jam.Memory()}
		ended := make(chan bool)
		go func() {
			defer close(ended)
			r.build()
		}()
		select {
		case <-ended:
		case <-time.After(time.Minute):
			t.Fatalf("%s: the build waits for a goroutine that has ended", call)
		}
		if r.done && r.err == nil {
			continue
		}
		if !strings.Contains(r.err.Error(), "Goexit") {
			t.Errorf("%s: %v", call, r.err)
		}
	}
}
