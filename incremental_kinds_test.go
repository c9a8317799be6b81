package jam_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/jam-go/jam"
)

// kindCase is an edit that only one kind of recording notices.
type kindCase struct {
	kind   string // its name in jam.Blindnesses begins so
	home   string // template of the home page; all other pages are empty
	before string // files, in the form of txtar
	after  string // files that the edit writes; an empty one is removed
	config func(c *jam.Config, edited bool)
}

var kindCases = []kindCase{
	{kind: "path", home: `{{ (site.GetPage "/a").Kind }}`, before: "-- content/a.md --\nx\n", after: "-- content/a.md --\n-- content/a/_index.md --\nx\n"},
	{kind: "file", home: `{{ range site.RegularPages }}{{ .File.Path }}{{ end }}`, before: "-- content/a.md --\nx\n", after: "-- content/a.md --\n-- content/a/index.md --\nx\n"},
	{kind: "title", home: `{{ range site.RegularPages }}{{ .Title }}{{ end }}`, before: front("title: a"), after: front("title: b")},
	{kind: "link title", home: `{{ range site.RegularPages }}{{ .LinkTitle }}{{ end }}`, before: front("linkTitle: a"), after: front("linkTitle: b")},
	{kind: "description", home: `{{ range site.RegularPages }}{{ .Description }}{{ end }}`, before: front("description: a"), after: front("description: b")},
	{kind: "date", home: `{{ range site.RegularPages }}{{ .Date }}{{ end }}`, before: front("date: 2025-01-01"), after: front("date: 2025-01-02")},
	{kind: "lastmod", home: `{{ range site.RegularPages }}{{ .Lastmod }}{{ end }}`, before: front("lastmod: 2025-01-01"), after: front("lastmod: 2025-01-02")},
	{kind: "publishing dates", home: `{{ range site.RegularPages }}{{ .ExpiryDate }}{{ end }}`, before: front("expiryDate: 2035-01-01"), after: front("expiryDate: 2035-01-02")},
	{kind: "weight", home: `{{ range site.RegularPages }}{{ .Weight }}{{ end }}`, before: front("weight: 1"), after: front("weight: 2")},
	{kind: "terms", home: `{{ range site.RegularPages }}{{ .Terms "tags" }}{{ end }}`, before: front("tags: [a, b]"), after: front("tags: [b, a]")},
	{kind: "keywords", home: `{{ range site.RegularPages }}{{ .Keywords }}{{ end }}`, before: front("keywords: [a]"), after: front("keywords: [b]")},
	{kind: "summary", home: `{{ range site.RegularPages }}{{ .Summary }}{{ end }}`, before: front("summary: a"), after: front("summary: b")},
	{kind: "front matter", home: `{{ range site.RegularPages }}{{ range $k, $v := .Params }}{{ $k }}{{ $v }}{{ end }}{{ end }}`, before: front("x: 1"), after: front("x: 2")},
	{kind: "parameters", home: `{{ range site.RegularPages }}{{ .Params.x }}{{ end }}`, before: front("x: 1"), after: front("x: 2")},
	{kind: "layout", home: `{{ range site.RegularPages }}{{ .Layout }}{{ end }}`, before: front("layout: a"), after: front("layout: b")},
	{kind: "type", home: `{{ range site.RegularPages }}{{ .Type }}{{ end }}`, before: front("type: a"), after: front("type: b")},
	{kind: "layout", home: `{{ (site.GetPage "/a").Content }}`, before: "-- layouts/_shortcodes/s.html --\na\n-- layouts/_shortcodes/s.wide.html --\nb\n-- content/a.md --\n{{< s >}}\n",
		after: "-- content/a.md --\n---\nlayout: wide\n---\n{{< s >}}\n"},
	{kind: "type", home: `{{ (site.GetPage "/s/a").Content }}`, before: "-- layouts/_markup/render-heading.html --\na\n-- layouts/t/_markup/render-heading.html --\nb\n-- content/s/a.md --\n# x\n",
		after: "-- content/s/a.md --\n---\ntype: t\n---\n# x\n"},
	{kind: "dep 7", home: `{{ (site.GetPage "/s/a").Content }}`, before: "-- layouts/_shortcodes/x.html --\na\n-- content/s/a.md --\n{{< x >}}\n", after: "-- layouts/s/_shortcodes/x.html --\nb\n"},
	{kind: "draft", home: `{{ range site.RegularPages }}{{ .Draft }}{{ end }}`, before: front("draft: true"), after: front("draft: false"), config: func(c *jam.Config, _ bool) { c.Drafts = true }},
	{kind: "front matter", home: `{{ range site.RegularPages }}{{ .Slug }}{{ end }}`, before: front("url: /x/\nslug: a"), after: front("url: /x/\nslug: b")},
	{kind: "URL", home: `{{ range site.RegularPages }}{{ .RelPermalink }}{{ end }}`, before: front("url: /a/"), after: front("url: /b/")},
	{kind: "parent", home: `{{ (site.GetPage "/s/t/a").Parent.Path }}`, before: "-- content/s/t/a.md --\n", after: "-- content/s/t/_index.md --\nx\n"},
	{kind: "pagination", home: `{{ (site.GetPage "/s").Paginator.TotalPages }}`, before: "-- content/s/_index.md --\n---\npaginate: 1\n---\n-- content/s/a.md --\n-- content/s/b.md --\n",
		after: "-- content/s/_index.md --\n---\npaginate: 2\n---\n"},
	{kind: "next page", home: `{{ with (site.GetPage "/a").Next }}{{ .Path }}{{ end }}`, before: "-- content/a.md --\n", after: "-- content/b.md --\n---\nweight: 1\n---\n"},
	{kind: "next page", home: `{{ with (site.GetPage "/s/a").NextInSection }}{{ .Path }}{{ end }}`, before: "-- content/s/a.md --\n", after: "-- content/s/b.md --\n---\nweight: 1\n---\n"},
	{kind: "previous page", home: `{{ with (site.GetPage "/a").Prev }}{{ .Path }}{{ end }}`, before: "-- content/a.md --\n", after: "-- content/b.md --\nx\n"},
	{kind: "previous page", home: `{{ with (site.GetPage "/s/a").PrevInSection }}{{ .Path }}{{ end }}`, before: "-- content/s/a.md --\n", after: "-- content/s/b.md --\nx\n"},
	{kind: "translations", home: `{{ with site.GetPage "/a" }}{{ .IsTranslated }}{{ end }}`, before: "-- content/a.md --\n-- content/_index.de.md --\nx\n", after: "-- content/a.de.md --\nx\n",
		config: func(c *jam.Config, _ bool) { c.Languages = []jam.Language{{Code: "en"}, {Code: "de"}} }},
	{kind: "terms", home: `{{ range (site.GetPage "/a").GetTerms "tags" }}{{ .Path }}{{ end }}`, before: front("tags: [a, b]"), after: front("tags: [b, a]")},
	{kind: "resources", home: `{{ range (site.GetPage "/a").Resources }}{{ .Name }}{{ end }}`, before: "-- content/a/index.md --\nx\n", after: "-- content/a/r.txt --\nr\n"},
	{kind: "resources", home: `{{ with (site.GetPage "/a").Resources.GetMatch "*.txt" }}{{ .RelPermalink }}{{ end }}`, before: "-- content/a/index.md --\nx\n-- content/a/r.txt --\nr\n", after: "-- content/a/a.txt --\nr\n"},
	{kind: "resources", home: `{{ with (site.GetPage "/a").Resources.Get "r.txt" }}{{ .RelPermalink }}{{ end }}`, before: "-- content/a/index.md --\n---\nslug: b\n---\n-- content/a/r.txt --\nr\n", after: "-- content/a/index.md --\n---\nslug: c\n---\n"},
	{kind: "resources", home: `{{ range first 1 (site.GetPage "/a").Resources }}{{ .Title }}{{ end }}`, before: rules("title: A"), after: rules("title: B")},
	{kind: "resources", home: `{{ range first 1 ((site.GetPage "/a").Resources.Match "*") }}{{ .Name }}{{ end }}`, before: rules("name: A"), after: rules("name: B")},
	{kind: "resources", home: `{{ (index (site.GetPage "/a").Resources 0).Params.x }}`, before: rules("params: {x: 1}"), after: rules("params: {x: 2}")},
	{kind: "resources", home: `{{ range $k, $v := (index (site.GetPage "/a").Resources 0).Params }}{{ $k }}{{ $v }}{{ end }}`, before: rules("params: {x: 1}"), after: rules("params: {x: 2}")},
	{kind: "resources", home: `{{ len ((site.GetPage "/a").Resources.ByType "text") }}`, before: rules("title: A"), after: "-- content/a/s.txt --\ns\n"},
	{kind: "resources", home: `{{ if (first 1 (site.GetPage "/a").Resources).ByType "image" }}yes{{ end }}`, before: rules("title: A"), after: "-- content/a/a.png --\ns\n"},
	{kind: "content", home: `{{ (site.GetPage "/a").RawContent }}`, before: "-- content/a.md --\nx\n", after: "-- content/a.md --\ny\n"},
	{kind: "place of the content", home: "x", before: "-- content/a.md --\n---\ntitle: a\n---\n[x](nowhere.md)\n", after: "-- content/a.md --\n---\ntitle: a\nx: 1\n---\n[x](nowhere.md)\n"},
	{kind: "anchors", home: `{{ relref . "/a#x" }}`, before: "-- content/a.md --\n# X\n", after: "-- content/a.md --\n# Y\n"},
	{kind: "order", home: `{{ range ((slice (site.GetPage "/a") (site.GetPage "/b")) | collections.Reverse).ByWeight }}{{ .Path }}{{ end }}`,
		before: "-- content/a.md --\n---\nweight: 1\n---\n-- content/b.md --\n---\nweight: 2\n---\n", after: "-- content/a.md --\n---\nweight: 3\n---\n"},
	{kind: "content", home: `{{ (site.GetPage "/a").Content }}`, before: "-- content/a.md --\nx\n", after: "-- content/a.md --\ny\n"},
	{kind: "summary", home: `{{ (site.GetPage "/a").Summary }}`, before: "-- content/a.md --\nx\n", after: "-- content/a.md --\ny\n"},
	{kind: "time to read", home: `{{ (site.GetPage "/a").Truncated }}`, before: "-- content/a.md --\nx\n", after: "-- content/a.md --\nx\n\n<!--more-->\n\ny\n"},
	{kind: "number of words", home: `{{ (site.GetPage "/a").WordCount }}`, before: "-- content/a.md --\nx\n", after: "-- content/a.md --\nx y\n"},
	{kind: "headings", home: `{{ (site.GetPage "/a").TableOfContents }}`, before: "-- content/a.md --\n## x\n", after: "-- content/a.md --\n## y\n"},
	{kind: "store", home: `{{ (site.GetPage "/a").Store.Get "k" }}`, before: "-- layouts/_shortcodes/set.html --\n{{ .Page.Store.Set \"k\" (.Get 0) }}\n-- content/a.md --\n{{< set 1 >}}\n", after: "-- content/a.md --\n{{< set 2 >}}\n"},

	{kind: "dep 0", home: `{{ len site.RegularPages }}`, before: "-- content/a.md --\n", after: "-- content/b.md --\nx\n"},
	{kind: "dep 1", home: `{{ with site.GetPage "/b" }}yes{{ end }}`, before: "-- content/a.md --\n", after: "-- content/b.md --\nx\n"},
	{kind: "dep 2", home: `{{ site.Title }}`, config: func(c *jam.Config, edited bool) { c.Title = fmt.Sprint(edited) }},
	{kind: "dep 3", home: `{{ site.Data.x.y }}`, before: "-- data/x.yaml --\ny: 1\n", after: "-- data/x.yaml --\ny: 2\n"},
	{kind: "dep 4", home: `{{ i18n "x" }}`, before: "-- i18n/en.yaml --\nx: a\n", after: "-- i18n/en.yaml --\nx: b\n"},
	{kind: "dep 5", home: `a`, after: "-- layouts/home.html --\nb\n"},
	{kind: "dep 6", home: `{{ partial "p" . }}`, before: "-- layouts/_partials/p.html --\na\n", after: "-- layouts/_partials/p.html --\nb\n"},
	{kind: "dep 7", home: `{{ (site.GetPage "/a").Content }}`, before: "-- layouts/_shortcodes/s.html --\na\n-- content/a.md --\n{{< s >}}\n", after: "-- layouts/_shortcodes/s.html --\nb\n"},
	{kind: "dep 8", home: `{{ (site.GetPage "/a").Content }}`, before: "-- content/a.md --\n[x](https://example.org/)\n", after: "-- layouts/_markup/render-link.html --\n<b>link</b>\n"},
	{kind: "dep 9", home: `{{ (site.GetPage "/a").Content }}`, before: "-- content/a.md --\n# x\n-- layouts/_markup/render-heading.html --\na\n", after: "-- layouts/_markup/render-heading.html --\nb\n"},
	{kind: "dep 10", home: `{{ templates.Exists "_partials/p.html" }}`, after: "-- layouts/_partials/p.html --\nx\n"},
	{kind: "dep 11", home: `{{ readFile "note.txt" }}`, before: "-- note.txt --\na\n", after: "-- note.txt --\nb\n"},
	{kind: "dep 12", home: `{{ ((site.GetPage "/a").Resources.Get "r.txt").Content }}`, before: "-- content/a/index.md --\nx\n-- content/a/r.txt --\na\n", after: "-- content/a/r.txt --\nb\n"},
	{kind: "dep 13", before: "-- content/a.md --\n", after: "-- static/x.txt --\nx\n", config: func(c *jam.Config, _ bool) {
		c.Renderer = jam.RendererFunc(func(_ context.Context, w io.Writer, p *jam.Page) error {
			_, err := fmt.Fprint(w, len(p.Site().Files()))
			return err
		})
	}},
	{kind: "dep 14", home: `{{ jsonify site.Taxonomies.tags }}`, before: "-- content/a.md --\n---\ntags: [a]\n---\n", after: "-- content/a.md --\n---\ntags: [a, b]\n---\n"},
	{kind: "dep 15", home: `{{ range $name, $menu := site.Menus }}{{ $name }}{{ end }}`, before: "-- content/a.md --\n---\nmenus: main\n---\n", after: "-- content/b.md --\n---\nmenus: side\n---\n"},
	{kind: "dep 16", home: `x`, before: "-- content/a.md --\nx\n", after: "-- content/b.md --\nother\n", config: func(c *jam.Config, _ bool) { c.Outputs = map[string][]string{"home": {"html", "search"}} }},
	{kind: "dep 17", home: `{{ now.Year }}`, config: func(c *jam.Config, edited bool) {
		year := 2026
		if edited {
			year++
		}
		c.Now = func() time.Time { return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC) }
	}},
	{kind: "dep 18", home: `{{ if site.Data.x }}yes{{ end }}`, before: "-- data/x.yaml --\ny: 1\n", after: "-- data/x.yaml --\n"},
	{kind: "dep 21", home: `{{ with site.GetPage "b" }}yes{{ end }}`, before: "-- content/a.md --\n", after: "-- content/s/b.md --\nx\n"},
	{kind: "dep 22", home: "x", before: "-- content/a.md --\n[x](boot.md)\n", after: "-- content/book.md --\nx\n"},
	{kind: "dep 20", home: `{{ site.Params.x }}`, config: func(c *jam.Config, edited bool) { c.Params = map[string]any{"x": edited} }},
	{kind: "dep 23", home: `{{ range where site.RegularPages "Params.x" 1 }}{{ .Path }}{{ end }}`, before: front("x: 1"), after: front("x: 2")},
	{kind: "dep 25", home: "x", before: front("lastmod: 2025-01-01"), after: front("lastmod: 2025-01-02"), config: func(c *jam.Config, _ bool) { c.BaseURL = "https://example.org/" }},
	{kind: "dep 24", home: `{{ range site.Menus.main }}{{ .Name }}{{ end }}`, before: "-- content/a.md --\n---\nmenus: main\n---\n", after: "-- content/b.md --\n---\nmenus: main\n---\n"},
	{kind: "dep 26", home: `{{ len site.Taxonomies.tags }}`, before: "-- content/a.md --\n---\ntags: [a]\n---\n", after: "-- content/a.md --\n---\ntags: [a, b]\n---\n"},
}

