package layouts

import (
	htmltemplate "html/template"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func files(names string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name := range strings.FieldsSeq(names) {
		fsys[name] = &fstest.MapFile{Data: []byte("x")}
	}
	return fsys
}

func TestShortcodeAndMarkup(t *testing.T) {
	page := Query{Kind: "page", Dir: "posts/2024", Lang: "de"}
	rss := Query{Kind: "section", Dir: "posts", Lang: "de", Format: "rss", Suffix: "xml"}
	markdown := Query{Kind: "page", Format: "markdown", Suffix: "md"}
	for _, tt := range []struct {
		name, files, fallback string
		q                     Query
		want                  string // "" for none
	}{
		{"x", "_shortcodes/x.html", "", page, "_shortcodes/x.html"},
		{"x", "shortcodes/x.html", "", page, "shortcodes/x.html"},
		{"x", "shortcodes/x.html _shortcodes/x.html", "", page, "_shortcodes/x.html"},
		{"x", "_shortcodes/y.html x.html _partials/x.html", "", page, ""},
		{"X", "_shortcodes/x.html", "", page, ""},
		{"media/x", "_shortcodes/media/x.html _shortcodes/x.html", "", page, "_shortcodes/media/x.html"},
		{"x", "_shortcodes/media/x.html", "", page, ""},
		{"x", "_shortcodes/x.html _shortcodes/x.de.html _shortcodes/x.fr.html", "", page, "_shortcodes/x.de.html"},
		{"x", "_shortcodes/x.fr.html", "", page, ""},
		{"x", "_shortcodes/x.rss.xml", "", page, ""},
		{"x", "_shortcodes/x.html _shortcodes/x.html.html", "", page, "_shortcodes/x.html.html"},
		{"x", "_shortcodes/x.xml _shortcodes/x.de.xml _shortcodes/x.rss.xml _shortcodes/x.html", "", rss, "_shortcodes/x.rss.xml"},
		{"x", "_shortcodes/x.xml _shortcodes/x.de.xml _shortcodes/x.html", "", rss, "_shortcodes/x.de.xml"},
		{"x", "_shortcodes/x.rss.xml _shortcodes/x.de.rss.xml", "", rss, "_shortcodes/x.de.rss.xml"},
		{"x", "_shortcodes/x.html", "", rss, "_shortcodes/x.html"},
		{"x", "_shortcodes/x.section.rss.xml _shortcodes/x.rss.xml", "", rss, "_shortcodes/x.section.rss.xml"},
		{"x", "_shortcodes/x.section.rss.xml _shortcodes/x.list.xml _shortcodes/x.single.xml", "", rss, "_shortcodes/x.section.rss.xml"},
		{"x", "_shortcodes/x.md _shortcodes/x.html", "", markdown, "_shortcodes/x.md"},
		{"x", "_shortcodes/x.md", "", page, "_shortcodes/x.md"},
		{"x", "_shortcodes/x.html posts/_shortcodes/x.html posts/2024/_shortcodes/x.html", "", page, "posts/2024/_shortcodes/x.html"},
		{"x", "_shortcodes/x.html posts/_shortcodes/x.html posts/2024/_shortcodes/x.html", "", Query{Dir: "posts/2023"}, "posts/_shortcodes/x.html"},
		{"x", "_shortcodes/x.html posts/_shortcodes/x.html", "", Query{Dir: "postsabc"}, "_shortcodes/x.html"},
		{"x", "_shortcodes/x.html posts/_shortcodes/x.html news/_shortcodes/x.html", "", Query{Dir: "posts/a", Type: "news"}, "news/_shortcodes/x.html"},
		{"x", "posts/_shortcodes/x.html", "", Query{Dir: "docs"}, ""},
		{"x", "", "_shortcodes/x.html", page, "built-in:_shortcodes/x.html"},
		{"x", "_shortcodes/x.html", "_shortcodes/x.rss.xml", rss, "_shortcodes/x.html"},
		{"x", "posts/_shortcodes/x.html", "_shortcodes/x.html", Query{Dir: "docs"}, "built-in:_shortcodes/x.html"},

		{"render-link", "_markup/render-link.html", "", page, "_markup/render-link.html"},
		{"render-link", "_default/_markup/render-link.html", "", page, "_default/_markup/render-link.html"},
		{"render-link", "_default/_markup/render-link.html _markup/render-link.html posts/_markup/render-link.html", "", page, "posts/_markup/render-link.html"},
		{"render-link", "_default/_markup/render-link.html _markup/render-link.html posts/_markup/render-link.html", "", Query{Dir: "docs"}, "_markup/render-link.html"},
		{"render-link", "_markup/render-link.rss.xml _markup/render-link.html", "", rss, "_markup/render-link.rss.xml"},
		{"render-link", "_markup/render-link.rss.xml", "", page, ""},
		{"render-link", "", "_markup/render-link.html", page, "built-in:_markup/render-link.html"},
		{"render-codeblock-go render-codeblock", "_markup/render-codeblock.html _markup/render-codeblock-go.html", "", page, "_markup/render-codeblock-go.html"},
		{"render-codeblock-go render-codeblock", "_markup/render-codeblock.html", "", page, "_markup/render-codeblock.html"},
	} {
		opt := Options{FallbackPrefix: "built-in:"}
		if tt.fallback != "" {
			opt.Fallback = files(tt.fallback)
		}
		e, err := New(files(tt.files), opt)
		if err != nil {
			t.Fatal(err)
		}
		var got *Template
		var ok bool
		if strings.HasPrefix(tt.name, "render-") {
			got, ok = e.Markup(tt.q, strings.Fields(tt.name)...)
		} else {
			got, ok = e.Shortcode(tt.q, tt.name)
		}
		if ok != (tt.want != "") || ok && got.Name() != tt.want {
			t.Errorf("%s of %s %s: got %+v, want %q", tt.name, tt.files, tt.fallback, got, tt.want)
		}
	}
}

func TestShortcodes(t *testing.T) {
	e, err := New(files("shortcodes/b.html _shortcodes/a.html _shortcodes/a.de.html posts/_shortcodes/m/c.md _markup/render-link.html"),
		Options{Fallback: files("_shortcodes/z.html _shortcodes/a.html")})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := e.Shortcodes(), strings.Fields("a b m/c z"); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestFormatLookup has the file names of output formats.
func TestFormatLookup(t *testing.T) {
	rss := func(kind, dir string) Query { return Query{Kind: kind, Dir: dir, Format: "rss", Suffix: "xml"} }
	json := func(kind, dir string) Query { return Query{Kind: kind, Dir: dir, Format: "json", Suffix: "json"} }
	for _, tt := range []struct {
		files string // in the order in which they are taken
		q     Query
	}{
		{"home.rss.xml home.xml index.rss.xml index.xml list.rss.xml list.xml all.rss.xml all.xml rss.xml _default/home.rss.xml _default/list.rss.xml _default/rss.xml", rss("home", "")},
		{"posts/section.rss.xml posts/list.rss.xml posts/rss.xml section.rss.xml list.rss.xml rss.xml section/posts.rss.xml section/section.rss.xml section/list.rss.xml section/rss.xml _default/section.rss.xml _default/list.rss.xml _default/rss.xml", rss("section", "posts")},
		{"tags/taxonomy.rss.xml taxonomy.rss.xml terms.rss.xml list.rss.xml rss.xml taxonomy/taxonomy.rss.xml _default/terms.rss.xml _default/rss.xml", rss("taxonomy", "tags")},
		{"tags/go/rss.xml tags/term.rss.xml term.rss.xml list.rss.xml rss.xml term/term.rss.xml taxonomy/list.rss.xml _default/taxonomy.rss.xml _default/rss.xml", rss("term", "tags/go")},
		{"home.json index.json list.json json.json _default/index.json", json("home", "")},
		{"posts/page.json.json posts/page.json page.json single.json json.json _default/single.json", json("page", "posts")},
		{"page.markdown.md page.md single.md all.md _default/single.md", Query{Kind: "page", Dir: "posts", Format: "markdown", Suffix: "md"}},
		{"page.txt single.txt _default/single.txt", Query{Kind: "page", Dir: "posts", Format: "txt", Suffix: "txt"}},
		{"sitemap.xml _default/sitemap.xml", Query{Kind: "sitemap", Suffix: "xml"}},
		{"sitemap.xml _default/sitemap.xml", Query{Kind: "sitemap", Format: "sitemap", Suffix: "xml"}},
		{"sitemapindex.xml _default/sitemapindex.xml", Query{Kind: "sitemapindex", Suffix: "xml"}},
		{"robots.de.txt robots.txt _default/robots.txt", Query{Kind: "robots", Suffix: "txt", Lang: "de"}},
		{"404.de.html 404.html _default/404.html", Query{Kind: "404", Lang: "de"}},
		{"single.html page/single.html _default/single.html", Query{Kind: "page"}},
		{"posts/_views/card.html _views/card.html _default/_views/card.html", Query{Kind: "_views/card", Layout: "_views/card", Dir: "posts"}},
	} {
		list := strings.Fields(tt.files)
		for i := range list {
			// A page in HTML, and files that are not for it, never come in.
			names := strings.Join(list[i:], " ") + " page.rss.html rss.html page.fr.html"
			if tt.q.Suffix != "" {
				names += " page.html single.html list.html home.html all.html robots.html"
			}
			e, err := New(files(names), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got, ok := e.Lookup(tt.q); !ok || got.Name() != list[i] {
				t.Errorf("%+v: got %+v, want %s\n%q", tt.q, got, list[i], e.Candidates(tt.q))
			}
		}
	}
	e, err := New(files("page.html list.html all.html home.html page.rss.html rss.html page.xml single.amp.html"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for q, want := range map[Query]string{
		rss("home", ""):         "",
		json("page", ""):        "",
		{Kind: "page"}:          "page.html",
		{Kind: "robots"}:        "",
		{Kind: "section"}:       "list.html",
		rss("page", "posts"):    "page.xml",
		{Kind: "_partials/x"}:   "",
		{Kind: "_shortcodes/x"}: "",
	} {
		got, ok := e.Lookup(q)
		if ok != (want != "") || ok && got.Name() != want {
			t.Errorf("%+v: got %+v, want %q", q, got, want)
		}
	}
}

func TestUsesInner(t *testing.T) {
	for _, tt := range []struct {
		src  string
		want Answer
	}{
		{`{{ .Get 0 }}`, No},
		{`{{ .Inner }}`, Yes},
		{`{{ .InnerDeindent }}`, Yes},
		{`{{ $.Inner | markdownify }}`, Yes},
		{`{{ if .Inner }}x{{ end }}`, Yes},
		{`{{ with .Inner }}x{{ end }}`, Yes},
		{`{{ with .Page }}{{ .Inner }}{{ end }}`, No},
		{`{{ with .Page }}{{ $.Inner }}{{ end }}`, Yes},
		{`{{ with . }}{{ .Inner }}{{ end }}`, Yes},
		{`{{ with $x := . }}{{ $x.Inner }}{{ end }}`, Yes},
		{`{{ with . }}{{ else }}{{ .Inner }}{{ end }}`, Yes},
		{`{{ range .Page.Pages }}{{ .Inner }}{{ end }}`, No},
		{`{{ range .Page.Pages }}{{ else }}{{ .Inner }}{{ end }}`, Yes},
		{`{{ $x := . }}{{ range .Page.Pages }}{{ $x.Inner }}{{ end }}`, Yes},
		{`{{ .Parent.Inner }}`, No},
		{`{{ (.).Inner }}`, Yes},
		{`{{ upper (print .Inner) }}`, Yes},
		{`{{ partial "x" .Inner }}`, Yes},
		{`{{ partial "plain" . }}`, No},
		{`{{ partial "inner" . }}`, Yes},
		{`{{ . | partialCached "inner" }}`, Yes},
		{`{{ partials.Include "inner.html" . }}`, Yes},
		{`{{ partial "nested" . }}`, Yes},
		{`{{ partial "inner" .Page }}`, No},
		{`{{ partial (print "in" "ner") . }}`, Maybe},
		{`{{ partial (print "in" "ner") .Page }}`, No},
		{`{{ partial "context" (dict "ctx" .) }}`, Maybe},
		{`{{ partial "plain" (dict "ctx" .) }}`, No},
		{`{{ template "_partials/inner.html" . }}`, Yes},
		{`{{ template "_partials/inner.html" .Page }}`, No},
		{`{{ define "a" }}{{ .Inner }}{{ end }}{{ template "a" . }}`, Yes},
		{`{{ define "a" }}{{ $.Inner }}{{ template "a" . }}{{ end }}{{ template "a" . }}`, Yes},
		{`{{ define "a" }}{{ .Inner }}{{ end }}`, No},
		{`{{ with try (upper .Inner) }}{{ .Value }}{{ end }}`, Yes},
		{`{{ with .Page }}{{ with try (upper $.Inner) }}{{ .Value }}{{ end }}{{ end }}`, Yes},
		{`{{ with .Page }}{{ with try (upper .Inner) }}{{ .Value }}{{ end }}{{ end }}`, No},
		{`{{ $x := . }}{{ with try ($x.Inner) }}{{ .Value }}{{ end }}`, Yes},
		{`{{ unknownFunction . }}`, Maybe},
	} {
		e, err := New(tree("-- _shortcodes/s.html --\n"+tt.src+`
-- _partials/plain.html --
{{ .Title }}
-- _partials/inner.html --
{{ .Inner }}
-- _partials/nested.html --
{{ partial "inner" . }}
-- _partials/context.html --
{{ .ctx.Inner }}
-- _partials/x.html --
x
`), Options{Funcs: map[string]any{"upper": strings.ToUpper, "dict": dict, "markdownify": strings.ToUpper}})
		if err != nil {
			t.Fatal(err)
		}
		tm, _ := e.Shortcode(Query{}, "s")
		if got := tm.UsesInner(); got != tt.want {
			t.Errorf("%s: got %d, want %d", tt.src, got, tt.want)
		}
	}
}

// TestContentIsHTML: shortcodes and render hooks of any output format become
// part of HTML, and keep the markers in their inner content.
func TestContentIsHTML(t *testing.T) {
	e := formatEngine(t, "-- _shortcodes/s.rss.xml --\n<b>{{ .Title }}{{ .Params.inner }}</b>\n-- _shortcodes/s.md --\n*{{ .Title }}*{{ .Params.inner }}\n-- _markup/render-x.json.json --\n{{ .Params.inner }}")
	p := &page{Title: "<", Params: map[string]any{"inner": htmltemplate.HTML("<i>\x021\x03</i>")}}
	for name, want := range map[string]string{
		"_shortcodes/s.rss.xml":      "<b>&lt;<i>\x021\x03</i></b>",
		"_shortcodes/s.md":           "*<*<i>\x021\x03</i>",
		"_markup/render-x.json.json": "<i>\x021\x03</i>",
	} {
		if got, err := render(t, e, name, &State{Dot: p}); got != want || err != nil {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
}

func TestCheck(t *testing.T) {
	e := mustNew(t, "-- _shortcodes/s.html --\n{{ nix }}{{ template \"no\" }}\n-- _shortcodes/ok.html --\nx")
	s, _ := e.Shortcode(Query{}, "s")
	want := "_shortcodes/s.html:1:4: function \"nix\" not defined\n_shortcodes/s.html:1:22: template \"no\" not defined"
	if err := s.Check(); err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if ok, _ := e.Shortcode(Query{}, "ok"); ok.Check() != nil {
		t.Error(ok.Check())
	}
}

func BenchmarkShortcode(b *testing.B) {
	e, err := New(files("_shortcodes/x.html _shortcodes/x.de.html _shortcodes/x.rss.xml posts/_shortcodes/x.html"), Options{})
	if err != nil {
		b.Fatal(err)
	}
	q := Query{Kind: "page", Dir: "posts/2024", Lang: "en"}
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := e.Shortcode(q, "x"); !ok {
			b.Fatal("none")
		}
	}
}
