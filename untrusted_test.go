package jam_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/sitetest"
)

var (
	guests = jam.Markdown{Untrusted: []string{"guests/**"}, Unsafe: true}
	asIs   = jam.Minify{Disabled: true}
)

func TestUntrustedMarkdown(t *testing.T) {
	s := sitetest.Load(t, sitetest.FS(`
-- content/guests/a.md --
---
title: A
---
## One {#one .wide onclick="x()" style="color:red"}

<b>raw</b> [js](javascript:x) ![data](data:image/png;base64,AA) [ftp](ftp://example.org/) <irc:x>

[ok](https://example.org/) [mail](mailto:a@example.org) [tel](tel:+1) [rel](/own/) [here](#one)

p
{#page:main lang=de data-x=1}
-- content/own.md --
---
title: Own
---
## One {#one .wide onclick="x()"}

<b>raw</b> [js](javascript:x)
`), &jam.Config{Markdown: guests, Minify: asIs})
	out := s.Output("/guests/a/")
	out.WantContains(`<h2 id="one">`, `raw <a>js</a> data <a>ftp</a> <a>irc:x</a>`, `href="mailto:a@example.org"`, `href="tel:+1"`, `href="/own/"`, `href="#one"`, `<p lang="de">`)
	out.WantNot("onclick", "color:red", "wide", "javascript:", "data:", "data-x", "<b>", `id="page:main"`+` lang`)
	s.Output("/own/").WantContains(`<b>raw</b>`, `href="javascript:x"`, `class="wide"`, `onclick="x()"`)
	s.Build()
}

// TestUntrustedWarnings has each thing that is left out, with its place.
func TestUntrustedWarnings(t *testing.T) {
	s := sitetest.Load(t, sitetest.FS(`
-- content/guests/a.md --
---
title: A
URL: /taken/
aliases: [/old/]
params: {url: kept}
---
[x](data:text/html,x)
-- content/guests/b.html --
<script>x()</script>
-- content/guests/c/index.md --
---
title: C
---
-- content/guests/c/x.svg --
<svg/>
-- content/guests/c/x.php --
<?php
-- content/guests/c/x.png --
PNG
-- content/guests/c/whole.htm --
<!doctype html><script>x()</script>
-- content/own.html --
<b>own</b>
-- content/own.svg --
<svg xmlns="http://www.w3.org/2000/svg"/>
`), &jam.Config{Markdown: guests, Minify: asIs})
	want := []string{
		"content/guests/a.md:3:1: front matter: the key \"URL\" is left out, as the page's author is not trusted",
		"content/guests/a.md:4:1: front matter: the key \"aliases\" is left out, as the page's author is not trusted",
		"content/guests/b.html: content: HTML is left out, as its author is not trusted: write Markdown",
		"content/guests/c/whole.htm: content: HTML is left out, as its author is not trusted: write Markdown",
		"content/guests/c/x.php: content: a file of this type is left out, as its author is not trusted",
		"content/guests/c/x.svg: content: an SVG image, which may hold scripts, is left out, as its author is not trusted: use PNG or WebP",
	}
	b := s.Build()
	var have []string
	for _, e := range b.Report.Warnings {
		have = append(have, e.Error())
	}
	want = append(want[:2:2], append([]string{"content/guests/a.md:7:1: markdown: address with scheme \"data:\" left out"}, want[2:]...)...)
	if got := strings.Join(have, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("warnings:\n%s\nwant:\n%s", got, strings.Join(want, "\n"))
	}
	for name, is := range map[string]bool{"guests/a/index.html": true, "taken/index.html": false, "old/index.html": false, "guests/b/index.html": false, "guests/c/x.png": true, "guests/c/x.svg": false,
		"guests/c/x.php": false, "guests/c/whole.htm": false, "own/index.html": true, "own.svg": true} {
		if _, there := b.Files()[name]; there != is {
			t.Errorf("%s: in the output is %v, want %v", name, there, is)
		}
	}
	if p := s.Page("/guests/a"); p.Params()["url"] != "kept" || p.Params()["aliases"] != nil {
		t.Errorf("parameters are %v", p.Params())
	}
}

