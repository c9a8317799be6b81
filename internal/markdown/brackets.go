package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// linkParser parses links and images, CommonMark 0.31.2 sections 6.3 and 6.4, as goldmark's
// parser does, with nodes of the run. In what an extension parses on its own, it is
// goldmark's.
type linkParser struct {
	parser.InlineParser
	parser.CloseBlocker
}

func newLinkParser() parser.InlineParser {
	p := parser.NewLinkParser()
	return linkParser{p, p.(parser.CloseBlocker)}
}

// maxLabel is the length of the longest label of a reference.
const maxLabel = 999

// bracket is an opening bracket that may begin a link or an image. It is text if none comes of it.
type bracket struct {
	ast.BaseInline
	segment text.Segment // with the exclamation mark
	image   bool
	bottom  ast.Node // the last delimiter before it
}

var kindBracket = ast.NewNodeKind("Bracket")

func (*bracket) Kind() ast.NodeKind { return kindBracket }

func (b *bracket) Dump(source []byte, level int) { ast.DumpHelper(b, source, level, nil, nil) }

func (linkParser) mayParse(line []byte, at int) bool {
	return line[at] != '!' || byteAt(line, at+1) == '['
}

// Parse implements parser.InlineParser.
func (p linkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	c, ok := pc.(*parseContext)
	if !ok {
		return p.InlineParser.Parse(parent, block, pc)
	}
	c.check()
	line, segment := block.PeekLine()
	switch line[0] {
	case '[':
		return c.openBracket(block, segment, 1)
	case '!':
		if byteAt(line, 1) == '[' {
			return c.openBracket(block, segment, 2)
		}
		return nil
	}
	if len(c.brackets) == 0 {
		return nil
	}
	last := c.brackets[len(c.brackets)-1]
	c.brackets = c.brackets[:len(c.brackets)-1]
	block.Advance(1)
	link := c.closeBracket(last, block, segment.Start)
	if link == nil {
		c.run.nodes.replaceByText(last, last.segment)
		return nil
	}
	last.Parent().RemoveChild(last.Parent(), last)
	if last.image {
		image := ast.NewImage(link)
		image.SetPos(last.segment.Start)
		return image
	}
	link.SetPos(last.segment.Start)
	return link
}

// CloseBlock implements parser.CloseBlocker.
func (p linkParser) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	c, ok := pc.(*parseContext)
	if !ok {
		p.CloseBlocker.CloseBlock(parent, block, pc)
		return
	}
	for _, b := range c.brackets {
		b.Parent().ReplaceChild(b.Parent(), b, c.run.nodes.text(b.segment))
	}
	c.brackets = c.brackets[:0]
}

func (c *parseContext) openBracket(block text.Reader, segment text.Segment, length int) ast.Node {
	b := c.run.nodes.bracket()
	b.segment, b.image, b.bottom = text.NewSegment(segment.Start, segment.Start+length), length == 2, c.lastMark
	c.brackets = append(c.brackets, b)
	block.Advance(length)
	return b
}

// closeBracket returns the link or the image, as a link, that a closing bracket at an offset ends; nil if there
// is none.
func (c *parseContext) closeBracket(last *bracket, block text.Reader, end int) *ast.Link {
	if n := len(c.brackets); n > 0 && c.brackets[n-1].segment.Stop-c.brackets[0].segment.Start >= maxLabel {
		return nil
	}
	if !last.image && containsLink(last) {
		return nil
	}
	number, position := block.Position()
	switch block.Peek() {
	case '(':
		if dest, title, ok := linkTarget(block); ok {
			return c.link(last, dest, title)
		}
	case '[':
		if len(c.references) == 0 {
			return nil
		}
		if label, kind, ok := c.linkLabel(last, block); ok {
			return c.reference(last, label, kind)
		}
	}
	block.SetPosition(number, position)
	if len(c.references) == 0 {
		return nil
	}
	label := block.Value(text.NewSegment(last.segment.Stop, end))
	return c.reference(last, label, ast.ReferenceLinkShortcut)
}

// containsLink reports whether there is a link in n or behind it.
func containsLink(n ast.Node) bool {
	for ; n != nil; n = n.NextSibling() {
		if _, ok := n.(*ast.Link); ok || containsLink(n.FirstChild()) {
			return true
		}
	}
	return false
}

