package jam_test

import (
	"context"
	"fmt"
	"io"
	"iter"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jam-go/jam"
)

// load loads a site whose pages are rendered by dump.
func load(t *testing.T, text string, cfg jam.Config) *jam.Site {
	t.Helper()
	cfg.Now, cfg.Renderer = now, jam.RendererFunc(dump)
	return mustLoad(t, archive(t, text), &cfg)
}

func TestGenerators(t *testing.T) {
	const tree = `
-- content/_index.md --
-- data/people.csv --
name,born
Ada,1815
Grace,1906
-- static/robots.txt --
`
	people := func(_ context.Context, s *jam.Site) iter.Seq2[*jam.Document, error] {
		return func(yield func(*jam.Document, error) bool) {
			for _, row := range s.Data()["people"].([]any)[1:] {
				name, born := row.([]any)[0].(string), row.([]any)[1].(string)
				doc := &jam.Document{Path: "people/" + name + ".md", Body: []byte("Born in **" + born + "**."),
					FrontMatter: map[string]any{"title": name, "tags": []string{"people"}, "weight": len(name)}}
				if !yield(doc, nil) {
					return
				}
			}
		}
	}
	var seen []string
	index := func(_ context.Context, s *jam.Site) iter.Seq2[*jam.Document, error] {
		return func(yield func(*jam.Document, error) bool) {
			var b strings.Builder
			for _, p := range s.Pages() {
				seen = append(seen, p.Path())
				fmt.Fprintf(&b, "%s %s %s\n", p.Title(), p.RelPermalink(), p.Content())
			}
			_ = yield(&jam.Document{Path: "api/people.txt", Body: []byte(b.String())}, nil) &&
				yield(&jam.Document{Path: "people/_index.md", Body: []byte("---\ntitle: Everybody\npaginate: 1\n---\n")}, nil)
		}
	}
	site := load(t, tree, jam.Config{Generators: []jam.Generator{people, index}})
	if want := []string{"/people/Ada", "/people/Grace"}; !slices.Equal(seen, want) {
		t.Errorf("the second generator saw %q, want %q", seen, want)
	}
	want := []string{"api/people.txt", "index.html", "people/ada/index.html", "people/grace/index.html", "people/index.html",
		"people/page/2/index.html", "robots.txt", "tags/index.html", "tags/people/index.html"}
	if got := site.Files(); !slices.Equal(got, want) {
		t.Errorf("Files() = %q, want %q", got, want)
	}
	mem := jam.Memory()
	if _, err := site.Build(t.Context(), mem); err != nil {
		t.Fatal(err)
	}
	const text = "Ada /people/ada/ <p>Born in <strong>1815</strong>.</p>\n\nGrace /people/grace/ <p>Born in <strong>1906</strong>.</p>\n\n"
	if got := string(mem.Files()["api/people.txt"]); got != text {
		t.Errorf("api/people.txt is\n%s\nwant\n%s", got, text)
	}
	again, err := site.Reload(t.Context())
	if err != nil || !slices.Equal(again.Files(), want) {
		t.Errorf("after Reload: %v, %v", again, err)
	}
}

func TestPermalinkHook(t *testing.T) {
	site := load(t, `
-- content/posts/a.md --
---
date: 2026-01-02
---
-- content/posts/b.md --
---
url: /own/
---
-- content/posts/b.de.md --
-- content/_index.md --
-- content/_index.de.md --
`, jam.Config{Languages: []jam.Language{{Code: "en"}, {Code: "de"}}, Permalink: func(p *jam.Page) string {
		if !p.IsPage() {
			return ""
		}
		return fmt.Sprintf("/%s/%d/%s.html", p.Section(), p.Date().Year(), path.Base(p.Path()))
	}})
	var got []string
	for _, s := range site.Sites() {
		for _, p := range s.Pages() {
			got = append(got, p.RelPermalink())
		}
	}
	if want := []string{"/posts/2026/a.html", "/own/", "/de/posts/1/b.html"}; !slices.Equal(got, want) {
		t.Errorf("URLs are %q, want %q", got, want)
	}
}

