package minifier

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/html"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/json"
	"github.com/tdewolff/minify/v2/svg"
)

// page returns a page such as a documentation site has: about 13 kB, with
// the indentation of templates, a navigation, prose, highlighted code, inline
// scripts, a style sheet and structured data.
func page() []byte {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>How it works &amp; why</title>
    <!-- styles -->
    <link rel="stylesheet" href="/css/main.css">
    <style>
      .note { color : #336699 ; padding : 0 1em ; }
      @media ( min-width : 40em ) { .note > p { margin : 0 auto } }
    </style>
    <script type="application/ld+json">
      { "@context" : "https://schema.org" , "@type" : "Article" , "headline" : "How it works" }
    </script>
    <script>
      // theme
      document.documentElement.dataset.theme = localStorage.getItem( "theme" ) || "light";
    </script>
  </head>
  <body class="docs wide">
    <nav class="sidebar" aria-label="Sections">
      <ul>
`)
	for i := range 30 {
		fmt.Fprintf(&b, "        <li class=\"item\">\n          <a href=\"/docs/section-%d/\" class=\"link\">Section &#34;%d&#34;</a>\n        </li>\n", i, i)
	}
	b.WriteString("      </ul>\n    </nav>\n    <main id=\"content\">\n")
	for i := range 12 {
		fmt.Fprintf(&b, "<h2 id=\"part-%d\">Part %d</h2>\n<p>It&rsquo;s the <em>quick</em> brown fox that &quot;jumps&quot; over\nthe lazy <a href=\"https://example.com/dog?a=1&amp;b=%d\" title=\"A dog\">dog</a>, and then some more words\nfollow so that the paragraph has <code>a  length</code> that is usual.</p>\n", i, i, i)
		b.WriteString("<ul>\n<li>one <strong>thing</strong></li>\n<li>another thing</li>\n</ul>\n")
	}
	for range 4 {
		b.WriteString("<div class=\"highlight\"><pre tabindex=\"0\" class=\"chroma\"><code class=\"language-go\" data-lang=\"go\">")
		for i := range 8 {
			fmt.Fprintf(&b, "<span class=\"line\"><span class=\"cl\"><span class=\"kd\">func</span> <span class=\"nf\">f%d</span><span class=\"p\">()</span>  <span class=\"p\">{}</span>\n</span></span>", i)
		}
		b.WriteString("</code></pre></div>\n")
	}
	b.WriteString("    </main>\n    <footer>\n      <p>&copy; 2026</p>\n    </footer>\n  </body>\n</html>\n")
	return []byte(b.String())
}

func BenchmarkHTML(b *testing.B) {
	src := page()
	b.Run("jam", func(b *testing.B) {
		m := New(Options{})
		var dst []byte
		b.ReportAllocs()
		b.SetBytes(int64(len(src)))
		for b.Loop() {
			var err error
			if dst, err = m.Bytes(b.Context(), typeHTML, dst[:0], src); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(100*float64(len(dst))/float64(len(src)), "%size")
	})
	// The same with tdewolff/minify, which changes what it reads.
	cautious := html.Minifier{KeepComments: false, KeepSpecialComments: true, KeepDefaultAttrVals: true,
		KeepDocumentTags: true, KeepEndTags: true, KeepWhitespace: true}
	with := func(change func(*html.Minifier)) *html.Minifier {
		h := html.Minifier{}
		change(&h)
		return &h
	}
	for _, bb := range []struct {
		name string
		html *html.Minifier
	}{
		{"tdewolff/default", &html.Minifier{}},
		{"tdewolff/whitespace", with(func(h *html.Minifier) { h.KeepWhitespace = true })},
		{"tdewolff/endtags", with(func(h *html.Minifier) { h.KeepEndTags = true })},
		{"tdewolff/doctags", with(func(h *html.Minifier) { h.KeepDocumentTags = true })},
		{"tdewolff/quotes", with(func(h *html.Minifier) { h.KeepQuotes = true })},
		{"tdewolff/defaults", with(func(h *html.Minifier) { h.KeepDefaultAttrVals = true })},
		{"tdewolff/cautious", &cautious},
	} {
		b.Run(bb.name, func(b *testing.B) {
			m := minify.New()
			m.Add("text/html", bb.html)
			m.Add("text/css", &css.Minifier{})
			m.Add("application/javascript", &js.Minifier{})
			m.Add("application/ld+json", &json.Minifier{KeepNumbers: true})
			m.Add("image/svg+xml", &svg.Minifier{})
			var dst bytes.Buffer
			b.ReportAllocs()
			b.SetBytes(int64(len(src)))
			for b.Loop() {
				dst.Reset()
				if err := m.Minify("text/html", &dst, bytes.NewBuffer(append([]byte(nil), src...))); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(100*float64(dst.Len())/float64(len(src)), "%size")
		})
	}
}

func BenchmarkTypes(b *testing.B) {
	for _, bb := range []struct{ mediatype, piece string }{
		{typeCSS, ".note > p , a :hover {\n  color : #336699 ; /* c */\n  margin : calc( 1px + 2em ) auto ;\n}\n"},
		{typeJS, "function f ( a , b ) {\n  // c\n  return `x ${ a / 2 }` + b . map ( ( x ) => x + 1 ) ;\n}\n"},
		{typeJSON, "[\n  { \"a\" : 1.0 , \"b\" : \"x  y\" } ,\n  null ] "},
		{typeSVG, "  <g id=\"a\" >\n    <path d=\"M 0 0 L 1 1\" ></path>\n  </g>\n"},
		{typeXML, "  <item>\n    <title>a  b</title>\n    <link>https://example.com/</link>\n  </item>\n"},
	} {
		src := []byte(strings.Repeat(bb.piece, 200))
		switch bb.mediatype {
		case typeJSON:
			src = []byte("[" + strings.TrimSuffix(strings.Repeat(bb.piece+",", 200), ",") + "]")
		case typeSVG, typeXML:
			src = []byte("<svg>" + string(src) + "</svg>")
		}
		b.Run(bb.mediatype, func(b *testing.B) {
			m := New(Options{})
			var dst []byte
			b.ReportAllocs()
			b.SetBytes(int64(len(src)))
			for b.Loop() {
				var err error
				if dst, err = m.Bytes(b.Context(), bb.mediatype, dst[:0], src); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(100*float64(len(dst))/float64(len(src)), "%size")
		})
	}
}
