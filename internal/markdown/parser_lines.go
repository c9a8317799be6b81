package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// paragraphParser is goldmark's parser of paragraphs, with nodes of the run.
type paragraphParser struct{ parser.BlockParser }

func (paragraphParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	if util.IsBlank(line) {
		return nil, parser.NoChildren
	}
	p := nodesOf(pc).paragraph()
	p.Lines().Append(segment)
	reader.AdvanceToEOL()
	return p, parser.NoChildren
}

// fencedCodeParser is goldmark's parser of fenced code blocks, with memory of the run for the lines.
type fencedCodeParser struct{ parser.BlockParser }

func (p fencedCodeParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	n, state := p.BlockParser.Open(parent, reader, pc)
	if n != nil {
		nodesOf(pc).giveLines(n)
	}
	return n, state
}
