package jam_test

import (
	"encoding/json"
	"testing"

	"github.com/jam-go/jam"
)

// TestMenuItem has entries, from the configuration and from front matter, say all that they were declared with.
func TestMenuItem(t *testing.T) {
	const tree = `
-- content/a.md --
---
title: A
menus:
  main: {name: Front, title: Of A, identifier: front, weight: 2, pre: <i>, post: </i>, params: {icon: a}}
---
-- content/b.md --
---
title: B
---
`
	all := jam.MenuEntry{Name: "All", Title: "Of all", Identifier: "all", Weight: 1, Pre: "<b>", Post: "</b>", URL: "/x/?y#z", Params: map[string]any{"icon": "x"}}
	site := mustLoad(t, archive(t, tree), &jam.Config{BaseURL: "https://example.com/sub/", Menus: map[string][]jam.MenuEntry{
		"main": {all, {PageRef: "/b", Weight: 3}, {Name: "Below", Parent: "all", URL: "mailto:me@example.com"}},
	}})
	type said struct {
		Name, Title, Identifier, KeyName, Pre, Post, PageRef, URL, Page, Parent, Menu, String string
		Weight                                                                                int
		Params                                                                                map[string]any
		HasChildren                                                                           bool
	}
	say := func(i *jam.MenuItem) said {
		s := said{Name: i.Name(), Title: i.Title(), Identifier: i.Identifier(), KeyName: i.KeyName(), Pre: string(i.Pre()), Post: string(i.Post()),
			PageRef: i.PageRef(), URL: i.URL(), Menu: i.Menu(), String: i.String(), Weight: i.Weight(), Params: i.Params(), HasChildren: i.HasChildren()}
		if p := i.Page(); p != nil {
			s.Page = p.Path()
		}
		if p := i.Parent(); p != nil {
			s.Parent = p.Name()
		}
		return s
	}
	main := site.Menus()["main"]
	if len(main) != 3 || len(main[0].Children()) != 1 {
		t.Fatalf("menu %v", main)
	}
	for i, tt := range []struct {
		item *jam.MenuItem
		want said
	}{
		{main[0], said{Name: "All", Title: "Of all", Identifier: "all", KeyName: "all", Pre: "<b>", Post: "</b>", URL: "/sub/x/?y#z", Menu: "main", String: "All",
			Weight: 1, Params: map[string]any{"icon": "x"}, HasChildren: true}},
		{main[0].Children()[0], said{Name: "Below", KeyName: "Below", URL: "mailto:me@example.com", Parent: "All", Menu: "main", String: "Below"}},
		{main[1], said{Name: "Front", Title: "Of A", Identifier: "front", KeyName: "front", Pre: "<i>", Post: "</i>", URL: "/sub/a/", Page: "/a", Menu: "main", String: "Front",
			Weight: 2, Params: map[string]any{"icon": "a"}}},
		{main[2], said{Name: "B", Title: "B", KeyName: "B", PageRef: "/b", URL: "/sub/b/", Page: "/b", Menu: "main", String: "B", Weight: 3}},
	} {
		have, _ := json.Marshal(say(tt.item))
		if want, _ := json.Marshal(tt.want); string(have) != string(want) {
			t.Errorf("%d:\nhave %s\nwant %s", i, have, want)
		}
	}
}
