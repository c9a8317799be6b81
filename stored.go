package jam

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"
)

// store is what a site has in its [Cache]: an index, which is its ledger; packs with the contents of files; and a list of the builds
// that wrote packs. See [packing].
type store struct {
	cache Cache
	key   storeKey
	docs  storeKey // of what is known of documents
	other string   // in what the key differs from that of the index, if it does

	mu       sync.Mutex
	problems []*Error
	stale    []string // packs of an index of another key, which the next one supersedes

	listing sync.Mutex // of builds

	writing sync.Mutex   // of the index
	index   *storedIndex // that is in the cache; nil: none of this program
	changed bool         // there are changes of an index, which may be another one
}

// indexKey is the key of the index.
const indexKey = "index"

// openedStore is a store, and the ledger in it; nil when there is none of use.
type openedStore struct {
	store  *store
	ledger *ledger
}

// openStore opens the store of a configuration while the site is being loaded, which takes from it what is known of documents;
// nil: there is none.
func openStore(ctx context.Context, cfg *Config) (<-chan *openedStore, <-chan *knownDocuments) {
	opened := make(chan *openedStore, 1)
	if cfg == nil || cfg.Cache == nil {
		opened <- nil
		return opened, nil
	}
	set, _ := cfg.settle() // what is wrong with it, the load reports
	known := make(chan *knownDocuments, 1)
	st := &openedStore{store: &store{cache: set.Cache}}
	go func() {
		defer func() { opened <- st }() // also when the cache panics, or ends the goroutine
		defer close(known)
		if st.store.identify(set) {
			st.read(ctx, known)
		}
	}()
	return opened, known
}

// read reads what is in the store.
func (st *openedStore) read(ctx context.Context, known chan<- *knownDocuments) {
	documents := inBackground("cache", func() error {
		known <- st.store.readDocuments(ctx)
		return nil
	})
	index := inBackground("cache", func() error {
		st.ledger = st.store.readIndex(ctx)
		return nil
	})
	for _, err := range []error{<-documents, <-index} {
		if err != nil {
			st.store.warn("it can't be read: %w", err)
		}
	}
}

// identify finds out whose values are of use.
func (st *store) identify(set *settings) bool {
	err := guard("cache", func() (err error) {
		st.key, st.docs, err = set.storeKeys()
		return err
	})
	if err != nil {
		st.warn("the program can't be told from others, so nothing is kept: %w", err)
		st.cache = nil
	}
	return err == nil
}

// readIndex reads the index.
func (st *store) readIndex(ctx context.Context) *ledger {
	b, err := st.get(ctx, indexKey)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) && ctx.Err() == nil {
			st.warn("the index can't be read, so everything is rendered: %w", err)
		}
		return nil
	}
	index, err := decodeIndex(b, st.key)
	if err != nil {
		st.warn("the index is %w, so everything is rendered", err)
		return nil
	}
	if st.other = st.key.differs(index.key); st.other != "" {
		st.stale = index.numbers.packs
		return nil
	}
	st.index = index
	l := st.readChanges(ctx, index)
	l.stored = true
	return l
}

// whyAll says why a build makes everything that has no last one.
func (st *store) whyAll() string {
	if st == nil || st.other == "" {
		return "first build"
	}
	return st.other
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
