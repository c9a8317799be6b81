package builtin

import (
	"flag"
	"fmt"
	"html"
	"html/template"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

// named and positional make calls without content.
func named(name string, pairs ...any) *call {
	c := &call{Name: name, Named: map[string]any{}}
	for i := 0; i < len(pairs); i += 2 {
		c.Named[pairs[i].(string)] = pairs[i+1]
	}
	return c
}

func positional(name string, args ...any) *call { return &call{Name: name, Args: args} }

func (c *call) with(inner template.HTML) *call {
	c.Inner = inner
	return c
}

func (c *call) indented(by string) *call {
	c.Indent = by
	return c
}

func TestFS(t *testing.T) {
	names, err := fs.Glob(FS(), "_*/*.html")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"_partials/disqus.html", "_partials/google_analytics.html", "_partials/opengraph.html", "_partials/pagination.html", "_partials/schema.html", "_partials/twitter_cards.html",
		"_shortcodes/details.html", "_shortcodes/figure.html", "_shortcodes/highlight.html", "_shortcodes/param.html", "_shortcodes/qr.html",
		"_shortcodes/ref.html", "_shortcodes/relref.html", "_shortcodes/vimeo.html", "_shortcodes/youtube.html"}
	if !slices.Equal(names, want) {
		t.Errorf("got %q", names)
	}
}

