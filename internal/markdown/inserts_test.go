package markdown

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// marks replaces @0@ and the like, which are easier to read, by markers.
func marks(s string) []byte {
	r := strings.NewReplacer("@0@", "\x020\x03", "@1@", "\x021\x03", "@2@", "\x022\x03", "@9@", "\x029\x03")
	return []byte(r.Replace(s))
}

var testInserts = []string{`<b title="t">A &amp; &lt;</b>`, "/x/?a&amp;b", "<figure>\n<img src=\"f\">\n</figure>"}

func TestInserts(t *testing.T) {
	const (
		html  = `<b title="t">A &amp; &lt;</b>`
		plain = `A &amp; &lt;`
		fig   = "<figure>\n<img src=\"f\">\n</figure>"
	)
	tests := []struct{ name, in, want string }{
		{"in text", "a @0@ *@0@*b", "<p>a " + html + " <em>" + html + "</em>b</p>\n"},
		{"alone", "@2@", fig + "\n"},
		{"several alone", " @2@ @0@\n@0@ ", fig + " " + html + "\n" + html + "\n"},
		{"between", "a\n\n@2@\n\nb", "<p>a</p>\n" + fig + "\n<p>b</p>\n"},
		{"no block", "@2@\nb", "<p>" + fig + "\nb</p>\n"},
		{"hard break", "@0@\\\n@0@", "<p>" + html + "<br>\n" + html + "</p>\n"},
		{"tight list", "- @2@\n- b", "<ul>\n<li>" + fig + "</li>\n<li>b</li>\n</ul>\n"},
		{"loose list", "- @2@\n\n- b", "<ul>\n<li>\n" + fig + "\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n"},
		{"blockquote", "> @2@", "<blockquote>\n" + fig + "\n</blockquote>\n"},
		{"attributes of a block", "@2@\n{.c}", "<div class=\"c\">\n" + fig + "\n</div>\n"},
		{"heading", "# a @0@", `<h1 id="a-a--">a ` + html + "</h1>\n"},
		{"code span", "`@0@ <`", "<p><code>" + html + " &lt;</code></p>\n"},
		{"fence", "```@1@\n<@0@\n```", `<pre><code class="language-/x/?a&amp;b">&lt;` + html + "\n</code></pre>\n"},
		{"indented code", "    @0@", "<pre><code>" + html + "\n</code></pre>\n"},
		{"link", "[@0@](@1@)", `<p><a href="/x/?a&amp;b">` + html + "</a></p>\n"},
		{"link with angles", "[a](<@1@#c d> \"@0@\")", `<p><a href="/x/?a&amp;b#c%20d" title="` + plain + "\">a</a></p>\n"},
		{"reference", "[a]\n\n[a]: @1@ '@0@'", `<p><a href="/x/?a&amp;b" title="` + plain + "\">a</a></p>\n"},
		{"image", "![i @0@](@1@)", `<p><img src="/x/?a&amp;b" alt="i ` + plain + "\"></p>\n"},
		{"autolink", "<http://a.example@1@>", `<p><a href="http://a.example/x/?a&amp;b">http://a.example/x/?a&amp;b</a></p>` + "\n"},
		{"literal autolink", "http://a.example/@1@", `<p><a href="http://a.example//x/?a&amp;b">http://a.example//x/?a&amp;b</a></p>` + "\n"},
		{"attribute", "# a {#b title=\"@0@\"}", `<h1 id="b" title="` + plain + "\">a</h1>\n"},
		{"table", "|@0@|\n|-|\n|@2@|", "<table>\n<thead>\n<tr>\n<th>" + html + "</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>" + fig + "</td>\n</tr>\n</tbody>\n</table>\n"},
		{"raw HTML is left out", "a <i title=\"@0@\">@1@</i>", "<p>a /x/?a&amp;b</p>\n"},
		{"no such insert", "a@9@b\x02c\x03d\x02x\x03", "<p>abcdx</p>\n"},
		{"nothing but markers that are not", "@9@\n\n\x02", ""},
		{"quotes", "\"@0@\" '@0@' -- @0@", "<p>“" + html + "” ‘" + html + "’ – " + html + "</p>\n"},
		{"parts of a marker", "\x02![a\x03](b)@0@", `<p><img src="b" alt="a">` + html + "</p>\n"},
		{"numeric reference", "a&#2;0&#3; `&#2;` &#x2;", "<p>a\uFFFD0\uFFFD <code>&amp;#2;</code> \uFFFD</p>\n"},
		{"footnote", "a[^1]@0@\n\n[^1]: @2@", "<p>a<sup id=\"fnref:1\"><a href=\"#fn:1\" class=\"footnote-ref\" role=\"doc-noteref\">1</a></sup>" + html + "</p>\n" +
			"<div class=\"footnotes\" role=\"doc-endnotes\">\n<hr>\n<ol>\n<li id=\"fn:1\">\n" + fig + "\n&#160;<a href=\"#fnref:1\" class=\"footnote-backref\" role=\"doc-backlink\">&#x21a9;&#xfe0e;</a></li>\n</ol>\n</div>\n"},
	}
	e := mustNew(t, Config{})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			result, err := e.Render(context.Background(), Source{Text: marks(test.in), Inserts: testInserts})
			if err != nil {
				t.Fatal(err)
			}
			if got := result.HTML; got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestInsertsUnsafe(t *testing.T) {
	const plain = `A &amp; &lt;`
	html := testInserts[0]
	tests := []struct{ in, want string }{
		{"<div title='@0@' @0@>@0@</div>", "<div title='" + plain + "' " + html + ">" + html + "</div>"},
		{"a <i title=\"@0@\">@0@</i>", "<p>a <i title=\"" + plain + "\">" + html + "</i></p>\n"},
		{"a <i class=@1@ @1@>b</i>", "<p>a <i class=/x/?a&amp;b /x/?a&amp;b>b</i></p>\n"},
		{"<script>\nif (a<b) c = \"@0@\";\n</script>\n<p title=\"@0@\">", "<script>\nif (a<b) c = \"" + html + "\";\n</script>\n<p title=\"" + plain + "\">"},
		{"<!-- it's <a @0@ -->\n\n@0@", "<!-- it's <a " + html + " -->\n" + html + "\n"},
		{"a < b \"@0@\" <3 @0@", "<p>a &lt; b “" + html + "” &lt;3 " + html + "</p>\n"},
	}
	e := mustNew(t, Config{Unsafe: true})
	for _, test := range tests {
		result, err := e.Render(context.Background(), Source{Text: marks(test.in), Inserts: testInserts})
		if err != nil || result.HTML != test.want {
			t.Errorf("%s\ngot  %q, %v\nwant %q", test.in, result.HTML, err, test.want)
		}
	}
}

func TestInsertsInResult(t *testing.T) {
	var links []Link
	src := Source{
		Text:    marks("Intro @1@ [t @0@](@1@ \"@0@\").\n\n## H @0@ [l](m) {#x}\n\n### @0@\n\n@2@ \x02\n\n<!--more-->\n\n> [!NOTE] @0@\n> two @0@"),
		Inserts: testInserts,
		Resolve: func(l Link) (string, error) { links = append(links, l); return l.Destination, nil },
	}
	result, err := mustNew(t, Config{}).Render(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Problems) > 0 {
		t.Errorf("problems %v", result.Problems)
	}
	h := result.Headings()[0]
	if h.Title != "H A & < l" || h.HTML != "H "+testInserts[0]+" l" || h.ID != "x" {
		t.Errorf("heading %+v", h)
	}
	if h := h.Children[0]; h.Title != "A & <" || h.ID != "a--" {
		t.Errorf("heading %+v", h)
	}
	if l := links[0]; l.Destination != "/x/?a&b" || l.Title != "A & <" {
		t.Errorf("link %+v", l)
	}
	if want := "<h3>" + testInserts[0] + "</h3>\n" + testInserts[2] + "\n"; !strings.HasSuffix(result.Summary(), want) {
		t.Errorf("summary %q; want it to end in %q", result.Summary(), want)
	}
	if want := "Intro /x/?a&b t A & <.\nH A & < l\nA & <\nA & <\ntwo A & <"; result.Plain() != want {
		t.Errorf("plain %q; want %q", result.Plain(), want)
	}
	if want, _ := CountWords(result.Plain()); result.Words != want {
		t.Errorf("%d words; want %d", result.Words, want)
	}
}

func TestInsertsInline(t *testing.T) {
	e := mustNew(t, Config{})
	for in, want := range map[string]string{
		"@2@":      testInserts[2],
		"a *@0@*":  "a <em>" + testInserts[0] + "</em>",
		"@0@\n@0@": testInserts[0] + "\n" + testInserts[0],
	} {
		result, err := e.RenderInline(context.Background(), Source{Text: marks(in), Inserts: testInserts})
		if err != nil || result.HTML != want {
			t.Errorf("%s: got %q, %v; want %q", in, result.HTML, err, want)
		}
	}
}

// TestInsertsSpans has notes and ids around inserts: the summary is without them.
func TestInsertsSpans(t *testing.T) {
	src := Source{Text: marks("@0@ a[^1] @1@ b[^1]@1@\n{#p title=@1@ .c}\n\n[^1]: n"), Inserts: testInserts}
	result, err := mustNew(t, Config{}).Render(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	if want := `<p title="/x/?a&amp;b" class="c">` + testInserts[0] + " a /x/?a&amp;b b/x/?a&amp;b</p>\n"; result.Summary() != want {
		t.Errorf("got  %q\nwant %q", result.Summary(), want)
	}
}

// TestInsertsLeftOpen has inserts that leave something open, as a shortcode that writes half a tag does: what is
// inserted in later blocks stays as it is.
func TestInsertsLeftOpen(t *testing.T) {
	for _, open := range []string{`<p title="`, "<p title='", "<!--", "<script>", "<p"} {
		src := Source{Text: marks("@0@\n\nb @1@\n\n@1@"), Inserts: []string{open, testInserts[0]}}
		result, err := mustNew(t, Config{}).Render(context.Background(), src)
		if want := open + "\n<p>b " + testInserts[0] + "</p>\n" + testInserts[0] + "\n"; err != nil || result.HTML != want {
			t.Errorf("%s: got %q, %v\nwant %q", open, result.HTML, err, want)
		}
	}
}

// TestInsertsInMarkers has inserts with markers, which mean nothing there.
func TestInsertsInMarkers(t *testing.T) {
	src := Source{Text: marks("@0@ b `@0@` [c](@1@)\n\n@0@"), Inserts: []string{string(marks("x@0@y\x02")), string(marks("/@1@&#2;"))}}
	result, err := mustNew(t, Config{}).Render(context.Background(), src)
	want := "<p>xy b <code>xy</code> <a href=\"/%EF%BF%BD\">c</a></p>\nxy\n"
	want = strings.Replace(want, "%EF%BF%BD", "", 1)
	if err != nil || result.HTML != want {
		t.Errorf("got %q, %v; want %q", result.HTML, err, want)
	}
	if !strings.Contains(src.Inserts[0], "\x02") {
		t.Error("the caller's slice was changed")
	}
}

// TestSplitMarkers has a renderer that puts the parts of markers into elements, as
// highlighters do.
func TestSplitMarkers(t *testing.T) {
	split := withRenderer(ast.KindFencedCodeBlock, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			_, _ = w.WriteString("<pre>")
			for _, c := range n.Lines().Value(source) {
				_, _ = w.WriteString(`<i class="x>">` + string(rune(c)) + "</i>")
			}
			_, _ = w.WriteString("</pre>")
		}
		return ast.WalkSkipChildren, nil
	})
	e := mustNew(t, Config{Extensions: []goldmark.Extender{split}})
	result, err := e.Render(context.Background(), Source{Text: marks("```\n@1@;\x02\x03\n```\n"), Inserts: testInserts})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := result.Plain(), "/x/?a&b;"; got != want {
		t.Errorf("got %q; want %q", got, want)
	}
	if open, end := strings.Count(result.HTML, "<i "), strings.Count(result.HTML, "</i>"); open != end || open != 6 {
		t.Errorf("%d start tags and %d end tags in %q", open, end, result.HTML)
	}
}

