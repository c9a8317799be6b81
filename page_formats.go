package jam

import "strings"

// PageOutput is a file that a page is written to, in one of its formats.
type PageOutput struct {
	r    *route
	page *Page
}

// PageOutputs are the files that a page is written to.
type PageOutputs []*PageOutput

func (o *PageOutput) format() *format {
	if o.r.format == nil {
		return htmlFormat
	}
	return o.r.format
}

// String returns the path part of the file's URL.
func (o *PageOutput) String() string { return o.r.rel }

// Name returns the name of the format, such as "rss".
func (o *PageOutput) Name() string { return o.format().Name }

// MediaType returns the type of the file, such as "application/rss+xml".
func (o *PageOutput) MediaType() MediaType { return o.format().MediaType }

// Rel returns the relation for links to the file: "canonical" for HTML, "alternate" for most others.
func (o *PageOutput) Rel() string { return o.format().Rel }

// RelPermalink returns the path part of the file's URL; see [Page.RelPermalink].
func (o *PageOutput) RelPermalink() string { return o.r.rel }

// Permalink returns the file's URL; see [Page.Permalink].
func (o *PageOutput) Permalink() string {
	return o.page.v.absolute(o.r.rel)
}

// Get returns the file of the format with that name, or nil.
func (os PageOutputs) Get(name string) *PageOutput {
	for _, o := range os {
		if strings.EqualFold(o.Name(), name) {
			return o
		}
	}
	return nil
}

// Canonical returns the first file whose relation is "canonical", or nil.
func (os PageOutputs) Canonical() *PageOutput {
	for _, o := range os {
		if o.Rel() == "canonical" {
			return o
		}
	}
	return nil
}

// OutputFormats returns the files that the page is written to, the one at its URL first.
func (p *Page) OutputFormats() PageOutputs {
	d := p.read(facetRoute)
	if d.route == nil || d.route.page != d {
		return nil
	}
	if d.formats == nil {
		return PageOutputs{{d.route, p}}
	}
	out := make(PageOutputs, len(d.formats))
	for i, r := range d.formats {
		out[i] = &PageOutput{r, p}
	}
	return out
}

// AlternativeOutputFormats returns the files of OutputFormats but for the one that is being rendered, and
// those whose format is no alternative to others.
func (p *Page) AlternativeOutputFormats() PageOutputs {
	var out PageOutputs
	for _, o := range p.OutputFormats() {
		if o.format().Name != p.OutputFormat() && !o.format().NotAlternative {
			out = append(out, o)
		}
	}
	return out
}

// OutputFormat returns the name of the format in which the page is being rendered: "html", unless a
// [Renderer] or a template is called for another one.
func (p *Page) OutputFormat() string {
	p.read(facetRoute)
	if f := p.format(); f != nil {
		return f.Name
	}
	return formatHTML
}

// format returns the format that is being rendered; nil is HTML.
func (p *Page) format() *format {
	if now := p.v.now; now != nil && now.format != nil {
		return now.format
	}
	return nil
}
