package jam

import (
	"context"
	"maps"
	"runtime"
	"slices"

	"github.com/jam-go/jam/internal/pack"
	"github.com/jam-go/jam/internal/work"
)

// In a file, a ledger is the pages with the checksums of what was read of them; the keys and checksums of deps; and blocks of records, of parts,
// of bodies and of files, which know each other by numbers. Each block has the texts of its own records, so that blocks are written
// and read independently of each other.

// blockSize is how many pages or files a block has.
const blockSize = 1024

// numbering has what is known by numbers in a file.
type numbering struct {
	deps  []depID
	parts []*record // those first of which others have parts
	packs []string
}

// add gives numbers to what the records of a ledger name that are not those of old, and that has none.
func (n *numbering) add(l, old *ledger) {
	known := n.ofDeps(len(l.deps))
	for id, d := range l.deps {
		if d.sum != 0 && known[id] < 0 {
			n.deps = append(n.deps, depID(id))
		}
	}
	seen := make(map[*record]bool, len(n.parts))
	for _, part := range n.parts {
		seen[part] = true
	}
	var visit func(r *record)
	visit = func(r *record) {
		for _, part := range r.parts {
			if !seen[part] {
				seen[part] = true
				visit(part)
				n.parts = append(n.parts, part)
			}
		}
	}
	l.eachRoot(old, visit)
	packs := l.packs()
	for _, key := range n.packs {
		delete(packs, key)
	}
	n.packs = append(n.packs, slices.Sorted(maps.Keys(packs))...)
}

// ofDeps returns the numbers of deps; -1: it has none.
func (n *numbering) ofDeps(deps int) []int32 {
	numbers := make([]int32, deps)
	for i := range numbers {
		numbers[i] = -1
	}
	for i, id := range n.deps {
		numbers[id] = int32(i)
	}
	return numbers
}

// ledgerEncoder writes a ledger by a numbering. It may be used by several goroutines.
type ledgerEncoder struct {
	l     *ledger
	deps  []int32
	parts map[*record]int
	packs map[string]int
}

func encoderOf(l *ledger, n *numbering) *ledgerEncoder {
	e := &ledgerEncoder{l: l, deps: n.ofDeps(len(l.deps)), parts: make(map[*record]int, len(n.parts)), packs: make(map[string]int, len(n.packs))}
	for i, part := range n.parts {
		e.parts[part] = i
	}
	for i, key := range n.packs {
		e.packs[key] = i
	}
	return e
}

// encode writes a ledger, for another process.
func (l *ledger) encode(w *pack.Writer, n *numbering) {
	e := encoderOf(l, n)
	blocks := []func() []byte{
		e.pageBlock,
		func() []byte { return e.depBlock(n.deps) },
		func() []byte { return e.partBlock(n.parts) },
	}
	for k := range blocksOf(len(l.ids)) {
		blocks = append(blocks, func() []byte { return e.bodyBlock(l.withBodies(k)) })
	}
	for k := range blocksOf(len(l.files)) {
		blocks = append(blocks, func() []byte { return e.routeBlock(numbersIn(k, len(l.files))) })
	}
	sections := make([][]byte, len(blocks))
	// It ends with the last one, since nobody cancels it.
	_ = work.Each(context.Background(), runtime.GOMAXPROCS(0), len(blocks), func(_, k int) { sections[k] = blocks[k]() })
	size := 0
	for _, b := range sections {
		size += len(b) + 8
	}
	w.B = slices.Grow(w.B, size)
	w.Uint(uint64(len(l.files)))
	for _, b := range sections {
		w.Section(b)
	}
}

func blocksOf(n int) int { return (n + blockSize - 1) / blockSize }

// numbersIn returns the numbers in a block of n.
func numbersIn(block, n int) []int {
	list := make([]int, 0, blockSize)
	for i := block * blockSize; i < min(n, (block+1)*blockSize); i++ {
		list = append(list, i)
	}
	return list
}

// withBodies returns the pages of a block whose bodies have records.
func (l *ledger) withBodies(block int) []int {
	return slices.DeleteFunc(numbersIn(block, len(l.bodies)), func(i int) bool { return l.bodies[i].Load() == nil })
}

// blockWriter writes a block.
type blockWriter struct {
	pack.Writer
	*ledgerEncoder
	texts                      pack.Texts
	reads, params, deps, parts int // how many there are in all records
	known                      int // how many parts a reader knows
}

// block begins a block of some elements.
func (e *ledgerEncoder) block(n int) *blockWriter {
	b := &blockWriter{ledgerEncoder: e, known: len(e.parts)}
	b.B = make([]byte, 0, 160*n)
	return b
}

// bytes returns the block, in which what a reader needs first comes first.
func (b *blockWriter) bytes() []byte {
	w := &pack.Writer{B: make([]byte, 0, len(b.B)+b.texts.Size()+64)}
	for _, n := range []int{b.reads, b.params, b.deps, b.parts} {
		w.Uint(uint64(n))
	}
	w.Texts(&b.texts)
	w.Raw(b.B)
	return w.B
}

// text writes a text of which there may be more.
func (b *blockWriter) text(s string) { b.Uint(uint64(b.texts.ID(s))) }

func (e *ledgerEncoder) pageBlock() []byte {
	b := e.block(len(e.l.ids))
	b.Uint(uint64(len(e.l.ids)))
	for i, id := range e.l.ids {
		b.Fixed(uint64(id))
		b.texts.Add(e.l.names[i])
	}
	b.Uint(uint64(len(e.l.pages.sums)))
	for i := range e.l.ids {
		b.pageSums(pageID(i))
	}
	return b.bytes()
}

