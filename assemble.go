package jam

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/jam-go/jam/internal/diag"
	dates "github.com/jam-go/jam/internal/locale"
)

// assemble makes pages of the documents: which there are, and how they hang together.
func (l *loader) assemble() error {
	l.addPages()
	l.addLists()
	if n, most := len(l.snap.pages), l.set.Limits.Pages; n > most {
		return l.stop("content", diag.Beyond("Pages", "the site has %d pages, those of lists and terms included; %d are allowed", n, most))
	}
	l.number()
	l.warnOfTerms()
	l.gatherTerms()
	l.link()
	if err := l.linkTerms(); err != nil {
		return err
	}
	l.linkTranslations()
	l.addResources()
	l.snap.bodyStates = make([]bodyState, len(l.snap.texts))
	l.typedLists()
	return l.paginate()
}

// broken is why a page with mistakes in its front matter is left out. The load fails
// for these, so what follows from the page's absence is not worth a mention.
const broken = "a page with errors"

// addLocals begins the site in each language.
func (l *loader) addLocals() {
	s := l.snap.model // not the snapshot, which is not to be kept with it
	s.suffixed = make(map[string]*entry)
	docs := make([]int, len(l.set.locales)) // in each language
	for _, it := range l.items {
		docs[it.loc.index]++
	}
	for _, loc := range l.set.locales {
		n := docs[loc.index]
		lc := &local{
			locale: loc, snap: s, Params: loc.Params,
			byPath: make(map[string]pageID, n), byFolded: make(map[string]pageID), bySource: make(map[string]*entry, n), left: make(map[string]string),
			typed: make(map[Schema]*pageList), messages: l.messagesOf(loc), dates: dates.For(loc.tag),
		}
		lc.whole = sync.OnceValue(func() *pageList {
			list := &pageList{what: "all", of: lc.Code}
			for _, id := range s.all.ids {
				if s.pages[id].local == lc {
					list.ids = append(list.ids, id)
				}
			}
			return list
		})
		s.locals = append(s.locals, lc)
		if loc == l.set.main {
			s.main = lc
		}
	}
}

// addPages takes in the pages that have files and are to be shown.
func (l *loader) addPages() {
	var entries slab[entry]
	for i, it := range l.items {
		d, lc := l.made[i], l.snap.locals[it.loc.index]
		e := entries.next()
		lc.bySource[it.path] = e
		if it.path != it.doc.path() {
			l.snap.suffixed[it.doc.path()] = e
		}
		switch {
		case it.broken:
			e.left = broken
		case it.refused != taken:
			e.left = "a file that its author may not publish"
			l.warn(errorAt("content", it.doc.name, "%s", it.refused))
		case d != nil:
			e.left = d.meta.excluded(l.set, l.now)
			l.snap.span.narrow(&d.meta, l.set, l.now)
		}
		switch {
		case e.left != "" && isContent(it.path):
			_, logical := l.set.place(it)
			lc.left[logical] = e.left
		case d != nil && !d.part:
			e.page = d
			l.snap.pages = append(l.snap.pages, d)
		}
	}
}

// addLists adds the lists that have no file: the home page, sections of the top level, taxonomies
// and terms.
func (l *loader) addLists() {
	byLocal := make([][]*pageData, len(l.snap.locals))
	for _, d := range l.snap.pages {
		byLocal[d.local.index] = append(byLocal[d.local.index], d)
	}
	for i, lc := range l.snap.locals {
		if len(l.snap.locals) > 1 && lc != l.snap.main && len(byLocal[i]) == 0 {
			l.warn(errorAt("config", "", "the language %s has no content", lc.Code))
		}
		l.addLocalLists(lc, byLocal[i])
	}
}

func (l *loader) addLocalLists(lc *local, pages []*pageData) {
	// A page beside the folder of its name, about.md beside about/, stands for the section.
	have := make(map[string]*pageData, len(pages))
	for _, d := range pages {
		have[d.path] = d
	}
	add := func(kind, logical, title string) {
		// What has a term is known, whatever page stands at the term's address.
		if d := have[logical]; d == nil || kind == KindTerm && !d.isList() {
			have[logical] = l.addList(lc, kind, logical, title)
		}
	}
	add(KindHome, "/", lc.Title)
	if t := templatesOf(l.snap.renderer); t != nil && t.hasLayout(newPage(lc, Kind404, notFoundPath), nil) {
		add(Kind404, notFoundPath, "Page not found")
	}
	l.addTaxonomies(lc, pages, add)
	last := ""
	for _, d := range pages {
		if d.kind() == KindTaxonomy || d.kind() == KindTerm {
			continue
		}
		if top, _, nested := strings.Cut(strings.TrimPrefix(d.path, "/"), "/"); nested && top != last {
			add(KindSection, "/"+top, humanize(top))
			last = top
		}
	}
}

// addList adds a page that no file makes.
func (l *loader) addList(lc *local, kind, logical, title string) *pageData {
	d := newPage(lc, kind, logical)
	d.own().folder = strings.Trim(logical, "/")
	d.meta, _ = readMeta(lc.locale, l.set, l.inherit(d, nil))
	d.meta.settleDate()
	if d.meta.Title == "" {
		d.meta.Title = title
	}
	l.snap.pages = append(l.snap.pages, d)
	return d
}

// notFoundPath is the logical path of the page for addresses that lead nowhere.
const notFoundPath = "/404.html"

// number puts the pages in the order of their languages and paths.
func (l *loader) number() {
	s := l.snap
	slices.SortStableFunc(s.pages, func(a, b *pageData) int {
		if c := cmp.Or(cmp.Compare(a.local.index, b.local.index), strings.Compare(a.path, b.path)); c != 0 {
			return c
		}
		return strings.Compare(a.source(), b.source())
	})
	var first *pageData // that has the path of the page before
	for i, d := range s.pages {
		d.id = pageID(i)
		if d.kind() == Kind404 {
			continue
		}
		// Of several with one path, a list goes before a page: it has pages below.
		if taken := first != nil && first.local == d.local && first.path == d.path; !taken || first.kind() == KindPage && d.isList() {
			first = d
			d.local.byPath[d.path] = d.id
			d.local.fold(d)
		}
	}
	for _, lc := range s.locals {
		lc.home = lc.byPath["/"]
	}
	l.takeTexts()
}

// takeTexts gives the snapshot the texts of its pages, and room for those of parts.
func (l *loader) takeTexts() {
	parts := 0
	for _, d := range l.made {
		if d != nil && d.part {
			parts++
		}
	}
	l.snap.texts = make([]pageText, len(l.snap.pages), len(l.snap.pages)+parts)
	for i, d := range l.made {
		if d != nil && d.id != noPage {
			*l.snap.text(d) = l.items[i].text
		}
	}
}

// isList tells whether a page is one that lists others.
func (d *pageData) isList() bool { return d.kind() != KindPage && d.kind() != Kind404 }

// sectionOf returns the list that holds what is in the folder dir.
func (lc *local) sectionOf(dir string) *pageData {
	for {
		if dir == "." || dir == "" || dir == "/" {
			return lc.snap.pages[lc.home]
		}
		if id, ok := lc.byPath["/"+strings.TrimPrefix(dir, "/")]; ok && lc.snap.pages[id].isList() {
			return lc.snap.pages[id]
		}
		dir = up(dir)
	}
}