// TestShortcodes compares the whole output, so that there is no white space around it either.
func TestShortcodes(t *testing.T) {
	const line = "\n"
	e := newEngine(t)
	for _, tt := range []struct {
		call *call
		want string
	}{
		{named("figure", "src", "a.jpg"), `<figure>` + line + `<img src="/posts/x/a.jpg" alt="">` + line + `</figure>` + line},
		{named("figure", "src", "./a.jpg?v=1#f", "alt", ""), `<figure>` + line + `<img src="/posts/x/a.jpg?v=1#f" alt="">` + line + `</figure>` + line},
		{named("figure", "src", "sub/b%20c.png"), `<figure>` + line + `<img src="/posts/x/sub/b%20c.png" alt="">` + line + `</figure>` + line},
		{named("figure", "src", "/images/x y.png"), `<figure>` + line + `<img src="/images/x%20y.png" alt="">` + line + `</figure>` + line},
		{named("figure", "src", "https://a.example/a.jpg"), `<figure>` + line + `<img src="https://a.example/a.jpg" alt="">` + line + `</figure>` + line},
		{named("figure", "src", "//a.example/a.jpg"), `<figure>` + line + `<img src="//a.example/a.jpg" alt="">` + line + `</figure>` + line},
		{named("figure", "src", "a.jpg", "alt", `A "b"`, "width", 600, "height", "400", "loading", "lazy", "class", "c d",
			"link", "https://a.example/?a=1&b=2", "target", "_blank", "rel", "noopener"),
			`<figure class="c d">` + line + `<a href="https://a.example/?a=1&amp;b=2" target="_blank" rel="noopener">` +
				`<img src="/posts/x/a.jpg" alt="A &#34;b&#34;" width="600" height="400" loading="lazy"></a>` + line + `</figure>` + line},
		{named("figure", "src", "a.jpg", "caption", "A **b** &amp; c"), `<figure>` + line + `<img src="/posts/x/a.jpg" alt="A b &amp; c">` + line +
			`<figcaption>` + line + `<p>A <strong>b</strong> &amp; c</p>` + line + `</figcaption>` + line + `</figure>` + line},
		{named("figure", "src", "a.jpg", "alt", "", "title", "T & t", "caption", "C", "attr", "**A**", "attrlink", "/a/"),
			`<figure>` + line + `<img src="/posts/x/a.jpg" alt="">` + line + `<figcaption>` + line + `<p><strong>T &amp; t</strong></p>` + line +
				`<p>C <small><a href="/a/"><strong>A</strong></a></small></p>` + line + `</figcaption>` + line + `</figure>` + line},
		{named("figure", "src", "a.jpg", "attr", "A"), `<figure>` + line + `<img src="/posts/x/a.jpg" alt="">` + line +
			`<figcaption>` + line + `<p><small>A</small></p>` + line + `</figcaption>` + line + `</figure>` + line},
		{named("figure", "src", "a.jpg", "attrlink", "/a/"), `<figure>` + line + `<img src="/posts/x/a.jpg" alt="">` + line +
			`<figcaption>` + line + `<p><small><a href="/a/">/a/</a></small></p>` + line + `</figcaption>` + line + `</figure>` + line},
		{named("figure", "src", "a.jpg", "alt", "x", "caption", "one\n\ntwo", "attr", "A"), `<figure>` + line + `<img src="/posts/x/a.jpg" alt="x">` + line +
			`<figcaption>` + line + "<p>one</p>\n<p>two</p>" + line + `<p><small>A</small></p>` + line + `</figcaption>` + line + `</figure>` + line},
		{named("figure", "src", "javascript:alert(1)", "alt", "x"), `<figure>` + line + `<img src="#ZgotmplZ" alt="x">` + line + `</figure>` + line},

		{positional("details").with("Some **bold** text."), "<details>\n<summary>Details</summary>\n<p>Some <strong>bold</strong> text.</p>\n</details>\n"},
		{named("details", "summary", "See **all**", "open", true, "class", "c", "name", "n", "title", `"t"`).with("a\n  b\n  c").indented("  "),
			`<details class="c" name="n" title="&#34;t&#34;" open>` + "\n<summary>See <strong>all</strong></summary>\n<p>a\nb\nc</p>\n</details>\n"},
		{named("details", "open", "false").with("a"), "<details>\n<summary>Details</summary>\n<p>a</p>\n</details>\n"},
		{named("details", "open", 1).with("a"), "<details open>\n<summary>Details</summary>\n<p>a</p>\n</details>\n"},

		{positional("highlight", "go").with("\r\nif a < b {\r\n}\r\n"), "<code data-lang=\"go\" data-options=\"\">if a &lt; b {\r\n}</code>"},
		{positional("highlight", "go", "linenos=inline, hl_lines=3").with("\n  a\n    b\n").indented("  "),
			"<code data-lang=\"go\" data-options=\"linenos=inline, hl_lines=3\">a\n  b</code>"},
		{positional("highlight").with("a"), `<code data-lang="" data-options="">a</code>`},

		{positional("ref", "books/book-1"), "https://example.org/books/book-1"},
		{named("ref", "path", "books/book-1", "lang", "de", "outputFormat", "json"), "https://example.org/books/book-1?lang=de&amp;output=json"},
		{positional("relref", "books/book-1"), "/books/book-1"},
		{named("relref", "path", "books/book-1", "lang", "de"), "/books/book-1?lang=de"},

		{positional("param", "color"), "red &amp; blue"},
		{positional("param", "minVersion"), "0.150"},
		{positional("param", "none"), "false"},
		{positional("param", "zero"), "0"},
	} {
		*e.warnings = nil
		got, err := e.shortcode(tt.call)
		if err != nil {
			t.Errorf("%s %v %v: %v", tt.call.Name, tt.call.Named, tt.call.Args, err)
			continue
		}
		if got != tt.want {
			t.Errorf("%s %v %v:\ngot  %q\nwant %q", tt.call.Name, tt.call.Named, tt.call.Args, got, tt.want)
		}
		if len(*e.warnings) > 0 {
			t.Errorf("%s %v: %q", tt.call.Name, tt.call.Named, *e.warnings)
		}
	}
}

// attribute returns an attribute's value.
func attribute(t *testing.T, tag, name string) string {
	t.Helper()
	_, rest, ok := strings.Cut(tag, " "+name+`="`)
	if !ok {
		t.Fatalf("no %s in %s", name, tag)
	}
	value, _, _ := strings.Cut(rest, `"`)
	return html.UnescapeString(value)
}

