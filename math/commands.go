package math

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/jam-go/jam/internal/suggest"
)

// command parses what a command stands for. It returns nil for what is no atom.
func (p *parser) command(t token) *node {
	if isNewline(t) {
		return p.unexpected(t)
	}
	c, ok := commands()[t.text]
	if !ok {
		return p.unknown(t)
	}
	switch c.kind {
	case kindAccent, kindWideAccent, kindUnderAccent, kindBrace, kindWideArrow:
		return p.accent(t, c)
	case kindSize:
		return p.sized(c)
	case kindFont:
		return p.within(func(x *setting) { x.font = c.font }, p.arg)
	case kindText:
		return p.text(c.text)
	case kindClass:
		return p.classed(c.as)
	case kindStyle, kindFontSwitch:
		p.unread(t)
		return mrow(p.row())
	case kindOther:
		return p.other(t)
	}
	return p.symbol(c)
}

func (p *parser) unknown(t token) *node {
	hint := ""
	switch t.text {
	case "":
		return p.fail(t, `a name is missing after \`)
	case "right", "middle", "end", "over", "atop", "choose", "limits", "nolimits":
		return p.fail(t, "unexpected %s", t.source())
	case "ce", "pu":
		hint = " (chemical formulas are not supported)"
	default:
		names := slices.Collect(maps.Keys(commands()))
		names = slices.AppendSeq(names, maps.Keys(p.macros))
		names = slices.DeleteFunc(names, func(name string) bool { return !strings.EqualFold(name[:1], t.text[:1]) })
		if name := suggest.Name(t.text, names); name != "" {
			hint = ` (did you mean "\` + name + `"?)`
		}
	}
	name := t.text
	if len(name) > 40 {
		name = name[:40] + "…"
	}
	return p.fail(t, `unknown command "\%s"%s`, name, hint)
}

// symbol returns what stands for a character or a name.
func (p *parser) symbol(c command) *node {
	switch c.kind {
	case kindLetter:
		return p.letter(c.text)
	case kindUpright:
		return p.upright(c.text)
	case kindOperator:
		n := operator(c.text, op)
		n.limits = movable
		return n
	case kindIntegral:
		return operator(c.text, op)
	case kindFunction:
		return leaf("mi", c.text).as(fn)
	case kindFunctionLimits:
		n := operator(c.text, fn).set("movablelimits", "true").set("lspace", "0").set("rspace", "0")
		n.limits = movable
		return n
	case kindBinary:
		return operator(c.text, bin)
	case kindRelation:
		return relation(c.text)
	case kindOpening:
		return fence(c.text, opening, "prefix").set("stretchy", "false")
	case kindClosing:
		return fence(c.text, closing, "postfix").set("stretchy", "false")
	case kindBar:
		return operator(c.text, ord).set("stretchy", "false").set("lspace", "0").set("rspace", "0")
	case kindDots:
		return operator(c.text, inner)
	case kindPunctuation:
		return operator(c.text, punct)
	default:
		return spacing(c.text + "em")
	}
}

// fence returns a delimiter. What browsers' dictionary does not take for one has its form and
// no space.
func fence(text string, c class, form string) *node {
	n := operator(text, c)
	if !strings.Contains("()[]{}⟨⟩⌊⌋⌈⌉!", text) {
		n.set("form", form).set("lspace", "0").set("rspace", "0")
	}
	return n
}

// relation returns an operator that does not stretch, as arrows and bars would.
func relation(text string) *node {
	n := operator(text, rel)
	r, _ := utf8.DecodeRuneInString(text)
	switch {
	case r == ':':
		n.set("lspace", "0.2778em").set("rspace", "0.2778em")
	case r >= '←' && r <= '⇿', r >= '⟰' && r <= '⟿', r >= '∣' && r <= '∦':
		n.set("stretchy", "false")
	}
	return n
}

// upright returns an identifier that stands upright, unless a font says otherwise.
func (p *parser) upright(text string) *node {
	if f := p.font; f == fontBold || f == fontBoldItalic || f == fontItalic {
		if f == fontBoldItalic {
			f = fontBold
		}
		if in := f.apply(text); in != text {
			return leaf("mi", in)
		}
	}
	return leaf("mi", text).set("mathvariant", "normal")
}

// accent parses what is below or above a command's symbol.
func (p *parser) accent(t token, c command) *node {
	symbol := leaf("mo", c.text).set("stretchy", "true")
	switch c.kind {
	case kindWideArrow:
		return p.wideArrow(symbol)
	case kindUnderAccent:
		return element("munder", p.arg(), symbol).set("accentunder", "true")
	case kindBrace:
		n := element("mover", p.arg(), symbol).set("accent", "true")
		if strings.HasPrefix(t.text, "under") {
			n.tag, n.attrs = "munder", ""
			n.set("accentunder", "true")
		}
		n.limits = stacked
		return n
	case kindAccent:
		symbol.attrs = ` stretchy="false"`
	}
	return element("mover", p.arg(), symbol).set("accent", "true")
}

// wideArrow parses what is below, in brackets, and above an arrow that is as wide.
func (p *parser) wideArrow(arrow *node) *node {
	pad := func(n *node) *node { return element("mrow", spacing("0.5em"), n, spacing("0.5em")) }
	below := p.option((*setting).toScript)
	above := pad(p.script())
	if below == nil {
		return element("mover", arrow, above).as(rel)
	}
	return element("munderover", arrow, pad(below), above).as(rel)
}

// option parses an argument in brackets, or returns nil.
func (p *parser) option(change func(*setting)) *node {
	open := p.next()
	if !open.is(tokenChar, "[") {
		p.unread(open)
		return nil
	}
	n := p.within(func(c *setting) {
		change(c)
		c.bracket, c.dollar = true, false
	}, func() *node { return mrow(p.row()) })
	if t := p.next(); t.kind == tokenEnd {
		return p.fail(open, "[ is not closed")
	} else if !t.is(tokenChar, "]") {
		return p.unexpected(t)
	}
	return n
}

// classed parses an argument that is an atom of a class.
func (p *parser) classed(c class) *node {
	n := p.arg().alone()
	if n.tag == "mo" && (c == bin || c == rel || c == op || c == punct) {
		n.attrs = ""
	}
	if c == op {
		n.limits = movable
		if n.tag != "mo" {
			c = fn
		}
	}
	return n.as(c)
}

// other parses commands that are like no others.
func (p *parser) other(t token) *node {
	switch t.text {
	case "frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom":
		return p.fraction(t.text)
	case "sqrt":
		index := p.option(func(c *setting) { c.style = style{level: 2} })
		if index != nil {
			return element("mroot", p.arg(), index)
		}
		return element("msqrt", p.arg())
	case "left":
		return p.fenced(t)
	case "begin":
		return p.environment(t)
	case "substack":
		return p.substack()
	case "overset", "stackrel", "underset":
		return p.stacked(t.text)
	case "color":
		p.unread(t)
		return mrow(p.row())
	case "textcolor":
		color := p.color()
		return element("mstyle", p.arg()).set("mathcolor", color)
	case "hspace", "mspace", "kern", "mkern", "mskip":
		return p.space(t)
	case "not":
		return p.not(t)
	case "tag":
		return p.tag()
	case "colon":
		return operator(":", punct).set("lspace", "0").set("rspace", "0.2778em")
	case "operatorname":
		return p.operatorName()
	case "bmod", "pmod", "mod", "pod":
		return p.modulo(t.text)
	case "notag", "nonumber":
		return nil
	}
	return p.box(t.text)
}

func (p *parser) fraction(name string) *node {
	build := func() *node {
		var n *node
		parts := [2]*node{}
		for i := range parts {
			change := (*setting).toPart
			if name == "cfrac" {
				change = func(*setting) {}
			}
			parts[i] = p.within(change, p.arg)
		}
		if n = element("mfrac", parts[:]...); strings.HasSuffix(name, "binom") {
			n = binomial(parts[0], parts[1])
		}
		return n
	}
	set := style{display: name[0] != 't'}
	if name == "frac" || name == "binom" {
		return build().as(ord)
	}
	n := p.within(func(c *setting) { c.style = set }, build)
	return set.on(element("mstyle", n))
}

func binomial(above, below *node) *node {
	return element("mrow", operator("(", opening), element("mfrac", above, below).set("linethickness", "0"), operator(")", closing))
}

// fenced parses from \left to \right.
func (p *parser) fenced(left token) *node {
	delimiter := func(form string) *node {
		d, ok := p.delimiter()
		if !ok {
			return element("mrow")
		}
		return fence(d, ord, form).set("form", form).set("stretchy", "true")
	}
	list := []*node{delimiter("prefix")}
	for {
		inside := p.within(func(c *setting) { c.bracket, c.dollar = false, false }, func() *node { return element("mrow", p.row()...) })
		list = append(list, inside.kids...)
		switch t := p.next(); {
		case t.is(tokenCommand, "right"):
			return element("mrow", append(list, delimiter("postfix"))...).as(inner)
		case t.is(tokenCommand, "middle"):
			list = append(list, delimiter("infix"))
		default:
			return p.fail(left, `\left without \right before %s`, p.named(t))
		}
	}
}

// delimiter reads the name of one; false for a dot, which is none.
func (p *parser) delimiter() (string, bool) {
	t := p.next()
	var c command
	ok := false
	switch t.kind {
	case tokenCommand:
		c, ok = commands()[t.text]
	case tokenChar:
		if t.text == "." {
			return "", false
		}
		if i := strings.Index("<⟨>⟩", t.text); i >= 0 && len(t.text) == 1 {
			return "<⟨>⟩"[i+1 : i+4], true
		}
		c, ok = characters()[t.text]
	}
	arrow := strings.ContainsAny(c.text, "↑↓↕⇑⇓⇕")
	if !ok || c.kind != kindOpening && c.kind != kindClosing && c.kind != kindBar && !arrow || c.text == "!" || c.text == "?" {
		p.fail(t, `%s is no delimiter, such as ( or \{ or . for none`, p.named(t))
	}
	return c.text, true
}

// sized parses a delimiter of a given height.
func (p *parser) sized(c command) *node {
	d, ok := p.delimiter()
	if !ok {
		return element("mrow")
	}
	form := map[class]string{ord: "prefix", opening: "prefix", closing: "postfix", rel: "infix"}[c.as]
	n := operator(d, c.as).set("form", form).set("stretchy", "true").set("minsize", c.text).set("maxsize", c.text)
	if c.as != rel {
		n.set("lspace", "0").set("rspace", "0")
	}
	return n
}

func (p *parser) stacked(name string) *node {
	script := p.script()
	base := p.arg()
	if name == "underset" {
		return element("munder", base, script).as(base.class)
	}
	n := element("mover", base, script).as(base.class)
	if name == "stackrel" {
		n.class = rel
	}
	return n
}

// not strikes the next symbol through.
func (p *parser) not(t token) *node {
	n := p.arg()
	if n.text == "" || len(n.kids) > 0 {
		return p.fail(t, `\not applies to a symbol only`)
	}
	n.text = norm.NFC.String(n.text + "\u0338")
	return n
}

// operatorName parses the name of a function.
func (p *parser) operatorName() *node {
	withLimits := p.skip(tokenChar, "*")
	name := p.within(func(c *setting) { c.font = fontRoman }, p.arg).plain()
	name = strings.ReplaceAll(strings.TrimSpace(name), " ", "\u2009")
	c := command{kind: kindFunction, text: strings.ReplaceAll(name, "−", "-")}
	if withLimits {
		c.kind = kindFunctionLimits
	}
	n := p.symbol(c)
	if len([]rune(name)) == 1 && !withLimits {
		n.set("mathvariant", "normal")
	}
	return n
}

func (p *parser) modulo(name string) *node {
	mod := leaf("mi", "mod")
	if name == "bmod" {
		return operator("mod", bin).set("lspace", "0.2222em").set("rspace", "0.2222em")
	}
	list := []*node{spacing("1em")}
	if name == "pmod" || name == "pod" {
		list = append(list, p.symbol(command{kind: kindOpening, text: "("}))
	}
	if name != "pod" {
		list = append(list, mod, spacing("0.3333em"))
	}
	list = append(list, p.arg())
	if name == "pmod" || name == "pod" {
		list = append(list, p.symbol(command{kind: kindClosing, text: ")"}))
	}
	return element("mrow", list...)
}

// tag parses the number of a formula. It stands after it: what is at the margin would need a
// width that MathML does not know.
func (p *parser) tag() *node {
	star := p.skip(tokenChar, "*")
	n := p.text("")
	if !star {
		n = element("mrow", leaf("mtext", "("), n, leaf("mtext", ")"))
	}
	return element("mrow", spacing("2em"), n)
}

// Lines by style sheets look the same whatever the font has.
var frames = map[string]string{
	"boxed":     "border:1px solid;padding:.25em",
	"overline":  "border-top:.06em solid;padding-top:.12em",
	"underline": "border-bottom:.06em solid;padding-bottom:.12em",
}

// box parses an argument of which only the place or the size counts, or which gets lines.
func (p *parser) box(name string) *node {
	n := p.arg()
	switch name {
	case "phantom":
		return element("mphantom", n)
	case "hphantom":
		return element("mpadded", element("mphantom", n)).set("height", "0").set("depth", "0")
	case "vphantom":
		return element("mpadded", element("mphantom", n)).set("width", "0")
	case "smash":
		return element("mpadded", n).set("height", "0").set("depth", "0")
	}
	return element("mrow", n).set("style", frames[name])
}

// color reads the name or the number of a colour.
func (p *parser) color() string {
	value, t := p.raw()
	isOther := func(r rune) bool { return !isLetter(r) && !(r >= '0' && r <= '9') }
	hex := strings.TrimPrefix(value, "#")
	if hex == "" || strings.ContainsFunc(hex, isOther) || strings.ContainsFunc(value, unicode.IsDigit) && hex == value {
		p.fail(t, "%q is no colour, such as red or #c03", value)
	}
	return value
}
