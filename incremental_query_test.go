package jam_test

import (
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
)

// queryCase is a template of the home page, and edits of the site's pages.
type queryCase struct {
	home  string
	edits []queryEdit
}

// queryEdit changes one file. It makes the home page be rendered for a reason, or not at all.
type queryEdit struct {
	file string
	text string // "": it is removed
	why  string // of the home page; "": it is not rendered
}

func pageWith(fields string) string { return "---\n" + fields + "\n---\nText.\n" }

var queryCases = []queryCase{
	{`{{ range where site.RegularPages "Section" "posts" }}{{ .Path }}{{ end }}`, []queryEdit{
		{"docs/x.md", pageWith("title: x"), ""},
		{"docs/one.md", "", ""},
		{"posts/one.md", pageWith("title: Uno\ndate: 2026-01-01\ncolor: blue"), ""},
		{"posts/x.md", pageWith("title: x\ndate: 2026-01-09"), "where Section = posts of the site's pages: new member"},
		{"posts/two.md", "", "where Section = posts of the site's pages: member removed"},
		{"posts/one.md", pageWith("title: One\ndate: 2026-01-05"), "where Section = posts of the site's pages: members changed"},
	}},
	{`{{ range where site.RegularPages "Section" "posts" | first 2 }}{{ .Path }}{{ end }}`, []queryEdit{
		{"posts/old.md", pageWith("title: x\ndate: 2025-01-09"), ""},
		{"posts/one.md", "", ""},
		{"posts/x.md", pageWith("title: x\ndate: 2026-01-09"), "where Section = posts of the site's pages: new member"},
		{"posts/two.md", pageWith("title: Two\ndate: 2025-01-02"), "where Section = posts of the site's pages: members changed"},
	}},
	{`{{ range first 9 (where site.RegularPages "Section" "posts") }}{{ .Path }}{{ end }}`, []queryEdit{
		{"docs/x.md", pageWith("title: x"), ""},
		{"posts/x.md", pageWith("title: x\ndate: 2026-01-09"), "first 9 of where Section = posts of the site's pages: new member"},
	}},
	{`{{ range where (first 4 site.RegularPages) "Section" "docs" }}{{ .Path }}{{ end }}`, []queryEdit{
		{"posts/old.md", pageWith("title: x\ndate: 2024-01-09"), ""},
		{"posts/x.md", pageWith("title: x\ndate: 2026-01-09"), "where Section = docs of first 4 of the site's pages: member removed"},
	}},
	{`{{ range where (first 99 site.RegularPages) "Section" "docs" }}{{ .Path }}{{ end }}`, []queryEdit{
		{"posts/x.md", pageWith("title: x\ndate: 2026-01-09"), ""},
		{"docs/x.md", pageWith("title: x"), "where Section = docs of first 99 of the site's pages: new member"},
	}},
	{`{{ range where (site.RegularPages.Limit 99) "Section" "docs" }}{{ .Path }}{{ end }}`, []queryEdit{
		{"posts/x.md", pageWith("title: x\ndate: 2026-01-09"), ""},
		{"docs/x.md", pageWith("title: x"), "where Section = docs of Limit 99 of the site's pages: new member"},
	}},
	{`{{ len (where site.RegularPages "Params.color" "red") }}`, []queryEdit{
		{"posts/one.md", pageWith("title: One\ndate: 2026-01-01"), "where Params.color = red of the site's pages: member removed"},
		{"posts/x.md", pageWith("title: x"), ""},
		{"posts/one.md", pageWith("title: Uno\ndate: 2024-01-01\ncolor: red"), ""},
	}},
	{`{{ if where site.RegularPages "Params.color" "green" }}yes{{ end }}`, []queryEdit{
		{"posts/x.md", pageWith("title: x\ncolor: blue"), ""},
		{"posts/x.md", pageWith("title: x\ncolor: green"), "where Params.color = green of the site's pages: new member"},
	}},
	{`{{ if where site.RegularPages "Params.color" "red" }}yes{{ end }}`, []queryEdit{
		{"posts/x.md", pageWith("title: x\ncolor: red"), ""},
		{"posts/one.md", pageWith("title: One\ndate: 2026-01-01"), "where Params.color = red of the site's pages: member removed"},
	}},
	{`{{ range (site.GetPage "/posts").Pages.ByTitle.Reverse }}{{ .Title }}{{ end }}`, []queryEdit{
		{"posts/one.md", pageWith("title: One\ndate: 2024-01-01\nweight: 9"), ""},
		{"posts/one.md", pageWith("title: Zone\ndate: 2026-01-01"), "Reverse of ByTitle of pages of /posts: members changed"},
		{"posts/x.md", pageWith("title: x"), "Reverse of ByTitle of pages of /posts: new member"},
	}},
	{`{{ range (sort site.RegularPages "Title" "desc") | collections.Reverse | after 1 | last 2 }}{{ .Path }}{{ end }}`, []queryEdit{
		{"posts/one.md", pageWith("title: One\ndate: 2024-01-01\nweight: 9"), ""},
		{"posts/x.md", pageWith("title: Aa"), ""},
		{"posts/x.md", pageWith("title: x"), "last 2 of after 1 of reverse of sort Title desc of the site's pages: members changed"},
	}},
	{`{{ range site.RegularPages.GroupBy "Section" }}{{ .Key }}{{ range .Pages }}{{ .Path }}{{ end }}{{ end }}`, []queryEdit{
		{"posts/one.md", pageWith("title: Uno\ndate: 2026-01-01"), ""},
		{"posts/x.md", pageWith("title: x"), "GroupBy Section of the site's pages: new member"},
		{"news/one.md", pageWith("title: x"), "GroupBy Section of the site's pages: new member"},
		{"posts/one.md", pageWith("title: One\ndate: 2026-01-09"), "GroupBy Section of the site's pages: members changed"},
	}},
	{`{{ range site.RegularPages.GroupByDate "2006" }}{{ .Key }} {{ len .Pages }}{{ end }}`, []queryEdit{
		{"posts/one.md", pageWith("title: Uno\ndate: 2026-01-01"), ""},
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ncolor: blue"), ""},
		{"posts/one.md", pageWith("title: One\ndate: 2025-01-01"), "GroupByDate 2006 of the site's pages: members changed"},
	}},
	{`{{ range site.RegularPages.GroupByParam "color" }}{{ .Key }}{{ end }}`, []queryEdit{
		{"posts/three.md", pageWith("title: Drei\ndate: 2026-01-03"), ""},
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ncolor: blue"), "GroupByParam color of the site's pages: new member"},
		{"posts/one.md", pageWith("title: One\ndate: 2026-01-01\ncolor: rot"), "GroupByParam color of the site's pages: members changed"},
	}},
	{`{{ range union (where site.RegularPages "Section" "docs") (where site.RegularPages "Params.color" "red") }}{{ .Path }}{{ end }}`, []queryEdit{
		{"posts/x.md", pageWith("title: x"), ""},
		{"posts/x.md", pageWith("title: x\ncolor: red"), "union of where Section = docs of the site's pages and where Params.color = red of the site's pages: new member"},
	}},
	{`{{ range where site.RegularPages "Parent" "eq" (site.GetPage "/docs") }}{{ .Path }}{{ end }}`, []queryEdit{
		{"posts/x.md", pageWith("title: x"), ""},
		{"docs/x.md", pageWith("title: x"), "where Parent eq a page of the site's pages: new member"},
	}},
	// What is rendered can't be asked again without rendering it.
	{`{{ range where site.RegularPages "WordCount" "gt" 1 }}{{ .Path }}{{ end }}`, []queryEdit{
		{"posts/one.md", pageWith("title: Uno\ndate: 2026-01-01"), ""},
		{"posts/x.md", pageWith("title: x"), "the site's pages: new member"},
	}},
	// What goes out of sight is used.
	{`{{ $d := dict "list" (where site.RegularPages "Section" "posts") }}{{ range first 1 $d.list }}{{ .Path }}{{ end }}`, []queryEdit{
		{"posts/old.md", pageWith("title: x\ndate: 2025-01-09"), "where Section = posts of the site's pages: new member"},
		{"docs/x.md", pageWith("title: x"), ""},
	}},
}

