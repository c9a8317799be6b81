package funcs

import (
	"html"
	"html/template"
	"strings"
	"unicode/utf8"
)

// Transform is the namespace transform, without the functions that need a
// Markdown renderer or a highlighter.
type Transform struct{ lib *library }

// HTMLEscape replaces & < > ' " by entities: htmlEscape INPUT.
func (Transform) HTMLEscape(in any) (string, error) {
	s, err := text("htmlEscape", in)
	return html.EscapeString(s), err
}

// HTMLUnescape replaces entities by their characters: htmlUnescape INPUT.
func (Transform) HTMLUnescape(in any) (string, error) {
	s, err := text("htmlUnescape", in)
	return html.UnescapeString(s), err
}

// Plainify returns the text of HTML: plainify INPUT. See [Plainify].
func (Transform) Plainify(in any) (template.HTML, error) {
	s, err := text("plainify", in)
	return template.HTML(Plainify(s)), err
}

// XMLEscape drops characters that XML 1.0 doesn't allow and escapes & < > ' "
// tabs and line ends: transform.XMLEscape INPUT.
func (Transform) XMLEscape(in any) (string, error) {
	s, err := text("transform.XMLEscape", in)
	return xmlEscape(s), err
}

func xmlEscape(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		switch {
		case r == '"':
			b.WriteString("&#34;")
		case r == '\'':
			b.WriteString("&#39;")
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '\t':
			b.WriteString("&#x9;")
		case r == '\n':
			b.WriteString("&#xA;")
		case r == '\r':
			b.WriteString("&#xD;")
		case r < ' ' || r == 0xFFFE || r == 0xFFFF:
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"): // not UTF-8
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
