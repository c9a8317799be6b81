package check

import (
	"bytes"
	"strings"

	"github.com/jam-go/jam/internal/htmlscan"
)

// element checks the start tag of an element of HTML.
func (r *reader) element(e elem, tok *htmlscan.Token) {
	switch {
	case e == eNone:
		r.unknown(tok)
	case e.is(obsolete):
		r.found(elementObsolete, tok.Start, string(tok.Name), "<%s> is obsolete", tok.Name)
	}
	if r.inTemplate > 0 {
		return
	}
	for i := range tok.Attrs {
		r.attribute(e, tok, &tok.Attrs[i])
	}
	switch e {
	case eHTML:
		r.htmlElement(tok)
	case eHead:
		r.head.at = tok.Start
	case eBase:
		r.baseElement(tok)
	case eMeta:
		r.metaElement(tok)
	case eLink:
		r.linkElement(tok)
	case eScript:
		r.scriptElement(tok)
	case eImg:
		r.image(tok)
	case eArea:
		if _, ok := tok.Attr("href"); ok {
			r.alt(tok, "area")
		}
	case eInput:
		if typ, _ := tok.Attr("type"); bytes.EqualFold(typ.Value, []byte("image")) {
			r.alt(tok, "image button")
		}
	}
}

// unknown reports an element that there is not.
func (r *reader) unknown(tok *htmlscan.Token) {
	if string(tok.Name) == "no" && r.leftover {
		if _, ok := tok.Attr("value"); ok {
			r.found(leftoverTemplate, tok.Start, "<no value>", "<no value> is what a template writes for a value that isn't there")
			return
		}
	}
	if isCustom(tok.Name) {
		return
	}
	r.found(elementUnknown, tok.Start, string(tok.Name), "there is no element <%s>", tok.Name)
}

// foreign checks the start tag of an element of SVG or MathML.
func (r *reader) foreign(tok *htmlscan.Token) {
	if r.inTemplate > 0 {
		return
	}
	for i := range tok.Attrs {
		a := &tok.Attrs[i]
		switch string(a.Name) {
		case "id":
			r.idAttribute(a)
		case "href", "xlink:href":
			switch string(tok.Name) {
			case "a":
				r.ref(navigation, a)
			case "image", "feimage":
				r.ref(content, a)
			case "use":
				r.ref(local, a)
			}
		}
		if r.leftover {
			r.leftoverAttribute(a)
		}
	}
}

// attribute checks an attribute of any element of HTML.
func (r *reader) attribute(e elem, tok *htmlscan.Token, a *htmlscan.Attr) {
	if r.leftover {
		r.leftoverAttribute(a)
	}
	switch string(a.Name) {
	case "class", "style", "rel", "type", "content":
		return
	case "id":
		r.idAttribute(a)
		return
	}
	if bytes.HasPrefix(a.Name, []byte("aria-")) {
		r.aria(a)
		return
	}
	if !r.reference(e, tok, a) && !r.idReference(e, a) {
		r.value(e, a)
	}
	r.obsoleteAttribute(e, a)
}

// reference takes note of an attribute that is a URL, and tells whether it is.
func (r *reader) reference(e elem, tok *htmlscan.Token, a *htmlscan.Attr) bool {
	switch string(a.Name) {
	case "href":
		switch e {
		case eA:
			r.anchorElement(a)
		case eArea:
			r.ref(navigation, a)
		}
	case "src":
		r.source(e, a)
	case "srcset", "imagesrcset":
		r.srcset(a)
	case "poster":
		if e == eVideo {
			r.ref(content, a)
		}
	case "data":
		if e == eObject {
			r.ref(active, a)
		}
	case "action":
		if m, _ := tok.Attr("method"); e == eForm && !bytes.EqualFold(m.Value, []byte("post")) {
			r.ref(form, a)
		}
	default:
		return false
	}
	return true
}

// idReference takes note of an attribute that names ids of the page, or is one,
// and tells whether it is.
func (r *reader) idReference(e elem, a *htmlscan.Attr) bool {
	switch string(a.Name) {
	case "name":
		if e == eA {
			r.addID(a.Value, a.ValueStart, false)
		}
	case "for":
		if e == eLabel || e == eOutput {
			r.idReferences(a, e == eOutput)
		}
	case "list":
		if e == eInput {
			r.idReferences(a, false)
		}
	case "popovertarget", "commandfor", "form":
		if e != eNone {
			r.idReferences(a, false)
		}
	default:
		return false
	}
	return true
}

func (r *reader) idAttribute(a *htmlscan.Attr) {
	switch {
	case len(a.Value) == 0:
		r.found(attributeValue, a.Start, "", "the id is empty")
	case bytes.ContainsAny(a.Value, " \t\n\r\f"):
		r.found(attributeValue, a.ValueStart, string(a.Value), "the id %q has white space, so that nothing can name it", a.Value)
		fallthrough
	default:
		r.addID(a.Value, a.ValueStart, true)
	}
}

