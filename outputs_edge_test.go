package jam_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
)

// A page that leads elsewhere does so in HTML, whatever the formats of its kind.
func TestRedirectWithoutHTML(t *testing.T) {
	got := buildSoon(t, bodiesTree(map[string]string{"a.md": "---\nredirect: /b/\n---\n", "b.md": "b"}),
		&jam.Config{Now: now, Outputs: map[string][]string{"page": {"json"}}})
	if got["a/index.html"] == "" || got["a/index.json"] != "" || got["b/index.json"] == "" {
		t.Errorf("got %q", got)
	}
}

// Nested shortcodes, and markers that an author types, do not end an attribute.
func TestInnerInAttributes(t *testing.T) {
	tree := bodiesTree(map[string]string{
		"a.md": "{{< outer >}}{{< quoted \"x onclick=y\" >}}{{< /outer >}}\n",
		"b.md": "---\ntitle: \"\\u00020\\u0003\"\n---\n{{< quoted \"x onclick=y\" >}} {{< titled >}}\n",
	})
	for name, text := range map[string]string{
		"outer": `<img alt="{{ .Inner }}" title='{{ .Inner }}' class={{ .Inner }}>{{ .Inner }}`, "quoted": `<i title="{{ .Get 0 }}">t</i>`,
		"titled": `<img alt="{{ .Page.Title }}">`,
	} {
		tree["layouts/_shortcodes/"+name+".html"] = &fstest.MapFile{Data: []byte(text)}
	}
	got := buildSoon(t, tree, &jam.Config{Minify: jam.Minify{Disabled: true}})
	const inner = `<i title="x onclick=y">t</i>`
	if want := `<img alt="t" title='t' class=t>` + inner; got["a/index.html"] != want {
		t.Errorf("got %s, want %s", got["a/index.html"], want)
	}
	if want := "<p>" + inner + ` <img alt="t"></p>`; got["b/index.html"] != want {
		t.Errorf("got %s, want %s", got["b/index.html"], want)
	}
}

// A page that is in no list is in none of the files that list pages.
func TestPageInNoList(t *testing.T) {
	got := buildSoon(t, bodiesTree(map[string]string{
		"veiled.md": "---\nbuild: {list: never}\ndate: 2026-01-01\n---\nveiledword", "b.md": "---\ndate: 2026-01-01\n---\nb",
	}), &jam.Config{Now: now, BaseURL: "https://example.org/", Outputs: map[string][]string{
		"home": {"html", "rss", "atom", "jsonfeed", "json", "txt", "markdown", "sitemap", "search", "llms"},
	}})
	for name, text := range got {
		if name != "veiled/index.html" && (strings.Contains(text, "veiled")) {
			t.Errorf("%s has the page: %.200s", name, text)
		}
	}
	if got["veiled/index.html"] == "" || !strings.Contains(got["sitemap.xml"], "/b/") {
		t.Errorf("got %q", got)
	}
}
