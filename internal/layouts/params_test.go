package layouts

import (
	"html"
	"testing"
	"time"
)

type paramPage struct {
	Title  string
	Params map[string]any
	Site   *paramPage
}

func (*paramPage) Call(s string) map[string]any { return map[string]any{"Said": s} }

func newParamPage() *paramPage {
	day := time.Date(2024, 5, 6, 0, 0, 0, 0, time.UTC)
	return &paramPage{
		Title: "T",
		Params: map[string]any{
			"showToc": true, "MyDate": day, "noDate": time.Time{}, "my-Key": "dashed", "text": "<t>",
			"Cover": map[string]any{"Image": "c.png", "Size": map[string]int{"Wide": 7}},
			"LIST":  []any{map[string]any{"Name": "a"}, map[string]any{"name": "b"}},
			"b":     1, "B": 2,
		},
		Site: &paramPage{Title: "S", Params: map[string]any{"Author": map[string]any{"NAME": "Ann"}}},
	}
}

func TestParams(t *testing.T) {
	for _, tt := range []struct{ src, want string }{
		{`{{ .Params.showtoc }} {{ .Params.ShowToc }} {{ if .Params.SHOWTOC }}yes{{ end }}`, "true true yes"},
		{`{{ .Params.b }}{{ .Params.B }}`, "12"},
		{`{{ .Params.cover.image }} {{ .Params.COVER.size.wide }} {{ $.Params.cover.Image }}`, "c.png 7 c.png"},
		{`{{ with .Params.cover }}{{ .image }} {{ .size.WIDE }}{{ with .size }} {{ .wide }}{{ end }} {{ $.Title }}{{ end }}`, "c.png 7 7 T"},
		{`{{ range .Params.list }}{{ .NAME }}{{ end }} {{ range $i, $e := .Params.List }}{{ $i }}{{ $e.nAme }}{{ end }}`, "ab 0a1b"},
		{`{{ range or nil .Params.list }}{{ .NAME }}{{ end }}`, "ab"},
		{`{{ $c := .Params.cover }}{{ $c.image }} {{ $c = $c.size }}{{ $c.wide }}`, "c.png 7"},
		{`{{ $p := .Site.Params }}{{ $p.author.name }} {{ (.Site.Params).author.Name }} {{ with .Site }}{{ .Params.author.name }}{{ end }}`, "Ann Ann Ann"},
		{`{{ .Params.mydate.Year }} {{ .Params.mydate.Format "Jan" }} {{ .Params.mydate.UTC.Format "06" }}`, "2024 May 24"},
		{`{{ if .Params.nodate }}set{{ else }}zero{{ end }} {{ with .Params.nodate }}set{{ else }}zero{{ end }}`, "zero zero"},
		{`{{ index .Params "my-key" }} {{ index .Params "cover" "image" }} {{ index .Params.list 0 }}`, "dashed c.png map[Name:a]"},
		{`{{ isset .Params "MY-KEY" }} {{ isset .Params "nix" }} {{ isset .Params.cover "image" }}`, "true false true"},
		{`{{ .Params.none }}|{{ .Params.none.x.y }}|{{ with .Params.none }}{{ .x }}{{ else }}-{{ end }}|{{ .Params.text | print }}`, "||-|<t>"},
		{`{{ range $k, $v := .Params.cover }}{{ $k }},{{ end }}`, "Image,Size,"},
		{`{{ with .Call "x" }}{{ .said }}|{{ .Said }}{{ end }}`, "|x"}, // no parameter
		{`{{ (.Call "x").Said }} {{ .Params.list | len }} {{ eq .Params.b 1 }} {{ printf "%v" .Params.cover.image }}`, "x 2 true c.png"},
		{`{{ $x := 1 }}{{ $x }} {{ block "m" .Params.cover }}{{ .Image }}{{ end }}`, "1 c.png"},
	} {
		got, err := render(t, mustNew(t, "-- page.html --\n"+tt.src), "page.html", &State{Page: newParamPage()})
		if got = html.UnescapeString(got); err != nil || got != tt.want {
			t.Errorf("%s\ngot  %s, %v\nwant %s", tt.src, got, err, tt.want)
		}
	}
}

func TestParamMistakes(t *testing.T) {
	for _, tt := range []struct{ src, want string }{
		{`{{ .Params.text.x }}`, "page.html:1:11: at <.text.x>: can't evaluate field x in type string"},
		{`{{ with .Params.cover }}{{ .image.Base }}{{ end }}`, "page.html:1:34: at <.image.Base>: can't evaluate field Base in type string"},
		{`{{ .Params.mydate.Format }}`, "page.html:1:11: at <.mydate.Format>: wrong number of args for Format: want 1 got 0"},
		{`{{ upper .Params.none }}`, "page.html:1:17: at <.Params.none>: want string, have nothing"},
		{`{{ upper .Params.cover.image "x" }}`, "page.html:1:4: at <upper>: wrong number of args for upper: want 1 got 2"},
		{`{{ .Params.mydate.Format .Params.cover }}`, "page.html:1:33: at <.Params.cover>: want string, have map[string]any"},
		{`{{ .Nix.Params.x }}`, "page.html:1:4: at <.Nix.Params>: can't evaluate field Nix in type *layouts.paramPage"},
	} {
		_, err := render(t, mustNew(t, "-- page.html --\n"+tt.src), "page.html", &State{Page: newParamPage()})
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s\ngot  %v\nwant %s", tt.src, err, tt.want)
		}
	}
}
