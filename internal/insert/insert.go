// Package insert marks places in a text at which finished HTML is put in later.
//
// A marker is the number of the HTML in a list, between two control characters that
// Markdown and HTML escaping leave alone. Who writes a marker into the text by hand gets
// nothing that is not in the text already.
package insert

import (
	"bytes"
	"strconv"
	"strings"
)

// A marker is Open, decimal digits, Close.
const (
	Open  = '\x02'
	Close = '\x03'
)

// maxDigits is how long a number may be.
const maxDigits = 9

// Append appends the marker of number i, which is not negative.
func Append(dst []byte, i int) []byte {
	return append(strconv.AppendInt(append(dst, Open), int64(i), 10), Close)
}

// At returns the number of the marker with which text begins, and the marker's length;
// it is false when text does not begin with one.
func At[T []byte | string](text T) (i, length int, ok bool) {
	if len(text) < 3 || text[0] != Open {
		return 0, 0, false
	}
	for n := 1; n < len(text) && n <= maxDigits+1; n++ {
		switch c := text[n]; {
		case c == Close && n > 1:
			return i, n + 1, true
		case c < '0' || c > '9':
			return 0, 0, false
		default:
			i = 10*i + int(c-'0')
		}
	}
	return 0, 0, false
}

// Expand appends text with every marker replaced by its HTML. A marker that has none,
// and control characters that stand alone, are dropped.
func Expand(dst, text []byte, html []string) []byte {
	for {
		at := bytes.IndexAny(text, string([]byte{Open, Close}))
		if at < 0 {
			return append(dst, text...)
		}
		dst = append(dst, text[:at]...)
		i, length, ok := At(text[at:])
		if !ok {
			text = text[at+1:]
			continue
		}
		if i < len(html) {
			dst = append(dst, html[i]...)
		}
		text = text[at+length:]
	}
}

// ExpandString is Expand for a string, which is returned as it is when nothing is to be done.
func ExpandString(text string, html []string) string {
	if !strings.ContainsAny(text, string([]byte{Open, Close})) {
		return text
	}
	return string(Expand(nil, []byte(text), html))
}

// Replace returns text with those markers replaced for which by returns something.
func Replace(text string, by func(i int) (string, bool)) string {
	var out strings.Builder
	for at := 0; ; at++ {
		next := strings.IndexByte(text[at:], Open)
		if next < 0 {
			break
		}
		at += next
		i, length, ok := At(text[at:])
		if !ok {
			continue
		}
		s, ok := by(i)
		if !ok {
			continue
		}
		out.WriteString(text[:at] + s)
		text, at = text[at+length:], -1
	}
	return out.String() + text
}
