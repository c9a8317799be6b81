package shortcode

import (
	"context"
	"sort"
	"strings"

	"github.com/jam-go/jam/internal/diag"
	"github.com/jam-go/jam/internal/insert"
)

// Render returns what a call gives: HTML, or Markdown if c.Markdown. It has the
// call's inner content, in which the outputs of the Markdown calls stand as text
// and those of the others as markers of package insert; their HTML is in
// inserts. The markers may stay in the result.
//
// The inner content is as it is written, from the end of the opening tag to the
// beginning of the closing one, but for a Markdown call in a list item or a block
// quote: then its lines have no longer the marks and the indentation of these.
type Render func(c *Call, inner string, inserts *Inserts) (string, error)

// Inserts are the HTML that markers of package insert stand for. They belong to one expansion.
type Inserts struct{ html []string }

// HTML returns the HTML of all markers so far, by their numbers. It must not be changed.
func (in *Inserts) HTML() []string { return in.html[:len(in.html):len(in.html)] }

// Add makes a marker for HTML that a call's result is to have.
func (in *Inserts) Add(html string) (marker string) {
	in.html = append(in.html, html)
	return string(insert.Append(nil, len(in.html)-1))
}

// Expanded is a text with what its shortcodes gave.
type Expanded struct {
	// Text is Markdown. What Markdown calls gave is part of it; for every other
	// call there is a marker of package insert, with its number in Inserts.
	Text []byte

	// Inserts are the HTML that the calls gave, each complete: without markers.
	Inserts []string

	document *Document
	segments []segment
}

// segment is a part of Expanded.Text: it begins at an offset of it, and is a
// copy of the source from an offset on, or what the call there gave.
type segment struct {
	offset, source int
	call           bool
}

// Position returns the line and column in the file of an offset in Text. For
// what a call gave these are the call's.
func (e *Expanded) Position(offset int) (line, column int) {
	i := sort.Search(len(e.segments), func(i int) bool { return e.segments[i].offset > offset }) - 1
	if i < 0 {
		return e.document.positions.at(0)
	}
	s := e.segments[i]
	if s.call && offset < len(e.Text) {
		return e.document.positions.at(s.source)
	}
	if s.call {
		return e.document.positions.at(len(e.document.source))
	}
	return e.document.positions.at(s.source + offset - s.offset)
}

// Expand renders the calls, in the order of their closing tags, so that inner
// ones come before the call in which they stand.
//
// An error of render is given the call's position, unless it is a [diag.Error]
// or a [diag.List] and so has its own; then the calls go on, except for those
// around the failed one, so that a diag.List with all errors is returned, up to
// a hundred. An expansion of more bytes than [Options] allow is an error of this
// kind, too. If ctx ends, its error is returned.
func (d *Document) Expand(ctx context.Context, render Render) (*Expanded, error) {
	e := &expander{ctx: ctx, document: d, render: render}
	out := &output{text: make([]byte, 0, len(d.source)+len(d.source)/8), top: true}
	e.nodes(out, 0, len(d.nodes), "")
	if e.stop != nil {
		return nil, e.stop
	}
	if err := e.errs.Err(); err != nil {
		return nil, err
	}
	return &Expanded{Text: out.text, Inserts: e.inserts.html, document: d, segments: e.segments}, nil
}

// expander is the state of one expansion.
type expander struct {
	ctx      context.Context
	document *Document
	render   Render
	inserts  Inserts
	segments []segment
	size     int // bytes given by calls
	spare    []*output
	errs     diag.List
	stop     error // ends the expansion at once
}

// nodes writes the nodes from first to last. It is false after a failure.
func (e *expander) nodes(out *output, first, last int, strip string) bool {
	d, fine := e.document, true
	for i := first; i < last && e.stop == nil; {
		n := d.nodes[i]
		i++
		if n.call < 0 {
			if out.top {
				e.segments = append(e.segments, segment{offset: len(out.text), source: n.start})
			}
			out.write(d.source[n.start:n.end], strip)
			continue
		}
		c := &d.calls[n.call]
		i = c.last
		if out.top {
			e.segments = append(e.segments, segment{offset: len(out.text), source: c.start, call: true})
		}
		if !e.call(out, c, i < last && !e.lineEnds(i)) {
			fine = false
		}
	}
	return fine && e.stop == nil
}

// lineEnds tells whether the node i begins with the end of a line.
func (e *expander) lineEnds(i int) bool {
	n := e.document.nodes[i]
	return n.call < 0 && e.document.source[n.start] == '\n'
}

