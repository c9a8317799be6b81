package jam

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/shortcode"
)

// bodyWork is the rendering of a body that is under way. What is in it is under snapshot.bodies.
type bodyWork struct {
	by    *view
	ready chan struct{} // closed in the end, when somebody waits for it
	r     *rendered     // unless the next one is to try again
}

// renderBody renders the page's body, or waits for whoever does.
func (p *Page) renderBody(showing bool) *rendered {
	s := p.v.snap
	p, done := p.private(p.v.context())
	defer done()
	s.bodies.Lock()
	for {
		if r := s.body(p.d).done.Load(); r != nil && !p.v.lacksRecord(p.d, r) {
			s.bodies.Unlock()
			return r
		}
		w := s.rendering[p.d]
		if w == nil {
			break
		}
		r := p.wait(w)
		if r != nil {
			s.bodies.Unlock()
			return r
		}
	}
	if p.v.run != nil && p.v.run.depth >= maxBodies {
		s.bodies.Unlock()
		p.v.deep = &deepBody{p.d.id, p.v.run}
		return &rendered{err: errDeep}
	}
	w := &bodyWork{by: p.v}
	if s.rendering == nil {
		s.rendering = make(map[*pageData]*bodyWork)
	}
	s.rendering[p.d] = w
	s.bodies.Unlock()
	defer func() {
		s.bodies.Lock()
		defer s.bodies.Unlock()
		if w.ready != nil {
			close(w.ready)
		}
		delete(s.rendering, p.d)
	}()
	again := s.body(p.d).facts.Load() != 0
	r := p.renderOwnBody()
	// What failed because its request ended, or because it is too deep, is for the next one to try.
	if p.v.deep == nil && (r.err == nil || !endedBy(p.v.context(), r.err)) {
		s.keep(p.d, r, again && showing)
		w.r = r // before the lock is released, with which others read it
	}
	return r
}

// wait waits for a rendering that is under way, and returns what came of it, or nil. The lock is held
// before and after.
func (p *Page) wait(w *bodyWork) *rendered {
	s := p.v.snap
	if p.v.isWaitedForBy(w.by) {
		return &rendered{err: p.v.circle(p.d)}
	}
	p.v.waiting = p.d
	if w.ready == nil {
		w.ready = make(chan struct{})
	}
	s.bodies.Unlock()
	select {
	case <-w.ready:
	case <-p.v.context().Done():
	}
	s.bodies.Lock()
	p.v.waiting = nil
	if err := p.v.context().Err(); err != nil {
		return &rendered{err: err}
	}
	return w.r
}

// maxBodies is how many bodies are rendered one inside the other. In a chain of more, the rendering starts anew with
// the one that is too deep.
const maxBodies = 50

// deepBody is a body that is too deep to be rendered, and the rendering that needs it.
type deepBody struct {
	id pageID
	by *bodyRun
}

var errDeep = errors.New("the body of a page is needed first")

// private returns the page as seen by a view that nobody else uses meanwhile.
func (p *Page) private(ctx context.Context) (own *Page, done func()) {
	if !p.v.shared {
		return p, func() {}
	}
	s := p.v.snap
	v := s.acquire()
	v.work(ctx, renderState{failed: new(error)})
	return v.page(p.d.id), func() {
		v.rest()
		s.release(v)
	}
}

// renders returns the view that renders a body now, or nil.
func (s *snapshot) renders(d *pageData) *view {
	if w := s.rendering[d]; w != nil {
		return w.by
	}
	return nil
}

// isWaitedForBy tells whether other is v, or waits for a body that v renders.
func (v *view) isWaitedForBy(other *view) bool {
	for other != nil && other != v {
		if other.waiting == nil {
			return false
		}
		other = v.snap.renders(other.waiting)
	}
	return other == v
}

// circle is the error of bodies that need each other, of which d is one. It is the same wherever
// it is found.
func (v *view) circle(d *pageData) error {
	var names []string
	for {
		by := v.snap.renders(d)
		for run := by.run; run != nil; run = run.outer {
			names = append(names, run.d.source())
			if run.d == d {
				break
			}
		}
		if by == v {
			break
		}
		d = by.waiting
	}
	slices.Sort(names)
	if len(names) == 1 {
		return errorAt("shortcode", names[0], "the content of this page needs itself: a shortcode or render hook in it asks for it")
	}
	return errorAt("shortcode", names[0], "the contents of %s need each other: shortcodes or render hooks in them ask for them", strings.Join(names, " and "))
}

// bodyRun is the rendering of a body.
type bodyRun struct {
	d     *pageData
	store *Store
	outer *bodyRun
	depth int // how many others it is in

	at      Position           // of the shortcode or the element with a hook that is being rendered
	inserts *shortcode.Inserts // of the shortcodes that are rendered so far

	problems []*Error // that hooks leave in it
}

// renderOwnBody renders the body.
func (p *Page) renderOwnBody() *rendered {
	run := &bodyRun{d: p.d, outer: p.v.run}
	if run.outer != nil {
		run.depth = run.outer.depth + 1
	}
	for {
		r := p.renderRun(run)
		deep := p.v.deep
		if deep == nil || run.depth > 0 {
			return r
		}
		p.v.deep = nil
		p.renderDeep(deep)
	}
}

// renderDeep renders a body that was too deep, as if what led to it were still being rendered.
func (p *Page) renderDeep(deep *deepBody) {
	by, was := *deep.by, p.v.run
	by.depth = -1
	p.v.run = &by
	defer func() { p.v.run = was }()
	p.v.page(deep.id).renderBody(true)
}

// renderRun renders the body, for which it does not matter who asked for it.
func (p *Page) renderRun(run *bodyRun) (r *rendered) {
	var failed error
	v := p.v
	outer := v.begin()
	defer func() {
		if rec := v.end(outer); r != nil && v.deep == nil {
			v.recording.ledger.keepBody(p.d.id, rec, r)
		}
	}()
	p.read(facetText | facetPlace)
	wasRun, was := v.run, v.renderState
	v.run, v.renderState = run, renderState{failed: &failed}
	defer func() { v.run, v.renderState = wasRun, was }()
	run.store, run.problems = nil, nil
	if p.d.html {
		r = p.renderHTML(p.v.snap.set.Markdown.SummaryWords)
	} else {
		r = p.renderMarkdown()
	}
	if failed != nil && r.err == nil {
		r = &rendered{err: failed}
	}
	if run.store != nil {
		if err := keepable(run.store); err != nil {
			r, run.store = &rendered{err: errorAt("render", p.d.source(), "Page.Store: %w", err)}, nil
		}
	}
	if r != nothing {
		r.store, r.problems = run.store, append(r.problems, run.problems...)
		if len(r.problems) > 0 {
			p.read(facetLine | facetFile)
		}
	}
	return r
}
