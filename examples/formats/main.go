// Formats writes a small site as HTML, JSON and Markdown, with feeds, a sitemap and a search. It has
// shortcodes and a render hook that are Go functions.
//
//	go run ./examples/formats
package main

import (
	"context"
	"embed"
	"flag"
	"fmt"
	"html"
	"io"
	"io/fs"
	"log"

	"github.com/jam-go/jam"
)

//go:embed all:site
var files embed.FS

// celsius is {{< celsius 190 >}}: a temperature in two scales.
func celsius(_ context.Context, w io.Writer, s *jam.Shortcode) error {
	arg, _ := s.Get(0)
	c, ok := arg.(int)
	if !ok {
		return fmt.Errorf("celsius: want a number of degrees, have %v", arg)
	}
	_, err := fmt.Fprintf(w, "%d °C (%d °F)", c, c*9/5+32)
	return err
}

// heading gives each heading a link to itself.
func heading(_ context.Context, w io.Writer, h *jam.HeadingElement) error {
	id := html.EscapeString(h.Anchor)
	_, err := fmt.Fprintf(w, `<h%d id="%s"><a href="#%s">%s</a></h%d>`, h.Level, id, id, h.Text, h.Level)
	return err
}

func config() *jam.Config {
	return &jam.Config{
		BaseURL: "https://example.org/", Title: "Kitchen notes",
		Outputs: map[string][]string{
			"home": {"html", "atom", "jsonfeed", "sitemap", "robots", "llms", "search"},
			"page": {"html", "json", "markdown"},
		},
		Feed:       jam.Feed{Full: true},
		Shortcodes: map[string]jam.ShortcodeFunc{"celsius": celsius},
		Markdown:   jam.Markdown{Hooks: jam.Hooks{Heading: heading}},
	}
}

func build(ctx context.Context, out jam.Output) (*jam.Report, error) {
	tree, err := fs.Sub(files, "site")
	if err != nil {
		return nil, err
	}
	site, err := jam.Load(ctx, tree, config())
	if err != nil {
		return nil, err
	}
	return site.Build(ctx, out)
}

func main() {
	out := flag.String("out", "public", "`directory` to write to")
	flag.Parse()
	report, err := build(context.Background(), jam.Dir(*out))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("Built %d files in %s\n", len(report.Written)+len(report.Kept), *out)
}
