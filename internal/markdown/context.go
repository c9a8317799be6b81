package markdown

import (
	"maps"
	"slices"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// parseContext is the parser.Context of a run, which is used again by the next one. Beside
// what goldmark's has, it has the run, which our parsers need, and limits: its methods are called
// all the time while a document is parsed.
type parseContext struct {
	parser.Context // goldmark's, for values of parsers alone
	run            *run
	calls          int
	ticks          lastTicks
	referred       int // bytes that references have added
	notes          int // footnotes, and references to them

	references          map[string]parser.Reference
	blockOffset, indent int
	open                []parser.Block
	firstMark, lastMark *parser.Delimiter
	brackets            []*bracket // that may begin links
	largestKey          parser.ContextKey
	quotes              quotes
	blocks              []lineOfBlock
}

// runOf returns the run of a parse, or nil when an extension parses a text of
// its own.
func runOf(pc parser.Context) *run {
	if c, ok := pc.(*parseContext); ok {
		return c.run
	}
	return nil
}

func (c *parseContext) begin() {
	if c.Context == nil || c.largestKey < parser.ContextKeyMax {
		c.Context, c.largestKey = parser.NewContext(), parser.ContextKeyMax
		c.references = map[string]parser.Reference{}
	}
	c.ticks = lastTicks{}
	c.calls, c.referred, c.notes = 0, 0, 0
	c.blockOffset, c.indent, c.quotes = -1, -1, quotes{}
}

// end drops what c refers to.
func (c *parseContext) end() {
	for key := range c.largestKey + 1 {
		if c.Context.Get(key) != nil {
			c.Context.Set(key, nil)
		}
	}
	clear(c.references)
	clear(c.open[:cap(c.open)])
	clear(c.brackets[:cap(c.brackets)])
	c.open, c.brackets, c.firstMark, c.lastMark = c.open[:0], c.brackets[:0], nil, nil
}

func (c *parseContext) check() {
	if c.calls++; c.calls%checkEvery == 0 {
		if err := c.run.ctx.Err(); err != nil {
			panic(abort{-1, err})
		}
	}
}

// Get implements parser.Context.
func (c *parseContext) Get(key parser.ContextKey) any {
	c.check()
	return c.Context.Get(key)
}

// AddReference implements parser.Context.
func (c *parseContext) AddReference(ref parser.Reference) {
	key := util.ToLinkReference(ref.Label())
	if _, ok := c.references[key]; !ok {
		c.references[key] = ref
	}
}

// Reference implements parser.Context.
func (c *parseContext) Reference(label string) (parser.Reference, bool) {
	ref, ok := c.references[label]
	return ref, ok
}

// References implements parser.Context.
func (c *parseContext) References() []parser.Reference {
	return slices.Collect(maps.Values(c.references))
}

// IDs implements parser.Context.
func (c *parseContext) IDs() parser.IDs { return &c.run.ids }

// BlockOffset implements parser.Context.
func (c *parseContext) BlockOffset() int { return c.blockOffset }

// SetBlockOffset implements parser.Context.
func (c *parseContext) SetBlockOffset(n int) { c.blockOffset = n }

// BlockIndent implements parser.Context.
func (c *parseContext) BlockIndent() int { return c.indent }

// SetBlockIndent implements parser.Context.
func (c *parseContext) SetBlockIndent(n int) { c.indent = n }

// OpenedBlocks implements parser.Context.
func (c *parseContext) OpenedBlocks() []parser.Block { return c.open }

// SetOpenedBlocks implements parser.Context.
func (c *parseContext) SetOpenedBlocks(blocks []parser.Block) {
	c.check()
	if len(blocks) > maxOpenBlocks {
		panic(abort{blocks[len(blocks)-1].Node.Pos(), errTooDeep})
	}
	c.open = blocks
}

// LastOpenedBlock implements parser.Context.
func (c *parseContext) LastOpenedBlock() parser.Block {
	if n := len(c.open); n > 0 {
		return c.open[n-1]
	}
	return parser.Block{}
}

// IsInLinkLabel implements parser.Context.
func (c *parseContext) IsInLinkLabel() bool { return len(c.brackets) > 0 || c.Context.IsInLinkLabel() }

// FirstDelimiter implements parser.Context.
func (c *parseContext) FirstDelimiter() *parser.Delimiter { return c.firstMark }

// LastDelimiter implements parser.Context.
func (c *parseContext) LastDelimiter() *parser.Delimiter { return c.lastMark }

// PushDelimiter implements parser.Context.
func (c *parseContext) PushDelimiter(d *parser.Delimiter) {
	c.check()
	if c.lastMark == nil {
		c.firstMark, c.lastMark = d, d
		return
	}
	c.lastMark.NextDelimiter, d.PreviousDelimiter = d, c.lastMark
	c.lastMark = d
}

// RemoveDelimiter implements parser.Context: what is left of the marks is text.
func (c *parseContext) RemoveDelimiter(d *parser.Delimiter) {
	c.check()
	before, after := d.PreviousDelimiter, d.NextDelimiter
	if before == nil {
		c.firstMark = after
	} else {
		before.NextDelimiter = after
	}
	if after == nil {
		c.lastMark = before
	} else {
		after.PreviousDelimiter = before
	}
	d.PreviousDelimiter, d.NextDelimiter = nil, nil
	if d.Length == 0 {
		d.Parent().RemoveChild(d.Parent(), d)
		return
	}
	c.run.nodes.replaceByText(d, d.Segment)
}

// ClearDelimiters implements parser.Context.
func (c *parseContext) ClearDelimiters(bottom ast.Node) {
	if c.lastMark == nil {
		return
	}
	for n := ast.Node(c.lastMark); n != nil && n != bottom; {
		before := n.PreviousSibling()
		if d, ok := n.(*parser.Delimiter); ok {
			c.RemoveDelimiter(d)
		}
		n = before
	}
}
