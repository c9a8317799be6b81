package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// rawHTMLParser is goldmark's parser of raw HTML in lines, CommonMark 0.31.2 section 6.6, which has
// regular expressions for tags. Those that are in a single line are found without them.
type rawHTMLParser struct{ parser.InlineParser }

func (p rawHTMLParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	n, ok := tagLength(line)
	if !ok || segment.Padding > 0 {
		return p.InlineParser.Parse(parent, block, pc)
	}
	if n == 0 {
		return nil
	}
	raw := ast.NewRawHTML()
	raw.Segments.Append(text.NewSegment(segment.Start, segment.Start+n))
	block.Advance(n)
	return raw
}

// tagLength returns the length of the tag that line begins with, 0 if it begins with none. It is not ok where
// that is for goldmark to find out: if the line ends before, for other markup, and beyond ASCII.
func tagLength(line []byte) (n int, ok bool) {
	at := 1
	end := byteAt(line, 1) == '/'
	if end {
		at = 2
	}
	if !isLetter(byteAt(line, at)) {
		return 0, false
	}
	for at < len(line) && isTagByte(line[at], "-") {
		at++
	}
	for {
		from := at
		at = skipBlank(line, at)
		if at >= len(line) {
			return 0, false
		}
		switch c := line[at]; {
		case c == '>':
			return wholeTag(line, at+1)
		case c == '/' && !end:
			if at+1 == len(line) {
				return 0, false
			}
			if line[at+1] != '>' {
				return 0, true
			}
			return wholeTag(line, at+2)
		case end || at == from || !isLetter(c) && c != '_' && c != ':':
			return 0, true
		}
		if at, ok = attributeEnd(line, at); !ok || at == 0 {
			return 0, ok
		}
	}
}

func wholeTag(line []byte, n int) (length int, ok bool) {
	for _, c := range line[:n] {
		if c >= 0x80 || c == '\r' {
			return 0, false
		}
	}
	return n, n < len(line)
}

// attributeEnd returns where the attribute ends whose name begins at an offset of line, 0 if it is none. It
// is not ok if the line ends before.
func attributeEnd(line []byte, at int) (end int, ok bool) {
	for at < len(line) && isTagByte(line[at], ":._-") {
		at++
	}
	value := skipBlank(line, at)
	if value >= len(line) {
		return 0, false
	}
	if line[value] != '=' {
		return at, true
	}
	if value = skipBlank(line, value+1); value >= len(line) {
		return 0, false
	}
	if q := line[value]; q == '"' || q == '\'' {
		n := bytes.IndexByte(line[value+1:], q)
		return value + n + 2, n >= 0
	}
	end = value
	for end < len(line) && line[end] > ' ' && strings.IndexByte("\"'=<>`", line[end]) < 0 {
		end++
	}
	if end == value {
		return 0, true
	}
	return end, true
}

// isTagByte reports whether c is a letter, a digit or one of some marks.
func isTagByte(c byte, marks string) bool {
	return isLetter(c) || c >= '0' && c <= '9' || strings.IndexByte(marks, c) >= 0
}

func skipBlank(line []byte, at int) int {
	for at < len(line) && (line[at] == ' ' || line[at] == '\t' || line[at] == '\n' || line[at] == '\r') {
		at++
	}
	return at
}
