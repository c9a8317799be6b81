package minifier

import "bytes"

// text copies text. A run of white space becomes one line break if it holds
// one, and one space if not, which is what CSS makes of it (CSS Text 3, 4.1)
// unless the white-space property says otherwise. Nothing is ever dropped
// between two elements: any element may be styled as an inline block.
func (h *htmlMinifier) text(b []byte) {
	if len(b) == 0 {
		return
	}
	if !h.body {
		switch {
		case !isBlank(b):
			h.head, h.body = false, true
		case h.head && !h.opt.KeepWhitespace && !h.lost:
			return
		}
	}
	if h.opt.KeepWhitespace || h.lost || len(h.keeping) > 0 {
		h.dst = appendEntities(h.dst, b)
		h.space = false
		return
	}
	for i := 0; i < len(b); {
		start := i
		for i < len(b) && (textClasses[b[i]] == textPlain || i > start && staysSpace(b, i)) {
			i++
		}
		if i > start {
			h.dst = append(h.dst, b[start:i]...)
			h.space = false
			continue
		}
		if textClasses[b[i]] == textSpace {
			i = h.whiteSpace(b, i)
			continue
		}
		c, n := shortEntity(b[i:])
		h.dst = append(h.dst, c)
		h.space = false
		i += n
	}
}

// staysSpace reports whether the character at b[i], behind a plain one, is white space between two
// words that stays as it is.
func staysSpace(b []byte, i int) bool {
	return (b[i] == ' ' || b[i] == '\n') && b[i-1] != ';' && i+1 < len(b) && textClasses[b[i+1]] == textPlain
}

// whiteSpace copies the run of white space at b[i], and returns its end.
func (h *htmlMinifier) whiteSpace(b []byte, i int) int {
	c := byte(' ')
	for ; i < len(b) && isSpace(b[i]); i++ {
		if b[i] == '\n' || b[i] == '\r' {
			c = '\n'
		}
	}
	if !h.space {
		if bytes.HasSuffix(h.dst[h.start:], []byte("&amp;")) { // before white space it needs no reference
			h.dst = h.dst[:len(h.dst)-len("amp;")]
		}
		h.dst = append(h.dst, c)
		h.space = true
	} else if c == '\n' { // goes on after a comment that was dropped
		h.dst[len(h.dst)-1] = c
	}
	return i
}

// appendEntities appends b with shorter characters for their references.
func appendEntities(dst, b []byte) []byte {
	for {
		i := bytes.IndexByte(b, '&')
		if i < 0 {
			return append(dst, b...)
		}
		c, n := shortEntity(b[i:])
		dst = append(dst, b[:i]...)
		dst = append(dst, c)
		b = b[i+n:]
	}
}

// shortEntity returns the character for the reference that b, which begins
// with &, begins with, and the reference's length. It knows those that
// templates and Markdown write for characters that need none in a text or a
// quoted value, and returns & itself for every other.
func shortEntity(b []byte) (byte, int) {
	if len(b) >= len("&#39;") && b[1] == '#' && b[4] == ';' {
		switch string(b[2:4]) {
		case "34", "39", "43", "62", "96":
			return (b[2]-'0')*10 + b[3] - '0', len("&#39;")
		}
		return '&', 1
	}
	switch {
	case bytes.HasPrefix(b, []byte("&gt;")):
		return '>', len("&gt;")
	case bytes.HasPrefix(b, []byte("&quot;")):
		return '"', len("&quot;")
	case bytes.HasPrefix(b, []byte("&apos;")):
		return '\'', len("&apos;")
	}
	return '&', 1
}

// A textClass is what a character means in a text.
type textClass uint8

const (
	textPlain textClass = iota
	textSpace
	textEntity
)

var textClasses = [256]textClass{
	'\t': textSpace, '\n': textSpace, '\f': textSpace, '\r': textSpace, ' ': textSpace,
	'&': textEntity,
}

// isSpace reports whether c is ASCII white space. A no-break space or any
// other Unicode space is a character like all others.
func isSpace(c byte) bool { return textClasses[c] == textSpace }

// isBlank reports whether b is nothing but ASCII white space.
func isBlank(b []byte) bool {
	for _, c := range b {
		if !isSpace(c) {
			return false
		}
	}
	return true
}

// isLetter reports whether c is an ASCII letter.
func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// isDigit reports whether c is an ASCII digit.
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
