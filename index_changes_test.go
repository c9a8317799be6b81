package jam

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam/internal/pack"
)

func buildWith(t *testing.T, tree fstest.MapFS, cache Cache) (files map[string][]byte, rendered []string, warnings string) {
	t.Helper()
	site, err := Load(t.Context(), tree, &Config{Cache: cache})
	if err != nil {
		t.Fatal(err)
	}
	out := Memory()
	report, err := site.Build(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range report.Rendered {
		rendered = append(rendered, r.File)
	}
	for _, w := range report.Warnings {
		warnings += w.Error() + "\n"
	}
	return out.Files(), rendered, warnings
}

// TestIndexChanges edits one page after the other: the index stays as it is, and what has changed since is beside it.
func TestIndexChanges(t *testing.T) {
	dir := t.TempDir()
	cache := CacheDir(dir)
	value := func(key string) string {
		b, _ := cache.Get(t.Context(), key)
		return string(b)
	}
	tree := fstest.MapFS{"layouts/all.html": {Data: []byte(`{{ .Content }}{{ with site.GetPage "/b" }}{{ .Summary }}{{ end }}{{ partialCached "p" . .Title }}`)},
		"layouts/_partials/p.html": {Data: []byte(`{{ range site.RegularPages.ByTitle }}{{ .Title }}{{ end }}`)}}
	for _, name := range []string{"a", "b", "c"} {
		tree["content/"+name+".md"] = &fstest.MapFile{Data: []byte("---\ntitle: " + name + "\n---\ntext")}
	}
	buildWith(t, tree, cache)
	index := value(indexKey)
	equal := func(what string, want ...string) {
		t.Helper()
		files, rendered, _ := buildWith(t, tree, cache)
		clean, _, _ := buildWith(t, tree, nil)
		if !maps.EqualFunc(files, clean, func(a, b []byte) bool { return string(a) == string(b) }) {
			t.Errorf("%s: the output is not that of a clean build", what)
		}
		if !slices.Equal(rendered, want) {
			t.Errorf("%s: %q is rendered, want %q", what, rendered, want)
		}
	}
	for i, edit := range []struct{ name, text string }{
		{"a", "one"}, {"c", "two"}, {"a", "[broken](x.md) {#x}"}, {"c", "# a heading"}, {"a", "text"},
	} {
		tree["content/"+edit.name+".md"].Data = []byte("---\ntitle: " + edit.name + "\n---\n" + edit.text)
		equal(edit.text, edit.name+"/index.html")
		equal(edit.text + " again")
		if value(indexKey) != index {
			t.Fatalf("edit %d: the index was written again", i)
		}
		if value(changesKey) == "" {
			t.Fatalf("edit %d: there are no changes", i)
		}
	}
	changes := value(changesKey)

	// Changes that are damaged are no worse than none.
	tree["content/c.md"].Data = []byte("---\ntitle: c\n---\nthree")
	if err := cache.Put(t.Context(), changesKey, []byte(changes[:len(changes)/2])); err != nil {
		t.Fatal(err)
	}
	_, _, warnings := buildWith(t, tree, cache)
	if !strings.Contains(warnings, "the changes of the index can't be read") {
		t.Errorf("the warnings are %q", warnings)
	}
	equal("after damage")

	// A new page makes for another index, to which they do not belong.
	tree["content/d.md"] = &fstest.MapFile{Data: []byte("---\ntitle: d\n---\n")}
	buildWith(t, tree, cache)
	if value(indexKey) == index || value(changesKey) != "" {
		t.Error("the index is the old one, or has changes")
	}
	if err := cache.Put(t.Context(), changesKey, []byte(changes)); err != nil {
		t.Fatal(err)
	}
	equal("with the changes of another index")
}

// FuzzIndexChanges reads changes that may be anything.
func FuzzIndexChanges(f *testing.F) {
	b, _ := encodeIndex(builtLedger(f), storeKey{1, 2})
	x, err := decodeIndex(b, storeKey{1, 2})
	if err != nil {
		f.Fatal(err)
	}
	l := x.ledger.clone()
	for i := range l.routes {
		own := *l.routes[i]
		l.routes[i] = &own
	}
	const head = 3 * 8
	changes := encodeChanges(l, x)
	f.Add(changes[head : len(changes)-8])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, rest []byte) {
		w := &pack.Writer{B: slices.Concat(changes[:head], rest)}
		l, err := decodeChanges(w.Seal(), x)
		if err != nil || l == nil {
			return
		}
		l.warnings()
		for i := range l.files {
			if l.routes[i] != nil {
				l.explain(i)
			}
		}
		encodeChanges(l, x)
	})
}