// call renders c and writes what it gives. More tells whether something
// follows on the line.
func (e *expander) call(out *output, c *Call, more bool) bool {
	inner, ok := e.inner(c)
	if !ok {
		return false
	}
	if err := e.ctx.Err(); err != nil {
		e.stop = err
		return false
	}
	result, err := e.render(c, inner, &e.inserts)
	if err != nil {
		e.fail(c, err)
		return false
	}
	if c.Markdown {
		return e.writeMarkdown(out, c, result, more)
	}
	if !e.grow(c, expandedSize(result, e.inserts.html)) {
		return false
	}
	out.text = append(out.text, e.inserts.Add(insert.ExpandHTML(result, e.inserts.html))...)
	return true
}

// inner returns a call's inner content.
func (e *expander) inner(c *Call) (text string, ok bool) {
	if c.last == c.first {
		return "", true
	}
	if n := e.document.nodes[c.first]; c.last == c.first+1 && n.call < 0 && c.strip == "" {
		return e.document.source[n.start:n.end], true
	}
	out := &output{}
	if n := len(e.spare); n > 0 {
		out, e.spare = e.spare[n-1], e.spare[:n-1]
	}
	ok = e.nodes(out, c.first, c.last, c.strip)
	text = string(out.text)
	out.text, out.line = out.text[:0], 0
	e.spare = append(e.spare, out)
	return text, ok
}

func (e *expander) writeMarkdown(out *output, c *Call, result string, more bool) bool {
	if strings.Contains(result, "\r") {
		result = strings.ReplaceAll(strings.ReplaceAll(result, "\r\n", "\n"), "\r", "\n")
	}
	prefix, breaks := "", strings.Count(result, "\n")
	if breaks > 0 {
		prefix = continuation(out.text[out.line:])
	}
	if !e.grow(c, expandedSize(result, e.inserts.html)+breaks*len(prefix)) {
		return false
	}
	out.writeLines(result, prefix, more)
	return true
}

// grow adds to the size of the expansion; it is false if that is too much.
func (e *expander) grow(c *Call, n int) bool {
	e.size += n
	if e.size <= e.document.maxSize {
		return true
	}
	e.stop = diag.List{diag.At(c.Line, c.Column, "%w", diag.Beyond("OutputSize", "shortcodes give more than %d bytes", e.document.maxSize))}
	return false
}

// expandedSize returns how long text is at most with its markers replaced.
func expandedSize(text string, html []string) int {
	size := len(text)
	for at := strings.IndexByte(text, insert.Open); at >= 0; at = strings.IndexByte(text, insert.Open) {
		text = text[at:]
		i, length, ok := insert.At(text)
		if ok && i < len(html) {
			size += len(html[i]) - length
		}
		text = text[max(length, 1):]
	}
	return size
}

func (e *expander) fail(c *Call, err error) {
	switch err := err.(type) {
	case diag.List:
		for _, one := range err {
			e.errs = append(e.errs, locate(c, one))
		}
	case *diag.Error:
		e.errs = append(e.errs, locate(c, err))
	default:
		e.errs.Add(c.Line, c.Column, "%w", err)
	}
	if len(e.errs) >= maxMistakes {
		e.stop = e.errs[:maxMistakes].Err()
	}
}

// locate returns err with the position of c if it has none.
func locate(c *Call, err *diag.Error) *diag.Error {
	if err.Line > 0 {
		return err
	}
	return &diag.Error{Line: c.Line, Column: c.Column, Err: err.Err}
}

// output is a text that grows, and knows where its last line begins.
type output struct {
	text []byte
	line int
	top  bool // it is that of the document, not an inner content
}

// write adds text, without strip after each of its line breaks.
func (o *output) write(text, strip string) {
	for strip != "" {
		i := strings.IndexByte(text, '\n')
		if i < 0 {
			break
		}
		o.text = append(o.text, text[:i+1]...)
		o.line = len(o.text)
		text = text[i+1:]
		text = text[common(text, strip):]
	}
	if i := strings.LastIndexByte(text, '\n'); i >= 0 {
		o.line = len(o.text) + i + 1
	}
	o.text = append(o.text, text...)
}

// writeLines adds text with prefix after each of its line breaks; without the
// white space at the end of it where no text follows, which for the last
// line is so if there is none and no more.
func (o *output) writeLines(text, prefix string, more bool) {
	if prefix == "" {
		o.write(text, "")
		return
	}
	bare := strings.TrimRight(prefix, " \t")
	for {
		i := strings.IndexByte(text, '\n')
		if i < 0 {
			break
		}
		o.text = append(o.text, text[:i+1]...)
		o.line = len(o.text)
		text = text[i+1:]
		if text == "" && !more || strings.HasPrefix(text, "\n") {
			o.text = append(o.text, bare...)
		} else {
			o.text = append(o.text, prefix...)
		}
	}
	o.text = append(o.text, text...)
}
