package jam_test

import (
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/internal/sitegen"
)

// gone stands for the text of a file that an edit removes.
const gone = "\x00"

// TestIncrementalCases makes edits that a build once did not follow.
func TestIncrementalCases(t *testing.T) {
	for _, tt := range []struct {
		name        string
		first, edit sitegen.Files
	}{
		{"content of a resource in a shortcode", sitegen.Files{
			"content/a/_index.md":          `{{< res >}}`,
			"content/a/notes.txt":          "one",
			"layouts/_shortcodes/res.html": `{{ range .Page.Resources.Match "*" }}<i>{{ .Content }}</i>{{ end }}`,
			"layouts/all.html":             `{{ .Content }}`,
		}, sitegen.Files{"content/a/notes.txt": "two"}},
		{"content of a resource in a layout", sitegen.Files{
			"content/a/index.md":  "",
			"content/a/notes.txt": "one",
			"content/b.md":        "",
			"layouts/all.html":    `{{ with site.GetPage "/a" }}{{ with .Resources.Get "notes.txt" }}{{ .Content }}{{ end }}{{ end }}`,
		}, sitegen.Files{"content/a/notes.txt": "two"}},
		{"title of a part", sitegen.Files{
			"content/a/index.md": "",
			"content/a/part.md":  "---\ntitle: One\n---\n",
			"layouts/all.html":   `{{ range .Resources }}{{ .Title }}{{ end }}`,
		}, sitegen.Files{"content/a/part.md": "---\ntitle: Two\n---\n"}},
		{"view", sitegen.Files{
			"content/a/_index.md":      "",
			"layouts/_views/card.html": "one",
			"layouts/baseof.html":      `{{ block "main" . }}{{ end }}`,
			"layouts/all.html":         "all",
			"layouts/section.html":     `{{ define "main" }}{{ .Render (cond .IsPage "x" "_views/card") }}{{ end }}`,
		}, sitegen.Files{"layouts/_views/card.html": "two"}},
		{"mark-up of a heading", sitegen.Files{
			"content/a.md":      "## *x*\n",
			"layouts/home.html": `{{ with site.GetPage "/a" }}{{ .TableOfContents }}{{ end }}`,
			"layouts/all.html":  "all",
		}, sitegen.Files{"content/a.md": "## **x**\n"}},
		{"file of a page without an anchor", sitegen.Files{
			"content/a/index.md": "",
			"layouts/all.html":   `{{ with try (relref site.Home "/a#none") }}{{ .Err }}{{ end }}`,
		}, sitegen.Files{"content/a/index.md": gone, "content/a.md": ""}},
		{"file that a generator makes", sitegen.Files{
			sitegen.ConfigFile: `{"Go": {"Generator": true}}`,
			"content/a.md":     "",
			"layouts/all.html": `{{ range .Resources }}{{ .Content }}{{ end }}`,
		}, sitegen.Files{"content/b.md": ""}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			edit := &sitegen.Edit{Set: tt.edit}
			for name, text := range tt.edit {
				if text == gone {
					delete(edit.Set, name)
					edit.Removed = append(edit.Removed, name)
				}
			}
			c := &chain{config: genConfig, first: tt.first, moves: []move{{edit, plain}}}
			for _, start := range []func(w *workspace) builder{
				func(w *workspace) builder { return &reloading{w: w, out: jam.Memory(), named: true} },
				func(w *workspace) builder { return &reloading{w: w, out: jam.Memory()} },
				func(w *workspace) builder { return &fresh{w: w, out: jam.Dir(w.path("out"))} },
			} {
				c.start = start
				if problem := c.replay(t); problem != "" {
					t.Error(problem)
				}
			}
		})
	}
}

// A partial that is executed once is executed once for each language.
func TestPartialCachedLanguages(t *testing.T) {
	files := sitegen.Files{
		sitegen.ConfigFile:           `{"Languages": [{"Code": "en", "Title": "English"}, {"Code": "de", "Title": "Deutsch"}]}`,
		"content/a.md":               "",
		"content/a.de.md":            "",
		"layouts/_partials/nav.html": `{{ site.Title }}`,
		"layouts/all.html":           `{{ partialCached "nav.html" . }}`,
	}
	made := buildWith(t, files, 1)
	if a, b := made.files["a/index.html"], made.files["de/a/index.html"]; a != "English" || b != "Deutsch" {
		t.Errorf("have %q and %q", a, b)
	}
}

// TestWhyNamesAll builds a list that shows two things of a page, whose body is rendered in between if it is not yet: the reason
// why the list is made again is the same.
func TestWhyNamesAll(t *testing.T) {
	for _, section := range []string{"a", "z"} { // which is before or after the page
		page, list := "content/m/page.md", "content/"+section+"/_index.md"
		tree := fstest.MapFS{
			page: file("One."), list: file(""),
			"layouts/page.html":    file(`{{ .Content }}`),
			"layouts/section.html": file(`{{ range site.RegularPages }}{{ .Title }}{{ .Summary }}{{ .WordCount }}{{ end }}`),
			"layouts/home.html":    file(``),
		}
		site, err := jam.Load(t.Context(), tree, &jam.Config{Workers: 1})
		if err != nil {
			t.Fatal(err)
		}
		out := jam.Memory()
		buildSite(t, site, out)
		tree[page] = file("One and two.")
		if site, err = site.Reload(t.Context()); err != nil {
			t.Fatal(err)
		}
		buildSite(t, site, out)
		e, err := site.Explain(section + "/index.html")
		if err != nil || e.Why != page+": summary, number of words changed" {
			t.Errorf("%s: %+v, %v", section, e, err)
		}
	}
}
