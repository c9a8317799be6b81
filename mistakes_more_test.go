package jam_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"

	"github.com/jam-go/jam"
)

func TestFurtherMistakes(t *testing.T) {
	const posts = "-- content/posts/a.md --\n-- content/posts/b.md --\n-- content/about.md --\n"
	page := func(front string) string {
		return "-- content/about.md --\n---\ntitle: About\n" + front + "\n---\n-- content/b.md --\n"
	}
	section := func(front string) string {
		return "-- content/posts/_index.md --\n---\ntitle: Posts\n" + front + "\n---\n" + posts
	}
	type post struct {
		Stars int `yaml:"stars"`
	}
	keys := map[string]string{"template": "layout", "defaults": "cascade"}
	cascade := func(c jam.Cascade) *jam.Config {
		return &jam.Config{FrontMatterKeys: keys, Cascade: []jam.Cascade{c}, Collections: []jam.Schema{&jam.Collection[post]{Match: "posts/**"}}}
	}
	paginate := func(key string, p jam.Pagination) *jam.Config {
		return &jam.Config{Pagination: map[string]jam.Pagination{key: p}}
	}
	menu := func(e jam.MenuEntry) *jam.Config {
		return &jam.Config{Menus: map[string][]jam.MenuEntry{"main": {e}}}
	}
	related := func(r jam.Related) *jam.Config { return &jam.Config{Related: r} }
	languages := func(list ...jam.Language) *jam.Config { return &jam.Config{Languages: list} }
	redirects := func(list ...jam.Redirect) *jam.Config {
		return &jam.Config{BaseURL: "https://example.org/", Redirects: list}
	}
	fails := func(_ context.Context, s *jam.Site) iter.Seq2[*jam.Document, error] {
		return func(yield func(*jam.Document, error) bool) {
			_, err := s.Page("/posts/c")
			_ = yield(nil, errors.New("the API is down")) && yield(nil, err)
		}
	}
	en, de := jam.Language{Code: "en"}, jam.Language{Code: "de"}
	both := posts + "-- content/about.de.md --\n"
	testMistakes(t, []mistake{
		{name: "taxonomies of one path", cfg: &jam.Config{Taxonomies: []string{"my tags", "my-tags"}}, tree: posts,
			want: `config: Taxonomies: "my-tags": it has the same path as "my tags": /my-tags`},

		{name: "pagination path twice", cfg: paginate("home", jam.Pagination{Size: 1, Path: "../x"}), tree: posts,
			want: `config: Pagination["home"]: Path: "../x" is no valid file name: empty, . and .. elements are not allowed`},
		{name: "pagination size twice", tree: section("paginate: many"),
			want: `content/posts/_index.md:3:11: front matter: paginate: want an integer, have a string`},
		{name: "pagination of a page", cfg: paginate("/about", jam.Pagination{Size: 2}), tree: posts,
			want: `config: Pagination["/about"]: content/about.md is a regular page, not a list`},
		{name: "pagination of a page's pages", cfg: paginate("home", jam.Pagination{Size: 2, Of: "/about"}), tree: posts,
			want: `config: Pagination of home /: of: content/about.md is a regular page, not a list`},

		{name: "cascade by another name", cfg: &jam.Config{FrontMatterKeys: keys}, tree: section("defaults: {weight: heavy}"),
			want: `content/posts/_index.md:3:20: front matter: weight: want an integer, have a string`},
		{name: "config cascade typed", cfg: cascade(jam.Cascade{Values: map[string]any{"stars": "many"}}), tree: posts,
			want: `Cascade[0]: front matter: stars: want an integer, have a string`},
		{name: "config cascade and a key by another name", cfg: cascade(jam.Cascade{Values: map[string]any{"layout": "x"}}),
			tree: page("template: y"), want: `warning: config: the collection with Match "posts/**" has no pages`},
		{name: "config cascade divides no pages", cfg: cascade(jam.Cascade{Values: map[string]any{"paginate": 1}}), tree: posts, want: ``},
		{name: "config cascade of a bad URL", cfg: cascade(jam.Cascade{Path: "/about", Values: map[string]any{"url": "../x"}}), tree: posts,
			want: `Cascade[0]: route: url "../x": "../x" is no valid file name: empty, . and .. elements are not allowed`},
		{name: "config cascade for no page", cfg: cascade(jam.Cascade{Path: "/news/**"}), tree: posts,
			want: `warning: config: Cascade[0]: no page matches it (paths begin with a slash)`},

		{name: "related index twice", cfg: related(jam.Related{Indices: []jam.RelatedIndex{{Name: "tags", Weight: 1}, {Name: "Tags", Weight: 2}}}), tree: posts,
			want: `config: Related.Indices[1]: "Tags" is there twice`},
		{name: "related weight", cfg: related(jam.Related{Indices: []jam.RelatedIndex{{Name: "tags", Weight: 1<<30 + 1}}}), tree: posts,
			want: `config: Related.Indices[0]: Weight is 1073741825: want at most 1073741824`},
		{name: "related no weight", cfg: related(jam.Related{Indices: []jam.RelatedIndex{{Name: "tags"}}}), tree: posts,
			want: `config: Related.Indices[0]: Weight is 0: want how much a keyword in common counts`},
		{name: "related limit", cfg: related(jam.Related{Limit: -1}), tree: posts,
			want: `config: Related.Limit is -1: want a number of pages`},

		{name: "language path twice", cfg: languages(en, jam.Language{Code: "de", Path: "../de"}), tree: both,
			want: `config: language de: Path "../de" is no valid folder`},
		{name: "language path of two", cfg: languages(en, jam.Language{Code: "de", Path: "/"}), tree: both,
			want: `config: language de: Path "/" is that of the language en`},
		{name: "language content a file", cfg: languages(en, jam.Language{Code: "de", ContentDir: "content/about.md"}), tree: posts,
			want: `content/about.md: read: is a file, where a folder is expected`},
		{name: "language content invalid", cfg: languages(en, jam.Language{Code: "de", ContentDir: "../de"}), tree: posts,
			want: `config: ContentDir "../de" is no valid name of a folder: want slashes, and no . or .. within`},
		{name: "language content of two", cfg: languages(jam.Language{Code: "en", ContentDir: "content"}, jam.Language{Code: "de", ContentDir: "content"}), tree: posts,
			want: `config: Languages[1]: ContentDir "content" is that of the language en`},
		{name: "suffix of no language", cfg: languages(en, de), tree: both + "-- content/about.fr.md --\n",
			want: `warning: content/about.fr.md: read: the language "fr" is not among Languages: the page is /about.fr`},

		{name: "messages in a folder", tree: posts + "-- i18n/en.toml --\na = 'b'\n-- i18n/x/en.toml --\na = 'b'\n",
			want: `warning: i18n/x/en.toml: i18n: the file's name is no language's: want one such as de.toml or pt-BR.toml; it is left out`},
		{name: "messages beside another file", tree: posts + "-- i18n/en.toml --\na = 'b'\n-- i18n/en.txt --\nnotes\n",
			want: `warning: i18n/en.txt: i18n: unknown format: want .toml, .yaml, .yml or .json; the file is left out`},
		{name: "messages with an underscore", cfg: &jam.Config{Language: "pt-BR"}, tree: posts + "-- i18n/pt_BR.toml --\na = 'b'\n-- layouts/all.html --\n{{ i18n \"a\" }}\n", want: ``},

		{name: "menu parent and page of another", tree: page("menus:\n  main: {parent: Docs, pageRef: /b}"),
			want: `warning: content/about.md:4:3: front matter: the menu "main" has no entry "Docs" to be the parent`},
		{name: "menu page left out", cfg: menu(jam.MenuEntry{Name: "A", PageRef: "/about"}), tree: page("draft: true"),
			want: `warning: config: Menus["main"][0]: pageRef "/about" leads to a page that is left out: it is a draft`},
		{name: "menu neither name nor page", cfg: menu(jam.MenuEntry{PageRef: "/abot"}), tree: page(""),
			want: `config: Menus["main"][0]: pageRef "/abot" leads to no page (did you mean "/about"?)`},

		{name: "redirects in a cycle", tree: "-- content/a.md --\n---\nredirect: /b/\n---\n-- content/b.md --\n---\nredirect: /a/\n---\n",
			want: `content/a.md:2:11: front matter: the redirect from /a/ leads back to itself by way of /b/
content/b.md:2:11: front matter: the redirect from /b/ leads back to itself by way of /a/`},
		{name: "redirect from a page", cfg: redirects(jam.Redirect{From: "/b/", To: "/about/"}, jam.Redirect{To: "/about/"}), tree: page(""),
			want: `
warning: config: Redirects[0]: From "/b/" is left out: content/b.md makes the file b/index.html
warning: config: Redirects[1]: From "" is left out: home / makes the file index.html`},
		{name: "redirect twice", cfg: redirects(jam.Redirect{From: "/x/", To: "/about/"}, jam.Redirect{From: "/x/", To: "/b/"}), tree: page(""),
			want: `warning: config: Redirects[1]: From "/x/" is left out: Redirects[0] makes the file x/index.html`},
		{name: "redirect to itself without a slash", cfg: redirects(jam.Redirect{From: "/x", To: "/x"}), tree: page(""),
			want: `config: the redirect from /x/ leads back to itself by way of /x`},
		{name: "redirect to itself in full", cfg: redirects(jam.Redirect{From: "/x/", To: "https://example.org/x/"}), tree: page(""),
			want: `config: the redirect from /x/ leads back to itself by way of https://example.org/x/`},

		{name: "reference to a draft", tree: page("draft: true") + "-- layouts/all.html --\n{{ if .IsPage }}{{ relref . \"/about\" }}{{ end }}\n",
			want: `layouts/all.html:1:20: render: at <relref . "/about">: error calling relref: "/about" leads to a page that is left out: it is a draft (page content/b.md)`},
		{name: "reference by a misspelt name", tree: posts + "-- layouts/all.html --\n{{ if .IsHome }}{{ relref . \"abuot\" }}{{ end }}\n",
			want: `layouts/all.html:1:20: render: at <relref . "abuot">: error calling relref: "abuot" leads to no page (did you mean "/about"?) (page home /)`},

		{name: "generator fails", cfg: &jam.Config{Generators: []jam.Generator{fails}}, tree: posts,
			want: `
/posts/c: page: no such page (did you mean "/posts/a"?): file does not exist
generator 1: generate: the API is down`},
		{name: "generator of nothing", cfg: &jam.Config{Generators: []jam.Generator{yields(nil)}}, tree: posts,
			want: `generator 1: generate: it yielded no document and no error`},

		{name: "permalink token once", cfg: &jam.Config{Permalinks: map[string]string{"posts": "/:yaer/"}}, tree: posts,
			want: `config: Permalinks["posts"]: permalink "/:yaer/": unknown token ":yaer" (did you mean "year"?)`},
		{name: "permalinks of no section", cfg: &jam.Config{Permalinks: map[string]string{"blog": "/:slug/"}}, tree: posts,
			want: `warning: config: Permalinks["blog"]: no page is in that section`},
	})
}

