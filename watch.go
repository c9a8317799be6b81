package jam

import (
	"unsafe"

	"github.com/jam-go/jam/internal/exec"
	"github.com/jam-go/jam/internal/layouts"
)

// A watcher records what templates use of lists, data and parameters. What these get from a page or a site is lent: nothing of it
// is recorded but what the template engine tells that is used.
type watcher struct {
	v *view

	lists map[**Page]*lentList          // by the address of their first element
	lent  map[*pageList]Pages           // what was made of them
	maps  map[unsafe.Pointer]*lentMap   // that live as long as the view
	front map[unsafe.Pointer]*lentFront // parameters of pages, of the file under way

	sites map[any]*local               // by the addresses of their menus and taxonomies
	data  map[unsafe.Pointer]*lentData // of pages, of the file under way

	resources map[**Resource]*lentResources // by the address of their first element, of the file under way

	answers map[string]*lentAnswer // to queries, by their texts
	text    []byte                 // of the query under way
	funcs   queryFuncs
}

// lentData is what Data returned for a page.
type lentData struct {
	page   *Page
	values map[string]any
}

// watchOf returns who watches an execution; nil when nothing is recorded.
func watchOf(st *layouts.State) exec.Watcher {
	v := viewOf(st)
	if v == nil || v.recording.ledger == nil {
		return nil
	}
	if v.recording.watcher == nil {
		v.recording.watcher = &watcher{
			v: v, lists: make(map[**Page]*lentList), lent: make(map[*pageList]Pages),
			maps: make(map[unsafe.Pointer]*lentMap), front: make(map[unsafe.Pointer]*lentFront),
			sites: make(map[any]*local), data: make(map[unsafe.Pointer]*lentData),
		}
	}
	return v.recording.watcher
}

// begin forgets what was lent for the last file.
func (w *watcher) begin() {
	w.front, w.data, w.resources = emptied(w.front), emptied(w.data), emptied(w.resources)
}

// The methods whose results are lent.
var (
	lentOfPages     = []string{"Pages", "RegularPages", "RegularPagesRecursive", "Sections", "Ancestors", "Related", "Params", "Data", "Language", "Resources"}
	lentOfSites     = []string{"Pages", "RegularPages", "AllPages", "Sections", "Data", "Params", "Menus", "Taxonomies", "Language"}
	partsOfLanguage = []string{"String", "IsDefault", "Lang", "LanguageCode", "LanguageName", "Label", "LanguageDirection", "Direction"}
	lentOfResources = []string{"Params"}
)

// Call implements [exec.Watcher].
func (w *watcher) Call(recv any, method string) (any, bool) {
	if w.v.rec == nil {
		return nil, false
	}
	switch recv := recv.(type) {
	case *Page:
		if recv != nil && recv.v == w.v {
			return w.callPage(recv, method)
		}
	case *Site:
		if recv != nil && recv.v == w.v {
			return w.callSite(recv, method)
		}
	case *Resource:
		if recv != nil && recv.page.v == w.v {
			return w.callResource(recv)
		}
	}
	return nil, false
}

func (w *watcher) callPage(p *Page, method string) (any, bool) {
	switch method {
	case "Pages":
		return w.lend(p.pageList()), true
	case "RegularPages":
		return w.lend(p.read(facetPlace).regular), true
	case "RegularPagesRecursive":
		return w.lend(p.recursiveList()), true
	case "Sections":
		return w.lend(p.read(facetPlace).sections), true
	case "Ancestors":
		return w.lend(p.chain()), true
	case "Related":
		if list, err := p.v.snap.relatedList(p.d); err == nil {
			return w.lend(list), true
		}
	case "Data":
		m := p.data(w.lend(p.pageList()))
		if t := p.d.taxonomy; t != nil && len(m["Terms"].(Taxonomy)) == 0 {
			w.v.rec.name(depTaxonomy, p.d.local.Code, t.name)
		}
		w.data[addressOf(m)] = &lentData{p, m}
		return m, true
	case "Language":
		return w.callSite(p.Site(), method)
	case "Params":
		if m, err := p.params(); err == nil && len(m) > 0 {
			w.front[addressOf(m)] = &lentFront{page: p, values: m}
			return m, true
		}
	case "Resources":
		return w.lendResources(p)
	}
	return nil, false
}

// callResource returns the parameters of a resource.
func (w *watcher) callResource(r *Resource) (any, bool) {
	m := r.d.meta.params
	if r.d.part != nil || len(m) == 0 {
		return nil, false
	}
	w.front[addressOf(m)] = &lentFront{resource: r, values: m}
	return m, true
}

func (w *watcher) callSite(s *Site, method string) (any, bool) {
	switch lc := s.local; method {
	case "Pages", "RegularPages":
		return w.lend(lc.regular), true
	case "AllPages":
		return w.lend(lc.snap.all), true
	case "Sections":
		return w.lend(lc.sections), true
	case "Data":
		data := w.v.snap.data
		return data, w.lendMap(depData, "", "", data)
	case "Menus":
		return w.lendMenus(s), true
	case "Taxonomies":
		return w.lendTaxonomies(s), true
	case "Params":
		return lc.Params, w.lendMap(depSiteParam, lc.Code, "", lc.Params)
	case "Language":
		if m := lc.Language.Params; w.lendMap(depSiteParam, lc.Code, "", m) {
			return s.read(settingLanguage).Language, true
		}
	}
	return nil, false
}

// Use implements [exec.Watcher].
func (w *watcher) Use(v any, how exec.Use, n int) {
	if w.v.rec == nil {
		return
	}
	switch v := v.(type) {
	case Pages:
		if v[0] != nil {
			w.useList(v, how, n)
		}
	case Resources:
		w.useResources(v, how, n)
	case map[string]any:
		w.useMap(v, how)
	case Menus:
		w.useMenus(v)
	case Language:
		if len(v.Params) > 0 {
			w.useMap(v.Params, exec.UseAll)
		}
	default:
		w.useTerms(v, how, n)
	}
}
