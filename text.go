package jam

import (
	"hash/maphash"

	"github.com/jam-go/jam/internal/matter"
	"github.com/jam-go/jam/internal/shortcode"
)

// defaultMemory is how much of texts and of rendered content is kept: that of a site of some hundred pages.
const defaultMemory = 8 << 20

// pageText says where a page's text is. The texts of a large site are not kept: a file is read when the site is loaded,
// and again when its page is rendered.
type pageText struct {
	sum   uint64 // of the whole file, when that is to be read again
	size  int    // of the body
	start int32  // of the body, in the file
	line  int32  // of the file, on which the body starts
	codes bool   // it calls shortcodes
	html  bool   // it is HTML, not Markdown
}

// sourceText is the text of a page's document, front matter included. It may be used until it is released.
type sourceText struct {
	d    *pageData
	src  []byte
	held *heldText
}

// body is the text without front matter.
func (t sourceText) body() []byte { return t.src[t.d.text.start:] }

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
	if d.inMemory() || v.shared {
		src, err := d.readText(nil)
		return sourceText{d: d, src: src}, err
	}
	var free *heldText
	for _, h := range v.texts {
		if h.id == d.id {
			h.users++
			return sourceText{d, h.src, h}, nil
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
	src, err := d.readText(free.src[:0])
	if err != nil {
		return sourceText{}, err
	}
	free.id, free.src = d.id, src
	free.users++
	return sourceText{d, src, free}, nil
}

// readText reads the page's document, if need be into buf.
func (d *pageData) readText(buf []byte) ([]byte, error) {
	if d.doc == nil {
		return nil, nil
	}
	if body, ok := d.doc.inMemory(); ok {
		return body, nil
	}
	src, err := d.doc.readInto(buf, int(d.text.start)+d.text.size)
	if err != nil {
		return nil, &Error{Op: "read", Path: d.source(), Err: err}
	}
	if maphash.Bytes(d.local.snap.set.seed, src) != d.text.sum {
		return nil, errorAt("read", d.source(), "the file has changed since the site was loaded")
	}
	return src, nil
}

// hasBody tells whether there is text besides the front matter.
func (d *pageData) hasBody() bool { return d.text.size > 0 }

// frontMatter reads the page's front matter, with what it inherits. It is not kept after loading, but for what
// package jam knows of it.
func (d *pageData) frontMatter() (*matter.Node, error) {
	src, err := d.readText(nil)
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
		doc, _ := matter.Parse(src)
		front = doc.Root
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
	m := readParams(d.local.locale, d.local.snap.set, d.frontMatterOf(t.src))
	if own && !d.inMemory() {
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
func (d *pageData) keptParams() (map[string]any, error) {
	if m := d.params.Load(); m != nil {
		return *m, nil
	}
	front, err := d.frontMatter()
	if err != nil {
		return nil, err
	}
	values := readParams(d.local.locale, d.local.snap.set, front)
	d.params.Store(&values)
	return values, nil
}

// paramsOf is keptParams while the site is being loaded.
func (l *loader) paramsOf(d *pageData) map[string]any {
	values, err := d.keptParams()
	if err != nil {
		l.fail(Errors(err)...)
	}
	return values
}

// shortcodes reads the shortcodes in the page's text; nil: there are none. That it has no mistakes
// was seen when the site was loaded.
func (d *pageData) shortcodes(body []byte) *shortcode.Document {
	if !d.text.codes {
		return nil
	}
	if d.codes != nil {
		return d.codes
	}
	s := d.local.snap
	codes, _ := shortcode.Parse(body, s.content.options(d, s.set.Markdown.KeepShortcodes))
	return codes
}

// inMemory tells whether the page's text need not be read again.
func (d *pageData) inMemory() bool {
	if d.doc == nil {
		return true
	}
	_, ok := d.doc.inMemory()
	return ok
}
