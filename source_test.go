package jam_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/sitetest"
)

// counting is a Markdown extension that counts documents.
func counting(n *atomic.Int32) []goldmark.Extender {
	return []goldmark.Extender{counter{n}}
}

type counter struct{ n *atomic.Int32 }

func (c counter) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithASTTransformers(util.Prioritized(c, 1)))
}

func (c counter) Transform(*ast.Document, text.Reader, parser.Context) { c.n.Add(1) }

func TestSources(t *testing.T) {
	tree := fstest.MapFS{
		"content/a.md": {Data: []byte("from the tree")},
		"content/b.md": {Data: []byte("from the tree")},
	}
	api := fstest.MapFS{
		"auth.md":    {Data: []byte("---\ntitle: Auth\n---\nSee [keys](keys.md).")},
		"keys.md":    {Data: []byte("Keys.")},
		".hidden.md": {Data: []byte("x")},
	}
	site := mustLoad(t, tree, &jam.Config{Sources: []jam.Source{
		jam.Mount("api", jam.FS(api)),
		jam.Mount("/", jam.Documents(
			&jam.Document{Path: "b.md", Body: []byte("from Go")},
			&jam.Document{Path: "c.md", Body: []byte("---\nnot: front matter\n---"), FrontMatter: map[string]any{
				"title": "C", "date": "2026-01-02", "tags": []string{"x"}, "weight": 3,
			}},
		)),
	}})
	if got, want := paths(site.Pages().ByTitle()), []string{"/a", "/api/auth", "/b", "/c", "/api/keys"}; !slices.Equal(got, want) {
		t.Errorf("pages %q, want %q", got, want)
	}
	for path, want := range map[string]string{"/a": "from the tree", "/b": "from Go", "/api/auth": `href="/api/keys/"`} {
		p, err := site.Page(path)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(p.Content()), want) {
			t.Errorf("%s has %q, want %q in it", path, p.Content(), want)
		}
	}
	c := site.GetPage("c")
	if c.Title() != "C" || c.Date().Format("2006-01-02") != "2026-01-02" || !slices.Equal(c.Tags(), []string{"x"}) || c.Weight() != 3 {
		t.Errorf("front matter from Go: %q %v %q %d", c.Title(), c.Date(), c.Tags(), c.Weight())
	}
	if !strings.Contains(string(c.Content()), "not: front matter") {
		t.Errorf("the text of a document with its own front matter was parsed for some: %q", c.Content())
	}
}

type badSource struct{ cause error }

func (s badSource) Documents(context.Context) iter.Seq2[*jam.Document, error] {
	return func(yield func(*jam.Document, error) bool) {
		for _, p := range []string{"../up.md", "/abs.md", "a\\b.md", "", "x/./y.md", "c\x00.md"} {
			if !yield(&jam.Document{Path: p}, nil) {
				return
			}
		}
		if !yield(&jam.Document{Path: "one.md"}, s.cause) || !yield(nil, nil) {
			return
		}
		for range 2 {
			if !yield(&jam.Document{Path: "two.md"}, nil) {
				return
			}
		}
		yield(nil, s.cause)
	}
}

func TestBadSources(t *testing.T) {
	cause := errors.New("the cause")
	for _, src := range []jam.Source{badSource{cause}, jam.Mount("x", badSource{cause})} {
		_, err := jam.Load(t.Context(), nil, &jam.Config{Sources: []jam.Source{src}})
		if list := jam.Errors(err); len(list) != 10 {
			t.Errorf("%d problems, want 10:\n%v", len(list), err)
		}
		if !errors.Is(err, cause) {
			t.Errorf("the cause is lost: %v", err)
		}
	}
}

func TestNoContent(t *testing.T) {
	_, err := jam.Load(t.Context(), fstest.MapFS{"README": {}}, nil)
	if err == nil || !strings.HasPrefix(err.Error(), "content: read: no such folder in the tree") {
		t.Errorf("err = %v", err)
	}
	_, err = jam.Load(t.Context(), fstest.MapFS{"content": {}}, nil)
	if err == nil || !strings.Contains(err.Error(), "is a file") {
		t.Errorf("err = %v", err)
	}
	if _, err := jam.Load(t.Context(), nil, &jam.Config{Sources: []jam.Source{jam.Documents()}}); err != nil {
		t.Errorf("a site of nothing but a home page: %v", err)
	}
}

func TestPageNotFound(t *testing.T) {
	_, err := mustLoad(t, archive(t, smallSite), nil).Page("/posts/c")
	sitetest.WantErrors(t, err, `/posts/c: page: no such page (did you mean "/posts/a"?): file does not exist`)
}
