package jam

import (
	"slices"
	"sync"

	"github.com/jam-go/jam/internal/digest"
)

// queryDeps asks queries of an earlier build again, in a version of the site. It is safe for concurrent use.
type queryDeps struct {
	c        *deps
	rendered *queryTable // what has been asked for this version while it was rendered, or nil
	byPage   func() map[digest.Hash]pageID

	mu    sync.Mutex
	known map[string]*askedAgain
	free  []*querier
}

// askedAgain is what comes of a query; nil: it can't be asked any more.
type askedAgain struct {
	once sync.Once
	r    *queryResult
}

func newQueryDeps(c *deps) *queryDeps {
	return &queryDeps{c: c, known: make(map[string]*askedAgain), byPage: sync.OnceValue(c.s.byIdentity)}
}

// failedQuery is the checksum of a query that can't be asked. It never is as it was.
const failedQuery = ^uint64(0)

// sum returns a checksum of a part of what comes of a query.
func (qs *queryDeps) sum(name string) uint64 {
	text, part := cutPart(name)
	r := qs.result(text)
	if r == nil {
		return failedQuery
	}
	h := digest.Hash(depQuery).Bool(r.grouped)
	if !r.grouped {
		return qs.c.partSum(h.Bool(r.list.ids == nil), r.list.ids, part).Sum()
	}
	h = h.Int(len(r.groups))
	for _, g := range r.groups {
		h = qs.c.partSum(h.Value(g.key), g.ids, "")
	}
	return h.Sum()
}

// result returns what comes of a query, or nil.
func (qs *queryDeps) result(text string) *queryResult {
	if qs.rendered != nil {
		if r := qs.rendered.get(text); r != nil {
			return r
		}
	}
	qs.mu.Lock()
	a := qs.known[text]
	if a == nil {
		a = new(askedAgain)
		qs.known[text] = a
	}
	qs.mu.Unlock()
	a.once.Do(func() {
		parsed, err := parseQueryText(text)
		if err != nil {
			return
		}
		q := qs.acquire()
		defer qs.release(q)
		// A damaged cache may have queries that no template can ask.
		if guard("", func() error { a.r = q.ask(parsed); return nil }) != nil {
			a.r = nil
		}
	})
	return a.r
}

// all returns what has come of all queries so far.
func (qs *queryDeps) all() map[string]*queryResult {
	out := make(map[string]*queryResult, len(qs.known))
	for text, a := range qs.known {
		if a.r != nil {
			out[text] = a.r
		}
	}
	return out
}

func (qs *queryDeps) acquire() *querier {
	qs.mu.Lock()
	defer qs.mu.Unlock()
	n := len(qs.free)
	if n == 0 {
		return &querier{queryDeps: qs, v: newView(qs.c.s), funcs: make(queryFuncs)}
	}
	q := qs.free[n-1]
	qs.free = qs.free[:n-1]
	return q
}

func (qs *queryDeps) release(q *querier) {
	qs.mu.Lock()
	defer qs.mu.Unlock()
	qs.free = append(qs.free, q)
}

// querier asks queries, one at a time.
type querier struct {
	*queryDeps
	v     *view
	funcs queryFuncs
}

// ask returns nil if the query can't be asked.
func (q *querier) ask(parsed *query) *queryResult {
	op, ok := queryOps[parsed.op]
	lc := q.c.s.main
	for _, l := range q.c.s.locals {
		if l.Code == parsed.lang {
			lc = l
		}
	}
	if !ok || op.local && lc.Code != parsed.lang {
		return nil
	}
	args, ok := q.values(parsed.args)
	if !ok || op.asked != nil && op.costs > 0 && !op.asked(args) {
		return nil
	}
	var failed error
	q.v.failed = &failed
	r, err := q.funcs.ask(q.v, op, lc, parsed.text, args)
	if err != nil {
		return nil
	}
	return r
}

// values returns what arguments stand for in the version of the site.
func (q *querier) values(args []any) ([]any, bool) {
	out := make([]any, len(args))
	ok := true
	for i, arg := range args {
		switch a := arg.(type) {
		case queriedList:
			out[i], ok = q.list(a)
		case queriedPage:
			var id pageID
			if id, ok = q.byPage()[digest.Hash(a)]; ok {
				out[i] = q.v.page(id)
			}
		case []any:
			out[i], ok = q.values(a)
		default:
			out[i] = arg
		}
		if !ok {
			return nil, false
		}
	}
	return out, true
}

func (q *querier) list(l queriedList) (Pages, bool) {
	var ps Pages
	if l.from != nil {
		r := q.result(l.from.text)
		if r == nil || r.grouped {
			return nil, false
		}
		ps = r.pages(q.v).(Pages)
	} else {
		found := q.c.listsOf(l.name)
		if len(found) != 1 {
			return nil, false
		}
		ps = q.v.pagesOf(found[0])
	}
	if l.n >= 0 {
		ps = ps[:min(l.n, len(ps))]
	}
	return slices.Clip(ps), true
}

// byIdentity returns the numbers of pages.
func (s *snapshot) byIdentity() map[digest.Hash]pageID {
	out := make(map[digest.Hash]pageID, len(s.pages))
	for id, h := range s.identities() {
		out[h] = pageID(id)
	}
	return out
}
