package markdown

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/jam-go/jam/internal/diag"
)

// Limits on a document. No text written by a person comes near them. Without
// them a small file could exhaust the stack, which ends the process, or take
// minutes, since parts of the parser take time quadratic in these numbers.
const (
	maxOpenBlocks = 200     // nested blocks; a list and its item count as two
	maxMarks      = 10_000  // brackets and emphasis marks in the inline content of one block
	maxRefLines   = 10_000  // lines of link reference definitions without a blank line between
	maxEmptyCells = 50_000  // cells of a table beyond what its text could fill
	maxNotes      = 20_000  // footnotes and references to them
	minReferred   = 1 << 20 // bytes that references to link definitions may add to a short document
	referredRatio = 8       // and to a long one, by its length
	checkEvery    = 256     // look at the context after so many questions of the parser
)

var (
	errTooDeep  = fmt.Errorf("blocks nest deeper than %d levels", maxOpenBlocks)
	errMarks    = fmt.Errorf("more than %d brackets and emphasis marks in one paragraph: is this data? put it in a fenced code block", maxMarks)
	errRefLines = fmt.Errorf("more than %d link definitions in a row: put blank lines between them", maxRefLines)
	errNotes    = fmt.Errorf("more than %d footnotes and references to them", maxNotes)
	errReferred = errors.New("references to link definitions make the page many times longer: their addresses and titles are too long for so many")
	errTooWide  = errors.New("the table's rows have far fewer cells than its head")
	markSymbols = []byte("[*_~<")
)

// paragraphLimit refuses a paragraph with too many marks before its inline
// content is parsed.
type paragraphLimit struct{}

func (paragraphLimit) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	limitMarks(reader.Source(), node.Lines())
}

func limitMarks(source []byte, lines *text.Segments) {
	n := lines.Len()
	if n == 0 || lines.At(n-1).Stop-lines.At(0).Start <= maxMarks {
		return // also when every character is a mark
	}
	marks := 0
	for i := range n {
		line := lines.At(i)
		for _, m := range markSymbols {
			marks += bytes.Count(source[line.Start:line.Stop], []byte{m})
		}
	}
	if marks > maxMarks {
		panic(abort{lines.At(0).Start, errMarks})
	}
}

// admit returns why n more bytes of inserts must not become part of the output, or why it is too long already.
func (r *run) admit(n int) error {
	most := r.src.MaxOutput
	if r.inserted += n; most > 0 && (r.inserted > most || len(r.out.buf) > most) {
		return diag.Beyond("OutputSize", "more than %d bytes of output", most)
	}
	return nil
}

// linkReferences is goldmark's transformer for link reference definitions, with
// a limit, and without its cost for a paragraph that begins with something else.
type linkReferences struct{}

func (linkReferences) Transform(n *ast.Paragraph, reader text.Reader, pc parser.Context) {
	first := n.Lines().At(0)
	line := bytes.TrimLeft(reader.Source()[first.Start:first.Stop], " \t")
	if len(line) == 0 || line[0] != '[' {
		return
	}
	if n.Lines().Len() > maxRefLines {
		panic(abort{first.Start, errRefLines})
	}
	last := n.Lines().At(n.Lines().Len() - 1)
	if !bytes.Contains(reader.Source()[first.Start:last.Stop], []byte("]:")) {
		return
	}
	parser.LinkReferenceParagraphTransformer.Transform(n, reader, pc)
}

// noteBlocks is goldmark's parser of footnotes, with a limit.
type noteBlocks struct{ parser.BlockParser }

func (b noteBlocks) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	_, at := reader.Position()
	n, state := b.BlockParser.Open(parent, reader, pc)
	if n != nil {
		countNote(pc, at.Start)
	}
	return n, state
}

// Parse parses a reference to a footnote, with a limit.
func (p footnoteParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	_, at := block.Position()
	countNote(pc, at.Start) // which takes its time also if there is no such footnote
	return p.InlineParser.Parse(parent, block, pc)
}

func countNote(pc parser.Context, offset int) {
	c, ok := pc.(*parseContext)
	if !ok {
		return
	}
	if c.notes++; c.notes > maxNotes {
		panic(abort{offset, errNotes})
	}
}
