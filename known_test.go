package jam_test

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/jam-go/jam"
)

// knownTree counts the texts of content that are read of it.
type knownTree struct {
	files fstest.MapFS
	reads *atomic.Int64
}

func (k knownTree) Open(name string) (fs.File, error) {
	if strings.HasPrefix(name, "content/") && strings.HasSuffix(name, ".md") {
		k.reads.Add(1)
	}
	return k.files.Open(name)
}

func (k knownTree) Stat(name string) (fs.FileInfo, error) { return k.files.Stat(name) }

// knownFiles is a site of which everything can be known.
func knownFiles(t *testing.T) map[string]string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/known/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string]string)
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	return files
}

// treeOf returns a tree of files that were last changed in the given steps.
func treeOf(files map[string]string, steps map[string]int) knownTree {
	tree := make(fstest.MapFS, len(files))
	for name, text := range files {
		changed := stampTime(steps[name])
		tree[name] = &fstest.MapFile{Data: []byte(text), ModTime: changed, Sys: stampOf(name, changed)}
	}
	return knownTree{tree, new(atomic.Int64)}
}

type knownConfig struct{ jam.Config }

func newKnownConfig(cache jam.Cache) *knownConfig {
	return &knownConfig{jam.Config{
		BaseURL: "https://example.org/", Title: "Known", Cache: cache,
		Languages: []jam.Language{{Code: "en"}, {Code: "de"}},
		Now:       func() time.Time { return time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC) },
		Cascade:   []jam.Cascade{{Path: "/docs/**", Values: map[string]any{"type": "manual"}}},
	}}
}

