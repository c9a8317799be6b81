package layouts

import (
	"testing"
	"testing/fstest"
)

const fallbackTree = `
-- _partials/opengraph.html --
<meta content="{{ .Title }}">
-- _partials/pagination.html --
{{ template "_partials/opengraph.html" . }}{{ partial "inner" . }}{{ define "x" }}built-in x{{ end }}{{ template "x" . }}
-- _partials/inner.html --
inner
-- _partials/bad.html --
{{ .Nix }}
-- rss.xml --
<rss>{{ .Title }}</rss>
-- baseof.html --
built-in base {{ block "main" . }}{{ end }}
-- list.html --
{{ define "main" }}list{{ end }}
`

func TestFallback(t *testing.T) {
	for _, tt := range []struct{ name, tree, want string }{
		{"partial", "-- page.html --\n{{ partial \"opengraph.html\" . }}{{ partial \"inner\" . }}", `<meta content="&lt;">` + "\ninner"},
		{"internal", "-- page.html --\n{{ template \"_internal/opengraph.html\" . }}{{ partial \"_internal/opengraph.html\" . }}{{ partial \"_internal/inner\" . }}", `<meta content="&lt;">` + "\n" + `<meta content="&lt;">` + "\ninner"},
		{"own partial", "-- page.html --\n{{ partial \"opengraph.html\" . }}\n-- _partials/opengraph.html --\nown", "own"},
		{"own partial around the internal one", "-- page.html --\n{{ partial \"opengraph.html\" . }}\n-- partials/opengraph.html --\n[{{ template \"_internal/opengraph.html\" . }}]", "[<meta content=\"&lt;\">\n]"},
		{"own partial in a built-in one", "-- page.html --\n{{ partial \"pagination.html\" . }}\n-- _partials/inner.html --\nown\n-- _partials/y.html --\n{{ define \"x\" }}own x{{ end }}", "<meta content=\"&lt;\">\nown\nbuilt-in x"},
		{"inline partial", "-- page.html --\n{{ define \"_partials/inner.html\" }}inline{{ end }}{{ partial \"inner\" . }}", "inline"},
		{"layout needs a base", "-- page.html --\n{{ define \"main\" }}m{{ end }}", "built-in base m"},
		{"own base", "-- baseof.html --\nown {{ block \"main\" . }}{{ end }}\n-- page.html --\n{{ define \"main\" }}m{{ end }}", "own m"},
		{"Exists", "-- page.html --\n{{ templates.Exists \"_partials/inner.html\" }} {{ templates.Exists \"_internal/inner.html\" }} {{ templates.Exists \"_internal/x.html\" }} {{ templates.Exists \"rss.xml\" }}", "true true false true"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e, err := New(tree(tt.tree), Options{Funcs: testFuncs(), Fallback: tree(fallbackTree), FallbackPrefix: "built-in:"})
			if err != nil {
				t.Fatal(err)
			}
			if got, err := render(t, e, "page.html", &State{Page: &page{Title: "<"}}); got != tt.want || err != nil {
				t.Errorf("got  %q, %v\nwant %q", got, err, tt.want)
			}
		})
	}
}

func TestFallbackLookup(t *testing.T) {
	opt := Options{Funcs: testFuncs(), Fallback: tree(fallbackTree), FallbackPrefix: "built-in:"}
	e, err := New(tree("-- page.html --\n{{ partial \"bad.html\" . }}\n-- _default/rss.xml --\nown"), opt)
	if err != nil {
		t.Fatal(err)
	}
	for want, q := range map[string]Query{
		"_default/rss.xml":   {Kind: "home", Format: "rss", Suffix: "xml"},
		"built-in:list.html": {Kind: "section"},
		"page.html":          {Kind: "page"},
	} {
		if got, ok := e.Lookup(q); !ok || got.Name() != want {
			t.Errorf("got %+v, want %s", got, want)
		}
	}
	_, err = render(t, e, "page.html", &State{Page: &page{}})
	if want := "built-in:_partials/bad.html:1:4: at <.Nix>: can't evaluate field Nix in type *layouts.page (called from page.html:1:4)"; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}

	opt.Fallback = tree("-- _partials/a.html --\n{{ nix }}\n-- page.html --\n{{ if }}")
	_, err = New(fstest.MapFS{}, opt)
	if want := "built-in:_partials/a.html:1:4: function \"nix\" not defined\nbuilt-in:page.html:1:1: missing value for if"; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	opt.Fallback = nil
	_, err = New(tree("-- page.html --\n{{ template \"_internal/opengraph.html\" . }}"), opt)
	if want := `page.html:1:13: template "_internal/opengraph.html" not defined`; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

// TestFilesThatAreNoTemplates do no harm until they are used.
func TestFilesThatAreNoTemplates(t *testing.T) {
	archive := `
-- page.html --
{{ partial "ok.txt" . }}
-- README.md --
Write {{ if }} or {{ nix }} {{ define "_partials/ok.txt" }}x{{ end }}
-- LICENSE --
{{
-- _partials/x.js --
var a = {{a:{}}};
-- _partials/nix.css --
{{ nix }}
-- _partials/ok.txt --
ok
-- use.html --
{{ partial "x.js" . }}
-- use2.html --
{{ partial "nix.css" . }}
-- _partials/icon.svg --
<svg a="
-- .DS_Store --
{{
-- css/.gitkeep --
`
	fsys := tree(archive).(fstest.MapFS)
	fsys["_partials/big.js"] = &fstest.MapFile{Data: make([]byte, maxFileSize+1)}
	fsys["img/a.png"] = &fstest.MapFile{Data: []byte("\x89PNG\x00{{")}
	fsys["use3.html"] = &fstest.MapFile{Data: []byte(`{{ partial "big.js" }}`)}
	e, err := New(fsys, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := render(t, e, "page.html", nil); got != "ok" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	for name, want := range map[string]string{
		"use.html":  `_partials/x.js:1:9: expected := (called from use.html:1:4)`,
		"use2.html": `_partials/nix.css:1:4: function "nix" not defined (called from use2.html:1:4)`,
		"use3.html": `_partials/big.js: 4194305 bytes are too many for a template, 4194304 are allowed (called from use3.html:1:4)`,
	} {
		if _, err := render(t, e, name, nil); err == nil || err.Error() != want {
			t.Errorf("%s:\ngot  %v\nwant %s", name, err, want)
		}
	}
	for name, want := range map[string]string{
		"robots.txt":         "robots.txt:1:1: missing value for if",
		"page.md":            "page.md:1:1: missing value for if",
		"_shortcodes/x.md":   "_shortcodes/x.md:1:1: missing value for if",
		"_partials/x.json":   "_partials/x.json:1:1: missing value for if",
		"posts/unknown.html": "posts/unknown.html:1:1: missing value for if",
	} {
		_, err := New(fstest.MapFS{name: {Data: []byte("{{ if }}")}}, Options{})
		if err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}
