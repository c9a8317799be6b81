package jam_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
)

// sparing returns a site of n posts of which nothing is kept in memory, and a count of the documents that are rendered.
func sparing(t *testing.T, n int, render jam.RendererFunc) (*jam.Site, fstest.MapFS, *atomic.Int32) {
	t.Helper()
	tree := fstest.MapFS{}
	for i := range n {
		tree[fmt.Sprintf("content/posts/p%02d.md", i)] = &fstest.MapFile{
			Data: fmt.Appendf(nil, "---\ntitle: T%d\ncolour: C%d\n---\n*body %d* of <b>raw\n\n<!--more-->\n\nrest\n", i, i, i)}
	}
	count := new(atomic.Int32)
	site := mustLoad(t, tree, &jam.Config{Memory: -1, Workers: 1, Renderer: render, Markdown: jam.Markdown{Extensions: counting(count)}})
	count.Store(0)
	return site, tree, count
}

// A body is rendered once for its own page, however often that asks for it, and once more when another page shows it.
func TestBodiesAreRenderedAgainOnce(t *testing.T) {
	const posts = 20
	for _, tt := range []struct {
		name string
		want int32 // at most, for each post
		show func(p *jam.Page) any
	}{
		{"content", 2, func(p *jam.Page) any { return p.Content() }},
		{"summary", 2, func(p *jam.Page) any { return p.Summary() }},
		{"words", 2, func(p *jam.Page) any { return fmt.Sprint(p.WordCount(), p.ReadingTime(), p.Truncated()) }},
		{"nothing", 1, func(p *jam.Page) any { return nil }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			site, _, count := sparing(t, posts, func(_ context.Context, w io.Writer, p *jam.Page) error {
				fmt.Fprint(w, p.TableOfContents(), p.Content(), p.Summary(), p.Plain())
				for _, q := range p.Site().RegularPages() {
					fmt.Fprint(w, tt.show(q))
				}
				return nil
			})
			for range 2 { // what is known from the first build is used in the second
				report, err := site.Build(t.Context(), jam.Memory())
				if err != nil {
					t.Fatal(err)
				}
				if len(report.Warnings) != posts {
					t.Errorf("%d warnings, want one of each post", len(report.Warnings))
				}
			}
			if got := count.Load(); got > posts*(tt.want+1) { // one more for its own page in the second build
				t.Errorf("%d bodies were rendered, want at most %d of each of %d posts", got, tt.want+1, posts)
			}
		})
	}
}

func TestTextsAreReadAgain(t *testing.T) {
	site, tree, _ := sparing(t, 3, func(_ context.Context, w io.Writer, p *jam.Page) error {
		_, err := fmt.Fprint(w, p.Param("colour"), p.RawContent(), p.Content())
		return err
	})
	p, err := site.Page("posts/p01")
	if err != nil {
		t.Fatal(err)
	}
	if p.Param("Colour") != "C1" || !strings.HasPrefix(p.RawContent(), "*body 1*") || !strings.Contains(string(p.Content()), "<em>body 1</em>") {
		t.Errorf("Param = %v, RawContent = %q, Content = %q", p.Param("colour"), p.RawContent(), p.Content())
	}
	tree["content/posts/p00.md"] = &fstest.MapFile{Data: []byte("---\ntitle: T1\n---\nanother text")}
	delete(tree, "content/posts/p02.md")
	_, err = site.Build(t.Context(), jam.Memory())
	want := `content/posts/p00.md: read: the file has changed since the site was loaded
content/posts/p02.md: read: open posts/p02.md: file does not exist`
	if err == nil || err.Error() != want {
		t.Errorf("Build = %v, want\n%s", err, want)
	}
}

