package jam_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/jam-go/jam"
)

// mapCache is a cache in memory.
type mapCache struct {
	mu     sync.Mutex
	values map[string][]byte
	fail   error // of every call
	puts   int
}

func (m *mapCache) Get(_ context.Context, key string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return nil, m.fail
	}
	if v, ok := m.values[key]; ok {
		return v, nil
	}
	return nil, fs.ErrNotExist
}

func (m *mapCache) Put(_ context.Context, key string, value []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return m.fail
	}
	if m.values == nil {
		m.values = make(map[string][]byte)
	}
	m.values[key] = bytes.Clone(value)
	m.puts++
	return nil
}

func (m *mapCache) Delete(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.values, key)
	return m.fail
}

func reachTree(t testing.TB) fstest.MapFS {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/reach/pages.txtar")
	if err != nil {
		t.Fatal(err)
	}
	tree := make(fstest.MapFS)
	for _, f := range archive.Files {
		tree[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return tree
}

// cachedBuild loads and builds a tree as a new process would, into an empty output.
func cachedBuild(t *testing.T, tree fs.FS, cfg *jam.Config) (*jam.Report, map[string][]byte) {
	t.Helper()
	site, err := jam.Load(t.Context(), tree, cfg)
	if err != nil {
		t.Fatal(err)
	}
	out := jam.Memory()
	report, err := site.Build(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	return report, out.Files()
}

// TestCache builds a site again and again with nothing but a cache between builds.
func TestCache(t *testing.T) {
	for name, cache := range map[string]jam.Cache{"memory": new(mapCache), "folder": jam.CacheDir(t.TempDir() + "/cache")} {
		t.Run(name, func(t *testing.T) {
			tree := reachTree(t)
			cfg := &jam.Config{Title: "Reach", Cache: cache}
			first, files := cachedBuild(t, tree, cfg)
			if len(first.Rendered) != len(files) {
				t.Fatalf("%d files are rendered first: %v", len(first.Rendered), first.Rendered)
			}
			before := 0
			if m, ok := cache.(*mapCache); ok {
				before = m.puts
			}
			second, again := cachedBuild(t, tree, cfg)
			if m, ok := cache.(*mapCache); ok && m.puts != before {
				t.Errorf("%d values are written though nothing has changed", m.puts-before)
			}
			if len(second.Rendered) != 0 || !maps.EqualFunc(files, again, bytes.Equal) {
				t.Errorf("without a change: %v", second.Rendered)
			}
			replaceIn(tree, "content/posts/one.md", "More of it", "More of this")
			third, edited := cachedBuild(t, tree, cfg)
			if got := fmt.Sprint(third.Rendered); got != "[posts/one/index.html: content/posts/one.md: content changed]" {
				t.Errorf("after an edit: %s", got)
			}
			_, clean := cachedBuild(t, tree, &jam.Config{Title: "Reach"})
			if !maps.EqualFunc(edited, clean, bytes.Equal) {
				t.Error("after an edit the output is not that of a clean build")
			}
			cfg.Title = "Other"
			if r, _ := cachedBuild(t, tree, cfg); len(r.Rendered) < 13 || !strings.Contains(r.Rendered[0].Why, "title") {
				t.Errorf("with another title: %v", r.Rendered)
			}
			cfg.Markdown.HardWraps = true
			if r, _ := cachedBuild(t, tree, cfg); len(r.Rendered) < 13 || r.Rendered[0].Why != "configuration changed" {
				t.Errorf("with another setting: %v", r.Rendered)
			}
			cfg.CacheKey = "other"
			if r, _ := cachedBuild(t, tree, cfg); len(r.Rendered) < 13 || r.Rendered[0].Why != "configuration changed" {
				t.Errorf("with another key: %v", r.Rendered)
			}
			if r, _ := cachedBuild(t, tree, cfg); len(r.Rendered) > 0 {
				t.Errorf("with the same key: %v", r.Rendered)
			}
		})
	}
}

// TestCacheDamaged damages each value of a cache in several ways: what is built is the same.
func TestCacheDamaged(t *testing.T) {
	tree, cache := reachTree(t), new(mapCache)
	cfg := &jam.Config{Title: "Reach", Cache: cache}
	_, want := cachedBuild(t, tree, cfg)
	good := maps.Clone(cache.values)
	if len(good) != 3 {
		t.Fatalf("the cache has %v", slices.Collect(maps.Keys(good)))
	}
	damages := map[string]func(b []byte) []byte{
		"gone": func([]byte) []byte { return nil }, "empty": func([]byte) []byte { return []byte{} },
		"half written": func(b []byte) []byte { return b[:len(b)/2] }, "longer": func(b []byte) []byte { return append(bytes.Clone(b), 0) },
		"a bit changed": func(b []byte) []byte { b = bytes.Clone(b); b[len(b)/3] ^= 4; return b },
		"noise":         func([]byte) []byte { return []byte("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff no index") },
	}
	for key := range good {
		for name, damage := range damages {
			cache.values = maps.Clone(good)
			if b := damage(good[key]); b == nil {
				delete(cache.values, key)
			} else {
				cache.values[key] = b
			}
			report, got := cachedBuild(t, tree, cfg)
			if !maps.EqualFunc(got, want, bytes.Equal) {
				t.Errorf("%s %s: another output", key, name)
			}
			if warned := slices.ContainsFunc(report.Warnings, func(e *jam.Error) bool { return e.Op == "cache" }); warned != (key == "index" && name != "gone") {
				t.Errorf("%s %s: %v", key, name, report.Warnings)
			}
			if r, _ := cachedBuild(t, tree, cfg); len(r.Rendered) > 0 {
				t.Errorf("%s %s: not mended: %v", key, name, r.Rendered)
			}
		}
	}
}

// TestCacheFails shows that a cache that doesn't work is no more than a warning.
func TestCacheFails(t *testing.T) {
	tree := reachTree(t)
	_, want := cachedBuild(t, tree, plainConfig())
	report, got := cachedBuild(t, tree, &jam.Config{Title: "Reach", Cache: &mapCache{fail: errors.New("no network")}})
	if !maps.EqualFunc(got, want, bytes.Equal) || len(report.Warnings) == 0 || !strings.Contains(report.Warnings[0].Error(), "no network") {
		t.Errorf("%v", report.Warnings)
	}
	if _, err := jam.CacheDir(t.TempDir()).Get(t.Context(), "../x"); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a key that leads elsewhere: %v", err)
	}
	dir := t.TempDir() + "/file"
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if report, got = cachedBuild(t, tree, &jam.Config{Title: "Reach", Cache: jam.CacheDir(dir)}); !maps.EqualFunc(got, want, bytes.Equal) || len(report.Warnings) == 0 {
		t.Errorf("a file in place of the folder: %v", report.Warnings)
	}
}

func plainConfig() *jam.Config { return &jam.Config{Title: "Reach"} }

// TestCacheShared has many builds of different versions share one cache.
func TestCacheShared(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for k := range 4 {
				tree := reachTree(t)
				replaceIn(tree, "content/posts/one.md", "More of it", fmt.Sprintf("More of %d", (i+k)%3))
				_, got := cachedBuild(t, tree, &jam.Config{Title: "Reach", Cache: jam.CacheDir(dir)})
				_, want := cachedBuild(t, tree, &jam.Config{Title: "Reach"})
				if !maps.EqualFunc(got, want, bytes.Equal) {
					t.Errorf("build %d.%d differs", i, k)
				}
			}
		})
	}
	wg.Wait()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) > 40 {
		t.Errorf("%d files are left (%v)", len(entries), err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".new-") {
			t.Errorf("%s is left", e.Name())
		}
	}
}

