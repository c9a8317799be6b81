package funcs

import (
	"strings"
	"testing"
)

// doubled is a list that has another twice, which has another twice, and so on.
func doubled(v any, times int) any {
	for range times {
		v = []any{v, v}
	}
	return v
}

// What is too much for one element of a list ends a function before it has tried them all.
func TestSetsOfDoubledLists(t *testing.T) {
	c := Collections{newLibrary(Options{})}
	many := make([]any, 100_000)
	for i := range many {
		many[i] = doubled(i, 30)
	}
	elements := make([]any, len(many))
	for i, v := range many {
		elements[i] = map[string]any{"k": v}
	}
	for name, call := range map[string]func() (any, error){
		"uniq":       func() (any, error) { return c.Uniq(many) },
		"union":      func() (any, error) { return c.Union(many, many) },
		"complement": func() (any, error) { return c.Complement([]any{1}, many) },
		"intersect":  func() (any, error) { return c.Intersect(many, []any{1}) },
		"symdiff":    func() (any, error) { return c.SymDiff(many, []any{1}) },
		"where in":   func() (any, error) { return c.Where(elements, "k", "in", []any{1}) },
		"intersects": func() (any, error) { return c.Where(elements, "k", "intersect", []any{1}) },
	} {
		if _, err := call(); err == nil || !strings.Contains(err.Error(), "more than") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Collections in others are compared as long as they are of some size together.
func TestSetsOfLists(t *testing.T) {
	c := Collections{newLibrary(Options{})}
	many := make([]any, 10_000)
	for i := range many {
		many[i] = []any{i / 2, "x"}
	}
	got, err := c.Uniq(many)
	if err != nil || len(got.([]any)) != len(many)/2 {
		t.Errorf("%d elements: %v", len(got.([]any)), err)
	}
}

// Of two lists that are not the same, and have the same elements, each is compared.
func TestComparingMany(t *testing.T) {
	lib := newLibrary(Options{})
	c := Collections{lib}
	text := strings.Repeat("a", 1<<20)
	one, other := []any{text, 1}, []any{text, 2}
	lists, elements := make([]any, 1000), make([]any, 1000)
	for i := range lists {
		lists[i], elements[i] = other, map[string]any{"k": other}
	}
	for name, call := range map[string]func() (any, error){
		"in":    func() (any, error) { return c.In(lists, one) },
		"eq":    func() (any, error) { return Compare{lib}.Eq(one, lists...) },
		"where": func() (any, error) { return c.Where(elements, "k", one) },
		"ne":    func() (any, error) { return c.Where(elements, "k", "ne", one) },
	} {
		if _, err := call(); err == nil || !strings.Contains(err.Error(), "more than") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if in, err := c.In(lists[:100], one); in || err != nil {
		t.Error(in, err)
	}
}

// Lists in lists are compared to a depth at which no stack ends.
func TestComparingDeepLists(t *testing.T) {
	lib := newLibrary(Options{})
	nested := func(v any, n int) any {
		for range n {
			v = []any{v}
		}
		return v
	}
	if eq, err := (Compare{lib}).Eq(nested(1, maxNesting), nested(1, maxNesting)); !eq || err != nil {
		t.Errorf("lists that are not too deep: %v, %v", eq, err)
	}
	if _, err := (Compare{lib}).Eq(nested(1, maxNesting+1), nested(1, maxNesting+1)); err == nil || err.Error() != "eq: the data is nested too deeply" {
		t.Errorf("lists that are too deep: %v", err)
	}
	key := make([]string, maxNesting+1)
	if _, err := (Collections{lib}).Dictionary(key, 1); err == nil || err.Error() != "dict: a key leads through more than 200 maps" {
		t.Errorf("a key of many parts: %v", err)
	}
}

// The keys by which a language orders texts are longer than these.
func TestSortingMuchText(t *testing.T) {
	lib := newLibrary(Options{})
	lib.sortKey = func(s string) string { return s }
	keys := make([]operand, maxText>>20+1)
	for i := range keys {
		keys[i] = operand{class: classString, s: strings.Repeat("a", 1<<20)}
	}
	if _, err := lib.sorted(keys, false); err == nil || err.Error() != "sort: more than 64 MiB of text to compare" {
		t.Errorf("have %v", err)
	}
	if _, err := lib.sorted(keys[1:], false); err != nil {
		t.Error(err)
	}
}

func TestLongPattern(t *testing.T) {
	s := Strings{newLibrary(Options{})}
	if _, err := s.FindRE(strings.Repeat("a", maxPattern+1), "a"); err == nil || err.Error() != "findRE: a pattern of more than 64 KiB" {
		t.Errorf("have %v", err)
	}
	if _, err := s.FindRE(strings.Repeat("a", maxPattern), "a"); err != nil {
		t.Error(err)
	}
}
