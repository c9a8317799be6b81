package jam_test

import (
	"context"
	"iter"
	"testing"

	"github.com/jam-go/jam"
)

func TestRedirectMistakes(t *testing.T) {
	page := func(front string) string {
		return "-- content/a.md --\n---\ntitle: A\n" + front + "\n---\n-- content/b.md --\n---\ntitle: B\n---\n"
	}
	redirects := func(list ...jam.Redirect) *jam.Config { return &jam.Config{Redirects: list} }
	testMistakes(t, []mistake{
		{name: "alias is a page", tree: page("aliases: [/old/, /b/]"),
			want: `warning: content/a.md:3:18: route: the alias "/b/" is left out: content/b.md makes the file b/index.html`},
		{name: "alias is a file", tree: page("aliases: /x.html") + "-- static/x.html --\n",
			want: `warning: content/a.md:3:10: route: the alias "/x.html" is left out: static/x.html makes the file x.html`},
		{name: "alias of two pages", tree: page("aliases:\n  - /old/") + "-- content/c.md --\n---\naliases:\n  - /older/\n  - /old\n---\n",
			want: `warning: content/c.md:4:5: route: the alias "/old" is left out: content/a.md has it as an alias, too`},
		{name: "own URL", tree: page("aliases: [/a/]"),
			want: `warning: content/a.md:3:11: route: the alias "/a/" is the page's own URL`},
		{name: "twice in a page", tree: page("aliases: [/old/, /old]"), want: ``},
		{name: "leads out", tree: page("aliases: [../../x, /../x]"),
			want: `
content/a.md:3:20: front matter: alias "/../x": "/../x" leads out of the site
`},
		{name: "absolute", tree: page("aliases: [\"https://example.org/x/\"]"),
			want: `content/a.md:3:11: front matter: alias "https://example.org/x/": "https://example.org/x/": want a path within the site, such as /old/`},
		{name: "query", tree: page("aliases: [\"/?p=1\"]"),
			want: `content/a.md:3:11: front matter: alias "/?p=1": "/?p=1": want a path within the site, such as /old/`},
		{name: "no URL", tree: page("aliases: [\"/%zz\"]"),
			want: `content/a.md:3:11: front matter: alias "/%zz": parse "/%zz": invalid URL escape "%zz"`},
		{name: "alias no text", tree: page("aliases: [[a]]"),
			want: `content/a.md:3:11: front matter: aliases: want a string, have a list`},
		{name: "where a folder is needed", tree: page("aliases: [/b/c.html/, /b/c.html/d/, /b/c.html]"),
			want: `content/a.md: route: makes the file b/c.html, where content/a.md needs a folder of that name for b/c.html/d/index.html`},
		{name: "redirect to a script", tree: page("redirect: \"javascript:alert(1)\""),
			want: `content/a.md:3:11: front matter: redirect: want a path, or a URL that begins with http:// or https://, have "javascript:alert(1)"`},
		{name: "config to nowhere", cfg: redirects(jam.Redirect{From: "/x/"}), tree: page(""),
			want: `config: Redirects[0]: To: want a path or a URL to lead to, have none`},
		{name: "config to a script", cfg: redirects(jam.Redirect{From: "/x/", To: "JavaScript:alert(1)"}), tree: page(""),
			want: `config: Redirects[0]: To: want a path, or a URL that begins with http:// or https://, have "JavaScript:alert(1)"`},
		{name: "config to data", cfg: redirects(jam.Redirect{From: "/x/", To: "data:text/html,x"}), tree: page(""),
			want: `config: Redirects[0]: To: want a path, or a URL that begins with http:// or https://, have "data:text/html,x"`},
		{name: "config from elsewhere", cfg: redirects(jam.Redirect{From: "https://example.com/x/", To: "/a/"}, jam.Redirect{From: "/../x", To: "/a/"}), tree: page(""),
			want: `
config: Redirects[0]: From: "https://example.com/x/": want a path within the site, such as /old/
config: Redirects[1]: From: "/../x" leads out of the site
`},
		{name: "config in a cycle", cfg: redirects(jam.Redirect{From: "/x/", To: "/y/"}, jam.Redirect{From: "/y/", To: "/z/"}, jam.Redirect{From: "/z/", To: "/x/"}), tree: page(""),
			want: `
config: the redirect from /x/ leads back to itself by way of /y/
config: the redirect from /y/ leads back to itself by way of /z/
config: the redirect from /z/ leads back to itself by way of /x/
`},
		{name: "config to itself", cfg: redirects(jam.Redirect{From: "/x/", To: "/x/"}), tree: page(""),
			want: `config: the redirect from /x/ leads back to itself by way of /x/`},
	})
}

