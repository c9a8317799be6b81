package jam_test

import (
	"fmt"
	"io/fs"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/jam-go/jam"
)

// Each language's folder has files of its own under the same names.
func TestFilesOfLanguages(t *testing.T) {
	tree := archive(t, `
-- content/en/posts/_index.md --
-- content/en/posts/x.png --
EN
-- content/en/trip/index.md --
-- content/en/trip/y.png --
EN
-- content/de/posts/_index.md --
-- content/de/posts/x.png --
DE
-- content/de/trip/index.md --
-- content/de/trip/y.png --
DE
`)
	site := mustLoad(t, tree, &jam.Config{Languages: []jam.Language{{Code: "en", ContentDir: "content/en"}, {Code: "de", ContentDir: "content/de"}}})
	for name, want := range map[string]string{"posts/x.png": "EN\n", "trip/y.png": "EN\n", "de/posts/x.png": "DE\n", "de/trip/y.png": "DE\n"} {
		if got, err := fs.ReadFile(site.FS(t.Context()), name); string(got) != want {
			t.Errorf("%s is %q (%v), want %q", name, got, err, want)
		}
	}
}

// A regular page may stand where a term's page would.
func TestPageAtTerm(t *testing.T) {
	for _, name := range []string{"tags/x.md", "tags/x/index.md", "tags/x.html"} {
		tree := fstest.MapFS{"content/a.md": {Data: []byte("---\ntags: [x]\n---\n")}, "content/" + name: {Data: []byte("---\ntitle: Own\n---\n")}}
		site, err := jam.Load(t.Context(), tree, &jam.Config{Now: now})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if n := len(site.Taxonomies()["tags"].Get("x")); n != 1 {
			t.Errorf("%s: the term has %d pages", name, n)
		}
		if files := site.Files(); !slices.Contains(files, "tags/x/index.html") {
			t.Errorf("%s: files %q", name, files)
		}
	}
}

// A term is known by what pages call it, whatever the title of its page and the order of folders.
func TestTermsByName(t *testing.T) {
	site := load(t, `
-- content/zebra/a.md --
---
tags: [go]
---
-- content/zebra/b.md --
---
tags: [c]
---
-- content/tags/go/_index.md --
---
title: A language
---
-- content/tags/c/_index.md --
---
title: A language
---
`, jam.Config{})
	for _, name := range []string{"go", "c"} {
		if n := site.Taxonomies()["tags"].Count(name); n != 1 {
			t.Errorf("%s has %d pages, want 1", name, n)
		}
	}
}

// Terms that file systems take for the same are one.
func TestTermsInUnicode(t *testing.T) {
	for _, pair := range [][2]string{{"\u00e9t\u00e9", "e\u0301te\u0301"}, {"ΦΩΣ", "φως"}} {
		site, err := jam.Load(t.Context(), fstest.MapFS{
			"content/a.md": {Data: []byte("---\ntags: ['" + pair[0] + "']\n---\n")},
			"content/b.md": {Data: []byte("---\ntags: ['" + pair[1] + "']\n---\n")},
		}, &jam.Config{Now: now})
		if err != nil {
			t.Error(err)
			continue
		}
		if n := site.Taxonomies()["tags"].Count(pair[1]); n != 2 {
			t.Errorf("%q has %d pages, want 2", pair, n)
		}
	}
}

func TestKeysThatMeanTheSame(t *testing.T) {
	tree := archive(t, "-- content/posts/a.md --\n-- content/posts/b.md --\n")
	for _, cfg := range []jam.Config{
		{Permalinks: map[string]string{"posts": "/p/:slug/", "/posts/": "/q/:slug/"}},
		{Pagination: map[string]jam.Pagination{"/posts": {Size: 1}, "/posts/": {Size: 2}}},
	} {
		if _, err := jam.Load(t.Context(), tree, &cfg); err == nil || !strings.Contains(err.Error(), "means the same as") {
			t.Errorf("have %v", err)
		}
	}
	site := mustLoad(t, tree, &jam.Config{Permalinks: map[string]string{"/posts/": "/p/:slug/"}})
	if len(site.Warnings()) > 0 {
		t.Error(site.Warnings())
	}
}

