package markdown

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Delimiters stand around text that is no Markdown, such as mathematics. Open begins with
// an ASCII punctuation mark; both have neither white space nor control characters.
//
// The text is within one paragraph. With Block it can be a block of its own: when Open begins a
// line and Close ends one, the lines between may be anything but blank. A dollar sign alone
// is a delimiter by Pandoc's rules: no white space behind the opening one and before the closing
// one, no digit behind that, and no dollar sign after white space between. A backslash before a delimiter takes its meaning away.
type Delimiters struct {
	Open, Close string
	Block       bool
}

func (d Delimiters) check() error {
	for _, s := range [...]string{d.Open, d.Close} {
		if s == "" || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
			return fmt.Errorf("delimiters %q and %q of passthrough elements: they must be without white space, and not empty", d.Open, d.Close)
		}
	}
	if !util.IsPunct(d.Open[0]) {
		return fmt.Errorf("delimiter %q of passthrough elements: it must begin with an ASCII punctuation mark", d.Open)
	}
	return nil
}

func (d Delimiters) isDollar() bool { return d.Open == "$" && d.Close == "$" }

// opens reports whether s begins with text between d, as far as its first bytes say.
func (d Delimiters) opens(s []byte) bool {
	if !bytes.HasPrefix(s, []byte(d.Open)) {
		return false
	}
	return !d.isDollar() || len(s) > 1 && !util.IsSpace(s[1]) && s[1] != '$'
}

// closing returns the offset of the closing delimiter in line, from an offset on. If there
// is none, it returns false and the offset of what cannot be in such text, or -1.
func (d Delimiters) closing(line []byte, from int) (offset int, ok bool) {
	for {
		i := bytes.Index(line[from:], []byte(d.Close))
		if i < 0 {
			return -1, false
		}
		i += from
		from = i + 1
		end := i + len(d.Close)
		switch {
		case d.Close[0] != '\\' && i > 0 && line[i-1] == '\\' && (i < 2 || line[i-2] != '\\'):
		case d.isDollar() && (i == 0 || util.IsSpace(line[i-1])):
			return i, false // money
		case d.isDollar() && end < len(line) && line[end] >= '0' && line[end] <= '9':
		default:
			return i, true
		}
	}
}

// passthrough is the extension for text between delimiters.
type passthrough struct{ delimiters []Delimiters }

func newPassthrough(list []Delimiters) passthrough {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Delimiters) int { return cmp.Compare(len(b.Open), len(a.Open)) })
	return passthrough{list}
}

func (p passthrough) Extend(m goldmark.Markdown) {
	const before = 90 // goldmark's parsers
	m.Parser().AddOptions(parser.WithInlineParsers(util.Prioritized(passthroughInlineParser(p), before)))
	if len(blockDelimiters(p.delimiters)) > 0 {
		m.Parser().AddOptions(parser.WithBlockParsers(util.Prioritized(passthroughBlockParser(p), before)))
	}
}

func blockDelimiters(list []Delimiters) (blocks []Delimiters) {
	for _, d := range list {
		if d.Block {
			blocks = append(blocks, d)
		}
	}
	return blocks
}

// triggers returns the first bytes of opening delimiters.
func triggers(list []Delimiters) []byte {
	var first []byte
	for _, d := range list {
		if !slices.Contains(first, d.Open[0]) {
			first = append(first, d.Open[0])
		}
	}
	return first
}

// unclosed has for each delimiter up to where in the source there is none that closes, so
// that no part of it is searched twice.
type unclosed []int

var unclosedKey = parser.NewContextKey()

func unclosedOf(pc parser.Context, list []Delimiters) unclosed {
	if u, ok := pc.Get(unclosedKey).(unclosed); ok {
		return u
	}
	u := make(unclosed, 2*len(list)) // inline, then blocks
	pc.Set(unclosedKey, u)
	return u
}

var kindPassthroughInline = ast.NewNodeKind("PassthroughInline")

// passthroughInline is text between delimiters within a line.
type passthroughInline struct {
	ast.BaseInline
	Delimiters
	block    bool // the delimiters are those of blocks
	segments []text.Segment
}

func (*passthroughInline) Kind() ast.NodeKind { return kindPassthroughInline }

func (n *passthroughInline) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, nil, nil)
}

// appendTo appends the text with its delimiters.
func (n *passthroughInline) appendTo(dst, source []byte) []byte {
	for i := range n.segments {
		dst = append(dst, n.segments[i].Value(source)...)
	}
	return dst
}

func (n *passthroughInline) inner(source []byte) []byte {
	all := n.appendTo(nil, source)
	return all[len(n.Open) : len(all)-len(n.Close)]
}

type passthroughInlineParser struct{ delimiters []Delimiters }

func (p passthroughInlineParser) Trigger() []byte { return triggers(p.delimiters) }

func (p passthroughInlineParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	for i, d := range p.delimiters {
		if !d.opens(line) || d.isDollar() && block.PrecendingCharacter() == '$' && !endsPassthrough(parent) {
			continue
		}
		failed := unclosedOf(pc, p.delimiters)
		if segment.Start < failed[i] {
			continue
		}
		l, s := block.Position()
		n := &passthroughInline{Delimiters: d, block: d.Block}
		n.SetPos(segment.Start)
		end, ok := n.read(block)
		if ok {
			return n
		}
		failed[i] = end
		block.SetPosition(l, s)
	}
	return nil
}

func endsPassthrough(parent ast.Node) bool {
	_, ok := parent.LastChild().(*passthroughInline)
	return ok
}

