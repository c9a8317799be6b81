package markdown

import (
	"slices"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// nodes makes the most frequent nodes of documents. Those of a run are used
// again by the next one. Nil makes each anew.
type nodes struct {
	texts      slab[ast.Text]
	strings    slab[ast.String]
	links      slab[ast.Link]
	marks      slab[parser.Delimiter]
	brackets   slab[bracket]
	codeSpans  slab[ast.CodeSpan]
	paragraphs slab[ast.Paragraph]
	code       []codeLines
	codes      int // of them in use
}

// codeLines is memory for the lines of a block of code.
type codeLines struct {
	node  ast.Node // that has it
	lines text.Segments
}

// nodesOf returns the nodes of the run of a parse, or nil.
func nodesOf(pc parser.Context) *nodes {
	if r := runOf(pc); r != nil {
		return &r.nodes
	}
	return nil
}

func (s *nodes) reset() {
	s.texts.reset(nil)
	s.strings.reset(nil)
	s.links.reset(nil)
	s.marks.reset(nil)
	s.brackets.reset(nil)
	s.codeSpans.reset(nil)
	s.paragraphs.reset(func(p *ast.Paragraph) {
		lines := emptied(p)
		*p = ast.Paragraph{}
		p.SetLines(&lines)
	})
	for i := range s.code[:s.codes] {
		s.code[i] = codeLines{lines: emptied(s.code[i].node)}
	}
	s.codes = 0
}

// emptied returns the lines of n without content, to use their memory again unless it is much.
func emptied(n ast.Node) text.Segments {
	const most = 128 // lines
	lines := *n.Lines()
	if lines.SetSliced(0, 0); cap(lines.Sliced(0, 0)) > most {
		return text.Segments{}
	}
	return lines
}

// giveLines gives a new block of code memory for its lines.
func (s *nodes) giveLines(n ast.Node) {
	const most = 64 // blocks
	if s == nil || s.codes == most {
		return
	}
	if s.codes == len(s.code) {
		s.code = append(s.code, codeLines{})
	}
	c := &s.code[s.codes]
	s.codes++
	c.node = n
	n.SetLines(&c.lines)
}

func (s *nodes) text(segment text.Segment) *ast.Text {
	if s == nil {
		return ast.NewTextSegment(segment)
	}
	t := s.texts.next()
	t.Segment = segment
	return t
}

func (s *nodes) rawText(segment text.Segment) *ast.Text {
	t := s.text(segment)
	t.SetRaw(true)
	return t
}

// html returns a node of finished HTML. It is for runs alone.
func (s *nodes) html(html []byte) *ast.String {
	n := s.strings.next()
	n.Value = html
	n.SetCode(true)
	return n
}

func (s *nodes) link() *ast.Link {
	if s == nil {
		return ast.NewLink()
	}
	return s.links.next()
}

func (s *nodes) mark() *parser.Delimiter {
	if s == nil {
		return new(parser.Delimiter)
	}
	return s.marks.next()
}

func (s *nodes) bracket() *bracket { return s.brackets.next() }

func (s *nodes) codeSpan() *ast.CodeSpan {
	if s == nil {
		return ast.NewCodeSpan()
	}
	return s.codeSpans.next()
}

func (s *nodes) paragraph() *ast.Paragraph {
	if s == nil {
		return ast.NewParagraph()
	}
	return s.paragraphs.next()
}

// replaceByText replaces an inline node by text, which becomes part of the text before it if
// that is without a gap.
func (s *nodes) replaceByText(n ast.Node, segment text.Segment) {
	parent := n.Parent()
	if before, ok := n.PreviousSibling().(*ast.Text); ok && before.Segment.Stop == segment.Start && !before.SoftLineBreak() {
		before.Segment = before.Segment.WithStop(segment.Stop)
		parent.RemoveChild(parent, n)
		return
	}
	parent.ReplaceChild(parent, n, s.text(segment))
}

// slab is a supply of zero values.
type slab[T any] struct {
	chunks [][]T
	used   int // values of the last but full chunks
	full   int // chunks
}

const slabChunk = 64

func (s *slab[T]) next() *T {
	if s.used == slabChunk {
		s.full, s.used = s.full+1, 0
	}
	if s.full == len(s.chunks) {
		s.chunks = append(s.chunks, make([]T, slabChunk))
	}
	s.used++
	return &s.chunks[s.full][s.used-1]
}

// reset takes all values back, which one sets to zero, or clear if that is nil. It keeps what
// documents of usual length need.
func (s *slab[T]) reset(one func(*T)) {
	const most = 16 // chunks
	for i := range min(s.full+1, len(s.chunks)) {
		used := s.chunks[i]
		if i == s.full {
			used = used[:s.used]
		}
		if one == nil {
			clear(used)
			continue
		}
		for j := range used {
			one(&used[j])
		}
	}
	if len(s.chunks) > most {
		s.chunks = slices.Clone(s.chunks[:most])
	}
	s.used, s.full = 0, 0
}
