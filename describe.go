package jam

import (
	"path"
	"strings"
	"time"

	"github.com/jam-go/jam/internal/work"
)

// describe begins a snapshot, and reads what its pages' front matter says, with what
// they inherit.
func (l *loader) describe() error {
	l.begin()
	l.compileCascades()
	l.made = make([]*pageData, len(l.items))
	workers := make([]describer, l.set.Workers)
	return work.Each(l.ctx, len(workers), len(l.items), func(worker, i int) {
		if l.items[i].format != "" {
			l.describeItem(l.items[i], i, &workers[worker])
		}
	})
}

// describer is what one goroutine has to describe documents with.
type describer struct {
	buf   []byte
	pages slab[pageData]
	known documentDecoder
}

// describeItem describes a document by what is known of it, or else by what it says.
func (l *loader) describeItem(it *item, i int, w *describer) {
	switch {
	case l.reuses(it):
		l.made[i] = l.reuse(it, &w.pages)
		l.set.progress("load", &l.done, len(l.items))
		return
	case l.recalls(it) && l.remember(it, i, w):
		l.set.progress("load", &l.done, len(l.items))
		return
	}
	var src []byte
	if !it.read {
		src = l.readOne(it, &w.buf)
	}
	if it.holds {
		if l.remember(it, i, w) {
			return
		}
		src = l.readOne(it, &w.buf)
	}
	if (it.page || it.part) && !it.broken {
		if err := l.describeOne(it, i, src, &w.pages); err != nil {
			it.broken = true
			l.fail(err...)
		}
	}
	if !l.keepsFronts() {
		it.front = nil
	}
}

// describeOne makes the page of a document; src is its text, unless that was read before.
func (l *loader) describeOne(it *item, i int, src []byte, pages *slab[pageData]) (errs []*Error) {
	defer func() {
		if r := recover(); r != nil {
			errs = []*Error{panicked("read", it.doc.name, r)}
		}
	}()
	body, err := l.bodyOf(it, src)
	if err != nil {
		return []*Error{{Op: "read", Path: it.doc.name, Err: err}}
	}
	d := l.beginPage(it, it.part, pages)
	if it.doc.frontMatter() != nil {
		d.own().front = it.front
	}
	front := l.inherit(d, it.front)
	m, problems := readMeta(it.loc, l.set, front)
	d.meta = m
	l.loosen(&d.meta)
	if d.kind() == KindPage && len(m.Cascade) > 0 {
		l.warnOfCascade(it)
	}
	for _, e := range problems {
		if e.Line < inheritedLines { // those of a cascade are reported where it stands
			errs = append(errs, placedAt("front matter", it.doc.name, e))
		}
	}
	if d.part {
		d.meta.own().Build.Render, d.meta.own().Build.List = "never", "never"
	}
	if l.set.FileNameDates {
		l.dated(d)
	}
	d.meta.settleDate()
	l.titled(d, body)
	l.made[i] = d
	errs = append(errs, l.scanShortcodes(d, &it.text, body)...)
	if d.part {
		return errs
	}
	return append(errs, l.decodeTyped(d, front)...)
}

// beginPage makes a page of which no more is known than its document's name.
func (l *loader) beginPage(it *item, part bool, pages *slab[pageData]) *pageData {
	kind, logical := l.set.place(it)
	if part { // where it would be a page's own text, it is a text like others
		kind, logical = KindPage, "/"+strings.TrimSuffix(it.path, path.Ext(it.path))
	}
	d := pages.next()
	d.begin(l.snap.locals[it.loc.index], kind, logical)
	d.doc, d.html, d.part = it.doc, it.format == "html", part
	return d
}

// loosen makes the texts that most pages have independent of the text of their front matter, which they would keep in
// memory, and terms the same in all pages.
func (l *loader) loosen(m *meta) {
	var b strings.Builder
	b.Grow(len(m.Title) + len(m.Description))
	b.WriteString(m.Title)
	b.WriteString(m.Description)
	m.Title, m.Description = b.String()[:len(m.Title)], b.String()[len(m.Title):]
	for t := m.Terms; t != nil; t = t.next {
		t.taxonomy = l.intern(t.taxonomy)
		for i, text := range t.texts {
			t.texts[i] = l.intern(text)
		}
	}
}

// intern returns the one string in memory that is text.
func (l *loader) intern(text string) string {
	known, ok := l.texts.Load(text)
	if !ok {
		text = strings.Clone(text)
		known, _ = l.texts.LoadOrStore(text, text)
	}
	return known.(string)
}

// place returns what a document of content becomes by its file's name.
func (s *settings) place(it *item) (kind, logical string) {
	dir, base := path.Dir(it.path), baseName(it.path)
	if dir == "." {
		dir = ""
	}
	switch {
	case dir == "" && isIndex(base):
		return KindHome, "/"
	case base == "_index", base == "index" && s.NoBundles:
		top, rest, nested := strings.Cut(dir, "/")
		switch {
		case !it.loc.known[strings.ToLower(top)]:
			return KindSection, "/" + dir
		case !nested:
			return KindTaxonomy, taxonomyPath(top)
		}
		return KindTerm, taxonomyPath(top) + "/" + termKey(rest)
	case base == "index":
		return KindPage, "/" + dir
	}
	// Most often it stands in the document's name, which is in memory anyhow.
	name := it.doc.name
	if before, ok := strings.CutSuffix(name, it.path); ok && strings.HasSuffix(before, "/") && notDots(base) != "" {
		return KindPage, name[len(before)-1 : len(name)-len(path.Ext(name))]
	}
	logical = "/" + path.Join(dir, base)
	if i := strings.LastIndex(name, logical+"."); i >= 0 {
		logical = name[i : i+len(logical)]
	}
	return KindPage, logical
}

// dated gives a page the date and the slug that its file's name has.
func (l *loader) dated(d *pageData) {
	name := path.Base(d.path)
	if d.kind() != KindPage || len(name) < len(time.DateOnly) {
		return
	}
	date, err := time.ParseInLocation(time.DateOnly, name[:len(time.DateOnly)], l.set.Location)
	rest := name[len(time.DateOnly):]
	if err != nil || rest != "" && rest[0] != '-' && rest[0] != '_' && rest[0] != ' ' {
		return
	}
	if d.meta.Date.IsZero() {
		d.meta.Date = date
	}
	rest = strings.TrimLeft(rest, "-_ ")
	if d.meta.Slug == "" {
		d.meta.own().Slug = rest
	}
	d.own().undated = rest
}
