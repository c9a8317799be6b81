package check

import (
	"bytes"

	"github.com/jam-go/jam/internal/htmlscan"
)

// startTag opens an element, after closing what it closes.
func (r *reader) startTag(tok *htmlscan.Token) {
	t := &r.tree
	if t.inForeign() {
		if !r.breaksOut(tok) {
			r.startForeign(tok)
			return
		}
		r.leaveForeign(tok)
	}
	e := r.lookup(tok.Name)
	if !r.place(e, tok) {
		return
	}
	r.begin(e, tok)
	if e == eForm && t.find(eForm, func(n *node) bool { return n.isHTML(eTemplate) }) >= 0 {
		r.found(htmlNesting, tok.Start, "form", "<form> can't be in another <form>")
		t.lose(tok.Name)
		return
	}
	r.nesting(e, tok)
	r.mute(tok)
	r.element(e, tok)
	foreign := e == eSvg || e == eMath
	if e.is(void) || foreign && tok.SelfClosing {
		return
	}
	unknown := e == eNone && !isCustom(tok.Name)
	if tok.SelfClosing && !unknown {
		r.found(htmlSyntax, tok.Start, string(tok.Name), "<%s/>: the element isn't empty, and HTML ignores the slash", tok.Name)
	}
	r.push(node{id: e, foreign: foreign, quiet: unknown || tok.SelfClosing, at: tok.Start, name: tok.Name, muted: r.muted})
	if e.is(rawText) {
		r.scan.RawText(tok.Name, e.is(references))
	}
}

// isCustom tells whether a name is that of a custom element.
func isCustom(name []byte) bool { return bytes.IndexByte(name, '-') > 0 }

// place puts the document into head or body, and tells whether the element is
// to be opened: html, head and body are not kept.
func (r *reader) place(e elem, tok *htmlscan.Token) bool {
	t := &r.tree
	switch e {
	case eHTML, eHead, eBody:
		r.structure(e, tok)
		return false
	case eFrameset, eFrame:
		r.element(e, tok)
		t.stage = inBody
		return false
	}
	t.content = true
	switch t.stage {
	case inHead:
		if len(t.open) > 0 || e.is(metadata) && !(t.noHead && e == eNoscript) {
			break
		}
		t.stage = inBody
		if t.headTag {
			r.headEndedBy, r.headEndedAt = tok.Name, tok.Start
		}
	case afterBody:
		r.found(tagStray, tok.Start, string(tok.Name), "<%s> comes after the end of the body", tok.Name)
		t.stage = inBody
	}
	return true
}

// structure takes the start tags of html, head and body.
func (r *reader) structure(e elem, tok *htmlscan.Token) {
	t := &r.tree
	first := !t.seen[structural(e)]
	t.seen[structural(e)] = true
	late := false
	switch e {
	case eHTML:
		late = t.stage != inHead || t.seen[1] || t.content
	case eHead:
		late = t.stage != inHead || t.noHead || t.content
		t.headTag = first && !late
	case eBody:
		late = t.stage != inHead
		if !late {
			t.stage = inBody
		}
	}
	switch {
	case !first:
		r.found(tagStray, tok.Start, string(tok.Name), "a second <%s>", tok.Name)
	case late && e == eBody && r.headBroken:
		// What ended the head began the body.
	case late:
		r.found(tagStray, tok.Start, string(tok.Name), "<%s> comes after what should be in it", tok.Name)
	default:
		r.mute(tok)
		r.element(e, tok)
	}
}

// structural returns the place of html, head or body in tree.seen.
func structural(e elem) int {
	switch e {
	case eHTML:
		return 0
	case eHead:
		return 1
	}
	return 2
}

// breaksOut tells whether a start tag in SVG or MathML is one of those of HTML
// that end it.
func (r *reader) breaksOut(tok *htmlscan.Token) bool {
	switch e := r.lookup(tok.Name); e {
	case eB, eBig, eBlockquote, eBody, eBr, eCenter, eCode, eDd, eDiv, eDl, eDt, eEm, eEmbed,
		eH1, eH2, eH3, eH4, eH5, eH6, eHead, eHr, eI, eLi, eListing, eMenu, eMeta, eNobr, eOl, eP, ePre,
		eRuby, eS, eSmall, eSpan, eStrong, eStrike, eSub, eSup, eTable, eTt, eU, eUl, eVar:
		return true
	case eImg:
		return string(tok.Name) == "img"
	case eFont:
		for _, name := range []string{"color", "face", "size"} {
			if _, ok := tok.Attr(name); ok {
				return true
			}
		}
	}
	return false
}

// leaveForeign closes SVG or MathML in which an element of HTML begins.
func (r *reader) leaveForeign(tok *htmlscan.Token) {
	t := &r.tree
	i := len(t.open) - 1
	for i > 0 && t.open[i-1].foreign && !t.open[i-1].holds {
		i--
	}
	r.found(htmlNesting, tok.Start, string(tok.Name), "<%s> can't be in <%s>, and ends it", tok.Name, t.open[i].name)
	for len(t.open) > i {
		n := t.open[len(t.open)-1]
		t.open = t.open[:len(t.open)-1]
		t.lose(n.name)
		r.closed(&n)
	}
}

// startForeign opens an element of SVG or MathML.
func (r *reader) startForeign(tok *htmlscan.Token) {
	r.mute(tok)
	r.foreign(tok)
	if tok.SelfClosing {
		return
	}
	n := node{foreign: true, at: tok.Start, name: tok.Name, muted: r.muted}
	switch string(tok.Name) {
	case "foreignobject", "desc", "title", "mi", "mo", "mn", "ms", "mtext":
		n.holds = true
	case "annotation-xml":
		enc, _ := tok.Attr("encoding")
		n.holds = bytes.EqualFold(enc.Value, []byte("text/html")) || bytes.EqualFold(enc.Value, []byte("application/xhtml+xml"))
	}
	r.push(n)
}
