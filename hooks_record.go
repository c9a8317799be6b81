package jam

import "strings"

// hooked are sorts of elements that render hooks may be for.
type hooked uint8

const (
	hookedLinks hooked = 1 << iota
	hookedImages
	hookedHeadings
	hookedTables
	hookedQuotes // and alerts
)

// hookedElements are those of which any hook that comes or goes is for all of them, and how they begin in HTML.
var hookedElements = []struct {
	sort hooked
	name string
	tags []string
}{
	{hookedLinks, "render-link", []string{"<a"}},
	{hookedImages, "render-image", []string{"<img"}},
	{hookedHeadings, "render-heading", []string{"<h1", "<h2", "<h3", "<h4", "<h5", "<h6"}},
	{hookedTables, "render-table", []string{"<table"}},
}

// record notes which template of a hook the page has, or what that is.
func (h *hookSet) record(kind depKind, hook string) {
	if h.p.v.rec == nil {
		return
	}
	if h.variant == "" {
		h.variant = variantName(h.query)
	}
	h.p.read(facetPlace | facetLayout | facetType)
	h.content.note(h.p.v, kind, hook+h.variant)
}

// note records, of a text that has become html, which hooks it would be rendered by if there were any. An element that html lacks
// was not in the text, or it was in one whose hook left it out.
func (h *hookSet) note(html string) {
	if h.p.v.rec == nil {
		return
	}
	m := &h.p.v.snap.set.Markdown
	has := h.called
	switch {
	case len(m.Extensions) > 0 || h.set.any() || has&hookedQuotes != 0:
		has = ^hooked(0)
	case has&(hookedHeadings|hookedTables) != 0:
		has |= hookedLinks | hookedImages
	case has&hookedLinks != 0:
		has |= hookedImages
	}
	if h.p.d.headed {
		has |= hookedHeadings
	}
	for _, e := range hookedElements {
		if has&e.sort != 0 || containsAny(html, e.tags...) {
			h.record(depHooks, e.name)
		}
	}
	if h.content.hasMarkup { // then those of other elements are looked for, and recorded
		return
	}
	for _, e := range []struct {
		name  string
		there bool
	}{
		{"render-codeblock", strings.Contains(html, "<pre")},
		{"render-blockquote", containsAny(html, "<blockquote", "alert-")},
		{"render-passthrough", m.Math || len(m.Passthrough) > 0},
	} {
		if e.there || has == ^hooked(0) {
			h.content.note(h.p.v, depHooks, e.name+anyName)
		}
	}
}

func containsAny(s string, parts ...string) bool {
	for _, part := range parts {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}
