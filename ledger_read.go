package jam

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync/atomic"

	"github.com/jam-go/jam/internal/digest"
	"github.com/jam-go/jam/internal/pack"
	"github.com/jam-go/jam/internal/work"
)

// decodeLedger reads what encode wrote, with a numbering that has the packs. The deps are numbered in table, which is new. The numbering gets what
// else has numbers.
func decodeLedger(r *pack.Reader, table *depTable, n *numbering) (*ledger, error) {
	l := &ledger{table: table}
	d := &ledgerDecoder{l: l, numbering: n}
	files := r.Len(1)
	d.pageBlock(r.Section())
	d.depBlock(r.Section())
	d.partBlock(r.Section())
	l.bodies = newBodies(len(l.ids))
	bodies, blocks := blocksOf(len(l.ids)), blocksOf(len(l.ids))+blocksOf(files)
	sections := make([]*pack.Reader, 0, min(blocks, 1<<16))
	for range blocks {
		if r.Bad() {
			return nil, pack.ErrDamaged
		}
		sections = append(sections, r.Section())
	}
	l.files, l.routes = make([]string, files), make([]*routeRecord, files)
	// It ends with the last one, since nobody cancels it.
	_ = work.Each(context.Background(), runtime.GOMAXPROCS(0), len(sections), func(_, k int) {
		if k < bodies {
			d.bodyBlock(sections[k], numbersIn(k, len(l.ids)))
		} else {
			d.routeBlock(sections[k], numbersIn(k-bodies, files))
		}
	})
	if r.Bad() || d.bad.Load() || !slices.IsSorted(l.files) {
		return nil, pack.ErrDamaged
	}
	return l, nil
}

// ledgerDecoder reads the blocks of a ledger. Those of bodies and files it may read at once.
type ledgerDecoder struct {
	*numbering
	l   *ledger
	bad atomic.Bool
}

// blockReader reads a block. What its records read is in arrays that they share.
type blockReader struct {
	*pack.Reader
	*ledgerDecoder
	texts  []string
	reads  []pageRead
	params []paramRead
	deps   []depID
	parts  []*record
}

func (d *ledgerDecoder) block(r *pack.Reader) *blockReader {
	b := &blockReader{Reader: r, ledgerDecoder: d}
	reads, params, deps, parts := r.Len(2), r.Len(10), r.Len(1), r.Len(1)
	b.texts = r.Texts()
	if !r.Bad() {
		b.reads, b.params, b.deps, b.parts = make([]pageRead, reads), make([]paramRead, params), make([]depID, deps), make([]*record, parts)
	}
	return b
}

// end notes whether the block was as it is written.
func (b *blockReader) end() {
	if b.Err() != nil {
		b.bad.Store(true)
	}
}

// take takes the first n elements of an array; all of them are given away once.
func take[T any](b *blockReader, from *[]T, n uint64) []T {
	if n > uint64(len(*from)) {
		b.Fail()
		return nil
	}
	if n == 0 {
		return nil
	}
	list := (*from)[:n:n]
	*from = (*from)[n:]
	return list
}

func (b *blockReader) text() string {
	if i := b.Uint(); i < uint64(len(b.texts)) {
		return b.texts[i]
	}
	b.Fail()
	return ""
}

func (d *ledgerDecoder) pageBlock(r *pack.Reader) {
	b, l := d.block(r), d.l
	n := b.Len(9)
	if n != len(b.texts) {
		b.Fail()
		n = 0
	}
	l.ids, l.names = make([]digest.Hash, n), b.texts
	for i := range n {
		l.ids[i] = digest.Hash(b.Fixed())
	}
	l.pages = pageSums{used: make([]facets, n), at: make([]int32, n), sums: make([]uint64, 0, b.Len(8))}
	for i := range n {
		b.pageSums(pageID(i), &l.pages)
	}
	b.end()
}

// pageSums reads the checksums of a page, and appends them.
func (b *blockReader) pageSums(id pageID, to *pageSums) {
	used := facets(b.Uint()) & leaves
	to.used[id], to.at[id] = used, int32(len(to.sums))
	for ; used != 0; used &= used - 1 {
		to.sums = append(to.sums, b.Fixed())
	}
}

func (d *ledgerDecoder) depBlock(r *pack.Reader) {
	b, l := d.block(r), d.l
	n := b.Len(13)
	d.numbering.deps, l.deps = slices.Grow(d.numbering.deps, n), slices.Grow(l.deps, n)
	l.table.grow(n)
	for range n {
		id := l.table.id(depKey{kind: depKind(b.Index(int(depKinds))), lang: b.text(), name: b.text()})
		d.numbering.deps = append(d.numbering.deps, id)
		for len(l.deps) <= int(id) {
			l.deps = append(l.deps, depSum{})
		}
		l.deps[id] = b.depSum()
	}
	b.end()
}

