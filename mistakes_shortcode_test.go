package jam_test

import (
	"context"
	"errors"
	"io"
	"iter"
	"strings"
	"testing"

	"github.com/jam-go/jam"
)

// withText is a site with one page of that text, which begins in line 4.
func withText(text string) string {
	return "-- content/a.md --\n---\ntitle: A\n---\n" + text + "\n-- layouts/all.html --\n{{ .Content }}\n"
}

// boxes are shortcodes: box and wrap have inner content, and leaf has none.
const boxes = "-- layouts/_shortcodes/box.html --\n<b>{{ .Inner }}</b>\n-- layouts/_shortcodes/wrap.html --\n<i>{{ .Inner }}</i>\n-- layouts/_shortcodes/leaf.html --\n{{ .Get 0 }}\n"

func TestShortcodeCallMistakes(t *testing.T) {
	text := func(s string) string { return withText(s) + boxes }
	testMistakes(t, []mistake{
		{name: "unclosed in a closed one", tree: text("{{< box >}}{{< wrap >}}x{{< /box >}}"),
			want: `content/a.md:4:12: shortcode: shortcode "wrap" is not closed before the closing tag of "box" at 4:25`},
		{name: "crossed", tree: text("{{< box >}}{{< wrap >}}x{{< /box >}}{{< /wrap >}}"),
			want: `
content/a.md:4:12: shortcode: shortcode "wrap" is not closed before the closing tag of "box" at 4:25
content/a.md:4:37: shortcode: closing tag of shortcode "wrap" crosses another one: what is opened last must be closed first
`},
		{name: "closing tag alone", tree: text("x {{< /box >}}"), want: `content/a.md:4:3: shortcode: closing tag of shortcode "box" has no opening tag before it`},
		{name: "closing tag of one without inner content", tree: text("{{< leaf 1 >}}x{{< /leaf >}}"),
			want: `content/a.md:4:16: shortcode: shortcode "leaf" takes no inner content and so no closing tag`},
		{name: "closing tag of an unknown one", tree: text("{{< nix >}}x{{< /nix >}}"), want: `content/a.md:4:5: shortcode: shortcode "nix" is not defined`},
		{name: "named and positional", tree: text("{{< leaf 1 a=b />}}"),
			want: `content/a.md:4:12: shortcode: named argument "a" after positional ones: a call has either kind`},
		{name: "positional after named", tree: text(`{{< leaf a="b" c />}}`),
			want: `content/a.md:4:16: shortcode: positional argument after named ones: a call has either kind`},
		{name: "twice", tree: text(`{{< leaf a="b" a="c" />}}`), want: `warning: content/a.md:4:16: shortcode: argument "a" is given twice: this one counts`},
		{name: "unterminated quote", tree: text("é {{< leaf \"a >}}"),
			want: `content/a.md:4:12: shortcode: double quote has no counterpart on its line (use back quotes for a text of several lines)`},
		{name: "unterminated quote, more lines", tree: text("{{< leaf \"a\nb >}}\nc"),
			want: `content/a.md:4:10: shortcode: double quote has no counterpart on its line (use back quotes for a text of several lines)`},
		{name: "unterminated raw string", tree: text("{{< leaf `a >}}\nc"), want: `content/a.md:4:10: shortcode: back quote has no counterpart`},
		{name: "no name", tree: text("{{< >}}"), want: `content/a.md:4:1: shortcode: shortcode has no name`},
		{name: "bad name", tree: text("{{< a!b >}}"),
			want: `
content/a.md:4:5: shortcode: shortcode "a" is not defined
content/a.md:4:6: shortcode: an argument with the character '!' needs double quotes
`},
		{name: "a number as name", tree: text("{{< 5 >}}"), want: `content/a.md:4:5: shortcode: shortcode "5" is not defined`},
		{name: "wrong end", tree: text("{{< leaf 1 %}} x"),
			want: `content/a.md:4:12: shortcode: tag of shortcode "leaf" begins with "{{<" and must end with ">}}", not "%}}"`},
		{name: "wrong end of Markdown", tree: text("{{% leaf 1 >}} x"),
			want: `content/a.md:4:12: shortcode: tag of shortcode "leaf" begins with "{{%" and must end with "%}}", not ">}}"`},
		{name: "unterminated tag", tree: text("x {{< leaf 1\n\nmore"), want: `content/a.md:4:3: shortcode: shortcode "leaf" has no ">}}" that ends its tag`},
		{name: "no value", tree: text("{{< leaf a= >}}"), want: `content/a.md:4:10: shortcode: argument "a" has no value`},
		{name: "self-closing closing tag", tree: text("{{< box >}}x{{< /box />}}"),
			want: `content/a.md:4:22: shortcode: closing tag of shortcode "box" has more than a name`},
		{name: "arguments of a closing tag", tree: text("{{< box >}}x{{< /box 1 >}}"),
			want: `content/a.md:4:22: shortcode: closing tag of shortcode "box" has more than a name`},
		{name: "nested too deep", tree: text(strings.Repeat("{{< box >}}", 201) + strings.Repeat("{{< /box >}}", 201)),
			want: `content/a.md:4:2201: shortcode: shortcodes nest deeper than 200 levels (Config.Limits.CallDepth sets the limit)`},
		{name: "half escaped", tree: text("{{</* leaf 1 >}}"), want: `content/a.md:4:1: shortcode: {{</* has no */>}} that ends it`},
		{name: "comment", tree: text("{{</* leaf 1 */>}}"), want: ``},
		{name: "two mistakes", tree: text("{{< nix >}}\n\n{{< nox >}}"),
			want: `
content/a.md:4:5: shortcode: shortcode "nix" is not defined
content/a.md:6:5: shortcode: shortcode "nox" is not defined (did you mean "box"?)
`},
		{name: "two mistakes of rendering", tree: text("{{< param nix >}}\n\n{{< param nox >}}"),
			want: `
content/a.md:4:1: shortcode: the shortcode "param" finds no parameter "nix", neither of the page nor of the site
content/a.md:6:1: shortcode: the shortcode "param" finds no parameter "nox", neither of the page nor of the site
`},
		{name: "after multibyte text", tree: text("日本語 é😀 {{< nix >}}"), want: `content/a.md:4:12: shortcode: shortcode "nix" is not defined`},
		{name: "after tabs", tree: text("\t\t{{< nix >}}"), want: `content/a.md:4:7: shortcode: shortcode "nix" is not defined`},
		{name: "after CRLF", tree: strings.ReplaceAll(text("x\n\ny {{< nix >}}"), "\n---\ntitle: A\n---\nx\n\ny", "\n---\r\ntitle: A\r\n---\r\nx\r\n\r\ny"), want: `content/a.md:6:7: shortcode: shortcode "nix" is not defined`},
		{name: "after a BOM", tree: "-- content/a.md --\n\ufeff{{< nix >}}\n-- content/b.md --\n\ufeff---\ntitle: B\n---\n{{< nix >}}\n", want: "content/a.md:1:5: shortcode: shortcode \"nix\" is not defined\ncontent/b.md:4:5: shortcode: shortcode \"nix\" is not defined"},
		{name: "after TOML", tree: "-- content/a.md --\n+++\ntitle = 'A'\n+++\n\n{{< nix >}}\n", want: `content/a.md:5:5: shortcode: shortcode "nix" is not defined`},
		{name: "after JSON", tree: "-- content/a.md --\n{\n\"title\": \"A\"\n}\n\n{{< nix >}}\n", want: `content/a.md:5:5: shortcode: shortcode "nix" is not defined`},
		{name: "in a list item", tree: text("- a\n  - {{< nix >}}"), want: `content/a.md:5:9: shortcode: shortcode "nix" is not defined`},
		{name: "in a quote", tree: text("> a\n> {{< nix >}}"), want: `content/a.md:5:7: shortcode: shortcode "nix" is not defined`},
		{name: "in code", tree: text("```\n{{< nix >}}\n```"), want: `content/a.md:5:5: shortcode: shortcode "nix" is not defined`},
		{name: "in a code span", tree: text("a `{{< nix >}}`"), want: `content/a.md:4:8: shortcode: shortcode "nix" is not defined`},
		{name: "in HTML", tree: "-- content/a.html --\n---\ntitle: A\n---\n<p>{{< nix >}}</p>\n", want: `content/a.html:4:8: shortcode: shortcode "nix" is not defined`},
		{name: "in an HTML comment", tree: text("<!-- {{< nix >}} -->"), want: `content/a.md:4:10: shortcode: shortcode "nix" is not defined`},
		{name: "in inner content", tree: text("{{< box >}}\na {{< nix >}}\n{{< /box >}}"), want: `content/a.md:5:7: shortcode: shortcode "nix" is not defined`},
		{name: "in a text of a bundle", tree: "-- content/b/index.md --\n-- content/b/part.md --\n{{< nix >}}\n", want: `content/b/part.md:1:5: shortcode: shortcode "nix" is not defined`},
		{name: "in a section", tree: "-- content/s/_index.md --\n{{< nix >}}\n", want: `content/s/_index.md:1:5: shortcode: shortcode "nix" is not defined`},
		{name: "in a term", tree: "-- content/tags/x/_index.md --\n{{< nix >}}\n", want: `content/tags/x/_index.md:1:5: shortcode: shortcode "nix" is not defined`},
		{name: "in a draft", tree: "-- content/a.md --\n---\ndraft: true\n---\n{{< nix >}}\n", want: `content/a.md:4:5: shortcode: shortcode "nix" is not defined`},
		{name: "in another language", cfg: &jam.Config{Languages: []jam.Language{{Code: "en"}, {Code: "de"}}}, tree: "-- content/a.md --\n-- content/a.de.md --\n{{< nix >}}\n", want: `content/a.de.md:1:5: shortcode: shortcode "nix" is not defined`},
		{name: "in a generated document", cfg: &jam.Config{Generators: []jam.Generator{yields(&jam.Document{Path: "g.md", Body: []byte("a\n{{< nix >}}")})}}, tree: "-- content/a.md --\n",
			want: `generator 1: g.md:2:5: shortcode: shortcode "nix" is not defined`},
		{name: "in a document of a source", cfg: &jam.Config{Sources: []jam.Source{docs{{Path: "s.md", Body: []byte("a\n{{< nix >}}")}}}}, tree: "-- content/a.md --\n", want: `s.md:2:5: shortcode: shortcode "nix" is not defined`},
		{name: "template in a document of a source", cfg: &jam.Config{Sources: []jam.Source{docs{{Path: "s.md", Body: []byte("a\n{{< param nix >}}")}}}}, tree: "-- content/a.md --\n",
			want: `s.md:2:1: shortcode: the shortcode "param" finds no parameter "nix", neither of the page nor of the site`},
	})
}

