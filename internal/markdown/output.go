package markdown

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// output is the writer that node renderers get: a buffer that also notes
// where things are in it. It implements util.BufWriter.
type output struct {
	buf      []byte
	offset   int       // of the top-level block being rendered, in the source
	headings []heading // the run's
	next     int       // the heading that is expected next
	hooks    *Hooks    // nil: none
	count    ordinals  // for hooks

	headingStart int // where the content of the heading being rendered begins

	notes []span // footnote references and back references
	ids   []span // id attributes, with the space before them
	run   *run
}

// span is a part of the output.
type span struct{ start, end int }

func (o *output) reset(r *run) {
	o.buf, o.notes, o.ids = o.buf[:0], o.notes[:0], o.ids[:0]
	o.offset, o.headings, o.next, o.run = -1, nil, 0, r
	o.hooks, o.count = nil, ordinals{}
}

func (o *output) Write(p []byte) (int, error) {
	o.buf = append(o.buf, p...)
	return len(p), nil
}

func (o *output) WriteString(s string) (int, error) {
	o.buf = append(o.buf, s...)
	return len(s), nil
}

func (o *output) WriteByte(c byte) error {
	o.buf = append(o.buf, c)
	return nil
}

func (o *output) WriteRune(r rune) (int, error) {
	n := len(o.buf)
	o.buf = utf8.AppendRune(o.buf, r)
	return len(o.buf) - n, nil
}

func (o *output) Available() int { return cap(o.buf) - len(o.buf) }
func (o *output) Buffered() int  { return len(o.buf) }
func (o *output) Flush() error   { return nil }

// str writes HTML. It is WriteString for our own renderers.
func (o *output) str(s string) { o.buf = append(o.buf, s...) }

// escaped writes s as text or as a quoted attribute value.
func (o *output) escaped(s []byte) { o.buf = appendEscaped(o.buf, s) }

// end writes the end tag of a block.
func (o *output) end(name string) {
	o.str("</")
	o.str(name)
	o.str(">\n")
}

// heading returns the note of n, or nil.
func (o *output) heading(n *ast.Heading) *heading {
	if o.next > 0 && o.headings[o.next-1].node == n { // once more
		return &o.headings[o.next-1]
	}
	for range o.headings {
		if o.next >= len(o.headings) {
			o.next = 0
		}
		h := &o.headings[o.next]
		o.next++
		if h.node == n {
			return h
		}
	}
	return nil
}

// escapes has what stands for a byte in text and attribute values, as
// CommonMark's reference implementations write it.
var escapes = [256]string{0: "\uFFFD", '"': "&quot;", '&': "&amp;", '<': "&lt;", '>': "&gt;"}

func appendEscaped[S []byte | string](dst []byte, s S) []byte {
	done := 0
	for i := range len(s) {
		if e := escapes[s[i]]; e != "" {
			dst = append(append(dst, s[done:i]...), e...)
			done = i + 1
		}
	}
	return append(dst, s[done:]...)
}

// without returns part, which starts at offset of an output, without those of
// the sorted spans of that output that are in it.
func without[S []byte | string](part S, offset int, spans []span) S {
	if i := firstSpan(spans, offset); i == len(spans) || spans[i].end > offset+len(part) {
		return part
	}
	return S(appendWithout(nil, part, offset, spans))
}

// appendWithout appends what without returns.
func appendWithout[S []byte | string](dst []byte, part S, offset int, spans []span) []byte {
	partsWithout(part, offset, spans, func(p S) bool {
		dst = append(dst, p...)
		return true
	})
	return dst
}

// partsWithout yields what stands between spans.
func partsWithout[S []byte | string](part S, offset int, spans []span, yield func(S) bool) {
	done := 0
	for _, s := range spans[firstSpan(spans, offset):] {
		if s.end > offset+len(part) {
			break
		}
		if s.start < offset+done { // within the one before
			continue
		}
		if !yield(part[done : s.start-offset]) {
			return
		}
		done = s.end - offset
	}
	yield(part[done:])
}

// firstSpan returns the index of the first of the sorted spans that begins at an offset or
// behind it.
func firstSpan(spans []span, offset int) int {
	i, _ := slices.BinarySearchFunc(spans, offset, func(s span, offset int) int { return cmp.Compare(s.start, offset) })
	return i
}

// since returns those of the sorted spans that begin at an offset or behind it.
func since(spans []span, offset int) []span {
	i := len(spans)
	for i > 0 && spans[i-1].start >= offset {
		i--
	}
	return spans[i:]
}

// merge returns the spans of a and b by position.
func merge(a, b []span) []span {
	if len(a) == 0 {
		return b
	}
	all := slices.Concat(a, b)
	slices.SortFunc(all, func(x, y span) int { return cmp.Compare(x.start, y.start) })
	return all
}
