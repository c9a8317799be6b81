package jam_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
)

// checkOutput holds a site's files against what may stand on any system.
func checkOutput(t *testing.T, site *jam.Site) {
	t.Helper()
	files := site.Files()
	folded := make(map[string]string, len(files))
	for _, name := range files {
		if bad := badOutput(name); bad != "" {
			t.Errorf("%q %s", name, bad)
		}
		lower := strings.ToLower(name)
		if other, ok := folded[lower]; ok {
			t.Errorf("there are %q and %q", name, other)
		}
		folded[lower] = name
	}
	for _, name := range files {
		for i := range name {
			if name[i] != '/' {
				continue
			}
			if other, ok := folded[strings.ToLower(name[:i])]; ok {
				t.Errorf("%q is a file, and a folder of %q", other, name)
			}
		}
	}
}

// FuzzNames puts a name into one of the places of TestPathAttacks.
func FuzzNames(f *testing.F) {
	for i, name := range attackNames("/elsewhere") {
		if len(name) < 100 {
			f.Add(uint16(i), name)
		}
	}
	tree := fstest.MapFS{}
	for name, text := range siteFiles {
		tree[name] = &fstest.MapFile{Data: []byte(text)}
	}
	f.Fuzz(func(t *testing.T, n uint16, name string) {
		place := attackPlaces[int(n)%len(attackPlaces)]
		cfg := &jam.Config{Now: now, Minify: jam.Minify{Disabled: true}, Workers: 1}
		site, err := jam.Load(t.Context(), place.make(validFS{t, tree}, name, cfg), cfg)
		if err != nil {
			if strings.Contains(err.Error(), "panic:") && !strings.Contains(name, "panic:") {
				t.Error(err)
			}
			return
		}
		checkOutput(t, site)
	})
}

// FuzzPatterns makes the names of pages' files by what may make them together.
func FuzzPatterns(f *testing.F) {
	f.Add("/:year/:month/:slug/", "posts/a.md", "A title", "", "", false)
	f.Add("/:sections[1:]/:title", "a/b/c/index.md", "..", "../x", "", true)
	f.Add(":contentbasename.html", "posts/con.md", "aux", "a/../b", "", false)
	f.Add("/:2006/../:filename", "x/..md", "C:", ".", "/:slug/", false)
	f.Add("", "Posts/A.md", "É", "É", "%2e%2e/x", true)
	f.Add("/:section/:day/:slugorfilename.txt", "a b/c.d.md", ":slug", "x.", `\:slug`, false)
	f.Fuzz(func(t *testing.T, pattern, path, title, slug, url string, ugly bool) {
		front := map[string]any{"title": title, "slug": slug, "date": "2026-01-02", "aliases": []any{slug + "/" + title}, "tags": []any{title, slug}}
		if url != "" {
			front["url"] = url
		}
		site, err := jam.Load(t.Context(), nil, &jam.Config{
			Now: now, Workers: 1, UglyURLs: ugly, Permalinks: map[string]string{"": pattern, "section:": pattern, "term:tags": pattern + "/:slug"},
			Sources: []jam.Source{jam.Documents(&jam.Document{Path: path, FrontMatter: front}, &jam.Document{Path: "z/y.md"}, &jam.Document{Path: path + ".png"})},
		})
		if err != nil {
			if strings.Contains(err.Error(), "panic:") && !strings.Contains(fmt.Sprint(pattern, path, title, slug, url), "panic:") {
				t.Error(err)
			}
			return
		}
		checkOutput(t, site)
	})
}
