package jam

import (
	"errors"
	"slices"

	"github.com/jam-go/jam/internal/digest"
	"github.com/jam-go/jam/internal/pack"
)

// encode writes a ledger, for another process. Numbers of deps are those of a table that has only what was read.
func (l *ledger) encode(w *pack.Writer) {
	e := &ledgerEncoder{Writer: w, deps: make([]depID, len(l.deps)), parts: make(map[*record]int)}
	w.Uint(uint64(len(l.ids)))
	for i, id := range l.ids {
		w.Fixed(uint64(id))
		w.String(l.names[i])
	}
	e.depTable(l)
	for i := range l.ids {
		w.Uint(uint64(l.pages.used[i]))
		l.pages.each(pageID(i), func(_ facets, sum uint64) { w.Fixed(sum) })
	}
	e.allParts(l)
	for i := range l.bodies {
		b := l.bodies[i].Load()
		w.Bool(b != nil)
		if b == nil {
			continue
		}
		e.record(&b.record)
		for _, sum := range b.sums {
			w.Fixed(sum)
		}
		e.errors(b.problems)
	}
	w.Uint(uint64(len(l.files)))
	for i, file := range l.files {
		w.String(file)
		e.route(l.routes[i])
	}
}

type ledgerEncoder struct {
	*pack.Writer
	deps  []depID         // new numbers
	parts map[*record]int // numbers
}

func (e *ledgerEncoder) depTable(l *ledger) {
	var used []depKey
	keys := l.table.list()
	n := depID(0)
	for id, d := range l.deps {
		if d.sum != 0 {
			e.deps[id] = n
			used = append(used, keys[id])
			n++
		}
	}
	e.Uint(uint64(len(used)))
	for _, k := range used {
		e.Uint(uint64(k.kind))
		e.String(k.lang)
		e.String(k.name)
	}
	for _, d := range l.deps {
		if d.sum != 0 {
			e.Fixed(d.sum)
			e.Uint(uint64(d.len))
			e.Uint(uint64(d.cost))
		}
	}
}

// allParts writes the parts of records, those first of which others have parts.
func (e *ledgerEncoder) allParts(l *ledger) {
	var list []*record
	var visit func(r *record)
	visit = func(r *record) {
		for _, part := range r.parts {
			if _, ok := e.parts[part]; !ok {
				e.parts[part] = -1
				visit(part)
				e.parts[part] = len(list)
				list = append(list, part)
			}
		}
	}
	l.eachRoot(nil, visit)
	e.Uint(uint64(len(list)))
	for _, r := range list {
		e.record(r)
	}
}

func (e *ledgerEncoder) record(r *record) {
	e.Uint(uint64(len(r.pages)))
	last := 0
	for _, p := range r.pages {
		e.Int(int(p.page) - last)
		e.Uint(uint64(p.facets))
		last = int(p.page)
	}
	e.Uint(uint64(len(r.params)))
	for _, p := range r.params {
		e.Uint(uint64(p.page))
		e.Uint(uint64(e.deps[p.key]))
		e.Fixed(p.sum)
	}
	e.Uint(uint64(len(r.deps)))
	for _, id := range r.deps {
		e.Uint(uint64(e.deps[id]))
	}
	parts := slices.Clone(r.parts)
	parts = slices.DeleteFunc(parts, func(p *record) bool { return e.parts[p] < 0 }) // which can't be
	e.Uint(uint64(len(parts)))
	for _, part := range parts {
		e.Uint(uint64(e.parts[part]))
	}
	tainted := r.tainted
	if tainted == "" && (r.foreign || len(parts) < len(r.parts)) {
		tainted = "templates of the program may have changed"
	}
	e.String(r.what)
	e.String(tainted)
	e.errors(r.warnings)
}

func (e *ledgerEncoder) errors(list []*Error) {
	e.Uint(uint64(len(list)))
	for _, err := range list {
		e.String(err.Op)
		e.String(err.Path)
		e.Uint(uint64(err.Line))
		e.Uint(uint64(err.Column))
		e.String(err.Err.Error())
	}
}

func (e *ledgerEncoder) route(r *routeRecord) {
	e.Bool(r != nil)
	if r == nil {
		return
	}
	e.record(&r.record)
	e.Int(int(r.page))
	e.Uint(uint64(r.pager))
	e.String(r.format)
	e.Bool(r.hasSum)
	if r.hasSum {
		e.Raw(r.sum[:])
	}
	e.Bool(r.model)
	e.Bool(r.copied)
	e.Fixed(r.stamp)
	e.errors(r.warnings)
	e.String(r.why)
	e.String(r.content.pack)
	e.Uint(uint64(r.content.at))
	e.Uint(uint64(r.content.size))
}

