package jam_test

import (
	"testing"

	"github.com/jam-go/jam"
)

func TestLanguageMistakes(t *testing.T) {
	languages := func(own string, list ...jam.Language) *jam.Config { return &jam.Config{Language: own, Languages: list} }
	en, de := jam.Language{Code: "en"}, jam.Language{Code: "de"}
	const home = "-- content/_index.md --\n"
	both := home + "-- content/_index.de.md --\n"
	document := func(code string) *jam.Config {
		return &jam.Config{Languages: []jam.Language{en, de}, Sources: []jam.Source{
			jam.Documents(&jam.Document{Path: "a.md", Language: code, Body: []byte("Text")}, &jam.Document{Path: "b.md", Language: "de", Body: []byte("Text")})}}
	}
	testMistakes(t, []mistake{
		{name: "own language not declared", cfg: languages("ed", en, de), tree: both,
			want: `config: Language "ed" is not among Languages (did you mean "de"?)`},
		{name: "invalid own language", cfg: &jam.Config{Language: "english!"}, tree: home,
			want: `config: Language "english!": language: tag is not well-formed`},
		{name: "empty", cfg: languages("", jam.Language{}), tree: home,
			want: `config: Language "": language: tag is not well-formed`},
		{name: "invalid", cfg: languages("en", en, jam.Language{Code: "klingon-x"}), tree: both,
			want: `config: Languages[1] "klingon-x": language: tag is not well-formed`},
		{name: "twice", cfg: languages("en", en, de, jam.Language{Code: "DE"}), tree: both,
			want: `config: Languages[2]: the language "DE" is declared twice`},
		{name: "invalid locale", cfg: languages("en", en, jam.Language{Code: "de", Locale: "de_"}), tree: both,
			want: `config: Languages[1]: Locale "de-": language: tag is not well-formed`},
		{name: "direction", cfg: languages("en", en, jam.Language{Code: "de", Dir: "left"}), tree: both,
			want: `config: Languages[1]: Dir "left": want ltr or rtl`},
		{name: "content missing", cfg: languages("en", en, jam.Language{Code: "de", ContentDir: "content/de"}), tree: home,
			want: `content/de: read: no such folder in the tree, for the content in de: file does not exist`},
		{name: "no content", cfg: languages("en", en, de), tree: home,
			want: `warning: config: the language de has no content`},
		{name: "document of an unknown language", cfg: document("ed"), tree: home,
			want: `a.md: read: unknown language "ed" (did you mean "de"?)`},
		{name: "two with one key", cfg: languages("en", en, de), tree: both + `
-- content/a.md --
---
translationKey: x
---
-- content/b.md --
---
title: b
translationKey: x
---
-- content/c.de.md --
---
translationKey: x
---
`,
			want: `warning: content/b.md:3:17: front matter: content/a.md is the same page in the same language: it has the same translationKey or path`},
		{name: "two of one path", cfg: languages("en", en, de), tree: both + "-- content/a.en.md --\n-- content/a.md --\n",
			want: `content/a.md: route: makes the same file as content/a.en.md: a/index.html`},
		{name: "the same document in two ways", cfg: languages("en", en, jam.Language{Code: "de", ContentDir: "de"}), tree: home +
			"-- content/a.de.md --\n-- de/a.md --\n",
			want: `de/a.md: route: makes the same file as content/a.de.md: de/a/index.html`},
		{name: "unknown language in ref", cfg: languages("en", en, de), tree: both + `
-- layouts/all.html --
{{ if eq .Language.Lang "en" }}{{ ref . (dict "path" "/" "lang" "ed") }}{{ end }}
`,
			want: `layouts/all.html:1:35: render: at <ref . (dict "path" "/" "lang" "ed")>: error calling ref: unknown language "ed" (did you mean "de"?) (page content/_index.md)`},
	})
}

