package layouts

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

const benchTree = `
-- baseof.html --
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ .Title }} – Site</title><link rel="canonical" href="{{ .RelPermalink }}"></head>
<body>
{{ partialCached "nav.html" . }}
<main>{{ block "main" . }}{{ end }}</main>
{{ partial "footer.html" . }}
</body>
</html>
-- page.html --
{{ define "main" }}<article><h1>{{ .Title }}</h1>
{{ with .Params.description }}<p class="lead">{{ . }}</p>{{ end }}
{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
</article>{{ end }}
-- _partials/nav.html --
<nav><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></nav>
-- _partials/footer.html --
<footer>{{ .Title }}</footer>
`

func benchPage() *page {
	p := &page{Title: "A title & more", Params: map[string]any{"description": "About it"}}
	for i := range 5 {
		p.Pages = append(p.Pages, &page{Title: fmt.Sprint("Page ", i)})
	}
	return p
}

func BenchmarkExecute(b *testing.B) {
	e := mustNew(b, benchTree)
	tm, _ := e.Lookup(Query{Kind: "page"})
	p, cache := benchPage(), &Cache{}
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		var buf bytes.Buffer
		for pb.Next() {
			buf.Reset()
			if err := e.Execute(&buf, tm, &State{Ctx: b.Context(), Page: p, Cache: cache}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkReturn is a partial that returns a value.
func BenchmarkReturn(b *testing.B) {
	e := mustNew(b, "-- page.html --\n{{ (partial \"x\" .).v }}\n-- _partials/x.html --\n{{ return (dict \"v\" 1) }}")
	tm, _ := e.Template("page.html")
	var buf bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		buf.Reset()
		if err := e.Execute(&buf, tm, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFirstExecute is the cost of a new executor.
func BenchmarkFirstExecute(b *testing.B) {
	e := mustNew(b, benchTree)
	tm, _ := e.Lookup(Query{Kind: "page"})
	p := benchPage()
	var buf bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		buf.Reset()
		e.free = nil
		if err := e.Execute(&buf, tm, &State{Page: p}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkNew parses 200 files.
func BenchmarkNew(b *testing.B) {
	fsys := fstest.MapFS{}
	size := 0
	for i := range 200 {
		src := strings.Repeat("<p>{{ .Title }}{{ range .Pages }}{{ with .Title }}<b>{{ . }}</b>{{ end }}{{ end }}</p>\n", 10)
		size += len(src)
		fsys[fmt.Sprintf("_partials/p%d.html", i)] = &fstest.MapFile{Data: []byte(src)}
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := New(fsys, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
