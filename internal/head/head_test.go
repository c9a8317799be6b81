package head_test

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jam-go/jam/internal/head"
	"github.com/jam-go/jam/internal/head/rules"
)

var update = flag.Bool("update", false, "write the golden files")

func article() *head.Page {
	zone := time.FixedZone("", 3600)
	return &head.Page{
		Kind: "page", Title: `On "quotes" & <tags>`, SiteTitle: "A site", Language: "en-GB",
		Description: "What  they\nmean.", Canonical: "/posts/quotes/", SiteURL: "https://example.org/",
		Published: time.Date(2024, 2, 29, 10, 0, 0, 0, zone), Modified: time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC),
		Expires: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC),
		Images: []head.Image{
			{URL: "cover é.png", Alt: "A cover", Width: 1200, Height: 630, Type: "image/png"},
			{URL: "https://cdn.example.com/b.jpg"},
		},
		Audio: []string{"/a.mp3"}, Videos: []string{"/v.mp4"},
		Authors: []head.Person{{Name: "Ann", URL: "/ann/"}, {Name: "Bob"}},
		Section: "Posts", Tags: []string{"one", "two"},
		Publisher:   &head.Organization{Name: "House", URL: "https://example.org/", Logo: "/logo.png"},
		Breadcrumbs: []head.Crumb{{"Home", "/"}, {"Posts", "/posts/"}, {"Quotes", "/posts/quotes/"}},
		Feeds:       []head.Link{{"A site", "application/rss+xml", "/index.xml"}},
		Formats:     []head.Link{{"", "application/rss+xml", "/index.xml"}, {"", "text/markdown", "/posts/quotes/index.md"}},
		Alternates:  []head.Alternate{{"en-GB", "/posts/quotes/", true}, {"pt_BR", "https://example.org/pt/posts/quotes/", false}},
		Prev:        "/page/1/", Next: "/page/3/",
		AlternateLocales: []string{"pt-BR", "pt_BR", "en-GB"},
		TwitterSite:      "example", TwitterCreator: "@ann",
		Robots: "max-image-preview:large", SchemaType: "BlogPosting",
		Schema: map[string]any{"wordCount": 120, "inLanguage": nil, "about": map[string]any{"@type": "Thing", "name": "</script>"}},
	}
}

func home() *head.Page {
	return &head.Page{
		Kind: "home", Title: "A site", SiteTitle: "A site", Description: "All of it.", Language: "de",
		Canonical: "https://example.org/", SiteURL: "https://example.org/",
		SearchURL:   "/search/?q={search_term_string}",
		Breadcrumbs: []head.Crumb{{"A site", "/"}},
		Feeds:       []head.Link{{"All", "application/atom+xml", "https://example.org/atom.xml"}},
	}
}

func TestGolden(t *testing.T) {
	for name, p := range map[string]*head.Page{
		"article": article(),
		"home":    home(),
		"section": {Kind: "section", Title: "Posts", SiteTitle: "A site", Canonical: "/posts/", SiteURL: "https://example.org/",
			Breadcrumbs: []head.Crumb{{"Home", "/"}, {"", "/x/"}, {"No page", ""}, {"Posts", ""}}},
		"404":     {Kind: "404", Title: "Not found", SiteTitle: "A site", Canonical: "/404.html", SiteURL: "https://example.org/", Robots: "noindex"},
		"offsite": {Kind: "page", Title: "No URL", Canonical: "/a b/"},
		"title":   {Title: "Only this"},
	} {
		got := p.HTML()
		golden := "testdata/" + name + ".html"
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s:\ngot\n%swant\n%s", name, got, want)
		}
		if name == "404" || name == "offsite" || name == "title" {
			continue // without the URL that the rules want
		}
		for _, problem := range rules.Check(got, rules.Options{Image: name == "article"}) {
			t.Errorf("%s: %v", name, problem)
		}
	}
}

func TestParts(t *testing.T) {
	p := article()
	var all []byte
	for _, name := range head.Parts() {
		n := len(all)
		var err error
		if all, err = p.AppendPart(all, name); err != nil {
			t.Fatal(err)
		}
		if len(all) == n {
			t.Errorf("%s is empty", name)
		}
	}
	if string(all) != p.HTML() {
		t.Errorf("the parts are not the whole: %s", all)
	}
	if got := string(p.Append([]byte("{}"))); got != "{}"+p.HTML() {
		t.Errorf("appended to something: %.60s", got)
	}
	_, err := p.AppendPart(nil, "opengaph")
	if err == nil || !strings.Contains(err.Error(), `no part "opengaph" of a page's head (did you mean "opengraph"?)`) {
		t.Errorf("error %v", err)
	}
}

