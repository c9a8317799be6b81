package jam_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
)

// The expectations here are what Hugo 0.165 makes of the same tree.
func TestAsHugoHasIt(t *testing.T) {
	file := func(front ...string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\n" + strings.Join(front, "\n") + "\n---\n")}
	}
	tree := fstest.MapFS{
		"content/a/_index.md":         file("title: A"),
		"content/a/hid/_index.md":     file("title: Hid", "build: {list: never}"),
		"content/a/hid/x.md":          file("title: X"),
		"content/a/loc/_index.md":     file("title: Loc", "build: {list: local}"),
		"content/a/loc/y.md":          file("title: Y", "build: {list: local}"),
		"content/a/never.md":          file("title: Never", "build: {list: never}"),
		"content/a/Big Name.md":       file("title: Big"),
		"content/a/big-name.de.md":    file("title: Groß"),
		"content/a-b/_index.md":       file("title: Beside"),
		"content/a-b/z.md":            file("title: Z"),
		"content/case/Relref.md":      file("title: relref"),
		"content/case/a/_index.md":    file("title: RelRef"),
		"content/case/b/_index.md":    file("title: Relref"),
		"content/case/c/_index.md":    file("title: relref"),
		"content/two/Same.md":         file("title: Same", "url: one/"),
		"content/two/same.md":         file("title: Same", "url: two/"),
		"content/two/other/_index.md": file("title: Other"),
	}
	site := mustLoad(t, tree, &jam.Config{
		Languages: []jam.Language{{Code: "en"}, {Code: "de"}}, Taxonomies: []string{},
		Menus: map[string][]jam.MenuEntry{"main": {{Name: "Start", PageRef: "/A"}, {Name: "Own", Title: "Mine", PageRef: "/a"}, {Name: "Away", URL: "https://example.org/"}}},
	})
	page := func(path string) *jam.Page {
		p, err := site.Page(path)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for path, want := range map[string]string{
		"/a":     "[/a/Big Name /a/hid/x /a/loc/y]", // also what is below a section in no list
		"/a/hid": "[/a/hid/x]",
		"/a/loc": "[/a/loc/y]",
		"/a-b":   "[/a-b/z]",
	} {
		if got := fmt.Sprint(page(path).RegularPagesRecursive()); got != want {
			t.Errorf("%s: RegularPagesRecursive = %s, want %s", path, got, want)
		}
	}
	for _, path := range []string{"/a/Big Name", "/A/big NAME", "/a/big-name", "a/big name"} {
		if p := page(path); p.Path() != "/a/Big Name" {
			t.Errorf("Page(%q) = %s", path, p)
		}
	}
	if _, err := site.Page("/two/SAME"); err == nil {
		t.Error("a path that fits two pages is found")
	}
	if got := page("/a/big-name").Translations(); len(got) != 1 || got[0].Title() != "Groß" {
		t.Errorf("Translations = %v", got)
	}
	if got, want := fmt.Sprint(page("/case").Pages()), "[/case/Relref /case/c /case/b /case/a]"; got != want {
		t.Errorf("order = %s, want %s: lower case goes first", got, want)
	}
	var titles []string
	for _, e := range site.Menus()["main"] {
		titles = append(titles, e.Name()+"="+e.Title())
	}
	if got, want := strings.Join(titles, " "), "Away= Own=Mine Start=A"; got != want {
		t.Errorf("titles of menu entries = %s, want %s", got, want)
	}
}