// aria checks references of aria attributes to ids.
func (r *reader) aria(a *htmlscan.Attr) {
	switch string(a.Name[len("aria-"):]) {
	case "labelledby", "describedby", "details", "owns", "controls", "flowto":
		r.idReferences(a, true)
	case "activedescendant", "errormessage":
		r.idReferences(a, false)
	}
}

// idReferences takes note of ids that must be in the page.
func (r *reader) idReferences(a *htmlscan.Attr, many bool) {
	at := a.ValueStart
	if !many {
		if len(a.Value) > 0 {
			r.idRefs = append(r.idRefs, idRef{a.Name, a.Value, at, r.muted})
		}
		return
	}
	rest := a.Value
	for len(rest) > 0 {
		n := leading(rest)
		rest, at = rest[n:], at+n
		if n = bytes.IndexAny(rest, " \t\n\r\f"); n < 0 {
			n = len(rest)
		}
		if n > 0 {
			r.idRefs = append(r.idRefs, idRef{a.Name, rest[:n], at, r.muted})
		}
		rest, at = rest[n:], at+n
	}
}

// value checks values that have a form of their own.
func (r *reader) value(e elem, a *htmlscan.Attr) {
	if e == eNone {
		return
	}
	want := wantedNumber(e, a)
	if want == "" {
		want = wantedWord(e, a)
	}
	if want != "" {
		r.found(attributeValue, a.ValueStart, string(a.Value), "%s=%q: want %s", a.Name, a.Value, want)
	}
}

// wantedNumber returns what is wanted where a number is, and something else is there.
func wantedNumber(e elem, a *htmlscan.Attr) string {
	switch string(a.Name) {
	case "tabindex":
		return integer(a, true)
	case "width", "height":
		switch e {
		case eImg, eVideo, eIframe, eCanvas, eEmbed, eObject, eSource, eInput:
			if integer(a, false) != "" {
				return "a number of pixels without unit"
			}
		}
	case "colspan", "rowspan", "span", "cols", "rows", "maxlength", "minlength", "size":
		if e != eFont && e != eHr && e != eBasefont {
			return integer(a, false)
		}
	case "start", "value":
		if e == eOl || e == eLi {
			return integer(a, true)
		}
	}
	return ""
}

// wantedWord returns what is wanted where one of some words is, and something else is there.
func wantedWord(e elem, a *htmlscan.Attr) string {
	switch string(a.Name) {
	case "lang":
		if len(a.Value) > 0 && !isLanguage(a.Value) {
			return "a language tag, such as en or pt-BR"
		}
	case "dir":
		return oneOf(a, "ltr", "rtl", "auto")
	case "loading":
		return oneOf(a, "lazy", "eager")
	case "decoding":
		return oneOf(a, "sync", "async", "auto")
	case "fetchpriority":
		return oneOf(a, "high", "low", "auto")
	case "scope":
		if e == eTh {
			return oneOf(a, "row", "col", "rowgroup", "colgroup")
		}
	case "method":
		if e == eForm {
			return oneOf(a, "get", "post", "dialog")
		}
	case "async", "autofocus", "autoplay", "checked", "controls", "default", "defer", "disabled", "inert", "ismap",
		"itemscope", "loop", "multiple", "muted", "nomodule", "novalidate", "open", "playsinline", "readonly",
		"required", "reversed", "selected", "allowfullscreen":
		if len(a.Value) > 0 && !bytes.EqualFold(a.Value, a.Name) {
			return "no value: whatever it says, it counts as set"
		}
	}
	return ""
}

// oneOf returns what is wanted if a value is none of those.
func oneOf(a *htmlscan.Attr, values ...string) string {
	for _, v := range values {
		if bytes.EqualFold(a.Value, []byte(v)) {
			return ""
		}
	}
	return strings.Join(values[:len(values)-1], ", ") + " or " + values[len(values)-1]
}

// integer returns what is wanted if a value isn't a whole number.
func integer(a *htmlscan.Attr, negative bool) string {
	digits, want := a.Value, "a whole number, not negative"
	if negative {
		digits, want = bytes.TrimPrefix(digits, []byte("-")), "a whole number"
	}
	if len(digits) == 0 {
		return want
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return want
		}
	}
	return ""
}

// isLanguage tells whether a value has the form of a language tag (BCP 47).
func isLanguage(tag []byte) bool {
	first := true
	for part := range bytes.SplitSeq(tag, []byte("-")) {
		if len(part) == 0 || len(part) > 8 {
			return false
		}
		for _, c := range part {
			letter := c|0x20 >= 'a' && c|0x20 <= 'z'
			if !letter && (first || c < '0' || c > '9') {
				return false
			}
		}
		if first && len(part) == 1 && part[0]|0x20 != 'x' && part[0]|0x20 != 'i' {
			return false
		}
		first = false
	}
	return true
}