// rules is a page with a file, and what its front matter says of that.
func rules(fields string) string {
	return "-- content/a/index.md --\n---\nresources: [{src: r.txt, " + fields + "}]\n---\n-- content/a/r.txt --\nr\n-- content/a/z.css --\nz\n"
}

func front(fields string) string { return "-- content/a.md --\n---\n" + fields + "\n---\n" }

// build builds the case's site before and after the edit. The second build goes on from the first by a cache, as that of another process.
func (k *kindCase) build(t *testing.T, blind func(*jam.Config)) (made, clean string) {
	t.Helper()
	tree := fstest.MapFS{"content/_index.md": {}, "layouts/home.html": {Data: []byte(k.home)}, "layouts/all.html": {}}
	for _, f := range txtar.Parse([]byte(k.before)).Files {
		tree[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	config := func(edited bool) *jam.Config {
		c := &jam.Config{Now: func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }}
		if k.config != nil {
			k.config(c, edited)
		}
		return c
	}
	out := jam.Memory()
	cache := new(mapCache)
	first := config(false)
	first.Cache = cache
	if text := outcomeOf(t, tree, first, out); strings.HasPrefix(text, "error") {
		t.Fatalf("%s: %s", k.kind, text)
	}
	for _, f := range txtar.Parse([]byte(k.after)).Files {
		if delete(tree, f.Name); len(f.Data) > 0 {
			tree[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	second := config(true)
	second.Cache = cache
	blind(second)
	made = outcomeOf(t, tree, second, out)
	return made, outcomeOf(t, tree, config(true), jam.Memory())
}

func outcomeOf(t *testing.T, tree fs.FS, c *jam.Config, out *jam.MemoryOutput) string {
	t.Helper()
	site, err := jam.Load(t.Context(), tree, c)
	var report *jam.Report
	if err == nil {
		report, err = site.Build(t.Context(), out)
	}
	if err != nil {
		return "error: " + err.Error()
	}
	var b bytes.Buffer
	files := out.Files()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&b, "-- %s --\n%s\n", name, files[name])
	}
	fmt.Fprintln(&b, report.Warnings)
	return b.String()
}

// TestEachKindOfRecord makes one edit for each kind of recording: with it, a build after the edit is as a clean one,
// and without it is not.
func TestEachKindOfRecord(t *testing.T) {
	kinds := jam.Blindnesses()
	needed := make(map[string]bool)
	names := []string{"dep 19", "dep 27", "dep 28", "dep 29", "dep 30"} // which are no more than that: see paramRead and resourceRead
	for i, k := range kindCases {
		if made, clean := k.build(t, func(*jam.Config) {}); made != clean {
			t.Errorf("%s, %d: have\n%s\nwant\n%s", k.kind, i, made, clean)
			continue
		}
		found := false
		for name, blind := range kinds {
			if !strings.HasPrefix(name, k.kind+" ") && !strings.Contains(name, "("+k.kind) {
				continue
			}
			if made, clean := k.build(t, blind); made != clean {
				needed[name], found = true, true
			}
		}
		if !found {
			t.Errorf("%s, %d: without it the build is right, too", k.kind, i)
		}
	}
	for name := range kinds {
		if n, _, _ := strings.Cut(name, " ("); !needed[name] && !slices.Contains(names, n) {
			t.Errorf("no case needs %s", name)
		}
	}
}
