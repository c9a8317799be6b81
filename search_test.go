package jam_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/sitetest"
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
	site := sitetest.Load(t, tree, &jam.Config{
		BaseURL: "https://example.org/pre/", Now: now, Languages: []jam.Language{{Code: "en"}, {Code: "de"}},
		Outputs: map[string][]string{"home": {"html", "search"}, "page": {"html", "json"}},
	})
	built := site.Build()
	for dir, docs := range map[string]int{"search-index/": 2, "de/search-index/": 1} {
		var manifest struct {
			N    int
			Lang string
		}
		if err := json.Unmarshal(built.Output(dir+"index.json").Bytes(), &manifest); err != nil || manifest.N != docs {
			t.Errorf("%sindex.json: %v, %+v, want %d documents", dir, err, manifest, docs)
		}
		for _, name := range []string{"search.js", "search.css", "t/000.bin", "d/000.json"} {
			if len(built.Output(dir+name).Bytes()) == 0 {
				t.Errorf("%s%s is empty", dir, name)
			}
		}
	}
	documents := built.Output("search-index/d/000.json")
	documents.WantContains("/pre/a/", "keeping")
	documents.WantNot("Hidden")
	page := built.Output("/pre/a/")
	page.Find("script").WantAttr("src", "/pre/search-index/search.js")
	page.Find("form").WantAttr("action", "/pre/search/").WantContains("Find")
	built.Output("/pre/de/a/").Find("link[rel=stylesheet]").WantAttr("href", "/pre/de/search-index/search.css")
	built.Output("/pre/search/").Find("[data-inline]").WantCount(1)
	if form, err := mustLoad(t, tree, &jam.Config{Now: now}).SearchForm(jam.SearchForm{}); form != "" || err != nil {
		t.Errorf("a site without an index has a form: %s, %v", form, err)
	}
	for action, ok := range map[string]bool{"/search/": true, "https://example.org/s?a=b": true, "javascript:x": false, " javascript:x": false, "java\nscript:x": false, "data:text/html,x": false} {
		if _, err := site.SearchForm(jam.SearchForm{Action: action}); (err == nil) != ok {
			t.Errorf("action %q: %v", action, err)
		}
	}
	if _, err := site.SearchForm(jam.SearchForm{Labels: map[string]string{"serch": "x"}}); err == nil || !strings.Contains(err.Error(), `did you mean "search"`) {
		t.Errorf("have %v", err)
	}
}
