package jam_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
)

// FuzzDeclarations loads sites whose pages declare what they like. Whatever it is, it loads or
// fails without a panic, and the same way each time.
func FuzzDeclarations(f *testing.F) {
	for _, seed := range []string{
		"menus: {main: {parent: a, weight: 1, pageRef: /b, params: {x: [1]}}}", "menus: [main, footer]",
		"cascade: [{target: {path: '/s/**', kind: '{page,term}', lang: de}, build: {list: never}}, {paginate: 2}]",
		"paginate: {size: 1, of: recursive, order: -title, path: 'p:num'}", "paginate: 0",
		"resources: [{src: '**', name: 'a-:counter', title: b, params: {c: d}}]",
		"aliases: [/old, ../up, x.html, //host, 'a b']", "redirect: https://example.org/\nheadless: true",
		"tags: [a, A, 'a/b', '..', é]\ntags_weight: -1", "taxonomies: {tags: [x]}\ntranslationKey: k",
		"url: '/:year/:slug/'\nslug: ''\ndate: 2026-01-01", "translationKey: k\nbuild: {render: link, list: local}",
	} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, page, section string) {
		file := func(front string) *fstest.MapFile {
			return &fstest.MapFile{Data: []byte("---\n" + front + "\n---\nText.\n")}
		}
		tree := fstest.MapFS{
			"content/s/_index.md": file(section), "content/s/a.md": file(page), "content/s/a.de.md": file(page),
			"content/s/b/index.md": file(page), "content/s/b/t.md": file(section), "content/s/b/x.png": {}, "content/b.md": {}, "content/tags/a/_index.md": file(section),
		}
		var last []string
		for _, workers := range []int{1, 4} {
			site, err := jam.Load(t.Context(), tree, &jam.Config{
				Languages: []jam.Language{{Code: "en"}, {Code: "de"}}, SectionMenu: "main", Workers: workers,
				Now: now, Renderer: jam.RendererFunc(dump), Minify: jam.Minify{Disabled: true}, Future: true,
			})
			var got []string
			for _, e := range jam.Errors(err) {
				got = append(got, e.Error())
			}
			if err == nil {
				got = site.Files()
				for _, w := range site.Warnings() {
					got = append(got, w.Error())
				}
				if _, err := site.Build(t.Context(), jam.Memory()); err != nil {
					got = append(got, err.Error())
				}
			}
			if i := slices.IndexFunc(got, func(s string) bool { return strings.Contains(s, "panic") && !strings.Contains(page+section, "panic") }); i >= 0 {
				t.Fatal(got[i])
			}
			if last != nil && !slices.Equal(got, last) {
				t.Fatalf("%d workers: %q, and before %q", workers, got, last)
			}
			last = got
		}
	})
}
