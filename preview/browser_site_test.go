package preview_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jam-go/jam"
)

// siteFiles are the files of the browser tests' site, besides its posts.
var siteFiles = map[string]string{
	"layouts/baseof.html": `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>{{ .Title }} – {{ site.Title }}</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="{{ "style.css" | relURL }}">
</head>
<body>
  {{ partialCached "nav.html" . }}
  <main>{{ block "main" . }}{{ end }}</main>
  {{ partial "foot.html" . }}
</body>
</html>
`,
	"layouts/_partials/nav.html": `<nav id="nav"><b>Menu</b>{{ range site.Sections }} <a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
`,
	"layouts/_partials/foot.html": `<footer id="foot">Foot of {{ .Title }}</footer>
`,
	"layouts/_partials/byline.html": `{{ with .Params.author }}{{ with index site.Data.authors . }}<p id="by">By {{ .name }}</p>{{ end }}{{ end }}
`,
	"layouts/home.html": `{{ define "main" }}<h1>{{ .Title }}</h1><p>{{ i18n "hello" }}</p>{{ .Content }}
<ul id="list">{{ range first 5 site.RegularPages.ByDate.Reverse }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
`,
	"layouts/list.html": `{{ define "main" }}<h1>{{ .Title }}</h1>{{ .Content }}
<ol id="list">{{ range .Paginator.Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ol>
<p>{{ with .Paginator.Next }}<a id="next" href="{{ .URL }}">On</a>{{ end }}</p>{{ end }}
`,
	"layouts/page.html": `{{ define "main" }}<article><h1>{{ .Title }}</h1>{{ partial "byline.html" . }}
<div id="text">{{ .Content }}</div>
<p>{{ .WordCount }} words{{ with .PrevInSection }}, after {{ .Title }}{{ end }}{{ with .NextInSection }}, before {{ .Title }}{{ end }}</p></article>{{ end }}
`,
	"layouts/404.html":            `{{ define "main" }}<h1 id="missing">There is nothing here</h1>{{ end }}` + "\n",
	"layouts/_shortcodes/hi.html": `<em class="hi">Hello {{ .Get 0 }}</em>` + "\n",
	"static/style.css":            "body { color: rgb(1, 1, 1) }\n",
	"static/print.css":            "@media print { body { color: black } }\n",
	"i18n/en.yaml":                "hello: Hello\n",
	"data/authors.yaml":           "ann:\n  name: Ann\nbob:\n  name: Bob\n",
	"content/_index.md":           "---\ntitle: Home\n---\nWelcome.\n",
	"content/about.md":            "---\ntitle: About\nauthor: ann\n---\nAbout this site, {{< hi reader >}}.\n",
	"content/posts/_index.md":     "---\ntitle: Posts\npaginate: 10\n---\nAll posts.\n",
	"content/notes/_index.md":     "---\ntitle: Notes\n---\nAll notes.\n",
	"content/notes/long.md":       "---\ntitle: Long\n---\n" + strings.Repeat("A paragraph of a page that is long enough to scroll.\n\n", 200),
	"content/notes/probe.md":      "---\ntitle: Probe\n---\nprobe 0.\n",
	"content/notes/aside.md":      "---\ntitle: Aside\n---\nNothing leads here but its section.\n",
}

// post returns the source of the post with a number.
func post(n int, text string) string {
	return fmt.Sprintf("---\ntitle: Post %d\ndate: 2026-01-01T00:%02d:00Z\nauthor: %s\ntags: [t%d]\n---\n%s\n",
		n, n%60, []string{"ann", "bob"}[n%2], n%4, text)
}

func postName(n int) string { return fmt.Sprintf("content/posts/p%03d.md", n) }

// siteConfig is the configuration of the browser tests' site, that of its preview as well as of
// what the preview is compared with.
func siteConfig(base string) *jam.Config {
	return &jam.Config{BaseURL: "https://example.org" + base, Title: "Test", Markdown: jam.Markdown{Unsafe: true}}
}

// tree is a site on disk.
type tree struct {
	t   *testing.T
	dir string
}

// newTree writes the browser tests' site with a number of posts.
func newTree(t *testing.T, posts int) *tree {
	t.Helper()
	tr := &tree{t, t.TempDir()}
	for name, text := range siteFiles {
		tr.write(name, text)
	}
	for n := range posts {
		tr.write(postName(n), post(n, fmt.Sprintf("The text of post %d.", n)))
	}
	return tr
}

func (tr *tree) path(name string) string { return filepath.Join(tr.dir, filepath.FromSlash(name)) }

// write writes a file in place, as simple editors do.
func (tr *tree) write(name, text string) {
	tr.t.Helper()
	if err := os.MkdirAll(filepath.Dir(tr.path(name)), 0o777); err != nil {
		tr.t.Fatal(err)
	}
	if err := os.WriteFile(tr.path(name), []byte(text), 0o666); err != nil {
		tr.t.Fatal(err)
	}
}

// replace writes a file beside the old one and puts it in its place, as careful editors do.
func (tr *tree) replace(name, text string) {
	tr.t.Helper()
	tr.write(name+"~", text)
	tr.rename(name+"~", name)
}

func (tr *tree) rename(from, to string) {
	tr.t.Helper()
	if err := os.Rename(tr.path(from), tr.path(to)); err != nil {
		tr.t.Fatal(err)
	}
}

func (tr *tree) remove(name string) {
	tr.t.Helper()
	if err := os.Remove(tr.path(name)); err != nil {
		tr.t.Fatal(err)
	}
}

func (tr *tree) read(name string) string {
	tr.t.Helper()
	text, err := os.ReadFile(tr.path(name))
	if err != nil {
		tr.t.Fatal(err)
	}
	return string(text)
}

// edit replaces a part of a file, which must be there.
func (tr *tree) edit(name, old, new string) {
	tr.t.Helper()
	text := tr.read(name)
	if !strings.Contains(text, old) {
		tr.t.Fatalf("%s does not contain %q", name, old)
	}
	tr.write(name, strings.Replace(text, old, new, 1))
}

// clean renders the file of a URL path with a site loaded afresh: what the preview must show.
func (tr *tree) clean(cfg *jam.Config, path string) (string, error) {
	cfg.Drafts, cfg.Future, cfg.Expired = true, true, true
	site, err := jam.Load(tr.t.Context(), os.DirFS(tr.dir), cfg)
	if err != nil {
		return "", err
	}
	name := strings.TrimPrefix(path, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if !slices.Contains(site.Files(), name) {
		name = "404.html"
	}
	page, err := fs.ReadFile(site.FS(tr.t.Context()), name)
	return string(page), err
}
