package funcs

import (
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"
)

// Truth reports whether a value counts as true: everything but nil, false,
// numeric zero, the empty string or collection, nil pointers, and whatever
// says IsZero, such as the zero time.Time.
func Truth(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case bool:
		return v
	case string:
		return v != ""
	}
	rv := reflect.ValueOf(v)
	switch rv.Kind() {
	case reflect.String, reflect.Array, reflect.Slice, reflect.Map:
		return rv.Len() > 0
	case reflect.Pointer, reflect.Func, reflect.Chan, reflect.UnsafePointer:
		if rv.IsNil() {
			return false
		}
	case reflect.Struct:
	default:
		return !rv.IsZero()
	}
	if z, ok := v.(interface{ IsZero() bool }); ok {
		return !z.IsZero()
	}
	return true
}

// indirect follows pointers and interfaces. The result is invalid for nil.
func indirect(v reflect.Value) reflect.Value {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return reflect.Value{}
		}
		v = v.Elem()
	}
	return v
}

func nilPointer(v any) bool {
	rv := reflect.ValueOf(v)
	return rv.Kind() == reflect.Pointer && rv.IsNil()
}

// describe names the type of v for error messages, with the value of a
// short string.
func describe(v any) string {
	if v == nil {
		return "nil"
	}
	if s, ok := v.(string); ok && utf8.RuneCountInString(s) <= 24 {
		return fmt.Sprintf("string %q", s)
	}
	return strings.ReplaceAll(fmt.Sprintf("%T", v), "interface {}", "any")
}

// wrong is the error of function fn for an argument of another kind than it wants.
func wrong(fn, want string, have any) error {
	return fmt.Errorf("%s: want %s, have %s", fn, want, describe(have))
}

// miscount is the error of function fn for a number of arguments that it doesn't take.
func miscount(fn, want string, have int) error {
	return fmt.Errorf("%s: want %s, have %s", fn, want, arguments(have))
}

func arguments(n int) string {
	if n == 1 {
		return "1 argument"
	}
	return fmt.Sprintf("%d arguments", n)
}

// list gives a slice, an array (as a slice) or a pointer to one as a
// reflect.Value of kind Slice. ok is false for everything else and for nil.
func list(v any) (_ reflect.Value, ok bool) {
	rv := indirect(reflect.ValueOf(v))
	switch rv.Kind() {
	case reflect.Slice:
		return rv, true
	case reflect.Array:
		s := reflect.MakeSlice(reflect.SliceOf(rv.Type().Elem()), rv.Len(), rv.Len())
		reflect.Copy(s, rv)
		return s, true
	}
	return reflect.Value{}, false
}

// elem returns the i-th element of a slice for reading: a struct by its
// address, which saves a copy and gives the methods of its pointer.
func elem(s reflect.Value, i int) any {
	e := s.Index(i)
	if e.Kind() == reflect.Struct {
		return e.Addr().Interface()
	}
	return e.Interface()
}

// pick copies the elements of s with the given indices to a new slice of the same type.
func pick(s reflect.Value, indices []int32) reflect.Value {
	out := reflect.MakeSlice(s.Type(), len(indices), len(indices))
	for to, from := range indices {
		out.Index(to).Set(s.Index(int(from)))
	}
	return out
}

// cut returns s[from:to] whose spare capacity is out of reach of append.
func cut(s reflect.Value, from, to int) reflect.Value {
	return s.Slice3(from, to, to)
}
