package jam_test

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/jam-go/jam"
)

// explained is a site whose home page is to read something.
const explained = `
-- content/_index.md --
---
title: Start
subtitle: {short: S}
---
The start. {{< note >}} [A](posts/a.md)
-- content/posts/_index.md --
---
title: Posts
menus: main
---
-- content/posts/a.md --
---
title: A
date: 2026-01-01
tags: [Tea]
---
## Part
Of A.
-- content/posts/b/index.md --
---
title: B
resources: [{src: b.txt, title: The B}]
---
-- content/posts/b/b.txt --
text of b
-- data/people.json --
{"ada": {"born": 1815}}
-- i18n/en.toml --
hello = "Hello"
-- layouts/_partials/nav.html --
nav
-- layouts/_partials/feed.xml --
<a/>
-- layouts/_shortcodes/note.html --
note
-- layouts/_markup/render-link.html --
{{ .Text }}
-- layouts/all.html --
{{ .Title }}
-- layouts/home.html --
`

// TestExplain has a home page read one thing each, and be told to have.
func TestExplain(t *testing.T) {
	const path = "content/_index.md: path, layout, type" // which finds the layout
	tests := []struct{ layout, reads string }{
		{"x", ""},
		{"{{ .Title }}{{ .Date }}{{ .RelPermalink }}", "content/_index.md: path, title, date, layout, type, URL"},
		{"{{ .Content }}", "content/_index.md: path, layout, type, content"},
		{"{{ .Params.subtitle.short }}", "content/_index.md: parameter subtitle.short; content/_index.md: path, parameters, layout, type"},
		{`{{ with site.GetPage "/posts/a" }}{{ .Title }}{{ .WordCount }}{{ end }}`, "/posts/a in en; content/posts/a.md: title, number of words"},
		{`{{ with site.GetPage "/posts/none" }}{{ .Title }}{{ end }}`, "/posts/none in en"},
		{`{{ with site.GetPage "/posts/b" }}{{ with .Resources.Get "b.txt" }}{{ .Title }}{{ .Content }}{{ end }}{{ end }}`, "/posts/b in en; content/posts/b/b.txt; content/posts/b/index.md: name of a resource; content/posts/b/index.md: resources; content/posts/b/index.md: resources Get b.txt; content/posts/b/index.md: title of a resource"},
		{`{{ with site.GetPage "/posts/b" }}{{ range .Resources.Match "*.txt" }}{{ .Name }}{{ end }}{{ end }}`, "/posts/b in en; content/posts/b/index.md: name of a resource; content/posts/b/index.md: resources; content/posts/b/index.md: resources Match *.txt"},
		{`{{ range .Pages }}{{ .LinkTitle }}{{ end }}`, "content/posts/_index.md: title, link title; pages of /"},
		{`{{ range site.RegularPages.ByTitle }}{{ .Title }}{{ end }}`, "ByTitle of the site's pages; content/posts/a.md: title; content/posts/b/index.md: title"},
		{`{{ range where site.RegularPages "Section" "posts" }}{{ .Title }}{{ end }}`, "content/posts/a.md: title; content/posts/b/index.md: title; where Section = posts of the site's pages"},
		{`{{ range site.Menus.main }}{{ .Name }}{{ end }}`, "menu main in en: entries; menu main in en: names"},
		{`{{ range $tag, $pages := site.Taxonomies.tags }}{{ $tag }}{{ len $pages }}{{ end }}`, "taxonomy tags in en: numbers of pages; taxonomy tags in en: terms"},
		{`{{ site.Data.people.ada.born }}`, "data people.ada.born"},
		{`{{ site.Title }}{{ site.Params.owner }}`, "the site's parameter owner; the site's title in en"},
		{`{{ i18n "hello" }}`, "message hello in en"},
		{`{{ partial "nav.html" . }}{{ partial "feed.xml" . }}`, "partial feed.xml; partial nav.html"},
		{`{{ partialCached "nav.html" . }}`, "partial nav.html"},
		{`{{ templates.Exists "_partials/nav.html" }}`, "template _partials/nav.html"},
		{`{{ now.Year }}`, "the time"},
		{`{{ ref . "/posts/a#part" }}`, "/posts/a in en; content/posts/a.md: URL, anchors; content/posts/a.md: anchor part; the site's base URL"},
		{`{{ readFile "data/people.json" }}`, "data/people.json"},
		{`{{ range .Related }}{{ .Title }}{{ end }}`, "pages related to /"},
	}
	for _, tt := range tests {
		site, err := jam.Load(t.Context(), archive(t, explained+tt.layout+"\n"), &jam.Config{Title: "T", Now: now, Params: map[string]any{"owner": "us"}})
		if err != nil {
			t.Fatalf("%s: %v", tt.layout, err)
		}
		if _, err := site.Build(t.Context(), jam.Memory()); err != nil {
			t.Errorf("%s: %v", tt.layout, err)
			continue
		}
		e, err := site.Explain("index.html")
		if err != nil {
			t.Errorf("%s: %v", tt.layout, err)
			continue
		}
		if e.File != "index.html" || e.Source != "content/_index.md" || e.Why != "first build" || !slices.IsSorted(e.Reads) {
			t.Errorf("%s: %+v", tt.layout, e)
		}
		reads := strings.Join(slices.DeleteFunc(e.Reads, func(r string) bool { return r == path || r == "layout for home" }), "; ")
		if reads != tt.reads {
			t.Errorf("%s:\nhave %s\nwant %s", tt.layout, reads, tt.reads)
		}
	}
}

func TestExplainNone(t *testing.T) {
	site := mustLoad(t, archive(t, explained+"x\n"), nil)
	explain := func(file string) error {
		_, err := site.Explain(file)
		return err
	}
	if err := explain("index.html"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("before a build: %v", err)
	}
	if _, err := site.Build(t.Context(), jam.Memory()); err != nil {
		t.Fatal(err)
	}
	if err := explain("index.html"); err != nil {
		t.Error(err)
	}
	err := explain("posts")
	if e, ok := errors.AsType[*jam.Error](err); !ok || e.Op != "explain" || e.Path != "posts" || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of a folder: %v", err)
	}
}