func TestTitle(t *testing.T) {
	for _, tt := range []struct{ title, site, want string }{
		{"A <b>", "S & T", "<title>A &lt;b&gt; · S &amp; T</title>\n"},
		{"A", "A", "<title>A</title>\n"},
		{"A", "", "<title>A</title>\n"},
		{"", "S", "<title>S</title>\n"},
		{" \x01\u2028", "S", "<title>S</title>\n"},
		{"A", "\t", "<title>A</title>\n"},
	} {
		p := head.Page{Title: tt.title, SiteTitle: tt.site}
		got, err := p.AppendPart(nil, "title")
		if err != nil || string(got) != tt.want {
			t.Errorf("%q, %q: %s, %v", tt.title, tt.site, got, err)
		}
	}
}

func part(t *testing.T, p *head.Page, name string) string {
	t.Helper()
	b, err := p.AppendPart(nil, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestText(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{" a\t\r\n b\u2028c ", "a b c"},
		{"a\u00a0b", "a\u00a0b"},
		{"\x00\x01\x7f\u0085\ufffe", ""},
		{"a\xffb", "a\ufffdb"},
		{`'"<>&`, "'&#34;&lt;&gt;&amp;"},
	} {
		want := `<meta name="description" content="` + tt.want + "\">\n"
		if tt.want == "" {
			want = ""
		}
		if got := part(t, &head.Page{Description: tt.in}, "description"); got != want {
			t.Errorf("%q: got %q, want %q", tt.in, got, want)
		}
	}
}

func TestURLs(t *testing.T) {
	const site = "https://example.org/sub/"
	for _, tt := range []struct{ site, in, canonical, og string }{
		{site, "https://a.example/b?c=d&e#f", "https://a.example/b?c=d&amp;e#f", "https://a.example/b?c=d&amp;e#f"},
		{site, "/a", "https://example.org/a", "https://example.org/a"},
		{site, "a b/ü%zz", "https://example.org/sub/a%20b/%C3%BC%25zz", "https://example.org/sub/a%20b/%C3%BC%25zz"},
		{site, "//b.example/c", "https://b.example/c", "https://b.example/c"},
		{site, "https://b.example:8080/[c]", "https://b.example:8080/%5Bc%5D", "https://b.example:8080/%5Bc%5D"},
		{site, "javascript:alert(1)", "", ""},
		{site, "https:///x", "", ""},
		{site, "mailto:a@b", "", ""},
		{"", "/a/\"<", "/a/%22%3C", ""},
		{"", "//b.example/c", "", ""},
		{":", "/a", "/a", ""},
		{site, "", "", ""},
	} {
		p := &head.Page{Title: "T", Canonical: tt.in, SiteURL: tt.site}
		want := ""
		if tt.canonical != "" {
			want = `<link rel="canonical" href="` + tt.canonical + "\">\n"
		}
		if got := part(t, p, "canonical"); got != want {
			t.Errorf("%q: got %q, want %q", tt.in, got, want)
		}
		if got := part(t, p, "opengraph"); strings.Contains(got, "og:url") != (tt.og != "") || !strings.Contains(got, tt.og) {
			t.Errorf("%q: got %q, want og:url %q", tt.in, got, tt.og)
		}
	}
}

func TestLocale(t *testing.T) {
	for in, want := range map[string]string{
		"en-US": "en_US", "en": "en_US", "de": "de_DE", "de-AT": "de_AT", "pt_BR": "pt_BR", "zh-Hant": "zh_TW",
		"sr-Latn-RS": "sr_RS", "es-419": "", "": "", "x-a": "", "X-00": "", "und-DE": "", "root": "", "no language": "", "EN-gb": "en_GB",
	} {
		if got := head.Locale(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestAlternates(t *testing.T) {
	page := func(list ...head.Alternate) *head.Page {
		return &head.Page{Title: "T", Language: "en", Canonical: "/a/", SiteURL: "https://example.org", Alternates: list}
	}
	en, de := head.Alternate{Lang: "en", URL: "/a/"}, head.Alternate{Lang: "de", URL: "/de/a/", Default: true}
	const enTag = `<link rel="alternate" hreflang="en" href="https://example.org/a/">` + "\n"
	const deTag = `<link rel="alternate" hreflang="de" href="https://example.org/de/a/">` + "\n"
	const other = `<link rel="alternate" hreflang="x-default" href="https://example.org/de/a/">` + "\n"
	noURL := page(en, de)
	noURL.Canonical = ""
	for _, tt := range []struct {
		name string
		p    *head.Page
		want string
	}{
		{"none", page(), ""},
		{"itself only", page(en), ""},
		{"two", page(en, de), enTag + deTag + other},
		{"itself is missing", page(de), enTag + deTag + other},
		{"twice", page(en, de, en, head.Alternate{Lang: "DE", URL: "/b/"}), enTag + deTag + other},
		{"no language", page(en, de, head.Alternate{Lang: "und", URL: "/b/"}, head.Alternate{Lang: "qq", URL: "/b/"}), enTag + deTag + other},
		{"no URL", page(en, de, head.Alternate{Lang: "fr", URL: "ftp://b/"}), enTag + deTag + other},
		{"its language is another page's", page(head.Alternate{Lang: "en", URL: "/b/"}, de), enTag + deTag + other},
		{"its language is wrong", page(head.Alternate{Lang: "??", URL: "/a/"}, de, head.Alternate{Lang: "fr", URL: "/fr/"}), ""},
		{"no canonical URL", noURL, ""},
	} {
		if got := part(t, tt.p, "alternates"); got != tt.want {
			t.Errorf("%s: got\n%swant\n%s", tt.name, got, tt.want)
		}
	}
}

func TestTimes(t *testing.T) {
	for _, tt := range []struct {
		t    time.Time
		want string
	}{
		{time.Time{}, ""},
		{time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), ""},
		{time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC), ""},
		{time.Date(2024, 1, 2, 3, 4, 5, 6, time.UTC), "2024-01-02T03:04:05Z"},
		{time.Date(2024, 1, 2, 3, 4, 5, 0, time.FixedZone("", -90*60)), "2024-01-02T03:04:05-01:30"},
		{time.Date(1850, 1, 2, 0, 0, 0, 0, time.FixedZone("LMT", 561)), "1850-01-01T23:50:39Z"},
	} {
		got := part(t, &head.Page{Kind: "page", Title: "T", Published: tt.t}, "opengraph")
		if has := strings.Contains(got, "published_time"); has != (tt.want != "") || !strings.Contains(got, tt.want) {
			t.Errorf("%v: got %s", tt.t, got)
		}
	}
}

func graph(t *testing.T, p *head.Page) []map[string]any {
	t.Helper()
	s := part(t, p, "schema")
	if s == "" {
		return nil
	}
	s = strings.TrimPrefix(s, `<script type="application/ld+json">`)
	var doc struct {
		Graph []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(strings.TrimSuffix(s, "</script>\n")), &doc); err != nil {
		t.Fatalf("%v: %s", err, s)
	}
	return doc.Graph
}

func TestSchemaType(t *testing.T) {
	day := time.Date(2024, 1, 2, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		page       head.Page
		want, name string
	}{
		{head.Page{Kind: "page", Published: day}, "Article", "headline"},
		{head.Page{Kind: "page"}, "WebPage", "name"},
		{head.Page{Kind: "section", Published: day}, "CollectionPage", "name"},
		{head.Page{Kind: "term"}, "CollectionPage", "name"},
		{head.Page{Kind: "page", SchemaType: "TechArticle"}, "TechArticle", "headline"},
		{head.Page{Kind: "page", SchemaType: "JobPosting"}, "JobPosting", "name"},
		{head.Page{Kind: "page", SchemaType: "no type"}, "WebPage", "name"},
		{head.Page{Kind: "page", Schema: map[string]any{"@type": "Recipe", "name": "Cake"}}, "Recipe", "name"},
		{head.Page{Kind: "page", Schema: map[string]any{"@type": nil}}, "WebPage", "name"},
	} {
		p := tt.page
		p.Title = "T"
		g := graph(t, &p)
		if len(g) != 1 || g[0]["@type"] != tt.want || g[0][tt.name] == nil {
			t.Errorf("%+v: %v", tt.page, g)
		}
	}
	if g := graph(t, &head.Page{Kind: "home", Title: "T"}); g != nil {
		t.Errorf("a home page without URL: %v", g)
	}
	if g := graph(t, &head.Page{Kind: "home", Title: "T", SiteURL: "https://a.example", SearchURL: "/search/"}); g[0]["potentialAction"] != nil {
		t.Errorf("a search page without place for the query: %v", g)
	}
}

func TestSchemaExtra(t *testing.T) {
	p := article()
	p.Schema = map[string]any{"headline": "Other", "author": nil, "image": nil, "publisher": "P", "isPartOf": nil,
		"mainEntityOfPage": nil, "keywords": nil, "z": func() {}, "a": "</script>\u2028"}
	g := graph(t, p)[0]
	for _, name := range []string{"author", "image", "isPartOf", "mainEntityOfPage", "keywords", "z"} {
		if v, ok := g[name]; ok {
			t.Errorf("%s is %v", name, v)
		}
	}
	if g["headline"] != "Other" || g["publisher"] != "P" || g["a"] != "</script>\u2028" {
		t.Errorf("got %v", g)
	}
	if s := part(t, p, "schema"); strings.Count(s, "<") != 2 || strings.Contains(s, "\u2028") {
		t.Errorf("not safe in a script: %s", s)
	}
}

// FuzzHead writes every field with hostile text. What comes out is as many tags as lines,
// and passes the rules.
func FuzzHead(f *testing.F) {
	f.Add("plain", "/a/", "de", int64(1e9))
	f.Add(`"><script>alert(1)</script>`, "javascript:alert(1)", "en_US", int64(0))
	f.Add("</script><!--\u2028\x00\xff", "https://[::1]:80/%zz?q={a}\"'<>", "x-default", int64(-1e12))
	f.Add("{search_term_string}", "//\\evil", "de-\n", int64(1<<62))
	f.Add("0", "0", "X-00", int64(0))
	f.Add("0", "0", "Und-de", int64(0))
	f.Add(" \x01\u2029", "0", "en", int64(0))
	f.Add("@a", "https://a:b@c.example/#", "zh-Hant-TW", int64(253402300800))
	f.Fuzz(func(t *testing.T, s, u, lang string, sec int64) {
		when := time.Unix(sec, 0).In(time.FixedZone(s, int(sec%100000)))
		for _, kind := range []string{"home", "page", "section"} {
			p := &head.Page{
				Kind: kind, Title: "T" + s, SiteTitle: s, Description: s, Language: lang,
				Canonical: "https://example.org/" + strings.ReplaceAll(u, "#", ""), SiteURL: "https://example.org/",
				Published: when, Modified: when, Expires: when,
				Images: []head.Image{{URL: u, Alt: s, Type: s, Width: int(sec % 5)}, {URL: "/" + u}},
				Audio:  []string{u}, Videos: []string{u, s}, Authors: []head.Person{{"N" + s, u}}, Section: s,
				Tags: []string{s, u}, Publisher: &head.Organization{"P" + s, u, u},
				Breadcrumbs: []head.Crumb{{"H" + s, u}, {"A" + s, "/" + u}, {"B" + s, u}},
				Feeds:       []head.Link{{s, "text/" + s, u}, {s, s, "/"}}, Formats: []head.Link{{s, "text/plain", u}, {u, "a/b", s}},
				Alternates: []head.Alternate{{lang, u, true}, {"de", "/" + u, false}, {s, s, true}}, Prev: u, Next: s,
				Locale: lang, AlternateLocales: []string{s, "de", "fr_FR", lang}, TwitterSite: s, TwitterCreator: u,
				SearchURL: u, Type: s, SchemaType: "Article", Schema: map[string]any{s + "!": s, "about": u},
			}
			got, err := p.AppendPart(p.Append(nil), "title")
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(got)) {
				tag := strings.TrimSuffix(line, "\n")
				if !strings.HasPrefix(tag, "<") || !strings.HasSuffix(tag, ">") ||
					strings.Count(tag, "<") != strings.Count(tag, "</")+1 || strings.Count(tag, "</") > 1 {
					t.Errorf("not one tag: %q", line)
				}
			}
			for _, problem := range rules.Check(string(got), rules.Options{}) {
				t.Errorf("%s: %v\n%s", kind, problem, got)
			}
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	p := article()
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = p.Append(buf[:0])
	}
}
