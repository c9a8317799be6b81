package markdown

import (
	"fmt"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// documentParser drives the parsers of blocks and inline elements, goldmark's, ours and those
// of extensions, in the order in which goldmark's own does, with the same result. It
// passes over text in which no inline parser can find anything, and takes
// nodes from the run.
type documentParser struct {
	config *parser.Config
	once   sync.Once

	blocks     [256][]parser.BlockParser // by the first byte of a line
	anyBlocks  []parser.BlockParser      // for other bytes
	paragraphs []parser.ParagraphTransformer
	documents  []parser.ASTTransformer

	inlines [256]inlineParsers
	closers []parser.CloseBlocker
	special [256]bool // inline parsers or escapes may begin with the byte
}

// newDocumentParser returns a parser with options.
func newDocumentParser(options ...parser.Option) *documentParser {
	p := &documentParser{config: parser.NewConfig()}
	p.AddOptions(options...)
	return p
}

// AddOptions implements parser.Parser.
func (p *documentParser) AddOptions(options ...parser.Option) {
	for _, o := range options {
		o.SetParserOption(p.config)
	}
}

// Parse implements parser.Parser.
func (p *documentParser) Parse(reader text.Reader, options ...parser.ParseOption) ast.Node {
	p.once.Do(p.build)
	var cfg parser.ParseConfig
	for _, o := range options {
		o(&cfg)
	}
	if cfg.Context == nil {
		cfg.Context = parser.NewContext()
	}
	doc := ast.NewDocument()
	b := blockParse{p: p, reader: reader, pc: cfg.Context}
	if c, ok := cfg.Context.(*parseContext); ok {
		b.seen = c.blocks[:0]
		b.run(doc)
		c.blocks = b.seen
	} else {
		b.run(doc)
	}
	i := inlineParse{p: p, block: text.NewBlockReader(reader.Source(), nil), pc: cfg.Context, nodes: nodesOf(cfg.Context)}
	i.walk(doc)
	for _, t := range p.documents {
		t.Transform(doc, reader, cfg.Context)
	}
	return doc
}

// build sorts the parsers that were added by priority.
func (p *documentParser) build() {
	c := p.config
	each(c, c.BlockParsers, func(bp parser.BlockParser) {
		bytes := bp.Trigger()
		for _, b := range bytes {
			p.blocks[b] = append(p.blocks[b], bp)
		}
		if bytes == nil {
			p.anyBlocks = append(p.anyBlocks, bp)
		}
	})
	for i, list := range p.blocks {
		if list != nil {
			p.blocks[i] = append(list, p.anyBlocks...)
		}
	}
	each(c, c.InlineParsers, func(ip parser.InlineParser) {
		for _, b := range ip.Trigger() {
			p.inlines[b].add(ip)
		}
		if closer, ok := ip.(parser.CloseBlocker); ok {
			p.closers = append(p.closers, closer)
		}
	})
	each(c, c.ParagraphTransformers, func(t parser.ParagraphTransformer) { p.paragraphs = append(p.paragraphs, t) })
	each(c, c.ASTTransformers, func(t parser.ASTTransformer) { p.documents = append(p.documents, t) })
	for i := range p.special {
		b := byte(i)
		p.special[i] = b == '\n' || b == '\\' || util.IsPunct(b) && p.inlines[b].list != nil || isBlankByte(b) && p.inlines[' '].list != nil
	}
}

// each sets the options of what was added, as far as it takes options, and calls f for it.
func each[T any](c *parser.Config, list util.PrioritizedSlice, f func(T)) {
	list.Sort()
	for _, v := range list {
		if o, ok := v.Value.(parser.SetOptioner); ok {
			for name, value := range c.Options {
				o.SetOption(name, value)
			}
		}
		t, ok := v.Value.(T)
		if !ok {
			panic(fmt.Sprintf("%T is added as what it is not", v.Value))
		}
		f(t)
	}
}

// isBlankByte reports whether b is white space within a line.
func isBlankByte(b byte) bool { return util.IsSpace(b) && b != '\r' && b != '\n' }
