package jam

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/suggest"
)

// MenuEntry declares an entry of a menu, in [Config.Menus] or in the front matter of a page:
//
//	menus: main
//	menus:
//	  main: {weight: 10, parent: docs}
type MenuEntry struct {
	Menu       string // the menu's name; in Config.Menus, the map's key goes before it
	Name       string // text of the entry; by default the page's link title
	Title      string // for the title attribute; by default the page's title
	Identifier string // tells entries of the same name apart; by default the Name
	Parent     string // identifier or name of the entry above
	Pre, Post  string // HTML before and after the name; trusted
	Weight     int    // lighter entries come first, those without a weight last
	URL        string // where it leads, if not to a page of the site
	PageRef    string // path of the page that it leads to
	Params     map[string]any

	line, column int // in front matter
}

// menuTree is a menu of one language.
type menuTree struct {
	name  string
	lang  string
	nodes []*menuNode // all of them
	roots []*menuNode

	byPage map[pageID][]*menuNode // those that lead to a page
}

type menuNode struct {
	MenuEntry
	source   string // for messages, of an entry of the configuration
	declared pageID // whose front matter has the entry
	page     pageID // where it leads
	tree     *menuTree
	parent   *menuNode
	children []*menuNode
	sortName string
}

func (n *menuNode) key() string { return cmp.Or(n.Identifier, n.Name) }

// buildMenus makes the menus of all languages, once routes are known.
func (l *loader) buildMenus() {
	for _, lc := range l.snap.locals {
		lc.menus = make(map[string]*menuTree)
		l.configMenus(lc)
	}
	for _, d := range l.snap.pages {
		for _, e := range d.meta.Menus {
			if e.Weight == 0 {
				e.Weight = d.meta.Weight
			}
			n := &menuNode{MenuEntry: e, declared: d.id, page: d.id}
			d.local.menu(e.Menu).nodes = append(d.local.menu(e.Menu).nodes, n)
		}
	}
	for _, lc := range l.snap.locals {
		for _, name := range slices.Sorted(maps.Keys(lc.menus)) {
			for _, n := range lc.menus[name].nodes {
				l.settleEntry(lc, n)
			}
		}
	}
	if name := l.set.SectionMenu; name != "" {
		for _, lc := range l.snap.locals {
			l.sectionMenu(lc, lc.menu(name))
		}
	}
	orphans := make(map[string]*orphan)
	for _, lc := range l.snap.locals {
		for _, name := range slices.Sorted(maps.Keys(lc.menus)) {
			l.settleMenu(lc, lc.menus[name], orphans)
		}
	}
	for _, o := range orphans {
		l.menuNote(o.menuNode, o.missing())
	}
}

// An orphan is an entry whose parent is missing, for all such entries of the same menu in
// all languages: a menu that is not declared here would have a warning on every page
// otherwise.
type orphan struct {
	*menuNode
	hint string
	more int
}

func (l *loader) orphan(orphans map[string]*orphan, n *menuNode, hint string) {
	key := n.MenuEntry.Menu + "\x00" + n.Parent
	switch {
	case n.source != "":
		l.menuError(n, (&orphan{menuNode: n, hint: hint}).missing())
	case orphans[key] == nil:
		orphans[key] = &orphan{menuNode: n, hint: hint}
	default:
		orphans[key].more++
	}
}

func (o *orphan) missing() error {
	rest := ""
	if o.more > 0 {
		rest = fmt.Sprintf(", nor for %d more entries", o.more)
	}
	return fmt.Errorf("the menu %q has no entry %q to be the parent%s%s", o.MenuEntry.Menu, o.Parent, o.hint, rest)
}

func (lc *local) menu(name string) *menuTree {
	m := lc.menus[name]
	if m == nil {
		m = &menuTree{name: name, lang: lc.Code}
		lc.menus[name] = m
	}
	return m
}

func (l *loader) configMenus(lc *local) {
	declared, where := l.set.Menus, "Menus"
	if lc.Language.Menus != nil {
		declared, where = lc.Language.Menus, fmt.Sprintf("Languages[%d].Menus", lc.index)
	}
	for _, name := range slices.Sorted(maps.Keys(declared)) {
		m := lc.menu(name)
		for i, e := range declared[name] {
			e.Menu = name
			m.nodes = append(m.nodes, &menuNode{MenuEntry: e, source: fmt.Sprintf("%s[%q][%d]", where, name, i), declared: noPage, page: noPage})
		}
	}
}

// sectionMenu adds the sections that the menu does not have yet.
func (l *loader) sectionMenu(lc *local, m *menuTree) {
	keys, pages := make(map[string]bool), make(map[pageID]bool)
	for _, n := range m.nodes {
		keys[n.key()] = true
		pages[n.page] = true
	}
	for _, id := range lc.sections.ids {
		if d := l.snap.pages[id]; !keys[d.section()] && !pages[id] && d.route != nil {
			m.nodes = append(m.nodes, &menuNode{MenuEntry: MenuEntry{Menu: m.name, Identifier: d.section(),
				Name: d.linkTitle(), Weight: d.meta.Weight}, declared: id, page: id})
		}
	}
}

