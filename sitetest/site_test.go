package sitetest_test

import (
	"errors"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/sitetest"
)

func TestMain(m *testing.M) {
	sitetest.UpdateFlag()
	sitetest.UpdateFlag() // a second time does nothing
	m.Run()
}

const archive = `
-- content/_index.md --
Home.
-- content/posts/_index.md --
---
title: Posts
paginate: 1
---
-- content/posts/hello.md --
---
title: Hello
---
The *first* post, with a [link](other.md "To the other").
-- content/posts/other.md --
---
title: Other & more
---
Text.

- a
- b
-- layouts/baseof.html --
<!DOCTYPE html>
<html lang="en">
<head><title>{{ .Title }}</title></head>
<body>
  {{ block "main" . }}{{ end }}
</body>
</html>
-- layouts/page.html --
{{ define "main" }}<h1 class="title">{{ .Title }}</h1>
<main id="top">{{ .Content }}</main>{{ end }}
-- layouts/list.html --
{{ define "main" }}<ul>{{ range .Paginator.Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
-- layouts/home.html --
{{ define "main" }}{{ .Content }}{{ end }}
-- static/style.css --
p { color: red }
-- static/c#.txt --
C#
`

// plain is the configuration of tests that show lines of the output.
func plain() *jam.Config {
	return &jam.Config{Minify: jam.Minify{Disabled: true}, BaseURL: "https://example.org/sub/"}
}

func TestSite(t *testing.T) {
	s := sitetest.Load(t, sitetest.FS(archive), plain())
	if got := s.Page("/posts/hello").Title(); got != "Hello" {
		t.Errorf("title %q", got)
	}
	for name, want := range map[string]string{
		"/sub/posts/hello/": "posts/hello/index.html", "/posts/hello/": "posts/hello/index.html", "posts/hello": "posts/hello/index.html",
		"https://example.org/sub/posts/hello/#top": "posts/hello/index.html", "posts/hello/index.html": "posts/hello/index.html",
		"/": "index.html", "/sub/": "index.html", "style.css": "style.css", "c#.txt": "c#.txt", "/c%23.txt": "c#.txt", "/posts/page/2/": "posts/page/2/index.html",
		s.Page("hello").Permalink(): "posts/hello/index.html",
	} {
		if got := s.Output(name).Name(); got != want {
			t.Errorf("output %q is %q, want %q", name, got, want)
		}
	}
	b := s.Build()
	for _, name := range s.Files() {
		if got, want := s.Output(name).String(), string(b.Output(name).Bytes()); got != want {
			t.Errorf("%s is %q, built %q", name, got, want)
		}
	}
	if len(b.Written) != len(s.Files()) || len(b.Files()) != len(b.Written) {
		t.Errorf("written %q", b.Written)
	}
	s.WantWarnings()
}

func TestLanguages(t *testing.T) {
	s := sitetest.Load(t, sitetest.FS("-- content/a.md --\nA\n-- content/a.de.md --\nB\n"), &jam.Config{
		Languages: []jam.Language{{Code: "en"}, {Code: "de"}},
	})
	s.In("de").Output("/de/a/").Find("main").WantContains("B")
	got := run(func(t testing.TB) { sitetest.New(t, s.Site, nil).In("fr") })
	if want := "the site has no language \"fr\", but \"en\", \"de\"\nended"; got.text() != want {
		t.Errorf("have %s, want %s", got.text(), want)
	}
}