func TestReferenceMistakes(t *testing.T) {
	const tree = `
-- content/_index.md --
-- content/posts/intro.md --
## One thing
## Another thing
-- content/docs/intro.md --
-- content/docs/setup.md --
-- content/docs/draft.md --
---
draft: true
---
-- layouts/all.html --
`
	on := func(body string) string { return tree + "{{ if .IsHome }}" + body + "{{ end }}\n" }
	testMistakes(t, []mistake{
		{name: "ambiguous ref", tree: on(`{{ ref . "intro" }}`),
			want: `layouts/all.html:1:20: render: at <ref . "intro">: error calling ref: "intro" is ambiguous: it may be /docs/intro, /posts/intro (page content/_index.md)`},
		{name: "ambiguous relref with extension", tree: on(`{{ relref . "intro.md" }}`),
			want: `layouts/all.html:1:20: render: at <relref . "intro.md">: error calling relref: "intro.md" is ambiguous: it may be /docs/intro, /posts/intro (page content/_index.md)`},
		{name: "ambiguous GetPage", tree: on(`{{ .GetPage "intro" }}`),
			want: `layouts/all.html:1:20: render: at <.GetPage>: error calling GetPage: "intro" is ambiguous: it may be /docs/intro, /posts/intro (page content/_index.md)`},
		{name: "ambiguous site.GetPage", tree: on(`{{ site.GetPage "intro" }}`),
			want: `layouts/all.html:1:24: render: at <site.GetPage>: error calling GetPage: "intro" is ambiguous: it may be /docs/intro, /posts/intro (page content/_index.md)`},
		{name: "no page", tree: on(`{{ relref . "setpu" }}`),
			want: `layouts/all.html:1:20: render: at <relref . "setpu">: error calling relref: "setpu" leads to no page (page content/_index.md)`},
		{name: "no page at a path", tree: on(`{{ relref . "/docs/setpu" }}`),
			want: `layouts/all.html:1:20: render: at <relref . "/docs/setpu">: error calling relref: "/docs/setpu" leads to no page (did you mean "/docs/setup"?) (page content/_index.md)`},
		{name: "no anchor", tree: on(`{{ relref . "/posts/intro#one-thign" }}`),
			want: `layouts/all.html:1:20: render: at <relref . "/posts/intro#one-thign">: error calling relref: content/posts/intro.md has no anchor "#one-thign" (did you mean "one-thing"?) (page content/_index.md)`},
		{name: "no own anchor", tree: on(`{{ relref . "#x" }}`),
			want: `layouts/all.html:1:20: render: at <relref . "#x">: error calling relref: content/_index.md has no anchor "#x" (page content/_index.md)`},
		{name: "no text", tree: on(`{{ relref . 3 }}`),
			want: `layouts/all.html:1:20: render: at <relref . 3>: error calling relref: want a page's path, have int (page content/_index.md)`},
		{name: "no path", tree: on(`{{ relref . (dict "lang" "en") }}`),
			want: `layouts/all.html:1:20: render: at <relref . (dict "lang" "en")>: error calling relref: want a page's path, have nil (page content/_index.md)`},
	})
}

