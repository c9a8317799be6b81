package funcs

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
)

// Limits of what functions take and make, far above what a page needs: a
// template's mistake must not take the machine's memory.
const (
	maxText  = 64 << 20 // bytes of a text
	maxList  = 4 << 20  // elements of a slice, and values of one that is printed or encoded
	maxIndex = 1 << 12  // bytes of a key in a cache

	maxPattern = 64 << 10 // bytes of a regular expression, which takes 400 times as much when it is compiled

	maxCompared     = 4 * maxList // values in all slices and maps that a function compares
	maxComparedText = 4 * maxText // bytes of text in them
)

// fits is the error of function fn for a text of too many bytes.
func fits(fn string, size int) error {
	if size > maxText {
		return fmt.Errorf("%s: a text of more than %d MiB", fn, maxText>>20)
	}
	return nil
}

// fitsList is the error of function fn for a slice of too many elements.
func fitsList(fn string, size int) error {
	if size > maxList {
		return fmt.Errorf("%s: more than %d elements", fn, maxList)
	}
	return nil
}

// effort is what a function has compared of what is in collections.
type effort struct {
	values, bytes int
	tooMuch       error // once that is beyond the limits: then it ends
}

func (e *effort) spend(values, bytes int) {
	if e.values, e.bytes = e.values+values, e.bytes+bytes; e.values > maxCompared || e.bytes > maxComparedText {
		e.tooMuch = fmt.Errorf("to compare are more than %d values or %d MiB of text", maxCompared, maxComparedText>>20)
	}
}

// boundedText collects text for function fn up to maxText, and then fails.
type boundedText struct {
	fn  string
	out []byte
}

func (b *boundedText) Write(p []byte) (int, error) {
	if err := fits(b.fn, len(b.out)+len(p)); err != nil {
		return 0, err
	}
	b.out = append(b.out, p...)
	return len(p), nil
}

var errTooDeep = errors.New("the data is nested too deeply")

// weight is about how much text a value makes when it is printed or encoded.
type weight struct {
	// encoded follows pointers and leaves out what only printing shows.
	encoded bool

	values int
	bytes  int
	depths int // the sum of the depths of all values, for what indenting takes
}

// add adds the values in v, which is at a depth. It is an error when they are too
// many, or nested so deeply that v probably contains itself.
func (w *weight) add(v any, depth int) error {
	switch v := v.(type) {
	case nil, bool, int, float64:
		return w.count(8, depth)
	case string:
		return w.count(len(v), depth)
	case map[string]any:
		if err := w.count(2, depth); err != nil {
			return err
		}
		for k, e := range v {
			w.bytes += len(k)
			if err := w.add(e, depth+1); err != nil {
				return err
			}
		}
		return nil
	case []any:
		if err := w.count(2, depth); err != nil {
			return err
		}
		for _, e := range v {
			if err := w.add(e, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	return w.reflected(reflect.ValueOf(v), depth)
}

func (w *weight) count(bytes, depth int) error {
	w.values++
	w.bytes += bytes
	w.depths += depth
	switch {
	case w.values > maxList:
		return fmt.Errorf("more than %d values", maxList)
	case w.bytes > maxText:
		return fmt.Errorf("more than %d MiB of text", maxText>>20)
	case depth > maxNesting:
		return errTooDeep
	}
	return nil
}

func (w *weight) reflected(v reflect.Value, depth int) error {
	if err := w.count(8, depth); err != nil || w.selfMade(v) {
		return err
	}
	switch v.Kind() {
	case reflect.String:
		w.bytes += v.Len()
	case reflect.Interface:
		return w.reflected(v.Elem(), depth)
	case reflect.Pointer:
		if w.encoded || depth == 0 {
			return w.reflected(v.Elem(), depth+1)
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			if err := w.reflected(it.Key(), depth+1); err != nil {
				return err
			}
			if err := w.reflected(it.Value(), depth+1); err != nil {
				return err
			}
		}
	case reflect.Slice, reflect.Array:
		if k := v.Type().Elem().Kind(); k <= reflect.Complex128 {
			return w.count(4*v.Len(), depth)
		}
		for i := range v.Len() {
			if err := w.reflected(v.Index(i), depth+1); err != nil {
				return err
			}
		}
	case reflect.Struct:
		return w.fields(v, depth+1)
	}
	return nil
}

func (w *weight) fields(v reflect.Value, depth int) error {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if w.encoded && (!f.IsExported() && !f.Anonymous || f.Tag.Get("json") == "-") {
			continue
		}
		w.bytes += len(f.Name)
		if err := w.reflected(v.Field(i), depth); err != nil {
			return err
		}
	}
	return nil
}

var (
	jsonMaker   = reflect.TypeFor[json.Marshaler]()
	textMaker   = reflect.TypeFor[encoding.TextMarshaler]()
	stringMaker = reflect.TypeFor[fmt.Stringer]()
)

// selfMade reports whether v says itself how it is printed or encoded.
func (w *weight) selfMade(v reflect.Value) bool {
	if !v.IsValid() || v.Kind() == reflect.Interface || v.Type().NumMethod() == 0 || !v.CanInterface() {
		return false
	}
	t := v.Type()
	if w.encoded {
		return t.Implements(jsonMaker) || t.Implements(textMaker)
	}
	return t.Implements(stringMaker) || t.Implements(errorType)
}

// printable is the error of function fn for values that are too much to print.
func printable(fn string, values []any) error {
	var w weight
	for _, v := range values {
		if err := w.add(v, 0); err != nil {
			return fmt.Errorf("%s: %w", fn, err)
		}
	}
	return nil
}

// encodable is the error for a value that is too much to encode with an indent
// for each level and a prefix for each line.
func encodable(v any, indent, prefix int) error {
	w := weight{encoded: true}
	if err := w.add(v, 0); err != nil {
		return err
	}
	// A closing bracket has a line of its own.
	if spaces := 2 * (w.depths*indent + w.values*prefix); spaces > maxText {
		return fmt.Errorf("more than %d MiB of indents", maxText>>20)
	}
	return nil
}
