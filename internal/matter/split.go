package matter

import (
	"bytes"
	"strings"

	"github.com/jam-go/jam/internal/diag"
)

// A fence is a pair of lines that enclose front matter.
type fence struct {
	open, close string
	format      Format
}

var fences = [...]fence{
	{"---", "---", YAML},
	{"+++", "+++", TOML},
	{"---yaml", "---", YAML},
	{"---toml", "---", TOML},
	{"---json", "---", JSON},
	{";;;", ";;;", JSON},
}

// A head is the place of front matter in a file.
type head struct {
	fence      // with open "{" for bare JSON
	line       int
	start, end int  // of the block, without its fences
	body       int  // offset of the body
	closed     bool // the closing fence is there

	// near is the first line that may have been meant as closing fence.
	near nearFence

	// quote is the offset of a TOML multi-line string that is never closed, or
	// -1.
	quote int
}

type nearFence struct {
	line     int // 0: none
	offset   int
	text     string
	indented bool
}

// blockLine is the line of the file on which the block starts.
func (h *head) blockLine() int {
	if h.open == "{" {
		return h.line
	}
	return h.line + 1
}

// findHead looks for front matter.
func findHead(src []byte) (h head, ok bool) {
	off := len(src) - len(bytes.TrimPrefix(src, byteOrderMark))
	h.line = 1
	line, next := nextLine(src, off)
	for len(bytes.TrimSpace(line)) == 0 {
		if next >= len(src) {
			return h, false
		}
		off = next
		h.line++
		line, next = nextLine(src, off)
	}
	if line[0] == '{' {
		return findJSON(src, off, h.line)
	}
	opening := line
	if line[0] == '\t' { // no break between paragraphs, which may be indented, too
		opening = bytes.TrimLeft(line, " \t")
	}
	for _, f := range fences {
		if isFence(opening, f.open) {
			h.fence, h.start, h.end, h.body = f, next, len(src), len(src)
			h.quote = -1
			h.findClose(src)
			return h, true
		}
	}
	return h, false
}

// nextLine returns the line at off, without its line end, and the offset of the
// next one.
func nextLine(src []byte, off int) (line []byte, next int) {
	i := bytes.IndexByte(src[off:], '\n')
	if i < 0 {
		return src[off:], len(src)
	}
	return bytes.TrimSuffix(src[off:off+i], []byte{'\r'}), off + i + 1
}

// isFence reports whether a line is a fence, with white space allowed after it.
func isFence(line []byte, text string) bool {
	return len(line) >= len(text) && string(line[:len(text)]) == text && isBlank(line[len(text):])
}

func isBlank(line []byte) bool { return len(bytes.TrimLeft(line, " \t\r")) == 0 }

// findClose looks for the closing fence.
func (h *head) findClose(src []byte) {
	var inString tomlStrings
	number := h.line
	for off := h.start; off < len(src); {
		line, next := nextLine(src, off)
		number++
		if h.format == TOML && inString.open != "" {
			inString.scan(line, off)
			off = next
			continue
		}
		if isFence(line, h.close) || h.format == YAML && isFence(line, "...") {
			h.end, h.body, h.closed = off, next, true
			return
		}
		h.noteNear(line, off, number)
		if h.format == TOML {
			inString.scan(line, off)
		}
		off = next
	}
	if inString.open != "" {
		h.quote = inString.offset
	}
}

// noteNear keeps the first line that begins like the closing fence, and rather
// one that is not indented.
func (h *head) noteNear(line []byte, offset, number int) {
	text := bytes.TrimLeft(line, " \t")
	indented := len(text) < len(line)
	if bytes.HasPrefix(text, []byte(h.close)) && (h.near.line == 0 || h.near.indented && !indented) {
		h.near = nearFence{number, offset, string(bytes.TrimRight(line, " \t\r")), indented}
	}
}