func TestMessageMistakes(t *testing.T) {
	two := &jam.Config{Languages: []jam.Language{{Code: "en"}, {Code: "de"}}}
	const home = "-- content/_index.md --\n-- content/_index.de.md --\n"
	layout := func(body string) string { return home + "-- layouts/all.html --\n" + body + "\n" }
	testMistakes(t, []mistake{
		{name: "unknown format", cfg: two, tree: home + "-- i18n/de.txt --\na\n",
			want: `warning: i18n/de.txt: i18n: unknown format: want .toml, .yaml, .yml or .json; the file is left out`},
		{name: "name no language", cfg: two, tree: home + "-- i18n/german-words.toml --\na = 'b'\n",
			want: `warning: i18n/german-words.toml: i18n: the file's name is no language's: want one such as de.toml or pt-BR.toml; it is left out`},
		{name: "in a folder", cfg: two, tree: home + "-- i18n/x/de.toml --\na = 'b'\n",
			want: `warning: i18n/x/de.toml: i18n: the file's name is no language's: want one such as de.toml or pt-BR.toml; it is left out`},
		{name: "two for one language", cfg: two, tree: home + "-- i18n/de.toml --\na = 'b'\n-- i18n/de.yaml --\na: c\n",
			want: `i18n/de.yaml: i18n: is for the same language as i18n/de.toml`},
		{name: "syntax of TOML", cfg: two, tree: home + "-- i18n/de.toml --\na = 'b'\nc = d\n",
			want: `i18n/de.toml:2:5: i18n: invalid TOML: unexpected character U+0064 'd' at start of value`},
		{name: "syntax of YAML", cfg: two, tree: home + "-- i18n/de.yaml --\na: b\nc: d: e\n",
			want: `i18n/de.yaml:2:5: i18n: invalid YAML: mapping values are not allowed in this context (quote a value that holds ": ")`},
		{name: "syntax of JSON", cfg: two, tree: home + "-- i18n/de.json --\n{\"a\": \"b\",}\n",
			want: `i18n/de.json:1:11: i18n: invalid JSON: invalid character '}' looking for beginning of object key string`},
		{name: "syntax of a message", cfg: two, tree: home + "-- i18n/de.toml --\na = '{{ .Count '\nb = '{{ exec }}'\n",
			want: `
i18n/de.toml:1:5: i18n: message "a": template: unclosed action
i18n/de.toml:2:5: i18n: message "b": template: function "exec" not defined
`},
		{name: "message no text", cfg: two, tree: home + "-- i18n/de.yaml --\na: [b]\n",
			want: `i18n/de.yaml:1:4: i18n: message "a" must be a string or a map of plural forms, not a list`},
		{name: "missing plural forms", cfg: &jam.Config{Language: "ru"}, tree: home + "-- i18n/ru.toml --\n[days]\none = 'день'\nother = 'дня'\n",
			want: `warning: i18n/ru.toml:1:2: i18n: message "days" lacks the plural forms few, many of language ru`},
		{name: "no form for the others", cfg: two, tree: home + "-- i18n/de.toml --\n[days]\none = 'Tag'\n",
			want: `warning: i18n/de.toml:1:2: i18n: message "days" lacks the plural form "other", which stands in for all others`},
		{name: "unknown plural form", cfg: two, tree: home + "-- i18n/de.toml --\n[days]\none = 'Tag'\nmay = 'x'\nother = 'Tage'\n",
			want: `i18n/de.toml:3:1: i18n: message "days" has plural forms, so it can not have the key "may" (did you mean "many"?)`},
		{name: "plural form that no number has", cfg: two, tree: home + "-- i18n/de.toml --\n[days]\none = 'Tag'\nfew = 'x'\nother = 'Tage'\n",
			want: `warning: i18n/de.toml:3:1: i18n: plural form "few" of message "days" is never used: no number has it in language de (CLDR 32)`},
		{name: "language that is not the site's", cfg: two, tree: home + "-- i18n/ru.toml --\n[days]\none = 'x'\nother = 'y'\n", want: ``},
		{name: "no such message", cfg: two, tree: layout(`{{ i18n "days" }}`),
			want: `
warning: i18n: no message "days" in de, nor in en
warning: i18n: no message "days" in en
`},
		{name: "no such message in one language", cfg: two, tree: layout(`{{ T "a" }}`) + "-- i18n/de.toml --\na = 'b'\n",
			want: `warning: i18n: no message "a" in en`},
		{name: "no message", cfg: two, tree: layout(`{{ if eq .Language.Lang "de" }}{{ T 3 }}{{ end }}`),
			want: `layouts/all.html:1:35: render: at <T 3>: error calling T: want a message's id, have int (page content/_index.de.md)`},
		{name: "message that fails", cfg: two, tree: layout(`{{ if eq .Language.Lang "de" }}{{ T "a" (dict "x" 1) }}{{ end }}`) + "-- i18n/de.toml --\na = '{{ .x.y }}'\n",
			want: `layouts/all.html:1:35: render: at <T "a" (dict "x" 1)>: error calling T: i18n "a" in de: message "a": template: executing "message" at <.x.y>: can't evaluate field y in type interface {} (page content/_index.de.md)`},
	})
}
