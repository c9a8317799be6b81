package jam_test

import (
	"testing"

	"github.com/jam-go/jam"
)

func TestMenuMistakes(t *testing.T) {
	menu := func(entries ...jam.MenuEntry) *jam.Config {
		return &jam.Config{Menus: map[string][]jam.MenuEntry{"main": entries}}
	}
	const about = "-- content/about.md --\n"
	page := func(front string) string { return "-- content/about.md --\n---\ntitle: About\n" + front + "\n---\n" }
	testMistakes(t, []mistake{
		{name: "one name twice", cfg: menu(jam.MenuEntry{Name: "A", URL: "/a/"}, jam.MenuEntry{Name: "A", URL: "/b/"}), tree: about,
			want: `config: Menus["main"][1]: the menu "main" has two entries called "A", the other in Menus["main"][0]: give them identifiers`},
		{name: "one entry twice", cfg: menu(jam.MenuEntry{Name: "A", URL: "/a/"}, jam.MenuEntry{Name: "A", URL: "/a/"}), tree: about,
			want: `config: Menus["main"][1]: the menu "main" has two entries called "A", the other in Menus["main"][0]: give them identifiers`},
		{name: "identifiers tell apart", cfg: menu(jam.MenuEntry{Name: "A", Identifier: "a", URL: "/a/"}, jam.MenuEntry{Name: "A", Identifier: "b", URL: "/b/"}), tree: about, want: ``},
		{name: "configuration and page", cfg: menu(jam.MenuEntry{Name: "About", URL: "/x/"}), tree: page("menus: main"),
			want: `warning: content/about.md:3:8: front matter: the menu "main" has two entries called "About", the other in Menus["main"][0]: give them identifiers`},
		{name: "two pages", tree: page("menus: [main]") + "-- content/b.md --\n---\nmenus:\n  main: {name: About}\n---\n",
			want: `warning: content/b.md:3:3: front matter: the menu "main" has two entries called "About", the other in content/about.md: give them identifiers`},
		{name: "one page twice", tree: page("menus: [main, main]"),
			want: `warning: content/about.md:3:15: front matter: the page is in the menu "main" twice: give the entries identifiers`},
		{name: "page and section", cfg: &jam.Config{SectionMenu: "main", Menus: map[string][]jam.MenuEntry{"main": {{Name: "S", URL: "/x/"}}}},
			tree: "-- content/s/_index.md --\n-- content/s/a.md --\n", want: ``},
		{name: "unknown parent", cfg: menu(jam.MenuEntry{Name: "Docs", URL: "/"}, jam.MenuEntry{Name: "A", URL: "/a/", Parent: "Dosc"}), tree: about,
			want: `config: Menus["main"][1]: the menu "main" has no entry "Dosc" to be the parent (did you mean "Docs"?)`},
		{name: "unknown parent of a page", tree: page("menus:\n  main:\n    parent: Docs"),
			want: `warning: content/about.md:4:3: front matter: the menu "main" has no entry "Docs" to be the parent`},
		{name: "own parent", cfg: menu(jam.MenuEntry{Name: "A", URL: "/a/", Parent: "A"}), tree: about,
			want: `config: Menus["main"][0]: the menu "main" has a cycle of parents: A, A`},
		{name: "two in a cycle", cfg: menu(jam.MenuEntry{Name: "A", URL: "/a/", Parent: "B"}, jam.MenuEntry{Name: "B", URL: "/b/", Parent: "A"}), tree: about,
			want: `config: Menus["main"][0]: the menu "main" has a cycle of parents: A, B, A`},
		{name: "three in a cycle and one below", cfg: menu(
			jam.MenuEntry{Name: "D", URL: "/d/", Parent: "A"},
			jam.MenuEntry{Name: "A", URL: "/a/", Parent: "B"},
			jam.MenuEntry{Name: "B", URL: "/b/", Parent: "C"},
			jam.MenuEntry{Name: "C", URL: "/c/", Parent: "A"}), tree: about,
			want: `config: Menus["main"][1]: the menu "main" has a cycle of parents: A, B, C, A`},
		{name: "cycle of pages", tree: page("menus:\n  main: {parent: B}") + "-- content/b.md --\n---\nmenus:\n  main: {parent: About}\n---\n",
			want: `warning: content/about.md:4:3: front matter: the menu "main" has a cycle of parents: About, B, About`},
		{name: "page that is not there", cfg: menu(jam.MenuEntry{Name: "A", PageRef: "/abuot"}), tree: about,
			want: `config: Menus["main"][0]: pageRef "/abuot" leads to no page (did you mean "/about"?)`},
		{name: "page that is not there for a page", tree: page("menus:\n  main:\n    pageRef: /abuot"),
			want: `warning: content/about.md:4:3: front matter: pageRef "/abuot" leads to no page (did you mean "/about"?)`},
		{name: "no name and no page", cfg: menu(jam.MenuEntry{URL: "https://example.com/"}), tree: about,
			want: `config: Menus["main"][0]: the entry has neither a name nor a page`},
		{name: "unknown key", tree: page("menus:\n  main:\n    wieght: 1"),
			want: `content/about.md:5:5: front matter: unknown key "wieght" in a menu entry (did you mean "weight"?)`},
		{name: "wrong types", tree: page("menus:\n  main: {weight: heavy, name: [a], params: x}\n  footer: top"),
			want: `
content/about.md:4:18: front matter: weight: want an integer, have a string
content/about.md:4:31: front matter: name: want a string, have a list
content/about.md:4:44: front matter: params: want a map, have a string
content/about.md:5:11: front matter: menus.footer: want a map, have a string
`},
		{name: "no menu", tree: page("menus: 3"), want: ``},
		{name: "of a language", cfg: &jam.Config{Languages: []jam.Language{{Code: "en"}, {Code: "de", Menus: map[string][]jam.MenuEntry{
			"main": {{Name: "A", PageRef: "/abuot"}}}}}}, tree: about + "-- content/about.de.md --\n",
			want: `config: Languages[1].Menus["main"][0]: pageRef "/abuot" leads to no page (did you mean "/about"?)`},
		{name: "of all languages", cfg: &jam.Config{Languages: []jam.Language{{Code: "en"}, {Code: "de"}}, Menus: map[string][]jam.MenuEntry{
			"main": {{Name: "A", URL: "/a/", Parent: "x"}}}}, tree: about + "-- content/about.de.md --\n",
			want: `config: Menus["main"][0]: the menu "main" has no entry "x" to be the parent (did you mean "A"?)`},
	})
}
