package jam

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/jam-go/jam/internal/digest"
	"github.com/jam-go/jam/internal/markdown"
)

// facets are parts of a page that can change on their own, which a render may read: no more of them than facetBits.
type facets uint64

const (
	facetPlace        facets = 1 << iota // kind, logical path and section
	facetTitle                           // also where it serves as link title
	facetLinkTitle                       // the one of the front matter
	facetDescription                     //
	facetDate                            //
	facetLastmod                         //
	facetSpan                            // when it is published and expires
	facetWeight                          //
	facetTerms                           // by taxonomy, with their pages; see paramRead
	facetKeywords                        //
	facetAbstract                        // the summary in the front matter
	facetParams                          // all of the front matter
	facetKeys                            // keys of it; see paramRead
	facetLayout                          //
	facetType                            //
	facetDraft                           //
	facetExtra                           // other fields of the front matter that are known
	facetRoute                           // URLs of the page's files
	facetPagers                          // URLs of its pagers
	facetParent                          //
	facetNext                            // in the site's order
	facetPrev                            //
	facetNextIn                          // in its section
	facetPrevIn                          //
	facetTranslations                    // whether there are any
	facetResources                       // files beside the page, by their names
	facetResource                        // parts of what is known of them; see resourceRead
	facetText                            // as it is written
	facetLine                            // where the text begins in its file
	facetAnchors                         // of the text
	facetOrder                           // place in the site's order
	facetFile                            // and its folder, from which relative links lead

	// What follows derives from the body as it is rendered.
	facetHTML
	facetSummary
	facetFacts // time to read, and the like
	facetHeadings
	facetStore // what its shortcodes keep
	facetWords // their number

	facetContent = facetHTML | facetSummary | facetFacts | facetHeadings | facetStore | facetWords
	facetMeta    = facetPlace | facetTitle | facetLinkTitle | facetDescription | facetDate | facetLastmod | facetSpan |
		facetWeight | facetTerms | facetKeywords | facetAbstract | facetParams | facetKeys | facetLayout | facetType | facetDraft | facetExtra | facetFile
)

// facetNames are what reports call them, by their bits.
var facetNames = []string{
	"path", "title", "link title", "description", "date", "lastmod", "publishing dates", "weight", "terms", "keywords", "summary", "front matter",
	"parameters", "layout", "type", "draft", "front matter", "URL", "pagination", "parent", "next page", "previous page", "next page", "previous page",
	"translations", "resources", "resources", "content", "place of the content in its file", "anchors", "order", "file",
	"content", "summary", "time to read", "headings", "store", "number of words",
}

// identities are the checksums of what pages are known by, by their numbers. They are made at the first need.
type identities struct {
	made sync.Once
	list []digest.Hash
}

// identities returns the checksum of each page, and of each text of one, by which it is known in every version of a site.
func (m *model) identities() []digest.Hash {
	m.known.made.Do(func() {
		m.known.list = make([]digest.Hash, 0, len(m.pages)+len(m.parts))
		n := 0
		for i, d := range m.pages {
			if n++; i == 0 || m.pages[i-1].path != d.path || m.pages[i-1].local != d.local {
				n = 0
			}
			m.known.list = append(m.known.list, d.identity().Int(n))
		}
		for _, d := range m.parts {
			m.known.list = append(m.known.list, d.identity().String(d.doc.path()))
		}
	})
	return m.known.list
}

// identity begins with the page's language and its logical path. For one of several at a path, its number among them follows.
func (d *pageData) identity() digest.Hash {
	return digest.Hash(0).String(d.local.Code).String(d.path).Bool(d.part)
}

// identity returns what a page is known by.
func (m *model) identity(d *pageData) digest.Hash { return m.identityOf(d.id) }

// identityOf is identity for a page that may be none.
func (m *model) identityOf(id pageID) digest.Hash {
	if id == noPage {
		return 0
	}
	return m.identities()[id]
}

// page returns the page, or text of a page, of that number.
func (s *snapshot) page(id pageID) *pageData {
	if int(id) < len(s.pages) {
		return s.pages[id]
	}
	return s.parts[int(id)-len(s.pages)]
}

