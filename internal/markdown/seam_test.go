package markdown

import (
	"bufio"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

func TestWriteAttributes(t *testing.T) {
	code := withRenderer(ast.KindFencedCodeBlock, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			_, _ = w.WriteString("<pre")
			WriteAttributes(w, n, "title")
			_, _ = w.WriteString("><a")
			WriteLocal(w, []byte(` id="y" href="#y"`))
			_, _ = w.WriteString("></a></pre>")
		}
		return ast.WalkSkipChildren, nil
	})
	r, err := render(t, "```go {#x .c title=t hl_lines=1 data-a=\"<\"}\n```\n\nText.", code)
	if err != nil {
		t.Fatal(err)
	}
	if want := `<pre id="x" class="c" data-a="&lt;"><a id="y" href="#y"></a></pre>`; !strings.HasPrefix(r.HTML, want) {
		t.Errorf("got %s; want %s", r.HTML, want)
	}
	if want := `<pre class="c" data-a="&lt;"><a></a></pre>`; !strings.HasPrefix(r.Summary(), want) {
		t.Errorf("summary %s; want %s", r.Summary(), want)
	}
	// Another writer, and a node that is no code.
	var b strings.Builder
	w := bufio.NewWriter(&b)
	n := ast.NewParagraph()
	n.SetAttributeString("onclick", "f()")
	n.SetAttributeString("id", []byte("z"))
	WriteAttributes(w, n)
	WriteLocal(w, []byte(" q"))
	_ = w.Flush()
	if want := ` onclick="f()" id="z" q`; b.String() != want {
		t.Errorf("got %s; want %s", b.String(), want)
	}
}

// reporter is a transformer that uses what this package has for extensions.
type reporter struct{}

func (reporter) Transform(_ *ast.Document, _ text.Reader, pc parser.Context) {
	Report(pc, 2, errors.New("wrong"))
	AddID(pc, "a", 0)
	AddID(pc, "b", 3)
	AddID(pc, "b", 3)
}

func TestReport(t *testing.T) {
	e := extend(func(m goldmark.Markdown) {
		m.Parser().AddOptions(parser.WithASTTransformers(util.Prioritized(reporter{}, 100)))
	})
	r, err := render(t, "# a\n", e)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range r.Problems {
		got = append(got, p.Kind.String()+": "+p.Error.Error())
	}
	if want := []string{`duplicate id: 4:1: id "a" is there twice`, "bad option: 4:3: wrong", `duplicate id: 4:4: id "b" is there twice`}; !slices.Equal(got, want) {
		t.Errorf("got %q; want %q", got, want)
	}
	if got, want := r.Anchors(), []string{"a", "a", "b", "b"}; !slices.Equal(got, want) {
		t.Errorf("anchors %q; want %q", got, want)
	}
	if err := goldmark.New(goldmark.WithExtensions(e)).Convert([]byte("# a\n"), new(strings.Builder)); err != nil {
		t.Error(err)
	}
}

// checked is an extension with a mistake in its settings.
type checked struct{ extend }

func (checked) Check() error { return errors.New("wrong settings") }

func TestChecker(t *testing.T) {
	if _, err := New(Config{Extensions: []goldmark.Extender{checked{}}}); err == nil || err.Error() != "wrong settings" {
		t.Errorf("got %v", err)
	}
}
