package jam_test

import (
	"errors"
	"html/template"
	"testing"

	"github.com/jam-go/jam"
)

// inLayout is a site with one page, whose layout is src.
func inLayout(src string) string {
	return "-- content/a.md --\n---\ntitle: A\n---\ntext\n-- layouts/all.html --\n-- layouts/page.html --\n" + src + "\n"
}

func TestTemplateSyntaxMistakes(t *testing.T) {
	testMistakes(t, []mistake{
		{name: "unknown function", tree: inLayout("é {{ wher .Pages }}"),
			want: `layouts/page.html:1:6: template: function "wher" not defined (did you mean "where"?)`},
		{name: "in two files", tree: inLayout("{{ nix }}") + "-- layouts/_partials/p.html --\n\n{{ nox }}\n",
			want: `
layouts/_partials/p.html:2:4: template: function "nox" not defined (did you mean "not"?)
layouts/page.html:1:4: template: function "nix" not defined
`},
		{name: "unclosed if", tree: inLayout("x\n{{ if .Title }}"),
			want: `layouts/page.html:2:1: template: {{if}} without {{end}}`},
		{name: "undefined variable", tree: inLayout("{{ $x }}"),
			want: `layouts/page.html:1:4: template: undefined variable "$x"`},
		{name: "unknown template", tree: inLayout(`{{ template "nix" . }}`),
			want: `layouts/page.html:1:13: template: template "nix" not defined`},
		{name: "unknown block in base", tree: inLayout(`{{ define "mian" }}x{{ end }}`) + "-- layouts/baseof.html --\n<p>{{ template \"main\" . }}\n",
			want: `layouts/baseof.html:1:16: render: template "main" not defined (did you mean "mian"?) (page content/a.md)`},
		{name: "in the base", tree: inLayout(`{{ define "main" }}x{{ end }}`) + "-- layouts/baseof.html --\n<p>{{ block \"main\" . }}{{ end }}{{ .Nix }}\n",
			want: `layouts/baseof.html:1:36: render: at <.Nix>: can't evaluate field Nix in type *jam.Page (page content/a.md)`},
		{name: "in a block", tree: inLayout("{{ define \"main\" }}\n{{ .Nix }}{{ end }}") + "-- layouts/baseof.html --\n<p>{{ block \"main\" . }}{{ end }}\n",
			want: `layouts/page.html:2:4: render: at <.Nix>: can't evaluate field Nix in type *jam.Page (page content/a.md)`},
		{name: "unknown partial", tree: inLayout(`{{ partial "nvb.html" . }}`) + "-- layouts/_partials/nav.html --\n",
			want: `layouts/page.html:1:4: render: at <partial "nvb.html" .>: partial "nvb.html" not found (did you mean "nav.html"?) (page content/a.md)`},
		{name: "in a partial", tree: inLayout(`{{ partial "nav.html" . }}`) + "-- layouts/_partials/nav.html --\n {{ .Nix }}\n",
			want: `layouts/_partials/nav.html:1:5: render: at <.Nix>: can't evaluate field Nix in type *jam.Page (called from layouts/page.html:1:4) (page content/a.md)`},
		{name: "in a cached partial", tree: inLayout("x{{ partialCached \"nav.html\" . }}") + "-- layouts/_partials/nav.html --\n {{ .Nix }}\n",
			want: `layouts/_partials/nav.html:1:5: render: at <.Nix>: can't evaluate field Nix in type *jam.Page (called from layouts/page.html:1:5) (page content/a.md)`},
		{name: "partial in itself", tree: inLayout(`{{ partial "a.html" . }}`) + "-- layouts/_partials/a.html --\n{{ partial \"a.html\" . }}\n",
			want: `layouts/_partials/a.html:1:4: render: at <partial "a.html" .>: templates call each other more than 200 deep (Config.Limits.CallDepth sets the limit) (called from layouts/_partials/a.html:1:4, layouts/page.html:1:4) (page content/a.md)`},
		{name: "cached partial in itself", tree: inLayout(`{{ partialCached "a.html" . }}`) + "-- layouts/_partials/a.html --\n{{ partialCached \"a.html\" . }}\n",
			want: `layouts/_partials/a.html:1:4: render: at <partialCached "a.html" .>: the cached partial needs its own result (called from layouts/page.html:1:4) (page content/a.md)`},
		{name: "partial without a name", tree: inLayout(`{{ partial }}`),
			want: `layouts/page.html:1:4: render: at <partial>: wrong number of args for partial: want at least 1 got 0 (page content/a.md)`},
		{name: "name of a partial is no text", tree: inLayout(`{{ partial 1 . }}`),
			want: `layouts/page.html:1:12: render: at <1>: want string, have 1 (page content/a.md)`},
		{name: "return in a layout", tree: inLayout(`{{ return 1 }}`),
			want: `layouts/page.html:1:4: render: at <return 1>: return is for partials only (page content/a.md)`},
		{name: "return of nothing", tree: inLayout(`{{ partial "a.html" . }}`) + "-- layouts/_partials/a.html --\n{{ return }}\n", want: ``},
		{name: "return of two values", tree: inLayout(`{{ partial "a.html" . }}`) + "-- layouts/_partials/a.html --\n{{ return 1 2 }}\n",
			want: `layouts/_partials/a.html:1:4: render: at <return 1 2>: return got 2 values, it takes one (use slice or dict for more) (called from layouts/page.html:1:4) (page content/a.md)`},
		{name: "field of a returned value", tree: inLayout("{{ $v := partial \"a.html\" . }}{{ $v.Nix }}") + "-- layouts/_partials/a.html --\n{{ return 1 }}\n",
			want: `layouts/page.html:1:36: render: at <$v.Nix>: can't evaluate field Nix in type int (page content/a.md)`},
		{name: "unclosed tag", tree: inLayout("<p>\n<a href="),
			want: `layouts/page.html:2:1: render: the template ends inside a tag (page content/a.md)`},
		{name: "unquoted attribute", tree: inLayout("<p>\n<a title={{ .Title }}{{ .Nix }}>"),
			want: `layouts/page.html:2:25: render: at <.Nix>: can't evaluate field Nix in type *jam.Page (page content/a.md)`},
		{name: "branches end differently", tree: inLayout("<p>\n{{ if .Title }}<a href=\"{{ else }}<b>{{ end }}"),
			want: `layouts/page.html:2:7: render: {{if}} branches end in different contexts: one inside a tag, one in text (page content/a.md)`},
		{name: "branches in a script", tree: inLayout(`<script>var x = {{ if .Title }}"a{{ end }}b";</script>`),
			want: `layouts/page.html:1:23: render: {{if}} branches end in different contexts: one in a string inside <script>, one inside <script> (page content/a.md)`},
		{name: "predefined escaper", tree: inLayout(`<a title={{ .Title | html }}>`),
			want: `layouts/page.html:1:13: render: predefined escaper "html" disallowed in template (page content/a.md)`},
		{name: "unknown view", tree: inLayout(`{{ .Render "crad" }}`) + "-- layouts/card.html --\nx\n",
			want: `layouts/page.html:1:4: render: at <.Render>: error calling Render: there is no template crad.html (did you mean "card"?) (page content/a.md)`},
		{name: "in a view", tree: inLayout(`{{ .Render "card" }}`) + "-- layouts/card.html --\n {{ .Nix }}\n",
			want: `layouts/card.html:1:5: render: at <.Nix>: can't evaluate field Nix in type *jam.Page (called from layouts/page.html:1:4) (page content/a.md)`},
		{name: "view in itself", tree: inLayout(`{{ .Render "card" }}`) + "-- layouts/card.html --\n{{ .Render \"card\" }}\n",
			want: `layouts/card.html:1:4: render: at <.Render>: templates call each other more than 200 deep (Config.Limits.CallDepth sets the limit) (called from layouts/card.html:1:4, layouts/page.html:1:4) (page content/a.md)`},
		{name: "page renders itself", tree: inLayout(`{{ .Render }}`),
			want: `layouts/page.html:1:4: render: at <.Render>: wrong number of args for Render: want 1 got 0 (page content/a.md)`},
		{name: "template in itself", tree: inLayout(`{{ define "x" }}{{ template "x" . }}{{ end }}{{ template "x" . }}`),
			want: `layouts/page.html:1:29: render: templates call each other more than 200 deep (Config.Limits.CallDepth sets the limit) (page content/a.md)`},
	})
}

