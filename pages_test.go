package jam_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
)

func TestOrders(t *testing.T) {
	tree := fstest.MapFS{}
	for name, front := range map[string]string{
		"a": "title: Delta\ndate: 2026-01-03\nlastmod: 2026-05-01\nrank: 10",
		"b": "title: Alpha\ndate: 2026-01-01\nweight: 2\nrank: 9.5",
		"c": "title: Charlie\ndate: 2026-01-02\nweight: -1\nexpiryDate: 2030-01-01\nrank: x",
		"d": "title: Bravo\nlinkTitle: Z\ndate: 2026-01-02\nexpiryDate: 2029-01-01",
	} {
		tree["content/"+name+".md"] = &fstest.MapFile{Data: []byte("---\n" + front + "\n---\n" + strings.Repeat(name, int(name[0]-'a')+1))}
	}
	site := mustLoad(t, tree, &jam.Config{Now: now})
	ps := site.Pages()
	for name, got := range map[string]jam.Pages{
		"c b a d": ps, // weights, then dates
		"b d c a": ps.ByTitle(),
		"b c a d": ps.ByLinkTitle(),
		"b c d a": ps.ByDate(),
		"a d c b": ps.ByDate().Reverse(),
		"b c d":   ps.ByLastmod().Limit(3),
		"a b d c": ps.ByExpiryDate(),
		"a b c d": ps.ByLength(),
		"b a c d": ps.ByParam("rank"),
		"c":       ps.ByDefault().Limit(1),
		"":        ps.Limit(-1),
	} {
		var names []string
		for _, p := range got {
			names = append(names, strings.TrimPrefix(p.Path(), "/"))
		}
		if g := strings.Join(names, " "); g != name {
			t.Errorf("got %q, want %q", g, name)
		}
	}
	first, second := ps[0], ps[1]
	if ps.Next(first) != nil || ps.Prev(first) != second || ps.Next(second) != first || second.Next() != first || first.Prev() != second {
		t.Error("neighbours are wrong")
	}
}

