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
	t := newTOC(start, end, ordered)
	t.tree(headings, 0)
	return t.finish()
}

// TOC returns what the function TOC does of all headings of the document.
func (r *Result) TOC(start, end int, ordered bool) string {
	t, local := newTOC(start, end, ordered), r.local()
	var above []int // levels of the headings that the next one may be below
	for i := range r.headings {
		h := r.heading(i)
		depth := 0
		for k, level := range above {
			if level >= h.Level {
				above = above[:k]
				break
			}
			if t.lists(level) {
				depth++
			}
		}
		above = append(above, h.Level)
		if t.lists(h.Level) {
			t.add(depth, h.ID, r.headingHTML(i, local))
		}
	}
	return t.finish()
}

// toc writes a table of contents.
type toc struct {
	strings.Builder
	start, end  int
	open, close string
	depth       int // of the last item
}

func newTOC(start, end int, ordered bool) *toc {
	if end < 1 {
		end = 6
	}
	if ordered {
		return &toc{start: start, end: end, open: "<ol>\n", close: "</ol>\n"}
	}
	return &toc{start: start, end: end, open: "<ul>\n", close: "</ul>\n"}
}

// lists reports whether headings of a level are in the list.
func (t *toc) lists(level int) bool { return level >= t.start && level <= t.end }

// tree adds headings of which so many that they are below are in the list.
func (t *toc) tree(headings []*Heading, depth int) {
	for _, h := range headings {
		below := depth
		if t.lists(h.Level) {
			t.add(depth, h.ID, h.HTML)
			below++
		}
		t.tree(h.Children, below)
	}
}

// add writes an item and leaves it open.
func (t *toc) add(depth int, id, html string) {
	switch {
	case t.Len() == 0:
		t.WriteString("<nav id=\"TableOfContents\">\n")
		t.WriteString(t.open)
	case depth > t.depth:
		t.WriteString("\n")
		t.WriteString(t.open)
	default:
		t.closeTo(depth)
	}
	t.depth = depth
	t.WriteString("<li>")
	if id == "" {
		t.WriteString(html)
		return
	}
	t.WriteString(`<a href="#`)
	if isPlainID(id) {
		t.WriteString(id)
	} else {
		t.Write(appendEscaped(nil, util.URLEscape([]byte(strings.ReplaceAll(id, "%", "%25")), false)))
	}
	t.WriteString(`">`)
	t.WriteString(html)
	t.WriteString("</a>")
}

// closeTo ends the last item, and those above it down to a depth.
func (t *toc) closeTo(depth int) {
	t.WriteString("</li>\n")
	for ; t.depth > depth; t.depth-- {
		t.WriteString(t.close)
		t.WriteString("</li>\n")
	}
}

func (t *toc) finish() string {
	if t.Len() == 0 {
		return ""
	}
	t.closeTo(0)
	t.WriteString(t.close)
	t.WriteString("</nav>")
	return t.String()
}

// isPlainID reports whether an id needs no escapes in a URL.
func isPlainID(id string) bool {
	for i := range len(id) {
		if c := id[i]; c != '-' && c != '_' && !util.IsAlphaNumeric(c) {
			return false
		}
	}
	return true
}
