package jam

import (
	"html"
	"strings"

	"github.com/jam-go/jam/internal/markdown"
)

// The levels of headings that a table of contents has.
const tocFirst, tocLast = 2, 3

func toc(headings []*markdown.Heading) string {
	var b strings.Builder
	tocItems(&b, headings)
	if b.Len() == 0 {
		return ""
	}
	return `<nav id="TableOfContents">` + b.String() + `</nav>`
}

// tocItems writes a list of the headings that count, those of the levels above the
// first giving way to what is below them.
func tocItems(b *strings.Builder, headings []*markdown.Heading) {
	var list []*markdown.Heading
	var gather func([]*markdown.Heading)
	gather = func(hs []*markdown.Heading) {
		for _, h := range hs {
			switch {
			case h.Level < tocFirst:
				gather(h.Children)
			case h.Level <= tocLast && h.ID != "":
				list = append(list, h)
			}
		}
	}
	gather(headings)
	if len(list) == 0 {
		return
	}
	b.WriteString("<ul>")
	for _, h := range list {
		b.WriteString(`<li><a href="#` + html.EscapeString(h.ID) + `">` + h.HTML + "</a>")
		tocItems(b, h.Children)
		b.WriteString("</li>")
	}
	b.WriteString("</ul>")
}
