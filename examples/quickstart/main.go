// Quickstart builds the small blog in this folder: Markdown in content, templates in
// layouts, a style sheet in static. All of it is compiled into the program, so
// that it runs from anywhere.
//
//	go run ./examples/quickstart                      # builds the folder public
//	go run ./examples/quickstart -http localhost:8080 # and serves it
package main

import (
	"context"
	"embed"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"

	"github.com/jam-go/jam"
)

// Without all: the pattern would leave out _index.md and _partials.
//
//go:embed all:content all:layouts all:static
var tree embed.FS

func main() {
	out := flag.String("out", "public", "`directory` to write to")
	addr := flag.String("http", "", "`address` to serve the site at, such as localhost:8080")
	flag.Parse()
	err := run(context.Background(), *out, os.Stdout)
	switch {
	case err == nil && *addr == "":
		fmt.Println("Add -http localhost:8080 to look at it in a browser.")
	case err == nil:
		fmt.Printf("Serving http://%s/ until interrupted\n", *addr)
		err = http.ListenAndServe(*addr, http.FileServer(http.Dir(*out)))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run builds the site and says where it is.
func run(ctx context.Context, out string, w io.Writer) error {
	site, err := jam.Load(ctx, tree, &jam.Config{
		BaseURL: "https://example.org/",
		Title:   "Plain Files",
		Params:  map[string]any{"tagline": "Notes on sites that are finished before anyone asks for them"},
		Strict:  true, // a broken link fails the build
	})
	if err != nil {
		return err // every mistake at once, each with file:line:column
	}
	report, err := site.Build(ctx, jam.Dir(out))
	if err != nil {
		return err
	}
	if out, err = filepath.Abs(out); err != nil {
		return err
	}
	fmt.Fprintf(w, "Built %d pages: %d files new or changed, %d as they were, in %s\n",
		report.Pages, len(report.Written), len(report.Kept), out)
	return nil
}
