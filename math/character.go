package math

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// character parses a character that stands for itself; in a row, a digit with those after it.
func (p *parser) character(t token, inRow bool) *node {
	r, _ := utf8.DecodeRuneInString(t.text)
	if c, ok := characters()[t.text]; ok {
		return p.symbol(c)
	}
	switch {
	case unicode.IsDigit(r) || r == '.':
		return p.number(t, inRow)
	case r >= 'Α' && r <= 'Ω':
		return p.symbol(command{kind: kindUpright, text: t.text})
	case unicode.IsLetter(r):
		return p.letter(t.text)
	case r == '#', r == '$':
		return p.fail(t, `unexpected %s (\%s is the character)`, t.text, t.text)
	case r == '"', r == '@', r == '`', r == '\'':
		return leaf("mtext", t.text)
	}
	return operator(t.text, ord).set("lspace", "0").set("rspace", "0")
}

// number parses digits with a decimal point.
func (p *parser) number(t token, inRow bool) *node {
	var b strings.Builder
	b.WriteString(t.text)
	point := t.text == "."
	for inRow {
		t := p.read()
		if t.kind != tokenChar || !isDigit(t.text) && (t.text != "." || point) {
			p.unread(t)
			break
		}
		point = point || t.text == "."
		b.WriteString(t.text)
	}
	if b.String() == "." {
		return operator(".", ord).set("lspace", "0").set("rspace", "0")
	}
	return leaf("mn", p.font.apply(b.String()))
}

func isDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsDigit(r)
}

// letter returns an identifier of one letter, in the font that holds.
func (p *parser) letter(text string) *node {
	n := leaf("mi", p.font.apply(text))
	if p.font == fontRoman {
		n.set("mathvariant", "normal")
	}
	if p.font.joins() {
		n.font = p.font
	}
	return n
}
