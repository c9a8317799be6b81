package jam_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/jam-go/jam"
)

func TestSearch(t *testing.T) {
	tree := archive(t, `
-- content/a.md --
---
title: Apples
tags: [fruit]
---
Red {{< details summary="More" >}}and juicy{{< /details >}}.

## Keeping
-- content/b.md --
---
title: Hidden
search: false
---
-- content/a.de.md --
---
title: Äpfel
---
-- content/search/index.md --
---
title: Search
---
-- layouts/all.html --
{{ searchForm (dict "page" (eq .Path "/search") "action" "search/" "labels" (dict "search" "Find")) }}
`)
	site := mustLoad(t, tree, &jam.Config{
		BaseURL: "https://example.org/pre/", Now: now, Languages: []jam.Language{{Code: "en"}, {Code: "de"}},
		Outputs: map[string][]string{"home": {"html", "search"}, "page": {"html", "json"}},
	})
	mem := jam.Memory()
	if _, err := site.Build(t.Context(), mem); err != nil {
		t.Fatal(err)
	}
	files := mem.Files()
	for dir, docs := range map[string]int{"search-index/": 2, "de/search-index/": 1} {
		var manifest struct {
			N    int
			Lang string
		}
		if err := json.Unmarshal(files[dir+"index.json"], &manifest); err != nil || manifest.N != docs {
			t.Errorf("%sindex.json: %v, %+v, want %d documents", dir, err, manifest, docs)
		}
		for _, name := range []string{"search.js", "search.css", "t/000.bin", "d/000.json"} {
			if len(files[dir+name]) == 0 {
				t.Errorf("no %s%s", dir, name)
			}
		}
	}
	if d := string(files["search-index/d/000.json"]); !strings.Contains(d, "/pre/a/") || !strings.Contains(d, "keeping") || strings.Contains(d, "Hidden") {
		t.Errorf("the documents are %s", d)
	}
	for name, wants := range map[string][]string{
		"a/index.html":      {"/pre/search-index/search.js", "action=/pre/search/", "Find"},
		"de/a/index.html":   {"/pre/de/search-index/search.css"},
		"search/index.html": {"data-inline"},
	} {
		for _, want := range wants {
			if !strings.Contains(string(files[name]), want) {
				t.Errorf("%s has no %s:\n%s", name, want, files[name])
			}
		}
	}
	if form, err := mustLoad(t, tree, &jam.Config{Now: now}).SearchForm(jam.SearchForm{}); form != "" || err != nil {
		t.Errorf("a site without an index has a form: %s, %v", form, err)
	}
	if _, err := site.SearchForm(jam.SearchForm{Labels: map[string]string{"serch": "x"}}); err == nil || !strings.Contains(err.Error(), `did you mean "search"`) {
		t.Errorf("have %v", err)
	}
}
