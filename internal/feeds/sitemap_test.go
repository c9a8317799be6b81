package feeds_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jam-go/jam/internal/feeds"
	"github.com/jam-go/jam/internal/feeds/rules"
)

func TestSitemap(t *testing.T) {
	alternates := []feeds.Alternate{{"en", "https://example.com/a/?b&c"}, {"pt-BR", "https://example.com/pt/"}, {"x-default", "https://example.com/a/?b&c"}}
	got, err := feeds.AppendSitemap([]byte("before"), []feeds.URL{
		{Loc: "https://example.com/a/?b&c", Lastmod: day, ChangeFreq: "daily", Priority: 1, Alternates: alternates},
		{Loc: "https://example.com/pt/", Lastmod: noon, Priority: 0.85, Alternates: alternates},
		{Loc: "https://example.com/caf%C3%A9'", Priority: -1},
	})
	if err != nil {
		t.Fatal(err)
	}
	const links = `<xhtml:link rel="alternate" hreflang="en" href="https://example.com/a/?b&amp;c"/>
<xhtml:link rel="alternate" hreflang="pt-BR" href="https://example.com/pt/"/>
<xhtml:link rel="alternate" hreflang="x-default" href="https://example.com/a/?b&amp;c"/>
`
	const want = `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
<url>
<loc>https://example.com/a/?b&amp;c</loc>
<lastmod>2026-03-01</lastmod>
<changefreq>daily</changefreq>
<priority>1.0</priority>
` + links + `</url>
<url>
<loc>https://example.com/pt/</loc>
<lastmod>2026-03-09T12:30:05+02:00</lastmod>
<priority>0.85</priority>
` + links + `</url>
<url>
<loc>https://example.com/caf%C3%A9'</loc>
</url>
</urlset>
`
	if string(got) != "before"+want {
		t.Errorf("got\n%s", got)
	}
	for _, p := range rules.Sitemap([]byte(want), "https://example.com/sitemap.xml") {
		t.Error(p)
	}
	for _, list := range rules.Alternates([][]byte{[]byte(want)}) {
		for _, p := range list {
			t.Error(p)
		}
	}
}

func TestSitemapIndex(t *testing.T) {
	got, err := feeds.AppendSitemapIndex(nil, []feeds.Entry{{"https://example.com/sitemap-1.xml", noon}, {Loc: "https://example.com/sitemap-2.xml"}})
	if err != nil {
		t.Fatal(err)
	}
	const want = `<?xml version="1.0" encoding="utf-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap>
<loc>https://example.com/sitemap-1.xml</loc>
<lastmod>2026-03-09T12:30:05+02:00</lastmod>
</sitemap>
<sitemap>
<loc>https://example.com/sitemap-2.xml</loc>
</sitemap>
</sitemapindex>
`
	if string(got) != want {
		t.Errorf("got\n%s", got)
	}
	for _, p := range rules.SitemapIndex(got, "https://example.com/sitemap.xml") {
		t.Error(p)
	}
}

func TestSitemapErrors(t *testing.T) {
	const head = "sitemap: entry 1 (https://e.com/): "
	for _, c := range []struct {
		url  feeds.URL
		want string
	}{
		{feeds.URL{Loc: "/a"}, `sitemap: entry 1 (/a): "/a" is no absolute URL: it has no scheme, such as https`},
		{feeds.URL{Loc: "ftp://e.com/"}, `sitemap: entry 1 (ftp://e.com/): "ftp://e.com/" is no http or https URL`},
		{feeds.URL{Loc: "https://e.com/", ChangeFreq: "dayly"}, head + `changefreq "dayly" is none of always, hourly, daily, weekly, monthly, yearly, never (did you mean "daily"?)`},
		{feeds.URL{Loc: "https://e.com/", Priority: 1.1}, head + "priority 1.1 is not from 0.0 to 1.0 (nor -1 for none)"},
		{feeds.URL{Loc: "https://e.com/", Priority: math.NaN()}, head + "priority NaN is not from 0.0 to 1.0 (nor -1 for none)"},
		{feeds.URL{Loc: "https://e.com/", Lastmod: time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC)}, head + "its date has the year 12026"},
		{feeds.URL{Loc: "https://e.com/", Alternates: []feeds.Alternate{{"en", "https://e.com/en/"}}}, head + "its alternates lack the page itself"},
		{feeds.URL{Loc: "https://e.com/", Alternates: []feeds.Alternate{{"en", "https://e.com/"}, {"EN", "https://e.com/"}}}, head + `two alternates for "EN"`},
		{feeds.URL{Loc: "https://e.com/", Alternates: []feeds.Alternate{{"e", "https://e.com/"}}},
			head + `alternate https://e.com/: "e" is no language tag: a language has at least two letters`},
		{feeds.URL{Loc: "https://e.com/", Alternates: []feeds.Alternate{{"de", "/"}, {"en", "https://e.com/"}}},
			head + `alternate "de": "/" is no absolute URL: it has no scheme, such as https`},
	} {
		got, err := feeds.AppendSitemap([]byte("before"), []feeds.URL{c.url})
		if err == nil || err.Error() != c.want {
			t.Errorf("got %v\nwant %s", err, c.want)
		}
		if string(got) != "before" {
			t.Errorf("appended %q", got)
		}
	}
	for _, c := range []struct {
		urls []feeds.URL
		want string
	}{
		{nil, "a sitemap has 1 to 50000 entries, not 0"},
		{make([]feeds.URL, 50_001), "a sitemap has 1 to 50000 entries, not 50001"},
		{[]feeds.URL{{Loc: "https://e.com/"}, {Loc: "https://e.com/"}}, "sitemap: entry 2 (https://e.com/): it is entry 1, too"},
		{[]feeds.URL{{Loc: "https://e.com/" + strings.Repeat("x", 2034)}}, "it has 2048 bytes, but 2047 are the most"},
	} {
		if _, err := feeds.AppendSitemap(nil, c.urls); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %.300v\nwant %s", err, c.want)
		}
	}
	if _, err := feeds.AppendSitemapIndex(nil, []feeds.Entry{{Loc: "x"}}); err == nil {
		t.Error("an index with a relative URL")
	}
}

