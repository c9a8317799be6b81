package jam

import (
	"context"
	"fmt"
	"html/template"
	"io"
	"iter"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// The benchmarks of this file show how the content model's operations grow with the
// number of pages; docs/performance.md has the figures. Each reports the time per page, which is
// to stay about the same from 1,000 pages to 100,000.

// modelSizes are the numbers of pages; the last is left out of short runs.
var modelSizes = []int{1_000, 10_000, 100_000}

// benchSizes runs a benchmark at each size. prepare returns what is measured, which returns
// the number of pages that it was done for.
func benchSizes(b *testing.B, name string, prepare func(b *testing.B, n int) func() int) {
	for _, n := range modelSizes {
		b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
			if testing.Short() && n == modelSizes[len(modelSizes)-1] {
				b.Skip("too large for a short run")
			}
			run := prepare(b, n)
			pages := 0
			b.ReportAllocs()
			for b.Loop() {
				pages = run()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(pages), "ns/page")
		})
	}
}

// modelContent says what the documents of a generated site hold.
type modelContent struct {
	aliases, menus, cascade bool
	languages               []string // each page is in one of these
}

const (
	modelSections = 10 // of the top level, each with as many in it
	modelTags     = 50
)

// documents returns n pages, and the texts of sections. Pages have three of 50 tags,
// which are Zipf-distributed, a category, keywords, a date and parameters.
func (c modelContent) documents(n int) []*Document {
	r := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(r, 1.1, 1, modelTags-1)
	body := []byte("A page of a generated site.\n")
	newest := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	docs := c.sections()
	for i := range n {
		front := map[string]any{
			"title":    fmt.Sprintf("Page %d", i*7919%n),
			"date":     newest.Add(-time.Duration(i) * time.Hour),
			"tags":     []any{modelTag(zipf), modelTag(zipf), modelTag(zipf)},
			"category": fmt.Sprintf("Category %d", i%7),
			"keywords": []any{fmt.Sprintf("keyword %d", r.IntN(5000)), fmt.Sprintf("keyword %d", r.IntN(5000))},
			"params":   map[string]any{"author": fmt.Sprintf("Author %d", i%30), "rank": i * 31 % 1000},
		}
		if i%50 == 0 {
			front["weight"] = 1 + i%7
		}
		doc := &Document{FrontMatter: front, Body: body}
		if k := len(c.languages); k > 0 {
			doc.Language = c.languages[i%k]
			i -= i % k // translations have the same path
		}
		top, sub := i%modelSections, i/modelSections%modelSections
		doc.Path = fmt.Sprintf("s%d/t%d/page-%d.md", top, sub, i)
		if c.aliases {
			front["aliases"] = []any{fmt.Sprintf("/old/%d/", i)}
		}
		if c.menus && i%10 == 0 {
			front["menus"] = map[string]any{"big": map[string]any{"parent": fmt.Sprintf("s%d", i/10%modelSections), "identifier": fmt.Sprint(i)}}
		}
		docs = append(docs, doc)
	}
	return docs
}

func modelTag(zipf *rand.Zipf) string { return fmt.Sprintf("Tag %d", zipf.Uint64()) }

func (c modelContent) sections() []*Document {
	var docs []*Document
	add := func(path string, front map[string]any) {
		if len(c.languages) > 0 {
			for _, lang := range c.languages {
				docs = append(docs, &Document{Path: path, Language: lang, FrontMatter: front})
			}
			return
		}
		docs = append(docs, &Document{Path: path, FrontMatter: front})
	}
	for i := range modelSections {
		front := map[string]any{"title": fmt.Sprintf("Section %d", i)}
		if c.cascade {
			front["cascade"] = []any{map[string]any{"target": map[string]any{"kind": "page"}, "color": "red"}, map[string]any{"layout": "wide"}}
		}
		if c.menus {
			front["menus"] = map[string]any{"big": map[string]any{"identifier": fmt.Sprintf("s%d", i)}}
		}
		add(fmt.Sprintf("s%d/_index.md", i), front)
		for k := range modelSections {
			add(fmt.Sprintf("s%d/t%d/_index.md", i, k), map[string]any{"title": fmt.Sprintf("Subsection %d", k)})
		}
	}
	return docs
}

