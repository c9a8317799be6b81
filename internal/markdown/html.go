package markdown

import (
	"bytes"
	"strconv"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
)

// htmlRenderer renders the nodes that goldmark knows. Beside goldmark's own
// renderer it writes all attributes that the author may set, leaves out raw
// HTML without a trace, writes no link without a target, and notes in the
// output where headings, ids and footnote references are.
//
// A highlighter or a template for one kind of node comes in as one more
// renderer with a lower priority; seam.go has what it needs of this package.
type htmlRenderer struct {
	html.Config
	cfg       *Config
	footnotes renderer.NodeRenderer
	writer    html.Writer // goldmark's, for which our own stands in
	voidEnd   string      // of an empty element
}

func newHTMLRenderer(cfg *Config) *htmlRenderer {
	r := &htmlRenderer{Config: html.NewConfig(), cfg: cfg, footnotes: extension.NewFootnoteHTMLRenderer()}
	r.writer = r.Writer
	return r
}

// SetOption implements renderer.SetOptioner.
func (r *htmlRenderer) SetOption(name renderer.OptionName, value any) {
	r.Config.SetOption(name, value)
	r.footnotes.(renderer.SetOptioner).SetOption(name, value)
}

// RegisterFuncs implements renderer.NodeRenderer.
func (r *htmlRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	r.voidEnd = ">"
	if r.XHTML {
		r.voidEnd = " />"
	}
	reg.Register(ast.KindHeading, on(r.heading))
	reg.Register(ast.KindParagraph, on(r.paragraph))
	reg.Register(ast.KindTextBlock, on(r.textBlock))
	reg.Register(kindInserts, on(r.inserts))
	reg.Register(kindPassthroughInline, on(r.passthroughInline))
	reg.Register(kindPassthroughBlock, on(r.passthroughBlock))
	reg.Register(kindDiagram, on(r.diagram))
	reg.Register(ast.KindBlockquote, on(r.blockquote))
	reg.Register(ast.KindList, on(r.list))
	reg.Register(ast.KindListItem, on(r.listItem))
	reg.Register(ast.KindCodeBlock, on(r.codeBlock))
	reg.Register(ast.KindFencedCodeBlock, on(r.fencedCodeBlock))
	reg.Register(ast.KindThematicBreak, on(r.thematicBreak))
	reg.Register(ast.KindHTMLBlock, on(r.htmlBlock))
	reg.Register(east.KindDefinitionList, on(r.definitionList))
	reg.Register(east.KindDefinitionTerm, on(r.definitionTerm))
	reg.Register(kindAlertTitle, on(r.alertTitle))
	reg.Register(kindDivider, on(func(*output, []byte, *divider, bool) ast.WalkStatus { return ast.WalkSkipChildren }))
	r.registerInline(reg)
	r.registerTable(reg)
	r.footnotes.RegisterFuncs(noteRegisterer{reg})
}

// open writes the start tag of name with the attributes of n.
func (r *htmlRenderer) open(o *output, name string, n ast.Node) {
	o.str("<")
	o.str(name)
	if n.Attributes() != nil {
		r.attributes(o, n.Attributes())
	}
	o.str(">")
}

func (r *htmlRenderer) heading(o *output, _ []byte, n *ast.Heading, entering bool) ast.WalkStatus {
	const names = "h1h2h3h4h5h6"
	name := names[2*n.Level-2 : 2*n.Level]
	if entering {
		r.open(o, name, n)
		o.headingStart = len(o.buf)
		return ast.WalkContinue
	}
	o.noteHeading(n, o.headingStart)
	o.end(name)
	return ast.WalkContinue
}

func (r *htmlRenderer) paragraph(o *output, _ []byte, n *ast.Paragraph, entering bool) ast.WalkStatus {
	if entering {
		r.open(o, "p", n)
	} else {
		r.closeTask(o, n)
		o.end("p")
	}
	return ast.WalkContinue
}

func (r *htmlRenderer) textBlock(o *output, _ []byte, n *ast.TextBlock, entering bool) ast.WalkStatus {
	if !entering {
		r.closeTask(o, n)
		if n.NextSibling() != nil && n.FirstChild() != nil {
			o.str("\n")
		}
	}
	return ast.WalkContinue
}

