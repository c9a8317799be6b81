// Package site holds the benchmark's site: layouts that jam and Hugo both execute, and the settings
// by which both do the same work.
package site

import (
	"embed"

	"github.com/jam-go/jam"
)

// Files are the site's files besides its content: the folder layouts, and hugo.toml.
//
// Without all: the pattern would leave out _partials.
//
//go:embed all:layouts hugo.toml
var Files embed.FS

// Config returns jam's settings, which are those of hugo.toml.
func Config() *jam.Config {
	return &jam.Config{
		BaseURL:    "https://example.org/",
		Title:      "Bench",
		Markdown:   jam.Markdown{Unsafe: true},
		Future:     true,
		Taxonomies: []string{"tags"},
		Pagination: map[string]jam.Pagination{"section": {Size: 50}, "term": {Size: 50}},
	}
}
