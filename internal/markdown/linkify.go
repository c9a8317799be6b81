package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// linkify is the extension for literal autolinks: section 6.9 of the GitHub
// Flavored Markdown specification 0.29. Goldmark's looks at the start of every
// word, which is a quarter of the time of a parse, and knows neither mailto:
// nor xmpp:. This one looks at colons and dots, and takes back the text before
// them. Mail addresses, which may begin anywhere, are found by mailLinks in
// the parsed document.
type linkify struct{}

func (linkify) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithInlineParsers(util.Prioritized(linkifyParser{}, 999)))
}

type linkifyParser struct{}

func (linkifyParser) Trigger() []byte { return []byte{':', '.'} }

func (linkifyParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before, ok := parent.LastChild().(*ast.Text)
	if !ok || before.SoftLineBreak() || before.HardLineBreak() {
		return nil
	}
	line, segment := block.PeekLine()
	if before.Segment.Stop != segment.Start {
		return nil
	}
	scheme := schemeBefore(before.Segment.Value(block.Source()), line[0])
	if scheme == "" || pc.IsInLinkLabel() {
		return nil
	}
	start := segment.Start - len(scheme)
	if !(start == before.Segment.Start && isLineStart(before)) && !mayPrecedeLink(block.Source()[:start]) {
		return nil
	}
	n := linkLength(scheme, line)
	if n == 0 {
		return nil
	}
	before.Segment.Stop = start
	if before.Segment.IsEmpty() {
		parent.RemoveChild(parent, before)
	}
	block.Advance(n)
	link := ast.NewAutoLink(ast.AutoLinkURL, ast.NewTextSegment(text.NewSegment(start, segment.Start+n)))
	link.SetPos(start)
	if scheme == "www" {
		link.Protocol = []byte("http")
	}
	return link
}

// schemeBefore returns the scheme at the end of s, which c follows, or "".
func schemeBefore(s []byte, c byte) string {
	if c == '.' {
		if bytes.HasSuffix(s, []byte("www")) {
			return "www"
		}
		return ""
	}
	for _, scheme := range [...]string{"http", "https", "ftp", "mailto", "xmpp"} {
		if n := len(s) - len(scheme); n >= 0 && string(s[n:]) == scheme {
			return scheme
		}
	}
	return ""
}

// isLineStart reports whether t is the first node of its line.
func isLineStart(t *ast.Text) bool {
	p := t.PreviousSibling()
	if p, ok := p.(*ast.Text); ok {
		return p.SoftLineBreak() || p.HardLineBreak()
	}
	return p == nil
}

// mayPrecedeLink reports whether a link may follow s within a line: white space
// or one of *, _, ~, (. Beyond the specification it may follow a quotation
// mark, another mark that is not ASCII, or a CJK character, as CJK text has no
// spaces.
func mayPrecedeLink(s []byte) bool {
	r, _ := utf8.DecodeLastRune(s)
	if r < utf8.RuneSelf {
		return util.IsSpace(byte(r)) || strings.ContainsRune(`*_~("'`, r)
	}
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != utf8.RuneError || isCJK(r) || isHangul(r)
}

// linkLength returns the length of the link that goes on with s behind its
// scheme, from the colon or the dot; 0 if it is none.
func linkLength(scheme string, s []byte) int {
	switch scheme {
	case "mailto", "xmpp":
		n := mailLength(s[1:])
		if n == 0 {
			return 0
		}
		n++
		if scheme == "xmpp" && n < len(s) && s[n] == '/' {
			i := n + 1
			for i < len(s) && (util.IsAlphaNumeric(s[i]) || s[i] == '@' || s[i] == '.') {
				i++
			}
			if i > n+1 {
				n = i
			}
		}
		return n
	case "www":
		if n := domainLength(s[1:], true); n > 0 {
			return pathEnd(s, n+1)
		}
		return 0
	}
	if !bytes.HasPrefix(s, []byte("://")) {
		return 0
	}
	if n := domainLength(s[3:], false); n > 0 {
		return pathEnd(s, n+3)
	}
	return 0
}

// domainLength returns the length of the domain at the start of s: labels of
// letters, digits, hyphens and underscores, the last two without underscores.
// There is a dot in it, unless dotted says that one came before.
func domainLength(s []byte, dotted bool) int {
	n, dots := 0, 0
	var low [2]bool // an underscore is in the last label, in the one before it
	for n < len(s) {
		if s[n] == '.' && n > 0 && labelByte(s[n+1:]) > 0 {
			dots++
			n++
			low = [2]bool{false, low[0]}
		}
		size := labelByte(s[n:])
		if size == 0 {
			break
		}
		low[0] = low[0] || s[n] == '_'
		n += size
	}
	if n == 0 || low[0] || low[1] || dots == 0 && !dotted {
		return 0
	}
	return n
}

// labelByte returns the length of the character at the start of s if it can be in
// a label of a domain, or 0.
func labelByte(s []byte) int {
	switch {
	case len(s) == 0:
		return 0
	case s[0] >= utf8.RuneSelf:
		return linkRune(s)
	case util.IsAlphaNumeric(s[0]) || s[0] == '-' || s[0] == '_':
		return 1
	}
	return 0
}

// linkRune returns the length of the character beyond ASCII at the start of s if
// it can be in a link, or 0. The specification allows all but white space; but
// then a link in CJK text, or before a typographic quotation mark, would not
// end.
func linkRune(s []byte) int {
	r, size := utf8.DecodeRune(s)
	if (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r)) && !isCJK(r) && !isHangul(r) {
		return size
	}
	return 0
}

// pathEnd returns where a link ends whose domain ends at n: it goes on to white
// space or <, without the punctuation and unbalanced parentheses at its end.
func pathEnd(s []byte, n int) int {
	end, open, closed := n, 0, 0
	for end < len(s) && !util.IsSpace(s[end]) && s[end] != '<' {
		size := 1
		switch c := s[end]; {
		case c == '(':
			open++
		case c == ')':
			closed++
		case c >= utf8.RuneSelf:
			size = linkRune(s[end:])
		}
		if size == 0 {
			break
		}
		end += size
	}
	for end > n {
		switch s[end-1] {
		case '?', '!', '.', ',', ':', '*', '_', '~', '\'', '"':
			end--
		case ')':
			if closed <= open {
				return end
			}
			closed--
			end--
		case ';':
			i := end - 2
			for i > n && util.IsAlphaNumeric(s[i]) {
				i--
			}
			if s[i] != '&' || i == end-2 {
				return end
			}
			end = i // without what looks like an entity
		default:
			return end
		}
	}
	return end
}
