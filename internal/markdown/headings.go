package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// atxParser parses "## Heading {#id}". It takes the attributes itself:
// goldmark's parser of attributes needs time quadratic in the length of the
// line, recurses without limit, and panics when an id is a number.
type atxParser struct {
	parser.BlockParser
	attributes bool
}

func (p *atxParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	n, state := p.BlockParser.Open(parent, reader, pc)
	if n != nil {
		limitMarks(reader.Source(), n.Lines())
		if p.attributes && headingAttributes(n, reader.Source(), pc) {
			trimClosingMarks(n, reader.Source())
		}
	}
	return n, state
}

// setextParser does the same for an underlined heading.
type setextParser struct {
	parser.BlockParser
	attributes bool
}

func (p *setextParser) Close(n ast.Node, reader text.Reader, pc parser.Context) {
	p.BlockParser.Close(n, reader, pc)
	if p.attributes && n.Parent() != nil {
		headingAttributes(n, reader.Source(), pc)
	}
}

// headingAttributes moves an attribute list at the end of a heading's last line
// to its node.
func headingAttributes(n ast.Node, source []byte, pc parser.Context) bool {
	lines := n.Lines()
	last := lines.Len() - 1
	if last < 0 {
		return false
	}
	segment := lines.At(last)
	segment = segment.TrimRightSpace(source)
	line := source[segment.Start:segment.Stop]
	start, list, ok := trailingAttributes(line)
	if !ok {
		return false
	}
	runOf(pc).setAttributes(n, list, segment.Start+start)
	segment.Stop = segment.Start + start
	segment = segment.TrimRightSpace(source)
	lines.Set(last, segment)
	if segment.IsEmpty() {
		lines.SetSliced(0, last)
	}
	return true
}

// trimClosingMarks removes the marks that may close an ATX heading, which
// stood before the attributes.
func trimClosingMarks(n ast.Node, source []byte) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return
	}
	segment := lines.At(0)
	line := source[segment.Start:segment.Stop]
	rest := bytes.TrimRight(line, "#")
	switch {
	case len(rest) == 0:
		lines.SetSliced(0, 0)
	case len(rest) < len(line) && (rest[len(rest)-1] == ' ' || rest[len(rest)-1] == '\t'):
		segment.Stop = segment.Start + len(rest)
		lines.Set(0, segment.TrimRightSpace(source))
	}
}

// heading notes a heading that the transformer comes by.
func (r *run) heading(n *ast.Heading) {
	r.scratch = r.appendText(r.scratch[:0], n, false)
	r.headings = append(r.headings, heading{node: n, title: string(bytes.TrimSpace(r.plain(r.scratch)))})
}

// nameHeadings gives every heading without one an id. It comes last, when all
// ids that the author wrote are known.
func (r *run) nameHeadings() {
	if r.engine.cfg.DisableHeadingIDs {
		return
	}
	for _, h := range r.headings {
		if _, ok := h.node.AttributeString("id"); !ok {
			r.scratch = r.appendText(r.scratch[:0], h.node, true)
			h.node.SetAttributeString("id", r.ids.Generate(r.plain(r.scratch), ast.KindHeading))
		}
	}
}

// tree returns the headings, each below the nearest one before it with a lower
// level, with the HTML that was rendered of them.
func (r *run) tree() []*Heading {
	if len(r.headings) == 0 {
		return nil
	}
	all := make([]Heading, len(r.headings))
	var top []*Heading
	var open []*Heading // the last heading and those above it
	for i := range r.headings {
		n, h := &r.headings[i], &all[i]
		if !isAttached(n.node) {
			continue
		}
		h.Title, h.Level = n.title, n.node.Level
		if id, ok := n.node.AttributeString("id"); ok {
			h.ID = string(attributeValue(id))
		}
		if h.HTML = n.html; !n.rendered { // or by an extension
			h.HTML = string(appendEscaped(nil, n.title))
		}
		for len(open) > 0 && open[len(open)-1].Level >= h.Level {
			open = open[:len(open)-1]
		}
		if len(open) == 0 {
			top = append(top, h)
		} else {
			parent := open[len(open)-1]
			parent.Children = append(parent.Children, h)
		}
		open = append(open, h)
	}
	return top
}

// isAttached reports whether n is part of a document: footnotes without a
// reference are taken out of it.
func isAttached(n ast.Node) bool {
	for n.Parent() != nil {
		n = n.Parent()
	}
	return n.Kind() == ast.KindDocument
}

var idAttribute = regexp.MustCompile(`(?i)\s+id\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)`)

// noteHeading notes what was rendered of a heading's content, from start on.
func (o *output) noteHeading(n *ast.Heading, start int) {
	if h := o.heading(n); h != nil {
		o.expand(start)
		h.html, h.rendered = headingHTML(o.buf[start:], start, merge(since(o.notes, start), since(o.ids, start))), true
	}
}

// headingHTML returns the content of a heading, which starts at an offset of an output,
// without the spans drop of that output and without links, which cannot stand in a table
// of contents.
func headingHTML(content []byte, offset int, drop []span) string {
	if bytes.IndexByte(content, '<') < 0 {
		return string(content)
	}
	content = without(content, offset, drop)
	var out []byte
	for len(content) > 0 {
		i := bytes.IndexByte(content, '<')
		if i < 0 {
			i = len(content)
		}
		out, content = append(out, content[:i]...), content[i:]
		if len(content) == 0 {
			break
		}
		end := tagEnd(content)
		if tag := content[:end]; string(tagName(content)) != "a" {
			if bytes.Contains(bytes.ToLower(tag), []byte("id")) { // of raw HTML
				tag = idAttribute.ReplaceAll(tag, nil)
			}
			out = append(out, tag...)
		}
		content = content[end:]
	}
	return string(out)
}
