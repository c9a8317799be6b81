package markdown

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func TestHeadingIDs(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Hello World", "hello-world"},
		{"  a  b  ", "a--b"},
		{"What's new in 1.2.3?", "whats-new-in-123"},
		{"a_b-c", "a_b-c"},
		{"Größe Ängste", "größe-ängste"},
		{"Привет МИР", "привет-мир"},
		{"中文 标题！", "中文-标题"},
		{"नमस्ते", "नमस्ते"},
		{"*em* `code` [link](url) ![img](src)", "em-code-link-img"},
		{"`--dry-run` option", "--dry-run-option"},
		{"--dry-run", "--dry-run"},
		{"a -- b --- c", "a----b-----c"},
		{"a – b", "a--b"},
		{"Tom &amp; Jerry", "tom--jerry"},
		{`a \& b`, "a--b"},
		{`"quoted" it's`, "quoted-its"},
		{"a <b>c</b>", "a-c"},
		{"http://a.example/b", "httpaexampleb"},
		{"😀 smile", "-smile"},
		{"!!!", "heading"},
		{"", "heading"},
	}
	for _, test := range tests {
		result := mustRender(t, Config{}, "## "+test.in+"\n")
		if got := result.Headings()[0].ID; got != test.want {
			t.Errorf("%q: %q; want %q", test.in, got, test.want)
		}
	}
}

func TestHeadingIDsAreUnique(t *testing.T) {
	in := "# A\n# A\n# A 1\n# A\n# B {#a-2}\n# C {#c}\n# !\n# ?\n> # A\n\n- # c\n"
	result := mustRender(t, Config{}, in)
	want := []string{"a", "a-1", "a-1-1", "a-3", "a-2", "c", "heading", "heading-1", "a-4", "c-1"}
	if got := result.Anchors(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	off := mustRender(t, Config{DisableHeadingIDs: true}, "# A\n# B {#c}\n")
	if got, want := off.HTML, "<h1>A</h1>\n<h1 id=\"c\">B</h1>\n"; got != want {
		t.Errorf("disabled: %q; want %q", got, want)
	}
}

// outline writes headings one a line, indented by depth.
func outline(headings []*Heading, indent string) string {
	var b strings.Builder
	for _, h := range headings {
		fmt.Fprintf(&b, "%s%d %s|%s|%s\n", indent, h.Level, h.ID, h.Title, h.HTML)
		b.WriteString(outline(h.Children, indent+" "))
	}
	return b.String()
}

func TestHeadings(t *testing.T) {
	in := lines(
		"### Deep",
		"# A *b* & \"c\" [d](e)[^1] <https://f.example>",
		"### A.1",
		"## A.2 <b>x</b> `<y>`",
		"Two", "lines", "---",
		"# ![alt](i.png) {#img}",
		"- ## In a list",
		"",
		"# Empty",
		"[^1]: note",
		"",
		"    # In a note",
		"",
		"[^2]: unused",
		"",
		"    # Nowhere",
	)
	want := lines(
		"3 deep|Deep|Deep",
		"1 a-b--c-d-httpsfexample|A b & “c” d https://f.example|A <em>b</em> &amp; “c” d https://f.example",
		" 3 a1|A.1|A.1",
		" 2 a2-x-y|A.2 x <y>|A.2 x <code>&lt;y&gt;</code>",
		" 2 two-lines|Two lines|Two\nlines",
		"1 img|alt|<img src=\"i.png\" alt=\"alt\">",
		" 2 in-a-list|In a list|In a list",
		"1 empty|Empty|Empty",
		"1 in-a-note|In a note|In a note",
	)
	result := mustRender(t, Config{}, in)
	if got := outline(result.Headings(), ""); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	var plain, marked []string
	result.EachHeading(func(h Heading) {
		plain, marked = append(plain, fmt.Sprint(h.Level, " ", h.ID, "|", h.Title)), append(marked, h.HTML)
	})
	if len(plain) != 9 || plain[1] != "1 a-b--c-d-httpsfexample|A b & “c” d https://f.example" || plain[8] != "1 in-a-note|In a note" {
		t.Errorf("one by one, the headings are %q", plain)
	}
	if !strings.HasPrefix(marked[1], "A <em>b</em> &amp; “c” <a href=") || marked[8] != "In a note" {
		t.Errorf("as they stand in the document, the headings are %q", marked)
	}
}

func TestTOC(t *testing.T) {
	in := "# T\n## A\n### A.1\n#### deep\n### A.2 *x*\n## B {id=b%25ü}\n# U\n### lone\n"
	headings := mustRender(t, Config{}, in).Headings()
	tests := []struct {
		start, end int
		ordered    bool
		want       string
	}{
		{2, 3, false, `<nav id="TableOfContents"><ul>` +
			`<li><a href="#a">A</a><ul><li><a href="#a1">A.1</a></li><li><a href="#a2-x">A.2 <em>x</em></a></li></ul></li>` +
			`<li><a href="#b%2525%C3%BC">B</a></li>` +
			`<li><a href="#lone">lone</a></li></ul></nav>`},
		{1, 1, true, `<nav id="TableOfContents"><ol><li><a href="#t">T</a></li><li><a href="#u">U</a></li></ol></nav>`},
		{3, -1, true, `<nav id="TableOfContents"><ol><li><a href="#a1">A.1</a><ol><li><a href="#deep">deep</a></li></ol></li>` +
			`<li><a href="#a2-x">A.2 <em>x</em></a></li><li><a href="#lone">lone</a></li></ol></nav>`},
		{5, 6, false, ""},
		{3, 2, false, ""},
	}
	for _, test := range tests {
		got := strings.ReplaceAll(TOC(headings, test.start, test.end, test.ordered), "\n", "")
		if got != test.want {
			t.Errorf("%d to %d:\n got %s\nwant %s", test.start, test.end, got, test.want)
		}
	}
	noIDs := mustRender(t, Config{DisableHeadingIDs: true}, "## A\n").Headings()
	if got, want := TOC(noIDs, 2, 3, false), "<nav id=\"TableOfContents\">\n<ul>\n<li>A</li>\n</ul>\n</nav>"; got != want {
		t.Errorf("without ids: %q; want %q", got, want)
	}
	if got := TOC(nil, 1, 6, false); got != "" {
		t.Errorf("no headings: %q", got)
	}
}

func TestAnchors(t *testing.T) {
	in := lines("# A", "", "b", "{#p}", "", "```go {#code}", "```", "", "<a name=\"n&amp;m\" id = 'i'></a> <b id=x>y</b>",
		"", "<div class=\"id\" ID=\"d\"", "data-id=\"no\">", "<!-- <p id=\"no\"> -->", "<input name=no></div>", "", "## A {.c}")
	want := []string{"a", "a-1", "p", "code", "n&m", "i", "x", "d"}
	e := mustNew(t, Config{Unsafe: true})
	src := Source{Text: []byte(in), Resolve: func(Link) (string, error) { t.Error("Resolve was called"); return "", nil }}
	got, err := e.Anchors(context.Background(), src)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, %v\nwant %q", got, err, want)
	}
	if got := mustRender(t, Config{Unsafe: true}, in).Anchors(); !reflect.DeepEqual(got, want) {
		t.Errorf("rendered: got %q\nwant %q", got, want)
	}
	if got := mustRender(t, Config{}, in).Anchors(); !reflect.DeepEqual(got, want[:4]) {
		t.Errorf("without raw HTML: got %q\nwant %q", got, want[:4])
	}
}

