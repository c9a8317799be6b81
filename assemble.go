package jam

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
)

// assemble makes pages of the documents: which there are, and how they hang together.
func (l *loader) assemble() error {
	s := l.snap
	s.bySource = make(map[string]*entry, len(l.docs))
	s.byPath = make(map[string]pageID, len(l.docs))
	s.typed = make(map[Schema]*pageList)
	s.left = make(map[string]string)
	l.sections = make(map[string]*pageData)
	l.addPages()
	l.addSections()
	l.number()
	l.link()
	l.addResources()
	l.typedLists()
	return nil
}

// broken is why a page with mistakes in its front matter is left out. The load fails
// for these, so what follows from the page's absence is not worth a mention.
const broken = "a page with errors"

// addPages takes in the pages that have files and are to be shown.
func (l *loader) addPages() {
	now := l.set.Now()
	for _, p := range l.parsed {
		e := &entry{doc: p.doc}
		l.snap.bySource[p.doc.Path] = e
		switch {
		case p.broken:
			e.left = broken
		case p.page == nil:
		default:
			e.left = p.page.meta.excluded(l.set, now)
		}
		switch {
		case e.left != "":
			_, logical, _ := l.set.place(p.doc.Path)
			l.snap.left[logical] = e.left
		case p.page != nil:
			e.page = p.page
			l.snap.pages = append(l.snap.pages, p.page)
		}
	}
}

// addSections adds the home page and the sections of the top level that have no file.
func (l *loader) addSections() {
	// A page beside the folder of its name, about.md beside about/, stands for the section.
	have := make(map[string]bool)
	for _, d := range l.snap.pages {
		have[d.path] = true
	}
	add := func(kind, logical, title string) {
		if have[logical] {
			return
		}
		have[logical] = true
		m, _ := readMeta(l.set, nil)
		m.Title = title
		l.snap.pages = append(l.snap.pages, &pageData{kind: kind, path: logical, dir: strings.Trim(logical, "/"),
			meta: m, bodyLine: 1, format: "markdown", parent: noPage, prev: noPage, next: noPage, prevIn: noPage, nextIn: noPage})
	}
	add(KindHome, "/", l.set.Title)
	if t, ok := l.snap.renderer.(layoutFinder); ok {
		if found, _ := t.findLayout(&pageData{kind: Kind404, path: notFoundPath}, l.set.Language); found {
			add(Kind404, notFoundPath, "Page not found")
		}
	}
	for _, d := range slices.Clone(l.snap.pages) {
		if d.kind == Kind404 {
			continue
		}
		top, _, nested := strings.Cut(strings.TrimPrefix(d.path, "/"), "/")
		if nested {
			add(KindSection, "/"+top, humanize(top))
		}
	}
}

// notFoundPath is the logical path of the page for addresses that lead nowhere.
const notFoundPath = "/404.html"

// number puts the pages in the order of their paths.
func (l *loader) number() {
	s := l.snap
	slices.SortStableFunc(s.pages, func(a, b *pageData) int {
		return cmp.Or(strings.Compare(a.path, b.path), strings.Compare(a.source(), b.source()))
	})
	for i, d := range s.pages {
		d.id = pageID(i)
		d.sortTitle = strings.ToLower(d.linkTitle())
		if _, taken := s.byPath[d.path]; !taken && d.kind != Kind404 {
			s.byPath[d.path] = d.id
		}
		if d.kind == KindSection && l.sections[d.path] == nil {
			l.sections[d.path] = d
		}
	}
	s.home = s.byPath["/"]
}

// sectionOf returns the section that holds what is in the folder dir.
func (l *loader) sectionOf(dir string) *pageData {
	for {
		if dir == "." || dir == "" || dir == "/" {
			return l.snap.pages[l.snap.home]
		}
		if d := l.sections["/"+strings.TrimPrefix(dir, "/")]; d != nil {
			return d
		}
		dir = path.Dir(dir)
	}
}

// link sets parents, sections, lists and neighbours.
func (l *loader) link() {
	s := l.snap
	ordered := slices.Clone(s.pages)
	slices.SortStableFunc(ordered, compareDefault)
	s.regular = &pageList{key: "site"}
	for _, d := range s.pages {
		if d.kind == Kind404 {
			d.parent = s.home
			continue
		}
		if d.kind != KindPage {
			d.children = &pageList{key: "pages:" + d.path}
			d.regular = &pageList{key: "regular pages:" + d.path}
			d.sections = &pageList{key: "sections:" + d.path}
		}
		if d.kind != KindHome {
			d.parent = l.sectionOf(path.Dir(d.path)).id
		}
		d.section, _, _ = strings.Cut(strings.TrimPrefix(d.path, "/"), "/")
		if d.kind == KindPage && path.Dir(d.path) == "/" {
			d.section = ""
		}
	}
	for _, d := range ordered {
		if last := d.lastmod(); d.kind == KindPage && last.After(s.lastmod) {
			s.lastmod = last
		}
		if d.parent == noPage || d.kind == Kind404 || d.meta.Build.List == "never" {
			continue
		}
		if d.kind == KindPage && d.meta.Build.List != "local" {
			s.regular.ids = append(s.regular.ids, d.id)
		}
		up := s.pages[d.parent]
		up.children.ids = append(up.children.ids, d.id)
		if d.kind == KindPage {
			up.regular.ids = append(up.regular.ids, d.id)
		} else {
			up.sections.ids = append(up.sections.ids, d.id)
		}
	}
	s.sections = s.pages[s.home].sections
	for _, d := range s.pages {
		if d.children != nil {
			d.chain = s.chainOf(d)
			s.neighbours(d.regular.ids, func(d *pageData) (prev, next *pageID) { return &d.prevIn, &d.nextIn })
		}
	}
	s.neighbours(s.regular.ids, func(d *pageData) (prev, next *pageID) { return &d.prev, &d.next })
}