func TestTree(t *testing.T) {
	site := mustLoad(t, archive(t, `
-- content/docs/_index.md --
-- content/docs/guide/_index.md --
-- content/docs/guide/a.md --
-- content/docs/guide/folder/b.md --
-- content/docs/c.md --
-- content/other/d.md --
-- content/e.md --
`), nil)
	get := func(path string) *jam.Page {
		t.Helper()
		p, err := site.Page(path)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	a, b, docs, guide, home := get("/docs/guide/a"), get("docs/guide/folder/b"), get("docs"), get("docs/guide/_index.md"), get("/")
	if got := fmt.Sprint(paths(a.Ancestors())); got != "[/docs/guide /docs /]" {
		t.Errorf("Ancestors = %s", got)
	}
	if b.Parent() != guide || a.CurrentSection() != guide || guide.CurrentSection() != guide || a.FirstSection() != docs || home.FirstSection() != home {
		t.Error("sections are wrong")
	}
	if !docs.IsAncestor(a) || a.IsAncestor(docs) || !a.IsDescendant(home) || docs.IsDescendant(docs) || !a.InSection(b) || a.InSection(get("e")) {
		t.Error("relations are wrong")
	}
	if got := fmt.Sprint(paths(docs.RegularPagesRecursive())); got != "[/docs/guide/a /docs/guide/folder/b /docs/c]" {
		t.Errorf("RegularPagesRecursive = %s", got)
	}
	if got := fmt.Sprint(paths(docs.Pages()), paths(docs.RegularPages()), paths(docs.Sections())); got != "[/docs/c /docs/guide] [/docs/c] [/docs/guide]" {
		t.Errorf("lists = %s", got)
	}
	if a.GetPage("folder/b") != b || a.GetPage("b") != b || a.GetPage("/docs/c") != get("docs/c") || a.GetPage("a.md") != a || a.GetPage("../../../..") != nil {
		t.Error("GetPage is wrong")
	}
	if site.Home() != home || home.Parent() != nil || len(home.Ancestors()) != 0 || !slices.Equal(paths(site.Sections()), []string{"/docs", "/other"}) {
		t.Error("the top is wrong")
	}
	if f := a.File(); f.Path() != "docs/guide/a.md" || f.Filename() != "content/docs/guide/a.md" || f.Dir() != "docs/guide/" ||
		f.Ext() != "md" || f.BaseFileName() != "a" || f.LogicalName() != "a.md" || get("other").File() != nil {
		t.Errorf("File = %+v", f)
	}
}

func TestResources(t *testing.T) {
	site := mustLoad(t, archive(t, `
-- content/b/index.md --
-- content/b/one.PNG --
x
-- content/b/img/two.png --
yy
-- content/b/data.json --
{}
-- content/b/text.md --
t
`), &jam.Config{BaseURL: "https://example.org/p"})
	rs := site.GetPage("b").Resources()
	if len(rs) != 4 || len(rs.ByType("image")) != 2 || len(rs.ByType("page")) != 1 || rs.Get("./data.json").MediaType() != "application/json" {
		t.Errorf("resources: %v", rs)
	}
	if m, err := rs.Match("**.png"); err != nil || len(m) != 1 {
		t.Errorf("Match = %v, %v", m, err)
	}
	if m, err := rs.Match("**/*.png"); err != nil || len(m) != 2 {
		t.Errorf("Match = %v, %v", m, err)
	}
	r, err := rs.GetMatch("img/*")
	if err != nil || r.Name() != "img/two.png" || r.Permalink() != "https://example.org/p/b/img/two.png" {
		t.Errorf("GetMatch = %v, %v", r, err)
	}
	if c, err := r.Content(); err != nil || strings.TrimSpace(c.(string)) != "yy" {
		t.Errorf("Content = %q, %v", c, err)
	}
	if _, err := rs.GetMatch("[a"); err == nil {
		t.Error("a bad pattern is no error")
	}
}

// TestZipTree loads a site from a zip archive, which is made of another site.
func TestZipTree(t *testing.T) {
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	if err := w.AddFS(archive(t, smallSite)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil {
		t.Fatal(err)
	}
	site := mustLoad(t, z, nil)
	if err := fstest.TestFS(site.FS(t.Context()), "posts/a/index.html", "posts/b/pic.svg", "big.bin"); err != nil {
		t.Error(err)
	}
}

func TestKnownFields(t *testing.T) {
	site := mustLoad(t, archive(t, `
-- content/a.md --
---
title: T
linkTitle: L
description: D
summary: The *summary*.
Date: 2026-01-02 10:00
lastmod: 2026-01-03
publishDate: 2026-01-01
expiryDate: 2100-01-01
weight: 7
layout: x
type: y
aliases: /old
keywords: [k1, k2]
categories: [c]
outputs: [html, json]
translationKey: tk
menus:
  main: {name: M, weight: 5, params: {icon: i}}
  footer:
cascade: {color: blue}
sitemap: {changefreq: daily, priority: 0.5}
build: {render: true, list: never, publishResources: false}
params:
  deep: {Key: v}
Custom: [1, 2]
---
text
`), &jam.Config{Now: now, Params: map[string]any{"fromSite": 1}})
	p := site.GetPage("a")
	got := fmt.Sprintln(p.Title(), p.LinkTitle(), p.Description(), p.Summary(), p.Truncated(),
		p.Date().Format("2006-01-02T15:04Z07:00"), p.Lastmod().Format("2006-01-02"), p.PublishDate().Format("2006-01-02"), p.ExpiryDate().Year(),
		p.Weight(), p.Layout(), p.Type(), p.Aliases(), p.Keywords(), p.Terms("categories"), p.Outputs(), p.TranslationKey(),
		p.Menus()[0].Menu, p.Menus()[0].Name, p.Menus()[0].Weight, p.Menus()[0].Params, p.Menus()[1].Menu, p.Cascade(), p.Sitemap(), p.BuildOptions(),
		p.Param("deep.key"), p.Param("custom"), p.Param("FROMSITE"), p.Param("none"), p.Params()["Custom"])
	want := "T L D The <em>summary</em>. true 2026-01-02T10:00Z 2026-01-03 2026-01-01 2100 " +
		"7 x y [/old] [k1 k2] [c] [html json] tk " +
		"main M 5 map[icon:i] footer [map[color:blue]] {daily 0.5  false} {always never false} " +
		"v [1 2] 1 <nil> [1 2]\n"
	if got != want {
		t.Errorf("got  %swant %s", got, want)
	}
}

func TestLanguage(t *testing.T) {
	for code, dir := range map[string]string{"en": "ltr", "ar": "rtl", "he-IL": "rtl", "fa": "rtl", "zh-Hant": "ltr", "az-Arab": "rtl", "": "ltr"} {
		site := mustLoad(t, fstest.MapFS{"content/a.md": {}}, &jam.Config{Language: code})
		if got := site.Language(); got.Dir != dir {
			t.Errorf("%q runs %s", code, got.Dir)
		}
	}
	_, err := jam.Load(t.Context(), fstest.MapFS{"content/a.md": {}}, &jam.Config{Language: "no language"})
	if err == nil || !strings.HasPrefix(err.Error(), `config: Language "no language": `) {
		t.Errorf("err = %v", err)
	}
}

func TestOrderIgnoresCase(t *testing.T) {
	site := mustLoad(t, fstest.MapFS{"content/b.md": {Data: []byte("# banana")}, "content/c.md": {Data: []byte("# Cherry")},
		"content/a.md": {Data: []byte("# Apple")}}, nil)
	for _, ps := range []jam.Pages{site.Pages(), site.Pages().ByTitle(), site.Pages().ByLinkTitle()} {
		if got := fmt.Sprint(paths(ps)); got != "[/a /b /c]" {
			t.Errorf("order %s", got)
		}
	}
}
