package jam_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jam-go/jam"
)

// bodiesTree has shortcodes that read other pages.
func bodiesTree(files map[string]string) fstest.MapFS {
	tree := fstest.MapFS{
		"layouts/page.html":                {Data: []byte("{{ .Content }}")},
		"layouts/home.html":                {Data: []byte("home")},
		"layouts/_shortcodes/read.html":    {Data: []byte(`{{ (site.GetPage (.Get 0)).Content }}`)},
		"layouts/_shortcodes/include.html": {Data: []byte(`{{ (site.GetPage (.Get 0)).RenderShortcodes }}`)},
		"layouts/_shortcodes/cached.html":  {Data: []byte(`{{ partialCached "read.html" (.Get 0) (.Get 0) }}`)},
		"layouts/_shortcodes/try.html":     {Data: []byte(`{{ with try (site.GetPage (.Get 0)).Content }}{{ .Value }}{{ end }}`)},
		"layouts/_partials/read.html":      {Data: []byte(`{{ (site.GetPage .).Content }}`)},
		"layouts/_shortcodes/keep.html":    {Data: []byte(`{{ (site.GetPage (.Get 0)).Store.Add "kept" (.Get 1) }}`)},
		"layouts/_shortcodes/kept.html":    {Data: []byte(`{{ (site.GetPage (.Get 0)).Store.Get "kept" }}`)},
		"layouts/_shortcodes/outline.html": {Data: []byte(`{{ (site.GetPage (.Get 0)).Fragments.Identifiers }}`)},
	}
	for name, text := range files {
		tree["content/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return tree
}

// buildSoon builds a site that must not hang, and returns the files, or the error as the only one.
func buildSoon(t *testing.T, tree fstest.MapFS, cfg *jam.Config) map[string]string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	site, err := jam.Load(ctx, tree, cfg)
	if err != nil {
		t.Fatal(err)
	}
	out := jam.Memory()
	if _, err := site.Build(ctx, out); err != nil {
		return map[string]string{"error": err.Error()}
	}
	files := make(map[string]string)
	for name, b := range out.Files() {
		files[name] = strings.TrimSpace(string(b))
	}
	return files
}

// Whoever renders first, in however many goroutines: what comes out is the same.
func TestBodiesThatReadBodies(t *testing.T) {
	chain := map[string]string{"p119.md": "end"}
	circle := map[string]string{}
	for i := range 119 {
		chain[fmt.Sprintf("p%03d.md", i)] = fmt.Sprintf("%d {{< read p%03d >}}", i, i+1)
		circle[fmt.Sprintf("p%03d.md", i)] = fmt.Sprintf("%d {{< read p%03d >}}", i, (i+1)%119)
	}
	var everyone []string
	for i := range 119 {
		everyone = append(everyone, fmt.Sprintf("content/p%03d.md", i))
	}
	diamond := map[string]string{"z.md": "z"}
	for i := range 40 { // each reads the next two
		diamond[fmt.Sprintf("d%02d.md", i)] = fmt.Sprintf("{{< outline d%02d >}}{{< outline d%02d >}}", min(i+1, 39), min(i+2, 39))
	}
	diamond["d39.md"] = "## Deep"
	for name, tt := range map[string]struct {
		files map[string]string
		file  string
		want  string
	}{
		"chain":   {chain, "p000/index.html", "end"},
		"diamond": {diamond, "d00/index.html", "[][]"},
		"circle":  {circle, "error", strings.Join(everyone, " and ")},
		"itself": {map[string]string{"a.md": "{{< read a >}}"}, "error",
			"content/a.md: shortcode: the content of this page needs itself"},
		"two circles": {map[string]string{"a.md": "{{< read b >}} {{< read c >}}", "b.md": "{{< read a >}}", "c.md": "{{< read a >}}"}, "error",
			"content/a.md: shortcode: the contents of content/a.md and content/b.md need each other"},
		"try": {map[string]string{"a.md": "{{< try b >}}", "b.md": "{{< read a >}}"}, "error",
			"content/a.md: shortcode: the contents of content/a.md and content/b.md need each other"},
		"cached partials": {map[string]string{"a.md": "{{< cached c >}}", "b.md": "{{< cached c >}}", "c.md": "{{< cached d >}}", "d.md": "d"}, "a/index.html", "<p>d"},
		"a circle through a cached partial": {map[string]string{
			"a.md": "{{< cached c >}}", "b.md": "{{< cached c >}}", "c.md": "c {{< cached c >}}", "d.md": "{{< cached c >}}", "e.md": "{{< cached c >}}",
		}, "error", "content/c.md: shortcode: the content of this page needs itself"},
		"stores of others": {map[string]string{
			"a.md": `{{< keep c "of a" >}}`, "b.md": `{{< read a >}}{{< keep c "of b" >}}{{< kept c >}}`, "c.md": "{{< kept c >}}",
		}, "b/index.html", "of b"},
		"outlines of each other": {map[string]string{"a.md": "## A\n{{< read b >}}", "b.md": "{{< outline a >}}"}, "error",
			"content/a.md: shortcode: the contents of content/a.md and content/b.md need each other"},
	} {
		t.Run(name, func(t *testing.T) {
			tree := bodiesTree(tt.files)
			first := buildSoon(t, tree, &jam.Config{Workers: 1})
			if !strings.Contains(first[tt.file], tt.want) {
				t.Fatalf("%s: got %q, want %q", tt.file, first[tt.file], tt.want)
			}
			if tt.file == "error" && strings.Count(first["error"], "\n") > 0 {
				t.Errorf("more than one error: %s", first["error"])
			}
			for i := range 12 {
				again := buildSoon(t, tree, &jam.Config{Workers: 1 << (i % 4)})
				for file, want := range first {
					if again[file] != want {
						t.Fatalf("%s is once %q, once %q", file, want, again[file])
					}
				}
			}
		})
	}
}

// Texts that include each other neither hang nor grow without limit.
func TestTextsThatIncludeTexts(t *testing.T) {
	bomb := map[string]string{"p20.md": "{{< read zero >}}", "zero.md": ""}
	for i := range 20 {
		bomb[fmt.Sprintf("p%02d.md", i)] = strings.Repeat(fmt.Sprintf("{{< include p%02d >}}", i+1), 3)
	}
	for name, tt := range map[string]struct {
		files map[string]string
		file  string
		want  string
	}{
		"itself": {map[string]string{"a.md": "{{< include a >}}{{< include a >}}"}, "error", "the text of content/a.md includes itself"},
		"each other": {map[string]string{"a.md": "{{< include b >}}", "b.md": "{{< include a >}}{{< include a >}}"}, "error",
			"the text of content/a.md includes itself"},
		"bomb":  {bomb, "error", "more than 1000 texts are included"},
		"twice": {map[string]string{"a.md": "{{< include b >}}{{< include b >}}", "b.md": "b{{< read c >}}", "c.md": "c"}, "a/index.html", "b<p>c</p>b<p>c</p>"},
	} {
		t.Run(name, func(t *testing.T) {
			got := buildSoon(t, bodiesTree(tt.files), nil)
			if text := strings.ReplaceAll(got[tt.file], "\n", ""); !strings.Contains(text, tt.want) {
				t.Errorf("%s: %.300q", tt.file, text)
			}
		})
	}
}

// What is rendered first makes no difference to what others find in stores.
func TestStoresOfOtherPages(t *testing.T) {
	site := mustLoad(t, bodiesTree(map[string]string{
		"a.md": `{{< keep c "of a" >}}a`, "b.md": `{{< read a >}}{{< kept c >}}`, "c.md": "{{< kept c >}}c",
	}), &jam.Config{Workers: 1})
	for _, order := range [][]string{{"b", "a", "c"}, {"a", "c", "b"}} {
		site, err := site.Reload(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		files := site.FS(t.Context())
		for _, name := range order {
			b, err := files.(interface{ ReadFile(string) ([]byte, error) }).ReadFile(name + "/index.html")
			if err != nil || bytes.Contains(b, []byte("of a")) {
				t.Errorf("%s: %q, %v", name, b, err)
			}
		}
	}
	for _, p := range site.Pages() { // through the views of the builds' own
		if text := string(p.Content()); strings.Contains(text, "of a") {
			t.Errorf("%s: %q", p, text)
		}
	}
}

// The pages of the Site that Load returned may be used by many goroutines.
func TestSharedPages(t *testing.T) {
	tree := bodiesTree(map[string]string{"a.md": "[x](https://example.org/)", "b.md": "{{< read b >}}"})
	tree["layouts/_markup/render-link.html"] = &fstest.MapFile{Data: []byte(`<a>{{ .Page.Title }}{{ partial "who.html" . }}</a>`)}
	tree["layouts/_partials/who.html"] = &fstest.MapFile{Data: []byte(`{{ page.Path }}`)}
	tree["layouts/card.html"] = &fstest.MapFile{Data: []byte(`{{ .RenderString "[y](z)" }}`)}
	tree["layouts/bad.html"] = &fstest.MapFile{Data: []byte(`{{ .RenderString "[y](z)" }}{{ div 1 0 }}`)}
	tree["layouts/worse.html"] = &fstest.MapFile{Data: []byte(`{{ (site.GetPage "b").Content }}`)}
	site := mustLoad(t, tree, nil)
	p := site.GetPage("a")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				html, err := p.RenderString("[x](y)")
				if err != nil || html != "<a>A/a</a>" {
					t.Errorf("RenderString = %q, %v", html, err)
				}
				html, err = p.Render("card")
				if err != nil || html != "<a>A/a</a>" {
					t.Errorf("Render = %q, %v", html, err)
				}
				if _, err = p.Render("bad"); err == nil {
					t.Error("no error of a template")
				}
				if _, err = p.Render("worse"); err == nil {
					t.Error("no error of a body")
				}
			}
		})
	}
	wg.Wait()
}

