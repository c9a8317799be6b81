package funcs

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tag is a piece of HTML markup: a tag, comment, declaration, or the content
// of a script or style element.
type tag struct {
	name    string // lower case; "" for what isn't a tag
	closing bool
	void    bool // it never has content, or closes itself
	end     int  // its length in bytes
}

// scanTag reads the markup at the beginning of s, which begins with "<". It
// is false when that is text. Markup that isn't closed goes on to the end.
// A script or style element is read as a whole.
func scanTag(s string) (t tag, ok bool) {
	switch {
	case strings.HasPrefix(s, "<!--"):
		return tag{end: through(s, 4, "-->")}, true
	case strings.HasPrefix(s, "<!"), strings.HasPrefix(s, "<?"):
		return tag{end: through(s, 2, ">")}, true
	}
	i := 1
	if strings.HasPrefix(s, "</") {
		t.closing = true
		i = 2
	}
	if i >= len(s) || !isASCIILetter(s[i]) {
		return tag{}, false
	}
	start := i
	for i < len(s) && strings.IndexByte(" \t\r\n\f/>", s[i]) < 0 {
		i++
	}
	t.name = strings.ToLower(s[start:i])
	t.end = tagEnd(s, i)
	t.void = isVoid(t.name) || strings.HasSuffix(s[:t.end], "/>")
	if !t.closing && (t.name == "script" || t.name == "style") {
		t.void = true
		t.end = rawEnd(s, t.end, t.name)
	}
	return t, true
}

func isASCIILetter(c byte) bool {
	return 'a' <= lowerASCII(c) && lowerASCII(c) <= 'z'
}

// through returns the index behind the first end in s from from on, or len(s).
func through(s string, from int, end string) int {
	if i := strings.Index(s[from:], end); i >= 0 {
		return from + i + len(end)
	}
	return len(s)
}

// tagEnd returns the index behind the ">" that closes a tag, from within it.
func tagEnd(s string, i int) int {
	var quote byte
	value := false // whether an attribute's value comes next
	for ; i < len(s); i++ {
		c := s[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '>':
			return i + 1
		case value && (c == '"' || c == '\''):
			quote = c
		}
		value = c == '=' || value && strings.IndexByte(" \t\r\n\f", c) >= 0
	}
	return len(s)
}

// rawEnd returns the index behind the end tag of a script or style element.
func rawEnd(s string, i int, name string) int {
	for ; i < len(s); i++ {
		rest := s[i:]
		if rest[0] != '<' || len(rest) < 2+len(name) || rest[1] != '/' {
			continue
		}
		if strings.EqualFold(rest[2:2+len(name)], name) {
			return through(s, i, ">")
		}
	}
	return len(s)
}

func isVoid(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link",
		"meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}

// isInline reports whether an element stands within a line of text.
func isInline(name string) bool {
	switch name {
	case "", "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
		"em", "font", "i", "img", "ins", "kbd", "label", "mark", "math", "q", "rp", "rt",
		"ruby", "s", "samp", "script", "small", "span", "strike", "strong", "style", "sub",
		"sup", "svg", "time", "tt", "u", "var", "wbr":
		return true
	}
	return strings.Contains(name, "-") // a custom element
}

// Plainify returns the text of HTML: without tags, comments, scripts and
// styles, each run of white space reduced to its first character. The ends
// of paragraphs and <br> become newlines, other newlines and edges of blocks
// spaces. Of a formula in MathML that has its source as annotation, that is
// the text. Entities stay as they are and a "<" that is text becomes &lt;, so the
// result is safe as HTML. A string without "<" and ">" is returned as it is.
func Plainify(html string) string {
	if !strings.ContainsAny(html, "<>") {
		return html
	}
	var b strings.Builder
	b.Grow(len(html))
	space := true  // the last character is white space, or there is none yet
	noFormula := 0 // up to where none has its source as annotation
	for i := 0; i < len(html); {
		if html[i] != '<' {
			r, n := utf8.DecodeRuneInString(html[i:])
			isSpace := unicode.IsSpace(r)
			switch {
			case isSpace && space && b.Len() > 0:
			case r == '\n':
				b.WriteByte(' ')
			default:
				b.WriteString(html[i : i+n])
			}
			space = isSpace
			i += n
			continue
		}
		t, ok := scanTag(html[i:])
		if !ok {
			b.WriteString("&lt;")
			space = false
			i++
			continue
		}
		if t.name == "math" && !t.closing && i >= noFormula {
			source, end, ok := formula(html[i:])
			if ok {
				b.WriteString(strings.Join(strings.Fields(source), " "))
				space = false
				i += end
				continue
			}
			noFormula = i + end
		}
		i += t.end
		switch {
		case space || isInline(t.name):
		case t.name == "br" || t.name == "p" && t.closing:
			b.WriteByte('\n')
			space = true
		default:
			b.WriteByte(' ')
			space = true
		}
	}
	return b.String()
}

// formula returns the source of a formula in MathML, which html begins with, and where
// the formula ends. It is false if the source is not there as annotation.
func formula(html string) (source string, end int, ok bool) {
	end = through(html, 0, "</math>")
	_, source, _ = strings.Cut(html[:end], "<annotation ")
	_, source, _ = strings.Cut(source, ">")
	source, _, ok = strings.Cut(source, "</annotation>")
	return source, end, ok
}
