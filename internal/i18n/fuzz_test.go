package i18n

import (
	"testing"

	"github.com/jam-go/jam/internal/matter"
	"golang.org/x/text/language"
)

func FuzzParse(f *testing.F) {
	for _, src := range []string{
		"a = 'A {{ .Count }}'\n[b]\none = 'x'\nother = '{{ range .Count }}{{ print . $ }}{{ end }}'",
		"[a.b]\nother = '<<.>>'\nleftDelim = '<<'\nrightDelim = '>>'",
	} {
		f.Add(uint8(0), "ru", []byte(src), "1.50")
	}
	f.Add(uint8(1), "en", []byte("- id: a\n  translation: {one: '{{ . }}', other: b}\n- {id: c, other: '{{ printf `%d%[1]s` .Count }}'}\n"), "12")
	f.Add(uint8(1), "he", []byte("a: &a {one: '{{ with $x := .Name }}{{ $x }}{{ end }}', other: x}\nb: *a\n"), "-1")
	f.Add(uint8(2), "xx", []byte(`{"a": {"b": "{{ define \"x\" }}{{ end }}", "c": "{{ html (js .) }}"}}`), "name")
	f.Fuzz(func(t *testing.T, format uint8, code string, src []byte, count string) {
		formats := []matter.Format{matter.TOML, matter.YAML, matter.JSON}
		tag := language.Make(code)
		table, errs, warnings := Parse(tag, formats[int(format)%3], src)
		if (table == nil) != (len(errs) > 0) {
			t.Fatalf("table %v with errors %v", table, errs)
		}
		for _, e := range append(errs, warnings...) {
			if e.Line < 1 || e.Column < 1 {
				t.Errorf("no position: %v", e)
			}
		}
		if table == nil {
			return
		}
		chain := Chain{table}
		for _, id := range table.IDs() {
			for _, data := range []any{nil, 3, count, map[string]any{"Count": count, "Name": "n"}} {
				text, found, err := chain.Translate(id, data)
				if len(text) > max(maxOutput, len(src)) || (!found || err != nil) && text != "" {
					t.Errorf("%s: %.80q, %v, %v", id, text, found, err)
				}
			}
		}
	})
}
