package markdown

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// tables is goldmark's extension for tables, with a limit.
type tables struct{}

func (tables) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithParagraphTransformers(
			util.Prioritized(tableLimit{}, 199),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
		),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
}

// tableLimit refuses a table of mostly empty cells, and one with too many
// marks.
type tableLimit struct{}

func (tableLimit) Transform(n *ast.Paragraph, reader text.Reader, _ parser.Context) {
	source, lines := reader.Source(), n.Lines()
	if !hasDelimiterRow(source, lines) {
		return
	}
	rows := lines.Len()
	first, last := lines.At(0), lines.At(rows-1)
	columns, escaped := 0, 0
	for i := range rows {
		segment := lines.At(i)
		line := source[segment.Start:segment.Stop]
		columns = max(columns, bytes.Count(line, []byte{'|'}))
		escaped += bytes.Count(line, []byte(`\|`))
		if len(line) > maxMarks {
			row := text.NewSegments()
			row.Append(segment)
			limitMarks(source, row)
		}
	}
	if columns*rows-(last.Stop-first.Start) > maxEmptyCells {
		panic(abort{first.Start, errTooWide})
	}
	if escaped > maxMarks {
		panic(abort{first.Start, errMarks})
	}
}

// hasDelimiterRow reports whether a line after the first can be the one below
// the head of a table.
func hasDelimiterRow(source []byte, lines *text.Segments) bool {
	for i := 1; i < lines.Len(); i++ {
		segment := lines.At(i)
		line := source[segment.Start:segment.Stop]
		if len(bytes.TrimLeft(line, "-|: \t\n")) == 0 {
			return true
		}
	}
	return false
}

func (r *htmlRenderer) registerTable(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(east.KindTable, on(r.table))
	reg.Register(east.KindTableHeader, on(r.tableHeader))
	reg.Register(east.KindTableRow, on(r.tableRow))
	reg.Register(east.KindTableCell, on(r.tableCell))
}

func (r *htmlRenderer) table(o *output, _ []byte, n *east.Table, entering bool) ast.WalkStatus {
	if entering {
		r.open(o, "table", n)
		o.str("\n")
	} else {
		o.end("table")
	}
	return ast.WalkContinue
}

func (r *htmlRenderer) tableHeader(o *output, _ []byte, n *east.TableHeader, entering bool) ast.WalkStatus {
	if entering {
		o.str("<thead>\n<tr>\n")
	} else {
		o.str("</tr>\n</thead>\n")
		if n.NextSibling() != nil {
			o.str("<tbody>\n")
		}
	}
	return ast.WalkContinue
}

func (r *htmlRenderer) tableRow(o *output, _ []byte, n *east.TableRow, entering bool) ast.WalkStatus {
	if entering {
		r.open(o, "tr", n)
		o.str("\n")
	} else {
		o.str("</tr>\n")
		if n.NextSibling() == nil {
			o.str("</tbody>\n")
		}
	}
	return ast.WalkContinue
}

// tableCell writes a cell. HTML 5 has no attribute for its alignment any more,
// XHTML 1 has.
func (r *htmlRenderer) tableCell(o *output, _ []byte, n *east.TableCell, entering bool) ast.WalkStatus {
	name := "td"
	if n.Parent().Kind() == east.KindTableHeader {
		name = "th"
	}
	if !entering {
		o.end(name)
		return ast.WalkContinue
	}
	o.str("<")
	o.str(name)
	if n.Alignment != east.AlignNone {
		if r.XHTML {
			o.str(` align="`)
		} else {
			o.str(` style="text-align:`)
		}
		o.str(n.Alignment.String())
		o.str(`"`)
	}
	r.attributes(o, n.Attributes())
	o.str(">")
	return ast.WalkContinue
}
