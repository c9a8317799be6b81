package markdown

import (
	"unicode"

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

// The marks are characters themselves, not entities, as HTML is UTF-8.
var typographic = struct{ enDash, emDash, ellipsis, leftAngle, rightAngle, leftSingle, rightSingle, leftDouble, rightDouble []byte }{
	[]byte(enDash), []byte(emDash), []byte("…"), []byte("«"), []byte("»"), []byte("‘"), []byte("’"), []byte("“"), []byte("”"),
}

// typographer is the extension for typographic marks.
type typographer struct{}

func (typographer) Extend(m goldmark.Markdown) {
	p := extension.NewTypographerParser(extension.WithTypographicSubstitutions(extension.TypographicSubstitutions{
		extension.LeftSingleQuote:  typographic.leftSingle,
		extension.RightSingleQuote: typographic.rightSingle,
		extension.LeftDoubleQuote:  typographic.leftDouble,
		extension.RightDoubleQuote: typographic.rightDouble,
		extension.EnDash:           typographic.enDash,
		extension.EmDash:           typographic.emDash,
		extension.Ellipsis:         typographic.ellipsis,
		extension.LeftAngleQuote:   typographic.leftAngle,
		extension.RightAngleQuote:  typographic.rightAngle,
		extension.Apostrophe:       typographic.rightSingle,
	}))
	m.Parser().AddOptions(parser.WithInlineParsers(util.Prioritized(typographerParser{p}, 9999)))
}

// typographerParser parses typographic marks as goldmark's parser does, with nodes of the run.
// In what an extension parses on its own, it is goldmark's.
type typographerParser struct{ parser.InlineParser }

// Trigger implements parser.InlineParser. Goldmark's parser asks for more characters, with which it does
// nothing.
func (typographerParser) Trigger() []byte { return []byte{'\'', '"', '-', '.', '<', '>'} }

func (typographerParser) mayParse(line []byte, at int) bool {
	switch c := line[at]; c {
	case '.':
		return byteAt(line, at+1) == '.' && byteAt(line, at+2) == '.'
	case '-', '<', '>':
		return byteAt(line, at+1) == c
	}
	return true
}

// Parse implements parser.InlineParser.
func (p typographerParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	c, ok := pc.(*parseContext)
	if !ok {
		return p.InlineParser.Parse(parent, block, pc)
	}
	line, place := block.PeekLine()
	var mark []byte
	length := 1
	switch line[0] {
	case '\'', '"':
		mark = c.quotes.mark(line, place.Start, block.PrecendingCharacter())
	default:
		mark, length = sign(line)
	}
	if mark == nil {
		return nil
	}
	block.Advance(length)
	return c.run.nodes.html(mark)
}

// sign returns the mark that a line begins with and its length in the line, or nil.
func sign(line []byte) (mark []byte, length int) {
	same := byteAt(line, 1) == line[0]
	three := same && byteAt(line, 2) == line[0]
	switch c := line[0]; {
	case c == '-' && three:
		return typographic.emDash, 3
	case c == '.' && three:
		return typographic.ellipsis, 3
	case c == '-' && same:
		return typographic.enDash, 2
	case c == '<' && same:
		return typographic.leftAngle, 2
	case c == '>' && same:
		return typographic.rightAngle, 2
	}
	return nil, 0
}

// quotes counts the quotation marks of a document that are open.
type quotes struct {
	single, double int
	last, end      int // where the last mark is, and where the run ends that it is in
}

// run returns how many of the same quotation mark there are from the start of line, which is at an offset of the source.
func (q *quotes) run(line []byte, at int, before rune) (n int) {
	if at == q.last+1 && at < q.end && before == rune(line[0]) {
		n = min(q.end-at, len(line)) // not counted again for each
	} else {
		for n = 1; n < len(line) && line[n] == line[0]; n++ {
		}
	}
	q.last, q.end = at, at+n
	return n
}

// mark returns what the quotation mark at the start of line becomes, which is at an offset of the source and which before
// precedes; nil for itself.
func (q *quotes) mark(line []byte, at int, before rune) []byte {
	c, n := line[0], q.run(line, at, before)
	after := ' '
	if n < len(line) {
		after = util.ToRune(line, n)
	}
	opens, closes := flanking(before, after, false)
	if c == '"' {
		return q.markDouble(line, before, opens, closes)
	}
	switch {
	case opens && !closes && isDecade(line), isShortened(line, before), isWithinWord(line, before):
		return typographic.rightSingle
	case opens && !closes:
		if isContraction(line) {
			return typographic.rightSingle
		}
		q.single++
		return typographic.leftSingle
	case len(line) > 2 && !unicode.IsDigit(util.ToRune(line, 1)): // plural possessives and the like
		return typographic.rightSingle
	case q.single > 0 && closing(line, opens, closes):
		q.single--
		return typographic.rightSingle
	}
	return nil
}

func (q *quotes) markDouble(line []byte, before rune, opens, closes bool) []byte {
	switch {
	case opens && !closes:
		q.double++
		return typographic.leftDouble
	case q.double > 0 && closing(line, opens, closes) && !(byteAt(line, 1) == '"' && unicode.IsDigit(before)): // "of 21""
		q.double--
		return typographic.rightDouble
	}
	return nil
}

// closing reports whether a quotation mark closes: also one before punctuation and the end of what is
// quoted.
func closing(line []byte, opens, closes bool) bool {
	if !closes || !opens {
		return closes
	}
	return len(line) > 1 && unicode.IsPunct(util.ToRune(line, 1)) && (len(line) == 2 || util.IsPunct(line[2]) || util.IsSpace(line[2]))
}

// isDecade reports whether line begins as '90s does.
func isDecade(line []byte) bool {
	if len(line) <= 3 || !util.IsNumeric(line[1]) || !util.IsNumeric(line[2]) || line[3] != 's' {
		return false
	}
	if len(line) == 4 {
		return true
	}
	after := util.ToRune(line, 4)
	return util.IsSpaceRune(after) || util.IsPunctRune(after)
}

// isShortened reports whether line begins as 'tis and 'em do.
func isShortened(line []byte, before rune) bool {
	switch byteAt(line, 1) {
	case 't', 'e', 'n', 'l':
		return unicode.IsPunct(before) || unicode.IsSpace(before)
	}
	return false
}

// isWithinWord reports whether an apostrophe stands between letters, as in don't.
func isWithinWord(line []byte, before rune) bool {
	return len(line) > 1 && (unicode.IsDigit(before) || unicode.IsLetter(before)) && unicode.IsLetter(util.ToRune(line, 1))
}

// isContraction reports whether line begins as the end of I'm and we're does.
func isContraction(line []byte) bool {
	ends := func(at int) bool { return len(line) <= at || util.IsPunct(line[at]) || util.IsSpace(line[at]) }
	switch byteAt(line, 1) {
	case 's', 'm', 't', 'd':
		if ends(2) {
			return true
		}
	}
	if len(line) < 3 {
		return false
	}
	switch string(line[1:3]) {
	case "ve", "ll", "re":
		return ends(3)
	}
	return false
}
