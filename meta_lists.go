package jam

import (
	"strings"

	"github.com/jam-go/jam/internal/matter"
)

// menus reads a menu's name, a list of names, or a map from names to entries.
func (r *metaReader) menus(n *matter.Node) {
	if n.Kind != matter.Map {
		for i, name := range r.strs(n) {
			entry := MenuEntry{Menu: name, line: n.Line, column: n.Column}
			if n.Kind == matter.List {
				entry.line, entry.column = n.Items()[i].Line, n.Items()[i].Column
			}
			r.m.own().Menus = append(r.m.Menus, entry)
		}
		return
	}
	for _, e := range n.Entries() {
		nodes := []*matter.Node{e.Value}
		if e.Value.Kind == matter.List {
			nodes = e.Value.Items()
		}
		for _, node := range nodes {
			r.m.own().Menus = append(r.m.Menus, r.menuEntry(e, node))
		}
	}
}

func (r *metaReader) menuEntry(e matter.Entry, n *matter.Node) MenuEntry {
	entry := MenuEntry{Menu: e.Key, line: e.Line, column: e.Column}
	if !r.isMap(n, "menus."+e.Key) {
		return entry
	}
	r.fields(n, "a menu entry", map[string]func(*matter.Node){
		"name":       func(n *matter.Node) { entry.Name = r.str(n) },
		"title":      func(n *matter.Node) { entry.Title = r.str(n) },
		"identifier": func(n *matter.Node) { entry.Identifier = r.str(n) },
		"parent":     func(n *matter.Node) { entry.Parent = r.str(n) },
		"pre":        func(n *matter.Node) { entry.Pre = r.str(n) },
		"post":       func(n *matter.Node) { entry.Post = r.str(n) },
		"weight":     func(n *matter.Node) { entry.Weight = r.int(n) },
		"url":        func(n *matter.Node) { entry.URL = r.str(n) },
		"pageref":    func(n *matter.Node) { entry.PageRef = r.str(n) },
		"params": func(n *matter.Node) {
			if r.isMap(n, "params") {
				entry.Params, _ = n.ValueIn(r.set.Location).(map[string]any)
			}
		},
	})
	return entry
}

// A resourceRule describes the resources of a page whose names match.
type resourceRule struct {
	src, name, title string
	params           map[string]any
	line, column     int
}

// resources reads what a page says of its resources.
func (r *metaReader) resources(n *matter.Node) {
	if n.Kind != matter.List {
		r.errs.Add(n.Line, n.Column, "resources: want a list of maps, have %s", n.Kind.Article())
		return
	}
	for _, item := range n.Items() {
		if !r.isMap(item, "resources") {
			continue
		}
		rule := resourceRule{line: item.Line, column: item.Column}
		r.fields(item, "resources", map[string]func(*matter.Node){
			"src":   func(n *matter.Node) { rule.src = r.str(n); rule.line, rule.column = n.Line, n.Column },
			"name":  func(n *matter.Node) { rule.name = r.str(n) },
			"title": func(n *matter.Node) { rule.title = r.str(n) },
			"params": func(n *matter.Node) {
				if r.isMap(n, "params") {
					rule.params, _ = n.ValueIn(r.set.Location).(map[string]any)
				}
			},
		})
		if strings.TrimSpace(rule.src) == "" {
			r.errs.Add(item.Line, item.Column, "resources: src is missing: the pattern of the files meant")
			continue
		}
		r.m.own().Resources = append(r.m.Resources, rule)
	}
}

// paginate reads how the page's list is divided: a number, false, or a map.
func (r *metaReader) paginate(n *matter.Node) {
	p := &Pagination{line: n.Line, column: n.Column}
	r.m.own().Pagination = p
	switch n.Kind {
	case matter.Bool:
		if r.bool(n) {
			p.Size = defaultPagerSize
		}
		return
	case matter.Map:
		p.Size = defaultPagerSize
		r.fields(n, "paginate", map[string]func(*matter.Node){
			"size":  func(n *matter.Node) { p.Size = r.int(n); p.line, p.column = n.Line, n.Column; r.pagerSize(n, p.Size) },
			"path":  func(n *matter.Node) { p.Path = r.str(n); r.pagerField(n, checkPagerPath(p.Path)) },
			"order": func(n *matter.Node) { p.Order = r.str(n) },
			"of":    func(n *matter.Node) { p.Of = r.str(n) },
		})
		return
	}
	before := len(r.errs)
	if p.Size = r.int(n); len(r.errs) == before {
		r.pagerSize(n, p.Size)
	}
}

func (r *metaReader) pagerSize(n *matter.Node, size int) {
	if size <= 0 {
		r.errs.Add(n.Line, n.Column, "paginate: want the number of pages per pager, at least 1, have %d (false for none)", size)
	}
}

func (r *metaReader) pagerField(n *matter.Node, err error) {
	if err != nil {
		r.errs.Add(n.Line, n.Column, "paginate: %w", err)
	}
}
