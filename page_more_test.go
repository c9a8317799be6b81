package jam_test

import (
	"strings"
	"testing"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/sitetest"
)

// What templates ask that were written for Hugo.
func TestPageNames(t *testing.T) {
	const tree = `
-- content/_index.md --
-- content/posts/a/index.md --
---
tags: [x]
---
Text, {{< to >}}.
-- content/posts/b.md --
-- content/posts/b.de.md --
-- layouts/_shortcodes/to.html --
{{ .RelRef "b" }} {{ .RelRef (dict "path" "b" "lang" "de") }} {{ .Ref "b" }}
-- layouts/all.html --
{{ if ne .Name .Title }}another name{{ end }}{{ .BundleType }},{{ .IsBranch }},{{ .Len }},
{{- with .File }}{{ .UniqueID }} {{ .TranslationBaseName }}{{ end }},
{{- range .AllTranslations.ByLanguage.Reverse }}{{ .Lang }} {{ end }},
{{- with site.GetPage "section" "posts" }}{{ .Title }}{{ end }} {{ with site.GetPage "page" "posts/a" }}{{ .Path }}{{ end }},
{{- with .Site.Taxonomies.tags.Page }}{{ .Path }}{{ end }}
{{ .Content }}
`
	files := written(t, tree, jam.Config{BaseURL: "https://example.org", Languages: []jam.Language{{Code: "en"}, {Code: "de"}}})
	for name, want := range map[string]string{
		"index.html":              "branch,true,0,3976528693a0108357f4928017600865 _index,de en ,Posts /posts/a,/tags",
		"posts/index.html":        ",true,0,,de en ,Posts /posts/a,/tags",
		"posts/a/index.html":      "leaf,false,",
		"posts/b/index.html":      ",false,0,",
		"de/posts/b/index.html":   "b,de en ,Posts ,\n",
		"posts/a/index.html\x00x": "Text, /posts/b/ /de/posts/b/ https://example.org/posts/b/.",
	} {
		name, _, _ = strings.Cut(name, "\x00")
		if !strings.Contains(files[name], want) {
			t.Errorf("%s: got %s\nwant %s", name, files[name], want)
		}
	}
}

// written returns the files of a site by their names, not minified.
func written(t *testing.T, tree string, cfg jam.Config) map[string]string {
	t.Helper()
	cfg.Minify.Disabled, cfg.Now = true, now
	files := make(map[string]string)
	for name, data := range sitetest.Load(t, sitetest.FS(tree), &cfg).Build().Files() {
		files[name] = string(data)
	}
	return files
}

// A missing argument is "" among others of its sort, and nil elsewhere.
func TestShortcodeGet(t *testing.T) {
	const tree = `
-- layouts/_shortcodes/g.html --
{{ range slice "x" "y" 0 7 -1 }}{{ with $.Get . }}{{ . }}{{ else }}{{ printf "%T" ($.Get .) }}{{ end }} {{ end }}
-- layouts/all.html --
{{ .Content }}
-- content/a.md --
{{< g x=a >}}

{{< g a >}}

{{< g >}}
`
	want := "a string <nil> <nil> <nil>\n<nil> <nil> a string string\n<nil> <nil> <nil> <nil> <nil>\n\n"
	if got := strings.ReplaceAll(strings.ReplaceAll(written(t, tree, jam.Config{})["a/index.html"], "&lt;", "<"), "&gt;", ">"); got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

// Without a key, sort orders menus and pages as they order themselves.
func TestSortOfLists(t *testing.T) {
	const tree = `
-- layouts/all.html --
-- layouts/home.html --
{{ range sort site.Menus.main }}{{ .Name }} {{ end }}{{ range sort site.RegularPages.ByTitle }}{{ .Title }} {{ end }}
-- content/a.md --
---
title: A
weight: 2
---
-- content/b.md --
---
title: B
weight: 1
---
`
	cfg := jam.Config{Menus: map[string][]jam.MenuEntry{"main": {{Name: "X", URL: "/x", Weight: 2}, {Name: "Y", URL: "/y", Weight: 1}}}}
	if got := written(t, tree, cfg)["index.html"]; got != "Y X B A \n" {
		t.Errorf("got %q", got)
	}
}

func TestPageImages(t *testing.T) {
	const tree = `
-- layouts/all.html --
-- layouts/page.html --
{{ range partial "_funcs/get-page-images" . }}{{ .RelPermalink }} {{ .Permalink }}{{ with .Image }} {{ .Name }}{{ end }};{{ end }}
-- content/a/index.md --
---
images: [x.png, /y.png, "https://example.com/z.png"]
---
-- content/a/x.png --
-- content/b/index.md --
-- content/b/my-cover.jpg --
-- content/b/other.jpg --
-- content/c.md --
`
	files := written(t, tree, jam.Config{BaseURL: "https://example.org/", Params: map[string]any{"images": []string{"/site.png", "/more.png"}}})
	for name, want := range map[string]string{
		"a": "/a/x.png https://example.org/a/x.png x.png;/y.png https://example.org/y.png;https://example.com/z.png https://example.com/z.png;\n",
		"b": "/b/my-cover.jpg https://example.org/b/my-cover.jpg my-cover.jpg;\n",
		"c": "/site.png https://example.org/site.png;\n",
	} {
		if got := files[name+"/index.html"]; got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestPaginatorOfSize(t *testing.T) {
	const tree = `
-- layouts/all.html --
-- layouts/section.html --
{{ .Paginator SIZE }} {{ range (.Paginator SIZE).Pages }}{{ .Title }}{{ end }}
-- content/s/a.md --
-- content/s/b.md --
-- content/s/c.md --
`
	cfg := jam.Config{Pagination: map[string]jam.Pagination{"section": {Size: 2}}}
	files := written(t, strings.ReplaceAll(tree, "SIZE", "2"), cfg)
	if got := files["s/index.html"] + files["s/page/2/index.html"]; got != "1/2 AB\n2/2 C\n" {
		t.Errorf("got %q", got)
	}
	got := complaints(t, &cfg, archive(t, strings.ReplaceAll(tree, "SIZE", "1")))
	if want := "these 3 pages, 1 per pager, make 3 pagers, and /s declares a Pagination of 2"; !strings.Contains(got, want) {
		t.Errorf("got %s", got)
	}
}