// sharedCases are of what pages share: terms and menus. The pages posts/one and posts/two have the tag go, and one has web, too.
var sharedCases = []queryCase{
	{`{{ range $name, $pages := site.Taxonomies.tags }}{{ $name }}{{ end }}`, []queryEdit{
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ntags: [go]"), ""},
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ntags: [new]"), "taxonomy tags in en: terms changed"},
	}},
	{`{{ range site.Taxonomies.tags.ByCount }}{{ .Name }} {{ .Count }} {{ .Page.Title }}{{ end }}`, []queryEdit{
		{"posts/one.md", pageWith("title: One\ndate: 2025-01-01\ntags: [web, go]"), ""},
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ntags: [go]"), "taxonomy tags in en: numbers of pages changed"},
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ntags: [web]\ncategories: [x]"), "taxonomy tags in en: numbers of pages changed"},
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ncategories: [x]"), ""},
		{"tags/go/_index.md", pageWith("title: Going"), "term /tags/go: title changed"},
	}},
	{`{{ range site.Taxonomies.tags.Alphabetical }}{{ .Name }}{{ end }}`, []queryEdit{
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ntags: [web]"), ""},
		{"tags/go/_index.md", pageWith("title: Go!"), ""},
		{"tags/go/_index.md", pageWith("title: Zo"), "taxonomy tags in en: terms in order changed"},
	}},
	{`{{ range site.Taxonomies.tags.go }}{{ .Title }}{{ end }}`, []queryEdit{
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ntags: [web]"), ""},
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ntags: [go]"), "taxonomy tags in en: pages of go changed"},
		{"posts/one.md", pageWith("title: One\ndate: 2026-01-05\ntags: [go]"), "taxonomy tags in en: pages of go changed"},
		{"posts/one.md", pageWith("title: One\ndate: 2026-01-01\ntags: [go, web]\ntags_weight: 1"), "taxonomy tags in en: pages of go changed"},
	}},
	{`{{ range first 1 site.Taxonomies.tags.go }}{{ .Title }}{{ .Weight }}{{ end }}`, []queryEdit{
		{"posts/three.md", pageWith("title: Three\ndate: 2025-01-03\ntags: [go]"), ""},
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ntags: [go]"), "taxonomy tags in en: pages of go changed"},
		{"posts/two.md", pageWith("title: Two\ndate: 2026-01-02\ntags: [go]\ntags_weight: 1"), "taxonomy tags in en: pages of go changed"},
	}},
	{`{{ with site.Taxonomies.tags.new }}{{ .Count }}{{ end }}`, []queryEdit{
		{"posts/three.md", pageWith("title: Three\ndate: 2025-01-03\ntags: [go]"), ""},
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ntags: [new]"), "taxonomy tags in en: page of new changed"},
	}},
	{`{{ site.Taxonomies.tags.Count "New" }}`, []queryEdit{
		{"posts/three.md", pageWith("title: Three\ndate: 2025-01-03\ntags: [go]"), ""},
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ntags: [new]"), "taxonomy tags in en: page of New changed"},
	}},
	{`{{ site.Taxonomies.tags.Count "Go" }}`, []queryEdit{
		{"posts/three.md", pageWith("title: Three\ndate: 2025-01-03\ntags: [go]"), "taxonomy tags in en: numbers of pages changed"},
		{"posts/two.md", "", "taxonomy tags in en: numbers of pages changed"},
	}},
	{`{{ range site.Taxonomies.categories }}{{ len . }}{{ else }}none{{ end }}`, []queryEdit{
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ntags: [new]"), ""},
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ncategories: [x]"), "taxonomy categories in en changed"},
	}},
	{`{{ range $name, $terms := site.Taxonomies }}{{ $name }} {{ len $terms }}{{ end }}`, []queryEdit{
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ntags: [go]"), ""},
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ncategories: [x]"), "taxonomy categories in en changed"},
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ntags: [new]"), "taxonomy tags in en: terms changed"},
	}},
	{`{{ range (index site.Taxonomies.tags.ByCount 0).Pages }}{{ .Path }}{{ end }}`, []queryEdit{
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ntags: [web]"), ""},
		{"posts/one.md", pageWith("title: One\ndate: 2026-01-05\ntags: [go, web]"), "taxonomy tags in en: pages of go changed"},
		{"posts/one.md", pageWith("title: Uno\ndate: 2026-01-01\ntags: [go, web]"), ""},
	}},
	{`{{ jsonify (len site.Taxonomies.tags) }}{{ range site.Taxonomies.tags.ByCount }}{{ $d := dict "entry" . }}{{ len $d.entry.WeightedPages }}{{ end }}`, []queryEdit{
		{"posts/one.md", pageWith("title: Uno\ndate: 2026-01-01\ntags: [go, web]"), ""},
		{"posts/one.md", pageWith("title: Uno\ndate: 2026-01-01\ntags: [go]"), "taxonomy tags in en: terms changed"},
	}},
	{`{{ (site.GetPage "/tags/go").Data.Term }} {{ (site.GetPage "/tags/go").Data.Singular }}`, []queryEdit{
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ntags: [go]"), ""},
		{"a/x.md", pageWith("title: x\ntags: [Go]"), "taxonomy tags in en: name of go changed"},
	}},
	{`{{ range (site.GetPage "/tags/go").Data.Pages }}{{ .Title }}{{ end }}`, []queryEdit{
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ntags: [web]"), ""},
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ntags: [go]"), "pages of /tags/go: new member"},
	}},
	{`{{ range $k, $v := (site.GetPage "/tags/go").Data }}{{ $k }}{{ end }}`, []queryEdit{
		{"docs/x.md", pageWith("title: x"), ""},
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\ntags: [web]"), "taxonomy tags in en changed"},
	}},
	{`{{ range site.Menus.main }}{{ .URL }} {{ .HasChildren }}{{ end }}`, []queryEdit{
		{"posts/two.md", pageWith("title: Zwei\ndate: 2026-01-02\ntags: [go]\nmenus: {main: {weight: 4, title: x, params: {x: 1}}}"), ""},
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\nmenus: side"), ""},
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\nmenus: {main: {parent: Two}}"), "menu main in en: entries changed"},
		{"posts/two.md", pageWith("title: Two\ndate: 2026-01-02\ntags: [go]\nmenus: {main: {weight: 2}}\nslug: zwei"), "content/posts/two.md: URL changed"},
		{"posts/two.md", pageWith("title: Two\ndate: 2026-01-02\ntags: [go]\nmenus: {main: {weight: -1}}"), "menu main in en: targets changed"},
	}},
	{`{{ range site.Menus.main }}{{ .Name }}{{ .Params.x }}{{ end }}`, []queryEdit{
		{"posts/two.md", pageWith("title: Two\ndate: 2026-01-02\ntags: [go]\nmenus: {main: {weight: 2, params: {x: 1}}}"), "menu main in en: parameters changed"},
		{"posts/two.md", pageWith("title: Two\nslug: zwei\ndate: 2026-01-02\ntags: [go]\nmenus: {main: {weight: 2}}"), ""},
		{"posts/two.md", pageWith("title: Zwei\ndate: 2026-01-02\ntags: [go]\nmenus: {main: {weight: 2}}"), "menu main in en: names changed"},
	}},
	{`{{ with site.Menus.side }}{{ len . }}{{ end }}`, []queryEdit{
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\nmenus: main"), ""},
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\nmenus: side"), "menu side in en: entries changed"},
	}},
	{`{{ range $name, $menu := site.Menus }}{{ $name }}{{ len $menu }}{{ end }}`, []queryEdit{
		{"posts/two.md", pageWith("title: Zwei\ndate: 2026-01-02\ntags: [go]\nmenus: {main: {weight: 2}}"), ""},
		{"posts/three.md", pageWith("title: Three\ndate: 2026-01-03\nmenus: side"), "menus in en changed"},
	}},
	{`{{ $p := site.GetPage "/posts/two" }}{{ range site.Menus.main }}{{ $p.IsMenuCurrent "main" . }}{{ $p.HasMenuCurrent "main" . }}{{ end }}`, []queryEdit{
		{"posts/two.md", pageWith("title: Zwei\ndate: 2026-01-02\ntags: [go]\nmenus: {main: {weight: 2}}"), ""},
		{"posts/two.md", pageWith("title: Two\ndate: 2026-01-02\ntags: [go]\nmenus: {main: {weight: -2}}"), "menu main in en: targets changed"},
		{"posts/_index.md", pageWith("title: Posts\nmenus: {main: {weight: 9}}"), "menu main in en: entries changed"},
	}},
}

