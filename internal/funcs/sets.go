package funcs

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"time"
)

// set is a set of values under the equality of eq, except that methods Eq
// aren't asked, and that collections are the same when they have the same JSON.
type set struct {
	lib  *library
	keys map[any]struct{}
	effort
}

// Keys for what isn't a valid map key itself, or not by value.
type (
	nilKey  struct{}
	timeKey struct{ seconds, nanoseconds int64 }
	jsonKey string
)

// newSet makes the set of the elements of a slice. Nil is the empty slice.
func (l *library) newSet(of ...any) (*set, error) {
	out := &set{lib: l, keys: make(map[any]struct{})}
	for _, v := range of {
		if v == nil {
			continue
		}
		s, ok := list(v)
		if !ok {
			return nil, fmt.Errorf("want a slice, have %s", describe(v))
		}
		for i := range s.Len() {
			if _, err := out.add(s.Index(i).Interface()); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// add puts v into the set and reports whether it is new.
func (s *set) add(v any) (bool, error) {
	k, err := s.key(v)
	if err != nil {
		return false, err
	}
	if _, ok := s.keys[k]; ok {
		return false, nil
	}
	s.keys[k] = struct{}{}
	return true, nil
}

// has reports whether v is in the set. What can't be in a set isn't. After the last one, tooMuch may be set.
func (s *set) has(v any) bool {
	k, err := s.key(v)
	if err != nil {
		return false
	}
	_, ok := s.keys[k]
	return ok
}

func (s *set) hasString(v string) bool {
	_, ok := s.keys[v]
	return ok
}

// key returns a comparable value that stands for v.
func (s *set) key(v any) (any, error) {
	switch v.(type) {
	case string, int:
		return v, nil
	}
	rv := reflect.ValueOf(v)
	if rv.Kind() == reflect.Pointer && rv.Type().Elem().Kind() == reflect.Struct && !rv.IsNil() {
		if _, ok := v.(*time.Time); !ok {
			return v, nil
		}
	}
	o := s.lib.operand(v)
	switch o.class {
	case classNil:
		return nilKey{}, nil
	case classBool:
		return o.n != 0, nil
	case classInt:
		return intKey(o.n), nil
	case classUint:
		return uint64(o.n), nil
	case classFloat:
		if n, err := floatToInt(o.f); err == nil && math.Trunc(o.f) == o.f {
			return intKey(n), nil
		}
		return o.f, nil
	case classString:
		return o.s, nil
	case classTime:
		return timeKey{o.n, int64(o.f)}, nil
	}
	if o.class == classOther && rv.Comparable() {
		return v, nil
	}
	if o.class == classList {
		if err := s.weigh(v); err != nil {
			return nil, err
		}
		if b, err := json.Marshal(v); err == nil {
			return jsonKey(b), nil
		}
	}
	return nil, fmt.Errorf("can't compare elements of type %T", v)
}

// weigh is the error for a collection that is too much to encode, by itself or with those before it.
func (s *set) weigh(v any) error {
	if s.tooMuch != nil {
		return s.tooMuch
	}
	w := weight{encoded: true}
	err := w.add(v, 0)
	if s.spend(w.values, w.bytes); s.tooMuch != nil {
		return s.tooMuch
	}
	return err
}

// intKey is the one key of a whole number: an int if it is within its range.
func intKey(n int64) any {
	if int64(int(n)) == n {
		return int(n)
	}
	return n
}

// Uniq returns the elements without repeats, the first of each: uniq SLICE.
func (c Collections) Uniq(v any) (any, error) {
	if v == nil {
		return []any{}, nil
	}
	s, ok := list(v)
	if !ok {
		return nil, wrong("uniq", "a slice", v)
	}
	seen, _ := c.lib.newSet()
	return c.filter("uniq", s, seen.add)
}

// Complement returns the elements of the last slice that are in none of the
// others: complement SLICE… SLICE. The result has the last slice's type.
func (c Collections) Complement(slices ...any) (any, error) {
	if len(slices) < 2 {
		return nil, fmt.Errorf("complement: want at least 2 slices, have %d", len(slices))
	}
	last := slices[len(slices)-1]
	s, ok := list(last)
	if !ok {
		return nil, wrong("complement", "a slice", last)
	}
	others, err := c.lib.newSet(slices[:len(slices)-1]...)
	if err != nil {
		return nil, fmt.Errorf("complement: %w", err)
	}
	return c.filter("complement", s, func(v any) (bool, error) { return !others.has(v), others.tooMuch })
}

// Intersect returns the elements of a that are in b too, without repeats:
// intersect A B. The result has the type of a.
func (c Collections) Intersect(a, b any) (any, error) {
	if a == nil || b == nil {
		return []any{}, nil
	}
	s, ok := list(a)
	if !ok {
		return nil, wrong("intersect", "a slice", a)
	}
	other, err := c.lib.newSet(b)
	if err != nil {
		return nil, fmt.Errorf("intersect: %w", err)
	}
	seen, _ := c.lib.newSet()
	return c.filter("intersect", s, func(v any) (bool, error) {
		if !other.has(v) {
			return false, other.tooMuch
		}
		return seen.add(v)
	})
}

// Union returns the elements of a and then those of b, without repeats: union
// A B. The result has the type of a if b's elements fit in.
func (c Collections) Union(a, b any) (any, error) {
	if a == nil && b == nil {
		return []any{}, nil
	}
	joined, err := join("union", a, b)
	if err != nil {
		return nil, err
	}
	seen, _ := c.lib.newSet()
	return c.filter("union", joined, seen.add)
}

// SymDiff returns the elements that are in one of two slices only: symdiff B
// A, which reads A | symdiff B. Those of A come first.
func (c Collections) SymDiff(b, a any) (any, error) {
	inA, err := c.lib.newSet(a)
	if err != nil {
		return nil, fmt.Errorf("symdiff: %w", err)
	}
	inB, err := c.lib.newSet(b)
	if err != nil {
		return nil, fmt.Errorf("symdiff: %w", err)
	}
	if a == nil && b == nil {
		return []any{}, nil
	}
	joined, err := join("symdiff", a, b)
	if err != nil {
		return nil, err
	}
	return c.filter("symdiff", joined, func(v any) (bool, error) {
		return inA.has(v) != inB.has(v), cmp.Or(inA.tooMuch, inB.tooMuch)
	})
}

// filter returns the elements of s that keep holds for, in a slice of the same type.
func (c Collections) filter(fn string, s reflect.Value, keep func(any) (bool, error)) (any, error) {
	indices := make([]int32, 0, s.Len())
	for i := range s.Len() {
		ok, err := keep(s.Index(i).Interface())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", fn, err)
		}
		if ok {
			indices = append(indices, int32(i))
		}
	}
	return pick(s, indices).Interface(), nil
}

// join returns a new slice of the elements of a and b. Its type is that of a,
// or of b when a is empty, or []any when the elements don't fit.
func join(fn string, a, b any) (reflect.Value, error) {
	if a == nil {
		a = []any(nil)
	}
	if b == nil {
		b = []any(nil)
	}
	s, ok := list(a)
	if !ok {
		return s, wrong(fn, "a slice", a)
	}
	t, ok := list(b)
	if !ok {
		return t, wrong(fn, "a slice", b)
	}
	if err := fitsList(fn, s.Len()+t.Len()); err != nil {
		return s, err
	}
	typ := s.Type()
	switch elem := t.Type().Elem(); {
	case t.Len() == 0:
	case s.Len() == 0:
		typ = t.Type()
	case !elem.AssignableTo(typ.Elem()):
		typ = reflect.TypeFor[[]any]()
	}
	out := reflect.MakeSlice(typ, 0, s.Len()+t.Len())
	for _, part := range []reflect.Value{s, t} {
		if part.Type().Elem() == typ.Elem() {
			out = reflect.AppendSlice(out, part.Convert(typ))
			continue
		}
		for i := range part.Len() {
			out = reflect.Append(out, part.Index(i))
		}
	}
	return out, nil
}
