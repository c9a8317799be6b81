package markdown

import (
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
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

// Parse implements parser.InlineParser. What it does itself are apostrophes between letters, which
// are most of all.
func (p typographerParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if line, _ := block.PeekLine(); line[0] != '\'' || !isLetter(byteAt(line, 1)) {
		return p.InlineParser.Parse(parent, block, pc)
	}
	if before := block.PrecendingCharacter(); before >= utf8.RuneSelf || !util.IsAlphaNumeric(byte(before)) {
		return p.InlineParser.Parse(parent, block, pc)
	}
	block.Advance(1)
	return nodesOf(pc).html(apostrophe)
}

var apostrophe = []byte("’")

func (typographerParser) Trigger() []byte { return []byte{'\'', '"', '-', '.', '<', '>'} }
