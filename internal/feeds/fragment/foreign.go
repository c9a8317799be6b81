package fragment

import "slices"

// A foreignStack follows the fragment into SVG and MathML, whose tokens differ.
type foreignStack struct {
	open []opened
}

// An opened is an open element that changes how tokens are read.
type opened struct {
	name string
	math bool // it is MathML's, not SVG's
	html bool // it holds HTML
}

// The elements of SVG and MathML that hold HTML (HTML standard, 13.2.6).
var (
	svgHoldsHTML  = []string{"foreignobject", "desc", "title"}
	mathHoldsHTML = []string{"mi", "mo", "mn", "ms", "mtext", "annotation-xml"}
)

// breakers are the start tags that end SVG and MathML (13.2.6.5).
var breakers = []string{
	"b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed",
	"h1", "h2", "h3", "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr",
	"ol", "p", "pre", "ruby", "s", "small", "span", "strike", "strong", "sub", "sup", "table", "tt", "u", "ul", "var",
}

// foreign reports whether what follows is read as SVG or MathML.
func (f *foreignStack) foreign() bool {
	n := len(f.open)
	return n > 0 && !f.open[n-1].html
}

// track notes the tag just read. Most fragments have no foreign element, and
// then only the two names that begin one matter.
func (s *scanner) track() {
	t := &s.tag
	switch {
	case t.isEnd:
		s.leave()
	case s.foreign():
		s.within(s.open[len(s.open)-1].math)
	case s.is(t.name, "svg"):
		s.enter(opened{name: "svg"})
	case s.is(t.name, "math"):
		s.enter(opened{name: "math", math: true})
	}
}

// leave follows an end tag.
func (s *scanner) leave() {
	n := len(s.open)
	if n > 0 && s.is(s.tag.name, s.open[n-1].name) {
		s.open = s.open[:n-1]
	} else if s.foreign() && (s.is(s.tag.name, "p") || s.is(s.tag.name, "br")) {
		s.breakOut()
	}
}

// within follows a start tag in SVG or MathML.
func (s *scanner) within(math bool) {
	holds := svgHoldsHTML
	if math {
		holds = mathHoldsHTML
	}
	is := func(name string) bool { return s.is(s.tag.name, name) }
	if i := slices.IndexFunc(holds, is); i >= 0 {
		s.enter(opened{name: holds[i], math: math, html: true})
		return
	}
	for _, name := range [...]string{"svg", "math"} {
		if is(name) {
			s.enter(opened{name: name, math: math})
		}
	}
	if slices.ContainsFunc(breakers, is) || is("font") && slices.ContainsFunc(s.tag.attrs, s.isFontAttr) {
		s.breakOut()
	}
}

// isFontAttr reports whether an attribute makes a font element one of HTML.
func (s *scanner) isFontAttr(a attr) bool {
	return s.is(a.name, "color") || s.is(a.name, "face") || s.is(a.name, "size")
}

// breakOut leaves SVG or MathML, up to what holds HTML.
func (s *scanner) breakOut() {
	for s.foreign() {
		s.open = s.open[:len(s.open)-1]
	}
}

func (s *scanner) enter(o opened) {
	if !s.tag.selfClosing {
		s.open = append(s.open, o)
	}
}
