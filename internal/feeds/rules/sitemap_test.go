package rules

import (
	"fmt"
	"strings"
	"testing"
)

const sitemapDoc = `<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:i="urn:i">
<url><loc>https://example.com/a/1</loc><lastmod>2026-03-01</lastmod><changefreq>daily</changefreq><priority>0.5</priority>
<xhtml:link rel="alternate" hreflang="en" href="https://example.com/a/1"/>
<xhtml:link rel="alternate" hreflang="x-default" href="https://example.com/a/2"/><i:i/></url>
<url><lastmod>2026-03-01T12:00Z</lastmod><loc> https://example.com/a/2?b </loc></url>
</urlset>
`

func TestSitemap(t *testing.T) {
	sitemap := func(b []byte) []Problem { return Sitemap(b, "https://example.com/a/sitemap.xml?x=/") }
	check(t, sitemapDoc, sitemap, append(xmlBreaches("urlset"), []breach{
		{"sitemap/0.9", "sitemap/0.8", "2:1: element: the root element is urlset, not urlset of the namespace http://www.sitemaps.org/schemas/sitemap/0.9"},
		{"<url><loc>", "<sitemap/><url><loc>", "element: urlset can't hold sitemap"},
		{"<loc>https://example.com/a/1</loc>", "", "3:1: required: url has no loc\n4:1: hreflang: the alternates lack the page itself"},
		{"<loc> https://example.com/a/2?b ", "<loc>", "6:42: required: loc is empty"},
		{"<loc> https:", "<loc>", `url: "//example.com/a/2?b" is no absolute URL: it has no scheme, such as https`},
		{"<loc> https://example.com/a/2?b", "<loc>https://example.com/b/2?b", "location: https://example.com/b/2?b is not below https://example.com/a/"},
		{"<loc> https://example.com", "<loc>https://www.example.com", "location: https://www.example.com/a/2?b is not below https://example.com/a/"},
		{"<loc> https://", "<loc> http://", "location: http://example.com/a/2?b is not below https://example.com/a/"},
		{"a/2?b </loc>", strings.Repeat("a/", 1100) + "</loc>", "limit: the URL has 2220 bytes, more than 2047"},
		{" https://example.com/a/2?b", "https://example.com/a/1", "6:42: duplicate: https://example.com/a/1 comes twice"},
		{"<changefreq>daily", "<changefreq>day", `type: "day" is none of always, hourly, daily, weekly, monthly, yearly, never`},
		{"<changefreq>daily", "<changefreq>dayly", `type: "dayly" is none of always, hourly, daily, weekly, monthly, yearly, never (did you mean "daily"?)`},
		{"<changefreq>", "<changefreq>daily</changefreq><changefreq>", "duplicate: a second changefreq in url"},
		{"<changefreq>", "<freq/><changefreq>", "element: url can't hold freq"},
		{"<i:i/>", `<x xmlns=""/>`, "element: x has no namespace"},
		{"<priority>0.5", "<priority>1.1", `type: the priority "1.1" is not from 0.0 to 1.0`},
		{"<priority>0.5", "<priority>1e-1", `type: the priority "1e-1" is not from 0.0 to 1.0`},
		{"<lastmod>2026-03-01<", "<lastmod>01.03.2026<", `date: "01.03.2026" is no date such as 2006-01-02 or 2006-01-02T15:04:05Z`},
		{"2026-03-01T12:00Z", "2026-03", ""},
		{"2026-03-01T12:00Z", "2026-03-01T12:00:00", `date: "2026-03-01T12:00:00" is no date such as 2006-01-02 or 2006-01-02T15:04:05Z`},
		{`rel="alternate" hreflang="en"`, `hreflang="en"`, `hreflang: rel is "", not alternate`},
		{`hreflang="en"`, ``, "required: xhtml:link has no attribute hreflang"},
		{`hreflang="en"`, `hreflang="en_GB"`, `language: "en_gb" is no language tag, such as en or pt-BR`},
		{`hreflang="en"`, `hreflang="X-Default"`, `5:1: hreflang: a second alternate for "x-default"`},
		{`href="https://example.com/a/1"`, `href="https://example.com/a/3"`, "4:1: hreflang: the alternates lack the page itself"},
		{`href="https://example.com/a/2"`, `href="/a/2"`, `url: "/a/2" is no absolute URL: it has no scheme, such as https`},
	}...))
}

