package markdown

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/jam-go/jam/internal/diag"
)

// extend is an extension made of a function.
type extend func(goldmark.Markdown)

func (f extend) Extend(m goldmark.Markdown) { f(m) }

// nodeRenderers makes a renderer of a function for one kind.
type nodeRenderers struct {
	kind ast.NodeKind
	f    renderer.NodeRendererFunc
}

func (n nodeRenderers) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) { r.Register(n.kind, n.f) }

func withRenderer(kind ast.NodeKind, f renderer.NodeRendererFunc) goldmark.Extender {
	return extend(func(m goldmark.Markdown) {
		m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(nodeRenderers{kind, f}, 500)))
	})
}

// transform makes a transformer of a function.
type transform func(*ast.Document, text.Reader)

func (f transform) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) { f(doc, reader) }

func withTransformer(f transform) goldmark.Extender {
	return extend(func(m goldmark.Markdown) {
		m.Parser().AddOptions(parser.WithASTTransformers(util.Prioritized(f, 100)))
	})
}

func render(t *testing.T, in string, extensions ...goldmark.Extender) (*Result, error) {
	t.Helper()
	return mustNew(t, Config{Extensions: extensions}).Render(context.Background(), Source{Text: []byte(in), Line: 4})
}

func TestExtensionOverrides(t *testing.T) {
	result, err := render(t, "# A *b*\n\nc", withRenderer(ast.KindHeading,
		func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
			if entering {
				_, _ = w.WriteString("<h9>")
				_ = w.WriteByte('-')
				_, _ = w.WriteRune('ä')
			} else {
				_, _ = w.Write([]byte("</h9>\n"))
			}
			return ast.WalkContinue, w.Flush()
		}))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := result.HTML, "<h9>-äA <em>b</em></h9>\n<p>c</p>\n"; got != want {
		t.Errorf("got %q; want %q", got, want)
	}
	if h := result.Headings()[0]; h.ID != "a-b" || h.HTML != "A b" {
		t.Errorf("heading %+v", h)
	}
}

func TestExtensionSeesIDsAndLinks(t *testing.T) {
	id, dest := "", ""
	e := mustNew(t, Config{Extensions: []goldmark.Extender{withTransformer(func(doc *ast.Document, _ text.Reader) {
		if v, ok := doc.FirstChild().AttributeString("id"); ok {
			id = string(attributeValue(v))
			doc.FirstChild().SetAttributeString("data-n", 7)
			dest = string(doc.FirstChild().LastChild().(*ast.Link).Destination)
		}
	})}})
	src := Source{Text: []byte("# A [b](c.md)"), Resolve: func(Link) (string, error) { return "/c/", nil }}
	result, err := e.Render(context.Background(), src)
	if err != nil || id != "a-b" || dest != "/c/" {
		t.Errorf("id %q, destination %q, %v", id, dest, err)
	}
	if want := "<h1 id=\"a-b\" data-n=\"7\">A <a href=\"/c/\">b</a></h1>\n"; result.HTML != want {
		t.Errorf("got %q; want %q", result.HTML, want)
	}
}

func TestExtensionRemovesHeading(t *testing.T) {
	result, err := render(t, "# A\n\n## B", withTransformer(func(doc *ast.Document, _ text.Reader) {
		if c := doc.FirstChild(); c.Kind() == ast.KindHeading {
			doc.RemoveChild(doc, c)
		}
	}))
	if err != nil || len(result.Headings()) != 1 || result.Headings()[0].Title != "B" {
		t.Errorf("%v, %v", result.Headings(), err)
	}
}

// TestExtensionRendersApart has an extension that renders nodes on its own.
func TestExtensionRendersApart(t *testing.T) {
	var m goldmark.Markdown
	result, err := render(t, "> a[^1] *b*\n\n[^1]: c", extend(func(md goldmark.Markdown) { m = md }), withRenderer(ast.KindBlockquote,
		func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
			var b strings.Builder
			if entering {
				if err := m.Renderer().Render(&b, source, n.FirstChild()); err != nil {
					return ast.WalkStop, err
				}
				_, _ = w.WriteString("<figure>" + b.String() + "</figure>\n")
				_ = m.Renderer().Render(w, source, n.FirstChild())
			}
			return ast.WalkSkipChildren, nil
		}))
	if err != nil || strings.Count(result.HTML, "<em>b</em>") != 2 {
		t.Errorf("%q, %v", result.HTML, err)
	}
}

// TestExtensionRendersHeading has an extension that writes a heading which is no part of the document.
func TestExtensionRendersHeading(t *testing.T) {
	var m goldmark.Markdown
	result, err := render(t, "# A\n\n> b\n\n# C", extend(func(md goldmark.Markdown) { m = md }), withRenderer(ast.KindBlockquote,
		func(w util.BufWriter, source []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
			if !entering {
				return ast.WalkSkipChildren, nil
			}
			h := ast.NewHeading(2)
			h.AppendChild(h, ast.NewString([]byte("Quote")))
			return ast.WalkSkipChildren, m.Renderer().Render(w, source, h)
		}))
	if want := "<h1 id=\"a\">A</h1>\n<h2>Quote</h2>\n<h1 id=\"c\">C</h1>\n"; err != nil || result.HTML != want {
		t.Errorf("got %q, %v; want %q", result.HTML, err, want)
	}
	if h := result.Headings(); len(h) != 2 || h[0].HTML != "A" || h[1].HTML != "C" {
		t.Errorf("headings %+v", h)
	}
}

