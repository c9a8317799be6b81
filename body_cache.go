package jam

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/jam-go/jam/internal/markdown"
)

// bodyState is what is kept of a page's rendered body.
type bodyState struct {
	done    atomic.Pointer[rendered] // while it is in memory
	facts   atomic.Uint64            // bodyFacts, for good
	summary atomic.Pointer[string]   // where other pages show it
}

// body returns what is kept of the page's body.
func (s *snapshot) body(d *pageData) *bodyState { return &s.bodyStates[d.id] }

// bodyFacts are what lists show of a body besides its summary: its number of words, and flags.
type bodyFacts uint64

const (
	factKnown bodyFacts = 1 << iota
	factCJK
	factTruncated
	factText // it is not empty

	factWords = 8 // bits to the right of the number of words
)

func factsOf(r *rendered) bodyFacts {
	f := factKnown | bodyFacts(r.Words)<<factWords
	if r.CJK {
		f |= factCJK
	}
	if r.Truncated {
		f |= factTruncated
	}
	if len(r.HTML) > 0 {
		f |= factText
	}
	return f
}

func (f bodyFacts) words() int { return int(f >> factWords) }

func (f bodyFacts) minutes() int { return markdown.ReadingTime(f.words(), f&factCJK != 0) }

// changed returns the facets in which bodies differ.
func (f bodyFacts) changed(g bodyFacts) (changed facets) {
	if f.words() != g.words() {
		changed |= facetWords
	}
	const flags = 1<<factWords - 1
	if f&flags != g&flags || f.minutes() != g.minutes() {
		changed |= facetFacts
	}
	return changed
}

// facts returns what is to be known of the page's body, rendering it if nobody did, for a facet of it.
func (p *Page) facts(f facets) bodyFacts {
	d := p.read(f)
	if known := p.v.snap.body(d).facts.Load(); known != 0 && p.mayRead() == nil && !p.v.isToRecord(d) {
		return bodyFacts(known)
	}
	return factsOf(p.renderedFor(f))
}

// bodyCache holds rendered bodies, the latest ones, as far as there is room. What is kept for good is not in it.
type bodyCache struct {
	mu        sync.Mutex
	list      []keptBody
	first     int // the oldest one in list
	size      int64
	left      map[*pageData]leftovers
	unread    []keptBody  // that failed because a file could not be read
	summaries atomic.Bool // pages show those of others
}

// leftovers are what the first rendering of a body leaves besides its text. They hold for later ones, in which cached
// partials neither set anything nor warn again.
type leftovers struct {
	problems []*Error
	store    *Store
}

type keptBody struct {
	d *pageData
	r *rendered
}

// keep keeps a body that was rendered; for good, when pages show it that were rendered long after it.
func (s *snapshot) keep(d *pageData, r *rendered, forGood bool) {
	c := &s.cache
	if r != nothing {
		c.settle(d, r, s.body(d).facts.Load() != 0)
	}
	s.body(d).done.Store(r)
	if r.err != nil {
		c.noteUnread(d, r)
		return
	}
	s.body(d).facts.Store(uint64(factsOf(r)))
	if r == nothing || forGood {
		return
	}
	for _, old := range c.add(d, r, s.set.Memory/2) {
		b := s.body(old.d)
		if c.summaries.Load() && b.summary.Load() == nil {
			text := old.r.Summary()
			b.summary.Store(&text)
		}
		b.done.CompareAndSwap(old.r, nil)
	}
}

// settle keeps what a body leaves; again, has it be what it left before.
func (c *bodyCache) settle(d *pageData, r *rendered, again bool) {
	if !again && r.problems == nil && r.store == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if again {
		r.problems, r.store = c.left[d].problems, c.left[d].store
		return
	}
	if c.left == nil {
		c.left = make(map[*pageData]leftovers)
	}
	c.left[d] = leftovers{r.problems, r.store}
}

// noteUnread notes a body that failed, if that is for a file that could not be read.
func (c *bodyCache) noteUnread(d *pageData, r *rendered) {
	if !slices.ContainsFunc(Errors(r.err), func(e *Error) bool { return e.Op == "read" }) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.unread = append(c.unread, keptBody{d, r})
}

// retry has what could not be read be tried again: not by who is rendering now, but by the next ones.
func (s *snapshot) retry() {
	c := &s.cache
	c.mu.Lock()
	unread := c.unread
	c.unread = nil
	c.mu.Unlock()
	for _, k := range unread {
		s.body(k.d).done.CompareAndSwap(k.r, nil)
	}
}

// add adds a body, and returns those for which there is no room any more.
func (c *bodyCache) add(d *pageData, r *rendered, room int64) (old []keptBody) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, keptBody{d, r})
	c.size += int64(r.Size())
	for c.size > room && c.first < len(c.list) {
		oldest := &c.list[c.first]
		old = append(old, *oldest)
		c.size -= int64(oldest.r.Size())
		*oldest = keptBody{}
		c.first++
	}
	if c.first > len(c.list)/2 {
		c.list = slices.Delete(c.list, 0, c.first)
		c.first = 0
	}
	return old
}

// forget forgets all bodies, and what was made or said on the way.
func (s *snapshot) forget() {
	c := &s.cache
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list, c.first, c.size, c.left = nil, 0, 0, nil
	for _, d := range slices.Concat(s.pages, s.parts) {
		d.params.Store(nil)
	}
	s.bodyStates = make([]bodyState, len(s.texts))
	s.anchors.Clear()
	s.caches.Clear()
}

// problems returns what is to be said of a page's body, if it was rendered.
func (s *snapshot) problems(d *pageData) []*Error {
	s.cache.mu.Lock()
	defer s.cache.mu.Unlock()
	return s.cache.left[d].problems
}
