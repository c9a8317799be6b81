package jam_test

import (
	"context"
	"fmt"
	"io"
	"iter"
	"log"
	"os"
	"strings"
	"testing/fstest"

	"github.com/jam-go/jam"
)

// modelTree is a blog with declarations of all kinds in its front matter.
var modelTree = fstest.MapFS{
	"content/posts/_index.md": {Data: []byte("---\ntitle: Posts\nmenus: {main: {weight: 1}}\n---\n")},
	"content/posts/ferry.md":  {Data: []byte("---\ntitle: Ferry\ndate: 2025-06-01\ntags: [sea, travel]\naliases: [/boat/]\n---\n")},
	"content/posts/gulls.md":  {Data: []byte("---\ntitle: Gulls\ndate: 2026-02-01\ntags: [birds, sea]\n---\n")},
	"content/posts/kites.md":  {Data: []byte("---\ntitle: Kites\ndate: 2026-03-01\ntags: [birds]\n---\n")},
	"content/about.md":        {Data: []byte("---\ntitle: About\nmenus: {main: {weight: 2}}\n---\n")},
}

func loadModel(cfg *jam.Config) *jam.Site {
	site, err := jam.Load(context.Background(), modelTree, cfg)
	if err != nil {
		log.Fatal(err)
	}
	return site
}

func ExampleSite_Taxonomies() {
	site := loadModel(nil)
	for _, term := range site.Taxonomies()["tags"].ByCount() {
		fmt.Println(term.Name, term.Count(), term.Page().RelPermalink())
	}
	for _, term := range site.GetPage("/posts/gulls").GetTerms("tags") {
		fmt.Println(term.Title(), term.Pages())
	}
	// Output:
	// birds 2 /tags/birds/
	// sea 2 /tags/sea/
	// travel 1 /tags/travel/
	// birds [/posts/kites /posts/gulls]
	// sea [/posts/gulls /posts/ferry]
}

func ExamplePage_Paginator() {
	site := loadModel(&jam.Config{
		Pagination: map[string]jam.Pagination{"/posts": {Size: 2, Order: "-date"}},
		Renderer: jam.RendererFunc(func(_ context.Context, w io.Writer, p *jam.Page) error {
			pager := p.Paginator()
			if pager == nil { // not a list
				return nil
			}
			fmt.Fprint(w, pager, ":")
			for _, post := range pager.Pages() {
				fmt.Fprint(w, " ", post.Title())
			}
			if pager.HasNext() {
				fmt.Fprint(w, " → ", pager.Next().URL())
			}
			return nil
		}),
	})
	out := jam.Memory()
	if _, err := site.Build(context.Background(), out); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s\n", out.Files()["posts/index.html"])
	fmt.Printf("%s\n", out.Files()["posts/page/2/index.html"])
	// Output:
	// 1/2: Kites Gulls → /posts/page/2/
	// 2/2: Ferry
}

func ExampleCascade() {
	site := loadModel(&jam.Config{Cascade: []jam.Cascade{
		{Path: "/posts/**", Kind: "page", Values: map[string]any{"author": "Ada"}},
		{Values: map[string]any{"author": "the editors"}}, // for the others
	}})
	for _, path := range []string{"/posts/ferry", "/posts", "/about"} {
		fmt.Println(path, "by", site.GetPage(path).Param("author"))
	}
	// Output:
	// /posts/ferry by Ada
	// /posts by the editors
	// /about by the editors
}

func ExampleSite_Menus() {
	site := loadModel(&jam.Config{Menus: map[string][]jam.MenuEntry{"main": {
		{Name: "Topics", PageRef: "/tags", Weight: 3},
		{Name: "Birds", PageRef: "/tags/birds", Parent: "Topics"},
	}}})
	page := site.GetPage("/tags/birds")
	for _, item := range site.Menus()["main"] {
		fmt.Println(item.Name(), item.URL(), item.Children(), page.HasMenuCurrent("main", item))
	}
	// Output:
	// Posts /posts/ [] false
	// About /about/ [] false
	// Topics /tags/ [Birds] true
}