func TestSitemapOfOneHost(t *testing.T) {
	const frame = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">%s</urlset>`
	for locs, want := range map[string]string{
		"https://a.example|https://a.example/x":      "",
		"https://a.example?x|https://a.example":      "",
		"https://a.example/x|https://a.example.org/": "1:107: location: https://a.example.org/ is not below https://a.example/",
		"https://a.example:8080/|https://a.example/": "1:111: location: https://a.example/ is not below https://a.example:8080/",
		"": "1:1: required: there is no url",
	} {
		var b strings.Builder
		for loc := range strings.SplitSeq(locs, "|") {
			if loc != "" {
				b.WriteString("<url><loc>" + loc + "</loc></url>")
			}
		}
		var got string
		if list := Sitemap(fmt.Appendf(nil, frame, b.String()), ""); len(list) > 0 {
			got = list[0].String()
		}
		if got != want {
			t.Errorf("%s: %s, want %s", locs, got, want)
		}
	}
}

func TestSitemapLimits(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
	for i := range maxURLs + 1 {
		fmt.Fprintf(&b, "\n<url><loc>https://e.com/%d</loc></url>", i)
	}
	b.WriteString("</urlset>")
	got := Sitemap([]byte(b.String()), "")
	if len(got) != 1 || got[0].String() != "50002:1: limit: there are 50001 entries, more than 50000" {
		t.Errorf("got %v", got)
	}
	r := &report{src: make([]byte, maxBytes+1)}
	root := parseXML(&report{src: []byte(sitemapDoc)})
	r.sitemap(root, "urlset", "url", "", r.sitemapURL)
	if len(r.found) != 1 || r.found[0].text != "the file has 52428801 bytes, more than 52428800" {
		t.Errorf("got %v", r.found)
	}
}

func TestSitemapIndex(t *testing.T) {
	const doc = `<?xml version="1.0"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://example.com/s1.xml</loc><lastmod>2026-03-01T00:00:00+01:00</lastmod></sitemap>
<sitemap><loc>https://example.com/a/s2.xml</loc></sitemap>
</sitemapindex>
`
	index := func(b []byte) []Problem { return SitemapIndex(b, "https://example.com/sitemap.xml") }
	check(t, doc, index, append(xmlBreaches("sitemapindex"), []breach{
		{"<lastmod>", "<priority>1</priority><lastmod>", "element: sitemap can't hold priority"},
		{"a/s2.xml", "s1.xml", "4:10: duplicate: https://example.com/s1.xml comes twice"},
		{"https://example.com/a/", "https://example.org/", "location: https://example.org/s2.xml is not below https://example.com/"},
		{"<sitemap>", "<url/><sitemap>", "element: sitemapindex can't hold url"},
	}...))
}

func TestAlternates(t *testing.T) {
	page := func(loc string, hrefs ...string) string {
		s := "\n<url><loc>https://e.com/" + loc + "</loc>"
		for _, h := range hrefs {
			s += `<xhtml:link rel="alternate" hreflang="` + h + `" href="https://e.com/` + h + `"/>`
		}
		return s + "</url>"
	}
	file := func(pages ...string) []byte {
		return []byte(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">` + strings.Join(pages, "") + "</urlset>")
	}
	for _, c := range []struct {
		name  string
		files [][]byte
		want  string
	}{
		{"mutual", [][]byte{file(page("en", "en", "de"), page("x")), file(page("de", "de", "en"))}, "[[] []]"},
		{"no return", [][]byte{file(page("en", "en", "de")), file(page("de", "de"))},
			"[[2:100: hreflang: the alternate https://e.com/de (de) doesn't name https://e.com/en in return] []]"},
		{"no alternates", [][]byte{file(page("x")), file(page("de"), page("en", "en", "de"))},
			"[[] [3:100: hreflang: the alternate https://e.com/de (de) doesn't name https://e.com/en in return]]"},
		{"missing", [][]byte{file(page("en", "en", "de"))}, "[[2:100: hreflang: the alternate https://e.com/de (de) is in no sitemap]]"},
		{"broken", [][]byte{[]byte("<"), file(page("en"))}, "[[] []]"},
		{"none", nil, "[]"},
	} {
		if got := fmt.Sprint(Alternates(c.files)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
