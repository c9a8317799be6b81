package check

import (
	"bytes"

	"github.com/jam-go/jam/internal/htmlscan"
)

// node is an open element.
type node struct {
	id      elem
	foreign bool // of SVG or MathML
	holds   bool // foreign, but may hold HTML
	quiet   bool // whether it is closed is not reported: there is a mistake in its start tag
	muted   mutes
	at      int // offset of its start tag
	name    []byte
}

func (n *node) isHTML(e elem) bool { return n.id == e && !n.foreign }

// stage is how far a document is.
type stage uint8

const (
	inHead stage = iota // and before it
	inBody
	afterBody
)

// tree keeps the elements that are open, as the tree construction of the HTML
// standard (section 13.2.6) has them, without the tree. Where a document is
// wrong it does something simple, so that one mistake gives one finding.
type tree struct {
	open    []node
	lost    [][]byte // names of elements that were closed too early, and whose end tags are still to come
	ended   []ended  // paragraphs that a start tag ended
	stage   stage
	seen    [3]bool // start tags of html, head and body
	noHead  bool    // the head was left
	content bool    // there was a start tag of something else
	headTag bool    // it began with its tag, and has not ended
}

// ended is a paragraph that ended where something began that it can't hold.
type ended struct {
	depth int    // of open elements, without the paragraph
	by    []byte // the start tag's name
	at    int    // and offset
}

func (t *tree) reset() {
	*t = tree{open: t.open[:0], lost: t.lost[:0], ended: t.ended[:0]}
}

// top returns the innermost open element, or nil.
func (t *tree) top() *node {
	if len(t.open) == 0 {
		return nil
	}
	return &t.open[len(t.open)-1]
}

// inForeign tells whether what comes next is SVG or MathML.
func (t *tree) inForeign() bool {
	n := t.top()
	return n != nil && n.foreign && !n.holds
}

// find returns the place of the innermost open element e, or -1 if there is none
// in scope: stop tells what bounds the scope.
func (t *tree) find(e elem, stop func(n *node) bool) int {
	for i := len(t.open) - 1; i >= 0; i-- {
		n := &t.open[i]
		if n.isHTML(e) {
			return i
		}
		if stop(n) {
			break
		}
	}
	return -1
}

func anyScope(n *node) bool { return n.holds || !n.foreign && n.id.is(boundary) }

func buttonScope(n *node) bool { return n.isHTML(eButton) || anyScope(n) }

func listScope(n *node) bool { return n.isHTML(eUl) || n.isHTML(eOl) || n.isHTML(eMenu) || anyScope(n) }

func tableScope(n *node) bool { return n.isHTML(eTable) || n.isHTML(eTemplate) }

// itemScope is where the standard looks for an item to end when another begins.
func itemScope(n *node) bool {
	if n.foreign {
		return n.holds
	}
	return n.id.is(special) && n.id != eAddress && n.id != eDiv && n.id != eP
}

func specialScope(n *node) bool { return n.holds || !n.foreign && n.id.is(special) }

func markerScope(n *node) bool {
	switch n.id {
	case eTd, eTh, eCaption, eApplet, eObject, eMarquee, eTemplate:
		return !n.foreign
	}
	return n.holds
}

func noScope(*node) bool { return false }

// push opens an element.
func (r *reader) push(n node) {
	const deepest = 512 // browsers have no more levels
	if len(r.tree.open) == deepest {
		r.found(htmlNesting, n.at, string(n.name), "elements are nested more than %d levels deep; browsers stop there, and so does this check", deepest)
		r.tooDeep = true
	}
	r.tree.open = append(r.tree.open, n)
	r.opened(&r.tree.open[len(r.tree.open)-1])
}

// pop closes the elements from the given place on. Those inside of it that should
// have been closed before are reported; by, at offset, is what closes them.
func (r *reader) pop(to int, by []byte, end bool, offset int) {
	t := &r.tree
	for i := len(t.open) - 1; i >= to; i-- {
		n := t.open[i]
		t.open = t.open[:i]
		r.closed(&n)
		if i == to || n.id.is(implied) && !n.foreign {
			continue
		}
		t.lose(n.name)
		r.unclosed(&n, by, end, offset)
	}
	t.forgetEnded()
}

func (r *reader) unclosed(n *node, by []byte, end bool, offset int) {
	if n.quiet {
		return
	}
	slash := ""
	if end {
		slash = "/"
	}
	line, column := r.places.Of(offset)
	r.findMuted(n.muted, tagUnclosed, n.at, string(n.name), "<%s> isn't closed before the <%s%s> at %d:%d, which ends what it is in", n.name, slash, by, line, column)
}

