package jam

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/funcs"
)

// taxonomy is a way to classify pages, and the terms that they have in it.
type taxonomy struct {
	name  string
	index int // in local.taxonomies
	page  *pageData
	terms []*term // in order of their keys
	byKey map[string]*term
	list  *pageList // the terms' pages
}

// term is a term of a taxonomy.
type term struct {
	taxonomy *taxonomy
	key      string // by which terms are the same: "go-lang" for "Go Lang"
	text     string // as the first page has it
	title    string // of its own page, for a term that no page has
	latest   *pageData
	page     *pageData
	members  []member
}

// member is a page that has a term.
type member struct {
	page   *pageData
	weight int
}

// checkTaxonomy refuses names that can't be those of a taxonomy.
func checkTaxonomy(name string, before []string) error {
	key := strings.ToLower(name)
	if name == "" || taxonomyPath(name) == "/" || strings.Contains(name, "/") {
		return errors.New("want a name that may stand in a URL")
	}
	for _, other := range before {
		switch {
		case strings.EqualFold(other, name):
			return errors.New("it is declared twice")
		case taxonomyPath(other) == taxonomyPath(name):
			return fmt.Errorf("it has the same path as %q: %s", other, taxonomyPath(name))
		}
	}
	if metaFields[key] != nil && key != "keywords" {
		return fmt.Errorf("%q is a key of the front matter with another meaning", name)
	}
	return nil
}

func taxonomyPath(name string) string { return "/" + strings.Trim(sanitizePath(name), "/") }

// termKey makes the part of a path that a term has.
func termKey(text string) string { return strings.Trim(sanitizePath(text), "/") }

// addTaxonomies finds the terms of a language's pages, and adds the lists that have no file.
func (l *loader) addTaxonomies(lc *local, pages []*pageData, add func(kind, logical, title string)) {
	for i, name := range lc.plurals {
		lc.taxonomies = append(lc.taxonomies, &taxonomy{name: name, index: i, byKey: make(map[string]*term)})
	}
	if len(lc.taxonomies) == 0 {
		return
	}
	for _, d := range pages {
		switch d.kind {
		case KindTaxonomy:
		case KindTerm:
			for _, t := range lc.taxonomies {
				if key, ok := strings.CutPrefix(d.path, taxonomyPath(t.name)+"/"); ok {
					t.term(key, "").title = d.meta.Title
				}
			}
		}
	}
	for _, d := range pages {
		switch d.kind {
		case KindTaxonomy, KindTerm:
		default:
			l.addTerms(lc, d)
		}
	}
	for _, t := range lc.taxonomies {
		slices.SortFunc(t.terms, func(a, b *term) int { return strings.Compare(a.key, b.key) })
		if len(t.terms) > 0 || lc.declared {
			add(KindTaxonomy, taxonomyPath(t.name), humanize(t.name))
		}
		for _, term := range t.terms {
			term.text = cmp.Or(term.text, term.title)
			add(KindTerm, term.path(), term.text)
		}
	}
}

func (l *loader) addTerms(lc *local, d *pageData) {
	for _, t := range lc.taxonomies {
		for _, text := range d.meta.Terms[strings.ToLower(t.name)] {
			if key := termKey(text); key != "" {
				t.term(key, text)
			} else if strings.TrimSpace(text) != "" {
				l.warn(fieldError(d, strings.ToLower(t.name), "front matter",
					fmt.Errorf("the term %q has nothing that may stand in a URL: it has no page", text)))
			}
		}
	}
}

func (t *taxonomy) term(key, text string) *term {
	found := t.byKey[foldPath(key)] // "é" may be one code point or two
	if found == nil {
		found = &term{taxonomy: t, key: key}
		t.byKey[foldPath(key)] = found
		t.terms = append(t.terms, found)
	}
	found.text = cmp.Or(found.text, strings.TrimSpace(text))
	return found
}

func (t *term) path() string { return taxonomyPath(t.taxonomy.name) + "/" + t.key }

// gatherTerms gives terms their members, and pages their terms. Pages are numbered by then.
func (l *loader) gatherTerms() {
	s := l.snap
	for _, lc := range s.locals {
		for _, t := range lc.taxonomies {
			if id, ok := lc.byPath[taxonomyPath(t.name)]; ok {
				t.page = s.pages[id]
				t.page.taxonomy = t
			}
			for _, term := range t.terms {
				term.page = s.pages[lc.byPath[term.path()]]
				term.page.taxonomy, term.page.term = t, term
			}
		}
	}
	for _, d := range s.pages {
		if d.kind == KindTaxonomy || d.kind == KindTerm {
			continue
		}
		for _, t := range d.local.taxonomies {
			l.gatherTermsOf(d, t)
		}
	}
}

