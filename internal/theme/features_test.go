package theme

import (
	"strings"
	"testing"
)

func TestHead(t *testing.T) {
	s := newSite()
	p := s.Home.add(&page{Kind: "page", Title: "A & B"})
	posts := s.Home.add(&page{Kind: "section", Title: "Posts", paginated: 1})
	addPosts(posts, 2)
	tags := s.Home.add(&page{Kind: "taxonomy", Title: "Tags"})
	s.Language.Locale = "de"
	check := func(p *page, want string) {
		t.Helper()
		expect(t, p, `<meta name="head" content="`+want+`"></head>`)
	}
	check(p, "A &amp; B: all")
	check(s.Home.add(&page{Kind: "page", LinkTitle: "Link"}), "Link: all")
	check(posts, "Posts: all")
	check(s.Home, "Field notes: all")
	check(tags, "Schlagwörter: all")

	s.BaseURL = ""
	check(p, "A &amp; B: description author robots pager formats")
	check(tags, "Tags: description author robots pager formats")
	posts.pager = 2
	check(posts, "Posts: author robots pager")
	s.BaseURL = "https://example.org/"
	check(posts, "Posts: author robots canonical pager feeds")
}

func TestFeed(t *testing.T) {
	s := newSite()
	s.Copyright = "© Ann & <Bob>"
	posts := s.Home.add(&page{Kind: "section", Title: "Posts", formats: []string{"json", "atom", "rss"}})
	addPosts(posts, 1)
	expect(t, posts, `<p class="meta"><a class="feed" rel="alternate" href="/posts/atom">Feed (Atom)</a></p>`, `!RSS`,
		`<footer class="end"><a href="/">Field notes</a><p><bdi>© Ann &amp; &lt;Bob&gt;</bdi></p></footer>`)
	s.Copyright = ""
	expect(t, posts, `<footer class="end"><a href="/">Field notes</a></footer>`)

	s.Home.formats, s.Language.Locale = []string{"rss"}, "fr"
	feed := `<footer class="end"><a href="/">Field notes</a><a class="feed" rel="alternate" href="/rss">Flux (RSS)</a></footer>`
	expect(t, s.Home, feed, `!<p class="meta"><a class="feed"`)
	expect(t, posts, feed, `>Flux (Atom)</a></p>`)
	posts.formats = []string{"jsonfeed"}
	expect(t, posts, `<a class="feed" rel="alternate" href="/posts/jsonfeed">Flux (JSON)</a>`)
	posts.paginated, posts.pager = 1, 2
	addPosts(posts, 1)
	expect(t, posts, `>Flux (JSON)</a></p>`)
	expect(t, posts.Pages[0], feed, `!(JSON)`)
}

func TestSearch(t *testing.T) {
	s := newSite()
	p := s.Home.add(&page{Kind: "page", Title: "Here"})
	style := `.jam-search[data-index][hidden]`
	if strings.Contains(render(t, p), style) {
		t.Error("a site without search has its style")
	}
	s.search = true
	if !strings.Contains(render(t, p), style) {
		t.Error("a site with search does not have its style")
	}
	const english = `(close: Close)(failed: The search does not work at the moment. Try again later.)(hint: Type to search.)` +
		`(more: More results)(none: No results)(partial: No page has all of the words. These have some.)`
	expect(t, p, `<form role="search">`+english+`(results.one: %d result)(results.other: %d results)`+
		`(search: Search)(searching: Searching…)</form></header>`)

	lost := &page{Kind: "404", Title: "404", RelPermalink: "/404.html", Site: s}
	expect(t, lost, `</p><form role="search" data-inline>`+english+`(results.one:`, `!</form></header>`)

	s.Language.Locale = "pl"
	s.Params = map[string]any{"labels": map[string]any{"search.results.many": "%d sztuk"}}
	expect(t, p, `(results.few: %d wyniki)(results.many: %d sztuk)(results.one: %d wynik)(results.other: %d wyniku)(search: Szukaj)`)
}
