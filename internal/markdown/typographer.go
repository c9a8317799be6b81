package markdown

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

const (
	enDash = "–"
	emDash = "—"
)

// typographer is goldmark's extension for typographic marks. It writes the
// characters themselves, as HTML is UTF-8.
type typographer struct{}

func (typographer) Extend(m goldmark.Markdown) {
	p := extension.NewTypographerParser(extension.WithTypographicSubstitutions(extension.TypographicSubstitutions{
		extension.LeftSingleQuote:  []byte("‘"),
		extension.RightSingleQuote: []byte("’"),
		extension.LeftDoubleQuote:  []byte("“"),
		extension.RightDoubleQuote: []byte("”"),
		extension.EnDash:           []byte(enDash),
		extension.EmDash:           []byte(emDash),
		extension.Ellipsis:         []byte("…"),
		extension.LeftAngleQuote:   []byte("«"),
		extension.RightAngleQuote:  []byte("»"),
		extension.Apostrophe:       []byte("’"),
	}))
	m.Parser().AddOptions(parser.WithInlineParsers(util.Prioritized(typographerParser{p}, 9999)))
}

// typographerParser is goldmark's parser, which asks to be called for commas and
// other characters that it does nothing with; each call costs time.
type typographerParser struct{ parser.InlineParser }

func (typographerParser) Trigger() []byte { return []byte{'\'', '"', '-', '.', '<', '>'} }
