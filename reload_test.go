package jam

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// A reloadTree is a tree that a test edits.
type reloadTree interface {
	fsys() fs.FS
	write(name, text string)
	remove(name string)
}

type mapTree struct{ files fstest.MapFS }

func (m mapTree) fsys() fs.FS             { return m.files }
func (m mapTree) write(name, text string) { m.files[name] = &fstest.MapFile{Data: []byte(text)} }
func (m mapTree) remove(name string)      { delete(m.files, name) }

type diskTree struct {
	t   *testing.T
	dir string
}

func (d diskTree) fsys() fs.FS { return os.DirFS(d.dir) }

func (d diskTree) write(name, text string) {
	file := filepath.Join(d.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		d.t.Fatal(err)
	}
}

func (d diskTree) remove(name string) {
	if err := os.Remove(filepath.Join(d.dir, filepath.FromSlash(name))); err != nil {
		d.t.Fatal(err)
	}
}

// reloadPool is what edits choose from: file names, and texts for each. A text may be a mistake.
var reloadPool = func() map[string][]string {
	page := func(title, more string) []string {
		front := "---\ntitle: " + title + "\ndate: 2024-01-02\ntags: [x, y]\n---\n"
		return []string{
			front + "Hello.\n" + more,
			front + "Hello, *you*. {{< note >}}inner{{< /note >}}\n" + more,
			front + "A [link](/posts/a/) and ![image](x.png)\n",
			front + "Lots of text.\n\n## Heading\n\nMore.\n",
			"---\ntitle: " + title + " 2\ndate: 2025-01-02\nweight: 3\ntags: [y, z]\nmenus: main\naliases: [/old-" + title + "/]\n---\nHello.\n",
			"---\ndraft: true\ntitle: " + title + "\n---\nNot yet.\n",
			"# Title of " + title + "\n\nText\n", "# Another title\n\nText\n", "No title\n", "",
			"---\ntitle: Broken\ntags: [\n---\n", "{{< unknown >}}\n", front + "{{< note >}}unclosed\n",
			"---\ntitle: Future\npublishDate: 2030-01-01\n---\nSoon\n",
			"---\ntitle: Typed\nrel: /posts/b#heading\n---\n## Other\n",
			"---\nlayout: special\nsummary: Short\n---\n{{< shout \"x\" >}}\n",
			"---\nkeywords: [k]\nresources: [{src: '*.txt', title: T}]\n---\n",
		}
	}
	section := []string{
		"---\ntitle: Section\n---\nIntro\n", "---\ntitle: Section\n---\nOther intro\n",
		"---\ntitle: Section\ncascade: {summary: From above, tags: [c]}\n---\n",
		"---\ncascade: [{target: {path: '/posts/a*'}, params: {p: 1}}]\n---\n",
		"---\ncascade: [{target: {path: '/none*'}, params: {p: 1}}]\n---\n",
		"---\ntitle: Dated\ndate: 2020-01-01\npaginate: 2\n---\n", "# Headed\n", "---\ndraft: true\n---\n",
	}
	pool := map[string][]string{
		"content/_index.md": section, "content/posts/_index.md": section, "content/posts/deep/_index.md": section,
		"content/tags/x/_index.md":         {"---\ntitle: The X\n---\n", "---\ntitle: The Y\n---\nText"},
		"content/posts/bundle/index.md":    page("Bundle", "![i](pic.png)\n"),
		"content/posts/bundle/part.md":     page("Part", ""),
		"content/posts/bundle/pic.png":     {"png", "other png"},
		"content/posts/bundle/notes.txt":   {"notes", "other notes"},
		"content/posts/bundle.md":          page("Instead", ""),
		"content/posts/deep/x.png":         {"png"},
		"content/whole.html":               {"<!doctype html><p>whole", "<!doctype html><p>other", "<p>a page</p>", "---\ntitle: H\n---\n<p>x"},
		"content/about.de.md":              page("Über", ""),
		"content/posts/a.de.md":            page("A auf Deutsch", ""),
		"content/.hidden.md":               {"hidden"},
		"content/draft~":                   {"left by an editor"},
		"data/site.yaml":                   {"name: one\n", "name: two\n", "name: [\n"},
		"data/more/x.json":                 {`{"a": 1}`, `{"a": 2}`},
		"data/odd.txt":                     {"unknown"},
		"i18n/en.toml":                     {"[hi]\nother = \"Hi\"\n", "[hi]\nother = \"Hello\"\n"},
		"i18n/de.toml":                     {"[hi]\nother = \"Hallo\"\n", "broken"},
		"static/s.css":                     {"a{}", "b{}"},
		"static/posts/a/index.html":        {"taken"},
		"static/x.txt":                     {"x"},
		"layouts/page.html":                {reloadLayout, strings.Replace(reloadLayout, "<main>", "<main class=x>", 1), "{{ .Nope "},
		"layouts/list.html":                {reloadList, reloadList + "<p>more"},
		"layouts/special.html":             {"special {{ .Title }} {{ .Summary }}"},
		"layouts/404.html":                 {"not found", "not there"},
		"layouts/_partials/part.html":      {"{{ .Title }} {{ .Content }}", "[{{ .Title }}]"},
		"layouts/_shortcodes/note.html":    {"<b>{{ .Inner }}</b>", "<i>{{ .Inner }}</i>", "<hr>"},
		"layouts/_shortcodes/shout.html":   {"{{ .Get 0 | upper }}", "{{ .Get 0 }}!", "{{ if }}"},
		"layouts/_markup/render-link.html": {`<a href="{{ .Destination }}" class=l>{{ .Text }}</a>`},
		"layouts/_markup/odd.html":         {"odd"},
	}
	for _, name := range []string{"a", "b", "c", "deep/d", "deep/e", "deep/er/f"} {
		pool["content/posts/"+name+".md"] = page(strings.ToUpper(path.Base(name)), "")
	}
	pool["content/about.md"] = page("About", "")
	return pool
}()