// sum returns a checksum of one facet of a page, which derives from what the site was loaded from.
func (s *snapshot) sum(d *pageData, f facets) uint64 {
	h, m := digest.Hash(f), &d.meta
	switch f {
	case facetPlace:
		h = h.Uint(uint64(d.code)).String(d.local.Code).String(d.path).String(d.section()).Bool(d.part)
	case facetTitle:
		h = h.String(m.Title)
	case facetLinkTitle:
		h = h.String(m.LinkTitle)
	case facetDescription:
		h = h.String(m.Description)
	case facetDate:
		h = h.Time(m.Date)
	case facetLastmod:
		h = h.Time(d.lastmod())
	case facetSpan:
		h = h.Time(m.published()).Time(m.ExpiryDate)
	case facetWeight:
		h = h.Int(m.Weight)
	case facetTerms:
		h = s.termPagesSum(d.meta.termsSum(h, ""), d, "")
	case facetKeywords:
		h = h.Strings(m.Keywords)
	case facetAbstract:
		h = d.trustSum(h.String(m.Summary))
	case facetParams, facetKeys:
		h = s.frontSum(h, d)
	case facetLayout:
		h = h.String(m.Layout)
	case facetType:
		h = h.String(m.Type)
	case facetDraft:
		h = h.Bool(m.Draft)
	case facetExtra:
		h = m.extraSum(h)
	case facetRoute:
		h = d.routeSum(h)
	case facetPagers:
		if d.pagers != nil {
			h = h.String(d.pagers.whole.key()).Int(d.pagers.size).Strings(d.pagers.rel)
		}
	case facetParent:
		h = h.Uint(uint64(s.identityOf(d.parent)))
	case facetNext:
		h = h.Uint(uint64(s.identityOf(d.next)))
	case facetPrev:
		h = h.Uint(uint64(s.identityOf(d.prev)))
	case facetNextIn:
		h = h.Uint(uint64(s.identityOf(d.nextIn)))
	case facetPrevIn:
		h = h.Uint(uint64(s.identityOf(d.prevIn)))
	case facetTranslations:
		h = h.Bool(d.translations != nil)
	case facetResources:
		for _, r := range d.resources {
			h = h.String(r.doc.name).String(r.name).String(r.meta.name)
		}
	case facetResource:
		h = s.resourcesSum(h, d)
	case facetText:
		t := s.text(d)
		h = d.trustSum(h.Uint(t.sum).Bool(d.html).Bool(t.codes))
	case facetLine:
		h = h.Int(int(s.text(d).line))
	case facetAnchors:
		h = s.anchorsSum(h, d, "")
	case facetOrder:
		h = h.Int(int(d.rank))
	case facetFile:
		if h = h.String(d.source()).String(d.dir()); d.doc != nil {
			h = h.String(d.doc.path())
		}
	}
	return h.Sum()
}

// partSum returns a checksum of a part of a facet of a page, which is none of its parameters.
func (s *snapshot) partSum(d *pageData, kind depKind, name string) uint64 {
	h := digest.Hash(kind)
	switch kind {
	case depPageTerms:
		h = d.meta.termsSum(h, name)
	case depTermPages:
		h = s.termPagesSum(h, d, name)
	case depAnchor:
		h = s.anchorsSum(h, d, name)
	}
	return h.Sum()
}

// termsSum adds the page's terms in a taxonomy, or for "" in all.
func (m *meta) termsSum(h digest.Hash, taxonomy string) digest.Hash {
	for t := m.Terms; t != nil; t = t.next {
		if taxonomy == "" || t.taxonomy == taxonomy {
			h = h.String(t.taxonomy).Strings(t.texts)
		}
	}
	return h
}

// termPagesSum adds the pages of these terms.
func (s *snapshot) termPagesSum(h digest.Hash, d *pageData, taxonomy string) digest.Hash {
	for _, id := range d.terms {
		if name := s.pages[id].taxonomy.name; taxonomy == "" || strings.EqualFold(name, taxonomy) {
			h = h.String(name).Uint(uint64(s.identityOf(id)))
		}
	}
	return h
}

// anchorsSum adds whether the page has an anchor, or for "" all that it has.
func (s *snapshot) anchorsSum(h digest.Hash, d *pageData, anchor string) digest.Hash {
	anchors, ok := s.anchorsOf(context.Background(), d)
	if h = h.Bool(ok); anchor == "" {
		return h.Strings(anchors)
	}
	return h.Bool(slices.Contains(anchors, anchor))
}

