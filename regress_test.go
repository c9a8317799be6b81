package jam_test

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/sitetest"
)

// TestCachedPartialAfterAFailure shows that what a failed render left in a cached
// partial is not what the next build writes.
func TestCachedPartialAfterAFailure(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	stop := func() string { cancel(); return "" }
	r, err := jam.Templates(fstest.MapFS{
		"all.html":         {Data: []byte(`{{ partialCached "p" . }}`)},
		"_partials/p.html": {Data: []byte(`{{ $_ := stop }}{{ return (site.GetPage "a").WordCount }}`)},
	}, template.FuncMap{"stop": stop})
	if err != nil {
		t.Fatal(err)
	}
	site := sitetest.Load(t, fstest.MapFS{"content/a.md": {Data: []byte("one two three")}}, &jam.Config{Renderer: r, Workers: 1})
	if _, err := site.Site.Build(ctx, jam.Memory()); !errors.Is(err, context.Canceled) {
		t.Fatalf("the first build: %v", err)
	}
	if got := site.Build().Output("/a/").String(); got != "3" {
		t.Errorf("the second build wrote %q", got)
	}
}

// TestCachedPartialThatReturnsPages reads pages that another render's partial returned; it is
// for the race detector.
func TestCachedPartialThatReturnsPages(t *testing.T) {
	tree := fstest.MapFS{
		"layouts/all.html":              {Data: []byte(`{{ range partialCached "recent" . }}{{ .Summary }}{{ .RenderString "*x*" }}{{ end }}`)},
		"layouts/_partials/recent.html": {Data: []byte(`{{ return (first 5 site.RegularPages) }}`)},
	}
	for i := range 60 {
		tree[fmt.Sprintf("content/p%d.md", i)] = &fstest.MapFile{Data: []byte("text")}
	}
	sitetest.Load(t, tree, &jam.Config{Workers: 8}).Build()
}

// TestWarningsDoNotDependOnReaders builds pages whose bodies no renderer asks for.
func TestWarningsDoNotDependOnReaders(t *testing.T) {
	site := sitetest.Load(t, fstest.MapFS{"content/a.md": {Data: []byte("[x](nope.md)")}}, &jam.Config{
		Renderer: jam.RendererFunc(func(_ context.Context, w io.Writer, _ *jam.Page) error {
			_, err := io.WriteString(w, "<p>x")
			return err
		}),
	})
	for range 2 {
		site.WantWarnings(`content/a.md:1:1: link: "nope.md" leads nowhere: no file nope.md, and nothing at that address`)
		site.GetPage("a").Content()
	}
}

func TestErrorWithoutCause(t *testing.T) {
	site := mustLoad(t, fstest.MapFS{"content/a.md": {}}, &jam.Config{
		Renderer: jam.RendererFunc(func(context.Context, io.Writer, *jam.Page) error { return &jam.Error{Op: "x", Path: "y"} }),
	})
	dir := t.TempDir()
	for range 2 {
		if _, err := site.Build(t.Context(), jam.Dir(dir)); err == nil || errors.Is(err, jam.ErrBusy) {
			t.Errorf("err = %v", err)
		}
	}
}

