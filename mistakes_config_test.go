package jam_test

import (
	"testing"

	"github.com/jam-go/jam"
)

func TestConfigMistakes(t *testing.T) {
	related := func(threshold int, indices ...jam.RelatedIndex) *jam.Config {
		return &jam.Config{Related: jam.Related{Threshold: threshold, Indices: indices}}
	}
	const tree = "-- content/a.md --\n---\ntags: x\n---\n-- content/b.md --\n---\ntags: x\n---\n-- layouts/all.html --\n{{ range .Related }}{{ . }}{{ end }}\n"
	testMistakes(t, []mistake{
		{name: "threshold", cfg: related(101), tree: tree,
			want: `config: Related.Threshold is 101: want a percentage`},
		{name: "negative threshold", cfg: related(-1), tree: tree,
			want: `config: Related.Threshold is -1: want a percentage`},
		{name: "index without a name", cfg: related(0, jam.RelatedIndex{Weight: 1}), tree: tree,
			want: `config: Related.Indices[0]: Name is empty: want a key of the front matter`},
		{name: "cardinality", cfg: related(0, jam.RelatedIndex{Name: "tags", Weight: 1, CardinalityThreshold: 200}), tree: tree,
			want: `config: Related.Indices[0]: CardinalityThreshold is 200: want a percentage`},
		{name: "unknown key", cfg: &jam.Config{FrontMatterKeys: map[string]string{"permalink": "URL", "template": "layuot"}}, tree: tree,
			want: `config: FrontMatterKeys["template"]: "layuot" is no predefined key (did you mean "layout"?)`},
		{name: "keys that are one", cfg: &jam.Config{FrontMatterKeys: map[string]string{"permalink": "url"}},
			tree: "-- content/a.md --\n---\nurl: /x/\npermalink: /y/\n---\n",
			want: `content/a.md:3:1: front matter: duplicate key "permalink" ("url" is the same)`},
		{name: "wrong value by another name", cfg: &jam.Config{FrontMatterKeys: map[string]string{"permalink": "url"}},
			tree: "-- content/a.md --\n---\npermalink: [/y/]\n---\n",
			want: `content/a.md:2:12: front matter: permalink: want a string, have a list`},
		{name: "bad URL by another name", cfg: &jam.Config{FrontMatterKeys: map[string]string{"permalink": "url"}},
			tree: "-- content/a.md --\n---\ntitle: a\npermalink: ../y/\n---\n",
			want: `content/a.md:3:12: route: url "../y/": "../y" is no valid file name: empty, . and .. elements are not allowed`},
		{name: "redirect by another name", cfg: &jam.Config{FrontMatterKeys: map[string]string{"redirect_to": "redirect"}},
			tree: "-- content/a.md --\n---\ntitle: a\nredirect_to: \"javascript:x\"\n---\n",
			want: `content/a.md:3:14: front matter: redirect: want a path, or a URL that begins with http:// or https://, have "javascript:x"`},
	})
}

func TestDataMistakes(t *testing.T) {
	const home = "-- content/_index.md --\n"
	testMistakes(t, []mistake{
		{name: "ragged row of CSV", tree: home + "-- data/x/rows.csv --\na,b\n1,2\n3\n",
			want: `data/x/rows.csv:3:1: data: the row has 1 field, but the first one, on line 1, has 2 fields`},
		{name: "quote in CSV", tree: home + "-- data/rows.csv --\na,b\n1,\"2\"3\n",
			want: `data/rows.csv:2:5: data: invalid CSV: a quote within quotes must be doubled; here the field would end`},
		{name: "syntax of XML", tree: home + "-- data/feed.xml --\n<a>\n  <b></a>\n",
			want: `data/feed.xml:2:6: data: invalid XML: element <b> closed by </a>`},
		{name: "unclosed XML", tree: home + "-- data/feed.xml --\n<a><b/>\n",
			want: `data/feed.xml:1:8: data: invalid XML: unexpected EOF`},
		{name: "syntax of TOML", tree: home + "-- data/x.toml --\na = 1\nb = \n",
			want: `data/x.toml:2:5: data: invalid TOML: unexpected character U+000A at start of value`},
		{name: "syntax of JSON", tree: home + "-- data/x.json --\n{\"a\": 1,\n \"b\" 2}\n",
			want: `data/x.json:2:6: data: invalid JSON: invalid character '2' after object key`},
		{name: "unknown format", tree: home + "-- data/x.ini --\na=1\n",
			want: `warning: data/x.ini: data: unknown format: want .yaml, .yml, .toml, .json, .csv, .tsv or .xml; the file is left out`},
		{name: "one name twice", tree: home + "-- data/x.json --\n{}\n-- data/x.yaml --\na: 1\n",
			want: `data/x.yaml: data: has the same name as data/x.json`},
		{name: "file and folder", tree: home + "-- data/x.json --\n[1]\n-- data/x/y.json --\n{}\n",
			want: `data/x.json: data: the file has the same name as a folder beside it`},
	})
}