// What a Permalink function reads of pages makes no difference to what is written.
func TestPermalinkReadsContent(t *testing.T) {
	tree := archive(t, "-- content/a.md --\n[b](b.md) [c](/b/)\n-- content/b.md --\n")
	want := build(t, tree, &jam.Config{Now: now})
	got := build(t, tree, &jam.Config{Now: now, Permalink: func(p *jam.Page) string {
		_, _, _ = p.Content(), p.Site().Files(), p.Site().Menus()
		return ""
	}})
	if !reflect.DeepEqual(got, want) {
		t.Errorf("have:\n%s\nwant:\n%s", txtar.Format(&txtar.Archive{Files: got}), txtar.Format(&txtar.Archive{Files: want}))
	}
}

func TestAliasesOfRedirects(t *testing.T) {
	site := load(t, `
-- content/a.md --
---
redirect: /b/
aliases: [/old/]
---
-- content/b.md --
-- content/c.md --
---
build: {render: never}
aliases: [/lost/]
---
-- content/s/_index.md --
---
redirect: /b/
paginate: 1
---
-- content/s/d.md --
-- content/s/e.md --
`, jam.Config{})
	if !slices.Contains(site.Files(), "old/index.html") {
		t.Error("the alias of a page that redirects is missing")
	}
	if slices.Contains(site.Files(), "s/page/2/index.html") {
		t.Error("a page that redirects has a second pager")
	}
	if w := fmt.Sprint(site.Warnings()); !strings.Contains(w, "content/c.md:3:10: front matter: aliases") {
		t.Errorf("warnings %s", w)
	}
}

func TestRedirectStaysOnHost(t *testing.T) {
	site := load(t, "-- content/a.md --\n---\nredirect: /%2Fevil.example/\n---\n", jam.Config{})
	if to := site.Redirects()[0].To; to != "/evil.example/" {
		t.Errorf("leads to %s", to)
	}
}

// A file of the name that the site's own language would have is no mistake.
func TestFileLikeLanguage(t *testing.T) {
	site := load(t, "-- content/a.md --\n-- content/a.de.md --\n-- static/en --\nx\n", jam.Config{Languages: []jam.Language{{Code: "en"}, {Code: "de"}}})
	if !slices.Contains(site.Files(), "en") {
		t.Error(site.Files())
	}
}

func TestGreatWeights(t *testing.T) {
	site := load(t, "-- content/a.md --\n---\ntags: [x]\n---\n-- content/b.md --\n---\ntags: [x]\ntags_weight: 4294967296\n---\n", jam.Config{})
	if got := paths(site.Taxonomies()["tags"]["x"].Pages()); !slices.Equal(got, []string{"/b", "/a"}) {
		t.Errorf("have %q", got)
	}
}

