package main

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/jam-go/jam"
)

const style = `:root { color-scheme: light dark; background: Canvas; color: CanvasText }
body { max-width: 38rem; margin: 2rem auto; padding: 0 1rem; font: 1.1rem/1.6 system-ui, sans-serif }
nav, .tags { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin: 2rem 0 }
[aria-current] { font-weight: bold } time { display: block; opacity: .75 } h2, article p { margin-bottom: 0 } article p { margin-top: 0 }`

// render is the Renderer. It writes pages of all kinds.
func render(_ context.Context, w io.Writer, p *jam.Page) error {
	var b bytes.Buffer
	head(&b, p)
	switch p.Kind() {
	case jam.KindHome:
		posts := p.GetPage("/posts")
		list(&b, posts.Pages().ByDate().Reverse().Limit(3))
		fmt.Fprintf(&b, "<p>%s: %d</p>\n", link(posts, "All posts"), len(posts.Pages()))
	case jam.KindSection, jam.KindTerm:
		list(&b, p.Paginator().Pages())
		pager(&b, p.Paginator())
	case jam.KindTaxonomy:
		counts(&b, p.Site().Taxonomies()["tags"])
	case jam.KindPage:
		tags(&b, p.GetTerms("tags"))
		neighbours(&b, p)
	}
	fmt.Fprintln(&b, "</main>\n</body>\n</html>")
	_, err := w.Write(b.Bytes())
	return err
}

// head writes everything down to the page's own text.
func head(w io.Writer, p *jam.Page) {
	title, url := p.Title(), p.Permalink()
	if g := p.Paginator(); g != nil && g.HasPrev() {
		title, url = fmt.Sprintf("%s, page %d", title, g.PageNumber()), g.Permalink()
	}
	fmt.Fprintf(w, `<!DOCTYPE html>
<html lang="%s">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%s</title>
<link rel="canonical" href="%s">
<style>%s</style>
</head>
<body>
`, p.Site().LanguageCode(), esc(title), esc(url), style)
	menu(w, p, "main")
	fmt.Fprintf(w, "<main>\n<h1>%s</h1>\n", esc(title))
	if p.IsPage() {
		date(w, p)
	}
	fmt.Fprintln(w, p.Content())
}
