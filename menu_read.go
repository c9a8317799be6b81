package jam

import (
	"maps"
	"slices"

	"github.com/jam-go/jam/internal/digest"
)

// menuField is what may be read of the entries of a menu. Of a field, that of all entries is recorded, in their order: a menu is
// mostly shown as a whole.
type menuField uint8

const (
	menuShape menuField = iota // which entries are below which
	menuNames
	menuTitles
	menuKeys // and identifiers
	menuWeights
	menuAround // HTML before and after names
	menuParams
	menuTargets // pages and URLs
	menuRefs    // as they are declared

	menuFields
)

// menuFieldNames are what deps and reports call them.
var menuFieldNames = [menuFields]string{"entries", "names", "titles", "identifiers", "weights", "pre and post", "parameters", "targets", "page references"}

// read returns the entry after noting that a field of its menu is read.
func (i *MenuItem) read(f menuField) *menuNode {
	if i.v.rec != nil {
		i.v.rec.menu(i.n.tree, f)
	}
	return i.n
}

func (r *recorder) menu(t *menuTree, f menuField) {
	known := r.v.recording.menus
	ids := known[t]
	if ids == nil {
		if known == nil {
			known = make(map[*menuTree]*[menuFields]depID)
			r.v.recording.menus = known
		}
		ids = new([menuFields]depID)
		known[t] = ids
	}
	if ids[f] == 0 {
		ids[f] = 1 + r.v.recording.ledger.table.id(depKey{depMenu, t.lang, menuPart(t.name, f)})
	}
	r.dep(ids[f] - 1)
}

func menuPart(name string, f menuField) string { return name + "\x00" + menuFieldNames[f] }

// menusSum adds which menus there are, and the entries of each.
func menusSum(h digest.Hash, lc *local) digest.Hash {
	for _, name := range slices.Sorted(maps.Keys(lc.menus)) {
		h = menuNodesSum(h.String(name), lc.menus[name].roots, menuShape)
	}
	return h
}

// menuSum adds a field of a menu.
func (c *deps) menuSum(h digest.Hash, lc *local, name string) digest.Hash {
	name, field := cutPart(name)
	t := lc.menus[name]
	if t == nil {
		return h
	}
	f := menuField(max(0, slices.Index(menuFieldNames[:], field)))
	h = h.Bool(true)
	if f == menuTargets {
		return c.menuTargetsSum(h, t.roots)
	}
	return menuNodesSum(h, t.roots, f)
}

func menuNodesSum(h digest.Hash, nodes []*menuNode, f menuField) digest.Hash {
	h = h.Int(len(nodes))
	for _, n := range nodes {
		switch f {
		case menuNames:
			h = h.String(n.Name).String(n.sortName)
		case menuTitles:
			h = h.String(n.Title)
		case menuKeys:
			h = h.String(n.Identifier).String(n.key())
		case menuWeights:
			h = h.Int(n.Weight)
		case menuAround:
			h = h.String(n.Pre).String(n.Post)
		case menuParams:
			h = h.Value(n.Params)
		case menuRefs:
			h = h.String(n.PageRef)
		}
		h = menuNodesSum(h, n.children, f)
	}
	return h
}

func (c *deps) menuTargetsSum(h digest.Hash, nodes []*menuNode) digest.Hash {
	h = h.Int(len(nodes))
	for _, n := range nodes {
		h = h.Uint(uint64(c.s.identityOf(n.page))).String(n.URL).Bool(n.URL == "" || n.PageRef != "" || n.source == "")
		h = c.menuTargetsSum(h, n.children)
	}
	return h
}

// lendMenus returns the menus of a site of which templates take those that they need, by their names.
func (w *watcher) lendMenus(s *Site) Menus {
	all := s.allMenus()
	if len(all) == 0 {
		w.v.rec.name(depMenus, s.local.Code, "")
		return all
	}
	at := addressOf(all)
	w.sites[at] = s.local
	return all
}

func (w *watcher) useMenus(m Menus) {
	if lc := w.sites[addressOf(m)]; lc != nil {
		w.v.rec.name(depMenus, lc.Code, "")
	}
}

// menuKey records that a menu is taken.
func (w *watcher) menuKey(m Menus, name string) {
	lc := w.sites[addressOf(m)]
	if lc == nil {
		return
	}
	if t := lc.menus[name]; t != nil {
		w.v.rec.menu(t, menuShape)
		return
	}
	w.v.rec.name(depMenu, lc.Code, menuPart(name, menuShape))
}