// TestExtensionParsesApart has an extension that parses a text of its own.
func TestExtensionParsesApart(t *testing.T) {
	var m goldmark.Markdown
	var title string
	e := mustNew(t, Config{Extensions: []goldmark.Extender{
		extend(func(md goldmark.Markdown) { m = md }),
		withTransformer(func(doc *ast.Document, reader text.Reader) {
			if string(reader.Source()) == "outer" {
				inner := m.Parser().Parse(text.NewReader([]byte("# in {#x onclick=y}\n\n[a](b)\n\n- c\n{.d}")))
				id, _ := inner.FirstChild().AttributeString("id")
				title = string(attributeValue(id))
			}
		})}})
	if _, err := e.Render(context.Background(), Source{Text: []byte("outer")}); err != nil || title != "x" {
		t.Errorf("%q, %v", title, err)
	}
}

func TestExtensionPanics(t *testing.T) {
	boom := func(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) { panic("boom") }
	_, err := render(t, "a\n\n- b\n\n  > c\n", withRenderer(ast.KindBlockquote, boom))
	if d, ok := errors.AsType[*diag.Error](err); !ok || d.Line != 6 || !strings.Contains(err.Error(), "boom") {
		t.Errorf("renderer: %v; want an error on line 6, where the list begins", err)
	}
	_, err = render(t, "# a", withTransformer(func(doc *ast.Document, _ text.Reader) {
		if doc.FirstChild().Kind() == ast.KindHeading {
			panic("boom")
		}
	}))
	if d, ok := errors.AsType[*diag.Error](err); !ok || d.Line != 0 || !strings.Contains(err.Error(), "boom") {
		t.Errorf("transformer: %v", err)
	}
	for name, f := range map[string]func(goldmark.Markdown){
		"extend": func(goldmark.Markdown) { panic("boom") },
		"parser": func(m goldmark.Markdown) { m.Parser().AddOptions(parser.WithBlockParsers(util.Prioritized("boom", 1))) },
		"renderer": func(m goldmark.Markdown) {
			m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized("boom", 1)))
		},
		"any text": func(m goldmark.Markdown) {
			withTransformer(func(*ast.Document, text.Reader) { panic("boom") }).Extend(m)
		},
		"replace": func(m goldmark.Markdown) { m.SetRenderer(renderer.NewRenderer()) },
	} {
		if e, err := New(Config{Extensions: []goldmark.Extender{extend(f)}}); err == nil || e != nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestExtensionError(t *testing.T) {
	_, err := render(t, "a\n\n> b", withRenderer(ast.KindBlockquote,
		func(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
			return ast.WalkStop, io.ErrUnexpectedEOF
		}))
	if d, ok := errors.AsType[*diag.Error](err); !ok || d.Line != 6 || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %v", err)
	}
}

var kindUnknown = ast.NewNodeKind("Unknown")

type unknown struct{ ast.BaseInline }

func (*unknown) Kind() ast.NodeKind { return kindUnknown }
func (*unknown) Dump([]byte, int)   {}

// TestUnknownNode has a node for which nobody registered a renderer.
func TestUnknownNode(t *testing.T) {
	result, err := render(t, "a", withTransformer(func(doc *ast.Document, _ text.Reader) {
		p := doc.FirstChild()
		n := &unknown{}
		n.AppendChild(n, p.FirstChild())
		p.AppendChild(p, n)
	}))
	if err != nil || result.HTML != "<p>a</p>\n" {
		t.Errorf("%q, %v", result.HTML, err)
	}
}

// upper is a text writer of an extension.
type upper struct{ html.Writer }

func (u upper) Write(w util.BufWriter, s []byte) {
	u.Writer.Write(w, []byte(strings.ToUpper(string(s))))
}

func TestExtensionOptions(t *testing.T) {
	result, err := render(t, "a **b**\nc", extend(func(m goldmark.Markdown) {
		m.Renderer().AddOptions(html.WithWriter(upper{html.DefaultWriter}), html.WithHardWraps(), html.WithXHTML())
	}))
	if want := "<p>A <strong>B</strong><br />\nC</p>\n"; err != nil || result.HTML != want {
		t.Errorf("got %q, %v; want %q", result.HTML, err, want)
	}
}

// TestGoldmarkExtensions adds goldmark's own extensions to ours.
func TestGoldmarkExtensions(t *testing.T) {
	result, err := render(t, samplePage, extension.GFM, extension.Footnote, extension.DefinitionList, extension.Typographer, extension.CJK)
	if err != nil || len(result.HTML) == 0 {
		t.Error(err)
	}
}
