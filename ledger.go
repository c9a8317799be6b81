package jam

import (
	"context"
	"math/bits"
	"slices"
	"sync/atomic"
	"weak"

	"github.com/jam-go/jam/internal/digest"
	"github.com/jam-go/jam/internal/work"
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
}

// routeRecord is what a file was made of.
type routeRecord struct {
	record
	page     pageID // of which it is, or noPage
	pager    int32
	format   string
	sum      Sum
	hasSum   bool
	warnings []*Error // of its making, besides those of the record
	why      string   // it was made
	model    bool     // it depends on the whole model
	copied   bool     // it is a document, as it is
	stamp    uint64   // of the document; see stampOf
	content  stored   // in the cache
}

// stored says where in the cache the content of a file is; the zero value: nowhere.
type stored struct {
	pack     string // key of the value
	at, size int
}

// bodyRecord is what a body was made of, and what came of it.
type bodyRecord struct {
	record
	sums     contentSums
	problems []*Error
}

// depSum is the checksum of a dep; 0: nobody read it. Of a list, it has the length.
type depSum struct {
	sum uint64
	len int32
}

// pageSums are checksums of the facets of pages that were read.
type pageSums struct {
	used []facets // by page
	at   []int32  // where its sums begin
	sums []uint64 // by page, and by facet in their order
}

// each calls do for the facets of a page that were read, with their checksums.
func (s *pageSums) each(id pageID, do func(f facets, sum uint64)) {
	at := s.at[id]
	for rest := s.used[id]; rest != 0; rest &= rest - 1 {
		do(rest&-rest, s.sums[at])
		at++
	}
}

func newLedger(s *snapshot, table *depTable) *ledger {
	n := len(s.pages) + len(s.parts)
	return &ledger{
		model: weak.Make(s.model), parts: s.folders, table: table,
		routes: make([]*routeRecord, len(s.routes.list)), bodies: newBodies(n),
	}
}

// leaves are the facets that derive from what the site is loaded from, and not from rendered bodies.
const leaves = facetHTML - 1

// finish works out the checksums of all that the records read. What a comparison with the last ledger knows of them is
// taken from that.
func (l *ledger) finish(s *snapshot, known *comparison) {
	if known != nil && known.same {
		l.finishSame(s, known)
		return
	}
	n := len(l.bodies)
	l.ids, l.names = make([]digest.Hash, n), make([]string, n)
	for id := range n {
		d := s.page(pageID(id))
		l.ids[id], l.names[id] = s.identity(d), d.source()
	}
	l.files = make([]string, len(l.routes))
	for i, r := range s.routes.list {
		l.files[i] = r.file
	}
	used, deps := make([]facets, n), make([]bool, len(l.table.list()))
	l.each(func(r *record) { r.mark(used, deps) })
	l.pages = pageSums{used: used, at: make([]int32, n)}
	for id := range n {
		l.pages.at[id] = int32(len(l.pages.sums))
		d := s.page(pageID(id))
		for rest := used[id]; rest != 0; rest &= rest - 1 {
			l.pages.sums = append(l.pages.sums, s.sum(d, rest&-rest))
		}
	}
	l.sumDeps(known.values(s), deps)
}

// mark notes what a record read, without its parts.
func (r *record) mark(used []facets, deps []bool) {
	for _, p := range r.pages {
		used[p.page] |= p.facets & leaves
	}
	for _, p := range r.params {
		deps[p.key] = true
	}
	for _, id := range r.deps {
		deps[id] = true
	}
}

func (l *ledger) sumDeps(values *depValues, deps []bool) {
	keys := l.table.list()
	l.deps = make([]depSum, len(deps))
	own := make([]*depValues, values.s.set.Workers)
	const some = 256
	// It ends with the last one, since nobody cancels it.
	_ = work.Each(context.Background(), len(own), (len(deps)+some-1)/some, func(worker, k int) {
		for id := k * some; id < min(len(deps), (k+1)*some); id++ {
			switch {
			case !deps[id]:
			case id < len(values.list) && values.list[id].sum != 0:
				l.deps[id] = values.list[id]
			default:
				if own[worker] == nil {
					own[worker] = &depValues{deps: newDeps(values.s), same: values.same}
				}
				l.deps[id] = own[worker].of(depID(id), keys[id])
			}
		}
	})
}

