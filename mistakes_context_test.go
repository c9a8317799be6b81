package jam_test

import (
	"context"
	"fmt"
	"html/template"
	"io"
	"testing"

	"github.com/jam-go/jam"
)

// TestContextMistakes has mistakes in what shortcodes, render hooks and the host program's functions receive.
func TestContextMistakes(t *testing.T) {
	code := func(src string) string {
		return withText("{{< x a b >}}") + "-- layouts/_shortcodes/x.html --\n" + src + "\n"
	}
	hook := func(name, text, src string) string {
		return withText(text) + "-- layouts/_markup/render-" + name + ".html --\n" + src + "\n"
	}
	own := func(f any) *jam.Config { return &jam.Config{Funcs: template.FuncMap{"f": f}} }
	testMistakes(t, []mistake{
		{name: "index of an argument", tree: code(`{{ .Get "a" | upper }}{{ .Get 7 }}{{ index .Params "a" }}`),
			want: `layouts/_shortcodes/x.html:1:38: render: at <.a>: can't evaluate field a in type []any (page content/a.md:4:1)`},
		{name: "list for a key", tree: code(`{{ .Get (slice 1) }}`),
			want: `layouts/_shortcodes/x.html:1:4: render: at <.Get>: error calling Get: want the name or the number of an argument, have []int (page content/a.md:4:1)`},
		{name: "field of an argument", tree: code(`{{ (.Get 0).Nix }}`),
			want: `layouts/_shortcodes/x.html:1:12: render: at <(.Get 0).Nix>: can't evaluate field Nix in type string (page content/a.md:4:1)`},
		{name: "method of the page", tree: code(`{{ .Page.Tilte }}`),
			want: `layouts/_shortcodes/x.html:1:9: render: at <.Page.Tilte>: can't evaluate field Tilte in type *jam.Page (did you mean "Title"?) (page content/a.md:4:1)`},
		{name: "method of the site", tree: code(`{{ .Site.Params.a.b.c }}{{ .Site.Nix }}`),
			want: `layouts/_shortcodes/x.html:1:33: render: at <.Site.Nix>: can't evaluate field Nix in type *jam.Site (page content/a.md:4:1)`},
		{name: "field of the position", tree: code(`{{ .Position.Lin }}`),
			want: `layouts/_shortcodes/x.html:1:13: render: at <.Position.Lin>: can't evaluate field Lin in type jam.Position (page content/a.md:4:1)`},
		{name: "arguments of Ordinal", tree: code(`{{ .Ordinal 5 }}`),
			want: `layouts/_shortcodes/x.html:1:4: render: at <.Ordinal>: wrong number of args for Ordinal: want 0 got 1 (page content/a.md:4:1)`},
		{name: "number for a key of the store", tree: code(`{{ .Store.Set 5 1 }}`),
			want: `layouts/_shortcodes/x.html:1:15: render: at <5>: want string, have 5 (page content/a.md:4:1)`},
		{name: "adding to another type", tree: code(`{{ .Page.Store.Set "n" 1 }}{{ .Page.Store.Add "n" (dict) }}`),
			want: `layouts/_shortcodes/x.html:1:42: render: at <.Page.Store.Add>: Scratch.Add: add: want numbers, have map[string]any (page content/a.md:4:1)`},
		{name: "partial with two values", tree: code(`{{ partial "p" . 1 }}`) + "-- layouts/_partials/p.html --\n",
			want: `layouts/_shortcodes/x.html:1:4: render: at <partial "p" . 1>: partial "p" got 2 values, it takes one (use dict for more) (page content/a.md:4:1)`},
		{name: "cached partial in itself through content", tree: code(`{{ partialCached "p" .Page }}`) + "-- layouts/_partials/p.html --\n{{ .Content }}\n",
			want: `content/a.md: shortcode: the content of this page needs itself: a shortcode or render hook in it asks for it`},
		{name: "template of another page's list", tree: code(`{{ .Page.Render "nix" }}`),
			want: `layouts/_shortcodes/x.html:1:9: render: at <.Page.Render>: error calling Render: there is no template nix.html (page content/a.md:4:1)`},
		{name: "Markdown of a page", tree: code(`{{ .Page | markdownify }}`),
			want: `layouts/_shortcodes/x.html:1:12: render: at <markdownify>: error calling markdownify: want text, have *jam.Page (page content/a.md:4:1)`},
		{name: "head in a shortcode", tree: code(`{{ head .Page "titel" }}`),
			want: `layouts/_shortcodes/x.html:1:4: render: at <head .Page "titel">: error calling head: no part "titel" of a page's head (did you mean "title"?) (page content/a.md:4:1)`},
		{name: "ref in a shortcode", tree: code(`{{ ref . "nix" }}`),
			want: `layouts/_shortcodes/x.html:1:4: render: at <ref . "nix">: error calling ref: "nix" leads to no page (page content/a.md:4:1)`},
		{name: "level of a heading", tree: hook("heading", "a\n\n# b", `{{ .Level.X }}`),
			want: `layouts/_markup/render-heading.html:1:10: render: at <.Level.X>: can't evaluate field X in type int (page content/a.md:6:1)`},
		{name: "cell of a table", tree: hook("table", "a\n\n| a |\n|---|\n| b |", `{{ range .THead }}{{ range . }}{{ .Nix }}{{ end }}{{ end }}`),
			want: `layouts/_markup/render-table.html:1:35: render: at <.Nix>: can't evaluate field Nix in type jam.TableCell (page content/a.md:6:1)`},
		{name: "row of a table", tree: hook("table", "a\n\n| a |\n|---|\n| b |", `{{ (index .TBody 0).Text }}`),
			want: `layouts/_markup/render-table.html:1:20: render: at <(index .TBody 0).Text>: can't evaluate field Text in type jam.TableRow (page content/a.md:6:1)`},
		{name: "title of an alert", tree: hook("blockquote", "> a", `{{ .AlertTitel }}`),
			want: `layouts/_markup/render-blockquote.html:1:4: render: at <.AlertTitel>: can't evaluate field AlertTitel in type *jam.BlockquoteElement (did you mean "AlertTitle"?) (page content/a.md:4:1)`},
		{name: "page of an image", tree: hook("image", "![a](b.png)", `{{ .PageInner.Resource }}`),
			want: `layouts/_markup/render-image.html:1:14: render: at <.PageInner.Resource>: can't evaluate field Resource in type *jam.Page (did you mean "Resources"?) (page content/a.md:4:1)`},
		{name: "resource of an image", tree: hook("image", "![a](b.png)", `{{ (.Page.Resources.Get .Destination).RelPermalink }}`),
			want: `layouts/_markup/render-image.html:1:38: render: at <(.Page.Resources.Get .Destination).RelPermalink>: (.Page.Resources.Get .Destination) seems to be nil: use {{ with (.Page.Resources.Get .Destination) }} (page content/a.md:4:1)`},
		{name: "code of a link", tree: hook("link", "[a](b)", `{{ transform.HighlightCodeBlock . }}`),
			want: `layouts/_markup/render-link.html:1:33: render: at <.>: want *jam.CodeBlockElement, have *jam.LinkElement (page content/a.md:4:1)`},
		{name: "default of a link", tree: hook("link", "[a](b)", `{{ .Default 5 }}`),
			want: `layouts/_markup/render-link.html:1:4: render: at <.Default>: wrong number of args for Default: want 0 got 1 (page content/a.md:4:1)`},
		{name: "errorf of a link", tree: hook("link", "[a](b)\n\n[c](d)", `{{ errorf "no %s: %s" .Destination .Position }}`),
			want: `
layouts/_markup/render-link.html:1:4: render: at <errorf "no %s: %s" .Destination .Position>: error calling errorf: no b: content/a.md:4:1 (page content/a.md:4:1)
layouts/_markup/render-link.html:1:4: render: at <errorf "no %s: %s" .Destination .Position>: error calling errorf: no d: content/a.md:6:1 (page content/a.md:6:1)
`},
		{name: "warnf of a link", tree: hook("link", "[a](b)\n\n[c](d)", `{{ warnf "%s: no %s" .Position .Destination }}`),
			want: `
warning: content/a.md:4:1: template: no b
warning: content/a.md:6:1: template: no d
`},
		{name: "function of a page", cfg: own(func(p *jam.Page) string { return p.Title() }), tree: inLayout(`{{ f site }}`),
			want: `layouts/page.html:1:6: render: at <site>: want *jam.Page, have *jam.Site (page content/a.md)`},
		{name: "function of nil", cfg: own(func(p *jam.Page) string { return p.Title() }), tree: inLayout(`{{ f .Next }}`),
			want: `layouts/page.html:1:4: render: at <f .Next>: error calling f: panic: runtime error: invalid memory address or nil pointer dereference (page content/a.md)`},
		{name: "function of a list", cfg: own(func(list []string) int { return len(list) }), tree: inLayout(`{{ f (slice 1 2) }}`),
			want: `layouts/page.html:1:6: render: at <(slice 1 2)>: want []string, have []int (page content/a.md)`},
		{name: "function of several", cfg: own(func(list ...int) int { return len(list) }), tree: inLayout(`{{ f 1 "x" }}`),
			want: `layouts/page.html:1:8: render: at <"x">: want integer, have "x" (page content/a.md)`},
		{name: "function of a struct", cfg: own(func() struct{ Name string } { return struct{ Name string }{"x"} }), tree: inLayout(`{{ f.Nmae }}`),
			want: `layouts/page.html:1:5: render: at <f.Nmae>: can't evaluate field Nmae in type struct { Name string } (did you mean "Name"?) (page content/a.md)`},
		{name: "function that asks for a page", cfg: own(func(s *jam.Site) string { return fmt.Sprint(s.GetPage("section", "x", "y"), s.GetPage("nix", "x")) }), tree: inLayout(`{{ f site }}`),
			want: `layouts/page.html:1:4: render: at <f site>: error calling f: want a path, or a kind of pages and a path, have "nix" first (page content/a.md)`},
		{name: "Go shortcode that asks for a page", cfg: &jam.Config{Shortcodes: map[string]jam.ShortcodeFunc{"x": func(_ context.Context, w io.Writer, s *jam.Shortcode) error {
			s.Site().GetPage("nix", "x")
			return nil
		}}}, tree: withText("{{< x >}}"), want: `content/a.md:4:1: shortcode: want a path, or a kind of pages and a path, have "nix" first`},
		{name: "Go shortcode of a wrong type", cfg: &jam.Config{Shortcodes: map[string]jam.ShortcodeFunc{"x": func(_ context.Context, w io.Writer, s *jam.Shortcode) error {
			_, err := s.Get(1.5)
			return err
		}}}, tree: withText("{{< x >}}"), want: `content/a.md:4:1: shortcode: want the name or the number of an argument, have float64`},
	})
}
