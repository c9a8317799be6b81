package exec

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/jam-go/jam/internal/diag"
)

// Limits of a value that is printed, or encoded for a script. Lists that contain each other double with each that is made.
const (
	maxPrinted      = 4 << 20 // values
	maxPrintedBytes = 64 << 20
	maxPrintedDepth = 200
)

// weighing is how a callable goes through its arguments, which are weighed before.
type weighing uint8

const (
	noWeighing weighing = iota
	asText              // as package fmt does
	asJSON
	asSyntax // as package fmt does for the verb %#v
)

// weigh fails for a value that is too much to print or to encode.
func (s *state) weigh(v reflect.Value, how weighing) {
	if err := weighed(v, how); err != nil {
		s.fail("%w", err)
	}
}

// Identifiable is the error for a value that is too much to be told from others by what it prints with the verb %#v.
func Identifiable(v any) error { return weighed(reflect.ValueOf(v), asSyntax) }

// Printable is the error for a value that is too much to be printed.
func Printable(v any) error { return weighed(reflect.ValueOf(v), asText) }

// Encodable is the error for a value that is too much to be encoded as JSON.
func Encodable(v any) error { return weighed(reflect.ValueOf(v), asJSON) }

func weighed(v reflect.Value, how weighing) error {
	w := weight{how: how, values: maxPrinted, bytes: maxPrintedBytes}
	if w.fits(v, 0) {
		return nil
	}
	return diag.Fixed("the value has more than %d parts or %d MiB of text, or contains itself, and can't be printed", maxPrinted, maxPrintedBytes>>20)
}

// weight is what may be left of a value.
type weight struct {
	how           weighing
	values, bytes int
}

// fits reports whether there is room for v, which is at a depth of what is printed.
func (w *weight) fits(v reflect.Value, depth int) bool {
	if w.values--; w.values < 0 || depth > maxPrintedDepth {
		return false
	}
	switch v.Kind() {
	case reflect.Interface:
		return w.fits(v.Elem(), depth+1)
	case reflect.String:
		if depth > 0 { // one alone is there already
			w.bytes -= v.Len()
		}
		return w.bytes >= 0
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map, reflect.Struct:
	default:
		return true
	}
	if v.CanInterface() && w.selfMade(v.Type(), depth) {
		return true
	}
	switch v.Kind() {
	case reflect.Pointer:
		return w.how != asJSON && depth > 0 || w.fits(v.Elem(), depth+1) // of others the address is printed
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			if !w.fits(it.Key(), depth+1) || !w.fits(it.Value(), depth+1) {
				return false
			}
		}
	case reflect.Struct:
		return w.fitFields(v, depth)
	default:
		return w.fitElements(v, depth)
	}
	return true
}

func (w *weight) fitElements(v reflect.Value, depth int) bool {
	if v.Type().Elem().Kind() <= reflect.Complex128 { // numbers
		w.bytes -= 4 * v.Len()
		return w.bytes >= 0
	}
	for i := range v.Len() {
		if !w.fits(v.Index(i), depth+1) {
			return false
		}
	}
	return true
}

func (w *weight) fitFields(v reflect.Value, depth int) bool {
	for i := range v.NumField() {
		if w.how == asJSON {
			if f := v.Type().Field(i); !f.IsExported() && !f.Anonymous {
				continue
			}
		}
		if !w.fits(v.Field(i), depth+1) {
			return false
		}
	}
	return true
}

var (
	jsonMakerType = reflect.TypeFor[json.Marshaler]()
	textMakerType = reflect.TypeFor[encoding.TextMarshaler]()

	goStringerType = reflect.TypeFor[fmt.GoStringer]()
)

// selfMade reports whether values of a type make their text themselves. For a script, a method String is heeded at the top.
func (w *weight) selfMade(t reflect.Type, depth int) bool {
	if w.how == asSyntax {
		return t.Implements(goStringerType)
	}
	if w.how == asText || depth == 0 && t.Implements(stringerType) {
		return speaks(t)
	}
	return t.Implements(jsonMakerType) || t.Implements(textMakerType)
}
