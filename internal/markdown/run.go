package markdown

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/jam-go/jam/internal/diag"
)

// run is the state of one call of Render. It is pooled.
type run struct {
	engine *Engine
	ctx    context.Context
	src    Source
	source []byte // src.Text with LF line endings; offsets are into it

	marked  bool     // source has control characters of markers
	inserts []string // src.Inserts, without markers
	masked  []byte   // see maskedSource

	written  map[ast.Node]string      // destinations that Resolve changed, for hooks
	forHooks map[ast.Node][]attribute // attributes that are not written

	ids      ids
	headings []heading
	terms    []ast.Node // of definition lists, that need an id
	titles   []byte     // of headings
	anchors  []string   // ids that the author gave to other elements
	problems []problem
	failed   diag.List // errors of hooks
	hasAt    bool      // source holds an @, so there may be mail addresses
	inserted int       // bytes of inserts in the output
	divider  bool      // a summary divider was found
	where    cursor
	scratch  []byte

	context parseContext
	nodes   nodes
	out     output
}

// heading is a heading of the document. As soon as it was rendered, it has the place of its
// content in the output or, where that may move yet, the HTML of it.
type heading struct {
	node     *ast.Heading
	title    span // in run.titles
	content  span
	html     string
	rendered bool
}

type problem struct {
	kind   ProblemKind
	offset int
	err    error
}

func newRun(e *Engine) *run {
	r := &run{engine: e, ids: ids{used: map[string]int{}}}
	r.context.run = r
	return r
}

func (r *run) begin(ctx context.Context, src Source) {
	r.ctx, r.src = ctx, src
	r.source = unifyLineEndings(src.Text)
	r.hasAt = !r.engine.cfg.DisableLinkify && bytes.IndexByte(r.source, '@') >= 0
	r.setInserts(src.Inserts)
	r.divider, r.inserted = false, 0
	r.where = cursor{source: r.source, firstLine: max(src.Line, 1), custom: src.Position}
	r.headings, r.terms, r.titles, r.problems, r.anchors = r.headings[:0], r.terms[:0], r.titles[:0], r.problems[:0], nil
	r.failed = nil
	r.ids.reset()
	r.out.reset(r)
	r.context.begin()
}

// end drops what r refers to, so that the pool does not keep documents alive.
func (r *run) end() {
	clear(r.headings)
	clear(r.terms)
	clear(r.problems)
	r.ctx, r.src, r.source, r.where, r.anchors = nil, Source{}, nil, cursor{}, nil
	r.inserts, r.masked, r.written, r.forHooks, r.out.hooks = nil, nil, nil, nil, nil
	r.out.headings, r.failed = nil, nil
	r.context.end()
	r.nodes.reset()
}

// unifyLineEndings returns text with LF for CRLF and CR. Goldmark knows no
// bare CR, and keeps the CR of a CRLF in some places.
func unifyLineEndings(text []byte) []byte {
	if bytes.IndexByte(text, '\r') < 0 {
		return text
	}
	out := make([]byte, 0, len(text))
	for i, c := range text {
		switch {
		case c != '\r':
			out = append(out, c)
		case i+1 == len(text) || text[i+1] != '\n':
			out = append(out, '\n')
		}
	}
	return out
}

func (r *run) parse() *ast.Document {
	doc := r.engine.parser.Parse(text.NewReader(r.source), parser.WithContext(&r.context))
	return doc.(*ast.Document)
}

// report notes a problem at an offset of the source.
func (r *run) report(kind ProblemKind, offset int, format string, args ...any) {
	r.problems = append(r.problems, problem{kind, offset, fmt.Errorf(format, args...)})
}

// sortedProblems returns the problems with their positions in the file.
func (r *run) sortedProblems() []Problem {
	if len(r.problems) == 0 {
		return nil
	}
	slices.SortStableFunc(r.problems, func(a, b problem) int { return cmp.Compare(a.offset, b.offset) })
	out := make([]Problem, len(r.problems))
	for i, p := range r.problems {
		out[i] = Problem{Kind: p.kind, Error: *r.errorAt(p.offset, p.err)}
	}
	return out
}

func (r *run) errorAt(offset int, err error) *diag.Error {
	line, column := r.where.position(offset)
	return &diag.Error{Line: line, Column: column, Err: err}
}

// abort is what a run panics with to leave goldmark's parser, which has no
// other way out.
type abort struct {
	offset int // -1: none
	err    error
}

// failedHooks returns the errors of hooks, or nil.
func (r *run) failedHooks() error {
	if len(r.failed) == 1 {
		return r.failed[0]
	}
	return r.failed.Err()
}

// failure makes an error of a recovered panic: of an abort, or of one in
// goldmark, an extension or a function of the caller.
func (r *run) failure(v any) error {
	if err := r.failedHooks(); err != nil {
		return err // of which the panic may be a consequence
	}
	a, ok := v.(abort)
	if !ok {
		a = abort{r.out.offset, fmt.Errorf("panic while rendering Markdown: %v", v)}
	}
	if err := r.ctx.Err(); err != nil && errors.Is(a.err, err) {
		return err
	}
	return r.errorAt(a.offset, a.err)
}
