package head

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// writer collects tags. The methods that take a Page are the parts.
type writer struct{ buf []byte }

// meta adds a meta element; attr is name or property. It adds nothing if content is empty.
func (w *writer) meta(attr, name, content string) {
	start := len(w.buf)
	w.buf = append(w.buf, "<meta "...)
	w.buf = append(w.buf, attr...)
	w.buf = append(w.buf, `="`...)
	w.buf = append(w.buf, name...)
	w.buf = append(w.buf, `" content="`...)
	text := len(w.buf)
	if w.text(content); len(w.buf) == text {
		w.buf = w.buf[:start]
		return
	}
	w.buf = append(w.buf, "\">\n"...)
}

func (w *writer) metaInt(name string, n int) {
	if n > 0 {
		w.meta("property", name, strconv.Itoa(n))
	}
}

// link adds a link element with the attributes given as pairs of name and value; those
// that are empty are left out. It adds nothing if href is empty.
func (w *writer) link(rel, href string, attrs ...string) {
	if href == "" {
		return
	}
	w.buf = append(w.buf, `<link rel="`...)
	w.buf = append(w.buf, rel...)
	w.buf = append(w.buf, '"')
	for i := 0; i < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			w.attr(attrs[i], attrs[i+1])
		}
	}
	w.attr("href", href)
	w.buf = append(w.buf, ">\n"...)
}

func (w *writer) attr(name, value string) {
	w.buf = append(w.buf, ' ')
	w.buf = append(w.buf, name...)
	w.buf = append(w.buf, `="`...)
	w.text(value)
	w.buf = append(w.buf, '"')
}

// text adds escaped text on one line: white space around it and control characters go, and
// white space inside becomes a space.
func (w *writer) text(s string) {
	start, space := len(w.buf), false
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c == ' ', '\t' <= c && c <= '\r':
				space = true
				continue
			case c < ' ', c == 0x7F:
				continue
			}
			w.gap(start, &space)
			w.escape(c)
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r) && r != 0xA0: // a no-break space is meant to stay
			space = true
		case isDropped(r):
		default:
			w.gap(start, &space)
			w.buf = utf8.AppendRune(w.buf, r)
		}
		i += n
	}
}

// gap adds a space if there was one, and text before it.
func (w *writer) gap(start int, space *bool) {
	if *space && len(w.buf) > start {
		w.buf = append(w.buf, ' ')
	}
	*space = false
}

func (w *writer) escape(c byte) {
	switch c {
	case '&':
		w.buf = append(w.buf, "&amp;"...)
	case '"':
		w.buf = append(w.buf, "&#34;"...)
	case '<':
		w.buf = append(w.buf, "&lt;"...)
	case '>':
		w.buf = append(w.buf, "&gt;"...)
	default:
		w.buf = append(w.buf, c)
	}
}

// hasText reports whether text would add anything.
func hasText(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r > ' ' && !isDropped(r) && (r == 0xA0 || !unicode.IsSpace(r)) })
}

// firstText returns the first of list that has text.
func firstText(list ...string) string {
	if i := slices.IndexFunc(list, hasText); i >= 0 {
		return list[i]
	}
	return ""
}

// isDropped reports whether r is a control or other code point that is not allowed in HTML.
func isDropped(r rune) bool { return 0x7F <= r && r < 0xA0 || isNonCharacter(r) }

func isNonCharacter(r rune) bool { return r&0xFFFE == 0xFFFE || 0xFDD0 <= r && r <= 0xFDEF }