func TestRelatedPages(t *testing.T) {
	const tree = `
-- content/a.md --
---
date: 2026-01-01
tags: [go, web]
params: {series: s}
---
-- content/b.md --
---
date: 2026-02-01
tags: [Go, Web]
---
-- content/c.md --
---
date: 2026-03-01
tags: [web]
params: {series: S}
---
-- content/d.md --
---
date: 2026-04-01
tags: [other]
---
`
	indices := []jam.RelatedIndex{{Name: "tags", Weight: 10}, {Name: "series", Weight: 30}}
	for _, test := range []struct {
		name    string
		related jam.Related
		want    map[string][]string
	}{
		{"older, by default", jam.Related{}, map[string][]string{"/b": {"/a"}, "/c": {"/b", "/a"}}},
		{"newer, too", jam.Related{Indices: indices, IncludeNewer: true, ToLower: true},
			map[string][]string{"/a": {"/c", "/b"}, "/b": {"/a", "/c"}, "/c": {"/a", "/b"}}},
		{"case counts", jam.Related{Indices: indices, IncludeNewer: true}, map[string][]string{"/a": {"/c"}, "/c": {"/a"}}},
		{"threshold", jam.Related{Indices: indices, IncludeNewer: true, ToLower: true, Threshold: 80}, map[string][]string{"/a": {"/c"}, "/c": {"/a"}}},
		{"limit", jam.Related{Indices: indices, IncludeNewer: true, ToLower: true, Limit: 1},
			map[string][]string{"/a": {"/c"}, "/b": {"/a"}, "/c": {"/a"}}},
		{"of no page", jam.Related{Indices: []jam.RelatedIndex{{Name: "colours", Weight: 1}}}, map[string][]string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := make(map[string][]string)
			for _, p := range load(t, tree, jam.Config{Related: test.related}).Pages() {
				if list := paths(p.Related()); list != nil {
					got[p.Path()] = list
				}
			}
			if !maps.EqualFunc(got, test.want, slices.Equal) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestReferences(t *testing.T) {
	site := load(t, `
-- content/_index.md --
-- content/docs/_index.md --
-- content/docs/setup.md --
## Step 2
## Other {#own}
-- content/docs/Setup.de.md --
-- content/docs/more/setup-more/index.md --
-- content/docs/more/twice.md --
-- content/posts/twice.md --
-- content/page.html --
<p id=x>
`, jam.Config{BaseURL: "https://example.org/", Languages: []jam.Language{{Code: "en"}, {Code: "de"}}})
	from, err := site.Page("/docs/more/twice")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ ref, want string }{
		{"/docs/setup", "/docs/setup/"},
		{"/docs/setup.md", "/docs/setup/"},
		{"/docs/", "/docs/"},
		{"../setup", "/docs/setup/"},
		{"../../docs/setup.md", "/docs/setup/"},
		{"setup", "/docs/setup/"},
		{"setup-more", "/docs/more/setup-more/"},
		{"twice", "/docs/more/twice/"},
		{"/posts/twice", "/posts/twice/"},
		{"/", "/"},
		{"/docs/setup#step-2", "/docs/setup/#step-2"},
		{"/docs/setup?q=1", "/docs/setup/?q=1"},
		{"setup#own", "/docs/setup/#own"},
		{"/page#any", "/page/#any"},
		{"/docs/setup#nowhere", ""},
		{"#nowhere", ""},
		{"../../../x", ""},
		{"nowhere", ""},
		{"/setup", ""},
	} {
		got, err := from.RelRef(test.ref)
		if got != test.want || (err != nil) != (test.want == "") {
			t.Errorf("RelRef(%q) = %q, %v, want %q", test.ref, got, err, test.want)
		}
		if full, _ := from.Ref(test.ref); test.want != "" && full != "https://example.org"+test.want {
			t.Errorf("Ref(%q) = %q", test.ref, full)
		}
	}
	if p := site.GetPage("twice"); p != nil {
		t.Errorf("of two pages, GetPage took %v", p)
	}
}

// everything is a site that uses all of the model.
func everything() *jam.Config {
	extra := yields(&jam.Document{Path: "made/one.md", Body: []byte("---\ntags: [c]\nmenus: main\n---\nMade")},
		&jam.Document{Path: "made/one.md", Language: "de", FrontMatter: map[string]any{"title": "Eins"}},
		&jam.Document{Path: "api/x.json", Body: []byte("{}")})
	return &jam.Config{
		BaseURL: "https://example.org/sub/", Title: "Everything", FileNameDates: true, SectionMenu: "main",
		Languages:  []jam.Language{{Code: "en"}, {Code: "de", Taxonomies: []string{"tags"}}, {Code: "ar", Path: "arabic"}},
		Pagination: map[string]jam.Pagination{"section": {Size: 2, Order: "-weight"}, "term": {Size: 3}, "home": {Size: 4, Of: "recursive"}},
		Cascade:    []jam.Cascade{{Path: "/s1/**", Values: map[string]any{"params": map[string]any{"n": 1}}}, {Language: "de", Values: map[string]any{"color": "x"}}},
		Menus:      map[string][]jam.MenuEntry{"main": {{Name: "Top", URL: "/", Weight: 1}, {PageRef: "/s2/p2", Parent: "Top"}}},
		Redirects:  []jam.Redirect{{From: "/from/", To: "/s1/p1/"}},
		Related:    jam.Related{Indices: []jam.RelatedIndex{{Name: "tags", Weight: 1}}, IncludeNewer: true},
		Generators: []jam.Generator{extra}, Now: now,
		Renderer: jam.RendererFunc(func(ctx context.Context, w io.Writer, p *jam.Page) error {
			text, err := p.Site().Translate("count", p.Pages().Len())
			if err != nil {
				return err
			}
			fmt.Fprintln(w, text, paths(p.Related()), paths(p.GetTerms("tags")), p.Params())
			for _, s := range p.Site().Sites() {
				for _, entries := range []jam.TaxonomyEntries{s.Taxonomies()["tags"].ByCount(), s.Taxonomies()["tags"].Alphabetical()} {
					for _, e := range entries {
						fmt.Fprint(w, e.Name, paths(e.Pages()))
					}
				}
			}
			groups, err := p.RegularPagesRecursive().GroupByParam("group")
			if err != nil {
				return err
			}
			for _, g := range groups {
				fmt.Fprintln(w, g.Key, paths(g.Pages))
			}
			return dump(ctx, w, p)
		}),
	}
}

func everythingTree() string {
	var b strings.Builder
	b.WriteString("-- i18n/en.toml --\ncount = {one = '{{.Count}} page', other = '{{.Count}} pages'}\n-- i18n/ar.toml --\ncount = 'x'\n")
	b.WriteString("-- content/s1/_index.md --\n---\ncascade:\n  - target: {path: '**/p{1,4}'}\n    group: b\n---\n-- data/d.json --\n{}\n-- static/s.txt --\ns\n")
	for i, lang := range []string{"", ".de", ".ar"} {
		for n := range 12 {
			fmt.Fprintf(&b, "-- content/s%d/p%d%s.md --\n---\ntitle: Page %d\nweight: %d\ndate: 2026-01-%02d\ntags: [%c, t]\ngroup: %c\naliases: old%d%s\n---\n[next](p%d.md) text\n",
				n%3, n, lang, n*7%5, n%4, 1+n*5%9, 'a'+rune(n%4), 'a'+rune(n%2), n, lang, (n+3)%12)
		}
		fmt.Fprintf(&b, "-- content/s2/bundle/index%s.md --\n---\nresources:\n  - {src: '*.txt', title: 'Text :counter'}\n---\n-- content/s2/bundle/f%d.txt --\nf\n", lang, i)
	}
	return b.String()
}

// TestDeterminism builds one site again and again, with more or fewer workers.
func TestDeterminism(t *testing.T) {
	tree := archive(t, everythingTree())
	var first map[string][]byte
	var warnings string
	for _, workers := range []int{1, 8, 3, 8} {
		cfg := everything()
		cfg.Workers = workers
		site := mustLoad(t, tree, cfg)
		mem := jam.Memory()
		report, err := site.Build(t.Context(), mem)
		if err != nil {
			t.Fatal(err)
		}
		files, said := mem.Files(), fmt.Sprint(report.Warnings)
		if names := slices.Sorted(maps.Keys(files)); !slices.Equal(names, site.Files()) {
			t.Errorf("%d workers: Files() is not what was built", workers)
		}
		if first == nil {
			first, warnings = files, said
			if len(files) < 100 {
				t.Errorf("only %d files", len(files))
			}
			continue
		}
		if said != warnings {
			t.Errorf("%d workers: warnings\n%s\nwere\n%s", workers, said, warnings)
		}
		for _, name := range slices.Sorted(maps.Keys(first)) {
			if string(files[name]) != string(first[name]) {
				t.Errorf("%d workers: %s is\n%s\nwas\n%s", workers, name, files[name], first[name])
			}
		}
	}
}

func TestFormats(t *testing.T) {
	site := mustLoad(t, archive(t, "-- content/a.md --\n-- content/a.de.md --\n-- content/a.ar-EG.md --\n"), &jam.Config{
		Languages: []jam.Language{{Code: "en"}, {Code: "de"}, {Code: "fr"}}})
	date := time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC)
	for code, want := range map[string]string{"en": "1,234.50 March 5, 2026", "de": "1.234,50 5. März 2026", "fr": "1\u00a0234,50 5 mars 2026"} {
		text, err := site.In(code).FormatDate(date, ":date_long")
		if got := site.In(code).FormatNumber(1234.5, 2) + " " + text; err != nil || got != want {
			t.Errorf("%s: got %q, %v, want %q", code, got, err, want)
		}
	}
	if _, err := site.FormatDate(date, ":date_lang"); err == nil || !strings.Contains(err.Error(), "date_long") {
		t.Errorf("an unknown format is %v", err)
	}
}
