package jam_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/jam-go/jam"
)

func TestMainSections(t *testing.T) {
	const tree = `
-- content/about.md --
-- content/docs/a.md --
-- content/docs/b.md --
-- content/news/a.md --
-- content/news/b.md --
-- content/posts/a.md --
-- content/about.de.md --
-- content/posts/a.de.md --
`
	languages := []jam.Language{{Code: "en"}, {Code: "de"}, {Code: "fr", Params: map[string]any{"MAINSECTIONS": "news"}}}
	site := load(t, tree, jam.Config{Languages: languages})
	for code, want := range map[string][]string{"en": {"docs"}, "de": {"posts"}, "fr": {"news"}} {
		got := site.In(code).MainSections()
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", code, got, want)
		}
	}
	if got := site.Params()["mainSections"]; fmt.Sprint(got) != "[docs]" {
		t.Errorf("among the parameters are %q", got)
	}
	if got := site.In("fr").Params(); len(got) != 1 {
		t.Errorf("given parameters are added to: %v", got)
	}
	for _, given := range []any{[]string{"x", "y"}, []any{"x", "y"}} {
		site := load(t, tree, jam.Config{Params: map[string]any{"mainsections": given}})
		if got := site.MainSections(); !slices.Equal(got, []string{"x", "y"}) {
			t.Errorf("of %#v: %q", given, got)
		}
	}
	if got := load(t, "-- content/about.md --\n", jam.Config{}); got.MainSections() != nil || got.Params()["mainSections"] != nil {
		t.Errorf("a site without sections has the main sections %q", got.MainSections())
	}
}

func TestSiteConfig(t *testing.T) {
	const tree = `
-- content/a.md --
-- layouts/all.html --
{{ with .Site.Config }}{{ .Services.RSS.Limit }}{{ with .Privacy.GoogleAnalytics.Disable }}{{ . }}{{ end }}{{ end }} {{ site.Param "a.B" }} {{ site.BuildDrafts }} {{ site.IsDefault }}
`
	for _, tt := range []struct {
		cfg  jam.Config
		want string
	}{
		{jam.Config{}, "20  false true\n"},
		{jam.Config{Feed: jam.Feed{Limit: -5}, Drafts: true, Params: map[string]any{"A": map[string]any{"b": 7}}}, "-1 7 true true\n"},
	} {
		if got := written(t, tree, tt.cfg)["index.html"]; got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

// A template with mistakes does not make the shortcodes unknown that others define.
func TestShortcodesBesideBrokenTemplates(t *testing.T) {
	for _, broken := range []string{"layouts/page.html", "layouts/posts/single.html"} {
		got := complaints(t, nil, archive(t, `
-- content/a.md --
{{< note >}}text{{< /note >}} {{< line >}}
-- layouts/_shortcodes/note.html --
{{ .Inner }}
-- layouts/_shortcodes/line.html --
x
-- `+broken+` --
{{ nonsense }}
`))
		if want := broken + `:1:4: template: function "nonsense" not defined`; got != want {
			t.Errorf("got %s\nwant %s", got, want)
		}
	}
}