func TestVideos(t *testing.T) {
	e := newEngine(t)
	const tube, styled = "https://www.youtube-nocookie.com/embed/0RKpf3rK57I", `<div style="aspect-ratio:16/9">`
	const allowed = "autoplay; encrypted-media; fullscreen; picture-in-picture"
	for _, tt := range []struct {
		call              *call
		url, title, allow string
		begin, has        string
	}{
		{positional("youtube", "0RKpf3rK57I"), tube + "?autoplay=1", "YouTube video", allowed, styled, ` allowfullscreen style="`},
		{named("youtube", "id", "0RKpf3rK57I", "start", 30, "end", "60", "loading", "lazy"),
			tube + "?autoplay=1&end=60&start=30", "YouTube video", allowed, styled, ` loading="lazy"`},
		{named("youtube", "id", "0RKpf3rK57I", "autoplay", true), tube + "?autoplay=1&mute=1", "YouTube video", allowed, styled, ""},
		{named("youtube", "id", "0RKpf3rK57I", "autoplay", "false"), tube, "YouTube video", allowed, styled, ""},
		{named("youtube", "id", "0RKpf3rK57I", "autoplay", false, "mute", true), tube + "?mute=1", "YouTube video", allowed, styled, ""},
		{named("youtube", "id", "0RKpf3rK57I", "controls", "false", "loop", true, "allowFullScreen", false, "title", `A "<b>"`, "class", "v w"),
			tube + "?autoplay=1&controls=0&fs=0&loop=1&playlist=0RKpf3rK57I", `A "<b>"`, "autoplay; encrypted-media; picture-in-picture", `<div class="v w">`, ` allow="`},
		{positional("vimeo", 19899678), "https://player.vimeo.com/video/19899678?autoplay=1&dnt=1", "Vimeo video", allowed, styled, ""},
		{positional("vimeo", "19899678/0a1b"), "https://player.vimeo.com/video/19899678?autoplay=1&dnt=1&h=0a1b", "Vimeo video", allowed, styled, ""},
		{named("vimeo", "id", 19899678, "autoplay", true, "controls", false, "loop", true, "start", 90, "title", "T", "class", "c", "loading", "eager", "allowFullScreen", "false"),
			"https://player.vimeo.com/video/19899678?autoplay=1&controls=0&dnt=1&loop=1&muted=1#t=90s", "T", "autoplay; encrypted-media; picture-in-picture", `<div class="c">`, ` loading="eager"`},
		{named("vimeo", "id", "19899678", "autoplay", false, "mute", 1), "https://player.vimeo.com/video/19899678?dnt=1&muted=1", "Vimeo video", allowed, styled, ""},
	} {
		*e.warnings = nil
		got, err := e.shortcode(tt.call)
		if err != nil {
			t.Errorf("%s %v %v: %v", tt.call.Name, tt.call.Named, tt.call.Args, err)
			continue
		}
		if !strings.HasPrefix(got, tt.begin) || !strings.Contains(got, tt.has) || len(*e.warnings) > 0 {
			t.Errorf("%v: got %s, %q", tt.call.Named, got, *e.warnings)
		}
		if s := attribute(t, got, "title"); s != tt.title {
			t.Errorf("title %q, want %q", s, tt.title)
		}
		if s := attribute(t, got, "allow"); s != tt.allow {
			t.Errorf("allow %q, want %q", s, tt.allow)
		}
		if strings.Contains(got, " src=") {
			t.Errorf("the player is loaded without a click: %s", got)
		}
		document := attribute(t, got, "srcdoc")
		if s := attribute(t, document, "href"); s != tt.url {
			t.Errorf("%v: URL %s, want %s", tt.call.Named, s, tt.url)
		}
		if !strings.Contains(document, "<title>"+template.HTMLEscapeString(tt.title)+"</title>") {
			t.Errorf("the title is not in %s", document)
		}
		for _, bad := range []string{"<script", "src=", "url(", "@import", "<link"} {
			if strings.Contains(document, bad) {
				t.Errorf("%s in %s", bad, document)
			}
		}
	}
}

func TestVideoLabels(t *testing.T) {
	p := newPage()
	p.Site.LanguageCode = "de"
	p.Site.Params["labels"] = map[string]any{"play": "Abspielen", "playfrom": "Lädt von %s."}
	c := positional("vimeo", "1")
	c.Page = p
	got, err := newEngine(t).shortcode(c)
	if err != nil {
		t.Fatal(err)
	}
	document := attribute(t, got, "srcdoc")
	for _, want := range []string{`<html lang="de">`, "<span>Abspielen</span>: Vimeo video", "<small>Lädt von vimeo.com.</small>"} {
		if !strings.Contains(document, want) {
			t.Errorf("no %s in %s", want, document)
		}
	}
}

