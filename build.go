package jam

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jam-go/jam/internal/work"
)

// Report says what a build did.
type Report struct {
	// Pages is the number of pages of the output, lists included, whether they were rendered or not.
	Pages int
	// Written, Kept and Removed are the names of the files that were new or
	// changed, already there with the same content, and written by an
	// earlier build only. Each is sorted.
	Written, Kept, Removed []string
	// Rendered are the files that were made, or made again, and why. Of the others the build knows that they
	// would come out as they are.
	Rendered []Rendered
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
	var r *Report
	err := guard("build", func() (err error) {
		r, err = s.build(ctx, out)
		return err
	})
	return r, err
}

func (s *Site) build(ctx context.Context, out Output) (*Report, error) {
	b := &build{snap: s.v.snap, out: out, packs: s.v.snap.store.begin(), start: time.Now()}
	compared := inBackground("build", func() error { // while the output looks at what it has
		b.inc = newIncrement(b.snap)
		return nil
	})
	err := guard("write", func() (err error) {
		b.t, err = b.snap.outs.begin(ctx, b.snap.model, out)
		if err == nil && b.t == nil {
			err = errors.New("Begin of the Output returned no Transaction")
		}
		return err
	})
	bad := <-compared
	if err != nil {
		return nil, wrapOp(ctx, "write", "", err)
	}
	ran := false
	defer func() {
		if !ran { // an Output may end this goroutine, as testing's FailNow does
			b.packs.abort(ctx)
			_ = guard("write", b.t.Abort)
		}
	}()
	if err = bad; err == nil {
		err = guard("build", func() error { return b.run(ctx) })
	}
	ran = true
	if err != nil {
		b.packs.abort(ctx)
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
	out   Output
	t     Transaction
	packs *packing
	start time.Time

	giveUp context.CancelFunc

	mu     sync.Mutex
	report Report
	errs   []*Error
	times  phaseTimes
	done   int
	inc    *increment
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
	record   *routeRecord // of what it is made
	stored   bool         // it was not made, but is from the cache
}

func (b *build) run(ctx context.Context) error {
	views := make([]*view, b.snap.set.Workers)
	outer := ctx
	ctx, b.giveUp = context.WithCancel(outer)
	defer b.giveUp()
	err := b.files(ctx, views)
	if err == nil {
		err = b.finishContent(ctx, views)
	}
	for _, v := range views {
		if v != nil {
			b.snap.release(v)
		}
	}
	if err != nil && outer.Err() == nil && errors.Is(err, ctx.Err()) { // it has given up
		return joinErrors(mergeRepeated(slices.DeleteFunc(b.errs, func(e *Error) bool { return errors.Is(e, ctx.Err()) })))
	}
	if err != nil {
		return err
	}
	b.inc.new.prune(b.snap)
	if b.snap.set.Strict {
		b.gatherWarnings()
		b.errs = append(b.errs, b.report.Warnings...)
	}
	return joinErrors(mergeRepeated(b.errs))
}

func (b *build) gatherWarnings() {
	b.report.Warnings = sortErrors(withoutRepeats(slices.Concat(b.snap.warnings, b.inc.new.warnings())))
}

// withoutRepeats leaves out warnings that are there already.
func withoutRepeats(list []*Error) []*Error {
	type key struct {
		op, path, text string
		line, column   int
	}
	seen := make(map[key]bool, len(list))
	return slices.DeleteFunc(list, func(e *Error) bool {
		k := key{e.Op, e.Path, e.Err.Error(), e.Line, e.Column}
		again := seen[k]
		seen[k] = true
		return again
	})
}

// isShown tells whether a page has a file, or is a text of one that has.
func (s *snapshot) isShown(d *pageData) bool {
	if d.part {
		d = s.pages[d.parent]
	}
	return d.route != nil
}

// finishContent renders the bodies that no template asked for, so that what is wrong with
// them is reported all the same.
func (b *build) finishContent(ctx context.Context, views []*view) error {
	var rest []*pageData
	for _, d := range slices.Concat(b.snap.pages, b.snap.parts) {
		if b.snap.text(d).hasBody() && b.snap.isShown(d) && b.inc.new.bodies[d.id].Load() == nil {
			rest = append(rest, d)
		}
	}
	return work.Each(ctx, len(views), len(rest), func(worker, i int) {
		var failed error
		v := b.inc.view(views, worker)
		v.work(ctx, renderState{failed: &failed})
		v.page(rest[i].id).rendered()
		failed = v.late(rest[i], failed)
		v.rest()
		if failed != nil && !endedBy(ctx, failed) {
			b.fail(failed)
		}
	})
}

// fail notes an error. One of a file that took too long ends the build: there may be thousands more.
func (b *build) fail(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.errs = append(b.errs, Errors(err)...)
	if isOverdue(err) {
		b.giveUp()
	}
}

// write hands a finished file to the output and notes what came of it.
func (b *build) write(ctx context.Context, i int, p product) {
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
	b.mu.Lock()
	b.times.add(p.times)
	b.mu.Unlock()
	if p.err != nil {
		b.fail(p.err)
		b.snap.set.progress("build", &b.done, len(b.snap.routes.list))
		return
	}
	if p.stored {
		b.inc.new.routes[i] = p.record
	} else if p.record != nil {
		p.record.warn(p.warnings...)
		p.record.why = b.inc.why[i]
		if p.file.hasSum {
			p.record.sum, p.record.hasSum = p.file.sum, true
		}
		if b.inc.kept[i] != nil {
			p.record.why = "the output lacks it"
		}
		b.inc.new.routes[i] = p.record
		if !p.record.model && !p.record.copied || status == Written && !b.inc.cameOutAsBefore(i, p.record) {
			b.mu.Lock()
			b.report.Rendered = append(b.report.Rendered, Rendered{p.file.name, p.record.why})
			b.mu.Unlock()
		}
	}
	b.note(p.file.name, status)
}

// note notes what became of a file.
func (b *build) note(name string, status Status) {
	b.snap.set.progress("build", &b.done, len(b.snap.routes.list))
	b.mu.Lock()
	defer b.mu.Unlock()
	if status == Kept {
		b.report.Kept = append(b.report.Kept, name)
	} else {
		b.report.Written = append(b.report.Written, name)
	}
}

func (b *build) commit(ctx context.Context) (*Report, error) {
	start := time.Now()
	r := &b.report
	finished := inBackground("build", func() error { // while the output is busy
		b.finish(ctx)
		return nil
	})
	err := guard("write", func() (err error) {
		r.Removed, err = b.t.Commit(ctx)
		return err
	})
	if bad := <-finished; bad != nil {
		b.packs.abort(ctx)
		if err == nil {
			return nil, bad
		}
	}
	if err != nil {
		return nil, wrapOp(ctx, "write", "", err)
	}
	b.snap.outs.note(b.out, b.t)
	b.snap.last.Store(b.inc.new)
	r.Warnings = append(r.Warnings, b.snap.store.warnings()...)
	slices.SortFunc(r.Rendered, func(a, b Rendered) int { return strings.Compare(a.File, b.File) })
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

// finish finishes the records of a build, and writes them to the cache. They hold whatever becomes of the output.
func (b *build) finish(ctx context.Context) {
	if !b.snap.set.Strict {
		b.gatherWarnings()
	}
	b.inc.new.finish(b.snap, b.inc.cmp)
	b.snap.store.keepDocuments(ctx, b.snap)
	if b.inc.stored && len(b.report.Rendered) == 0 {
		b.inc.new.stored = true // what is in the cache still holds
		b.packs.abort(ctx)
	} else {
		b.packs.commit(ctx, b.inc.new, b.snap.last.Load())
	}
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
