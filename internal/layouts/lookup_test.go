package layouts

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestLookup(t *testing.T) {
	for _, tt := range []struct {
		name  string
		files string
		q     Query
		want  string // "" for none
	}{
		{"kind", "page.html single.html all.html", Query{Kind: "page"}, "page.html"},
		{"older name", "single.html all.html list.html", Query{Kind: "page", Dir: "posts"}, "single.html"},
		{"all", "all.html list.html", Query{Kind: "page"}, "all.html"},
		{"none", "list.html baseof.html", Query{Kind: "page"}, ""},
		{"nearest", "page.html posts/page.html posts/2024/page.html", Query{Kind: "page", Dir: "posts/2024"}, "posts/2024/page.html"},
		{"parent", "page.html posts/page.html posts/2023/page.html", Query{Kind: "page", Dir: "posts/2024"}, "posts/page.html"},
		{"nearest goes before kind", "page.html posts/all.html", Query{Kind: "page", Dir: "posts"}, "posts/all.html"},
		{"odd directory", "posts/page.html", Query{Kind: "page", Dir: "/posts/x/"}, "posts/page.html"},
		{"dot directory", "page.html", Query{Kind: "page", Dir: "."}, "page.html"},
		{"outside", "page.html", Query{Kind: "page", Dir: "../.."}, "page.html"},
		{"type", "page.html posts/page.html news/page.html", Query{Kind: "page", Type: "news", Dir: "posts/2024"}, "news/page.html"},
		{"type keeps the path below", "news/page.html news/2024/page.html", Query{Kind: "page", Type: "news", Dir: "posts/2024"}, "news/2024/page.html"},
		{"type of the section", "posts/2024/page.html posts/page.html", Query{Kind: "page", Type: "posts", Dir: "posts/2024"}, "posts/2024/page.html"},
		{"type without layouts", "page.html posts/page.html", Query{Kind: "page", Type: "news", Dir: "posts"}, "page.html"},
		{"layout", "page.html posts/page.html wide.html", Query{Kind: "page", Dir: "posts", Layout: "wide"}, "wide.html"},
		{"layout nearest", "posts/wide.html wide.html", Query{Kind: "page", Dir: "posts", Layout: "wide"}, "posts/wide.html"},
		{"layout in _default", "posts/page.html _default/wide.html", Query{Kind: "page", Dir: "posts", Layout: "wide"}, "_default/wide.html"},
		{"layout missing", "posts/page.html", Query{Kind: "page", Dir: "posts", Layout: "wide"}, "posts/page.html"},
		{"layout with path", "x/wide.html page.html", Query{Kind: "page", Layout: "x/wide"}, "x/wide.html"},
		{"layout is no base", "baseof.html page.html", Query{Kind: "page", Layout: "baseof"}, "page.html"},
		{"layout is no partial", "_partials/nav.html page.html", Query{Kind: "page", Layout: "_partials/nav"}, "page.html"},
		{"layout does not leave", "page.html", Query{Kind: "page", Layout: "../page"}, "page.html"},
		{"home", "home.html index.html list.html", Query{Kind: "home"}, "home.html"},
		{"home, older", "index.html list.html", Query{Kind: "home"}, "index.html"},
		{"home is a list", "_default/list.html _default/single.html", Query{Kind: "home"}, "_default/list.html"},
		{"section", "section.html list.html", Query{Kind: "section", Dir: "posts"}, "section.html"},
		{"section, list", "page.html list.html", Query{Kind: "section", Dir: "posts"}, "list.html"},
		{"section, older place", "section/posts.html section/list.html _default/list.html", Query{Kind: "section", Dir: "posts"}, "section/posts.html"},
		{"section called section", "section/list.html section/section.html", Query{Kind: "section", Dir: "section"}, "section/section.html"},
		{"root before older places", "list.html section/list.html _default/section.html", Query{Kind: "section", Dir: "posts"}, "list.html"},
		{"taxonomy", "taxonomy.html list.html term.html", Query{Kind: "taxonomy", Dir: "tags"}, "taxonomy.html"},
		{"taxonomy, older name", "_default/terms.html _default/list.html", Query{Kind: "taxonomy", Dir: "tags"}, "_default/terms.html"},
		{"term", "taxonomy.html list.html term.html", Query{Kind: "term", Dir: "tags/go"}, "term.html"},
		{"term is a list", "taxonomy.html list.html", Query{Kind: "term", Dir: "tags/go"}, "list.html"},
		{"term, older name", "_default/taxonomy.html _default/list.html", Query{Kind: "term", Dir: "tags/go"}, "_default/taxonomy.html"},
		{"term in its taxonomy", "tags/term.html term.html", Query{Kind: "term", Dir: "tags/go"}, "tags/term.html"},
		{"404", "404.html all.html", Query{Kind: "404"}, "404.html"},
		{"404 is not all", "all.html page.html", Query{Kind: "404"}, ""},
		{"language", "page.html page.de.html page.fr.html", Query{Kind: "page", Lang: "de"}, "page.de.html"},
		{"other language", "page.html page.fr.html", Query{Kind: "page", Lang: "de"}, "page.html"},
		{"name before language", "page.html single.de.html", Query{Kind: "page", Lang: "de"}, "page.html"},
		{"format", "list.html list.rss.xml list.xml", Query{Kind: "section", Format: "rss", Suffix: "xml"}, "list.rss.xml"},
		{"format and language", "list.rss.xml list.de.rss.xml list.de.xml", Query{Kind: "section", Lang: "de", Format: "rss", Suffix: "xml"}, "list.de.rss.xml"},
		{"format before language", "list.rss.xml list.de.xml", Query{Kind: "section", Lang: "de", Format: "rss", Suffix: "xml"}, "list.rss.xml"},
		{"format, suffix only", "list.html list.xml", Query{Kind: "section", Format: "rss", Suffix: "xml"}, "list.xml"},
		{"format as name", "list.html rss.xml", Query{Kind: "home", Format: "rss", Suffix: "xml"}, "rss.xml"},
		{"format as name, older", "_default/rss.xml", Query{Kind: "term", Dir: "tags/go", Format: "rss", Suffix: "xml"}, "_default/rss.xml"},
		{"format of HTML", "page.html page.amp.html", Query{Kind: "page", Format: "amp"}, "page.amp.html"},
		{"html is no infix", "page.html page.html.html", Query{Kind: "page", Format: "html"}, "page.html"},
		{"json", "home.html home.json", Query{Kind: "home", Format: "json", Suffix: "json"}, "home.json"},
		{"older shortcodes are no layouts", "shortcodes/page.html _default/_markup/page.html", Query{Kind: "page", Dir: "shortcodes"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fsys := fstest.MapFS{}
			for name := range strings.FieldsSeq(tt.files) {
				fsys[name] = &fstest.MapFile{Data: []byte("x")}
			}
			e, err := New(fsys, Options{})
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // the second time from the cache
				got, ok := e.Lookup(tt.q)
				if ok != (tt.want != "") || ok && got.Name() != tt.want {
					t.Fatalf("got %+v, %v, want %q\ntried %q", got, ok, tt.want, e.Candidates(tt.q))
				}
			}
		})
	}
}

