package markdown

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// attributes is the extension for a line of attributes after a block.
// Those of headings and of fenced code are with their parsers.
type attributes struct{}

func (attributes) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithBlockParsers(util.Prioritized(attributeLineParser{}, 50)))
}

// kindAttributeLine is the kind of an attribute line until the transformer
// gives its attributes to the block before it.
var kindAttributeLine = ast.NewNodeKind("AttributeLine")

type attributeLine struct {
	ast.BaseBlock
	list []attribute
}

func (*attributeLine) Kind() ast.NodeKind { return kindAttributeLine }

func (a *attributeLine) Dump(source []byte, level int) { ast.DumpHelper(a, source, level, nil, nil) }

type attributeLineParser struct{}

func (attributeLineParser) Trigger() []byte { return []byte{'{'} }

func (attributeLineParser) Open(parent ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	if parent.LastChild() == nil {
		return nil, parser.NoChildren
	}
	line, segment := reader.PeekLine()
	line = bytes.TrimSpace(line)
	list, n := parseAttributes(line)
	if n == 0 || n != len(line) || afterBlankLine(reader.Source(), segment.Start) {
		return nil, parser.NoChildren
	}
	node := &attributeLine{list: list}
	segment = segment.TrimLeftSpace(reader.Source())
	node.Lines().Append(segment.TrimRightSpace(reader.Source()))
	reader.AdvanceToEOL()
	return node, parser.NoChildren
}

// afterBlankLine reports whether the line before the one that holds offset is
// blank, except for the marks of blockquotes.
func afterBlankLine(source []byte, offset int) bool {
	end := bytes.LastIndexByte(source[:offset], '\n')
	if end < 0 {
		return true
	}
	start := bytes.LastIndexByte(source[:end], '\n') + 1
	return len(bytes.Trim(source[start:end], "> \t")) == 0
}

func (attributeLineParser) Continue(ast.Node, text.Reader, parser.Context) parser.State {
	return parser.Close
}

func (attributeLineParser) Close(ast.Node, text.Reader, parser.Context) {}

func (attributeLineParser) CanInterruptParagraph() bool { return true }

func (attributeLineParser) CanAcceptIndentedLine() bool { return false }

// attributeLine gives the attributes to the block before the line. If that
// can have none, the line is a paragraph.
func (r *run) attributeLine(n *attributeLine) {
	parent := n.Parent()
	if target := attributeTarget(n.PreviousSibling()); target != nil {
		parent.RemoveChild(parent, n)
		r.setAttributes(target, n.list, n.Lines().At(0).Start)
		return
	}
	p := ast.NewParagraph()
	p.SetLines(n.Lines())
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		p.AppendChild(p, c)
	}
	parent.ReplaceChild(parent, n, p)
	r.inline(p, false)
}

func attributeTarget(n ast.Node) ast.Node {
	switch n := n.(type) {
	case *ast.TextBlock: // the text of a list item without paragraphs
		return attributeTarget(n.Parent())
	case *ast.Paragraph, *inserts, *ast.Heading, *ast.List, *ast.ListItem, *ast.Blockquote, *ast.ThematicBreak,
		*ast.CodeBlock, *ast.FencedCodeBlock, *passthroughBlock, *diagram, *east.Table, *east.DefinitionList:
		return n
	}
	return nil
}
