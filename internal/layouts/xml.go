package layouts

import (
	"fmt"
	"html"
	htmltemplate "html/template"
	"strings"
	texttemplate "text/template"
	"unicode"
	"unicode/utf8"
)

// States of XML text.
const (
	inXML state = iota
	inTag
	inDouble // in a value in double quotes
	inSingle
	inComment
	inCDATA
	inPI // in a processing instruction
)

// xmlLanguage is XML 1.0 (https://www.w3.org/TR/xml/).
type xmlLanguage struct{}

// xmlMarks begin something in text, the longest first, and xmlEnds end it.
var xmlMarks = []struct {
	mark string
	s    state
}{{"<![CDATA[", inCDATA}, {"<!--", inComment}, {"<?", inPI}, {"<", inTag}}

var xmlEnds = map[state]string{inComment: "-->", inCDATA: "]]>", inPI: "?>", inDouble: `"`, inSingle: "'"}

func (xmlLanguage) text(s state, text string) state {
	for text != "" {
		switch s {
		case inXML:
			i := strings.IndexByte(text, '<')
			if i < 0 {
				return s
			}
			text = text[i:]
			for _, m := range xmlMarks {
				if rest, ok := strings.CutPrefix(text, m.mark); ok {
					s, text = m.s, rest
					break
				}
			}
		case inTag:
			i := strings.IndexAny(text, `>"'`)
			if i < 0 {
				return s
			}
			s = map[byte]state{'>': inXML, '"': inDouble, '\'': inSingle}[text[i]]
			text = text[i+1:]
		default:
			_, rest, found := strings.Cut(text, xmlEnds[s])
			if !found {
				return s
			}
			text = rest
			if s == inDouble || s == inSingle {
				s = inTag
			} else {
				s = inXML
			}
		}
	}
	return s
}

func (xmlLanguage) action(s state, t trust, _ byte) (string, state, error) {
	kind := ""
	switch s {
	case inComment:
		return fnXML + "comment", s, nil
	case inCDATA:
		return fnXML + "cdata", s, nil
	case inTag:
		if t == marked || t == composed {
			return fnXML + "raw", s, nil
		}
		return fnXML + "name", s, nil
	case inDouble, inSingle, inPI:
		kind = "attr"
	}
	switch t {
	case escaped, marked:
		return fnXML + kind + "raw", s, nil
	case stripped:
		return fnXML + kind + "plain", s, nil
	case composed:
		return fnXML + kind + "composed", s, nil
	}
	return fnXML + kind + "text", s, nil
}

func (xmlLanguage) takesConstant(_ state, safe bool) bool { return safe }

func (xmlLanguage) join(a, b state) (state, bool) { return a, a == b }
func (xmlLanguage) enter(s state) state           { return s }
func (xmlLanguage) leave(_, end state) state      { return end }

func (xmlLanguage) describe(s state) string {
	switch s {
	case inXML:
		return ""
	case inComment:
		return "inside a comment"
	case inCDATA:
		return "inside <![CDATA["
	case inPI:
		return "inside <? ?>"
	case inDouble, inSingle:
		return "inside an attribute"
	}
	return "inside a tag"
}

func (xmlLanguage) funcs() texttemplate.FuncMap {
	inAttr := func(s string) string { return rewriteXML(s, attrXML) }
	inText := func(s string) string { return rewriteXML(s, textXML) }
	raw := func(s string) string { return rewriteXML(s, rawXML) }
	rawAttr := func(s string) string { return rewriteXML(s, rawAttrXML) }
	of := func(f func(string) string) func(v any) string {
		return func(v any) string { return f(textOf(v)) }
	}
	byType := func(html, other func(string) string) func(v any) string {
		return func(v any) string {
			if isMarkup(v) {
				return html(textOf(v))
			}
			return other(textOf(v))
		}
	}
	return bounded(texttemplate.FuncMap{
		fnXML + "text":         of(inText),
		fnXML + "attrtext":     of(inAttr),
		fnXML + "raw":          of(raw),
		fnXML + "attrraw":      of(rawAttr),
		fnXML + "plain":        of(func(s string) string { return inText(html.UnescapeString(s)) }),
		fnXML + "attrplain":    of(func(s string) string { return inAttr(html.UnescapeString(s)) }),
		fnXML + "composed":     byType(raw, inText),
		fnXML + "attrcomposed": byType(rawAttr, inAttr),
		fnXML + "cdata":        of(cdata),
		fnXML + "comment":      of(comment),
		fnXML + "name":         xmlName,
	})
}

