package main

import (
	"fmt"
	"html"
	"io"

	"github.com/jam-go/jam"
)

var esc = html.EscapeString

func link(p *jam.Page, text string) string {
	return fmt.Sprintf(`<a href="%s">%s</a>`, esc(p.RelPermalink()), esc(text))
}

func date(w io.Writer, p *jam.Page) {
	if t := p.Date(); !t.IsZero() {
		fmt.Fprintf(w, "<time datetime=%q>%s</time>\n", t.Format("2006-01-02"), t.Format("2 January 2006"))
	}
}

// menu marks the entry of the page, and the entry that the page is below.
func menu(w io.Writer, p *jam.Page, name string) {
	home := p.Site().Home()
	fmt.Fprintf(w, "<nav aria-label=\"Main\">\n%s\n", link(home, home.LinkTitle()))
	for _, item := range p.Site().Menus()[name] {
		current := ""
		if p.IsMenuCurrent(name, item) {
			current = ` aria-current="page"`
		} else if p.HasMenuCurrent(name, item) {
			current = ` aria-current="true"`
		}
		fmt.Fprintf(w, "<a href=\"%s\"%s>%s</a>\n", esc(item.URL()), current, esc(item.Name()))
	}
	fmt.Fprintln(w, "</nav>")
}

func list(w io.Writer, pages jam.Pages) {
	for _, p := range pages {
		fmt.Fprintf(w, "<article>\n<h2>%s</h2>\n", link(p, p.LinkTitle()))
		date(w, p)
		fmt.Fprintf(w, "<p>%s</p>\n</article>\n", esc(p.Description()))
	}
}

// pager leads to the other parts of a list.
func pager(w io.Writer, here *jam.Pager) {
	if here.TotalPages() == 1 {
		return
	}
	fmt.Fprintln(w, `<nav aria-label="Pages of the list">`)
	if here.HasPrev() {
		fmt.Fprintf(w, "<a rel=\"prev\" href=\"%s\">← Previous</a>\n", esc(here.Prev().URL()))
	}
	fmt.Fprintf(w, "<span>Page %d of %d</span>\n", here.PageNumber(), here.TotalPages())
	if here.HasNext() {
		fmt.Fprintf(w, "<a rel=\"next\" href=\"%s\">Next →</a>\n", esc(here.Next().URL()))
	}
	fmt.Fprintln(w, "</nav>")
}

// counts lists the terms of a taxonomy, the most used first.
func counts(w io.Writer, taxonomy jam.Taxonomy) {
	fmt.Fprintln(w, "<ul>")
	for _, term := range taxonomy.ByCount() {
		fmt.Fprintf(w, "<li>%s: %d</li>\n", link(term.Page(), term.Page().LinkTitle()), term.Count())
	}
	fmt.Fprintln(w, "</ul>")
}

func tags(w io.Writer, terms jam.Pages) {
	if len(terms) == 0 {
		return
	}
	fmt.Fprintln(w, `<p class="tags">`)
	for _, term := range terms {
		fmt.Fprintln(w, link(term, "#"+term.LinkTitle()))
	}
	fmt.Fprintln(w, "</p>")
}

func neighbours(w io.Writer, p *jam.Page) {
	older, newer := p.PrevInSection(), p.NextInSection()
	if older == nil && newer == nil {
		return
	}
	fmt.Fprintln(w, `<nav aria-label="Posts around this one">`)
	if older != nil {
		fmt.Fprintf(w, "<span>Before: %s</span>\n", link(older, older.LinkTitle()))
	}
	if newer != nil {
		fmt.Fprintf(w, "<span>After: %s</span>\n", link(newer, newer.LinkTitle()))
	}
	fmt.Fprintln(w, "</nav>")
}
