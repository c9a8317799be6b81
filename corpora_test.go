package jam_test

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jam-go/jam"
)

// corpora returns the folder of real content trees that lies beside some
// checkouts; elsewhere the test is skipped.
func corpora(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for {
		trees := filepath.Join(dir, "shared", "corpora")
		if info, err := os.Stat(trees); err == nil && info.IsDir() {
			return trees
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Skip("no real content trees (shared/corpora) beside this checkout")
		}
		dir = up
	}
}

// TestCorpora builds real sites. What is wrong in them, for their authors as well, is listed.
func TestCorpora(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	root := corpora(t)
	tests := []struct {
		tree, content string
		cfg           jam.Config
		pages         int // files of content, less index files of sections and drafts
		errors        []string
	}{
		{tree: "hugoDocs", content: "content/en", pages: 722},
		{tree: "letsencrypt", content: "content", pages: 1439 - 33, cfg: jam.Config{
			Permalinks: map[string]string{"en/post": "/:year/:month/:day/:slug/"}}},
		{tree: "rust-blog", content: "content", pages: 742 - 3 - 1},
		{tree: "jekyll-docs/docs", content: "_docs", pages: 79 - 2, cfg: jam.Config{NoBundles: true}},
		{tree: "jekyll-docs/docs", content: "_posts", errors: []string{
			`_posts/2023-01-29-jekyll-3-9-3-released.markdown:3:7: front matter: date: invalid date "2023-01-29 18:30:22 2023 -0800"`}},
		{tree: "zola-docs/docs", content: "content", pages: 179 - 7},
		{tree: "zola-docs/test_site", content: "content", pages: 56 - 15 - 2},
		{tree: "zola-docs/test_sites_invalid/indexmd", content: "content", errors: []string{
			"content/index.md: route: makes the same file as content/_index.md: index.html"}},
	}
	for _, tt := range tests {
		t.Run(strings.ReplaceAll(tt.tree+"/"+tt.content, "/", "_"), func(t *testing.T) {
			tree, err := os.OpenRoot(filepath.Join(root, tt.tree))
			if err != nil {
				t.Fatal(err)
			}
			defer tree.Close()
			var last map[string][]byte
			for memory, workers := range map[int64]int{0: 1, -1: 8} {
				cfg := tt.cfg
				cfg.Memory = memory
				cfg.ContentDir, cfg.Workers, cfg.Renderer, cfg.Now = tt.content, workers, jam.PlainTheme(), now
				cfg.Markdown.Unsafe, cfg.Markdown.KeepShortcodes, cfg.Future = true, true, true
				site, err := jam.Load(t.Context(), tree.FS(), &cfg)
				mem := jam.Memory()
				if err == nil {
					_, err = site.Build(t.Context(), mem)
				}
				problems := jam.Errors(err)
				for i, e := range problems {
					if i >= len(tt.errors) || !strings.HasPrefix(e.Error(), tt.errors[i]) {
						t.Errorf("unexpected: %v", e)
					}
				}
				if len(problems) != len(tt.errors) {
					t.Fatalf("%d mistakes, want %d", len(problems), len(tt.errors))
				}
				if err != nil {
					continue
				}
				if n := len(site.Pages()); n != tt.pages {
					t.Errorf("%d pages, want %d", n, tt.pages)
				}
				files := mem.Files()
				if last != nil && !maps.EqualFunc(files, last, bytes.Equal) {
					for _, name := range slices.Sorted(maps.Keys(files)) {
						if !bytes.Equal(files[name], last[name]) {
							t.Errorf("%s: %d workers give other bytes", name, workers)
						}
					}
				}
				last = files
			}
		})
	}
}
