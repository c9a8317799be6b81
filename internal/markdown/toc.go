package markdown

import (
	"strings"

	"github.com/yuin/goldmark/util"
)

// TOC returns a table of contents of the headings from level start to level end
// (below 1: to the lowest), as nested lists of links in a nav element with the id
// TableOfContents. Headings of other levels are left out, and those below them
// move up. Without any heading it returns "".
func TOC(headings []*Heading, start, end int, ordered bool) string {
	if end < 1 {
		end = 6
	}
	t := toc{start: start, end: end, open: "<ul>\n", close: "</ul>\n"}
	if ordered {
		t.open, t.close = "<ol>\n", "</ol>\n"
	}
	items := t.within(nil, headings)
	if len(items) == 0 {
		return ""
	}
	t.WriteString("<nav id=\"TableOfContents\">\n")
	t.list(items)
	t.WriteString("</nav>")
	return t.String()
}

type toc struct {
	strings.Builder
	start, end  int
	open, close string
}

// within appends the headings of the right levels, in place of others what is
// below them.
func (t *toc) within(list, headings []*Heading) []*Heading {
	for _, h := range headings {
		if h.Level >= t.start && h.Level <= t.end {
			list = append(list, h)
		} else {
			list = t.within(list, h.Children)
		}
	}
	return list
}

func (t *toc) list(headings []*Heading) {
	t.WriteString(t.open)
	for _, h := range headings {
		t.WriteString("<li>")
		if h.ID != "" {
			t.WriteString(`<a href="#`)
			t.Write(appendEscaped(nil, util.URLEscape([]byte(strings.ReplaceAll(h.ID, "%", "%25")), false)))
			t.WriteString(`">`)
			t.WriteString(h.HTML)
			t.WriteString("</a>")
		} else {
			t.WriteString(h.HTML)
		}
		if below := t.within(nil, h.Children); len(below) > 0 {
			t.WriteString("\n")
			t.list(below)
		}
		t.WriteString("</li>\n")
	}
	t.WriteString(t.close)
}
