package theme

import (
	"bytes"
	"errors"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"time"
)

// site and page have the methods and fields that the templates read.
type site struct {
	Title, BaseURL string
	Language       struct{ Code, Dir string }
	Params         map[string]any
	Home           *page
	Sections       pages
	Pages          pages
}

type pages []*page

func (p pages) Reverse() pages {
	p = slices.Clone(p)
	slices.Reverse(p)
	return p
}

func (p pages) ByDate() pages {
	return slices.SortedStableFunc(slices.Values(p), func(a, b *page) int { return a.Date.Compare(b.Date) })
}

type page struct {
	Kind, Section, Title, LinkTitle, Description, RelPermalink string
	Date, Lastmod                                              time.Time
	Content, Summary, TableOfContents                          template.HTML
	ReadingTime                                                int
	Draft                                                      bool
	Params                                                     map[string]any
	Pages                                                      pages
	PrevInSection, NextInSection                               *page
	Site                                                       *site

	parent *page
}

func (p *page) IsHome() bool         { return p.Kind == "home" }
func (p *page) Permalink() string    { return p.Site.BaseURL + strings.TrimPrefix(p.RelPermalink, "/") }
func (p *page) Sections() pages      { return p.children("section") }
func (p *page) RegularPages() pages  { return p.children("page") }
func (p *page) Ancestors() (a pages) { return p.appendAncestors(nil) }

func (p *page) appendAncestors(a pages) pages {
	if p.parent == nil {
		return a
	}
	return p.parent.appendAncestors(append(a, p.parent))
}

func (p *page) children(kind string) pages {
	return slices.DeleteFunc(slices.Clone(p.Pages), func(c *page) bool { return c.Kind != kind })
}

// add makes a page below p and sets what every page has.
func (p *page) add(c *page) *page {
	c.Site, c.parent = p.Site, p
	if c.LinkTitle == "" {
		c.LinkTitle = c.Title
	}
	if c.RelPermalink == "" {
		c.RelPermalink = p.RelPermalink + strings.ToLower(strings.ReplaceAll(c.Title, " ", "-")) + "/"
	}
	if c.Section == "" {
		c.Section = p.Section
	}
	p.Pages = append(p.Pages, c)
	switch {
	case c.Kind == "page":
		c.Site.Pages = append(c.Site.Pages, c)
	case c.Kind == "section" && p.IsHome():
		c.Site.Sections = append(c.Site.Sections, c)
	}
	return c
}

func newSite() *site {
	s := &site{Title: "Field notes", BaseURL: "https://example.org/"}
	s.Language.Code, s.Language.Dir = "en", "ltr"
	s.Home = &page{Kind: "home", RelPermalink: "/", Site: s}
	return s
}

// engine executes the theme as a host does, with plain functions.
type engine struct {
	t        *testing.T
	partials map[string]*template.Template
	result   any
}

var errReturn = errors.New("return")

func render(t *testing.T, p *page) string {
	t.Helper()
	e := &engine{t: t, partials: make(map[string]*template.Template)}
	names, err := fs.Glob(FS(), "_partials/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		e.partials[strings.TrimPrefix(name, "_partials/")] = e.parse(name)
	}
	var b bytes.Buffer
	if err := e.parse("baseof.html", p.Kind+".html").Execute(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func (e *engine) parse(names ...string) *template.Template {
	e.t.Helper()
	tmpl, err := template.New(path.Base(names[0])).Funcs(e.funcs()).ParseFS(FS(), names...)
	if err != nil {
		e.t.Fatal(err)
	}
	return tmpl
}

func (e *engine) partial(name string, dot any, _ ...any) (any, error) {
	tmpl, ok := e.partials[name]
	if !ok {
		return nil, errors.New("no partial " + name)
	}
	var b bytes.Buffer
	err := tmpl.Execute(&b, dot)
	if errors.Is(err, errReturn) {
		return e.result, nil
	}
	return template.HTML(b.String()), err
}

func (e *engine) funcs() template.FuncMap {
	return template.FuncMap{
		"partial":       e.partial,
		"partialCached": e.partial,
		"return": func(v any) (any, error) {
			e.result = v
			return nil, errReturn
		},
		"append":     func(v any, list []any) []any { return append(slices.Clone(list), v) },
		"slice":      func(v ...any) []any { return v },
		"dateFormat": func(layout string, t time.Time) string { return t.Format(layout) },
		"hasPrefix":  func(s template.HTML, prefix string) bool { return strings.HasPrefix(string(s), prefix) },
		"plainify":   func(s template.HTML) string { return strings.NewReplacer("<p>", "", "</p>", "\n").Replace(string(s)) },
		"chomp":      func(s string) string { return strings.TrimRight(s, "\n") },
		"truncate":   func(n int, s string) string { return s[:min(n, len(s))] },
		"first":      func(n int, p pages) pages { return p[:min(n, len(p))] },
		"cond": func(c bool, a, b any) any {
			if c {
				return a
			}
			return b
		},
		"default": func(d, v any) any {
			if v == nil {
				return d
			}
			return v
		},
		"dict": func(kv ...any) map[string]any {
			m := make(map[string]any)
			for pair := range slices.Chunk(kv, 2) {
				m[pair[0].(string)] = pair[1]
			}
			return m
		},
		"merge": func(a, b map[string]any) map[string]any {
			m := maps.Clone(a)
			maps.Copy(m, b)
			return m
		},
	}
}
