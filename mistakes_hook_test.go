package jam_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/jam-go/jam"
)

func TestHookMistakes(t *testing.T) {
	hook := func(text, name, src string) string {
		return withText(text) + "-- layouts/_markup/" + name + ".html --\n" + src + "\n"
	}
	at := func(name, page string, text string) string {
		return "layouts/_markup/" + name + ".html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam." + text + " (page content/a.md:" + page + ")"
	}
	boom := func(context.Context, io.Writer) error { return errors.New("boom") }
	with := func(h jam.Hooks) *jam.Config { return &jam.Config{Markdown: jam.Markdown{Hooks: h}} }
	math := func(m jam.Markdown) *jam.Config { m.Math = true; return &jam.Config{Markdown: m} }
	testMistakes(t, []mistake{
		{name: "link", tree: hook("a\n\nb [x](/y)", "render-link", "{{ .Nix }}"), want: at("render-link", "6:3", "LinkElement")},
		{name: "link in a list", tree: hook("- a\n- é [x](/y)", "render-link", "{{ .Nix }}"), want: at("render-link", "5:5", "LinkElement")},
		{name: "link in a quote", tree: hook("> a\n> [x](/y)", "render-link", "{{ .Nix }}"), want: at("render-link", "5:3", "LinkElement")},
		{name: "link in a table", tree: hook("| a |\n|---|\n| [x](/y) |", "render-link", "{{ .Nix }}"), want: at("render-link", "6:3", "LinkElement")},
		{name: "link in a heading", tree: hook("a\n\n# b [x](/y)", "render-link", "{{ .Nix }}"), want: at("render-link", "6:5", "LinkElement")},
		{name: "reference link", tree: hook("a [x]\n\n[x]: /y", "render-link", "{{ .Nix }}"), want: at("render-link", "4:3", "LinkElement")},
		{name: "bare link", tree: hook("a https://example.org/", "render-link", "{{ .Nix }}"), want: at("render-link", "4:3", "LinkElement")},
		{name: "image", tree: hook("b ![x](/y)", "render-image", "{{ .Nix }}"), want: at("render-image", "4:3", "ImageElement")},
		{name: "image in a link", tree: hook("[![x](/y)](/z)", "render-image", "{{ .Nix }}"), want: at("render-image", "4:2", "ImageElement")},
		{name: "heading", tree: hook("a\n\n## b", "render-heading", "{{ .Nix }}"), want: at("render-heading", "6:1", "HeadingElement")},
		{name: "underlined heading", tree: hook("a\n\nb\n---", "render-heading", "{{ .Nix }}"), want: at("render-heading", "6:1", "HeadingElement")},
		{name: "code", tree: hook("a\n\n```go\nx\n```", "render-codeblock", "{{ .Nix }}"), want: at("render-codeblock", "6:1", "CodeBlockElement")},
		{name: "code of a language", tree: hook("a\n\n```go\nx\n```", "render-codeblock-go", "{{ .Nix }}"), want: at("render-codeblock-go", "6:1", "CodeBlockElement")},
		{name: "code in a list", tree: hook("- a\n\n  ```go\n  x\n  ```", "render-codeblock", "{{ .Nix }}"), want: at("render-codeblock", "6:3", "CodeBlockElement")},
		{name: "empty code", tree: hook("a\n\n```go\n```", "render-codeblock", "{{ .Nix }}"), want: at("render-codeblock", "6:1", "CodeBlockElement")},
		{name: "quote", tree: hook("a\n\n> b", "render-blockquote", "{{ .Nix }}"), want: at("render-blockquote", "6:1", "BlockquoteElement")},
		{name: "alert", tree: hook("> [!NOTE]\n> b", "render-blockquote-alert-note", "{{ .Nix }}"), want: at("render-blockquote-alert-note", "4:1", "BlockquoteElement")},
		{name: "table", tree: hook("a\n\n| a |\n|---|\n| b |", "render-table", "{{ .Nix }}"), want: at("render-table", "6:1", "TableElement")},
		{name: "passthrough", cfg: math(jam.Markdown{}), tree: hook("a\n\nb $$x$$", "render-passthrough", "{{ .Nix }}"), want: at("render-passthrough", "6:3", "PassthroughElement")},
		{name: "passthrough block", cfg: math(jam.Markdown{}), tree: hook("a\n\n$$\nx\n$$", "render-passthrough-block", "{{ .Nix }}"), want: at("render-passthrough-block", "6:1", "PassthroughElement")},
		{name: "syntax", tree: hook("a", "render-link", "{{ if }}"), want: `layouts/_markup/render-link.html:1:1: template: missing value for if`},
		{name: "unknown function", tree: hook("[a](/b)", "render-link", "{{ wher 1 }}"),
			want: `layouts/_markup/render-link.html:1:4: render: function "wher" not defined (did you mean "where"?) (page content/a.md:4:1)`},
		{name: "unknown hook", tree: hook("a", "render-lnik", "x"),
			want: `warning: layouts/_markup/render-lnik.html: template: there is no render hook of this name (did you mean "render-link"?)`},
		{name: "unknown file", tree: hook("a", "link", "x"), want: `warning: layouts/_markup/link.html: template: there is no render hook of this name`},
		{name: "ends in a tag", tree: hook("[a](/b)", "render-link", "<a href=\"{{ .Destination }}"),
			want: `layouts/_markup/render-link.html:1:1: render: the template ends inside a tag (page content/a.md:4:1)`},
		{name: "of many", tree: hook("[a](/b)\n\n[a](/b)", "render-link", "{{ .Nix }}") + "-- content/b.md --\n[a](/b)\n", want: "layouts/_markup/render-link.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.LinkElement (page content/a.md:4:1 and 2 more)"},
		{name: "needs itself", tree: hook("[a](/b)", "render-link", "{{ .Page.Content }}"), want: `content/a.md: shortcode: the content of this page needs itself: a shortcode or render hook in it asks for it`},
		{name: "renders itself", tree: hook("[a](/b)", "render-link", `{{ .Page.RenderString "[a](/b)" }}`),
			want: `layouts/_markup/render-link.html: render: templates call each other more than 200 deep (Config.Limits.CallDepth sets the limit) (page content/a.md:4:1)`},
		{name: "in the title of a page", tree: hook("", "render-link", "{{ .Nix }}") + "-- layouts/page.html --\n{{ markdownify \"[a](/b)\" }}\n",
			want: `layouts/_markup/render-link.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.LinkElement (page content/a.md)`},
		{name: "in a shortcode's Markdown", tree: hook("a\n{{% x %}}", "render-link", "{{ .Nix }}") + "-- layouts/_shortcodes/x.html --\n[a](/b)\n",
			want: `layouts/_markup/render-link.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.LinkElement (page content/a.md:5:1)`},
		{name: "in inner content", tree: hook("a\n{{% x %}}\nb\n[a](/b)\n{{% /x %}}", "render-link", "{{ .Nix }}") + "-- layouts/_shortcodes/x.html --\n{{ .Inner }}\n",
			want: `layouts/_markup/render-link.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.LinkElement (page content/a.md:5:1)`},
		{name: "in RenderString of a shortcode", tree: hook("a\n{{< x >}}\nb\n[a](/b)\n{{< /x >}}", "render-link", "{{ .Nix }}") + "-- layouts/_shortcodes/x.html --\n{{ .Inner | .Page.RenderString }}\n",
			want: `layouts/_markup/render-link.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.LinkElement (page content/a.md:5:1)`},
		{name: "after a shortcode", tree: hook("a {{% x %}} [a](/b)\n\n[a](/b)", "render-link", "{{ .Nix }}") + "-- layouts/_shortcodes/x.html --\nlong\nlong\n",
			want: `layouts/_markup/render-link.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.LinkElement (page content/a.md:4:13 and 1 more)`},
		{name: "with CRLF", tree: strings.ReplaceAll(hook("x\n\ny é [a](/b)", "render-link", "{{ .Nix }}"), "\nx\n\ny", "\r\nx\r\n\r\ny"),
			want: `layouts/_markup/render-link.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.LinkElement (page content/a.md:6:5)`},
		{name: "Go link", cfg: with(jam.Hooks{Link: func(c context.Context, w io.Writer, e *jam.LinkElement) error { return boom(c, w) }}), tree: withText("a\n\nb [x](/y)"), want: `content/a.md:6:3: markdown: boom`},
		{name: "Go image", cfg: with(jam.Hooks{Image: func(c context.Context, w io.Writer, e *jam.ImageElement) error { return boom(c, w) }}), tree: withText("![x](/y)"), want: `content/a.md:4:1: markdown: boom`},
		{name: "Go heading", cfg: with(jam.Hooks{Heading: func(c context.Context, w io.Writer, e *jam.HeadingElement) error { return boom(c, w) }}), tree: withText("# x"), want: `content/a.md:4:1: markdown: boom`},
		{name: "Go quote", cfg: with(jam.Hooks{Blockquote: func(c context.Context, w io.Writer, e *jam.BlockquoteElement) error { return boom(c, w) }}), tree: withText("> x"), want: `content/a.md:4:1: markdown: boom`},
		{name: "Go table", cfg: with(jam.Hooks{Table: func(c context.Context, w io.Writer, e *jam.TableElement) error { return boom(c, w) }}), tree: withText("| x |\n|---|"), want: `content/a.md:4:1: markdown: boom`},
		{name: "Go passthrough", cfg: math(jam.Markdown{Hooks: jam.Hooks{Passthrough: func(c context.Context, w io.Writer, e *jam.PassthroughElement) error { return boom(c, w) }}}), tree: withText("x \\(y\\)"), want: `content/a.md:4:3: markdown: boom`},
		{name: "Go code", cfg: with(jam.Hooks{CodeBlock: map[string]func(context.Context, io.Writer, *jam.CodeBlockElement) error{"go": func(c context.Context, w io.Writer, e *jam.CodeBlockElement) error { panic("boom") }}}), tree: withText("```go\n```"), want: `content/a.md:4:1: markdown: panic: boom`},
		{name: "Go nil code", cfg: with(jam.Hooks{CodeBlock: map[string]func(context.Context, io.Writer, *jam.CodeBlockElement) error{"go": nil}}), tree: withText("```go\n```"), want: `config: Markdown.Hooks.CodeBlock["go"] is nil`},
		{name: "Go default", cfg: with(jam.Hooks{Link: func(c context.Context, w io.Writer, e *jam.LinkElement) error {
			_, err := e.Default()
			_ = err
			panic(errors.New("x"))
		}}), tree: withText("[a](/b)"), want: `content/a.md:4:1: markdown: panic: x`},
		{name: "two elements", cfg: with(jam.Hooks{Link: func(c context.Context, w io.Writer, e *jam.LinkElement) error { return boom(c, w) }}), tree: withText("[x](/y)\n\n[x](/y)"),
			want: `
content/a.md:4:1: markdown: boom
content/a.md:6:1: markdown: boom
`},
		{name: "delimiters with a space", cfg: &jam.Config{Markdown: jam.Markdown{Passthrough: []jam.Delimiters{{Open: "$ ", Close: "$"}}}}, tree: withText("a"),
			want: `config: delimiters "$ " and "$" of passthrough elements: they must be without white space, and not empty`},
		{name: "delimiters twice", cfg: &jam.Config{Markdown: jam.Markdown{Passthrough: []jam.Delimiters{{Open: "$", Close: "$"}, {Open: "$", Close: "$", Block: true}}}}, tree: withText("a"),
			want: `config: Markdown.Passthrough[1]: there is another one that begins with "$"`},
		{name: "table of contents", cfg: &jam.Config{Markdown: jam.Markdown{TOC: jam.TOC{Start: 4, End: 2}}}, tree: withText("a"),
			want: `config: Markdown.TOC: Start is 4 and End is 2: want levels from 1 to 6, in this order`},
	})
}
