package jam_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/jam-go/jam"
	headrules "github.com/jam-go/jam/internal/head/rules"
	"github.com/jam-go/jam/sitetest"
)

// TestHeadsFollowTheirRules checks the head tags of every page of a site against the formats' rules.
func TestHeadsFollowTheirRules(t *testing.T) {
	tree := hard()
	site := mustLoad(t, tree, &jam.Config{
		BaseURL: "https://example.org/sub/", Title: "T & <t> </script>", Now: now,
		Languages:  []jam.Language{{Code: "en"}, {Code: "de", Locale: "de-AT"}},
		Params:     map[string]any{"images": []any{"logo.png"}, "publisher": "P", "logo": "/logo.png", "social": map[string]any{"twitter": "@t"}},
		Pagination: map[string]jam.Pagination{"/posts": {Size: 2}},
	})
	checked := 0
	for _, p := range site.AllPages() {
		html, err := p.Head(jam.Head{})
		if err != nil {
			t.Fatal(err)
		}
		title, err := p.Head(jam.Head{Parts: []string{"title"}})
		if err != nil || !strings.HasPrefix(string(title), "<title>") {
			t.Errorf("%s: title %s, %v", p.Path(), title, err)
		}
		for _, problem := range headrules.Check(string(title+html), headrules.Options{Image: true}) {
			t.Errorf("%s: %v\n%s", p.Path(), problem, html)
		}
		checked++
	}
	if checked < 15 {
		t.Errorf("only %d pages", checked)
	}
}

// The author of a page is its own, and only else that of the site.
func TestHeadAuthors(t *testing.T) {
	site := sitetest.Load(t, sitetest.FS("-- content/a.md --\n---\nauthors: [Ann, Ben]\n---\n-- content/b.md --\n"),
		&jam.Config{BaseURL: "https://example.org/", Now: now, Params: map[string]any{"author": []any{"Cy", "Di"}}})
	for path, want := range map[string]string{"/a": "Ann Ben", "/b": "Cy Di"} {
		html, err := site.Page(path).Head(jam.Head{Parts: []string{"author"}})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range regexp.MustCompile(`content="([^"]*)"`).FindAllStringSubmatch(string(html), -1) {
			got = append(got, m[1])
		}
		if strings.Join(got, " ") != want && strings.Join(got, " ") != strings.ReplaceAll(want, " ", ", ") {
			t.Errorf("%s: got %s, want %s", path, html, want)
		}
	}
}

func TestHeadOverrides(t *testing.T) {
	p := sitetest.Load(t, hard(), &jam.Config{BaseURL: "https://example.org/", Now: now}).Page("/posts/b")
	for _, tt := range []struct {
		head jam.Head
		want string
	}{
		{jam.Head{Parts: []string{"description"}, Description: `a "b"`}, `<meta name="description" content="a &#34;b&#34;">`},
		{jam.Head{Parts: []string{"canonical"}, Canonical: "https://example.com/x/"}, `<link rel="canonical" href="https://example.com/x/">`},
		{jam.Head{Parts: []string{"opengraph"}, Images: []string{"x.png"}}, `content="https://example.org/posts/b/x.png"`},
		{jam.Head{Parts: []string{"schema"}, SchemaType: "Product", Schema: map[string]any{"sku": "7", "headline": nil}}, `"sku":"7"`},
		{jam.Head{Parts: []string{"robots"}, Robots: "noindex"}, `<meta name="robots" content="noindex">`},
	} {
		html, err := p.Head(tt.head)
		if err != nil || !strings.Contains(string(html), tt.want) {
			t.Errorf("%v: %v\n%s\nhas no %s", tt.head.Parts, err, html, tt.want)
		}
	}
	if _, err := p.Head(jam.Head{Parts: []string{"opengrph"}}); err == nil || !strings.Contains(err.Error(), "opengraph") {
		t.Errorf("have %v", err)
	}
}
