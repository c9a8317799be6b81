package markdown

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"github.com/jam-go/jam/internal/insert"
)

// appendText appends the plain text of n's inline content: without markup,
// with escapes and entities resolved. For an anchor, what the typographer made of
// hyphens is hyphens again, as an id follows what the author wrote.
func (r *run) appendText(dst []byte, n ast.Node, anchor bool) []byte {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			dst = appendUnescaped(dst, c.Segment.Value(r.source))
			if c.SoftLineBreak() || c.HardLineBreak() {
				dst = append(dst, ' ')
			}
		case *ast.String:
			dst = append(dst, anchorText(stringText(c), anchor)...)
		case *ast.CodeSpan:
			for t := c.FirstChild(); t != nil; t = t.NextSibling() {
				if t, ok := t.(*ast.Text); ok {
					dst = append(dst, t.Segment.Value(r.source)...)
				}
			}
		case *ast.AutoLink:
			dst = append(dst, c.Label(r.source)...)
		case *passthroughInline:
			dst = c.appendTo(dst, r.source)
		case *ast.RawHTML, *east.FootnoteLink, *east.FootnoteBacklink:
		default:
			dst = r.appendText(dst, c, anchor)
		}
	}
	return dst
}

func anchorText(s []byte, anchor bool) []byte {
	if anchor {
		switch string(s) {
		case enDash:
			return []byte("--")
		case emDash:
			return []byte("---")
		}
	}
	return s
}

// stringText returns the plain text of a String node.
func stringText(n *ast.String) []byte {
	switch {
	case n.IsCode():
		if bytes.ContainsAny(n.Value, "<&") {
			return []byte(plainText(n.Value))
		}
		return n.Value
	case n.IsRaw():
		return n.Value
	}
	return appendUnescaped(nil, n.Value)
}

// unescape resolves backslash escapes and entities.
func unescape(s []byte) []byte {
	if bytes.IndexByte(s, '\\') < 0 && bytes.IndexByte(s, '&') < 0 {
		return s
	}
	return appendUnescaped(nil, s)
}

// appendUnescaped appends s with backslash escapes and entities resolved.
func appendUnescaped(dst, s []byte) []byte {
	for {
		i := bytes.IndexAny(s, `\&`)
		if i < 0 {
			return append(dst, s...)
		}
		dst = append(dst, s[:i]...)
		text, n := resolve(s[i:])
		dst = append(dst, text...)
		s = s[i+n:]
	}
}

// appendMarkdownText appends text as HTML, with backslash escapes and entities
// resolved.
func appendMarkdownText(dst, s []byte) []byte {
	done := 0
	for i := 0; i < len(s); {
		switch textClass[s[i]] {
		case 0:
			i++
		case 1:
			dst = append(append(dst, s[done:i]...), escapes[s[i]]...)
			i++
			done = i
		case 2:
			text, n := resolve(s[i:])
			dst = appendEscaped(append(dst, s[done:i]...), text)
			i += n
			done = i
		}
	}
	return append(dst, s[done:]...)
}

// textClass marks the bytes of Markdown text that HTML needs escaped, and those
// that begin an escape or an entity.
var textClass = [256]uint8{0: 1, '"': 1, '<': 1, '>': 1, '&': 2, '\\': 2}

// resolve returns what the backslash escape or the entity at the start of s
// stands for and how long it is; the first byte for itself if there is none.
func resolve(s []byte) (text []byte, length int) {
	if s[0] == '&' {
		return resolveEntity(s)
	}
	if len(s) > 1 && util.IsPunct(s[1]) {
		return s[1:2], 2
	}
	return s[:1], 1
}

// resolveEntity does so for an entity or a numeric character reference, see
// CommonMark 0.31.2, section 2.5.
func resolveEntity(s []byte) (text []byte, length int) {
	const longest = len("&CounterClockwiseContourIntegral;")
	end := bytes.IndexByte(s[:min(len(s), longest)], ';')
	if end < 2 {
		return s[:1], 1
	}
	name := s[1:end]
	if name[0] != '#' {
		if e, ok := util.LookUpHTML5EntityByName(string(name)); ok {
			return e.Characters, end + 1
		}
		return s[:1], 1
	}
	digits, base, most := name[1:], 10, 7
	if len(digits) > 0 && digits[0]|0x20 == 'x' {
		digits, base, most = digits[1:], 16, 6
	}
	n, err := strconv.ParseUint(string(digits), base, 32)
	if err != nil || len(digits) > most {
		return s[:1], 1
	}
	if n == insert.Open || n == insert.Close {
		n = utf8.RuneError
	}
	return utf8.AppendRune(nil, util.ToValidRune(rune(n))), end + 1
}