func TestSpecialTemplateMistakes(t *testing.T) {
	const page = "-- content/a.md --\n---\ntitle: A\ndate: 2026-01-02\n---\ntext\n-- layouts/all.html --\n"
	cfg := &jam.Config{BaseURL: "https://example.org/"}
	of := func(name, src string) string { return page + "-- layouts/" + name + " --\n" + src + "\n" }
	with := func(kind string, names ...string) *jam.Config {
		return &jam.Config{BaseURL: "https://example.org/", Outputs: map[string][]string{kind: names}}
	}
	testMistakes(t, []mistake{
		{name: "404", cfg: cfg, tree: of("404.html", "{{ .Nix }}"),
			want: `layouts/404.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.Page (page 404 /404.html)`},
		{name: "sitemap", cfg: cfg, tree: of("sitemap.xml", "<urlset>{{ range .Pages }}<loc>{{ .Permlink }}</loc>{{ end }}</urlset>"),
			want: `layouts/sitemap.xml:1:35: render: at <.Permlink>: can't evaluate field Permlink in type *jam.Page (did you mean "Permalink"?) (page home /)`},
		{name: "robots", cfg: with("home", "html", "robots"), tree: of("robots.txt", "x\n{{ .Nix }}"),
			want: `layouts/robots.txt:2:4: render: at <.Nix>: can't evaluate field Nix in type *jam.Page (page home /)`},
		{name: "rss", cfg: cfg, tree: of("rss.xml", "<rss>{{ range .Pagse }}{{ end }}</rss>"),
			want: `layouts/rss.xml:1:15: render: at <.Pagse>: can't evaluate field Pagse in type *jam.Page (did you mean "Page"?) (page home /)`},
		{name: "xml value in a tag's name", cfg: cfg, tree: of("rss.xml", "<rss><{{ .RelPermalink }}></rss>"),
			want: `layouts/rss.xml:1:10: render: in a tag, outside quotes, want a name, have "/" (use quotes, or mark it with safeHTMLAttr) (page home /)`},
		{name: "xml unquoted attribute", cfg: cfg, tree: of("rss.xml", "<rss a={{ .RelPermalink }}></rss>"),
			want: `layouts/rss.xml:1:11: render: in a tag, outside quotes, want a name, have "/" (use quotes, or mark it with safeHTMLAttr) (page home /)`},
		{name: "xml branches", cfg: cfg, tree: of("rss.xml", "<rss>\n{{ if .Title }}<a b=\"{{ end }}</rss>"),
			want: `layouts/rss.xml:2:7: template: {{if}} branches end in different contexts: one inside an attribute, one in text`},
		{name: "xml ends in a tag", cfg: cfg, tree: of("rss.xml", "<rss>{{ .Title }}\n<a b=\""),
			want: `layouts/rss.xml:2:1: template: the template ends inside an attribute`},
		{name: "json", cfg: with("page", "html", "json"), tree: of("page.json", `{"a": {{ .Nix }}}`),
			want: `layouts/page.json:1:10: render: at <.Nix>: can't evaluate field Nix in type *jam.Page (page content/a.md)`},
		{name: "json not a number", cfg: with("page", "html", "json"), tree: of("page.json", `{"a": {{ math.Sqrt -1 }}}`),
			want: `layouts/page.json:1:14: render: at <math.Sqrt>: math.Sqrt: there is no result for -1 (page content/a.md)`},
		{name: "json ends in a string", cfg: with("page", "html", "json"), tree: of("page.json", "{\n\"a\": \"{{ .Title }}}"),
			want: `layouts/page.json:2:6: template: the template ends inside a string`},
		{name: "txt", cfg: with("page", "html", "txt"), tree: of("page.txt", `{{ upper }}`),
			want: `layouts/page.txt:1:4: render: at <upper>: wrong number of args for upper: want 1 got 0 (page content/a.md)`},
		{name: "section, taxonomy, term", cfg: cfg, tree: page + "-- content/s/b.md --\n---\ntags: x\n---\n-- layouts/section.html --\n{{ .Nix }}\n-- layouts/taxonomy.html --\n{{ .Nix }}\n-- layouts/term.html --\n{{ .Nix }}\n", want: `
layouts/section.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.Page (page section /s)
layouts/taxonomy.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.Page (page taxonomy /tags)
layouts/term.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.Page (page term /tags/x)`},
		{name: "home page only", tree: "-- content/a.md --\n-- layouts/home.html --\n",
			want: `content/a.md: template: no layout for this page (looked for page.html, single.html, all.html, page/page.html, …)`},
		{name: "unknown layout", tree: "-- content/a.md --\n---\ntitle: A\nlayout: wiide\n---\n-- layouts/all.html --\n-- layouts/wide.html --\n",
			want: `warning: content/a.md:3:9: front matter: there is no layout "wiide" (did you mean "wide"?): another one is taken`},
		{name: "one mistake on many pages", tree: "-- content/a.md --\n-- content/b.md --\n-- content/c.md --\n-- layouts/all.html --\n{{ .Nix }}\n",
			want: `layouts/all.html:1:4: render: at <.Nix>: can't evaluate field Nix in type *jam.Page (page content/a.md and 3 more)`},
		{name: "errors of many partials", tree: "-- content/a.md --\n-- content/b.md --\n-- layouts/all.html --\n{{ partial .Kind . }}\n-- layouts/_partials/page.html --\n{{ .A }}\n-- layouts/_partials/home.html --\n{{ .B }}\n",
			want: `
layouts/_partials/home.html:1:4: render: at <.B>: can't evaluate field B in type *jam.Page (called from layouts/all.html:1:4) (page home /)
layouts/_partials/page.html:1:4: render: at <.A>: can't evaluate field A in type *jam.Page (called from layouts/all.html:1:4) (page content/a.md and 1 more)
`},
	})
}

