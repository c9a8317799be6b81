package funcs

import (
	"fmt"
	"html"
	"html/template"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Truncate shortens text to a number of characters, at the end of a word if
// it can, and adds an ellipsis: truncate LENGTH [ELLIPSIS] INPUT. The default
// ellipsis is " …". An input of type template.HTML keeps its tags, which
// aren't counted and are closed; every other input is escaped.
func (Strings) Truncate(length any, args ...any) (template.HTML, error) {
	if len(args) == 0 || len(args) > 2 {
		return "", miscount("truncate", "a length, an ellipsis and an input", 1+len(args))
	}
	n, err := whole("truncate", "the length", length)
	if err != nil {
		return "", err
	}
	if n < 0 {
		return "", fmt.Errorf("truncate: the length %d is negative", n)
	}
	ellipsis := " …"
	if len(args) == 2 {
		if ellipsis, err = text("truncate", args[0]); err != nil {
			return "", err
		}
		if _, ok := args[0].(template.HTML); !ok {
			ellipsis = html.EscapeString(ellipsis)
		}
	}
	in := args[len(args)-1]
	s, err := text("truncate", in)
	if err != nil {
		return "", err
	}
	if _, ok := in.(template.HTML); ok {
		return template.HTML(Truncate(s, n, ellipsis)), nil
	}
	end, _, cut := cutText(s, n, false)
	if !cut {
		ellipsis = ""
	}
	return template.HTML(html.EscapeString(s[:end]) + ellipsis), nil
}

// Truncate shortens HTML to a number of characters of text, at the end of a
// word unless the first word is longer than that. It adds the ellipsis and
// closes the open elements. An entity is one character. HTML that isn't longer
// is returned as it is.
func Truncate(html string, length int, ellipsis string) string {
	end, open, cut := cutText(html, length, true)
	if !cut {
		return html
	}
	var b strings.Builder
	b.WriteString(html[:end])
	b.WriteString(ellipsis)
	for _, name := range slices.Backward(open) {
		b.WriteString("</" + name + ">")
	}
	return b.String()
}

// cutText finds where to cut s so that at most length characters stay, and
// which elements are open there. cut is false if s isn't longer.
func cutText(s string, length int, markup bool) (end int, open []string, cut bool) {
	var tags []placedTag
	count := 0
	word, last := 0, 0 // the ends of the last whole word and the last character
	for i := 0; i < len(s); {
		if markup && s[i] == '<' {
			if t, ok := scanTag(s[i:]); ok {
				word = last
				if t.name != "" && !t.void {
					tags = append(tags, placedTag{t, i})
				}
				i += t.end
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if markup && r == '&' {
			n = entityLen(s[i:])
		}
		count++
		space, cjk := unicode.IsSpace(r), isCJK(r)
		if space || cjk {
			word = last
		}
		if count > length {
			if word == 0 { // the first word is too long
				word = i
			}
			return word, openElements(tags, word), true
		}
		i += n
		if !space {
			last = i
		}
		if cjk {
			word = last
		}
	}
	return len(s), nil, false
}

// placedTag is a tag and where it begins.
type placedTag struct {
	tag
	pos int
}

// openElements returns the names of the elements that are open at end.
func openElements(tags []placedTag, end int) []string {
	var open []string
	for _, t := range tags {
		switch {
		case t.pos >= end:
			return open
		case !t.closing:
			open = append(open, t.name)
		default:
			for i, name := range slices.Backward(open) {
				if name == t.name {
					open = open[:i]
					break
				}
			}
		}
	}
	return open
}

// entityLen returns the length in bytes of the entity at the beginning of s,
// or 1 when there is none.
func entityLen(s string) int {
	const longest = 33 // &CounterClockwiseContourIntegral;
	for i := 1; i < len(s) && i < longest; i++ {
		switch c := s[i]; {
		case c == ';' && i > 1:
			return i + 1
		case !isASCIILetter(c) && (c < '0' || c > '9') && c != '#':
			return 1
		}
	}
	return 1
}
