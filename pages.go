package jam

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Pages is a list of pages. Its methods leave the list as it is. A list that a Site, a Page or,
// while a page is rendered, a method of a list returned is shared, so sort a copy.
type Pages []*Page

// Len returns the number of pages.
func (ps Pages) Len() int { return len(ps) }

// ByDefault orders as the site does: by weight, those without last; then
// the newest first; then by link title, without regard to case, and path.
func (ps Pages) ByDefault() Pages {
	return asked(ps, "ByDefault", func() Pages {
		return ps.sorted(func(a, b *Page) int { return cmp.Compare(a.read(facetOrder).rank, b.read(facetOrder).rank) })
	})
}

// ByWeight orders by weight, pages without one last, and then as the site does.
func (ps Pages) ByWeight() Pages { return ps.ByDefault() }

// ByTitle orders by title, as the pages' language does. Case counts only where titles are
// otherwise equal.
func (ps Pages) ByTitle() Pages {
	return orderedBy(ps, "ByTitle", func(p *Page) string {
		d := p.read(facetTitle)
		return d.local.collation.key(d.meta.Title)
	}, strings.Compare)
}

// ByLinkTitle orders by link title, as ByTitle does by title.
func (ps Pages) ByLinkTitle() Pages {
	return orderedBy(ps, "ByLinkTitle", func(p *Page) string {
		d := p.read(facetTitle | facetLinkTitle)
		return d.local.collation.key(d.linkTitle())
	}, strings.Compare)
}

// ByDate orders by date, the oldest first.
func (ps Pages) ByDate() Pages { return orderedBy(ps, "ByDate", (*Page).Date, time.Time.Compare) }

// ByLastmod orders by date of the last change, the oldest first.
func (ps Pages) ByLastmod() Pages {
	return orderedBy(ps, "ByLastmod", (*Page).Lastmod, time.Time.Compare)
}

// ByPublishDate orders by date of publication, the oldest first.
func (ps Pages) ByPublishDate() Pages {
	return orderedBy(ps, "ByPublishDate", (*Page).PublishDate, time.Time.Compare)
}

// ByExpiryDate orders by date of expiry, the earliest first.
func (ps Pages) ByExpiryDate() Pages {
	return orderedBy(ps, "ByExpiryDate", (*Page).ExpiryDate, time.Time.Compare)
}

// ByLength orders by the length of the content, the shortest first.
func (ps Pages) ByLength() Pages {
	length := func(p *Page) int { return len(p.Content()) }
	if !ps.mayRememberContent() {
		return sortedBy(ps, length, cmp.Compare[int])
	}
	return orderedBy(ps, "ByLength", length, cmp.Compare[int])
}

// ByParam orders by a parameter, as [Page.Param] finds it: numbers before dates
// before text, and pages without it last.
func (ps Pages) ByParam(name string) Pages {
	c := ps.collation()
	sorted, _ := remembered(ps, "ByParam", []any{name}, func() (Pages, error) {
		return sortedBy(ps, func(p *Page) any { return p.Param(name) }, func(a, b any) int { return compareParams(c, a, b) }), nil
	})
	return sorted
}

// collation returns the one of the language of the first page.
func (ps Pages) collation() *collation {
	if len(ps) == 0 {
		return nil
	}
	return ps[0].d.local.collation
}

// Reverse returns the pages in reverse order.
func (ps Pages) Reverse() Pages {
	return asked(ps, "Reverse", func() Pages {
		out := slices.Clone(ps)
		slices.Reverse(out)
		return out
	})
}

// Limit returns the first n pages, or all when there are fewer.
func (ps Pages) Limit(n int) Pages {
	n = max(0, min(n, len(ps)))
	return ps[:n:n]
}

// Next returns the page before p in the list, or nil; see [Page.Next].
func (ps Pages) Next(p *Page) *Page {
	switch {
	case p == nil:
		return nil
	case p.v.is(ps, p.d.local.regular):
		return p.Next()
	case p.inListOf(ps):
		return p.NextInSection()
	}
	p.v.uses(ps)
	return ps.at(ps.index(p), -1)
}