// TestUntrustedInherit has what a section passes on, which is not its authors' to override, and what theirs do not.
func TestUntrustedInherit(t *testing.T) {
	s := sitetest.Load(t, sitetest.FS(`
-- content/_index.md --
---
cascade:
  - target: {path: "/guests/**"}
    type: guest
    build: {list: never}
    banner: own
---
-- content/guests/_index.md --
---
title: Guests
cascade: {banner: theirs, layout: special}
---
-- content/guests/a.md --
---
title: A
type: other
build: {list: always}
---
`), &jam.Config{Markdown: guests, Minify: asIs})
	a := s.Page("/guests/a")
	if a.Type() != "guest" || a.Params()["banner"] != "own" || len(s.Page("/guests").Pages()) != 0 {
		t.Errorf("the page has the type %q, the banner %v, and its section %d pages", a.Type(), a.Params()["banner"], len(s.Page("/guests").Pages()))
	}
}

func TestUntrustedShortcodes(t *testing.T) {
	s := sitetest.Load(t, sitetest.FS(`
-- layouts/_shortcodes/box.html --
<div class="box">{{ .Inner }}|{{ .Inner | safeHTML }}|{{ .Inner | markdownify }}|{{ .Page.RenderString .InnerDeindent }}</div>
-- layouts/_shortcodes/md.html --
*{{ .Inner }}*
-- content/guests/a.md --
---
title: A
---
{{< box >}}**a** < <img src=x onerror=y>{{< /box >}}

{{< box >}}{{< box >}}<i>{{< /box >}}{{% md %}}<u>{{% /md %}}{{< /box >}}

{{< highlight "go" >}}
if a < b { c <- "<tag>" }
{{< /highlight >}}

{{< box >}}`+"`<code>`"+`{{< /box >}}
-- content/own.md --
---
title: Own
---
{{< box >}}<b>x</b>{{< /box >}}
`), &jam.Config{Markdown: guests, Minify: asIs})
	out := s.Output("/guests/a/")
	out.WantContains(`<div class="box">**a** &lt; &lt;img src=x onerror=y>|**a** &lt; &lt;img src=x onerror=y>|<strong>a</strong> &lt; &lt;img src=x onerror=y&gt;|`,
		`if a &lt; b { c &lt;- &quot;&lt;tag&gt;&quot; }`, `<code>&lt;code&gt;</code>`, `&lt;i>`)
	out.WantNot("<img", "<i>", "<u>", "<tag>", "\x02", "\x03")
	s.Output("/own/").WantContains(`<div class="box"><b>x</b>|<b>x</b>|`)
}

// TestUntrustedPlainTemplates has shortcodes and render hooks whose templates escape nothing.
func TestUntrustedPlainTemplates(t *testing.T) {
	s := sitetest.Load(t, sitetest.FS(`
-- layouts/_shortcodes/txt.txt --
<b>{{ .Get 0 }}</b>{{ .Inner }}
-- layouts/_shortcodes/md.md --
**{{ .Get 0 }}** <u>
-- layouts/_shortcodes/box.html --
<div>{{ .Inner }}</div>
-- layouts/_markup/render-link.txt --
<a title="{{ .Title }}">{{ .Text }}</a>
-- content/guests/a.md --
---
title: A
link: '[x](/y "<i>")'
---
{{< txt "<img src=x onerror=y>" >}}<i>{{< /txt >}}

{{< md "<img src=x onerror=y>" >}} {{% md "<img src=x onerror=y>" %}}

{{< box >}}{{% md "<img src=x onerror=y>" %}}{{< /box >}}

[x](/y "\"><img src=x onerror=y>")
-- content/own.md --
---
title: Own
---
{{< txt "<i>" />}} [x](/y "z")

{{< theirs >}}
-- layouts/_shortcodes/theirs.html --
{{ (site.GetPage "/guests/a").Params.link | markdownify }}
`), &jam.Config{Markdown: guests, Minify: asIs})
	out := s.Output("/guests/a/")
	out.WantContains(`&lt;b&gt;&lt;img src=x onerror=y&gt;&lt;/b&gt;&lt;i&gt;`, `**&lt;img src=x onerror=y&gt;** &lt;u&gt;`, `<strong></strong>`, `<div>**&lt;img`, `&lt;a title=`)
	out.WantNot("<img", "<i>", "<b>", "<u>")
	s.Output("/own/").WantContains(`<b><i></b>`, `<a title="z">x</a>`, `&lt;a title=&#34;&lt;i&gt;&#34;&gt;x&lt;/a&gt;`)
}

