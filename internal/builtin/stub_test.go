package builtin

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"strings"
	"testing"
	"testing/fstest"
	texttemplate "text/template"

	"github.com/jam-go/jam/internal/funcs"
	"github.com/jam-go/jam/internal/layouts"
)

// call is a shortcode call with the methods that templates read. Either Named or Args are given.
type call struct {
	Name   string
	Named  map[string]any
	Args   []any
	Inner  template.HTML
	Indent string
	Page   *page
}

func (c *call) Position() string    { return "content/a.md:7:3" }
func (c *call) IsNamedParams() bool { return c.Named != nil }

func (c *call) Params() any {
	if c.Named != nil {
		return c.Named
	}
	return c.Args
}

func (c *call) Get(key any) (any, error) {
	switch key := key.(type) {
	case string:
		if v, ok := c.Named[key]; ok || len(c.Named) == 0 {
			return v, nil
		}
		return "", nil
	case int:
		if key < len(c.Args) {
			return c.Args[key], nil
		}
		return nil, nil
	}
	return nil, errors.New("neither name nor number")
}

func (c *call) InnerDeindent() template.HTML {
	return template.HTML(strings.ReplaceAll(string(c.Inner), "\n"+c.Indent, "\n"))
}

type page struct {
	Title     string
	Params    map[string]any
	Site      *site
	Resources resources
	Paginator *pager
}

type site struct {
	LanguageCode string
	Params       map[string]any
}

func newPage() *page {
	return &page{
		Title:     "A page",
		Params:    map[string]any{"color": "red & blue", "none": false, "zero": 0},
		Site:      &site{LanguageCode: "en", Params: map[string]any{"minVersion": "0.150"}},
		Resources: resources{"a.jpg": {"/posts/x/a.jpg"}, "sub/b c.png": {"/posts/x/sub/b%20c.png"}},
	}
}

func (p *page) Param(name string) any {
	if v, ok := p.Params[name]; ok {
		return v
	}
	return p.Site.Params[name]
}

// RenderString renders **bold** text and paragraphs.
func (p *page) RenderString(args ...any) (template.HTML, error) {
	block := false
	if m, ok := args[0].(map[string]any); ok {
		block = m["display"] == "block"
		args = args[1:]
	}
	if len(args) != 1 {
		return "", errors.New("want one text")
	}
	var out []string
	for i, s := range strings.Split(strings.TrimSpace(fmt.Sprint(args[0])), "**") {
		if i%2 == 1 {
			s = "<strong>" + s + "</strong>"
		}
		out = append(out, s)
	}
	s := strings.Join(out, "")
	if block || strings.Contains(s, "\n\n") {
		s = "<p>" + strings.ReplaceAll(s, "\n\n", "</p>\n<p>") + "</p>"
	}
	return template.HTML(s), nil
}

type resources map[string]*resource

type resource struct{ RelPermalink string }

func (r resources) Get(name string) *resource { return r[name] }

type pager struct{ PageNumber, TotalPages int }

func (p *pager) at(n int) *pager {
	if n < 1 || n > p.TotalPages {
		return nil
	}
	return &pager{n, p.TotalPages}
}

func (p *pager) First() *pager { return p.at(1) }
func (p *pager) Last() *pager  { return p.at(p.TotalPages) }
func (p *pager) Prev() *pager  { return p.at(p.PageNumber - 1) }
func (p *pager) Next() *pager  { return p.at(p.PageNumber + 1) }
func (p *pager) HasPrev() bool { return p.PageNumber > 1 }
func (p *pager) HasNext() bool { return p.PageNumber < p.TotalPages }

func (p *pager) Pagers() (all []*pager) {
	for n := range p.TotalPages {
		all = append(all, p.at(n+1))
	}
	return all
}

func (p *pager) URL() string {
	if p.PageNumber == 1 {
		return "/posts/"
	}
	return fmt.Sprintf("/posts/page/%d/", p.PageNumber)
}

// engine executes the templates as a host does.
type engine struct {
	*layouts.Engine
	warnings *[]string
}

func newEngine(t testing.TB) engine {
	t.Helper()
	var warnings []string
	all := texttemplate.FuncMap(funcs.Map(funcs.Options{Warn: func(s string) { warnings = append(warnings, s) }}))
	all["qr"] = QR
	all["highlight"] = func(code, lang, options string) template.HTML {
		return template.HTML(fmt.Sprintf("<code data-lang=%q data-options=%q>%s</code>", lang, options, template.HTMLEscapeString(code)))
	}
	all["ref"] = func(_ *page, to map[string]any) string { return "https://example.org" + refer(to) }
	all["relURL"] = func(s string) string { return s }
	all["absURL"] = func(s string) string { return s }
	all["relref"] = func(_ *page, to map[string]any) string { return refer(to) }
	all["head"] = func(p *page, parts ...string) template.HTML {
		return template.HTML("<!-- " + p.Title + ": " + strings.Join(parts, " ") + " -->")
	}
	e, err := layouts.New(fstest.MapFS{}, layouts.Options{Fallback: FS(), Funcs: all})
	if err != nil {
		t.Fatal(err)
	}
	return engine{e, &warnings}
}

// refer gives the path, and the other arguments that are there as a query.
func refer(to map[string]any) string {
	s, before := "/"+to["path"].(string), "?"
	for _, name := range []string{"lang", "output"} {
		key := map[string]string{"output": "outputFormat"}[name]
		if v := to[cmp.Or(key, name)]; v != nil {
			s += before + name + "=" + v.(string)
			before = "&"
		}
	}
	return s
}

// shortcode renders a call.
func (e engine) shortcode(c *call) (string, error) {
	t, ok := e.Shortcode(layouts.Query{Kind: "page"}, c.Name)
	if !ok {
		return "", fmt.Errorf("no shortcode %q", c.Name)
	}
	if c.Page == nil {
		c.Page = newPage()
	}
	var b bytes.Buffer
	err := e.Execute(&b, t, &layouts.State{Page: c.Page, Dot: c})
	return b.String(), err
}

// partial renders a partial for a value.
func (e engine) partial(name string, dot any) (string, error) {
	t, ok := e.Template("_partials/" + name)
	if !ok {
		return "", fmt.Errorf("no partial %q", name)
	}
	var b bytes.Buffer
	err := e.Execute(&b, t, &layouts.State{Dot: dot})
	return b.String(), err
}
