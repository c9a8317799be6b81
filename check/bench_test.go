package check

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

func BenchmarkRun(b *testing.B) {
	site := fstest.MapFS{"style.css": {}, "index.html": {Data: []byte(pageHead + pageEnd)}}
	const pages = 200
	var nav strings.Builder
	for i := range 30 {
		fmt.Fprintf(&nav, "<li><a href=/p%d/>Page %d</a></li>\n", i, i)
	}
	for i := range pages {
		text := fmt.Sprintf(`<!doctype html><html lang=en><head><meta charset=utf-8><title>Page %d</title><meta name=description content=D><link rel=stylesheet href=/style.css></head><body><nav><ul>%s</ul></nav><main><h1>Page %d</h1>`, i, nav.String(), i) +
			strings.Repeat(`<h2 id=a>Part</h2><p>Some text with <a href="../p1/#a">a link</a>, <em>emphasis</em> and <code>code</code> &amp; more of it.</p><pre><code class="go">if a &lt; b { return }</code></pre>`, 20) + `</main></body></html>`
		text = strings.Replace(text, "<h2 id=a>", "<h2 id=first>", 1)
		for n := range 19 {
			text = strings.Replace(text, "<h2 id=a>", fmt.Sprintf("<h2 id=a%d>", n), 1)
		}
		site[fmt.Sprintf("p%d/index.html", i)] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(text, "#a\"", "#first\""))}
	}
	var size int64
	for _, f := range site {
		size += int64(len(f.Data))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		report, err := Run(b.Context(), site, nil)
		if err != nil || report.Pages != pages+1 || report.Count(Error) > 0 {
			b.Fatal(err, lines(report.Findings))
		}
	}
}
