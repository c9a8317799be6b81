package markdown

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/html"
)

// checkSafe says what in src could run a script, or that its tags are not
// balanced.
func checkSafe(src []byte) string {
	var open []string
	lexer := html.NewLexer(parse.NewInputBytes(bytes.Clone(src)))
	name := ""
	for {
		kind, _ := lexer.Next()
		switch kind {
		case html.ErrorToken:
			switch {
			case lexer.Err() != io.EOF:
				return lexer.Err().Error()
			case len(open) > 0:
				return fmt.Sprintf("elements not closed: %v", open)
			}
			return ""
		case html.StartTagToken:
			name = string(lexer.Text())
			if problem := checkTag(name); problem != "" {
				return problem
			}
			open = append(open, name)
		case html.AttributeToken:
			if problem := checkAttribute(string(lexer.AttrKey()), string(lexer.AttrVal())); problem != "" {
				return problem
			}
		case html.StartTagCloseToken, html.StartTagVoidToken:
			switch name {
			case "br", "hr", "img", "input":
				open = open[:len(open)-1]
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != string(lexer.Text()) {
				return fmt.Sprintf("</%s> closes %v", lexer.Text(), open)
			}
			open = open[:len(open)-1]
		case html.CommentToken, html.DoctypeToken, html.SVGToken, html.MathToken:
			return fmt.Sprintf("%v", kind)
		}
	}
}

func checkTag(name string) string {
	switch name {
	case "h1", "h2", "h3", "h4", "h5", "h6", "p", "a", "em", "strong", "code", "pre", "del", "img", "br", "hr",
		"ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "input", "label",
		"dl", "dt", "dd", "div", "details", "summary", "sup", "span", "b":
		return ""
	}
	return "<" + name + ">"
}

func checkAttribute(key, value string) string {
	value = strings.ToLower(strings.Trim(value, `"' `))
	switch {
	case strings.HasPrefix(key, "on"):
		return key
	case key == "style" && !strings.HasPrefix(value, "text-align:"):
		return key + "=" + value
	case (key == "href" || key == "src" || key == "cite") && (strings.HasPrefix(value, "javascript:") ||
		strings.HasPrefix(value, "vbscript:") || strings.HasPrefix(value, "data:") && !strings.HasPrefix(value, "data:image/")):
		return key + "=" + value
	}
	return ""
}

// seeds are documents that show every feature, and what was once wrong.
var seeds = []string{
	samplePage,
	"# A {#x .y onclick=z}\n\nb\n{style=c}\n\n```go {.d hl_lines=[1]}\n<script>\n```\n",
	"> [!NOTE]- T *i*\n> a\n{.x}\n\n> [!tip]+\n",
	"<script>alert(1)</script>\n\n<div onclick=x>\n\na <b onload=y> [c](javascript:d) ![e](data:text/html,f) <javascript:g>\n",
	"a\n\n<!--more-->\n\nb[^1] ![c[^1]](d)\n\n[^1]: e\n[^2]: f\n",
	"T\n: d\n  - [ ] e\n\n    > f\n",
	"|a|b|\n|:-|-:|\n|`\\|`|[c](d)|\n",
	"中\n文 [a]: /b\n[c]: <javascript:d> 'e'\n[c] [C][] x@y.example http://z.example/(a)_b_.\n",
	"[a](&#106;ava&#10;script:b) [c](<\tjavascript:d>) [e](\\javascript:f)\n",
	"~~a~ *b **c* d** _e __f_ `g`` h` \\\n\"i' -- ... <<j>>\n",
	"## a\r\nb\r\r\n- c\r\n\td\x00\n1) e\n\n\n<!-- f\n",
	"[![a](b)](c) [d [e](f)](g) ![h ![i](j)](k)\n***\nl\n===\n{.m}\n",
	"<a href=\"x\" <!-- --> <?a?> <![CDATA[b]]> <!C d>\n",
	"- [ ] [^1]\n\n  - [x] <b>\n\n[^1]: [^1]\n",
	"\x020\x03\n\na \x021\x03 [b](\x021\x03 '\x020\x03') `\x020\x03` ![\x020\x03](c)\n\n# \x020\x03 {#\x021\x03 title=\x020\x03}\n",
	"- \x020\x03\n{.a}\n\n```\x021\x03 {b=\x020\x03}\n\x020\x03\x02\x03\x029\x03\n```\n<i title='\x020\x03'> <http://x\x021\x03> http://x.y/\x021\x03\n",
	"a $b$ $$c$$ \\(d\\) &#2;0&#x3;\n\n$$\n- e\n$$\n{#f}\n\n> \\[\n> g\nh \\]\n\n```math\ni\n```\n```mermaid {.j}\nk\n```\n",
	"> [!NOTE] a[^1] {#b}\n> ## c[^1] [d](e)\n\n|a[^1]|\n|-|\n{#t}\n\n![f](g)\n{.h}\n\n[^1]: i\n",
}

// fuzzInserts are what a program may insert: HTML that is closed, and an address.
var fuzzInserts = []string{"<b>i &lt; </b>", "/x?a&amp;b"}

func FuzzRender(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	math := Config{Passthrough: mathDelimiters, Diagrams: true}
	engines := []*Engine{mustNew(f, Config{}), mustNew(f, math), mustNew(f, Config{Unsafe: true}), mustNew(f, commonMark)}
	f.Fuzz(func(t *testing.T, text string) {
		for i, e := range engines {
			src := Source{Text: []byte(text), Inserts: fuzzInserts, Resolve: func(l Link) (string, error) { return l.Destination, nil }}
			result, err := e.Render(context.Background(), src)
			checkHooks(t, e, src, result, err)
			if err != nil {
				if strings.Contains(err.Error(), "panic") {
					t.Fatal(err)
				}
				continue
			}
			if utf8.ValidString(text) && !utf8.ValidString(result.HTML) {
				t.Errorf("output is not UTF-8: %q", result.HTML)
			}
			lines := 1 + strings.Count(strings.ReplaceAll(text, "\r\n", "\n"), "\n") + strings.Count(text, "\r")
			for _, p := range result.Problems {
				if p.Line < 1 || p.Line > lines || p.Column < 1 || p.Err == nil {
					t.Errorf("problem at %d:%d: %v", p.Line, p.Column, p.Err)
				}
			}
			checkNoMarkers(t, result)
			if i < 2 {
				checkSafeResult(t, result)
			}
		}
	})
}

var marker = regexp.MustCompile("\x02[0-9]{1,9}\x03")

// checkHooks checks that hooks that ask for the default rendering change nothing.
func checkHooks(t *testing.T, e *Engine, src Source, want *Result, wantErr error) {
	if hasMarkers(marker.ReplaceAll(src.Text, nil)) {
		return // parts of a marker in different elements are none for a hook
	}
	src.Hooks = defaultHooks
	got, err := e.Render(context.Background(), src)
	switch {
	case (err == nil) != (wantErr == nil):
		t.Errorf("error %v with hooks; %v without", err, wantErr)
	case err == nil && (got.HTML != want.HTML || got.Summary() != want.Summary()):
		t.Errorf("with hooks %q, %q; without %q, %q", got.HTML, got.Summary(), want.HTML, want.Summary())
	case err == nil && TOC(got.Headings(), 1, 6, false) != TOC(want.Headings(), 1, 6, false):
		t.Errorf("contents %q with hooks; %q without", TOC(got.Headings(), 1, 6, false), TOC(want.Headings(), 1, 6, false))
	}
}

// checkNoMarkers checks that no control character of a marker is left anywhere.
func checkNoMarkers(t *testing.T, result *Result) {
	parts := append([]string{result.HTML, result.Summary(), result.Plain(), TOC(result.Headings(), 1, 6, false)}, result.Anchors()...)
	var titles func([]*Heading)
	titles = func(list []*Heading) {
		for _, h := range list {
			parts = append(parts, h.Title)
			titles(h.Children)
		}
	}
	titles(result.Headings())
	for _, p := range result.Problems {
		parts = append(parts, p.Err.Error())
	}
	for _, s := range parts {
		if strings.ContainsAny(s, "\x02\x03") {
			t.Errorf("a marker is left in %q", s)
		}
	}
}

// checkSafeResult checks the HTML of all parts of a result without raw HTML.
func checkSafeResult(t *testing.T, result *Result) {
	parts := [][]byte{[]byte(result.HTML), []byte(result.Summary()), []byte(TOC(result.Headings(), 1, 6, false))}
	for _, part := range parts {
		part = bytes.ReplaceAll(bytes.ReplaceAll(part, []byte("<nav id"), []byte("<div id")), []byte("</nav>"), []byte("</div>"))
		if problem := checkSafe(part); problem != "" {
			t.Errorf("%s\nin %q", problem, part)
		}
	}
	if strings.ContainsAny(result.Plain(), "\x00") {
		t.Errorf("plain text %q", result.Plain())
	}
}

func FuzzParseAttributes(f *testing.F) {
	for _, s := range []string{"{.a #b c=d}", `{a="b\"c" d=[1,2]}`, "{}", "{", "{a=", `{a="`, "{.}", "{ä=b}", "{,.a,}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if s == "" || s[0] != '{' {
			return
		}
		list, n := parseAttributes([]byte(s))
		if n < 0 || n > len(s) || (n > 0) != (len(list) > 0) || n > 0 && s[n-1] != '}' {
			t.Errorf("%q: %d, %v", s, n, list)
		}
		for _, a := range list {
			if a.name == "" || strings.ContainsAny(a.name, " \"'<>=/") || a.offset < 1 || a.offset >= n {
				t.Errorf("%q: %+v", s, a)
			}
		}
	})
}
