package layouts

import (
	"context"
	"errors"
	"html"
	"strings"
	"testing"

	"github.com/jam-go/jam/internal/diag"
)

func TestTry(t *testing.T) {
	const show = `{{ with .Err }}[{{ . }}]{{ else with .Value }}({{ . }}){{ else }}none{{ end }}`
	for _, tt := range []struct{ name, src, want string }{
		{"value", `{{ with try (upper "x") }}` + show + `{{ end }}`, `(X)`},
		{"function fails", `{{ with try (boom) }}` + show + `{{ end }}`, `[page.html:1:14: at <boom>: error calling boom: boom]`},
		{"method fails", `{{ with try .Fail }}` + show + `{{ end }}`, `[page.html:1:13: at <.Fail>: error calling Fail: boom]`},
		{"function panics", `{{ with try (crash) }}` + show + `{{ end }}`, `[page.html:1:14: at <crash>: error calling crash: crashed]`},
		{"argument fails", `{{ with try (upper (index .Params.list 9)) }}` + show + `{{ end }}`, `[page.html:1:21: at <index .Params.list 9>: error calling index: index out of range: 9]`},
		{"unknown field", `{{ with try (upper .Titel) }}` + show + `{{ end }}`, `[page.html:1:20: at <.Titel>: can't evaluate field Titel in type *layouts.page (did you mean "Title"?)]`},
		{"nil pointer", `{{ with try (upper .Params.none.x.y) }}` + show + `{{ end }}`, `[page.html:1:27: at <.Params.none.x.y>: want string, have nothing]`},
		{"pipeline", `{{ with "x" | upper | try }}` + show + `{{ end }}{{ with boom | try }}` + show + `{{ end }}`, `(X)[page.html:1:124: at <boom>: error calling boom: boom]`},
		{"pipeline in parentheses", `{{ with try ("x" | upper) }}` + show + `{{ end }}`, `(X)`},
		{"dot", `{{ with "d" }}{{ with try (upper .) }}` + show + `{{ end }}{{ end }}`, `(D)`},
		{"root and variables", `{{ $x := "v" }}{{ range $i, $p := .Pages }}{{ with try (print $.Title $x $i $p.Title .Title) }}` + show + `{{ end }}{{ end }}`, `(Tv0pp)(Tv1qq)`},
		{"nothing", `{{ with try (where nil) }}` + show + `{{ end }}`, `none`},
		{"without with", `{{ $r := try (boom) }}{{ if $r.Err }}failed{{ end }}{{ (try (upper "y")).Value }}`, `failedY`},
		{"value escaped", `{{ (try (print "<" .Title)).Value }}`, `&lt;T`},
		{"nested", `{{ with try (print (try (boom)).Err "!" (try (upper .Title)).Value) }}` + show + `{{ end }}`, `(page.html:1:26: at &lt;boom&gt;: error calling boom: boom!T)`},
		{"of a partial", `{{ with try (partial "bad" .) }}` + show + `{{ end }}{{ with try (partial "good" .) }}` + show + `{{ end }}`, `[_partials/bad.html:1:4: at <boom>: error calling boom: boom (called from page.html:1:14)](<b>T</b>)`},
		{"in a partial", `{{ partial "tries" . }}`, `[failed T]`},
		{"in a definition", `{{ define "a" }}{{ with try (upper .) }}` + show + `{{ end }}{{ end }}{{ template "a" "q" }}`, `(Q)`},
		{"a date", `{{ with try (.Day) }}{{ with .Value }}{{ else }}no day{{ end }}{{ end }}`, `no day`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := mustNew(t, "-- page.html --\n"+tt.src+`
-- _partials/bad.html --
{{ boom }}
-- _partials/good.html --
<b>{{ .Title }}</b>{{- /**/ -}}
-- _partials/tries.html --
{{ with try (boom) }}{{ if .Err }}{{ return (print "[failed " $.Title "]") }}{{ end }}{{ end }}
`)
			p := &page{Title: "T", Params: map[string]any{"list": []int{1}}, Pages: []*page{{Title: "p"}, {Title: "q"}}}
			for range 2 {
				got, err := render(t, e, "page.html", &State{Page: p})
				if got = html.UnescapeString(got); err != nil || got != html.UnescapeString(tt.want) {
					t.Fatalf("got  %s, %v\nwant %s", got, err, tt.want)
				}
			}
		})
	}
}

func TestTryInText(t *testing.T) {
	e := formatEngine(t, "-- x.txt --\n{{ with try (boom) }}{{ .Err }}{{ end }}\n-- x.json --\n[{{ with try (upper .) }}{{ .Value }}{{ end }}]\n-- x.xml --\n{{ with try (partial \"y.xml\" .) }}<a b=\"{{ .Value }}\"/>{{ end }}\n-- _partials/y.xml --\n&amp;{{ . }}{{- /**/ -}}")
	for name, want := range map[string]string{"x.txt": "x.txt:1:14: at <boom>: error calling boom: boom", "x.json": `["\u003c"]`, "x.xml": `<a b="&amp;amp;&amp;lt;"/>`} {
		got, err := render(t, e, name, &State{Dot: "<"})
		if got != want || err != nil {
			t.Errorf("%s: got %s, %v", name, got, err)
		}
	}
}

