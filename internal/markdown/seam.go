package markdown

import (
	"slices"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// Checker is an extension of goldmark that can say what is wrong with its own
// settings. [New] fails with that error.
type Checker interface {
	Check() error
}

// AppendEscaped appends s as text or as a quoted attribute value.
func AppendEscaped[S []byte | string](dst []byte, s S) []byte { return appendEscaped(dst, s) }

// WriteEscaped is AppendEscaped to a writer.
func WriteEscaped(w util.BufWriter, s []byte) {
	done := 0
	for i, c := range s {
		if e := escapes[c]; e != "" {
			_, _ = w.Write(s[done:i])
			_, _ = w.WriteString(e)
			done = i + 1
		}
	}
	_, _ = w.Write(s[done:])
}

// WriteAttributes writes the attributes of n for a node renderer outside this
// package, each after a space, except those named. Of a fenced code block it
// leaves out those that are options for a highlighter.
func WriteAttributes(w util.BufWriter, n ast.Node, except ...string) {
	_, isCode := n.(*ast.FencedCodeBlock)
	for _, a := range n.Attributes() {
		name := string(a.Name)
		if isCode && !isSafeAttribute(name) || slices.Contains(except, name) {
			continue
		}
		writeAttribute(w, name, attributeValue(a.Value))
	}
}

// WriteLocal writes attributes that make sense on the page alone, such as an id and
// links to it: the copy of the element in a summary will be without them.
func WriteLocal(w util.BufWriter, attributes []byte) {
	o, ours := w.(*output)
	if ours {
		o.ids = append(o.ids, span{len(o.buf), len(o.buf) + len(attributes)})
	}
	_, _ = w.Write(attributes) // a BufWriter keeps its error
}

func writeAttribute(w util.BufWriter, name string, value []byte) {
	o, ours := w.(*output)
	if !ours {
		o = new(output)
	}
	start := len(o.buf)
	o.str(" ")
	o.str(name)
	o.str(`="`)
	o.escaped(value)
	o.str(`"`)
	if !ours {
		_, _ = w.Write(o.buf)
	} else if name == "id" {
		o.ids = append(o.ids, span{start, len(o.buf)})
	}
}

// Report notes a problem of kind BadOption at an offset of the source, for a
// transformer outside this package. Outside a parse of an Engine it does nothing.
func Report(pc parser.Context, offset int, err error) {
	if r := runOf(pc); r != nil {
		r.problems = append(r.problems, problem{BadOption, offset, err})
	}
}

// AddID notes an id that a node renderer will write, for a transformer outside this
// package, and reports at an offset of the source when it is taken.
func AddID(pc parser.Context, id string, offset int) {
	if r := runOf(pc); r != nil {
		if !r.ids.add([]byte(id)) {
			r.report(DuplicateID, offset, `id "%s" is there twice`, id)
		}
		r.anchors = append(r.anchors, id)
	}
}
