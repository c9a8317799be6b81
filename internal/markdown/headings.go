package markdown

import (
	"bytes"
	"regexp"
	"strings"

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
	start := len(r.titles)
	r.titles = append(r.titles, bytes.TrimSpace(r.plain(r.scratch))...)
	r.headings = append(r.headings, heading{node: n, title: span{start, len(r.titles)}})
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

// nameTerms gives the terms of definition lists ids, after those of headings.
func (r *run) nameTerms() {
	for _, n := range r.terms {
		r.scratch = r.appendText(r.scratch[:0], n, true)
		id := r.ids.Generate(r.plain(r.scratch), n.Kind())
		n.SetAttributeString("id", id)
		r.anchors = append(r.anchors, string(id))
	}
}

// headingNote is what a Result has of a heading. Its title, its id and, if it was
// rendered at once, its HTML follow each other in Result.names, from where those of the heading
// before it end. Else its content is a part of Result.HTML.
type headingNote struct {
	titleEnd, idEnd    uint32
	htmlStart, htmlEnd uint32
	level              uint8
	rendered           bool
}

// withHeadings gives result the HTML that was written, and the headings.
func (r *run) withHeadings(result *Result) *Result {
	o := &r.out
	result.HTML, result.anchors = string(o.buf), r.anchors
	result.notes, result.ids = append(result.notes, o.notes...), append(result.ids, o.ids...)
	if len(r.headings) == 0 {
		return result
	}
	names := r.scratch[:0]
	result.headings = make([]headingNote, 0, len(r.headings))
	for i := range r.headings {
		h := &r.headings[i]
		if !isAttached(h.node) {
			continue
		}
		note := headingNote{level: uint8(h.node.Level)}
		title := r.titles[h.title.start:h.title.end]
		names = append(names, title...)
		note.titleEnd = uint32(len(names))
		if id, ok := h.node.AttributeString("id"); ok {
			names = append(names, attributeValue(id)...)
		}
		note.idEnd = uint32(len(names))
		switch {
		case h.content != span{}:
			note.htmlStart, note.htmlEnd = uint32(h.content.start), uint32(h.content.end)
		case h.rendered:
			names, note.rendered = append(names, h.html...), true
		default: // by an extension
			names, note.rendered = appendEscaped(names, title), true
		}
		if note.rendered {
			note.htmlStart, note.htmlEnd = note.idEnd, uint32(len(names))
		}
		result.headings = append(result.headings, note)
	}
	result.names, r.scratch = string(names), names
	return result
}

// Headings returns the headings of the document as a tree: each is below the
// nearest heading before it that has a lower level.
func (r *Result) Headings() []*Heading {
	if len(r.headings) == 0 {
		return nil
	}
	all, local := make([]Heading, len(r.headings)), r.local()
	var top []*Heading
	var open []*Heading // the last heading and those above it
	for i := range all {
		h := &all[i]
		*h = r.heading(i)
		h.HTML = r.headingHTML(i, local)
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

// EachHeading calls do for the headings in their order, with their HTML as it stands in the document.
func (r *Result) EachHeading(do func(h Heading)) {
	for i, note := range r.headings {
		h := r.heading(i)
		if h.HTML = r.HTML; note.rendered {
			h.HTML = r.names
		}
		h.HTML = h.HTML[note.htmlStart:note.htmlEnd]
		do(h)
	}
}

// heading returns a heading without its HTML.
func (r *Result) heading(i int) Heading {
	note, start := r.headings[i], uint32(0)
	if i > 0 {
		before := r.headings[i-1]
		if start = before.idEnd; before.rendered {
			start = before.htmlEnd
		}
	}
	return Heading{Title: r.names[start:note.titleEnd], ID: r.names[note.titleEnd:note.idEnd], Level: int(note.level)}
}

// headingHTML returns the HTML of a heading. local are the spans of r.local.
func (r *Result) headingHTML(i int, local []span) string {
	note := r.headings[i]
	if note.rendered {
		return r.names[note.htmlStart:note.htmlEnd]
	}
	return headingHTML(r.HTML[note.htmlStart:note.htmlEnd], int(note.htmlStart), local)
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

// noteHeading notes what was rendered of a heading's content, from start on. Where it
// can stay there, the place is enough.
func (o *output) noteHeading(n *ast.Heading, start int) {
	h := o.heading(n)
	if h == nil {
		return
	}
	if o.hooks == nil && !o.run.marked {
		h.content = span{start, len(o.buf)}
		return
	}
	o.expand(start)
	local := merge(since(o.notes, start), since(o.ids, start))
	h.html, h.rendered = headingHTML(string(o.buf[start:]), start, local), true
}

// headingHTML returns the content of a heading, which starts at an offset of an output,
// without the spans drop of that output and without links, which cannot stand in a table
// of contents.
func headingHTML(content string, offset int, drop []span) string {
	if strings.IndexByte(content, '<') < 0 {
		return content
	}
	rest := appendWithout(nil, content, offset, drop)
	var out []byte
	for len(rest) > 0 {
		i := bytes.IndexByte(rest, '<')
		if i < 0 {
			i = len(rest)
		}
		out, rest = append(out, rest[:i]...), rest[i:]
		if len(rest) == 0 {
			break
		}
		end := tagEnd(rest)
		if tag := rest[:end]; string(tagName(rest)) != "a" {
			if bytes.Contains(bytes.ToLower(tag), []byte("id")) { // of raw HTML
				tag = idAttribute.ReplaceAll(tag, nil)
			}
			out = append(out, tag...)
		}
		rest = rest[end:]
	}
	return string(out)
}
