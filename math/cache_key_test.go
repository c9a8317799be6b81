package math_test

import (
	"bytes"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/math"
)

// TestCacheKey builds a page with other and other macros, and one cache: it is rendered with those that hold.
func TestCacheKey(t *testing.T) {
	tree := fstest.MapFS{"content/a.md": {Data: []byte("\\(\\half\\)\n\n```math\n\\half\n```\n")}}
	dir := t.TempDir()
	build := func(macros map[string]string, cache jam.Cache) ([]byte, int) {
		t.Helper()
		c, err := math.New(math.Options{Macros: macros})
		if err != nil {
			t.Fatal(err)
		}
		cfg := &jam.Config{Cache: cache, Markdown: jam.Markdown{Math: true}}
		c.Hooks(&cfg.Markdown.Hooks)
		s, err := jam.Load(t.Context(), tree, cfg)
		if err != nil {
			t.Fatal(err)
		}
		out := jam.Memory()
		r, err := s.Build(t.Context(), out)
		if err != nil {
			t.Fatal(err)
		}
		return out.Files()["a/index.html"], len(r.Rendered)
	}
	for _, macros := range []map[string]string{
		{"half": `\frac12`}, {"half": `\frac{1}{2}x`}, {"half": `\hal`, "hal": "f"}, {"half": "f", "hal": `\hal`},
	} {
		want, _ := build(macros, nil)
		for i := range 2 {
			if got, n := build(macros, jam.CacheDir(dir)); !bytes.Equal(got, want) || (n == 0) != (i == 1) {
				t.Errorf("%v, build %d: %d files are made, the page has %s, want %s", macros, i, n, got, want)
			}
		}
	}
}
