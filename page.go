package jam

import (
	"html/template"
	"strings"
	"time"
)

// The kinds of page.
const (
	KindHome     = "home"     // the site's root
	KindSection  = "section"  // a folder
	KindPage     = "page"     // a regular page
	KindTaxonomy = "taxonomy" // the terms of a taxonomy
	KindTerm     = "term"     // the pages that have a term
	Kind404      = "404"      // the page for addresses that lead nowhere
)

// Page is one page of a site, as seen by whoever holds it. Its methods may be
// called concurrently on a page of the [Site] that Load returns; a page
// that a [Renderer] receives belongs to that call, and is not to be kept
// after it or used from several goroutines at once.
//
// Slices and maps that a page returns are shared: do not change them. Within one
// render, and among the pages of the Site that Load returns, pointers to the same page
// are equal; otherwise use [Page.Eq].
type Page struct {
	d *pageData
	v *view
}

// String returns the page's logical path, so that a page can be printed.
func (p *Page) String() string { return p.Path() }

// Site returns the site that the page belongs to.
func (p *Page) Site() *Site { return p.v.site(p.d.local) }

// Page returns the page itself. Templates written for a context that wraps a
// page work with it.
func (p *Page) Page() *Page { return p }

// Kind returns what the page is: [KindHome], [KindSection], [KindPage], [KindTaxonomy],
// [KindTerm] or [Kind404].
func (p *Page) Kind() string { return p.read(facetPlace).kind() }

// IsHome reports whether the page is the site's root.
func (p *Page) IsHome() bool { return p.Kind() == KindHome }

// IsPage reports whether the page is a regular page, not a list.
func (p *Page) IsPage() bool { return p.Kind() == KindPage }

// IsSection reports whether the page is a section.
func (p *Page) IsSection() bool { return p.Kind() == KindSection }

// IsNode reports whether the page is a list of others: neither a regular page nor a 404 page.
func (p *Page) IsNode() bool { return p.read(facetPlace).isList() }

// Path returns the page's logical path: the path of its file without
// extension, such as "/posts/hello", whatever its URL may be. The home page's
// is "/".
func (p *Page) Path() string { return p.read(facetPlace).path }

// File returns where the page comes from, or nil for a section without a file.
func (p *Page) File() *File {
	d := p.read(facetFile)
	if d.doc == nil {
		return nil
	}
	return &File{path: d.doc.path(), name: d.doc.name}
}

// Title returns the title: from the front matter, or else the page's first
// heading when it begins with one, or else made of its file's or folder's name.
func (p *Page) Title() string { return p.read(facetTitle).meta.Title }

// LinkTitle returns a shorter title for links and lists. It is the title
// unless the front matter sets linkTitle.
func (p *Page) LinkTitle() string {
	m := &p.read(facetTitle | facetLinkTitle).meta
	if m.LinkTitle != "" {
		return m.LinkTitle
	}
	return m.Title
}

// Description returns the front matter's description.
func (p *Page) Description() string { return p.read(facetDescription).meta.Description }

// Keywords returns the front matter's keywords.
func (p *Page) Keywords() []string { return p.read(facetKeywords).meta.Keywords }

// Date returns the front matter's date, or else its publishDate or lastmod. A list without
// any has the date of its newest page. It is zero when there is none.
func (p *Page) Date() time.Time { return p.read(facetDate).meta.Date }

// Lastmod returns when the page was last changed: the front matter's lastmod, or
// else its date; of a list, that of the page in it that was changed last.
func (p *Page) Lastmod() time.Time {
	return p.read(facetLastmod).lastmod()
}

// PublishDate returns when the page becomes visible: the front matter's
// publishDate, or else its date.
func (p *Page) PublishDate() time.Time {
	return p.read(facetSpan).meta.published()
}

// ExpiryDate returns when the page ceases to be visible; zero means never.
func (p *Page) ExpiryDate() time.Time { return p.read(facetSpan).meta.ExpiryDate }

// Draft reports whether the page is marked draft.
func (p *Page) Draft() bool { return p.read(facetDraft).meta.Draft }

// Weight returns the page's weight in lists: lighter pages come first, pages
// without a weight (0) last.
func (p *Page) Weight() int { return p.read(facetWeight).meta.Weight }

// Slug returns the front matter's slug.
func (p *Page) Slug() string { return p.read(facetExtra).meta.Slug }

// Layout returns the name of the layout that the front matter asks for.
func (p *Page) Layout() string { return p.read(facetLayout).meta.Layout }

// Type returns the page's type, by which layouts are looked up: the front
// matter's type, or else the section's name, or else "page".
func (p *Page) Type() string {
	d := p.read(facetPlace | facetType)
	switch {
	case d.meta.Type != "":
		return d.meta.Type
	case d.section() != "":
		return d.section()
	}
	return "page"
}

// Section returns the name of the top-level section that holds the page, "" for none.
func (p *Page) Section() string { return p.read(facetPlace).section() }

// Aliases returns the front matter's aliases: former URLs of the page.
func (p *Page) Aliases() []string { return p.read(facetExtra).meta.Aliases }

// Outputs returns the names of output formats that the front matter asks for.
func (p *Page) Outputs() []string { return p.read(facetExtra).meta.Outputs }

// TranslationKey returns the front matter's translationKey, which links a
// page to its translations, or else its kind and path, which do the same.
func (p *Page) TranslationKey() string {
	d := p.read(facetPlace | facetExtra)
	if k := d.meta.TranslationKey; k != "" {
		return k
	}
	return d.kind() + d.path
}