func TestQRShortcode(t *testing.T) {
	e := newEngine(t)
	var codes []string
	for _, c := range []*call{
		named("qr", "text", "https://gohugo.io"),
		positional("qr").with("\n https://gohugo.io\n"),
		named("qr", "alt", "QR code", "level", "medium", "scale", 4, "targetDir", "x", "loading", "lazy").with("https://gohugo.io"),
	} {
		got, err := e.shortcode(c)
		if err != nil {
			t.Fatal(err)
		}
		codes = append(codes, got)
	}
	if codes[0] != codes[1] || codes[1] != codes[2] {
		t.Errorf("the codes differ: %.300q", codes)
	}
	const head = `<svg width="132" height="132" viewBox="0 0 33 33" shape-rendering="crispEdges" role="img" aria-label="QR code">`
	if !strings.HasPrefix(codes[0], head) || !strings.HasSuffix(codes[0], "</svg>") {
		t.Errorf("got %s", codes[0])
	}
	got, err := e.shortcode(named("qr", "text", "tel:1", "level", "high", "scale", "2", "alt", "", "class", "c", "id", "i", "title", "T"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(got, `<svg id="i" class="c" width="58" height="58" viewBox="0 0 29 29" shape-rendering="crispEdges" aria-hidden="true"><title>T</title>`) {
		t.Errorf("got %.300s", got)
	}
	if len(*e.warnings) > 0 {
		t.Errorf("warnings %q", *e.warnings)
	}
}

func TestMistakes(t *testing.T) {
	const id = "0RKpf3rK57I"
	e := newEngine(t)
	for _, tt := range []struct {
		call *call
		want string
	}{
		{named("figure", "alt", "x"), `the shortcode "figure" wants an image, as in src="a.jpg"`},
		{positional("figure", "a.jpg"), `the shortcode "figure" wants an image, as in src="a.jpg"`},
		{named("figure", "src", "a.jpg", "loading", "later"), `the shortcode "figure" wants lazy or eager for loading, not "later"`},
		{named("figure", "src", "a\x7f"), `invalid control character in URL`},
		{named("details", "open", "yes"), `the shortcode "details" wants true or false for open, not "yes"`},
		{named("highlight", "lang", "go"), `the shortcode "highlight" wants a language, and perhaps options in quotes, without names, as in go "linenos=inline"`},
		{positional("ref"), `the shortcode "ref" wants a page, as in "/books/book-1"`},
		{named("relref", "lang", "de"), `the shortcode "relref" wants a page, as in "/books/book-1"`},
		{positional("param"), `the shortcode "param" wants the name of a parameter, as in "color"`},
		{positional("param", "nix"), `the shortcode "param" finds no parameter "nix", neither of the page nor of the site`},
		{positional("youtube"), `the shortcode "youtube" wants the id of a video, 11 letters, digits, - and _, not ""`},
		{positional("youtube", "https://youtu.be/"+id), `not "https://youtu.be/` + id + `"`},
		{named("youtube", "id", id+"\n"), `the shortcode "youtube" wants the id of a video`},
		{named("youtube", "id", id, "start", "1m"), `the shortcode "youtube" wants whole seconds for start, not "1m"`},
		{named("youtube", "id", id, "end", -1), `the shortcode "youtube" wants whole seconds for end, not "-1"`},
		{named("youtube", "id", id, "autoplay", "on"), `the shortcode "youtube" wants true or false for autoplay, not "on"`},
		{named("youtube", "id", id, "controls", 2), `the shortcode "youtube" wants true or false for controls, not "2"`},
		{named("youtube", "id", id, "loop", ""), `the shortcode "youtube" wants true or false for loop, not ""`},
		{named("youtube", "id", id, "mute", "no"), `wants true or false for mute, not "no"`},
		{named("youtube", "id", id, "allowFullScreen", "no"), `wants true or false for allowFullScreen, not "no"`},
		{named("youtube", "id", id, "loading", "no"), `wants lazy or eager for loading, not "no"`},
		{positional("vimeo", "19899678x"), `the shortcode "vimeo" wants the id of a video, digits, and / and a hash if it is unlisted, not "19899678x"`},
		{named("vimeo", "title", "x"), `not ""`},
		{named("vimeo", "id", 1, "start", 1.5), `the shortcode "vimeo" wants whole seconds for start, not "1.5"`},
		{positional("qr").with(" \n"), `the shortcode "qr" wants text, as an argument or between its tags`},
		{named("qr", "text", "a", "level", "L"), `unknown level "L" of error correction: want low, medium, quartile or high`},
		{named("qr", "text", "a", "scale", 1), `scale 1 of a QR code: want 2 to 1000 pixels a module`},
		{named("qr", "text", "a", "scale", 0), `scale "0" of a QR code: want a number of pixels, 2 or more`},
		{named("qr", "text", "a", "scale", "big"), `scale "big" of a QR code: want a number of pixels, 2 or more`},
		{named("qr", "text", "a\x020\x03"), `the text of a QR code has control characters, perhaps for the output of a shortcode inside it`},
		{named("qr", "text", strings.Repeat("a", 3000)), `3000 characters are too many for a QR code`},
	} {
		got, err := e.shortcode(tt.call)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s %v %v:\ngot  %v, %q\nwant %s", tt.call.Name, tt.call.Named, tt.call.Args, err, got, tt.want)
		}
	}
}

func TestUnknownArguments(t *testing.T) {
	e := newEngine(t)
	for _, c := range []*call{
		named("figure", "src", "a.jpg", "sizes", 1), named("details", "sizes", 1), named("ref", "path", "a", "sizes", 1), named("relref", "path", "a", "sizes", 1),
		named("youtube", "id", "0RKpf3rK57I", "sizes", 1), named("vimeo", "id", 1, "sizes", 1), named("qr", "text", "a", "sizes", 1),
	} {
		*e.warnings = nil
		if _, err := e.shortcode(c); err != nil {
			t.Error(err)
		}
		want := `content/a.md:7:3: the shortcode "` + c.Name + `" has no argument "sizes"; there are `
		if len(*e.warnings) != 1 || !strings.HasPrefix((*e.warnings)[0], want) {
			t.Errorf("%s: warnings %q", c.Name, *e.warnings)
		}
	}
}

// Partials of services are there for those who call them, with a warning that they leave the rest to the site.
func TestServicePartials(t *testing.T) {
	for _, name := range []string{"google_analytics.html", "disqus.html"} {
		if got, err := newEngine(t).partial(name, newPage()); err != nil || strings.TrimSpace(got) != "" {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
}

func TestHeadPartials(t *testing.T) {
	for _, part := range []string{"opengraph", "twitter_cards", "schema"} {
		got, err := newEngine(t).partial(part+".html", newPage())
		if want := "<!-- A page: " + part + " -->"; err != nil || got != want {
			t.Errorf("got %q, %v, want %q", got, err, want)
		}
	}
}

// summary tells a pagination by the text of its items: «‹1 2›», those without link in
// brackets, the current one in stars.
func summary(nav string) string {
	var out []string
	for item := range strings.SplitSeq(nav, "<li ") {
		_, text, ok := strings.Cut(item, "page-link")
		if !ok {
			continue
		}
		text = template.HTMLEscapeString(strings.Trim(stripTags(text[strings.Index(text, ">")+1:]), "\n"))
		switch {
		case strings.Contains(item, `aria-current="page"`):
			text = "*" + text + "*"
		case !strings.Contains(item, "<a "):
			text = "(" + text + ")"
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

func stripTags(s string) string {
	var b strings.Builder
	in := false
	for _, r := range s {
		switch {
		case r == '<':
			in = true
		case r == '>':
			in = false
		case !in:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func TestPagination(t *testing.T) {
	e := newEngine(t)
	for _, tt := range []struct {
		here, of       int
		usual, compact string
	}{
		{1, 1, "", ""},
		{1, 2, "(«) (‹) *1* 2 › »", "(‹) *1* 2 ›"},
		{2, 2, "« ‹ 1 *2* (›) (»)", "‹ 1 *2* (›)"},
		{2, 3, "« ‹ 1 *2* 3 › »", "‹ 1 *2* 3 ›"},
		{1, 9, "(«) (‹) *1* 2 3 4 5 › »", "(‹) *1* 2 3 › »"},
		{2, 9, "« ‹ 1 *2* 3 4 5 › »", "‹ 1 *2* 3 › »"},
		{5, 9, "« ‹ 3 4 *5* 6 7 › »", "« ‹ 4 *5* 6 › »"},
		{8, 9, "« ‹ 5 6 7 *8* 9 › »", "« ‹ 7 *8* 9 ›"},
		{9, 9, "« ‹ 5 6 7 8 *9* (›) (»)", "« ‹ 7 8 *9* (›)"},
	} {
		p := newPage()
		p.Paginator = &pager{tt.here, tt.of}
		for _, c := range []struct {
			dot  any
			want string
		}{
			{p, tt.usual},
			{map[string]any{"page": p}, tt.usual},
			{map[string]any{"page": p, "format": "default"}, tt.usual},
			{map[string]any{"page": p, "format": "terse"}, tt.compact},
		} {
			got, err := e.partial("pagination.html", c.dot)
			if err != nil {
				t.Fatal(err)
			}
			if s := summary(got); s != c.want {
				t.Errorf("%d of %d: got %s, want %s", tt.here, tt.of, s, c.want)
			}
			if (got == "") != (tt.of == 1) {
				t.Errorf("%d of %d: got %q", tt.here, tt.of, got)
			}
		}
	}
	p := newPage()
	if got, err := e.partial("pagination.html", p); err != nil || got != "" {
		t.Errorf("without paginator: %q, %v", got, err)
	}
	for _, tt := range []struct {
		dot  any
		want string
	}{
		{map[string]any{"page": p, "format": "short"}, `the partial pagination.html has the formats default and terse, not "short"`},
		{map[string]any{"format": "terse"}, `the partial pagination.html wants a page, as in (dict "page" . "format" "terse")`},
	} {
		if _, err := e.partial("pagination.html", tt.dot); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%v: error %v", tt.dot, err)
		}
	}
}

func TestPaginationLabels(t *testing.T) {
	p := newPage()
	p.Paginator = &pager{2, 3}
	p.Site.Params["labels"] = map[string]any{"pages": "Seiten", "page": "Seite %d", "first": "Erste", "previous": "Vorige", "next": "Nächste", "last": "Letzte"}
	got, err := newEngine(t).partial("pagination.html", p)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<nav aria-label="Seiten">`, `"Erste"`, `"Vorige"`, `"Seite 2" aria-current="page"`, `"Nächste"`, `"Letzte"`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}

// TestSample compares a page with all of the templates with a golden file, which HTML and
// accessibility checkers can be given.
func TestSample(t *testing.T) {
	e := newEngine(t)
	p := newPage()
	p.Resources = resources{"a.jpg": {"data:,"}}
	p.Paginator = &pager{4, 9}
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
		"<meta name=\"color-scheme\" content=\"light dark\">\n<title>Sample</title>\n<style>html{background:Canvas;color:CanvasText}body{max-width:40rem;margin:auto;padding:1rem}.pagination{display:flex;gap:1rem;list-style:none}</style>\n</head>\n<body>\n<main>\n<h1>Sample</h1>\n")
	for _, c := range []*call{
		named("figure", "src", "/image.svg", "alt", "A circle", "link", "/x/", "title", "A title", "caption", "With **caption**", "attr", "Ann", "attrlink", "/ann/", "width", 300, "height", 100),
		named("details", "summary", "See the details").with("This is a **bold** word."),
		positional("highlight", "go").with("a := 1"),
		positional("youtube", "0RKpf3rK57I"),
		named("vimeo", "id", 19899678, "title", "A film with a rather long title that goes on for some time", "class", "film", "allowFullScreen", false),
		named("qr", "text", "https://example.org/", "title", "Home"),
		named("qr", "text", "https://example.org/", "alt", "", "scale", 2, "level", "low"),
	} {
		c.Page = p
		s, err := e.shortcode(c)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(strings.TrimSuffix(s, "\n") + "\n")
	}
	for i, dot := range []any{p, map[string]any{"page": p, "format": "terse"}} {
		s, err := e.partial("pagination.html", dot)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(strings.Replace(s, `"Pages"`, fmt.Sprintf(`"Pages %d"`, i), 1)) // landmarks differ
	}
	b.WriteString("</main>\n</body>\n</html>\n")
	const golden = "testdata/sample.html"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("got\n%s", b.String())
	}
}

func BenchmarkShortcodes(b *testing.B) {
	e := newEngine(b)
	p := newPage()
	for _, c := range []*call{
		named("figure", "src", "a.jpg", "caption", "c"), positional("param", "color"), positional("relref", "/a"), positional("youtube", "0RKpf3rK57I"),
	} {
		c.Page = p
		b.Run(c.Name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := e.shortcode(c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
