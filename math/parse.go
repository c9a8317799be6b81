package math

import (
	"fmt"
	"strings"
)

const (
	maxLength = 1 << 16 // of a formula
	maxDepth  = 100     // of what is in something else
	maxTokens = 100_000 // that macros stand for
)

// parser makes MathML of a formula. After the first error it sees only the end of it.
type parser struct {
	lexer
	pending []token // in reverse: what was read too much, and what macros stand for
	macros  map[string]macro
	budget  int // of tokens
	depth   int
	err     error
	setting
}

// setting is what holds for a group.
type setting struct {
	style   style
	font    font
	bracket bool // ] ends the row
	dollar  bool // $ ends the row
}

func (p *parser) fail(t token, format string, args ...any) *node {
	if p.err == nil {
		p.err = syntaxError(p.src, t.at, fmt.Sprintf(format, args...))
	}
	return element("mrow")
}

// read returns the next token, with macros expanded.
func (p *parser) read() token {
	for p.err == nil {
		t := p.take()
		m, ok := p.macros[t.text]
		if t.kind != tokenCommand || !ok {
			return t
		}
		p.expand(t, m)
	}
	return token{kind: tokenEnd, at: p.at}
}

// take returns the next token, macro or not.
func (p *parser) take() token {
	if p.err != nil {
		return token{kind: tokenEnd, at: p.at}
	}
	if last := len(p.pending) - 1; last >= 0 {
		t := p.pending[last]
		p.pending = p.pending[:last]
		return t
	}
	return p.lexer.next()
}

func (p *parser) unread(t token) { p.pending = append(p.pending, t) }

// next returns the next token that is no space.
func (p *parser) next() token {
	for {
		if t := p.read(); t.kind != tokenSpace {
			return t
		}
	}
}

// peek returns the token that next will return.
func (p *parser) peek() token {
	t := p.next()
	p.unread(t)
	return t
}

// skip skips a token if it is the next one.
func (p *parser) skip(kind tokenKind, text string) bool {
	if t := p.next(); !t.is(kind, text) {
		p.unread(t)
		return false
	}
	return true
}

// within parses something in a setting of its own.
func (p *parser) within(change func(*setting), parse func() *node) *node {
	old := p.setting
	change(&p.setting)
	n := parse()
	p.setting = old
	return n
}

func (c *setting) toScript() { c.style = style{level: min(c.style.level+1, 2)} }

// toPart is for what is above or below a line.
func (c *setting) toPart() {
	if !c.style.display {
		c.toScript()
	}
	c.style.display = false
}

// formula parses all.
func (p *parser) formula() *node {
	var lines []*node
	for {
		lines = append(lines, mrow(p.row()))
		switch t := p.next(); {
		case t.kind == tokenEnd:
			if len(lines) > 1 {
				return lineTable(lines)
			}
			return lines[0]
		case isNewline(t) && p.style.display:
		default:
			return p.unexpected(t)
		}
	}
}

// unexpected reports a token that ends a row which did not begin there.
func (p *parser) unexpected(t token) *node {
	switch {
	case t.kind == tokenEnd:
		return p.fail(t, "the formula ends too early")
	case t.kind == tokenClose:
		return p.fail(t, "} without {")
	case t.kind == tokenCell:
		return p.fail(t, `& outside an environment such as aligned (\& is the character)`)
	case t.is(tokenCommand, "right"), t.is(tokenCommand, "middle"):
		return p.fail(t, `%s without \left`, t.source())
	case t.is(tokenCommand, "end"):
		return p.fail(t, `\end without \begin`)
	case isNewline(t):
		return p.fail(t, `%s outside an environment such as aligned`, t.source())
	}
	return p.fail(t, "unexpected %s", t.source())
}

