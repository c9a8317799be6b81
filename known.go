package jam

import (
	"bytes"
	"cmp"
	"io/fs"
	"strings"
	"time"

	"github.com/jam-go/jam/internal/pack"
)

// knownDocuments is what a cache has of documents of content: what an earlier process found in them. Those that the
// operating system says have not changed since need not be read.
type knownDocuments struct {
	list     []knownDocument // in the order of loader.arrange
	texts    []string        // that many documents have, such as terms
	cascades uint64          // checksum of what sections passed on; see loader.cascadeSum
	files    []string        // of shortcodes
	uses     []knownUse

	codes bool // calls of shortcodes are read as they were
}

// knownDocument is what is known of a document.
type knownDocument struct {
	name   []byte // in messages
	skip   int    // so much of it is before the path
	local  int    // the language's number
	from   int32  // the source
	rooted bool
	whole  bool // an HTML document that is complete: a file, not a page
	part   bool // a text that belongs to another page
	headed bool // its title is taken from its text, or else from its file's name
	text   pageText
	page   []byte // what it is described as; see documentEncoder
}

// knownUse is a template of a shortcode that texts call, and how these are read for that.
type knownUse struct {
	shortcodeUse
	inner uint64
}

func (k *knownDocument) path() []byte { return k.name[k.skip:] }

// compare orders documents as loader.arrange does.
func (k *knownDocument) compare(f *listed) int {
	return cmp.Or(comparePath(k.path(), f.doc.path()), cmp.Compare(k.local, f.loc.index))
}

func comparePath(a []byte, b string) int {
	if n := min(len(a), len(b)); string(a[:n]) == b[:n] {
		return cmp.Compare(len(a), len(b))
	}
	return bytes.Compare(a, []byte(b))
}

// is tells whether a document has the same name, and comes of the same place.
func (k *knownDocument) is(f *listed) bool {
	return string(k.name) == f.doc.name && k.from == f.from && k.rooted == f.rooted && f.doc.file != nil
}

// matchKnown finds the documents that were listed among those that are known.
func (l *loader) matchKnown() {
	at, list := 0, l.known.list
	for _, it := range l.items {
		for at < len(list) && list[at].compare(it.listed) < 0 {
			at++
		}
		if at < len(list) && it.format != "" && list[at].compare(it.listed) == 0 && list[at].is(it.listed) {
			it.known = &list[at]
		}
	}
}

// recall takes what the cache knows of documents. Those from which others inherit are looked at first: where something else is
// inherited than before, all documents are read.
func (l *loader) recall() error {
	if l.opening == nil || len(l.errs) > 0 || !l.set.reloads() {
		return nil
	}
	if l.known = <-l.opening; l.known == nil {
		return nil
	}
	l.known.codes = l.base.content.readsAlike(l.known.files, l.known.uses)
	l.matchKnown()
	if err := l.readAll(); err != nil {
		return err
	}
	if l.cascadeSum() != l.known.cascades {
		l.known = nil
		for _, it := range l.items {
			it.known, it.holds = nil, false
		}
	}
	return nil
}

// readsAlike tells whether calls of shortcodes are read as when there were these templates, and notes those that texts call.
func (c *contentTemplates) readsAlike(files []string, uses []knownUse) bool {
	if c.broken || strings.Join(files, "\n") != strings.Join(c.shortcodeFiles(), "\n") {
		return false
	}
	for _, u := range uses {
		t, ok := c.engine.Shortcode(u.query, u.name)
		if !ok || uint64(innerOf(t)) != u.inner {
			return false
		}
		c.used.Store(t, u.shortcodeUse)
	}
	return true
}

// recalls tells whether a document is described by what is known of it.
func (l *loader) recalls(it *item) bool {
	if k := it.known; k != nil && !it.looked {
		it.looked = true
		switch {
		case k.text.codes && !l.known.codes, !k.whole && k.part == l.isPage(it):
			it.known = nil
		case it.stamp != 0 && it.stamp == k.text.stamp, it.hasStamp(l.base.tree, k.text.stamp):
			it.holds = true
		case l.set.passesOn(it): // and is read before it is known that it passes on the same
			it.known = nil
		}
	}
	return it.holds
}

// hasStamp tells whether the operating system says of a file that it has not changed; see stampOf.
func (f *listed) hasStamp(tree fs.FS, stamp uint64) bool {
	if stamp == 0 || f.doc.file == nil {
		return false
	}
	var info fs.FileInfo
	var err error
	if f.isOfTree() { // of which a folder may take more calls of the system
		info, err = fs.Stat(tree, f.doc.name)
	} else {
		info, err = fs.Stat(f.doc.file.fsys, f.doc.path())
	}
	return err == nil && stampOf(info, time.Now()) == stamp
}

// remember describes a document by what is known of it. It is false when that makes no sense.
func (l *loader) remember(it *item, i int, w *describer) bool {
	k, text := it.known, it.known.text
	if it.read {
		text.stamp = it.text.stamp
	}
	it.text = text
	if k.whole {
		it.read, it.whole = true, true
		return true
	}
	d := l.beginPage(it, k.part, &w.pages)
	d.headed = k.headed
	if w.known.Reader == nil {
		w.known = documentDecoder{Reader: new(pack.Reader), set: l.set, texts: l.known.texts, rules: l.cascades.rules}
	}
	*w.known.Reader = *pack.Of(k.page)
	if w.known.page(d); w.known.Err() != nil || l.isTyped(d) {
		*it = item{listed: it.listed}
		return false
	}
	for _, rule := range d.rules {
		l.cascades.used[rule.number].Store(true)
	}
	it.read, it.part, it.page = true, k.part, !k.part
	l.made[i] = d
	return true
}

// isTyped tells whether the page is in a collection.
func (l *loader) isTyped(d *pageData) bool {
	for i := range l.matchers {
		if l.matchers[i].matches(d) {
			return true
		}
	}
	return false
}
