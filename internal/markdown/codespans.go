package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// codeSpanParser parses code spans, CommonMark 0.31.2 section 6.1, as goldmark's parser
// does, with nodes of the run.
type codeSpanParser struct{}

// Trigger implements parser.InlineParser.
func (codeSpanParser) Trigger() []byte { return []byte{'`'} }

// Parse implements parser.InlineParser. Backticks without others that close are text.
func (codeSpanParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	nodes := nodesOf(pc)
	line, start := block.PeekLine()
	ticks := countTicks(line)
	block.Advance(ticks)
	c, _ := pc.(*parseContext)
	if c != nil && c.ticks.of == parent && c.ticks.last[ticks] <= start.Start {
		return nodes.text(start.WithStop(start.Start + ticks))
	}
	number, position := block.Position()
	n := nodes.codeSpan()
	for {
		line, segment := block.PeekLine()
		if line == nil {
			block.SetPosition(number, position)
			if c != nil {
				c.ticks.look(parent, block.Source())
			}
			return nodes.text(start.WithStop(start.Start + ticks))
		}
		if end := closingTicks(line, ticks); end >= 0 {
			segment = segment.WithStop(segment.Start + end)
			if !segment.IsEmpty() {
				n.AppendChild(n, nodes.rawText(segment))
			}
			block.Advance(end + ticks)
			break
		}
		n.AppendChild(n, nodes.rawText(segment))
		block.AdvanceLine()
	}
	trimCode(n, block.Source())
	return n
}

// lastTicks are the offsets of the last strings of backticks in a block, by their lengths: without them, each
// string that nothing closes would be looked for in all that follows.
type lastTicks struct {
	of   ast.Node // nil: none
	last map[int]int
}

func (t *lastTicks) look(block ast.Node, source []byte) {
	if t.of == block {
		return
	}
	t.of, t.last = block, map[int]int{}
	for i := range block.Lines().Len() {
		s := block.Lines().At(i)
		for at := s.Start; at < s.Stop; at++ {
			if source[at] == '`' {
				n := countTicks(source[at:s.Stop])
				t.last[n] = at
				at += n
			}
		}
	}
}

func countTicks(s []byte) int {
	n := 0
	for n < len(s) && s[n] == '`' {
		n++
	}
	return n
}

// closingTicks returns the offset in line of a string of so many backticks, or -1.
func closingTicks(line []byte, ticks int) int {
	for i := 0; i < len(line); i++ {
		if line[i] != '`' {
			continue
		}
		n := countTicks(line[i:])
		if n == ticks {
			return i
		}
		i += n
	}
	return -1
}

// trimCode takes a space from either side of code that has something else, too.
func trimCode(n *ast.CodeSpan, source []byte) {
	if n.IsBlank(source) {
		return
	}
	isSpace := func(at int) bool { return source[at] == ' ' || source[at] == '\n' }
	first, last := &n.FirstChild().(*ast.Text).Segment, &n.LastChild().(*ast.Text).Segment
	if first.IsEmpty() || !isSpace(first.Start) || last.IsEmpty() || !isSpace(last.Stop-1) {
		return
	}
	*first = first.WithStart(first.Start + 1)
	*last = last.WithStop(last.Stop - 1)
}
