package minifier

// A foreign is an open element of SVG or MathML.
type foreign struct {
	name span
	html bool // it holds HTML
}

// inForeign reports whether the next tag is one of SVG or MathML.
func (h *htmlMinifier) inForeign() bool {
	n := len(h.foreign)
	return n > 0 && !h.foreign[n-1].html
}

// enterForeign follows a start tag into SVG or MathML, or into HTML there.
func (h *htmlMinifier) enterForeign(name []byte, inForeign bool) {
	root := string(name) == "svg" || string(name) == "math"
	if (inForeign || root) && !h.tag.selfClosing {
		h.foreign = append(h.foreign, foreign{h.tag.name, inForeign && holdsHTML(name)})
	}
}

// leaveForeign follows an end tag out of SVG and MathML. It reports false if
// the tags there aren't nested, because then only a whole parser knows what
// follows.
func (h *htmlMinifier) leaveForeign(name []byte) bool {
	if h.inForeign() && (string(name) == "br" || string(name) == "p") {
		h.dropForeign()
		return true
	}
	n := len(h.foreign)
	if n > 0 && h.named(h.foreign[n-1].name, name) {
		h.foreign = h.foreign[:n-1]
		return true
	}
	return !h.inForeign()
}

// holdsHTML reports whether a foreign element holds HTML (HTML standard, 13.2.6).
func holdsHTML(name []byte) bool {
	switch string(name) {
	case "foreignobject", "desc", "title", "mi", "mo", "mn", "ms", "mtext", "annotation-xml":
		return true
	}
	return false
}

// breakOut leaves SVG and MathML at a tag that parsers end them at.
func (h *htmlMinifier) breakOut(name []byte) {
	if !h.inForeign() {
		return
	}
	switch string(name) {
	case "font":
		for _, key := range []string{"color", "face", "size"} {
			if _, ok := h.attr(key); ok {
				h.dropForeign()
				return
			}
		}
	case "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed",
		"h1", "h2", "h3", "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr",
		"ol", "p", "pre", "ruby", "s", "small", "span", "strong", "strike", "sub", "sup", "table", "tt", "u",
		"ul", "var":
		h.dropForeign()
	}
}

// dropForeign leaves all SVG or MathML up to the HTML around it.
func (h *htmlMinifier) dropForeign() {
	for h.inForeign() {
		h.foreign = h.foreign[:len(h.foreign)-1]
	}
}

// isVoid reports whether an HTML element has no content and no end tag.
func isVoid(name []byte) bool {
	switch string(name) {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr":
		return true
	}
	return false
}

// keepsSpace reports whether the white space in an element is rendered or read
// as it is. Browsers collapse it in code and its like, but many style sheets
// don't, and it is seldom there for nothing.
func keepsSpace(name []byte, inForeign bool) bool {
	switch string(name) {
	case "pre", "listing", "code", "kbd", "samp", "tt":
		return true
	case "script", "style", "text", "annotation":
		return inForeign
	}
	return false
}