func TestDetails(t *testing.T) {
	two := []jam.Language{{Code: "en", Path: "en"}, {Code: "de"}}
	for _, test := range []struct {
		name, tree string
		cfg        jam.Config
		got        func(s *jam.Site) string
		want       string
	}{
		{"file of a home page without text, in a folder", "-- content/a.md --\n-- content/x.png --\n-- content/a.de.md --\n", jam.Config{Languages: two},
			func(s *jam.Site) string { return s.Home().Resources()[0].RelPermalink() }, "/en/x.png"},
		{"menu has the section by its page", "-- content/docs/a.md --\n",
			jam.Config{SectionMenu: "main", Menus: map[string][]jam.MenuEntry{"main": {{Name: "Manual", PageRef: "/docs"}}}},
			func(s *jam.Site) string { return fmt.Sprint(s.Menus()["main"]) }, "[Manual]"},
		{"menu has a page of the section", "-- content/docs/a.md --\n---\nmenus:\n  main: {parent: docs}\n---\n", jam.Config{SectionMenu: "main"},
			func(s *jam.Site) string { m := s.Menus()["main"]; return fmt.Sprint(m, m[0].Children()) }, "[Docs] [A]"},
		{"date of the name before lastmod", "-- content/2026-03-05-x.md --\n---\nlastmod: 2026-04-01\n---\n", jam.Config{FileNameDates: true},
			func(s *jam.Site) string { return s.Pages()[0].Date().Format("2006-01-02") }, "2026-03-05"},
		{"title of a dated name", "-- content/2026-03-05-my-day.md --\n", jam.Config{FileNameDates: true},
			func(s *jam.Site) string { return s.Pages()[0].Title() }, "My day"},
		{"own key by another name goes before a cascade", "-- content/a.md --\n---\ntemplate: own\n---\n",
			jam.Config{FrontMatterKeys: map[string]string{"template": "layout"}, Cascade: []jam.Cascade{{Values: map[string]any{"layout": "x"}}}},
			func(s *jam.Site) string { return s.Pages()[0].Layout() }, "own"},
	} {
		t.Run(test.name, func(t *testing.T) {
			tree := archive(t, test.tree)
			c := test.cfg
			c.Now, c.Renderer = now, jam.RendererFunc(dump)
			site, err := jam.Load(t.Context(), tree, &c)
			if err != nil {
				t.Fatal(err)
			}
			if got := test.got(site); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
