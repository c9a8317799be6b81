package check

import (
	"bytes"

	"github.com/jam-go/jam/internal/htmlscan"
)

// endTag closes what an end tag closes.
func (r *reader) endTag(tok *htmlscan.Token) {
	t := &r.tree
	if n := t.top(); n != nil && n.foreign && r.endForeign(tok) {
		return
	}
	e := r.lookup(tok.Name)
	switch {
	case e == eHTML || e == eBody:
		r.endBody(e, tok)
	case e == eHead:
		if !t.headTag || t.stage != inHead || len(t.open) > 0 {
			r.strayHead(tok)
		}
		t.headTag, t.noHead = false, true
	case e.is(void):
		r.found(tagStray, tok.Start, string(tok.Name), "</%s>: the element has no end tag", tok.Name)
	case e == eP:
		r.endP(tok)
	case e.is(heading) && e != eHgroup:
		r.endHeading(e, tok)
	case e.is(formatting):
		r.endFormatting(e, tok)
	case e == eNone:
		r.endOther(tok, t.findName(tok.Name))
	case e == eLi:
		r.endOther(tok, t.find(e, listScope))
	case e == eTable || e == eTr || e == eTd || e == eTh || e == eTbody || e == eThead || e == eTfoot || e == eCaption || e == eColgroup:
		r.endOther(tok, t.find(e, tableScope))
	case e == eTemplate:
		r.endOther(tok, t.find(e, noScope))
	case e.is(special):
		r.endOther(tok, t.find(e, anyScope))
	default:
		r.endOther(tok, t.find(e, specialScope))
	}
}

// findName returns the place of the innermost open element of a name that HTML doesn't have.
func (t *tree) findName(name []byte) int {
	for i := len(t.open) - 1; i >= 0; i-- {
		n := &t.open[i]
		if n.id == eNone && bytes.Equal(n.name, name) {
			return i
		}
		if specialScope(n) && !n.id.is(implied) {
			break
		}
	}
	return -1
}

// endOther closes the element at the place i, or says why there is none.
func (r *reader) endOther(tok *htmlscan.Token, i int) {
	t := &r.tree
	if i >= 0 {
		r.pop(i, tok.Name, true, tok.Start)
		return
	}
	if t.takeLost(tok.Name) {
		return
	}
	// It may be open, and out of reach.
	for j := len(t.open) - 1; j >= 0; j-- {
		n := &t.open[j]
		if n.foreign || !bytes.Equal(n.name, tok.Name) || n.id.is(boundary) {
			if markerScope(n) {
				break
			}
			continue
		}
		r.misnested(tok, &t.open[j+1])
		r.remove(j)
		return
	}
	r.stray(tok)
}

func (r *reader) misnested(tok *htmlscan.Token, inner *node) {
	line, column := r.places.Of(inner.at)
	r.found(tagMisnested, tok.Start, string(tok.Name), "</%s> comes before the end of the <%s> that was opened in it, at %d:%d", tok.Name, inner.name, line, column)
}

func (r *reader) stray(tok *htmlscan.Token) {
	r.found(tagStray, tok.Start, string(tok.Name), "</%s> closes nothing", tok.Name)
}

// endP closes a paragraph. One that isn't open was often ended by what it can't hold.
func (r *reader) endP(tok *htmlscan.Token) {
	t := &r.tree
	if i := t.find(eP, buttonScope); i >= 0 {
		r.pop(i, tok.Name, true, tok.Start)
		return
	}
	if t.takeLost(tok.Name) {
		return
	}
	if n := len(t.ended); n > 0 && t.ended[n-1].depth == len(t.open) {
		e := t.ended[n-1]
		t.ended = t.ended[:n-1]
		line, column := r.places.Of(tok.Start)
		r.found(htmlNesting, e.at, string(e.by), "<%s> can't be in <p>: it ends the paragraph, and the </p> at %d:%d closes nothing", e.by, line, column)
		return
	}
	r.stray(tok)
}

func (r *reader) endHeading(e elem, tok *htmlscan.Token) {
	t := &r.tree
	for i := len(t.open) - 1; i >= 0; i-- {
		n := &t.open[i]
		if !n.foreign && n.id.is(heading) && n.id != eHgroup {
			if n.id != e {
				r.found(tagMisnested, tok.Start, string(tok.Name), "</%s> closes a heading that began as <%s>", tok.Name, n.name)
			}
			r.pop(i, tok.Name, true, tok.Start)
			return
		}
		if anyScope(n) {
			break
		}
	}
	if !t.takeLost(tok.Name) {
		r.stray(tok)
	}
}

// endFormatting closes an element that lives on in those that are opened in it.
func (r *reader) endFormatting(e elem, tok *htmlscan.Token) {
	t := &r.tree
	i := t.find(e, markerScope)
	switch {
	case i >= 0 && i == len(t.open)-1:
		r.pop(i, tok.Name, true, tok.Start)
	case i >= 0:
		r.endAround(tok, i)
	case !t.takeLost(tok.Name):
		r.stray(tok)
	}
}

// endAround closes a formatting element in which others are open: formatting
// ones go on after it, and so do blocks; the rest ends with it.
func (r *reader) endAround(tok *htmlscan.Token, i int) {
	t := &r.tree
	inner := t.open[i+1]
	goesOn := true
	for _, n := range t.open[i+1:] {
		goesOn = goesOn && (n.id.is(formatting) || n.id.is(special)) && !n.foreign
	}
	if goesOn {
		r.misnested(tok, &inner)
		r.remove(i)
		return
	}
	r.pop(i, tok.Name, true, tok.Start)
}

// endForeign closes an element of SVG or MathML, or tells that there is none.
func (r *reader) endForeign(tok *htmlscan.Token) bool {
	t := &r.tree
	for i := len(t.open) - 1; i >= 0 && t.open[i].foreign; i-- {
		if bytes.Equal(t.open[i].name, tok.Name) {
			r.pop(i, tok.Name, true, tok.Start)
			return true
		}
	}
	return false
}

func (r *reader) endBody(e elem, tok *htmlscan.Token) {
	t := &r.tree
	if t.stage == afterBody && e == eBody {
		r.stray(tok)
		return
	}
	if len(t.open) > 0 {
		r.popAll(tok)
	}
	t.stage = afterBody
}

// popAll closes everything, at the end tag of the body or the end of the file.
func (r *reader) popAll(tok *htmlscan.Token) {
	t := &r.tree
	for i := len(t.open) - 1; i >= 0; i-- {
		n := t.open[i]
		t.open = t.open[:i]
		r.closed(&n)
		if n.id.is(implied) && !n.foreign {
			continue
		}
		t.lose(n.name)
		if n.quiet {
			continue
		}
		end := "end of the file"
		if tok.Kind == htmlscan.EndTag {
			end = "</" + string(tok.Name) + ">"
		}
		r.findMuted(n.muted, tagUnclosed, n.at, string(n.name), "<%s> isn't closed before the %s", n.name, end)
	}
	t.ended = t.ended[:0]
}

// strayHead reports the end tag of a head that has ended before it.
func (r *reader) strayHead(tok *htmlscan.Token) {
	if r.headEndedBy != nil {
		line, column := r.places.Of(tok.Start)
		r.found(htmlNesting, r.headEndedAt, string(r.headEndedBy), "<%s> can't be in <head>: it ends the head, and the </head> at %d:%d closes nothing", r.headEndedBy, line, column)
		r.headEndedBy, r.headBroken = nil, true
		return
	}
	r.stray(tok)
}
