package jam

import (
	"reflect"
	"strconv"
	"strings"
	"unsafe"

	"github.com/jam-go/jam/internal/digest"
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

// lentList is a list as a dep.
type lentList struct {
	kind depKind
	name string
	len  int
	deps map[string]depID // by the part that is used
}

// lentMap is a map in a tree of data or of a site's parameters.
type lentMap struct {
	kind depKind
	lang string
	path string // the keys that lead to it
	m    any    // keeps it in memory
	keys map[string]string
}

// lentFront are the parameters of a page, or of a resource.
type lentFront struct {
	page     *Page
	resource *Resource
	values   map[string]any
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

// use notes that all of the parameters are read.
func (f *lentFront) use() {
	if f.resource != nil {
		f.resource.read(resourceParams)
	} else {
		f.page.read(facetParams)
	}
}

// useKeys notes that a parameter, or a key in it, is read.
func (f *lentFront) useKeys(keys ...string) {
	var rec *recorder
	if f.resource != nil {
		rec = f.resource.page.v.rec
	} else {
		rec = f.page.v.rec
	}
	name, ok := paramName(keys)
	switch {
	case rec == nil:
	case !ok:
		f.use()
	case f.resource != nil:
		rec.resource(f.resource.page.d, resourceParam, f.resource.d, name)
	default:
		rec.param(f.page.d.id, name, paramSum(f.values, name))
	}
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

// lend returns the view's pages of a list.
func (w *watcher) lend(l *pageList) Pages {
	if l == nil || len(l.ids) == 0 {
		return w.v.list(l)
	}
	if ps, ok := w.lent[l]; ok {
		return ps
	}
	ps := w.v.pagesOf(l)
	w.lent[l] = ps
	w.lists[&ps[0]] = &lentList{kind: depList, name: l.key(), len: len(ps)}
	return ps
}

// lendMap is false for a map that is known by another path already, or empty.
func (w *watcher) lendMap(kind depKind, lang, path string, m map[string]any) bool {
	if len(m) == 0 {
		return false
	}
	at := addressOf(m)
	known, ok := w.maps[at]
	if !ok {
		w.maps[at] = &lentMap{kind, lang, path, m, make(map[string]string)}
		return true
	}
	return known.kind == kind && known.lang == lang && known.path == path
}

func addressOf(m any) unsafe.Pointer { return reflect.ValueOf(m).UnsafePointer() }

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

func (w *watcher) useList(ps Pages, how exec.Use, n int) {
	l := w.lists[&ps[0]]
	if l == nil || len(ps) > l.len {
		return
	}
	part := usedPart(how, n, len(ps), l.len)
	id, ok := l.deps[part]
	if !ok {
		id = w.v.recording.ledger.table.id(depKey{l.kind, "", listPart(l.name, part)})
		if l.deps == nil {
			l.deps = make(map[string]depID)
		}
		l.deps[part] = id
	}
	w.v.rec.dep(id)
}

// usedPart names the part of a list of all members that is used when its first ones are, as many as have; see listPart.
func usedPart(how exec.Use, n, have, all int) string {
	if how == exec.UseSome {
		return "some"
	}
	if how != exec.UsePrefix {
		n = have
	}
	switch {
	case n < all:
		return listRange(0, n)
	case how == exec.UseLen:
		return "len"
	}
	return ""
}

// uses records that all of a list is used, which may be lent.
func (v *view) uses(ps Pages) {
	if v.rec != nil && v.recording.watcher != nil && len(ps) > 0 {
		v.recording.watcher.Use(ps, exec.UseAll, 0)
	}
}

func (w *watcher) useMap(m map[string]any, how exec.Use) {
	at := addressOf(m)
	if f := w.front[at]; f != nil {
		f.use()
		return
	}
	if d := w.data[at]; d != nil {
		d.page.useData()
		d.page.pageList()
		if ps := d.values["Pages"].(Pages); len(ps) > 0 {
			w.useList(ps, exec.UseAll, 0)
		}
		return
	}
	l := w.maps[at]
	switch {
	case l == nil:
	case how == exec.UseSome && l.kind == depData:
		w.v.rec.name(depDataSome, l.lang, l.path)
	default:
		w.v.rec.name(l.kind, l.lang, l.path)
	}
}

// Key implements [exec.Watcher].
func (w *watcher) Key(m any, key string, value any) {
	if w.v.rec == nil {
		return
	}
	values, ok := m.(map[string]any)
	if !ok {
		if menus, ok := m.(Menus); ok {
			w.menuKey(menus, key)
		}
		w.termsKey(m, key)
		return
	}
	at := addressOf(values)
	if f := w.front[at]; f != nil {
		f.useKeys(key)
		return
	}
	if d := w.data[at]; d != nil {
		if term := d.page.d.term; term != nil && key == "Term" {
			w.v.rec.readTerm(term.taxonomy, d.page.d.local.Code, termText, term.key, "")
		}
		return
	}
	l := w.maps[at]
	if l == nil {
		return
	}
	path, ok := l.keys[key]
	if !ok {
		path = key
		if l.path != "" {
			path = l.path + "\x00" + key
		}
		l.keys[key] = path
	}
	if key == "" || strings.Contains(key, "\x00") { // which no path can have
		w.v.rec.name(l.kind, l.lang, l.path)
		return
	}
	if sub, ok := value.(map[string]any); ok && l.kind == depData && w.lendMap(l.kind, l.lang, path, sub) {
		return
	}
	w.v.rec.name(l.kind, l.lang, path)
}

// paramName returns the name of the parameter that keys lead to, if there can be one.
func paramName(keys []string) (name string, ok bool) {
	name = keys[0]
	if len(keys) > 1 {
		name = strings.Join(keys, "\x00")
	}
	return name, strings.Count(name, "\x00") == len(keys)-1 && !strings.HasPrefix(name, "\x00")
}

// dotted makes the name of a parameter in which dots lead into maps one for paramSum.
func dotted(name string) string { return "\x00" + name }

// paramSum returns a checksum of the parameter that keys lead to, or of what is on the way there.
func paramSum(values map[string]any, name string) uint64 {
	h := digest.Hash(0)
	if text, ok := strings.CutPrefix(name, "\x00"); ok {
		v, found := lookupParam(values, text)
		return h.Bool(found).Value(v).Sum()
	}
	var v any = values
	for name != "" {
		m, ok := v.(map[string]any)
		if !ok {
			break
		}
		var key string
		key, name = cutKey(name)
		_, exact := m[key]
		var found bool
		v, found = lookupFold(m, key)
		h = h.Bool(exact).Bool(found)
	}
	return h.Value(v).Sum()
}

// useParam records that a template asks for keys of what may be parameters.
func useParam(st *layouts.State, recv any, keys []string) {
	v := viewOf(st)
	if v == nil || v.rec == nil || v.recording.watcher == nil {
		return
	}
	w := v.recording.watcher
	switch recv := recv.(type) {
	case map[string]any:
		if len(recv) == 0 || len(keys) == 0 {
			return
		}
		at := addressOf(recv)
		if f := w.front[at]; f != nil {
			f.useKeys(keys...)
		} else if l := w.maps[at]; l != nil && l.kind == depSiteParam && l.path == "" {
			v.rec.name(depSiteParam, l.lang, strings.Join(keys, "\x00"))
		} else if l != nil {
			v.rec.name(l.kind, l.lang, l.path)
		} else if w.data[at] != nil {
			w.useMap(recv, exec.UseAll)
		}
	default:
		if n := reflect.ValueOf(recv).Len(); n > 0 {
			w.Use(recv, exec.UseAll, 0)
		}
	}
}

// listPart names a part of a list: "len" for its length, "some" for whether it has any, or a range of its members.
func listPart(name, part string) string {
	if part == "" {
		return name
	}
	return name + "\x00" + part
}

func listRange(from, to int) string { return strconv.Itoa(from) + "-" + strconv.Itoa(to) }

// cutPart undoes listPart.
func cutPart(name string) (list, part string) {
	if i := strings.LastIndexByte(name, 0); i >= 0 {
		return name[:i], name[i+1:]
	}
	return name, ""
}

// partOf returns a range of the members of a list, as much as there is of it.
func partOf[T any](ids []T, part string) []T {
	a, b, _ := strings.Cut(part, "-")
	from, err1 := strconv.Atoi(a)
	to, err2 := strconv.Atoi(b)
	if err1 != nil || err2 != nil || from > to {
		return ids
	}
	return ids[min(from, len(ids)):min(to, len(ids))]
}
