// Blog builds a small blog without templates: taxonomies, pagination, menus and neighbours
// are values, which the functions in render.go and parts.go write as HTML.
//
//	go run ./examples/blog              # builds into a new temporary directory
//	go run ./examples/blog -out public
package main

import (
	"context"
	"embed"
	"flag"
	"fmt"
	"os"

	"github.com/jam-go/jam"
)

// Without all: the pattern would leave out _index.md.
//
//go:embed all:content
var tree embed.FS

func main() {
	out := flag.String("out", "", "`directory` to write to (default a new temporary one)")
	flag.Parse()
	if err := run(context.Background(), *out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out string) (err error) {
	if out == "" {
		if out, err = os.MkdirTemp("", "blog"); err != nil {
			return err
		}
	}
	report, err := build(ctx, jam.Dir(out))
	if err != nil {
		return err
	}
	fmt.Printf("Built %d pages in %s\n", report.Pages, out)
	return nil
}

func build(ctx context.Context, out jam.Output) (*jam.Report, error) {
	site, err := jam.Load(ctx, tree, &jam.Config{
		BaseURL:    "https://example.org/",
		Title:      "Balcony Notes",
		Renderer:   jam.RendererFunc(render),
		Taxonomies: []string{"tags"},
		Pagination: map[string]jam.Pagination{
			"/posts":     {Size: 3, Order: "-date"},
			jam.KindTerm: {Size: 3},
		},
		// The other entries are in the front matter of their pages.
		Menus:  map[string][]jam.MenuEntry{"main": {{PageRef: "/tags", Weight: 20}}},
		Strict: true,
	})
	if err != nil {
		return nil, err
	}
	return site.Build(ctx, out)
}
