package markdown

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

func TestCode(t *testing.T) {
	e := mustNew(t, Config{Passthrough: mathDelimiters, Diagrams: true})
	for _, test := range []struct{ code, language, options, want string }{
		{"a < b", "go", "", "<pre><code class=\"language-go\">a &lt; b\n</code></pre>\n"},
		{"", "", "", "<pre><code></code></pre>\n"},
		{"```\n  ````x\n\n$a$\n", "c++", "linenos=table, hl_lines=3 5-7,class=d \"e,id='f g'", "<pre class=\"d &quot;e\" id=\"f g\"><code class=\"language-c++\">```\n  ````x\n\n$a$\n</code></pre>\n"},
		{"a", "mermaid", `title="b,\"c"`, "<pre title=\"b,&quot;c\"><code class=\"language-mermaid\">a\n</code></pre>\n"},
		{"a\x020\x03", "", " , ", "<pre><code>a\n</code></pre>\n"},
		{"\n\na\n\n \n\n", "", "", "<pre><code>\n\na\n\n \n\n</code></pre>\n"},
		{"\ta\r\n~~~", "x", "a=", "<pre><code class=\"language-x\">\ta\n~~~\n</code></pre>\n"},
	} {
		got, problems, err := e.Code(context.Background(), test.code, test.language, test.options)
		if err != nil || got != test.want || len(problems) > 0 {
			t.Errorf("%q, %q, %q: got %q, %v, %v; want %q", test.code, test.language, test.options, got, problems, err, test.want)
		}
	}
	for _, test := range []struct{ language, options, want string }{
		{"a b", "", `"a b" is no name of a language`},
		{"a`", "", "is no name"},
		{"a\n", "", "is no name"},
		{"a", "linenos", `option "linenos" of code: want name=value`},
		{"a", "b=c, d e=f", `option "d e=f" of code`},
		{"a", "=c", `option "=c"`},
	} {
		if got, _, err := e.Code(context.Background(), "", test.language, test.options); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q, %q: got %q, %v; want an error with %q", test.language, test.options, got, err, test.want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := e.Code(ctx, "", "", ""); err != context.Canceled {
		t.Errorf("got %v", err)
	}
}

// optionReader is a transformer that reports the options of code blocks.
type optionReader struct{}

func (optionReader) Transform(doc *ast.Document, _ text.Reader, pc parser.Context) {
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		for _, a := range n.Attributes() {
			Report(pc, n.Pos(), errors.New(string(a.Name)+": "+string(attributeValue(a.Value))))
		}
	}
}

func TestCodeOptions(t *testing.T) {
	e := mustNew(t, Config{Extensions: []goldmark.Extender{extend(func(m goldmark.Markdown) {
		m.Parser().AddOptions(parser.WithASTTransformers(util.Prioritized(optionReader{}, 100)))
	})}})
	_, problems, err := e.Code(context.Background(), "x", "go", `lineNos=table,hl_lines=[1,"3-5"],style='a b' , tabWidth = "2"`)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range problems {
		got = append(got, p.Error.Error())
	}
	if want := `linenos: table|hl_lines: [1,"3-5"]|style: a b|tabwidth: 2`; strings.Join(got, "|") != want {
		t.Errorf("got %q; want %q", got, want)
	}
}

func FuzzCode(f *testing.F) {
	f.Add("a\n```\n", "go", "linenos=table,hl_lines=3 5-7")
	f.Add("\r\n\x02", "{", `a="b\"c,d='e`)
	e := mustNew(f, Config{})
	f.Fuzz(func(t *testing.T, code, language, options string) {
		html, _, err := e.Code(context.Background(), code, language, options)
		if err != nil {
			return
		}
		if problem := checkSafe([]byte(html)); problem != "" || strings.Count(html, "<pre") != 1 || strings.ContainsAny(html, "\x02\x03") {
			t.Errorf("%q, %q, %q: %q %s", code, language, options, html, problem)
		}
	})
}