func (d *pageData) lastmod() time.Time {
	if d.meta.Lastmod.IsZero() {
		return d.meta.Date
	}
	return d.meta.Lastmod
}

// chainOf returns a section and what is above it.
func (s *snapshot) chainOf(d *pageData) *pageList {
	l := &pageList{key: "ancestors:" + d.path}
	for {
		l.ids = append(l.ids, d.id)
		if d.parent == noPage {
			return l
		}
		d = s.pages[d.parent]
	}
}

// neighbours sets, for each page of a list, the one after and the one before it.
func (s *snapshot) neighbours(ids []pageID, of func(*pageData) (prev, next *pageID)) {
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
func (s *snapshot) recursiveList(d *pageData) *pageList {
	if d.children == nil {
		return nil
	}
	if got, ok := s.recursive.Load(d.id); ok {
		return got.(*pageList)
	}
	list := &pageList{key: "regular pages below:" + d.path}
	var add func(*pageData)
	add = func(d *pageData) {
		list.ids = append(list.ids, d.regular.ids...)
		for _, id := range d.sections.ids {
			add(s.pages[id])
		}
	}
	add(d)
	slices.SortStableFunc(list.ids, func(a, b pageID) int { return compareDefault(s.pages[a], s.pages[b]) })
	got, _ := s.recursive.LoadOrStore(d.id, list)
	return got.(*pageList)
}

// addResources gives each file that is no page to the page whose folder it is in.
func (l *loader) addResources() {
	for _, p := range l.parsed {
		if p.broken || p.page != nil {
			continue
		}
		e := l.snap.bySource[p.doc.Path]
		owner, dir, left := l.ownerOf(p.doc.Path)
		if owner == nil {
			e.left = left
			continue
		}
		name := strings.TrimPrefix(strings.TrimPrefix(p.doc.Path, dir), "/")
		e.resource = &resourceData{doc: p.doc, name: name, owner: owner, text: isContent(name) && !p.whole}
		owner.resources = append(owner.resources, e.resource)
	}
	l.warnOfTexts()
	l.warnOfFormats()
	for _, d := range l.snap.pages {
		slices.SortFunc(d.resources, func(a, b *resourceData) int { return strings.Compare(a.name, b.name) })
	}
}

// warnOfTexts tells of texts that are no pages because of an index.md beside them,
// which who comes from another generator may not expect.
func (l *loader) warnOfTexts() {
	for _, d := range l.snap.pages {
		var texts []*resourceData
		for _, r := range d.resources {
			if r.text {
				texts = append(texts, r)
			}
		}
		if len(texts) > 0 && d.doc != nil {
			l.warn(errorAt("content", d.source(), "texts in this page's folder are its resources, not pages: %s%s "+
				"(call it _index%s to make it a section, or set Config.NoBundles)", texts[0].name, more(len(texts)-1), path.Ext(d.doc.Path)))
		}
	}
}

// leftSection says why the section of a folder is left out, "" if it is not.
func (l *loader) leftSection(dir string) string {
	for _, ext := range []string{".md", ".markdown", ".mdown", ".html", ".htm"} {
		if e := l.snap.bySource[dir+"/_index"+ext]; e != nil && e.left != "" {
			return e.left
		}
	}
	return ""
}

func more(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" and %d more", n)
}

// warnOfFormats tells of texts in formats that other generators make pages of.
func (l *loader) warnOfFormats() {
	first, count := make(map[string]string), make(map[string]int)
	for _, p := range l.parsed {
		switch ext := strings.ToLower(path.Ext(p.doc.Path)); ext {
		case ".mdx", ".rst", ".adoc", ".asciidoc", ".org", ".textile":
			if count[ext]++; count[ext] == 1 {
				first[ext] = p.doc.name()
			}
		}
	}
	for _, ext := range slices.Sorted(maps.Keys(first)) {
		l.warn(errorAt("content", first[ext], "%s is no format that pages are made of: this file%s is copied as it is", ext, more(count[ext]-1)))
	}
}

// ownerOf returns the page to which a file belongs and that page's folder; no page
// when the page is left out, and why.
func (l *loader) ownerOf(p string) (owner *pageData, dir, left string) {
	if leaf := l.leafOf(p); leaf != "" {
		for _, ext := range []string{".md", ".markdown", ".mdown", ".html", ".htm"} {
			if e := l.snap.bySource[leaf+"/index"+ext]; e != nil && (e.page != nil || e.left != "") {
				return e.page, leaf, "a file of " + e.left
			}
		}
	}
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if l.sections["/"+dir] != nil && l.sections["/"+dir].doc != nil {
			break
		}
		if e := l.leftSection(dir); e != "" {
			return nil, "", "a file of " + e
		}
	}
	owner = l.sectionOf(path.Dir(p))
	return owner, strings.Trim(owner.path, "/"), ""
}

// find looks a page up by its logical path or its file's path.
func (s *snapshot) find(p string) (pageID, bool) {
	clean := path.Clean("/" + strings.TrimPrefix(p, "/"))
	if id, ok := s.byPath[clean]; ok {
		return id, true
	}
	if e := s.bySource[strings.TrimPrefix(clean, "/")]; e != nil && e.page != nil {
		return e.page.id, true
	}
	return noPage, false
}

// findFrom looks a page up by a path that begins at a folder of the content.
func (s *snapshot) findFrom(dir, p string) (pageID, bool) {
	if joined := path.Join(dir, p); joined != ".." && !strings.HasPrefix(joined, "../") {
		return s.find(joined)
	}
	return noPage, false
}