const reloadLayout = `<main>{{ .Title }}|{{ .Date.Format "2006" }}|{{ .Content }}|{{ .Params.p }}|{{ .Summary }}|{{ .Site.Data.site.name }}
{{ i18n "hi" }}{{ range .Resources }}{{ .Name }} {{ .Title }} {{ .RelPermalink }} {{ end }}{{ with .Next }}{{ .Title }}{{ end }}
{{ range .Site.Menus.main }}{{ .Name }} {{ .URL }}{{ end }}{{ range .Site.RegularPages.Related . }}{{ .Title }}{{ end }}</main>`

const reloadList = `<h1>{{ .Title }}</h1>{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }} {{ .WordCount }}</a>{{ end }}
{{ range .Site.Taxonomies.tags }}{{ .Page.Title }} {{ .Count }}{{ end }}{{ .Lastmod }}{{ with .Paginator }}{{ .TotalPages }}{{ end }}
{{ .Site.Params.mainSections }}{{ partial "part.html" . }}`

type reloadFront struct {
	Rel Ref
}

func reloadConfig() *Config {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	return &Config{
		BaseURL: "https://example.org/", Now: func() time.Time { return now }, SectionMenu: "sections",
		Languages:   []Language{{Code: "en"}, {Code: "de"}},
		Collections: []Schema{&Collection[reloadFront]{Match: "posts/**", Lenient: true}},
		Pagination:  map[string]Pagination{KindSection: {Size: 3}},
		Outputs:     map[string][]string{KindHome: {"html", "rss", "search", "sitemap"}},
	}
}

// siteState is everything that can be seen of a site, or why there is none.
func siteState(t *testing.T, s *Site, err error) map[string]string {
	t.Helper()
	state := make(map[string]string)
	if err != nil {
		state["load"] = err.Error()
		return state
	}
	out := Memory()
	report, err := s.Build(t.Context(), out)
	if err != nil {
		state["build"] = err.Error()
	} else {
		state["warnings of build"] = fmt.Sprint(report.Warnings)
	}
	for name, content := range out.Files() {
		state["file "+name] = string(content)
	}
	state["files"] = strings.Join(s.Files(), "\n")
	state["warnings"] = fmt.Sprint(s.Warnings())
	for _, lang := range s.Sites() {
		for _, p := range lang.Pages() {
			state["page "+p.Lang()+p.Path()] = fmt.Sprintln(p.Title(), p.Params(), p.Weight(), p.Parent(), p.Next(), p.Terms("tags"), p.Draft())
		}
	}
	return state
}

func compareStates(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	shown := 0
	keys := slices.AppendSeq(slices.Collect(maps.Keys(want)), maps.Keys(got))
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		if got[key] != want[key] && shown < 5 {
			t.Errorf("%s: %s:\nhave %q\nwant %q", what, key, got[key], want[key])
			shown++
		}
	}
}

// TestReloadEqualsLoad makes random changes, and compares what Reload makes of them, with names and without, with
// what Load makes.
func TestReloadEqualsLoad(t *testing.T) {
	for name, tree := range map[string]reloadTree{"memory": mapTree{fstest.MapFS{}}, "disk": diskTree{t, t.TempDir()}} {
		t.Run(name, func(t *testing.T) {
			seed := uint64(1)
			if s := os.Getenv("RELOAD_SEED"); s != "" {
				fmt.Sscan(s, &seed)
			}
			testReloads(t, tree, rand.New(rand.NewPCG(seed, 2)), 60)
		})
	}
}

