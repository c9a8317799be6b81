package jam_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/sitetest"
)

// TestTextsOfBundles shows that a text in the folder of a page is a resource with the content of a page.
func TestTextsOfBundles(t *testing.T) {
	tree := archive(t, `
-- content/blocks/index.md --
---
title: Blocks
headless: true
resources: [{src: "named.md", title: Given, params: {color: red}}]
---
-- content/blocks/one.md --
---
title: One
color: blue
size: 2
tags: [x]
menus: main
---
The *first*, with a [link](../b.md) and ![x](pic.png).
-- content/blocks/sub/two.md --
# Two

Text.
-- content/blocks/named.md --
---
color: blue
---
-- content/blocks/draft.md --
---
draft: true
---
-- content/blocks/pic.png --
-- content/b.md --
-- layouts/all.html --
{{ with site.GetPage "/blocks" }}{{ range .Resources.ByType "page" }}{{ .Name }}={{ .Title }}:{{ .Content }}{{ with .Params.color }}[{{ . }}]{{ end }}{{ with .Page }}({{ .Path }}{{ .RelPermalink }} in {{ .Parent }}){{ end }};{{ end }}{{ end }}
`)
	cfg := &jam.Config{Now: now, Minify: jam.Minify{Disabled: true}}
	site := sitetest.Load(t, tree, cfg)
	built := site.Build()
	got := strings.TrimSpace(built.Output("/").String())
	want := `named.md=Given:[red](/blocks/named in /blocks);` +
		`one.md=One:<p>The <em>first</em>, with a <a href="/b/">link</a> and <img src="/blocks/pic.png" alt="x">.</p>` + "\n" +
		`[blue](/blocks/one in /blocks);sub/two.md=Two:<h1 id="two">Two</h1>` + "\n<p>Text.</p>\n(/blocks/sub/two in /blocks);"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if files := strings.Join(site.Files(), " "); strings.Contains(files, "one") || strings.Contains(files, "tags/x") || !strings.Contains(files, "blocks/pic.png") {
		t.Errorf("files: %s", files)
	}
	if len(site.Pages()) != 1 || len(site.AllPages()) != 2 || len(site.Menus()) != 0 || site.GetPage("/blocks/one") != nil {
		t.Errorf("the texts are pages of the site: %v, %v, %v", site.Pages(), site.AllPages(), site.Menus())
	}
	for _, w := range built.Warnings {
		if !strings.Contains(w.Error(), "are its resources, not pages") {
			t.Errorf("warning: %v", w)
		}
	}
	if err := fstest.TestFS(site.FS(t.Context()), site.Files()...); err != nil {
		t.Error(err)
	}
}

func TestTextsOfBundlesMistakes(t *testing.T) {
	testMistakes(t, []mistake{
		{name: "front matter", tree: "-- content/a/index.md --\n-- content/a/x.md --\n---\nweight: heavy\n---\n",
			want: `content/a/x.md:2:9: front matter: weight: want an integer, have a string`},
		{name: "link", tree: "-- content/a/index.md --\n-- content/a/x.md --\n[y](no.md)\n-- layouts/all.html --\n{{ range .Resources }}{{ .Content }}{{ end }}\n",
			want: `
warning: content/a/index.md: content: texts in this page's folder are its resources, not pages: x.md (call it _index.md to make it a section, or set Config.NoBundles)
warning: content/a/x.md:1:1: link: "no.md" leads nowhere: no file a/no.md, and nothing at that address`},
	})
}

// Each language of a bundle has its own texts, and the site's own for those that have none.
func TestTextsOfLanguages(t *testing.T) {
	site := mustLoad(t, archive(t, `
-- content/a/index.md --
-- content/a/index.de.md --
-- content/a/x.md --
English
-- content/a/x.de.md --
Deutsch
-- content/a/y.md --
Only
`), &jam.Config{Now: now, Languages: []jam.Language{{Code: "en"}, {Code: "de"}}, Renderer: jam.RendererFunc(dump)})
	for code, want := range map[string]string{"en": "x.md English y.md Only", "de": "x.md Deutsch y.md Only"} {
		var got []string
		for _, r := range site.In(code).GetPage("/a").Resources() {
			got = append(got, r.Name(), strings.TrimSpace(r.Page().Plain()))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %s, want %s", code, s, want)
		}
	}
}

// A file beside a section's pages is there for the section in each language, and once in the output.
func TestFilesOfSectionsInLanguages(t *testing.T) {
	site := mustLoad(t, archive(t, `
-- content/_index.md --
-- content/logo.png --
-- content/posts/a.md --
-- content/posts/a.de.md --
-- content/posts/x.png --
-- content/posts/only.de.png --
`), &jam.Config{Now: now, Languages: []jam.Language{{Code: "en"}, {Code: "de"}}, Renderer: jam.RendererFunc(dump)})
	for _, test := range []struct{ code, path, want string }{
		{"en", "/", "/logo.png"}, {"de", "/", "/logo.png"},
		{"en", "/posts", "/posts/x.png"}, {"de", "/posts", "/de/posts/only.de.png /posts/x.png"},
	} {
		var got []string
		for _, r := range site.In(test.code).GetPage(test.path).Resources() {
			got = append(got, r.RelPermalink())
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%s %s: %s, want %s", test.code, test.path, s, test.want)
		}
	}
	if n := strings.Count(strings.Join(site.Files(), " "), "x.png"); n != 1 {
		t.Errorf("x.png is there %d times", n)
	}
}

// A draft among the texts of a bundle is left out in every language, though its name has none.
func TestDraftsOfBundles(t *testing.T) {
	site := mustLoad(t, archive(t, `
-- content/a/index.md --
-- content/a/index.de.md --
-- content/a/x.md --
---
draft: true
---
Secret
-- content/a/y.md --
Shown
`), &jam.Config{Now: now, Languages: []jam.Language{{Code: "en"}, {Code: "de"}}, Renderer: jam.RendererFunc(dump)})
	for _, s := range site.Sites() {
		if got := fmt.Sprint(s.GetPage("/a").Resources()); got != "[y.md]" {
			t.Errorf("%s: %s", s.Language(), got)
		}
	}
}
