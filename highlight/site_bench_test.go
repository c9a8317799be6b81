package highlight_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/yuin/goldmark"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/highlight"
)

// BenchmarkSite loads and builds real sites with the plain theme, without and with highlighting.
func BenchmarkSite(b *testing.B) {
	for _, tree := range [][2]string{{"rust-blog", "content"}, {"hugoDocs", "content/en"}} {
		dir, err := filepath.Abs(filepath.Join("../../shared/corpora", tree[0]))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := os.Stat(dir); err != nil {
			b.Skip("no real content trees (shared/corpora) beside this checkout")
		}
		for _, on := range []bool{false, true} {
			name := tree[0] + "/off"
			cfg := &jam.Config{ContentDir: tree[1], Renderer: jam.PlainTheme(), Future: true}
			cfg.Markdown.Unsafe, cfg.Markdown.KeepShortcodes = true, true
			if on {
				name = tree[0] + "/on"
				cfg.Markdown.Extensions = []goldmark.Extender{highlight.New(highlight.Options{})}
			}
			b.Run(name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					site, err := jam.Load(b.Context(), os.DirFS(dir), cfg)
					if err != nil {
						b.Fatal(err)
					}
					if _, err := site.Build(b.Context(), jam.Memory()); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
