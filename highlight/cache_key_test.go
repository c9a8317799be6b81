package highlight_test

import (
	"bytes"
	"testing"
	"testing/fstest"

	"github.com/yuin/goldmark"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/highlight"
)

// TestCacheKey builds a page with other and other options, and one cache: it is rendered with those that hold.
func TestCacheKey(t *testing.T) {
	tree := fstest.MapFS{"content/a.md": {Data: []byte("```go\nfunc f() {\n\t\n}\n```\n")}}
	dir := t.TempDir()
	build := func(opts highlight.Options, cache jam.Cache) ([]byte, int) {
		t.Helper()
		var cfg jam.Config
		cfg.Cache = cache
		cfg.Markdown.Extensions = []goldmark.Extender{highlight.New(opts)}
		s, err := jam.Load(t.Context(), tree, &cfg)
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
	seen := map[string]bool{}
	for _, opts := range []highlight.Options{
		{}, {Inline: true}, {Inline: true, Style: "dark"}, {LineNumbers: true}, {TabWidth: 2}, {TabWidth: 8}, {Inline: true, LineNumbers: true},
	} {
		key := highlight.New(opts).CacheKey()
		if seen[key] || key != highlight.New(opts).CacheKey() {
			t.Errorf("%+v: the key %q", opts, key)
		}
		seen[key] = true
		want, _ := build(opts, nil)
		for i := range 2 {
			if got, n := build(opts, jam.CacheDir(dir)); !bytes.Equal(got, want) || (n == 0) != (i == 1) {
				t.Errorf("%+v, build %d: %d files are made, the page has %s, want %s", opts, i, n, got, want)
			}
		}
	}
}
