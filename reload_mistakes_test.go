package jam_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/internal/sitegen"
)

// TestReloadMistakes makes mistakes in random sites, and compares what Reload says of them with what Load says. A site
// that has mistakes is changed further, and mended in the end.
func TestReloadMistakes(t *testing.T) {
	failed, quick := 0, 0
	for i := range uint64(max(6, *editCount/5)) {
		f, q := testBreakages(t, *editSeed+i, i%3 == 0)
		if failed, quick = failed+f, quick+q; t.Failed() {
			return
		}
	}
	t.Logf("%d reloads failed, %d of them without a load", failed, quick)
	if failed == 0 || quick < failed*8/10 {
		t.Errorf("only %d of %d reloads that failed did so without a load", quick, failed)
	}
}

// testBreakages tests one site, and returns how often it could not be reloaded, and how often that was known without Load.
func testBreakages(t *testing.T, seed uint64, small bool) (failed, quick int) {
	t.Helper()
	site := sitegen.New(seed)
	if small {
		site = sitegen.NewSmall(seed)
	}
	w := (&chain{first: site.Files(), config: genConfig}).workspace(t)
	defer w.remove()
	random := rand.New(rand.NewPCG(seed, 3))
	good, err := jam.Load(t.Context(), w.tree, w.config(t))
	if err != nil || len(w.config(t).Generators) > 0 {
		return 0, 0
	}
	at, whole := 0, maps.Clone(w.files) // of the last good one
	for step := range 12 {
		if random.IntN(3) == 0 {
			if e := site.Edit(); e.Set[sitegen.ConfigFile] == "" {
				w.apply(e)
			}
		}
		for range random.IntN(4) {
			if e := breakages[random.IntN(len(breakages))](random, w.files); e != nil {
				w.apply(e)
			}
		}
		names := w.changed(at)
		_, want := jam.Load(t.Context(), w.tree, w.config(t))
		for _, list := range [][]string{names, nil} {
			next, err := good.Reload(t.Context(), list...)
			if fmt.Sprint(err) != fmt.Sprint(want) {
				t.Errorf("-seed %d, step %d, changed %q, named %t:\nhave %v\nwant %v", seed, step, names, list != nil, err, want)
				for _, e := range w.edits[at:] {
					t.Logf("%s: %q, without %q", e.Name, e.Set, e.Removed)
				}
				return
			}
			if err == nil && list == nil {
				good, at, whole = next, len(w.edits), maps.Clone(w.files)
			}
		}
		if want == nil {
			continue
		}
		if failed++; !jam.NeedsLoad(t.Context(), good, names...) {
			quick++
		}
		if random.IntN(3) > 0 {
			w.apply(difference(w.files, whole))
		}
	}
	return failed, quick
}

// difference returns what makes a tree of another one.
func difference(from, to sitegen.Files) *sitegen.Edit {
	e := &sitegen.Edit{Name: "mended", Set: map[string]string{}}
	for name, text := range to {
		if old, ok := from[name]; !ok || old != text {
			e.Set[name] = text
		}
	}
	for name := range from {
		if _, ok := to[name]; !ok {
			e.Removed = append(e.Removed, name)
		}
	}
	slices.Sort(e.Removed)
	return e
}

// A breakage is an edit that is likely to keep a site from being loaded, nil where it cannot be made.
type breakage func(random *rand.Rand, files sitegen.Files) *sitegen.Edit

