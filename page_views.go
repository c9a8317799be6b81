package jam

import (
	"bytes"
	"fmt"
	"html/template"
	"path"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/diag"
	"github.com/jam-go/jam/internal/insert"
	"github.com/jam-go/jam/internal/markdown"
	"github.com/jam-go/jam/internal/shortcode"
	"github.com/jam-go/jam/internal/suggest"
)

// Fragments are the headings of a page. See [Page.Fragments].
type Fragments struct {
	headings []*Heading
	tree     []*markdown.Heading
}

// Heading is a heading of a page.
type Heading struct {
	ID       string
	Title    string // plain text
	Level    int    // 1 to 6
	Headings []*Heading
}

// Headings returns the headings as a tree: each is below the nearest one before it that has a
// lower level.
func (f *Fragments) Headings() []*Heading { return f.headings }

// HeadingsMap returns all headings by their ids.
func (f *Fragments) HeadingsMap() map[string]*Heading {
	all := make(map[string]*Heading)
	f.each(func(h *Heading) { all[h.ID] = h })
	return all
}

// Identifiers returns the ids of all headings, in the order of the page.
func (f *Fragments) Identifiers() []string {
	var ids []string
	f.each(func(h *Heading) { ids = append(ids, h.ID) })
	return ids
}

// ToHTML returns a table of contents as [Page.TableOfContents] is, with the levels from start to end, and with
// numbers when ordered.
func (f *Fragments) ToHTML(start, end int, ordered bool) template.HTML {
	return template.HTML(markdown.TOC(f.tree, start, end, ordered))
}

func (f *Fragments) each(do func(h *Heading)) {
	var walk func([]*Heading)
	walk = func(list []*Heading) {
		for _, h := range list {
			if h.ID != "" {
				do(h)
			}
			walk(h.Headings)
		}
	}
	walk(f.headings)
}

// Fragments returns the page's headings. A shortcode in the page may ask for them: those that
// shortcodes make are then not among them.
func (p *Page) Fragments() *Fragments {
	tree := p.headings()
	return &Fragments{headings: headingsOf(tree), tree: tree}
}

func headingsOf(tree []*markdown.Heading) []*Heading {
	out := make([]*Heading, len(tree))
	for i, h := range tree {
		out[i] = &Heading{ID: h.ID, Title: h.Title, Level: h.Level, Headings: headingsOf(h.Children)}
	}
	return out
}

// headings returns the headings of the body. While that is being rendered, they are
// those of the text as it is written.
func (p *Page) headings() []*markdown.Heading {
	if !p.renderingBody() {
		return p.renderedFor(facetHeadings).Headings()
	}
	d := p.read(facetText)
	t, err := p.text()
	if err != nil {
		p.v.fail(err)
		return nil
	}
	defer t.release()
	tree, err := p.v.snap.engine(d).Headings(p.v.context(), markdown.Source{Text: t.body()})
	if err != nil {
		p.v.fail(joinErrors(placed("markdown", d.source(), err)))
	}
	return tree
}

// renderingBody tells whether who asks is part of the page's own body.
func (p *Page) renderingBody() bool { return p.v.run != nil && p.v.run.d == p.d }

// TableOfContents returns the page's headings, of levels 2 and 3 or those of [Markdown.TOC], as nested
// lists of links, in a nav element; "" when there are none.
func (p *Page) TableOfContents() template.HTML {
	t := p.v.snap.set.Markdown.TOC
	if !p.renderingBody() {
		return template.HTML(p.renderedFor(facetHeadings).TOC(t.Start, t.End, t.Ordered))
	}
	return template.HTML(markdown.TOC(p.headings(), t.Start, t.End, t.Ordered))
}

// ContentWithoutSummary returns the content after the summary: what stands behind <!--more-->, or behind the
// blocks that an automatic summary takes.
func (p *Page) ContentWithoutSummary() template.HTML {
	p.read(facetSummary)
	r := p.rendered()
	return template.HTML(r.HTML[min(r.SummaryEnd, len(r.HTML)):])
}

// PlainWords returns the words of Plain.
func (p *Page) PlainWords() []string { return strings.Fields(p.Plain()) }

// FuzzyWordCount returns the number of words, rounded up to hundreds.
func (p *Page) FuzzyWordCount() int { return (p.WordCount() + 99) / 100 * 100 }

// HasShortcode reports whether the page's text calls a shortcode of that name.
func (p *Page) HasShortcode(name string) bool {
	d := p.read(facetText)
	if !p.v.snap.text(d).codes {
		return false
	}
	t, err := p.text()
	if err != nil {
		p.v.fail(err)
		return false
	}
	defer t.release()
	for _, c := range p.shortcodes(t).Calls() {
		if c.Name == name {
			return true
		}
	}
	return false
}

// RenderShortcodes returns the page's text with its shortcodes rendered, for a shortcode of another page that includes
// it: it is Markdown yet.
func (p *Page) RenderShortcodes() (template.HTML, error) {
	d := p.read(facetText)
	if err := d.checkIncluded(); err != nil {
		return "", err
	}
	if !p.v.snap.text(d).codes {
		return template.HTML(p.RawContent()), nil
	}
	p, done := p.private(p.v.context())
	defer done()
	exp, err := p.included()
	if err != nil {
		return "", err
	}
	if run := p.v.run; run != nil && run.inserts != nil {
		for i, html := range exp.Inserts { // markers of the text that this becomes a part of
			exp.Inserts[i] = run.inserts.Add(html)
		}
	}
	return template.HTML(insert.Expand(nil, exp.Text, exp.Inserts)), nil
}

// included expands the page's shortcodes for another text, which may be that of a page that this one includes.
func (p *Page) included() (*shortcode.Expanded, error) {
	v := p.v
	if p.renderingBody() || slices.Contains(v.including, p.d) {
		return nil, fmt.Errorf("the text of %s includes itself", p.read(facetFile).source())
	}
	if v.inclusions++; v.inclusions > v.snap.set.Limits.Inclusions {
		return nil, diag.Beyond("Inclusions", "more than %d texts are included", v.snap.set.Limits.Inclusions)
	}
	v.including = append(v.including, p.d)
	defer func() { v.including = v.including[:len(v.including)-1] }()
	t, err := p.text()
	if err != nil {
		return nil, err
	}
	defer t.release()
	return p.expand(p.shortcodes(t))
}

// Render renders the page by the template of that name, which is looked up as a layout: a "card.html" in
// the layouts of its section, or at their root.
func (p *Page) Render(name string) (template.HTML, error) {
	own, done := p.private(p.v.context())
	defer done()
	t := p.v.snap.content.templates
	if own := templatesOf(p.v.snap.renderer); own != nil {
		t = own
	}
	q := layoutQuery(p.read(facetPlace|facetType), nil)
	q.Kind, q.Layout = name, name
	layout, ok := t.lookup(p.v, q)
	if !ok {
		return "", fmt.Errorf("there is no template %s.html%s", name, suggest.DidYouMean(name, t.views()))
	}
	var b bytes.Buffer
	err := t.run(own, &b, layout, own) // which the calling template places
	if err == nil && own != p {
		err = own.v.failure()
	}
	return template.HTML(b.String()), err
}

// views returns the names by which Render may find templates.
func (t *templates) views() []string {
	var names []string
	for _, file := range t.engine.Names() {
		if name, _, ok := strings.Cut(path.Base(file), "."); ok && !strings.Contains("/"+file, "/_") {
			names = append(names, name)
		}
	}
	return names
}
