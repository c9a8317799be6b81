package check_test

import (
	"testing"
	"testing/fstest"
	"time"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/check"
)

// TestJam checks what jam makes with the plain theme, read as it is rendered: all
// rules are errors, and nothing is found.
func TestJam(t *testing.T) {
	tree := fstest.MapFS{
		"content/_index.md":       {Data: []byte("---\ntitle: Home\ndescription: A site\n---\nWelcome, and see [the posts](posts/_index.md).\n")},
		"content/about.md":        {Data: []byte("---\ntitle: About\ndescription: Who we are\naliases: [/who/]\n---\nText with a [part](posts/one.md#part) of another.\n")},
		"content/posts/_index.md": {Data: []byte("---\ntitle: Posts\ndescription: All posts\n---\n")},
		"content/posts/one.md":    {Data: []byte("---\ntitle: One\ndescription: The first\ndate: 2026-01-01\ntags: [go]\n---\nText.\n\n## Part\n\nMore[^1].\n\n[^1]: A note.\n")},
		"content/posts/two.md":    {Data: []byte("---\ntitle: Two\ndescription: The second\ndate: 2026-01-02\ntags: [go]\n---\n- a\n- b\n\n> quoted\n\n```go\nx < y && z\n```\n\n![A picture](/p.svg)\n")},
		"static/p.svg":            {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>`)},
	}
	site, err := jam.Load(t.Context(), tree, &jam.Config{
		BaseURL: "https://example.com/", Title: "Site", Language: "en", Renderer: jam.PlainTheme(),
		Now: func() time.Time { return time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC) },
	})
	if err != nil {
		t.Fatal(err)
	}
	check.Test(t, site.FS(t.Context()), &check.Options{
		BaseURL: "https://example.com/",
		Rules:   map[string]check.Severity{"*": check.Error, "link-redirect": check.Off},
		Ignore: []check.Exception{
			{Rule: "image-size", About: "/p.svg", Reason: "Markdown has no sizes"},
			{Rule: "description-missing", File: "tags/**", Reason: "nobody wrote one"},
		},
	})
}
