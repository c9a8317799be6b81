package jam

import "strings"

// Parent returns the section that directly holds the page, the home page for
// those of the top level, and nil for the home page.
func (p *Page) Parent() *Page { return p.v.page(p.read(facetParent).parent) }

// Ancestors returns the page's parent, the parent's parent and so on up to the home page.
func (p *Page) Ancestors() Pages { return p.v.list(p.chain()) }

func (p *Page) chain() *pageList {
	d := p.read(facetParent)
	if d.parent == noPage {
		return nil
	}
	return p.v.snap.pages[d.parent].chain
}

// CurrentSection returns the page itself when it is the home page or a section, and
// the section that holds it otherwise.
func (p *Page) CurrentSection() *Page {
	if p.IsNode() {
		return p
	}
	return p.Parent()
}

// FirstSection returns the top-level section that holds the page, or is the
// page; the home page when there is none.
func (p *Page) FirstSection() *Page {
	s := p.CurrentSection()
	for s != nil {
		up := s.Parent()
		if up == nil || up.IsHome() {
			return s
		}
		s = up
	}
	return nil
}

// Pages returns what the home page or a section directly holds: pages and sections.
// A regular page holds none.
//
// In a template for a file of the whole site, such as sitemap.xml and robots.txt, they are all pages of
// the site.
func (p *Page) Pages() Pages { return p.v.list(p.pageList()) }

func (p *Page) pageList() *pageList {
	d := p.read(facetPlace)
	if f := p.format(); f != nil && f.once && p.v.now.page == d {
		return d.local.everything()
	}
	return d.children
}

// RegularPages returns the regular pages that the home page or a section directly holds.
func (p *Page) RegularPages() Pages { return p.v.list(p.read(facetPlace).regular) }

// RegularPagesRecursive returns the regular pages that a section holds, directly or in
// sections of it; those of the home page are the site's, without those that only local
// lists have (list: local). Those of a taxonomy and a term are the same as RegularPages.
func (p *Page) RegularPagesRecursive() Pages { return p.v.list(p.recursiveList()) }

func (p *Page) recursiveList() *pageList {
	d := p.read(facetPlace)
	if d.kind() == KindHome {
		return d.local.regular
	}
	return p.v.snap.recursiveList(d)
}

// Sections returns the sections that the home page or a section directly holds.
func (p *Page) Sections() Pages { return p.v.list(p.read(facetPlace).sections) }

// Next returns the regular page before this one in the site's order, which is the
// newer one among pages ordered by date; nil at the beginning.
func (p *Page) Next() *Page { return p.v.page(p.read(facetNext).next) }

// Prev returns the regular page after this one in the site's order, which is the
// older one among pages ordered by date; nil at the end.
func (p *Page) Prev() *Page { return p.v.page(p.read(facetPrev).prev) }

// NextInSection is [Page.Next] among the regular pages of the same section.
func (p *Page) NextInSection() *Page { return p.v.page(p.read(facetNextIn).nextIn) }

// PrevInSection is [Page.Prev] among the regular pages of the same section.
func (p *Page) PrevInSection() *Page { return p.v.page(p.read(facetPrevIn).prevIn) }

// InSection reports whether both pages are in the same section.
func (p *Page) InSection(other *Page) bool {
	return other != nil && samePage(p.CurrentSection(), other.CurrentSection())
}

// IsAncestor reports whether the page is a section, or the home page, that
// holds other, directly or not.
func (p *Page) IsAncestor(other *Page) bool {
	for other != nil {
		if other = other.Parent(); samePage(p, other) {
			return true
		}
	}
	return false
}

// IsDescendant reports whether other holds the page, directly or not.
func (p *Page) IsDescendant(other *Page) bool { return other != nil && other.IsAncestor(p) }

// Eq reports whether both are the same page.
func (p *Page) Eq(other *Page) bool { return samePage(p, other) }

func samePage(a, b *Page) bool { return a != nil && b != nil && a.d == b.d }

// GetPage finds a page by its path, as [Site.Page] does; a path that does not
// begin with a slash is first looked up from the page's folder. It returns nil
// when there is none.
func (p *Page) GetPage(path string) *Page {
	d := p.d
	if !strings.HasPrefix(path, "/") {
		if id, ok := p.v.findFrom(d.local, p.read(facetFile).dir(), path); ok {
			return p.v.page(id)
		}
		if strings.HasPrefix(path, "../") {
			return nil
		}
	}
	id, err := p.v.lookup(d.local, path)
	if err != nil {
		p.v.failCall(err)
	}
	return p.v.page(id)
}