func (t *tree) forgetEnded() {
	for len(t.ended) > 0 && t.ended[len(t.ended)-1].depth > len(t.open) {
		t.ended = t.ended[:len(t.ended)-1]
	}
}

// lose takes note of an element whose end tag is still to come.
func (t *tree) lose(name []byte) {
	const most = 64
	if len(t.lost) == most {
		t.lost = append(t.lost[:0], t.lost[1:]...)
	}
	t.lost = append(t.lost, name)
}

// takeLost tells whether an end tag is that of an element that was closed too early.
func (t *tree) takeLost(name []byte) bool {
	for i := len(t.lost) - 1; i >= 0; i-- {
		if bytes.Equal(t.lost[i], name) {
			t.lost = append(t.lost[:i], t.lost[i+1:]...)
			return true
		}
	}
	return false
}

// begin closes what a start tag closes without end tags: the elements whose end
// tag may be left out.
func (r *reader) begin(e elem, tok *htmlscan.Token) {
	t := &r.tree
	closeAt := func(i int) {
		if i >= 0 {
			r.pop(i, tok.Name, false, tok.Start)
		}
	}
	switch e {
	case eLi:
		closeAt(t.find(eLi, itemScope))
	case eDd, eDt:
		closeAt(max(t.find(eDd, itemScope), t.find(eDt, itemScope)))
	case eOption, eOptgroup, eHr:
		r.beginOption(e, closeAt)
	case eTd, eTh, eTr, eTbody, eThead, eTfoot, eCaption, eColgroup:
		r.beginTablePart(e, closeAt)
	case eRt, eRp:
		closeAt(max(t.find(eRt, itemScope), t.find(eRp, itemScope)))
	case eTable:
		if n := t.top(); n != nil && n.isHTML(eTable) {
			r.found(htmlNesting, tok.Start, "table", "<table> can't be in <table> outside of its cells")
			closeAt(len(t.open) - 1)
		}
	case eA:
		if i := t.find(eA, markerScope); i >= 0 {
			line, column := r.places.Of(t.open[i].at)
			r.found(htmlNesting, tok.Start, "a", "<a> can't be in another <a>, which begins at %d:%d", line, column)
			t.lose(tok.Name)
			r.remove(i)
		}
	case eButton:
		if i := t.find(eButton, anyScope); i >= 0 {
			r.found(htmlNesting, tok.Start, "button", "<button> can't be in another <button>")
			t.lose(tok.Name)
			closeAt(i)
		}
	}
	if n := t.top(); e.is(heading) && e != eHgroup && n != nil && !n.foreign && n.id.is(heading) && n.id != eHgroup {
		r.found(htmlNesting, tok.Start, string(tok.Name), "<%s> can't be in <%s>", tok.Name, n.name)
		t.lose(n.name)
		closeAt(len(t.open) - 1)
	}
	if e.is(closesP) || e == eLi || e == eDd || e == eDt {
		r.endParagraph(tok)
	}
}

// endParagraph ends the paragraph in which an element begins that it can't hold.
func (r *reader) endParagraph(tok *htmlscan.Token) {
	t := &r.tree
	if i := t.find(eP, buttonScope); i >= 0 {
		r.pop(i, tok.Name, false, tok.Start)
		if n := len(t.ended); n > 0 && t.ended[n-1].depth == i {
			t.ended = t.ended[:n-1]
		}
		t.ended = append(t.ended, ended{depth: i, by: tok.Name, at: tok.Start})
	}
}

func (r *reader) beginOption(e elem, closeAt func(int)) {
	t := &r.tree
	if t.find(eSelect, anyScope) < 0 && t.find(eDatalist, anyScope) < 0 {
		return
	}
	if e != eHr || t.find(eSelect, noScope) >= 0 {
		closeAt(t.find(eOption, anyScope))
	}
	if e != eOption {
		closeAt(t.find(eOptgroup, anyScope))
	}
}

func (r *reader) beginTablePart(e elem, closeAt func(int)) {
	t := &r.tree
	parts := []elem{eCaption, eColgroup}
	switch e {
	case eTd, eTh:
		parts = []elem{eTd, eTh}
	case eTr:
		parts = []elem{eTr, eCaption, eColgroup}
	default:
		parts = append(parts, eTbody, eThead, eTfoot, eTr)
	}
	at := -1
	for _, p := range parts {
		if i := t.find(p, tableScope); i >= 0 && (at < 0 || i < at) {
			at = i
		}
	}
	closeAt(at)
}

// remove closes one element and leaves those in it open.
func (r *reader) remove(i int) {
	n := r.tree.open[i]
	r.tree.open = append(r.tree.open[:i], r.tree.open[i+1:]...)
	r.closed(&n)
	r.tree.forgetEnded()
}
