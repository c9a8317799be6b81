package jam

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"github.com/jam-go/jam/internal/pack"
)

// store is what a site has in its [Cache]: an index, which is its ledger, and packs with the contents of files.
type store struct {
	cache Cache
	key   string // of the program and its configuration

	mu       sync.Mutex
	read     map[string][]byte // packs that were read last
	open     []byte            // the pack in the making
	pending  []*stored         // what is in it
	problems []*Error
}

const (
	indexKey = "index"
	packSize = 8 << 20 // from which a pack is written
	// Packs that are kept in memory when contents are read.
	packsRead = 4
)

// openedStore is a store, and the ledger in it; nil when there is none of use.
type openedStore struct {
	store  *store
	ledger *ledger
}

// openStore opens the store of a configuration while the site is being loaded; nil: there is none.
func openStore(ctx context.Context, cfg *Config) <-chan *openedStore {
	opened := make(chan *openedStore, 1)
	if cfg == nil || cfg.Cache == nil {
		opened <- nil
		return opened
	}
	set, _ := cfg.settle() // what is wrong with it, the load reports
	go func() {
		st := &store{cache: set.Cache}
		opened <- &openedStore{st, st.readIndex(ctx, set)}
	}()
	return opened
}

// readIndex reads the index.
func (st *store) readIndex(ctx context.Context, set *settings) *ledger {
	err := guard("cache", func() (err error) {
		st.key, err = set.programKey()
		return err
	})
	if err != nil {
		st.warn("the program can't be told from others, so nothing is kept: %w", err)
		st.cache = nil
		return nil
	}
	b, err := st.get(ctx, indexKey)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) && ctx.Err() == nil {
			st.warn("the index can't be read, so everything is rendered: %w", err)
		}
		return nil
	}
	l, err := decodeIndex(b, st.key)
	if err != nil {
		st.warn("the index is %w, so everything is rendered", err)
		return nil
	}
	if l != nil {
		l.stored = true
	}
	return l
}

// decodeIndex returns the ledger in an index; nil for one of another program, or of another configuration.
func decodeIndex(b []byte, key string) (*ledger, error) {
	r, err := pack.NewReader(b)
	if err != nil {
		return nil, err
	}
	if r.String() != key {
		return nil, nil
	}
	l, err := decodeLedger(r, newDepTable())
	if err != nil {
		return nil, err
	}
	return l, r.Err()
}

func (st *store) warn(format string, args ...any) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.problems = append(st.problems, &Error{Op: "cache", Err: fmt.Errorf(format, args...)})
}

// warnings returns what went wrong since it was asked last.
func (st *store) warnings() []*Error {
	if st == nil {
		return nil
	}
	st.mu.Lock()
	defer st.mu.Unlock()
	list := st.problems
	st.problems = nil
	return list
}

// The caller's cache may panic, as other parts of his may.

func (st *store) get(ctx context.Context, key string) (b []byte, err error) {
	err = guard("cache", func() (err error) {
		b, err = st.cache.Get(ctx, key)
		return err
	})
	return b, err
}

func (st *store) put(ctx context.Context, key string, value []byte) bool {
	err := guard("cache", func() error { return st.cache.Put(ctx, key, value) })
	if err != nil && ctx.Err() == nil {
		st.warn("%s can't be written: %w", key, err)
	}
	return err == nil
}

// content returns the content of a file that an earlier build has stored, or nil.
func (st *store) content(ctx context.Context, rec *routeRecord) []byte {
	if st == nil || st.cache == nil || rec.content.pack == "" || !rec.hasSum {
		return nil
	}
	b := st.pack(ctx, rec.content.pack)
	from, to := rec.content.at, rec.content.at+rec.content.size
	if from < 0 || to < from || to > len(b) {
		return nil
	}
	if b = b[from:to]; sha256.Sum256(b) != rec.sum {
		return nil
	}
	return b
}

func (st *store) pack(ctx context.Context, key string) []byte {
	st.mu.Lock()
	defer st.mu.Unlock()
	if b, ok := st.read[key]; ok {
		return b
	}
	b, err := st.get(ctx, key)
	if err != nil {
		b = nil // the file is rendered
	}
	if len(st.read) >= packsRead || st.read == nil {
		st.read = make(map[string][]byte)
	}
	st.read[key] = b
	return b
}

// keep stores the content of a file.
func (st *store) keep(ctx context.Context, rec *routeRecord, content []byte) {
	if st == nil || st.cache == nil {
		return
	}
	st.mu.Lock()
	rec.content = stored{at: len(st.open), size: len(content)}
	st.open = append(st.open, content...)
	st.pending = append(st.pending, &rec.content)
	full := len(st.open) >= packSize
	var b []byte
	var pending []*stored
	if full {
		b, pending = st.take()
	}
	st.mu.Unlock()
	if full {
		st.write(ctx, b, pending)
	}
}

func (st *store) take() ([]byte, []*stored) {
	b, pending := st.open, st.pending
	st.open, st.pending = nil, nil
	return b, pending
}

// write writes a pack, whose name is its checksum.
func (st *store) write(ctx context.Context, b []byte, pending []*stored) {
	if len(b) == 0 {
		return
	}
	sum := sha256.Sum256(b)
	key := fmt.Sprintf("files-%x", sum[:16])
	st.put(ctx, key, b)
	for _, s := range pending {
		s.pack = key
	}
}

// finish writes what is left, and the index, and removes packs that have become useless.
func (st *store) finish(ctx context.Context, l, old *ledger) {
	if st == nil || st.cache == nil {
		return
	}
	st.compact(ctx, l)
	st.mu.Lock()
	b, pending := st.take()
	st.mu.Unlock()
	st.write(ctx, b, pending)
	w := new(pack.Writer)
	w.String(st.key)
	l.encode(w)
	l.stored = st.put(ctx, indexKey, w.Seal())
	used := l.packs()
	if old == nil {
		return
	}
	for key := range old.packs() {
		if _, ok := used[key]; ok {
			continue
		}
		if err := guard("cache", func() error { return st.cache.Delete(ctx, key) }); err != nil && ctx.Err() == nil {
			st.warn("%s can't be removed: %w", key, err)
		}
	}
}

// packs returns how many bytes of each pack are in use.
func (l *ledger) packs() map[string]int {
	used := make(map[string]int)
	for _, r := range l.routes {
		if r != nil && r.content.pack != "" {
			used[r.content.pack] += r.content.size
		}
	}
	return used
}

// compact stores again what is in packs most of which is of no use any more: those with less than half a pack.
func (st *store) compact(ctx context.Context, l *ledger) {
	used := l.packs()
	small := 0
	for _, size := range used {
		if size < packSize/2 {
			small++
		}
	}
	if small < 16 {
		return
	}
	for i, r := range l.routes {
		if r == nil || r.content.pack == "" || used[r.content.pack] >= packSize/2 {
			continue
		}
		content := st.content(ctx, r)
		own := *r // others may have it, too
		own.content = stored{}
		l.routes[i] = &own
		if content != nil {
			st.keep(ctx, &own, content)
		}
	}
}
