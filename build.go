package jam

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"sync"
	"time"

	"github.com/jam-go/jam/internal/work"
)

// Report says what a build did.
type Report struct {
	// Pages is the number of pages rendered, lists included.
	Pages int
	// Written, Kept and Removed are the names of the files that were new or
	// changed, already there with the same content, and written by an
	// earlier build only. Each is sorted.
	Written, Kept, Removed []string
	// Warnings are those of loading and of rendering, in a fixed order.
	Warnings []*Error
	// Phases says how long the site took by phase, the loading before the build
	// included. Rendering, minifying and writing go on at the same time, on
	// several goroutines: their durations are sums over these.
	Phases []Phase
	// Duration is how long the build took as a whole.
	Duration time.Duration
}

// Phase is a part of a build.
type Phase struct {
	Name     string // "load", "render", "minify", "write" or "commit"
	Duration time.Duration
}

// Build renders every page and writes all files to out. It reports every
// page that fails, at once, as [Load] does; then nothing of an earlier build is removed.
// Several builds may go on at the same time, to different outputs. Build
// stops soon after ctx is done and then returns its error.
func (s *Site) Build(ctx context.Context, out Output) (*Report, error) {
	if out == nil {
		return nil, errorAt("config", "", "Build needs an Output, such as jam.Dir(\"public\")")
	}
	b := &build{snap: s.v.snap, start: time.Now()}
	err := guard("write", func() (err error) {
		b.t, err = out.Begin(ctx)
		return err
	})
	if err != nil {
		return nil, wrapOp(ctx, "write", "", err)
	}
	ran := false
	defer func() {
		if !ran { // an Output may end this goroutine, as testing's FailNow does
			_ = guard("write", b.t.Abort)
		}
	}()
	err = guard("build", func() error { return b.run(ctx) })
	ran = true
	if err != nil {
		if abortErr := guard("write", b.t.Abort); abortErr != nil {
			err = errors.Join(err, wrapOp(ctx, "write", "", abortErr))
		}
		return nil, err
	}
	return b.commit(ctx)
}

// build is a build under way.
type build struct {
	snap  *snapshot
	t     Transaction
	start time.Time

	mu     sync.Mutex
	report Report
	errs   []*Error
	times  phaseTimes
	done   int
}

type phaseTimes struct{ render, minify, write time.Duration }

func (t *phaseTimes) add(u phaseTimes) {
	t.render += u.render
	t.minify += u.minify
	t.write += u.write
}

// product is what became of a route.
type product struct {
	file     *OutputFile
	warnings []*Error
	err      error
	times    phaseTimes
}

func (b *build) run(ctx context.Context) error {
	routes := b.snap.routes.list
	views := make([]*view, b.snap.set.Workers)
	_, sequential := b.t.(Sequential)
	produce := func(worker, i int) product {
		if views[worker] == nil {
			views[worker] = b.snap.acquire()
			if !sequential { // a file is written before the next one is made
				views[worker].buffers = new(fileBuffers)
			}
		}
		return b.snap.produce(ctx, views[worker], routes[i])
	}
	var err error
	if sequential {
		err = work.Ordered(ctx, len(views), len(routes), produce, func(_ int, p product) error {
			b.write(ctx, p)
			return nil
		})
	} else {
		err = work.Each(ctx, len(views), len(routes), func(worker, i int) {
			b.write(ctx, produce(worker, i))
		})
	}
	if err == nil {
		err = b.finishContent(ctx, views)
	}
	for _, v := range views {
		if v != nil {
			b.snap.release(v)
		}
	}
	if err != nil {
		return err
	}
	b.report.Warnings = slices.Concat(b.snap.warnings, b.report.Warnings, b.snap.contentWarnings(), b.snap.notes.all())
	if b.snap.set.Strict {
		b.errs = append(b.errs, b.report.Warnings...)
	}
	return joinErrors(mergeRepeated(b.errs))
}

// finishContent renders the bodies that no template asked for, so that what is wrong with
// them is reported all the same.
func (b *build) finishContent(ctx context.Context, views []*view) error {
	var rest []*pageData
	for _, d := range slices.Concat(b.snap.pages, b.snap.parts) {
		shown := d
		if d.part {
			shown = b.snap.pages[d.parent]
		}
		if d.hasBody() && shown.route != nil && !d.body.known() {
			rest = append(rest, d)
		}
	}
	return work.Each(ctx, len(views), len(rest), func(worker, i int) {
		if views[worker] == nil {
			views[worker] = b.snap.acquire()
		}
		var failed error
		v := views[worker]
		v.ctx, v.failed = ctx, &failed
		v.page(rest[i].id).rendered()
		v.ctx, v.renderState = nil, renderState{}
		if failed != nil && !endedBy(ctx, failed) {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.errs = append(b.errs, Errors(failed)...)
		}
	})
}

// write hands a finished file to the output and notes what came of it.
func (b *build) write(ctx context.Context, p product) {
	var status Status
	if p.err == nil {
		start := time.Now()
		p.err = guard("write", func() (err error) {
			status, err = b.t.Write(ctx, p.file)
			return err
		})
		p.times.write = time.Since(start)
		if p.err != nil {
			p.err = wrapOp(ctx, "write", p.file.name, p.err)
		}
	}
	b.snap.set.progress("build", &b.done, len(b.snap.routes.list))
	b.mu.Lock()
	defer b.mu.Unlock()
	b.times.add(p.times)
	b.report.Warnings = append(b.report.Warnings, p.warnings...)
	switch {
	case p.err != nil:
		b.errs = append(b.errs, Errors(p.err)...)
	case status == Kept:
		b.report.Kept = append(b.report.Kept, p.file.name)
	default:
		b.report.Written = append(b.report.Written, p.file.name)
	}
}

func (b *build) commit(ctx context.Context) (*Report, error) {
	start := time.Now()
	r := &b.report
	err := guard("write", func() (err error) {
		r.Removed, err = b.t.Commit(ctx)
		return err
	})
	if err != nil {
		return nil, wrapOp(ctx, "write", "", err)
	}
	slices.Sort(r.Written)
	slices.Sort(r.Kept)
	r.Pages = b.snap.routes.pages
	if w, ok := b.t.(interface{ warnings() []string }); ok {
		for _, text := range w.warnings() {
			r.Warnings = append(r.Warnings, &Error{Op: "write", Err: errors.New(text)})
		}
	}
	r.Warnings = sortErrors(r.Warnings)
	r.Phases = []Phase{
		{"load", b.snap.loading}, {"render", b.times.render}, {"minify", b.times.minify},
		{"write", b.times.write}, {"commit", time.Since(start)},
	}
	r.Duration = time.Since(b.start)
	b.snap.set.Logger.DebugContext(ctx, "site built",
		"written", len(r.Written), "kept", len(r.Kept), "removed", len(r.Removed),
		"warnings", len(r.Warnings), "duration", r.Duration)
	return r, nil
}

// wrapOp makes an Error of err, unless it is one already or tells only that ctx has ended.
func wrapOp(ctx context.Context, op, path string, err error) error {
	if e, ok := err.(*Error); ok {
		if e.Path == "" {
			named := *e
			named.Path = path
			return &named
		}
		return e
	}
	if endedBy(ctx, err) {
		return err
	}
	if e, ok := errors.AsType[*Error](err); ok && e.Op == "read" {
		return e // the file was not written because its source could not be read
	}
	if pe, ok := err.(*fs.PathError); ok && pe.Op == op && pe.Path == path {
		err = pe.Err
	}
	return &Error{Op: op, Path: path, Err: err}
}
