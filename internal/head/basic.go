package head

import (
	"cmp"
	"slices"
	"strings"
)

func (p *Page) is404() bool { return p.Kind == "404" }

// name is what the page is called.
func (p *Page) name() string { return firstText(p.Title, p.SiteTitle) }

// title is of the form "Page · Site".
func (w *writer) title(p *Page) {
	w.buf = append(w.buf, "<title>"...)
	w.text(p.name())
	if hasText(p.SiteTitle) && p.SiteTitle != p.name() {
		w.buf = append(w.buf, " · "...)
		w.text(p.SiteTitle)
	}
	w.buf = append(w.buf, "</title>\n"...)
}

func (w *writer) description(p *Page) { w.meta("name", "description", p.Description) }

func (p *Page) keywords() []string {
	if p.Keywords != nil {
		return p.Keywords
	}
	return p.Tags
}

func (w *writer) keywords(p *Page) {
	words := p.keywords()
	if slices.ContainsFunc(words, func(s string) bool { return !hasText(s) }) {
		words = slices.DeleteFunc(slices.Clone(words), func(s string) bool { return !hasText(s) })
	}
	w.meta("name", "keywords", strings.Join(words, ", "))
}

func (w *writer) author(p *Page) {
	for _, a := range p.Authors {
		w.meta("name", "author", a.Name)
	}
}

func (w *writer) robots(p *Page) { w.meta("name", "robots", p.Robots) }

// canonical prefers an absolute URL, and takes a path for a site that has no URL.
func (w *writer) canonical(p *Page) {
	if !p.is404() {
		w.link("canonical", cmp.Or(p.absolute(p.Canonical), relative(p.Canonical)))
	}
}

func (w *writer) pager(p *Page) {
	w.link("prev", reference(p.Prev))
	w.link("next", reference(p.Next))
}

func (w *writer) feeds(p *Page) {
	for _, f := range p.Feeds {
		w.alternate(f)
	}
}

// formats leaves out what is a feed, too.
func (w *writer) formats(p *Page) {
	for _, f := range p.Formats {
		if !slices.ContainsFunc(p.Feeds, func(l Link) bool { return l.URL == f.URL }) {
			w.alternate(f)
		}
	}
}

func (w *writer) alternate(l Link) {
	if isMediaType(l.Type) {
		w.link("alternate", reference(l.URL), "type", l.Type, "title", l.Title)
	}
}

// isMediaType reports whether s is of the form type/subtype, with parameters or without.
func isMediaType(s string) bool {
	s, _, _ = strings.Cut(s, ";")
	typ, sub, ok := strings.Cut(strings.TrimRight(s, " "), "/")
	return ok && isToken(typ) && isToken(sub)
}

// isToken reports whether s is a restricted name of RFC 6838.
func isToken(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isAlphaNum(c) && strings.IndexByte("!#$&-^_.+", c) < 0 {
			return false
		}
	}
	return s != "" && len(s) < 128
}

func isAlphaNum(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}