func TestFunctionMistakes(t *testing.T) {
	at := func(column, context, text string) string {
		return "layouts/page.html:1:" + column + ": render: at <" + context + ">: " + text + " (page content/a.md)"
	}
	own := func(name string, f any) *jam.Config { return &jam.Config{Funcs: template.FuncMap{name: f}} }
	testMistakes(t, []mistake{
		{name: "too few", tree: inLayout(`{{ replace "a" }}`),
			want: `layouts/page.html:1:4: render: at <replace>: wrong number of args for replace: want at least 3 got 1 (page content/a.md)`},
		{name: "too many", tree: inLayout(`{{ upper "a" "b" }}`),
			want: `layouts/page.html:1:4: render: at <upper>: wrong number of args for upper: want 1 got 2 (page content/a.md)`},
		{name: "type", tree: inLayout(`{{ first "x" (slice 1 2) }}`),
			want: `layouts/page.html:1:4: render: at <first "x" (slice 1 2)>: first: the count: want a whole number, have string "x" (page content/a.md)`},
		{name: "type of a list", tree: inLayout(`{{ first 1 5 }}`),
			want: `layouts/page.html:1:4: render: at <first 1 5>: first: want a count and a collection, have int (page content/a.md)`},
		{name: "page for a list", tree: inLayout(`{{ where . "Kind" "page" }}`),
			want: `layouts/page.html:1:4: render: at <where . "Kind" "page">: where: want a slice or a map, have *jam.Page (page content/a.md)`},
		{name: "unknown operator", tree: inLayout(`{{ where site.Pages "Kind" "is" "page" }}`),
			want: `layouts/page.html:1:4: render: at <where site.Pages "Kind" "is" "page">: where: unknown operator "is" (did you mean "in"?) (page content/a.md)`},
		{name: "unknown field of where", tree: inLayout(`{{ where site.Pages "Knid" "page" }}`),
			want: `layouts/page.html:1:4: render: at <where site.Pages "Knid" "page">: where: *jam.Page has no method, field or key "Knid" (did you mean "Kind"?) (page content/a.md)`},
		{name: "sort by an unknown field", tree: inLayout(`{{ sort site.Pages "Dtae" }}`),
			want: `layouts/page.html:1:4: render: at <sort site.Pages "Dtae">: sort: *jam.Page has no method, field or key "Dtae" (did you mean "Date"?) (page content/a.md)`},
		{name: "index of a number", tree: inLayout(`{{ index 5 1 }}`),
			want: `layouts/page.html:1:4: render: at <index 5 1>: index: want a slice or a map, have int (page content/a.md)`},
		{name: "odd dict", tree: inLayout(`{{ dict "a" }}`),
			want: `layouts/page.html:1:4: render: at <dict "a">: dict: want pairs of a key and a value, have 1 argument (page content/a.md)`},
		{name: "regexp", tree: inLayout(`{{ findRE "(" "x" }}`),
			want: "layouts/page.html:1:4: render: at <findRE \"(\" \"x\">: findRE: error parsing regexp: missing closing ): `(` (page content/a.md)"},
		{name: "division by zero", tree: inLayout(`{{ div 1 0 }}`), want: `layouts/page.html:1:4: render: at <div 1 0>: div: division by zero (page content/a.md)`},
		{name: "adding text", tree: inLayout(`{{ add 1 "x" }}`),
			want: `layouts/page.html:1:4: render: at <add 1 "x">: add: want numbers, have string "x" (page content/a.md)`},
		{name: "date", tree: inLayout(`{{ time.AsTime "yesterday" }}`),
			want: `layouts/page.html:1:8: render: at <time.AsTime>: error calling AsTime: time: can't read "yesterday" as a date: write it like 2006-01-02 or 2006-01-02T15:04:05+01:00 (page content/a.md)`},
		{name: "json", tree: inLayout(`{{ transform.Unmarshal "{a" }}`),
			want: `layouts/page.html:1:13: render: at <transform.Unmarshal>: error calling Unmarshal: unmarshal: invalid character 'a' looking for beginning of object key string (page content/a.md)`},
		{name: "comparing", tree: inLayout(`{{ lt 1 "x" }}`),
			want: `layouts/page.html:1:4: render: at <lt 1 "x">: lt: can't order int and string "x" (page content/a.md)`},
		{name: "unknown method of a name space", tree: inLayout(`{{ strings.ToUper "x" }}`),
			want: `layouts/page.html:1:11: render: at <strings.ToUper>: strings has no function "ToUper" (did you mean "ToUpper"?) (page content/a.md)`},
		{name: "unknown method of urls", tree: inLayout(`{{ urls.AbsUrl "x" }}`),
			want: `layouts/page.html:1:8: render: at <urls.AbsUrl>: urls has no function "AbsUrl" (did you mean "AbsURL"?) (page content/a.md)`},
		{name: "a page as URL", tree: inLayout(`{{ absURL . }}`),
			want: `layouts/page.html:1:4: render: at <absURL .>: error calling absURL: want text, have *jam.Page (page content/a.md)`},
		{name: "a map as URL", tree: inLayout(`{{ relURL (dict "a" 1) }}`),
			want: `layouts/page.html:1:4: render: at <relURL (dict "a" 1)>: error calling relURL: want text, have map[string]any (page content/a.md)`},
		{name: "a list as language URL", tree: inLayout(`{{ urls.RelLangURL (slice 1) }}`),
			want: `layouts/page.html:1:8: render: at <urls.RelLangURL>: error calling RelLangURL: want text, have []int (page content/a.md)`},
		{name: "a page as Markdown", tree: inLayout(`{{ markdownify . }}`),
			want: `layouts/page.html:1:4: render: at <markdownify .>: error calling markdownify: want text, have *jam.Page (page content/a.md)`},
		{name: "upper of a map", tree: inLayout(`{{ upper (dict "a" 1) }}`),
			want: `layouts/page.html:1:4: render: at <upper (dict "a" 1)>: upper: want text, have map[string]any (page content/a.md)`},
		{name: "group of texts", tree: inLayout(`{{ group "k" (slice 1 2) }}`),
			want: `layouts/page.html:1:4: render: at <group "k" (slice 1 2)>: error calling group: want pages, have []int (page content/a.md)`},
		{name: "highlight", tree: inLayout(`{{ highlight 1 "go" }}`), want: at("4", `highlight 1 "go"`, `error calling highlight: want code as text, have int`)},
		{name: "highlight options", tree: inLayout(`{{ highlight "x" "go" 5 }}`), want: at("4", `highlight "x" "go" 5`, `error calling highlight: want options as text or a map, have int`)},
		{name: "highlight language", tree: inLayout(`{{ transform.Highlight "x" . }}`),
			want: `layouts/page.html:1:13: render: at <transform.Highlight>: error calling Highlight: want the name of a language, have *jam.Page (page content/a.md)`},
		{name: "reference", tree: inLayout(`{{ ref . "nix" }}`), want: at("4", `ref . "nix"`, `error calling ref: "nix" leads to no page`)},
		{name: "reference from", tree: inLayout(`{{ ref "a" "b" }}`),
			want: `layouts/page.html:1:4: render: at <ref "a" "b">: error calling ref: want the page to start from, have string (page content/a.md)`},
		{name: "message", tree: inLayout(`{{ i18n 5 }}`), want: at("4", `i18n 5`, `error calling i18n: want a message's id, have int`)},
		{name: "errorf", tree: inLayout(`{{ errorf "no %s" .Title }}`),
			want: `layouts/page.html:1:4: render: at <errorf "no %s" .Title>: error calling errorf: no A (page content/a.md)`},
		{name: "warnf", tree: inLayout(`{{ warnf "no %s" .Title }}`), want: `warning: template: no A`},
		{name: "own error", cfg: own("f", func() (string, error) { return "", errors.New("boom") }), tree: inLayout(`{{ f }}`), want: at("4", `f`, `error calling f: boom`)},
		{name: "own panic", cfg: own("f", func() string { panic("boom") }), tree: inLayout(`{{ f }}`),
			want: `layouts/page.html:1:4: render: at <f>: error calling f: boom (page content/a.md)`},
		{name: "own runtime panic", cfg: own("f", func(s []int) int { return s[3] }), tree: inLayout(`{{ f (slice 1) }}`),
			want: `layouts/page.html:1:4: render: at <f (slice 1)>: error calling f: panic: runtime error: index out of range [3] with length 1 (page content/a.md)`},
		{name: "own nil", cfg: own("f", nil), tree: inLayout(`x`), want: `config: Funcs["f"]: want a function, have nil`},
		{name: "own no function", cfg: own("f", 5), tree: inLayout(`x`), want: `config: Funcs["f"]: want a function, have int`},
		{name: "own without result", cfg: own("f", func() {}), tree: inLayout(`x`),
			want: `config: Funcs["f"]: want a function that returns one value, or one and an error, have func()`},
		{name: "own bad name", cfg: own("a-b", func() string { return "" }), tree: inLayout(`x`), want: `config: Funcs["a-b"]: want a name of letters, digits and _`},
		{name: "own wrong type", cfg: own("f", func(n int) int { return n }), tree: inLayout(`{{ f "x" }}`),
			want: `layouts/page.html:1:6: render: at <"x">: want integer, have "x" (page content/a.md)`},
	})
}
