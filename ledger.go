package jam

import (
	"math/bits"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"weak"

	"github.com/jam-go/jam/internal/digest"
)

// A ledger has the records of a site's last build: what each file was made of. It names pages by their numbers in the snapshot that it
// was made for, and keeps neither that nor its model in memory.
//
// All records of a ledger read the same version of everything: what they read has one checksum.
type ledger struct {
	model  weak.Pointer[model]
	parts  [len(partFolders)]*sitePart // which snapshots with one model may have different ones of
	table  *depTable
	ids    []digest.Hash // identities of pages, by their numbers
	names  []string      // what messages call them
	files  []string      // of the routes
	routes []*routeRecord
	bodies []atomic.Pointer[bodyRecord] // by page; nil: not rendered

	pages  pageSums
	deps   []depSum // by depID
	stored bool     // it is in the cache

	queries  queryTable // until it is finished
	observed sync.Map   // checksums of deps when they were read, by depID, until it is finished
}

// routeRecord is what a file was made of.
type routeRecord struct {
	record
	page    pageID // of which it is, or noPage
	pager   int32
	format  string
	sum     Sum
	hasSum  bool
	model   bool   // it depends on the whole model
	copied  bool   // it is a document, as it is
	why     string // it was made
	stamp   uint64 // of the document; see stampOf
	content stored // in the cache
}

// stored says where in the cache the content of a file is; the zero value: nowhere.
type stored struct {
	pack     string // key of the value
	at, size int
}

// bodyRecord is what a body was made of, and what came of it.
type bodyRecord struct {
	record
	sums contentSums
}

// depSum is the checksum of a dep; 0: nobody read it. Of a list or a query, it has the length.
type depSum struct {
	sum  uint64
	len  int32
	cost int32 // of a query
}

// pageSums are checksums of the facets of pages that were read.
type pageSums struct {
	used []facets // by page
	at   []int32  // where its sums begin
	sums []uint64 // by page, and by facet in their order
}

// newPageSums has room for the checksums of what was read of each page.
func newPageSums(used []facets) pageSums {
	n, at := 0, make([]int32, len(used))
	for id, f := range used {
		at[id] = int32(n)
		n += bits.OnesCount64(uint64(f))
	}
	return pageSums{used: used, at: at, sums: make([]uint64, n)}
}

// sum returns the checksum of a facet of a page, if that was read.
func (s *pageSums) sum(id pageID, f facets) (sum uint64, ok bool) {
	if s.used[id]&f == 0 {
		return 0, false
	}
	return s.sums[int(s.at[id])+bits.OnesCount64(uint64(s.used[id]&(f-1)))], true
}

// each calls do for the facets of a page that were read, with their checksums.
func (s *pageSums) each(id pageID, do func(f facets, sum uint64)) {
	at := s.at[id]
	for rest := s.used[id]; rest != 0; rest &= rest - 1 {
		do(rest&-rest, s.sums[at])
		at++
	}
}

// knows tells whether there is a ledger, and it has a checksum of the dep.
func (l *ledger) knows(id depID) bool {
	return l != nil && int(id) < len(l.deps) && l.deps[id].sum != 0
}

func newLedger(s *snapshot, table *depTable) *ledger {
	n := len(s.pages) + len(s.parts)
	return &ledger{
		model: weak.Make(s.model), parts: s.folders, table: table,
		routes: make([]*routeRecord, len(s.routes.list)), bodies: newBodies(n),
		queries: newQueryTable(n),
	}
}

// leaves are the facets that derive from what the site is loaded from, and not from rendered bodies.
const leaves = facetHTML - 1

// finish works out the checksums of all that the records read. What a comparison with the last ledger knows of them, or nil, is
// taken from that.
func (l *ledger) finish(s *snapshot, known *comparison) {
	var old *ledger // with the same pages and files
	if known != nil && known.same {
		old = known.old
		l.ids, l.names, l.files = old.ids, old.names, old.files
	} else {
		l.name(s)
	}
	used, deps := l.read(old)
	l.pages = newPageSums(used)
	s.chunks(len(used), func(from, to int) {
		for id := from; id < to; id++ {
			at := l.pages.at[id]
			for rest := used[id]; rest != 0; rest &= rest - 1 {
				sum, ok := known.sum(pageID(id), rest&-rest)
				if !ok {
					sum = s.sum(s.page(pageID(id)), rest&-rest)
				}
				l.pages.sums[at] = sum
				at++
			}
		}
	})
	values, keys := newDeps(s, nil), l.table.list()
	if known != nil {
		values = known.values
	}
	values.queries.rendered = &l.queries
	l.deps = make([]depSum, len(deps))
	s.chunks(len(deps), func(from, to int) {
		for id := from; id < to; id++ {
			if !deps[id] {
				continue
			}
			sum, ok := known.dep(depID(id))
			if !ok {
				sum = values.of(depID(id), keys[id])
			}
			l.deps[id] = l.asRead(depID(id), sum)
		}
	})
	l.queries.forget()
	l.observed.Clear()
}

