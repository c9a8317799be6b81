package jam

import (
	"context"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
	"weak"
)

// TestReloadWays shows for each change how much is made anew, and that the result is Load's.
func TestReloadWays(t *testing.T) {
	files := map[string]string{
		"content/_index.md":             "---\ntitle: Home\n---\n",
		"content/posts/a.md":            "---\ntitle: A\n---\nold\n",
		"content/posts/b.md":            "---\nrel: /posts/c#here\n---\n",
		"content/posts/c.md":            "---\ntitle: C\n---\n## Here\n",
		"content/posts/headed.md":       "# Title\n\nText\n",
		"content/posts/plain.md":        "Text\n",
		"content/posts/p.html":          "<p>x\n",
		"content/posts/later.md":        "---\npublishDate: 2026-01-03\n---\n",
		"content/posts/draft.md":        "---\ndraft: true\n---\nold\n",
		"content/posts/bundle/index.md": "---\ntitle: Bundle\n---\n",
		"content/posts/bundle/part.md":  "---\ntitle: Part\n---\nold\n",
		"content/posts/bundle/x.png":    "old",
		"data/d.yaml":                   "k: old\n",
		"i18n/en.toml":                  "hi = \"old\"\n",
		"static/s.css":                  "a{}",
		"layouts/all.html":              "{{ .Title }} {{ .Content }} {{ .Site.Data.d.k }} {{ i18n \"hi\" }}",
		"layouts/_shortcodes/n.html":    "{{ .Page.Title }}",
		"layouts/_shortcodes/in.html":   "{{ .Inner }}",
		"content/posts/in.md":           "{{< in >}}x{{< /in >}}\n",
		"content/posts/warned.md":       "---\ncascade: {summary: x}\n---\nold\n",
	}
	now := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		what    string
		names   string
		content string // "-": removed
		want    howLoaded
		change  func(c *Config)
	}{
		{what: "nothing", names: "content/posts/a.md", content: files["content/posts/a.md"], want: retouched},
		{what: "body", names: "content/posts/a.md", content: "---\ntitle: A\n---\nnew\n", want: retouched},
		{what: "body, by a path of Windows", names: `content\posts\a.md`, content: "---\ntitle: A\n---\nnew\n", want: retouched},
		{what: "body gone", names: "content/posts/a.md", content: "---\ntitle: A\n---\n", want: retouched},
		{what: "title", names: "content/posts/a.md", content: "---\ntitle: B\n---\nold\n", want: rebuilt},
		{what: "fence open", names: "content/posts/a.md", content: "---\ntitle: A\n---x\nold\n---\n", want: rebuilt},
		{what: "shortcode", names: "content/posts/a.md", content: "---\ntitle: A\n---\n{{< n >}}\n", want: retouched},
		{what: "mistaken shortcode", names: "content/posts/a.md", content: "---\ntitle: A\n---\n{{< none >}}\n"},
		{what: "text below a heading", names: "content/posts/headed.md", content: "# Title\n\nOther\n", want: retouched},
		{what: "heading", names: "content/posts/headed.md", content: "# Other\n\nText\n", want: rebuilt},
		{what: "new heading", names: "content/posts/plain.md", content: "# Other\n\nText\n", want: rebuilt},
		{what: "new front matter", names: "content/posts/plain.md", content: "---\ntitle: T\n---\nText\n", want: rebuilt},
		{what: "HTML", names: "content/posts/p.html", content: "<p>y\n", want: retouched},
		{what: "whole HTML", names: "content/posts/p.html", content: "<!doctype html><p>y\n", want: rebuilt},
		{what: "body with an anchor", names: "content/posts/c.md", content: "---\ntitle: C\n---\n# Here\n", want: rebuilt},
		{what: "anchor gone", names: "content/posts/c.md", content: "---\ntitle: C\n---\n# There\n"},
		{what: "draft's body", names: "content/posts/draft.md", content: "---\ndraft: true\n---\nnew\n", want: retouched},
		{what: "draft's end", names: "content/posts/draft.md", content: "---\ndraft: false\n---\nold\n", want: rebuilt},
		{what: "body of a part", names: "content/posts/bundle/part.md", content: "---\ntitle: Part\n---\nnew\n", want: retouched},
		{what: "body with a warning", names: "content/posts/warned.md", content: "---\ncascade: {summary: x}\n---\nnew\n", want: rebuilt},
		{what: "other page beside a warning", names: "content/posts/a.md", content: "---\ntitle: B\n---\n", want: rebuilt},
		{what: "resource", names: "content/posts/bundle/x.png", content: "new", want: retouched},
		{what: "resource gone", names: "content/posts/bundle/x.png", content: "-", want: rebuilt},
		{what: "page gone", names: "content/posts/a.md", content: "-", want: rebuilt},
		{what: "new page", names: "content/posts/new.md", content: "new", want: rebuilt},
		{what: "cascade", names: "content/_index.md", content: "---\ntitle: Home\ncascade: {summary: S}\n---\n", want: rebuilt},
		{what: "section's title", names: "content/_index.md", content: "---\ntitle: House\n---\n", want: rebuilt},
		{what: "what an editor leaves", names: "content/posts/a.md~", content: "x", want: retouched},
		{what: "hidden file", names: "content/posts/.a.md.swp", content: "x", want: retouched},
		{what: "unknown file", names: "other/x", content: "x", want: retouched},
		{what: "missing file", names: "content/posts/none.md", content: "-", want: retouched},
		{what: "folder", names: "content/posts", content: "", want: retouched},
		{what: "data", names: "data/d.yaml", content: "k: new\n", want: retouched},
		{what: "mistaken data", names: "data/d.yaml", content: "k: [\n"},
		{what: "messages", names: "i18n/en.toml", content: "hi = \"new\"\n", want: rebuilt},
		{what: "template", names: "layouts/all.html", content: "new {{ .Title }}", want: retouched},
		{what: "mistaken template", names: "layouts/all.html", content: "{{ nope }}"},
		{what: "new template", names: "layouts/home.html", content: "home", want: rebuilt},
		{what: "template of a shortcode", names: "layouts/_shortcodes/in.html", content: "new {{ .Inner }}", want: retouched},
		{what: "static file", names: "static/s.css", content: "b{}", want: retouched},
		{what: "new static file", names: "static/t.css", content: "b{}", want: rebuilt},
		{what: "time", want: rebuilt, names: "x", content: "", change: func(*Config) { now = now.AddDate(0, 0, 2) }},
		{what: "a little time", want: retouched, names: "x", content: "", change: func(*Config) { now = now.Add(time.Hour) }},
		{what: "Permalink", names: "content/posts/a.md", content: "---\ntitle: A\n---\nnew\n", want: rebuilt,
			change: func(c *Config) { c.Permalink = func(p *Page) string { return "" } }},
		{what: "Generators", names: "content/posts/a.md", content: "---\ntitle: A\n---\nnew\n", want: wholly,
			change: func(c *Config) {
				c.Generators = []Generator{func(context.Context, *Site) iter.Seq2[*Document, error] {
					return func(func(*Document, error) bool) {}
				}}
			}},
	} {
		t.Run(test.what, func(t *testing.T) {
			now = time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
			tree := fstest.MapFS{}
			for name, text := range files {
				tree[name] = &fstest.MapFile{Data: []byte(text)}
			}
			cfg := &Config{Now: func() time.Time { return now }, Collections: []Schema{&Collection[reloadFront]{Match: "posts/**", Lenient: true}}}
			config := func() *Config { return cfg }
			if test.change != nil && !strings.Contains(test.what, "time") {
				test.change(cfg)
			}
			first, err := Load(t.Context(), tree, config())
			if err != nil {
				t.Fatal(err)
			}
			before := siteState(t, first, nil)
			if test.change != nil {
				test.change(cfg)
			}
			name := strings.ReplaceAll(test.names, `\`, "/")
			switch test.content {
			case "":
			case "-":
				delete(tree, name)
			default:
				tree[name] = &fstest.MapFile{Data: []byte(test.content)}
			}
			fresh, err := Load(t.Context(), tree, config())
			want := siteState(t, fresh, err)
			for _, names := range [][]string{{test.names}, nil} {
				next, err := first.Reload(t.Context(), names...)
				compareStates(t, strings.Join(names, " "), siteState(t, next, err), want)
				if err == nil && next.v.snap.how != test.want {
					t.Errorf("%q: way %d, want %d", names, next.v.snap.how, test.want)
				}
			}
			if test.names != "content/posts/bundle/x.png" && test.names != "static/s.css" { // which are not kept
				compareStates(t, "the former site", siteState(t, first, nil), before)
			}
		})
	}
}

// What has not changed is shared.
func TestReloadShares(t *testing.T) {
	for name, tree := range map[string]reloadTree{"memory": mapTree{fstest.MapFS{}}, "disk": diskTree{t, t.TempDir()}} {
		for file, texts := range reloadPool {
			if !strings.Contains(file, "static/posts") && file != "content/posts/bundle.md" {
				tree.write(file, texts[0])
			}
		}
		site, err := Load(t.Context(), tree.fsys(), reloadConfig())
		if err != nil {
			t.Fatal(err)
		}
		next, err := site.Reload(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		was, is := site.v.snap, next.v.snap
		if is.model != was.model || is.content != was.content || is.folders != was.folders {
			t.Errorf("%s: what has not changed was loaded again", name)
		}
		tree.write("layouts/page.html", reloadPool["layouts/page.html"][1])
		if next, err = next.Reload(t.Context()); err != nil {
			t.Fatal(err)
		}
		was, is = is, next.v.snap
		if is.model != was.model || is.content == was.content || is.folders[ofData] != was.folders[ofData] {
			t.Errorf("%s: a template has changed, and not only templates were loaded again", name)
		}
		tree.write("content/posts/a.md", reloadPool["content/posts/a.md"][4])
		if next, err = next.Reload(t.Context()); err != nil {
			t.Fatal(err)
		}
		was, is = is, next.v.snap
		if is.how != rebuilt || is.content != was.content || is.folders != was.folders {
			t.Errorf("%s: a page has changed, and not only pages were loaded again", name)
		}
	}
}

// TestReloadLetsGo shows that sites which nobody has any more do not stay in memory.
func TestReloadLetsGo(t *testing.T) {
	tree := fstest.MapFS{"content/a.md": {Data: []byte("---\ntitle: A\n---\nx")}, "content/s/b.md": {}, "layouts/all.html": {Data: []byte("{{ .Content }}")}}
	site, err := Load(t.Context(), tree, &Config{BaseURL: "https://example.org/", Outputs: map[string][]string{KindHome: {"html", "rss", "search"}}})
	if err != nil {
		t.Fatal(err)
	}
	out := Memory()
	var snaps []weak.Pointer[snapshot]
	models := make(map[weak.Pointer[model]]bool)
	for i := range 40 {
		if _, err := site.Build(t.Context(), out); err != nil {
			t.Fatal(err)
		}
		snaps = append(snaps, weak.Make(site.v.snap))
		models[weak.Make(site.v.snap.model)] = true
		text := "---\ntitle: A\n---\n" + strings.Repeat("x", i)
		if i%3 == 0 {
			text = strings.Replace(text, "A", strings.Repeat("A", i+1), 1)
		}
		tree["content/a.md"] = &fstest.MapFile{Data: []byte(text)}
		if site, err = site.Reload(t.Context(), "content/a.md"); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		runtime.GC()
	}
	kept := 0
	for _, s := range snaps {
		if s.Value() != nil {
			kept++
		}
	}
	for m := range maps.Keys(models) {
		if v := m.Value(); v != nil && v != site.v.snap.model {
			kept++
		}
	}
	if kept > 0 {
		t.Errorf("%d former snapshots and models are still in memory", kept)
	}
	runtime.KeepAlive(site)
}

// TestReloadInUse reloads a site while others read it, and it from several sides.
func TestReloadInUse(t *testing.T) {
	tree := diskTree{t, t.TempDir()}
	for name, texts := range reloadPool {
		if !strings.Contains(name, "static/posts") && name != "content/posts/bundle.md" {
			tree.write(name, texts[0])
		}
	}
	site, err := Load(t.Context(), tree.fsys(), reloadConfig())
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			name, mine := []string{"content/posts/a.md", "content/posts/b.md", "layouts/page.html", "data/site.yaml"}[i], site
			for k := range 6 {
				tree.write(name, reloadPool[name][k%2])
				next, err := mine.Reload(t.Context(), name)
				if err != nil {
					t.Error(err)
					return
				}
				for _, s := range []*Site{site, mine, next} {
					if _, err := s.Build(t.Context(), Memory()); err != nil {
						t.Error(err)
					}
				}
				mine = next
			}
		})
	}
	wg.Wait()
}

// A stamp is another one when a file has been changed, and there is none for one that has just been.
func TestStamp(t *testing.T) {
	name := filepath.Join(t.TempDir(), "x")
	write := func(text string) os.FileInfo {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		return info
	}
	a := write("a")
	if stampOf(a, time.Now()) != 0 {
		t.Error("a file that has just been written has a stamp")
	}
	later := time.Now().Add(time.Minute)
	if _, _, ok := statOf(a); !ok {
		t.Skip("files have no stamps here")
	}
	if stampOf(a, later) == 0 || stampOf(a, later) != stampOf(a, later.Add(time.Hour)) {
		t.Error("a file has no stamp, or several ones")
	}
	time.Sleep(20 * time.Millisecond) // the step of times of some file systems
	if b := write("b"); stampOf(b, later) == stampOf(a, later) {
		t.Error("a change of a file does not show")
	}
	info, err := fstest.MapFS{"x": {}}.Stat("x")
	if err != nil || stampOf(info, later) != 0 {
		t.Errorf("a file in memory has a stamp: %v", err)
	}
}