func TestPageOptionMistakes(t *testing.T) {
	page := func(front string) string {
		return "-- content/a/index.md --\n---\ntitle: a\n" + front + "\n---\n-- content/a/x.png --\n"
	}
	testMistakes(t, []mistake{
		{name: "render", tree: page("build: {render: sometimes}"),
			want: `content/a/index.md:3:17: front matter: render: want one of always, never, link, have "sometimes"`},
		{name: "list", tree: page("build: {list: global}"),
			want: `content/a/index.md:3:15: front matter: list: want one of always, never, local, have "global"`},
		{name: "resources", tree: page("build: {publishResources: x}"),
			want: `content/a/index.md:3:27: front matter: publishResources: want true or false, have "x"`},
		{name: "unknown option", tree: page("build: {rendr: never}"),
			want: `content/a/index.md:3:9: front matter: unknown key "rendr" in build (did you mean "render"?)`},
		{name: "no map", tree: page("build: [never]"),
			want: `content/a/index.md:3:8: front matter: build: want a map, have a list`},
		{name: "headless no bool", tree: page("headless: x"),
			want: `content/a/index.md:3:11: front matter: headless: want true or false, have "x"`},
		{name: "src missing", tree: page("resources:\n  - title: x"),
			want: `content/a/index.md:4:5: front matter: resources: src is missing: the pattern of the files meant`},
		{name: "src empty", tree: page("resources:\n  - {src: \"\"}"),
			want: `content/a/index.md:4:5: front matter: resources: src is missing: the pattern of the files meant`},
		{name: "bad pattern", tree: page("resources:\n  - src: \"[a\""),
			want: `content/a/index.md:4:10: front matter: pattern "[a": syntax error in pattern`},
		{name: "nothing matches", tree: page("resources:\n  - title: x\n    src: \"*.jpg\""),
			want: `warning: content/a/index.md:5:10: front matter: resources: no file of this page matches "*.jpg"`},
		{name: "resources no list", tree: page("resources: {src: x}"),
			want: `content/a/index.md:3:12: front matter: resources: want a list of maps, have a map`},
		{name: "resource no map", tree: page("resources: [x]"),
			want: `content/a/index.md:3:13: front matter: resources: want a map, have a string`},
		{name: "unknown key of a resource", tree: page("resources:\n  - {scr: \"*\"}"),
			want: `
content/a/index.md:4:5: front matter: resources: src is missing: the pattern of the files meant
content/a/index.md:4:6: front matter: unknown key "scr" in resources (did you mean "src"?)
`},
		{name: "params of a resource", tree: page("resources:\n  - {src: \"*\", params: 3}"),
			want: `content/a/index.md:4:24: front matter: params: want a map, have an integer`},
		{name: "two of one name", tree: page("resources:\n  - {src: \"*\", name: n}") + "-- content/a/y.png --\n", want: ``},
		{name: "translationKey no text", tree: page("translationKey: [a]"),
			want: `content/a/index.md:3:17: front matter: translationKey: want a string, have a list`},
	})
}
