package head

import (
	"cmp"
	"strings"
)

// schema adds one script with a graph of what https://schema.org has words for: the site, on
// its home page, or the page; and the way to it.
func (w *writer) schema(p *Page) {
	if p.is404() {
		return
	}
	start := len(w.buf)
	w.buf = append(w.buf, `<script type="application/ld+json">{"@context":"https://schema.org","@graph":[`...)
	graph := len(w.buf)
	if p.Kind == "home" {
		w.webSite(p)
	} else {
		w.webPage(p)
	}
	w.breadcrumbs(p)
	if len(w.buf) == graph {
		w.buf = w.buf[:start]
		return
	}
	w.buf = append(w.buf, "]}</script>\n"...)
}

// websiteID is what nodes of other pages call the node of the site.
func websiteID(site string) string { return site + "#website" }

func (w *writer) webSite(p *Page) {
	site := cmp.Or(p.absolute(p.SiteURL), p.absolute(p.Canonical))
	name := firstText(p.SiteTitle, p.Title)
	if site == "" || name == "" {
		return
	}
	o := w.main(p, "WebSite")
	o.str("@id", websiteID(site))
	o.str("url", site)
	o.str("name", name)
	o.str("description", p.Description)
	o.str("inLanguage", hreflang(p.Language))
	o.images(p)
	o.publisher(p)
	o.search(p)
	o.extra(p.Schema)
	o.end()
}

// search adds the search page, if its URL says where the query goes.
func (o *object) search(p *Page) {
	const query = "{search_term_string}"
	u := strings.ReplaceAll(p.absolute(p.SearchURL), percentEncode(query), query)
	if !strings.Contains(u, query) || !o.key("potentialAction") {
		return
	}
	action := o.w.object("SearchAction")
	action.key("target")
	target := o.w.object("EntryPoint")
	target.str("urlTemplate", u)
	target.end()
	action.str("query-input", "required name=search_term_string")
	action.end()
}

func (p *Page) schemaType() string {
	switch {
	case p.SchemaType != "" && isToken(p.SchemaType):
		return p.SchemaType
	case p.Kind == "section", p.Kind == "taxonomy", p.Kind == "term":
		return "CollectionPage"
	case p.Kind == "page" && timestamp(p.Published) != "":
		return "Article"
	}
	return "WebPage"
}

// isArticle reports whether a type is Article or, by its name, one of its subtypes.
func isArticle(typ string) bool {
	return strings.HasSuffix(typ, "Article") || strings.HasSuffix(typ, "Posting") && typ != "JobPosting" || typ == "Report"
}

func (w *writer) webPage(p *Page) {
	if p.name() == "" {
		return
	}
	typ, u := p.schemaType(), p.absolute(p.Canonical)
	o := w.main(p, typ)
	o.str("url", u)
	if isArticle(typ) {
		o.str("headline", p.name())
	} else {
		o.str("name", p.name())
	}
	o.str("description", p.Description)
	o.str("inLanguage", hreflang(p.Language))
	o.images(p)
	o.str("datePublished", timestamp(p.Published))
	o.str("dateModified", timestamp(p.Modified))
	o.authors(p)
	o.publisher(p)
	if isArticle(typ) {
		o.mainEntityOf(u)
		o.str("articleSection", p.Section)
	}
	o.list("keywords", p.keywords())
	o.partOf(p)
	o.extra(p.Schema)
	o.end()
}

func (o *object) mainEntityOf(u string) {
	if u == "" || !o.key("mainEntityOfPage") {
		return
	}
	page := o.w.object("WebPage")
	page.str("@id", u)
	page.end()
}

// partOf names the site. Its node is on the home page, so that what is needed of it is repeated.
func (o *object) partOf(p *Page) {
	site := p.absolute(p.SiteURL)
	if site == "" || !hasText(p.SiteTitle) || !o.key("isPartOf") {
		return
	}
	s := o.w.object("WebSite")
	s.str("@id", websiteID(site))
	s.str("url", site)
	s.str("name", p.SiteTitle)
	s.end()
}

func (o *object) images(p *Page) {
	var urls []string
	for _, img := range p.Images {
		urls = append(urls, p.absolute(img.URL))
	}
	o.list("image", urls)
}

func (o *object) authors(p *Page) {
	n := 0
	for _, a := range p.Authors {
		if !hasText(a.Name) {
			continue
		}
		if n == 0 {
			if !o.key("author") {
				return
			}
			o.w.buf = append(o.w.buf, '[')
		} else {
			o.w.buf = append(o.w.buf, ',')
		}
		n++
		person := o.w.object("Person")
		person.str("name", a.Name)
		person.str("url", p.absolute(a.URL))
		person.end()
	}
	if n > 0 {
		o.w.buf = append(o.w.buf, ']')
	}
}

func (o *object) publisher(p *Page) {
	if p.Publisher == nil || !hasText(p.Publisher.Name) || !o.key("publisher") {
		return
	}
	org := o.w.object("Organization")
	org.str("name", p.Publisher.Name)
	org.str("url", p.absolute(p.Publisher.URL))
	if logo := p.absolute(p.Publisher.Logo); logo != "" && org.key("logo") {
		img := o.w.object("ImageObject")
		img.str("url", logo)
		img.end()
	}
	org.end()
}

// breadcrumbs adds the way to the page if it has two steps. All but the last must have
// a URL, so that those without are passed over.
func (w *writer) breadcrumbs(p *Page) {
	last := len(p.Breadcrumbs) - 1
	way := make([]Crumb, 0, max(0, last+1))
	for i, c := range p.Breadcrumbs {
		c.URL = p.absolute(c.URL)
		if hasText(c.Name) && (c.URL != "" || i == last) {
			way = append(way, c)
		}
	}
	if len(way) < 2 {
		return
	}
	o := w.object("BreadcrumbList")
	o.key("itemListElement")
	w.buf = append(w.buf, '[')
	for i, c := range way {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		item := w.object("ListItem")
		item.int("position", i+1)
		item.str("name", c.Name)
		item.str("item", c.URL)
		item.end()
	}
	w.buf = append(w.buf, ']')
	o.end()
}