func TestSharedByResult(t *testing.T) {
	tree := maps.Clone(queryTree)
	tree["content/posts/one.md"] = pageWith("title: One\ndate: 2026-01-01\ntags: [go, web]\nmenus: {main: {weight: 1}}")
	tree["content/posts/two.md"] = pageWith("title: Two\ndate: 2026-01-02\ntags: [go]\nmenus: {main: {weight: 2}}")
	for _, c := range sharedCases {
		for _, edit := range c.edits {
			c.check(t, tree, edit, 0)
		}
	}
}

var queryTree = map[string]string{
	"content/posts/one.md":    pageWith("title: One\ndate: 2026-01-01\ncolor: red"),
	"content/posts/two.md":    pageWith("title: Two\ndate: 2026-01-02"),
	"content/posts/three.md":  pageWith("title: Three\ndate: 2026-01-03"),
	"content/docs/_index.md":  pageWith("title: Docs"),
	"content/docs/one.md":     pageWith("title: First\ndate: 2025-06-01"),
	"content/posts/_index.md": pageWith("title: Posts"),
	"layouts/all.html":        "x",
}

// TestQueriesByResult tells for queries which edits make a page be rendered that shows something of them.
func TestQueriesByResult(t *testing.T) {
	for _, c := range queryCases {
		for _, edit := range c.edits {
			for _, more := range []int{0, 12} { // few pages are asked each time, and of many it is remembered what they are
				c.check(t, queryTree, edit, more)
			}
		}
	}
}