// isMarkup reports whether v is markup by its type.
func isMarkup(v any) bool {
	switch v.(type) {
	case htmltemplate.HTML, htmltemplate.HTMLAttr:
		return true
	}
	return false
}

// xmlMode is what rewriteXML escapes.
type xmlMode uint8

const (
	rawXML     xmlMode = 0
	textXML    xmlMode = markupXML | ampXML
	attrXML    xmlMode = markupXML | ampXML | spaceXML
	rawAttrXML xmlMode = markupXML | spaceXML

	markupXML xmlMode = 1 << 0 // < > " '
	ampXML    xmlMode = 1 << 1 // & and a carriage return, which a parser would change
	spaceXML  xmlMode = 1 << 2 // tab and line ends, which are spaces in attributes
)

// rewriteXML escapes s, drops the characters that XML 1.0 forbids, and
// replaces what is not UTF-8.
func rewriteXML(s string, mode xmlMode) string {
	var b strings.Builder
	done := 0
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		with, replace := entity(r, n, mode)
		if replace {
			if b.Cap() == 0 {
				b.Grow(len(s) + len(s)/8 + 16)
			}
			b.WriteString(s[done:i])
			b.WriteString(with)
			done = i + n
		}
		i += n
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

// entity returns what to write for a character of n bytes.
func entity(r rune, n int, mode xmlMode) (string, bool) {
	switch r {
	case '&':
		return "&amp;", mode&ampXML != 0
	case '<':
		return "&lt;", mode&markupXML != 0
	case '>':
		return "&gt;", mode&markupXML != 0
	case '"':
		return "&#34;", mode&markupXML != 0
	case '\'':
		return "&#39;", mode&markupXML != 0
	case '\t':
		return "&#x9;", mode&spaceXML != 0
	case '\n':
		return "&#xA;", mode&spaceXML != 0
	case '\r':
		return "&#xD;", mode&(ampXML|spaceXML) != 0
	case utf8.RuneError:
		return "\uFFFD", n == 1
	}
	return "", r < ' ' || r == 0xFFFE || r == 0xFFFF
}

// cdata keeps a value inside a CDATA section: it ends the section where the
// value has its end, or a carriage return, and begins another.
func cdata(s string) string {
	const end, begin = "]]>", "<![CDATA["
	s = rewriteXML(s, rawXML)
	s = strings.ReplaceAll(s, end, "]]"+end+begin+">")
	s = strings.ReplaceAll(s, "\r", end+"&#xD;"+begin)
	// The end may lie partly in what is printed before or after.
	if strings.HasPrefix(s, ">") || strings.HasPrefix(s, "]>") {
		i := strings.IndexByte(s, '>')
		s = s[:i] + end + begin + s[i:]
	}
	if strings.HasSuffix(s, "]") {
		s += end + begin
	}
	return s
}

// comment keeps a value inside a comment, which has no escapes: no "--" in it.
func comment(s string) string {
	s = rewriteXML(s, rawXML)
	for strings.Contains(s, "--") {
		s = strings.ReplaceAll(s, "--", "- -")
	}
	if strings.HasPrefix(s, "-") {
		s = " " + s
	}
	if strings.HasSuffix(s, "-") {
		s += " "
	}
	return s
}

// xmlName lets names of elements and attributes pass.
func xmlName(v any) (string, error) {
	s := textOf(v)
	for i, r := range s {
		if r == '_' || r == ':' || unicode.IsLetter(r) || i > 0 && (r == '-' || r == '.' || unicode.IsDigit(r)) {
			continue
		}
		return "", fmt.Errorf("in a tag, outside quotes, want a name, have %q (use quotes, or mark it with safeHTMLAttr)", s)
	}
	return s, nil
}
