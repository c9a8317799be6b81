package jam

import (
	"fmt"
	"html"
	"html/template"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/funcs"
	"github.com/jam-go/jam/internal/head"
	"github.com/jam-go/jam/internal/suggest"
)

// Head changes what [Page.Head] says of a page. The zero value of each field leaves it as it is.
type Head struct {
	// Parts are those wanted, of "title", "description", "keywords", "author", "robots", "canonical",
	// "pager", "alternates", "feeds", "formats", "opengraph", "twitter_cards" and "schema".
	// Default: all but the title.
	Parts []string

	Title, Description string
	Canonical          string   // URL, or path from the server's root
	Images             []string // URLs, paths of the site, or names of the page's resources
	Robots             string   // "noindex, follow"
	Type               string   // of Open Graph: "article", "website", "profile" …
	SchemaType         string   // of schema.org: "Article", "BlogPosting", "Product" …

	// Schema replaces and adds properties of the page's JSON-LD; nil values remove them.
	Schema map[string]any
}

// Head returns the tags that tell search engines, social networks and feed readers of the page, for the head element
// of its HTML: description, canonical URL, links to pagers, translations, feeds and other formats, Open
// Graph, the card of X, and JSON-LD of schema.org (WebSite, Article, BreadcrumbList). All but the relative
// ones need [Config.BaseURL].
//
// What they say comes from the page: its title, description or else summary, dates, tags and section; from the
// parameters images, author, keywords, robots of its front matter; and from the site's parameters description,
// images, author, publisher, logo and social.twitter. In templates it is the function head:
//
//	{{ head . }}
//	{{ head . "opengraph" "schema" }}
//	{{ head . (dict "description" "…" "images" (slice "/cover.png")) }}
func (p *Page) Head(h Head) (template.HTML, error) {
	if err := checkJSON(h.Schema, "schema"); err != nil {
		return "", err
	}
	data := p.headData(&h)
	if len(h.Parts) == 0 {
		return template.HTML(data.HTML()), nil
	}
	var b []byte
	for _, part := range h.Parts {
		var err error
		if b, err = data.AppendPart(b, part); err != nil {
			return "", err
		}
	}
	return template.HTML(b), nil
}

// headData gathers what the tags say.
func (p *Page) headData(h *Head) *head.Page {
	site := p.Site()
	d := &head.Page{
		Kind: p.Kind(), Title: firstOf(h.Title, p.Title(), site.Title()), SiteTitle: site.Title(), Language: site.LanguageCode(),
		Canonical: firstOf(h.Canonical, p.canonical()), SiteURL: site.Home().Permalink(), Section: p.sectionTitle(), Tags: p.Tags(),
		Keywords: p.Keywords(), Robots: h.Robots, Type: h.Type, SchemaType: h.SchemaType, Schema: h.Schema,
		Expires: p.ExpiryDate(),
	}
	if p.IsPage() {
		d.Published, d.Modified = p.Date(), p.Lastmod()
	}
	if d.Robots == "" {
		d.Robots, _ = lookupString(p.Params(), "robots")
	}
	if d.Description = firstOf(h.Description, p.Description()); d.Description == "" {
		d.Description = firstOf(p.plainSummary(), site.description())
	}
	for _, u := range p.headImages(h) {
		d.Images = append(d.Images, head.Image{URL: u, Alt: d.Title, Type: mediaType(u)})
	}
	authors := persons(p.Params()["author"], p.Params()["authors"])
	if authors == nil {
		authors = persons(site.paramAt("author"))
	}
	for _, who := range authors {
		d.Authors = append(d.Authors, head.Person{Name: who.Name, URL: who.URL})
	}
	if name, _ := site.Param("publisher").(string); name != "" {
		logo, _ := site.Param("logo").(string)
		d.Publisher = &head.Organization{Name: name, URL: d.SiteURL}
		if logo != "" {
			d.Publisher.Logo = p.v.absURL(logo)
		}
	}
	d.TwitterSite, _ = site.Param("social.twitter").(string)
	p.headLinks(d)
	return d
}

func firstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// canonical returns the URL of what is being rendered: of a list's pager its own.
func (p *Page) canonical() string {
	if p.Kind() == Kind404 {
		return ""
	}
	if now := p.v.now; now != nil && now.page == p.d && now.pager > 0 {
		return p.v.absolute(now.rel)
	}
	return p.Permalink()
}

func (p *Page) sectionTitle() string {
	if s := p.FirstSection(); p.IsPage() && s != nil && !s.IsHome() {
		return s.Title()
	}
	return ""
}

// plainSummary returns the beginning of the text for a description.
func (p *Page) plainSummary() string {
	if p.Kind() == Kind404 {
		return ""
	}
	const longest = 200 // characters
	text := strings.Join(strings.Fields(plainText(string(p.Summary()))), " ")
	if runes := []rune(text); len(runes) > longest {
		cut := string(runes[:longest])
		if i := strings.LastIndexByte(cut, ' '); i > longest/2 {
			cut = cut[:i]
		}
		return strings.TrimRight(cut, " ,;:–-") + "…"
	}
	return text
}

// plainText returns the text of HTML.
func plainText(s string) string { return html.UnescapeString(funcs.Plainify(s)) }

