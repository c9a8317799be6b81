package jam

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"time"

	"github.com/jam-go/jam/internal/work"
)

// fail notes what went wrong where a method has no way to say so; the render that the
// view is in fails with it.
func (v *view) fail(err error) {
	if v.failed != nil && *v.failed == nil {
		*v.failed = err
	}
}

// failCall fails a method that returns no error. In a template that is by a panic, which text/template makes the error of
// the call, with its place.
func (v *view) failCall(err error) {
	if v.state != nil {
		panic(callError{err})
	}
	if v.run != nil && v.run.at.LineNumber > 0 { // in a function that makes a shortcode
		at := v.run.at
		err = errorIn("shortcode", at.Filename, at.LineNumber, at.ColumnNumber, "%w", err)
	}
	v.fail(err)
}

// callError is the error of a method that returns none.
type callError struct{ error }

func (e callError) Unwrap() error { return e.error }

// failure returns what was noted by fail.
func (v *view) failure() error {
	if v.failed == nil {
		return nil
	}
	return *v.failed
}

func (v *view) context() context.Context {
	if v.ctx == nil {
		return context.Background()
	}
	return v.ctx
}

// fileBuffers are what a worker makes one file after the other in; nil: each has its own.
type fileBuffers struct {
	page     bytes.Buffer
	minified []byte
}

// largestBuffer is how large a buffer may become that is used again.
const largestBuffer = 1 << 20

// forPage returns an empty buffer.
func (b *fileBuffers) forPage() *bytes.Buffer {
	if b == nil {
		return new(bytes.Buffer)
	}
	if b.page.Cap() > largestBuffer {
		b.page = bytes.Buffer{}
	}
	b.page.Reset()
	return &b.page
}

// forMinified returns an empty slice for what is at most size long.
func (b *fileBuffers) forMinified(size int) []byte {
	if b == nil || cap(b.minified) < size {
		return make([]byte, 0, size)
	}
	return b.minified[:0]
}

func (b *fileBuffers) keep(minified []byte) {
	if b != nil && cap(minified) > cap(b.minified) && cap(minified) <= largestBuffer {
		b.minified = minified
	}
}

// produce makes the file of a route. It does not fail for warnings.
func (s *snapshot) produce(ctx context.Context, v *view, r *route) (p product) {
	v.rec, v.recording.depth = nil, 0
	defer func() {
		if e := recover(); e != nil {
			p.err = panicked("read", r.source(), e)
		}
	}()
	if r.redirect != nil {
		b, err := s.redirectHTML(r.redirect)
		if err != nil {
			p.err = &Error{Op: "render", Path: r.source(), Err: err}
			return p
		}
		p.file = &OutputFile{name: r.file, content: b}
		if v.recording.ledger != nil {
			p.record = newRouteRecord(r, &record{})
			p.record.model = true
		}
		s.minify(ctx, v, &p, r)
		return p
	}
	if r.special != nil {
		outer := v.begin()
		b, err := r.special.make(ctx, v)
		if err != nil {
			if p.err = wrapOp(ctx, "render", r.file, err); len(Errors(err)) > 0 && ofContent(Errors(err)[0]) {
				p.err = err // which its page reports as well
			}
			return p
		}
		p.file = &OutputFile{name: r.file, content: b}
		if r.special.sum != nil {
			v.note(depSpecial, "", r.file)
		}
		if p.record = newRouteRecord(r, v.end(outer)); p.record != nil {
			p.record.model = !r.special.recorded && r.special.sum == nil
		}
		s.minify(ctx, v, &p, r)
		return p
	}
	if r.page != nil {
		start := time.Now()
		buf := v.buffers.forPage()
		v.begin()
		if p.err = s.renderPage(ctx, v, r, buf); p.err != nil {
			return p
		}
		p.record = newRouteRecord(r, v.end(nil))
		p.times.render = time.Since(start)
		p.file = &OutputFile{name: r.file, content: buf.Bytes()}
		s.minify(ctx, v, &p, r)
		return p
	}
	doc := r.document()
	if v.recording.ledger != nil {
		p.record = newRouteRecord(r, &record{})
		p.record.copied, p.record.stamp = true, doc.stamp()
	}
	p.file = &OutputFile{name: r.file, wantSum: true, open: func() (rc io.ReadCloser, err error) {
		err = guard("read", func() (err error) {
			if rc, err = doc.open(); err == nil {
				rc, err = limitedCopy(rc, s.set.Limits.CopySize)
			}
			return err
		})
		if err != nil {
			return nil, wrapOp(ctx, "read", doc.name, err)
		}
		return rc, nil
	}}
	if s.minifier.handles(r.file) {
		b, err := doc.read(limitOf{"FileSize", s.set.Limits.FileSize})
		if err != nil {
			p.err = &Error{Op: "read", Path: doc.name, Err: err}
			return p
		}
		p.file.content, p.file.open = b, nil
		s.minify(ctx, v, &p, r)
	}
	return p
}

// newRouteRecord returns the record of a file, nil when nothing was recorded.
func newRouteRecord(r *route, rec *record) *routeRecord {
	if rec == nil {
		return nil
	}
	out := &routeRecord{record: *rec, page: noPage, pager: r.pager}
	if r.page != nil {
		out.page = r.page.id
	}
	if r.format != nil {
		out.format = r.format.Name
	}
	return out
}

