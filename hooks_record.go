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
	hookedCode   // in blocks
)

// hookedElements are those of which any hook that comes or goes is for all of them.
var hookedElements = []struct {
	sort hooked
	name string
}{
	{hookedLinks, "render-link"},
	{hookedImages, "render-image"},
	{hookedHeadings, "render-heading"},
	{hookedTables, "render-table"},
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
	there, has := elementsOf(html), h.called
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
		if (there|has)&e.sort != 0 {
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
		{"render-codeblock", there&hookedCode != 0},
		{"render-blockquote", there&hookedQuotes != 0},
		{"render-passthrough", m.Math || len(m.Passthrough) > 0},
	} {
		if e.there || has == ^hooked(0) {
			h.content.note(h.p.v, depHooks, e.name+anyName)
		}
	}
}

// elementsOf tells which sorts of elements rendered Markdown has, by how they begin: it may take others for them.
func elementsOf(html string) (has hooked) {
	for {
		i := strings.IndexByte(html, '<')
		if i < 0 || i+2 >= len(html) {
			return has
		}
		html = html[i+1:]
		switch html[0] {
		case 'a':
			has |= hookedLinks
		case 'i':
			if strings.HasPrefix(html, "img") {
				has |= hookedImages
			}
		case 't':
			if strings.HasPrefix(html, "table") {
				has |= hookedTables
			}
		case 'h':
			if '1' <= html[1] && html[1] <= '6' {
				has |= hookedHeadings
			}
		case 'b':
			if strings.HasPrefix(html, "blockquote") {
				has |= hookedQuotes
			}
		case 'd':
			if strings.HasPrefix(html, `div class="alert `) || strings.HasPrefix(html, `details class="alert `) {
				has |= hookedQuotes
			}
		case 'p':
			if html[1] == 'r' {
				has |= hookedCode
			}
		}
	}
}
