package jam

import (
	"context"

	"github.com/jam-go/jam/internal/work"
)

// increment is what a build takes over from the last one, and what it makes anew.
type increment struct {
	s      *snapshot
	new    *ledger
	cmp    *comparison    // nil: there was no build
	was    []*routeRecord // the last records of files
	kept   []*routeRecord // those that hold
	why    []string       // for each route, why it is made
	stored bool           // the last ledger is in the cache
	maybe  []int          // routes that depend on what becomes of bodies

	old map[pageID]*bodyRecord // of bodies that may have changed, by their pages' numbers in s
}

// newIncrement finds out which files need not be made again.
func newIncrement(s *snapshot) *increment {
	inc := &increment{s: s, new: newLedger(s, s.table), old: make(map[pageID]*bodyRecord)}
	n := len(s.routes.list)
	inc.was, inc.kept, inc.why = make([]*routeRecord, n), make([]*routeRecord, n), make([]string, n)
	last := s.last.Load()
	if last == nil {
		for i := range inc.why {
			inc.why[i] = s.store.whyAll()
		}
		return inc
	}
	inc.cmp, inc.stored = compare(s, last), last.stored
	inc.new.queries.takeOver(inc.cmp)
	carry := inc.carrier()
	for id := range last.bodies {
		b, to := last.bodies[id].Load(), inc.cmp.to[id]
		switch {
		case b == nil || to == noPage:
		case inc.cmp.bodies[id] == fresh:
			inc.new.bodies[to].Store(carry.body(b))
		default:
			inc.old[to] = b
		}
	}
	inc.routes(last, carry)
	return inc
}

// routes decides for each file.
func (inc *increment) routes(last *ledger, carry *carrier) {
	byFile := last.byFile(inc.cmp.same)
	for i, r := range inc.s.routes.list {
		rec := byFile(i, r.file)
		if rec == nil {
			inc.why[i] = "new file"
			continue
		}
		inc.was[i] = rec
		if why := inc.cmp.madeOtherwise(rec, r); why != "" {
			inc.why[i] = why
			continue
		}
		switch v, why := inc.cmp.record(&rec.record, rec.page); v {
		case fresh:
			inc.kept[i] = carry.route(rec)
		case maybe:
			inc.kept[i] = carry.route(rec)
			inc.maybe = append(inc.maybe, i)
		default:
			inc.why[i] = why
		}
	}
}

// madeOtherwise says why a file is not made of what the record says, "" if it is.
func (c *comparison) madeOtherwise(rec *routeRecord, r *route) string {
	if doc := r.document(); rec.copied != (doc != nil) || doc != nil && (rec.stamp == 0 || rec.stamp != doc.stamp()) {
		return "file changed"
	}
	if rec.model && !c.same {
		return "site changed"
	}
	page, format := noPage, ""
	if r.page != nil {
		page = r.page.id
	}
	if r.format != nil {
		format = r.format.Name
	}
	own := noPage
	if rec.page != noPage {
		own = c.to[rec.page]
	}
	if own != page || rec.format != format || rec.pager != r.pager {
		return "made of another page"
	}
	return ""
}

// byFile returns a function that finds the record of a file; i is its place in a snapshot with the ledger's routes.
func (l *ledger) byFile(same bool) func(i int, file string) *routeRecord {
	if same {
		return func(i int, _ string) *routeRecord { return l.routes[i] }
	}
	index := make(map[string]int, len(l.files))
	for i, file := range l.files {
		index[file] = i
	}
	return func(_ int, file string) *routeRecord {
		if i, ok := index[file]; ok {
			return l.routes[i]
		}
		return nil
	}
}

// carrier takes records over into another snapshot.
type carrier struct {
	to    []pageID // nil: the numbers of pages are the same
	parts map[*record]*record
}

func (inc *increment) carrier() *carrier {
	for i, id := range inc.cmp.to {
		if id != pageID(i) {
			return &carrier{inc.cmp.to, make(map[*record]*record)}
		}
	}
	return new(carrier)
}

func (c *carrier) body(b *bodyRecord) *bodyRecord {
	if c.to == nil {
		return b
	}
	out := *b
	out.record = b.translate(c.to, c.parts)
	return &out
}

func (c *carrier) route(r *routeRecord) *routeRecord {
	if c.to == nil {
		return r
	}
	out := *r
	out.record = r.translate(c.to, c.parts)
	if r.page != noPage {
		out.page = c.to[r.page]
	}
	return &out
}

// settle decides on the files that depend on what becomes of bodies, and returns those that are to be made. It renders the bodies that nobody has yet.
func (inc *increment) settle(ctx context.Context, views []*view) (todo []int, err error) {
	if len(inc.maybe) == 0 {
		return nil, nil
	}
	byFile := inc.cmp.old.byFile(inc.cmp.same)
	needed := make(map[pageID]facets) // by number in the ledger
	for _, i := range inc.maybe {
		inc.cmp.needed(&byFile(i, inc.s.routes.list[i].file).record, func(id pageID, f facets) { needed[id] |= f })
	}
	var render []pageID
	for id := range needed {
		if to := inc.cmp.to[id]; to != noPage && inc.new.bodies[to].Load() == nil {
			render = append(render, to)
		}
	}
	err = work.Each(ctx, len(views), len(render), func(worker, i int) {
		v := inc.view(views, worker)
		var failed error // which the page's own file reports, or finishContent
		v.work(ctx, renderState{failed: &failed})
		v.page(render[i]).rendered()
		v.rest()
	})
	if err != nil {
		return nil, err
	}
	changed := make(map[pageID]facets)
	for id := range needed {
		changed[id] = inc.changedBody(id)
	}
	for _, i := range inc.maybe {
		why := ""
		inc.cmp.needed(&byFile(i, inc.s.routes.list[i].file).record, func(id pageID, f facets) {
			if changed[id]&f != 0 && why == "" {
				why = inc.cmp.whyPage(id, changed[id]&f)
			}
		})
		if why != "" {
			inc.kept[i], inc.why[i] = nil, why
			todo = append(todo, i)
		}
	}
	inc.maybe = nil
	return todo, nil
}

// changedBody returns in what the body of a page, by its number in the ledger, has changed.
func (inc *increment) changedBody(id pageID) facets {
	to := inc.cmp.to[id]
	if to == noPage {
		return facetContent
	}
	old, now := inc.old[to], inc.new.bodies[to].Load()
	if old == nil || now == nil {
		return facetContent
	}
	return old.sums.changed(&now.sums)
}

// view returns a worker's view, which records.
func (inc *increment) view(views []*view, worker int) *view {
	if views[worker] == nil {
		views[worker] = inc.s.acquire()
		views[worker].startRecording(inc.new)
	}
	return views[worker]
}

// cameOutAsBefore tells whether a file that was made anew has the content that it had.
func (inc *increment) cameOutAsBefore(i int, rec *routeRecord) bool {
	was := inc.was[i]
	return was != nil && was.hasSum && rec.hasSum && was.sum == rec.sum
}
