package jam_test

import (
	"context"
	"fmt"
	"io"
	"testing"

	"github.com/jam-go/jam"
)

func TestFormatMistakes(t *testing.T) {
	const base = "https://example.org/"
	page := func(front string) string {
		return "-- content/a.md --\n---\ntitle: A\n" + front + "\n---\n"
	}
	outputs := func(kind string, names ...string) *jam.Config {
		return &jam.Config{BaseURL: base, Outputs: map[string][]string{kind: names}}
	}
	formats := func(list ...jam.OutputFormat) *jam.Config {
		return &jam.Config{BaseURL: base, OutputFormats: list}
	}
	const layouts = "-- layouts/all.html --\n{{ .Title }}\n"
	testMistakes(t, []mistake{
		{name: "unknown format", tree: page("outputs: [html, jsn]"),
			want: `content/a.md:3:17: front matter: unknown output format "jsn" (did you mean "json"?)`},
		{name: "unknown formats of a cascade", tree: "-- content/s/_index.md --\n---\ncascade:\n  outputs: [htlm]\n---\n-- content/s/a.md --\n---\ntitle: A\n---\n",
			want: `content/s/_index.md:3:13: front matter: unknown output format "htlm" (did you mean "html"?)`},
		{name: "format of lists", cfg: outputs("page", "rss"), tree: page(""),
			want: `config: Outputs["page"]: rss is a format of lists, not of the kind page`},
		{name: "format of the home page", tree: page("outputs: [html, sitemap]"), cfg: &jam.Config{BaseURL: base},
			want: `content/a.md:3:17: front matter: sitemap is a format of the home page, not of the kind page`},
		{name: "unknown kind", cfg: outputs("pages", "html"), tree: page(""),
			want: `config: Outputs["pages"]: want a kind of pages (did you mean "page"?)`},
		{name: "unknown format of a kind", cfg: outputs("home", "html", "rs"), tree: page(""),
			want: `config: Outputs["home"]: unknown output format "rs" (did you mean "rss"?)`},
		{name: "feed without a base", cfg: &jam.Config{Outputs: map[string][]string{"home": {"html", "atom"}}}, tree: page(""),
			want: `config: Outputs["home"]: atom needs BaseURL, for its URLs are absolute`},
		{name: "no template", cfg: outputs("page", "html", "calendar"), tree: page("") + layouts,
			want: `content/a.md: template: no template for the output format calendar (looked for page.calendar.ics, page.ics, single.calendar.ics, single.ics, …)`},
		{name: "no template for a page", cfg: &jam.Config{}, tree: page("outputs: [html, csv]") + layouts,
			want: `content/a.md:3:10: template: no template for the output format csv (looked for page.csv.csv, page.csv, single.csv.csv, single.csv, …)`},
		{name: "no name", cfg: formats(jam.OutputFormat{MediaType: "text/plain"}), tree: page(""),
			want: `config: OutputFormats[0] "": Name is missing`},
		{name: "no media type", cfg: formats(jam.OutputFormat{Name: "x", MediaType: "text"}), tree: page(""),
			want: `config: OutputFormats[0] "x": MediaType "text": want a type such as application/json`},
		{name: "no suffix", cfg: formats(jam.OutputFormat{Name: "x", MediaType: "application/x-y"}), tree: page(""),
			want: `config: OutputFormats[0] "x": Suffix is missing, and application/x-y has no usual one`},
		{name: "twice", cfg: formats(jam.OutputFormat{Name: "x", MediaType: "text/plain"}, jam.OutputFormat{Name: "X", MediaType: "text/plain"}), tree: page(""),
			want: `config: OutputFormats[1] "X": there is another one of this name`},
		{name: "not to be replaced", cfg: formats(jam.OutputFormat{Name: "HTML", MediaType: "text/html"}), tree: page(""),
			want: `config: OutputFormats[0] "HTML": this format cannot be replaced`},
		{name: "leads out", cfg: formats(jam.OutputFormat{Name: "x", MediaType: "text/plain", Path: "../y"}), tree: page(""),
			want: `config: OutputFormats[0] "x": "../y" is no valid file name: empty, . and .. elements are not allowed`},
		{name: "same file", cfg: &jam.Config{BaseURL: base, Outputs: map[string][]string{"page": {"html", "json", "j"}}, OutputFormats: []jam.OutputFormat{{Name: "j", MediaType: "application/json"}}}, tree: page(""),
			want: `content/a.md (json): route: makes the same file as content/a.md (j): a/index.json`},
		{name: "declared in another's place", cfg: outputs("home", "html", "robots"), tree: page("") + "-- static/robots.txt --\n",
			want: `static/robots.txt: route: makes the same file as home / (robots): robots.txt`},
		{name: "sitemap's name", cfg: &jam.Config{Sitemap: jam.SitemapOptions{Filename: "a/../b.xml", Priority: 2, ChangeFreq: "often"}}, tree: page(""),
			want: `
config: Sitemap.ChangeFreq: want one of always, hourly, daily, weekly, monthly, yearly, never, have "often"
config: Sitemap.Filename: "a/../b.xml" is no valid file name: empty, . and .. elements are not allowed
config: Sitemap.Priority is 2: want a number from 0 to 1
`},
		{name: "change frequency", tree: page("sitemap: {changefreq: often}"),
			want: `content/a.md:3:23: front matter: changefreq: want one of always, hourly, daily, weekly, monthly, yearly, never, have "often"`},
	})
}