// headImages returns the pictures that stand for the page.
func (p *Page) headImages(h *Head) []string {
	names := h.Images
	if names == nil {
		names = stringsOf(p.Params()["images"], p.Params()["image"])
	}
	var out []string
	for _, name := range names {
		if r := p.Resources().Get(name); r != nil && r.Permalink() != "" {
			out = append(out, r.Permalink())
		} else {
			out = append(out, p.v.absURL(name))
		}
	}
	if out != nil || h.Images != nil {
		return out
	}
	if images := p.Resources().ByType("image"); len(images) > 0 {
		if r, _ := images.GetMatch("**{feature,cover,thumbnail}*"); r != nil && r.Permalink() != "" {
			return []string{r.Permalink()}
		}
	}
	for _, name := range stringsOf(p.Site().paramAt("images")) {
		out = append(out, p.v.absURL(name))
	}
	return out
}

// stringsOf returns the texts among values, and in lists among them.
func stringsOf(values ...any) []string {
	var out []string
	for _, v := range values {
		switch v := v.(type) {
		case string:
			if v != "" {
				out = append(out, v)
			}
		case []string:
			out = append(out, v...)
		case []any:
			out = append(out, stringsOf(v...)...)
		}
	}
	return out
}

// headLinks adds breadcrumbs, feeds, translations and pagers.
func (p *Page) headLinks(d *head.Page) {
	ancestors := p.Ancestors()
	for _, a := range slices.Backward(ancestors) {
		if a.Permalink() != "" {
			d.Breadcrumbs = append(d.Breadcrumbs, head.Crumb{Name: firstOf(a.LinkTitle(), p.Site().Title()), URL: a.Permalink()})
		}
	}
	if len(d.Breadcrumbs) > 0 && p.Permalink() != "" {
		d.Breadcrumbs = append(d.Breadcrumbs, head.Crumb{Name: p.LinkTitle(), URL: p.Permalink()})
	}
	d.Feeds = p.feedLinks()
	for _, o := range p.AlternativeOutputFormats() {
		if !o.format().dated && o.format().Rel == "alternate" {
			d.Formats = append(d.Formats, head.Link{Title: p.Title(), Type: string(o.MediaType()), URL: o.Permalink()})
		}
	}
	if all := p.AllTranslations(); len(all) > 1 && p.canonical() == p.Permalink() {
		for _, t := range all {
			if t.Permalink() != "" {
				d.Alternates = append(d.Alternates, head.Alternate{Lang: t.Site().LanguageCode(), URL: t.Permalink(), Default: t.Site().IsDefault()})
				if t.d != p.d {
					d.AlternateLocales = append(d.AlternateLocales, t.Site().LanguageCode())
				}
			}
		}
	}
	if p.read(facetPagers).pagers != nil {
		pg := p.Paginator()
		if prev := pg.Prev(); prev != nil {
			d.Prev = prev.Permalink()
		}
		if next := pg.Next(); next != nil {
			d.Next = next.Permalink()
		}
	}
}

// feedLinks returns the feeds of the page, and of the site.
func (p *Page) feedLinks() []head.Link {
	var out []head.Link
	add := func(of *Page) {
		if of == nil {
			return
		}
		for _, o := range of.OutputFormats() {
			link := head.Link{Title: joinTitles(of.Title(), p.Site().Title()), Type: string(o.MediaType()), URL: o.Permalink()}
			if o.format().dated && !slices.Contains(out, link) {
				out = append(out, link)
			}
		}
	}
	if p.IsNode() {
		add(p)
	} else {
		add(p.FirstSection())
	}
	add(p.Site().Home())
	return out
}

// headFunc is the function of templates.
func headFunc(p *Page, options ...any) (template.HTML, error) {
	if p == nil {
		return "", fmt.Errorf("want a page, have none")
	}
	var h Head
	for _, o := range options {
		switch o := o.(type) {
		case string:
			h.Parts = append(h.Parts, o)
		case map[string]any:
			if err := setFields(&h, o); err != nil {
				return "", err
			}
		default:
			return "", fmt.Errorf("want the name of a part, or a map of what to change, have %s", typeName(o))
		}
	}
	return p.Head(h)
}

// setFields sets the fields of a struct by their names, whatever their case.
func setFields(to any, values map[string]any) error {
	fields := reflect.ValueOf(to).Elem()
	var names []string
	for i := range fields.NumField() {
		name := fields.Type().Field(i).Name
		names = append(names, strings.ToLower(name[:1])+name[1:])
	}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		v := values[key]
		i := slices.IndexFunc(names, func(name string) bool { return strings.EqualFold(name, key) })
		if i < 0 {
			return fmt.Errorf("unknown key %q%s", key, suggest.DidYouMean(key, names))
		}
		if want := setField(fields.Field(i).Addr().Interface(), v); want != "" {
			return fmt.Errorf("%s: want %s, have %s", key, want, typeName(v))
		}
	}
	return nil
}

// isTexts tells a text, or a list of texts only.
func isTexts(v any) bool {
	list, ok := v.([]any)
	if !ok {
		_, isText := v.(string)
		_, isList := v.([]string)
		return isText || isList
	}
	return !slices.ContainsFunc(list, func(v any) bool { _, isText := v.(string); return !isText })
}

// setField sets a field; if the value has another type, it returns what is wanted.
func setField(field, v any) (want string) {
	ok := true
	switch f := field.(type) {
	case *string:
		want = "text"
		*f, ok = stringOf(v)
	case *bool:
		want = "true or false"
		*f, ok = v.(bool)
	case *[]string:
		want = "text, or a list of texts"
		*f, ok = append([]string{}, stringsOf(v)...), isTexts(v)
	case *map[string]any:
		want = "a map"
		*f, ok = v.(map[string]any)
	case *map[string]string:
		want = "a map of texts"
		var m map[string]any
		m, ok = v.(map[string]any)
		*f = make(map[string]string, len(m))
		for key, v := range m {
			text, isText := stringOf(v)
			(*f)[key], ok = text, ok && isText
		}
	}
	if ok {
		return ""
	}
	return want
}