func ExampleLanguage() {
	site, err := jam.Load(context.Background(), fstest.MapFS{
		"content/about.md":    {Data: []byte("# About us")},
		"content/about.de.md": {Data: []byte("# Über uns")},
		"i18n/en.toml":        {Data: []byte("[days]\none = '{{ .Count }} day'\nother = '{{ .Count }} days'")},
		"i18n/de.toml":        {Data: []byte("[days]\none = '{{ .Count }} Tag'\nother = '{{ .Count }} Tage'")},
	}, &jam.Config{Languages: []jam.Language{{Code: "en"}, {Code: "de", Name: "Deutsch"}}})
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range site.Sites() {
		page, days := s.GetPage("/about"), ""
		if days, err = s.Translate("days", 2); err != nil {
			log.Fatal(err)
		}
		fmt.Println(page.Title(), page.RelPermalink(), days)
	}
	for _, p := range site.GetPage("/about").Translations() {
		fmt.Println("in", p.Language().Name, "at", p.RelPermalink())
	}
	// Output:
	// About us /about/ 2 days
	// Über uns /de/about/ 2 Tage
	// in Deutsch at /de/about/
}

func ExampleSite_FormatDate() {
	site := loadModel(&jam.Config{Language: "fr"})
	date := site.GetPage("/posts/ferry").Date()
	for _, layout := range []string{":date_long", "Monday, 2 January"} {
		text, err := site.FormatDate(date, layout)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(text)
	}
	// Output:
	// 1 juin 2025
	// dimanche, 1 juin
}

func ExampleSite_Redirects() {
	site := loadModel(&jam.Config{
		Redirects:       []jam.Redirect{{From: "/source/", To: "https://go.dev/"}},
		NoRedirectFiles: true, // they become rules of the server
	})
	for _, r := range site.Redirects() {
		fmt.Println("redirect", r.From, r.To)
	}
	// Output:
	// redirect /boat/ /posts/ferry/
	// redirect /source/ https://go.dev/
}

func ExamplePage_Related() {
	site := loadModel(&jam.Config{Related: jam.Related{
		Indices:      []jam.RelatedIndex{{Name: "tags", Weight: 10}},
		IncludeNewer: true,
	}})
	fmt.Println(site.GetPage("/posts/ferry").Related())
	// Output:
	// [/posts/gulls]
}

func ExamplePage_RelRef() {
	page := loadModel(nil).GetPage("/posts/gulls")
	fmt.Println(page.RelRef("kites"))
	fmt.Println(page.RelRef("kits"))
	// Output:
	// /posts/kites/ <nil>
	//  "kits" leads to no page (did you mean "/posts/kites"?)
}

func ExamplePages_GroupByDate() {
	groups, err := loadModel(nil).Pages().GroupByDate("2006")
	if err != nil {
		log.Fatal(err)
	}
	for _, g := range groups[:2] { // the last one is of pages without a date
		fmt.Println(g.Key, g.Pages)
	}
	// Output:
	// 2026 [/posts/kites /posts/gulls]
	// 2025 [/posts/ferry]
}

func ExampleGenerator() {
	years := func(_ context.Context, site *jam.Site) iter.Seq2[*jam.Document, error] {
		return func(yield func(*jam.Document, error) bool) {
			groups, err := site.GetPage("/posts").Pages().GroupByDate("2006")
			if err != nil {
				yield(nil, err)
				return
			}
			for _, g := range groups {
				var text strings.Builder
				for _, p := range g.Pages {
					fmt.Fprintf(&text, "- [%s](%s)\n", p.Title(), p.RelPermalink())
				}
				doc := &jam.Document{Path: fmt.Sprint("years/", g.Key, ".md"), Body: []byte(text.String())}
				if !yield(doc, nil) {
					return
				}
			}
		}
	}
	site := loadModel(&jam.Config{Generators: []jam.Generator{years}})
	fmt.Fprint(os.Stdout, site.GetPage("/years/2026").Content())
	// Output:
	// <ul>
	// <li><a href="/posts/kites/">Kites</a></li>
	// <li><a href="/posts/gulls/">Gulls</a></li>
	// </ul>
}