// docs is a Source of these documents.
type docs []jam.Document

func (d docs) Documents(context.Context) iter.Seq2[*jam.Document, error] {
	return func(yield func(*jam.Document, error) bool) {
		for i := range d {
			if !yield(&d[i], nil) {
				return
			}
		}
	}
}

func TestShortcodeTemplateMistakes(t *testing.T) {
	with := func(text, src string) string {
		return withText(text) + "-- layouts/_shortcodes/x.html --\n" + src + "\n"
	}
	at := func(column, context, text string) string {
		return "layouts/_shortcodes/x.html:1:" + column + ": render: at <" + context + ">: " + text + " (page content/a.md:4:1)"
	}
	fn := func(f jam.ShortcodeFunc) *jam.Config {
		return &jam.Config{Shortcodes: map[string]jam.ShortcodeFunc{"x": f}}
	}
	testMistakes(t, []mistake{
		{name: "syntax", tree: with("{{< x >}}", "{{ if }}"), want: `layouts/_shortcodes/x.html:1:1: template: missing value for if`},
		{name: "function", tree: with("{{< x >}}", "{{ wher 1 }}"), want: `layouts/_shortcodes/x.html:1:4: template: function "wher" not defined (did you mean "where"?)`},
		{name: "syntax of an unused one", tree: with("", "{{ if }}"), want: `layouts/_shortcodes/x.html:1:1: template: missing value for if`},
		{name: "method", tree: with("{{< x >}}", "{{ .Gte 0 }}"), want: at("4", ".Gte", `can't evaluate field Gte in type *jam.Shortcode (did you mean "Get"?)`)},
		{name: "arguments", tree: with("{{< x >}}", "{{ .Get }}"), want: at("4", ".Get", `wrong number of args for Get: want 1 got 0`)},
		{name: "no parent", tree: with("{{< x >}}", "{{ .Parent.Name }}"),
			want: `layouts/_shortcodes/x.html:1:11: render: at <.Parent.Name>: .Parent seems to be nil: use {{ with .Parent }} (page content/a.md:4:1)`},
		{name: "type of an argument", tree: with("{{< x many >}}", "{{ add 1 (.Get 0) }}"),
			want: `layouts/_shortcodes/x.html:1:4: render: at <add 1 (.Get 0)>: add: want numbers, have string "many" (page content/a.md:4:1)`},
		{name: "partial", tree: with("{{< x >}}", `{{ partial "nix" . }}`),
			want: `layouts/_shortcodes/x.html:1:4: render: at <partial "nix" .>: partial "nix" not found (page content/a.md:4:1)`},
		{name: "in a partial", tree: with("{{< x >}}", `{{ partial "p.html" . }}`) + "-- layouts/_partials/p.html --\n {{ .Nix }}\n",
			want: `layouts/_partials/p.html:1:5: render: at <.Nix>: can't evaluate field Nix in type *jam.Shortcode (called from layouts/_shortcodes/x.html:1:4) (page content/a.md:4:1)`},
		{name: "ends in a tag", tree: with("{{< x >}}", `<a href="{{ .Get 0 }}`),
			want: `layouts/_shortcodes/x.html:1:1: render: the template ends inside a tag (page content/a.md:4:1)`},
		{name: "in itself by its inner content", tree: with("{{< x >}}", `{{ .Page.Content }}`),
			want: `content/a.md: shortcode: the content of this page needs itself: a shortcode or render hook in it asks for it`},
		{name: "errorf", tree: with("{{< x >}}", `{{ errorf "no %s: %s" "src" .Position }}`), want: at("4", `errorf "no %s: %s" "src" .Position`, `error calling errorf: no src: content/a.md:4:1`)},
		{name: "render string", tree: with("{{< x >}}", `{{ .Page.RenderString 5 }}`),
			want: `layouts/_shortcodes/x.html:1:9: render: at <.Page.RenderString>: error calling RenderString: want text, have int (page content/a.md:4:1)`},
		{name: "on many pages", tree: with("{{< x >}}", `{{ .Nix }}`) + "-- content/b.md --\n{{< x >}}\n-- content/c.md --\n{{< x >}}\n",
			want: `layouts/_shortcodes/x.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.Shortcode (page content/a.md:4:1 and 2 more)`},
		{name: "twice on a page", tree: with("{{< x >}} {{< x >}}\n\n{{< x >}}", `{{ .Nix }}`),
			want: `layouts/_shortcodes/x.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.Shortcode (page content/a.md:4:1 and 2 more)`},
		{name: "two on a page", tree: with("{{< x >}}\n\n{{< y >}}", `{{ .Nix }}`) + "-- layouts/_shortcodes/y.html --\n{{ .Nox }}\n",
			want: `
layouts/_shortcodes/x.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.Shortcode (page content/a.md:4:1)
layouts/_shortcodes/y.html:1:4: render: at <.Nox>: can't evaluate field Nox in type *jam.Shortcode (page content/a.md:6:1)
`},
		{name: "nested", tree: with("{{< box >}}\n\n{{< x >}}{{< /box >}}", `{{ .Nix }}`) + boxes,
			want: `layouts/_shortcodes/x.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.Shortcode (page content/a.md:6:1)`},
		{name: "Markdown form", tree: with("{{% x %}}", `{{ .Nix }}`), want: at("4", ".Nix", `can't evaluate field Nix in type *jam.Shortcode`)},
		{name: "in a generated document", cfg: &jam.Config{Generators: []jam.Generator{yields(&jam.Document{Path: "g.md", Body: []byte("a\n\n{{< x >}}")})}}, tree: with("", "{{ .Nix }}"),
			want: `layouts/_shortcodes/x.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.Shortcode (page generator 1: g.md:3:1)`},
		{name: "in a text of a bundle", tree: with("", "{{ .Nix }}") + "-- content/b/index.md --\n-- content/b/part.md --\n{{< x >}}\n",
			want: `layouts/_shortcodes/x.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.Shortcode (page content/b/part.md:1:1)`},
		{name: "Go error", cfg: fn(func(context.Context, io.Writer, *jam.Shortcode) error { return errors.New("no such image") }), tree: withText("a\n\n- b {{< x >}}"), want: `content/a.md:6:5: shortcode: no such image`},
		{name: "Go error twice", cfg: fn(func(context.Context, io.Writer, *jam.Shortcode) error { return errors.New("no such image") }), tree: withText("{{< x >}}\n\n{{< x >}}"), want: "content/a.md:4:1: shortcode: no such image\ncontent/a.md:6:1: shortcode: no such image"},
		{name: "Go error with a place", cfg: fn(func(context.Context, io.Writer, *jam.Shortcode) error {
			return &jam.Error{Op: "data", Path: "data/x.csv", Line: 3, Err: errors.New("no such row")}
		}), tree: withText("{{< x >}}"), want: `data/x.csv:3: data: no such row (page content/a.md:4:1)`},
		{name: "Go panic with an error", cfg: fn(func(context.Context, io.Writer, *jam.Shortcode) error { panic(errors.New("boom")) }), tree: withText("{{< x >}}"), want: `content/a.md:4:1: shortcode: panic: boom`},
		{name: "Go nil pointer", cfg: fn(func(_ context.Context, _ io.Writer, s *jam.Shortcode) error { _ = s.Parent().Name(); return nil }), tree: withText("{{< x >}}"),
			want: `content/a.md:4:1: shortcode: panic: runtime error: invalid memory address or nil pointer dereference`},
		{name: "Go needs its content", cfg: fn(func(_ context.Context, w io.Writer, s *jam.Shortcode) error {
			_, err := io.WriteString(w, string(s.Page().Content()))
			return err
		}), tree: withText("{{< x >}}"), want: `content/a.md: shortcode: the content of this page needs itself: a shortcode or render hook in it asks for it`},
		{name: "figure twice", tree: withText(`{{< figure >}}` + "\n\n" + `{{< figure >}}`),
			want: `
content/a.md:4:1: shortcode: the shortcode "figure" wants an image, as in src="a.jpg"
content/a.md:6:1: shortcode: the shortcode "figure" wants an image, as in src="a.jpg"
`},
		{name: "figure width", tree: withText(`{{< figure src="a.png" wdith=5 >}}`),
			want: `warning: content/a.md:4:1: template: the shortcode "figure" has no argument "wdith"; there are src, alt, width, height, loading, class, link, target, rel, title, caption, attr, attrlink`},
		{name: "details", tree: withText(`{{< details summary="a" opne=true >}}x{{< /details >}}`),
			want: `warning: content/a.md:4:1: template: the shortcode "details" has no argument "opne"; there are summary, open, class, name, title`},
		{name: "ref in a list", tree: withText("- a\n- [x]({{< relref \"nix.md\" >}})"), want: `content/a.md:5:7: shortcode: "nix.md" leads to no page`},
		{name: "ref without an argument", tree: withText("[x]({{< ref >}})"),
			want: `content/a.md:4:5: shortcode: the shortcode "ref" wants a page, as in "/books/book-1"`},
		{name: "youtube with an unknown argument", tree: withText("{{< youtube id=dQw4w9WgXcQ atoplay=true >}}"),
			want: `warning: content/a.md:4:1: template: the shortcode "youtube" has no argument "atoplay"; there are id, allowFullScreen, autoplay, class, controls, end, loading, loop, mute, start, title`},
		{name: "param without an argument", tree: withText("{{< param >}}"),
			want: `content/a.md:4:1: shortcode: the shortcode "param" wants the name of a parameter, as in "color"`},
		{name: "qr without text", tree: withText("{{< qr />}}"),
			want: `content/a.md:4:1: shortcode: the shortcode "qr" wants text, as an argument or between its tags`},
		{name: "qr scale", tree: withText("{{< qr text=x scale=big />}}"),
			want: `content/a.md:4:1: shortcode: scale "big" of a QR code: want a number of pixels, 2 or more`},
	})
}
