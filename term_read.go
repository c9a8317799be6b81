package jam

import (
	"maps"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/digest"
	"github.com/jam-go/jam/internal/exec"
)

// termsPart is what may be read of the terms of a taxonomy.
type termsPart uint8

const (
	termNames termsPart = iota
	termCounts
	termsByName
	termsByCount
	termFound   // what is found for a term, as it is written
	termText    // how a term is written
	termMembers // pages that have a term

	termsParts
)

// termsPartNames are what deps and reports call them. Those from termFound on are followed by the term, and the last one by a part of the list.
var termsPartNames = [termsParts]string{"terms", "numbers of pages", "terms in order", "terms by number of pages", "page of", "name of", "pages of"}

// readTerms notes that a part of a taxonomy is read.
func (r *recorder) readTerms(t *taxonomy, lang string, part termsPart) {
	if r.v.recording.terms == nil {
		r.v.recording.terms = make(map[*taxonomy]*[termFound]depID)
	}
	ids := r.v.recording.terms[t]
	if ids == nil {
		ids = new([termFound]depID)
		r.v.recording.terms[t] = ids
	}
	if ids[part] == 0 {
		ids[part] = 1 + r.v.recording.ledger.table.id(depKey{depTerms, lang, termsName(t.name, part, "", "")})
	}
	r.dep(ids[part] - 1)
}

func termsName(taxonomy string, part termsPart, term, of string) string {
	return strings.Join([]string{taxonomy, termsPartNames[part], term, of}, "\x00")
}

// readTerm notes that something is read of a term.
func (r *recorder) readTerm(t *taxonomy, lang string, part termsPart, term, of string) {
	if strings.Contains(term, "\x00") {
		r.name(depTaxonomy, lang, t.name)
		return
	}
	r.name(depTerms, lang, termsName(t.name, part, term, of))
}

// use notes that something is read of the pages of a term.
func (w WeightedPages) use(how exec.Use, n int) {
	if len(w) == 0 || w[0].term == nil || w[0].Page == nil || w[0].v.rec == nil {
		return
	}
	page, rec := w[0].term.d, w[0].v.rec
	switch {
	case how == exec.UseLen:
		rec.readTerms(page.taxonomy, page.local.Code, termCounts)
		return
	case how == exec.UseSome:
		rec.readTerm(page.taxonomy, page.local.Code, termMembers, page.term.key, "some")
		return
	case how != exec.UsePrefix:
		n = len(w)
	}
	of := ""
	if n < len(page.term.members) {
		of = listRange(0, n)
	}
	rec.readTerm(page.taxonomy, page.local.Code, termMembers, page.term.key, of)
}

// use notes that a part of the taxonomy is read, or for termsParts all of it.
func (t Taxonomy) use(part termsPart, term string) {
	for _, w := range t {
		if len(w) == 0 || w[0].term == nil || w[0].Page == nil || w[0].v.rec == nil {
			return
		}
		page, rec := w[0].term.d, w[0].v.rec
		switch {
		case part == termsParts:
			rec.name(depTaxonomy, page.local.Code, page.taxonomy.name)
		case part < termFound:
			rec.readTerms(page.taxonomy, page.local.Code, part)
		default:
			rec.readTerm(page.taxonomy, page.local.Code, part, term, "")
		}
		return
	}
}

// termsSum adds a part of a taxonomy.
func (c *deps) termsSum(h digest.Hash, lc *local, name string) digest.Hash {
	parts := append(strings.Split(name, "\x00"), "", "", "")
	taxonomy, term, of := parts[0], parts[2], parts[3]
	part := termsPart(slices.Index(termsPartNames[:], parts[1]))
	if part == termText || part == termMembers {
		found := lc.term(taxonomy, term)
		switch h = h.Bool(found != nil); {
		case found == nil:
			return h
		case part == termText:
			return h.String(found.text)
		}
		return c.membersSum(h, found, of)
	}
	q := c.queries.acquire()
	defer c.queries.release(q)
	t := q.v.site(lc).allTaxonomies()[taxonomy]
	h = h.Bool(t != nil)
	switch part {
	case termNames:
		h = h.Strings(slices.Sorted(maps.Keys(t)))
	case termCounts:
		for _, name := range slices.Sorted(maps.Keys(t)) {
			h = h.String(name).Int(len(t[name]))
		}
	case termsByName:
		h = termsInOrder(h, t.Alphabetical())
	case termsByCount:
		h = termsInOrder(h, t.ByCount())
	case termFound:
		if p := t.Get(term).Page(); p != nil {
			h = h.Uint(uint64(c.s.identity(p.d)))
		}
		h = h.Bool(len(t[term]) > 0)
	}
	return h
}

func termsInOrder(h digest.Hash, list TaxonomyEntries) digest.Hash {
	for _, e := range list {
		h = h.String(e.Name)
	}
	return h
}

func (c *deps) membersSum(h digest.Hash, t *term, of string) digest.Hash {
	ids := make([]pageID, len(t.members))
	for i, m := range t.members {
		ids[i] = m.page.id
	}
	h = c.partSum(h, ids, of)
	if of == "some" {
		return h
	}
	for i := range partOf(ids, of) {
		h = h.Int(t.members[i].weight)
	}
	return h
}

// term finds a term by its key.
func (lc *local) term(taxonomy, key string) *term {
	for _, t := range lc.taxonomies {
		if t.name == taxonomy {
			if found := t.byKey[foldPath(key)]; found != nil && found.key == key {
				return found
			}
			return nil
		}
	}
	return nil
}

// lendTaxonomies returns the taxonomies of a site of which templates take those that they need.
func (w *watcher) lendTaxonomies(s *Site) Taxonomies {
	all := s.allTaxonomies()
	if len(all) > 0 {
		w.sites[addressOf(all)] = s.local
	}
	return all
}

// useTerms records the use of what taxonomies are made of.
func (w *watcher) useTerms(v any, how exec.Use, n int) {
	switch v := v.(type) {
	case Taxonomies:
		lc := w.sites[addressOf(v)]
		if lc != nil {
			w.v.rec.name(depSite, lc.Code, settingTaxonomies)
		}
		for name, t := range v {
			if lc != nil && (how == exec.UseAll || len(t) == 0) {
				w.v.rec.name(depTaxonomy, lc.Code, name)
			}
		}
	case Taxonomy:
		if how == exec.UseAll {
			v.use(termsParts, "")
		} else {
			v.use(termNames, "")
		}
	case WeightedPages:
		v.use(how, n)
	case TaxonomyEntries:
		if how == exec.UseAll {
			for _, e := range v {
				e.use(how, 0)
			}
		}
	case TaxonomyEntry:
		v.use(how, 0)
	}
}

// termsKey records that a taxonomy is taken, or a term.
func (w *watcher) termsKey(m any, key string) {
	switch m := m.(type) {
	case Taxonomies:
		if lc := w.sites[addressOf(m)]; lc != nil && len(m[key]) == 0 {
			w.v.rec.name(depTaxonomy, lc.Code, key)
		}
	case Taxonomy:
		m.use(termFound, key)
	}
}
