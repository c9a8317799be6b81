package jam

import (
	"html/template"
	"slices"
	"strings"
)

// Menus are a site's menus by name; see [Site.Menus].
type Menus map[string]Menu

// Menu is a list of entries.
type Menu []*MenuItem

// MenuItem is an entry of a menu, in its place.
type MenuItem struct {
	n        *menuNode
	v        *view
	parent   *MenuItem
	children Menu
}

// Menus returns the site's menus. Do not change the map and its lists.
func (s *Site) Menus() Menus {
	s.v.note(depMenus, s.local.Code, "")
	return s.allMenus()
}

// allMenus is Menus without a note that they are read.
func (s *Site) allMenus() Menus {
	lc := s.local
	if got, ok := s.v.menus.Load(lc); ok {
		return got.(Menus)
	}
	all := make(Menus, len(lc.menus))
	for name, m := range lc.menus {
		all[name] = s.v.menu(m.roots, nil)
	}
	got, _ := s.v.menus.LoadOrStore(lc, all)
	return got.(Menus)
}

func (v *view) menu(nodes []*menuNode, parent *MenuItem) Menu {
	if len(nodes) == 0 {
		return nil
	}
	m := make(Menu, len(nodes))
	for i, n := range nodes {
		m[i] = &MenuItem{n: n, v: v, parent: parent}
		m[i].children = v.menu(n.children, m[i])
	}
	return m
}

// Len returns how many entries there are, not counting those below.
func (m Menu) Len() int { return len(m) }

// Limit returns the first n entries, or all when there are fewer.
func (m Menu) Limit(n int) Menu { return m[:max(0, min(n, len(m)))] }

// Reverse returns the entries in the opposite order.
func (m Menu) Reverse() Menu {
	out := slices.Clone(m)
	slices.Reverse(out)
	return out
}

// ByWeight returns the entries in the menu's order, which is by weight and then by name.
func (m Menu) ByWeight() Menu { return m }

// ByName returns the entries in order of their names.
func (m Menu) ByName() Menu {
	out := slices.Clone(m)
	for _, i := range m {
		i.read(menuNames)
	}
	slices.SortStableFunc(out, func(a, b *MenuItem) int { return strings.Compare(a.n.sortName, b.n.sortName) })
	return out
}

// Menu returns the menu's name.
func (i *MenuItem) Menu() string { return i.n.MenuEntry.Menu }

// Name returns the entry's text.
func (i *MenuItem) Name() string { return i.read(menuNames).Name }

// Title returns the text for the title attribute: the entry's own, or else its page's
// title; "" for an entry that has neither.
func (i *MenuItem) Title() string {
	title := i.read(menuTitles).Title
	if title != "" {
		return title
	}
	if p := i.Page(); p != nil {
		return p.Title()
	}
	return ""
}

// Identifier returns the entry's identifier.
func (i *MenuItem) Identifier() string { return i.read(menuKeys).Identifier }

// KeyName returns the identifier, or else the name.
func (i *MenuItem) KeyName() string { return i.read(menuKeys).key() }

// Weight returns the entry's weight.
func (i *MenuItem) Weight() int { return i.read(menuWeights).Weight }

// Pre returns the HTML before the name.
func (i *MenuItem) Pre() template.HTML { return template.HTML(i.read(menuAround).Pre) }

// Post returns the HTML after the name.
func (i *MenuItem) Post() template.HTML { return template.HTML(i.read(menuAround).Post) }

// Params returns the entry's own parameters. Do not change them.
func (i *MenuItem) Params() map[string]any { return i.read(menuParams).Params }

// PageRef returns the path of the page as declared.
func (i *MenuItem) PageRef() string { return i.read(menuRefs).PageRef }

// Page returns the page that the entry leads to, or nil when it is none of the site's.
func (i *MenuItem) Page() *Page { return i.v.page(i.read(menuTargets).page) }

// URL returns where the entry leads: to its page, or to the URL as declared, a
// path of which begins at the site's root. It is "" for a heading.
func (i *MenuItem) URL() string {
	if p := i.Page(); p != nil && (i.n.URL == "" || i.n.PageRef != "" || i.n.source == "") {
		return p.RelPermalink()
	}
	if strings.HasPrefix(i.n.URL, "/") {
		return i.v.relURL(i.n.URL)
	}
	return i.n.URL
}

// Parent returns the entry above, or nil.
func (i *MenuItem) Parent() *MenuItem { return i.parent }

// Children returns the entries below.
func (i *MenuItem) Children() Menu { return i.children }

// HasChildren reports whether there are entries below.
func (i *MenuItem) HasChildren() bool { return len(i.children) > 0 }

// String returns the entry's name.
func (i *MenuItem) String() string { return i.read(menuNames).Name }

// IsMenuCurrent reports whether item, an entry of the named menu, leads to the page.
func (p *Page) IsMenuCurrent(menu string, item *MenuItem) bool {
	d := p.read(facetPlace)
	return item != nil && item.Menu() == menu && item.read(menuTargets).page == d.id
}

// HasMenuCurrent reports whether the page is below item, an entry of the named menu: whether an
// entry below item leads to the page, or item or an entry below it leads to a section that holds
// the page, directly or not.
func (p *Page) HasMenuCurrent(menu string, item *MenuItem) bool {
	p.read(facetPlace)
	if item == nil || item.Menu() != menu {
		return false
	}
	// From the page up, since few entries lead to it and to what holds it, and many may be
	// below the item.
	item.read(menuTargets)
	for _, n := range item.n.tree.byPage[p.d.id] {
		if n != item.n && n.isBelow(item.n) {
			return true
		}
	}
	for q := p.Parent(); q != nil && !q.IsHome(); q = q.Parent() {
		for _, n := range item.n.tree.byPage[q.d.id] {
			if n.isBelow(item.n) {
				return true
			}
		}
	}
	return false
}

// isBelow tells whether the entry is other, or below it.
func (n *menuNode) isBelow(other *menuNode) bool {
	for ; n != nil; n = n.parent {
		if n == other {
			return true
		}
	}
	return false
}