func (b *blockReader) depSum() depSum { return depSum{b.Fixed(), int32(b.Uint()), int32(b.Uint())} }

func (d *ledgerDecoder) partBlock(r *pack.Reader) {
	b := d.block(r)
	list := make([]record, b.Len(7))
	for i := range list {
		b.record(&list[i])
		d.numbering.parts = append(d.numbering.parts, &list[i])
	}
	b.end()
}

// bodyBlock reads bodies of pages, which have numbers among those that are allowed.
func (d *ledgerDecoder) bodyBlock(r *pack.Reader, allowed []int) {
	b := d.block(r)
	list := make([]bodyRecord, b.Len(2))
	for i := range list {
		page := b.number(&allowed)
		var body *bodyRecord
		if b.Bool() {
			body = &list[i]
			b.record(&body.record)
			for k := range body.sums {
				body.sums[k] = b.Fixed()
			}
		}
		if !b.Bad() {
			d.l.bodies[page].Store(body)
		}
	}
	b.end()
}

// number reads one of the allowed numbers, which are in order, and drops it with those before it.
func (b *blockReader) number(allowed *[]int) int {
	n := b.Uint()
	for i, a := range *allowed {
		if uint64(a) == n {
			*allowed = (*allowed)[i+1:]
			return a
		}
	}
	b.Fail()
	return 0
}

// routeBlock reads files, which have numbers among those that are allowed.
func (d *ledgerDecoder) routeBlock(r *pack.Reader, allowed []int) {
	b := d.block(r)
	list := make([]routeRecord, b.Len(3))
	for i := range list {
		at, file := b.number(&allowed), b.text()
		var rec *routeRecord
		if b.Bool() {
			rec = &list[i]
			b.route(rec)
		}
		if b.Bad() {
			break
		}
		d.l.files[at], d.l.routes[at] = file, rec
	}
	b.end()
}

func (b *blockReader) record(r *record) {
	r.pages = take(b, &b.reads, b.Uint())
	last := 0
	for i := range r.pages {
		last += b.Int()
		if uint(last) >= uint(len(b.l.ids)) {
			b.Fail()
			last = 0
		}
		r.pages[i] = readOf(pageID(last), facets(b.Uint())&(1<<facetBits-1))
	}
	r.params = take(b, &b.params, b.Uint())
	for i := range r.params {
		r.params[i] = paramRead{page: pageID(b.Index(len(b.l.ids))), key: b.dep(), sum: b.Fixed()}
	}
	r.deps = take(b, &b.deps, b.Uint())
	for i := range r.deps {
		r.deps[i] = b.dep()
	}
	r.parts = take(b, &b.parts, b.Uint())
	for i := range r.parts {
		r.parts[i] = numbered(b, b.numbering.parts)
	}
	if b.Bad() {
		r.parts = nil
	}
	more := recordMore{what: b.text(), tainted: b.text(), warnings: b.errors(), resources: b.resources()}
	if more.what != "" || more.tainted != "" || len(more.warnings) > 0 || len(more.resources) > 0 {
		r.more = new(recordMore)
		*r.more = more
	}
}

// numbered reads the number of one of a list.
func numbered[T any](b *blockReader, list []T) (v T) {
	if i := b.Index(len(list)); i < len(list) {
		return list[i]
	}
	b.Fail()
	return v
}

func (b *blockReader) dep() depID { return numbered(b, b.numbering.deps) }

func (b *blockReader) errors() []*Error {
	n := b.Len(5)
	if n == 0 {
		return nil
	}
	list := make([]*Error, n)
	for i := range list {
		list[i] = &Error{Op: b.text(), Path: b.text(), Line: int(b.Uint()), Column: int(b.Uint()), Err: errors.New(b.text())}
	}
	return list
}

func (b *blockReader) resources() []resourceRead {
	n := b.Len(12)
	if n == 0 {
		return nil
	}
	list := make([]resourceRead, n)
	for i := range list {
		r := &list[i]
		r.page, r.what, r.file = pageID(b.Index(len(b.l.ids))), resourcePart(b.Index(int(resourceParts))), uint32(b.Uint())
		if r.what.keyed() {
			r.key = b.dep()
		}
		r.sum = b.Fixed()
	}
	return list
}

func (b *blockReader) route(r *routeRecord) {
	b.record(&r.record)
	page := b.Int()
	if page < int(noPage) || page >= len(b.l.ids) {
		b.Fail()
		page = int(noPage)
	}
	r.page, r.pager, r.format = pageID(page), int32(b.Uint()), b.text()
	if r.hasSum = b.Bool(); r.hasSum {
		copy(r.sum[:], b.Raw(len(r.sum)))
	}
	r.model, r.copied, r.stamp = b.Bool(), b.Bool(), b.Fixed()
	r.why = b.text()
	if b.Bool() {
		r.content = stored{pack: numbered(b, b.packs), at: int(b.Uint()), size: int(b.Uint())}
	}
}
