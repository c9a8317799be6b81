package highlight_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/yuin/goldmark"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/highlight"
)

// BenchmarkSite loads and builds real sites with the plain theme, without and with highlighting, in turn. The metric
// on/off is the median of the ratios of their times.
func BenchmarkSite(b *testing.B) {
	for _, tree := range [][2]string{{"rust-blog", "content"}, {"hugoDocs", "content/en"}} {
		b.Run(tree[0], func(b *testing.B) {
			dir, err := filepath.Abs(filepath.Join("../../shared/corpora", tree[0]))
			if err != nil {
				b.Fatal(err)
			}
			if _, err := os.Stat(dir); err != nil {
				b.Skip("no real content trees (shared/corpora) beside this checkout")
			}
			build := func(extensions ...goldmark.Extender) time.Duration {
				cfg := &jam.Config{ContentDir: tree[1], Renderer: jam.PlainTheme(), Future: true}
				cfg.Markdown.Unsafe, cfg.Markdown.KeepShortcodes, cfg.Markdown.Extensions = true, true, extensions
				start := time.Now()
				site, err := jam.Load(b.Context(), os.DirFS(dir), cfg)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := site.Build(b.Context(), jam.Memory()); err != nil {
					b.Fatal(err)
				}
				return time.Since(start)
			}
			var ratios []float64
			for b.Loop() {
				off := build()
				on := build(highlight.New(highlight.Options{})) // which keeps nothing of the build before
				ratios = append(ratios, on.Seconds()/off.Seconds())
			}
			slices.Sort(ratios)
			b.ReportMetric(ratios[len(ratios)/2], "on/off")
		})
	}
}
