package jam

import (
	"slices"

	"github.com/jam-go/jam/internal/shortcode"
)

// lookAt reads a text of the last snapshot again, and notes what has become of it.
func (r *reloader) lookAt(i int, buf *[]byte) {
	f, d := r.last.docs[i], r.last.made[i]
	old := r.last.textOf(i)
	t, same := pageText{}, false
	src, err := f.doc.readStamped((*buf)[:0], -1, r.last.set.textLimit(), &t.stamp)
	if err == nil {
		t, same = r.compare(f, d, &old, src, t)
		if t.kept == nil && cap(src) <= largestBuffer {
			*buf = src
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case err != nil:
		r.relist, r.again[i] = true, true // it may be gone
	case !same:
		r.again[i] = true
	case t != old:
		r.texts[i] = t
	}
}

// newTextOf returns what is to be known of a text that its page is described by as before.
func (r *reloader) newTextOf(i int) pageText {
	if t, ok := r.texts[i]; ok {
		return t
	}
	return r.last.textOf(i)
}

// compare returns what is to be known of a text, and whether its page is described by it as by the old one.
func (r *reloader) compare(f *listed, d *pageData, old *pageText, src []byte, t pageText) (_ pageText, same bool) {
	m, err := r.last.set.Limits.frontMatter().Parse(src)
	if err != nil || t.split(src, m.BodyOffset, m.BodyLine) != nil ||
		t.front != old.front || t.start != old.start || t.line != old.line {
		return t, false
	}
	body := src[t.start:]
	if t.sum == old.sum && t.size == old.size {
		t.kept, t.codes = old.kept, old.codes
		return t, true
	}
	if whole := f.format == "html" && m.Root == nil && isWholeHTML(body); whole || d == nil {
		return t, whole && d == nil
	}
	if d.headed && d.meta.Title != r.last.titleOf(r.ctx, d, body) {
		return t, false
	}
	if old.kept != nil {
		t.kept = &keptText{src: slices.Clone(src)}
		body = t.kept.src[t.start:]
	}
	return t, r.scan(d, &t, body)
}

// scan reads the shortcodes of a changed text, and tells whether there is nothing to be said of them.
func (r *reloader) scan(d *pageData, t *pageText, body []byte) bool {
	s := r.last
	if s.warned[d.source()] {
		return false
	}
	if len(body) == 0 {
		return true
	}
	codes, problems := shortcode.Parse(body, s.content.options(d, int(t.line), s.set))
	if len(problems) > 0 || codes != nil && len(codes.Warnings()) > 0 {
		return false
	}
	t.codes = codes != nil
	if t.kept != nil {
		t.kept.codes = codes
	}
	return true
}
