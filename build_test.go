package jam_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/sitetest"
)

func TestDir(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	tree := fstest.MapFS{
		"content/a.md":     {Data: []byte("A")},
		"content/b.md":     {Data: []byte("B")},
		"static/style.css": {Data: []byte("p{color:red}")},
	}
	build := func() *jam.Report {
		t.Helper()
		r, err := mustLoad(t, tree, nil).Build(t.Context(), jam.Dir(dir))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := build()
	if want := []string{"404.html", "a/index.html", "b/index.html", "index.html", "style.css"}; !slices.Equal(r.Written, want) {
		t.Errorf("written %q, want %q", r.Written, want)
	}
	foreign := filepath.Join(dir, "CNAME")
	if err := os.WriteFile(foreign, []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(filepath.Join(dir, "a/index.html"))
	if err != nil {
		t.Fatal(err)
	}
	if r := build(); len(r.Written) != 0 || len(r.Kept) != 5 || len(r.Removed) != 0 {
		t.Errorf("a second build wrote %q, kept %d, removed %q", r.Written, len(r.Kept), r.Removed)
	}
	after, err := os.Stat(filepath.Join(dir, "a/index.html"))
	if err != nil || !after.ModTime().Equal(before.ModTime()) || !os.SameFile(before, after) {
		t.Errorf("an unchanged file was touched: %v", err)
	}
	delete(tree, "content/b.md")
	if r := build(); !slices.Equal(r.Removed, []string{"b/index.html"}) {
		t.Errorf("removed %q, want b/index.html", r.Removed)
	}
	if _, err := os.Stat(filepath.Join(dir, "b")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder b is still there: %v", err)
	}
	if _, err := os.Stat(foreign); err != nil {
		t.Errorf("a foreign file is gone: %v", err)
	}
}

// TestFailedBuildRemovesNothing shows that a page that fails leaves the last site whole.
func TestFailedBuildRemovesNothing(t *testing.T) {
	dir := t.TempDir()
	tree := fstest.MapFS{"content/a.md": {Data: []byte("A")}, "content/b.md": {Data: []byte("B")}}
	var fail atomic.Bool
	cfg := &jam.Config{Renderer: jam.RendererFunc(func(_ context.Context, w io.Writer, p *jam.Page) error {
		if fail.Load() && p.Path() == "/a" {
			return errors.New("no")
		}
		_, err := io.WriteString(w, "<p>"+p.Title())
		return err
	})}
	if _, err := mustLoad(t, tree, cfg).Build(t.Context(), jam.Dir(dir)); err != nil {
		t.Fatal(err)
	}
	fail.Store(true)
	delete(tree, "content/b.md")
	_, err := mustLoad(t, tree, cfg).Build(t.Context(), jam.Dir(dir))
	sitetest.WantErrors(t, err, "content/a.md: render: no")
	for _, name := range []string{"a/index.html", "b/index.html"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
}

func TestBusy(t *testing.T) {
	dir := t.TempDir()
	site := mustLoad(t, fstest.MapFS{"content/a.md": {}}, nil)
	first, err := jam.Dir(dir).Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := site.Build(t.Context(), jam.Dir(dir)); !errors.Is(err, jam.ErrBusy) {
		t.Errorf("err = %v, want ErrBusy", err)
	}
	if err := first.Abort(); err != nil {
		t.Fatal(err)
	}
	if _, err := site.Build(t.Context(), jam.Dir(dir)); err != nil {
		t.Errorf("after the first ended: %v", err)
	}
}

func TestZipIsReproducible(t *testing.T) {
	var last []byte
	for _, workers := range []int{1, 2, 8} {
		var buf bytes.Buffer
		site := mustLoad(t, archive(t, smallSite), &jam.Config{Workers: workers})
		if _, err := site.Build(t.Context(), jam.Zip(&buf)); err != nil {
			t.Fatal(err)
		}
		if last != nil && !bytes.Equal(last, buf.Bytes()) {
			t.Errorf("%d workers give other bytes", workers)
		}
		last = buf.Bytes()
		z, err := zip.NewReader(bytes.NewReader(last), int64(len(last)))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range z.File {
			names = append(names, f.Name)
		}
		if !slices.Equal(names, site.Files()) {
			t.Errorf("the archive has %q, want %q", names, site.Files())
		}
	}
}

// TestMistakes builds a tree with 50 different mistakes: every one is reported, in the same order.
func TestMistakes(t *testing.T) {
	tree := fstest.MapFS{}
	for i := range 50 {
		tree[fmt.Sprintf("content/%02d.md", i)] = &fstest.MapFile{
			Data: fmt.Appendf(nil, "---\ntitle: x\n%sweight: word%d\n---\n", strings.Repeat("\n", i), i)}
	}
	var last string
	for range 2 {
		for _, workers := range []int{1, 8} {
			_, err := jam.Load(t.Context(), tree, &jam.Config{Workers: workers})
			list := jam.Errors(err)
			if len(list) != 50 {
				t.Fatalf("%d mistakes reported, want 50", len(list))
			}
			for i, e := range list {
				if e.Path != fmt.Sprintf("content/%02d.md", i) || e.Line != i+3 || e.Column != 9 {
					t.Errorf("mistake %d is reported at %s:%d:%d", i, e.Path, e.Line, e.Column)
				}
			}
			if last != "" && err.Error() != last {
				t.Error("the report differs from one load to the next")
			}
			last = err.Error()
		}
	}
	// The same for mistakes that rendering finds.
	for name := range tree {
		tree[name] = &fstest.MapFile{Data: []byte("x")}
	}
	last = ""
	for _, workers := range []int{1, 8, 8} {
		site := mustLoad(t, tree, &jam.Config{Workers: workers, Renderer: jam.RendererFunc(
			func(_ context.Context, _ io.Writer, p *jam.Page) error { return fmt.Errorf("mistake in %s", p.Path()) })})
		_, err := site.Build(t.Context(), jam.Memory())
		if got := len(jam.Errors(err)); got != 51 {
			t.Fatalf("%d mistakes reported, want 51: one per page, and the home page", got)
		}
		if last != "" && err.Error() != last {
			t.Error("the report differs from one build to the next")
		}
		last = err.Error()
	}
}

func TestPanicIsAnError(t *testing.T) {
	site := sitetest.Load(t, fstest.MapFS{"content/a.md": {}}, &jam.Config{
		Renderer: jam.RendererFunc(func(_ context.Context, _ io.Writer, p *jam.Page) error {
			if p.IsPage() {
				panic("boom")
			}
			return nil
		}),
	})
	site.BuildErrors("content/a.md: render: panic: boom")
}

func TestCancel(t *testing.T) {
	tree := fstest.MapFS{}
	for i := range 200 {
		tree[fmt.Sprintf("content/%d.md", i)] = &fstest.MapFile{Data: []byte("x")}
	}
	ctx, cancel := context.WithCancel(t.Context())
	var rendered atomic.Int32
	site := mustLoad(t, tree, &jam.Config{Workers: 2, Renderer: jam.RendererFunc(
		func(context.Context, io.Writer, *jam.Page) error {
			if rendered.Add(1) == 5 {
				cancel()
			}
			return nil
		})})
	if _, err := site.Build(ctx, jam.Memory()); !errors.Is(err, context.Canceled) {
		t.Errorf("Build = %v", err)
	}
	if n := rendered.Load(); n > 100 { // the other worker may be ahead before this one comes to cancel
		t.Errorf("%d pages were rendered after the context ended", n-5)
	}
	if _, err := jam.Load(ctx, tree, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Load = %v", err)
	}
}

func TestProgress(t *testing.T) {
	var events []jam.Event
	site := mustLoad(t, archive(t, smallSite), &jam.Config{Workers: 4, Progress: func(e jam.Event) { events = append(events, e) }})
	if _, err := site.Build(t.Context(), jam.Memory()); err != nil {
		t.Fatal(err)
	}
	done := map[string]int{}
	for _, e := range events {
		if e.Done != done[e.Phase]+1 || e.Done > e.Total {
			t.Errorf("event %+v after %d", e, done[e.Phase])
		}
		done[e.Phase] = e.Done
	}
	if done["load"] != 4 || done["build"] != len(site.Files()) {
		t.Errorf("progress ended at %v", done)
	}
}

func TestReload(t *testing.T) {
	tree := fstest.MapFS{"content/a.md": {Data: []byte("old")}}
	site := mustLoad(t, tree, nil)
	tree["content/a.md"] = &fstest.MapFile{Data: []byte("new")}
	next, err := site.Reload(t.Context(), "content/a.md")
	if err != nil {
		t.Fatal(err)
	}
	for want, s := range map[string]*jam.Site{"old": site, "new": next} {
		sitetest.New(t, s, nil).Output("/a/").Find("main p").WantText(want)
	}
}

// TestRenderedOnce counts how often a body is rendered.
func TestRenderedOnce(t *testing.T) {
	var n atomic.Int32
	site := mustLoad(t, fstest.MapFS{"content/s/a.md": {Data: []byte("# Heading\n\n*x*")}}, &jam.Config{
		Workers:  4,
		Markdown: jam.Markdown{Extensions: counting(&n)},
		Renderer: jam.RendererFunc(func(_ context.Context, w io.Writer, p *jam.Page) error {
			for _, q := range p.Site().Pages() {
				fmt.Fprint(w, q.Content(), q.Summary(), q.WordCount(), q.TableOfContents())
			}
			return nil
		}),
	})
	for range 3 {
		if _, err := site.Build(t.Context(), jam.Memory()); err != nil {
			t.Fatal(err)
		}
	}
	// Loading makes the engine try a text of its own, once.
	if got := n.Load(); got != 2 {
		t.Errorf("%d documents were rendered, want the engine's own and the body", got)
	}
}
