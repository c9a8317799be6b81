package jam

import (
	"cmp"
	"errors"
	"path"
	"strings"

	"github.com/jam-go/jam/internal/digest"
	"github.com/jam-go/jam/internal/matter"
	"github.com/jam-go/jam/internal/work"
)

// read reads documents, on all cores: those that others inherit from, and where generators look at the
// site as it becomes, all of them. The others are read when they are described.
func (l *loader) read(items []*item) error {
	bufs := make([][]byte, l.set.Workers)
	return work.Each(l.ctx, l.set.Workers, len(items), func(worker, i int) {
		it := items[i]
		if it.format == "" && !it.read {
			it.read = true
			l.set.progress("load", &l.done, len(l.items))
		} else if it.format != "" && !it.read && (l.keepsFronts() || l.set.passesOn(it)) && !l.reuses(it) && !l.recalls(it) {
			l.readOne(it, &bufs[worker])
		}
	})
}

// keepsFronts tells whether documents are described more than once.
func (l *loader) keepsFronts() bool { return len(l.set.Generators) > 0 }

// passesOn tells whether a document makes a page from which others may inherit.
func (s *settings) passesOn(it *item) bool {
	kind, _ := s.place(it)
	return kind != KindPage
}

// readOne reads a document and its front matter, and returns the text, or nil when there is something wrong with it. The
// text may be in buf, which is for the next one.
func (l *loader) readOne(it *item, buf *[]byte) (src []byte) {
	defer func() {
		if r := recover(); r != nil {
			l.fail(panicked("read", it.doc.name, r))
			it.broken, src = true, nil
		}
		l.set.progress("load", &l.done, len(l.items))
	}()
	it.read = true
	_, inMemory := it.doc.inMemory()
	src, err := it.doc.readStamped((*buf)[:0], -1, l.set.textLimit(), &it.text.stamp)
	if err != nil {
		l.fail(&Error{Op: "read", Path: it.doc.name, Err: err})
		it.broken = true
		return nil
	}
	if it.known != nil && it.known.text.isOf(src) { // it was only touched
		it.holds = true
		return src
	}
	if err := l.split(it, src); err != nil {
		l.fail(placed("front matter", it.doc.name, err)...)
		it.broken = true
		return nil
	}
	body := src[it.text.start:]
	if it.format == "html" && it.front == nil && isWholeHTML(body) {
		it.whole = true
		return nil
	}
	it.page = l.isPage(it)
	it.part = !it.page
	l.keep(it, src)
	if !inMemory && cap(src) <= largestBuffer {
		*buf = src
	}
	return src
}

// split finds the front matter and the body of a document.
func (l *loader) split(it *item, src []byte) (err error) {
	if m := it.doc.frontMatter(); m != nil {
		front, err := matter.FromValue(m)
		err = cmp.Or(err, it.text.split(src, 0, 1))
		it.text.front = digest.Hash(0).Value(front.Value()).Sum()
		l.admit(it, front)
		return err
	}
	m, err := l.set.Limits.frontMatter().Parse(src)
	if err != nil {
		return nameLimits(err, "FrontMatterSize", "FrontMatterValues")
	}
	l.admit(it, m.Root)
	return it.text.split(src, m.BodyOffset, m.BodyLine)
}

// keep keeps a text in memory, or notes what is needed to read it again.
func (l *loader) keep(it *item, src []byte) {
	if body, ok := it.doc.inMemory(); ok {
		it.text.kept = &keptText{src: body}
		return
	}
	if it.doc.again() && len(src) > 0 && l.kept.Add(int64(len(src))) > l.set.Memory/2 {
		return
	}
	it.text.kept = &keptText{src: append([]byte{}, src...)}
}

// bodyOf returns the body of a document that was read before.
func (l *loader) bodyOf(it *item, src []byte) ([]byte, error) {
	switch {
	case src != nil:
	case it.text.kept != nil:
		src = it.text.kept.src
	default:
		var err error
		if src, err = it.doc.read(l.set.textLimit()); err != nil {
			return nil, err
		}
		if !it.text.isOf(src) {
			return nil, errors.New("the file has changed while the site was being loaded")
		}
	}
	return src[it.text.start:], nil
}

// wholeIndex tells whether an index file is a complete HTML document: a file like
// others, which makes no page of its folder.
func (l *loader) wholeIndex(doc *document) bool {
	if contentFormat(doc.path()) != "html" || doc.frontMatter() != nil {
		return false
	}
	src, err := doc.read(l.set.textLimit())
	return err == nil && isWholeHTML(src)
}

// isContent tells whether a file is text that makes a page.
func isContent(name string) bool { return contentFormat(name) != "" }

func contentFormat(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mdown":
		return "markdown"
	case ".html", ".htm":
		return "html"
	}
	return ""
}

func isIndex(base string) bool { return base == "index" || base == "_index" }

// isWholeHTML tells whether an HTML text is a complete document.
func isWholeHTML(b []byte) bool {
	head := strings.ToLower(string(b[:min(len(b), 512)]))
	for {
		head = strings.TrimLeft(head, " \t\r\n\ufeff")
		rest, ok := strings.CutPrefix(head, "<!--")
		if !ok {
			break
		}
		_, rest, ok = strings.Cut(rest, "-->")
		if !ok {
			return false
		}
		head = rest
	}
	return strings.HasPrefix(head, "<!doctype") || strings.HasPrefix(head, "<html")
}
