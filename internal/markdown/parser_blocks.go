package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// blockParse finds the blocks of a document, line by line: CommonMark's appendix describes
// this as the first phase of its parsing strategy.
type blockParse struct {
	p      *documentParser
	reader text.Reader
	pc     parser.Context
	seen   []lineOfBlock // since the last block that all others were closed before
}

// lineOfBlock says of a line whether it was blank as seen by the open block of a depth.
type lineOfBlock struct {
	line, depth int
	blank       bool
}

// outcome is what became of a line.
type outcome int

const (
	opensNothing outcome = iota
	opensBlocks
	continuesParagraph
)

func (b *blockParse) run(doc ast.Node) {
	b.pc.SetOpenedBlocks(b.pc.OpenedBlocks()[:0])
	for {
		if _, _, ok := b.reader.SkipBlankLines(); !ok || b.open(doc, true) != opensBlocks {
			return
		}
		b.reader.AdvanceLine()
		b.seen = b.seen[:0]
		for len(b.pc.OpenedBlocks()) > 0 {
			if !b.line(doc) {
				return
			}
			b.reader.AdvanceLine()
		}
	}
}

// line gives a line to the open blocks, the outermost first, up to one that it does not
// belong to. It returns false at the end of the text.
func (b *blockParse) line(doc ast.Node) bool {
	open := b.pc.OpenedBlocks()
	last := len(open) - 1
	if len(b.seen) > manySeen {
		b.forget()
	}
	for depth, block := range open {
		line, _ := b.reader.PeekLine()
		if line == nil {
			b.close(last, 0)
			b.reader.AdvanceLine()
			return false
		}
		number, _ := b.reader.Position()
		b.seen = append(b.seen, lineOfBlock{number, depth, util.IsBlank(line)})
		if !ast.IsParagraph(block.Node) { // whether it goes on is for open to find out
			state := block.Parser.Continue(block.Node, b.reader, b.pc)
			if state&parser.Continue != 0 {
				if state&parser.HasChildren == 0 || depth < last {
					continue
				}
				b.open(block.Node, b.wasBlank(number-1, depth+1))
				return true
			}
		}
		// The block ends, unless this is a line of the paragraph in it.
		parent := doc
		if depth > 0 {
			parent = open[depth-1].Node
		}
		innermost := open[last].Node
		if b.open(parent, b.wasBlank(number-1, depth)) != continuesParagraph {
			if open[last].Node != innermost { // it was a paragraph, and became something else
				last--
			}
			b.close(last, depth)
		}
		return true
	}
	return true
}

// manySeen is of how many lines and blocks it is kept whether they were blank, before those that
// nobody asks for are dropped.
const manySeen = 4096

// forget drops what was seen of all lines but the last, which is all that wasBlank is asked for.
func (b *blockParse) forget() {
	i := len(b.seen) - 1
	for last := b.seen[i].line; i > 0 && b.seen[i-1].line == last; i-- {
	}
	b.seen = b.seen[:copy(b.seen, b.seen[i:])]
}

// wasBlank reports whether a line was blank for the innermost block up to a depth that
// it was given to.
func (b *blockParse) wasBlank(line, depth int) bool {
	if len(b.seen) == 0 {
		return true
	}
	for i := len(b.seen) - 1 - depth; i >= 0 && b.seen[i].line >= line; i-- {
		if s := b.seen[i]; s.line == line && s.depth <= depth {
			return s.blank
		}
	}
	return false
}

// open opens the blocks that begin at the rest of a line in parent. If there are none, it
// tries to continue the paragraph that is open.
func (b *blockParse) open(parent ast.Node, afterBlank bool) outcome {
	last := b.pc.LastOpenedBlock()
	inParagraph := last.Node != nil && ast.IsParagraph(last.Node)
	result := opensNothing
	for {
		indent, list := b.parsers()
		if list == nil {
			break
		}
		node, state, retry := b.openOne(parent, list, indent, afterBlank, inParagraph && result == opensNothing)
		if retry {
			inParagraph = false
			continue
		}
		if node == nil {
			break
		}
		result = opensBlocks
		if state&parser.HasChildren == 0 {
			break
		}
		parent = node
	}
	if result == opensNothing && inParagraph && last.Parser.Continue(last.Node, b.reader, b.pc)&parser.Continue != 0 {
		return continuesParagraph
	}
	return result
}

// parsers returns the indentation of the rest of the line, and the parsers that may begin
// a block there.
func (b *blockParse) parsers() (indent int, list []parser.BlockParser) {
	line, _ := b.reader.PeekLine()
	indent, offset := util.IndentWidth(line, b.reader.LineOffset())
	if indent >= len(line) {
		b.pc.SetBlockOffset(-1)
		b.pc.SetBlockIndent(-1)
	} else {
		b.pc.SetBlockOffset(offset)
		b.pc.SetBlockIndent(indent)
	}
	if len(line) == 0 || line[0] == '\n' {
		return indent, nil
	}
	if offset < len(line) {
		list = b.p.blocks[line[offset]]
	}
	if list == nil {
		list = b.p.anyBlocks
	}
	return indent, list
}

// openOne opens a block by the first of some parsers that can. It returns no node if none can,
// and wants to be called again when a paragraph before the block became something else.
func (b *blockParse) openOne(parent ast.Node, list []parser.BlockParser, indent int, afterBlank, interrupts bool) (ast.Node, parser.State, bool) {
	for _, bp := range list {
		if interrupts && !bp.CanInterruptParagraph() || indent > 3 && !bp.CanAcceptIndentedLine() {
			continue
		}
		last := b.pc.LastOpenedBlock()
		_, at := b.reader.Position()
		node, state := bp.Open(parent, b.reader, b.pc)
		if node == nil {
			continue
		}
		node.SetPos(at.Start + max(b.pc.BlockOffset(), 0))
		if state&parser.RequireParagraph != 0 && last.Node == parent.LastChild() {
			// The lines before must still be a paragraph when it is closed, and no table, say.
			last.Parser.Close(last.Node, b.reader, b.pc)
			open := b.pc.OpenedBlocks()
			b.pc.SetOpenedBlocks(open[:len(open)-1])
			if b.transform(last.Node.(*ast.Paragraph)) {
				return nil, state, true
			}
		}
		node.SetBlankPreviousLines(afterBlank)
		if last.Node != nil && last.Node.Parent() == nil {
			n := len(b.pc.OpenedBlocks()) - 1
			b.close(n, n)
		}
		parent.AppendChild(parent, node)
		b.pc.SetOpenedBlocks(append(b.pc.OpenedBlocks(), parser.Block{Node: node, Parser: bp}))
		return node, state, false
	}
	return nil, 0, false
}

// close closes the open blocks from the one of depth inner to the one of depth outer.
func (b *blockParse) close(inner, outer int) {
	open := b.pc.OpenedBlocks()
	for i := inner; i >= outer; i-- {
		n := open[i].Node
		if p, ok := n.(*ast.Paragraph); ok && n.Parent() != nil {
			b.transform(p)
		}
		if n.Parent() != nil { // it was not replaced
			open[i].Parser.Close(n, b.reader, b.pc)
		}
	}
	b.pc.SetOpenedBlocks(append(open[:outer], open[inner+1:]...))
}

// transform calls the transformers of paragraphs until one takes it out of the
// document, which it reports.
func (b *blockParse) transform(n *ast.Paragraph) bool {
	for _, t := range b.p.paragraphs {
		t.Transform(n, b.reader, b.pc)
		if n.Parent() == nil {
			return true
		}
	}
	return false
}
