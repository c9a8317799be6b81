package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

func (r *htmlRenderer) registerInline(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindText, on(r.text))
	reg.Register(ast.KindCodeSpan, on(r.codeSpan))
	reg.Register(ast.KindLink, on(r.link))
	reg.Register(ast.KindImage, on(r.image))
	reg.Register(ast.KindAutoLink, on(r.autoLink))
	reg.Register(ast.KindRawHTML, on(r.rawHTML))
	reg.Register(east.KindStrikethrough, on(r.strikethrough))
	reg.Register(east.KindTaskCheckBox, on(r.taskCheckBox))
}

func (r *htmlRenderer) text(o *output, source []byte, n *ast.Text, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	value := n.Segment.Value(source)
	if n.IsRaw() {
		o.escaped(value)
		return ast.WalkContinue
	}
	r.write(o, value)
	switch {
	case n.HardLineBreak() || n.SoftLineBreak() && r.HardWraps:
		o.str("<br")
		o.str(r.voidEnd)
		o.str("\n")
	case n.SoftLineBreak() && !(r.EastAsianLineBreaks != html.EastAsianLineBreaksNone && joinsLines(n, source)):
		o.str("\n")
	}
	return ast.WalkContinue
}

// write writes Markdown text, in which escapes and entities are resolved. An
// extension may have set a writer of its own for that.
func (r *htmlRenderer) write(o *output, value []byte) {
	if r.Writer == r.writer {
		o.buf = appendMarkdownText(o.buf, value)
	} else {
		r.Writer.Write(o, value)
	}
}

func (r *htmlRenderer) codeSpan(o *output, source []byte, n *ast.CodeSpan, entering bool) ast.WalkStatus {
	if entering {
		r.open(o, "code", n)
		writeCode(o, source, n)
		o.str("</code>")
	}
	return ast.WalkSkipChildren
}

// writeCode writes the content of a code span, in which a line break is a space.
func writeCode(o *output, source []byte, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			continue
		}
		value, cut := bytes.CutSuffix(t.Segment.Value(source), []byte{'\n'})
		o.escaped(value)
		if cut {
			o.str(" ")
		}
	}
}

func (r *htmlRenderer) link(o *output, _ []byte, n *ast.Link, entering bool) ast.WalkStatus {
	if !entering {
		o.str("</a>")
		return ast.WalkContinue
	}
	o.str("<a")
	if dest, ok := r.destination(n.Destination); ok {
		o.str(` href="`)
		o.escaped(dest)
		o.str(`"`)
	}
	r.title(o, n.Title)
	r.attributes(o, n.Attributes())
	o.str(">")
	return ast.WalkContinue
}

// image writes an image; one whose address must not be written is its text.
func (r *htmlRenderer) image(o *output, source []byte, n *ast.Image, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	dest, ok := r.destination(n.Destination)
	if !ok {
		r.alt(o, source, n)
		return ast.WalkSkipChildren
	}
	o.str(`<img src="`)
	o.escaped(dest)
	o.str(`" alt="`)
	r.alt(o, source, n)
	o.str(`"`)
	r.title(o, n.Title)
	r.attributes(o, n.Attributes())
	o.str(r.voidEnd)
	return ast.WalkSkipChildren
}

func (r *htmlRenderer) title(o *output, title []byte) {
	if title != nil {
		o.str(` title="`)
		r.write(o, title)
		o.str(`"`)
	}
}

// destination returns what to write for the address of a link or an image,
// not yet escaped for HTML; false if nothing.
func (r *htmlRenderer) destination(dest []byte) ([]byte, bool) {
	return r.cfg.writtenURL(unescape(dest))
}

func (c *Config) writtenURL(url []byte) ([]byte, bool) {
	url = util.URLEscape(url, false)
	return url, c.mayLink(url)
}

// autoLinkURL does so for the address of an autolink.
func (c *Config) autoLinkURL(n *ast.AutoLink, url []byte) ([]byte, bool) {
	url, ok := c.writtenURL(url)
	if n.AutoLinkType == ast.AutoLinkEmail && !hasPrefixFold(url, "mailto:") {
		url = append([]byte("mailto:"), url...)
	}
	return url, ok
}

// alt writes the text of an image's description.
func (r *htmlRenderer) alt(o *output, source []byte, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			r.write(o, c.Segment.Value(source))
			if c.SoftLineBreak() || c.HardLineBreak() {
				o.str(" ")
			}
		case *ast.String:
			o.escaped(stringText(c))
		case *ast.CodeSpan:
			writeCode(o, source, c)
		case *ast.AutoLink:
			o.escaped(c.Label(source))
		case *passthroughInline:
			o.escaped(c.appendTo(nil, source))
		default:
			r.alt(o, source, c)
		}
	}
}

func (r *htmlRenderer) autoLink(o *output, source []byte, n *ast.AutoLink, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	o.str("<a")
	if url, ok := r.cfg.autoLinkURL(n, o.run.plain(n.URL(source))); ok {
		o.str(` href="`)
		o.escaped(url)
		o.str(`"`)
	}
	r.attributes(o, n.Attributes())
	o.str(">")
	o.escaped(n.Label(source))
	o.str("</a>")
	return ast.WalkContinue
}

func (r *htmlRenderer) rawHTML(o *output, source []byte, n *ast.RawHTML, entering bool) ast.WalkStatus {
	if !entering || !r.Unsafe {
		return ast.WalkSkipChildren
	}
	if !r.cfg.FilterTags {
		for i := range n.Segments.Len() {
			segment := n.Segments.At(i)
			o.buf = append(o.buf, segment.Value(source)...)
		}
		return ast.WalkSkipChildren
	}
	r.raw(o, n.Segments.Value(source))
	return ast.WalkSkipChildren
}
