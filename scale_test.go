package jam_test

import (
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
)

// pageQueries are what templates of pages ask of a site.
var pageQueries = []struct{ name, layout string }{
	{"nothing", `{{ .Title }}`},
	{"previous and next", `{{ with .Prev }}{{ .Title }}{{ end }}{{ with .Next }}{{ .Title }}{{ end }}{{ with .NextInSection }}{{ .Title }}{{ end }}` +
		`{{ with site.RegularPages.Prev . }}{{ .Title }}{{ end }}`},
	{"previous and next by date", `{{ with site.RegularPages.ByDate.Next . }}{{ .Title }}{{ end }}{{ with (where site.RegularPages "Type" "posts").Prev . }}{{ .Title }}{{ end }}`},
	{"terms", `{{ range .GetTerms "tags" }}{{ .Title }} {{ len .Pages }}{{ range first 5 .Pages }}{{ .Title }}{{ end }}{{ end }}`},
	{"taxonomy", `{{ range first 20 site.Taxonomies.tags.ByCount }}{{ .Name }} {{ .Count }}{{ end }}` +
		`{{ range first 20 site.Taxonomies.tags.Alphabetical }}{{ .Page.Title }}{{ end }}{{ range first 20 (site.Taxonomies.tags.Get "tag 1").Pages }}{{ .Title }}{{ end }}`},
	{"sections", `{{ range first 20 site.Sections }}{{ .Title }} {{ len .RegularPages }}{{ end }}{{ range first 5 site.Sections.ByTitle }}{{ .Title }}{{ end }}`},
	{"menus", `{{ $p := . }}{{ range site.Menus.main }}{{ .Name }}{{ if $p.IsMenuCurrent "main" . }}!{{ end }}{{ if $p.HasMenuCurrent "main" . }}+{{ end }}{{ end }}`},
	{"related", `{{ range first 5 (site.RegularPages.Related .) }}{{ .Title }}{{ end }}{{ range first 5 ((where site.RegularPages "Section" "!=" "x").Related .) }}{{ .Title }}{{ end }}`},
	{"where, first", `{{ range first 20 (where site.RegularPages "Type" "posts") }}{{ .Title }}{{ end }}`},
	{"where of the page's section, first", `{{ range first 20 (where site.RegularPages "Section" .Section) }}{{ .Title }}{{ end }}`},
	{"where in, first", `{{ range first 20 (where site.RegularPages "Type" "in" site.Params.mainSections) }}{{ .Title }}{{ end }}`},
	{"where of parameters, first", `{{ range first 20 (where (where site.RegularPages "Params.rank" "gt" 3) ".Params.author" "!=" nil) }}{{ .Title }}{{ end }}`},
	{"where each page asks for what is its own", `{{ len (where site.RegularPages "Params.author" .Params.author) }}{{ len (where site.RegularPages "Params.series" .Params.series) }}` +
		`{{ len (where site.RegularPages "Tags" "intersect" (first 1 .Tags)) }}{{ len (where site.RegularPages "Parent" .Parent) }}`},
	{"newest 20", `{{ range first 20 site.RegularPages.ByDate.Reverse }}{{ .Title }}{{ end }}`},
	{"by title, parameter and weight", `{{ range first 5 site.RegularPages.ByTitle }}{{ .Title }}{{ end }}{{ range (site.RegularPages.ByParam "rank").Limit 5 }}{{ .Title }}{{ end }}` +
		`{{ range first 5 site.RegularPages.ByLinkTitle }}{{ .Title }}{{ end }}{{ range first 5 site.RegularPages.ByWeight }}{{ .Title }}{{ end }}`},
	{"sort", `{{ range first 20 (sort site.RegularPages "Date" "desc") }}{{ .Title }}{{ end }}{{ range last 5 (sort site.RegularPages "Title") }}{{ .Title }}{{ end }}`},
	{"groups", `{{ range first 3 (site.RegularPages.GroupByDate "2006") }}{{ .Key }}{{ range first 5 .Pages.ByTitle }}{{ .Title }}{{ end }}{{ end }}` +
		`{{ range first 3 (site.RegularPages.GroupBy "Section") }}{{ .Key }}{{ end }}{{ range first 3 (site.RegularPages.GroupByParam "author") }}{{ .Key }}{{ end }}`},
	{"sets", `{{ $s := where site.RegularPages "Section" "s1" }}{{ len (union site.RegularPages site.Sections) }}{{ len (intersect site.RegularPages $s) }}` +
		`{{ len (symdiff $s site.RegularPages) }}{{ len (complement $s site.RegularPages) }}{{ len (uniq $s) }}{{ in $s . }}{{ in site.RegularPages . }}`},
	{"ancestors", `{{ range .Ancestors }}{{ .Title }}{{ end }}{{ .CurrentSection.Title }}{{ .FirstSection.Title }}{{ .IsDescendant .Site.Home }}{{ len .CurrentSection.RegularPagesRecursive }}`},
	{"translations", `{{ range .AllTranslations }}{{ .Title }}{{ end }}{{ len .Translations }}`},
	{"cached partial that returns pages", `{{ range first 5 (partialCached "all.html" .) }}{{ .Title }}{{ end }}`},
}

