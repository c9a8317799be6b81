package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jam-go/jam"
)

func TestQuickstart(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	var said strings.Builder
	if err := run(t.Context(), out, &said); err != nil {
		t.Fatal(err)
	}
	if want := "Built 11 pages: 17 files new or changed, 0 as they were, in " + out + "\n"; said.String() != want {
		t.Errorf("said %q, want %q", said.String(), want)
	}
	built := os.DirFS(out)
	for name, wants := range map[string][]string{
		"index.html":                  {"<title>Plain Files</title>", "A test for a page", "/posts/sixty-lines/"},
		"404.html":                    {"There is nothing here"},
		"style.css":                   {"prefers-color-scheme:dark"},
		"about/index.html":            {"<table>", "https://example.org/about/"},
		"posts/index.html":            {"12 Jan 2026", "6 Apr 2026"},
		"posts/one-way/index.html":    {"/posts/one-way/flow.svg", "<dt>Source"},
		"posts/one-way/flow.svg":      {"<title>"},
		"posts/links/index.html":      {"/posts/front-matter/#a-type-for-it", "footnote", "alert-note"},
		"posts/publishing/index.html": {"alert-warning", "<del>", "checkbox"},
	} {
		b, err := fs.ReadFile(built, name)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, want := range wants {
			if !strings.Contains(string(b), want) {
				t.Errorf("%s has no %s", name, want)
			}
		}
	}

	said.Reset()
	if err := run(t.Context(), out, &said); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(said.String(), ": 0 files new or changed, 17 as they were,") {
		t.Errorf("a second build said %q", said.String())
	}
}

func TestPosts(t *testing.T) {
	site, err := jam.Load(t.Context(), tree, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range site.Pages() {
		if p.Description() == "" {
			t.Errorf("%s has no description", p.File().Path())
		}
		if p.Section() == "posts" && p.Date().IsZero() {
			t.Errorf("%s has no date", p.File().Path())
		}
	}
}
