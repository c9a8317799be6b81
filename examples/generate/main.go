// Generate makes a page of each row of a table, and then a JSON file of these pages. What
// it makes are pages like any others: they have neighbours, terms and links.
//
//	go run ./examples/generate
package main

import (
	"context"
	"embed"
	"flag"
	"fmt"
	"io/fs"
	"os"

	"github.com/jam-go/jam"
)

// Without all: the pattern would leave out _index.md.
//
//go:embed all:content data layouts
var tree embed.FS

func main() {
	out := flag.String("out", "public", "`directory` to write to")
	flag.Parse()
	report, err := build(context.Background(), tree, jam.Dir(*out))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("Built %d pages in %s\n", report.Pages, *out)
}

func build(ctx context.Context, tree fs.FS, out jam.Output) (*jam.Report, error) {
	site, err := jam.Load(ctx, tree, &jam.Config{
		BaseURL:    "https://example.org/",
		Taxonomies: []string{"countries"},
		Generators: []jam.Generator{pages, index}, // each sees what those before it made
		Strict:     true,
	})
	if err != nil {
		return nil, err
	}
	return site.Build(ctx, out)
}
