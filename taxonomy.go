package jam

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/work"
)

// taxonomy is a way to classify pages, and the terms that they have in it.
type taxonomy struct {
	name  string
	index int // in local.taxonomies
	page  *pageData
	terms []*term // in order of their keys
	byKey map[string]*term
	texts map[string]*term // as pages write them
	list  *pageList        // the terms' pages
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
		lc.taxonomies = append(lc.taxonomies, &taxonomy{name: name, index: i, byKey: make(map[string]*term), texts: make(map[string]*term)})
	}
	if len(lc.taxonomies) == 0 {
		return
	}
	for _, d := range pages {
		switch d.kind() {
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
		switch d.kind() {
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
		for _, text := range d.meta.terms(strings.ToLower(t.name)) {
			if t.texts[text] != nil {
				continue
			}
			if key := termKey(text); key != "" {
				t.texts[text] = t.term(key, text)
			} else if strings.TrimSpace(text) != "" {
				l.nameless = append(l.nameless, namelessTerm{d, t, text})
			}
		}
	}
}

// namelessTerm is a term of a page that has no page of its own.
type namelessTerm struct {
	d    *pageData
	of   *taxonomy
	text string
}

func (l *loader) warnOfTerms() {
	for _, t := range l.nameless {
		l.warn(l.snap.fieldError(t.d, strings.ToLower(t.of.name), "front matter",
			fmt.Errorf("the term %q has nothing that may stand in a URL: it has no page", t.text)))
	}
	l.nameless = nil
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
				t.page.own().taxonomy = t
			}
			for _, term := range t.terms {
				term.page = s.pages[lc.byPath[term.path()]]
				term.page.own().taxonomy, term.page.own().term = t, term
			}
		}
	}
	for _, d := range s.pages {
		if d.kind() == KindTaxonomy || d.kind() == KindTerm {
			continue
		}
		for _, t := range d.local.taxonomies {
			l.gatherTermsOf(d, t)
		}
	}
}

func (l *loader) gatherTermsOf(d *pageData, t *taxonomy) {
	name := strings.ToLower(t.name)
	texts := d.meta.terms(name)
	if len(texts) == 0 {
		return
	}
	for _, text := range texts {
		term := t.texts[text]
		if term == nil { // of a list without a file
			term = t.byKey[foldPath(termKey(text))]
		}
		if term == nil || term.latest == d {
			continue
		}
		term.latest = d
		if d.terms == nil {
			d.terms = make([]pageID, 0, len(texts))
		}
		d.terms = append(d.terms, term.page.id)
		if d.meta.Build.List != "never" && d.meta.Build.List != "local" {
			term.members = append(term.members, member{d, d.meta.TermWeights[name]})
		}
	}
}

// linkTerms makes the lists of terms' members.
func (l *loader) linkTerms() error {
	var terms []*term
	for _, lc := range l.snap.locals {
		for _, t := range lc.taxonomies {
			if t.page != nil {
				t.list = t.page.children
			}
			terms = append(terms, t.terms...)
		}
	}
	return work.Each(l.ctx, l.set.Workers, len(terms), func(_, i int) { terms[i].order() })
}

// order sorts the members: by the weight that they have in the taxonomy, those without last,
// and then as the site does.
func (t *term) order() {
	slices.SortFunc(t.members, func(a, b member) int {
		if a.weight != b.weight && (a.weight == 0 || b.weight == 0) {
			return cmp.Compare(btoi(a.weight == 0), btoi(b.weight == 0))
		}
		return cmp.Or(cmp.Compare(a.weight, b.weight), cmp.Compare(a.page.rank, b.page.rank))
	})
	for _, m := range t.members {
		t.page.children.ids = append(t.page.children.ids, m.page.id)
		if m.page.kind() == KindPage {
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