// yields returns a generator of documents.
func yields(docs ...*jam.Document) jam.Generator {
	return func(context.Context, *jam.Site) iter.Seq2[*jam.Document, error] {
		return func(yield func(*jam.Document, error) bool) {
			for _, d := range docs {
				if !yield(d, nil) {
					return
				}
			}
		}
	}
}

func TestGeneratorMistakes(t *testing.T) {
	gen := func(list ...jam.Generator) *jam.Config { return &jam.Config{Generators: list} }
	page := func(path, front string) *jam.Document { return &jam.Document{Path: path, Body: []byte(front)} }
	const tree = "-- content/a.md --\n---\naliases: /old/\n---\n-- static/robots.txt --\n"
	testMistakes(t, []mistake{
		{name: "nil", cfg: gen(nil), tree: tree,
			want: `config: Generators[0] is nil`},
		{name: "path is taken", cfg: gen(yields(page("a.md", ""))), tree: tree,
			want: `generator 1: a.md: generate: the path is taken: by content/a.md`},
		{name: "path is taken by another", cfg: gen(yields(page("b.md", "")), yields(page("b.md", ""))), tree: tree,
			want: `generator 2: b.md: generate: the path is taken: by generator 1: b.md`},
		{name: "path twice", cfg: gen(yields(page("b.md", ""), page("b.md", ""))), tree: tree,
			want: `generator 1: b.md: generate: the path is taken: by generator 1: b.md`},
		{name: "route is taken", cfg: gen(yields(page("a/index.md", ""))), tree: tree,
			want: `generator 1: a/index.md: route: makes the same file as content/a.md: a/index.html`},
		{name: "route of a static file", cfg: gen(yields(page("robots.txt", "x"))), tree: tree,
			want: `static/robots.txt: route: makes the same file as generator 1: robots.txt: robots.txt`},
		{name: "route of an alias", cfg: gen(yields(page("old.md", ""))), tree: tree,
			want: `warning: content/a.md:2:10: route: the alias "/old/" is left out: generator 1: old.md makes the file old/index.html`},
		{name: "routes of two", cfg: gen(yields(page("x.md", "---\nurl: /y/\n---\n")), yields(page("y.md", ""))), tree: tree,
			want: `generator 2: y.md: route: makes the same file as generator 1: x.md: y/index.html`},
		{name: "invalid paths", cfg: gen(yields(page("../x.md", ""), page("/x.md", ""), page("", ""))), tree: tree,
			want: `
generator 1: read: "" is not a valid document path: want slashes, and no . or .. within
generator 1: ../x.md: read: "../x.md" is not a valid document path: want slashes, and no . or .. within
generator 1: /x.md: read: "/x.md" is not a valid document path: want slashes, and no . or .. within
`},
		{name: "front matter", cfg: gen(yields(page("x.md", "---\ntitle: [a]\n---\n"), &jam.Document{Path: "y.md", FrontMatter: map[string]any{"draft": "x"}})), tree: tree,
			want: `
generator 1: x.md:2:8: front matter: title: want a string, have a list
generator 1: y.md: front matter: draft: want true or false, have "x"
`},
		{name: "unknown language", cfg: gen(yields(&jam.Document{Path: "x.md", Language: "xx"})), tree: tree,
			want: `generator 1: x.md: read: unknown language "xx"`},
		{name: "no sequence", cfg: gen(func(context.Context, *jam.Site) iter.Seq2[*jam.Document, error] { return nil }), tree: tree,
			want: `generator 1: generate: it returned nil: want an iterator, if need be one that yields nothing`},
		{name: "panic", cfg: gen(func(context.Context, *jam.Site) iter.Seq2[*jam.Document, error] { panic("oh no") }), tree: tree,
			want: `generator 1: generate: panic: oh no`},
		{name: "panic in the sequence", cfg: gen(func(context.Context, *jam.Site) iter.Seq2[*jam.Document, error] {
			return func(func(*jam.Document, error) bool) { panic("oh no") }
		}), tree: tree,
			want: `generator 1: generate: panic: oh no`},
		{name: "after a mistake", cfg: gen(func(context.Context, *jam.Site) iter.Seq2[*jam.Document, error] { panic("not called") }),
			tree: tree + "-- content/b.md --\n---\ntitle: [b]\n---\n",
			want: `content/b.md:2:8: front matter: title: want a string, have a list`},
	})
}

