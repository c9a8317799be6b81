package jam_test

import (
	"context"
	"errors"
	"io"
	"math"
	"testing"

	"github.com/jam-go/jam"
)

func TestOutputMistakes(t *testing.T) {
	const base = "https://example.org/"
	page := func(front string) string {
		return "-- content/a.md --\n---\ntitle: A\n" + front + "\n---\ntext\n"
	}
	outputs := func(kind string, names ...string) *jam.Config {
		return &jam.Config{BaseURL: base, Outputs: map[string][]string{kind: names}}
	}
	format := func(f jam.OutputFormat, kinds ...string) *jam.Config {
		return &jam.Config{BaseURL: base, OutputFormats: []jam.OutputFormat{f}, Outputs: map[string][]string{"page": {"html", f.Name}}}
	}
	const layouts = "-- layouts/all.html --\n{{ .Title }}\n"
	testMistakes(t, []mistake{
		{name: "outputs a number", tree: page("outputs: 5"), want: `content/a.md:3:10: front matter: unknown output format "5"`},
		{name: "outputs a map", tree: page("outputs: {html: true}"),
			want: `content/a.md:3:10: front matter: outputs: want a string or a list of strings, have a map`},
		{name: "outputs an empty name", tree: page(`outputs: [html, ""]`), want: `content/a.md:3:17: front matter: unknown output format ""`},
		{name: "outputs a nested list", tree: page(`outputs: [[html]]`), want: `content/a.md:3:11: front matter: outputs: want a string, have a list`},
		{name: "outputs twice the same", tree: page(`outputs: [html, HTML]`), want: ``},
		{name: "outputs in TOML", tree: "-- content/a.md --\n+++\ntitle = 'A'\noutputs = ['html', 'jsn']\n+++\n",
			want: `content/a.md:3:20: front matter: unknown output format "jsn" (did you mean "json"?)`},
		{name: "outputs in JSON", tree: "-- content/a.md --\n{\n\"outputs\": [\"jsn\"]\n}\n\nx\n",
			want: `content/a.md:2:13: front matter: unknown output format "jsn" (did you mean "json"?)`},
		{name: "outputs of two lines", tree: page("outputs:\n  - html\n  - jsn\n  - rs"), want: "content/a.md:5:5: front matter: unknown output format \"jsn\" (did you mean \"json\"?)\ncontent/a.md:6:5: front matter: unknown output format \"rs\" (did you mean \"rss\"?)"},
		{name: "rss of a page", tree: page("outputs: [html, rss]"), cfg: &jam.Config{BaseURL: base},
			want: `content/a.md:3:17: front matter: rss is a format of lists, not of the kind page`},
		{name: "atom without base", tree: "-- content/_index.md --\n---\noutputs: [html, atom]\n---\n",
			want: `warning: content/_index.md:2:17: front matter: outputs: atom needs BaseURL, for its URLs are absolute: it is left out`},
		{name: "sitemap of a section", cfg: outputs("section", "html", "sitemap"), tree: page(""),
			want: `config: Outputs["section"]: sitemap is a format of the home page, not of the kind section`},
		{name: "search of a page", cfg: outputs("page", "html", "search"), tree: page(""),
			want: `config: Outputs["page"]: search is a format of the home page, not of the kind page`},
		{name: "robots of a page", cfg: outputs("page", "html", "robots"), tree: page(""),
			want: `config: Outputs["page"]: robots is a format of the home page, not of the kind page`},
		{name: "llms of a term", cfg: outputs("term", "html", "llms"), tree: page(""),
			want: `config: Outputs["term"]: llms is a format of the home page, not of the kind term`},
		{name: "config cascade", cfg: &jam.Config{Cascade: []jam.Cascade{{Values: map[string]any{"outputs": []any{"html", "jsn"}}}}}, tree: page(""),
			want: `Cascade[0]: front matter: unknown output format "jsn" (did you mean "json"?)`},
		{name: "path twice", cfg: format(jam.OutputFormat{Name: "x", MediaType: "text/plain", Path: "a//b"}), tree: page(""),
			want: `config: OutputFormats[0] "x": "a//b" is no valid file name: empty, . and .. elements are not allowed`},
		{name: "base name", cfg: format(jam.OutputFormat{Name: "x", MediaType: "text/plain", BaseName: "a/b"}), tree: page(""),
			want: `config: OutputFormats[0] "x": BaseName "a/b": want a file's name (the folder is Path)`},
		{name: "suffix", cfg: format(jam.OutputFormat{Name: "x", MediaType: "text/plain", Suffix: ".t/xt"}), tree: page(""),
			want: `config: OutputFormats[0] "x": Suffix ".t/xt": want the letters after the dot of a file's name`},
		{name: "suffix with a dot", cfg: format(jam.OutputFormat{Name: "x", MediaType: "text/plain", Suffix: ".txt"}), tree: page(""),
			want: `config: OutputFormats[0] "x": Suffix ".txt": want the letters after the dot of a file's name`},
		{name: "name with a space", cfg: format(jam.OutputFormat{Name: "x y", MediaType: "text/plain"}), tree: page(""),
			want: `config: OutputFormats[0] "x y": Name: want letters, digits, - and _`},
		{name: "name with a dot", cfg: format(jam.OutputFormat{Name: "x.y", MediaType: "text/plain"}), tree: page(""),
			want: `config: OutputFormats[0] "x.y": Name: want letters, digits, - and _`},
		{name: "media type with parameters", cfg: format(jam.OutputFormat{Name: "x", MediaType: "text/plain; charset=utf-8"}), tree: page(""),
			want: `config: OutputFormats[0] "x": MediaType "text/plain; charset=utf-8": want a type without parameters`},
		{name: "same file as html", cfg: format(jam.OutputFormat{Name: "x", MediaType: "text/html"}), tree: page(""),
			want: `content/a.md (x): route: makes the same file as content/a.md: a/index.html`},
		{name: "render fails", cfg: format(jam.OutputFormat{Name: "x", MediaType: "text/plain", Render: func(context.Context, io.Writer, *jam.Page) error { return errors.New("boom") }}), tree: page(""), want: `content/a.md: render: format x: boom`},
		{name: "render panics", cfg: format(jam.OutputFormat{Name: "x", MediaType: "text/plain", Render: func(context.Context, io.Writer, *jam.Page) error { panic("boom") }}), tree: page(""), want: `content/a.md: render: format x: panic: boom`},
		{name: "no template of a section", cfg: outputs("section", "html", "csv"), tree: "-- content/s/a.md --\n" + layouts,
			want: `section /s: template: no template for the output format csv (looked for s/section.csv.csv, s/section.csv, s/list.csv.csv, s/list.csv, …)`},
		{name: "template of a wrong suffix", cfg: outputs("page", "html", "csv"), tree: page("") + layouts + "-- layouts/page.html.csv --\nx\n-- layouts/page.cvs --\n",
			want: `content/a.md: template: no template for the output format csv (looked for page.csv.csv, page.csv, single.csv.csv, single.csv, …)`},
		{name: "json of NaN", cfg: outputs("page", "html", "json"), tree: page("a:\n  b: .nan"),
			want: `content/a.md:4:3: render: format json: a.b: JSON has no number NaN`},
		{name: "json of infinity", cfg: outputs("page", "html", "json"), tree: page("a: [1, .inf]"),
			want: `content/a.md:3:4: render: format json: a[1]: JSON has no number +Inf`},
		{name: "json of a Go value", cfg: &jam.Config{Outputs: map[string][]string{"page": {"html", "json"}}, Cascade: []jam.Cascade{{Values: map[string]any{"f": func() {}}}}}, tree: page(""),
			want: `config: Cascade[0]: values of type func() have no place in front matter`},
		{name: "json of a Go NaN", cfg: &jam.Config{Outputs: map[string][]string{"page": {"html", "json"}}, Cascade: []jam.Cascade{{Values: map[string]any{"f": map[string]any{"g": math.NaN()}}}}}, tree: page(""),
			want: `Cascade[0]: render: format json: f.g: JSON has no number NaN (page content/a.md)`},
		{name: "head of NaN", cfg: &jam.Config{BaseURL: base}, tree: page("a: .nan") + "-- layouts/all.html --\n-- layouts/page.html --\n{{ head . (dict \"schema\" (dict \"a\" .Params.a)) }}\n",
			want: `layouts/page.html:1:4: render: at <head . (dict "schema" (dict "a" .Params.a))>: error calling head: schema.a: JSON has no number NaN (page content/a.md)`},
		{name: "jsonify of NaN", tree: page("a: .nan") + "-- layouts/all.html --\n-- layouts/page.html --\n{{ jsonify .Params }}\n",
			want: `layouts/page.html:1:4: render: at <jsonify .Params>: jsonify: json: unsupported value: NaN (page content/a.md)`},
		{name: "json template of NaN", cfg: outputs("page", "html", "json"), tree: page("a: .nan") + "-- layouts/all.html --\n-- layouts/page.json --\n{\"a\": {{ .Params.a }}}\n",
			want: `layouts/page.json:1:10: render: JSON has no number NaN (page content/a.md)`},
		{name: "sitemap name", cfg: &jam.Config{BaseURL: base, Sitemap: jam.SitemapOptions{Filename: "sitemap.txt"}}, tree: page(""),
			want: `config: Sitemap.Filename: want the extension .xml, have "sitemap.txt"`},
		{name: "sitemap priority", tree: page("sitemap: {priority: 2}"), want: `content/a.md:3:21: front matter: priority: want a number from 0 to 1, have 2`},
		{name: "sitemap priority text", tree: page("sitemap: {priority: high}"),
			want: `content/a.md:3:21: front matter: priority: want a number from 0 to 1, have a string`},
		{name: "sitemap key", tree: page("sitemap: {prioritty: 1}"),
			want: `content/a.md:3:11: front matter: unknown key "prioritty" in sitemap (did you mean "priority"?)`},
		{name: "sitemap text", tree: page("sitemap: never"), want: `content/a.md:3:10: front matter: sitemap: want a map, have a string`},
		{name: "sitemap disable", tree: page("sitemap: {disable: maybe}"), want: `content/a.md:3:20: front matter: disable: want true or false, have "maybe"`},
		{name: "sitemap changefreq number", tree: page("sitemap: {changefreq: 5}"),
			want: `content/a.md:3:23: front matter: changefreq: want one of always, hourly, daily, weekly, monthly, yearly, never, have "5"`},
		{name: "sitemap in the way", cfg: &jam.Config{BaseURL: base}, tree: page("") + "-- static/sitemap.xml --\n", want: ``},
		{name: "sitemap asked for without a base", cfg: &jam.Config{Outputs: map[string][]string{"home": {"html", "sitemap"}}}, tree: page(""),
			want: `config: Outputs["home"]: sitemap needs BaseURL, for its URLs are absolute`},
		{name: "search form key", cfg: outputs("home", "html", "search"), tree: page("") + "-- layouts/all.html --\n-- layouts/page.html --\n{{ searchForm (dict \"lables\" \"x\") }}\n",
			want: `layouts/page.html:1:4: render: at <searchForm (dict "lables" "x")>: error calling searchForm: unknown key "lables" (did you mean "labels"?) (page content/a.md)`},
		{name: "search form labels", cfg: outputs("home", "html", "search"), tree: page("") + "-- layouts/all.html --\n-- layouts/page.html --\n{{ searchForm (dict \"labels\" (dict \"nix\" \"x\")) }}\n",
			want: `layouts/page.html:1:4: render: at <searchForm (dict "labels" (dict "nix" "x"))>: error calling searchForm: unknown label "nix" of a search form (page content/a.md)`},
		{name: "search form labels type", cfg: outputs("home", "html", "search"), tree: page("") + "-- layouts/all.html --\n-- layouts/page.html --\n{{ searchForm (dict \"labels\" (dict \"search\" 5)) }}\n",
			want: `layouts/page.html:1:4: render: at <searchForm (dict "labels" (dict "search" 5))>: error calling searchForm: labels: want a map of texts, have map[string]any (page content/a.md)`},
		{name: "search form number", cfg: outputs("home", "html", "search"), tree: page("") + "-- layouts/all.html --\n-- layouts/page.html --\n{{ searchForm 5 }}\n",
			want: `layouts/page.html:1:15: render: at <5>: want map[string]any, have 5 (page content/a.md)`},
		{name: "mistake of content in every format", cfg: outputs("page", "html", "json", "txt", "markdown"), tree: page("") + "-- content/b.md --\n{{< param nix >}}\n",
			want: `content/b.md:1:1: shortcode: the shortcode "param" finds no parameter "nix", neither of the page nor of the site`},
		{name: "mistake of content in a feed", cfg: &jam.Config{BaseURL: base}, tree: "-- content/b.md --\n---\ndate: 2026-01-01\n---\n{{< param nix >}}\n",
			want: `content/b.md:4:1: shortcode: the shortcode "param" finds no parameter "nix", neither of the page nor of the site`},
		{name: "mistake of content in the search", cfg: outputs("home", "html", "search"), tree: "-- content/b.md --\n{{< param nix >}}\n",
			want: `content/b.md:1:1: shortcode: the shortcode "param" finds no parameter "nix", neither of the page nor of the site`},
		{name: "mistake of content in llms", cfg: outputs("home", "html", "llms"), tree: "-- content/b.md --\n{{< param nix >}}\n",
			want: `content/b.md:1:1: shortcode: the shortcode "param" finds no parameter "nix", neither of the page nor of the site`},
	})
}