// link makes a link of what follows a bracket.
func (c *parseContext) link(last *bracket, dest, title []byte) *ast.Link {
	link := c.run.nodes.link()
	parser.ProcessDelimiters(last.bottom, c)
	for n := last.NextSibling(); n != nil; n = last.NextSibling() {
		link.AppendChild(link, n)
	}
	link.Destination, link.Title = dest, title
	return link
}

// reference makes a link of what follows a bracket if its label is defined.
func (c *parseContext) reference(last *bracket, label []byte, kind ast.ReferenceLinkType) *ast.Link {
	if len(label) > maxLabel {
		return nil
	}
	ref, ok := c.Reference(util.ToLinkReference(label))
	if !ok {
		return nil
	}
	if c.referred += len(ref.Destination()) + len(ref.Title()); c.referred > max(minReferred, referredRatio*len(c.run.source)) {
		panic(abort{last.segment.Start, errReferred})
	}
	link := c.link(last, ref.Destination(), ref.Title())
	link.Reference = ast.NewReferenceLink(kind, label)
	return link
}

var withinBlock = text.FindClosureOptions{Newline: true, Advance: true}

// linkLabel reads the label of a reference in brackets. Without one, it is the text before.
func (c *parseContext) linkLabel(last *bracket, block text.Reader) (label []byte, kind ast.ReferenceLinkType, ok bool) {
	_, position := block.Position()
	block.Advance(1)
	segments, ok := block.FindClosure('[', ']', withinBlock)
	if !ok {
		return nil, 0, false
	}
	label = closureValue(block, segments)
	if !util.IsBlank(label) {
		return label, ast.ReferenceLinkFull, true
	}
	return block.Value(text.NewSegment(last.segment.Stop, position.Start-1)), ast.ReferenceLinkCollapsed, true
}

func closureValue(block text.Reader, segments *text.Segments) (value []byte) {
	if segments.Len() == 1 {
		return block.Value(segments.At(0))
	}
	for i := range segments.Len() {
		value = append(value, block.Value(segments.At(i))...)
	}
	return value
}

// linkTarget reads the destination and the title of a link in parentheses.
func linkTarget(block text.Reader) (dest, title []byte, ok bool) {
	block.Advance(1)
	block.SkipSpaces()
	if block.Peek() == ')' {
		block.Advance(1)
		return nil, nil, true
	}
	if dest, ok = linkDestination(block); !ok {
		return nil, nil, false
	}
	block.SkipSpaces()
	if block.Peek() != ')' {
		if title, ok = linkTitle(block); !ok {
			return nil, nil, false
		}
		block.SkipSpaces()
		if block.Peek() != ')' {
			return nil, nil, false
		}
	}
	block.Advance(1)
	return dest, title, true
}

// linkDestination reads the destination of a link, which has no line breaks.
func linkDestination(block text.Reader) (dest []byte, ok bool) {
	line, _ := block.PeekLine()
	if block.Peek() == '<' {
		for i := 1; i < len(line); i++ {
			switch {
			case isEscape(line, i):
				i++
			case line[i] == '>':
				block.Advance(i + 1)
				return line[1:i], true
			}
		}
		return nil, false
	}
	depth, n := 0, 0
scan:
	for ; n < len(line); n++ {
		switch c := line[n]; {
		case isEscape(line, n):
			n++
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth < 0 {
				break scan
			}
		case util.IsSpace(c):
			break scan
		}
	}
	block.Advance(n)
	return line[:n], n > 0
}

// isEscape reports whether there are a backslash and a mark that it escapes at i.
func isEscape(line []byte, i int) bool {
	return line[i] == '\\' && i+1 < len(line) && util.IsPunct(line[i+1])
}

// linkTitle reads a title in quotes or parentheses.
func linkTitle(block text.Reader) (title []byte, ok bool) {
	opens := block.Peek()
	closes := opens
	switch opens {
	case '"', '\'':
	case '(':
		closes = ')'
	default:
		return nil, false
	}
	block.Advance(1)
	segments, ok := block.FindClosure(opens, closes, withinBlock)
	if !ok {
		return nil, false
	}
	return closureValue(block, segments), true
}