// modelConfig is the configuration of a site without anything declared.
func modelConfig() *Config {
	return &Config{
		Taxonomies: []string{},
		Renderer:   RendererFunc(func(context.Context, io.Writer, *Page) error { return nil }),
		Now:        func() time.Time { return time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC) },
	}
}

func loadModel(b *testing.B, cfg *Config) *snapshot {
	s, err := load(context.Background(), nil, cfg)
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// BenchmarkModelLoad loads sites that differ in what is declared. The time per page is that of a
// document of the content.
func BenchmarkModelLoad(b *testing.B) {
	taxonomies := func(c *Config) { c.Taxonomies = []string{"tags", "category"} }
	paginated := func(c *Config) {
		c.Pagination = map[string]Pagination{KindSection: {Size: 10, Of: "recursive"}, KindHome: {Size: 10}}
	}
	ordered := func(c *Config) {
		c.Pagination = map[string]Pagination{KindHome: {Size: 10, Order: "-title"}, "/s0": {Size: 10, Of: "site", Order: "rank"}}
	}
	cascade := func(c *Config) {
		c.Cascade = []Cascade{{Path: "/s1/**", Values: map[string]any{"color": "blue"}}, {Kind: KindPage, Values: map[string]any{"size": 1}}}
	}
	menus := func(c *Config) { c.SectionMenu = "main" }
	languages := func(c *Config) { c.Languages = []Language{{Code: "en"}, {Code: "de"}, {Code: "fr"}} }
	var three = []string{"en", "de", "fr"}
	for _, v := range []struct {
		name    string
		content modelContent
		options []func(*Config)
	}{
		{"plain", modelContent{}, nil},
		{"taxonomies", modelContent{}, []func(*Config){taxonomies}},
		{"pagination", modelContent{}, []func(*Config){paginated}},
		{"pagination in another order", modelContent{}, []func(*Config){ordered}},
		{"cascade", modelContent{cascade: true}, []func(*Config){cascade}},
		{"menus", modelContent{menus: true}, []func(*Config){menus}},
		{"aliases", modelContent{aliases: true}, nil},
		{"languages", modelContent{languages: three}, []func(*Config){languages}},
		{"all", modelContent{aliases: true, menus: true, cascade: true, languages: three},
			[]func(*Config){taxonomies, paginated, cascade, menus, languages}},
	} {
		benchSizes(b, v.name, func(b *testing.B, n int) func() int {
			cfg := modelConfig()
			cfg.Sources = []Source{Documents(v.content.documents(n)...)}
			for _, option := range v.options {
				option(cfg)
			}
			return func() int { loadModel(b, cfg); return n }
		})
	}
	benchSizes(b, "generator", func(b *testing.B, n int) func() int {
		cfg := modelConfig()
		docs := modelContent{}.documents(n)
		cfg.Generators = []Generator{func(context.Context, *Site) iter.Seq2[*Document, error] {
			return Documents(docs...).Documents(context.Background())
		}}
		return func() int { loadModel(b, cfg); return n }
	})
	benchSizes(b, "chained redirects", func(b *testing.B, n int) func() int {
		cfg := modelConfig()
		cfg.Sources = []Source{Documents(&Document{Path: "a.md"})}
		for i := range n {
			cfg.Redirects = append(cfg.Redirects, Redirect{From: fmt.Sprintf("/r%d/", i), To: fmt.Sprintf("/r%d/", i+1)})
		}
		return func() int { loadModel(b, cfg); return n }
	})
}

// modelSite returns a function that loads the site that the following benchmarks ask, one of each size.
func modelSite() func(b *testing.B, n int) *snapshot {
	sites := make(map[int]*snapshot)
	return func(b *testing.B, n int) *snapshot {
		if sites[n] == nil {
			cfg := modelConfig()
			cfg.Taxonomies = []string{"tags", "category"}
			cfg.SectionMenu = "main"
			cfg.Pagination = map[string]Pagination{KindHome: {Size: 10}}
			cfg.Sources = []Source{Documents(modelContent{menus: true}.documents(n)...)}
			sites[n] = loadModel(b, cfg)
		}
		return sites[n]
	}
}

// An operation is done for a number of pages, which it returns: on a site whose caches are
// empty, so that what is made at the first need is part of it, or else on one that has been asked before.
type operation struct {
	name  string
	run   func(site *Site) (pages int)
	asked bool
}

// eachPage is an operation that is done for every regular page.
func eachPage(name string, do func(p *Page)) operation {
	return operation{name: name, run: func(site *Site) int {
		for _, p := range site.Pages() {
			do(p)
		}
		return len(site.Pages())
	}}
}

// somePages is an operation that is done for a hundred pages of all parts of a site that has been
// asked before: what one call costs.
func somePages(name string, do func(p *Page)) operation {
	const some = 100
	return operation{name: name, asked: true, run: func(site *Site) int {
		all := site.Pages()
		for i := range some {
			do(all[i*len(all)/some])
		}
		return some
	}}
}

// ofList is an operation on the list of all regular pages.
func ofList(name string, do func(ps Pages) error) operation {
	return operation{name: name, run: func(site *Site) int {
		if err := do(site.Pages()); err != nil {
			panic(err)
		}
		return len(site.Pages())
	}}
}

func benchOperations(b *testing.B, ops []operation) {
	site := modelSite()
	for _, op := range ops {
		benchSizes(b, op.name, func(b *testing.B, n int) func() int {
			s := site(b, n)
			if op.asked {
				site := s.base.site(s.main)
				op.run(site)
				return func() int { return op.run(site) }
			}
			return func() int {
				s.recursive.Clear()
				s.main.related = relatedPages{}
				s.main.names = nameIndex{}
				return op.run(newView(s).site(s.main))
			}
		})
	}
}

// BenchmarkModelPages measures what a page is asked about its place in the site.
func BenchmarkModelPages(b *testing.B) {
	benchOperations(b, []operation{
		eachPage("Title", func(p *Page) { _ = p.Title() }), // how much is due to the processor's caches
		{name: "a view", run: func(s *Site) int { return len(s.v.pages) }},
		eachPage("Next and Prev", func(p *Page) { p.Next(); p.Prev(); p.NextInSection(); p.PrevInSection() }),
		eachPage("Ancestors", func(p *Page) { p.Ancestors(); p.CurrentSection(); p.FirstSection() }),
		eachPage("Translations", func(p *Page) { p.Translations() }),
		{name: "RegularPagesRecursive", run: func(s *Site) int {
			for _, section := range s.Sections() {
				section.RegularPagesRecursive()
			}
			return len(s.Pages())
		}},
		somePages("Pages.Next", func(p *Page) { p.Site().Pages().Next(p) }),
		somePages("CurrentSection.Pages.Next", func(p *Page) { p.CurrentSection().RegularPages().Next(p) }),
		eachPage("Site.Page by path", func(p *Page) { mustPage(p, p.Path()) }),
		eachPage("Site.Page by file", func(p *Page) { mustPage(p, p.File().Path()) }),
		eachPage("Site.Page by name", func(p *Page) { mustPage(p, path.Base(p.Path())) }),
		eachPage("Page.GetPage", func(p *Page) { p.GetPage(path.Base(p.Path())) }),
		somePages("Site.Page of none", func(p *Page) {
			if _, err := p.Site().Page(p.Path() + "x"); err == nil {
				panic("found")
			}
		}),
	})
}

func mustPage(p *Page, name string) {
	if got, err := p.Site().Page(name); err != nil || got != p {
		panic(fmt.Sprint(name, got, err))
	}
}

// BenchmarkModelTaxonomies measures terms and their pages.
func BenchmarkModelTaxonomies(b *testing.B) {
	benchOperations(b, []operation{
		{name: "Site.Taxonomies", run: func(s *Site) int { s.Taxonomies(); return len(s.Pages()) }},
		{name: "ByCount and Alphabetical", run: func(s *Site) int {
			tags := s.Taxonomies()["tags"]
			if len(tags.ByCount()) != len(tags.Alphabetical()) {
				panic("terms are missing")
			}
			return len(s.Pages())
		}},
		eachPage("GetTerms", func(p *Page) { p.GetTerms("tags"); p.GetTerms("category") }),
		{name: "pages of terms", run: func(s *Site) int {
			for _, term := range s.GetPage("/tags").Pages() {
				term.Pages()
			}
			return len(s.Pages())
		}},
	})
}

// BenchmarkModelLists measures dividing, sorting and grouping.
func BenchmarkModelLists(b *testing.B) {
	ops := []operation{
		{name: "every pager", run: func(s *Site) int {
			n := 0
			for _, g := range s.Home().Paginator().Pagers() {
				n += len(g.Pages())
			}
			return n
		}},
		{name: "every pager by Next", run: func(s *Site) int {
			n := 0
			for g := s.Home().Paginator(); g != nil; g = g.Next() {
				n += len(g.Pages())
			}
			return n
		}},
		ofList("ByDate", func(ps Pages) error { ps.ByDate(); return nil }),
		ofList("ByTitle", func(ps Pages) error { ps.ByTitle(); return nil }),
		ofList("ByParam", func(ps Pages) error { ps.ByParam("rank"); return nil }),
		ofList("GroupByDate", func(ps Pages) error { _, err := ps.GroupByDate("2006-01"); return err }),
		ofList("GroupBy", func(ps Pages) error { _, err := ps.GroupBy("Section"); return err }),
		ofList("GroupByParam", func(ps Pages) error { _, err := ps.GroupByParam("author"); return err }),
	}
	benchOperations(b, ops)
}

// modelFunctions are calls of template functions, with all pages as $all, and those of one section as $some.
var modelFunctions = []struct{ name, call string }{
	{"where", `where $all "Section" "s1"`},
	{"where of a param", `where $all "Params.author" "in" (slice "Author 1" "Author 2")`},
	{"where of a date", `where $all "Date" "lt" now`},
	{"sort", `sort $all "Title" "desc"`},
	{"sort of a param", `sort $all "Params.rank"`},
	{"first, last, after", `first 10 (last 20 (after 30 $all))`},
	{"union", `union $some $all`},
	{"intersect", `intersect $some $all`},
	{"complement", `complement $some $all`},
	{"uniq", `uniq $all`},
	{"shuffle", `shuffle $all 1`},
	{"in", `cond (in $all page) $some $all`},
	{"group", `(group "a" $all).Pages`},
}

// BenchmarkModelFunctions executes a template that calls a function on the list of all pages once.
func BenchmarkModelFunctions(b *testing.B) {
	chosen := ""
	var text strings.Builder
	text.WriteString(`{{ $all := site.RegularPages }}{{ $some := (site.GetPage "/s1").RegularPagesRecursive }}`)
	for _, f := range modelFunctions {
		fmt.Fprintf(&text, "{{ if eq (chosen) %q }}{{ len (%s) }}{{ end }}", f.name, f.call)
	}
	renderer, err := Templates(fstest.MapFS{"all.html": {Data: []byte(text.String())}},
		template.FuncMap{"chosen": func() string { return chosen }})
	if err != nil {
		b.Fatal(err)
	}
	sites := modelSite()
	for _, f := range modelFunctions {
		benchSizes(b, f.name, func(b *testing.B, n int) func() int {
			s := sites(b, n)
			s.renderer = renderer
			chosen = f.name
			return func() int {
				w := httptest.NewRecorder()
				s.base.site(s.main).Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
				if w.Code != http.StatusOK || w.Body.Len() == 0 {
					b.Fatal(w.Code, w.Body)
				}
				return n
			}
		})
	}
}

// BenchmarkModelRelated measures related pages.
func BenchmarkModelRelated(b *testing.B) {
	benchOperations(b, []operation{
		{name: "index", run: func(s *Site) int { s.local.relatedIndex(s.v.snap); return len(s.Pages()) }},
		eachPage("Page.Related", func(p *Page) { p.Related() }),
		somePages("Pages.Related", func(p *Page) { p.Site().Pages().Related(p) }),
		somePages("of a section", func(p *Page) { p.CurrentSection().RegularPages().Related(p) }),
	})
}

// BenchmarkModelMenus measures menus: one of the ten sections, and one with an entry for each tenth page.
func BenchmarkModelMenus(b *testing.B) {
	benchOperations(b, []operation{
		{name: "Site.Menus", run: func(s *Site) int { s.Menus(); return len(s.Pages()) }},
		eachPage("current in the menu of sections", func(p *Page) { askMenu(p, "main") }),
		somePages("current in a menu that grows", func(p *Page) { askMenu(p, "big") }),
	})
}

// askMenu asks for each entry of the top level whether it is current.
func askMenu(p *Page, name string) {
	for _, item := range p.Site().Menus()[name] {
		p.IsMenuCurrent(name, item)
		p.HasMenuCurrent(name, item)
	}
}
