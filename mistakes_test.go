package jam_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/jam-go/jam"
)

// A mistake is a site with something wrong, and all that is said of it.
type mistake struct {
	name string
	cfg  *jam.Config
	tree string // txtar
	want string // a line for each error, or else for each warning
}

func testMistakes(t *testing.T, list []mistake) {
	t.Helper()
	for _, m := range list {
		t.Run(strings.ReplaceAll(m.name, " ", "_"), func(t *testing.T) {
			got, want := complaints(t, m.cfg, archive(t, m.tree)), strings.TrimSpace(m.want)
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// complaints returns what loading and building a site says: its errors, or else its warnings.
func complaints(t *testing.T, cfg *jam.Config, tree fs.FS) string {
	t.Helper()
	var c jam.Config
	if cfg != nil {
		c = *cfg
	}
	c.Now, c.Minify.Disabled = now, true
	if _, err := fs.Stat(tree, "layouts"); err != nil {
		c.Renderer = jam.RendererFunc(dump)
	}
	site, err := jam.Load(t.Context(), tree, &c)
	if err != nil {
		return err.Error()
	}
	report, err := site.Build(t.Context(), jam.Memory())
	if err != nil {
		return err.Error()
	}
	var lines []string
	for _, w := range report.Warnings {
		lines = append(lines, fmt.Sprintf("warning: %v", w))
	}
	return strings.Join(lines, "\n")
}

func TestTaxonomyMistakes(t *testing.T) {
	const home = "-- content/_index.md --\n"
	testMistakes(t, []mistake{
		{name: "unknown taxonomy", cfg: &jam.Config{Taxonomies: []string{"tags", "authors"}}, tree: `
-- content/a.md --
---
taxonomies:
  tag: [x]
  tags: [y]
---
`,
			want: `content/a.md:3:3: front matter: unknown taxonomy "tag" (did you mean "tags"?)`},
		{name: "undeclared taxonomies may be any", tree: `
-- content/a.md --
---
taxonomies: {colours: [x]}
---
`, want: ``},
		{name: "taxonomies no map", tree: `
-- content/a.md --
---
taxonomies: [tags]
---
`,
			want: `content/a.md:2:13: front matter: taxonomies: want a map, have a list`},
		{name: "terms no list", tree: `
-- content/a.md --
---
tags: {a: b}
categories: [1, [2]]
---
`,
			want: `
content/a.md:2:7: front matter: tags: want a string or a list of strings, have a map
content/a.md:3:17: front matter: categories: want a string, have a list
`},
		{name: "weight no number", tree: `
-- content/a.md --
---
tags: a
tags_weight: heavy
---
`,
			want: `content/a.md:3:14: front matter: tags_weight: want an integer, have a string`},
		{name: "empty name", cfg: &jam.Config{Taxonomies: []string{""}}, tree: home,
			want: `config: Taxonomies: "": want a name that may stand in a URL`},
		{name: "invalid names", cfg: &jam.Config{Taxonomies: []string{"a/b", "..", "?!"}}, tree: home,
			want: `
config: Taxonomies: "..": want a name that may stand in a URL
config: Taxonomies: "?!": want a name that may stand in a URL
config: Taxonomies: "a/b": want a name that may stand in a URL
`},
		{name: "declared twice", cfg: &jam.Config{Taxonomies: []string{"tags", "Tags"}}, tree: home,
			want: `config: Taxonomies: "Tags": it is declared twice`},
		{name: "a predefined key", cfg: &jam.Config{Taxonomies: []string{"aliases", "Title"}}, tree: home,
			want: `
config: Taxonomies: "Title": "Title" is a key of the front matter with another meaning
config: Taxonomies: "aliases": "aliases" is a key of the front matter with another meaning
`},
		{name: "of a language", cfg: &jam.Config{Languages: []jam.Language{
			{Code: "en"}, {Code: "de", Taxonomies: []string{"tags", "weight"}}}}, tree: home + "-- content/_index.de.md --\n",
			want: `config: Languages[1]: Taxonomies: "weight": "weight" is a key of the front matter with another meaning`},
		{name: "two terms of one URL are one", tree: `
-- content/a.md --
---
tags: [Go Lang, go-lang, GO LANG]
---
`, want: ``},
		{name: "term without a URL", tree: `
-- content/a.md --
---
title: a
tags: [ok, "?!", " "]
---
`,
			want: `warning: content/a.md:3:7: front matter: the term "?!" has nothing that may stand in a URL: it has no page`},
		{name: "term without a URL from a cascade", tree: `
-- content/_index.md --
---
cascade:
  tags: ["?!"]
---
-- content/a.md --
-- content/b.md --
`,
			want: `warning: content/_index.md:3:9: front matter: the term "?!" has nothing that may stand in a URL: it has no page`},
		{name: "term for a taxonomy's URL", cfg: &jam.Config{Permalinks: map[string]string{"term:tags": "/tags/"}}, tree: `
-- content/a.md --
---
tags: x
---
`,
			want: `term /tags/x: route: makes the same file as taxonomy /tags: tags/index.html`},
	})
}

func TestPaginationMistakes(t *testing.T) {
	with := func(key string, p jam.Pagination) *jam.Config {
		return &jam.Config{Pagination: map[string]jam.Pagination{key: p}}
	}
	const tree = "-- content/posts/a.md --\n-- content/posts/b.md --\n-- content/about.md --\n"
	section := func(front string) string {
		return "-- content/posts/_index.md --\n---\ntitle: Posts\n" + front + "\n---\n" + tree
	}
	testMistakes(t, []mistake{
		{name: "no size", cfg: with("home", jam.Pagination{}), tree: tree,
			want: `config: Pagination["home"]: Size is 0: want the number of pages per pager, at least 1`},
		{name: "negative size", cfg: with("/posts", jam.Pagination{Size: -1}), tree: tree,
			want: `config: Pagination["/posts"]: Size is -1: want the number of pages per pager, at least 1`},
		{name: "unknown kind", cfg: with("sections", jam.Pagination{Size: 2}), tree: tree,
			want: `config: Pagination["sections"]: want the path of a list, such as /posts, or a kind of lists (did you mean "section"?)`},
		{name: "kind that is no list", cfg: with("page", jam.Pagination{Size: 2}), tree: tree,
			want: `config: Pagination["page"]: want the path of a list, such as /posts, or a kind of lists`},
		{name: "unknown path", cfg: with("/post", jam.Pagination{Size: 2}), tree: tree,
			want: `config: Pagination["/post"]: there is no list with that path (did you mean "/posts"?)`},
		{name: "path with a slash at its end", cfg: with("/posts/", jam.Pagination{Size: 1}), tree: tree,
			want: ``}, // the same as /posts
		{name: "path that is the list's own", cfg: with("home", jam.Pagination{Size: 2, Path: "/"}), tree: tree,
			want: `config: Pagination["home"]: Path: "/" is no path below the list's own`},
		{name: "unknown list", cfg: with("/posts", jam.Pagination{Size: 2, Of: "sites"}), tree: tree,
			want: `config: Pagination of section /posts: of: unknown list "sites" (did you mean "site"?)`},
		{name: "list of no page", cfg: with("home", jam.Pagination{Size: 2, Of: "/post"}), tree: tree,
			want: `config: Pagination of home /: of: there is no list /post (did you mean "/posts"?)`},
		{name: "unknown order", cfg: with("section", jam.Pagination{Size: 2, Order: "-wieght"}), tree: tree,
			want: `config: Pagination of section /posts: order: no page has the parameter "wieght" (did you mean "weight"?)`},
		{name: "size 0", tree: section("paginate: 0"),
			want: `content/posts/_index.md:3:11: front matter: paginate: want the number of pages per pager, at least 1, have 0 (false for none)`},
		{name: "size 0 in a map", tree: section("paginate: {size: 0, path: p}"),
			want: `content/posts/_index.md:3:18: front matter: paginate: want the number of pages per pager, at least 1, have 0 (false for none)`},
		{name: "unknown key", tree: section("paginate:\n  sise: 2"),
			want: `content/posts/_index.md:4:3: front matter: unknown key "sise" in paginate (did you mean "size"?)`},
		{name: "bad path", tree: section("paginate: {path: a/../b}"),
			want: `content/posts/_index.md:3:18: front matter: paginate: "a/../b" is no valid file name: empty, . and .. elements are not allowed`},
		{name: "unknown of", tree: section("paginate: {of: pagse}"),
			want: `content/posts/_index.md:3:11: front matter: paginate: of: unknown list "pagse" (did you mean "pages"?)`},
		{name: "of no list", tree: section("paginate: {size: 1, of: /pots}"),
			want: `content/posts/_index.md:3:18: front matter: paginate: of: there is no list /pots (did you mean "/posts"?)`},
		{name: "unknown param", tree: section("paginate: {order: -stars}"),
			want: `content/posts/_index.md:3:11: front matter: paginate: order: no page has the parameter "stars"`},
		{name: "on a regular page", tree: "-- content/a.md --\n---\ntitle: a\npaginate: 5\n---\n",
			want: `content/a.md:3:11: front matter: paginate: this page is no list`},
		{name: "switched off on a regular page", tree: "-- content/a.md --\n---\ntitle: a\npaginate: false\n---\n", want: ``},
		{name: "inherited by regular pages", tree: section("cascade: {paginate: 1}"), want: ``},
		{name: "inherited and wrong", tree: section("cascade: {paginate: {of: sectoins}}") + "-- content/posts/x/_index.md --\n-- content/posts/y/_index.md --\n",
			want: `content/posts/_index.md:3:21: front matter: paginate: of: unknown list "sectoins" (did you mean "sections"?)`},
		{name: "pager's file is taken", cfg: with("/posts", jam.Pagination{Size: 1, Path: ":num"}), tree: tree + "-- content/posts/2.md --\n",
			want: `section /posts (pager 2): route: makes the same file as content/posts/2.md: posts/2/index.html`},
		{name: "more than declared", cfg: with("home", jam.Pagination{Size: 5}), tree: tree + `
-- layouts/all.html --
{{ if .IsHome }}{{ $p := .Paginate site.RegularPages 2 }}{{ $p }}{{ end }}
`,
			want: `layouts/all.html:1:26: render: at <.Paginate>: error calling Paginate: paginate: these 3 pages, 2 per pager, make 2 pagers, and / declares a Pagination of 1: its size, or what it is of, differs (page home /)`},
		{name: "none declared", tree: tree + `
-- layouts/all.html --
{{ if .IsHome }}{{ .Paginate site.RegularPages 2 }}{{ end }}
`,
			want: `layouts/all.html:1:20: render: at <.Paginate>: error calling Paginate: paginate: 3 pages need more than one file: declare the Pagination of /, in the configuration or as paginate: 2 in its front matter (page home /)`},
		{name: "paginate no pages", tree: tree + `
-- layouts/all.html --
{{ if .IsHome }}{{ .Paginate "pages" }}{{ end }}
`,
			want: `layouts/all.html:1:20: render: at <.Paginate>: error calling Paginate: paginate: want pages, have string (page home /)`},
		{name: "a page that is no list", tree: `
-- content/a.md --
-- layouts/all.html --
{{ if .IsPage }}{{ .Paginate site.Pages }}{{ end }}
`,
			want: `layouts/all.html:1:20: render: at <.Paginate>: error calling Paginate: paginate: /a is no list (page content/a.md)`},
	})
}