// read reads up to the closing delimiter. If there is none it returns up to where it looked.
func (n *passthroughInline) read(block text.Reader) (end int, ok bool) {
	for from := len(n.Open) + 1; ; from = 0 {
		line, segment := block.PeekLine()
		if line == nil {
			return end, false
		}
		start := segment.Start - segment.Padding
		switch i, ok := n.closing(line, min(from, len(line))); {
		case ok:
			length := i + len(n.Close)
			n.segments = append(n.segments, segment.WithStop(start+length))
			block.Advance(length)
			return end, true
		case i >= 0:
			return start + i, false
		}
		n.segments = append(n.segments, segment)
		end = segment.Stop
		block.AdvanceLine()
	}
}

var kindPassthroughBlock = ast.NewNodeKind("PassthroughBlock")

// passthroughBlock is a block of text between delimiters. Its lines are with them, unless
// it was a fenced code block.
type passthroughBlock struct {
	ast.BaseBlock
	Delimiters
	fenced, closed bool
}

func (*passthroughBlock) Kind() ast.NodeKind { return kindPassthroughBlock }

// IsRaw implements ast.Node: there are no inline elements in the lines.
func (*passthroughBlock) IsRaw() bool { return true }

func (n *passthroughBlock) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

func (n *passthroughBlock) inner(source []byte) []byte {
	all := n.Lines().Value(source)
	if n.fenced {
		return all
	}
	all = bytes.TrimSpace(all)
	return all[len(n.Open) : len(all)-len(n.Close)]
}

type passthroughBlockParser struct{ delimiters []Delimiters }

func (p passthroughBlockParser) Trigger() []byte { return triggers(blockDelimiters(p.delimiters)) }

func (p passthroughBlockParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 {
		return nil, parser.NoChildren
	}
	for i, d := range p.delimiters {
		if !d.Block || !d.opens(line[at:]) {
			continue
		}
		end, closed := d.closing(line, min(at+len(d.Open)+1, len(line)))
		n := &passthroughBlock{Delimiters: d, closed: closed}
		if n.closed && !util.IsBlank(line[end+len(d.Close):]) || !n.closed && !closesLater(reader.Source(), segment.Stop, i, d, unclosedOf(pc, p.delimiters)) {
			return nil, parser.NoChildren
		}
		n.add(reader)
		return n, parser.NoChildren
	}
	return nil, parser.NoChildren
}

// closesLater reports whether there is a closing delimiter at the end of a line, from an
// offset of the source on and before a blank line.
func closesLater(source []byte, from, i int, d Delimiters, failed unclosed) bool {
	i += len(failed) / 2
	if from <= failed[i] {
		return false
	}
	for at := from; ; {
		line, _, _ := bytes.Cut(source[at:], []byte{'\n'})
		if len(bytes.Trim(line, "> \t")) == 0 {
			failed[i] = at
			return false
		}
		if end, ok := d.closing(line, 0); ok {
			return util.IsBlank(line[end+len(d.Close):])
		}
		at = min(at+len(line)+1, len(source))
	}
}

// add adds the line at which reader is to n.
func (n *passthroughBlock) add(reader text.Reader) {
	_, segment := reader.PeekLine()
	segment.ForceNewline = false
	n.Lines().Append(segment)
	reader.AdvanceToEOL()
}

func (p passthroughBlockParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	n := node.(*passthroughBlock)
	line, _ := reader.PeekLine()
	if n.closed || util.IsBlank(line) {
		return parser.Close
	}
	if end, ok := n.closing(line, 0); ok {
		if !util.IsBlank(line[end+len(n.Close):]) {
			return parser.Close
		}
		n.closed = true
		n.add(reader)
		return parser.Close
	}
	n.add(reader)
	return parser.Continue | parser.NoChildren
}

// Close makes a paragraph of a block that its container ended too early.
func (p passthroughBlockParser) Close(node ast.Node, reader text.Reader, _ parser.Context) {
	if n := node.(*passthroughBlock); !n.closed {
		paragraph := ast.NewParagraph()
		paragraph.SetPos(n.Pos())
		lines := n.Lines()
		last := lines.Len() - 1
		segment := lines.At(last)
		lines.Set(last, segment.TrimRightSpace(reader.Source()))
		paragraph.SetLines(lines)
		limitMarks(reader.Source(), lines)
		n.Parent().ReplaceChild(n.Parent(), n, paragraph)
	}
}

func (passthroughBlockParser) CanInterruptParagraph() bool { return true }

func (passthroughBlockParser) CanAcceptIndentedLine() bool { return false }

func (r *htmlRenderer) passthroughInline(o *output, source []byte, n *passthroughInline, entering bool) ast.WalkStatus {
	if entering {
		o.str(`<span class="math `)
		if n.block {
			o.str("display")
		} else {
			o.str("inline")
		}
		o.str(`">`)
		o.escaped(n.appendTo(nil, source))
		o.str("</span>")
	}
	return ast.WalkSkipChildren
}

func (r *htmlRenderer) passthroughBlock(o *output, source []byte, n *passthroughBlock, entering bool) ast.WalkStatus {
	if entering {
		r.openClass(o, "div", "math display", n)
		o.escaped([]byte(n.Open))
		if n.fenced {
			o.str("\n")
		}
		o.escaped(n.inner(source))
		o.escaped([]byte(n.Close))
		o.str("</div>\n")
	}
	return ast.WalkSkipChildren
}
