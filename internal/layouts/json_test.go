package layouts

import (
	"encoding/json"
	htmltemplate "html/template"
	"math"
	"strings"
	"testing"
	"time"
)

func TestJSON(t *testing.T) {
	p := feedPage{&page{Title: "a \"b\"\n\\", Params: map[string]any{
		"n": 5, "f": 1.5, "yes": true, "list": []string{"a", "b"}, "empty": []string{}, "map": map[string]any{"x": nil},
		"json": `{"a": [1]}`, "nums": "1, 2", "members": `"a": 1, "b": 2`, "word": "word", "none": "",
		"dur": time.Second, "html": htmltemplate.HTML("<b>"), "date": time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
	}}}
	for _, tt := range []struct{ name, src, want string }{
		{"in a string", `{"t": "{{ .Title }}"}`, `{"t": "a \"b\"\n\\"}`},
		{"twice in a string", `{"t": "x{{ .Title }}y\"{{ .Params.n }}{{ .Params.nope }}"}`, `{"t": "xa \"b\"\n\\y\"5"}`},
		{"HTML in a string", `"{{ .Content }}"`, `"\u003cp\u003ea \u0026amp; b\u003c/p\u003e"`},
		{"safeJSStr", `"{{ safeJSStr "\\n" }}{{ safeHTML "\"" }}"`, `"\n\""`},
		{"in a key", `{"{{ .Title }}": 1}`, `{"a \"b\"\n\\": 1}`},
		{"number, bool, nil", `[{{ .Params.n }}, {{ .Params.f }}, {{ .Params.yes }}, {{ .Params.nope }}]`, `[5, 1.5, true, null]`},
		{"no number", `[{{ .Params.dur }}]`, `["1s"]`},
		{"list and map", `{"l": {{ .Params.list }}, "m": {{ .Params.map }}, "d": {{ .Params.date }}}`, `{"l": ["a","b"], "m": {"x":null}, "d": "2026-03-01T00:00:00Z"}`},
		{"string as a value", `{"t": {{ .Title }}, "e": {{ .Params.none }}, "w": {{ .Params.word }}}`, `{"t": "a \"b\"\n\\", "e": "", "w": "word"}`},
		{"JSON in a string", `{"j": {{ .Params.json }}}`, `{"j": {"a": [1]}}`},
		{"several values are no value", `{"j": {{ .Params.nums }}, "m": {{ .Params.members }}}`, `{"j": "1, 2", "m": "\"a\": 1, \"b\": 2"}`},
		{"elements", `[{{ .Params.nums }}]`, `[1, 2]`},
		{"members", `{{"{"}}{{ .Params.members }}}`, `{"a": 1, "b": 2}`},
		{"members are no elements", `[{{ .Params.members }}]`, `["\"a\": 1, \"b\": 2"]`},
		{"delimit", `[{{ delimit .Params.empty "," }}]`, `[]`},
		{"empty element", `[{{ .Params.none }}, {{ .Params.none }}]`, `["", ""]`},
		{"computed key", `{ {{ .Params.n }}: 1, {{ .Params.word }}: 2}`, `{ "5": 1, "word": 2}`},
		{"HTML as a value", `[{{ .Content }}]`, `["\u003cp\u003ea \u0026amp; b\u003c/p\u003e"]`},
		{"jsonify", `{"t": {{ .Title | jsonify }}, "l": {{ encoding.Jsonify .Params.list }}}`, `{"t": "a \"b\"\n\\", "l": ["a","b"]}`},
		{"marked", `{"a": {{ "[1]" | safeHTML }}, "b": {{ safe.HTML .Params.json }}}`, `{"a": [1], "b": {"a": [1]}}`},
		{"marked otherwise", `{"a": {{ safeHTMLAttr "[2]" }}, "b": {{ safeJSStr "[3]" }}}`, `{"a": [2], "b": [3]}`},
		{"printf %q", `[{{ printf "%q" .Title }}, {{ printf "%q" "\x07" }}]`, `["a \"b\"\n\\", "\u0007"]`},
		{"comma by cond", `[{{ range $i, $e := list 1 2 3 }}{{ $e }}{{ cond (lt $i 2) "," "" }}{{ end }}]`, `[1,2,3]`},
		{"comma by if", `[{{ range $i, $e := .Params.list }}{{ if $i }}, {{ end }}{{ $e }}{{ end }}]`, `["a", "b"]`},
		{"comma first", `[{{ range $i, $e := .Params.list }}{{ if $i }},{{ end }}"{{ $e }}"{{ else }}{{ end }}]`, `["a","b"]`},
		{"objects", `[{{ range $i, $e := .Params.list }}{{ if $i }},{{ end }}{"n": {{ $i }}, "e": {{ $e }}}{{ end }}]`, `[{"n": 0, "e": "a"},{"n": 1, "e": "b"}]`},
		{"branches", `{"a": {{ if true }}"x{{ .Title }}"{{ else }}{{ .Title }}{{ end }}, "b": {{ with .Params.none }}{{ else }}{{ .Params.nums }}{{ end }}}`, `{"a": "xa \"b\"\n\\", "b": "1, 2"}`},
		{"Scratch", `{"a": {{ .Store.Set "x" 1 }}{{ .Title }}, "b": [{{ .Store.Set "x" 1 }}1]}`, `{"a": "a \"b\"\n\\", "b": [1]}`},
		{"nothing printed", `[{{ cond true "" "x" }} 1]`, `[ 1]`},
		{"partial", `{"i": [{{ partial "item.json" . }}, {{ partialCached "item.json" . }}]}`, `{"i": [{"t":"a \"b\"\n\\"}, {"t":"a \"b\"\n\\"}]}`},
		{"partial of another name", `[{{ partial "x.txt" . }}, {{ partial "x.html" . }}]`, `[1, 2]`},
		{"partial in a string", `"{{ partial "item.json" . }}"`, `"{\"t\":\"a \\\"b\\\"\\n\\\\\"}"`},
		{"partial's value", `[{{ partial "value.json" "a\"" }}, {{ partial "value.json" 5 }}, {{ partial "value.json" .Params.map }}]`, `["a\"", 5, {"x":null}]`},
		{"template", `{{ define "x" }}{{ . }}{{ end }}["{{ template "x" "\"" }}", {{ template "x" "\"" }}, {{ template "x" 1 }}]`, `["\"", "\"", 1]`},
		{"recursive template", `{{ define "n" }}{"t": {{ .Title }}, "c": [{{ range $i, $p := .Pages }}{{ if $i }},{{ end }}{{ template "n" $p }}{{ end }}]}{{ end }}{{ template "n" . }}`, `{"t": "a \"b\"\n\\", "c": []}`},
		{"constant", `{{ "{" }}"a": {{ print "[" }}1]}`, `{"a": [1]}`},
		{"constant in a string", `"{{ "\"" }}"`, `"\""`},
		{"alone", `{{ .Title }}`, `"a \"b\"\n\\"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := formatEngine(t, "-- page.json --\n"+tt.src+`
-- _partials/item.json --
{"t":"{{ .Title }}"}{{- /**/ -}}
-- _partials/x.txt --
1{{- /**/ -}}
-- _partials/x.html --
2{{- /**/ -}}
-- _partials/value.json --
{{ return . }}
`)
			for range 2 {
				got, err := render(t, e, "page.json", &State{Page: p})
				if err != nil || got != tt.want {
					t.Fatalf("got  %s, %v\nwant %s", got, err, tt.want)
				}
				if !json.Valid([]byte(got)) {
					t.Fatalf("not JSON: %s", got)
				}
			}
		})
	}
}

func TestJSONErrors(t *testing.T) {
	for _, tt := range []struct{ name, src, want string }{
		{"branches", "[\n{{ if .Title }}\"{{ end }}", "x.json:2:7: {{if}} branches end in different contexts: one inside a string, one in text"},
		{"range", "{{ range .Pages }}\"{{ end }}", "x.json:1:10: {{range}} body begins and ends in different contexts: one inside a string, one in text"},
		{"end", "{\"a\": \"{{ .Title }}", "x.json:1:7: the template ends inside a string"},
		{"backslash", "\"\\{{ .Title }}\"", "x.json:1:6: an action right after a backslash in a JSON string"},
	} {
		_, err := New(tree("-- x.json --\n"+tt.src), Options{Funcs: formatFuncs()})
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s:\ngot  %v\nwant %s", tt.name, err, tt.want)
		}
	}
	e := formatEngine(t, "-- x.json --\n[\n {{ .Params.f }}]")
	_, err := render(t, e, "x.json", &State{Page: &page{Params: map[string]any{"f": []any{func() {}}}}})
	if want := "x.json:2:5: json: unsupported type: func()"; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	_, err = render(t, e, "x.json", &State{Page: &page{Params: map[string]any{"f": math.Inf(1)}}})
	if want := "x.json:2:5: JSON has no number +Inf"; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestJSONInHTML(t *testing.T) {
	e := formatEngine(t, "-- page.html --\n{{ partial \"x.json\" \"</p>\" }} {{ partial \"x.json\" \"</p>\" | safeHTML }} {{ partialCached \"x.xml\" \"&\" }}\n"+
		"-- page.xml --\n{{ partialCached \"x.xml\" \"&\" }}\n-- page.txt --\n{{ partialCached \"x.xml\" \"&\" }}{{ \"<\" }}\n"+
		"-- _partials/x.json --\n{\"a\":\"{{ . }}\"}{{- /**/ -}}\n-- _partials/x.xml --\n<i>{{ . }}</i>{{- /**/ -}}")
	st := &State{Cache: &Cache{}}
	for range 2 {
		for name, want := range map[string]string{
			"page.html": `{&#34;a&#34;:&#34;\u003c/p\u003e&#34;} {"a":"\u003c/p\u003e"} &lt;i&gt;&amp;amp;&lt;/i&gt;`,
			"page.xml":  `<i>&amp;</i>`,
			"page.txt":  `<i>&amp;</i><`,
		} {
			if got, err := render(t, e, name, st); got != want || err != nil {
				t.Errorf("%s: got %s, %v", name, got, err)
			}
		}
	}
}

// FuzzJSON checks that any string gives valid JSON, and comes through a JSON string.
func FuzzJSON(f *testing.F) {
	e := formatEngine(f, `-- x.json --
{"a": "{{ . }}", "b": {{ . }}, "k": {"{{ . }}": 1}, "c": [{{ . }}], "d": [{{ . }}, {{ . }}], "e": { {{ . }} }, "f": {{ printf "%q" . }},
"g": {{ if . }}{{ . }}{{ else }}0{{ end }}, "h": [{{ range $i, $x := list . . }}{{ if $i }},{{ end }}{{ $x }}{{ end }}]}`)
	tm, _ := e.Template("x.json")
	for _, s := range []string{"", "a", `"`, `\`, "1", "1,2", `"x": 1`, `"x"`, "null", "[", "]", ",", "{}", "\x00", "\xff", `"\x07"`, "\u2028", "1}", " ", "</script>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var b strings.Builder
		if err := e.Execute(&b, tm, &State{Dot: s}); err != nil {
			t.Fatal(err)
		}
		var got struct{ A string }
		out := b.String()
		// "e" is valid only when s is a list of members, or empty.
		i, j := strings.Index(out, `"e": {`), strings.LastIndex(out, `, "f"`)
		if err := json.Unmarshal([]byte(out[:i]+out[j+1:]), &got); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if want := strings.ToValidUTF8(s, ""); strings.ReplaceAll(got.A, "\uFFFD", "") != strings.ReplaceAll(want, "\uFFFD", "") {
			t.Errorf("%q came through as %q", s, got.A)
		}
	})
}
