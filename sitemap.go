package jam

import (
	"context"
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/jam-go/jam/internal/digest"
	"github.com/jam-go/jam/internal/feeds"
)

// special is a file that is about the whole site.
type special struct {
	recorded bool                                         // what it reads; else it depends on the whole model
	sum      func(h digest.Hash) digest.Hash              // of all that it is made of, which is recorded then; or nil
	make     func(context.Context, *view) ([]byte, error) // which is not to be kept: routes are the same for several
}

// sitemapRoutes returns the files of the sitemap: one, or several and their index.
func (l *loader) sitemapRoutes(home *pageData, asked bool) []*route {
	set := l.set
	var pages []*pageData
	for _, d := range l.snap.pages {
		if d.inSitemap() {
			pages = append(pages, d)
		}
	}
	if len(pages) == 0 && !asked {
		return nil
	}
	s := l.snap.model
	ends := []int{len(pages)}
	if !s.fitsSitemap(pages) {
		ends = feeds.Split(len(pages), func(i int) int {
			u := s.sitemapURL(pages[i])
			return u.Size()
		})
	}
	part := func(name string, from, to int) *route {
		r := l.specialRoute(name, home, func(context.Context, *view) ([]byte, error) {
			return feeds.AppendSitemapOf(nil, to-from, func(i int) feeds.URL { return s.sitemapURL(pages[from+i]) })
		})
		if r != nil {
			r.special.sum = func(h digest.Hash) digest.Hash { return s.sitemapSum(h, pages[from:to]) }
		}
		return r
	}
	name := set.Sitemap.Filename
	if len(ends) <= 1 {
		return withoutNil(part(name, 0, len(pages)))
	}
	var entries []feeds.Entry
	var list []*route
	from := 0
	for i, to := range ends {
		r := part(strings.TrimSuffix(name, path.Ext(name))+"-"+strconv.Itoa(i+1)+".xml", from, to)
		if r == nil {
			return nil
		}
		list = append(list, r)
		entries = append(entries, feeds.Entry{Loc: set.absolute(r.rel), Lastmod: newestOf(pages[from:to])})
		from = to
	}
	index := l.specialRoute(name, home, func(context.Context, *view) ([]byte, error) { return feeds.AppendSitemapIndex(nil, entries) })
	return append(list, withoutNil(index)...)
}

// fitsSitemap tells whether pages are so few that they fit into one sitemap, without working out how large that is.
func (s *model) fitsSitemap(pages []*pageData) bool {
	const markup, escaped = 512, 6 // bytes at most, of an entry besides its address and of a character
	bytes, base := 0, len(s.set.BaseURL)
	for _, d := range pages {
		size := markup + escaped*(base+len(d.route.rel))
		if d.translations != nil { // each of which has the address, too
			size *= 1 + len(d.translations.ids)
		}
		bytes += size
	}
	return len(pages) <= feeds.MaxSitemapURLs && bytes < feeds.MaxSitemapBytes
}

// sitemapSum adds all that is in the entries of pages.
func (s *model) sitemapSum(h digest.Hash, pages []*pageData) digest.Hash {
	h = h.String(s.set.BaseURL).Value(s.set.Sitemap)
	for _, d := range pages {
		own := &d.meta.Sitemap
		h = h.String(d.route.rel).Time(d.lastmod()).String(own.ChangeFreq).Float(own.Priority)
		if d.translations == nil {
			continue
		}
		for _, id := range d.translations.ids {
			if t := s.pages[id]; t.inSitemap() {
				h = h.String(t.local.Locale).String(t.route.rel)
			}
		}
		h = h.Bool(true)
	}
	return h
}

func withoutNil(r *route) []*route {
	if r == nil {
		return nil
	}
	return []*route{r}
}

func newestOf(pages []*pageData) time.Time {
	var newest time.Time
	for _, d := range pages {
		if t := d.lastmod(); t.After(newest) {
			newest = t
		}
	}
	return newest
}

// specialRoute returns the route of a file of the whole site.
func (l *loader) specialRoute(file string, home *pageData, make func(context.Context, *view) ([]byte, error)) *route {
	r, err := l.set.newRoute(file, fmt.Sprintf("%s (%s)", home.source(), file))
	if err != nil {
		l.fail(errorAt("route", home.source(), "%w", err))
		return nil
	}
	r.own().special = &special{make: make}
	return r
}

// inSitemap tells whether the sitemap lists the page.
func (d *pageData) inSitemap() bool {
	return d.kind() != Kind404 && d.route != nil && d.route.page == d && !d.meta.Sitemap.Disable && d.meta.Build.List != "never"
}

// sitemapURL returns a page's entry in the sitemap.
func (s *model) sitemapURL(d *pageData) feeds.URL {
	own, all := &d.meta.Sitemap, &s.set.Sitemap
	u := feeds.URL{Loc: s.set.absolute(d.route.rel), Lastmod: d.lastmod(), ChangeFreq: own.ChangeFreq, Priority: own.Priority}
	if u.ChangeFreq == "" {
		u.ChangeFreq = all.ChangeFreq
	}
	if u.Priority < 0 && all.Priority > 0 {
		u.Priority = all.Priority
	}
	if d.translations == nil {
		return u
	}
	for _, id := range d.translations.ids {
		t := s.pages[id]
		if t.inSitemap() {
			u.Alternates = append(u.Alternates, feeds.Alternate{Lang: t.local.Locale, Href: s.set.absolute(t.route.rel)})
		}
	}
	if len(u.Alternates) == 1 {
		u.Alternates = nil
	}
	return u
}
