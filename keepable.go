package jam

import (
	"reflect"

	"github.com/jam-go/jam/internal/diag"
)

// Limits of what a template keeps for others, in a store or by returning it from a cached partial: it is copied, and
// checksums are made of it.
const (
	mostKept    = 4 << 20 // values in lists and maps
	deepestKept = 200
)

// keepable is the error for a value that is too much to be kept, or contains itself.
func keepable(v any) error {
	if left := mostKept; fitsKept(reflect.ValueOf(v), 0, &left) {
		return nil
	}
	return diag.Fixed("the value has more than %d parts, or contains itself, and can't be kept for others", mostKept)
}

// fitsKept reports whether there is room for v, which is at a depth of what is kept, and takes that away. Pointers lead to what is not
// made by templates, but for stores.
func fitsKept(v reflect.Value, depth int, left *int) bool {
	if *left--; *left < 0 || depth > deepestKept {
		return false
	}
	switch v.Kind() {
	case reflect.Interface:
		return fitsKept(v.Elem(), depth, left)
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			if !fitsKept(it.Value(), depth+1, left) {
				return false
			}
		}
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() <= reflect.Complex128 || v.Type().Elem().Kind() == reflect.String {
			return true
		}
		for i := range v.Len() {
			if !fitsKept(v.Index(i), depth+1, left) {
				return false
			}
		}
	case reflect.Pointer:
		if s, ok := keeperOf(v); ok {
			return fitsKept(reflect.ValueOf(s.Values()), depth+1, left)
		}
	}
	return true
}

// keeperOf returns the store that a pointer leads to.
func keeperOf(v reflect.Value) (s interface{ Values() map[string]any }, ok bool) {
	if v.IsNil() || !v.CanInterface() {
		return nil, false
	}
	s, ok = v.Interface().(interface{ Values() map[string]any })
	return s, ok
}