func (r *htmlRenderer) list(o *output, _ []byte, n *ast.List, entering bool) ast.WalkStatus {
	name := "ul"
	if n.IsOrdered() {
		name = "ol"
	}
	if !entering {
		o.end(name)
		return ast.WalkContinue
	}
	o.str("<")
	o.str(name)
	if _, set := n.AttributeString("start"); n.IsOrdered() && n.Start != 1 && !set {
		o.str(` start="`)
		o.buf = strconv.AppendInt(o.buf, int64(n.Start), 10)
		o.str(`"`)
	}
	r.attributes(o, n.Attributes())
	o.str(">\n")
	return ast.WalkContinue
}

func (r *htmlRenderer) listItem(o *output, _ []byte, n *ast.ListItem, entering bool) ast.WalkStatus {
	if !entering {
		o.end("li")
		return ast.WalkContinue
	}
	r.open(o, "li", n)
	if c := n.FirstChild(); c != nil && c.Kind() != ast.KindTextBlock {
		o.str("\n")
	}
	return ast.WalkContinue
}

func (r *htmlRenderer) thematicBreak(o *output, _ []byte, n *ast.ThematicBreak, entering bool) ast.WalkStatus {
	if entering {
		o.str("<hr")
		r.attributes(o, n.Attributes())
		o.str(r.voidEnd)
		o.str("\n")
	}
	return ast.WalkContinue
}

func (r *htmlRenderer) codeBlock(o *output, source []byte, n *ast.CodeBlock, entering bool) ast.WalkStatus {
	if entering {
		r.open(o, "pre", n)
		o.str("<code>")
		r.code(o, source, n)
		o.str("</code></pre>\n")
	}
	return ast.WalkSkipChildren
}

func (r *htmlRenderer) fencedCodeBlock(o *output, source []byte, n *ast.FencedCodeBlock, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	o.str("<pre")
	r.codeAttributes(o, n.Attributes())
	o.str("><code")
	if language := fenceLanguage(n, source, r.cfg.DisableAttributes); language != nil {
		o.str(` class="language-`)
		r.write(o, language)
		o.str(`"`)
	}
	o.str(">")
	r.code(o, source, n)
	o.str("</code></pre>\n")
	return ast.WalkSkipChildren
}

// fenceLanguage returns the first word of the info string as it is written, or nil.
// Attributes may follow it without a space.
func fenceLanguage(n *ast.FencedCodeBlock, source []byte, noAttributes bool) []byte {
	language := n.Language(source)
	if i := bytes.IndexByte(language, '{'); i >= 0 && !noAttributes {
		if _, ok := infoAttributes(n.Info.Segment.Value(source)); ok {
			language = language[:i]
		}
	}
	if len(language) == 0 {
		return nil
	}
	return language
}

func (r *htmlRenderer) code(o *output, source []byte, n ast.Node) {
	lines := n.Lines()
	for i := range lines.Len() {
		line := lines.At(i)
		o.escaped(line.Value(source))
	}
}

func (r *htmlRenderer) htmlBlock(o *output, source []byte, n *ast.HTMLBlock, entering bool) ast.WalkStatus {
	if !entering || !r.Unsafe {
		return ast.WalkSkipChildren
	}
	lines := n.Lines()
	for i := range lines.Len() {
		line := lines.At(i)
		r.raw(o, line.Value(source))
	}
	if n.HasClosure() {
		r.raw(o, n.ClosureLine.Value(source))
	}
	return ast.WalkSkipChildren
}

func (r *htmlRenderer) definitionList(o *output, _ []byte, n *east.DefinitionList, entering bool) ast.WalkStatus {
	if entering {
		r.open(o, "dl", n)
		o.str("\n")
	} else {
		o.end("dl")
	}
	return ast.WalkContinue
}

func (r *htmlRenderer) definitionTerm(o *output, _ []byte, n *east.DefinitionTerm, entering bool) ast.WalkStatus {
	if entering {
		r.open(o, "dt", n)
	} else {
		o.end("dt")
	}
	return ast.WalkContinue
}
