package outdir

import (
	"hash/maphash"
	"iter"
	"slices"
	"sync"
)

// mark says what is known of a name.
type mark uint8

const (
	listed  mark = 1 << iota // by an earlier build's manifest or journal
	written                  // by this build
)

// marks holds the marks of names. It is safe for concurrent use, and divided so
// that writers of different files seldom meet.
type marks struct {
	seed  maphash.Seed
	parts [64]markPart
}

type markPart struct {
	mu    sync.Mutex
	of    map[string]*entry
	added []*entry // those that add made
	_     [24]byte // no two parts share a cache line
}

func newMarks() *marks { return &marks{seed: maphash.MakeSeed()} }

func (s *marks) part(name string) *markPart {
	return &s.parts[maphash.String(s.seed, name)%uint64(len(s.parts))]
}

// grow makes room for that many names.
func (s *marks) grow(n int) {
	for i := range s.parts {
		s.parts[i].of = make(map[string]*entry, n*5/4/len(s.parts))
	}
}

// put puts a new entry in the place of what is known of its name.
func (s *marks) put(e *entry) {
	p := s.part(e.name)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.of == nil {
		p.of = map[string]*entry{}
	}
	p.of[e.name] = e
}

// entry returns the entry of name, or nil.
func (s *marks) entry(name string) *entry {
	p := s.part(name)
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.of[name]
}

// get returns the marks of name.
func (s *marks) get(name string) mark {
	p := s.part(name)
	p.mu.Lock()
	defer p.mu.Unlock()
	if e := p.of[name]; e != nil {
		return e.mark
	}
	return 0
}

// add adds marks to those of name, and returns its entry and the marks it had.
func (s *marks) add(name string, m mark) (e *entry, before mark) {
	p := s.part(name)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.of == nil {
		p.of = map[string]*entry{}
	}
	if e = p.of[name]; e == nil {
		e = &entry{name: name}
		p.of[name] = e
		p.added = append(p.added, e)
	}
	before = e.mark
	e.mark |= m
	return e, before
}

// remove removes marks from those of name.
func (s *marks) remove(name string, m mark) {
	p := s.part(name)
	p.mu.Lock()
	defer p.mu.Unlock()
	if e := p.of[name]; e != nil {
		e.mark &^= m
	}
}

// added returns the entries that add has made, in no order.
func (s *marks) added() []*entry {
	var added []*entry
	for i := range s.parts {
		p := &s.parts[i]
		p.mu.Lock()
		added = append(added, p.added...)
		p.mu.Unlock()
	}
	return added
}

// settle makes what this build has written that of an earlier one, and forgets what is
// gone. Nobody else uses s then.
func (s *marks) settle(now, gone []*entry) {
	for _, e := range gone {
		e.mark = 0
	}
	for _, e := range now {
		e.mark = listed
	}
	for _, e := range slices.Concat(gone, s.added()) {
		if e.mark == 0 {
			delete(s.part(e.name).of, e.name)
		}
	}
	for i := range s.parts {
		s.parts[i].added = nil
	}
}

// all yields the names that are marked, in no order. The loop must not use s.
func (s *marks) all() iter.Seq2[string, *entry] {
	return func(yield func(string, *entry) bool) {
		for i := range s.parts {
			if !s.parts[i].all(yield) {
				return
			}
		}
	}
}

func (p *markPart) all(yield func(string, *entry) bool) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for name, e := range p.of {
		if !yield(name, e) {
			return false
		}
	}
	return true
}

// names returns the names that have a mark of m, sorted.
func (s *marks) names(m mark) []string {
	var names []string
	for name, e := range s.all() {
		if e.mark&m != 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
