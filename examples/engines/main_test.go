package main

import (
	"strings"
	"testing"

	"github.com/jam-go/jam"
)

func TestBuild(t *testing.T) {
	out := jam.Memory()
	report, err := build(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	if report.Pages != 4 || len(report.Warnings) > 0 {
		t.Errorf("%d pages, want 4; warnings: %v", report.Pages, report.Warnings)
	}
	for name, wants := range map[string][]string{
		"index.html":              {"<title>Components</title>", "<h1>Components</h1>", "/notes/", "A site whose pages"},
		"notes/index.html":        {"Mixing engines</a>, 16 February 2026", "Nodes in place of text</a>, 2 February"},
		"notes/nodes/index.html":  {"<em>nodes</em>", "a &lt; b"},
		"notes/mixing/index.html": {"/notes/nodes/"},
	} {
		page := string(out.Files()[name])
		for _, want := range wants {
			if !strings.Contains(page, want) {
				t.Errorf("%s has no %q:\n%s", name, want, page)
			}
		}
	}
}