// name notes which pages and files there are.
func (l *ledger) name(s *snapshot) {
	l.ids, l.names, l.files = s.identities(), make([]string, len(l.bodies)), make([]string, len(l.routes))
	for id := range l.names {
		l.names[id] = s.page(pageID(id)).source()
	}
	for i, r := range s.routes.list {
		l.files[i] = r.file
	}
}

// read returns what the records read: of each page, and which deps. For those that an old ledger with the same pages has as well
// stands all that was read then: what only others read does no harm.
func (l *ledger) read(old *ledger) (used []facets, deps []bool) {
	keys := l.table.list()
	deps = make([]bool, len(keys))
	if old == nil {
		used = make([]facets, len(l.bodies))
	} else {
		used = slices.Clone(old.pages.used)
		for id, d := range old.deps {
			deps[id] = d.sum != 0
		}
	}
	l.each(old, func(r *record) {
		for _, p := range r.pages {
			used[p.page()] |= p.facets() & leaves
		}
		for _, p := range r.params {
			deps[p.key] = true
		}
		for _, p := range r.rest().resources {
			if p.what.keyed() {
				deps[p.key] = true
			}
		}
		for _, id := range r.deps {
			deps[id] = true
		}
	})
	for id, key := range keys {
		if key.kind != depSuggest || !deps[id] {
			continue
		}
		if what, _, ok := strings.Cut(key.name, ":"); ok { // names that all suggestions are made from
			names := l.table.id(depKey{depSuggest, key.lang, what})
			deps = append(deps, make([]bool, max(0, int(names)+1-len(deps)))...)
			deps[names] = true
		}
	}
	return used, deps
}

// each calls do for every record once, but for those that an old ledger with the same pages and files has as well.
func (l *ledger) each(old *ledger, do func(r *record)) {
	seen := make(map[*record]bool)
	var visit func(r *record)
	visit = func(r *record) {
		do(r)
		for _, part := range r.parts {
			if !seen[part] {
				seen[part] = true
				visit(part)
			}
		}
	}
	l.eachRoot(old, visit)
}

// eachRoot is each for the records of files and bodies only.
func (l *ledger) eachRoot(old *ledger, do func(r *record)) {
	for i, r := range l.routes {
		if r != nil && (old == nil || r != old.routes[i]) {
			do(&r.record)
		}
	}
	for i := range l.bodies {
		if b := l.bodies[i].Load(); b != nil && (old == nil || b != old.bodies[i].Load()) {
			do(&b.record)
		}
	}
}

func newBodies(n int) []atomic.Pointer[bodyRecord] { return make([]atomic.Pointer[bodyRecord], n) }

// keepBody keeps the record of a body, unless there is one.
func (l *ledger) keepBody(id pageID, rec *record, r *rendered) {
	if l == nil || rec == nil || r.err != nil || l.bodies[id].Load() != nil {
		return
	}
	b := &bodyRecord{record: *rec, sums: r.sums()}
	b.warn(r.problems...)
	l.bodies[id].CompareAndSwap(nil, b)
}

// prune drops the records of bodies that nothing shows any more. Those of pages with files are always rendered.
func (l *ledger) prune(s *snapshot) {
	idle := make(map[pageID]bool)
	for id := range l.bodies {
		if l.bodies[id].Load() != nil && !s.isShown(s.page(pageID(id))) {
			idle[pageID(id)] = true
		}
	}
	if len(idle) == 0 {
		return
	}
	seen := make(map[*record]bool)
	var visit func(r *record)
	visit = func(r *record) {
		for _, p := range r.pages {
			if p.facets()&facetContent != 0 && idle[p.page()] {
				delete(idle, p.page())
				visit(&l.bodies[p.page()].Load().record)
			}
		}
		for _, part := range r.parts {
			if !seen[part] {
				seen[part] = true
				visit(part)
			}
		}
	}
	for _, r := range l.routes {
		if r != nil {
			visit(&r.record)
		}
	}
	for id := range l.bodies {
		if b := l.bodies[id].Load(); b != nil && !idle[pageID(id)] && s.isShown(s.page(pageID(id))) {
			visit(&b.record)
		}
	}
	for id := range idle {
		l.bodies[id].Store(nil)
	}
}

// warnings returns those of all records.
func (l *ledger) warnings() []*Error {
	var list []*Error
	l.each(nil, func(r *record) { list = append(list, r.rest().warnings...) })
	return list
}

// translate returns a record with the pages' numbers in another snapshot.
func (r *record) translate(to []pageID, done map[*record]*record) record {
	out := *r
	out.pages = make([]pageRead, len(r.pages))
	for i, p := range r.pages {
		out.pages[i] = readOf(to[p.page()], p.facets())
	}
	out.params = slices.Clone(r.params)
	for i := range out.params {
		out.params[i].page = to[out.params[i].page]
	}
	if list := r.rest().resources; len(list) > 0 {
		more := *r.more
		more.resources = slices.Clone(list)
		for i := range list {
			more.resources[i].page = to[list[i].page]
		}
		out.more = &more
	}
	out.parts = slices.Clone(r.parts)
	for i, part := range r.parts {
		if done[part] == nil {
			t := part.translate(to, done)
			done[part] = &t
		}
		out.parts[i] = done[part]
	}
	return out
}
