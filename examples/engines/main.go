// Engines renders pages with gomponents in place of html/template: a page is a Go
// function that returns nodes. templ, quicktemplate and others are used in the same way.
// It is a module of its own, so that jam does not depend on gomponents.
//
//	cd examples/engines && go run .
package main

import (
	"context"
	"embed"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/jam-go/jam"
	g "maragu.dev/gomponents"
	c "maragu.dev/gomponents/components"
	h "maragu.dev/gomponents/html"
)

// Without all: the pattern would leave out _index.md.
//
//go:embed all:content
var tree embed.FS

func main() {
	out := flag.String("out", "public", "`directory` to write to")
	flag.Parse()
	report, err := build(context.Background(), jam.Dir(*out))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("Built %d pages in %s\n", report.Pages, *out)
}

func build(ctx context.Context, out jam.Output) (*jam.Report, error) {
	site, err := jam.Load(ctx, tree, &jam.Config{Title: "Components", Renderer: jam.RendererFunc(render)})
	if err != nil {
		return nil, err
	}
	return site.Build(ctx, out)
}

// render is the Renderer.
func render(_ context.Context, w io.Writer, p *jam.Page) error {
	return layout(p, body(p)).Render(w)
}

const style = `:root { color-scheme: light dark; background: Canvas; color: CanvasText }
body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; font: 1.1rem/1.6 system-ui, sans-serif }
nav { display: flex; gap: 1.5rem }`

// layout is the frame of every page.
func layout(p *jam.Page, body g.Node) g.Node {
	return c.HTML5(c.HTML5Props{
		Title:       p.Title(),
		Description: p.Description(),
		Language:    p.Site().LanguageCode(),
		Head:        []g.Node{h.StyleEl(g.Raw(style))},
		Body: []g.Node{
			h.Nav(link(p.Site().Home()), g.Map(p.Site().Sections(), link)),
			h.Main(h.H1(g.Text(p.Title())), g.Raw(string(p.Content())), body),
		},
	})
}

// body is what a page has besides its text: the list of what it holds.
func body(p *jam.Page) g.Node {
	return g.If(p.IsNode(), h.Ul(g.Map(p.Pages(), func(q *jam.Page) g.Node {
		return h.Li(link(q), g.If(!q.Date().IsZero(), g.Text(q.Date().Format(", 2 January 2006"))))
	})))
}

func link(p *jam.Page) g.Node {
	return h.A(h.Href(p.RelPermalink()), g.Text(p.LinkTitle()))
}
