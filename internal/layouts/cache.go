package layouts

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"

	"github.com/jam-go/jam/internal/exec"
)

// Cache holds the results of partialCached, for as long as what the templates
// see does not change: one for each snapshot of a site. The zero value is
// ready. It is safe for concurrent use, and computes each result once.
type Cache struct {
	mu      sync.RWMutex
	results map[cacheKey]*result
}

type cacheKey struct {
	t    *Template
	keys any // comparable
}

// result is computed by owner until done is closed.
type result struct {
	owner *thread
	done  chan struct{}
	value any
	err   error
	stale bool // the owner's context ended: not a result for others
}

// thread is an execution and those inside it: what can wait for itself.
type thread struct {
	waiting *result // guarded by Cache.mu
	noWait  bool
}

var errSelf = errors.New("the cached partial needs its own result")

// get returns the result for key, by compute if there is none yet.
func (c *Cache) get(ctx context.Context, th *thread, key cacheKey, compute func() (any, error)) (any, error) {
	c.mu.RLock()
	r := c.results[key]
	c.mu.RUnlock()
	for {
		if r != nil {
			select {
			case <-r.done:
				if !r.stale {
					return r.value, r.err
				}
			default:
			}
		}
		wait, err := c.claim(th, key, &r)
		switch {
		case err == errCycle:
			// Two executions need each other's results, or may do so. Whichever sees it
			// computes on its own, and so meets errSelf if that never ends.
			return compute()
		case err != nil:
			return nil, err
		case !wait:
			return c.fill(ctx, key, r, compute)
		}
		err = nil
		select {
		case <-r.done:
		case <-ctx.Done():
			err = ctx.Err()
		}
		c.mu.Lock()
		th.waiting = nil
		c.mu.Unlock()
		if err != nil {
			return nil, err
		}
	}
}

var errCycle = errors.New("cycle")

// claim makes th the owner of a new result, or, when there is one under way,
// notes that th waits for it.
func (c *Cache) claim(th *thread, key cacheKey, r **result) (wait bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if *r = c.results[key]; *r == nil {
		*r = &result{owner: th, done: make(chan struct{})}
		if c.results == nil {
			c.results = map[cacheKey]*result{}
		}
		c.results[key] = *r
		return false, nil
	}
	if isDone(*r) {
		return true, nil
	}
	if (*r).owner == th {
		return false, errSelf
	}
	if th.noWait {
		return false, errCycle
	}
	for o := (*r).owner; o.waiting != nil && !isDone(o.waiting); o = o.waiting.owner {
		if o.waiting.owner == th {
			return false, errCycle
		}
	}
	th.waiting = *r
	return true, nil
}

func isDone(r *result) bool {
	select {
	case <-r.done:
		return true
	default:
		return false
	}
}

// fill computes r. A result that is an error because the context of this
// execution ended, or it failed, is dropped, so that others compute their own.
func (c *Cache) fill(ctx context.Context, key cacheKey, r *result, compute func() (any, error)) (any, error) {
	r.err, r.stale = errSelf, true // stands if compute does not return
	defer func() {
		if r.stale {
			c.mu.Lock()
			delete(c.results, key)
			c.mu.Unlock()
		}
		close(r.done)
	}()
	r.value, r.err = compute()
	_, unfit := r.err.(*unfitError)
	r.stale = unfit || r.err != nil && ctx.Err() != nil
	return r.value, r.err
}

// joined keeps several keys in one comparable value.
type joined struct{ first, rest any }

// printed stands for a key that is not comparable.
type printed string

// joinKeys returns a comparable value that identifies keys, unless they are too much for that.
func joinKeys(keys []any, identify func(any) any) (any, error) {
	var out any
	for i, k := range keys {
		if identify != nil {
			k = identify(k)
		}
		if v := reflect.ValueOf(k); v.IsValid() && !v.Comparable() {
			if err := exec.Identifiable(k); err != nil {
				return nil, err
			}
			k = printed(fmt.Sprintf("%T %#v", k, k))
		}
		if i == 0 {
			out = k
		} else {
			out = joined{k, out}
		}
	}
	return out, nil
}
