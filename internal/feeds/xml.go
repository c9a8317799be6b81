package feeds

import (
	"bytes"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"
)

const xmlHeader = `<?xml version="1.0" encoding="utf-8"?>` + "\n"

// An escape is how a byte of ASCII is written.
type escape uint8

const (
	plain   escape = iota
	entity         // as a reference
	dropped        // not at all: XML 1.0 (section 2.2) forbids it
	invalid        // as U+FFFD
	longer         // it begins a character that needs a look
)

// escapes says how XML holds each byte.
var escapes = func() (t [256]escape) {
	for c := range t {
		switch {
		case c >= utf8.RuneSelf:
			t[c] = longer
		case c < ' ' && c != '\t' && c != '\n':
			t[c] = dropped
		}
	}
	for _, c := range `&<>"` {
		t[c] = entity
	}
	return t
}()

// references are how the special characters are written.
type references [utf8.RuneSelf]string

var (
	forXML = references{'&': "&amp;", '<': "&lt;", '>': "&gt;", '"': "&#34;"}
	// forPlain is for plain text that some readers take for HTML: the RSS
	// profile recommends it.
	forPlain = references{'&': "&#x26;", '<': "&#x3C;", '>': "&#x3E;", '"': "&#34;"}
	// forHTML is for plain text that all readers take for HTML: XML's references
	// to HTML's.
	forHTML = references{'&': "&amp;amp;", '<': "&amp;lt;", '>': "&amp;gt;", '"': "&#34;"}
)

// appendText appends plain text for the content of an element, or for an
// attribute value in double quotes. What XML can't hold is left out, and line
// ends become \n.
func appendText(dst []byte, s string, refs *references) []byte {
	start := 0
	for i := 0; i < len(s); {
		if escapes[s[i]] == plain {
			i++
			continue
		}
		kind, size := classify(s, i)
		if kind == plain {
			i += size
			continue
		}
		dst = append(dst, s[start:i]...)
		if kind == entity {
			dst = append(dst, refs[s[i]]...)
		} else {
			dst = appendInstead(dst, kind, s, i)
		}
		i += size
		start = i
	}
	return append(dst, s[start:]...)
}

// appendCDATA appends HTML as a CDATA section. What XML can't hold is left out,
// and line ends become \n.
func appendCDATA(dst, s []byte) []byte {
	dst = append(dst, "<![CDATA["...)
	body := len(dst)
	start := 0
	for i := 0; i < len(s); {
		if kind := escapes[s[i]]; kind == plain || kind == entity && s[i] != '>' {
			i++
			continue
		}
		kind, size := classify(s, i)
		switch kind {
		case plain:
		case entity:
			dst = append(dst, s[start:i]...)
			start = i
			if bytes.HasSuffix(dst[body:], []byte("]]")) {
				dst = append(dst, "]]><![CDATA["...)
			}
		default:
			dst = append(dst, s[start:i]...)
			dst = appendInstead(dst, kind, s, i)
			start = i + size
		}
		i += size
	}
	dst = append(dst, s[start:]...)
	return append(dst, "]]>"...)
}

// classify returns how the character at i is written, and its length.
func classify[T string | []byte](s T, i int) (escape, int) {
	kind := escapes[s[i]]
	if kind != longer {
		return kind, 1
	}
	r, size := decodeRune(s, i)
	switch {
	case r == utf8.RuneError && size == 1:
		return invalid, 1
	case r == 0xfffe || r == 0xffff:
		return dropped, size
	}
	return plain, size
}

func decodeRune[T string | []byte](s T, i int) (rune, int) {
	return utf8.DecodeRuneInString(string(s[i:min(len(s), i+utf8.UTFMax)]))
}

// appendInstead appends what stands in for a character that XML can't hold.
func appendInstead[T string | []byte](dst []byte, kind escape, s T, i int) []byte {
	switch {
	case kind == invalid:
		return utf8.AppendRune(dst, utf8.RuneError)
	case s[i] == '\r' && (i+1 == len(s) || s[i+1] != '\n'):
		return append(dst, '\n')
	}
	return dst
}

// appendElement appends an element of plain text, unless the text is blank.
func appendElement(dst []byte, name, text string) []byte {
	return appendReferences(dst, name, text, &forXML)
}

// appendReferences is appendElement with the choice of references.
func appendReferences(dst []byte, name, text string, refs *references) []byte {
	if blank(text) {
		return dst
	}
	dst = appendTag(dst, name)
	dst = appendText(dst, text, refs)
	return appendEndTag(dst, name)
}

func appendTag(dst []byte, name string) []byte {
	dst = append(dst, '<')
	dst = append(dst, name...)
	return append(dst, '>')
}

func appendEndTag(dst []byte, name string) []byte {
	dst = append(dst, "</"...)
	dst = append(dst, name...)
	return append(dst, ">\n"...)
}

// appendAttr appends an attribute, unless its value is empty.
func appendAttr(dst []byte, name, value string) []byte {
	if value == "" {
		return dst
	}
	dst = append(dst, ' ')
	dst = append(dst, name...)
	dst = append(dst, `="`...)
	dst = appendText(dst, value, &forXML)
	return append(dst, '"')
}

// appendLength appends the attribute of an enclosure's length.
func appendLength(dst []byte, n int64) []byte {
	dst = append(dst, ` length="`...)
	dst = strconv.AppendInt(dst, n, 10)
	return append(dst, '"')
}

// appendTime appends an element with a date, unless it is zero.
func appendTime(dst []byte, name string, t time.Time, layout string) []byte {
	if t.IsZero() {
		return dst
	}
	dst = appendTag(dst, name)
	dst = dateOf(t).AppendFormat(dst, layout)
	return appendEndTag(dst, name)
}

// dateOf returns t in a zone that dates can be written in: one of whole minutes
// less than a day from UTC.
func dateOf(t time.Time) time.Time {
	if _, offset := t.Zone(); offset%60 != 0 || offset <= -24*60*60 || offset >= 24*60*60 {
		return t.UTC()
	}
	return t
}

// blank reports whether nothing but white space is left of s in XML.
func blank[T string | []byte](s T) bool {
	for i := 0; i < len(s); {
		kind, size := classify(s, i)
		if kind != dropped {
			if r, _ := decodeRune(s, i); !unicode.IsSpace(r) {
				return false
			}
		}
		i += size
	}
	return true
}