func TestRawIDsStayOutOfHeadings(t *testing.T) {
	res := mustRender(t, Config{Unsafe: true}, "## A <b class=c id=\"k\">x</b>\n")
	if got, want := res.Headings()[0].HTML, `A <b class=c>x</b>`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := mustRender(t, Config{}, "## Que faire\u00a0?\n").Headings()[0].ID; got != "que-faire" {
		t.Errorf("id %q", got)
	}
}

// TestTOCOfResult compares the lists that are made of results and of trees.
func TestTOCOfResult(t *testing.T) {
	e := mustNew(t, Config{})
	for n := range 4096 {
		var b strings.Builder
		for m := n; m > 0; m /= 4 {
			fmt.Fprintf(&b, "%s *a* [b](c) {#%d%%}\n\n", strings.Repeat("#", 1+m%4), m)
		}
		r, err := e.Render(context.Background(), Source{Text: []byte(b.String())})
		if err != nil {
			t.Fatal(err)
		}
		for _, levels := range [][2]int{{1, 6}, {2, 3}, {3, 0}, {1, 1}} {
			got, want := r.TOC(levels[0], levels[1], false), TOC(r.Headings(), levels[0], levels[1], false)
			if got != want || want != nestedTOC(r.Headings(), levels[0], levels[1]) {
				t.Errorf("%s: %s\nwant %s", b.String(), got, want)
			}
		}
	}
}

// nestedTOC makes a table of contents list by list.
func nestedTOC(headings []*Heading, start, end int) string {
	var within func(list []*Heading) []*Heading
	within = func(list []*Heading) (out []*Heading) {
		for _, h := range list {
			if h.Level >= start && (end < 1 || h.Level <= end) {
				out = append(out, h)
			} else {
				out = append(out, within(h.Children)...)
			}
		}
		return out
	}
	var list func(headings []*Heading) string
	list = func(headings []*Heading) string {
		var b strings.Builder
		for _, h := range headings {
			fmt.Fprintf(&b, `<li><a href="#%s">%s</a>`, strings.ReplaceAll(h.ID, "%", "%25"), h.HTML)
			if below := within(h.Children); len(below) > 0 {
				b.WriteString("\n" + list(below))
			}
			b.WriteString("</li>\n")
		}
		return "<ul>\n" + b.String() + "</ul>\n"
	}
	items := within(headings)
	if len(items) == 0 {
		return ""
	}
	return "<nav id=\"TableOfContents\">\n" + list(items) + "</nav>"
}
