package funcs

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"reflect"
	"strings"
)

// Collections is the namespace collections: slices, maps and sets.
type Collections struct{ lib *library }

// maxSeq bounds the result of seq.
const maxSeq = 1_000_000

// First returns the first n elements of a slice, in a slice of the same type,
// or the first n bytes of a string: first N SLICE.
func (Collections) First(n, of any) (any, error) {
	s, k, err := countAndList("first", n, of)
	if err != nil {
		return nil, err
	}
	return part(s, 0, k), nil
}

// Last returns the last n elements of a slice, in a slice of the same type, or
// the last n bytes of a string: last N SLICE.
func (Collections) Last(n, of any) (any, error) {
	s, k, err := countAndList("last", n, of)
	if err != nil {
		return nil, err
	}
	return part(s, s.Len()-k, s.Len()), nil
}

// After returns what follows the first n elements of a slice, in a slice of
// the same type, or the first n bytes of a string: after N SLICE.
func (Collections) After(n, of any) (any, error) {
	s, k, err := countAndList("after", n, of)
	if err != nil {
		return nil, err
	}
	return part(s, k, s.Len()), nil
}

// countAndList checks the arguments of first, last and after. The count is
// at most the length.
func countAndList(fn string, n, of any) (s reflect.Value, k int, err error) {
	s, ok := list(of)
	if !ok {
		if s = indirect(reflect.ValueOf(of)); s.Kind() != reflect.String {
			return s, 0, wrong(fn, "a count and a collection", of)
		}
	}
	if k, err = whole(fn, "the count", n); err != nil {
		return s, 0, err
	}
	if k < 0 {
		return s, 0, fmt.Errorf("%s: the count %d is negative", fn, k)
	}
	return s, min(k, s.Len()), nil
}

func part(s reflect.Value, from, to int) any {
	if s.Kind() == reflect.String {
		return s.Slice(from, to).Interface()
	}
	return cut(s, from, to).Interface()
}

// Reverse returns a reversed copy of a slice: collections.Reverse SLICE.
func (Collections) Reverse(v any) (any, error) {
	s, ok := list(v)
	if !ok {
		return nil, wrong("collections.Reverse", "a slice", v)
	}
	n := s.Len()
	order := make([]int32, n)
	for i := range order {
		order[i] = int32(n - 1 - i)
	}
	return pick(s, order).Interface(), nil
}

// Shuffle returns a shuffled copy of a slice: shuffle SLICE [SEED]. The order is the
// same in every build. It depends on the seed, a number or text, on the length and on those elements that
// are strings or numbers: two lists of as many pages are shuffled alike.
func (c Collections) Shuffle(v any, seed ...any) (any, error) {
	s, ok := list(v)
	if !ok {
		return nil, wrong("shuffle", "a slice", v)
	}
	if len(seed) > 1 {
		return nil, miscount("shuffle", "a slice and a seed", 1+len(seed))
	}
	n := s.Len()
	hash := fnv.New64a()
	if len(seed) == 1 {
		o := c.lib.operand(seed[0])
		if o.class != classString && !o.class.number() {
			return nil, wrong("shuffle", "a number or text as the seed", seed[0])
		}
		fmt.Fprintln(hash, "seed", o.s, o.n, o.f)
	}
	order := make([]int32, n)
	for i := range order {
		order[i] = int32(i)
		if o := c.lib.operand(s.Index(i).Interface()); o.class == classString || o.class.number() {
			fmt.Fprintln(hash, o.s, o.n, o.f)
		}
	}
	// The generator is specified, and so yields the same in every release of Go.
	random := rand.NewPCG(hash.Sum64(), uint64(n))
	for i := n - 1; i > 0; i-- {
		j := int(random.Uint64() % uint64(i+1))
		order[i], order[j] = order[j], order[i]
	}
	return pick(s, order).Interface(), nil
}

// Seq returns a sequence of whole numbers: seq LAST, seq FIRST LAST or seq
// FIRST INCREMENT LAST. It counts from 1, or from -1 down to a negative LAST.
// It has at most a million elements.
func (Collections) Seq(args ...any) ([]int, error) {
	if len(args) == 0 || len(args) > 3 {
		return nil, fmt.Errorf("seq: want 1 to 3 numbers, have %d", len(args))
	}
	var n [3]int
	for i, a := range args {
		var err error
		if n[i], err = whole("seq", "an argument", a); err != nil {
			return nil, err
		}
	}
	first, step, last := 1, 1, n[0]
	switch len(args) {
	case 1:
		if last == 0 {
			return []int{}, nil
		}
		if last < 0 {
			first, step = -1, -1
		}
	case 2:
		first, last = n[0], n[1]
		if last < first {
			step = -1
		}
	case 3:
		first, step, last = n[0], n[1], n[2]
	}
	return sequence(first, step, last)
}