func TestSplit(t *testing.T) {
	const frame = 139 + 10 // header and footer
	for _, c := range []struct {
		n, size int
		want    []int
	}{
		{0, 1, nil},
		{1, 1, []int{1}},
		{50_000, 100, []int{50_000}},
		{50_001, 100, []int{50_000, 50_001}},
		{120_000, 100, []int{50_000, 100_000, 120_000}},
		{3, 60 << 20, []int{1, 2, 3}},
		{5, 25 << 20, []int{1, 2, 3, 4, 5}},
		{5, 25<<20 - frame, []int{2, 4, 5}},
	} {
		if got := feeds.Split(c.n, func(int) int { return c.size }); !slices.Equal(got, c.want) {
			t.Errorf("%d of %d: %v, want %v", c.n, c.size, got, c.want)
		}
	}
}

// TestSize holds Size and Split against what is written.
func TestSize(t *testing.T) {
	u := feeds.URL{Loc: "https://example.com/?a&b", Lastmod: noon, ChangeFreq: "never", Priority: 0.3,
		Alternates: []feeds.Alternate{{"en", "https://example.com/?a&b"}}}
	one, err := feeds.AppendSitemap(nil, []feeds.URL{u})
	if err != nil {
		t.Fatal(err)
	}
	v := u
	v.Loc, v.Alternates = "https://example.com/2", nil
	two, err := feeds.AppendSitemap(nil, []feeds.URL{u, v})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := v.Size(), len(two)-len(one); got != want {
		t.Errorf("Size is %d, want %d", got, want)
	}
	fill := feeds.MaxSitemapBytes - (len(one) - u.Size())
	if got := feeds.Split(2, func(i int) int { return []int{fill - 1, 1}[i] }); !slices.Equal(got, []int{2}) {
		t.Errorf("two that fit: %v", got)
	}
	if got := feeds.Split(2, func(i int) int { return []int{fill, 1}[i] }); !slices.Equal(got, []int{1, 2}) {
		t.Errorf("two that don't fit: %v", got)
	}
}

func FuzzSitemap(f *testing.F) {
	f.Add("https://example.com/", "https://example.com/é?a&b", "en", "daily", 0.5, int64(0), 60)
	f.Add("http://a", "http://a?", "x-default", "", -1.0, int64(1772323200), -3600)
	f.Add("http://a#b", "HTTP://A/", "x-a", "never", 1e-9, int64(-62135596800), 1)
	f.Fuzz(func(t *testing.T, loc, other, lang, freq string, priority float64, unix int64, zone int) {
		when := time.Unix(unix, 0).In(time.FixedZone("", zone))
		alternates := []feeds.Alternate{{lang, loc}, {"de", other}}
		doc, err := feeds.AppendSitemap(nil, []feeds.URL{
			{Loc: loc, Lastmod: when, ChangeFreq: freq, Priority: priority, Alternates: alternates},
			{Loc: other, Lastmod: when, Priority: -1, Alternates: alternates},
		})
		if err != nil {
			return
		}
		for _, p := range rules.Sitemap(doc, "") {
			if p.Rule != rules.Location { // two hosts
				t.Errorf("%v\n%s", p, doc)
			}
		}
		for _, p := range rules.Alternates([][]byte{doc})[0] {
			t.Errorf("%v\n%s", p, doc)
		}
	})
}

func BenchmarkSitemap(b *testing.B) {
	urls := make([]feeds.URL, 10_000)
	for i := range urls {
		urls[i] = feeds.URL{Loc: fmt.Sprintf("https://example.com/posts/%d/", i), Lastmod: noon, Priority: -1}
	}
	var dst []byte
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if dst, err = feeds.AppendSitemap(dst[:0], urls); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(len(dst)))
}

func BenchmarkSize(b *testing.B) {
	u := feeds.URL{Loc: "https://example.com/posts/1/", Lastmod: noon, Priority: 0.5}
	b.ReportAllocs()
	for b.Loop() {
		u.Size()
	}
}
