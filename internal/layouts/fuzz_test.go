package layouts

import (
	"context"
	"errors"
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

// FuzzNew parses a layout and executes it if it is correct. Nothing may
// panic or run on; errors lie inside the file.
func FuzzNew(f *testing.F) {
	for _, seed := range []string{
		`<h1>{{ .Title }}</h1>`, `{{ define "main" }}{{ partial "p" . }}{{ end }}`, `{{ template "_partials/p.html" . }}`,
		`<?xml?><a b="{{ .Title }}" {{ . }}><![CDATA[{{ .Title }}]]><!-- {{ . }} --></a>`, `[{"a": "{{ . }}", {{ .Title }}: [{{ range .Pages }}{{ . }},{{ end }}]}]`,
		`{{ $x := 1 }}{{ with try (print $x . $ .Title) }}{{ .Err }}{{ .Value }}{{ end }}`, `{{ with .X | try }}{{ end }}`, `{{ try (try (crash)) }}`,
		`{{ define "a" }}"{{ template "a" . }}[{{ end }}{{ template "a" . }}`, `{{ range . }}[{{ range . }}{{ .Inner }}]{{ end }},{{ end }}`,
		`{{ range 1000000000 }}{{ end }}`, `{{ range $i, $e := .Pages }}{{ $e.Title }}{{ else }}x{{ end }}`,
		`{{ define "a" }}{{ template "a" . }}{{ template "a" . }}{{ end }}{{ template "a" . }}`,
		`{{ define "_partials/q" }}{{ return 1 }}{{ end }}{{ partialCached "q" . 1 "a" }}`,
		`<a href="{{ if . }}?{{ end }}{{ . }}">`, `<script>{{ . }}</script><style>{{ . }}</style>`, `<a b=c'd>`,
		"\ufeff{{- /* c */ -}}\r\n{{ $x := `}}` }}{{ $x }}", `{{ if`, `{{ "`, `{{ .A } }}`, `{{end}}`, `{{break}}`, `{{ é }}`,
		`{{ block "a" . }}{{ end }}{{ define "a" }}{{ end }}`, `{{ .Nix.Title }}{{ crash }}`, `{{ partial "layout.html" }}`,
		`{{ templates.Exists "x" }}{{ (partial "r" 1).x }}`, `{{ range .Pages }}{{ break }}{{ end }}`, `{{ _layouts_leave }}{{ return }}`,
	} {
		f.Add(seed)
	}
	funcs := testFuncs()
	f.Fuzz(func(t *testing.T, src string) {
		fsys := fstest.MapFS{
			"page.html":        {Data: []byte(src)},
			"page.xml":         {Data: []byte(src)},
			"page.json":        {Data: []byte(src)},
			"README.md":        {Data: []byte(src)},
			"_shortcodes/s.md": {Data: []byte(src)},
			"baseof.xml":       {Data: []byte(`<p>{{ block "main" . }}{{ end }}</p>`)},
			"baseof.json":      {Data: []byte(`[{{ block "main" . }}{{ end }}]`)},
			"baseof.html":      {Data: []byte(`<p>{{ block "main" . }}{{ end }}`)},
			"_partials/p.html": {Data: []byte(`<b>{{ . }}</b>`)},
			"_partials/r.html": {Data: []byte(`{{ return (dict "x" .) }}`)},
		}
		e, err := New(fsys, Options{Funcs: funcs})
		if err != nil {
			list, ok := errors.AsType[Errors](err)
			if !ok || len(list) == 0 {
				t.Fatalf("not an Errors: %v", err)
			}
			for _, e := range list {
				if e.File == "" || !utf8.ValidString(src) && e.Line == 0 {
					continue
				}
				checkPlace(t, e, len(src))
			}
			return
		}
		if s, ok := e.Shortcode(Query{}, "s"); ok {
			s.UsesInner()
		}
		for _, suffix := range []string{"html", "xml", "json"} {
			tm, ok := e.Lookup(Query{Kind: "page", Suffix: suffix})
			if !ok {
				return // binary
			}
			ctx := &countdown{Context: context.Background(), left: 2000}
			p := &page{Title: "T", Pages: []*page{{}, {}}}
			err = e.Execute(&failingWriter{1 << 20}, tm, &State{Ctx: ctx, Page: p})
			if at, ok := errors.AsType[*Error](err); ok {
				checkPlace(t, at, len(src))
			}
		}
	})
}

func checkPlace(t *testing.T, e *Error, size int) {
	t.Helper()
	if e.File == "" || e.Line < 0 || e.Column < 0 || e.Line+e.Column > size+100 || e.Err == nil {
		t.Errorf("bad place: %#v", e)
	}
}
