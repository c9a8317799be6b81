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
	mu sync.Mutex
	of map[string]mark
	_  [48]byte // no two parts share a cache line
}

func newMarks() *marks { return &marks{seed: maphash.MakeSeed()} }

func (s *marks) part(name string) *markPart {
	return &s.parts[maphash.String(s.seed, name)%uint64(len(s.parts))]
}

// get returns the marks of name.
func (s *marks) get(name string) mark {
	p := s.part(name)
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.of[name]
}

// add adds marks to those of name, and returns those it had.
func (s *marks) add(name string, m mark) (before mark) {
	p := s.part(name)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.of == nil {
		p.of = map[string]mark{}
	}
	before = p.of[name]
	p.of[name] = before | m
	return before
}

// remove removes marks from those of name.
func (s *marks) remove(name string, m mark) {
	p := s.part(name)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.of[name] &^= m
}

// all yields the names that are marked, in no order. The loop must not use s.
func (s *marks) all() iter.Seq2[string, mark] {
	return func(yield func(string, mark) bool) {
		for i := range s.parts {
			if !s.parts[i].all(yield) {
				return
			}
		}
	}
}

func (p *markPart) all(yield func(string, mark) bool) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for name, m := range p.of {
		if !yield(name, m) {
			return false
		}
	}
	return true
}

// names returns the names that have a mark of m, sorted.
func (s *marks) names(m mark) []string {
	var names []string
	for name, has := range s.all() {
		if has&m != 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