// TestTryDoesNotCatch what is to end the execution.
func TestTryDoesNotCatch(t *testing.T) {
	e := mustNew(t, `
-- loop.html --
{{ $x := try (partial "loop" .) }}
-- _partials/loop.html --
{{ range 1000000000000 }}{{ end }}
-- deep.html --
{{ $x := try (partial "deep" .) }}
-- _partials/deep.html --
{{ $x := try (partial "deep" .) }}{{ $y := try (partial "deep" .) }}
-- big.html --
{{ $x := try (partial "big" .) }}ok
-- _partials/big.html --
{{ range 1000 }}0123456789{{ end }}
-- return.html --
{{ $x := partial "return" . }}{{ $x }}
-- _partials/return.html --
{{ $x := try (return 5) }}after
`)
	ctx := &countdown{Context: context.Background(), left: 1000}
	if _, err := render(t, e, "loop.html", &State{Ctx: ctx}); !errors.Is(err, context.Canceled) {
		t.Errorf("context: %v", err)
	}
	if _, err := render(t, e, "deep.html", nil); !errors.Is(err, diag.ErrLimit) {
		t.Errorf("depth: %.200v", err)
	}
	_, err := render(t, e, "big.html", &State{MaxOutput: 100})
	if want := "_partials/big.html: more than 100 bytes of output (Config.Limits.OutputSize sets the limit) (called from big.html:1:15)"; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if got, err := render(t, e, "return.html", nil); got != "5" || err != nil {
		t.Errorf("return: %q, %v", got, err)
	}
}

func TestTryErrors(t *testing.T) {
	for src, want := range map[string]string{
		`{{ with try upper "x" }}{{ end }}`:     `x.html:1:9: try takes one expression: try (f x)`,
		`{{ with try }}{{ end }}`:               `x.html:1:9: try takes one expression: try (f x)`,
		`{{ with "x" | try (upper) }}{{ end }}`: `x.html:1:15: try takes one expression: try (f x)`,
		`{{ with try (nix .) }}{{ end }}`:       `x.html:1:14: function "nix" not defined`,
		`{{ with tri (upper .) }}{{ end }}`:     `x.html:1:9: function "tri" not defined (did you mean "try"?)`,
	} {
		_, err := New(tree("-- x.html --\n"+src), Options{Funcs: testFuncs()})
		if err == nil || err.Error() != want {
			t.Errorf("%s:\ngot  %v\nwant %s", src, err, want)
		}
	}
}

func TestMaxOutput(t *testing.T) {
	e := mustNew(t, "-- page.html --\n{{ range 20 }}<p>{{ . }}</p>{{ end }}\n-- x.txt --\n{{ range 20 }}123456789\n{{ end }}")
	for _, tt := range []struct {
		name string
		max  int64
		want string
	}{
		{"page.html", 0, ""}, {"page.html", 1000, ""}, {"x.txt", 201, ""},
		{"page.html", 99, "page.html: more than 99 bytes of output (Config.Limits.OutputSize sets the limit)"},
		{"x.txt", 199, "x.txt: more than 199 bytes of output (Config.Limits.OutputSize sets the limit)"},
	} {
		_, err := render(t, e, tt.name, &State{MaxOutput: tt.max})
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || err.Error() != tt.want) {
			t.Errorf("got  %v\nwant %s", err, tt.want)
		}
	}
}

func TestCurrent(t *testing.T) {
	const show = `{{ with templates.Current }}{{ .Name }}{{ with .Base }}({{ .Name }}){{ end }}{{ range .Ancestors }} < {{ .Name }}{{ end }}{{ with .Parent }} parent {{ .Filename }}{{ end }}; {{ range .Ancestors.Reverse }}{{ .Name }} {{ end }}{{ end }}`
	e, err := New(tree("-- baseof.html --\n{{ block \"main\" . }}{{ end }}\n-- page.html --\n{{ define \"main\" }}"+show+"\n{{ partial \"a\" . }}{{ end }}\n-- _partials/a.html --\n{{ partial \"b\" }}"),
		Options{Fallback: tree("-- _partials/b.html --\n" + show), FallbackPrefix: "built-in:"})
	if err != nil {
		t.Fatal(err)
	}
	want := "page.html(baseof.html);\nbuilt-in:_partials/b.html < _partials/a.html < page.html parent _partials/a.html; page.html _partials/a.html"
	got, err := render(t, e, "page.html", nil)
	if got = strings.ReplaceAll(strings.ReplaceAll(got, "&lt;", "<"), "; \n", ";\n"); got != want || err != nil {
		t.Errorf("got  %q, %v\nwant %q", got, err, want)
	}
}

// prev has methods that fail on a nil receiver.
type prev struct {
	next  *prev
	title string
}

func (p *prev) Prev() *prev   { return p.next }
func (p *prev) Title() string { return p.next.title }

type nilPage struct {
	Prev  *prev
	Iface any
	Site  *siteInfo
}

func TestNilErrors(t *testing.T) {
	for _, tt := range []struct{ src, want string }{
		{`{{ .Prev.Title }}`, `page.html:1:9: at <.Prev.Title>: .Prev seems to be nil: use {{ with .Prev }}`},
		{`{{ .Site.Name }}`, `page.html:1:9: at <.Site.Name>: .Site is nil: use {{ with .Site }}`},
		{`{{ .Iface.Name }}`, `page.html:1:10: at <.Iface.Name>: .Iface is nil: use {{ with .Iface }}`},
		{`x{{ $s := .Site }}{{ upper $s.Name }}`, `page.html:1:30: at <$s.Name>: $s is nil: use {{ with $s }}`},
		{`{{ with .Site }}{{ else }}{{ .Site.Name }}{{ end }}`, `page.html:1:35: at <.Site.Name>: .Site is nil: use {{ with .Site }}`},
		{`{{ (where .Site).Name }}`, `page.html:1:11: at <.Site>: nil has no .Name: use with`},
	} {
		e := mustNew(t, "-- page.html --\n"+tt.src)
		_, err := render(t, e, "page.html", &State{Dot: &nilPage{}})
		if err == nil || err.Error() != tt.want {
			t.Errorf("got  %v\nwant %s", err, tt.want)
		}
	}
}
