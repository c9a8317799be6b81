package jam

import (
	"cmp"
	"strings"
)

// match finds the documents that were listed again among those of the last snapshot, and tells whether they are the same.
func (l *loader) match() bool {
	docs := l.last.last.docs
	same, at := len(docs) == len(l.items), 0
	for i, it := range l.items {
		for at < len(docs) && compareListed(docs[at], it.listed) < 0 {
			at++
		}
		if at < len(docs) && compareListed(docs[at], it.listed) == 0 && docs[at].is(it.listed) {
			it.listed, it.was = docs[at], int32(at+1)
		}
		same = same && int(it.was) == i+1
	}
	return same
}

// compareListed orders documents as loader.arrange does.
func compareListed(a, b *listed) int {
	return cmp.Or(strings.Compare(a.doc.path(), b.doc.path()), cmp.Compare(a.loc.index, b.loc.index))
}

// is tells whether a document may be taken for one that was listed before: what is not a file may have another content.
func (f *listed) is(g *listed) bool {
	return f.doc.name == g.doc.name && f.from == g.from && f.rooted == g.rooted && f.refused == g.refused && f.doc.again() && g.doc.again()
}

// rebuild makes a snapshot of a new model, with what the last one knows of the documents that are to be as they were. The
// mistakes are in the loader.
func (r *reloader) rebuild(l *loader) (*snapshot, error) {
	l.compileCollections()
	if !r.relists() {
		l.takeDocuments()
	}
	for _, step := range []func() error{l.settleCascades, l.finish} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	l.keepDocuments()
	l.snap.noted, l.snap.how = l.warnings, rebuilt
	return l.snap, nil
}

// takeDocuments takes the documents of the last snapshot.
func (l *loader) takeDocuments() {
	docs := l.last.last.docs
	items := make([]item, len(docs))
	l.items = make([]*item, len(docs))
	for i, f := range docs {
		items[i] = item{listed: f, was: int32(i + 1)}
		l.items[i] = &items[i]
	}
	l.arrange()
}

// settleCascades reads the documents that others inherit from, as far as they have changed. Where one has a cascade,
// or had one, all pages are described again.
func (l *loader) settleCascades() error {
	r := l.last
	if err := l.readAll(); err != nil {
		return err
	}
	r.inherits = true
	there := make([]bool, len(r.last.docs))
	for _, it := range l.items {
		if it.was > 0 && !r.again[int(it.was)-1] {
			there[it.was-1] = true
		}
		for _, e := range it.front.Entries() {
			if l.set.canonical(e.Key) == "cascade" {
				r.inherits = false
			}
		}
	}
	passing := make(map[string]bool)
	for _, rules := range r.last.cascades.at {
		for _, rule := range rules {
			passing[rule.file] = true
		}
	}
	for i, f := range r.last.docs {
		if !there[i] && passing[f.doc.name] {
			r.inherits = false
		}
	}
	if r.afresh = r.afresh || !r.inherits; r.afresh {
		return l.readAll()
	}
	return nil
}

// reuses tells whether a document is described as the last snapshot has it.
func (l *loader) reuses(it *item) bool {
	r := l.last
	if r == nil || r.afresh || it.was == 0 || r.again[int(it.was)-1] || r.last.warned[it.doc.name] || r.rescan && r.newTextOf(int(it.was)-1).codes {
		return false
	}
	d := r.last.made[it.was-1]
	return d == nil || d.part != l.isPage(it)
}

// reuse returns the page that the last snapshot made of a document, as it was before it was given its place.
func (l *loader) reuse(it *item, pages *slab[pageData]) *pageData {
	r, i := l.last, int(it.was)-1
	was := r.last.made[i]
	it.read, it.text = true, r.newTextOf(i)
	if it.text.kept != nil {
		l.kept.Add(int64(len(it.text.kept.src)))
	}
	if was == nil {
		it.whole = true
		return nil
	}
	it.part, it.page = was.part, !was.part
	d := pages.next()
	d.id, d.parent, d.prev, d.next, d.prevIn, d.nextIn = noPage, noPage, noPage, noPage, noPage, noPage
	d.local, d.code, d.path = l.snap.locals[it.loc.index], was.code, was.path
	d.part, d.html, d.headed = was.part, was.html, was.headed
	d.doc, d.meta, d.pageMore = was.doc, was.described(), &plainPage
	d.params.Store(was.params.Load())
	if was.front != nil || was.undated != "" || was.rules != nil || was.typed != nil {
		*d.own() = pageMore{front: was.front, undated: was.undated, rules: was.rules, typed: was.typed}
	}
	for _, rule := range was.rules {
		l.cascades.used[rule.number].Store(true)
	}
	for i := range l.matchers {
		if _, ok := was.typed[l.matchers[i].schema]; ok {
			l.matchers[i].used.Store(true)
		}
	}
	return d
}
