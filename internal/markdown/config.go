package markdown

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// Config says which Markdown an [Engine] reads and which HTML it writes. The
// zero value has every extension on and raw HTML off.
type Config struct {
	// Unsafe lets raw HTML, every attribute and every URL scheme through.
	Unsafe bool

	// Untrusted is for authors whom nobody vouches for. Of raw HTML, schemes of addresses and attributes, only
	// what is on short lists is written; see "Untrusted authors". It goes before Unsafe.
	Untrusted bool

	// FilterTags, with Unsafe, writes the nine tags that GitHub Flavored
	// Markdown disallows (script, style, iframe …) as text.
	FilterTags bool

	DisableTables          bool
	DisableStrikethrough   bool
	DisableTaskLists       bool
	DisableTaskLabels      bool // check boxes stand bare, as the GFM specification has them, not inside a label
	DisableLinkify         bool // literal autolinks
	DisableFootnotes       bool
	DisableDefinitionLists bool
	DisableAlerts          bool
	DisableTypographer     bool
	DisableHeadingIDs      bool // only ids that the author wrote
	DisableAttributes      bool
	DefinitionIDs          bool // terms of definition lists have ids
	DisableCJK             bool // line breaks between Chinese or Japanese characters are kept

	// Passthrough are delimiters of text that is no Markdown, such as mathematics, which is
	// written as it is, with them, in an element of class math: a div for a block and a
	// span else. With delimiters of blocks, a fenced code block of the language math is one.
	Passthrough []Delimiters

	// Diagrams writes a fenced code block of the language mermaid for the script of that name.
	Diagrams bool

	HardWraps bool // a line break in the source is a <br>
	XHTML     bool // empty elements end with " />"

	// Extensions are added last, so that they can override the rest. One
	// whose methods panic makes New or Render return an error. They must not keep
	// nodes of a document after it was rendered: others may be made of them.
	Extensions []goldmark.Extender

	// SummaryWords is the length of an automatic summary; 0 means 70, a
	// negative number means no automatic summary.
	SummaryWords int
}

// Engine renders Markdown. It is immutable and safe for concurrent use.
type Engine struct {
	cfg      Config
	parser   parser.Parser
	renderer *nodeRenderer
	runs     sync.Pool // of *run
}

// New returns an Engine for cfg. It fails if delimiters are wrong, or if one of
// the caller's extensions panics or, as a [Checker], finds a mistake in its settings.
func New(cfg Config) (e *Engine, err error) {
	return newEngine(cfg, newDocumentParser())
}

// newEngine returns an Engine with a parser, to which it adds what cfg asks for.
func newEngine(cfg Config, p parser.Parser) (e *Engine, err error) {
	defer func() {
		if v := recover(); v != nil {
			e, err = nil, fmt.Errorf("a Markdown extension panicked: %v", v)
		}
	}()
	if cfg.SummaryWords == 0 {
		cfg.SummaryWords = 70
	}
	for _, ext := range cfg.Extensions {
		if c, ok := ext.(Checker); ok {
			if err := c.Check(); err != nil {
				return nil, err
			}
		}
	}
	cfg.Unsafe = cfg.Unsafe && !cfg.Untrusted
	cfg.Passthrough = slices.Clone(cfg.Passthrough)
	for _, d := range cfg.Passthrough {
		if err := d.check(); err != nil {
			return nil, err
		}
	}
	e = &Engine{cfg: cfg, renderer: &nodeRenderer{config: renderer.NewConfig()}}
	e.runs.New = func() any { return newRun(e) }
	p.AddOptions(parserOptions(&cfg)...)
	md := goldmark.New(
		goldmark.WithParser(p),
		goldmark.WithRenderer(e.renderer),
		goldmark.WithExtensions(extensions(&cfg)...),
		goldmark.WithExtensions(cfg.Extensions...),
	)
	e.parser = md.Parser()
	if md.Renderer() != renderer.Renderer(e.renderer) {
		return nil, fmt.Errorf("a Markdown extension replaced the renderer; register node renderers instead")
	}
	e.renderer.build()
	// The parser sets itself up on first use; do it where a panic can be told
	// apart from one that a document caused.
	if _, err := e.Render(context.Background(), Source{Text: []byte("a\n")}); err != nil {
		return nil, fmt.Errorf("a Markdown extension failed on a plain text: %w", err)
	}
	return e, nil
}