// TestUntrustedElsewhere has their texts where others show them.
func TestUntrustedElsewhere(t *testing.T) {
	const archive = `
-- layouts/all.html --
<title>{{ .Title }}</title>{{ range site.RegularPages }}<p>{{ .Title | markdownify }}{{ $.RenderString .RawContent }}{{ .Summary }}{{ .Params.x | markdownify }}</p>{{ end }}{{ .Content }}
-- layouts/_shortcodes/include.html --
{{ (site.GetPage "/guests/a").RenderShortcodes }}
-- content/guests/a.md --
---
title: 'T <script>x()</script> [t](javascript:t)'
summary: '<img onerror=x> [s](data:s)'
x: '<b>'
---
C <script>y()</script> [c](vbscript:c)
-- content/own.md --
---
title: Own
summary: <b>fine</b>
---
own
`
	s := sitetest.Load(t, sitetest.FS(archive), &jam.Config{Markdown: guests, Minify: asIs})
	home := s.Output("/own/")
	home.WantContains(`x() <a>t</a>`, `y() <a>c</a>`, `<a>s</a>`, `<b>fine</b>`, "<title>Own</title>")
	home.WantNot("<script", "<img", "javascript:", "vbscript:", "data:")

	s = sitetest.Load(t, sitetest.FS(strings.Replace(archive, "\nown\n", "\n{{% include %}}\n", 1)), &jam.Config{Markdown: guests, Minify: asIs})
	s.BuildErrors("layouts/_shortcodes/include.html:1:30: render: at <(site.GetPage \"/guests/a\").RenderShortcodes>: error calling RenderShortcodes: " +
		"the text of content/guests/a.md can't be included, as its author is not trusted: use .Content (page content/own.md:5:1)")
}

// TestUntrustedReload changes what is left out from one version to the next, and loads the whole anew to compare.
func TestUntrustedReload(t *testing.T) {
	cfg := &jam.Config{Markdown: guests, Minify: asIs}
	cfg.Markdown.Untrusted = append(cfg.Markdown.Untrusted, "moved/**")
	tree := fstest.MapFS{
		"layouts/_shortcodes/box.html":   {Data: []byte("{{ .Inner }}")},
		"layouts/_shortcodes/moved.html": {Data: []byte(`{{ with site.GetPage "/moved" }}{{ .Content }}{{ .Summary }}{{ .Params.url }}{{ end }}`)},
	}
	put := func(name, text string) string {
		tree[name] = &fstest.MapFile{Data: []byte(text)}
		return name
	}
	put("content/guests/a.md", "---\ntitle: A\n---\nx\n")
	put("content/own.md", "---\ntitle: Own\n---\nx\n")
	site, err := jam.Load(t.Context(), tree, cfg)
	if err != nil {
		t.Fatal(err)
	}
	out := jam.Memory()
	for i, change := range []func() string{
		func() string {
			return put("content/moved.md", "---\ntitle: M\nurl: /m/\n---\n<b>a</b> {{< box >}}<b>x</b>{{< /box >}}\n")
		},
		func() string { return put("content/list.md", "---\ntitle: L\n---\n{{< moved >}}\n") },
		func() string {
			tree["content/moved/index.md"] = tree["content/moved.md"]
			delete(tree, "content/moved.md")
			return ""
		},
		func() string { return put("content/guests/a.md", "---\ntitle: A\nurl: /x/\n---\nx\n") },
		func() string { return put("content/guests/a.md", "---\ntitle: A\nurl: /x/\n---\n<script>x</script>\n") },
		func() string { return put("content/guests/b.html", "<b>x</b>") },
		func() string { return put("content/guests/b.html", "<!doctype html>") },
		func() string { return put("content/guests/c.svg", "<svg/>") },
		func() string { return put("content/guests/d.csv", "a,b") },
		func() string { return put("content/guests/d.csv", "<script>x()</script>") },
		func() string { return put("content/guests/d.csv", "<script>y()</script>") },
		func() string { put("content/guests/d.csv", "a,b,c"); return "" },
		func() string { put("content/guests/d.csv", "\n<p>"); return "" },
		func() string { put("content/guests/d.csv", "a"); return "content/guests" },
		func() string { return put("content/own.md", "---\ntitle: Own\nweight: 1\n---\nx\n") },
		func() string { return put("content/guests/a.md", "---\ntitle: A\nlayout: x\n---\ny\n") },
		func() string { delete(tree, "content/guests/b.html"); return "content/guests/b.html" },
		func() string { return put("content/guests/_index.md", "---\ncascade: {draft: true}\n---\n") },
	} {
		var changed []string
		if name := change(); name != "" {
			changed = append(changed, name)
		}
		if site, err = site.Reload(t.Context(), changed...); err != nil {
			t.Fatal(err)
		}
		report, err := site.Build(t.Context(), out)
		if err != nil {
			t.Fatal(err)
		}
		clean, err := jam.Load(t.Context(), tree, cfg)
		if err != nil {
			t.Fatal(err)
		}
		whole := jam.Memory()
		cleanReport, err := clean.Build(t.Context(), whole)
		if err != nil {
			t.Fatal(err)
		}
		if have, want := errorLines(report.Warnings), errorLines(cleanReport.Warnings); have != want {
			t.Errorf("change %d: warnings\n%s\nwant\n%s", i, have, want)
		}
		for name, b := range whole.Files() {
			if string(out.Files()[name]) != string(b) {
				t.Errorf("change %d: %s differs from that of a clean build", i, name)
			}
		}
		if len(whole.Files()) != len(out.Files()) {
			t.Errorf("change %d: %d files, a clean build has %d", i, len(out.Files()), len(whole.Files()))
		}
	}
}

