package jam

import (
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/digest"
	"github.com/jam-go/jam/internal/exec"
)

// resourceRead is a part of what was read of a page's resources, for which facetResource of the page stands, and its checksum.
type resourceRead struct {
	sum  uint64
	page pageID
	file uint32 // which resource; see resourceData.key
	key  depID  // what it is called; see resourcePart.keyed
	what resourcePart
}

// resourcePart is what may be read of a page's resources.
type resourcePart uint8

const (
	resourceName resourcePart = iota // by which its type is known, and the page that is made of it
	resourceTitle
	resourceRoute
	resourceParams
	resourceParam  // by its keys
	resourcesFound // by a query for some of them

	resourceParts
)

// resourcePartNames are what reports call them.
var resourcePartNames = [resourceParts]string{"name of a resource", "title of a resource", "URL of a resource", "parameters of a resource",
	"parameter of a resource", "resources"}

// keyed tells whether what is read has a name, which is of a dep of the kind depParam or depFound.
func (p resourcePart) keyed() bool { return p == resourceParam || p == resourcesFound }

// resourceKey names what is read of the resources of a page.
type resourceKey struct {
	page pageID
	file uint32
	key  depID
	what resourcePart
}

// key tells a resource from others of its page.
func (d *resourceData) key() uint32 { return uint32(digest.Hash(0).String(d.doc.name).Sum()) }

// resource notes that something is read of a resource.
func (r *recorder) resource(page *pageData, what resourcePart, d *resourceData, keys string) {
	k := resourceKey{page: page.id, file: d.key(), what: what}
	if what == resourceParam {
		k.key = r.nameID(depParam, "", keys)
	}
	if r.isNew(k) {
		r.keepResource(k, d.sum(digest.Hash(what), what, keys))
	}
}

// found notes what a query gives, of the resources of a page.
func (r *recorder) found(page *pageData, query string, list Resources) {
	k := resourceKey{page: page.id, key: r.nameID(depFound, "", query), what: resourcesFound}
	if r.isNew(k) {
		_, part := cutPart(query)
		r.keepResource(k, foundSum(list, part))
	}
}

func (r *recorder) isNew(k resourceKey) bool {
	r.page(k.page, facetResource)
	if _, ok := r.files[k]; ok {
		return false
	}
	if r.files == nil {
		r.files = make(map[resourceKey]struct{})
	}
	r.files[k] = struct{}{}
	return true
}

func (r *recorder) keepResource(k resourceKey, sum uint64) {
	r.own().resources = append(r.own().resources, resourceRead{sum: sum, page: k.page, file: k.file, key: k.key, what: k.what})
}

// describe is what reports call it, with the name of what is keyed.
func (r resourceRead) describe(name string) string {
	name, _ = cutPart(name)
	name = strings.NewReplacer(askedEnd, " ", "\x00", ".").Replace(name)
	return strings.TrimSpace(resourcePartNames[r.what] + " " + name)
}

// resourcesByKey returns the page's resources by their keys, of which few are those of two.
func (d *pageData) resourcesByKey() map[uint32][]*resourceData {
	byKey := make(map[uint32][]*resourceData, len(d.resources))
	for _, res := range d.resources {
		byKey[res.key()] = append(byKey[res.key()], res)
	}
	return byKey
}

// resourceSum returns a checksum of a part of what is known of the resources that have a key.
func resourceSum(list []*resourceData, what resourcePart, keys string) uint64 {
	h := digest.Hash(what)
	for _, res := range list {
		h = digest.Hash(res.sum(h, what, keys))
	}
	return uint64(h)
}

// foundSum returns a checksum of a part of what a query gives, of the page's resources.
func (d *pageData) foundSum(query string) uint64 {
	query, part := cutPart(query)
	return foundSum(resourcesOf(nil, d.resources).find(query), part)
}

// sum adds a part of what is known of the resource.
func (d *resourceData) sum(h digest.Hash, what resourcePart, keys string) uint64 {
	switch what {
	case resourceName:
		h = h.String(d.name).String(d.meta.name).Bool(d.part != nil)
	case resourceTitle:
		h = h.String(d.title(d.meta.title)).Bool(d.meta.title == "")
	case resourceRoute:
		if h = h.Bool(d.route != nil); d.route != nil {
			h = h.String(d.route.rel)
		}
	case resourceParams:
		h = h.Value(d.meta.params)
	case resourceParam:
		h = h.Uint(paramSum(d.meta.params, keys))
	}
	return h.Sum()
}