var breakages = []breakage{
	spoil("layouts/", "", "{{ end }}"),
	spoil("layouts/", "{{ if }}", ""),
	spoil("layouts/", "{{ nothing }}", "\n{{ .Title | nope }}"),
	spoil("layouts/_shortcodes/", "{{ .Inner }}", ""),
	spoil("layouts/_shortcodes/", "", "{{ if }}"),
	spoil("layouts/_partials/", "{{ define \"x\" }}", ""),
	replaced("layouts/_shortcodes/", "<hr>\n"),
	without("layouts/"),
	without("layouts/_shortcodes/"),
	matter("title: [\n"),
	matter("date: yesterday\n"),
	matter("weight: heavy\noutputs: [none, html]\n"),
	matter("url: ../out\n"),
	matter("slug: a/../..\n"),
	matter("aliases: [\"/a b?c=d\"]\n"),
	matter("url: /taken/\n"),
	matter("url: /taken/\n"),
	matter("url: /style.css\n"),
	matter("redirect: /circle/\nurl: /circle/\n"),
	matter("cascade: {target: {path: \"[\"}, color: red}\n"),
	matter("cascade: {rating: many, date: never}\n"),
	matter("cascade: {target: {kind: page}, type: other, layout: none}\n"),
	matter("menus: {main: {parent: nobody, weight: x}}\n"),
	matter("rating: [1]\nsize: large\n"),
	matter("outputs: [card, rss, html]\ntags: {a: 1}\n"),
	matter("resources: 7\nbuild: {render: maybe}\n"),
	matter("translationKey: same\n"),
	spoil("content/", "", "\n{{< unknown >}}\n"),
	spoil("content/", "", "\n{{< note >}}\n"),
	spoil("content/", "", "\n{{% /note %}} {{< figure\n"),
	spoil("content/", "", "\n{{< relref \"/not/there\" >}}\n"),
	write("data/settings.yaml", "a: [\n"),
	write("data/more.json", "{"),
	write("data/shops.toml", "a = 1\n"),
	write("data", "a file"),
	write("i18n/en.yaml", "key: [\n"),
	write("i18n/en.toml", "key = \"x\"\n"),
	write("i18n/de.yaml", "- list\n"),
	write("static/taken/index.html", "taken"),
	write("static/posts/index.html", "taken"),
	write("static/404.html", "taken"),
	write("static", "a file"),
	write("content/posts/twice.md", "---\nurl: /twice/\n---\n"),
	write("content/docs/twice.md", "---\nurl: /twice/\n---\n"),
	write("content/docs/again/index.md", "---\ntitle: Again\n---\n{{< unknown >}}"),
	write("content/docs/again.md", "---\ntitle: Again\n---\n"),
	write("content/404.md", "---\ntitle: Not found\nurl: /404.html\n---\n"),
	write("content/tags/red/_index.md", "---\ndate: x\n---\n"),
	write("layouts/_markup/render-odd.html", "odd"),
	write("layouts/_markup/render-link.html", "{{ .Destination"),
	write("layouts/404.html", "{{ .Title }}"),
	write("layouts/posts/page.html", "{{ range }}"),
	write("layouts/_shortcodes/note.html", "{{ with .Inner }}{{ . }}{{ end }}"),
}

// spoil puts something before and after the text of a file of a folder.
func spoil(folder, before, after string) breakage {
	return func(random *rand.Rand, files sitegen.Files) *sitegen.Edit {
		name := oneOf(random, files, folder)
		if name == "" {
			return nil
		}
		return &sitegen.Edit{Name: "spoil", Set: map[string]string{name: before + files[name] + after}}
	}
}

func replaced(folder, text string) breakage {
	return func(random *rand.Rand, files sitegen.Files) *sitegen.Edit {
		name := oneOf(random, files, folder)
		if name == "" {
			return nil
		}
		return &sitegen.Edit{Name: "replace", Set: map[string]string{name: text}}
	}
}

func without(folder string) breakage {
	return func(random *rand.Rand, files sitegen.Files) *sitegen.Edit {
		name := oneOf(random, files, folder)
		if name == "" {
			return nil
		}
		return &sitegen.Edit{Name: "without", Removed: []string{name}}
	}
}

// matter gives a page other front matter.
func matter(text string) breakage {
	return func(random *rand.Rand, files sitegen.Files) *sitegen.Edit {
		name := oneOf(random, files, "content/")
		if path.Ext(name) != ".md" {
			return nil
		}
		return &sitegen.Edit{Name: "front matter", Set: map[string]string{name: "---\n" + text + "---\nText\n"}}
	}
}

// write writes a file. One where a folder was takes its place.
func write(name, text string) breakage {
	return func(_ *rand.Rand, files sitegen.Files) *sitegen.Edit {
		e := &sitegen.Edit{Name: "write", Set: map[string]string{name: text}}
		for other := range files {
			if strings.HasPrefix(other, name+"/") {
				e.Removed = append(e.Removed, other)
			}
			if strings.HasPrefix(name, other+"/") {
				return nil
			}
		}
		slices.Sort(e.Removed)
		return e
	}
}

// oneOf returns the name of a file in a folder, "" where there is none.
func oneOf(random *rand.Rand, files sitegen.Files, folder string) string {
	names := slices.Sorted(maps.Keys(files))
	names = slices.DeleteFunc(names, func(name string) bool { return !strings.HasPrefix(name, folder) })
	if len(names) == 0 {
		return ""
	}
	return names[random.IntN(len(names))]
}
