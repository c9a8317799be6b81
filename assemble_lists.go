package jam

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"
)

// link sets parents, sections, lists and neighbours.
func (l *loader) link() {
	s := l.snap
	var folder string // of the page before, most often the same
	var holder *pageData
	for _, d := range s.pages {
		if d.kind() == Kind404 {
			d.parent = d.local.home
			continue
		}
		if d.isList() {
			d.own().children = &pageList{what: "pages", of: d.listName()}
			d.own().regular = &pageList{what: "regular pages", of: d.listName()}
			d.own().sections = &pageList{what: "sections", of: d.listName()}
		}
		if d.kind() != KindHome {
			if dir := path.Dir(d.path); holder == nil || dir != folder || holder.local != d.local {
				folder, holder = dir, d.local.sectionOf(dir)
			}
			d.parent = holder.id
		}
	}
	l.datesOfLists()
	for _, lc := range s.locals {
		lc.regular = &pageList{what: "site", of: lc.Code}
		lc.sections = s.pages[lc.home].sections
	}
	s.all = &pageList{what: "all pages"}
	for i, d := range l.inOrder() {
		d.rank = int32(i)
		l.enter(d)
	}
	slices.SortStableFunc(s.all.ids, func(a, b pageID) int {
		return cmp.Compare(s.pages[a].local.index, s.pages[b].local.index)
	})
	l.addMainSections()
	for _, d := range s.pages {
		if d.children != nil {
			d.own().chain = s.chainOf(d)
			s.neighbours(d.regular.ids, func(d *pageData) (prev, next *pageID) { return &d.prevIn, &d.nextIn })
		}
	}
	for _, lc := range s.locals {
		s.neighbours(lc.regular.ids, func(d *pageData) (prev, next *pageID) { return &d.prev, &d.next })
	}
}

// enter puts a page into the lists that it is in; pages come in the site's order.
func (l *loader) enter(d *pageData) {
	lc := d.local
	if last := d.lastmod(); d.kind() == KindPage && last.After(lc.lastmod) {
		lc.lastmod = last
	}
	if d.kind() == Kind404 || d.meta.Build.List == "never" {
		return
	}
	if d.meta.Build.List != "local" {
		l.snap.all.ids = append(l.snap.all.ids, d.id)
		if d.kind() == KindPage {
			lc.regular.ids = append(lc.regular.ids, d.id)
		}
	}
	if d.parent == noPage || d.kind() == KindTaxonomy {
		return
	}
	up := l.snap.pages[d.parent]
	up.children.ids = append(up.children.ids, d.id)
	switch d.kind() {
	case KindPage:
		up.regular.ids = append(up.regular.ids, d.id)
	case KindSection:
		up.sections.ids = append(up.sections.ids, d.id)
	}
}

// newest are the latest dates among pages.
type newest struct{ date, lastmod, published time.Time }

func (n *newest) raise(d *pageData) {
	n.raiseAll(&newest{d.meta.Date, d.lastmod(), d.meta.published()})
}

func (n *newest) raiseAll(o *newest) {
	later := func(t *time.Time, u time.Time) {
		if u.After(*t) {
			*t = u
		}
	}
	later(&n.date, o.date)
	later(&n.lastmod, o.lastmod)
	later(&n.published, o.published)
}

// datesOfLists gives lists without a date that of the newest page below.
func (l *loader) datesOfLists() {
	s := l.snap
	found := make([]newest, len(s.pages))
	for _, d := range s.pages {
		if d.kind() != KindPage || d.meta.Build.List == "never" {
			continue
		}
		if d.parent != noPage {
			found[d.parent].raise(d)
		}
	}
	for i, d := range slices.Backward(s.pages) { // what is below a list comes after it
		if d.isList() && d.parent != noPage {
			found[d.parent].raiseAll(&found[i])
		}
	}
	l.settleListDates(found, func(d *pageData) bool { return d.kind() == KindHome || d.kind() == KindSection })
	for _, lc := range s.locals {
		for _, t := range lc.taxonomies {
			for _, term := range t.terms {
				for _, w := range term.members {
					found[term.page.id].raise(w.page)
					found[t.page.id].raise(w.page)
				}
			}
		}
	}
	l.settleListDates(found, func(d *pageData) bool { return d.kind() == KindTaxonomy || d.kind() == KindTerm })
}

