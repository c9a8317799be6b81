package theme

import (
	"fmt"
	"testing"
)

func TestSectionNav(t *testing.T) {
	s := newSite()
	expect(t, s.Home, `!<nav`)
	for i := range 6 {
		s.Home.add(&page{Kind: "section", Title: fmt.Sprint("S", i), Section: fmt.Sprint("s", i)})
	}
	expect(t, s.Sections[2], `<nav aria-label="Sections"><ul><li><a href="/s0/">S0</a></li>`, `<a href="/s2/" aria-current="true">S2</a>`)
	s.Home.add(&page{Kind: "section", Title: "S6", Section: "s6"})
	expect(t, s.Sections[2], `<nav aria-label="Sections"><details><summary>Menu</summary><ul>`)
}

// newMenuSite has a menu with two pages below an entry, one of which has a page below that is not in it.
func newMenuSite() (s *site, docs, guide, first *page) {
	s = newSite()
	docs = s.Home.add(&page{Kind: "section", Title: "Docs", Section: "docs"})
	guide = docs.add(&page{Kind: "section", Title: "Guide"})
	first = guide.add(&page{Kind: "page", Title: "First"})
	about := s.Home.add(&page{Kind: "page", Title: "About"})
	s.Menus = map[string]menu{
		"main": {
			docs.to("main", guide.to("main")),
			{Menu: "main", Name: "More", Children: menu{about.to("main"), {Menu: "main", Name: "Soon"}}},
			{Menu: "main", Name: "Code", URL: "https://code.example/", Title: "A & B", Pre: "<b>", Post: "</b>"},
		},
		"footer": {{Menu: "footer", Name: "Imprint", URL: "/imprint/"}},
	}
	return s, docs, guide, first
}

func TestMenu(t *testing.T) {
	s, docs, guide, first := newMenuSite()
	expect(t, s.Home, `<nav aria-label="Menu"><ul><li><details name="menu"><summary>Docs</summary><div><a href="/docs/">Docs</a><ul>`,
		`<summary>More</summary><div><ul><li><a href="/about/">About</a></li><li><span>Soon</span></li></ul></div></details>`,
		`<a href="https://code.example/" title="A &amp; B"><b>Code</b></a>`, `!aria-label="Sections"`, `!aria-current`,
		`<footer class="end"><a href="/">Field notes</a><ul><li><a href="/imprint/">Imprint</a></li></ul></footer>`)
	expect(t, docs, `<summary aria-current="true">Docs</summary><div><a href="/docs/" aria-current="page">Docs</a>`, `<a href="/docs/guide/">Guide</a>`)
	expect(t, guide, `<a href="/docs/" aria-current="true">Docs</a>`, `<a href="/docs/guide/" aria-current="page">Guide</a>`)
	expect(t, first, `<a href="/docs/guide/" aria-current="true">Guide</a>`)

	for range 4 {
		s.Menus["main"] = append(s.Menus["main"], &entry{Menu: "main", Name: "Further", URL: "/further/"})
	}
	expect(t, s.Home, `<nav aria-label="Menu"><details><summary>Menu</summary><ul><li><a href="/docs/">Docs</a><ul><li>`, `!name="menu"`)
}

// translate gives a page the same in other languages.
func translate(p *page, codes ...string) {
	p.AllTranslations = pages{p}
	for _, code := range codes {
		s := newSite()
		s.LanguagePrefix = "/" + code
		s.Language.Locale, s.Language.Name, s.Language.IsDefault = code, "("+code+")", false
		q := s.Home.add(&page{Kind: p.Kind, Title: "In " + code, RelPermalink: "/" + code + p.RelPermalink})
		p.AllTranslations = append(p.AllTranslations, q)
	}
	for _, q := range p.AllTranslations {
		q.AllTranslations = p.AllTranslations
	}
}

func TestLanguages(t *testing.T) {
	s := newSite()
	p := s.Home.add(&page{Kind: "page", Title: "Here"})
	translate(p, "de", "pt-BR")
	expect(t, p,
		`<nav class="languages" aria-label="Languages"><ul><li><a href="/here/" lang="en" hreflang="en" aria-current="page">English</a></li>`+
			`<li><a href="/de/here/" lang="de" hreflang="de">(de)</a></li>`)
	expect(t, p.AllTranslations[1], `<nav class="languages" aria-label="Sprachen">`,
		`<li><a href="/de/here/" lang="de" hreflang="de" aria-current="page">(de)</a></li>`)
	translate(p, "de", "fr", "it")
	expect(t, p, `<nav class="languages" aria-label="Languages"><details><summary>English</summary><ul>`)

	lost := &page{Kind: "404", Title: "404", RelPermalink: "/404.html", Site: s}
	translate(lost, "de")
	expect(t, lost, `!hreflang`)
}

// What is cached for a page must be right for the others that get it.
func TestCached(t *testing.T) {
	s, docs, guide, first := newMenuSite()
	second := guide.add(&page{Kind: "page", Title: "Second"})
	translate(first, "de", "ja")
	translate(second, "de")
	all := append(pages{first, second, docs, guide, s.Home, docs.add(&page{Kind: "page", Title: "Loose"})}, s.Home.Pages...)
	all = append(all, first.AllTranslations[1:]...)
	all = append(all, second.AllTranslations[1:]...)
	for _, code := range []string{"en", "de"} {
		plain := newSite()
		plain.Title, plain.Language.Locale = "Plain "+code, code
		plain.search, plain.Copyright, plain.Home.formats = code == "de", code, []string{"rss"}
		for i := range 3 {
			all = append(all, plain.Home.add(&page{Kind: "section", Title: fmt.Sprint(code, i), Section: fmt.Sprint("s", i)}))
		}
		tags, categories := plain.Home.add(&page{Kind: "taxonomy", Title: "Tags"}), plain.Home.add(&page{Kind: "taxonomy", Title: "Categories"})
		all = append(all, plain.Home.add(&page{Kind: "page", Title: "Tagged", ReadingTime: 3, terms: map[string]pages{
			"tags": {tags.add(&page{Kind: "term", Title: "a"})}, "categories": {categories.add(&page{Kind: "term", Title: "b"})},
		}}))
	}
	other, about := newSite(), &page{Kind: "page", Title: "About"}
	other.Home.add(about)
	other.Menus = map[string]menu{"main": {about.to("main"), other.Home.to("main")}}
	all = append(all, about, other.Home, other.Home.add(&page{Kind: "page", Title: "Another"}))
	for _, at := range []int{0, 5, 10, 15, 20} { // whichever comes first
		e := newEngine(t)
		e.cache = make(map[cacheKey]any)
		for i := range all {
			p := all[(at+i)%len(all)]
			if got, want := e.render(p), render(t, p); got != want {
				t.Errorf("%s: got\n%s\nwant\n%s", p.RelPermalink, got, want)
			}
		}
	}
}
