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

// engine executes the theme as a host does, with plain functions.
type engine struct {
	t        *testing.T
	partials map[string]*template.Template
	cache    map[cacheKey]any  // nil: partialCached is partial
	dates    map[string]string // the layouts of formats
	search   bool
	result   any
}

type cacheKey struct {
	name string
	keys [4]any
}

var errReturn = errors.New("return")

func newEngine(t *testing.T) *engine {
	t.Helper()
	e := &engine{t: t, partials: make(map[string]*template.Template),
		dates: map[string]string{":date_long": "January 2, 2006", ":date_medium": "Jan 2, 2006"}}
	names, err := fs.Glob(FS(), "_partials/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		e.partials[strings.TrimPrefix(name, "_partials/")] = e.parse(name)
	}
	return e
}

func render(t *testing.T, p *page) string {
	t.Helper()
	return newEngine(t).render(p)
}

func (e *engine) render(p *page) string {
	e.t.Helper()
	var b bytes.Buffer
	e.search = p.Site.search
	if err := e.parse("baseof.html", p.Kind+".html").Execute(&b, p); err != nil {
		e.t.Fatal(err)
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

func (e *engine) partial(name string, dot any) (any, error) {
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

func (e *engine) partialCached(name string, dot any, keys ...any) (any, error) {
	if e.cache == nil {
		return e.partial(name, dot)
	}
	key := cacheKey{name: name}
	copy(key.keys[:], keys)
	v, ok := e.cache[key]
	if ok {
		return v, nil
	}
	v, err := e.partial(name, dot)
	e.cache[key] = v
	return v, err
}

func (e *engine) dateFormat(layout string, date any) (string, error) {
	if l, ok := e.dates[layout]; ok {
		layout = l
	}
	t, ok := date.(time.Time)
	if !ok {
		var err error
		if t, err = time.Parse(time.DateOnly, date.(string)); err != nil {
			return "", err
		}
	}
	return t.Format(layout), nil
}

func (e *engine) funcs() template.FuncMap {
	return template.FuncMap{
		"partial":       e.partial,
		"partialCached": e.partialCached,
		"return": func(v any) (any, error) {
			e.result = v
			return nil, errReturn
		},
		"head":       head,
		"searchForm": e.searchForm,
		"add":        func(a, b int) int { return a + b },
		"append":     func(v any, list []any) []any { return append(slices.Clone(list), v) },
		"slice":      func(v ...any) []any { return v },
		"dateFormat": e.dateFormat,
		"hasPrefix":  func(s any, prefix string) bool { return strings.HasPrefix(text(s), prefix) },
		"in":         in,
		"lower":      strings.ToLower,
		"split":      strings.Split,
		"trim":       strings.Trim,
		"plainify":   func(s template.HTML) string { return strings.NewReplacer("<p>", "", "</p>", "\n").Replace(string(s)) },
		"chomp":      func(s string) string { return strings.TrimRight(s, "\n") },
		"truncate":   func(n int, s string) string { return s[:min(n, len(s))] },
		"first":      func(n int, p pages) pages { return p[:min(n, len(p))] },
		"where": func(p pages, _, kind string) pages {
			return slices.DeleteFunc(slices.Clone(p), func(c *page) bool { return c.Kind != kind })
		},
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
		"merge": func(all ...map[string]any) map[string]any {
			m := make(map[string]any)
			for _, a := range all {
				maps.Copy(m, a)
			}
			return m
		},
	}
}

// head writes what it is asked for: the names of parts, or all, and the title.
func head(p *page, options ...any) template.HTML {
	title, parts := p.Title, ""
	for _, o := range options {
		switch o := o.(type) {
		case string:
			parts += " " + o
		case map[string]any:
			title = o["title"].(string)
		}
	}
	if parts == "" {
		parts = " all"
	}
	return template.HTML(`<meta name="head" content="` + template.HTMLEscapeString(title) + ":" + parts + "\">\n")
}

// searchForm writes the labels that it gets, in order of their names.
func (e *engine) searchForm(options ...map[string]any) template.HTML {
	if !e.search {
		return ""
	}
	var b strings.Builder
	for _, o := range options {
		b.WriteString(`<form role="search"`)
		if o["page"] == true {
			b.WriteString(" data-inline")
		}
		b.WriteString(">")
		labels := o["labels"].(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(labels)) {
			b.WriteString("(" + name + ": " + labels[name].(string) + ")")
		}
		b.WriteString("</form>")
	}
	if b.Len() == 0 {
		return "<form></form>"
	}
	return template.HTML(b.String())
}

func text(v any) string {
	if h, ok := v.(template.HTML); ok {
		return string(h)
	}
	return v.(string)
}

func in(collection, v any) bool {
	if list, ok := collection.([]any); ok {
		return slices.Contains(list, v)
	}
	return strings.Contains(collection.(string), v.(string))
}
