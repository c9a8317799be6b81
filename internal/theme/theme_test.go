package theme

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestFiles(t *testing.T) {
	want := []string{
		"404.html", "_partials/adjacent.html", "_partials/breadcrumb.html",
		"_partials/contents.html", "_partials/entries.html", "_partials/entry.html", "_partials/feed.html", "_partials/footer.html",
		"_partials/intro.html", "_partials/labels.html", "_partials/languages.html", "_partials/latest.html",
		"_partials/link.html", "_partials/list.html", "_partials/menu.html", "_partials/menupages.html", "_partials/name.html",
		"_partials/nav.html", "_partials/pager.html", "_partials/search.html", "_partials/searchform.html",
		"_partials/sectionnav.html", "_partials/sections.html",
		"_partials/skip.html", "_partials/style.html", "_partials/terms.html", "_partials/title.html",
		"_partials/words.html", "baseof.html", "home.html", "page.html", "section.html", "taxonomy.html", "term.html",
	}
	var got []string
	err := fs.WalkDir(FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		got = append(got, name)
		b, err := fs.ReadFile(FS(), name)
		if err != nil {
			return err
		}
		if regexp.MustCompile(`[ \t\r]\n|\n\n$|[^\n]$`).Match(b) {
			t.Errorf("%s: white space at the end of a line or of the file, or no final newline", name)
		}
		if regexp.MustCompile(`https?:|//\w|<script|@import|url\(`).Match(b) {
			t.Errorf("%s: refers to something outside the page", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, want) {
		t.Errorf("files:\n got %q\nwant %q", got, want)
	}
}

var (
	tagRE = regexp.MustCompile(`<(/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)>`)
	idRE  = regexp.MustCompile(`\sid="([^"]*)"`)
)

// checkDocument reports what no page of the theme may have, whatever its data.
func checkDocument(t *testing.T, doc string) {
	t.Helper()
	void := []string{"meta", "link", "img", "br", "hr", "input"}
	var open []string
	seen := map[string]bool{}
	for _, m := range tagRE.FindAllStringSubmatch(doc, -1) {
		switch {
		case slices.Contains(void, m[2]):
		case m[1] == "":
			open = append(open, m[2])
		case len(open) == 0 || open[len(open)-1] != m[2]:
			t.Errorf("</%s> closes %q", m[2], open)
			return
		default:
			open = open[:len(open)-1]
		}
		if id := idRE.FindStringSubmatch(m[3]); id != nil {
			if seen[id[1]] {
				t.Errorf("id %q is there twice", id[1])
			}
			seen[id[1]] = true
		}
	}
	if len(open) > 0 {
		t.Errorf("left open: %q", open)
	}
	if !strings.HasPrefix(doc, "<!DOCTYPE html>\n<html lang=") {
		t.Errorf("begins %.60q", doc)
	}
	for _, s := range []string{`<h1>`, `<title>`, `<main id="page:main"`, `href="#page:main"`, `<header `, `<footer `, `<style>`} {
		if n := strings.Count(doc, s); n != 1 {
			t.Errorf("%s is there %d times, want once", s, n)
		}
	}
	for _, s := range []string{"<no value>", "&lt;no value&gt;", "ZgotmplZ", "<title></title>", "<h1></h1>", "<ul>\n</ul>", "0001"} {
		if strings.Contains(doc, s) {
			t.Errorf("contains %q", s)
		}
	}
}

// expect checks the document's structure, and each of the wants: text that it
// has, or after a "!" has not. Line breaks do not count, nor does the style.
func expect(t *testing.T, p *page, wants ...string) {
	t.Helper()
	doc := render(t, p)
	checkDocument(t, doc)
	doc = regexp.MustCompile(`(?s)<style>.*?</style>`).ReplaceAllString(doc, "")
	flat := regexp.MustCompile(`\s*\n\s*`).ReplaceAllString(doc, "")
	for _, want := range wants {
		if text, not := strings.CutPrefix(want, "!"); strings.Contains(flat, text) == not {
			t.Errorf("%s: contains %q is %v", p.RelPermalink, text, not)
		}
	}
	if t.Failed() {
		t.Log(doc)
	}
}

func TestPage(t *testing.T) {
	s := newSite()
	guide := s.Home.add(&page{Kind: "section", Title: "Guide", Section: "guide"})
	p := guide.add(&page{
		Kind: "page", Title: `Tom & "Jerry" <b>`, Description: "About\nboth.", RelPermalink: "/guide/tom/",
		Date: day("2026-08-17"), Lastmod: day("2026-09-02"), ReadingTime: 3,
		Content:         `<p>Text</p><h2 id="main">Main</h2>`,
		TableOfContents: `<nav id="TableOfContents"><ul><li><a href="#main">Main</a></li></ul></nav>`,
	})
	tags := s.Home.add(&page{Kind: "taxonomy", Title: "Tags"})
	authors := s.Home.add(&page{Kind: "taxonomy", Title: "Authors", File: "authors/_index.md"})
	s.Language.Taxonomies = []string{"tags", "categories", "authors"}
	p.terms = map[string]pages{
		"tags":    {tags.add(&page{Kind: "term", Title: "a"}), tags.add(&page{Kind: "term", Title: "b c"})},
		"authors": {authors.add(&page{Kind: "term", Title: "Ann"})},
	}
	expect(t, p,
		`<html lang="en" dir="ltr">`,
		`<title>Tom &amp; &#34;Jerry&#34; &lt;b&gt; · Field notes</title>`,
		`<meta name="head" content="Tom &amp; &#34;Jerry&#34; &lt;b&gt;: all"></head>`,
		`<a class="brand" href="/">Field notes</a>`,
		`<li><a href="/guide/" aria-current="true">Guide</a></li>`,
		`<nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/">Home</a></li><li><a href="/guide/">Guide</a></li></ol></nav>`,
		`<h1>Tom &amp; &#34;Jerry&#34; &lt;b&gt;</h1>`,
		`<p class="meta"><time datetime="2026-08-17">August 17, 2026</time><span>3 min read</span></p>`,
		`<summary>Contents</summary><nav id="TableOfContents">`,
		`<p>Text</p><h2 id="main">Main</h2>`,
		`<dl class="terms"><div><dt><a href="/tags/">Tags</a></dt><dd><a href="/tags/a/">a</a></dd><dd><a href="/tags/b-c/">b c</a></dd></div>`+
			`<div><dt><a href="/authors/">Authors</a></dt><dd><a href="/authors/ann/">Ann</a></dd></div></dl>`,
		`Updated <time datetime="2026-09-02">September 2, 2026</time>`,
		`!class="draft"`, `!class="adjacent"`, `!class="related"`, `!hreflang`, `!class="feed"`, `!<form`,
	)
	p.Lastmod = p.Date.AddDate(0, 0, -1)
	expect(t, p, `!Updated`)

	bare := s.Home.add(&page{Kind: "page", LinkTitle: "Untitled", RelPermalink: "/u/", ReadingTime: 1, Draft: true,
		Summary: "<p>Short.</p>", TableOfContents: `<nav id="TableOfContents"></nav>`})
	s.BaseURL = ""
	expect(t, bare,
		`<title>Untitled · Field notes</title>`, `<h1>Untitled</h1>`,
		`<p class="meta"><span class="draft">Draft</span></p>`,
		`!<time`, `!min read`, `!class="toc"`, `!class="terms"`, `!class="crumbs"`, `!Updated`, `!aria-current`,
	)
}

func TestAdjacent(t *testing.T) {
	above := &page{LinkTitle: "Above", RelPermalink: "/above/"}
	below := &page{LinkTitle: "Below", RelPermalink: "/below/"}
	for _, tt := range []struct {
		name         string
		page         page
		above, below bool
		want         string
	}{
		{"by date", page{Date: day("2026-01-02")}, true, true,
			`<a href="/below/"><span>Older</span> Below</a><a class="on" href="/above/"><span>Newer</span> Above</a>`},
		{"by weight", page{Date: day("2026-01-02"), Params: map[string]any{"weight": 2}}, true, true,
			`<a href="/above/"><span>Previous</span> Above</a><a class="on" href="/below/"><span>Next</span> Below</a>`},
		{"no date", page{}, true, true,
			`<a href="/above/"><span>Previous</span> Above</a><a class="on" href="/below/"><span>Next</span> Below</a>`},
		{"first", page{}, false, true, `aria-label="Nearby pages"><a class="on" href="/below/"><span>Next</span> Below</a></nav>`},
		{"last", page{}, true, false, `aria-label="Nearby pages"><a href="/above/"><span>Previous</span> Above</a></nav>`},
		{"only", page{}, false, false, `!class="adjacent"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := tt.page
			p.Kind, p.Title = "page", "Here"
			if tt.above {
				p.NextInSection = above
			}
			if tt.below {
				p.PrevInSection = below
			}
			newSite().Home.add(&p)
			expect(t, &p, tt.want)
		})
	}
}

func TestSection(t *testing.T) {
	s := newSite()
	posts := s.Home.add(&page{Kind: "section", Title: "Posts", Section: "posts"})
	expect(t, posts, "Nothing here yet.", `!class="list`)

	posts.add(&page{Kind: "page", Title: "C", Date: day("2026-03-01"), Description: "Third", Draft: true})
	posts.add(&page{Kind: "page", Title: "B", Date: day("2026-02-01"), Summary: "<p>Second</p>"})
	posts.add(&page{Kind: "page", Title: "A", Date: day("2025-02-01")})
	expect(t, posts,
		`<h2>2026</h2><ul class="list dated years"><li><time datetime="2026-03-01">Mar 1</time><div><a href="/posts/c/">C</a> <span class="draft">Draft</span><p>Third</p></div></li>`,
		`<p>Second</p></div></li></ul><h2>2025</h2><ul class="list dated years"><li><time datetime="2025-02-01">Feb 1</time><div><a href="/posts/a/">A</a></div></li></ul>`,
		"!Nothing here",
	)

	posts.add(&page{Kind: "page", Title: "Out of order", Date: day("2025-06-01")})
	expect(t, posts, `<ul class="list dated"><li><time datetime="2026-03-01">Mar 1, 2026</time>`, `!<h2>2026`)

	posts.add(&page{Kind: "page", Title: "Undated"})
	expect(t, posts, `<ul class="list"><li><time`, `<li><div><a href="/posts/undated/">Undated</a></div></li>`)

	posts.add(&page{Kind: "section", Title: "Old", Description: "Before"})
	expect(t, posts,
		`<h2>Sections</h2><ul class="cards"><li><a href="/posts/old/">Old</a><p>Before</p></li></ul><h2>Pages</h2><ul class="list">`)
}

func TestLongList(t *testing.T) {
	s := newSite()
	words := s.Home.add(&page{Kind: "section", Title: "Words", Section: "words"})
	for i := range 101 {
		words.add(&page{Kind: "page", Title: fmt.Sprint("Word ", i), Summary: "<p>Meaning</p>"})
	}
	expect(t, words, `<ul class="list columns">`, `!Meaning`)
	words.Pages = words.Pages[:100]
	expect(t, words, `<ul class="list">`, `Meaning`)
}

func TestHome(t *testing.T) {
	s := newSite()
	s.Home.Content = "<p>Welcome</p>"
	expect(t, s.Home, `<title>Field notes</title>`, `<h1>Field notes</h1>`, `<p>Welcome</p>`, `!class="brand"`, `!<h2>`)

	s.Home.Title = "A home of one's own"
	s.Home.add(&page{Kind: "section", Title: "Guide", Section: "guide", Description: "How to"})
	s.Home.add(&page{Kind: "page", Title: "About"})
	for i := range 25 {
		s.Home.add(&page{Kind: "page", Title: fmt.Sprint("Post ", i), Date: day("2026-01-01").AddDate(0, 0, -i)})
	}
	expect(t, s.Home,
		`<title>A home of one&#39;s own · Field notes</title>`, `<a class="brand" href="/">`,
		`<h2>Sections</h2><ul class="cards"><li><a href="/guide/">Guide</a><p>How to</p></li></ul>`,
		`<h2>Latest</h2><ul class="list dated"><li><time datetime="2026-01-01">Jan 1, 2026</time>`,
		`<a href="/post-19/">Post 19</a></div></li></ul><h2>Pages</h2><ul class="list"><li><div><a href="/about/">About</a></div></li></ul>`,
		`<details><summary>Archive</summary><h2>2026</h2>`, `Post 24</a></div></li></ul></details>`,
	)
}

func TestTaxonomy(t *testing.T) {
	s := newSite()
	tags := s.Home.add(&page{Kind: "taxonomy", Title: "Tags", Section: "tags"})
	expect(t, tags, "Nothing here yet.")
	term := tags.add(&page{Kind: "term", Title: "Go"})
	expect(t, term, "Nothing here yet.")
	term.Pages = pages{s.Home.add(&page{Kind: "page", Title: "One"}), s.Home.add(&page{Kind: "page", Title: "Two"}),
		s.Home.add(&page{Kind: "section", Title: "Part", Date: day("2026-01-01")})}
	expect(t, tags, `<ul class="list columns"><li><a href="/tags/go/">Go</a> <span class="count">3</span></li></ul>`)
	expect(t, term, `<li><a href="/tags/">Tags</a></li></ol>`, `<h1>Go</h1>`, `<a href="/two/">Two</a>`, `<a href="/part/">Part</a>`, `!<time`)
	term.Pages = term.Pages[1:]
	term.Pages[0].Date = day("2026-02-01")
	expect(t, term, `<ul class="list"><li><time datetime="2026-02-01">Feb 1, 2026</time>`, `<li><div><a href="/part/">Part</a>`)

	s.Language.Locale = "de"
	s.Home.add(&page{Kind: "taxonomy", Title: "Series"})
	expect(t, tags, `<title>Schlagwörter · Field notes</title>`, `<h1>Schlagwörter</h1>`)
	expect(t, term, `<li><a href="/tags/">Schlagwörter</a></li></ol>`)
	expect(t, s.Home.Pages[len(s.Home.Pages)-1], `<h1>Series</h1>`)
	tags.File, tags.Title = "tags/_index.de.md", "Themen"
	expect(t, tags, `<title>Themen · Field notes</title>`, `<h1>Themen</h1>`)
	term.Content = "<h1>Go!</h1>"
	expect(t, term, `!<h1>Go</h1>`)
}

func TestNotFound(t *testing.T) {
	s := newSite()
	s.Home.add(&page{Kind: "section", Title: "Guide", Section: "guide"})
	p := &page{Kind: "404", Title: "404 Page not found", RelPermalink: "/404.html", Site: s}
	expect(t, p, `<title>Page not found · Field notes</title>`, `<h1>Page not found</h1>`,
		`<p><a href="/">Field notes</a></p>`, `<a href="/guide/">Guide</a>`, `content="404 Page not found: robots feeds"`)
}

func TestRelated(t *testing.T) {
	s := newSite()
	p := s.Home.add(&page{Kind: "page", Title: "Here"})
	for i := range 6 {
		p.Related = append(p.Related, s.Home.add(&page{Kind: "page", Title: fmt.Sprint("Other ", i)}))
	}
	expect(t, p, `!Other`)
	s.Params = map[string]any{"related": true}
	expect(t, p, `<h2>Related</h2><ul class="list"><li><a href="/other-0/">Other 0</a></li>`, `Other 4</a></li></ul>`, `!Other 5`)
}