// unclosed says what is wrong with front matter that has no closing fence.
func (h *head) unclosed(src []byte) *diag.Error {
	if h.open == "{" {
		return h.unclosedJSON(src)
	}
	if err := h.slip(src); err != nil {
		return err
	}
	if h.quote >= 0 {
		loc := locator{src: src}
		line, column := loc.at(h.quote)
		return diag.At(line, column, "this multi-line string is never closed")
	}
	return diag.At(h.line, 1, "the opening %s is never closed", h.open)
}

// slip returns an error for the line that was likely meant as closing fence: if
// what stands before it is good front matter.
func (h *head) slip(src []byte) *diag.Error {
	if h.near.line == 0 {
		return nil
	}
	root, _ := frontMatterLimits.decode(h.format, src[h.start:h.near.offset], h.line+1)
	if root == nil || root.Kind != Map {
		return nil
	}
	return diag.At(h.near.line, 1, "the closing fence must be exactly %s at the start of a line, not %s", h.close, quoteKey(h.near.text))
}

// tomlStrings follows TOML's strings over lines.
type tomlStrings struct {
	open   string // the delimiter of the multi-line string that goes on, or ""
	offset int    // where it began
}

// scan takes the next line, which is at an offset.
func (s *tomlStrings) scan(line []byte, offset int) {
	for i := 0; i < len(line); {
		rest := line[i:]
		if s.open != "" {
			i += s.inString(rest)
			continue
		}
		switch c := rest[0]; {
		case c == '#':
			return
		case bytes.HasPrefix(rest, []byte(`"""`)):
			s.open, s.offset = `"""`, offset+i
			i += 3
		case bytes.HasPrefix(rest, []byte(`'''`)):
			s.open, s.offset = `'''`, offset+i
			i += 3
		case c == '"' || c == '\'':
			i += 1 + endOfString(rest[1:], c)
		default:
			i++
		}
	}
}

// inString returns how many bytes of a line to skip inside a multi-line string,
// which ends at the last of up to five quotes.
func (s *tomlStrings) inString(rest []byte) int {
	q := s.open[0]
	switch {
	case q == '"' && rest[0] == '\\':
		return min(2, len(rest))
	case !bytes.HasPrefix(rest, []byte(s.open)):
		return 1
	}
	s.open = ""
	n := 3
	for n < 5 && n < len(rest) && rest[n] == q {
		n++
	}
	return n
}

// endOfString returns the offset after the closing quote of a string of one
// line, or the line's length.
func endOfString(line []byte, quote byte) int {
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == quote:
			return i + 1
		case line[i] == '\\' && quote == '"':
			i++
		}
	}
	return len(line)
}

// findJSON looks for bare JSON at an offset.
func findJSON(src []byte, off, line int) (h head, ok bool) {
	if t := bytes.TrimLeft(src[off+1:], " \t\r\n"); len(t) == 0 || t[0] != '"' && t[0] != '}' {
		return h, false
	}
	h = head{fence: fence{"{", "}", JSON}, line: line, start: off, end: len(src), body: len(src)}
	depth := 0
	for i := off; i < len(src); i++ {
		switch src[i] {
		case '"':
			i += endOfJSONString(src[i+1:])
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		if depth == 0 {
			h.end, h.body, h.closed = i+1, i+1, true
			if rest, next := nextLine(src, i+1); isBlank(rest) {
				h.body = next
			}
			break
		}
	}
	return h, true
}

// endOfJSONString returns the offset after the closing quote of a string or, if
// it is not closed on its line, of the line: what follows is better read as
// structure.
func endOfJSONString(src []byte) int {
	for i := 0; i < len(src); i++ {
		switch src[i] {
		case '"':
			return i + 1
		case '\n':
			return i
		case '\\':
			i++
		}
	}
	return len(src)
}

// unclosedJSON explains why the opening brace has no match: a syntax error, or
// else nothing but the brace that is missing.
func (h *head) unclosedJSON(src []byte) *diag.Error {
	b := builder{limits: frontMatterLimits}
	b.json(src[h.start:], locator{src: src[h.start:], base: h.line - 1})
	if len(b.errs) == 0 || strings.Contains(b.errs[0].Error(), "unexpected end") {
		return diag.At(h.line, 1, "the opening { is never closed")
	}
	return b.errs[0]
}
