package matter

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
)

// csv reads separated values by the rules of RFC 4180, which Excel's
// tab-separated files keep too: a list of rows, each a list of strings. Empty
// lines are none, and all rows have as many fields as the first.
func (b *builder) csv(block []byte, loc locator, comma rune) *Node {
	r := csvReader{builder: b, src: block, loc: loc, line: 1}
	r.rows = csv.NewReader(bytes.NewReader(block))
	r.rows.Comma, r.rows.FieldsPerRecord, r.rows.ReuseRecord = comma, -1, true
	root := r.node(List, loc.base+1, 1)
	if root == nil || !r.deeper(2, root.Line, root.Column) {
		return nil
	}
	for !r.failed {
		fields, err := r.rows.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			r.syntaxError(err)
			return nil
		}
		row := r.row(fields)
		if row == nil {
			return nil
		}
		root.push(row)
		r.checkWidth(root.Items()[0], row)
	}
	return root
}

type csvReader struct {
	*builder
	src  []byte
	loc  locator
	rows *csv.Reader

	line, start int // a line, from 1, and the offset of its start
}

// row returns the row of these fields, or nil when there are too many.
func (r *csvReader) row(fields []string) *Node {
	line, column := r.at(r.rows.FieldPos(0))
	row := r.node(List, line, column)
	if row == nil || !r.spend(len(fields), line, column) {
		return nil
	}
	cells := make([]Node, len(fields))
	items := make([]*Node, len(fields))
	row.more = &more{items: items}
	for i, text := range fields {
		line, column := r.at(r.rows.FieldPos(i))
		cells[i] = Node{Kind: String, Line: line, Column: column, text: text, quoted: true}
		items[i] = &cells[i]
	}
	return row
}

func (r *csvReader) checkWidth(first, row *Node) {
	if len(row.Items()) != len(first.Items()) {
		r.problem(row.Line, row.Column, "the row has %s, but the first one, on line %d, has %s",
			countFields(len(row.Items())), first.Line, countFields(len(first.Items())))
	}
}

func countFields(n int) string {
	if n == 1 {
		return "1 field"
	}
	return fmt.Sprintf("%d fields", n)
}

// at returns the position of a byte, given by line and column as the decoder
// counts them. Lines must not descend.
func (r *csvReader) at(line, column int) (int, int) {
	for ; r.line < line; r.line++ {
		n := bytes.IndexByte(r.src[r.start:], '\n')
		if n < 0 {
			break
		}
		r.start += n + 1
	}
	return r.loc.at(r.start + min(column-1, r.lineLen()))
}

// lineLen returns the length of the line at r.start without its end.
func (r *csvReader) lineLen() int {
	rest := r.src[r.start:]
	if n := bytes.IndexByte(rest, '\n'); n >= 0 {
		return n
	}
	return len(rest)
}

func (r *csvReader) syntaxError(err error) {
	e, ok := errors.AsType[*csv.ParseError](err)
	if !ok {
		r.fail(r.loc.base+1, 1, "invalid CSV: %w", err)
		return
	}
	line, column := r.at(e.Line, e.Column)
	switch {
	case e.Err == csv.ErrBareQuote:
		r.fail(line, column, `invalid CSV: a field that holds a quote must stand in quotes, and the quote be doubled`)
	case r.loc.off < len(r.src) && r.src[r.loc.off] == '"':
		r.fail(line, column, `invalid CSV: a quote within quotes must be doubled; here the field would end`)
	default: // the end of the file
		r.fail(r.loc.base+e.StartLine, 1, "invalid CSV: a quoted field of this row is never closed")
	}
}
