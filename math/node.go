package math

import "strings"

// class is the part that an atom plays in a formula, after chapter 18 of The TeXbook. The
// space between atoms depends on it.
type class uint8

const (
	ord class = iota
	op
	fn // an operator that is a name, such as sin
	bin
	rel
	opening
	closing
	punct
	inner
	space // not an atom
)

// limits says where the scripts of an atom go.
type limits uint8

const (
	beside  limits = iota
	movable        // below and above it in displayed formulas
	stacked        // below and above it
)

// node is a MathML element.
type node struct {
	tag    string
	attrs  string // as they are written, with a space before each
	text   string
	kids   []*node
	class  class
	limits limits
	font   font // of letters that form a word with their neighbours
}

func element(tag string, kids ...*node) *node { return &node{tag: tag, kids: kids} }

func leaf(tag, text string) *node { return &node{tag: tag, text: text} }

// operator returns an operator of a class.
func operator(text string, c class) *node { return &node{tag: "mo", text: text, class: c} }

func spacing(width string) *node {
	return (&node{tag: "mspace", class: space}).set("width", width)
}

// mrow returns the nodes as one.
func mrow(list []*node) *node {
	if len(list) == 1 {
		return list[0]
	}
	return element("mrow", list...)
}

// set adds an attribute, unless it is there.
func (n *node) set(name, value string) *node {
	if !strings.Contains(n.attrs, " "+name+"=") {
		n.attrs += " " + name + `="` + escape(value) + `"`
	}
	return n
}

func (n *node) as(c class) *node {
	n.class = c
	return n
}

// alone returns n as an ordinary atom, for groups in braces: no space is around it.
func (n *node) alone() *node {
	if n.tag == "mo" {
		n.set("lspace", "0").set("rspace", "0")
	}
	n.font = fontNone
	n.limits = beside
	return n.as(ord)
}

// plain returns the text in n.
func (n *node) plain() string {
	var b strings.Builder
	n.addPlain(&b)
	return b.String()
}

func (n *node) addPlain(b *strings.Builder) {
	if n.class == space {
		b.WriteByte(' ')
	}
	b.WriteString(n.text)
	for _, k := range n.kids {
		k.addPlain(b)
	}
}

func (n *node) write(b *strings.Builder) {
	b.WriteString("<" + n.tag + n.attrs + ">")
	b.WriteString(escape(n.text))
	for _, k := range n.kids {
		k.write(b)
	}
	b.WriteString("</" + n.tag + ">")
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func escape(s string) string { return escaper.Replace(s) }

const thinSpace = "0.1667em"

// arrange gives the atoms of a row the space that TeX gives them, where the browser's
// operator dictionary does not know better, and makes words of letters.
func arrange(list []*node, script bool) []*node {
	var out []*node
	var last *node // the last atom
	list = words(list)
	for i, n := range list {
		if n.class == space {
			out = append(out, n)
			continue
		}
		if n.class == fn && last != nil && (last.class == ord || last.class == closing || last.class == inner) {
			out = append(out, spacing(thinSpace))
		}
		if n.class == bin && isUnary(last) {
			if n.tag == "mo" {
				n.set("form", "prefix")
			}
			n.class = ord
		}
		if script && n.tag == "mo" && (n.class == bin || n.class == rel) {
			n.set("lspace", "0").set("rspace", "0")
		}
		out = append(out, n)
		last = n
		if n.class == fn && i+1 < len(list) {
			out = append(out, applied(list[i+1])...)
		}
	}
	return out
}

// words joins letters that follow each other in one font.
func words(list []*node) []*node {
	var out []*node
	for len(list) > 0 {
		first, n := list[0], 1
		for first.font != fontNone && n < len(list) && list[n].font == first.font && list[n].tag == first.tag {
			n++
		}
		if n > 1 {
			var b strings.Builder
			for _, letter := range list[:n] {
				b.WriteString(letter.text)
			}
			first.text, first.attrs = b.String(), ""
		}
		out, list = append(out, first), list[n:]
	}
	return out
}

// isUnary reports whether a sign after an atom is that of what follows.
func isUnary(last *node) bool {
	if last == nil {
		return true
	}
	switch last.class {
	case op, fn, bin, rel, opening, punct:
		return true
	}
	return false
}

// applied returns what stands between the name of a function and an atom.
func applied(next *node) []*node {
	apply := operator("\u2061", space)
	switch next.class {
	case ord, op, fn, inner:
		return []*node{apply, spacing(thinSpace)}
	case opening:
		return []*node{apply}
	}
	return nil
}
