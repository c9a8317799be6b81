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
	return work.Each(l.ctx, l.set.Workers, len(l.items), func(_, i int) {
		if it := l.items[i]; (it.page || it.part) && !it.broken {
			if err := l.describeOne(it, i); err != nil {
				it.broken = true
				l.fail(err...)
			}
		}
	})
}

func (l *loader) describeOne(it *item, i int) (errs []*Error) {
	defer func() {
		if r := recover(); r != nil {
			errs = []*Error{errorAt("read", it.doc.name(), "panic: %v", r)}
		}
	}()
	kind, logical, dir := l.set.place(it)
	if it.part { // where it would be a page's own text, it is a text like others
		kind, logical = KindPage, "/"+strings.TrimSuffix(it.path, path.Ext(it.path))
	}
	d := newPage(l.snap.locals[it.loc.index], kind, logical, dir)
	d.doc, d.format, d.body, d.bodyLine, d.front = it.doc, it.format, it.body, it.bodyLine, it.front
	l.inherit(d)
	m, problems := readMeta(it.loc, l.set, d.front)
	d.meta = m
	for _, e := range problems {
		if e.Line < inheritedLines { // those of a cascade are reported where it stands
			errs = append(errs, placedAt("front matter", it.doc.name(), e))
		}
	}
	if d.part = it.part; d.part {
		d.id = noPage
		d.meta.Build.Render, d.meta.Build.List = "never", "never"
	}
	if l.set.FileNameDates {
		l.dated(d)
	}
	d.meta.settleDate()
	l.titled(d)
	l.made[i] = d
	errs = append(errs, l.scanShortcodes(d)...)
	if d.part {
		return errs
	}
	return append(errs, l.decodeTyped(d)...)
}

// place returns what a document of content becomes by its file's name.
func (s *settings) place(it *item) (kind, logical, dir string) {
	dir, base := path.Dir(it.path), baseName(it.path)
	if dir == "." {
		dir = ""
	}
	switch {
	case dir == "" && isIndex(base):
		return KindHome, "/", dir
	case base == "_index", base == "index" && s.NoBundles:
		top, rest, nested := strings.Cut(dir, "/")
		switch {
		case !it.loc.known[strings.ToLower(top)]:
			return KindSection, "/" + dir, dir
		case !nested:
			return KindTaxonomy, taxonomyPath(top), dir
		}
		return KindTerm, taxonomyPath(top) + "/" + termKey(rest), dir
	case base == "index":
		return KindPage, "/" + dir, dir
	}
	return KindPage, "/" + path.Join(dir, base), dir
}

// dated gives a page the date and the slug that its file's name has.
func (l *loader) dated(d *pageData) {
	name := path.Base(d.path)
	if d.kind != KindPage || len(name) < len(time.DateOnly) {
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
		d.meta.Slug = rest
	}
	d.undated = rest
}