// settleMenu resolves a menu's entries, and makes a tree of them.
func (l *loader) settleMenu(lc *local, m *menuTree, orphans map[string]*orphan) {
	byKey, byName := make(map[string]*menuNode, len(m.nodes)), make(map[string]*menuNode, len(m.nodes))
	m.byPage = make(map[pageID][]*menuNode, len(m.nodes))
	for _, n := range m.nodes {
		n.tree = m
		if n.page != noPage {
			m.byPage[n.page] = append(m.byPage[n.page], n)
		}
		if byName[n.Name] == nil {
			byName[n.Name] = n
		}
		if n.Name == "" {
			l.menuError(n, errors.New("the entry has neither a name nor a page"))
		}
		n.sortName = bareKey(n.Name)
		switch first := byKey[n.key()]; {
		case n.key() == "":
		case first != nil && first.declared == n.declared && n.declared != noPage:
			l.menuError(n, fmt.Errorf("the page is in the menu %q twice: give the entries identifiers", m.name))
		case first != nil:
			l.menuError(n, fmt.Errorf("the menu %q has two entries called %q, the other in %s: give them identifiers",
				m.name, n.key(), l.menuSource(first)))
		default:
			byKey[n.key()] = n
		}
	}
	var known []string
	hints := make(map[string]string) // by parents that are missing, of which many entries may have the same
	for _, n := range m.nodes {
		if n.Parent == "" {
			m.roots = append(m.roots, n)
			continue
		}
		if n.parent = cmp.Or(byKey[n.Parent], byName[n.Parent]); n.parent == nil {
			m.roots = append(m.roots, n)
			hint, ok := hints[n.Parent]
			if !ok {
				if known == nil {
					known = slices.Sorted(maps.Keys(byKey))
					known = known[:min(len(known), enoughNames)]
				}
				hint = suggest.DidYouMean(n.Parent, known)
				hints[n.Parent] = hint
			}
			l.orphan(orphans, n, hint)
			continue
		}
		n.parent.children = append(n.parent.children, n)
	}
	l.checkCycles(m)
	sortEntries(m.roots)
	for _, n := range m.nodes {
		sortEntries(n.children)
	}
}

// settleEntry finds the entry's page, and from it what the entry does not say.
func (l *loader) settleEntry(lc *local, n *menuNode) {
	if ref := n.PageRef; ref != "" {
		id, ok := lc.find(ref)
		if !ok {
			// As links do, an entry leads to the site's own language where there is no translation.
			id, ok = l.snap.main.find(ref)
		}
		switch why := lc.leftOut(ref); {
		case ok:
			n.page = id
		case why != "":
			l.menuNote(n, fmt.Errorf("pageRef %q leads to a page that is left out: it is %s", ref, why))
		default:
			l.menuError(n, fmt.Errorf("pageRef %q leads to no page%s", ref, lc.suggestPath(ref)))
		}
		if !ok && n.Name == "" {
			n.Name = ref
		}
	}
	if n.page == noPage && n.URL != "" && !isAbsoluteURL(n.URL) {
		target, suffix := cutSuffix(n.URL)
		full := l.set.basePath + strings.TrimPrefix(target, "/")
		if r := l.snap.routeAt(full); r != nil && suffix == "" && r.page != nil && r.pager == 0 && r.page.local == lc {
			n.page = r.page.id
		}
	}
	if n.Name == "" && n.page != noPage {
		n.Name = l.snap.pages[n.page].linkTitle()
	}
}

// checkCycles reports entries that are their own ancestors, and takes them out.
func (l *loader) checkCycles(m *menuTree) {
	const unseen, open, done = 0, 1, 2
	state := make(map[*menuNode]int, len(m.nodes))
	for _, n := range m.nodes {
		var walk []*menuNode
		for at := n; at != nil && state[at] != done; at = at.parent {
			if state[at] == open {
				l.menuError(at, fmt.Errorf("the menu %q has a cycle of parents: %s", m.name, cycle(at)))
				l.breakCycle(m, at)
				break
			}
			state[at] = open
			walk = append(walk, at)
		}
		for _, w := range walk {
			state[w] = done
		}
	}
}

// breakCycle makes an entry one of the top.
func (l *loader) breakCycle(m *menuTree, n *menuNode) {
	n.parent.children = slices.DeleteFunc(n.parent.children, func(c *menuNode) bool { return c == n })
	n.parent = nil
	m.roots = append(m.roots, n)
}

func cycle(n *menuNode) string {
	names := []string{n.key()}
	for at := n.parent; at != n; at = at.parent {
		names = append(names, at.key())
	}
	return strings.Join(append(names, n.key()), ", ")
}

func sortEntries(nodes []*menuNode) {
	slices.SortStableFunc(nodes, func(a, b *menuNode) int {
		return cmp.Or(compareWeight(a.Weight, b.Weight), strings.Compare(a.sortName, b.sortName), strings.Compare(a.key(), b.key()))
	})
}

// menuError notes a mistake: in the configuration an error, and in front matter a warning, since a
// tree's menus may not be of interest to who loads it.
func (l *loader) menuError(n *menuNode, err error) {
	if n.source != "" {
		l.fail(errorAt("config", "", "%s: %w", n.source, err))
		return
	}
	l.menuNote(n, err)
}

func (l *loader) menuNote(n *menuNode, err error) {
	if n.source != "" {
		l.warn(errorAt("config", "", "%s: %w", n.source, err))
		return
	}
	l.warn(l.snap.pages[n.declared].errorAt("front matter", n.line, n.column, "%w", err))
}

func (l *loader) menuSource(n *menuNode) string {
	if n.source != "" {
		return n.source
	}
	return l.snap.pages[n.declared].source()
}
