package jam

import (
	"io/fs"
	"strings"
	"sync"

	"github.com/jam-go/jam/internal/digest"
	"github.com/jam-go/jam/internal/layouts"
)

// deps works out checksums of deps in a snapshot. It is safe for concurrent use.
type deps struct {
	s     *snapshot
	same  *ledger // of the snapshot's model: what does not depend on anything else is as it was then
	old   *ledger // with which the snapshot is compared, or nil
	lists func() map[string][]*pageList
	named func() map[string][]*pageData
	files func() map[string]*document

	queries *queryDeps
	alike   sync.Map // whether all names are as in old, by the depKey that stands for them
}

func newDeps(s *snapshot, same *ledger) *deps {
	c := &deps{s: s, same: same, lists: sync.OnceValue(s.namedLists), named: sync.OnceValue(s.pagesByListName), files: sync.OnceValue(s.resourceFiles)}
	c.queries = newQueryDeps(c)
	return c
}

// of returns the checksum of a dep, which has a number in the ledger's table.
func (c *deps) of(id depID, key depKey) depSum {
	if c.same.knows(id) && !c.outside(key.kind) {
		return c.same.deps[id]
	}
	if c.old.knows(id) && key.kind == depSuggest {
		if what, _, ok := strings.Cut(key.name, ":"); ok && c.namesAreAlike(depKey{depSuggest, key.lang, what}) {
			return c.old.deps[id]
		}
	}
	d := depSum{sum: c.sum(key)}
	list, _ := cutPart(key.name)
	switch key.kind {
	case depList:
		for _, l := range c.listsOf(list) {
			d.len += int32(len(l.ids))
		}
	case depQuery:
		if r := c.queries.result(list); r != nil {
			d.len, d.cost = int32(r.size()), int32(r.cost)
		}
	}
	return d
}

// namesAreAlike tells whether what suggestions are made from is as it was: then they are as well. Names for them are put in order
// for the whole site, which takes longer than all else of a comparison when nothing has changed.
func (c *deps) namesAreAlike(names depKey) bool {
	if alike, ok := c.alike.Load(names); ok {
		return alike.(bool)
	}
	id := c.old.table.id(names)
	alike := c.old.knows(id) && c.old.deps[id].sum == c.sum(names)
	c.alike.Store(names, alike)
	return alike
}

// outside tells what may have changed while the model has stayed the same.
func (c *deps) outside(k depKind) bool {
	switch k {
	case depFile, depResource, depNow:
		return true
	case depData, depDataSome:
		return c.same.parts[ofData] != c.s.folders[ofData]
	case depLayout, depPartial, depShortcode, depHooks, depHook, depExists:
		return c.same.parts[ofLayouts] != c.s.folders[ofLayouts]
	}
	return false
}

// sum returns a checksum of what a dep is in the snapshot.
func (c *deps) sum(key depKey) uint64 {
	if key.kind == depQuery {
		return c.queries.sum(key.name)
	}
	h := digest.Hash(key.kind)
	lc := c.s.main
	for _, l := range c.s.locals {
		if l.Code == key.lang {
			lc = l
		}
	}
	switch key.kind {
	case depList:
		h = c.listSum(h, key.name)
	case depLookup:
		h = c.s.lookupSum(h, lc, key.name)
	case depNamed:
		id, err := lc.lookup(key.name)
		if h = h.Uint(uint64(c.s.identityOf(id))); err != nil {
			h = h.String(err.Error())
		}
	case depSuggest:
		switch what, name, one := strings.Cut(key.name, ":"); {
		case !one:
			h = h.Uint(lc.namesSum(what))
		case what == suggestedFile:
			h = h.String(lc.suggestFile(name))
		default:
			h = h.String(lc.suggestPath(name))
		}
	case depSite:
		h = lc.settingSum(h, key.name)
	case depData:
		h = h.Value(dataAt(c.s.data, key.name))
	case depDataSome:
		m, ok := dataAt(c.s.data, key.name).(map[string]any)
		h = h.Bool(ok).Bool(len(m) > 0)
	case depSiteParam:
		if key.name == "" {
			h = h.Value(lc.Params)
		} else {
			h = h.Uint(paramSum(lc.Params, key.name))
		}
	case depMessage:
		h = h.Uint(lc.messages.Sum(cutPart(key.name)))
	case depLayout, depPartial, depShortcode, depHooks, depHook, depExists:
		h = c.s.templateSum(h, key)
	case depFile:
		h = c.s.fileSum(h, key.name)
	case depResource:
		h = c.resourceSum(h, key.name)
	case depFiles:
		for _, r := range c.s.routes.list {
			h = h.String(r.file)
		}
		for _, r := range c.s.redirects {
			h = h.String(r.From).String(r.To)
		}
	case depTaxonomy:
		h = c.taxonomySum(h, lc, key.name)
	case depMenus:
		h = menusSum(h, lc)
	case depMenu:
		h = c.menuSum(h, lc, key.name)
	case depTerms:
		h = c.termsSum(h, lc, key.name)
	case depSearch:
		if lc.search != nil {
			h = h.String(lc.search.dir)
			for _, d := range lc.search.pages {
				h = h.Uint(uint64(c.s.identity(d)))
			}
		}
	case depSpecial:
		if r := c.s.routes.named(key.name); r != nil && r.special != nil && r.special.sum != nil {
			h = r.special.sum(h)
		}
	case depNow:
		h = h.Time(c.s.loaded)
	}
	return h.Sum()
}