// Priorities of our parsers and renderers, among goldmark's own, which are 100
// to 1000. A lower number goes first.
const (
	priorityFirst = -1000 // before any extension
	priorityLimit = 250   // after goldmark's table transformer
	priorityBase  = 1000  // node renderers that extensions override
)

// parserOptions are those of goldmark's default parser, with our heading and limit
// parsers.
func parserOptions(cfg *Config) []parser.Option {
	blocks := []util.PrioritizedValue{
		util.Prioritized(&setextParser{parser.NewSetextHeadingParser(), !cfg.DisableAttributes}, 100),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(parser.NewListParser(), 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(&atxParser{parser.NewATXHeadingParser(), !cfg.DisableAttributes}, 600),
		util.Prioritized(fencedCodeParser{parser.NewFencedCodeBlockParser()}, 700),
		util.Prioritized(parser.NewBlockquoteParser(), 800),
		util.Prioritized(parser.NewHTMLBlockParser(), 900),
		util.Prioritized(paragraphParser{parser.NewParagraphParser()}, 1000),
	}
	return []parser.Option{
		parser.WithBlockParsers(blocks...),
		parser.WithInlineParsers(
			util.Prioritized(codeSpanParser{}, 100),
			util.Prioritized(newLinkParser(), 200),
			util.Prioritized(maskedParser{parser.NewAutoLinkParser()}, 300),
			util.Prioritized(maskedParser{rawHTMLParser{parser.NewRawHTMLParser()}}, 400),
			util.Prioritized(emphasisParser{}, 500),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(linkReferences{}, 100),
			util.Prioritized(paragraphLimit{}, priorityLimit),
		),
		parser.WithASTTransformers(util.Prioritized(transformer{}, priorityFirst)),
	}
}

// extensions lists what cfg leaves on, and our renderers.
func extensions(cfg *Config) []goldmark.Extender {
	list := []goldmark.Extender{renderers{cfg}}
	add := func(off bool, e goldmark.Extender) {
		if !off {
			list = append(list, e)
		}
	}
	add(cfg.DisableTables, tables{})
	add(cfg.DisableStrikethrough, strikethrough{})
	add(cfg.DisableTaskLists, taskLists{})
	add(cfg.DisableLinkify, linkify{})
	add(cfg.DisableFootnotes, footnotes{})
	add(cfg.DisableDefinitionLists, extension.DefinitionList)
	add(cfg.DisableAlerts, alerts{})
	add(cfg.DisableAttributes, attributes{})
	add(cfg.DisableTypographer, typographer{})
	add(cfg.DisableCJK, cjk{})
	if len(cfg.Passthrough) > 0 {
		list = append(list, newPassthrough(cfg.Passthrough))
	}
	return list
}

// renderers registers the node renderers: goldmark's for what ours leave.
type renderers struct{ cfg *Config }

func (r renderers) Extend(m goldmark.Markdown) {
	m.Renderer().AddOptions(renderer.WithNodeRenderers(
		util.Prioritized(html.NewRenderer(), priorityBase+1),
		util.Prioritized(newHTMLRenderer(r.cfg), priorityBase),
	))
	if r.cfg.HardWraps {
		m.Renderer().AddOptions(html.WithHardWraps())
	}
	if r.cfg.XHTML {
		m.Renderer().AddOptions(html.WithXHTML())
	}
	if r.cfg.Unsafe {
		m.Renderer().AddOptions(html.WithUnsafe())
	}
}
