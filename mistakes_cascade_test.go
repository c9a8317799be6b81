package jam_test

import (
	"testing"

	"github.com/jam-go/jam"
)

func TestCascadeMistakes(t *testing.T) {
	const below = "-- content/s/a.md --\n-- content/s/b.md --\n-- content/s/c/_index.md --\n"
	section := func(front string) string {
		return "-- content/s/_index.md --\n---\ntitle: S\n" + front + "\n---\n" + below
	}
	config := func(c jam.Cascade) *jam.Config { return &jam.Config{Cascade: []jam.Cascade{{}, c}} }
	type post struct {
		Stars int `yaml:"stars"`
	}
	typed := &jam.Config{Collections: []jam.Schema{&jam.Collection[post]{Match: "s/**"}}}
	testMistakes(t, []mistake{
		{name: "no map", tree: section("cascade: draft"),
			want: `content/s/_index.md:3:10: front matter: cascade: want a map, have a string`},
		{name: "list with no map", tree: section("cascade:\n  - draft: false\n  - draft"),
			want: `content/s/_index.md:5:5: front matter: cascade: want a map, have a string`},
		{name: "empty", tree: section("cascade:"), want: ``},
		{name: "target no map", tree: section("cascade: {target: page}"),
			want: `content/s/_index.md:3:19: front matter: target: want a map, have a string`},
		{name: "unknown key of target", tree: section("cascade: {target: {knd: page}}"),
			want: `content/s/_index.md:3:20: front matter: unknown key "knd" in target (did you mean "kind"?)`},
		{name: "unknown kind", tree: section("cascade: {target: {kind: pages}}"),
			want: `content/s/_index.md:3:26: front matter: target: kind: unknown kind "pages" (did you mean "page"?)`},
		{name: "unknown kinds", tree: section("cascade: {_target: {kind: \"{pages,sections}\"}}"),
			want: `content/s/_index.md:3:27: front matter: target: kind: unknown kind "{pages,sections}"`},
		{name: "unknown language", tree: section("cascade: {target: {lang: xx}}"),
			want: `content/s/_index.md:3:26: front matter: target: lang: unknown language "xx"`},
		{name: "bad pattern", tree: section("cascade: {target: {path: \"/s/[a\"}}"),
			want: `content/s/_index.md:3:26: front matter: target: path: pattern "/s/[a": syntax error in pattern`},
		{name: "pattern of another type", tree: section("cascade: {target: {path: [a]}}"),
			want: `content/s/_index.md:3:26: front matter: path: want a string, have a list`},
		{name: "value of another type", tree: section("cascade:\n  weight: heavy\n  draft: perhaps"),
			want: `
content/s/_index.md:4:11: front matter: weight: want an integer, have a string
content/s/_index.md:5:10: front matter: draft: want true or false, have "perhaps"
`},
		{name: "value of another type in the second", tree: section("cascade:\n  - weight: 1\n  - target: {kind: page}\n    weight: heavy"),
			want: `content/s/_index.md:6:13: front matter: weight: want an integer, have a string`},
		{name: "key twice", tree: section("cascade: {Title: a, title: b}"),
			want: `content/s/_index.md:3:21: front matter: duplicate key "title" ("Title" is the same)`},
		{name: "unknown key of a map", tree: section("cascade: {build: {rendr: never}}"),
			want: `content/s/_index.md:3:19: front matter: unknown key "rendr" in build (did you mean "render"?)`},
		{name: "own value by another name goes before", cfg: &jam.Config{FrontMatterKeys: map[string]string{"template": "layout"}},
			tree: "-- content/s/_index.md --\n---\ncascade: {layout: x}\n---\n-- content/s/a.md --\n---\ntemplate: y\n---\n", want: ``},
		{name: "inherited typed value", cfg: typed, tree: section("cascade:\n  stars: many"),
			want: `content/s/_index.md:4:10: front matter: stars: want an integer, have a string`},
		{name: "inherited unknown typed key", cfg: typed, tree: section("cascade:\n  strs: 3"),
			want: `content/s/_index.md:4:3: front matter: unknown key "strs" in post (did you mean "stars"?)`},
		{name: "inherited resources", tree: section("cascade: {resources: [{src: \"x.png\", title: x}]}"),
			want: `warning: content/s/_index.md:3:29: front matter: resources: no file of this page matches "x.png"`},
		{name: "unknown language of a matrix", tree: section("cascade:\n  target: {sites: {matrix: {languages: [xx]}}}\n  weight: 1"),
			want: `content/s/_index.md:4:40: front matter: target: sites: unknown language "{xx}"`},
		{name: "language in lower case", tree: "-- content/a.md --\n-- content/a.pt-BR.md --\n", want: ``, cfg: &jam.Config{
			Languages: []jam.Language{{Code: "en"}, {Code: "pt-BR"}}, Cascade: []jam.Cascade{{Language: "pt-br", Values: map[string]any{"weight": 1}}}}},
		{name: "inherited menu", tree: section("cascade:\n  menus:\n    main: {parent: nobody}"),
			want: `warning: content/s/_index.md:5:5: front matter: the menu "main" has no entry "nobody" to be the parent, nor for 3 more entries`},
		{name: "inherited alias", tree: section("cascade:\n  aliases: [/old/]"),
			want: `warning: content/s/_index.md:4:13: route: the alias "/old/" is left out: content/s/_index.md has it as an alias, too`},
		{name: "inherited url", tree: section("cascade:\n  url: ../x"),
			want: `content/s/_index.md:4:8: route: url "../x": "../x" is no valid file name: empty, . and .. elements are not allowed`},
		{name: "inherited layout is missing", tree: section("cascade: {layout: x}") + "-- layouts/home.html --\n-- layouts/list.html --\n",
			want: `
content/s/a.md: template: no layout for this page (looked for s/x.html, x.html, _default/x.html, s/page.html, …)
content/s/b.md: template: no layout for this page (looked for s/x.html, x.html, _default/x.html, s/page.html, …)
`},
		{name: "in a regular page", tree: "-- content/a.md --\n---\ntitle: a\ncascade: {weight: 1}\n---\n",
			want: `warning: content/a.md:3:1: front matter: cascade: a regular page has no pages below; it is passed over`},
		{name: "wrong in a regular page", tree: "-- content/a.md --\n---\ntitle: a\ncascade: {weight: heavy}\n---\n",
			want: `warning: content/a.md:3:1: front matter: cascade: a regular page has no pages below; it is passed over`},

		{name: "config kind", cfg: config(jam.Cascade{Kind: "pgae"}), tree: below,
			want: `config: Cascade[1]: Kind: unknown kind "pgae" (did you mean "page"?)`},
		{name: "config language", cfg: config(jam.Cascade{Language: "de"}), tree: below,
			want: `config: Cascade[1]: Language: unknown language "de"`},
		{name: "config pattern", cfg: config(jam.Cascade{Path: "/s/{a"}), tree: below,
			want: `config: Cascade[1]: Path: pattern "/s/{a": brace is never closed`},
		{name: "config value", cfg: config(jam.Cascade{Values: map[string]any{"draft": 3}}), tree: below,
			want: `config: Cascade[1]: Values: draft: want true or false, have an integer`},
		{name: "config value of no such type", cfg: config(jam.Cascade{Values: map[string]any{"x": make(chan int)}}), tree: below,
			want: `config: Cascade[1]: values of type chan int have no place in front matter`},
		{name: "config keys that are one", cfg: config(jam.Cascade{Values: map[string]any{"Draft": true, "draft": true}}), tree: below,
			want: `config: Cascade[1]: Values: duplicate key "draft" ("Draft" is the same)`},
	})
}
