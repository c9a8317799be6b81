package feeds

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jam-go/jam/internal/feeds/syntax"
	"github.com/jam-go/jam/internal/suggest"
)

// The limits of a sitemap file and of a sitemap index (sitemaps.org).
const (
	MaxSitemapURLs  = 50_000
	MaxSitemapBytes = 50 << 20 // before compression
)

const (
	sitemapHeader = xmlHeader + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n"
	sitemapFooter = "</urlset>\n"
	indexHeader   = xmlHeader + `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n"
	indexFooter   = "</sitemapindex>\n"
)

// A URL is a page in a sitemap.
type URL struct {
	Loc        string // absolute, with all but ASCII percent-encoded or as an IRI
	Lastmod    time.Time
	ChangeFreq string      // always, hourly, daily, weekly, monthly, yearly, never, or ""
	Priority   float64     // 0 to 1; -1 for none
	Alternates []Alternate // the page in all its languages, itself included
}

// An Alternate is a page in another language.
type Alternate struct {
	Lang string // BCP 47, or x-default
	Href string // absolute URL
}

// An Entry is a sitemap in a sitemap index.
type Entry struct {
	Loc     string
	Lastmod time.Time
}

// ChangeFreqs are the values of a URL's ChangeFreq. They must not be changed.
var ChangeFreqs = []string{"always", "hourly", "daily", "weekly", "monthly", "yearly", "never"}

// AppendSitemap appends a sitemap (sitemaps.org, version 0.9) with the
// alternates as xhtml:link elements. There must be a URL at least, and no more
// than Split allows.
func AppendSitemap(dst []byte, urls []URL) ([]byte, error) {
	return AppendSitemapOf(dst, len(urls), func(i int) URL { return urls[i] })
}

// AppendSitemapOf is AppendSitemap of n URLs, which are asked for one after the other.
func AppendSitemapOf(dst []byte, n int, url func(i int) URL) ([]byte, error) {
	list := locs{file: "sitemap", seen: make(map[string]int, n)}
	if err := list.count(n); err != nil {
		return dst, err
	}
	start := len(dst)
	dst = append(dst, sitemapHeader...)
	const sample = 100 // by which the size of all is estimated
	for i := range n {
		if i == sample {
			dst = slices.Grow(dst, min((len(dst)-start)/sample*(n-sample)/10*11, MaxSitemapBytes))
		}
		u := url(i)
		list.add(i, u.Loc, u.Lastmod)
		if err := u.check(); err != nil {
			list.fail(i, u.Loc, err)
		}
		dst = u.append(dst)
	}
	dst = append(dst, sitemapFooter...)
	return list.finish(dst, start)
}

// AppendSitemapIndex appends a sitemap index (sitemaps.org, version 0.9).
func AppendSitemapIndex(dst []byte, entries []Entry) ([]byte, error) {
	list := locs{file: "sitemap index", seen: make(map[string]int, len(entries))}
	if err := list.count(len(entries)); err != nil {
		return dst, err
	}
	start := len(dst)
	dst = append(dst, indexHeader...)
	for i, e := range entries {
		list.add(i, e.Loc, e.Lastmod)
		dst = append(dst, "<sitemap>\n"...)
		dst = appendElement(dst, "loc", e.Loc)
		dst = appendTime(dst, "lastmod", e.Lastmod, lastmodLayout(e.Lastmod))
		dst = append(dst, "</sitemap>\n"...)
	}
	dst = append(dst, indexFooter...)
	return list.finish(dst, start)
}

// Split divides n URLs, of which URL.Size gives the sizes, into sitemaps within
// the limits. It returns the index after the last URL of each sitemap. A URL
// that is larger than a sitemap gets its own, which AppendSitemap then refuses.
func Split(n int, size func(i int) int) []int {
	const frame = len(sitemapHeader) + len(sitemapFooter)
	var ends []int
	start, bytes := 0, frame
	for i := range n {
		s := size(i)
		if i > start && (i-start == MaxSitemapURLs || bytes+s > MaxSitemapBytes) {
			ends = append(ends, i)
			start, bytes = i, frame
		}
		bytes += s
	}
	if n > 0 {
		ends = append(ends, n)
	}
	return ends
}

// Size returns how many bytes u has in a sitemap.
func (u *URL) Size() int {
	var buf [1024]byte
	return len(u.append(buf[:0]))
}

func (u *URL) append(dst []byte) []byte {
	dst = append(dst, "<url>\n"...)
	dst = appendElement(dst, "loc", u.Loc)
	dst = appendTime(dst, "lastmod", u.Lastmod, lastmodLayout(u.Lastmod))
	dst = appendElement(dst, "changefreq", u.ChangeFreq)
	if u.Priority >= 0 {
		dst = append(dst, "<priority>"...)
		n := len(dst)
		dst = strconv.AppendFloat(dst, u.Priority, 'f', -1, 64)
		if len(dst) == n+1 {
			dst = append(dst, ".0"...)
		}
		dst = append(dst, "</priority>\n"...)
	}
	for _, a := range u.Alternates {
		dst = append(dst, `<xhtml:link rel="alternate"`...)
		dst = appendAttr(dst, "hreflang", a.Lang)
		dst = appendLink(dst, "", a.Href)
	}
	return append(dst, "</url>\n"...)
}

// lastmodLayout returns the layout of a date of W3C's profile of ISO 8601: of
// the day alone for midnight UTC, which is what a day without a time becomes.
func lastmodLayout(t time.Time) string {
	if _, offset := t.Zone(); offset == 0 && t.Equal(t.Truncate(24*time.Hour)) {
		return time.DateOnly
	}
	return time.RFC3339
}

// check returns what is wrong with u beside Loc and Lastmod.
func (u *URL) check() error {
	var errs []error
	if u.ChangeFreq != "" && !slices.Contains(ChangeFreqs, u.ChangeFreq) {
		errs = append(errs, fmt.Errorf("changefreq %q is none of %s%s", u.ChangeFreq,
			strings.Join(ChangeFreqs, ", "), suggest.DidYouMean(u.ChangeFreq, ChangeFreqs)))
	}
	if u.Priority != -1 && !(u.Priority >= 0 && u.Priority <= 1) {
		errs = append(errs, fmt.Errorf("priority %v is not from 0.0 to 1.0 (nor -1 for none)", u.Priority))
	}
	return errors.Join(append(errs, u.checkAlternates()...)...)
}

func (u *URL) checkAlternates() (errs []error) {
	itself := len(u.Alternates) == 0
	for i, a := range u.Alternates {
		itself = itself || a.Href == u.Loc
		if err := syntax.WebURL(a.Href); err != nil {
			errs = append(errs, fmt.Errorf("alternate %q: %w", a.Lang, err))
		}
		if err := syntax.Language(a.Lang); err != nil && a.Lang != "x-default" {
			errs = append(errs, fmt.Errorf("alternate %s: %w", a.Href, err))
		}
		same := func(b Alternate) bool { return strings.EqualFold(a.Lang, b.Lang) }
		if slices.ContainsFunc(u.Alternates[:i], same) {
			errs = append(errs, fmt.Errorf("two alternates for %q", a.Lang))
		}
	}
	if !itself {
		errs = append(errs, errors.New("its alternates lack the page itself"))
	}
	return errs
}

// locs checks the locations of a sitemap or of an index.
type locs struct {
	file string
	seen map[string]int
	errs []error
}

func (l *locs) count(n int) error {
	if n == 0 || n > MaxSitemapURLs {
		return fmt.Errorf("a %s has 1 to %d entries, not %d", l.file, MaxSitemapURLs, n)
	}
	return nil
}

func (l *locs) add(i int, loc string, lastmod time.Time) {
	if err := syntax.WebURL(loc); err != nil {
		l.fail(i, loc, err)
	}
	if len(loc) >= 2048 {
		l.fail(i, loc, fmt.Errorf("it has %d bytes, but 2047 are the most", len(loc)))
	}
	if y := dateOf(lastmod).Year(); !lastmod.IsZero() && (y < 1 || y > 9999) {
		l.fail(i, loc, fmt.Errorf("its date has the year %d", y))
	}
	if first, ok := l.seen[loc]; ok {
		l.fail(i, loc, fmt.Errorf("it is entry %d, too", first+1))
		return
	}
	l.seen[loc] = i
}

func (l *locs) fail(i int, loc string, err error) {
	l.errs = append(l.errs, fmt.Errorf("%s: entry %d (%.200s): %w", l.file, i+1, loc, err))
}

// finish returns the document that begins at start of dst, or the errors.
func (l *locs) finish(dst []byte, start int) ([]byte, error) {
	if n := len(dst) - start; n > MaxSitemapBytes {
		l.errs = append(l.errs, fmt.Errorf("a %s has up to %d bytes, not %d", l.file, MaxSitemapBytes, n))
	}
	if err := errors.Join(l.errs...); err != nil {
		return dst[:start], err
	}
	return dst, nil
}