func (l *loader) gatherTermsOf(d *pageData, t *taxonomy) {
	name := strings.ToLower(t.name)
	texts := d.meta.Terms[name]
	if len(texts) == 0 {
		return
	}
	list := &pageList{what: "terms", of: d.path}
	for _, text := range texts {
		term := t.byKey[foldPath(termKey(text))]
		if term == nil || term.latest == d {
			continue
		}
		term.latest = d
		list.ids = append(list.ids, term.page.id)
		if d.meta.Build.List != "never" && d.meta.Build.List != "local" {
			term.members = append(term.members, member{d, d.meta.TermWeights[name]})
		}
	}
	if d.terms == nil {
		d.terms = make([]*pageList, len(d.local.taxonomies))
	}
	d.terms[t.index] = list
}

// linkTerms makes the lists of terms' members.
func (l *loader) linkTerms() {
	for _, lc := range l.snap.locals {
		for _, t := range lc.taxonomies {
			if t.page != nil {
				t.list = t.page.children
			}
			for _, term := range t.terms {
				term.order()
			}
		}
	}
}

// order sorts the members: by the weight that they have in the taxonomy, those without last,
// and then as the site does.
func (t *term) order() {
	slices.SortStableFunc(t.members, func(a, b member) int {
		if a.weight != b.weight && (a.weight == 0 || b.weight == 0) {
			return cmp.Compare(btoi(a.weight == 0), btoi(b.weight == 0))
		}
		return cmp.Or(cmp.Compare(a.weight, b.weight), cmp.Compare(a.page.rank, b.page.rank))
	})
	for _, m := range t.members {
		t.page.children.ids = append(t.page.children.ids, m.page.id)
		if m.page.kind == KindPage {
			t.page.regular.ids = append(t.page.regular.ids, m.page.id)
		}
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

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
	out := make(Pages, len(w))
	for i := range w {
		out[i] = w[i].Page
	}
	return out
}

// Count returns how many pages there are.
func (w WeightedPages) Count() int { return len(w) }

// Len returns how many pages there are.
func (w WeightedPages) Len() int { return len(w) }

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
	if w, ok := t[strings.ToLower(term)]; ok {
		return w
	}
	key := foldPath(termKey(term))
	for _, name := range slices.Sorted(maps.Keys(t)) {
		if foldPath(termKey(name)) == key {
			return t[name]
		}
	}
	return nil
}

// Count returns how many pages have a term, which may be written as in front matter.
func (t Taxonomy) Count(term string) int { return len(t.Get(term)) }

// Alphabetical returns the terms in order of their pages' titles.
func (t Taxonomy) Alphabetical() TaxonomyEntries {
	type keyed struct {
		TaxonomyEntry
		key string
	}
	list := make([]keyed, 0, len(t))
	for name, w := range t {
		key := name
		if p := w.Page(); p != nil {
			key = p.d.local.collation.key(p.LinkTitle())
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
	out := t.Alphabetical()
	slices.SortStableFunc(out, func(a, b TaxonomyEntry) int { return cmp.Compare(len(b.WeightedPages), len(a.WeightedPages)) })
	return out
}

// Taxonomies returns the site's taxonomies, those without terms included. Do not change
// the map.
func (s *Site) Taxonomies() Taxonomies {
	lc := s.read(facetTaxonomies)
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
	got, _ := s.v.taxonomies.LoadOrStore(lc, all)
	return got.(Taxonomies)
}

// GetTerms returns the pages of the terms that the page has in a taxonomy, in the
// front matter's order.
func (p *Page) GetTerms(taxonomy string) Pages {
	d := p.read(facetTree)
	for i, l := range d.terms {
		if strings.EqualFold(d.local.taxonomies[i].name, taxonomy) {
			return p.v.list(l)
		}
	}
	return nil
}

// Data returns what templates know of a page by name: Pages, which is [Page.Pages]; of a
// taxonomy or a term also Taxonomy and Plural, its name, Singular, and Terms, the
// [Taxonomy]; and of a term Term, as it is written.
func (p *Page) Data() map[string]any {
	d := p.read(facetTree)
	data := map[string]any{"Pages": p.Pages()}
	if d.taxonomy != nil {
		data["Plural"], data["Taxonomy"] = d.taxonomy.name, d.taxonomy.name
		data["Singular"] = funcs.Singularize(d.taxonomy.name)
		data["Terms"] = p.Site().Taxonomies()[d.taxonomy.name]
	}
	if d.term != nil {
		data["Term"] = d.term.text
	}
	return data
}
