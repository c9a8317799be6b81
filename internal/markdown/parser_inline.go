package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// inlineParsers are the parsers for what begins with a byte.
type inlineParsers struct {
	list  []parser.InlineParser
	picky []pickyParser // nil where a parser must be asked
}

// pickyParser is an inline parser that can tell at a glance that it finds nothing at an offset
// of a line, which may be the rest of one. It is not asked then, and the text before needs
// no node of its own.
type pickyParser interface {
	mayParse(line []byte, at int) bool
}

func (p *inlineParsers) add(ip parser.InlineParser) {
	p.list = append(p.list, ip)
	picky, _ := ip.(pickyParser)
	p.picky = append(p.picky, picky)
}

// mayParse reports whether one of the parsers is to be asked.
func (p *inlineParsers) mayParse(line []byte, at int) bool {
	for _, picky := range p.picky {
		if picky == nil || picky.mayParse(line, at) {
			return true
		}
	}
	return false
}

// inlineParse parses the text of blocks into inline elements: CommonMark's appendix
// describes this as the second phase of its parsing strategy.
type inlineParse struct {
	p       *documentParser
	block   text.BlockReader
	pc      parser.Context
	nodes   *nodes
	escaped bool // a backslash stands before
}

// walk parses the text of n and all below it, the children first.
func (i *inlineParse) walk(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		i.walk(c)
	}
	if n.IsRaw() {
		return
	}
	i.escaped = false
	i.block.Reset(n.Lines())
	for i.line(n) {
	}
	parser.ProcessDelimiters(nil, i.pc)
	for _, c := range i.p.closers {
		c.CloseBlock(n, i.block, i.pc)
	}
}

// lineEnd is how a line ends.
type lineEnd struct {
	soft, hard, escaped bool // escaped: by a backslash
	length              int  // of what ends a line with a hard break
}

func endOf(line []byte) (e lineEnd) {
	n := len(line)
	at := func(i int) byte { // from the end
		if i > n {
			return 0
		}
		return line[n-i]
	}
	if at(1) != '\n' {
		return e
	}
	cr := 0
	if at(2) == '\r' {
		cr = 1
	}
	switch {
	case at(2+cr) == '\\' && at(3+cr) != '\\':
		return lineEnd{hard: true, escaped: true, length: 2 + cr}
	case n >= 3+cr && at(2+cr) == ' ' && at(3+cr) == ' ':
		return lineEnd{hard: true, length: 3 + cr}
	}
	return lineEnd{soft: true}
}

// line parses the rest of a line up to the first element, or to its end. It returns false at
// the end of the block.
func (i *inlineParse) line(parent ast.Node) bool {
	line, start := i.block.PeekLine()
	if line == nil {
		return false
	}
	number, _ := i.block.Position()
	end, whole := endOf(line), line
	line = line[:len(line)-end.length]
	done := 0 // up to where the reader is
	for at := 0; at < len(line); at++ {
		if at > 0 && !i.escaped {
			for at < len(line) && !i.p.special[line[at]] {
				at++
			}
			if at == len(line) {
				break
			}
		}
		c := line[at]
		if c == '\n' {
			line = line[:at]
			break
		}
		// Behind a backslash, text begins anew in any case: they must not come together.
		if parsers := i.parsers(c, at == 0); parsers != nil && (parsers.mayParse(whole, at) || at > 0 && line[at-1] == '\\') {
			i.block.Advance(at - done)
			done = at
			if at > 0 {
				_, now := i.block.Position()
				i.flush(parent, start.Between(now))
				start = now
			}
			if i.element(parent, parsers, start, whole, at) {
				return true
			}
		}
		i.escaped = !i.escaped && c == '\\'
	}
	if n := len(line) - done; n > 0 {
		i.block.Advance(n)
	}
	now, rest := i.block.Position()
	if now == number {
		i.text(parent, start.Between(rest), end)
		i.block.AdvanceLine()
	}
	return true
}

// parsers returns the parsers that are to be asked at a byte, or nil.
func (i *inlineParse) parsers(c byte, first bool) *inlineParsers {
	space, punct := isBlankByte(c), util.IsPunct(c)
	if !(first || punct && !i.escaped || space && !(i.escaped && i.p.config.EscapedSpace)) {
		return nil
	}
	if space || !punct {
		c = ' ' // also for the start of a line
	}
	if p := &i.p.inlines[c]; p.list != nil {
		return p
	}
	return nil
}

// element appends the element that a parser finds at the reader's position, which is start
// and offset at of a line, and reports whether one did.
func (i *inlineParse) element(parent ast.Node, parsers *inlineParsers, start text.Segment, line []byte, at int) bool {
	number, position := i.block.Position()
	for k, ip := range parsers.list {
		if picky := parsers.picky[k]; picky != nil && !picky.mayParse(line, at) {
			continue
		}
		n := ip.Parse(parent, i.block, i.pc)
		if n != nil {
			if n.Pos() < 0 {
				n.(interface{ SetPos(int) }).SetPos(start.Start)
			}
			parent.AppendChild(parent, n)
			return true
		}
		i.block.SetPosition(number, position)
	}
	return false
}

// flush appends text before what may be an element.
func (i *inlineParse) flush(parent ast.Node, s text.Segment) {
	if last, ok := parent.LastChild().(*ast.Text); ok && last.Segment.Stop == s.Start && !last.SoftLineBreak() {
		last.Segment = last.Segment.WithStop(s.Stop)
		return
	}
	parent.AppendChild(parent, i.nodes.text(s))
}

// text appends the text at the end of a line. It becomes part of the text before it, unless
// both together were an entity or an escape.
func (i *inlineParse) text(parent ast.Node, s text.Segment, end lineEnd) {
	source := i.block.Source()
	if !end.escaped {
		s = s.TrimRightSpace(source)
	}
	last, ok := parent.LastChild().(*ast.Text)
	if ok && last.Segment.Stop == s.Start && s.Padding == 0 && !last.SoftLineBreak() && !last.HardLineBreak() && !last.IsRaw() &&
		(s.IsEmpty() || source[s.Start] != '#' && source[s.Start] != ';' && s.Start > 0 && source[s.Start-1] != '\\') {
		last.Segment = last.Segment.WithStop(s.Stop)
	} else {
		last = i.nodes.text(s)
		parent.AppendChild(parent, last)
	}
	last.SetSoftLineBreak(end.soft)
	last.SetHardLineBreak(end.hard)
}
