package markdown

import (
	"bytes"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer/html"
)

// cjk is the extension for languages without spaces between words. It is
// goldmark's as far as the parser and the switches go; which line breaks vanish
// is decided by joinsLines, as goldmark's renderer also loses those before
// emphasis and links in other languages, and joins Korean words.
type cjk struct{}

func (cjk) Extend(m goldmark.Markdown) {
	m.Renderer().AddOptions(html.WithEastAsianLineBreaks(html.EastAsianLineBreaksSimple))
}

// isCJK reports whether r is a letter or a punctuation mark of Chinese or
// Japanese, between which no space is written, by Unicode block.
func isCJK(r rune) bool {
	switch {
	case r < 0x2E80:
		return false
	case r <= 0x312F: // radicals, punctuation, kana, bopomofo
		return r != 0x3000
	case r <= 0x318F: // Hangul compatibility letters
		return false
	case r <= 0x31FF, // kanbun, strokes, phonetic extensions
		0x3400 <= r && r <= 0x4DBF,
		0x4E00 <= r && r <= 0x9FFF,
		0xF900 <= r && r <= 0xFAFF,
		0xFE30 <= r && r <= 0xFE4F,
		0xFF01 <= r && r <= 0xFF9F, // fullwidth forms
		0x16FE0 <= r && r <= 0x1B16F,
		0x20000 <= r && r <= 0x3FFFF:
		return true
	}
	return false
}

// isHangul reports whether r is a Korean letter. Korean puts spaces between
// words.
func isHangul(r rune) bool {
	return r >= 0x1100 && (r <= 0x11FF ||
		0x3130 <= r && r <= 0x318F ||
		0xA960 <= r && r <= 0xA97F ||
		0xAC00 <= r && r <= 0xD7FF)
}

// joinsLines reports whether the soft line break after n stands between two
// CJK characters, so that it must not become a space. It looks into emphasis,
// links and code on either side.
func joinsLines(n *ast.Text, source []byte) bool {
	next := n.NextSibling()
	if next == nil {
		return false
	}
	before, left := rune(0), farthestEdge
	for p := ast.Node(n); p != nil && before == 0 && left > 0; p = p.PreviousSibling() {
		before = edgeRune(p, source, true, &left)
	}
	if !isCJK(before) {
		return false
	}
	after, left := rune(0), farthestEdge
	for p := next; p != nil && after == 0 && left > 0; p = p.NextSibling() {
		after = edgeRune(p, source, false, &left)
	}
	return isCJK(after)
}

// farthestEdge is how many nodes without a character are passed over. No line that anybody writes has so many at its end.
const farthestEdge = 64

// edgeRune returns the first or the last character of n, 0 if it has none in as many nodes as are left to be looked at.
func edgeRune(n ast.Node, source []byte, last bool, left *int) rune {
	if *left--; *left < 0 {
		return 0
	}
	var text []byte
	switch n := n.(type) {
	case *ast.Text:
		text = bytes.TrimSuffix(n.Segment.Value(source), []byte{'\n'})
	case *ast.String:
		text = n.Value
	case *ast.AutoLink:
		text = n.Label(source)
	case *ast.RawHTML:
		return 0
	default:
		c, step := n.FirstChild(), ast.Node.NextSibling
		if last {
			c, step = n.LastChild(), ast.Node.PreviousSibling
		}
		for ; c != nil; c = step(c) {
			if r := edgeRune(c, source, last, left); r != 0 || *left <= 0 {
				return r
			}
		}
		return 0
	}
	r, size := utf8.DecodeRune(text)
	if last {
		r, size = utf8.DecodeLastRune(text)
	}
	if size == 0 {
		return 0
	}
	return r
}
