package funcs

import "sync"

// cacheLimit bounds each cache: templates may compute their patterns.
const cacheLimit = 512

// cache keeps values that are costly to make, by key. It is emptied when
// full, so a hot key is soon back. The zero value is ready; it is safe for
// concurrent use.
type cache[V any] struct {
	mu     sync.RWMutex
	values map[string]V
}

// get returns the value of key, and makes it first when it is missing.
// Errors and the values of very long keys are not kept.
func (c *cache[V]) get(key string, create func() (V, error)) (V, error) {
	if len(key) > maxIndex {
		return create()
	}
	c.mu.RLock()
	v, ok := c.values[key]
	c.mu.RUnlock()
	if ok {
		return v, nil
	}
	v, err := create()
	if err != nil {
		return v, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.values == nil || len(c.values) >= cacheLimit {
		c.values = make(map[string]V)
	}
	c.values[key] = v
	return v, nil
}