func TestBaseLookup(t *testing.T) {
	const layout = `{{ define "main" }}{{ end }}`
	for _, tt := range []struct {
		name   string
		layout string
		bases  string
		q      Query
		want   string
	}{
		{"root", "page.html", "baseof.html", Query{Kind: "page", Dir: "posts"}, "baseof.html"},
		{"nearest to the page", "page.html", "baseof.html posts/baseof.html", Query{Kind: "page", Dir: "posts/2024"}, "posts/baseof.html"},
		{"other section", "page.html", "baseof.html posts/baseof.html", Query{Kind: "page", Dir: "docs"}, "baseof.html"},
		{"older place", "_default/single.html", "_default/baseof.html", Query{Kind: "page", Dir: "docs"}, "_default/baseof.html"},
		{"kind", "list.html", "baseof.html list-baseof.html", Query{Kind: "section"}, "list-baseof.html"},
		{"kind, newer", "list.html", "baseof.html baseof.section.html baseof.page.html", Query{Kind: "section"}, "baseof.section.html"},
		{"language", "page.html", "baseof.html baseof.de.html baseof.fr.html", Query{Kind: "page", Lang: "de"}, "baseof.de.html"},
		{"format", "list.rss.xml", "baseof.html baseof.xml baseof.rss.xml", Query{Kind: "home", Format: "rss", Suffix: "xml"}, "baseof.rss.xml"},
		{"type", "page.html", "baseof.html news/baseof.html", Query{Kind: "page", Type: "news", Dir: "posts"}, "news/baseof.html"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fsys := fstest.MapFS{tt.layout: {Data: []byte(layout)}}
			for name := range strings.FieldsSeq(tt.bases) {
				fsys[name] = &fstest.MapFile{Data: []byte(name)}
			}
			e, err := New(fsys, Options{})
			if err != nil {
				t.Fatal(err)
			}
			tm, ok := e.Lookup(tt.q)
			if !ok || tm.Name() != tt.layout {
				t.Fatalf("layout %v", tm)
			}
			var b strings.Builder
			if err := e.Execute(&b, tm, nil); err != nil || b.String() != tt.want {
				t.Errorf("got %q, %v", b.String(), err)
			}
			if again, _ := e.Lookup(tt.q); again != tm {
				t.Error("not the same template")
			}
		})
	}
}

