package check

import (
	"slices"
	"sync"

	"github.com/jam-go/jam/internal/htmlscan"
)

// obsoleteAttributes are those that HTML no longer has, with the elements that had them
// (section 16.2 of the standard).
var obsoleteAttributes = sync.OnceValue(func() map[string][]elem {
	cells := []elem{eTd, eTh, eTr, eTbody, eThead, eTfoot, eCol, eColgroup}
	frames := []elem{eIframe}
	table, body := []elem{eTable}, []elem{eBody}
	lists := []elem{eDl, eMenu, eOl, eUl}
	return map[string][]elem{
		"align": {eCaption, eCol, eDiv, eEmbed, eH1, eH2, eH3, eH4, eH5, eH6, eHr, eIframe, eImg, eInput, eLegend, eObject,
			eP, eTable, eTbody, eTd, eTfoot, eTh, eThead, eTr},
		"bgcolor": {eBody, eTable, eTd, eTh, eTr, eTbody, eThead, eTfoot},
		"valign":  cells, "charoff": cells, "char": cells,
		"width":       {eTable, eTd, eTh, eCol, eColgroup, eHr, ePre},
		"height":      {eTable, eTd, eTh, eTr},
		"border":      {eImg, eObject, eTable},
		"cellpadding": table, "cellspacing": table, "summary": table, "frame": table, "rules": table,
		"nowrap": {eTd, eTh}, "axis": {eTd, eTh}, "abbr": {eTd},
		"frameborder": frames, "marginheight": frames, "marginwidth": frames, "scrolling": frames, "allowtransparency": frames,
		"hspace": {eImg, eEmbed, eObject, eIframe}, "vspace": {eImg, eEmbed, eObject, eIframe},
		"longdesc": {eImg, eIframe}, "lowsrc": {eImg},
		"clear": {eBr}, "compact": lists, "noshade": {eHr}, "color": {eHr},
		"background": body, "text": body, "vlink": body, "alink": body, "link": body,
		"language": {eScript}, "event": {eScript},
		"rev": {eA, eLink}, "shape": {eA}, "coords": {eA}, "charset": {eA, eLink},
		"profile": {eHead}, "scheme": {eMeta},
	}
})

// obsoleteAttribute reports attributes that HTML no longer has.
func (r *reader) obsoleteAttribute(e elem, a *htmlscan.Attr) {
	if slices.Contains(r.obsolete[string(a.Name)], e) && e != eNone {
		r.found(attributeObsolete, a.Start, string(a.Name), "%s of <%s> is obsolete", a.Name, elements[e].name)
	}
}
