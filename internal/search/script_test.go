package search

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// queryProgram runs queries on an index given as files.
const queryProgram = `
globalThis.fetch = async url => {
  const name = new URL(url).pathname.slice(1), data = input.files[name];
  if (data === undefined || name === missing) return { ok: false, status: 404, url };
  const bytes = Buffer.from(data, 'base64');
  return { ok: true, url, arrayBuffer: async () => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) };
};
const out = [];
let missing;
for (const [i, q] of input.queries.entries()) {
  missing = input.missing?.[i];
  try {
    const index = new search.Index('http://search.invalid/'), r = await index.search(q);
    const pages = await Promise.all(r.pages.slice(0, 10).map(i => index.page(i)));
    out.push({ total: r.pages.length, partial: r.partial, titles: pages.map(p => p.title), url: pages[0]?.url, heading: pages[0]?.headings[0]?.id });
  } catch (e) {
    out.push({ error: String(e) });
  }
}
process.stdout.write(JSON.stringify(out));`

type answer struct {
	Total        int
	Partial      bool
	Titles       []string
	URL, Heading string
	Error        string
}

// ask runs queries in the script, the i-th one without the i-th file of missing.
func ask(t *testing.T, b *Builder, queries []string, missing ...string) []answer {
	t.Helper()
	files := map[string]string{}
	for _, name := range Names(len(b.docs)) {
		files[name] = base64.StdEncoding.EncodeToString(b.File(name))
	}
	var answers []answer
	node(t, queryProgram, map[string]any{"files": files, "queries": queries, "missing": missing}, &answers)
	if len(answers) != len(queries) {
		t.Fatalf("%d answers to %d queries", len(answers), len(queries))
	}
	return answers
}

var library = []Doc{
	{URL: "/a/", Title: "Templates", Text: "A template has actions. Configure it."},
	{URL: "/b/", Title: "Template functions", Text: "Functions for templates, as where and first.", Headings: []Heading{{"where", "Where"}}},
	{URL: "/c/", Title: "RelPermalink", Text: "The URL of a page. Permalinks were configured."},
	{URL: "/d/", Title: "Menus", Text: "A menu of the site in a template. Configuring menus."},
	{URL: "/e/", Title: "Über Straßen", Text: "Auf der Straße. Zertifikate."},
	{URL: "/f/", Title: "証明書を失効する", Text: "秘密鍵が安全でなくなったとき"},
	{URL: "/g/", Title: "html/template", Text: "Package of the standard library, version 0.146.1"},
	{URL: "/h/", Title: "with", Text: "Rebinds the context."},
}

func TestScriptQueries(t *testing.T) {
	t.Parallel()
	type query struct {
		text, want string // titles in their order
		partial    bool
	}
	for lang, list := range map[string][]query{
		"en": {
			{"template", "Templates, Template functions, html/template, Menus", false},
			{"templ", "Templates, Template functions, html/template, Menus", false},
			{"TEMPLATES", "Templates, Template functions, html/template, Menus", false},
			{"configure", "Templates, RelPermalink, Menus", false},
			{"configurin", "Menus", false},
			{"menu template", "Menus", false},
			{"menu zzz", "Menus", true},
			{"with", "with", false},
		},
		"de": {
			{"relpermalink", "RelPermalink", false},
			{"permalink", "RelPermalink", false},
			{"html/template", "html/template", false},
			{"--html", "html/template", false},
			{"strassen", "Über Straßen", false},
			{"ueber", "Über Straßen", false},
			{"uber", "Über Straßen", false},
			{"Zertifikaten", "Über Straßen", false},
			{"失効", "証明書を失効する", false},
			{"失", "証明書を失効する", false},
			{"証明書", "証明書を失効する", false},
			{"0.146", "html/template", false},
			{"h", "", false},
			{"zzz", "", false},
			{"", "", false},
			{"!!!", "", false},
			{strings.Repeat("menu zz ", 500), "Menus", true},
		},
	} {
		texts := make([]string, len(list))
		for i, q := range list {
			texts[i] = q.text
		}
		for i, a := range ask(t, build(t, library, language.Make(lang), 1), texts) {
			if got := strings.Join(a.Titles, ", "); got != list[i].want || a.Partial != list[i].partial || a.Error != "" {
				t.Errorf("%s %q: %s (partial %v) %s, want %s (%v)", lang, list[i].text, got, a.Partial, a.Error, list[i].want, list[i].partial)
			}
		}
	}
}

// TestScriptFindsTerms asks for terms, and beginnings of terms, of an index of
// many shards.
func TestScriptFindsTerms(t *testing.T) {
	t.Parallel()
	for _, alphabet := range []string{latin, han} {
		b := build(t, inventedDocs(alphabet, 300, 80), language.Russian, 1)
		r := openIndex(t, b.File)
		var queries []string
		var least []int
		for i := 0; i <= len(r.manifest.Shards); i += 3 {
			for term, e := range r.shard(t, i) {
				term = strings.TrimSuffix(term, "*")
				if len(queries) < 10*i {
					queries, least = append(queries, term), append(least, e.df)
				}
			}
		}
		if len(queries) < 20 {
			t.Fatalf("%s: only %d queries", alphabet, len(queries))
		}
		for i, a := range ask(t, b, queries) {
			if a.Total < least[i] || a.Error != "" {
				t.Errorf("%q: %d results, at least %d expected %s", queries[i], a.Total, least[i], a.Error)
			}
		}
	}
}

func TestScriptMissingFiles(t *testing.T) {
	t.Parallel()
	names := []string{"index.json", "t/000.bin", "d/000.json"}
	queries := slices.Repeat([]string{"template"}, len(names))
	for i, a := range ask(t, build(t, library, language.English, 1), queries, names...) {
		if !strings.Contains(a.Error, "404") {
			t.Errorf("without %s: %+v", names[i], a)
		}
	}
	if a := ask(t, New(0, Options{}), []string{"template"})[0]; a.Error != "" || a.Total != 0 {
		t.Errorf("empty index: %+v", a)
	}
}

func TestScriptForms(t *testing.T) {
	t.Parallel()
	words := []string{"template", "studies", "mapping", "string", "us", "caching"}
	var got [][]string
	node(t, `process.stdout.write(JSON.stringify(input.words.map(w => search.forms(w, input.forms))));`,
		map[string]any{"words": words, "forms": inflections["en"]}, &got)
	for i, want := range []string{"template templates templated templating", "study studied studying studies", "map maps mapped mapping", "string strings", "us", "cache caches cached caching"} {
		for _, form := range strings.Fields(want) {
			if !slices.Contains(got[i], form) {
				t.Errorf("%s has not the form %s: %q", words[i], form, got[i])
			}
		}
	}
	if slices.Contains(got[4], "u") {
		t.Errorf("us has the form u: %q", got[4])
	}
}

// TestScriptIsPlain holds the script against what a strict content security
// policy forbids, and what would make HTML of texts.
func TestScriptIsPlain(t *testing.T) {
	for _, word := range []string{"eval(", "new Function", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", ".style", "import "} {
		if strings.Contains(script, word) {
			t.Errorf("the script has %q", word)
		}
	}
	if strings.Contains(style, "url(") || strings.Contains(style, "@import") {
		t.Error("the style sheet loads something")
	}
}
