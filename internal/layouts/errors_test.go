package layouts

import (
	"errors"
	htmltemplate "html/template"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	texttemplate "text/template"
)

func TestNewErrors(t *testing.T) {
	for _, tt := range []struct{ name, src, want string }{
		{"unknown function", "é {{ wher .Pages }}", `x.html:1:6: function "wher" not defined (did you mean "where"?)`},
		{"two unknown functions", "{{ aaaa }}\n{{ if (eq (bbbb 1) 2) }}{{ end }}", "x.html:1:4: function \"aaaa\" not defined\nx.html:2:12: function \"bbbb\" not defined"},
		{"unknown name space", "{{ with .X }}{{ qqqqqq.Get . }}{{ end }}", `x.html:1:17: function "qqqqqq" not defined`},
		{"in a pipe and a definition", "{{ define \"a\" }}\n{{ .Title | uper }}{{ end }}", `x.html:2:13: function "uper" not defined (did you mean "upper"?)`},
		{"operand", "a\n{{ .A }}{{ .A } }}", `x.html:2:15: unexpected "}" in operand`},
		{"variable", "{{ $y := 1 }}{{ if $y }}\né{{ $yes }}{{ end }}", `x.html:2:5: undefined variable "$yes"`},
		{"empty if", "{{ 1 }}{{ if }}x{{ end }}", `x.html:1:8: missing value for if`},
		{"unclosed if", "{{ if .A }}\n {{ range .B }}\n{{ end }}\n\n", `x.html:1:1: {{if}} without {{end}}`},
		{"unclosed range", "{{ if .A }}\n {{- range .B }}\n{{/* end */}}{{ end }}", `x.html:1:1: {{if}} without {{end}}`},
		{"unclosed define", "x{{ define \"a\" }}", `x.html:1:2: {{define}} without {{end}}`},
		{"unclosed action", "{{ .A }}\n  {{ .B \nx", `x.html:2:3: unclosed action`},
		{"unclosed comment", "x\n{{/* {{ .A }}", `x.html:2:1: unclosed comment`},
		{"unclosed string", "\n{{ .A \"b }}", `x.html:2:1: unterminated quoted string`},
		{"two errors of one kind", "{{ .A }}{{ 1 2 ) }}{{ 1 ) }}", `x.html:1:16: unexpected right paren`},
		{"end", "{{ .A }}\n {{ end }}", `x.html:2:2: unexpected {{end}}`},
		{"after BOM and CRLF", "\ufeff{{ aaaa }}\r\n\r\n {{ bbbb }}", "x.html:1:4: function \"aaaa\" not defined\nx.html:3:5: function \"bbbb\" not defined"},
		{"break", "{{ if 1 }}{{ break }}{{ end }}", `x.html:1:11: {{break}} outside {{range}}`},
		{"two definitions", "{{ define \"a\" }}1{{ end }}\n{{ define \"a\" }}2{{ end }}", `x.html:2:1: multiple definition of template "a"`},
		{"no template", "a {{ template \"nix\" . }}{{ define \"mix\" }}{{ end }}", `x.html:1:15: template "nix" not defined (did you mean "mix"?)`},
		{"nested ranges", strings.Repeat("{{range .}}", 17) + strings.Repeat("{{end}}", 17), `x.html:1:185: more than 16 nested ranges`},
		{"actions", strings.Repeat("{{if 1}}", maxActions+1), `x.html: more than 50000 actions`},
		{"chain", chain(14), `x.html: template actions nested 15 deep, at most 12 work; use partial`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fsys := fstest.MapFS{"x.html": {Data: []byte(tt.src)}}
			_, err := New(fsys, Options{Funcs: testFuncs()})
			if err == nil || err.Error() != tt.want {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
}

func chain(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("{{define \"" + string(rune('a'+i)) + "\"}}{{template \"" + string(rune('a'+i+1)) + "\"}}{{end}}")
	}
	return b.String() + "{{define \"" + string(rune('a'+n)) + "\"}}{{end}}{{template \"b\"}}{{template \"a\"}}"
}

func TestNewErrorsOfManyFiles(t *testing.T) {
	archive := `
-- page.html --
{{ foo }}
-- list.html --
{{ if }}{{ end }}
{{ bar }}
-- home.html --
{{ template "twice" . }}
-- _partials/a.html --
{{ nix }}{{ define "twice" }}1{{ end }}
-- _partials/b.html --
{{ define "_partials/a.html" }}{{ end }}{{ define "twice" }}2{{ end }}
-- _partials/c.html --
x{{ define "partials/in" }}{{ end }}
-- _partials/d.html --
x
{{ define "_partials/in" }}{{ end }}
-- _shortcodes/s.html --
{{ else }}
`
	want := `_partials/a.html:1:4: function "nix" not defined
_partials/b.html:1:1: partial "a.html" is defined in _partials/a.html too
_partials/d.html:2:1: partial "in" is defined in _partials/c.html too
_shortcodes/s.html:1:1: unexpected {{else}}
list.html:1:1: missing value for if
page.html:1:4: function "foo" not defined`
	_, err := New(tree(archive), Options{Funcs: testFuncs()})
	if err == nil || err.Error() != want {
		t.Fatalf("got\n%v\nwant\n%s", err, want)
	}
	list, ok := errors.AsType[Errors](err)
	if !ok || len(list) != 6 || list[1].File != "_partials/b.html" || list[1].Line != 1 || list[1].Column != 1 {
		t.Errorf("not an Errors: %#v", err)
	}

	archive = strings.NewReplacer("{{ if }}", "{{ if 1 }}", "{{ else }}", "", `"_partials/a.html"`, `"q"`, `"_partials/in"`, `"r"`).Replace(archive)
	want = `_partials/a.html:1:4: function "nix" not defined
home.html:1:13: template "twice" is defined in _partials/a.html and _partials/b.html
list.html:2:4: function "bar" not defined
page.html:1:4: function "foo" not defined`
	for range 5 {
		if _, err := New(tree(archive), Options{}); err == nil || err.Error() != want {
			t.Fatalf("got\n%v\nwant\n%s", err, want)
		}
	}
}

func TestExecuteErrors(t *testing.T) {
	for _, tt := range []struct{ name, tree, want string }{
		{"field", "-- page.html --\nx\n<p>é{{ .Titel }}", `page.html:2:8: at <.Titel>: can't evaluate field Titel in type *layouts.page (did you mean "Title"?)`},
		{"method", "-- page.html --\n{{ .relpermalink }}", `page.html:1:4: at <.relpermalink>: can't evaluate field relpermalink in type *layouts.page (did you mean "RelPermalink"?)`},
		{"chain", "-- page.html --\n{{ 1 }} {{ .Site.BaseUrl }}", `page.html:1:17: at <.Site.BaseUrl>: can't evaluate field BaseUrl in type *layouts.siteInfo (did you mean "BaseURL"?)`},
		{"head of a chain", "-- page.html --\n{{ .Sites.BaseURL.X }}", `page.html:1:4: at <.Sites.BaseURL.X>: can't evaluate field Sites in type *layouts.page (did you mean "Site"?)`},
		{"variable", "-- page.html --\n{{ $s := .Site }}{{ with 1 }}{{ $s.Nam }}{{ end }}", `page.html:1:35: at <$s.Nam>: can't evaluate field Nam in type *layouts.siteInfo (did you mean "Name"?)`},
		{"in an attribute", "-- page.html --\n<a title=\"{{ .Titel | printf \"%s\" }}\">", `page.html:1:14: at <.Titel>: can't evaluate field Titel in type *layouts.page (did you mean "Title"?)`},
		{"function", "-- page.html --\n <p>{{ upper \"a>: b\" | printf \"%s\" }}{{ boom }}", `page.html:1:41: at <boom>: error calling boom: boom`},
		{"method fails", "-- page.html --\n\n {{ .Fail }}", `page.html:2:5: at <.Fail>: error calling Fail: boom`},
		{"panic", "-- page.html --\n{{ crash }}", `page.html:1:4: at <crash>: error calling crash: crashed`},
		{"runtime panic", "-- page.html --\n{{ index2 .Params.ints 7 }}", `page.html:1:4: at <index2 .Params.ints 7>: error calling index2: panic: runtime error: index out of range [7] with length 1`},
		{"panic in an iterator", "-- page.html --\n{{ range .Params.seq }}{{ . }}{{ end }}", `page.html: panic: iterator`},
		{"arguments", "-- page.html --\n{{ upper }}", `page.html:1:4: at <upper>: wrong number of args for upper: want 1 got 0`},
		{"quote in the action", "-- page.html --\n{{ upper \"a>: b\" 'x' }}", `page.html:1:4: at <upper>: wrong number of args for upper: want 1 got 2`},
		{"range", "-- page.html --\n{{ range .Title.X }}{{ end }}", `page.html:1:16: at <.Title.X>: can't evaluate field X in type string`},
		{"partial", "-- page.html --\n<p>\n {{ partial \"nva.html\" . }}\n-- _partials/nav.html --\n", `page.html:2:5: at <partial "nva.html" .>: partial "nva.html" not found (did you mean "nav.html"?)`},
		{"partial without extension", "-- page.html --\n{{ partial \"nva\" . }}\n-- _partials/nav.html --\n", `page.html:1:4: at <partial "nva" .>: partial "nva" not found (did you mean "nav.html"?)`},
		{"partial with two values", "-- page.html --\n{{ partial \"nav\" . 1 }}\n-- _partials/nav.html --\n", `page.html:1:4: at <partial "nav" . 1>: partial "nav" got 2 values, it takes one (use dict for more)`},
		{"return outside", "-- page.html --\n{{ return 1 }}", `page.html:1:4: at <return 1>: return is for partials only`},
		{"return of two", "-- page.html --\n{{ partial \"x\" }}\n-- _partials/x.html --\n{{ return 1 2 }}", `_partials/x.html:1:4: at <return 1 2>: return got 2 values, it takes one (use slice or dict for more) (called from page.html:1:4)`},
		{"in a partial", "-- page.html --\n\n  {{ partial \"a\" . }}\n-- _partials/a.html --\n{{ with partialCached \"b.html\" . }}{{ end }}\n-- _partials/b.html --\n<b>\n{{ .Nix }}", `_partials/b.html:2:4: at <.Nix>: can't evaluate field Nix in type *layouts.page (called from _partials/a.html:1:9, page.html:2:6)`},
		{"in the base", "-- page.html --\n{{ define \"main\" }}{{ end }}\n-- baseof.html --\n<title>{{ .Nix }}</title>{{ block \"main\" . }}{{ end }}", `baseof.html:1:11: at <.Nix>: can't evaluate field Nix in type *layouts.page`},
		{"in a definition", "-- page.html --\n{{ define \"main\" }}\n{{ .Nix }}{{ end }}\n-- baseof.html --\n<title>{{ block \"main\" . }}{{ end }}</title>", `page.html:2:4: at <.Nix>: can't evaluate field Nix in type *layouts.page`},
		{"no base", "-- page.html --\n{{ define \"main\" }}{{ end }}", `page.html: the layout has definitions only, and no base template was found (baseof.html)`},
		{"base needs a definition", "-- page.html --\n{{ define \"mian\" }}{{ end }}\n-- baseof.html --\n{{ template \"main\" . }}", `baseof.html:1:13: template "main" not defined (did you mean "mian"?)`},
		{"ambiguous URL", "-- page.html --\n<p>\n<a href='x{{ if .Title }}?{{ end }}{{ .Title }}'>", `page.html:2:39: {{.Title}} appears in an ambiguous context within a URL`},
		{"ambiguous in a template", "-- page.html --\n{{ template \"_partials/x.html\" . }}\n-- _partials/x.html --\n<a href='x{{ if . }}?{{ end }}{{ . }}'>", `_partials/x.html:1:34: {{.}} appears in an ambiguous context within a URL`},
		{"bad attribute", "-- page.html --\n<p>{{ partial \"x\" }}\n-- _partials/x.html --\n\n <a b=c'd>", `_partials/x.html:2:7: "'" in unquoted attr: "c'd" (called from page.html:1:7)`},
		{"ends in an attribute", "-- page.html --\n<p>\n<a href=\"{{ .Title }}>", `page.html:2:1: the template ends inside a tag`},
		{"ends in a script", "-- page.html --\n<script>{{ .Title }}", `page.html:1:1: the template ends inside <script>`},
		{"quoted ends of contexts", "-- page.html --\n{{ printf `%s>: ` (printf \">: %s\" .Title.Nix) }}", `page.html:1:41: at <.Title.Nix>: can't evaluate field Nix in type string`},
		{"quoted end of a context", "-- page.html --\n{{ len (index .Pages `a>: b` \"\\\"c>: d\") }}", "page.html:1:9: at <index .Pages `a>: b` \"\\\"c>: d\">: error calling index: cannot index slice/array with type string"},
		{"branches in a string", "-- page.html --\n<script>x = 1{{ if .Title }}\"{{ end }}", `page.html:1:20: {{if}} branches end in different contexts: one in a string inside <script>, one inside <script>`},
		{"branches in a single quote", "-- page.html --\n<script>x = 1{{ if .Title }}'{{ end }}", `page.html:1:20: {{if}} branches end in different contexts: one in a string inside <script>, one inside <script>`},
		{"branches in a template literal", "-- page.html --\n<script>x = 1{{ if .Title }}" + "`" + "{{ end }}", `page.html:1:20: {{if}} branches end in different contexts: one in a template literal inside <script>, one inside <script>`},
		{"branches in a comment", "-- page.html --\n<script>x = 1{{ if .Title }}/*{{ end }}", `page.html:1:20: {{if}} branches end in different contexts: one in a comment inside <script>, one inside <script>`},
		{"branches in a line comment", "-- page.html --\n<script>x = 1{{ if .Title }}//{{ end }}", `page.html:1:20: {{if}} branches end in different contexts: one in a comment inside <script>, one inside <script>`},
		{"branches in a regular expression", "-- page.html --\n<script>x = {{ if .Title }}/a{{ end }}", `page.html:1:19: {{if}} branches end in different contexts: one in a regular expression inside <script>, one inside <script>`},
		{"branches in a style", "-- page.html --\n<style>p { a: b; {{ if .Title }}c: \"{{ end }}", `page.html:1:24: {{if}} branches end in different contexts: one in a string inside <style>, one inside <style>`},
		{"branches in a URL of a style", "-- page.html --\n<style>p { background: {{ if .Title }}url({{ end }}", `page.html:1:30: {{if}} branches end in different contexts: one in a URL inside <style>, one inside <style>`},
		{"branches in a comment of a style", "-- page.html --\n<style>{{ if .Title }}/*{{ end }}", `page.html:1:14: {{if}} branches end in different contexts: one in a comment inside <style>, one inside <style>`},
		{"branches in a textarea", "-- page.html --\n{{ if .Title }}<textarea>{{ end }}", `page.html:1:7: {{if}} branches end in different contexts: one inside <title> or <textarea>, one in text`},
		{"branches in a comment of HTML", "-- page.html --\n{{ if .Title }}<!--{{ end }}", `page.html:1:7: {{if}} branches end in different contexts: one inside a comment, one in text`},
		{"branches", "-- page.html --\n{{ if .Title }}<a href=\"{{ end }}", `page.html:1:7: {{if}} branches end in different contexts: one inside a tag, one in text`},
		{"endless partial", "-- page.html --\n{{ partial \"x\" }}\n-- _partials/x.html --\nx{{ partial \"x\" }}", `_partials/x.html:1:5: at <partial "x">: templates call each other more than 200 deep (Config.Limits.CallDepth sets the limit) (called from _partials/x.html:1:5, page.html:1:4)`},
		{"endless cached partial", "-- page.html --\n{{ partialCached \"x\" . }}\n-- _partials/x.html --\n{{ partial \"y\" . }}\n-- _partials/y.html --\n{{ partialCached \"x\" . }}", `_partials/y.html:1:4: at <partialCached "x" .>: the cached partial needs its own result (called from _partials/x.html:1:4, page.html:1:4)`},
		{"endless template", "-- page.html --\n{{ define \"a\" }}{{ template \"b\" . }}{{ end }}{{ define \"b\" }}\n{{ if 1 }}{{ template \"a\" . }}{{ end }}{{ end }}{{ template \"a\" . }}", `page.html:2:23: templates call each other more than 200 deep (Config.Limits.CallDepth sets the limit)`},
		{"endless template without value", "-- page.html --\n{{ define \"a\" }}{{ template \"a\" }}{{ end }}{{ template \"a\" }}", `page.html:1:1: templates call each other more than 200 deep (Config.Limits.CallDepth sets the limit)`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := mustNew(t, tt.tree)
			p := &page{Title: "t", Params: map[string]any{
				"ints": []int{1},
				"seq":  func(yield func(int) bool) { panic("iterator") },
			}}
			for range 2 {
				_, err := render(t, e, "page.html", &State{Page: p})
				if err == nil || err.Error() != tt.want {
					t.Fatalf("got  %v\nwant %s", err, tt.want)
				}
			}
		})
	}
}

func TestErrorCauses(t *testing.T) {
	e := mustNew(t, "-- page.html --\n{{ partial \"x\" . }}\n-- _partials/x.html --\n{{ .Fail }}\n-- bad.html --\n<a href='x{{ if . }}?{{ end }}{{ . }}'>")
	_, err := render(t, e, "page.html", &State{Page: &page{}})
	if !errors.Is(err, errBoom) {
		t.Errorf("cause lost: %v", err)
	}
	at, ok := errors.AsType[*Error](err)
	if !ok || at.File != "_partials/x.html" || !slices.Equal(at.Calls, []Call{{"page.html", 1, 4}}) || at.Trace() != "called from page.html:1:4" {
		t.Errorf("got %#v", at)
	}
	_, err = render(t, e, "bad.html", nil)
	if he, ok := errors.AsType[*htmltemplate.Error](err); !ok || he.ErrorCode != htmltemplate.ErrAmbigContext {
		t.Errorf("got %v", err)
	}
}

// TestErrorOfCachedPartial checks that callers do not share the list of calls.
func TestErrorOfCachedPartial(t *testing.T) {
	e := mustNew(t, "-- page.html --\n{{ partialCached \"x\" . }}\n-- list.html --\n\n{{ partialCached \"x\" . }}\n-- _partials/x.html --\n{{ boom }}")
	st := &State{Cache: &Cache{}}
	for range 2 {
		for name, call := range map[string]string{"page.html": "page.html:1:4", "list.html": "list.html:2:4"} {
			_, err := render(t, e, name, st)
			if want := "_partials/x.html:1:4: at <boom>: error calling boom: boom (called from " + call + ")"; err == nil || err.Error() != want {
				t.Errorf("got  %v\nwant %s", err, want)
			}
		}
	}
}

func TestCleanContext(t *testing.T) {
	for in, want := range map[string]string{
		".A | _html_template_htmlescaper":                                      ".A",
		".A | _html_template_urlfilter | _html_template_urlnormalizer | upper": ".A | upper",
		"f `a\n\t b`":                          "f `a b`",
		"f " + strings.Repeat("é", 100):        "f " + strings.Repeat("é", 78) + "…",
		"{{.A | _html_template_jsvalescaper}}": "{{.A}}",
	} {
		if got := cleanContext(in); got != want {
			t.Errorf("cleanContext(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSuggestionsFromFunctions(t *testing.T) {
	funcs := texttemplate.FuncMap{"info": func() []*siteInfo { return []*siteInfo{{}} }}
	e, err := New(tree("-- page.html --\n{{ range info }}{{ .Naem }}{{ end }}"), Options{Funcs: funcs})
	if err != nil {
		t.Fatal(err)
	}
	_, err = render(t, e, "page.html", nil)
	if err == nil || !strings.Contains(err.Error(), `(did you mean "Name"?)`) {
		t.Errorf("got %v", err)
	}
}
