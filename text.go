package jam

import (
	"errors"
	"math"

	"github.com/jam-go/jam/internal/digest"
	"github.com/jam-go/jam/internal/matter"
	"github.com/jam-go/jam/internal/shortcode"
)

// defaultMemory is how much of texts and of rendered content is kept: that of a site of some hundred pages.
const defaultMemory = 8 << 20

// pageText says where a page's text is. The texts of a large site are not kept: a file is read when the site is loaded,
// and again when its page is rendered.
type pageText struct {
	kept  *keptText // nil when it is to be read again
	front uint64    // checksum of the front matter, wherever that is
	sum   uint64    // of the body
	stamp uint64    // of the file; see stampOf
	size  int32     // of the body
	start int32     // of the body, in the file
	line  int32     // of the file, on which the body starts
	codes bool      // it calls shortcodes
}

// keptText is a text that is in memory.
type keptText struct {
	src   []byte // of the whole file
	codes *shortcode.Document
}

var errTooLong = errors.New("it is longer than 2 GB, which is too much for a text")

// split notes which part of a text is the body.
func (t *pageText) split(src []byte, start, line int) error {
	if len(src) > math.MaxInt32 {
		return errTooLong
	}
	t.start, t.size, t.line = int32(start), int32(len(src)-start), int32(line)
	t.front, t.sum = digest.Of(src[:start]), digest.Of(src[start:])
	return nil
}

// text returns where the page's text is. It is that of a page which has been numbered.
func (s *snapshot) text(d *pageData) *pageText { return &s.texts[d.id] }

// sourceText is the text of a page's document, front matter included. It may be used until it is released.
type sourceText struct {
	*pageText
	src  []byte
	held *heldText
}

// body is the text without front matter.
func (t sourceText) body() []byte { return t.src[t.start:] }

func (t sourceText) release() {
	if t.held != nil {
		t.held.users--
	}
}

// heldText is a text that was read again.
type heldText struct {
	id    pageID
	src   []byte
	users int
}

// sparedTexts is how many buffers a view keeps for further texts.
const sparedTexts = 2

// text returns the page's text; while a view has one in its hands it is not read twice.
func (p *Page) text() (sourceText, error) {
	d, v := p.d, p.v
	text := v.snap.text(d)
	if text.kept != nil || d.doc == nil || v.shared {
		src, err := v.snap.readText(d, nil)
		v.couldRead(d.source(), err)
		return sourceText{pageText: text, src: src}, err
	}
	var free *heldText
	for _, h := range v.texts {
		if h.id == d.id {
			h.users++
			return sourceText{text, h.src, h}, nil
		}
		if h.users == 0 {
			free = h
		}
	}
	if free == nil || len(v.texts) < sparedTexts {
		free = new(heldText)
		v.texts = append(v.texts, free)
	}
	free.id = noPage
	src, err := v.snap.readText(d, free.src[:0])
	if err != nil {
		v.couldRead(d.source(), err)
		return sourceText{}, err
	}
	free.id, free.src = d.id, src
	free.users++
	return sourceText{text, src, free}, nil
}

// readText reads the page's document, if need be into buf.
func (s *snapshot) readText(d *pageData, buf []byte) ([]byte, error) {
	if d.doc == nil {
		return nil, nil
	}
	text := s.text(d)
	if text.kept != nil {
		return text.kept.src, nil
	}
	src, err := d.doc.readInto(buf, int(text.start)+int(text.size))
	if err != nil {
		return nil, &Error{Op: "read", Path: d.source(), Err: err}
	}
	if !text.isOf(src) {
		return nil, errorAt("read", d.source(), "the file has changed since the site was loaded")
	}
	return src, nil
}

// isOf tells whether the document's text is still the same.
func (t *pageText) isOf(src []byte) bool {
	return len(src) == int(t.start)+int(t.size) && digest.Of(src[t.start:]) == t.sum && (t.start == 0 || digest.Of(src[:t.start]) == t.front)
}

// hasBody tells whether there is text besides the front matter.
func (t *pageText) hasBody() bool { return t.size > 0 }

// frontMatter reads the page's front matter, with what it inherits. It is not kept after loading, but for what
// package jam knows of it.
func (s *snapshot) frontMatter(d *pageData) (*matter.Node, error) {
	src, err := s.readText(d, nil)
	if err != nil {
		return nil, err
	}
	return d.frontMatterOf(src), nil
}

// frontMatterOf is frontMatter of the document's text, which was read without an error before.
func (d *pageData) frontMatterOf(src []byte) *matter.Node {
	var front *matter.Node
	switch {
	case d.doc == nil:
	case d.doc.frontMatter() != nil:
		front = d.front
	default:
		doc, _ := d.local.snap.set.Limits.frontMatter().Parse(src)
		front = d.local.snap.set.admit(d.doc.path(), doc.Root)
	}
	if len(d.rules) == 0 {
		return front
	}
	nodes := make([]*matter.Node, len(d.rules))
	for i, r := range d.rules {
		nodes[i] = r.values
	}
	return matter.Merge(front, nodes...)
}

// params returns the front matter by key. For pages of which others ask for it, it is kept.
func (p *Page) params() (map[string]any, error) {
	d := p.d
	if m := d.params.Load(); m != nil {
		return *m, nil
	}
	own := !p.v.shared && p.v.now != nil && p.v.now.page == d
	if own && p.v.params.of == d {
		return p.v.params.values, nil
	}
	t, err := p.text()
	if err != nil {
		return nil, err
	}
	defer t.release()
	m := readParams(d.local.locale, p.v.snap.set, d.frontMatterOf(t.src))
	if own && t.kept == nil && d.doc != nil {
		p.v.params = ownParams{d, m}
		return m, nil
	}
	d.params.CompareAndSwap(nil, &m)
	return *d.params.Load(), nil
}

// ownParams are the parameters of the page that a view renders.
type ownParams struct {
	of     *pageData
	values map[string]any
}

// keptParams is params for what is made of many pages.
func (s *snapshot) keptParams(d *pageData) (map[string]any, error) {
	if m := d.params.Load(); m != nil {
		return *m, nil
	}
	front, err := s.frontMatter(d)
	if err != nil {
		return nil, err
	}
	values := readParams(d.local.locale, s.set, front)
	d.params.Store(&values)
	return values, nil
}

// paramsOf is keptParams while the site is being loaded.
func (l *loader) paramsOf(d *pageData) map[string]any {
	values, err := l.snap.keptParams(d)
	if err != nil {
		l.fail(Errors(err)...)
	}
	return values
}

// shortcodes reads the shortcodes in the page's text; nil: there are none. That it has no mistakes
// was seen when the site was loaded.
func (p *Page) shortcodes(t sourceText) *shortcode.Document {
	switch {
	case !t.codes:
		return nil
	case t.kept != nil:
		return t.kept.codes
	}
	s := p.v.snap
	codes, _ := shortcode.Parse(t.body(), s.content.options(p.d, int(t.line), s.set))
	return codes
}
