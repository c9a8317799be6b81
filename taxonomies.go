package jam

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/exec"
	"github.com/jam-go/jam/internal/funcs"
)

// Taxonomies are a site's taxonomies by name, such as "tags". See [Site.Taxonomies].
type Taxonomies map[string]Taxonomy

// Taxonomy is the terms of a taxonomy, each with its pages. The key is the term in
// lower case, as the first page that has it writes it: "go lang". Terms that no listed
// page has are not in it.
type Taxonomy map[string]WeightedPages

// WeightedPages are the pages that have a term: by the weight that they give
// themselves in the taxonomy (tags_weight: 10), those without last, and then
// in the site's order.
type WeightedPages []WeightedPage

// WeightedPage is a page, and its weight in the taxonomy.
type WeightedPage struct {
	*Page
	Weight int
	term   *Page
}

// Page returns the page of the term, or nil for an empty list.
func (w WeightedPages) Page() *Page {
	if len(w) == 0 {
		return nil
	}
	return w[0].term
}

// Pages returns the pages without their weights.
func (w WeightedPages) Pages() Pages {
	w.use(exec.UseAll, 0)
	compute := func() Pages {
		out := make(Pages, len(w))
		for i := range w {
			out[i] = w[i].Page
		}
		return out
	}
	if len(w) < fewPages || w[0].Page == nil {
		return compute()
	}
	return answered(w[0].v, &w[0], len(w), "Pages", compute)
}

// Count returns how many pages there are.
func (w WeightedPages) Count() int { return w.Len() }

// Len returns how many pages there are.
func (w WeightedPages) Len() int {
	w.use(exec.UseLen, 0)
	return len(w)
}

// TaxonomyEntry is a term in a list of terms.
type TaxonomyEntry struct {
	Name string // the term's key in the Taxonomy
	WeightedPages
}

// Term returns the Name.
func (e TaxonomyEntry) Term() string { return e.Name }

// TaxonomyEntries is an ordered list of terms.
type TaxonomyEntries []TaxonomyEntry

// Reverse returns the list in the opposite order.
func (es TaxonomyEntries) Reverse() TaxonomyEntries {
	out := slices.Clone(es)
	slices.Reverse(out)
	return out
}

// Get returns the pages of a term, which may be written as in front matter.
func (t Taxonomy) Get(term string) WeightedPages {
	t.use(termFound, term)
	if w, ok := t[strings.ToLower(term)]; ok {
		return w
	}
	return t[t.folded()[foldPath(termKey(term))]]
}

// folded returns the keys by what all ways to write a term have in common.
func (t Taxonomy) folded() map[string]string {
	return askedOf(t, "folded", func() map[string]string {
		out := make(map[string]string, len(t))
		for _, name := range slices.Backward(slices.Sorted(maps.Keys(t))) {
			out[foldPath(termKey(name))] = name
		}
		return out
	})
}

// askedOf returns what compute does, or did when the same was asked of the taxonomy before. What it reads is not recorded.
func askedOf[T any](t Taxonomy, what string, compute func() T) T {
	for _, w := range t {
		if len(t) < fewPages || len(w) == 0 || w[0].Page == nil {
			break
		}
		var out T
		w[0].v.unrecorded(func() { out = answered(w[0].v, t.address(), len(t), what, compute) })
		return out
	}
	return compute()
}

// address is what a taxonomy of a view is known by.
func (t Taxonomy) address() any { return reflect.ValueOf(t).UnsafePointer() }

// Count returns how many pages have a term, which may be written as in front matter.
func (t Taxonomy) Count(term string) int { return t.Get(term).Count() }

// Alphabetical returns the terms in order of their pages' titles.
func (t Taxonomy) Alphabetical() TaxonomyEntries {
	t.use(termsByName, "")
	return askedOf(t, "Alphabetical", t.alphabetical)
}

