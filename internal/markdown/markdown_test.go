package markdown

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// corpora returns the folder with real content trees, or "".
func corpora() string {
	dir, err := os.Getwd()
	for err == nil && dir != filepath.Dir(dir) {
		path := filepath.Join(dir, "..", "shared", "corpora")
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return path
		}
		dir = filepath.Dir(dir)
	}
	return ""
}

func mustNew(t testing.TB, cfg Config) *Engine {
	t.Helper()
	e, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func mustRender(t testing.TB, cfg Config, text string) *Result {
	t.Helper()
	result, err := mustNew(t, cfg).Render(context.Background(), Source{Text: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// problems returns r's problems, one a line.
func problems(r *Result) string {
	var lines []string
	for i := range r.Problems {
		p := &r.Problems[i]
		lines = append(lines, fmt.Sprintf("%s: %v", p.Kind, p.Error.Error()))
	}
	return strings.Join(lines, "\n")
}

// lines joins lines for comparison with output.
func lines(s ...string) string { return strings.Join(s, "\n") + "\n" }

const samplePage = `# Using *the* engine

Text with a [link](other.md "Title"), **bold** words, and https://example.com/.
It goes on[^1] -- with "quotes" and ` + "`code`" + `.

| Name | Size |
| --- | --: |
| one | 1 |

- [ ] to do
- [x] done

[^1]: A note.

`

func TestRender(t *testing.T) {
	tests := []struct {
		name string
		cfg  Config
		in   string
		want string
	}{
		{"empty", Config{}, "", ""},
		{"blank", Config{}, " \n\t\n", ""},
		{"CRLF", Config{}, "a\r\nb `c\r\nd`\r\n\r\n```\r\nx\r\n```\r\n",
			"<p>a\nb <code>c d</code></p>\n<pre><code>x\n</code></pre>\n"},
		{"CR", Config{}, "# a\rb\r\rc", "<h1 id=\"a\">a</h1>\n<p>b</p>\n<p>c</p>\n"},
		{"NUL", Config{}, "a\x00b `\x00`", "<p>a\uFFFDb <code>\uFFFD</code></p>\n"},
		{"entities", Config{}, `&copy; &#65; &#x41; &#0065; &#0; &nope; \&amp; \* &`,
			"<p>© A A A \uFFFD &amp;nope; &amp;amp; * &amp;</p>\n"},
		{"entities in code", Config{}, "`&amp;`", "<p><code>&amp;amp;</code></p>\n"},
		{"hard breaks", Config{}, "a  \nb\\\nc", "<p>a<br>\nb<br>\nc</p>\n"},
		{"hard wraps", Config{HardWraps: true}, "a\nb", "<p>a<br>\nb</p>\n"},
		{"XHTML", Config{XHTML: true}, "a  \nb\n\n---\n\n![x](y)\n",
			"<p>a<br />\nb</p>\n<hr />\n<p><img src=\"y\" alt=\"x\" /></p>\n"},
		{"ordered list", Config{}, "3. a\n4. b\n", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n"},
		{"loose list", Config{}, "- a\n\n- b\n", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n"},
		{"empty item", Config{}, "-\n- b\n", "<ul>\n<li></li>\n<li>b</li>\n</ul>\n"},
		{"indented code", Config{}, "    <a>\n", "<pre><code>&lt;a&gt;\n</code></pre>\n"},
		{"fence without language", Config{}, "```\na\n```\n", "<pre><code>a\n</code></pre>\n"},
		{"fence never closed", Config{}, "```go\na", "<pre><code class=\"language-go\">a\n</code></pre>\n"},

		{"table", Config{}, "|a|b|c|\n|:-|:-:|-:|\n|1|`\\|`|\n", lines(
			"<table>", "<thead>", "<tr>",
			`<th style="text-align:left">a</th>`, `<th style="text-align:center">b</th>`, `<th style="text-align:right">c</th>`,
			"</tr>", "</thead>", "<tbody>", "<tr>",
			`<td style="text-align:left">1</td>`, `<td style="text-align:center"><code>|</code></td>`, `<td></td>`,
			"</tr>", "</tbody>", "</table>")},
		{"table of a head", Config{}, "|a|\n|-|\n", "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n</table>\n"},
		{"no tables", Config{DisableTables: true}, "|a|\n|-|\n", "<p>|a|\n|-|</p>\n"},
		{"strikethrough", Config{}, "~~a~~ ~b~ ~c~~ ~~~d~~~", "<p><del>a</del> <del>b</del> ~c~~ ~~~d~~~</p>\n"},
		{"no strikethrough", Config{DisableStrikethrough: true}, "~~a~~", "<p>~~a~~</p>\n"},
		{"tasks", Config{}, "- [ ] a *b*\n- [X] c\n  - [x] d\n- [ ]e\n- [y] f\n- [ ]\n", lines(
			"<ul>",
			`<li><label><input disabled="" type="checkbox"> a <em>b</em></label></li>`,
			`<li><label><input checked="" disabled="" type="checkbox"> c</label>`,
			"<ul>", `<li><label><input checked="" disabled="" type="checkbox"> d</label></li>`, "</ul>", "</li>",
			"<li>[ ]e</li>", "<li>[y] f</li>", "<li>[ ]</li>", "</ul>")},
		{"loose tasks", Config{}, "- [ ] a\n\n- b\n", lines("<ul>", "<li>",
			`<p><label><input disabled="" type="checkbox"> a</label></p>`, "</li>", "<li>", "<p>b</p>", "</li>", "</ul>")},
		{"tasks without labels", Config{DisableTaskLabels: true}, "- [ ] a\n",
			"<ul>\n<li><input disabled=\"\" type=\"checkbox\"> a</li>\n</ul>\n"},
		{"task in a heading", Config{}, "- ## [ ] a\n", "<ul>\n<li>\n<h2 id=\"--a\">[ ] a</h2>\n</li>\n</ul>\n"},
		{"no tasks", Config{DisableTaskLists: true}, "- [ ] a\n", "<ul>\n<li>[ ] a</li>\n</ul>\n"},

		{"footnotes", Config{}, "a[^x] b[^x]\n\n[^x]: note\n[^y]: unused\n", lines(
			`<p>a<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup> `+
				`b<sup id="fnref1:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup></p>`,
			`<div class="footnotes" role="doc-endnotes">`, "<hr>", "<ol>", `<li id="fn:1">`,
			`<p>note&#160;<a href="#fnref:1" class="footnote-backref" role="doc-backlink">&#x21a9;&#xfe0e;</a>`+
				`&#160;<a href="#fnref1:1" class="footnote-backref" role="doc-backlink">&#x21a9;&#xfe0e;</a></p>`,
			"</li>", "</ol>", "</div>")},
		{"no footnotes", Config{DisableFootnotes: true}, "a[^x]\n\n[^x]: /u\n", "<p>a<a href=\"/u\">^x</a></p>\n"},
		{"definitions", Config{}, "Term\n: one\n: two\n", "<dl>\n<dt>Term</dt>\n<dd>one</dd>\n<dd>two</dd>\n</dl>\n"},
		{"ids of definitions", Config{DefinitionIDs: true}, "# A b\n\n`A` b\nc\n: one\n\n!\n: two\n", "<h1 id=\"a-b\">A b</h1>\n<dl>\n" +
			"<dt id=\"a-b-1\"><code>A</code> b</dt>\n<dt id=\"c\">c</dt>\n<dd>one</dd>\n<dt id=\"id\">!</dt>\n<dd>two</dd>\n</dl>\n"},
		{"no definitions", Config{DisableDefinitionLists: true}, "Term\n: one\n", "<p>Term\n: one</p>\n"},
		{"typographer", Config{}, `"It's" -- or --- 'so' ... <<x>>`, "<p>“It’s” – or — ‘so’ … «x»</p>\n"},
		{"no typographer", Config{DisableTypographer: true}, `"It's" -- ...`, "<p>&quot;It's&quot; -- ...</p>\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := mustRender(t, test.cfg, test.in).HTML; got != test.want {
				t.Errorf("%q\n got %q\nwant %q", test.in, got, test.want)
			}
		})
	}
}

func TestCJK(t *testing.T) {
	tests := []struct{ in, want string }{
		{"中文\n测试", "中文测试"},
		{"ひら\nカタ", "ひらカタ"},
		{"中文，\n测试", "中文，测试"},
		{"中文\nabc", "中文\nabc"},
		{"abc\n中文", "abc\n中文"},
		{"한국어\n단어", "한국어\n단어"},
		{"中文\n한국어", "中文\n한국어"},
		{"中文\n*强调*", "中文<em>强调</em>"},
		{"*强调*\n中文", "<em>强调</em>中文"},
		{"中文\n`代码`", "中文<code>代码</code>"},
		{"中文\n[链接](x)", "中文<a href=\"x\">链接</a>"},
		{"see\n*this*", "see\n<em>this</em>"},
		{"see\n[this](x)", "see\n<a href=\"x\">this</a>"},
		{"see\n`this`", "see\n<code>this</code>"},
		{"*see*\nthis", "<em>see</em>\nthis"},
		{"中文  \n测试", "中文<br>\n测试"},
		{"中\\ 文**字**", "中\\ 文<strong>字</strong>"},
		{"**太字。**\\ です", "<strong>太字。</strong>\\ です"},
	}
	e := mustNew(t, Config{})
	for _, test := range tests {
		result, err := e.Render(context.Background(), Source{Text: []byte(test.in)})
		if want := "<p>" + test.want + "</p>\n"; err != nil || result.HTML != want {
			t.Errorf("%q\n got %q, %v\nwant %q", test.in, result.HTML, err, want)
		}
	}
	if got, want := mustRender(t, Config{DisableCJK: true}, "中\n文\\ 字").HTML, "<p>中\n文\\ 字</p>\n"; got != want {
		t.Errorf("disabled: %q; want %q", got, want)
	}
}

func TestRenderInline(t *testing.T) {
	e := mustNew(t, Config{})
	tests := []struct{ in, want string }{
		{"a *b*", "a <em>b</em>"},
		{"a *b*\n", "a <em>b</em>"},
		{"", ""},
		{"a\n\nb", "<p>a</p>\n<p>b</p>\n"},
		{"# a", "<h1 id=\"a\">a</h1>\n"},
		{"- a", "<ul>\n<li>a</li>\n</ul>\n"},
		{"a[^1]\n\n[^1]: x", `<p>a<sup id="fnref:1">`},
		{"<b>x</b>", "x"},
	}
	for _, test := range tests {
		got, err := e.RenderInline(context.Background(), Source{Text: []byte(test.in)})
		if err != nil || got.HTML != test.want && !(strings.Contains(test.in, "^") && strings.HasPrefix(got.HTML, test.want)) {
			t.Errorf("%q: %q, %v; want %q", test.in, got.HTML, err, test.want)
		}
	}
}

func TestSourceIsNotChanged(t *testing.T) {
	text := []byte(samplePage + "a@b.example\r\n\\*x\\* &amp; <b>\r\n{.x}\r\n")
	before := string(text)
	if _, err := mustNew(t, Config{}).Render(context.Background(), Source{Text: text}); err != nil {
		t.Fatal(err)
	}
	if string(text) != before {
		t.Error("the text was changed")
	}
}

// TestConcurrency renders different pages on one engine at once; a result must not
// change when its buffers are used again.
func TestConcurrency(t *testing.T) {
	e := mustNew(t, Config{})
	text := func(i int) []byte {
		return fmt.Appendf(nil, "## Page %d\n\n%s", i, strings.Repeat("word[^1] ", i)+"\n\n[^1]: n")
	}
	var wg sync.WaitGroup
	results := make([]*Result, 40)
	for i := range results {
		wg.Go(func() {
			result, err := e.Render(context.Background(), Source{Text: text(i)})
			if err != nil {
				t.Error(err)
			}
			results[i] = result
		})
	}
	wg.Wait()
	for i, got := range results {
		want := mustRender(t, Config{}, string(text(i)))
		if got.HTML != want.HTML || got.Summary() != want.Summary() ||
			got.Headings()[0].HTML != want.Headings()[0].HTML || got.Plain() != want.Plain() || got.Words != want.Words {
			t.Errorf("page %d differs", i)
		}
	}
}

func TestContext(t *testing.T) {
	e := mustNew(t, Config{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := e.Render(ctx, Source{Text: []byte("a")}); !errors.Is(err, context.Canceled) {
		t.Errorf("ended context: %v", err)
	}
	if _, err := e.Anchors(ctx, Source{Text: []byte("a")}); !errors.Is(err, context.Canceled) {
		t.Errorf("ended context: %v", err)
	}
	// One that ends while the parser is within a single paragraph.
	late := &lateContext{Context: context.Background(), after: 3}
	if _, err := e.Render(late, Source{Text: []byte(strings.Repeat("[a](", 2000))}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("context that ends late: %v", err)
	}
}

// lateContext ends when Err was called a number of times.
type lateContext struct {
	context.Context
	after int
}

func (c *lateContext) Err() error {
	if c.after--; c.after < 0 {
		return context.DeadlineExceeded
	}
	return nil
}