func isNewline(t token) bool {
	return t.kind == tokenCommand && (t.text == `\` || t.text == "cr" || t.text == "newline")
}

// ends reports whether a token ends a row.
func (p *parser) ends(t token) bool {
	switch t.kind {
	case tokenEnd, tokenClose, tokenCell:
		return true
	case tokenChar:
		return p.bracket && t.text == "]" || p.dollar && t.text == "$"
	case tokenCommand:
		return t.text == "right" || t.text == "middle" || t.text == "end" || isNewline(t)
	}
	return false
}

// row parses atoms up to what ends the row, which it leaves.
func (p *parser) row() []*node {
	if !p.descend() {
		return nil
	}
	defer p.ascend()
	var list []*node
	for {
		t := p.next()
		if p.ends(t) {
			p.unread(t)
			return arrange(list, p.style.level > 0)
		}
		if t.kind == tokenCommand {
			if n := p.rest(t, list); n != nil {
				if fractions[t.text] != nil {
					return []*node{n}
				}
				return arrange(append(list, n), p.style.level > 0)
			}
		}
		p.unread(t)
		if n := p.scripted(); n != nil {
			list = append(list, n)
		}
	}
}

func (p *parser) descend() bool {
	if p.depth++; p.depth > maxDepth {
		p.fail(token{at: p.at}, "more than %d groups within each other", maxDepth)
	}
	return p.err == nil
}

func (p *parser) ascend() { p.depth-- }

// fractions are commands between numerator and denominator.
var fractions = map[string]func(above, below *node) *node{
	"over":   func(a, b *node) *node { return element("mfrac", a, b) },
	"atop":   func(a, b *node) *node { return element("mfrac", a, b).set("linethickness", "0") },
	"choose": func(a, b *node) *node { return binomial(a, b) },
}

// rest parses what a command that changes the rest of a row, or divides the row, applies to. It
// returns nil for other commands.
func (p *parser) rest(t token, before []*node) *node {
	if f := fractions[t.text]; f != nil {
		above := mrow(arrange(before, p.style.level > 0))
		below := p.within((*setting).toPart, func() *node { return mrow(p.row()) })
		return f(above, below).as(inner)
	}
	c := commands()[t.text]
	switch {
	case c.kind == kindStyle:
		s := styles[t.text]
		n := p.within(func(c *setting) { c.style = s }, func() *node { return element("mstyle", p.row()...) })
		return s.on(n)
	case c.kind == kindFontSwitch:
		return p.within(func(x *setting) { x.font = c.font }, func() *node { return mrow(p.row()) }).alone()
	case t.text == "color":
		color := p.color()
		return element("mstyle", p.row()...).set("mathcolor", color)
	}
	return nil
}

// on sets the style on an element.
func (s style) on(n *node) *node {
	return n.set("displaystyle", fmt.Sprint(s.display)).set("scriptlevel", fmt.Sprint(s.level))
}

// scripted parses an atom with what is above and below it. It returns nil for what is none.
func (p *parser) scripted() *node {
	var base *node
	if t := p.peek(); t.kind == tokenSup || t.kind == tokenSub || t.is(tokenChar, "'") {
		base = element("mrow")
	} else if base = p.atom(); base == nil {
		return nil
	}
	var sub, sup *node
	var primes int
	for {
		t := p.next()
		switch {
		case t.is(tokenCommand, "limits"):
			base.limits = stacked
			if base.tag == "mo" {
				base.set("movablelimits", "false")
			}
		case t.is(tokenCommand, "nolimits"):
			base.limits = beside
		case t.is(tokenCommand, "displaylimits"):
			base.limits = movable
		case t.is(tokenChar, "'") && sup == nil:
			primes++
		case t.kind == tokenSup && sup == nil:
			sup = p.script()
		case t.kind == tokenSub && sub == nil:
			sub = p.script()
		case t.kind == tokenSup, t.kind == tokenSub, t.is(tokenChar, "'"):
			return p.fail(t, "a second %s; braces say which of them is the other's", t.text)
		default:
			p.unread(t)
			return p.scripts(base, sub, withPrimes(primes, sup))
		}
	}
}

func (p *parser) script() *node { return p.within((*setting).toScript, p.arg) }

// withPrimes returns a superscript with primes before it.
func withPrimes(count int, sup *node) *node {
	if count == 0 {
		return sup
	}
	n := operator(strings.Repeat("′", count), ord)
	if s := []string{"′", "″", "‴", "⁗"}; count <= len(s) {
		n.text = s[count-1]
	}
	if sup == nil {
		return n
	}
	return element("mrow", n, sup)
}

// scripts returns a base with scripts, which may be nil.
func (p *parser) scripts(base, sub, sup *node) *node {
	tags := [3]string{"msub", "msup", "msubsup"}
	if base.limits == stacked || base.limits == movable && (base.tag == "mo" || p.style.display) {
		tags = [3]string{"munder", "mover", "munderover"}
	}
	c := base.class
	if c == space {
		c = ord
	}
	if strings.Contains(base.attrs, " minsize=") && (sub != nil || sup != nil) {
		base = element("mrow", base) // without which Chromium does not stretch it
	}
	var n *node
	switch {
	case sub != nil && sup != nil:
		n = element(tags[2], base, sub, sup)
	case sub != nil:
		n = element(tags[0], base, sub)
	case sup != nil:
		n = element(tags[1], base, sup)
	default:
		return base
	}
	return n.as(c)
}

// atom parses an atom without scripts. It returns nil for what is none.
func (p *parser) atom() *node {
	if !p.descend() {
		return element("mrow")
	}
	defer p.ascend()
	t := p.next()
	switch t.kind {
	case tokenOpen:
		return p.group(t).alone()
	case tokenCommand:
		return p.command(t)
	case tokenChar:
		return p.character(t, true)
	}
	return p.unexpected(t)
}

// group parses what follows { up to }.
func (p *parser) group(open token) *node {
	n := p.within(func(c *setting) { c.bracket, c.dollar = false, false }, func() *node { return mrow(p.row()) })
	switch t := p.next(); t.kind {
	case tokenClose:
		return n
	case tokenEnd:
		return p.fail(open, "{ is not closed")
	default:
		return p.unexpected(t)
	}
}

// arg parses the argument of a command: a group, or one token.
func (p *parser) arg() *node {
	if !p.descend() {
		return element("mrow")
	}
	defer p.ascend()
	t := p.next()
	switch {
	case t.kind == tokenOpen:
		return p.group(t)
	case p.ends(t):
		p.unread(t)
		return p.fail(t, "an argument is missing before %s", p.named(t))
	case t.kind == tokenCommand:
		if n := p.command(t); n != nil {
			return n
		}
		return element("mrow")
	case t.kind == tokenChar:
		return p.character(t, false)
	}
	return p.unexpected(t)
}

func (p *parser) named(t token) string {
	if t.kind == tokenEnd {
		return "the end"
	}
	return t.source()
}
