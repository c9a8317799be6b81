package jam

import (
	"context"
	"errors"
	"io/fs"
	"math/bits"
	"slices"

	"github.com/jam-go/jam/internal/pack"
)

// When a build makes few files again, it leaves the index in the cache as it is, and writes a value with what has changed since that was
// written: to write the records of a whole site takes longer than to make a page.

// changesKey is the key of the value with the changes of the index.
const changesKey = "changes"

// fewChanged is of how many pages and files one may have changed.
const fewChanged = 64

// encodeChanges writes in what a ledger differs from that of an index; nil: the index is to be written anew.
func encodeChanges(l *ledger, x *storedIndex) []byte {
	if x == nil || x.ledger == nil || l.table != x.ledger.table || !slices.Equal(l.ids, x.ledger.ids) || !slices.Equal(l.files, x.ledger.files) {
		return nil
	}
	old := x.ledger
	var bodies, routes []int
	for i := range l.bodies {
		if l.bodies[i].Load() != old.bodies[i].Load() {
			bodies = append(bodies, i)
		}
	}
	for i := range l.routes {
		if l.routes[i] != old.routes[i] {
			routes = append(routes, i)
		}
	}
	if len(bodies) > len(l.bodies)/fewChanged+fewChanged || len(routes) > len(l.routes)/fewChanged+fewChanged {
		return nil
	}
	known := x.numbers
	numbers := numbering{slices.Clone(known.deps), slices.Clone(known.parts), slices.Clone(known.packs)}
	numbers.add(l, old)
	e := encoderOf(l, &numbers)
	w := new(pack.Writer)
	w.Fixed(x.key.program)
	w.Fixed(x.key.config)
	w.Fixed(x.sum)
	w.Uint(uint64(len(numbers.packs) - len(known.packs)))
	for _, name := range numbers.packs[len(known.packs):] {
		w.String(name)
	}
	w.Section(e.depBlock(numbers.deps[len(known.deps):]))
	w.Section(e.depSums(known.deps, old))
	w.Section(e.partBlock(numbers.parts[len(known.parts):]))
	w.Section(e.pageChanges(old))
	w.Section(e.bodyBlock(bodies))
	w.Section(e.routeBlock(routes))
	return w.Seal()
}

// depSums has the deps with other checksums than in another ledger, by their numbers.
func (e *ledgerEncoder) depSums(deps []depID, old *ledger) []byte {
	var changed []int
	for number, id := range deps {
		if e.l.deps[id] != old.deps[id] {
			changed = append(changed, number)
		}
	}
	b := e.block(len(changed))
	b.Uint(uint64(len(changed)))
	for _, number := range changed {
		b.Uint(uint64(number))
		b.depSum(deps[number])
	}
	return b.bytes()
}

// pageChanges has the pages with other checksums than in another ledger.
func (e *ledgerEncoder) pageChanges(old *ledger) []byte {
	var changed []int
	for i := range e.l.ids {
		if e.l.pages.used[i] != old.pages.used[i] || !slices.Equal(e.l.pages.of(pageID(i)), old.pages.of(pageID(i))) {
			changed = append(changed, i)
		}
	}
	b := e.block(len(changed))
	b.Uint(uint64(len(changed)))
	for _, i := range changed {
		b.Uint(uint64(i))
		b.pageSums(pageID(i))
	}
	return b.bytes()
}

// of returns the checksums of a page.
func (s *pageSums) of(id pageID) []uint64 {
	at := int(s.at[id])
	return s.sums[at : at+bits.OnesCount64(uint64(s.used[id]))]
}

// decodeChanges reads what encodeChanges wrote, and returns the ledger with the changes; nil: they are of another index.
func decodeChanges(b []byte, x *storedIndex) (*ledger, error) {
	r, err := pack.NewReader(b)
	if err != nil {
		return nil, err
	}
	if (storeKey{r.Fixed(), r.Fixed()}) != x.key || r.Fixed() != x.sum {
		return nil, nil
	}
	l, numbers := x.ledger.clone(), numbering{slices.Clone(x.numbers.deps), slices.Clone(x.numbers.parts), slices.Clone(x.numbers.packs)}
	for range r.Len(1) {
		name := r.String()
		if checkCacheKey(name) != nil {
			r.Fail()
		}
		numbers.packs = append(numbers.packs, name)
	}
	d := &ledgerDecoder{l: l, numbering: &numbers}
	d.depBlock(r.Section())
	d.depSums(r.Section())
	d.partBlock(r.Section())
	d.pageChanges(r.Section())
	d.bodyBlock(r.Section(), numbersUpTo(len(l.bodies)))
	d.routeBlock(r.Section(), numbersUpTo(len(l.files)))
	if r.Err() != nil || d.bad.Load() || !slices.Equal(l.files, x.ledger.files) {
		return nil, pack.ErrDamaged
	}
	return l, nil
}

// clone returns a ledger that can be changed without this one.
func (l *ledger) clone() *ledger {
	out := &ledger{
		table: l.table, ids: l.ids, names: l.names, files: slices.Clone(l.files), routes: slices.Clone(l.routes),
		bodies: newBodies(len(l.bodies)), pages: l.pages, deps: slices.Clone(l.deps),
	}
	for i := range l.bodies {
		out.bodies[i].Store(l.bodies[i].Load())
	}
	return out
}

func (d *ledgerDecoder) depSums(r *pack.Reader) {
	b := d.block(r)
	for range b.Len(11) {
		if id := b.dep(); !b.Bad() {
			b.l.deps[id] = b.depSum()
		}
	}
	b.end()
}

// pageChanges reads the pages with other checksums, and puts them among the rest.
func (d *ledgerDecoder) pageChanges(r *pack.Reader) {
	b, n := d.block(r), len(d.l.ids)
	changed := pageSums{used: slices.Clone(d.l.pages.used), at: make([]int32, n)}
	is := make([]bool, n)
	for range b.Len(2) {
		if id := b.Index(n); !b.Bad() {
			is[id] = true
			b.pageSums(pageID(id), &changed)
		}
	}
	b.end()
	if b.Bad() || !slices.Contains(is, true) {
		return
	}
	all := newPageSums(changed.used)
	for i := range n {
		if from := &d.l.pages; is[i] {
			copy(all.of(pageID(i)), changed.of(pageID(i)))
		} else {
			copy(all.of(pageID(i)), from.of(pageID(i)))
		}
	}
	d.l.pages = all
}

func numbersUpTo(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// writeIndex writes a ledger as the index, or what has changed since that was written, once wait has returned.
func (st *store) writeIndex(ctx context.Context, l *ledger, wait func()) bool {
	st.writing.Lock()
	defer st.writing.Unlock()
	if b := encodeChanges(l, st.index); b != nil {
		wait()
		st.changed = true
		return st.put(ctx, changesKey, b)
	}
	b, index := encodeIndex(l, st.key)
	wait()
	if !st.put(ctx, indexKey, b) {
		return false
	}
	if st.changed {
		st.delete(ctx, changesKey)
	}
	st.index, st.changed = index, false
	return true
}

// readChanges returns the ledger of an index with what has changed since.
func (st *store) readChanges(ctx context.Context, x *storedIndex) *ledger {
	b, err := st.get(ctx, changesKey)
	if errors.Is(err, fs.ErrNotExist) {
		return x.ledger
	}
	st.changed = true
	var l *ledger
	if err == nil {
		l, err = decodeChanges(b, x)
	}
	if err != nil && ctx.Err() == nil {
		st.warn("the changes of the index can't be read, so more is rendered: %w", err)
	}
	if l == nil {
		return x.ledger
	}
	return l
}
