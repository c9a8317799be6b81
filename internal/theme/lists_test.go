package theme

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// addPosts makes n pages, newest first, below p.
func addPosts(p *page, n int) {
	for i := range n {
		p.add(&page{Kind: "page", Title: fmt.Sprint("Post ", i), Date: day("2026-01-20").AddDate(0, 0, -i)})
	}
}

func TestPagerNumbers(t *testing.T) {
	item := regexp.MustCompile(`<li>(?:<a [^>]*?(aria-current="page")?>)?([^<]*)`)
	for _, tt := range []struct {
		here, total int
		want        string
	}{
		{1, 2, "[1] 2 Next"},
		{2, 2, "Previous 1 [2]"},
		{1, 4, "[1] 2 3 4 Next"},
		{1, 5, "[1] 2 3 4 5 Next"},
		{1, 6, "[1] 2 3 … 6 Next"},
		{3, 6, "Previous 1 2 [3] 4 5 6 Next"},
		{4, 6, "Previous 1 2 3 [4] 5 6 Next"},
		{4, 8, "Previous 1 2 3 [4] 5 6 7 8 Next"},
		{4, 9, "Previous 1 2 3 [4] 5 6 … 9 Next"},
		{5, 9, "Previous 1 2 3 4 [5] 6 7 8 9 Next"},
		{6, 11, "Previous 1 … 4 5 [6] 7 8 … 11 Next"},
		{1000, 5000, "Previous 1 … 998 999 [1000] 1001 1002 … 5000 Next"},
		{5000, 5000, "Previous 1 … 4998 4999 [5000]"},
	} {
		s := newSite()
		list := s.Home.add(&page{Kind: "section", Title: "Posts", Section: "posts", paginated: 1, pager: tt.here})
		for range tt.total {
			list.Pages = append(list.Pages, &page{Kind: "page", Title: "P", LinkTitle: "P", RelPermalink: "/p/"})
		}
		doc := render(t, list)
		checkDocument(t, doc)
		_, nav, _ := strings.Cut(doc, `<nav class="pager" aria-label="Pages">`)
		nav, _, _ = strings.Cut(nav, "</nav>")
		var got []string
		for _, m := range item.FindAllStringSubmatch(nav, -1) {
			if m[1] != "" {
				m[2] = "[" + m[2] + "]"
			}
			got = append(got, strings.TrimSpace(m[2]))
		}
		if got := strings.Join(got, " "); got != tt.want {
			t.Errorf("%d of %d: got %s, want %s", tt.here, tt.total, got, tt.want)
		}
	}
}

func TestPagedSection(t *testing.T) {
	s := newSite()
	posts := s.Home.add(&page{Kind: "section", Title: "Posts", Section: "posts", Content: "<p>Welcome</p>", Description: "All posts"})
	posts.add(&page{Kind: "section", Title: "Old"})
	addPosts(posts, 5)
	expect(t, posts, `!class="pager"`, `!rel="next"`, `Post 4`)

	posts.paginated = 2
	expect(t, posts,
		`<title>Posts · Field notes</title>`, `content="Posts: all"`, `<p>Welcome</p>`, `<h2>Sections</h2>`, `Post 1`, `!Post 2`,
		`<li><a href="/posts/" aria-label="Page 1" aria-current="page">1</a></li><li><a href="/posts/page/2/" aria-label="Page 2">2</a></li>`,
		`<li><a rel="next" href="/posts/page/2/">Next</a></li></ul></nav>`)

	posts.pager, posts.Content = 2, "<h1>Posts!</h1>"
	expect(t, posts,
		`<title>Posts · Page 2 · Field notes</title>`, `content="Posts: author robots canonical pager feeds"`, `<h1>Posts</h1><p class="meta">Page 2</p>`,
		`Post 2`, `Post 3`, `!Post 1<`, `!Post 4`, `!Posts!`, `!Sections</h2>`, `!/old/`)
}

// A pager may have sections, too, and then they are not listed twice.
func TestPagedSections(t *testing.T) {
	s := newSite()
	posts := s.Home.add(&page{Kind: "section", Title: "Posts", Section: "posts", paginated: 2})
	addPosts(posts, 3)
	for i := range 4 {
		posts.add(&page{Kind: "section", Title: fmt.Sprint("Part ", i), Date: day("2026-01-01")})
	}
	posts.of = posts.Pages
	expect(t, posts, `!class="cards"`, `!Part`, `Post 1`, `!Post 2`)
	posts.pager = 3
	expect(t, posts, `<ul class="list"><li><div><a href="/posts/part-1/">Part 1</a></div></li>`, `!<time`)
	posts.of, posts.pager = posts.Sections(), 0
	expect(t, posts, `!class="cards"`, `Part 1`, `!Part 2`)
}

func TestPagedHome(t *testing.T) {
	s := newSite()
	s.Home.Content = "<p>Welcome</p>"
	s.Home.add(&page{Kind: "section", Title: "Guide", Section: "guide"})
	addPosts(s.Home, 25)
	s.Home.paginated = 10
	expect(t, s.Home, `<p>Welcome</p>`, `<h2>Sections</h2>`, `<h2>Latest</h2><ul class="list dated">`, `Post 9<`, `!Post 10`, `!Archive`,
		`<a rel="next" href="/page/2/">Next</a>`)
	s.Home.pager = 3
	expect(t, s.Home, `<title>Field notes · Page 3</title>`, `<h1>Field notes</h1><p class="meta">Page 3</p>`, `Post 20`, `Post 24`,
		`!Welcome`, `!<h2>`, `!rel="next"`)
	s.Home.pager, s.Pages[0].Date = 0, s.Home.Date
	expect(t, s.Home, `<h2>Pages</h2>`, `!Latest`)
	s.Home.paginated = 100 // one pager, but declared
	expect(t, s.Home, `Post 24`, `!Archive`, `!class="pager"`)
}

func TestPagedTerms(t *testing.T) {
	s := newSite()
	tags := s.Home.add(&page{Kind: "taxonomy", Title: "Tags", Section: "tags", paginated: 2})
	for i := range 3 {
		addPosts(tags.add(&page{Kind: "term", Title: fmt.Sprint("T", i), paginated: 2}), 3)
	}
	expect(t, tags, `T0`, `T1`, `!T2`, `<a rel="next" href="/tags/page/2/">`)
	term := tags.Pages[0]
	term.pager = 2
	expect(t, term, `<title>T0 · Page 2 · Field notes</title>`, `Post 2`, `!Post 1`, `<a rel="prev" href="/tags/t0/">`)
}