func TestPermalinkMistakes(t *testing.T) {
	patterns := func(section, pattern string) *jam.Config {
		return &jam.Config{Permalinks: map[string]string{section: pattern}}
	}
	hook := func(f func(p *jam.Page) string) *jam.Config { return &jam.Config{Permalink: f} }
	const tree = "-- content/posts/a.md --\n-- content/posts/b.md --\n"
	testMistakes(t, []mistake{
		{name: "unknown kind", cfg: patterns("sections:posts", "/x/"), tree: tree,
			want: `config: Permalinks["sections:posts"]: unknown kind "sections" (did you mean "section"?)`},
		{name: "no date", cfg: patterns("posts", "/:year/:slug/"), tree: tree,
			want: `
content/posts/a.md: route: the permalink "/:year/:slug/" needs a date, and the page has none
content/posts/b.md: route: the permalink "/:year/:slug/" needs a date, and the page has none
`},
		{name: "one URL for two", cfg: patterns("posts", "/:section/x/"), tree: tree,
			want: `content/posts/b.md: route: makes the same file as content/posts/a.md: posts/x/index.html`},
		{name: "leads out", cfg: patterns("posts", "/../:slug/"), tree: tree,
			want: `
content/posts/a.md: route: "../a/index.html" is no valid file name: empty, . and .. elements are not allowed
content/posts/b.md: route: "../b/index.html" is no valid file name: empty, . and .. elements are not allowed
`},
		{name: "hook panics", cfg: hook(func(p *jam.Page) string { _ = p.Params()["x"].(string); return "" }), tree: tree,
			want: `home /: route: panic: interface conversion: interface {} is nil, not string`},
		{name: "hook leads out", cfg: hook(func(p *jam.Page) string {
			if p.IsPage() {
				return "/../" + p.Title()
			}
			return ""
		}), tree: tree,
			want: `
content/posts/a.md: route: url "/../A": "../A" is no valid file name: empty, . and .. elements are not allowed
content/posts/b.md: route: url "/../B": "../B" is no valid file name: empty, . and .. elements are not allowed
`},
		{name: "hook gives a URL", cfg: hook(func(p *jam.Page) string { return "https://example.org" + p.Path() }), tree: tree,
			want: `
content/posts/a.md: route: url "https://example.org/posts/a": want a path within the site, such as /about/
content/posts/b.md: route: url "https://example.org/posts/b": want a path within the site, such as /about/
home /: route: url "https://example.org/": want a path within the site, such as /about/
section /posts: route: url "https://example.org/posts": want a path within the site, such as /about/
`},
		{name: "hook gives one for two", cfg: hook(func(p *jam.Page) string {
			if p.IsPage() {
				return "/x/"
			}
			return ""
		}), tree: tree,
			want: `content/posts/b.md: route: makes the same file as content/posts/a.md: x/index.html`},
		{name: "url with an unknown token", tree: "-- content/a.md --\n---\nurl: /:yaer/\n---\n",
			want: `content/a.md:2:6: route: permalink "/:yaer/": unknown token ":yaer" (did you mean "year"?)`},
		{name: "url of another site", tree: "-- content/a.md --\n---\ntitle: a\nurl: https://example.org/\n---\n",
			want: `content/a.md:3:6: route: url "https://example.org/": want a path within the site, such as /about/`},
	})
}