func testReloads(t *testing.T, tree reloadTree, rnd *rand.Rand, edits int) {
	names := slices.Sorted(maps.Keys(reloadPool))
	have := make(map[string]int)
	put := func(name string, i int) {
		have[name] = i
		tree.write(name, reloadPool[name][i])
	}
	for _, name := range names {
		if !strings.Contains(name, "deep/er") && name != "content/posts/bundle.md" && name != "static/posts/a/index.html" {
			put(name, 0)
		}
	}
	named, err := Load(t.Context(), tree.fsys(), reloadConfig())
	if err != nil {
		t.Fatal(err)
	}
	unnamed := named
	how := make(map[howLoaded]int)
	var pending []string // changed since named was loaded
	for edit := range edits {
		var changed []string
		for range 1 + rnd.IntN(2) {
			name := names[rnd.IntN(len(names))]
			_, there := have[name]
			if there && rnd.IntN(5) == 0 && name != "content/_index.md" {
				delete(have, name)
				tree.remove(name)
			} else if n := len(reloadPool[name]); rnd.IntN(6) == 0 {
				put(name, rnd.IntN(n))
			} else { // seldom a mistake
				put(name, rnd.IntN(min(n, 5)))
			}
			changed = append(changed, name)
		}
		what := fmt.Sprintf("edit %d, of %q", edit, changed)
		pending = append(pending, changed...)
		if rnd.IntN(8) == 0 {
			pending = append(pending, path.Dir(changed[0]), strings.ReplaceAll(changed[len(changed)-1], "/", `\`), "content/none.md")
		}
		fresh, err := Load(t.Context(), tree.fsys(), reloadConfig())
		want := siteState(t, fresh, err)
		next, err := named.Reload(t.Context(), pending...)
		compareStates(t, what+", named", siteState(t, next, err), want)
		if err == nil {
			how[next.v.snap.how]++
			named, pending = next, nil
		}
		next, err = unnamed.Reload(t.Context())
		compareStates(t, what+", unnamed", siteState(t, next, err), want)
		if err == nil {
			how[next.v.snap.how]++
			unnamed = next
		}
		if t.Failed() {
			t.FailNow()
		}
		if _, failed := want["load"]; failed { // one mistake at a time: others are to be seen
			for _, name := range changed {
				if name != "static/posts/a/index.html" {
					put(name, 0)
				} else if _, there := have[name]; there {
					delete(have, name)
					tree.remove(name)
				}
			}
			pending = append(pending, changed...)
		}
	}
	t.Log("wholly, rebuilt, retouched:", how)
	if how[rebuilt] == 0 || how[retouched] == 0 {
		t.Errorf("not every way was taken: %v", how)
	}
}

// TestReloadWithoutFolders removes the only file of each folder, and so the folder.
func TestReloadWithoutFolders(t *testing.T) {
	files := map[string]string{
		"content/a.md": "a", "data/x.yaml": "k: 1", "i18n/en.yaml": "k: v", "static/s.css": "a{}", "layouts/all.html": "{{ site.Data }}{{ i18n \"k\" }}{{ .Content }}",
	}
	for gone := range files {
		for _, named := range []bool{true, false} {
			tree := make(fstest.MapFS)
			for name, text := range files {
				tree[name] = &fstest.MapFile{Data: []byte(text)}
			}
			site, err := Load(t.Context(), tree, nil)
			if err != nil {
				t.Fatal(err)
			}
			delete(tree, gone)
			var names []string
			if named {
				names = []string{gone}
			}
			reloaded, err := site.Reload(t.Context(), names...)
			fresh, want := Load(t.Context(), tree, nil)
			if fmt.Sprint(err) != fmt.Sprint(want) {
				t.Errorf("without %s: %v, want %v", gone, err, want)
			}
			if err != nil || want != nil {
				continue
			}
			have, clean := Memory(), Memory()
			if _, err := reloaded.Build(t.Context(), have); err != nil {
				t.Errorf("without %s: %v", gone, err)
			}
			if _, err := fresh.Build(t.Context(), clean); err != nil {
				t.Fatal(err)
			}
			if !maps.EqualFunc(have.Files(), clean.Files(), bytes.Equal) {
				t.Errorf("without %s, named %v: another output", gone, named)
			}
		}
	}
}
