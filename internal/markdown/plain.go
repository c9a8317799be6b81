package markdown

import (
	"bytes"
	"html"

	"github.com/jam-go/jam/internal/insert"
)

// plainText returns the text of HTML that Render made: without tags, comments,
// scripts and styles, with entities resolved, and with one line break between
// blocks. Of a formula in MathML that has its source as annotation, that is the text.
func plainText(src []byte) string {
	out := make([]byte, 0, len(src))
	pre := false         // in preformatted text, where all white space counts
	formulas := len(src) // with more bytes left than these, no formula has its source as annotation
	for len(src) > 0 {
		i := bytes.IndexByte(src, '<')
		if i < 0 {
			i = len(src)
		}
		text := src[:i]
		if atLineStart := len(out) == 0 || out[len(out)-1] == '\n'; atLineStart && !pre {
			text = bytes.TrimLeft(text, " \t\n")
		}
		out = append(out, text...)
		if src = src[i:]; len(src) == 0 {
			break
		}
		name := string(tagName(src))
		if name == "pre" {
			pre = src[1] != '/'
		}
		if name == "math" && src[1] != '/' && len(src) <= formulas {
			source, rest, ok := formula(src)
			if ok {
				out = append(out, bytes.Join(bytes.Fields(source), []byte(" "))...)
				src = rest
				continue
			}
			formulas = len(rest)
		}
		var breaks bool
		if src, breaks = skipTag(src); breaks {
			if out = bytes.TrimRight(out, " \t\n"); len(out) > 0 {
				out = append(out, '\n')
			}
		}
	}
	return insert.ExpandString(html.UnescapeString(string(bytes.TrimSpace(out))), nil) // also without &#2;
}

// skipTag returns what follows the tag, comment or script at the start of s,
// and whether it separates words.
func skipTag(s []byte) (rest []byte, breaks bool) {
	if len(s) > 1 && s[1] == '!' && bytes.HasPrefix(s, []byte("<!--")) {
		return after(s[2:], "-->"), false
	}
	name := tagName(s)
	s = s[tagEnd(s):]
	switch string(name) {
	case "script", "style", "template":
		return after(s, "</"+string(name)), true
	}
	return s, !isPhrasing(name)
}

// formula returns the source of a formula in MathML, which s begins with, and what follows
// the formula. It is false if the source is not there as annotation.
func formula(s []byte) (source, rest []byte, ok bool) {
	s, rest, _ = bytes.Cut(s, []byte("</math>"))
	_, source, _ = bytes.Cut(s, []byte("<annotation "))
	_, source, _ = bytes.Cut(source, []byte(">"))
	source, _, ok = bytes.Cut(source, []byte("</annotation>"))
	return source, rest, ok
}

// after returns what follows end in s, in any case of letters; nothing if s has
// no end.
func after(s []byte, end string) []byte {
	for i := 0; i+len(end) <= len(s); i++ {
		if s[i] == end[0] && hasPrefixFold(s[i:], end) {
			s = s[i+len(end):]
			if end[len(end)-1] != '>' {
				s = s[tagEnd(s):]
			}
			return s
		}
	}
	return nil
}

// tagName returns the name of the tag at the start of s, which is changed to
// lower case only where it must be.
func tagName(s []byte) []byte {
	s = bytes.TrimPrefix(s[1:], []byte("/"))
	i, upper := 0, false
	for ; i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z'); i++ {
		upper = upper || s[i] >= 'A' && s[i] <= 'Z'
	}
	if upper {
		return bytes.ToLower(s[:i])
	}
	return s[:i]
}

// tagEnd returns the offset behind the > that ends a tag; one in a quoted
// attribute value does not.
func tagEnd(s []byte) int {
	for i, c := range s {
		switch c {
		case '>':
			return i + 1
		case '=':
			return quotedTagEnd(s)
		}
	}
	return len(s)
}

// quotedTagEnd is tagEnd for a tag with attributes.
func quotedTagEnd(s []byte) int {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '"', '\'':
			end := bytes.IndexByte(s[i+1:], c)
			if end < 0 {
				return len(s)
			}
			i += 1 + end
		case '>':
			return i + 1
		}
	}
	return len(s)
}

// isPhrasing reports whether a tag can stand in the middle of a line, or of a
// word.
func isPhrasing(name []byte) bool {
	switch string(name) {
	case "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "img", "input", "ins",
		"kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var", "wbr":
		return true
	}
	return false
}