// renderPage renders one page. A panic of the renderer becomes an error.
func (s *snapshot) renderPage(ctx context.Context, v *view, r *route, w io.Writer) (err error) {
	d := r.page
	if err := ctx.Err(); err != nil {
		return err
	}
	var failed error
	v.work(ctx, renderState{failed: &failed, now: r})
	defer func() {
		v.rest()
		if r := recover(); r != nil {
			s.set.Logger.ErrorContext(ctx, "panic while rendering", "page", d.source(), "panic", r, "stack", string(debug.Stack()))
			err = panicked("render", d.source(), r)
		}
	}()
	timed := v.ctx
	err = s.renderFormat(timed, w, &v.pages[d.id], r.format)
	if err == nil {
		err = failed
	}
	err = overdue(timed, err)
	if err == nil || endedBy(ctx, err) {
		return err
	}
	return renderError(d, err)
}

// renderFormat renders a page in a format; nil is HTML.
func (s *snapshot) renderFormat(ctx context.Context, w io.Writer, p *Page, f *format) error {
	switch {
	case f == nil:
		return s.renderer.Render(ctx, s.bounded(w), p)
	case f.Render != nil:
		if err := guard("", func() error { return f.Render(ctx, s.set.limited(w), p) }); err != nil {
			return fmt.Errorf("format %s: %w", f.Name, err)
		}
		return nil
	}
	if t := templatesOf(s.renderer); t != nil && f.builtin != nil {
		t.note(p.v, depLayout, queryName(layoutQuery(p.read(facetPlace|facetLayout|facetType), f)))
		if t.hasLayout(p.d, f) {
			return s.renderer.Render(ctx, s.bounded(w), p)
		}
	}
	if f.builtin != nil {
		return f.builtin(ctx, s.set.limited(w), p)
	}
	return s.renderer.Render(ctx, s.bounded(w), p)
}

// bounded returns a writer for the renderer that takes as much as a file may have; templates count for themselves.
func (s *snapshot) bounded(w io.Writer) io.Writer {
	if _, ok := s.renderer.(*templates); ok {
		return w
	}
	return s.set.limited(w)
}

// panicked makes an error of what recover returned.
func panicked(op, path string, r any) *Error {
	var stack []byte
	if p, ok := r.(*work.Panic); ok {
		r, stack = p.Value, p.Stack
	}
	if err, ok := r.(callError); ok {
		return &Error{Op: op, Path: path, Err: err.error}
	}
	if stack == nil {
		stack = debug.Stack()
	}
	return &Error{Op: op, Path: path, Err: &PanicError{r, stack}}
}

// guard calls f and makes an error of a panic.
func guard(op string, f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = panicked(op, "", r)
		}
	}()
	return f()
}

// inBackground calls f on a goroutine of its own. The channel gets its error, also when it panics, or ends its goroutine.
func inBackground(op string, f func() error) <-chan error {
	done := make(chan error, 1)
	go func() {
		var err error = &Error{Op: op, Err: work.ErrGoexit}
		defer func() { done <- err }()
		err = guard(op, f)
	}()
	return done
}

// endedBy tells whether err says only that ctx has ended.
func endedBy(ctx context.Context, err error) bool {
	return ctx.Err() != nil && errors.Is(err, ctx.Err())
}

// renderError names the page that failed.
func renderError(d *pageData, err error) error {
	var out []*Error
	for _, e := range Errors(err) {
		named := *e
		switch {
		case e.Path == "":
			named.Path = d.source()
		case e.Path != d.source() && !ofContent(e):
			named.Err = &ofPage{err: e.Err, page: d.source()}
		}
		if named.Op == "" {
			named.Op = "render"
		}
		out = append(out, &named)
	}
	return joinErrors(out)
}

// ofContent tells an error of a page's text, which says where that is.
func ofContent(e *Error) bool {
	_, ok := e.Err.(*ofPage)
	return ok || e.Op == "shortcode" || e.Op == "markdown"
}

// ofPage is a mistake in a template, found while a page was rendered.
type ofPage struct {
	err  error
	page string
	more int // further pages on which the same was found
}

func (e *ofPage) Error() string {
	if e.more > 0 {
		return fmt.Sprintf("%v (page %s and %d more)", e.err, e.page, e.more)
	}
	return fmt.Sprintf("%v (page %s)", e.err, e.page)
}

func (e *ofPage) Unwrap() error { return e.err }

// mergeRepeated makes one of the errors that a mistake in a template gives on many pages.
func mergeRepeated(errs []*Error) []*Error {
	type place struct {
		path, op, text string
		line, column   int
	}
	first := make(map[place]*ofPage)
	var out []*Error
	for _, e := range sortErrors(errs) {
		of, ok := e.Err.(*ofPage)
		if !ok {
			out = append(out, e)
			continue
		}
		at := place{e.Path, e.Op, fmt.Sprint(of.err), e.Line, e.Column}
		if seen := first[at]; seen != nil {
			seen.more++
			continue
		}
		merged := *of
		first[at] = &merged
		named := *e
		named.Err = &merged
		out = append(out, &named)
	}
	return out
}

// minify makes a finished file smaller.
func (s *snapshot) minify(ctx context.Context, v *view, p *product, r *route) {
	if !s.minifier.handles(r.file) {
		return
	}
	start := time.Now()
	content, err := s.minifier.minify(ctx, r.file, v.buffers.forMinified(len(p.file.content)), p.file.content)
	p.times.minify = time.Since(start)
	switch {
	case err == nil:
		p.file.content = content
		v.buffers.keep(content)
	case ctx.Err() != nil:
		p.err = ctx.Err()
	default:
		problems := placed("minify", minifyPath(r), err)
		if s.set.Minify.Lenient {
			p.warnings = append(p.warnings, problems...)
			return
		}
		p.err = joinErrors(problems)
	}
}

// minifyPath names the file whose positions minifying reports: the one that
// was read, or the one that was rendered.
func minifyPath(r *route) string {
	if r.page != nil || r.redirect != nil || r.special != nil {
		return r.file
	}
	return r.source()
}
