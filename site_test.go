package jam_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/sitetest"
)

var update = flag.Bool("update", false, "write the outcomes of the sites in testdata and of the examples in docs/templates.md into them")

// now is the clock of tests.
func now() time.Time { return time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC) }

// dump is a Renderer whose output shows what the model knows of a page.
func dump(_ context.Context, w io.Writer, p *jam.Page) error {
	fmt.Fprintf(w, "%s %s %q\n", p.Kind(), p.RelPermalink(), p.Title())
	line := func(name string, v any) {
		if s := fmt.Sprint(v); s != "" && s != "[]" && s != "0" {
			fmt.Fprintf(w, "%s: %s\n", name, s)
		}
	}
	if !p.Date().IsZero() {
		line("date", p.Date().Format(time.RFC3339))
	}
	line("description", p.Description())
	line("section", p.Section())
	if p.Parent() != nil {
		line("parent", p.Parent().Path())
	}
	line("weight", p.Weight())
	line("tags", p.Tags())
	line("pages", paths(p.Pages()))
	for _, r := range p.Resources() {
		line("resource", r.Name()+" "+r.RelPermalink())
	}
	if p.Next() != nil {
		line("next", p.Next().Path())
	}
	if p.Prev() != nil {
		line("prev", p.Prev().Path())
	}
	dumpLists(line, p)
	line("words", p.WordCount())
	fmt.Fprint(w, p.Content())
	return nil
}

// dumpLists shows what only some pages have: translations, terms, pagers, menus and redirects.
func dumpLists(line func(name string, v any), p *jam.Page) {
	if p.Site().IsMultilingual() {
		line("language", p.Language().LanguageCode()+" "+p.Language().Dir)
	}
	for _, q := range p.Translations() {
		line("translation", q.Language().Code+" "+q.RelPermalink())
	}
	data := p.Data()
	if terms, ok := data["Terms"].(jam.Taxonomy); ok && p.Kind() == jam.KindTaxonomy {
		for _, e := range terms.ByCount() {
			line("term", fmt.Sprintf("%s %d %s", e.Name, e.Count(), e.Page().RelPermalink()))
		}
	}
	if p.Kind() == jam.KindTerm {
		line("term", fmt.Sprintf("%v of %v", data["Term"], data["Plural"]))
	}
	if g := p.Paginator(); g != nil && g.TotalPages() > 1 {
		line("pager", fmt.Sprintf("%v %s %v of %d", g, g.URL(), paths(g.Pages()), g.TotalNumberOfElements()))
	}
	if !p.IsHome() {
		return
	}
	menus := p.Site().Menus()
	for _, name := range slices.Sorted(maps.Keys(menus)) {
		dumpMenu(line, "menu "+name, menus[name])
	}
	for _, r := range p.Site().Redirects() {
		line("redirect", r.From+" "+r.To)
	}
}

func dumpMenu(line func(name string, v any), name string, m jam.Menu) {
	for _, item := range m {
		line(name, fmt.Sprintf("%s (%d) %s", item.Name(), item.Weight(), item.URL()))
		dumpMenu(line, name+" > "+item.Name(), item.Children())
	}
}

func paths(ps jam.Pages) []string {
	var out []string
	for _, p := range ps {
		out = append(out, p.Path())
	}
	return out
}

// testConfig is the part of Config that the sites in testdata set.
type testConfig struct {
	BaseURL, Title, Language       string
	UglyURLs, Drafts, Future       bool
	Expired, Strict, Minify, Plain bool
	Unsafe, Lenient, NoBundles     bool
	Permalinks                     map[string]string
	Ignore                         []string
	Params                         map[string]any
	Languages                      []jam.Language
	Taxonomies                     []string
	Pagination                     map[string]jam.Pagination
	Cascade                        []jam.Cascade
	Menus                          map[string][]jam.MenuEntry
	SectionMenu                    string
	Redirects                      []jam.Redirect
	NoRedirectFiles, FileNameDates bool
	Related                        jam.Related
	FrontMatterKeys                map[string]string
	Outputs                        map[string][]string
	OutputFormats                  []jam.OutputFormat
	Feed                           jam.Feed
	Sitemap                        jam.SitemapOptions
	Copyright                      string
	Markdown                       jam.Markdown
}