// What a cached partial sets in a page's store, or warns of, is there although the body is rendered twice.
func TestBodiesLeaveTheSameAgain(t *testing.T) {
	tree := fstest.MapFS{
		"layouts/home.html":                {Data: []byte("{{ range site.RegularPages }}{{ .Content }}{{ end }}")},
		"layouts/page.html":                {Data: []byte("{{ .Content }}{{ .Store.Get `diagram` }}")},
		"layouts/_shortcodes/diagram.html": {Data: []byte("{{ partialCached `diagram.html` .Page .Page.Path }}")},
		"layouts/_partials/diagram.html":   {Data: []byte("{{ .Store.Set `diagram` `needs a script` }}")},
		"content/a.md":                     {Data: []byte("{{< diagram >}}\n\n<b>raw</b>\n")},
	}
	for _, memory := range []int64{0, -1} {
		site := mustLoad(t, tree, &jam.Config{Memory: memory})
		for range 2 {
			mem := jam.Memory()
			report, err := site.Build(t.Context(), mem)
			if err != nil {
				t.Fatal(err)
			}
			if got := string(mem.Files()["a/index.html"]); !strings.Contains(got, "needs a script") || len(report.Warnings) != 2 {
				t.Errorf("memory %d: a page is %q, with the warnings %v", memory, got, report.Warnings)
			}
		}
	}
}

// The front matter of a document made in Go is that which Load saw.
func TestFrontMatterIsCopied(t *testing.T) {
	list, inner := []any{"x"}, map[string]any{"k": "v"}
	front := map[string]any{"title": "A", "colour": "red", "list": list, "map": inner}
	site := mustLoad(t, nil, &jam.Config{Sources: []jam.Source{jam.Documents(&jam.Document{Path: "a.md", FrontMatter: front})}})
	front["colour"], list[0], inner["k"] = "blue", "y", "w"
	p, err := site.Page("a")
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(p.Param("colour"), p.Param("list"), p.Param("map")); got != "red[x] map[k:v]" {
		t.Errorf("the parameters are %s", got)
	}
}

// What Permalink reads is made without URLs, cached partials included, and made again with them.
func TestPermalinkLeavesNothing(t *testing.T) {
	tree := fstest.MapFS{
		"layouts/home.html":             {Data: []byte("home")},
		"layouts/page.html":             {Data: []byte("{{ .Content }}")},
		"layouts/_shortcodes/link.html": {Data: []byte("{{ partialCached `link.html` .Page }}")},
		"layouts/_partials/link.html":   {Data: []byte("at {{ .RelPermalink }}{{ .RenderString `[x](/x/a/)` }}")},
		"content/a.md":                  {Data: []byte("{{< link >}}")},
	}
	site := mustLoad(t, tree, &jam.Config{Permalink: func(p *jam.Page) string {
		if p.Content(); p.IsHome() {
			return ""
		}
		return "/x" + p.Path() + "/"
	}})
	mem := jam.Memory()
	report, err := site.Build(t.Context(), mem)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(mem.Files()["x/a/index.html"]); !strings.HasPrefix(got, "at /x/a/") || len(report.Warnings) > 0 {
		t.Errorf("the page is %q, with the warnings %v", got, report.Warnings)
	}
}

// unsteady is a file system that can't open texts for a while.
type unsteady struct {
	fs.FS
	fails atomic.Bool
}

func (u *unsteady) Open(name string) (fs.File, error) {
	if u.fails.Load() && strings.HasSuffix(name, ".md") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: syscall.EMFILE}
	}
	return u.FS.Open(name)
}

