package main

import (
	"strings"
	"testing"

	"github.com/jam-go/jam"
)

func TestFormats(t *testing.T) {
	mem := jam.Memory()
	report, err := build(t.Context(), mem)
	if err != nil || len(report.Warnings) > 0 {
		t.Fatal(err, report)
	}
	built := mem.Files()
	for name, want := range map[string]string{
		"recipes/bread/index.html": "<h2 id=baking><a href=#baking>Baking</a></h2>",
		"recipes/bread/index.md":   "240 °C (464 °F). See [the soup](https://example.org/recipes/soup/)",
		"recipes/bread/index.json": `"title":"Overnight bread"`,
		"recipes/soup/index.html":  "<summary>What if there are no leeks?</summary>",
		"atom.xml":                 "374 °F",
		"feed.json":                `"version":"https://jsonfeed.org/version/1.1"`,
		"sitemap.xml":              "<loc>https://example.org/recipes/pie/</loc>",
		"robots.txt":               "Sitemap: https://example.org/sitemap.xml",
		"llms.txt":                 "[Apple pie](https://example.org/recipes/pie/index.md)",
		"search-index/index.json":  `"n":3`,
		"search-index/search.js":   "fetch(",
	} {
		if !strings.Contains(string(built[name]), want) {
			t.Errorf("%s has no %q:\n%s", name, want, built[name])
		}
	}
}