// TestLoadKnown fills a cache, changes the tree or the configuration, and compares what a new process loads and builds with
// the cache, and without.
func TestLoadKnown(t *testing.T) {
	if stampOf("", time.Time{}) == nil {
		t.Skip("the test knows no stamps of this operating system")
	}
	type change struct {
		files map[string]string
		steps map[string]int
		cfg   *jam.Config
	}
	write := func(name, text string) func(*change) {
		return func(c *change) { c.files[name], c.steps[name] = text, 1 }
	}
	replace := func(name, old, text string) func(*change) {
		return func(c *change) {
			if !strings.Contains(c.files[name], old) {
				t.Fatalf("%s lacks %q", name, old)
			}
			c.files[name], c.steps[name] = strings.Replace(c.files[name], old, text, 1), 1
		}
	}
	all := len(textsOf(knownFiles(t)))
	// These are read each time: a section with a cascade, a page of which there is a warning, one with parameters of a menu, and
	// the home page, whose title is the site's.
	const always = 4
	for _, test := range []struct {
		name string
		do   func(c *change)
		read int // texts, at most
	}{
		{"nothing", func(*change) {}, always},
		{"a body", replace("content/posts/one.md", "First", "Other"), always + 1},
		{"a body of the same length and a time before", func(c *change) {
			replace("content/posts/one.md", "First", "Other")(c)
			c.steps["content/posts/one.md"] = -5
		}, always + 1},
		{"touched", func(c *change) { c.steps["content/posts/one.md"] = 1 }, always + 1},
		{"all touched", func(c *change) {
			for name := range c.files {
				c.steps[name] = 3
			}
		}, all},
		{"a title", replace("content/posts/one.md", "title: One", "title: Eins"), always + 1},
		{"a mistake in front matter", replace("content/posts/one.md", "title: One", "title: [One"), 2 * all},
		{"two mistakes", func(c *change) {
			replace("content/posts/one.md", "weight: 3", "weight: much")(c)
			replace("content/posts/two.md", "tags: [", "tags: [{}, ")(c)
		}, 2 * all},
		{"a page gone", func(c *change) { delete(c.files, "content/posts/one.md") }, always},
		{"a new page", write("content/posts/new.md", "---\ntitle: New\ntags: [x]\n---\nNew."), always + 1},
		{"a page renamed", func(c *change) {
			c.files["content/posts/uno.md"] = c.files["content/posts/one.md"]
			delete(c.files, "content/posts/one.md")
		}, always + 1},
		{"a page moved", func(c *change) {
			c.files["content/docs/one.md"] = c.files["content/posts/one.md"]
			delete(c.files, "content/posts/one.md")
		}, always + 1},
		{"a page in another language", func(c *change) {
			c.files["content/posts/one.de.md"] = c.files["content/posts/one.md"]
			delete(c.files, "content/posts/one.md")
		}, always + 1},
		{"a cascade", replace("content/cascading/_index.md", "layout: special", "layout: list"), all},
		{"a cascade's target", replace("content/cascading/_index.md", "kind: page", "kind: section"), all},
		{"a cascade gone", func(c *change) { delete(c.files, "content/cascading/_index.md") }, all},
		{"a new cascade", write("content/posts/_index.md", "---\ntitle: Posts\ncascade: {weight: 7}\n---\n"), all + 1},
		{"a page becomes a bundle's text", write("content/docs/deep/index.md", "---\ntitle: Leaf\n---\nText."), always + 2},
		{"a bundle becomes a folder", func(c *change) { delete(c.files, "content/bundle/index.md") }, always + 1},
		{"a resource", write("content/bundle/more.txt", "more"), always},
		{"a draft is one no more", replace("content/posts/draft.md", "draft: true", "draft: false"), always + 1},
		{"time passes", func(c *change) {
			c.cfg.Now = func() time.Time { return time.Date(2033, 1, 1, 0, 0, 0, 0, time.UTC) }
		}, always},
		{"another title of the site", func(c *change) { c.cfg.Title = "Other" }, always},
		{"other parameters", func(c *change) { c.cfg.Params = map[string]any{"mainSections": []string{"docs"}} }, always},
		{"a menu", func(c *change) {
			c.cfg.Menus = map[string][]jam.MenuEntry{"main": {{Name: "A", URL: "/a/"}}}
			c.cfg.SectionMenu = "main"
		}, always},
		{"another source", func(c *change) {
			c.cfg.Sources = []jam.Source{jam.FS(fstest.MapFS{"posts/one.md": {Data: []byte("# Of the source")}})}
		}, always},
		{"a document of Go", func(c *change) {
			c.cfg.Sources = []jam.Source{jam.Documents(&jam.Document{Path: "posts/go.md", FrontMatter: map[string]any{"title": "Go"}})}
		}, always},
		{"strict", func(c *change) { c.cfg.Strict = true }, 2 * all},
		{"a generator", func(c *change) {
			c.cfg.Generators = []jam.Generator{func(_ context.Context, s *jam.Site) iter.Seq2[*jam.Document, error] {
				return func(yield func(*jam.Document, error) bool) {
					yield(&jam.Document{Path: "made.md", Body: fmt.Append(nil, len(s.Pages()))}, nil)
				}
			}}
		}, all},
		{"another setting", func(c *change) { c.cfg.FileNameDates = true }, all},
		{"a layout", replace("layouts/all.html", "<main>", "<main class=x>"), always},
		{"a layout that is asked for is gone", func(c *change) { delete(c.files, "layouts/special.html") }, always + 1},
		{"a shortcode", replace("layouts/_shortcodes/box.html", "<b>", "<i>"), always},
		{"a shortcode with inner content", replace("layouts/_shortcodes/box.html", "<b>", "{{ .Inner }}"), 2 * all},
		{"a shortcode gone", func(c *change) { delete(c.files, "layouts/_shortcodes/box.html") }, 2 * all},
		{"a shortcode that is broken", replace("layouts/_shortcodes/box.html", "<b>", "{{ nofunc }}"), 2 * all},
		{"a shortcode that none calls is broken", write("layouts/_shortcodes/none.html", "{{ nofunc }}"), always + 2},
		{"broken layouts", replace("layouts/all.html", "<main>", "{{ end }}"), all},
		{"data", replace("data/facts.yaml", "one", "two"), always},
		{"broken data", replace("data/facts.yaml", "one", "[one"), all},
		{"messages", replace("i18n/en.yaml", "Hello", "Hi"), always},
		{"a target of an alias", replace("content/posts/two.md", "/former/", "/posts/one/"), 2 * all},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			cache := new(mapCache)
			loadAndBuild(treeOf(knownFiles(t), nil), &newKnownConfig(cache).Config)
			c := &change{files: knownFiles(t), steps: map[string]int{}, cfg: &newKnownConfig(nil).Config}
			test.do(c)
			cold := treeOf(c.files, c.steps)
			want := loadAndBuild(cold, c.cfg)
			c.cfg.Cache = cache
			for range 2 {
				warm := treeOf(c.files, c.steps)
				if got := loadAndBuild(warm, c.cfg); got.text != want.text {
					t.Fatalf("with the cache:\n%s\nwithout:\n%s", got.text, want.text)
				} else if got.read > test.read {
					t.Errorf("%d texts of %d are read when the site is loaded, want at most %d", got.read, all, test.read)
				}
			}
		})
	}
}

