package jam_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/yuin/goldmark"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/highlight"
)

// hostileSite has each vector in each place that an author, or data, can fill. Its files are in two trees: the
// first is for the plain theme, the second has layouts of its own.
type hostileSite struct {
	list []string
}

// config is that of a site whose pages are all by authors whom nobody vouches for, with everything on.
func (h hostileSite) config() *jam.Config {
	cfg := &jam.Config{
		BaseURL: "https://example.org/", Title: "Site",
		Markdown: jam.Markdown{
			Untrusted: []string{"v/**"}, Unsafe: true, Math: true, Diagrams: true, KeepShortcodes: true,
			Extensions: []goldmark.Extender{highlight.New(highlight.Options{})},
		},
		Shortcodes: map[string]jam.ShortcodeFunc{
			"gofunc": func(_ context.Context, w io.Writer, s *jam.Shortcode) error {
				_, err := io.WriteString(w, "<div class=\"go\">"+string(s.Inner())+"</div>")
				return err
			},
		},
		Outputs: map[string][]string{
			"home":    {"html", "rss", "atom", "jsonfeed", "json", "sitemap", "robots", "llms", "search"},
			"section": {"html", "rss"}, "page": {"html", "json", "txt", "markdown"}, "term": {"html"}, "taxonomy": {"html"},
		},
		Menus: map[string][]jam.MenuEntry{"main": {{Name: "V", PageRef: "/v"}}},
	}
	return cfg
}

// tree has three pages of each vector: with it in places of Markdown, in shortcodes, and as the text; and data files.
func (h hostileSite) tree(layouts bool) fstest.MapFS {
	tree := fstest.MapFS{}
	add := func(name, text string) { tree[name] = &fstest.MapFile{Data: []byte(text)} }
	messages, data := make(map[string]string), make([]map[string]any, 0, len(h.list))
	for i, v := range h.list {
		base := fmt.Sprintf("content/v/%05d-", i)
		front := h.front(i, v, "s"+strconv.Itoa(i))
		add(base+"a"+fileName(v)+".md", front+inMarkdown(v))
		add(base+"b/index.md", h.front(i, v, "")+inShortcodes(v))
		add(base+"b/x"+portable.Replace(fileName(v))+"x.png", "PNG") // other names are refused for the sake of Windows
		add(base+"c.md", "---\n---\n"+v+"\n")
		add(base+"d/index.md", "# "+v+"\n\ntext\n")
		add(base+"d/part.md", front+v)
		add(base+"e.html", v)
		add(base+"b/x.svg", v)
		data = append(data, map[string]any{"v": v, "k" + strconv.Itoa(i): v, v: 1})
		if !strings.Contains(v, "{{") {
			messages["m"+strconv.Itoa(i)] = v
		}
	}
	table := func(v any) string {
		b, _ := json.Marshal(v)
		return string(b)
	}
	add("data/hostile.json", table(data))
	add("i18n/en.json", table(messages))
	add("content/_index.md", "---\ntitle: Home\n---\n<b id=theme-raw>Raw</b>\n")
	add("content/v/_index.md", h.front(0, h.list[len(h.list)/2], ""))
	for name, text := range hostileShortcodes {
		add("layouts/_shortcodes/"+name, text)
	}
	if layouts {
		for name, text := range hostileLayouts {
			add("layouts/"+name, text)
		}
	}
	return tree
}

// front is front matter that has the vector in every key, with some that its author may not set; and in the slug, if that is to
// begin with something.
func (h hostileSite) front(i int, v, slug string) string {
	m := map[string]any{
		"title": v, "linkTitle": v, "description": v, "summary": v, "keywords": []string{v}, "categories": []string{"c " + strconv.Itoa(i%7) + strings.ToValidUTF8(cutText(v, 80), "")},
		"author": v, "authors": []string{v}, "images": []string{v}, "cover": v, "video": v, "canonical": v, "color": v, "nested": map[string]any{v: v, "x": []string{v}},
		"params":    map[string]any{"p": v, "url": v},
		"resources": []map[string]any{{"src": "**.png", "name": v + ":counter", "title": v, "params": map[string]any{"x": v}}},
		"url":       v, "aliases": []string{v, "/alias" + strconv.Itoa(i)}, "redirect": v, "layout": v, "type": v, "outputs": []string{v}, "translationKey": v,
		"menus": map[string]any{"main": map[string]any{"name": v, "pre": v, "post": v, "title": v, "url": v, "identifier": v}},
		"build": map[string]any{"list": v}, "cascade": map[string]any{"title": v}, "sitemap": map[string]any{"filename": v}, "paginate": v, "headless": true,
	}
	if slug != "" {
		m["slug"] = slug + "-" + slugOf(v)
	}
	b, _ := json.MarshalIndent(m, "", "  ")
	return string(b) + "\n\n"
}

