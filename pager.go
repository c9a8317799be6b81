package jam

import "fmt"

// Pager is a part of a list, with a file of its own; see [Pagination] and [Page.Paginator].
type Pager struct {
	page   *Page
	list   Pages     // of the whole
	of     *pageList // which that is, if what is read of it has to be noted
	size   int
	number int // from 1
	all    []*Pager
}

// Paginator returns the pager that is being rendered, or else the first one. A list for
// which no [Pagination] is declared is one pager. It is nil for a page that is no list. A size must
// make as many pagers as are declared, as for [Page.Paginate]; the render under way fails otherwise.
func (p *Page) Paginator(size ...int) *Pager {
	d := p.read(facetPlace | facetRoute | facetPagers)
	if len(size) > 0 && d.isList() {
		g, err := p.Paginate(p.Paginator().whole(), size...)
		if err != nil {
			p.v.fail(err)
			return p.Paginator()
		}
		return g
	}
	if !d.isList() {
		return nil
	}
	if d.pagers != nil {
		return p.v.pagersOf(p)[p.pagerNumber()-1]
	}
	g := &Pager{page: p, number: 1}
	switch d.kind() {
	case KindHome:
		g.list = p.Site().Pages()
	case KindSection:
		g.list = p.RegularPages()
	default:
		g.list = p.Pages()
	}
	g.size = max(1, len(g.list))
	return g
}

// pagersOf returns the pagers of a list for which pagination is declared.
func (v *view) pagersOf(p *Page) []*Pager {
	whole := p.d.pagers.whole
	list := v.pagesOf(whole)
	if got, ok := v.pagers.Load(p.d); ok {
		return got.([]*Pager)
	}
	all := make([]*Pager, len(p.d.pagers.parts))
	for i := range all {
		all[i] = &Pager{page: p, list: list, of: whole, size: p.d.pagers.size, number: i + 1, all: all}
	}
	got, _ := v.pagers.LoadOrStore(p.d, all)
	return got.([]*Pager)
}

func (p *Page) pagerNumber() int {
	if r := p.v.now; r != nil && r.page == p.d && r.pager > 0 {
		return int(r.pager)
	}
	return 1
}

// Paginate returns [Page.Paginator] with other pages, or the same in another
// order. There must be as many pagers of them as the site has declared: the
// error says so otherwise.
func (p *Page) Paginate(pages any, size ...int) (*Pager, error) {
	g := p.Paginator()
	if g == nil {
		return nil, fmt.Errorf("paginate: %s is no list", p.Path())
	}
	list, ok := pages.(Pages)
	if !ok {
		if pages != nil {
			return nil, fmt.Errorf("paginate: want pages, have %T", pages)
		}
	}
	declared := g.TotalPages()
	g = &Pager{page: p, list: list, size: g.size, number: g.number}
	if p.d.pagers == nil {
		g.size = max(1, len(list))
		if len(size) > 0 && size[0] < len(list) {
			return nil, fmt.Errorf("paginate: %d pages need more than one file: declare the Pagination of %s, "+
				"in the configuration or as paginate: %d in its front matter", len(list), p.Path(), size[0])
		}
		return g, nil
	}
	if len(size) > 0 && size[0] > 0 {
		g.size = size[0]
	}
	if g.TotalPages() != declared {
		return nil, fmt.Errorf("paginate: these %d pages, %d per pager, make %d pagers, and %s declares a Pagination of %d: its size, or what it is of, differs",
			len(list), g.size, g.TotalPages(), p.Path(), declared)
	}
	return g, nil
}

// Page returns the page that the pager is a part of.
func (g *Pager) Page() *Page { return g.page }

// PageNumber returns the pager's number, from 1.
func (g *Pager) PageNumber() int { return g.number }

// PagerSize returns how many pages a pager has, but for the last.
func (g *Pager) PagerSize() int { return g.size }

// PageSize is the same as [Pager.PagerSize], by another name that templates know.
func (g *Pager) PageSize() int { return g.size }

// TotalPages returns how many pagers there are, at least 1.
func (g *Pager) TotalPages() int {
	if g.all != nil {
		g.page.read(facetPagers)
		return len(g.all)
	}
	return max(1, (len(g.whole())+g.size-1)/g.size)
}

// TotalNumberOfElements returns how many pages all pagers have.
func (g *Pager) TotalNumberOfElements() int {
	g.note("len")
	return len(g.list)
}

// NumberOfElements returns how many pages the pager has.
func (g *Pager) NumberOfElements() int { return len(g.Pages()) }

// Pages returns the pager's pages.
func (g *Pager) Pages() Pages {
	from := (g.number - 1) * g.size
	g.note(listRange(from, from+g.size))
	from = min(from, len(g.list))
	to := min(from+g.size, len(g.list))
	return g.list[from:to:to]
}

// whole returns the pages of all pagers.
func (g *Pager) whole() Pages {
	g.note("")
	return g.list
}

// note notes that a part of the list is read.
func (g *Pager) note(part string) {
	if g.of != nil {
		g.page.v.note(depList, "", listPart(g.of.key(), part))
	}
}

// Pagers returns all pagers.
func (g *Pager) Pagers() []*Pager {
	if g.all != nil {
		return g.all
	}
	all := make([]*Pager, g.TotalPages())
	for i := range all {
		all[i] = g.at(i + 1)
	}
	return all
}

func (g *Pager) at(number int) *Pager {
	if number < 1 || number > g.TotalPages() {
		return nil
	}
	if g.all != nil {
		return g.all[number-1]
	}
	other := *g
	other.number = number
	return &other
}

// First returns the first pager.
func (g *Pager) First() *Pager { return g.at(1) }

// Last returns the last pager.
func (g *Pager) Last() *Pager { return g.at(g.TotalPages()) }

// Prev returns the pager before this one, or nil.
func (g *Pager) Prev() *Pager { return g.at(g.number - 1) }

// Next returns the pager after this one, or nil.
func (g *Pager) Next() *Pager { return g.at(g.number + 1) }

// HasPrev reports whether there is a pager before this one.
func (g *Pager) HasPrev() bool { return g.number > 1 }

// HasNext reports whether there is a pager after this one.
func (g *Pager) HasNext() bool { return g.number < g.TotalPages() }

// URL returns the path part of the pager's URL, percent-encoded.
func (g *Pager) URL() string {
	d := g.page.read(facetRoute | facetPagers)
	if d.pagers == nil || g.number > len(d.pagers.rel) {
		return g.page.RelPermalink()
	}
	return d.pagers.rel[g.number-1]
}

// Permalink returns the pager's URL; see [Page.Permalink].
func (g *Pager) Permalink() string { return g.page.v.absolute(g.URL()) }

// String returns the pager's number, of how many.
func (g *Pager) String() string { return fmt.Sprintf("%d/%d", g.number, g.TotalPages()) }
