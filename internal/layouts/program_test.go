package layouts

import (
	"bytes"
	"io/fs"
	"testing"

	"github.com/jam-go/jam/internal/exec"
)

// programTree has what the package adds to the templates of the standard library.
const programTree = benchTree + `
-- all.html --
{{ $v := partial "value" (dict "a" 1) }}{{ $v.sum }} {{ partial "value" nil }}
{{ partialCached "nav.html" . "x" }}{{ partial "feed.xml" . }}{{ partial "data.json" . }}{{ partial "text.txt" . }}
{{ with .Day }}{{ . }}{{ else }}no day{{ end }}
{{ with try (index .Pages 99) }}{{ with .Err }}{{ . }}{{ end }}{{ end }}{{ with try (len .Pages) }}{{ .Value }}{{ end }}
{{ .Params.DESCRIPTION }}{{ with .Params }}{{ .description }}{{ end }}
<script>const page = {{ .Params }}, title = "{{ .Title }}"</script>
<a href="{{ .RelPermalink }}?q={{ .Title }}" title="{{ template "inline" . }}">{{ template "inline" . }}</a>
{{ range $i, $p := .Pages }}{{ if eq $i 2 }}{{ break }}{{ end }}{{ template "tree" $p }}{{ end }}
{{ define "inline" }}{{ .Title }}{{ end }}
{{ define "tree" }}<ul>{{ range .Pages }}<li>{{ template "tree" . }}</li>{{ end }}</ul>{{ end }}
-- wrong.html --
{{ range .Pages }}{{ .Title }}{{ .RelPermalink.Nope }}{{ end }}
-- fails.html --
{{ partial "fails.html" . }}
-- _partials/value.html --
{{ with . }}{{ return (dict "sum" (len .)) }}{{ end }}none
-- _partials/fails.html --
<p>{{ template "deep" .Pages }}{{ define "deep" }}{{ (index . 7).Title }}{{ end }}
-- _partials/feed.xml --
<title a="{{ .Title }}">{{ .Title }}<![CDATA[{{ .Title }}]]></title>
-- _partials/data.json --
{"title": {{ .Title }}, "text": "{{ .Title }}", "params": {{ .Params }}}
-- _partials/text.txt --
{{ .Title }} {{ .Params.nothing }}
`

// TestProgram compares the programs of templates with what the standard library makes of these.
func TestProgram(t *testing.T) {

	fsys := tree(programTree)
	own, std := mustNew(t, programTree), mustNew(t, programTree)
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		tm, ok := own.Template(name)
		if err != nil || d.IsDir() || !ok || tm.Check() != nil {
			return err // baseof.html, and what has no base
		}
		if tm.program() == nil {
			t.Errorf("%s is left to the standard library", name)
		}
		other, _ := std.Template(name)
		useStandard(std, other)
		var got, want bytes.Buffer
		gotErr := own.Execute(&got, tm, &State{Ctx: t.Context(), Page: benchPage()})
		wantErr := std.Execute(&want, other, &State{Ctx: t.Context(), Page: benchPage()})
		if got.String() != want.String() || errorText(gotErr) != errorText(wantErr) {
			t.Errorf("%s:\n got %q, %v\nwant %q, %v", name, &got, gotErr, &want, wantErr)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// useStandard leaves t, and all that it can call, to the standard library.
func useStandard(e *Engine, t *Template) {
	none := func() *exec.Program { return nil }
	t.program = none
	for _, p := range e.partials {
		p.program = none
	}
	for _, expr := range e.tries {
		expr.program = none
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