func TestShortcodeMistakes(t *testing.T) {
	page := func(text string) string { return "-- content/a.md --\n---\ntitle: A\n---\n" + text + "\n" }
	with := func(text, name, template string) string {
		return page(text) + "-- layouts/all.html --\n{{ .Content }}\n-- layouts/_shortcodes/" + name + ".html --\n" + template + "\n"
	}
	functions := func(name string, f jam.ShortcodeFunc) *jam.Config {
		return &jam.Config{Shortcodes: map[string]jam.ShortcodeFunc{name: f}}
	}
	testMistakes(t, []mistake{
		{name: "unknown", tree: page("x {{< figur src=a >}}"),
			want: `content/a.md:4:7: shortcode: shortcode "figur" is not defined (did you mean "figure"?)`},
		{name: "kept", tree: page("x {{< figur src=a >}}"), cfg: &jam.Config{Markdown: jam.Markdown{KeepShortcodes: true}},
			want: `warning: content/a.md:4:7: shortcode: shortcode "figur" is not defined (did you mean "figure"?)`},
		{name: "unclosed", tree: with("{{< box >}}\ntext", "box", "{{ .Inner }}"),
			want: `content/a.md:4:1: shortcode: shortcode "box" is not closed: add a tag with /box after its content, or end the tag with a slash if it has none`},
		{name: "nil function", tree: page("{{< f >}}"), cfg: &jam.Config{Shortcodes: map[string]jam.ShortcodeFunc{"f": nil}},
			want: `config: Shortcodes["f"] is nil`},
		{name: "panic in a function", tree: page("\n {{< f >}}"), cfg: functions("f", func(context.Context, io.Writer, *jam.Shortcode) error { panic("boom") }),
			want: `content/a.md:5:2: shortcode: panic: boom`},
		{name: "error of a function", tree: page("{{< g >}} {{< f 1 >}}"), cfg: functions("f", func(_ context.Context, _ io.Writer, s *jam.Shortcode) error {
			return fmt.Errorf("no %s %v", s.Name(), s.Params())
		}), want: `
content/a.md:4:5: shortcode: shortcode "g" is not defined (did you mean "f"?)
`},
		{name: "mistake in a template", tree: with("\n{{< box >}}", "box", "\n  {{ .Nix }}"),
			want: `layouts/_shortcodes/box.html:2:6: render: at <.Nix>: can't evaluate field Nix in type *jam.Shortcode (page content/a.md:5:1)`},
		{name: "errorf", tree: with("{{< box >}}", "box", `{{ errorf "%s: no %q" .Position "src" }}`),
			want: `layouts/_shortcodes/box.html:1:4: render: at <errorf "%s: no %q" .Position "src">: error calling errorf: content/a.md:4:1: no "src" (page content/a.md:4:1)`},
		{name: "needs itself", tree: with("{{< box >}}", "box", "{{ .Page.Content }}"),
			want: `content/a.md: shortcode: the content of this page needs itself: a shortcode or render hook in it asks for it`},
		{name: "need each other", tree: with("{{< other \"b\" >}}", "other", `{{ (.Page.GetPage (.Get 0)).Content }}`) + "-- content/b.md --\n{{< other \"a\" >}}\n",
			want: `content/a.md: shortcode: the contents of content/a.md and content/b.md need each other: shortcodes or render hooks in them ask for them`},
		{name: "wrong type of key", tree: with("{{< box 1 >}}", "box", "{{ .Get 1.5 }}"),
			want: `layouts/_shortcodes/box.html:1:4: render: at <.Get>: error calling Get: want the name or the number of an argument, have float64 (page content/a.md:4:1)`},
		{name: "lost reference", tree: page(`[x]({{< ref "nix.md" >}})`),
			want: `content/a.md:4:5: shortcode: "nix.md" leads to no page`},
		{name: "hook's mistake", tree: page("a\n\n[x](/y)") + "-- layouts/all.html --\n{{ .Content }}\n-- layouts/_markup/render-link.html --\n{{ .Nix }}\n",
			want: `layouts/_markup/render-link.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.LinkElement (page content/a.md:6:1)`},
		{name: "hook's panic", tree: page("a\n\n# b"), cfg: &jam.Config{Markdown: jam.Markdown{Hooks: jam.Hooks{
			Heading: func(context.Context, io.Writer, *jam.HeadingElement) error { panic("boom") }}}}, want: `content/a.md:6:1: markdown: panic: boom`},
		{name: "delimiters", tree: page(""), cfg: &jam.Config{Markdown: jam.Markdown{Passthrough: []jam.Delimiters{{Open: "$"}}}},
			want: `config: delimiters "$" and "" of passthrough elements: they must be without white space, and not empty`},
		{name: "param", tree: page(`{{< param "nix" >}}`), want: `content/a.md:4:1: shortcode: the shortcode "param" finds no parameter "nix", neither of the page nor of the site`},
		{name: "figure", tree: page(`{{< figure >}}`), want: `content/a.md:4:1: shortcode: the shortcode "figure" wants an image, as in src="a.jpg"`},
		{name: "youtube", tree: page(`{{< youtube >}}`), want: `content/a.md:4:1: shortcode: the shortcode "youtube" wants the id of a video, 11 letters, digits, - and _, not ""`},
		{name: "vimeo", tree: page(`{{< vimeo "x y" >}}`), want: `content/a.md:4:1: shortcode: the shortcode "vimeo" wants the id of a video, digits, and / and a hash if it is unlisted, not "x y"`},
		{name: "qr", tree: page(`{{< qr level=wrong text=x />}}`), want: `content/a.md:4:1: shortcode: unknown level "wrong" of error correction: want low, medium, quartile or high`},
		{name: "highlight", tree: page("{{< highlight go \"linenos\" >}}x{{< /highlight >}}"), want: `content/a.md:4:1: shortcode: option "linenos" of code: want name=value`},
	})
}
