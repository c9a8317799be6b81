package htmlscan

import (
	"bytes"
	"html"
	"strings"
)

// references reports what is wrong with the character references of a text or,
// with other rules, of an attribute's value.
func (s *Scanner) references(start, end int, attribute bool) {
	for at := start; ; {
		i := bytes.IndexByte(s.src[at:end], '&')
		if i < 0 {
			return
		}
		at += i
		n, code := reference(s.src[at:end], attribute)
		if code != None {
			s.problem(at, code)
		}
		at += n
	}
}

// reference returns the length of the reference, or of what is none, that b
// begins with, and what is wrong with it.
func reference(b []byte, attribute bool) (n int, code Code) {
	if len(b) > 1 && b[1] == '#' {
		return number(b)
	}
	n = 1
	for n < len(b) && isAlnum(b[n]) {
		n++
	}
	switch {
	case n == 1:
		return n, None
	case n < len(b) && b[n] == ';':
		n++
		if isCommon(b[1:n-1]) || known(b[:n]) {
			return n, None
		}
		return n, UnknownReference
	case attribute && n < len(b) && b[n] == '=':
		return n, None
	}
	// Some names count without a semicolon, also with letters after them, but these not in attributes.
	if k := legacy(b[:n]); k > 0 && (k == n || !attribute) {
		return k, MissingSemicolon
	}
	return n, None
}

// isCommon tells whether a name is one of those that nearly all references have.
func isCommon(name []byte) bool {
	switch string(name) {
	case "amp", "lt", "gt", "quot", "nbsp", "apos":
		return true
	}
	return false
}

// known tells whether a reference, with its semicolon, stands for a character.
func known(ref []byte) bool {
	text := string(ref)
	return !strings.HasSuffix(html.UnescapeString(text), ";") || text == "&semi;"
}

// legacy returns the length of the longest reference without semicolon that b
// begins with.
func legacy(b []byte) int {
	const longest = 7 // &Atilde
	for n := min(len(b), longest); n > 2; n-- {
		if text := string(b[:n]); html.UnescapeString(text) != text && known([]byte(text+";")) && !partly(text) {
			return n
		}
	}
	return 0
}

// partly tells whether only a part of the text is a reference.
func partly(text string) bool {
	out := html.UnescapeString(text)
	return len(out) > 1 && out[len(out)-1] == text[len(text)-1] && html.UnescapeString(text[:len(text)-1])+text[len(text)-1:] == out
}

func isAlnum(c byte) bool { return isLetter(c) || c >= '0' && c <= '9' }

// number reads a reference by number.
func number(b []byte) (n int, code Code) {
	n, base := 2, 10
	if n < len(b) && b[n]|0x20 == 'x' {
		n, base = 3, 16
	}
	first, value := n, 0
	for ; n < len(b); n++ {
		d := digit(b[n])
		if d >= base {
			break
		}
		const beyond = 0x110000
		value = min(value*base+d, beyond)
	}
	switch {
	case n == first:
		return n, NoDigits
	case n == len(b) || b[n] != ';':
		return n, MissingSemicolon
	case value == 0, value > 0x10ffff, value >= 0xd800 && value <= 0xdfff,
		value < ' ' && !isSpace(byte(value)), value >= 0x7f && value <= 0x9f, value == '\r':
		return n + 1, BadReference
	}
	return n + 1, None
}

func digit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return 99
}

// Unescape returns a text with its character references decoded.
func Unescape(text []byte) string {
	if bytes.IndexByte(text, '&') < 0 {
		return string(text)
	}
	return html.UnescapeString(string(text))
}

// UnescapeAttr returns an attribute's value with its character references
// decoded: those without a semicolon count less often than in a text, so that
// ?a=1&copy=2 stays as it is.
func UnescapeAttr(value []byte) string {
	if bytes.IndexByte(value, '&') < 0 {
		return string(value)
	}
	var b strings.Builder
	for len(value) > 0 {
		i := bytes.IndexByte(value, '&')
		if i < 0 {
			break
		}
		b.Write(value[:i])
		value = value[i:]
		n, code := reference(value, true)
		switch part := string(value[:n]); {
		case n > 1 && code != UnknownReference && (part[n-1] == ';' || code == MissingSemicolon):
			b.WriteString(html.UnescapeString(part))
		default:
			b.WriteString(part)
		}
		value = value[n:]
	}
	b.Write(value)
	return b.String()
}
