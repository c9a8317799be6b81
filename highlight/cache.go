package highlight

import (
	"crypto/sha256"
	"sync"
)

// cacheLimit is how many bytes of HTML a Highlighter keeps.
const cacheLimit = 32 << 20

// entryCost is what an entry takes beside its HTML, roughly.
const entryCost = 200

// cache keeps highlighted code. It has two generations: entries go into the young
// one, and when that has half of the limit it becomes the old one, which is dropped.
// What is asked for in the meantime moves back to the young one.
type cache struct {
	limit      int
	mu         sync.Mutex
	young, old map[cacheKey]*entry
	size       int // of the young
}

type cacheKey [sha256.Size]byte

// entry is made by the first who asks for it, while others wait.
type entry struct {
	once sync.Once
	html []byte
}

// get returns what make returned for the key, calling it if need be. make must
// not panic.
func (c *cache) get(key cacheKey, make func() []byte) []byte {
	e, isNew := c.entry(key)
	e.once.Do(func() { e.html = make() })
	if isNew {
		c.grow(len(e.html))
	}
	return e.html
}

func (c *cache) entry(key cacheKey) (e *entry, isNew bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.young[key]; e != nil {
		return e, false
	}
	e = c.old[key]
	if e == nil {
		e = new(entry)
	}
	if c.young == nil {
		c.young = make(map[cacheKey]*entry)
	}
	delete(c.old, key)
	c.young[key] = e
	return e, true
}

// grow counts the size of an entry that went into the young generation.
func (c *cache) grow(size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.size += size + entryCost
	if c.size > c.limit/2 {
		c.old, c.young, c.size = c.young, nil, 0
	}
}