// listSum adds what a part of a list has, of all lists of that name, of which there should be one.
func (c *deps) listSum(h digest.Hash, name string) digest.Hash {
	name, part := cutPart(name)
	found := c.listsOf(name)
	for _, l := range found {
		h = c.partSum(h, l.ids, part)
	}
	return h.Int(len(found))
}

func (c *deps) partSum(h digest.Hash, ids []pageID, part string) digest.Hash {
	switch part {
	case "len":
		return h.Int(len(ids))
	case "some":
		return h.Bool(len(ids) > 0)
	}
	ids = partOf(ids, part)
	h = h.Int(len(ids))
	for _, id := range ids {
		h = h.Uint(uint64(c.s.identityOf(id)))
	}
	return h
}

func (c *deps) listsOf(name string) []*pageList {
	if found := c.lists()[name]; found != nil {
		return found
	}
	return c.listsOnDemand(name)
}

// namedLists returns the lists of a site, by their keys.
func (s *snapshot) namedLists() map[string][]*pageList {
	out := make(map[string][]*pageList)
	seen := make(map[*pageList]bool)
	add := func(list ...*pageList) {
		for _, l := range list {
			if l != nil && !seen[l] {
				seen[l] = true
				out[l.key()] = append(out[l.key()], l)
			}
		}
	}
	add(s.all)
	for _, d := range s.pages {
		add(d.translations)
		if d.pageMore == &plainPage {
			continue
		}
		add(d.children, d.regular, d.sections, d.chain, d.feed)
		if d.pagers != nil {
			add(d.pagers.whole)
		}
	}
	for _, lc := range s.locals {
		add(lc.regular, lc.sections, lc.everything())
		for _, l := range lc.typed {
			add(l)
		}
	}
	return out
}

// listsOnDemand returns the lists of a name that are made when they are asked for.
func (c *deps) listsOnDemand(name string) []*pageList {
	what, of, _ := strings.Cut(name, ":")
	if what != relatedName && what != belowName {
		return nil
	}
	var out []*pageList
	for _, d := range c.named()[of] {
		if what == belowName {
			if l := c.s.recursiveList(d); l != nil {
				out = append(out, l)
			}
		} else if l, err := c.s.relatedList(d); err == nil {
			out = append(out, l)
		}
	}
	return out
}

// listName names a page in the names of its lists.
func (d *pageData) listName() string { return d.local.Code + ":" + d.path }

func (s *snapshot) pagesByListName() map[string][]*pageData {
	named := make(map[string][]*pageData, len(s.pages))
	for _, d := range s.pages {
		named[d.listName()] = append(named[d.listName()], d)
	}
	return named
}

const (
	relatedName = "related"
	belowName   = "regular pages below"
	askedName   = "query"
)

// lookupSum adds all that can be found at a path, which is without its first slash: a page, a file of the content, and what is
// served at that address.
func (s *snapshot) lookupSum(h digest.Hash, lc *local, name string) digest.Hash {
	id, _ := lc.find(name)
	h = h.Uint(uint64(s.identityOf(id))).String(lc.leftOut(name))
	if e := lc.file(name); e != nil {
		h = h.String(e.left)
		if e.page != nil {
			h = h.Uint(uint64(s.identity(e.page)))
		}
		if r := e.resource; r != nil {
			h = h.Bool(true)
			if r.route != nil {
				h = h.String(r.route.rel)
			}
		}
	}
	if r := s.routeAt("/" + name); r != nil {
		h = h.String(r.file)
	}
	return h
}

// fileSum adds a file of the tree.
func (s *snapshot) fileSum(h digest.Hash, name string) digest.Hash {
	if s.tree == nil || !fs.ValidPath(name) {
		return h
	}
	info, err := fs.Stat(s.tree, name)
	if err != nil || !info.Mode().IsRegular() {
		return h.Bool(err == nil)
	}
	b, err := readFile(s.tree, name, s.set.Limits.FileSize)
	return h.Bytes(b).Bool(err == nil)
}

