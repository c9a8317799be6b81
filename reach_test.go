package jam_test

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/jam-go/jam"
)

// reachEdits are edits of testdata/reach/site.txtar. What each makes a build render is in reach.golden.
var reachEdits = []struct {
	what string
	edit func(f fstest.MapFS)
}{
	{"nothing", func(f fstest.MapFS) {}},
	{"a file touched", func(f fstest.MapFS) { replaceIn(f, "content/about.md", "About us", "About us") }},
	{"a typo at the end of a body", func(f fstest.MapFS) { replaceIn(f, "content/posts/one.md", "More of it", "More of this") }},
	{"the body of a page whose summary the home page shows", func(f fstest.MapFS) { replaceIn(f, "content/posts/four.md", "The fourth post", "The 4th post") }},
	{"a title", func(f fstest.MapFS) { replaceIn(f, "content/posts/two.md", "title: Two", "title: Second") }},
	{"a title in the navigation", func(f fstest.MapFS) { replaceIn(f, "content/docs/_index.md", "title: Docs", "title: Documents") }},
	{"a description that nobody shows", func(f fstest.MapFS) {
		replaceIn(f, "content/docs/_index.md", "title: Docs", "title: Docs\ndescription: All of it")
	}},
	{"a description of a page with content", func(f fstest.MapFS) {
		replaceIn(f, "content/posts/three.md", "title: Three", "title: Three\ndescription: 3")
	}},
	{"a parameter", func(f fstest.MapFS) { replaceIn(f, "content/docs/use.md", "easy", "hard") }},
	{"a weight that changes no order", func(f fstest.MapFS) { replaceIn(f, "content/docs/use.md", "weight: 2", "weight: 3") }},
	{"a weight that changes the order", func(f fstest.MapFS) { replaceIn(f, "content/docs/install.md", "weight: 1", "weight: 5") }},
	{"a tag added", func(f fstest.MapFS) {
		replaceIn(f, "content/posts/three.md", "date: 2026-03-01", "date: 2026-03-01\ntags: [web]")
	}},
	{"the oldest post added", func(f fstest.MapFS) {
		f["content/posts/zero.md"] = file("---\ntitle: Zero\ndate: 2025-01-01\n---\nOld.")
	}},
	{"the newest post added", func(f fstest.MapFS) {
		f["content/posts/five.md"] = file("---\ntitle: Five\ndate: 2026-05-01\n---\nNew.")
	}},
	{"a post removed", func(f fstest.MapFS) { delete(f, "content/posts/three.md") }},
	{"a page renamed", func(f fstest.MapFS) { f["content/contact.md"] = f["content/about.md"]; delete(f, "content/about.md") }},
	{"a section's text written", func(f fstest.MapFS) { f["content/posts/_index.md"] = file("---\ntitle: Posts\n---\nAll of them.") }},
	{"a page template", func(f fstest.MapFS) { replaceIn(f, "layouts/docs/page.html", "<h1>", "<h1 id=top>") }},
	{"a page template of one section added", func(f fstest.MapFS) {
		f["layouts/posts/page.html"] = file("{{ define \"main\" }}{{ .Title }}{{ end }}")
	}},
	{"the base template", func(f fstest.MapFS) { replaceIn(f, "layouts/baseof.html", "</html>", "<p></p></html>") }},
	{"a partial", func(f fstest.MapFS) { replaceIn(f, "layouts/_partials/footer.html", "footer>", "div>") }},
	{"a shortcode", func(f fstest.MapFS) { replaceIn(f, "layouts/_shortcodes/note.html", "b>", "i>") }},
	{"a render hook", func(f fstest.MapFS) { replaceIn(f, "layouts/_markup/render-image.html", "<img", "<img alt=''") }},
	{"a render hook for links added", func(f fstest.MapFS) { f["layouts/_markup/render-link.html"] = file("<a>{{ .Text }}</a>") }},
	{"data of the home page", func(f fstest.MapFS) { replaceIn(f, "data/team.yaml", "Ada", "Bob") }},
	{"data of all pages", func(f fstest.MapFS) { replaceIn(f, "data/links.yaml", ".org", ".net") }},
	{"data that nobody reads", func(f fstest.MapFS) { f["data/other.yaml"] = file("a: 1") }},
	{"data beside what is read", func(f fstest.MapFS) { replaceIn(f, "data/team.yaml", "lead: Ada", "lead: Ada\nguest: Eve") }},
	{"a parameter that nobody shows", func(f fstest.MapFS) { replaceIn(f, "content/docs/use.md", "level: easy", "level: easy, mood: good") }},
	{"a page of the last pager added", func(f fstest.MapFS) { f["content/notes/z.md"] = file("---\ntitle: Z\nweight: 19\n---\nZ.") }},
	{"a page of the last pager removed", func(f fstest.MapFS) { delete(f, "content/notes/c.md") }},
	{"a message", func(f fstest.MapFS) { replaceIn(f, "i18n/en.toml", "More", "More …") }},
	{"a message that nobody shows", func(f fstest.MapFS) { replaceIn(f, "i18n/en.toml", "Less", "Less …") }},
	{"a style sheet", func(f fstest.MapFS) { replaceIn(f, "static/style.css", "black", "red") }},
	{"the only static file removed", func(f fstest.MapFS) { delete(f, "static/style.css") }},
	{"a static file added", func(f fstest.MapFS) { f["static/robots.txt"] = file("User-agent: *") }},
}

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

func replaceIn(f fstest.MapFS, name, old, new string) {
	text := string(f[name].Data)
	if !strings.Contains(text, old) {
		panic(name + " has no " + old)
	}
	f[name] = file(strings.ReplaceAll(text, old, new))
}

// TestReach tells, for each of a table of edits, exactly which files are rendered again.
func TestReach(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/reach/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, e := range reachEdits {
		tree := make(fstest.MapFS)
		for _, f := range archive.Files {
			tree[f.Name] = &fstest.MapFile{Data: f.Data}
		}
		moving := new(movingTree)
		moving.set(fs.FS(tree))
		site, err := jam.Load(t.Context(), moving, &jam.Config{Title: "Reach", Params: map[string]any{"owner": "us"}})
		if err != nil {
			t.Fatal(err)
		}
		out := jam.Memory()
		if _, err := site.Build(t.Context(), out); err != nil {
			t.Fatal(err)
		}
		edited := make(fstest.MapFS)
		for name, f := range tree {
			edited[name] = f
		}
		e.edit(edited)
		moving.set(edited)
		if site, err = site.Reload(t.Context()); err != nil {
			t.Fatalf("%s: %v", e.what, err)
		}
		report, err := site.Build(t.Context(), out)
		if err != nil {
			t.Fatalf("%s: %v", e.what, err)
		}
		fmt.Fprintf(&b, "%s:\n", e.what)
		for _, r := range report.Rendered {
			fmt.Fprintf(&b, "\t%s\n", r)
		}
	}
	const golden = "testdata/reach/reach.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("have\n%s\nwant\n%s", b.String(), want)
	}
}
