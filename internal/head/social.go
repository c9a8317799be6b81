package head

import (
	"slices"
	"strings"
	"time"
)

// openGraphType returns the value of og:type.
func (p *Page) openGraphType() string {
	switch {
	case isType(p.Type):
		return p.Type
	case p.Kind == "page":
		return "article"
	}
	return "website"
}

// isType reports whether s can be a type: a word, perhaps with a name space before it.
func isType(s string) bool {
	space, name, ok := strings.Cut(s, ":")
	return isToken(space) && (!ok || isToken(name))
}

// openGraph adds the properties of https://ogp.me, structured ones after their root.
func (w *writer) openGraph(p *Page) {
	w.property("og:title", p.name())
	w.property("og:type", p.openGraphType())
	if !p.is404() {
		w.property("og:url", p.absolute(p.Canonical))
	}
	w.property("og:site_name", p.SiteTitle)
	w.property("og:description", p.Description)
	w.locales(p)
	for _, img := range p.Images {
		u := p.absolute(img.URL)
		if u == "" {
			continue
		}
		w.property("og:image", u)
		if isMediaType(img.Type) {
			w.property("og:image:type", img.Type)
		}
		w.metaInt("og:image:width", img.Width)
		w.metaInt("og:image:height", img.Height)
		w.property("og:image:alt", img.Alt)
	}
	for _, u := range p.Videos {
		w.property("og:video", p.absolute(u))
	}
	for _, u := range p.Audio {
		w.property("og:audio", p.absolute(u))
	}
	if p.openGraphType() == "article" {
		w.article(p)
	}
}

func (w *writer) property(name, content string) { w.meta("property", name, content) }

func (w *writer) locales(p *Page) {
	own := Locale(p.Locale)
	if own == "" {
		own = Locale(p.Language)
	}
	if own == "" {
		return // others are alternates to it
	}
	w.property("og:locale", own)
	for i, l := range p.AlternateLocales {
		l = Locale(l)
		if l != own && !slices.ContainsFunc(p.AlternateLocales[:i], func(o string) bool { return Locale(o) == l }) {
			w.property("og:locale:alternate", l)
		}
	}
}

// article adds the properties of articles. An author is a URL there.
func (w *writer) article(p *Page) {
	w.property("article:published_time", timestamp(p.Published))
	w.property("article:modified_time", timestamp(p.Modified))
	w.property("article:expiration_time", timestamp(p.Expires))
	for _, a := range p.Authors {
		w.property("article:author", p.absolute(a.URL))
	}
	w.property("article:section", p.Section)
	for _, t := range p.Tags {
		w.property("article:tag", t)
	}
}

// timestamp returns t in the form of RFC 3339, which is also one of ISO 8601, or "" for no
// time and for years that it cannot write.
func timestamp(t time.Time) string {
	if _, offset := t.Zone(); offset%60 != 0 || offset <= -24*3600 || offset >= 24*3600 {
		t = t.UTC()
	}
	if t.IsZero() || t.Year() < 0 || t.Year() > 9999 {
		return ""
	}
	return t.Format(time.RFC3339)
}

// twitter adds what X reads beside Open Graph.
func (w *writer) twitter(p *Page) {
	i := slices.IndexFunc(p.Images, func(img Image) bool { return p.absolute(img.URL) != "" })
	if i < 0 {
		w.meta("name", "twitter:card", "summary")
	} else {
		w.meta("name", "twitter:card", "summary_large_image")
	}
	w.meta("name", "twitter:site", handle(p.TwitterSite))
	w.meta("name", "twitter:creator", handle(p.TwitterCreator))
	w.meta("name", "twitter:title", p.name())
	w.meta("name", "twitter:description", p.Description)
	if i >= 0 {
		w.meta("name", "twitter:image", p.absolute(p.Images[i].URL))
		w.meta("name", "twitter:image:alt", p.Images[i].Alt)
	}
}

// handle returns a user name with @, or "" if it is none.
func handle(name string) string {
	name = strings.TrimPrefix(strings.TrimSpace(name), "@")
	if name == "" || strings.ContainsFunc(name, func(r rune) bool {
		return r >= 0x80 || !isAlphaNum(byte(r)) && r != '_'
	}) {
		return ""
	}
	return "@" + name
}
