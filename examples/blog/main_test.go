package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/jam-go/jam"
)

func built(t *testing.T) map[string][]byte {
	t.Helper()
	out := jam.Memory()
	report, err := build(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	if report.Pages != 22 || len(report.Warnings) > 0 {
		t.Errorf("%d pages, want 22; warnings: %v", report.Pages, report.Warnings)
	}
	return out.Files()
}

func TestPages(t *testing.T) {
	files := built(t)
	for name, wants := range map[string][]string{
		"index.html":                      {"<title>Balcony Notes</title>", "What stays out", "Nineteen tomatoes", "All posts</a>: 8"},
		"about/index.html":                {`<a href=/about/ aria-current=page>`, "<a href=/posts/>posts</a>"},
		"posts/index.html":                {`<a href=/posts/ aria-current=page>`, "Page 1 of 3", "<a rel=next href=/posts/page/2/>"},
		"posts/page/2/index.html":         {"Posts, page 2</title>", "<a rel=prev href=/posts/>", "<a rel=next href=/posts/page/3/>", "Basil, again"},
		"posts/page/3/index.html":         {"Page 3 of 3", "<a rel=prev href=/posts/page/2/>", "Forty litres of soil", "A place for the chair"},
		"posts/mint/index.html":           {`<a href=/posts/ aria-current=true>`, "Mint &amp; its", "7 September 2025", "#planning", "Before: <a href=/posts/tomatoes/>", "After: <a href=/posts/winter/>"},
		"posts/watering-plan/index.html":  {"url=https://example.org/posts/watering/"},
		"tags/index.html":                 {"planning</a>: 4</li>\n<li><a href=/tags/herbs/>herbs</a>: 3"},
		"tags/planning/index.html":        {`<a href=/tags/ aria-current=true>`, "Page 1 of 2", "What stays out"},
		"tags/planning/page/2/index.html": {"A place for the chair"},
		"tags/soil/index.html":            {"Forty litres of soil"},
	} {
		for _, want := range wants {
			if page := string(files[name]); !strings.Contains(page, want) {
				t.Errorf("%s has no %q:\n%s", name, want, page)
			}
		}
	}
}

// A part of a list has its own pages only, and a list that is short has no parts.
func TestPagers(t *testing.T) {
	files := built(t)
	for name, want := range map[string]int{
		"posts/index.html": 3, "posts/page/2/index.html": 3, "posts/page/3/index.html": 2, "tags/herbs/index.html": 3,
	} {
		if n := strings.Count(string(files[name]), "<article>"); n != want {
			t.Errorf("%s lists %d posts, want %d", name, n, want)
		}
	}
	if herbs := string(files["tags/herbs/index.html"]); strings.Contains(herbs, "Page 1") {
		t.Errorf("a list of one part leads to others:\n%s", herbs)
	}
}

// Every link of the site leads to one of its files.
func TestLinks(t *testing.T) {
	files := built(t)
	href := regexp.MustCompile(`href="?(?:https://example\.org)?(/[^ ">]*)`)
	links := 0
	for name, page := range files {
		for _, m := range href.FindAllSubmatch(page, -1) {
			links++
			target := strings.TrimPrefix(string(m[1]), "/")
			if target == "" || strings.HasSuffix(target, "/") {
				target += "index.html"
			}
			if files[target] == nil {
				t.Errorf("%s links to %s, and there is no %s", name, m[1], target)
			}
		}
	}
	if links < 22*5 {
		t.Errorf("only %d links were found", links)
	}
}

func TestRun(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	if err := run(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(out, "tags", "herbs", "index.html")); err != nil {
		t.Error(err)
	}
}
