package jam_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jam-go/jam"
)

// resourcePieces ask for the files of a page. Each has a page of its own, whose dot is the bundle that is edited.
var resourcePieces = []string{
	`{{ range .Resources }}{{ .Name }} {{ end }}`,
	`{{ range .Resources }}{{ .Title }} {{ end }}`,
	`{{ len .Resources }}`,
	`{{ if .Resources }}some{{ end }}`,
	`{{ with .Resources }}{{ (index . 0).RelPermalink }}{{ end }}`,
	`{{ with index .Resources 1 }}{{ .Title }}{{ end }}`,
	`{{ range first 1 .Resources }}{{ .Title }} {{ .Params.by }}{{ end }}`,
	`{{ range $i, $r := .Resources }}{{ if $i }}{{ break }}{{ end }}{{ .MediaType }}{{ end }}`,
	`{{ with .Resources.Get "b.txt" }}{{ .Content }}{{ else }}none{{ end }}`,
	`{{ with .Resources.Get "named" }}{{ .RelPermalink }}{{ else }}none{{ end }}`,
	`{{ with .Resources.GetMatch "*.txt" }}{{ .Name }}{{ end }}`,
	`{{ with .Resources.GetMatch "n*" }}{{ .RelPermalink }} {{ .Params }}{{ end }}`,
	`{{ range .Resources.Match "*.{txt,png}" }}{{ .Permalink }} {{ end }}`,
	`{{ with .Resources.Match "*.png" }}{{ len . }}{{ end }}`,
	`{{ if .Resources.ByType "image" }}pictures{{ end }}`,
	`{{ range first 1 (.Resources.ByType "text") }}{{ .RelPermalink }}{{ end }}`,
	`{{ with (.Resources.ByType "image").GetMatch "sub/*" }}{{ .Title }}{{ end }}`,
	`{{ with (first 2 .Resources).GetMatch "*.png" }}{{ .RelPermalink }}{{ end }}`,
	`{{ range .Resources.ByType "page" }}{{ .Title }} {{ .Content }} {{ .Params.by }}{{ end }}`,
	`{{ range .Resources }}{{ with .Page }}{{ .Title }}{{ end }}{{ end }}`,
	`{{ range where .Resources "Params.by" "Ann" }}{{ .RelPermalink }}{{ end }}`,
	`{{ range sort .Resources "Title" "desc" }}{{ .Name }} {{ end }}`,
	`{{ with .Resources.GetMatch "*.png" }}{{ range $k, $v := .Params }}{{ $k }}{{ $v }}{{ end }}{{ isset .Params "by" }}{{ end }}`,
	`{{ with .Resources.GetMatch "*.png" }}{{ .Params.more.deep }}{{ index .Params "by" }}{{ end }}`,
	`{{ $r := .Resources.Match "*" }}{{ $s := $r.ByType "text" }}{{ len $r }} {{ with $s.Get "b.txt" }}{{ .Title }}{{ end }}`,
	`{{ partial "first.html" .Resources }}`,
	`{{ partialCached "first.html" .Resources "one" }}`,
	`{{ with partialCached "pick.html" . "two" }}{{ .Title }}{{ end }}`,
	`{{ with partialCached "all.html" . "three" }}{{ range first 1 . }}{{ .Title }}{{ end }}{{ end }}`,
	`{{ .Resources.GetMatch "*.png" }} {{ jsonify (len (.Resources.Match "no*")) }}`,
	`{{ range site.RegularPages }}{{ with .Resources.GetMatch "*.png" }}{{ .RelPermalink }}{{ end }}{{ end }}`,
	`{{ range site.RegularPages }}{{ range .Resources }}{{ .Title }}{{ end }}{{ end }}`,
}

// bundle is a page whose files are edited at random.
type bundle struct {
	random *rand.Rand
	tree   fstest.MapFS
	edits  int
}