// TestTemplateBase checks the base of a layout that is asked for by name.
func TestTemplateBase(t *testing.T) {
	const layout = `{{ define "main" }}{{ end }}`
	fsys := fstest.MapFS{}
	for _, name := range []string{"posts/x/li.html", "list.de.rss.xml", "home.fr.html", "_default/single.html"} {
		fsys[name] = &fstest.MapFile{Data: []byte(layout)}
	}
	for _, name := range []string{"baseof.html", "posts/baseof.html", "baseof.xml", "baseof.de.xml", "baseof.fr.html", "_default/single-baseof.html"} {
		fsys[name] = &fstest.MapFile{Data: []byte(name)}
	}
	e, err := New(fsys, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"posts/x/li.html":      "posts/baseof.html",
		"list.de.rss.xml":      "baseof.de.xml",
		"home.fr.html":         "baseof.fr.html",
		"_default/single.html": "_default/single-baseof.html",
	} {
		if got, err := render(t, e, name, nil); got != want || err != nil {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
}

func TestCandidates(t *testing.T) {
	e := mustNew(t, "")
	got := e.Candidates(Query{Kind: "page", Layout: "page", Dir: "posts", Lang: "de"})
	want := strings.Fields(`posts/page.de.html posts/page.html page.de.html page.html _default/page.de.html _default/page.html
		posts/single.de.html posts/single.html posts/all.de.html posts/all.html
		single.de.html single.html all.de.html all.html
		_default/single.de.html _default/single.html _default/all.de.html _default/all.html`)
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func BenchmarkLookup(b *testing.B) {
	e := mustNew(b, "-- page.html --\nx")
	q := Query{Kind: "page", Type: "posts", Dir: "posts/2024", Lang: "en", Format: "html"}
	b.ReportAllocs()
	for b.Loop() {
		e.Lookup(q)
	}
}

// TestLookupNearest checks that directories without layouts do not matter.
func TestLookupNearest(t *testing.T) {
	tree := fstest.MapFS{}
	for _, name := range strings.Fields("page/all.html section/posts.html term/posts.html _default/baseof.html a/b/page.html a/list.de.html posts/wide.html posts/2024/x/wide.html posts/baseof.html wide.html single.html a/b/c/d/wide.html") {
		text := "x"
		if strings.HasPrefix(name, "a/") {
			text = `{{define "main"}}x{{end}}`
		}
		tree[name] = &fstest.MapFile{Data: []byte(text)}
	}
	e, err := New(tree, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range strings.Fields(". a a/b a/b/c a/b/c/e a/x posts posts/2024 posts/2024/x posts/2023/x section section/x term/a b/c/d _default/x page page/x") {
		for _, kind := range []string{"home", "page", "section", "taxonomy", "term", "404", "../wide", "x/wide"} {
			for _, layout := range []string{"", "wide", "x/wide", "../wide", "../../wide", "../2024/x/wide"} {
				for _, lang := range []string{"", "de"} {
					q := Query{Kind: kind, Layout: layout, Dir: dir, Lang: lang}
					got, _ := e.Lookup(q)
					if want := e.lookup(q.clean()); got != want {
						t.Errorf("%+v: got %v, want %v", q, got, want)
					}
				}
			}
		}
	}
}