// foundSum returns a checksum of a part of a list of resources.
func foundSum(list Resources, part string) uint64 {
	h := digest.Hash(resourcesFound)
	switch part {
	case "len":
		return h.Int(len(list)).Sum()
	case "some":
		return h.Bool(len(list) > 0).Sum()
	}
	list = partOf(list, part)
	h = h.Int(len(list))
	for _, r := range list {
		h = h.String(r.d.doc.name)
	}
	return h.Sum()
}

// The methods of Resources that ask for some of them.
var askedOfResources = []string{"Get", "GetMatch", "Match", "ByType"}

const (
	askedFirst = "First" // what queries call the first resources of a list
	askedEnd   = "\x01"  // ends a method, and an argument
)

// find asks a query, which is methods with an argument each, one after another.
func (rs Resources) find(query string) Resources {
	for query != "" {
		var method, arg string
		method, query, _ = strings.Cut(query, askedEnd)
		arg, query, _ = strings.Cut(query, askedEnd)
		rs, _ = rs.ask(method, arg) // it did not fail for the template that asked
	}
	return rs
}

// ask returns what a method gives, as a list.
func (rs Resources) ask(method, arg string) (Resources, error) {
	switch method {
	case "Get":
		if r := rs.Get(arg); r != nil {
			return Resources{r}, nil
		}
		return nil, nil
	case "GetMatch":
		found, err := rs.Match(arg)
		return found[:min(1, len(found))], err
	case "Match":
		return rs.Match(arg)
	case "ByType":
		return rs.ByType(arg), nil
	}
	return partOf(rs, arg), nil
}

// lentResources are resources of a page as a template got them.
type lentResources struct {
	page  *Page
	query string // that gave them; "": all
	list  Resources
}

// lendResources returns a page's resources, of which templates take those that they need.
func (w *watcher) lendResources(p *Page) (Resources, bool) {
	if len(p.d.resources) == 0 {
		return nil, false
	}
	return w.lendFound(&lentResources{page: p, list: resourcesOf(p, p.d.resources)}), true
}

func (w *watcher) lendFound(l *lentResources) Resources {
	if len(l.list) == 0 {
		w.v.rec.found(l.page.d, l.query, nil)
		return nil
	}
	if w.resources == nil {
		w.resources = make(map[**Resource]*lentResources)
	}
	w.resources[&l.list[0]] = l
	return l.list
}

// lentOf returns what is known of resources that a template got, or nil.
func (w *watcher) lentOf(rs Resources) *lentResources {
	if l := w.resources[&rs[0]]; l != nil && len(rs) <= len(l.list) {
		return l
	}
	return nil
}

func (w *watcher) useResources(rs Resources, how exec.Use, n int) {
	l := w.lentOf(rs)
	if l == nil {
		return
	}
	part := usedPart(how, n, len(rs), len(l.list))
	if part == "" && l.query == "" {
		l.page.read(facetResources)
		return
	}
	w.v.rec.found(l.page.d, listPart(l.query, part), l.list)
}

// firstResources notes that all resources are the first n, when there are no more: the list is then the one that was lent.
func (w *watcher) firstResources(n any, rs Resources) {
	l := w.lentOf(rs)
	if k, isInt := n.(int); l == nil || isInt && k < len(rs) {
		return
	}
	w.v.rec.found(l.page.d, listPart(l.query, "len"), l.list)
}

// askResources answers a method of resources that are lent.
func (w *watcher) askResources(rs Resources, method string, args []any) (any, bool) {
	l := w.lentOf(rs)
	if l == nil || len(args) != 1 || !slices.Contains(askedOfResources, method) {
		return nil, false
	}
	arg, ok := args[0].(string)
	if !ok || strings.ContainsAny(arg, "\x00"+askedEnd) {
		return nil, false
	}
	query := l.query
	if len(rs) < len(l.list) {
		query = thenAsked(query, askedFirst, listRange(0, len(rs)))
	}
	list, err := rs.ask(method, arg)
	if err != nil {
		return nil, false
	}
	found := &lentResources{page: l.page, query: thenAsked(query, method, arg), list: slices.Clip(list)}
	if method == "Match" || method == "ByType" {
		return w.lendFound(found), true
	}
	w.v.rec.found(l.page.d, found.query, list)
	if len(list) == 0 {
		return (*Resource)(nil), true
	}
	return list[0], true
}

// thenAsked is a query, and a method that is called of what it gives.
func thenAsked(query, method, arg string) string {
	if query != "" {
		query += askedEnd
	}
	return query + method + askedEnd + arg
}
