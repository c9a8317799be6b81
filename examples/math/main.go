// Math builds a page with formulas and a diagram. They are MathML and SVG in the HTML: the
// page has no script, and needs none.
//
//	go run ./examples/math
package main

import (
	"context"
	"embed"
	"flag"
	"fmt"
	"io/fs"
	"os"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/diagram"
	"github.com/jam-go/jam/math"
)

// Without all: the pattern would leave out _index.md.
//
//go:embed all:content
var tree embed.FS

func main() {
	out := flag.String("out", "public", "`directory` to write to")
	flag.Parse()
	if err := run(context.Background(), tree, jam.Dir(*out)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, tree fs.FS, out jam.Output) error {
	formulas, err := math.New(math.Options{Macros: map[string]string{
		`\dd`:  `\,\mathrm{d}#1`,
		`\abs`: `\left|#1\right|`,
	}})
	if err != nil {
		return err
	}
	cfg := &jam.Config{Title: "Waves", Markdown: jam.Markdown{Math: true}}
	formulas.Hooks(&cfg.Markdown.Hooks)
	diagram.Hooks(&cfg.Markdown.Hooks)

	site, err := jam.Load(ctx, tree, cfg)
	if err != nil {
		return err
	}
	_, err = site.Build(ctx, out)
	return err
}