func errorLines(list []*jam.Error) string {
	lines := make([]string, len(list))
	for i, e := range list {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

func TestUntrustedPatterns(t *testing.T) {
	sitetest.LoadErrors(t, sitetest.FS("-- content/a.md --\nx\n"), &jam.Config{Markdown: jam.Markdown{Untrusted: []string{"a/**", "[a"}}},
		`config: Markdown.Untrusted[1]: pattern "[a": syntax error in pattern`)
}

// TestUntrustedKeys has keys that an untrusted author may not set, in all ways in which front matter can have them.
func TestUntrustedKeys(t *testing.T) {
	cfg := &jam.Config{Markdown: guests, Minify: asIs, FrontMatterKeys: map[string]string{"permalink": "url", "shown-as": "layout"}, Sources: []jam.Source{jam.Documents(
		&jam.Document{Path: "guests/made.md", Body: []byte("x"), FrontMatter: map[string]any{"URL": "/taken/", "menus": "main", "Permalink": "/taken/", "params": map[string]any{"kept": 1}}},
	)}}
	s := sitetest.Load(t, sitetest.FS(`
-- layouts/all.html --
{{ .Title }}
-- layouts/special.html --
special
-- content/guests/merge.md --
---
more: &more {url: /taken/, aliases: [/old/], kept: 1}
<<: *more
---
x
-- content/guests/merges.md --
---
<<: [{layout: special, kept: 1}, {shown-as: special, redirect: /x/}]
---
x
-- content/guests/json.md --
{"Url": "/taken/", "PERMALINK": "/taken/", "Menus": {"main": {"url": "javascript:x"}}, "_Build": {"render": "never"}, "kept": 1}

x
-- content/guests/toml.md --
+++
kept = 1
menus.main.name = "x"
[build]
list = "never"
[[cascade]]
draft = true
+++
x
-- content/guests/_index.md --
---
title: Guests
Cascade: {draft: true, layout: special}
paginate: 1
outputs: [json]
---
`), cfg)
	files := s.Build().Files()
	for _, name := range []string{"merge", "merges", "json", "toml", "made"} {
		if string(files["guests/"+name+"/index.html"]) == "special\n" || files["guests/"+name+"/index.html"] == nil {
			t.Errorf("%s: the page is %q", name, files["guests/"+name+"/index.html"])
		}
		if p := s.Page("/guests/" + name); p.Params()["kept"] == nil || len(p.Aliases()) > 0 {
			t.Errorf("%s: parameters are %v, aliases %v", name, p.Params(), p.Aliases())
		}
	}
	if len(files) != 7 || len(s.Site.Menus()["main"]) > 0 || len(s.Site.Redirects()) > 0 || len(s.Page("/guests").Pages()) != 5 {
		t.Errorf("files %d, menus %v, redirects %v, pages %v", len(files), s.Site.Menus(), s.Site.Redirects(), s.Page("/guests").Pages())
	}
}