// TestCacheStaysSmall edits a site often: what is of no use any more is removed.
func TestCacheStaysSmall(t *testing.T) {
	tree, cache := reachTree(t), new(mapCache)
	cfg := &jam.Config{Title: "Reach", Cache: cache}
	for i := range 60 {
		replaceIn(tree, "content/posts/one.md", "first", "very first")
		cachedBuild(t, tree, cfg)
		if len(cache.values) > 20 {
			t.Fatalf("after %d builds there are %d values", i+1, len(cache.values))
		}
	}
}

// themed is a renderer that depends on a setting.
type themed struct{ name string }

func (r themed) CacheKey() string { return r.name }

func (r themed) Render(_ context.Context, w io.Writer, p *jam.Page) error {
	_, err := fmt.Fprintf(w, "%s: %s", r.name, p.Title())
	return err
}

// TestCacheKeyer changes what a renderer depends on.
func TestCacheKeyer(t *testing.T) {
	tree, cache := fstest.MapFS{"content/a.md": {Data: []byte("# A")}}, new(mapCache)
	for _, name := range []string{"light", "light", "dark"} {
		_, files := cachedBuild(t, tree, &jam.Config{Renderer: themed{name}, Cache: cache})
		if got := string(files["a/index.html"]); got != name+": A" {
			t.Errorf("with the theme %s there is %q", name, got)
		}
	}
}
