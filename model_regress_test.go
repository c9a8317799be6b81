package jam_test

import (
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
)

// A page of a term's own, whose file may come before or after the pages that have the term, does
// not change what the term is called.
func TestTermNames(t *testing.T) {
	text := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	site, err := jam.Load(t.Context(), fstest.MapFS{
		"content/categories/go/_index.md": text("---\ntitle: The language\n---\n"),
		"content/categories/x/_index.md":  text("---\ntitle: The language\n---\n"),
		"content/tags/go/_index.md":       text("---\ntitle: The language\n---\n"),
		"content/posts/a.md":              text("---\ntags: [Go]\ncategories: [Go]\n---\n"),
		"content/posts/b.md":              text("---\ncategories: [x]\n---\n"),
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	all := site.Taxonomies()
	for _, got := range []int{len(all["tags"]["go"]), len(all["categories"]["go"]), len(all["categories"]["x"])} {
		if got != 1 {
			t.Errorf("the taxonomies are %v", all)
		}
	}
	for _, path := range []string{"/tags/go", "/categories/go"} {
		if term := site.GetPage(path); term.Data()["Term"] != "Go" || term.Title() != "The language" {
			t.Errorf("%s is %q, titled %q", path, term.Data()["Term"], term.Title())
		}
	}
}

// What a program does with a Config after Load has no effect on the site.
func TestConfigIsCopiedDeep(t *testing.T) {
	params := func() map[string]any { return map[string]any{"m": map[string]any{"k": 1}, "l": []any{1}} }
	cfg := &jam.Config{
		Params:    params(),
		Languages: []jam.Language{{Code: "en", Params: map[string]any{"own": map[string]any{"k": 1}}}},
		Menus:     map[string][]jam.MenuEntry{"main": {{Name: "A", URL: "/", Params: params()}}},
		Cascade:   []jam.Cascade{{Values: map[string]any{"c": 1}}},
	}
	site, err := jam.Load(t.Context(), fstest.MapFS{"content/a.md": {}}, cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []map[string]any{cfg.Params, cfg.Menus["main"][0].Params} {
		m["m"].(map[string]any)["k"] = 2
		m["l"].([]any)[0] = 2
	}
	cfg.Languages[0].Params["own"].(map[string]any)["k"] = 2
	cfg.Languages[0].Params["new"] = 2
	cfg.Cascade[0].Values["c"] = 2
	cfg.Menus["main"][0].Name = "B"
	next, err := site.Reload(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []*jam.Site{site, next} {
		home, entry := s.Home(), s.Menus()["main"][0]
		for _, v := range []any{home.Param("m.k"), home.Param("own.k"), home.Param("c"),
			s.Params()["l"].([]any)[0], entry.Params()["m"].(map[string]any)["k"]} {
			if v != 1 {
				t.Errorf("have %v, want 1", v)
			}
		}
		if entry.Name() != "A" || s.Params()["new"] != nil {
			t.Errorf("the entry is called %s, the parameters are %v", entry.Name(), s.Params())
		}
	}
}

func TestLanguagePaths(t *testing.T) {
	site, err := jam.Load(t.Context(), fstest.MapFS{"content/a.md": {}, "content/a.de.md": {}, "content/a.he.md": {}},
		&jam.Config{Languages: []jam.Language{{Code: "en"}, {Code: "de"}, {Code: "he", Path: "/ivrit/"}}})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"/", "de", "ivrit"} {
		if l := site.Languages()[i]; l.Path != want || site.In(l.Code).Language().Path != want {
			t.Errorf("%s is in %q, want %q", l.Code, l.Path, want)
		}
	}
}