// A text that can't be read fails the render that needs it, and not those that come later.
func TestTextsCanBeReadLater(t *testing.T) {
	u := &unsteady{FS: bodiesTree(map[string]string{"a.md": "a {{< read b >}}", "b.md": "b"})}
	for name, use := range map[string]func(*jam.Site) error{
		"build": func(s *jam.Site) error { _, err := s.Build(t.Context(), jam.Memory()); return err },
		"file":  func(s *jam.Site) error { _, err := fs.ReadFile(s.FS(t.Context()), "a/index.html"); return err },
		"page": func(s *jam.Site) error {
			if p, err := s.Page("a"); err != nil || p.Content() == "" {
				return cmp.Or(err, errors.New("no content"))
			}
			return nil
		},
	} {
		u.fails.Store(false)
		site := mustLoad(t, u, &jam.Config{Memory: -1})
		u.fails.Store(true)
		if err := use(site); err == nil {
			t.Errorf("%s: no error while files can't be opened", name)
		}
		u.fails.Store(false)
		if err := use(site); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What is made of the front matter of many pages is not made of a file that has changed.
func TestFrontMatterIsNotReadFromOtherFiles(t *testing.T) {
	const front = "---\ntitle: T\ncolour: red\n---\n"
	tree := fstest.MapFS{}
	for _, name := range []string{"a", "b", "c"} {
		tree["content/"+name+".md"] = &fstest.MapFile{Data: []byte(front)}
	}
	site := mustLoad(t, tree, &jam.Config{
		Memory: -1, Related: jam.Related{Indices: []jam.RelatedIndex{{Name: "colour", Weight: 1}}},
		Renderer: jam.RendererFunc(func(_ context.Context, w io.Writer, p *jam.Page) error {
			_, err := fmt.Fprint(w, p.Related().Len())
			return err
		}),
	})
	tree["content/b.md"] = &fstest.MapFile{Data: []byte(strings.Replace(front, "red", "blue", 1))}
	want := "content/b.md: read: the file has changed since the site was loaded"
	if _, err := site.Build(t.Context(), jam.Memory()); err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("Build = %v, want %s", err, want)
	}
	tree["content/b.md"] = tree["content/a.md"]
	mem := jam.Memory()
	if _, err := site.Build(t.Context(), mem); err != nil || string(mem.Files()["a/index.html"]) != "2" {
		t.Errorf("with the file as it was: %v, %q", err, mem.Files())
	}
}

// once is a file system in which each text can be opened once.
type once struct {
	fs.FS
	opened map[string]bool
}

func (o *once) Open(name string) (fs.File, error) {
	if o.opened[name] && strings.HasSuffix(name, ".md") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: syscall.EMFILE}
	}
	o.opened[name] = true
	return o.FS.Open(name)
}

// Front matter that can't be read again while the site is loaded is no front matter that is empty.
func TestLoadReportsFrontMatterThatIsLost(t *testing.T) {
	tree := &once{opened: make(map[string]bool), FS: fstest.MapFS{
		"content/p/a.md": {Data: []byte("---\nn: 2\n---\n")}, "content/p/b.md": {Data: []byte("---\nn: 1\n---\n")},
	}}
	_, err := jam.Load(t.Context(), tree, &jam.Config{
		Memory: -1, Workers: 1, Pagination: map[string]jam.Pagination{"section": {Size: 1, Order: "n"}},
	})
	if err == nil || !strings.Contains(err.Error(), "content/p/a.md: read: open p/a.md: too many open files") {
		t.Errorf("Load = %v", err)
	}
}

// A file from which others inherit is read twice while a site is loaded: it must be the same.
func TestTextsChangeWhileLoading(t *testing.T) {
	tree := fstest.MapFS{"content/s/_index.md": {Data: []byte("---\ntitle: S\n---\ntext")}, "content/s/a.md": {Data: []byte("a")}}
	_, err := jam.Load(t.Context(), &changing{FS: tree}, &jam.Config{Memory: -1})
	if want := "content/s/_index.md: read: the file has changed while the site was being loaded"; err == nil || err.Error() != want {
		t.Errorf("Load = %v, want %s", err, want)
	}
}

// changing is a file system in which index files are other ones whenever they are opened.
type changing struct {
	fs.FS
	n atomic.Int32
}

func (c *changing) Open(name string) (fs.File, error) {
	if !strings.HasSuffix(name, "_index.md") {
		return c.FS.Open(name)
	}
	return fstest.MapFS{name: {Data: fmt.Appendf(nil, "---\ntitle: S%d\n---\ntext", c.n.Add(1))}}.Open(name)
}