// finishSame is finish for a snapshot with the model of the last ledger, of whose records most still hold. What was read by others
// does no harm.
func (l *ledger) finishSame(s *snapshot, known *comparison) {
	old := known.old
	l.ids, l.names, l.files = old.ids, old.names, old.files
	used, deps := slices.Clone(old.pages.used), make([]bool, len(l.table.list()))
	for id, d := range old.deps {
		deps[id] = d.sum != 0
	}
	seen := make(map[*record]bool)
	var visit func(r *record)
	visit = func(r *record) {
		r.mark(used, deps)
		for _, part := range r.parts {
			if !seen[part] {
				seen[part] = true
				visit(part)
			}
		}
	}
	for i, r := range l.routes {
		if r != nil && r != old.routes[i] {
			visit(&r.record)
		}
	}
	for i := range l.bodies {
		if b := l.bodies[i].Load(); b != nil && b != old.bodies[i].Load() {
			visit(&b.record)
		}
	}
	l.pages = pageSums{used: used, at: make([]int32, len(used)), sums: make([]uint64, 0, len(old.pages.sums)+64)}
	for id := range used {
		l.pages.at[id] = int32(len(l.pages.sums))
		if used[id] == old.pages.used[id] && known.changed[id] == 0 {
			at := old.pages.at[id]
			l.pages.sums = append(l.pages.sums, old.pages.sums[at:int(at)+bits.OnesCount32(uint32(used[id]))]...)
			continue
		}
		d := s.page(pageID(id))
		for rest := used[id]; rest != 0; rest &= rest - 1 {
			l.pages.sums = append(l.pages.sums, s.sum(d, rest&-rest))
		}
	}
	l.sumDeps(known.now, deps)
}

// each calls do for every record once.
func (l *ledger) each(do func(r *record)) {
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
	l.eachRoot(visit)
}

// eachRoot calls do for the records of files and bodies.
func (l *ledger) eachRoot(do func(r *record)) {
	for _, r := range l.routes {
		if r != nil {
			do(&r.record)
		}
	}
	for i := range l.bodies {
		if b := l.bodies[i].Load(); b != nil {
			do(&b.record)
		}
	}
}

func newBodies(n int) []atomic.Pointer[bodyRecord] { return make([]atomic.Pointer[bodyRecord], n) }

// keepBody keeps the record of a body, unless there is one.
func (l *ledger) keepBody(id pageID, rec *record, r *rendered) {
	if l == nil || rec == nil || r.err != nil {
		return
	}
	l.bodies[id].CompareAndSwap(nil, &bodyRecord{record: *rec, sums: r.sums(), problems: r.problems})
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
			if p.facets&facetContent != 0 && idle[p.page] {
				delete(idle, p.page)
				visit(&l.bodies[p.page].Load().record)
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
	l.each(func(r *record) { list = append(list, r.warnings...) })
	for _, r := range l.routes {
		if r != nil {
			list = append(list, r.warnings...)
		}
	}
	for i := range l.bodies {
		if b := l.bodies[i].Load(); b != nil {
			list = append(list, b.problems...)
		}
	}
	return list
}

// translate returns a record with the pages' numbers in another snapshot.
func (r *record) translate(to []pageID, done map[*record]*record) record {
	out := *r
	out.pages = make([]pageRead, len(r.pages))
	for i, p := range r.pages {
		out.pages[i] = pageRead{to[p.page], p.facets}
	}
	out.params = slices.Clone(r.params)
	for i := range out.params {
		out.params[i].page = to[out.params[i].page]
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