func (c *testConfig) config(tree fs.FS) *jam.Config {
	cfg := &jam.Config{
		BaseURL: c.BaseURL, Title: c.Title, Language: c.Language, Params: c.Params,
		UglyURLs: c.UglyURLs, NoBundles: c.NoBundles, Drafts: c.Drafts, Future: c.Future, Expired: c.Expired, Strict: c.Strict,
		Permalinks: c.Permalinks, Ignore: c.Ignore, Now: now,
		Languages: c.Languages, Taxonomies: c.Taxonomies, Pagination: c.Pagination, Cascade: c.Cascade,
		Menus: c.Menus, SectionMenu: c.SectionMenu, Redirects: c.Redirects, NoRedirectFiles: c.NoRedirectFiles,
		FileNameDates: c.FileNameDates, Related: c.Related, FrontMatterKeys: c.FrontMatterKeys,
		Outputs: c.Outputs, OutputFormats: c.OutputFormats, Feed: c.Feed, Sitemap: c.Sitemap, Copyright: c.Copyright,
		Markdown: c.Markdown,
		Minify:   jam.Minify{Disabled: !c.Minify, Lenient: c.Lenient},
	}
	cfg.Markdown.Unsafe = cfg.Markdown.Unsafe || c.Unsafe
	if _, err := fs.Stat(tree, "layouts"); err != nil && !c.Plain {
		cfg.Renderer = jam.RendererFunc(dump)
	}
	return cfg
}

// TestSites builds each site in testdata/sites. A site is a txtar archive: its
// comment says what it shows, after a line of JSON with its configuration, if any;
// the files below out/, and the files "errors" and "warnings", are what must come of
// the others.
func TestSites(t *testing.T) {
	names, err := filepath.Glob("testdata/sites/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no sites: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { testSite(t, name) })
	}
}

func testSite(t *testing.T, name string) {
	ar, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	input := slices.DeleteFunc(ar.Files, func(f txtar.File) bool {
		return strings.HasPrefix(f.Name, "out/") || f.Name == "errors" || f.Name == "warnings"
	})
	var c testConfig
	for line := range strings.Lines(string(ar.Comment)) {
		if strings.HasPrefix(line, "{") {
			dec := json.NewDecoder(strings.NewReader(line))
			dec.DisallowUnknownFields()
			if err := dec.Decode(&c); err != nil {
				t.Fatalf("configuration: %v", err)
			}
		}
	}
	tree := tree(t, input)
	got := outcome(t, tree, c.config(tree))
	ar.Files = slices.Concat(input, got)
	sitetest.Golden(t, name, txtar.Format(ar))
}

// outcome builds a site, with few and many workers, and keeping texts and not, and returns its files, or else its errors.
func outcome(t *testing.T, tree fs.FS, cfg *jam.Config) []txtar.File {
	t.Helper()
	var last []txtar.File
	for _, how := range []struct {
		workers int
		memory  int64
	}{{1, 0}, {8, 0}, {8, -1}} {
		cfg.Workers, cfg.Memory = how.workers, how.memory
		got := build(t, tree, cfg)
		if last != nil && !slices.EqualFunc(got, last, func(a, b txtar.File) bool {
			return a.Name == b.Name && bytes.Equal(a.Data, b.Data)
		}) {
			t.Errorf("%d workers give another outcome, with Memory %d", how.workers, how.memory)
		}
		last = got
	}
	return last
}

func build(t *testing.T, tree fs.FS, cfg *jam.Config) []txtar.File {
	t.Helper()
	site, err := jam.Load(t.Context(), tree, cfg)
	if err != nil {
		return []txtar.File{{Name: "errors", Data: []byte(err.Error() + "\n")}}
	}
	mem := jam.Memory()
	report, err := site.Build(t.Context(), mem)
	if err != nil {
		return []txtar.File{{Name: "errors", Data: []byte(err.Error() + "\n")}}
	}
	var got []txtar.File
	files := mem.Files()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		data := files[name]
		if len(data) > 0 && data[len(data)-1] != '\n' {
			data = append(bytes.Clone(data), '\n')
		}
		got = append(got, txtar.File{Name: "out/" + name, Data: data})
	}
	if names := site.Files(); !slices.Equal(names, slices.Sorted(maps.Keys(files))) {
		t.Errorf("Files() = %q, which is not what was built", names)
	}
	var warnings bytes.Buffer
	for _, w := range report.Warnings {
		fmt.Fprintln(&warnings, w)
	}
	if warnings.Len() > 0 {
		got = append(got, txtar.File{Name: "warnings", Data: warnings.Bytes()})
	}
	return got
}

func tree(t *testing.T, files []txtar.File) fs.FS {
	t.Helper()
	fsys, err := txtar.FS(&txtar.Archive{Files: files})
	if err != nil {
		t.Fatal(err)
	}
	return fsys
}

// archive makes a tree of a txtar text.
func archive(t *testing.T, text string) fs.FS {
	t.Helper()
	return tree(t, txtar.Parse([]byte(text)).Files)
}

// mustLoad loads a tree that has no mistakes.
func mustLoad(t *testing.T, tree fs.FS, cfg *jam.Config) *jam.Site {
	t.Helper()
	return sitetest.Load(t, tree, cfg).Site
}
