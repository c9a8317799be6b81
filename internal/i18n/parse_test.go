package i18n

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jam-go/jam/internal/diag"
	"github.com/jam-go/jam/internal/matter"
	"golang.org/x/text/language"
)

func mustParse(t testing.TB, tag string, format matter.Format, src string) *Table {
	t.Helper()
	table, errs, _ := Parse(language.MustParse(tag), format, []byte(src))
	if errs != nil {
		t.Fatalf("Parse: %v", errs)
	}
	return table
}

func lines(list diag.List) string {
	var b strings.Builder
	for _, e := range list {
		fmt.Fprintf(&b, "%d:%d: %v\n", e.Line, e.Column, e.Err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func TestParseIDs(t *testing.T) {
	tests := []struct {
		name   string
		format matter.Format
		src    string
		want   []string
	}{
		{"strings", matter.TOML, "b = 'B'\na = 'A'\n'x.y' = 'C'", []string{"a", "b", "x.y"}},
		{"forms", matter.TOML, "[a]\ndescription = 'd'\nhash = 'h'\nother = 'A'", []string{"a"}},
		{"groups", matter.TOML, "[home.hero]\ntitle = 'T'\n[home.hero.lead]\none = '1'\nother = 'O'", []string{"home.hero.lead", "home.hero.title"}},
		{"reserved names as groups", matter.YAML, "n:\n  one: {other: One}\n  description: {other: D}\n", []string{"n.description", "n.one"}},
		{"description as id beside others", matter.YAML, "n:\n  title: T\n  description: D\n", []string{"n.description", "n.title"}},
		{"a language of forms at the root", matter.YAML, "other: Other\none: One\n", []string{"one", "other"}},
		{"old list", matter.YAML, "- id: a\n  translation: A\n- id: b\n  translation:\n    one: '1'\n    other: B\n- id: c\n  other: C\n", []string{"a", "b", "c"}},
		{"old list in JSON", matter.JSON, `[{"id": "a.b", "translation": "A", "description": "d"}, {"id": "c", "translation": null}]`, []string{"a.b"}},
		{"not translated yet", matter.YAML, "a: ''\nb:\nc: {other: ''}\nd: {one: '', other: D}\n", []string{"d"}},
		{"empty YAML", matter.YAML, "# nothing\n", nil},
		{"empty JSON", matter.JSON, "{}", nil},
		{"yes and no are strings", matter.YAML, "yes: Ja\nno: Nein\n", []string{"no", "yes"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			table, errs, warnings := Parse(language.English, test.format, []byte(test.src))
			if errs != nil || warnings != nil {
				t.Fatalf("errors %v, warnings %v", errs, warnings)
			}
			if got := table.IDs(); !slices.Equal(got, test.want) || table.Len() != len(got) {
				t.Errorf("IDs = %q, Len %d, want %q", got, table.Len(), test.want)
			}
		})
	}
}

func TestParseErrors(t *testing.T) {
	tests := []struct {
		name   string
		format matter.Format
		src    string
		want   string
	}{
		{"not a map", matter.YAML, "hello", `1:1: a table of messages must be a map, not a string`},
		{"a number", matter.YAML, "a: A\nyear: 2024\n", `2:7: message "year" must be a string or a map of plural forms, not an integer; put it in quotes`},
		{"a list", matter.YAML, "a:\n  b: [x]\n", `2:6: message "a.b" must be a string or a map of plural forms, not a list`},
		{"misspelt form", matter.TOML, "[a]\nohter = 'x'\none = 'y'", `2:1: message "a" has plural forms, so it can not have the key "ohter" (did you mean "other"?)`},
		{"misspelt key", matter.TOML, "[a]\nother = 'x'\nleftDelims = '<'", `3:1: message "a" has plural forms, so it can not have the key "leftDelims" (did you mean "leftDelim"?)`},
		{"message and group", matter.YAML, "home:\n  other: Home\n  hero:\n    title: T\n", `3:3: message "home" has plural forms, so it can not have "home.hero" in it`},
		{"form as group", matter.YAML, "a:\n  other: A\n  few: {other: x}\n", `3:3: message "a" has plural forms, so it can not have "a.few" in it`},
		{"form as number", matter.YAML, "a:\n  other: 7\n", `2:10: plural form "other" of message "a" must be a string, not an integer`},
		{"form as list", matter.YAML, "a:\n  one: x\n  other: [y]\n", `3:10: plural form "other" of message "a" must be a string, not a list`},
		{"description as list", matter.YAML, "a:\n  other: y\n  description: [y]\n", `3:16: description of message "a" must be a string, not a list`},
		{"delimiter as map", matter.YAML, "a:\n  other: y\n  leftDelim: {other: y}\n", `3:3: message "a" has plural forms, so it can not have "a.leftDelim" in it`},
		{"no text", matter.TOML, "[a]\ndescription = 'x'", `1:2: message "a" has no text: it needs at least the form "other" (description, hash, id, leftDelim, rightDelim are not texts)`},
		{"delimiter", matter.YAML, "a:\n  other: y\n  leftDelim: 1\n", `3:14: leftDelim of message "a" must be a string, not an integer`},
		{"template", matter.YAML, "a: x\nb: 'Hi {{ .Name'\n", `2:4: message "b": template: unclosed action`},
		{"template of lines", matter.TOML, "a = \"\"\"\none\n{{ end }}\n\"\"\"", `1:5: message "a": template: line 2 of the text: unexpected {{end}}`},
		{"unknown function", matter.TOML, "a = '{{ shout .Name }}'", `1:5: message "a": template: function "shout" not defined`},
		{"inner function", matter.TOML, "a = '{{ _step 1 }}'\nb = '{{ (_printable 1) }}'", "1:5: message \"a\": template: function \"_step\" not defined\n2:5: message \"b\": template: function \"_printable\" not defined"},
		{"define", matter.TOML, "a = '{{ define \"x\" }}{{ end }}'", `1:5: message "a": a message can not have the actions define, block and template`},
		{"block", matter.TOML, "a = '{{ block \"x\" . }}x{{ end }}'", `1:5: message "a": a message can not have the actions define, block and template`},
		{"template in if", matter.TOML, "a = '{{ if . }}{{ else }}{{ range . }}{{ template \"message\" }}{{ end }}{{ end }}'", `1:5: message "a": a message can not have the actions define, block and template`},
		{"recursion", matter.TOML, "a = '{{ define \"message\" }}{{ template \"message\" }}{{ end }}'", `1:5: message "a": a message can not have the actions define, block and template`},
		{"duplicate key", matter.JSON, "{\"a\": \"x\",\n \"a\": \"y\"}", `2:2: duplicate key "a" (first on line 1)`},
		{"duplicate dotted id", matter.YAML, "a:\n  b: x\na.b: y\n", `3:1: message "a.b" is defined already, on line 2`},
		{"duplicate in list", matter.YAML, "- {id: a, other: x}\n- {id: a, translation: y}\n", `2:8: message "a" is defined already, on line 1`},
		{"list of strings", matter.YAML, "- a\n- {other: x}\n- {id: 7, other: x}\n", "1:3: a message in a list must be a map with an id, not a string\n2:3: a message in a list must have an \"id\"\n3:8: the id of a message must be a string, not an integer"},
		{"translation and form", matter.YAML, "- id: a\n  translation: x\n  few: y\n  titel: z\n", "3:3: message \"a\" has both a \"translation\" and the plural form \"few\"\n4:3: message \"a\" has plural forms, so it can not have the key \"titel\""},
		{"translation as list", matter.YAML, "- id: a\n  translation: [x]\n", `2:16: message "a" must be a string or a map of plural forms, not a list`},
		{"empty id", matter.JSON, `{"": "x"}`, `1:2: the id of a message must not be empty`},
		{"long id", matter.JSON, `{"a": {"` + strings.Repeat("x", 500) + `": "x"}}`, `1:8: the id of a message must not have more than 500 bytes`},
		{"long template", matter.JSON, `{"a": "{{.}}` + strings.Repeat("x", maxTemplate) + `"}`, `1:7: message "a": the template has more than 16384 bytes`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			table, errs, _ := Parse(language.English, test.format, []byte(test.src))
			if got := lines(errs); got != test.want || table != nil {
				t.Errorf("got:\n%s\nwant:\n%s", got, test.want)
			}
		})
	}
}

func TestParseRefusesDeepNesting(t *testing.T) {
	src := strings.Repeat(`{"a":`, maxDepth+1) + `"x"` + strings.Repeat("}", maxDepth+1)
	_, errs, _ := Parse(language.English, matter.JSON, []byte(src))
	if len(errs) == 0 || errs[0].Line != 1 || errs[0].Column == 0 {
		t.Errorf("errors %v, want one with position", errs)
	}
	src = src[5 : len(src)-1]
	if got := mustParse(t, "en", matter.JSON, src).Len(); got != 1 {
		t.Errorf("at the limit: %d messages, want 1", got)
	}
}

func TestParseRefusesManyTemplatesByAlias(t *testing.T) {
	var b strings.Builder
	fmt.Fprintf(&b, "a: &a '{{ . }}%s'\n", strings.Repeat("x", 16_000))
	for i := range 300 {
		fmt.Fprintf(&b, "a%d: *a\n", i)
	}
	_, errs, _ := Parse(language.English, matter.YAML, []byte(b.String()))
	if len(errs) == 0 || !strings.Contains(errs[0].Error(), "the templates in this file have more than 4194304 bytes") {
		t.Errorf("errors %.300v", errs)
	}
}

func TestParseWarnings(t *testing.T) {
	tests := []struct{ name, tag, src, want string }{
		{"complete", "en", "[m]\none = 'a'\nother = 'b'", ""},
		{"other alone", "ru", "[m]\nother = 'b'", ""},
		{"lacks two", "ru", "x = 'x'\n[minutes]\none = 'a'\nother = 'b'", `2:2: message "minutes" lacks the plural forms few, many of language ru`},
		{"lacks one", "en", "[m]\nzero = ''\none = ''\ntwo = ''\nother = 'b'", ""},
		{"not needed for integers", "sk", "[m]\none = 'a'\nfew = 'b'\nother = 'c'", ""},
		{"used for fractions", "sk", "[m]\none = 'a'\nfew = 'b'\nmany = 'd'\nother = 'c'", ""},
		{"millions", "fr", "[m]\none = 'a'\nmany = 'd'\nother = 'c'", ""},
		{"millions not needed", "pt-BR", "[m]\none = 'a'\nother = 'c'", ""},
		{"dropped by newer rules", "he", "[m]\none = 'a'\ntwo = 'b'\nother = 'c'", ""},
		{"arabic", "ar", "[m]\none = 'a'\nother = 'c'", `1:2: message "m" lacks the plural forms zero, two, few, many of language ar`},
		{"never used", "ja", "[m]\none = 'a'\nother = 'c'", `2:1: plural form "one" of message "m" is never used: no number has it in language ja (CLDR 32)`},
		{"zero in English", "en", "[m]\nzero = 'z'\nother = 'c'", "1:2: message \"m\" lacks the plural form one of language en\n2:1: plural form \"zero\" of message \"m\" is never used: no number has it in language en (CLDR 32)"},
		{"unknown language", "kaa", "[m]\none = 'a'\nother = 'c'", `2:1: plural form "one" of message "m" is never used: the plural rules of language kaa are not known (CLDR 32)`},
		{"no other", "en", "[m]\none = 'a'", `1:2: message "m" lacks the plural form "other", which stands in for all others`},
		{"upper case", "en", "[m]\nOther = 'a'", `2:1: "Other" is taken for a message, "m.Other", since it is no plural form (did you mean "other"?)`},
		{"empty map", "en", "[m]\n", `1:2: message "m" has neither a text nor plural forms`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, errs, warnings := Parse(language.MustParse(test.tag), matter.TOML, []byte(test.src))
			if errs != nil {
				t.Fatal(errs)
			}
			if got := lines(warnings); got != test.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, test.want)
			}
		})
	}
}

func TestMerge(t *testing.T) {
	a := mustParse(t, "en", matter.TOML, "a = 'A'\n\nb = 'B'")
	b := mustParse(t, "en", matter.YAML, "c: C\nb: other\n")
	errs := a.Merge(b)
	if got, want := lines(errs), `2:1: message "b" is defined already, on line 3 of another file for this language`; got != want {
		t.Errorf("errors %s, want %s", got, want)
	}
	if got := a.IDs(); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("IDs = %q", got)
	}
	if text, _, _ := (Chain{a}).Translate("b", nil); text != "B" {
		t.Errorf("b = %q, want the text that was there", text)
	}
	if b.Len() != 2 || a.Tag() != language.English {
		t.Errorf("other has %d messages, tag %v", b.Len(), a.Tag())
	}
}
