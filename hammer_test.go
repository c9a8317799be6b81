package jam_test

import (
	"context"
	"fmt"
	"io/fs"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jam-go/jam"
)

// hammerTree has pages whose contents, stores and cached partials depend on each other.
func hammerTree() fstest.MapFS {
	tree := bodiesTree(map[string]string{"s2/p29.md": "---\ndate: 2025-01-01\n---\nend\n"})
	for name, text := range map[string]string{
		"list.html":                `{{ head . }}{{ searchForm }}{{ range .Pages }}{{ .Summary }}{{ .Store.Get "n" }}{{ end }}{{ partialCached "all.html" . }}`,
		"home.html":                `{{ head . }}{{ range site.RegularPages }}{{ .WordCount }}{{ end }}`,
		"page.html":                `{{ .Store.Set "x" .Path }}{{ .Content }}{{ .TableOfContents }}{{ .Store.Get "n" }}{{ .Store.Get "x" }}{{ partialCached "all.html" . }}{{ partialCached "section.html" . .Section }}{{ .RenderString "*x* [a](b)" }}`,
		"_partials/all.html":       `{{ range first 5 site.RegularPages }}{{ .Plain }}{{ end }}`,
		"_partials/section.html":   `{{ range .CurrentSection.Pages }}{{ .Content }}{{ end }}`,
		"_partials/read.html":      `{{ (site.GetPage .).WordCount }}`,
		"_markup/render-link.html": `<a href="{{ .Destination }}">{{ .Page.Store.Add "n" 1 }}{{ .Text }}</a>`,
		"_shortcodes/mine.html":    `{{ .Page.Store.Add "n" 1 }}{{ .Page.Store.Set "page" .Page }}{{ .Inner | markdownify }}`,
	} {
		tree["layouts/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	for i := range 29 {
		text := "---\ndate: 2025-01-01\ntags: [a]\n---\n## H\n[x](p%02d.md) {{< mine >}}*i*{{< /mine >}}\n\n{{< cached \"s%d/p%02d\" >}}\n"
		tree[fmt.Sprintf("content/s%d/p%02d.md", i%3, i)] = &fstest.MapFile{Data: fmt.Appendf(nil, text, i, (i+1)%3, i+1)}
	}
	return tree
}

// Methods of pages, builds, file systems and handlers of one Site may be used at the same time, also when some are
// given up: each file is as it is in a build that is alone.
func TestEverythingAtOnce(t *testing.T) {
	tree := hammerTree()
	cfg := &jam.Config{Now: now, BaseURL: "https://example.org/", Workers: 4, Feed: jam.Feed{Full: true}, Outputs: map[string][]string{
		"home": {"html", "rss", "sitemap", "search", "json", "llms"}, "page": {"html", "json", "markdown"}, "section": {"html", "rss", "atom"},
	}}
	want := buildSoon(t, tree, cfg)
	if want["error"] != "" {
		t.Fatal(want["error"])
	}
	check := func(name string, b []byte, err error) {
		if err != nil || strings.TrimSpace(string(b)) != want[name] {
			t.Errorf("%s: %v, differs:\n%.300s\n%.300s", name, err, b, want[name])
		}
	}
	site := mustLoad(t, tree, cfg)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() { askPages(t, site, g) })
	}
	wg.Go(func() {
		out := jam.Memory()
		_, err := site.Build(ctx, out)
		for name, b := range out.Files() {
			check(name, b, err)
		}
	})
	wg.Go(func() {
		files := site.FS(ctx)
		for name := range want {
			b, err := fs.ReadFile(files, name)
			check(name, b, err)
		}
	})
	wg.Go(func() {
		for i := range 8 { // each is given up soon
			ctx, cancel := context.WithTimeout(ctx, time.Duration(i)*time.Millisecond)
			if _, err := site.Build(ctx, jam.Memory()); err != nil && ctx.Err() == nil {
				t.Error(err)
			}
			for _, p := range site.Pages() {
				site.Handler().ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, "GET", p.RelPermalink(), nil))
			}
			cancel()
		}
	})
	wg.Wait()
	if ctx.Err() != nil {
		t.Error("it took a minute: something waits forever")
	}
}

func askPages(t *testing.T, site *jam.Site, first int) {
	pages := site.Pages()
	for i := range pages {
		p := pages[(i*7+first)%len(pages)]
		_, _, _, _ = p.Content(), p.Summary(), p.TableOfContents(), p.Plain()
		_, _ = p.Fragments().Identifiers(), p.OutputFormats().Get("json").Permalink()
		if n := p.Store().Get("n"); strings.Contains(p.RawContent(), "mine") && n == nil {
			t.Errorf("%s: the store is empty", p)
		}
		for what, f := range map[string]func() error{
			"Head":             func() error { _, err := p.Head(jam.Head{}); return err },
			"SearchForm":       func() error { _, err := site.SearchForm(jam.SearchForm{}); return err },
			"RenderString":     func() error { _, err := p.RenderString("x *y* [z](q)"); return err },
			"RenderShortcodes": func() error { _, err := p.RenderShortcodes(); return err },
			"Render":           func() error { _, err := p.Render("page"); return err },
		} {
			if err := f(); err != nil {
				t.Errorf("%s of %s: %v", what, p, err)
			}
		}
	}
}
