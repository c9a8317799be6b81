package funcs

import (
	"fmt"
	"reflect"
)

// Compare is the namespace compare. Its functions replace the built-in
// comparisons of text/template with ones that are loose about types: numbers
// compare by value whatever their types, times as instants, and values with
// the method Eq(any) bool or Compare(any) int as these say.
type Compare struct{ lib *library }

// Conditional returns a if control is true, and else b: cond CONTROL A B.
// Both are evaluated. See [Truth].
func (Compare) Conditional(control, a, b any) any {
	if Truth(control) {
		return a
	}
	return b
}

// Default returns the input if it is set, and else the default value: default
// DEFAULT INPUT. False counts as set; otherwise unset is what is not true.
func (Compare) Default(value any, input ...any) (any, error) {
	switch len(input) {
	case 0:
		return value, nil
	case 1:
		if Truth(input[0]) || reflect.ValueOf(input[0]).Kind() == reflect.Bool {
			return input[0], nil
		}
		return value, nil
	}
	return nil, miscount("default", "a default and an input", 1+len(input))
}

// Eq reports whether first equals any of the others: eq A B [C…]. Strings
// equal only strings; collections are equal when their elements are; pointers
// when they are the same.
func (c Compare) Eq(first any, others ...any) (bool, error) {
	if len(others) == 0 {
		return false, tooFew("eq")
	}
	with := comparison{lib: c.lib}
	for _, o := range others {
		if with.equal(first, o) {
			return true, nil
		}
	}
	if with.tooMuch != nil {
		return false, fmt.Errorf("eq: %w", with.tooMuch)
	}
	return false, nil
}

// Ne reports whether first equals none of the others: ne A B [C…].
func (c Compare) Ne(first any, others ...any) (bool, error) {
	if len(others) == 0 {
		return false, tooFew("ne")
	}
	eq, err := c.Eq(first, others...)
	return !eq, err
}

// Ge reports whether first is greater than or equal to all others: ge A B [C…].
// In this and the other three, nil stands for a zero value and a
// collection beside a number for its length. Values without an order are an error.
func (c Compare) Ge(first any, others ...any) (bool, error) {
	return c.all("ge", first, others, func(c int) bool { return c >= 0 })
}

// Gt reports whether first is greater than all others: gt A B [C…].
func (c Compare) Gt(first any, others ...any) (bool, error) {
	return c.all("gt", first, others, func(c int) bool { return c > 0 })
}

// Le reports whether first is less than or equal to all others: le A B [C…].
func (c Compare) Le(first any, others ...any) (bool, error) {
	return c.all("le", first, others, func(c int) bool { return c <= 0 })
}

// Lt reports whether first is less than all others: lt A B [C…].
func (c Compare) Lt(first any, others ...any) (bool, error) {
	return c.all("lt", first, others, func(c int) bool { return c < 0 })
}

func (c Compare) all(fn string, first any, others []any, holds func(int) bool) (bool, error) {
	if len(others) == 0 {
		return false, tooFew(fn)
	}
	for _, o := range others {
		n, ok := c.lib.order(first, o)
		if !ok {
			return false, fmt.Errorf("%s: can't order %s and %s", fn, describe(first), describe(o))
		}
		if !holds(n) {
			return false, nil
		}
	}
	return true, nil
}

func tooFew(fn string) error {
	return fmt.Errorf("%s: want at least 2 values to compare, have 1", fn)
}
