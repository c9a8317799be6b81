package check

import "github.com/jam-go/jam/internal/htmlscan"

// nesting reports an element that its parent, or one further out, can't hold.
func (r *reader) nesting(e elem, tok *htmlscan.Token) {
	t := &r.tree
	if e == eNone || e.is(obsolete) || r.inTemplate > 0 {
		return
	}
	i := len(t.open) - 1
	for i >= 0 && !t.open[i].foreign && elements[t.open[i].id].model == holdsSame && !ownPart(e, t.open[i].id) {
		i--
	}
	if i < 0 {
		r.topLevel(e, tok)
	} else if p := &t.open[i]; !p.foreign && !r.mayHold(p.id, e, i, tok) {
		r.misplaced(e, tok, p)
		return
	} else if p.foreign && p.id == eSvg {
		return
	}
	r.outer(e, tok)
}

// ownPart tells whether e is something that only p can hold.
func ownPart(e, p elem) bool {
	switch e {
	case eSource:
		return p == eAudio || p == eVideo
	case eTrack:
		return p == eAudio || p == eVideo
	case eParam:
		return p == eObject
	}
	return false
}

func (r *reader) misplaced(e elem, tok *htmlscan.Token, p *node) {
	if p.id.is(metadata) && p.id != eNoscript {
		return
	}
	r.found(htmlNesting, tok.Start, string(tok.Name), "<%s> can't be in <%s>%s", tok.Name, p.name, because(e, p.id))
}

func because(e, p elem) string {
	switch elements[p].model {
	case holdsPhrasing:
		if e.is(flow) {
			return ", which holds text and inline elements only"
		}
	case holdsItems:
		return ", which holds <li> only"
	case holdsTerms:
		return ", which holds <dt>, <dd> and <div> only"
	case holdsTable, holdsRows, holdsCells:
		return " outside of its cells"
	}
	return home(e)
}

// home says where an element belongs that can't be just anywhere.
func home(e elem) string {
	switch e {
	case eLi:
		return "; it belongs into <ul>, <ol> or <menu>"
	case eDt, eDd:
		return "; it belongs into <dl>"
	case eTr, eTd, eTh, eTbody, eThead, eTfoot, eCaption, eCol, eColgroup:
		return "; it belongs into <table>"
	case eFigcaption:
		return "; it belongs into <figure>"
	case eSummary:
		return "; it belongs into <details>"
	case eLegend:
		return "; it belongs into <fieldset>"
	case eOption, eOptgroup:
		return "; it belongs into <select> or <datalist>"
	case eSource, eTrack:
		return "; it belongs into <picture>, <audio> or <video>"
	case eRt, eRp:
		return "; it belongs into <ruby>"
	case eTitle, eBase, eStyle:
		return "; it belongs into <head>"
	}
	return ""
}

// topLevel checks an element that is in no other but html, head or body.
func (r *reader) topLevel(e elem, tok *htmlscan.Token) {
	if r.tree.stage == inHead || e.is(flow) {
		return
	}
	r.found(htmlNesting, tok.Start, string(tok.Name), "<%s> can't be in <body>%s", tok.Name, home(e))
}

// mayHold tells whether p, the open element at the place i, can hold e.
func (r *reader) mayHold(p, e elem, i int, tok *htmlscan.Token) bool {
	supporting := e == eScript || e == eTemplate
	switch elements[p].model {
	case holdsAny, holdsText:
		return true
	case holdsFlow:
		return e.is(flow) || holdsAlso(p, e)
	case holdsPhrasing:
		return e.is(phrasing) || holdsAlso(p, e)
	case holdsItems:
		return e == eLi || supporting
	case holdsTerms:
		return e == eDt || e == eDd || e == eDiv || supporting
	case holdsTable:
		return e == eCaption || e == eColgroup || e == eThead || e == eTbody || e == eTfoot || e == eTr || e == eCol || supporting
	case holdsRows:
		return e == eTr || supporting
	case holdsCells:
		return e == eTd || e == eTh || supporting
	case holdsColumns:
		return e == eCol || e == eTemplate
	case holdsOptions:
		return e == eOption || e.is(phrasing)
	case holdsSources:
		return e == eSource || e == eImg || supporting
	case holdsHeadings:
		return e.is(heading) && e != eHgroup || e == eP || supporting
	}
	return true
}

// holdsAlso tells whether p can hold e, which others can't.
func holdsAlso(p, e elem) bool {
	switch p {
	case eFigure:
		return e == eFigcaption
	case eDetails:
		return e == eSummary
	case eFieldset:
		return e == eLegend
	case eRuby:
		return e == eRt || e == eRp
	case eSummary, eLegend:
		return e.is(heading)
	case eDiv: // in a dl it groups terms
		return e == eDt || e == eDd || e == eOption || e == eOptgroup
	}
	return false
}

// outer checks what elements can't be in, however far in.
func (r *reader) outer(e elem, tok *htmlscan.Token) {
	var by elem
	switch {
	case r.isInteractive(e, tok):
		by = r.openOf(eA, eButton, eNone)
		if e == eA && by == eA {
			by = eNone // said already
		}
		if by == eNone && e == eLabel {
			by = r.openOf(eLabel, eNone, eNone)
		}
	case e == eDfn || e == eMeter || e == eProgress:
		by = r.openOf(e, eNone, eNone)
	case e == eMain:
		if by = r.openOf(eArticle, eAside, eNav); by == eNone {
			by = r.openOf(eHeader, eFooter, eMain)
		}
	case e == eHeader || e == eFooter || e.is(heading) || e.is(sectioning):
		by = r.openOf(eAddress, eDt, eTh)
	case e == eAddress:
		by = r.openOf(eAddress, eNone, eNone)
	case e == eTable:
		by = r.openOf(eCaption, eNone, eNone)
	}
	if by != eNone {
		r.found(htmlNesting, tok.Start, string(tok.Name), "<%s> can't be in <%s>", tok.Name, elements[by].name)
	}
}

// openOf returns which of the elements is open, in the same table cell or page, or eNone.
func (r *reader) openOf(a, b, c elem) elem {
	open := r.tree.open
	for i := len(open) - 1; i >= 0; i-- {
		n := &open[i]
		if id := n.id; !n.foreign && id != eNone && (id == a || id == b || id == c) {
			return id
		}
		if n.isHTML(eTemplate) {
			break
		}
	}
	return eNone
}

// isInteractive tells whether an element is one that visitors can use.
func (r *reader) isInteractive(e elem, tok *htmlscan.Token) bool {
	has := func(name string) bool { _, ok := tok.Attr(name); return ok }
	switch e {
	case eA:
		return has("href")
	case eAudio, eVideo:
		return has("controls")
	case eImg:
		return has("usemap")
	case eInput:
		typ, _ := tok.Attr("type")
		return string(typ.Value) != "hidden"
	}
	return e.is(interactive)
}