func (b *blockWriter) pageSums(id pageID) {
	b.Uint(uint64(b.l.pages.used[id]))
	b.l.pages.each(id, func(_ facets, sum uint64) { b.Fixed(sum) })
}

func (e *ledgerEncoder) depBlock(deps []depID) []byte {
	b := e.block(len(deps))
	keys := e.l.table.list()
	b.Uint(uint64(len(deps)))
	for _, id := range deps {
		b.Uint(uint64(keys[id].kind))
		b.text(keys[id].lang)
		b.text(keys[id].name)
		b.depSum(id)
	}
	return b.bytes()
}

func (b *blockWriter) depSum(id depID) {
	b.Fixed(b.l.deps[id].sum)
	b.Uint(uint64(b.l.deps[id].len))
	b.Uint(uint64(b.l.deps[id].cost))
}

func (e *ledgerEncoder) partBlock(parts []*record) []byte {
	b := e.block(len(parts))
	b.Uint(uint64(len(parts)))
	for _, part := range parts {
		b.known = e.parts[part] // a part has no parts that come later
		b.record(part)
	}
	return b.bytes()
}

// bodyBlock has the records of the bodies of pages, in the order of their numbers.
func (e *ledgerEncoder) bodyBlock(pages []int) []byte {
	b := e.block(len(pages))
	b.Uint(uint64(len(pages)))
	for _, i := range pages {
		b.Uint(uint64(i))
		body := e.l.bodies[i].Load()
		if b.Bool(body != nil); body == nil {
			continue
		}
		b.record(&body.record)
		for _, sum := range body.sums {
			b.Fixed(sum)
		}
	}
	return b.bytes()
}

// routeBlock has the records of files, in the order of their numbers.
func (e *ledgerEncoder) routeBlock(files []int) []byte {
	b := e.block(len(files))
	b.Uint(uint64(len(files)))
	for _, i := range files {
		b.Uint(uint64(i))
		b.Uint(uint64(b.texts.Add(e.l.files[i])))
		r := e.l.routes[i]
		if b.Bool(r != nil); r != nil {
			b.route(r)
		}
	}
	return b.bytes()
}

func (b *blockWriter) record(r *record) {
	tainted := r.rest().tainted
	if tainted == "" && r.rest().foreign {
		tainted = "templates of the program may have changed"
	}
	if !b.canName(r) {
		r, tainted = new(record), "what it read is not known"
	}
	b.reads += len(r.pages)
	b.Uint(uint64(len(r.pages)))
	last := 0
	for _, p := range r.pages {
		b.Int(int(p.page()) - last)
		b.Uint(uint64(p.facets()))
		last = int(p.page())
	}
	b.params += len(r.params)
	b.Uint(uint64(len(r.params)))
	for _, p := range r.params {
		b.Uint(uint64(p.page))
		b.Uint(uint64(b.ledgerEncoder.deps[p.key]))
		b.Fixed(p.sum)
	}
	b.deps += len(r.deps)
	b.Uint(uint64(len(r.deps)))
	for _, id := range r.deps {
		b.Uint(uint64(b.ledgerEncoder.deps[id]))
	}
	b.parts += len(r.parts)
	b.Uint(uint64(len(r.parts)))
	for _, part := range r.parts {
		b.Uint(uint64(b.ledgerEncoder.parts[part]))
	}
	b.text(r.rest().what)
	b.text(tainted)
	b.errors(r.rest().warnings)
	b.resources(r.rest().resources)
}

func (b *blockWriter) resources(list []resourceRead) {
	b.Uint(uint64(len(list)))
	for _, p := range list {
		b.Uint(uint64(p.page))
		b.Uint(uint64(p.what))
		b.Uint(uint64(p.file))
		if p.what.keyed() {
			b.Uint(uint64(b.ledgerEncoder.deps[p.key]))
		}
		b.Fixed(p.sum)
	}
}

// canName tells whether all that a record names has a number, which is always so as far as anybody knows.
func (b *blockWriter) canName(r *record) bool {
	for _, id := range r.deps {
		if b.ledgerEncoder.deps[id] < 0 {
			return false
		}
	}
	for _, p := range r.params {
		if b.ledgerEncoder.deps[p.key] < 0 {
			return false
		}
	}
	for _, p := range r.rest().resources {
		if p.what.keyed() && b.ledgerEncoder.deps[p.key] < 0 {
			return false
		}
	}
	return !slices.ContainsFunc(r.parts, func(p *record) bool { return b.ledgerEncoder.parts[p] >= b.known })
}

func (b *blockWriter) errors(list []*Error) {
	b.Uint(uint64(len(list)))
	for _, err := range list {
		b.text(err.Op)
		b.text(err.Path)
		b.Uint(uint64(err.Line))
		b.Uint(uint64(err.Column))
		b.text(err.Err.Error())
	}
}

func (b *blockWriter) route(r *routeRecord) {
	b.record(&r.record)
	b.Int(int(r.page))
	b.Uint(uint64(r.pager))
	b.text(r.format)
	b.Bool(r.hasSum)
	if r.hasSum {
		b.Raw(r.sum[:])
	}
	b.Bool(r.model)
	b.Bool(r.copied)
	b.Fixed(r.stamp)
	b.text(r.why)
	if b.Bool(r.content.pack != ""); r.content.pack != "" {
		b.Uint(uint64(b.packs[r.content.pack]))
		b.Uint(uint64(r.content.at))
		b.Uint(uint64(r.content.size))
	}
}