// Shortcodes give the same in a page's Markdown, and where a layout renders them, as in its content.
func TestShortcodesOutsideContent(t *testing.T) {
	tree := bodiesTree(map[string]string{"a.md": "{{< outer >}}before {{< count >}} after{{< /outer >}}\n\n## H\n"})
	tree["layouts/page.html"] = &fstest.MapFile{Data: []byte("{{ .Content }}|{{ .RenderShortcodes }}|{{ .Store.Get `n` }}")}
	tree["layouts/_shortcodes/outer.html"] = &fstest.MapFile{Data: []byte("<i>{{ .Inner | markdownify }}</i>")}
	tree["layouts/_shortcodes/count.html"] = &fstest.MapFile{Data: []byte("{{ .Page.Store.Add `n` 1 }}<b>{{ .Page.Store.Get `n` }} {{ .Page.Fragments.Identifiers }}</b>")}
	got := buildSoon(t, tree, &jam.Config{Now: now, Minify: jam.Minify{Disabled: true}, Outputs: map[string][]string{"page": {"html", "markdown"}}})
	const want = "<i>before <b>1 [h]</b> after</i>"
	if text := got["a/index.html"]; strings.Count(text, want) != 2 || !strings.HasSuffix(text, "|1") {
		t.Errorf("HTML: %s", text)
	}
	if text := got["a/index.md"]; !strings.Contains(text, want) {
		t.Errorf("Markdown: %s", text)
	}
}

// With Strict, a link that leads nowhere, and which a hook leaves alone, fails the file as it fails the build.
func TestStrictHooks(t *testing.T) {
	tree := archive(t, "-- content/a.md --\n[x](y.md)\n-- layouts/all.html --\n{{ .Content }}\n-- layouts/_markup/render-link.html --\n<a href=\"{{ .Destination }}\">x</a>\n")
	site := mustLoad(t, tree, &jam.Config{Now: now, Strict: true})
	_, built := site.Build(t.Context(), jam.Memory())
	_, opened := fs.ReadFile(site.FS(t.Context()), "a/index.html")
	for _, err := range []error{built, opened} {
		if err == nil || !strings.Contains(err.Error(), `content/a.md:1:1: link: "y.md" leads nowhere`) {
			t.Errorf("have %v", err)
		}
	}
}
