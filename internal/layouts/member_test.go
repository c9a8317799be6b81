package layouts

import (
	"reflect"
	"testing"
)

// A map of parameters is read without reflection, other maps are not.
func TestFoldedKey(t *testing.T) {
	params := map[string]any{"": 1, "name": 2, "B": 3, "bB": 4, "BB": 5, "nil": nil}
	type other map[string]any
	for _, tt := range []struct {
		key   string
		want  any
		found bool
	}{
		{"name", 2, true}, {"NAME", 2, true}, {"b", 3, true}, {"bb", 5, true}, {"bB", 4, true}, {"", 1, true}, {"nil", nil, true}, {"NIL", nil, true},
		{"x", nil, false},
	} {
		for _, m := range []any{params, other(params)} {
			v, found := foldedKey(reflect.ValueOf(m), tt.key)
			for v.IsValid() && v.Kind() == reflect.Interface {
				v = v.Elem()
			}
			var got any
			if v.IsValid() {
				got = v.Interface()
			}
			if got != tt.want || found != tt.found {
				t.Errorf("%q in a %T: got %v, %v, want %v, %v", tt.key, m, got, found, tt.want, tt.found)
			}
		}
	}
}
