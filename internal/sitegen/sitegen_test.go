package sitegen

import (
	"maps"
	"testing"
)

// TestSeed makes each site twice: what becomes of it depends on the seed alone.
func TestSeed(t *testing.T) {
	for seed := range uint64(20) {
		a, b := New(seed), New(seed)
		if !maps.Equal(a.Files(), b.Files()) {
			t.Fatalf("seed %d: two different sites", seed)
		}
		if maps.Equal(a.Files(), New(seed+1).Files()) {
			t.Errorf("seed %d: the next one makes the same site", seed)
		}
		for step := range 50 {
			e, f := a.Edit(), b.Edit()
			if e.Name != f.Name || !maps.Equal(a.Files(), b.Files()) {
				t.Fatalf("seed %d, step %d: %s, and %s", seed, step, e.Name, f.Name)
			}
		}
	}
}

// TestEdits makes the edits of a site again, and takes them back.
func TestEdits(t *testing.T) {
	for seed := range uint64(20) {
		s := New(seed)
		files := s.Files()
		for range 30 {
			before := s.Files()
			e := s.Edit()
			e.Apply(files)
			if !maps.Equal(files, s.Files()) {
				t.Fatalf("seed %d: %s: does not give the same files", seed, e.Name)
			}
			if len(e.Changed()) == 0 && !maps.Equal(before, files) {
				t.Errorf("seed %d: %s: does not say what it changed", seed, e.Name)
			}
		}
		before := s.Files()
		s.Edit()
		s.Undo(1)
		if !maps.Equal(before, s.Files()) {
			t.Errorf("seed %d: undo gives something else", seed)
		}
	}
}