// scaleSite has n pages, each with three terms, in a section of the site's tenth or more.
func scaleSite(tb testing.TB, n int) *jam.Site {
	tb.Helper()
	tree := fstest.MapFS{}
	for i := range n {
		text := fmt.Sprintf("---\ntitle: Page %05d\ndate: %d-%02d-%02d\ntags: [tag %d, tag %d, tag %d]\nauthor: a%d\nrank: %d\ntype: %s\nseries: s%d\n---\nText.\n",
			i*7919%n, 2000+i%20, 1+i%12, 1+i%28, i%(n/5), i%(n/10), i%7, i%10, i%13, []string{"posts", "notes"}[i%2], i/3)
		dir := fmt.Sprintf("content/s%d/", i%(n/5))
		tree[dir+fmt.Sprintf("p%d.md", i)] = &fstest.MapFile{Data: []byte(text)}
		if i < 20 { // and in another language
			tree[dir+fmt.Sprintf("p%d.de.md", i)] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	menu := make([]jam.MenuEntry, 10)
	for i := range menu {
		menu[i] = jam.MenuEntry{PageRef: fmt.Sprintf("/s%d", i)}
	}
	site, err := jam.Load(tb.Context(), tree, &jam.Config{Now: now, Languages: []jam.Language{{Code: "en"}, {Code: "de"}},
		Menus: map[string][]jam.MenuEntry{"main": menu}, Params: map[string]any{"mainSections": []string{"posts", "talks"}}})
	if err != nil {
		tb.Fatal(err)
	}
	return site
}

// batch is how many pages are rendered at a time.
const batch = 5

// scaleRender returns what renders some pages of a site by a template: those of the batch with that number.
func scaleRender(tb testing.TB, site *jam.Site, layout string) func(i int) {
	tb.Helper()
	r, err := jam.Templates(fstest.MapFS{
		"page.html":          {Data: []byte(layout)},
		"_partials/all.html": {Data: []byte(`{{ return where site.RegularPages "Section" "!=" "x" }}`)},
	}, nil)
	if err != nil {
		tb.Fatal(err)
	}
	var list []*jam.Page
	for i := range 100 {
		p, err := site.Page(fmt.Sprintf("p%d", i))
		if err != nil {
			tb.Fatal(err)
		}
		list = append(list, p)
	}
	return func(i int) {
		for _, p := range list[batch*i%len(list):][:batch] {
			if err := r.Render(tb.Context(), io.Discard, p); err != nil {
				tb.Fatal(err)
			}
		}
	}
}

// TestQueriesOfPages counts what rendering a page allocates, once some have been rendered: that does not depend on how many
// pages there are.
func TestQueriesOfPages(t *testing.T) {
	small, large := scaleSite(t, 100), scaleSite(t, 2000)
	for _, q := range pageQueries {
		few, many := allocated(t, small, q.layout), allocated(t, large, q.layout)
		if many > few+few/2+12<<10 { // some of what is pooled is made again, more with -race
			t.Errorf("%s: a page allocates %d bytes in a site of 100 pages and %d in one of 2,000", q.name, few, many)
		}
	}
}

// allocated returns how many bytes rendering a page allocates.
func allocated(t *testing.T, site *jam.Site, layout string) uint64 {
	render := scaleRender(t, site, layout)
	var before, after runtime.MemStats
	var runs []uint64
	for i := range 20 {
		runtime.ReadMemStats(&before)
		render(i)
		runtime.ReadMemStats(&after)
		runs = append(runs, (after.TotalAlloc-before.TotalAlloc)/batch)
	}
	slices.Sort(runs[5:])
	return runs[8]
}

// TestQueriesAnswerTheSame compares what pages say that are rendered one after another, each asking what others asked
// before, with what each says by itself.
func TestQueriesAnswerTheSame(t *testing.T) {
	layout := `{{ range sort site.AllPages "Title" }}{{ .Title }}{{ end }}{{ range site.AllPages.ByLength }}{{ .Len }}{{ end }}`
	for _, q := range pageQueries {
		layout += q.layout + "\n"
	}
	tree := fstest.MapFS{
		"layouts/page.html":          {Data: []byte(layout)},
		"layouts/list.html":          {Data: []byte(layout)},
		"layouts/_partials/all.html": {Data: []byte(`{{ return where site.RegularPages "Section" "!=" "x" }}`)},
	}
	for i := range 60 {
		text := fmt.Appendf(nil, "---\ntitle: %c %d\ndate: 20%02d-01-02\ntags: [tag %d, t]\nauthor: a%d\nrank: %d\n---\n%s\n",
			[]rune("zäö")[i%3], i, i%30, i%4, i%10, i%7, strings.Repeat("word ", i))
		tree[fmt.Sprintf("content/s%d/p%d.md", i%3, i)] = &fstest.MapFile{Data: text}
		tree[fmt.Sprintf("content/s%d/p%d.sv.md", i%3, i)] = &fstest.MapFile{Data: text}
	}
	load := func() fs.FS {
		site, err := jam.Load(t.Context(), tree, &jam.Config{Now: now, Workers: 1, Languages: []jam.Language{{Code: "en"}, {Code: "sv"}}})
		if err != nil {
			t.Fatal(err)
		}
		return site.FS(t.Context())
	}
	read := func(out fs.FS, name string) string {
		text, err := fs.ReadFile(out, name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	together := load()
	for _, name := range []string{"index.html", "s0/p0/index.html", "sv/s0/p0/index.html", "s0/index.html", "sv/s1/p1/index.html", "tags/t/index.html", "s1/p1/index.html"} {
		alone := read(load(), name)
		for range 3 {
			if got := read(together, name); got != alone {
				t.Errorf("%s: asked again, the answers are\n%s\nwant\n%s", name, got, alone)
			}
		}
	}
}

func BenchmarkQueriesOfPages(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		site := scaleSite(b, n)
		for _, q := range pageQueries {
			b.Run(fmt.Sprintf("%s/%d pages", q.name, n), func(b *testing.B) {
				render := scaleRender(b, site, q.layout)
				for i := range 20 {
					render(i)
				}
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					render(i)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*batch), "ns/page")
			})
		}
	}
}
