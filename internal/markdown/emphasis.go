package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// emphasisParser parses the marks of emphasis, CommonMark 0.31.2 section 6.2, as goldmark's
// parser does, with nodes of the run.
type emphasisParser struct{}

// Trigger implements parser.InlineParser.
func (emphasisParser) Trigger() []byte { return []byte{'*', '_'} }

// mayParse is false for an underscore within a word.
func (emphasisParser) mayParse(line []byte, at int) bool {
	return line[at] != '_' || at == 0 || !util.IsAlphaNumeric(line[at-1]) || !util.IsAlphaNumeric(byteAt(line, at+1))
}

// Parse implements parser.InlineParser.
func (emphasisParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	mark, n := line[0], 1
	for n < len(line) && line[n] == mark {
		n++
	}
	after := ' '
	if n < len(line) {
		after = util.ToRune(line, n)
	}
	d := nodesOf(pc).mark()
	d.CanOpen, d.CanClose = flanking(before, after, mark == '_')
	d.Char, d.Length, d.OriginalLength, d.Processor = mark, n, n, stars{}
	d.Segment = segment.WithStop(segment.Start + n)
	block.Advance(n)
	pc.PushDelimiter(d)
	return d
}

// flanking reports whether marks between two characters can open and close emphasis.
func flanking(before, after rune, underscore bool) (opens, closes bool) {
	spaceBefore, spaceAfter := util.IsSpaceRune(before), util.IsSpaceRune(after)
	punctBefore, punctAfter := util.IsPunctRune(before), util.IsPunctRune(after)
	left := !spaceAfter && (!punctAfter || spaceBefore || punctBefore)
	right := !spaceBefore && (!punctBefore || spaceAfter || punctAfter)
	if underscore {
		return left && (!right || punctBefore), right && (!left || punctAfter)
	}
	return left, right
}

// stars says which marks belong together.
type stars struct{}

func (stars) IsDelimiter(b byte) bool { return b == '*' || b == '_' }

func (stars) CanOpenCloser(opener, closer *parser.Delimiter) bool { return opener.Char == closer.Char }

func (stars) OnMatch(level int) ast.Node { return ast.NewEmphasis(level) }