// fileSumOf is the checksum of a dep that is a file of the tree with a content.
func fileSumOf(b []byte) uint64 { return digest.Hash(depFile).Bytes(b).Bool(true).Sum() }

// noFileSum is that of one that is not there.
func noFileSum() uint64 { return digest.Hash(depFile).Bool(false).Sum() }

// dataAt returns what the keys of a path, separated by zero bytes, lead to.
func dataAt(data map[string]any, name string) any {
	var v any = data
	for name != "" && v != nil {
		var key string
		key, name = cutKey(name)
		m, _ := v.(map[string]any)
		v = m[key]
	}
	return v
}

// cutKey returns the first key of a path, and the rest.
func cutKey(name string) (key, rest string) {
	key, rest, _ = strings.Cut(name, "\x00")
	return key, rest
}

// resourceSum adds the content of the file of a resource.
func (c *deps) resourceSum(h digest.Hash, name string) digest.Hash {
	doc := c.files()[name]
	if doc == nil {
		return h
	}
	b, err := doc.read(limitOf{"FileSize", c.s.set.Limits.FileSize})
	return h.Bytes(b).Bool(err == nil)
}

// resourceFiles returns the documents of resources, by their names.
func (s *snapshot) resourceFiles() map[string]*document {
	files := make(map[string]*document)
	for _, d := range s.pages {
		for _, r := range d.resources {
			files[r.doc.name] = r.doc
		}
	}
	return files
}

// taxonomySum adds the terms of a taxonomy, or for "" of all, with their pages.
func (c *deps) taxonomySum(h digest.Hash, lc *local, name string) digest.Hash {
	for _, t := range lc.taxonomies {
		if name != "" && t.name != name {
			continue
		}
		h = h.String(t.name).Int(len(t.terms))
		for _, term := range t.terms {
			h = h.String(term.text).Uint(uint64(c.s.identity(term.page))).Int(len(term.members))
			for _, m := range term.members {
				h = h.Uint(uint64(c.s.identity(m.page))).Int(m.weight)
			}
		}
	}
	return h
}

// anyName stands for all names of shortcodes, or ends that of a sort of render hooks.
const anyName = "*"

// templateSum adds templates, of the renderer or, where these are others, of shortcodes and render hooks.
func (s *snapshot) templateSum(h digest.Hash, key depKey) digest.Hash {
	t := s.content.templates
	if own := templatesOf(s.renderer); own != nil && key.lang == "" {
		t = own
	}
	switch e := t.engine; key.kind {
	case depLayout:
		return h.Uint(e.LookupSum(parseQuery(key.name)))
	case depPartial:
		return h.Uint(e.PartialSum(key.name))
	case depShortcode:
		if key.name == anyName {
			return h.Strings(e.Shortcodes())
		}
		name, q := parseVariant(key.name)
		return h.Uint(e.ShortcodeSum(q, name))
	case depHooks:
		if hook, all := strings.CutSuffix(key.name, anyName); all { // all templates for a sort of elements
			for _, name := range e.Names() {
				if strings.Contains(name, "_markup/"+hook) {
					h = h.String(name)
				}
			}
			return h
		}
		name, q := parseVariant(key.name)
		return h.Uint(e.MarkupSum(q, name, false))
	case depHook:
		name, q := parseVariant(key.name)
		return h.Uint(e.MarkupSum(q, name, true))
	default:
		return h.Bool(e.Has(key.name))
	}
}

// queryName is a name of a query for a layout.
func queryName(q layouts.Query) string {
	return strings.Join([]string{q.Kind, q.Layout, q.Type, q.Dir, q.Lang, q.Format, q.Suffix}, "\x00")
}

// variantName is what of a query chooses among the templates of a shortcode or of a render hook.
func variantName(q layouts.Query) string {
	return strings.Join([]string{"", q.Kind, q.Layout, q.Type, q.Dir, q.Lang}, "\x00")
}

// parseVariant undoes the name of a shortcode or a render hook with a variantName.
func parseVariant(text string) (name string, q layouts.Query) {
	f := append(strings.Split(text, "\x00"), make([]string, 6)...)
	return f[0], layouts.Query{Kind: f[1], Layout: f[2], Type: f[3], Dir: f[4], Lang: f[5]}
}

func parseQuery(name string) layouts.Query {
	f := append(strings.Split(name, "\x00"), make([]string, 7)...)
	return layouts.Query{Kind: f[0], Layout: f[1], Type: f[2], Dir: f[3], Lang: f[4], Format: f[5], Suffix: f[6]}
}