func TestPositionOfSource(t *testing.T) {
	src := Source{
		Text: marks("a\n@0@ [b](c)\n\n# d {onclick=e}\n"), Inserts: testInserts,
		Position: func(offset int) (int, int) { return 1000 + offset, 7 },
		Resolve:  func(l Link) (string, error) { return "", errors.New("broken") },
	}
	result, err := mustNew(t, Config{}).Render(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	if p := result.Problems[0]; p.Line != 1006 || p.Column != 7 || p.Kind != BrokenLink {
		t.Errorf("got %v", &p.Error)
	}
	if p := result.Problems[1]; p.Line != 1019 || p.Kind != UnsafeAttribute {
		t.Errorf("got %v", &p.Error)
	}
}

func TestProblemWithoutMarkers(t *testing.T) {
	src := Source{Text: marks("<div title=\"@1@\">\n\na <i @1@> \x02<b>\n"), Inserts: testInserts}
	result, err := mustNew(t, Config{}).Render(context.Background(), src)
	if err != nil || len(result.Problems) != 3 {
		t.Fatal(result, err)
	}
	if want := `raw HTML "<div title="/x/?a&b">" left out`; result.Problems[0].Err.Error() != want {
		t.Errorf("got %q; want %q", result.Problems[0].Err, want)
	}
}

func BenchmarkInserts(b *testing.B) {
	text := strings.Repeat("Some *text* with an \x020\x03 insert and [a link](\x021\x03).\n\n\x022\x03\n\n", 100)
	for name, in := range map[string]string{"with": text, "without": strings.NewReplacer("\x02", "(", "\x03", ")").Replace(text)} {
		b.Run(name, func(b *testing.B) {
			e := mustNew(b, Config{})
			src := Source{Text: []byte(in), Inserts: testInserts}
			b.SetBytes(int64(len(in)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := e.Render(context.Background(), src); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
