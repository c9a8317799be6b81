package jam

import (
	"fmt"
	"strings"
	"time"
)

// meta is what a page's front matter says in the fields that jam knows: those that most pages have, and the others.
type meta struct {
	Title, Description string
	Date               time.Time
	Weight             int
	Terms              *termTexts
	*metaMore          // shared where it is as in plainMeta; own makes it the page's own
}

// metaMore is what few pages have.
type metaMore struct {
	LinkTitle, Summary               string
	Lastmod, PublishDate, ExpiryDate time.Time
	Draft                            bool
	Slug, URL, Layout, Type          string
	TranslationKey, Redirect         string
	Aliases, Keywords, Outputs       []string
	TermWeights                      map[string]int // by taxonomy
	Menus                            []MenuEntry
	Pagination                       *Pagination
	Resources                        []resourceRule
	Cascade                          []map[string]any
	Sitemap                          SitemapOptions
	Build                            BuildOptions
}

// plainMeta is that of pages which have nothing of it. It is never changed.
var plainMeta = metaMore{Sitemap: SitemapOptions{Priority: -1}, Build: BuildOptions{PublishResources: true}}

// own returns the fields for changing.
func (m *meta) own() *metaMore {
	if m.metaMore == &plainMeta {
		own := plainMeta
		m.metaMore = &own
	}
	return m.metaMore
}

// termTexts are a page's terms in a taxonomy.
type termTexts struct {
	taxonomy string // in lower case
	texts    []string
	next     *termTexts // those in another one
}

// terms returns the terms in a taxonomy, by its name in lower case.
func (m *meta) terms(taxonomy string) []string {
	for t := m.Terms; t != nil; t = t.next {
		if t.taxonomy == taxonomy {
			return t.texts
		}
	}
	return nil
}

// SitemapOptions are what a page's front matter says for the sitemap.
type SitemapOptions struct {
	ChangeFreq string
	Priority   float64 // 0 to 1; -1 when not set
	Filename   string
	Disable    bool
}

// BuildOptions are what a page's front matter says about building it.
type BuildOptions struct {
	Render           string // "always", "never" or "link"; "" means always
	List             string // "always", "never" or "local"; "" means always
	PublishResources bool
}

// settleDate gives a page without a date another of its dates.
func (m *meta) settleDate() {
	for _, other := range []time.Time{m.PublishDate, m.Lastmod} {
		if m.Date.IsZero() {
			m.Date = other
		}
	}
}

func (m *meta) published() time.Time {
	if m.PublishDate.IsZero() {
		return m.Date
	}
	return m.PublishDate
}

// excluded says why the page is left out, "" if it is not.
func (m *meta) excluded(s *settings, now time.Time) string {
	switch {
	case m.Draft && !s.Drafts:
		return "a draft"
	case m.published().After(now) && !s.Future:
		return "not published yet"
	case !m.ExpiryDate.IsZero() && !m.ExpiryDate.After(now) && !s.Expired:
		return "expired"
	}
	return ""
}

// span is a time in which the same pages are left out.
type span struct{ from, until time.Time } // zero: always

// narrow makes it end where a page with that front matter appears or expires.
func (s *span) narrow(m *meta, set *settings, now time.Time) {
	add := func(t time.Time) {
		switch {
		case t.IsZero():
		case t.After(now):
			if s.until.IsZero() || t.Before(s.until) {
				s.until = t
			}
		case t.After(s.from):
			s.from = t
		}
	}
	if !set.Future {
		add(m.published())
	}
	if !set.Expired {
		add(m.ExpiryDate)
	}
}

func (s span) holds(t time.Time) bool {
	return !t.Before(s.from) && (s.until.IsZero() || t.Before(s.until))
}

// lookupParam finds a parameter by a name in which dots lead into maps. A key
// that is the same but for case will do.
func lookupParam(params map[string]any, name string) (any, bool) {
	if v, ok := lookupFold(params, name); ok {
		return v, true
	}
	first, rest, dotted := strings.Cut(name, ".")
	if !dotted {
		return nil, false
	}
	v, _ := lookupFold(params, first)
	sub, ok := v.(map[string]any)
	if !ok {
		return nil, false
	}
	return lookupParam(sub, rest)
}

func lookupFold(params map[string]any, name string) (any, bool) {
	if v, ok := params[name]; ok {
		return v, true
	}
	best := ""
	for k := range params {
		// Of several, the first in order: the same each time.
		if strings.EqualFold(k, name) && (best == "" || k < best) {
			best = k
		}
	}
	if best == "" {
		return nil, false
	}
	return params[best], true
}

// fieldError places err at a front matter field.
func (s *snapshot) fieldError(d *pageData, field, op string, err error) *Error {
	out := &Error{Op: op, Path: d.source(), Err: err}
	front, _ := s.frontMatter(d)
	for _, e := range front.Entries() {
		if s.set.canonical(e.Key) != field {
			continue
		}
		out.Line, out.Column = e.Line, e.Column
		if e.Value != nil && e.Value.Line > 0 {
			out.Line, out.Column = e.Value.Line, e.Value.Column
		}
		if out.Path, out.Line = d.position(out.Line); out.Line == 0 {
			out.Column = 0
		}
		break
	}
	return out
}

// source is what messages call the page.
func (d *pageData) source() string {
	if d.doc != nil {
		return d.doc.name
	}
	return fmt.Sprintf("%s %s", d.kind(), d.path)
}