func (c *queryCase) check(t *testing.T, files map[string]string, edit queryEdit, more int) {
	t.Helper()
	tree := fstest.MapFS{"layouts/home.html": file(c.home)}
	for name, text := range files {
		tree[name] = file(text)
	}
	for i := range more {
		tree[fmt.Sprintf("content/more/%d.md", i)] = file(pageWith(fmt.Sprintf("title: More %d\ndate: 2020-01-%02d", i, i+1)))
	}
	moving := new(movingTree)
	moving.set(fs.FS(tree))
	site, err := jam.Load(t.Context(), moving, nil)
	if err != nil {
		t.Fatal(err)
	}
	out := jam.Memory()
	if _, err = site.Build(t.Context(), out); err != nil {
		t.Fatalf("%s: %v", c.home, err)
	}
	edited := maps.Clone(tree)
	if delete(edited, "content/"+edit.file); edit.text != "" {
		edited["content/"+edit.file] = file(edit.text)
	}
	moving.set(edited)
	if site, err = site.Reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	report, err := site.Build(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	why := ""
	for _, r := range report.Rendered {
		if r.File == "index.html" {
			why = r.Why
		}
	}
	if why != edit.why {
		t.Errorf("%s with %d more pages, %s written as %q: rendered since %q, want %q", c.home, more, edit.file, edit.text, why, edit.why)
	}
	clean, err := jam.Load(t.Context(), edited, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := jam.Memory()
	if _, err = clean.Build(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	have := out.Files()["index.html"]
	if wanted := want.Files()["index.html"]; strings.TrimSpace(string(have)) != strings.TrimSpace(string(wanted)) {
		t.Errorf("%s, %s written as %q: have %q, want %q", c.home, edit.file, edit.text, have, wanted)
	}
}