// frontSum adds all of the front matter, and what it inherits. Some of it may come from the file's name, or be made up.
func (s *snapshot) frontSum(h digest.Hash, d *pageData) digest.Hash {
	h = d.trustSum(h.Uint(d.local.reads).Uint(s.text(d).front)).String(d.meta.Slug).String(d.undated).String(d.meta.Type).String(d.meta.Layout)
	h = h.Bool(d.meta.Draft).String(d.meta.Build.Render).String(d.meta.Build.List)
	for _, r := range d.rules {
		h = h.Uint(r.sum)
	}
	return h
}

// extraSum adds fields that templates seldom read.
func (m *meta) extraSum(h digest.Hash) digest.Hash {
	h = h.String(m.Slug).String(m.TranslationKey).Strings(m.Aliases).Strings(m.Outputs).Int(len(m.Menus))
	for _, e := range m.Menus {
		e.line, e.column = 0, 0
		h = h.Value(e)
	}
	return h.Value(m.Sitemap).Value(m.Build).Value(m.Cascade)
}

// routeSum adds where the page's files are.
func (d *pageData) routeSum(h digest.Hash) digest.Hash {
	h = h.String(d.link)
	if d.route != nil {
		h = h.String(d.route.rel).Bool(d.route.page == d)
		if f := d.route.format; f != nil {
			h = h.String(f.Name)
		}
	}
	for _, r := range d.formats {
		h = h.String(r.rel)
		if r.format != nil {
			h = h.String(r.format.Name)
		}
	}
	return h
}

// resourcesSum adds what is known of the page's resources without opening them.
func (s *snapshot) resourcesSum(h digest.Hash, d *pageData) digest.Hash {
	for _, r := range d.resources {
		h = h.String(r.name).String(r.file).String(r.doc.name).String(r.meta.name).String(r.meta.title).Value(r.meta.params).Bool(r.text)
		if r.route != nil {
			h = h.String(r.route.rel)
		}
		if r.part != nil {
			h = h.Uint(uint64(s.identity(r.part)))
		}
	}
	return h
}

// contentSums are checksums of what pages show of a body, by the facets of facetContent in their order. That of facetFacts, and of
// facetWords, are the bodyFacts.
type contentSums [5]uint64

const factsInSums = 2

func (r *rendered) sums() contentSums {
	store := digest.Hash(4)
	if r.store != nil {
		store = store.ValueFunc(r.store.Values(), knownPointer)
	}
	summary := digest.Hash(1).String(r.summary).Int(r.SummaryEnd)
	for part := range r.SummaryParts() {
		summary = summary.String(part)
	}
	headings := digest.Hash(3)
	r.EachHeading(func(e markdown.Heading) { headings = headings.Int(e.Level).String(e.ID).String(e.Title).String(e.HTML) })
	return contentSums{
		digest.Hash(0).String(r.HTML).Sum(), summary.Sum(), uint64(factsOf(r)), headings.Sum(), store.Sum(),
	}
}

// knownPointer stands for what belongs to a view.
func knownPointer(p any) (uint64, bool) {
	switch p := p.(type) {
	case *Page:
		return uint64(p.v.snap.identity(p.d)), true
	case *Site:
		return digest.Hash(0).String(p.local.Code).Sum(), true
	case *Resource:
		return digest.Hash(0).String(p.d.doc.name).Sum(), true
	case *MenuItem:
		return digest.Hash(0).String(p.n.MenuEntry.Menu).String(p.n.key()).Sum(), true
	case *PageOutput:
		return digest.Hash(0).String(p.r.file).Sum(), true
	case *Pager:
		return digest.Hash(uint64(p.page.v.snap.identity(p.page.d))).Int(p.number).Sum(), true
	case *Store:
		return digest.Hash(0).ValueFunc(p.Values(), knownPointer).Sum(), true
	}
	return 0, false
}

// changed returns the facets in which bodies differ.
func (a *contentSums) changed(b *contentSums) facets {
	var f facets
	for i := range a {
		if a[i] != b[i] && i != factsInSums {
			f |= facetHTML << i
		}
	}
	return f | bodyFacts(a[factsInSums]).changed(bodyFacts(b[factsInSums]))
}
