package math

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/suggest"
)

// environment is how what is between \begin and \end is set.
type environment struct {
	open, close string // delimiters
	columns     string // l, c and r, repeated for further columns
	pairs       bool   // columns are the two sides of equations
	display     bool   // cells are displayed formulas
	small       bool
	arg         string // what is in braces after the name: "columns" or "count"
}

var environments = map[string]environment{
	"matrix":      {columns: "c"},
	"pmatrix":     {columns: "c", open: "(", close: ")"},
	"bmatrix":     {columns: "c", open: "[", close: "]"},
	"Bmatrix":     {columns: "c", open: "{", close: "}"},
	"vmatrix":     {columns: "c", open: "|", close: "|"},
	"Vmatrix":     {columns: "c", open: "‖", close: "‖"},
	"smallmatrix": {columns: "c", small: true},
	"array":       {columns: "c", arg: "columns"},
	"cases":       {columns: "l", open: "{"},
	"dcases":      {columns: "l", open: "{", display: true},
	"rcases":      {columns: "l", close: "}"},
	"aligned":     {columns: "rl", pairs: true, display: true},
	"align":       {columns: "rl", pairs: true, display: true},
	"split":       {columns: "rl", pairs: true, display: true},
	"alignedat":   {columns: "rl", pairs: true, display: true, arg: "count"},
	"alignat":     {columns: "rl", pairs: true, display: true, arg: "count"},
	"eqnarray":    {columns: "rcl", display: true},
	"gathered":    {columns: "c", display: true},
	"gather":      {columns: "c", display: true},
	"multline":    {columns: "c", display: true},
	"equation":    {columns: "c", display: true},
}

// environment parses from \begin to \end.
func (p *parser) environment(begin token) *node {
	name, _ := p.raw()
	// With a star it has no numbers; none has them here.
	env, ok := environments[strings.TrimSuffix(name, "*")]
	if !ok {
		names := slices.Collect(maps.Keys(environments))
		return p.fail(begin, "unknown environment %q%s", name, suggest.DidYouMean(name, names))
	}
	lines := ""
	switch env.arg {
	case "columns":
		env.columns, lines = p.columns()
	case "count":
		p.raw()
	}
	if p.skip(tokenChar, "[") { // where it stands in a line: nothing here
		p.rawUntil(begin, tokenChar, "]")
	}
	t := p.table(env, lines)
	end := p.next()
	if !end.is(tokenCommand, "end") {
		return p.fail(begin, `\begin{%s} without \end before %s`, name, p.named(end))
	}
	if other, t := p.raw(); other != name {
		return p.fail(t, `\end{%s} ends \begin{%s}`, other, name)
	}
	return env.delimit(t)
}

// delimit puts the environment's delimiters around a table.
func (e environment) delimit(table *node) *node {
	if e.open == "" && e.close == "" {
		return table
	}
	var list []*node
	if e.open != "" {
		list = append(list, operator(e.open, opening).set("form", "prefix").set("stretchy", "true"))
	}
	list = append(list, table)
	if e.close != "" {
		list = append(list, operator(e.close, closing).set("form", "postfix").set("stretchy", "true"))
	}
	return element("mrow", list...).as(inner)
}

// columns reads the columns of an array, and the lines between them: lines[i] is | if there is
// one before column i.
func (p *parser) columns() (columns, lines string) {
	spec, t := p.raw()
	line := " "
	for _, r := range spec {
		switch r {
		case 'l', 'c', 'r':
			columns, lines, line = columns+string(r), lines+line, " "
		case '|':
			line = "|"
		case ' ':
		default:
			p.fail(t, "%q in the columns of an array, which are l, c and r, with | between them", r)
		}
	}
	if columns == "" {
		p.fail(t, "an array without columns; they are l, c and r")
		columns = "c"
	}
	return columns, lines + line
}

