package jam

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"github.com/jam-go/jam/internal/pack"
)

// store is what a site has in its [Cache]: an index, which is its ledger; packs with the contents of files; and a list of the builds
// that wrote packs. See [packing].
type store struct {
	cache Cache
	key   string // of the program and its configuration

	mu       sync.Mutex
	problems []*Error

	listing sync.Mutex // of builds
}

// indexKey is the key of the index.
const indexKey = "index"

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

// writeIndex writes a ledger as the index.
func (st *store) writeIndex(ctx context.Context, l *ledger) {
	w := new(pack.Writer)
	w.String(st.key)
	l.encode(w)
	l.stored = st.put(ctx, indexKey, w.Seal())
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

func (st *store) delete(ctx context.Context, key string) {
	err := guard("cache", func() error { return st.cache.Delete(ctx, key) })
	if err != nil && ctx.Err() == nil {
		st.warn("%s can't be removed: %w", key, err)
	}
}