// A Config may be changed after Load, and what a site returns, too: neither reaches Reload.
func TestReloadIsOnItsOwn(t *testing.T) {
	config := func() *jam.Config {
		return &jam.Config{Now: now,
			Languages: []jam.Language{{Code: "en", Params: map[string]any{"a": "x"}, Taxonomies: []string{"tags"},
				Menus: map[string][]jam.MenuEntry{"main": {{Name: "x", URL: "/x/"}}}}, {Code: "de"}},
			Params: map[string]any{"m": map[string]any{"q": "v"}}, Taxonomies: []string{"tags"},
			Menus:   map[string][]jam.MenuEntry{"main": {{Name: "x", URL: "/x/"}}},
			Cascade: []jam.Cascade{{Values: map[string]any{"title": "T"}}}}
	}
	tree := archive(t, "-- content/a.md --\n---\ntags: [t]\n---\n-- content/b.de.md --\n")
	state := func(s *jam.Site) string {
		out := ""
		for _, s := range s.Sites() {
			out += fmt.Sprint(s.Params(), s.Language().Taxonomies, s.Menus()["main"], s.Pages()[0].Title())
		}
		return out
	}
	for i, change := range []func(*jam.Config, *jam.Site){
		func(c *jam.Config, _ *jam.Site) { c.Params["m"].(map[string]any)["q"] = "no" },
		func(c *jam.Config, _ *jam.Site) { c.Menus["main"][0].Name = "no" },
		func(c *jam.Config, _ *jam.Site) { c.Cascade[0].Values["title"] = "no" },
		func(c *jam.Config, _ *jam.Site) { c.Languages[0].Params["a"] = "no" },
		func(c *jam.Config, _ *jam.Site) { c.Languages[0].Menus["main"][0].Name = "no" },
		func(c *jam.Config, _ *jam.Site) { c.Languages[0].Taxonomies[0] = "no" },
		func(_ *jam.Config, s *jam.Site) { s.Languages()[0].Menus["main"][0].Name = "no" },
		func(_ *jam.Config, s *jam.Site) { s.Languages()[1].Taxonomies[0] = "no" },
	} {
		cfg := config()
		site := mustLoad(t, tree, cfg)
		want := state(site)
		change(cfg, site)
		if i < 6 && state(site) != want {
			t.Errorf("change %d reaches the site", i)
		}
		next, err := site.Reload(t.Context())
		if err != nil {
			t.Errorf("change %d: %v", i, err)
		} else if got := state(next); got != want {
			t.Errorf("change %d: after Reload %s, want %s", i, got, want)
		}
	}
}

// Front matter of a few kilobytes can't keep Load busy: what it allocates grows as what there is to describe.
func TestLoadStaysQuick(t *testing.T) {
	for _, test := range []struct {
		name string
		tree func(n int) fs.FS
		most float64 // times as much for four times n
	}{
		{"rules for resources", rulesForAll, 20}, // each file has the parameters of each rule
		{"missing parents", missingParents, 5.5},
	} {
		small, large := loadAllocates(t, test.tree(200)), loadAllocates(t, test.tree(800))
		if growth := float64(large) / float64(small); growth > test.most {
			t.Errorf("%s: %d KiB become %d KiB, which is %.1f times as much", test.name, small>>10, large>>10, growth)
		}
	}
}

func rulesForAll(n int) fs.FS {
	var rules strings.Builder
	tree := fstest.MapFS{}
	for i := range n {
		fmt.Fprintf(&rules, "- {src: '**', params: {p%d: 1, q: {r%d: 1}}}\n", i, i)
		tree[fmt.Sprintf("content/a/f%d.png", i)] = &fstest.MapFile{}
	}
	tree["content/a/index.md"] = &fstest.MapFile{Data: []byte("---\nresources:\n" + rules.String() + "---\n")}
	return tree
}

func missingParents(n int) fs.FS {
	tree := fstest.MapFS{}
	for i := range n {
		tree[fmt.Sprintf("content/p%d.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\nmenus: {main: {parent: q%d}}\n---\n", i)}
	}
	return tree
}

// loadAllocates returns how many bytes a Load has allocated.
func loadAllocates(t *testing.T, tree fs.FS) uint64 {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _ = jam.Load(t.Context(), tree, &jam.Config{Now: now}) // errors are part of what it costs
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// Of folders that nest too deeply, each is opened once.
func TestDeepFoldersAreOpenedOnce(t *testing.T) {
	const depth = 2000
	opened := 0
	tree := openings{fstest.MapFS{"content/" + strings.Repeat("a/", depth) + "p.md": &fstest.MapFile{}}, &opened}
	_, err := jam.Load(t.Context(), tree, &jam.Config{Now: now})
	if err == nil || !strings.Contains(err.Error(), "nested more than") {
		t.Errorf("have %v", err)
	}
	if opened > 2*depth {
		t.Errorf("%d files and folders have been opened", opened)
	}
}

// openings counts what is opened.
type openings struct {
	fs.FS
	n *int
}

func (o openings) Open(name string) (fs.File, error) {
	*o.n++
	return o.FS.Open(name)
}