func textsOf(files map[string]string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(files)), func(name string) bool { return !strings.HasSuffix(name, ".md") })
}

type loadOutcome struct {
	text string // what was loaded and built
	read int
}

// loadAndBuild loads and builds a site, and returns what came of it.
func loadAndBuild(tree knownTree, cfg *jam.Config) loadOutcome {
	var b strings.Builder
	site, err := jam.Load(context.Background(), tree, cfg)
	o := loadOutcome{read: int(tree.reads.Load())}
	if err != nil {
		o.text = err.Error()
		return o
	}
	for _, s := range site.Sites() {
		for _, p := range s.AllPages() {
			fmt.Fprintln(&b, p.Path(), p.Title(), p.Date(), p.Lastmod(), p.Params(), p.Type(), p.Weight())
		}
	}
	for _, w := range site.Warnings() {
		fmt.Fprintln(&b, w)
	}
	out := jam.Memory()
	report, err := site.Build(context.Background(), out)
	if err != nil {
		o.text = b.String() + err.Error()
		return o
	}
	fmt.Fprintln(&b, report.Warnings)
	for name, text := range sortedFiles(out) {
		fmt.Fprintf(&b, "-- %s --\n%s\n", name, text)
	}
	o.text = b.String()
	return o
}

func sortedFiles(out *jam.MemoryOutput) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		files := out.Files()
		for _, name := range slices.Sorted(maps.Keys(files)) {
			if !yield(name, files[name]) {
				return
			}
		}
	}
}

// TestKnownDamaged damages what a cache knows of documents.
func TestKnownDamaged(t *testing.T) {
	if stampOf("", time.Time{}) == nil {
		t.Skip("the test knows no stamps of this operating system")
	}
	cache := new(mapCache)
	want := loadAndBuild(treeOf(knownFiles(t), nil), &newKnownConfig(cache).Config)
	good, ok := cache.values["documents"]
	if !ok {
		t.Fatal("the cache knows no documents")
	}
	for name, bad := range map[string][]byte{"empty": {}, "half": good[:len(good)/2], "changed": append([]byte{^good[0]}, good[1:]...)} {
		cache.values["documents"] = bad
		site, err := jam.Load(t.Context(), treeOf(knownFiles(t), nil), &newKnownConfig(cache).Config)
		if err != nil {
			t.Fatal(err)
		}
		report, err := site.Build(t.Context(), jam.Memory())
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(report.Warnings, func(e *jam.Error) bool { return e.Op == "cache" && strings.Contains(e.Error(), "documents") }) {
			t.Errorf("%s: %v", name, report.Warnings)
		}
		// It may have another of the calls of a shortcode than before.
		if again := cache.values["documents"]; string(again) == string(bad) || len(again) < len(good)/2 {
			t.Errorf("%s: it is not written again", name)
		}
		if got := loadAndBuild(treeOf(knownFiles(t), nil), &newKnownConfig(cache).Config); got.text != want.text {
			t.Errorf("%s: something else is built", name)
		}
	}
}

// TestFewAreNotKept changes one text of many, and then many: what a cache knows is not written for one.
func TestFewAreNotKept(t *testing.T) {
	if stampOf("", time.Time{}) == nil {
		t.Skip("the test knows no stamps of this operating system")
	}
	files, steps, cache := make(map[string]string), make(map[string]int), new(mapCache)
	name := func(i int) string { return fmt.Sprintf("content/posts/%d.md", i) }
	for i := range 200 {
		files[name(i)] = fmt.Sprintf("---\ntitle: %d\n---\n", i)
	}
	build := func() (read int, wrote bool) {
		before := string(cache.values["documents"])
		o := loadAndBuild(treeOf(files, steps), &newKnownConfig(cache).Config)
		return o.read, string(cache.values["documents"]) != before
	}
	build()
	for i, want := range []struct {
		changed, read int
		wrote         bool
	}{{1, 1, false}, {2, 3, false}, {0, 3, false}, {1, 4, true}, {0, 0, false}} {
		for range want.changed {
			steps[name(len(steps))] = 1
		}
		if read, wrote := build(); read != want.read || wrote != want.wrote {
			t.Errorf("step %d: %d are read, and it is %v that what is known is written; want %d and %v", i, read, wrote, want.read, want.wrote)
		}
	}
}