func newBundle(seed uint64) *bundle {
	b := &bundle{random: rand.New(rand.NewPCG(seed, 3)), tree: make(fstest.MapFS)}
	b.set("layouts/all.html", "")
	b.set("layouts/_partials/first.html", `{{ range first 1 . }}{{ .Title }}{{ end }}`)
	b.set("layouts/_partials/pick.html", `{{ return .Resources.GetMatch "*.txt" }}`)
	b.set("layouts/_partials/all.html", `{{ return .Resources.Match "*.{txt,png}" }}`)
	for i, piece := range resourcePieces {
		b.set(fmt.Sprintf("content/%02d.md", i), fmt.Sprintf("---\nlayout: p%02d\n---\n", i))
		b.set(fmt.Sprintf("layouts/p%02d.html", i), `{{ with site.GetPage "/x/y" }}`+piece+`{{ end }}`)
	}
	b.set("content/x/y/index.md", b.matter())
	return b
}

func (b *bundle) set(name, text string) {
	b.edits++
	b.tree[name] = &fstest.MapFile{Data: []byte(text), ModTime: time.Unix(int64(1700000000+b.edits), 0)}
}

func (b *bundle) pick(list ...string) string { return list[b.random.IntN(len(list))] }

func (b *bundle) matter() string {
	var s strings.Builder
	s.WriteString("---\n" + b.pick("slug: s\n", "slug: z\n", "slug: s\ntitle: T\n") + "resources:\n")
	for range 1 + b.random.IntN(3) {
		fmt.Fprintf(&s, "  - {src: %q, %s}\n", b.pick("*.txt", "*.png", "b.txt", "**", "sub/*", "plan.md"),
			b.pick("title: A", "title: 'T :counter'", "name: named", "name: 'n:counter'", "params: {by: Ann}", "params: {by: Bob, more: {deep: 1}}", "params: {more: {deep: 2}}"))
	}
	return s.String() + "---\n"
}

// edit changes a file, or what the page says of its files.
func (b *bundle) edit() string {
	switch b.random.IntN(3) {
	case 0:
		b.set("content/x/y/index.md", b.matter())
		return "front matter"
	case 1:
		b.set("content/x/other.png", b.pick("1", "2"))
	}
	name := "content/x/y/" + b.pick("a.txt", "b.txt", "c.png", "plan.md", "sub/e.png")
	if b.tree[name] != nil && b.random.IntN(2) == 0 {
		delete(b.tree, name)
		return "without " + name
	}
	b.set(name, "---\ntitle: "+b.pick("P", "Q")+"\nby: "+b.pick("Ann", "Bob")+"\n---\n"+b.pick("one", "two")+"\n")
	return name
}

// TestIncrementalResources edits the files of a page at random. After each edit, a build is as a clean one: of the site that goes on
// by Reload, and of one that has but the cache.
func TestIncrementalResources(t *testing.T) {
	seeds := []uint64{20261122060501} // which adds to a list that is shorter than what is asked for of it
	for i := range uint64(3 + *editCount/100) {
		seeds = append(seeds, *editSeed+i)
	}
	for _, seed := range seeds {
		b := newBundle(seed)
		cache, stored, reloaded := new(mapCache), jam.Memory(), jam.Memory()
		site, err := jam.Load(t.Context(), b.tree, nil)
		if err != nil {
			t.Fatal(err)
		}
		for step, did := 0, "nothing"; step < 25; step++ {
			clean := outcomeOf(t, b.tree, &jam.Config{}, jam.Memory())
			if made := outcomeOf(t, b.tree, &jam.Config{Cache: cache}, stored); made != clean {
				t.Fatalf("-seed %d, step %d, %s: with the cache\n%s\nclean\n%s", seed, step, did, made, clean)
			}
			if step > 0 {
				if site, err = site.Reload(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := site.Build(t.Context(), reloaded); err != nil {
				t.Fatal(err)
			}
			if have, want := reloaded.Files(), stored.Files(); !maps.EqualFunc(have, want, slices.Equal) {
				t.Fatalf("-seed %d, step %d, %s: with Reload\n%s\nwant\n%s", seed, step, did, have, want)
			}
			did = b.edit()
		}
	}
}