// Tags returns the page's terms in the taxonomy "tags".
func (p *Page) Tags() []string { return p.Terms("tags") }

// Terms returns the page's terms in a taxonomy of [Config.Taxonomies], such
// as "tags" or "categories", as the front matter lists them.
func (p *Page) Terms(taxonomy string) []string {
	taxonomy = strings.ToLower(taxonomy)
	return p.readPart(depPageTerms, taxonomy).meta.terms(taxonomy)
}

// Menus returns the menu entries that the front matter asks for.
func (p *Page) Menus() []MenuEntry { return p.read(facetExtra).meta.Menus }

// Sitemap returns what the front matter says for the sitemap.
func (p *Page) Sitemap() SitemapOptions { return p.read(facetExtra).meta.Sitemap }

// BuildOptions returns what the front matter says about building the page.
func (p *Page) BuildOptions() BuildOptions { return p.read(facetExtra).meta.Build }

// Cascade returns the front matter's cascade: values for the pages below.
func (p *Page) Cascade() []map[string]any { return p.read(facetExtra).meta.Cascade }

// Params returns all of the front matter by key, as written, and the entries of
// its params besides. Known dates are time.Time values, and terms and keywords
// []string. Templates find keys whatever their case: .Params.showtoc and .Params.showToc are the same.
func (p *Page) Params() map[string]any {
	p.read(facetParams)
	m, err := p.params()
	if err != nil {
		p.v.fail(err)
	}
	return m
}

// Param returns the page's parameter of that name, or else the site's. Dots
// lead into maps; case is ignored.
func (p *Page) Param(name string) any {
	m, err := p.params()
	if err != nil {
		p.v.fail(err)
	}
	if p.v.rec != nil {
		p.v.rec.param(p.d.id, dotted(name), paramSum(m, dotted(name)))
	}
	if v, ok := lookupParam(m, name); ok {
		return v
	}
	return p.Site().Param(name)
}

// paramsAt returns the parameters of these keys, as they are spelled, and notes that no others are read.
func (p *Page) paramsAt(keys ...string) []any {
	m, err := p.params()
	if err != nil {
		p.v.fail(err)
	}
	out := make([]any, len(keys))
	for i, key := range keys {
		(&lentFront{page: p, values: m}).useKeys(key)
		out[i] = m[key]
	}
	return out
}

// Language returns the page's language.
func (p *Page) Language() Language { return p.Site().Language() }

// Lang returns the code of the page's language, by the name that templates know.
func (p *Page) Lang() string { return p.d.local.Code }

// RelPermalink returns the path part of the page's URL, from the server's root and
// percent-encoded, such as "/docs/posts/hello/". It is "" for a page that
// is not rendered.
func (p *Page) RelPermalink() string {
	d := p.read(facetRoute)
	if d.route != nil {
		return d.route.rel
	}
	return d.link
}

// Permalink returns the page's URL: absolute when [Config.BaseURL] is set, and
// the same as RelPermalink otherwise.
func (p *Page) Permalink() string {
	return p.v.absolute(p.RelPermalink())
}

// Resources returns the files that belong to the page, ordered by name.
func (p *Page) Resources() Resources {
	return resourcesOf(p, p.read(facetResources).resources)
}

// Content returns the page's body as HTML. It is rendered at the first need of it. That of a large site is rendered again when
// other pages show it much later, and kept then; see [Config.Memory].
//
// Should rendering fail, as a panicking Markdown extension makes it, Content is
// empty and the build or the request under way fails with the reason.
func (p *Page) Content() template.HTML { return template.HTML(p.rendered().HTML) }

// Summary returns the beginning of the page: the front matter's summary, or else what
// stands before <!--more-->, or else whole paragraphs up to some 70 words.
func (p *Page) Summary() template.HTML {
	if s := p.read(facetAbstract).meta.Summary; s != "" {
		return p.renderFragment(p.v.snap.engine(p.d), s, true)
	}
	d := p.read(facetSummary)
	if s := p.v.snap.body(d).summary.Load(); s != nil && p.mayRead() == nil && !p.v.isToRecord(d) {
		return template.HTML(*s)
	}
	r := p.renderedFor(facetSummary)
	text := r.Summary()
	if r.err == nil && !p.isOwn() {
		p.v.snap.cache.summaries.Store(true)
		p.v.snap.body(d).summary.Store(&text)
	}
	return template.HTML(text)
}

// Truncated reports whether there is more to the page than its summary.
func (p *Page) Truncated() bool {
	if p.read(facetAbstract).meta.Summary != "" {
		return p.facts(facetFacts)&factText != 0
	}
	return p.facts(facetFacts)&factTruncated != 0
}

// Plain returns the page's text without markup.
func (p *Page) Plain() string { return p.rendered().Plain() }

// RawContent returns the page's body as written, without the front matter.
func (p *Page) RawContent() string {
	p.read(facetText)
	t, err := p.text()
	if err != nil {
		p.v.fail(err)
		return ""
	}
	defer t.release()
	return string(t.body())
}

// WordCount returns the number of words in the body. Of Chinese,
// Japanese and Korean each character counts.
func (p *Page) WordCount() int { return p.facts(facetWords).words() }

// ReadingTime returns how many minutes the body takes to read, rounded up.
func (p *Page) ReadingTime() int { return p.facts(facetFacts).minutes() }
