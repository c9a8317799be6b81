package exec

import (
	"bytes"
	htmltemplate "html/template"
	"testing"
	"text/template/parse"
	"time"
)

// The types and the template are as those of a page of a site.
type benchPage struct {
	title string
	tags  []string
	list  []*benchPage
}

func (p *benchPage) Title() string              { return p.title }
func (p *benchPage) RelPermalink() string       { return "/posts/" + p.title + "/" }
func (p *benchPage) Content() htmltemplate.HTML { return "<p>The content.</p>" }
func (p *benchPage) Date() time.Time            { return time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC) }
func (p *benchPage) WordCount() int             { return 1234 }
func (p *benchPage) Params() map[string]any     { return map[string]any{"tags": p.tags, "draft": false} }
func (p *benchPage) Pages() []*benchPage        { return p.list }
func (p *benchPage) Next() *benchPage           { return p.list[0] }

const benchText = `<!doctype html>
<title>{{ .Title }}</title>
<link rel="canonical" href="{{ .RelPermalink }}">
{{ template "main" . }}
{{ define "main" }}<h1>{{ .Title }}</h1>
<time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time> {{ .WordCount }} words
{{ if not .Params.draft }}{{ .Content }}{{ end }}
<ul>{{ range .Params.tags }}<li><a href="/tags/{{ . | lower }}/">{{ . }}</a></li>{{ end }}</ul>
{{ with .Next }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ range $i, $p := .Pages }}{{ if lt $i 5 }}<a href="{{ $p.RelPermalink }}" title="{{ $p.Title }}">{{ $p.Title }}</a>{{ end }}{{ end }}
{{ end }}`

// BenchmarkPage executes a page's template with html/template, and with this package, which knows its type or does not.
func BenchmarkPage(b *testing.B) {
	page := &benchPage{title: "First & last", tags: []string{"Go", "Sites"}}
	for range 10 {
		page.list = append(page.list, &benchPage{title: "Another page"})
	}
	funcs := htmltemplate.FuncMap{"lower": func(v any) (string, error) { return v.(string), nil }}
	parsed := func() *htmltemplate.Template {
		return htmltemplate.Must(htmltemplate.New("page").Funcs(funcs).Parse(benchText))
	}
	var want, buf bytes.Buffer
	if err := parsed().Execute(&want, page); err != nil {
		b.Fatal(err)
	}
	run := func(name string, execute func() error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				buf.Reset()
				if err := execute(); err != nil {
					b.Fatal(err)
				}
			}
			if buf.String() != want.String() {
				b.Fatalf("got %s, want %s", &buf, &want)
			}
		})
	}
	std := parsed()
	run("standard", func() error { return std.Execute(&buf, page) })
	prog := compiled(b, parsed())
	lookup := func(name string) any { return funcs[name] }
	m := NewMachine(lookup, nil)
	run("unknown", func() error { return m.Run(prog, &buf, page) })
	m = NewMachine(lookup, NewTypes(MethodsOf[*benchPage](ResultOf[*benchPage, []*benchPage]())))
	prog = compiled(b, parsed())
	run("known", func() error { return m.Run(prog, &buf, page) })
}

// compiled returns the program of a template that has not been executed.
func compiled(tb testing.TB, t *htmltemplate.Template) *Program {
	tb.Helper()
	trees := map[string]*parse.Tree{}
	for _, t := range t.Templates() {
		trees[t.Name()] = t.Tree
	}
	trees, err := EscapeHTML(t.Name(), trees)
	if err != nil {
		tb.Fatal(err)
	}
	prog, err := Compile(t.Name(), trees)
	if err != nil {
		tb.Fatal(err)
	}
	return prog
}

// BenchmarkCompile is what a template costs before it is executed.
func BenchmarkCompile(b *testing.B) {
	funcs := htmltemplate.FuncMap{"lower": func(s string) string { return s }}
	t := htmltemplate.Must(htmltemplate.New("page").Funcs(funcs).Parse(benchText))
	b.ReportAllocs()
	for b.Loop() {
		compiled(b, t)
	}
}