// Prev returns the page after p in the list, or nil; see [Page.Prev].
func (ps Pages) Prev(p *Page) *Page {
	switch {
	case p == nil:
		return nil
	case p.v.is(ps, p.d.local.regular):
		return p.Prev()
	case p.inListOf(ps):
		return p.PrevInSection()
	}
	p.v.uses(ps)
	return ps.at(ps.index(p), +1)
}

// inListOf tells whether ps is the list of regular pages of the section that holds the page.
func (p *Page) inListOf(ps Pages) bool {
	return p.d.parent != noPage && p.v.is(ps, p.v.snap.pages[p.d.parent].regular)
}

func (ps Pages) index(p *Page) int {
	if i, ok := ps.known(p); ok {
		return i
	}
	return slices.IndexFunc(ps, func(q *Page) bool { return samePage(p, q) })
}

// known returns where the list has a page, -1 for nowhere. It is false for a list of which nothing is remembered.
func (ps Pages) known(p *Page) (int, bool) {
	if !ps.isKnown() {
		return 0, false
	}
	places := asked(ps, "places", ps.places)
	i, ok := slices.BinarySearchFunc(places, p.d.id, func(e place, id pageID) int { return cmp.Compare(e.id, id) })
	if !ok || !samePage(ps[places[i].at], p) {
		return -1, true
	}
	return int(places[i].at), true
}

// place is where a list has a page.
type place struct {
	id pageID
	at int32
}

// places returns where the list has its pages, in order of their numbers.
func (ps Pages) places() []place {
	places := make([]place, len(ps))
	for i, p := range ps {
		places[i] = place{p.d.id, int32(i)}
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.at, b.at)) })
	return places
}

func (ps Pages) at(i, offset int) *Page {
	if i < 0 || i+offset < 0 || i+offset >= len(ps) {
		return nil
	}
	return ps[i+offset]
}

func (ps Pages) sorted(compare func(a, b *Page) int) Pages {
	out := slices.Clone(ps)
	slices.SortStableFunc(out, compare)
	return out
}

// orderedBy is sortedBy, remembered by the name of the order.
func orderedBy[K any](ps Pages, name string, key func(*Page) K, compare func(a, b K) int) Pages {
	return asked(ps, name, func() Pages { return sortedBy(ps, key, compare) })
}

// sortedBy orders by a key that is read once per page, and by path where keys are equal.
func sortedBy[K any](ps Pages, key func(*Page) K, compare func(a, b K) int) Pages {
	type keyed struct {
		page *Page
		at   int
		key  K
	}
	list := make([]keyed, len(ps))
	for i, p := range ps {
		list[i] = keyed{p, i, key(p)}
	}
	slices.SortFunc(list, func(a, b keyed) int {
		if c := compare(a.key, b.key); c != 0 {
			return c
		}
		if c := strings.Compare(a.page.d.path, b.page.d.path); c != 0 {
			return c
		}
		return a.at - b.at
	})
	out := make(Pages, len(ps))
	for i, k := range list {
		out[i] = k.page
	}
	return out
}

func (d *pageData) linkTitle() string {
	if d.meta.LinkTitle != "" {
		return d.meta.LinkTitle
	}
	return d.meta.Title
}

func compareParams(c *collation, a, b any) int {
	ra, na := paramRank(a)
	rb, nb := paramRank(b)
	if c := cmp.Compare(ra, rb); c != 0 {
		return c
	}
	switch x := a.(type) {
	case time.Time:
		return x.Compare(b.(time.Time))
	case string:
		return c.compare(x, b.(string))
	}
	return cmp.Compare(na, nb)
}

// paramRank orders values of different types, and gives a number's value.
func paramRank(v any) (rank int, number float64) {
	switch x := v.(type) {
	case bool:
		if x {
			return 0, 1
		}
		return 0, 0
	case int:
		return 1, float64(x)
	case int64:
		return 1, float64(x)
	case float64:
		return 1, x
	case time.Time:
		return 2, 0
	case string:
		return 3, 0
	case nil:
		return 5, 0
	}
	return 4, 0
}