// settleListDates gives lists the dates that were found for them.
func (l *loader) settleListDates(found []newest, which func(*pageData) bool) {
	s := l.snap
	for _, d := range s.pages {
		if !which(d) {
			continue
		}
		n, dated := found[d.id], !d.meta.Date.IsZero()
		d.keepSaid()
		if !dated {
			d.meta.Date = n.date
		}
		if !d.meta.Lastmod.IsZero() || !d.meta.PublishDate.IsZero() || dated {
			continue
		}
		d.meta.own().Lastmod, d.meta.own().PublishDate = n.lastmod, n.published
	}
}

// keepSaid keeps what a list's front matter says, for Reload, before it is changed.
func (d *pageData) keepSaid() {
	if d.doc == nil {
		return
	}
	said, more := d.meta, *d.meta.metaMore
	d.own().said, d.meta.metaMore = &said, &more
}

// described returns what the page's front matter says.
func (d *pageData) described() meta {
	if d.said != nil {
		return *d.said
	}
	return d.meta
}

func (d *pageData) lastmod() time.Time {
	if d.meta.Lastmod.IsZero() {
		return d.meta.Date
	}
	return d.meta.Lastmod
}

// chainOf returns a section and what is above it.
func (s *model) chainOf(d *pageData) *pageList {
	l := &pageList{what: "ancestors", of: d.listName()}
	for {
		l.ids = append(l.ids, d.id)
		if d.parent == noPage {
			return l
		}
		d = s.pages[d.parent]
	}
}

// neighbours sets, for each page of a list, the one after and the one before it.
func (s *model) neighbours(ids []pageID, of func(*pageData) (prev, next *pageID)) {
	for i, id := range ids {
		prev, next := of(s.pages[id])
		if i > 0 {
			*next = ids[i-1]
		}
		if i+1 < len(ids) {
			*prev = ids[i+1]
		}
	}
}

// recursiveList returns the regular pages of a section and of those in it, in the site's order.
func (s *model) recursiveList(d *pageData) *pageList {
	if d.children == nil {
		return nil
	}
	if got, ok := s.recursive.Load(d.id); ok {
		return got.(*pageList)
	}
	list := &pageList{what: belowName, of: d.listName()}
	if d.kind() == KindTaxonomy || d.kind() == KindTerm {
		list.ids = slices.Clone(d.regular.ids)
	} else {
		list.ids = s.regularBelow(d)
	}
	slices.SortFunc(list.ids, func(a, b pageID) int { return cmp.Compare(s.pages[a].rank, s.pages[b].rank) })
	got, _ := s.recursive.LoadOrStore(d.id, list)
	return got.(*pageList)
}

// regularBelow returns the regular pages that are in the folder of a section or in one below it,
// and in a list. That a section between is in none makes no difference.
func (s *model) regularBelow(d *pageData) []pageID {
	// Pages are numbered by language and path, so that those of a folder follow each other.
	folder := strings.TrimSuffix(d.path, "/") + "/"
	first, _ := slices.BinarySearchFunc(s.pages, folder, func(p *pageData, folder string) int {
		return cmp.Or(cmp.Compare(p.local.index, d.local.index), strings.Compare(p.path, folder))
	})
	var ids []pageID
	for _, p := range s.pages[first:] {
		if p.local != d.local || !strings.HasPrefix(p.path, folder) {
			break
		}
		if p.kind() == KindPage && p.meta.Build.List != "never" {
			ids = append(ids, p.id)
		}
	}
	return ids
}