func sequence(first, step, last int) ([]int, error) {
	if step == 0 || first < last && step < 0 || first > last && step > 0 {
		return nil, fmt.Errorf("seq: the increment %d doesn't lead from %d to %d", step, first, last)
	}
	// As unsigned numbers, the distance and the step don't overflow.
	steps := (uint(last) - uint(first)) / uint(step)
	if step < 0 {
		steps = (uint(first) - uint(last)) / -uint(step)
	}
	if steps >= maxSeq {
		return nil, fmt.Errorf("seq: from %d to %d by %d are more than %d numbers", first, last, step, maxSeq)
	}
	out := make([]int, steps+1)
	for i := range out {
		out[i] = first + i*step
	}
	return out, nil
}

// Slice returns its arguments in a slice: slice [VALUE…]. When all have the
// same type, it is a slice of that type, or the named type for such elements
// (see Options.SliceTypes), and else []any.
func (c Collections) Slice(values ...any) any {
	if len(values) == 0 {
		return []any{}
	}
	t := reflect.TypeOf(values[0])
	for _, v := range values {
		if t == nil || reflect.TypeOf(v) != t {
			return append([]any(nil), values...)
		}
	}
	s := reflect.MakeSlice(c.lib.sliceOf(t), len(values), len(values))
	for i, v := range values {
		s.Index(i).Set(reflect.ValueOf(v))
	}
	return s.Interface()
}

// sliceOf is the slice type for elements of type t.
func (l *library) sliceOf(t reflect.Type) reflect.Type {
	if named, ok := l.sliceTypes[t]; ok {
		return named
	}
	return reflect.SliceOf(t)
}

// Append returns a new slice with elements added at the end of the last
// argument: append ELEMENT… SLICE, or append SLICE SLICE. The slice keeps its
// type if the elements fit in. A slice whose elements are slices is given one
// more element. An empty []any becomes a slice of the elements' type.
func (c Collections) Append(args ...any) (any, error) {
	if len(args) < 2 {
		return nil, miscount("append", "elements and a slice", len(args))
	}
	to, elems := args[len(args)-1], args[:len(args)-1]
	if to == nil {
		to = []any{}
	}
	s, ok := list(to)
	if !ok {
		return nil, wrong("append", "a slice as the last argument", to)
	}
	add := reflect.ValueOf(elems)
	if one, ok := list(elems[0]); ok && len(elems) == 1 && s.Type().Elem().Kind() != reflect.Slice {
		add = one
	} else if s.Len() == 0 && s.Type() == reflect.TypeFor[[]any]() {
		return c.Slice(elems...), nil
	}
	if err := fitsList("append", s.Len()+add.Len()); err != nil {
		return nil, err
	}
	return c.appendAll(s, add), nil
}

// appendAll copies s and add to a slice of the type of s, or to []any when an
// element doesn't fit in.
func (c Collections) appendAll(s, add reflect.Value) any {
	if s.Len() == 0 && s.Type() == reflect.TypeFor[[]any]() {
		s = reflect.Zero(add.Type())
	}
	typ := s.Type()
	for i := range add.Len() {
		e := reflect.ValueOf(add.Index(i).Interface())
		if !e.IsValid() && typ.Elem().Kind() == reflect.Interface {
			continue
		}
		if !e.IsValid() || !e.Type().AssignableTo(typ.Elem()) {
			typ = reflect.TypeFor[[]any]()
			break
		}
	}
	out := reflect.MakeSlice(typ, s.Len()+add.Len(), s.Len()+add.Len())
	for i := range s.Len() {
		out.Index(i).Set(s.Index(i))
	}
	for i := range add.Len() {
		if e := reflect.ValueOf(add.Index(i).Interface()); e.IsValid() {
			out.Index(s.Len() + i).Set(e)
		}
	}
	return out.Interface()
}

// Delimit joins the elements of a slice, or the values of a map in the order
// of its keys: delimit COLLECTION DELIMITER [LAST]. The optional last
// delimiter stands before the last element.
func (c Collections) Delimit(collection, delimiter any, last ...any) (string, error) {
	if len(last) > 1 {
		return "", fmt.Errorf("delimit: want a collection and 1 or 2 delimiters, have %d", 1+len(last))
	}
	between, err := text("delimit", delimiter)
	if err != nil {
		return "", err
	}
	final := between
	if len(last) == 1 {
		if final, err = text("delimit", last[0]); err != nil {
			return "", err
		}
	}
	if indirect(reflect.ValueOf(collection)).Kind() == reflect.Map {
		if collection, err = c.Sort(collection); err != nil {
			return "", fmt.Errorf("delimit: %w", err)
		}
	}
	s, ok := list(collection)
	if !ok {
		return "", wrong("delimit", "a slice or a map", collection)
	}
	var b strings.Builder
	for i, n := 0, s.Len(); i < n; i++ {
		e, err := text("delimit", s.Index(i).Interface())
		if err != nil {
			return "", err
		}
		switch {
		case i == 0:
		case i == n-1:
			b.WriteString(final)
		default:
			b.WriteString(between)
		}
		b.WriteString(e)
		if err := fits("delimit", b.Len()); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}