// decodeLedger reads what encode wrote. The deps are numbered in table, which is new.
func decodeLedger(r *pack.Reader, table *depTable) (*ledger, error) {
	d := &ledgerDecoder{Reader: r}
	l := &ledger{table: table}
	n := r.Len(9)
	l.ids, l.names = make([]digest.Hash, n), make([]string, n)
	d.pages = n
	for i := range n {
		l.ids[i] = digest.Hash(r.Fixed())
		l.names[i] = r.String()
	}
	d.depTable(l)
	l.pages = pageSums{used: make([]facets, n), at: make([]int32, n)}
	for i := range n {
		used := facets(r.Uint()) & leaves
		l.pages.used[i], l.pages.at[i] = used, int32(len(l.pages.sums))
		for ; used != 0; used &= used - 1 {
			l.pages.sums = append(l.pages.sums, r.Fixed())
		}
	}
	for range r.Len(4) {
		part := d.record()
		d.parts = append(d.parts, &part)
	}
	l.bodies = newBodies(n)
	for i := range n {
		if r.Bool() {
			b := &bodyRecord{record: d.record()}
			for k := range b.sums {
				b.sums[k] = r.Fixed()
			}
			b.problems = d.errors()
			l.bodies[i].Store(b)
		}
	}
	files := r.Len(2)
	l.files, l.routes = make([]string, files), make([]*routeRecord, files)
	for i := range files {
		l.files[i] = r.String()
		l.routes[i] = d.route()
	}
	if r.Bad() || !slices.IsSorted(l.files) {
		return nil, pack.ErrDamaged
	}
	return l, nil
}

type ledgerDecoder struct {
	*pack.Reader
	pages int
	deps  []depID
	parts []*record
}

func (d *ledgerDecoder) depTable(l *ledger) {
	n := d.Len(3)
	d.deps = make([]depID, n)
	for i := range n {
		k := depKey{kind: depKind(d.Index(int(depKinds))), lang: d.String(), name: d.String()}
		d.deps[i] = l.table.id(k)
	}
	l.deps = make([]depSum, len(l.table.list()))
	for _, id := range d.deps {
		l.deps[id] = depSum{d.Fixed(), int32(d.Uint()), int32(d.Uint())}
	}
}

func (d *ledgerDecoder) record() record {
	var r record
	r.pages = make([]pageRead, d.Len(2))
	last := 0
	for i := range r.pages {
		last += d.Int()
		if last < 0 || last >= d.pages {
			d.Fail()
			return r
		}
		r.pages[i] = pageRead{pageID(last), facets(d.Uint())}
	}
	r.params = make([]paramRead, d.Len(10))
	for i := range r.params {
		page, key := d.Index(d.pages), d.Index(len(d.deps))
		if d.Bad() {
			return r
		}
		r.params[i] = paramRead{pageID(page), d.deps[key], d.Fixed()}
	}
	r.deps = make([]depID, d.Len(1))
	for i := range r.deps {
		if at := d.Index(len(d.deps)); !d.Bad() {
			r.deps[i] = d.deps[at]
		}
	}
	r.parts = make([]*record, d.Len(1))
	for i := range r.parts {
		at := d.Index(len(d.parts))
		if d.Bad() {
			r.parts = nil
			break
		}
		r.parts[i] = d.parts[at]
	}
	r.what, r.tainted = d.String(), d.String()
	r.warnings = d.errors()
	return r
}

func (d *ledgerDecoder) errors() []*Error {
	n := d.Len(5)
	if n == 0 {
		return nil
	}
	list := make([]*Error, n)
	for i := range list {
		list[i] = &Error{Op: d.String(), Path: d.String(), Line: int(d.Uint()), Column: int(d.Uint()), Err: errors.New(d.String())}
	}
	return list
}

func (d *ledgerDecoder) route() *routeRecord {
	if !d.Bool() {
		return nil
	}
	r := &routeRecord{record: d.record()}
	page := d.Int()
	if page < int(noPage) || page >= d.pages {
		d.Fail()
		return nil
	}
	r.page, r.pager, r.format = pageID(page), int32(d.Uint()), d.String()
	if r.hasSum = d.Bool(); r.hasSum {
		copy(r.sum[:], d.Raw(len(r.sum)))
	}
	r.model, r.copied, r.stamp = d.Bool(), d.Bool(), d.Fixed()
	r.warnings = d.errors()
	r.why = d.String()
	r.content = stored{pack: d.String(), at: int(d.Uint()), size: int(d.Uint())}
	return r
}
