package rules

import (
	"math"
	"strconv"
	"strings"

	"github.com/jam-go/jam/internal/feeds/syntax"
	"github.com/jam-go/jam/internal/suggest"
)

// The limits of a sitemap and of an index (sitemaps.org).
const (
	maxURLs   = 50_000
	maxBytes  = 50 << 20
	maxLocLen = 2047
)

var (
	urlElements     = elements{once: []string{"loc", "lastmod", "changefreq", "priority"}}
	sitemapElements = elements{once: []string{"loc", "lastmod"}}
	changeFreqs     = []string{"always", "hourly", "daily", "weekly", "monthly", "yearly", "never"}
)

// Sitemap checks a sitemap (sitemaps.org, version 0.9). self is the sitemap's
// URL, whose host and folder its URLs must have; with "" they must only be of
// one host. Alternates in other languages are checked one by one; [Alternates]
// checks that they belong together.
func Sitemap(b []byte, self string) []Problem {
	r := &report{src: b}
	if root := parseXML(r); root != nil {
		r.sitemap(root, "urlset", "url", self, r.sitemapURL)
	}
	return r.problems()
}

// SitemapIndex checks an index of sitemaps (sitemaps.org, version 0.9). self is
// the index's URL, as in [Sitemap].
func SitemapIndex(b []byte, self string) []Problem {
	r := &report{src: b}
	if root := parseXML(r); root != nil {
		r.sitemap(root, "sitemapindex", "sitemap", self, func(n *node) { r.children(n, nsSitemap, sitemapElements) })
	}
	return r.problems()
}

// sitemap checks what sitemaps and their indexes have in common.
func (r *report) sitemap(root *node, rootName, name, self string, check func(n *node)) {
	if !root.is(nsSitemap, rootName) {
		r.add(root.offset, Element, "the root element is %s, not %s of the namespace %s", root.label(), rootName, nsSitemap)
		return
	}
	if len(r.src) > maxBytes {
		r.add(0, Limit, "the file has %d bytes, more than %d", len(r.src), maxBytes)
	}
	r.children(root, nsSitemap, elements{many: []string{name}})
	entries := root.all(nsSitemap, name)
	switch {
	case len(entries) == 0:
		r.add(root.offset, Required, "there is no %s", name)
	case len(entries) > maxURLs:
		r.add(entries[maxURLs].offset, Limit, "there are %d entries, more than %d", len(entries), maxURLs)
	}
	place := folder(self)
	seen := make(map[string]bool, len(entries))
	for _, n := range entries {
		r.required(n, nsSitemap, "loc")
		r.each(n, nsSitemap, "lastmod", r.w3cDate)
		r.unnamed(n)
		if loc := n.first(nsSitemap, "loc"); loc != nil && loc.value() != "" {
			place = r.loc(loc, place, seen)
		}
		check(n)
	}
}

// unnamed finds elements without a namespace, which an extension never has.
func (r *report) unnamed(n *node) {
	for _, k := range n.kids {
		if k.space == "" {
			r.add(k.offset, Element, "%s has no namespace", k.label())
		}
	}
}

// loc checks a URL and returns the place that the next must be in.
func (r *report) loc(n *node, place string, seen map[string]bool) string {
	url := n.value()
	switch err := syntax.WebURL(url); {
	case err != nil:
		r.add(n.offset, URL, "%v", err)
	case place == "":
		place = host(url)
	case !strings.HasPrefix(withPath(url), place):
		r.add(n.offset, Location, "%s is not below %s", url, place)
	}
	if len(url) > maxLocLen {
		r.add(n.offset, Limit, "the URL has %d bytes, more than %d", len(url), maxLocLen)
	}
	if seen[url] {
		r.add(n.offset, Duplicate, "%s comes twice", url)
	}
	seen[url] = true
	return place
}

// host returns the URL up to its path, with a slash.
func host(url string) string {
	n := syntax.SchemeLen(url) + len("//")
	if n > len(url) {
		return ""
	}
	if i := strings.IndexAny(url[n:], "/?#"); i >= 0 {
		url = url[:n+i]
	}
	return url + "/"
}

// withPath returns the URL with the path / if it has none.
func withPath(url string) string {
	h := host(url)
	if strings.HasPrefix(url, h) {
		return url
	}
	return h + url[len(h)-1:]
}

// folder returns the URL up to the last slash of its path.
func folder(url string) string {
	if syntax.WebURL(url) != nil {
		return ""
	}
	url, _, _ = strings.Cut(withPath(url), "#")
	url, _, _ = strings.Cut(url, "?")
	return url[:strings.LastIndexByte(url, '/')+1]
}

func (r *report) sitemapURL(n *node) {
	r.children(n, nsSitemap, urlElements)
	r.each(n, nsSitemap, "changefreq", func(offset int, v string) {
		if !contains(changeFreqs, v) {
			r.add(offset, Type, "%q is none of %s%s", v, strings.Join(changeFreqs, ", "), suggest.DidYouMean(v, changeFreqs))
		}
	})
	r.each(n, nsSitemap, "priority", func(offset int, v string) {
		f, err := strconv.ParseFloat(v, 64)
		if err != nil || math.IsNaN(f) || f < 0 || f > 1 || strings.Trim(v, "0123456789.") != "" {
			r.add(offset, Type, "the priority %q is not from 0.0 to 1.0", v)
		}
	})
	links := n.all(nsXHTML, "link")
	loc := n.first(nsSitemap, "loc")
	itself := len(links) == 0
	seen := make(map[string]bool, len(links))
	for _, link := range links {
		r.alternate(link, seen)
		itself = itself || loc != nil && link.attr("href") == loc.value()
	}
	if !itself {
		r.add(links[0].offset, Hreflang, "the alternates lack the page itself")
	}
}

func (r *report) alternate(link *node, seen map[string]bool) {
	if rel := link.attr("rel"); rel != "alternate" {
		r.add(link.offset, Hreflang, "rel is %q, not alternate", rel)
	}
	r.attributes(link, "hreflang", "href")
	r.ifSet(link, "href", r.webURL)
	lang := strings.ToLower(link.attr("hreflang"))
	if lang == "" {
		return
	}
	if lang != "x-default" {
		r.language(link.offset, lang)
	}
	if seen[lang] {
		r.add(link.offset, Hreflang, "a second alternate for %q", lang)
	}
	seen[lang] = true
}