func TestConfigIsCopied(t *testing.T) {
	cfg := &jam.Config{Params: map[string]any{"x": 1}, Permalinks: map[string]string{"posts": "/p/:slug/"}, Ignore: []string{"no/*"}}
	site := mustLoad(t, fstest.MapFS{"content/posts/a.md": {}}, cfg)
	cfg.Params["x"], cfg.Permalinks["posts"], cfg.Ignore[0], cfg.Title = 2, "/q/:slug/", "posts/*", "new"
	next, err := site.Reload(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := next.GetPage("/posts/a"); got == nil || got.RelPermalink() != "/p/a/" || next.Params()["x"] != 1 || next.Title() != "" {
		t.Errorf("Reload uses what the caller changed: %v", got)
	}
}

// liar is a file system whose sizes are not true.
type liar struct{ fs.FS }
type liarFile struct{ fs.File }
type liarInfo struct{ fs.FileInfo }

func (l liar) Open(name string) (fs.File, error) {
	f, err := l.FS.Open(name)
	if dir, ok := f.(fs.ReadDirFile); ok {
		return dir, err
	}
	return liarFile{f}, err
}
func (f liarFile) Stat() (fs.FileInfo, error) {
	info, err := f.File.Stat()
	return liarInfo{info}, err
}
func (liarInfo) Size() int64 { return 1 << 31 }

func TestClaimedSizes(t *testing.T) {
	tree := liar{fstest.MapFS{"content/a.md": {Data: []byte("text")}, "static/x.bin": {Data: []byte("x")}}}
	if got := sitetest.Load(t, tree, nil).Build().Output("x.bin").String(); got != "x" {
		t.Errorf("got %q", got)
	}
}

// TestManyMistakesTakeNoTime has more broken references than anyone would wait for if each
// were compared with every page.
func TestManyMistakesTakeNoTime(t *testing.T) {
	type front struct{ See jam.Ref }
	tree := fstest.MapFS{}
	for i := range 3000 {
		tree[fmt.Sprintf("content/s%d/p%d.md", i%20, i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\nsee: nope/p%dx\n---\n", i)}
	}
	_, err := jam.Load(t.Context(), tree, &jam.Config{Collections: []jam.Schema{&jam.Collection[front]{}}})
	if n := len(jam.Errors(err)); n != 3000 {
		t.Errorf("%d mistakes, want 3000", n)
	}
}

func TestUnreadableFolders(t *testing.T) {
	_, err := jam.Load(t.Context(), denied{fstest.MapFS{
		"content/a/x.md": {}, "content/b/x.md": {}, "content/c.md": {Data: []byte("---\nweight: x\n---\n")}, "data": {},
	}}, &jam.Config{BaseURL: "nope"})
	var got []string
	for _, e := range jam.Errors(err) {
		got = append(got, e.Path+" "+e.Op)
	}
	if want := " config, content/a read, content/b read, content/c.md front matter, data read"; strings.Join(got, ", ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), want)
	}
}

// denied is a file system whose folders below content cannot be listed.
type denied struct{ fstest.MapFS }

func (d denied) ReadDir(name string) ([]fs.DirEntry, error) {
	if strings.HasPrefix(name, "content/") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return d.MapFS.ReadDir(name)
}
func (d denied) Sub(dir string) (fs.FS, error) { return subDenied{d, dir}, nil }

type subDenied struct {
	denied
	dir string
}

func (s subDenied) path(name string) string {
	if name == "." {
		return s.dir
	}
	return s.dir + "/" + name
}
func (s subDenied) Open(name string) (fs.File, error)          { return s.denied.Open(s.path(name)) }
func (s subDenied) ReadDir(name string) ([]fs.DirEntry, error) { return s.denied.ReadDir(s.path(name)) }
func (s subDenied) Stat(name string) (fs.FileInfo, error) {
	return fs.Stat(s.denied.MapFS, s.path(name))
}

// leaver is a tree of which one file's reader ends its goroutine, as FailNow does.
type leaver struct {
	fs.FS
	name string
}

func (l leaver) Open(name string) (fs.File, error) {
	if name == l.name {
		runtime.Goexit()
	}
	return l.FS.Open(name)
}

// TestGoexitWhileComparing has a file system end the goroutine that compares what pages were made of: they must not count as unchanged.
func TestGoexitWhileComparing(t *testing.T) {
	tree := fstest.MapFS{
		"layouts/all.html": {Data: []byte(`{{ readFile "notes.txt" }}{{ partial "p.html" . }}`)}, "layouts/_partials/p.html": {Data: []byte("one")},
		"content/a.md": {Data: []byte("a")}, "notes.txt": {Data: []byte("notes")},
	}
	cfg := &jam.Config{Cache: jam.CacheDir(t.TempDir()), Workers: 1}
	out := jam.Memory()
	build := func(tree fs.FS) error {
		site, err := jam.Load(t.Context(), tree, cfg)
		if err != nil {
			t.Fatal(err)
		}
		_, err = site.Build(t.Context(), out)
		return err
	}
	if err := build(tree); err != nil {
		t.Fatal(err)
	}
	tree["layouts/_partials/p.html"] = &fstest.MapFile{Data: []byte("two")}
	if err := build(leaver{tree, "notes.txt"}); err == nil || !strings.Contains(err.Error(), "ended its goroutine") {
		t.Errorf("got the error %v", err)
	}
	if err := build(tree); err != nil {
		t.Fatal(err)
	}
	if got := string(out.Files()["a/index.html"]); got != "notestwo" {
		t.Errorf("then the page is %q", got)
	}
}