// slugOf makes of a vector what a slug may be.
func slugOf(v string) string {
	return cutText(strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune("/\\?#%:", r) || r < ' ' || r > '~' {
			return -1
		}
		return r
	}, v), ". "), 100)
}

var portable = strings.NewReplacer("<", "", ">", "", ":", "", `"`, "", "|", "", "?", "", "*", "", "\u2028", "", "\u2029", "")

// fileName makes of a vector a part of a file's name.
func fileName(v string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune("/\\", r) || r < ' ' || r == 0x7f {
			return '_'
		}
		return r
	}, v)
	return strings.ToValidUTF8(name[:min(len(name), 60)], "")
}

// inMarkdown has the vector in the places of lines and blocks.
func inMarkdown(v string) string {
	line := strings.Join(strings.FieldsFunc(v, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
	var b strings.Builder
	for _, format := range []string{
		"x %s y", "## h %s", "h %s\n---", "[%s](https://example.org/a)", `[a](https://example.org/b "%s")`, "[a](%s)", "[a](<%s>)", "![%s](x.png)", "![a](%s)", "![a](<%s>)", `![a](x.png "%s")`,
		"<%s>", "[%s]: /x\n\n[%[1]s]", "[ref]: <%s> '%[1]s'\n\n[ref] ![ref]", "| a %s | b |\n|---|:-:|\n| %[1]s | [a](%[1]s) |", "> %s", "> [!NOTE] %s\n> %[1]s", "> [!%s]\n> x", "- %s\n- [ ] %[1]s", "1. %s",
		"term %s\n: %[1]s", "x[^n%[2]d]\n\n[^n%[2]d]: %[1]s", "*%s* **%[1]s** ~~%[1]s~~", "`%s`", "```%s\nx\n```", "```js\n%s\n```", "```js {title=\"%s\" class=\"%[1]s\" linenos=\"%[1]s\"}\nx\n```", "```mermaid\n%s\n```", "```goat\n%s\n```", "```math\n%s\n```",
		"    %s", "p\n{title=\"%s\"}", "p\n{%s}", "## h {#%s}", "## h {%s}", `p \(%s\) q`, `\[%s\]`, "$$\n%s\n$$", `\(\href{%s}{x} \text{%[1]s} \unicode{%[1]s} \htmlData{%[1]s}{y} \color{%[1]s} z\)`, "a:%s:b", "%s@example.org", "https://example.org/%s", "www.example.org/%s",
		`\%s`, "{{< %[2]dnone %s >}}", "<!-- %s -->", "<b>%s</b>", "%s",
	} {
		n := strings.Count(format, "%[2]d")
		args := []any{line, 1}
		if n == 0 {
			args = args[:1]
		}
		fmt.Fprintf(&b, format+"\n\n", args...)
	}
	return b.String()
}

// inShortcodes has the vector in arguments, and between tags.
func inShortcodes(v string) string {
	quoted := "`" + v + "`"
	if strings.Contains(v, "`") {
		quoted = `"` + strings.NewReplacer("\\", "", `"`, `\"`, "\n", " ", "\r", " ").Replace(v) + `"`
	}
	if strings.Contains(v, "{{<") || strings.Contains(v, "{{%") || strings.Contains(v, ">}}") || strings.Contains(v, "%}}") {
		return "x\n"
	}
	code := quoted
	if len(v) > 500 {
		code = "x" // what is too long for a QR code fails the page
	}
	src := quoted
	if _, err := url.Parse(v); err != nil {
		src = "x.png" // what is no address fails the page
	}
	var b strings.Builder
	for _, format := range []string{
		"{{< echo %[1]s >}}", "{{% echo %[1]s %}}", "{{< named a=%[1]s u=%[1]s >}}", "{{< figure src=%[3]s alt=%[1]s title=%[1]s caption=%[1]s link=%[1]s class=%[1]s width=%[1]s attr=%[1]s attrlink=%[1]s target=%[1]s rel=%[1]s >}}",
		"{{< qr text=%[5]s alt=%[1]s class=%[1]s id=%[1]s title=%[1]s />}}", "{{< param p >}} {{< param \"nested.x\" >}}", "{{< youtube id=\"AAAAAAAAAAA\" title=%[1]s class=%[1]s >}}", "{{< vimeo id=\"123\" title=%[1]s class=%[1]s >}}",
		"{{< details summary=%[1]s class=%[1]s name=%[1]s title=%[1]s >}}%[2]s{{< /details >}}", "{{< box >}}%[2]s{{< /box >}}", "{{< attr >}}%[2]s{{< /attr >}}", "{{< boxmd >}}%[2]s{{< /boxmd >}}", "{{< safe >}}%[2]s{{< /safe >}}",
		"{{< gofunc >}}%[2]s{{< /gofunc >}}", "{{< box >}}{{< box >}}%[2]s{{< /box >}}{{% boxmd %}}%[2]s{{% /boxmd %}}{{< /box >}}", "{{< highlight \"go\" \"linenos=true\" >}}%[2]s{{< /highlight >}}", "[{{< echo %[1]s >}}]({{< echo %[1]s >}} \"{{< echo %[1]s >}}\")",
		"[x](java{{< echo %[1]s >}}) [x]({{< echo \"java\" >}}{{< echo %[1]s >}}) <{{< echo %[1]s >}}> ![{{< echo %[1]s >}}]({{< echo %[1]s >}}:x)", "# {{< echo %[1]s >}} {#{{< echo %[1]s >}}}", "> q\n{title=\"{{< echo %[1]s >}}\"}",
		"{{< text %[1]s >}}{{< textmd %[1]s >}} {{% text %[1]s %}}", "{{< box >}}{{% text %[1]s %}}{{< /box >}}", "<a href=\"{{< echo %[1]s >}}\">x</a>", "`{{< echo %[1]s >}}`", "{{< self >}}", "{{% box %}}%[2]s{{% /box %}}", "{{% boxmd %}}\n%[2]s\n{{%% /boxmd %%}}",
	} {
		format = strings.ReplaceAll(format, "{{% ", "{{%% ")
		format = strings.ReplaceAll(format, " %}}", " %%}}")
		fmt.Fprintf(&b, strings.ReplaceAll(format, "%%%%", "%%")+"%[4]s", quoted, v, src, "\n\n", code)
	}
	return b.String()
}

// hostileShortcodes are such as sites have. They vouch for nothing but what safe writes.
var hostileShortcodes = map[string]string{
	"echo.html":  `{{ .Get 0 }}`,
	"named.html": `<span title="{{ .Get "a" }}" data-theme='{{ .Get "a" }}'>{{ .Get "a" }} <a href="{{ .Get "u" }}">l</a> <img src="{{ .Get "u" }}" alt={{ .Get "a" }}></span>`,
	"box.html":   `<div class="box">{{ .Inner }}</div>`,
	"attr.html":  `<div title="{{ .Inner }}" data-theme="{{ .InnerDeindent }}">{{ len .Inner | printf "%T" }}</div>`,
	"boxmd.html": `<div class="box">{{ .Inner | markdownify }}{{ .Page.RenderString (dict "display" "block") .Inner }}{{ .Inner | plainify }}{{ .Inner | htmlUnescape }}{{ truncate 10 .Inner }}</div>`,
	"text.txt":   `{{ .Get 0 }}`,
	"textmd.md":  `*{{ .Get 0 }}*`,
	"safe.html":  `<div>{{ .Inner | safeHTML }}{{ trim .Inner "\n" | safeHTML }}</div>`,
	"self.html":  `{{ range .Page.Params.authors }}<p>{{ . }}{{ . | markdownify }}</p>{{ end }}{{ .Page.Title | markdownify }}{{ .Page.TableOfContents }}`,
}

// hostileLayouts print what authors say in every context of HTML, without vouching for it.
var hostileLayouts = map[string]string{
	"all.html": `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>{{ head . }}
<style>.theme { color: {{ .Params.color }}; content: "{{ .Params.color }}" }</style>
<script>var theme = {{ .Title }}, other = "{{ .Params.p }}", all = {{ .Params.nested }}, j = {{ jsonify .Params.authors }};</script>
<script type="application/ld+json">{"@type": "Article", "name": {{ .Title }}, "text": "by {{ .Title }}", "all": {{ .Params.nested | jsonify | safeJS }}, "more": {{ dict "v" .Params.keywords }}}</script>
{{ if .IsHome }}<script type="application/json" id="theme-data">{"pages": [{{ range $i, $p := site.RegularPages }}{{ if $i }},{{ end }}{{ $p.Title }}{{ end }}]}</script>{{ end }}
<script type="text/template" id="theme-template"><p title="{{ .Title }}">{{ .Title }}</p></script>
<style>.theme-url { background: url("{{ .Params.cover }}") } .theme-url2 { background: url({{ .Params.cover }}) }</style>
</head><body>
<template><p title='{{ .Title }}'>{{ .Title }}</p></template><noscript><p title="{{ .Title }}">{{ .Title }}</p></noscript>
<svg><title>{{ .Title }}</title><a xlink:href="{{ .Params.cover }}"><text>{{ .Title }}</text></a></svg>
<div id="theme-div" style="background: url({{ .Params.cover }})">{{ partial "text.txt" . }}{{ partial "data.json" . }}{{ partial "value.html" . }}</div>
<a href="{{ .Params.cover | absURL }}">1</a> <a href="{{ .Params.cover | relLangURL }}">2</a> <a href={{ .Params.cover }}>3</a> <a href="{{ with .Params.cover }}{{ . }}{{ end }}#x">4</a> <p data-theme={{ .Title }} data-theme='{{ .Title }}'>
<h1 title="{{ .Title }}">{{ .Title }} {{ .LinkTitle }}</h1>
<p data-theme={{ .Description }}>{{ .Description }}{{ .Summary }}{{ .Title | markdownify }}{{ .Title | plainify }}{{ .Title | emojify }}{{ truncate 20 .Title }}{{ .Title | humanize }}{{ title .Title }}{{ .Title | htmlEscape }}{{ .Title | htmlUnescape }}{{ .Title | urlize }}{{ .Title | anchorize }}{{ replace .Title "a" "b" }}{{ printf "%s %v" .Title .Params }}{{ .RenderString .Title }}{{ highlight .Title "go" }}{{ strings.Chomp .Title }}{{ transform.XMLEscape .Title }}{{ debug.Dump .Params.authors }}</p>
<!-- {{ .Title }} -->
<textarea>{{ .Title }}</textarea>
<a id="theme-a" href="{{ .Params.url }}" title='{{ .Params.p }}' onclick="f({{ .Title }})">x</a> <a href="/s?q={{ .Title }}">y</a> <img src="{{ .Params.cover }}" alt={{ .Title }} srcset="{{ .Params.cover }} 2x">
<form action="{{ .Params.url }}"><input value="{{ .Title }}"></form>
<p style="color: {{ .Params.color }}">x</p>
{{ .TableOfContents }}{{ with .Fragments }}{{ range .Headings }}<p>{{ .Title }}</p>{{ end }}{{ .ToHTML 1 6 false }}{{ end }}
{{ range .Resources }}<p><a href="{{ .RelPermalink }}" title="{{ .Title }}">{{ .Name }} {{ .Params.x }} {{ .ResourceType }}</a>{{ with .Page }}{{ .Content }}{{ .Title }}{{ end }}</p>{{ end }}
{{ range .Params.keywords }}<i>{{ . }}</i>{{ end }}{{ range $k, $v := .Params.nested }}<i title="{{ $k }}">{{ $k }}{{ $v }}</i>{{ end }}
{{ with .File }}<p>{{ .Path }} {{ .BaseFileName }} {{ .ContentBaseName }}</p>{{ end }}
{{ range .GetTerms "categories" }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}
{{ .RawContent }}{{ .Plain }}{{ .PlainWords }}
{{ .Content }}
{{ if .IsHome }}{{ range site.Data.hostile }}<p title="{{ .v }}">{{ .v }}{{ .v | markdownify }}{{ .v | plainify }}{{ range $k, $x := . }}{{ $k }}{{ end }}<a href="{{ .v }}">x</a></p>{{ end }}
{{ range $i, $x := site.Data.hostile }}<p>{{ i18n (printf "m%d" $i) }}<b title="{{ T (printf "m%d" $i) }}"></b></p>{{ end }}{{ end }}
{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ .Summary }}{{ .Title | $.RenderString }}</li>{{ end }}
{{ range site.Menus.main }}<a href="{{ .URL }}">{{ .Pre }}{{ .Name }}{{ .Post }}</a>{{ end }}
{{ partial "opengraph.html" . }}{{ partial "schema.html" . }}{{ partial "twitter_cards.html" . }}
</body></html>`,
	"_partials/text.txt":   `{{ .Title }}`,
	"_partials/data.json":  `{"a": {{ .Title }}, "b": "{{ .Title }}"}`,
	"_partials/value.html": `{{ return .Title }}`,
	"home.rss.xml": `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{{ .Title }}</title><link>{{ .Permalink }}</link><description><![CDATA[{{ .Title }}]]></description>
{{ range site.RegularPages }}<item><title><![CDATA[{{ .Title }}]]></title><link>{{ .Permalink }}</link><author name="{{ .Params.author }}">{{ .Params.author }}</author><description>{{ .Summary }}</description><content:encoded><![CDATA[{{ .Content | safeHTML }}]]></content:encoded><!-- {{ .Title }} --></item>{{ end }}
</channel></rss>`,
	"home.json":                      `{"pages": [{{ range $i, $p := site.RegularPages }}{{ if $i }},{{ end }}{"title": {{ .Title }}, "text": "by {{ .Title }}", "content": {{ .Content }}, "params": {{ .Params }}, "plain": {{ .Plain | jsonify }}}{{ end }}]}`,
	"_markup/render-heading.html":    `<h{{ .Level }} id="{{ .Anchor }}"{{ range $k, $v := .Attributes }} {{ printf "%s=%q" $k $v | safeHTMLAttr }}{{ end }}>{{ .Text }}</h{{ .Level }}>`,
	"_markup/render-link.html":       `<a href="{{ .Destination | safeURL }}"{{ with .Title }} title="{{ . }}"{{ end }} data-theme="{{ .PlainText }}">{{ .Text }}</a>`,
	"_markup/render-image.html":      `<img src="{{ .Destination | safeURL }}" alt="{{ .PlainText }}"{{ with .Title }} title="{{ . }}"{{ end }}{{ range $k, $v := .Attributes }} {{ $k | safeHTMLAttr }}="{{ $v }}"{{ end }}>`,
	"_markup/render-codeblock.html":  `<figure title="{{ .Type }}"{{ range $k, $v := .Attributes }} {{ $k | safeHTMLAttr }}="{{ $v }}"{{ end }}>{{ with try (transform.HighlightCodeBlock .) }}{{ with .Value }}{{ .Wrapped }}{{ .Inner }}{{ end }}{{ end }}<pre>{{ .Inner }}</pre>{{ .Options }}</figure>`,
	"_markup/render-blockquote.html": `<blockquote title="{{ .AlertType }}"{{ range $k, $v := .Attributes }} {{ $k | safeHTMLAttr }}="{{ $v }}"{{ end }}>{{ .AlertTitle }}{{ .AlertSign }}{{ .Text }}</blockquote>`,
	"_markup/render-table.html":      `<table{{ range $k, $v := .Attributes }} {{ $k | safeHTMLAttr }}="{{ $v }}"{{ end }}>{{ range .THead }}<tr>{{ range . }}<th>{{ .Text }}</th>{{ end }}</tr>{{ end }}{{ range .TBody }}<tr>{{ range . }}<td>{{ .Text }}</td>{{ end }}</tr>{{ end }}</table>`,
}

// TestUntrustedVectors builds sites that have vectors everywhere, and looks through all that comes out with parsers.
func TestUntrustedVectors(t *testing.T) {
	list := vectors(t)
	rnd := rand.New(rand.NewPCG(1, uint64(len(list))))
	rnd.Shuffle(len(list), func(i, k int) { list[i], list[k] = list[k], list[i] })
	const some = 60
	seen := make(map[string]int)
	for batch := range slices.Chunk(list, some) {
		for _, layouts := range []bool{false, true} {
			hostileSite{batch}.check(t, layouts, seen)
		}
		if t.Failed() {
			t.FailNow()
		}
	}
	t.Logf("%d vectors, and of each kind of file: %v", len(list), seen)
}

// check builds a site and inspects its files. Where there is no site for an error, it looks for the vectors that make it.
func (h hostileSite) check(t *testing.T, layouts bool, seen map[string]int) {
	t.Helper()
	files, err := h.build(t.Context(), layouts)
	switch {
	case err != nil && len(h.list) > 1:
		half := len(h.list) / 2
		hostileSite{h.list[:half]}.check(t, layouts, seen)
		hostileSite{h.list[half:]}.check(t, layouts, seen)
		if !t.Failed() {
			t.Errorf("layouts %v: %s", layouts, cutText(err.Error(), 1000))
		}
		return
	case err != nil:
		t.Errorf("layouts %v: %s\nvector %q", layouts, cutText(err.Error(), 1000), h.list)
		return
	}
	var sorts []string // of problems, each of which is told once
	err = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		seen[path.Ext(name)]++
		if problem := inspect(name, b); problem != "" {
			if sort := cutText(problem, 28); !slices.Contains(sorts, sort) && len(sorts) < 10 {
				sorts = append(sorts, sort)
				t.Errorf("layouts %v: %s: %s%s", layouts, name, problem, h.vectorOf(name))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// build returns the files of the site, none of which redirects.
func (h hostileSite) build(ctx context.Context, layouts bool) (fs.FS, error) {
	site, err := jam.Load(ctx, h.tree(layouts), h.config())
	if err != nil {
		return nil, err
	}
	if len(site.Redirects()) > 0 {
		return nil, fmt.Errorf("an untrusted author has set a redirect: %v", site.Redirects()[0])
	}
	out := jam.Memory()
	_, err = site.Build(ctx, out)
	return out.FS(), err
}

// vectorOf returns the vector that a file was made of.
func (h hostileSite) vectorOf(name string) string {
	for _, elem := range strings.FieldsFunc(name, func(r rune) bool { return r == '/' || r == '-' }) {
		if i, err := strconv.Atoi(strings.TrimPrefix(elem, "s")); err == nil && i < len(h.list) {
			return fmt.Sprintf("\nvector %q", h.list[i])
		}
	}
	return ""
}

func cutText(s string, n int) string { return s[:min(n, len(s))] }

// TestHostileSiteIsHostile sees to it that the other tests would find something: without Untrusted, and with Unsafe, they do.
func TestHostileSiteIsHostile(t *testing.T) {
	h := hostileSite{[]string{"<img src=x onerror=" + call + ">"}}
	cfg := h.config()
	cfg.Markdown.Untrusted = nil
	tree := h.tree(false)
	for name := range tree { // those that would be errors
		if path.Ext(name) == ".svg" {
			tree[name] = &fstest.MapFile{Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>`)}
		} else if path.Ext(name) == ".md" && strings.HasPrefix(name, "content/v/") {
			tree[name] = &fstest.MapFile{Data: []byte("---\n---\n" + h.list[0] + "\n\n[a](javascript:x)\n")}
		}
	}
	site, err := jam.Load(t.Context(), tree, cfg)
	if err != nil {
		t.Fatal(err)
	}
	out := jam.Memory()
	if _, err := site.Build(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range []string{"v/00000-c/index.html", "v/00000-b/x.svg", "v/00000-e/index.html"} {
		b, err := fs.ReadFile(out.FS(), name)
		if err == nil && inspect(name, b) != "" {
			found++
		}
	}
	if found != 3 {
		t.Errorf("of three hostile files, %d are found", found)
	}
}