func (t Taxonomy) alphabetical() TaxonomyEntries {
	type keyed struct {
		TaxonomyEntry
		key string
	}
	list := make([]keyed, 0, len(t))
	for name, w := range t {
		key := name
		if p := w.Page(); p != nil {
			key = p.d.local.collation.key(p.d.linkTitle())
		}
		list = append(list, keyed{TaxonomyEntry{name, w}, key})
	}
	slices.SortFunc(list, func(a, b keyed) int {
		return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(a.Name, b.Name))
	})
	out := make(TaxonomyEntries, len(list))
	for i := range list {
		out[i] = list[i].TaxonomyEntry
	}
	return out
}

// ByCount returns the terms in order of how many pages have them, the most first,
// and then alphabetically.
func (t Taxonomy) ByCount() TaxonomyEntries {
	t.use(termsByCount, "")
	return askedOf(t, "ByCount", func() TaxonomyEntries {
		out := slices.Clone(t.alphabetical())
		slices.SortStableFunc(out, func(a, b TaxonomyEntry) int { return cmp.Compare(len(b.WeightedPages), len(a.WeightedPages)) })
		return out
	})
}

// Taxonomies returns the site's taxonomies, those without terms included. Do not change
// the map.
func (s *Site) Taxonomies() Taxonomies {
	s.v.note(depTaxonomy, s.local.Code, "")
	return s.allTaxonomies()
}

// allTaxonomies is Taxonomies without a note that they are read.
func (s *Site) allTaxonomies() Taxonomies {
	lc := s.local
	if got, ok := s.v.taxonomies.Load(lc); ok {
		return got.(Taxonomies)
	}
	all := make(Taxonomies, len(lc.taxonomies))
	for _, t := range lc.taxonomies {
		terms := make(Taxonomy, len(t.terms))
		for _, term := range t.terms {
			w := make(WeightedPages, len(term.members))
			for i, m := range term.members {
				w[i] = WeightedPage{s.v.page(m.page.id), m.weight, s.v.page(term.page.id)}
			}
			if len(w) > 0 {
				terms[strings.ToLower(term.text)] = w
			}
		}
		all[t.name] = terms
	}
	got, loaded := s.v.taxonomies.LoadOrStore(lc, all)
	if !loaded {
		s.v.knowTaxonomies(all)
	}
	return got.(Taxonomies)
}

// knowTaxonomies has what is asked of taxonomies remembered.
func (v *view) knowTaxonomies(all Taxonomies) {
	for _, t := range all {
		v.know(t.address(), len(t))
		for _, w := range t {
			if len(w) > 0 {
				v.know(&w[0], len(w))
			}
		}
	}
}

// GetTerms returns the pages of the terms that the page has in a taxonomy, in the
// front matter's order.
func (p *Page) GetTerms(taxonomy string) Pages {
	d := p.readPart(depTermPages, strings.ToLower(taxonomy))
	var list Pages
	for _, id := range d.terms {
		if q := p.v.page(id); strings.EqualFold(q.d.taxonomy.name, taxonomy) {
			if list == nil {
				list = make(Pages, 0, len(d.terms))
			}
			list = append(list, q)
		}
	}
	return list
}

// Data returns what templates know of a page by name: Pages, which is [Page.Pages]; of a
// taxonomy or a term also Taxonomy and Plural, its name, Singular, and Terms, the
// [Taxonomy]; and of a term Term, as it is written.
func (p *Page) Data() map[string]any {
	data := p.data(p.Pages())
	p.useData()
	return data
}

// useData notes that all that Data returns is read, but the pages.
func (p *Page) useData() {
	if d := p.d; d.taxonomy != nil {
		p.v.note(depTaxonomy, d.local.Code, d.taxonomy.name)
	}
}

func (p *Page) data(pages Pages) map[string]any {
	d := p.read(facetPlace)
	data := map[string]any{"Pages": pages}
	if d.taxonomy != nil {
		data["Plural"], data["Taxonomy"] = d.taxonomy.name, d.taxonomy.name
		data["Singular"] = funcs.Singularize(d.taxonomy.name)
		data["Terms"] = p.v.site(d.local).allTaxonomies()[d.taxonomy.name]
	}
	if d.term != nil {
		data["Term"] = d.term.text
	}
	return data
}
