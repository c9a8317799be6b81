package markdown

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/jam-go/jam/internal/insert"
)

// Markers of inserts are bytes of the text like any others, up to the output, in
// which expand replaces them. This file has what must know of them before: addresses
// and attributes, which are escaped and handed to callers, ids and titles, and paragraphs
// that are none.

// setInserts looks for markers in the source, and takes those out of inserts, where they
// mean nothing.
func (r *run) setInserts(inserts []string) {
	r.inserts, r.masked = nil, nil
	if r.marked = hasMarkers(r.source); !r.marked {
		return
	}
	r.inserts = inserts
	for i, s := range inserts {
		clean := insert.ExpandString(s, nil)
		if len(clean) == len(s) {
			continue
		}
		if &r.inserts[0] == &inserts[0] {
			r.inserts = slices.Clone(inserts)
		}
		r.inserts[i] = clean
	}
}

// insert returns the HTML of an insert, "" if there is none of this number.
func (r *run) insert(number int) string {
	if number < 0 || number >= len(r.inserts) {
		return ""
	}
	return r.inserts[number]
}

// use is insert for what becomes part of the output.
func (r *run) use(number int) string {
	html := r.insert(number)
	if err := r.admit(len(html)); err != nil {
		panic(abort{r.out.offset, err})
	}
	return html
}

// plainInsert returns the text of an insert.
func (r *run) plainInsert(number int) string {
	html := r.use(number)
	if html == "" {
		return ""
	}
	return plainText([]byte(html))
}

// plain returns text with the text of inserts in place of their markers.
func (r *run) plain(text []byte) []byte {
	if r == nil || !r.marked || !hasMarkers(text) {
		return text
	}
	out := make([]byte, 0, len(text)+64)
	for i := 0; i < len(text); {
		number, length, ok := insert.At(text[i:])
		switch {
		case ok:
			out = append(out, r.plainInsert(number)...)
			i += length
		case text[i] == insert.Open || text[i] == insert.Close:
			i++
		default:
			out = append(out, text[i])
			i++
		}
	}
	return out
}

// kindInserts is the kind of a block of inserts.
var kindInserts = ast.NewNodeKind("Inserts")

// inserts stands for a paragraph that holds nothing but inserts, which bring the elements
// that they need. Its children are the texts of the paragraph.
type inserts struct{ ast.BaseBlock }

func (*inserts) Kind() ast.NodeKind { return kindInserts }

func (n *inserts) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// paragraph makes a block of inserts of a paragraph, if it is one, and returns what stands
// in its place.
func (r *run) paragraph(p *ast.Paragraph) ast.Node {
	if !r.marked || !r.onlyInserts(p) {
		return p
	}
	n := &inserts{}
	n.SetPos(p.Pos())
	moveChildren(n, p)
	p.Parent().ReplaceChild(p.Parent(), p, n)
	return n
}

// moveChildren makes the children of one node those of another.
func moveChildren(to, from ast.Node) {
	for c := from.FirstChild(); c != nil; c = from.FirstChild() {
		to.AppendChild(to, c)
	}
}

// onlyInserts reports whether a paragraph is one insert, or several of which one at least is no part of a line.
func (r *run) onlyInserts(p *ast.Paragraph) bool {
	marked, found, blocks := false, 0, false
	for c := p.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok || t.HardLineBreak() {
			return false
		}
		for s := t.Segment.Value(r.source); len(s) > 0; {
			number, length, ok := insert.At(s)
			switch s[0] {
			case ' ', '\t', '\n':
				length = 1
			case insert.Open, insert.Close:
				marked = true
				if ok {
					found++
					blocks = blocks || !beginsInLine(r.insert(number))
				}
				length = max(length, 1)
			default:
				return false
			}
			s = s[length:]
		}
	}
	return marked && (found < 2 || blocks)
}

// beginsInLine reports whether HTML begins with text, or with an element that stands in lines.
func beginsInLine(html string) bool {
	html = strings.TrimLeft(html, " \t\n")
	if html == "" || html[0] != '<' {
		return html != ""
	}
	end := strings.IndexAny(html, " \t\n/>")
	return end > 0 && isPhrasing([]byte(strings.ToLower(html[1:end])))
}

func (r *htmlRenderer) inserts(o *output, source []byte, n *inserts, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	start := len(o.buf)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			o.buf = append(o.buf, t.Segment.Value(source)...)
			if t.SoftLineBreak() {
				o.str("\n")
			}
		}
	}
	o.expand(start)
	html := bytes.TrimSpace(o.buf[start:])
	o.buf = append(o.buf[:start], html...)
	switch {
	case n.Attributes() != nil:
		html = bytes.Clone(html)
		o.buf = o.buf[:start]
		r.open(o, "div", n)
		o.str("\n")
		o.buf = append(o.buf, html...)
		o.str("\n")
		o.end("div")
	case len(html) > 0:
		o.str("\n")
	}
	return ast.WalkSkipChildren
}

// maskedParser is a parser of tags or <autolinks> that takes the markers of inserts in
// them for letters.
type maskedParser struct{ parser.InlineParser }

func (p maskedParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	r := runOf(pc)
	if r == nil || !r.marked {
		return p.InlineParser.Parse(parent, block, pc)
	}
	line, segment := block.Position()
	if n := p.InlineParser.Parse(parent, block, pc); n != nil {
		return n
	}
	block.SetPosition(line, segment)
	if text, _ := block.PeekLine(); !hasMarkers(text) {
		return nil
	}
	masked := text.NewBlockReader(r.maskedSource(), parent.Lines())
	masked.SetPosition(line, segment)
	n := p.InlineParser.Parse(parent, masked, pc)
	if n != nil {
		block.SetPosition(masked.Position())
	}
	return n
}

// maskedSource returns the source with a letter for each control character of markers.
func (r *run) maskedSource() []byte {
	if r.masked == nil {
		r.masked = bytes.Clone(r.source)
		for i, c := range r.masked {
			if c == insert.Open || c == insert.Close {
				r.masked[i] = 'x'
			}
		}
	}
	return r.masked
}
