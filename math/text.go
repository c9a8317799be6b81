package math

import (
	"strconv"
	"strings"
)

// text parses the argument of \text, in which dollars enclose formulas.
func (p *parser) text(css string) *node {
	open := p.next()
	if open.kind != tokenOpen {
		if p.ends(open) || open.kind != tokenChar {
			return p.fail(open, "an argument in braces is missing before %s", p.named(open))
		}
		return textual(open.text, css)
	}
	return mrow(p.textGroup(open, css))
}

// textGroup parses text up to }.
func (p *parser) textGroup(open token, css string) []*node {
	if !p.descend() {
		return nil
	}
	defer p.ascend()
	var list []*node
	var b strings.Builder
	flush := func(more ...*node) {
		if b.Len() > 0 {
			list = append(list, textual(b.String(), css))
			b.Reset()
		}
		list = append(list, more...)
	}
	for {
		t := p.read()
		switch {
		case t.kind == tokenEnd:
			p.fail(open, "{ is not closed")
			return nil
		case t.kind == tokenClose:
			flush()
			return list
		case t.kind == tokenOpen:
			flush(p.textGroup(t, css)...)
		case t.is(tokenChar, "$"):
			flush(p.dollars(t))
		case t.kind == tokenCommand:
			if s, ok := p.textCommand(t); ok {
				b.WriteString(s)
			} else if c := commands()[t.text]; c.kind == kindText {
				flush(p.text(c.text))
			} else {
				p.fail(t, `%s in text; \text{a $x$ b} has a formula within text`, t.source())
			}
		case t.is(tokenChar, "~"):
			b.WriteString("\u00a0")
		default:
			b.WriteString(t.text)
		}
	}
}

// dollars parses a formula within text.
func (p *parser) dollars(open token) *node {
	n := p.within(func(c *setting) {
		c.bracket, c.dollar, c.font, c.style.display = false, true, fontNone, false
	}, func() *node { return mrow(p.row()) })
	if t := p.next(); t.kind == tokenEnd {
		return p.fail(open, "$ is not closed")
	} else if !t.is(tokenChar, "$") {
		return p.unexpected(t)
	}
	return n
}

// textCommand returns the characters that a command stands for within text.
func (p *parser) textCommand(t token) (string, bool) {
	switch t.text {
	case "{", "}", "%", "$", "#", "&", "_":
		return t.text, true
	case " ", "space", "nobreakspace", "enspace":
		return "\u00a0", true
	case ",", "thinspace":
		return "\u2009", true
	case "quad":
		return "\u2003", true
	case "ldots", "dots":
		return "…", true
	case "textbackslash", "backslash":
		return `\`, true
	}
	return "", false
}

// textual returns a text; the spaces at its ends are kept.
func textual(text, css string) *node {
	if strings.HasPrefix(text, " ") {
		text = "\u00a0" + text[1:]
	}
	if strings.HasSuffix(text, " ") {
		text = text[:len(text)-1] + "\u00a0"
	}
	n := leaf("mtext", text)
	if css != "" {
		n.set("style", css)
	}
	return n
}

// space parses the width of a space.
func (p *parser) space(t token) *node {
	if t.text == "hspace" {
		p.skip(tokenChar, "*")
	}
	open := p.next()
	p.unread(open)
	var text string
	if open.kind == tokenOpen {
		text, _ = p.raw()
	} else {
		text = p.dimension()
	}
	width, ok := length(text)
	if !ok {
		return p.fail(open, "%q is no width, such as 1em", text)
	}
	return spacing(width)
}

// dimension reads a number and a unit of two letters without braces.
func (p *parser) dimension() string {
	var b strings.Builder
	for letters := 0; letters < 2; {
		t := p.next()
		if t.kind != tokenChar || len(t.text) != 1 {
			p.unread(t)
			break
		}
		if isLetter(rune(t.text[0])) {
			letters++
		}
		b.WriteString(t.text)
	}
	return b.String()
}

// length returns a length of TeX as one of CSS.
func length(text string) (string, bool) {
	text = strings.ReplaceAll(text, " ", "")
	if len(text) < 3 {
		return "", false
	}
	number, unit := text[:len(text)-2], text[len(text)-2:]
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || !(v > -1000 && v < 1000) {
		return "", false
	}
	switch unit {
	case "mu":
		v, unit = v/18, "em"
	case "em", "ex", "pt", "px", "cm", "mm", "in", "pc":
	default:
		return "", false
	}
	return strconv.FormatFloat(v, 'f', -1, 64) + unit, true
}
