package jam

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// packing is what one build has of its site's store: the packs that it reads, and those that it writes.
//
// A pack is a value with the contents of files, one after the other. Its key has the name of the build that wrote it, and a number, so
// that no build writes a pack of another one. See [buildList] for how packs are removed.
type packing struct {
	st    *store
	build string // its name
	begun time.Time

	mu     sync.Mutex
	open   []byte      // the pack in the making
	packs  int         // how many there are before it
	failed atomic.Bool // one can't be written: no more are

	empty   chan []byte // for packs to come
	writing sync.WaitGroup
	putting sync.Mutex
	listed  int // how many packs the list says there may be

	reading sync.Mutex
	read    map[string][]byte // the packs that were read last
	order   []string          // of them, the oldest first
	size    int               // in bytes
}

const (
	packPrefix = "files-"
	packSize   = 2 << 20  // how large a pack becomes, unless a single file is larger
	packsRead  = 16 << 20 // how many bytes of packs are kept in memory when contents are read
)

// begin begins a build's packing; nil: there is no cache.
func (st *store) begin() *packing {
	if st == nil || st.cache == nil {
		return nil
	}
	p := &packing{st: st, build: strings.ToLower(rand.Text())[:13], begun: time.Now(), empty: make(chan []byte, 2)}
	for range cap(p.empty) { // one is filled while another one is written
		p.empty <- []byte{}
	}
	return p
}

func packKey(build string, number int) string { return packPrefix + build + "-" + strconv.Itoa(number) }

// packBuild returns the build that wrote a pack, by the pack's key.
func packBuild(key string) string {
	build, _, _ := strings.Cut(strings.TrimPrefix(key, packPrefix), "-")
	return build
}

// content returns the content of a file that an earlier build has stored, or nil.
func (p *packing) content(ctx context.Context, rec *routeRecord) []byte {
	if p == nil || rec.content.pack == "" || !rec.hasSum {
		return nil
	}
	b := p.pack(ctx, rec.content.pack)
	from, to := rec.content.at, rec.content.at+rec.content.size
	if from < 0 || to < from || to > len(b) {
		return nil
	}
	if b = b[from:to]; sha256.Sum256(b) != rec.sum {
		return nil
	}
	return b
}

// pack returns a pack of an earlier build, or nil: then its files are rendered.
func (p *packing) pack(ctx context.Context, key string) []byte {
	p.reading.Lock()
	defer p.reading.Unlock()
	if b, ok := p.read[key]; ok {
		return b
	}
	b, err := p.st.get(ctx, key)
	if err != nil {
		b = nil
	}
	if p.read == nil {
		p.read = make(map[string][]byte)
	}
	p.read[key] = b
	p.order = append(p.order, key)
	for p.size += len(b); p.size > packsRead && len(p.order) > 1; p.order = p.order[1:] {
		p.size -= len(p.read[p.order[0]])
		delete(p.read, p.order[0])
	}
	return b
}

// keep stores the content of a file.
func (p *packing) keep(ctx context.Context, rec *routeRecord, content []byte) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.failed.Load() {
		return
	}
	if len(p.open) > 0 && len(p.open)+len(content) > packSize {
		p.flush(ctx)
	}
	if p.open == nil {
		p.open = <-p.empty
	}
	rec.content = stored{pack: packKey(p.build, p.packs), at: len(p.open), size: len(content)}
	p.open = append(withRoom(p.open, len(content)), content...)
}

// withRoom returns a pack with room for n more bytes. It grows to the size of packs in few steps, and no further, so that it can be used
// again.
func withRoom(b []byte, n int) []byte {
	if len(b)+n <= cap(b) {
		return b
	}
	grown := make([]byte, len(b), max(len(b)+n, min(8*cap(b), packSize), packSize/64))
	copy(grown, b)
	return grown
}

// flush writes the pack in the making, while the next one is made.
func (p *packing) flush(ctx context.Context) {
	b, number := p.open, p.packs
	if b == nil {
		return
	}
	p.open = nil
	p.packs++
	p.writing.Go(func() {
		put := false // also when the cache ends the goroutine
		defer func() {
			if !put {
				p.failed.Store(true)
			}
			if cap(b) > packSize {
				b = []byte{}
			}
			p.empty <- b[:0]
		}()
		p.putting.Lock()
		defer p.putting.Unlock()
		if number >= p.listed {
			p.listed = max(8*p.listed, number+1)
			if !p.st.list(ctx, listedBuild{p.build, p.listed, p.begun}) {
				return
			}
		}
		put = p.st.put(ctx, packKey(p.build, number), b)
	})
}

// commit writes what is left, and the index, and removes packs that have become useless.
func (p *packing) commit(ctx context.Context, l, old *ledger) {
	if p == nil {
		return
	}
	p.compact(ctx, l)
	p.mu.Lock()
	p.flush(ctx)
	p.mu.Unlock()
	l.stored = p.st.writeIndex(ctx, l, p.writing.Wait)
	if l.stored {
		p.st.clean(ctx, p.build, l.packs(), old.packs())
	}
}

// abort removes what a build has written that fails.
func (p *packing) abort(ctx context.Context) {
	if p == nil {
		return
	}
	p.failed.Store(true)
	p.writing.Wait()
	if p.listed > 0 {
		p.st.unlist(ctx, p.build)
	}
}

// packs returns how many bytes of each pack are in use.
func (l *ledger) packs() map[string]int {
	used := make(map[string]int)
	if l == nil {
		return used
	}
	for _, r := range l.routes {
		if r != nil && r.content.pack != "" {
			used[r.content.pack] += r.content.size
		}
	}
	return used
}

// compact stores again what is in packs most of which is of no use any more: those with less than half a pack.
func (p *packing) compact(ctx context.Context, l *ledger) {
	const most = 16
	used := l.packs()
	small := 0
	for _, size := range used {
		if size < packSize/2 {
			small++
		}
	}
	if small < most {
		return
	}
	for i, r := range l.routes {
		if r == nil || r.content.pack == "" || used[r.content.pack] >= packSize/2 || packBuild(r.content.pack) == p.build {
			continue // what this build has made is together already
		}
		content := p.content(ctx, r)
		own := *r // others may have it, too
		own.content = stored{}
		l.routes[i] = &own
		if content != nil {
			p.keep(ctx, &own, content)
		}
	}
}