// table parses cells up to what ends the environment. What is in lines is as columns returns it.
func (p *parser) table(env environment, lines string) *node {
	n := element("mtable")
	cell := func(c *setting) {
		c.bracket, c.dollar = false, false
		if c.style.display = env.display; env.small {
			c.toScript()
		}
	}
	above := ""
	for {
		for p.skip(tokenCommand, "hline") {
			above = "border-top:1px solid"
		}
		row := element("mtr")
		for {
			content := p.within(cell, func() *node { return element("mtd", p.row()...) })
			row.kids = append(row.kids, env.style(content, len(row.kids), lines, above))
			if p.peek().kind != tokenCell {
				break
			}
			p.next()
		}
		t := p.next()
		if !isNewline(t) {
			p.unread(t)
			addRow(n, row, above)
			break
		}
		addRow(n, row, "-")
		above = p.gap(row)
	}
	if env.display {
		n.set("displaystyle", "true")
	}
	if env.small {
		n = element("mstyle", n).set("scriptlevel", "1")
	}
	return n.as(inner)
}

// addRow adds a row; an empty one, as after the last \\, only if a line is above it.
func addRow(n, row *node, above string) {
	if len(row.kids) == 1 && len(row.kids[0].kids) == 0 && above != "-" {
		if above != "" && len(n.kids) > 0 {
			for _, cell := range n.kids[len(n.kids)-1].kids {
				cell.style("border-bottom:1px solid")
			}
		}
		return
	}
	n.kids = append(n.kids, row)
}

// gap reads the space that may follow \\, and gives it to the row above.
func (p *parser) gap(row *node) string {
	open := p.read()
	if !open.is(tokenChar, "[") {
		p.unread(open)
		return ""
	}
	text := p.rawUntil(open, tokenChar, "]")
	height, ok := length(text)
	if !ok {
		p.fail(open, "%q is no height, such as 1ex", text)
		return ""
	}
	if !strings.HasPrefix(height, "-") { // padding cannot be negative
		for _, cell := range row.kids {
			cell.style("padding-bottom:calc(0.5ex + " + height + ")")
		}
	}
	return ""
}

// style gives a cell what its column has: MathML in browsers has no attributes for it.
func (e environment) style(cell *node, column int, lines, above string) *node {
	switch e.columns[column%len(e.columns)] {
	case 'l':
		cell.style("text-align:left")
	case 'r':
		cell.style("text-align:right;text-align:-webkit-right") // the second is for Chromium, where cells have blocks in them
	}
	switch {
	case e.pairs && column%2 == 1:
		cell.style("padding-left:0")
	case e.pairs && column > 0:
		cell.style("padding-left:2em;padding-right:0")
	case e.pairs:
		cell.style("padding-right:0")
	}
	if column < len(lines) && lines[column] == '|' {
		cell.style("border-left:1px solid")
	}
	if column == len(lines)-2 && lines[column+1] == '|' {
		cell.style("border-right:1px solid")
	}
	if above != "" {
		cell.style(above)
	}
	return cell
}

// style adds declarations to the element's style.
func (n *node) style(css string) {
	if before, ok := strings.CutSuffix(n.attrs, `"`); ok && strings.Contains(n.attrs, " style=") {
		n.attrs = fmt.Sprintf(`%s;%s"`, before, css)
		return
	}
	n.set("style", css)
}

// substack parses lines above each other.
func (p *parser) substack() *node {
	open := p.next()
	if open.kind != tokenOpen {
		return p.fail(open, "an argument in braces is missing before %s", p.named(open))
	}
	n := p.table(environment{columns: "c"}, "")
	if t := p.next(); t.kind != tokenClose {
		return p.fail(open, "{ is not closed before %s", p.named(t))
	}
	for _, row := range n.kids {
		for _, cell := range row.kids {
			cell.style("padding:0")
		}
	}
	return n
}

// lineTable returns the lines of a formula.
func lineTable(lines []*node) *node {
	n := element("mtable").set("displaystyle", "true")
	for _, l := range lines {
		if l.tag == "mrow" && len(l.kids) == 0 && l == lines[len(lines)-1] {
			break
		}
		n.kids = append(n.kids, element("mtr", element("mtd", l)))
	}
	return n
}
