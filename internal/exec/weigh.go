package exec

import "reflect"

// Limits of a value that is printed. Lists that contain each other double with each that is made.
const (
	maxPrinted      = 4 << 20 // values
	maxPrintedDepth = 200
)

// weigh fails for a value that is too much to print.
func (s *state) weigh(v reflect.Value) {
	left := maxPrinted
	if !fits(v, 0, &left) {
		s.fail("the value has more than %d parts, or contains itself, and can't be printed", maxPrinted)
	}
}

// fits reports whether v, which is at a depth of what is printed, has no more than so many values in it.
func fits(v reflect.Value, depth int, left *int) bool {
	if *left--; *left < 0 || depth > maxPrintedDepth {
		return false
	}
	switch v.Kind() {
	case reflect.Interface:
		return fits(v.Elem(), depth+1, left)
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map, reflect.Struct:
	default:
		return true
	}
	if v.CanInterface() && speaks(v.Type()) {
		return true
	}
	switch v.Kind() {
	case reflect.Pointer:
		return depth > 0 || fits(v.Elem(), depth+1, left) // of others the address is printed
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			if !fits(it.Key(), depth+1, left) || !fits(it.Value(), depth+1, left) {
				return false
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if !fits(v.Field(i), depth+1, left) {
				return false
			}
		}
	default:
		for i := range v.Len() {
			if !fits(v.Index(i), depth+1, left) {
				return false
			}
		}
	}
	return true
}