// TestFailures tests the text of each failure.
func TestFailures(t *testing.T) {
	site := sitetest.Load(t, sitetest.FS(archive), plain())
	tests := []struct {
		name string
		do   func(s *sitetest.Site)
		want string
	}{
		{"page", func(s *sitetest.Site) { s.Page("/posts/helo") },
			"/posts/helo: page: no such page (did you mean \"/posts/hello\"?): file does not exist\nended"},
		{"output", func(s *sitetest.Site) { s.Output("/posts/helo/") },
			"the site has no output \"/posts/helo/\" (did you mean \"/posts/hello/\"?)\nended"},
		{"output of a build", func(s *sitetest.Site) { s.Build().Output("style.cs") },
			"the site has no output \"style.cs\" (did you mean \"style.css\"?)\nended"},
		{"text", func(s *sitetest.Site) { s.Output("/posts/hello/").Find("h1").WantText("Hallo") },
			`posts/hello/index.html:5:3: h1 has the text "Hello", want "Hallo"
	page: content/posts/hello.md
	5 |   <h1 class="title">Hello</h1>
	6 | <main id="top"><p>The <em>first</em> post, with a <a href="/sub/posts/other/" title="To the other">link</a>.</p>
	7 | </main>`},
		{"one of several texts", func(s *sitetest.Site) { s.Output("/posts/other/").Find("li").WantText("a", "c") },
			`posts/other/index.html:9:1: li (2 of 2) has the text "b", want "c"
	page: content/posts/other.md
	9 | <li>b</li>
	10 | </ul>
	11 | </main>`},
		{"number of texts", func(s *sitetest.Site) { s.Output("/posts/other/").Find("li").WantText("a") },
			`posts/other/index.html:9:1: 2 elements match "li", want 1; their text:
--- want
+++ have
@@ -1 +1,2 @@
 a
+b

	page: content/posts/other.md
	9 | <li>b</li>
	10 | </ul>
	11 | </main>`},
		{"count", func(s *sitetest.Site) { s.Output("/posts/").Find("li").WantCount(2) },
			`posts/index.html:5:7: 1 element matches "li", want 2
	page: content/posts/_index.md
	5 |   <ul><li><a href="/sub/posts/hello/">Hello</a></li></ul>
	6 | </body>
	7 | </html>`},
		{"part of a list", func(s *sitetest.Site) { s.Output("/posts/page/2/").Find("li a").WantAttr("href", "x") },
			`posts/page/2/index.html:5:11: li a has href="/sub/posts/other/", want "x"
	page: content/posts/_index.md
	5 |   <ul><li><a href="/sub/posts/other/">Other &amp; more</a></li></ul>
	6 | </body>
	7 | </html>`},
		{"class", func(s *sitetest.Site) { s.Output("/posts/hello/").Find("h1.titel").WantText("Hello") },
			"posts/hello/index.html: no element matches \"h1.titel\", want \"Hello\": no element has the class \"titel\" (did you mean \"title\"?)\n\tpage: content/posts/hello.md"},
		{"id", func(s *sitetest.Site) { s.Output("/posts/hello/").Find("#tip p").Text() },
			"posts/hello/index.html: no element matches \"#tip p\": no element has the id \"tip\" (did you mean \"top\"?)\n\tpage: content/posts/hello.md"},
		{"element", func(s *sitetest.Site) { s.Output("/posts/hello/").Find("main > h2").HTML() },
			"posts/hello/index.html: no element matches \"main > h2\": there is no element h2 (did you mean \"h1\"?)\n\tpage: content/posts/hello.md"},
		{"combination", func(s *sitetest.Site) { s.Output("/posts/hello/").Find("h1 em").WantCount(1) },
			"posts/hello/index.html: no element matches \"h1 em\", want 1\n\tpage: content/posts/hello.md"},
		{"attribute", func(s *sitetest.Site) { s.Output("/posts/hello/").Find("h1").Attr("id") },
			`posts/hello/index.html:5:3: h1 has no attribute id
	page: content/posts/hello.md
	5 |   <h1 class="title">Hello</h1>
	6 | <main id="top"><p>The <em>first</em> post, with a <a href="/sub/posts/other/" title="To the other">link</a>.</p>
	7 | </main>`},
		{"attribute of nothing", func(s *sitetest.Site) { s.Output("/").Find("h1").Attr("id") },
			"index.html: no element matches \"h1\": there is no element h1\n\tpage: content/_index.md"},
		{"empty attribute", func(s *sitetest.Site) { s.Output("/").Find("p").WantAttr("id", "") },
			"index.html:5:3: p has no id, want \"\"\n\tpage: content/_index.md\n\t5 |   <p>Home.</p>"},
		{"missing attribute", func(s *sitetest.Site) { s.Output("/").Find("p").WantAttr("id", "x") },
			"index.html:5:3: p has no id, want \"x\"\n\tpage: content/_index.md\n\t5 |   <p>Home.</p>"},
		{"HTML", func(s *sitetest.Site) { s.Output("/").Find("p").WantHTML("<p>home") },
			"index.html:5:3: p is <p>Home.</p>, want \"<p>home</p>\"\n\tpage: content/_index.md\n\t5 |   <p>Home.</p>"},
		{"contains", func(s *sitetest.Site) { s.Output("/").Find("p").WantContains("Home", "home") },
			"index.html:5:3: p has no text with \"home\" in it, but \"Home.\"\n\tpage: content/_index.md\n\t5 |   <p>Home.</p>"},
		{"content", func(s *sitetest.Site) { s.Output("style.css").WantContains("p {", "blue") },
			"style.css: there is no \"blue\"\n\t1 | p { color: red }"},
		{"bad content", func(s *sitetest.Site) { s.Output("style.css").WantNot("blue", "color") },
			"style.css:1:5: there is \"color\", want none\n\t1 | p { color: red }"},
		{"selector", func(s *sitetest.Site) { s.Output("/").Find("p[") },
			"\"p[\" is no CSS selector: expected identifier, found EOF instead\nended"},
		{"index", func(s *sitetest.Site) { s.Output("/").Find("p").At(1) },
			"index.html: no element 1 of the 1 that match \"p\"\n\tpage: content/_index.md\nended"},
		{"not there", func(s *sitetest.Site) { s.Output("/posts/other/").Find("li").WantCount(0) },
			`posts/other/index.html:8:1: 2 elements match "li", want 0
	page: content/posts/other.md
	8 | <li>a</li>
	9 | <li>b</li>
	10 | </ul>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := run(func(t testing.TB) { tt.do(sitetest.New(t, site.Site, nil)) })
			if got.text() != tt.want {
				t.Errorf("have:\n%s\nwant:\n%s", got.text(), tt.want)
			}
		})
	}
}

func TestSelections(t *testing.T) {
	s := sitetest.Load(t, sitetest.FS(archive), plain())
	o := s.Output("/posts/other/")
	items := o.Find("main").Find("li").WantCount(2).WantText("a", "b").WantHTML("<li>a", "<li >b</li>")
	if got := items.At(0).Text() + items.At(-1).HTML(); got != "a<li>b</li>" {
		t.Errorf("items %q", got)
	}
	if got := items.Count(); got != 2 {
		t.Errorf("%d items", got)
	}
	for item := range items.All() {
		if got := item.Text(); got != "a" {
			t.Errorf("the first is %q", got)
		}
		break
	}
	var texts []string
	for item := range items.All() {
		texts = append(texts, item.Text())
		item.WantCount(1)
	}
	if len(texts) != 2 {
		t.Errorf("All gave %q", texts)
	}
	o.Find("main").WantText("Text. a b")
	o.Find("h1").WantText("Other & more").WantAttr("class", "title")
	o.Find("nav").WantText().WantCount(0)
	link := s.Output("/posts/hello/").Find("main a")
	if got := link.Attr("title"); got != "To the other" {
		t.Errorf("title %q", got)
	}
	// An element of which an ancestor is in the selection as well is found once.
	o.Find("body, main, ul").Find("li").WantCount(2)
}

func TestErrors(t *testing.T) {
	bad := fstest.MapFS{
		"content/a.md":     {Data: []byte("---\ntitel: A\ndate: x\n---\n")},
		"content/b.md":     {Data: []byte("{{< none >}}")},
		"layouts/all.html": {Data: []byte("{{ .Titel }}")},
	}
	want := []string{
		`content/a.md:3:7: front matter: date: invalid date "x" (want 2006-01-02, 2006-01-02 15:04:05 or RFC 3339, such as 2006-01-02T15:04:05Z)`,
		`content/b.md:1:5: shortcode: shortcode "none" is not defined`,
	}
	tests := []struct {
		name string
		do   func(t testing.TB)
		want string
	}{
		{"load", func(t testing.TB) { sitetest.Load(t, bad, nil) }, "the site cannot be loaded:\n" + want[0] + "\n" + want[1] + "\nended"},
		{"archive", func(t testing.TB) { sitetest.Load(t, sitetest.FS("-- ../x --\n"), nil) },
			"the txtar archive makes no file system: cannot create fs.FS from txtar.Archive: file \"../x\" is an invalid path\nended"},
		{"no site", func(t testing.TB) { sitetest.New(t, nil, nil) }, "there is no site: New was given nil\nended"},
		{"errors", func(t testing.TB) { sitetest.LoadErrors(t, bad, nil, want...) }, ""},
		{"other errors", func(t testing.TB) { sitetest.LoadErrors(t, bad, nil, want[0], "x") },
			"the errors differ:\n--- want\n+++ have\n@@ -1,2 +1,2 @@\n " + want[0] + "\n-x\n+" + want[1] + "\n"},
		{"no errors", func(t testing.TB) { sitetest.WantErrors(t, nil, "x") }, "there are no errors, want:\nx\n"},
		{"none wanted", func(t testing.TB) { sitetest.WantErrors(t, errors.New("x")) }, "have errors, want none:\nx\n"},
		{"neither", func(t testing.TB) { sitetest.WantErrors(t, nil) }, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := run(tt.do); got.text() != tt.want {
				t.Errorf("have:\n%s\nwant:\n%s", got.text(), tt.want)
			}
		})
	}
}

// TestRenderingErrors is about mistakes that only rendering finds.
func TestRenderingErrors(t *testing.T) {
	bad := sitetest.FS("-- content/a.md --\nA\n-- layouts/page.html --\n{{ .Titel }}\n-- layouts/list.html --\n")
	const want = `layouts/page.html:1:4: render: at <.Titel>: can't evaluate field Titel in type *jam.Page (did you mean "Title"?) (page content/a.md)`
	sitetest.LoadErrors(t, bad, nil, want)
	sitetest.Load(t, bad, nil).BuildErrors(want)
	for name, do := range map[string]func(s *sitetest.Site){
		"a/index.html cannot be rendered": func(s *sitetest.Site) { s.Output("/a/") },
		"the site cannot be built":        func(s *sitetest.Site) { s.Build() },
	} {
		got := run(func(t testing.TB) { do(sitetest.Load(t, bad, nil)) })
		if w := name + ":\n" + want + "\nended"; got.text() != w {
			t.Errorf("have:\n%s\nwant:\n%s", got.text(), w)
		}
	}
}

func TestWarnings(t *testing.T) {
	s := sitetest.Load(t, sitetest.FS("-- content/a.md --\n[x](none.md)\n"), nil)
	const want = `content/a.md:1:1: link: "none.md" leads nowhere: no file none.md, and nothing at that address`
	s.WantWarnings(want)
	got := run(func(t testing.TB) { sitetest.New(t, s.Site, nil).WantWarnings() })
	if w := "have warnings, want none:\n" + want + "\n"; got.text() != w {
		t.Errorf("have:\n%s\nwant:\n%s", got.text(), w)
	}
}

func TestClock(t *testing.T) {
	clock := sitetest.NewClock(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	tree := sitetest.FS("-- content/a.md --\n---\ndate: 2026-01-02\n---\n")
	cfg := &jam.Config{Now: clock.Now}
	if n := len(sitetest.Load(t, tree, cfg).Site.Pages()); n != 0 {
		t.Errorf("%d pages before the day", n)
	}
	clock.Advance(24 * time.Hour)
	if n := len(sitetest.Load(t, tree, cfg).Site.Pages()); n != 1 {
		t.Errorf("%d pages on the day", n)
	}
	clock.Set(time.Time{})
	if !clock.Now().IsZero() {
		t.Errorf("the clock was set to zero, and says %v", clock.Now())
	}
}
