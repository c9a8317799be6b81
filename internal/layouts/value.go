package layouts

import (
	"fmt"
	htmltemplate "html/template"
	"reflect"
	texttemplate "text/template"

	"github.com/jam-go/jam/internal/exec"
)

// textOf returns what text/template prints for v, and "" for nil.
func textOf(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case htmltemplate.HTML:
		return string(v)
	}
	if v = indirect(v); v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// bounded has escapers fail for values that are too much to be printed.
func bounded(escapers texttemplate.FuncMap) texttemplate.FuncMap {
	for name, f := range escapers {
		escape, ok := f.(func(any) (string, error))
		if !ok {
			plain := f.(func(any) string)
			escape = func(v any) (string, error) { return plain(v), nil }
		}
		escapers[name] = func(v any) (string, error) {
			if _, ok := v.(string); !ok {
				if err := exec.Printable(v); err != nil {
					return "", err
				}
			}
			return escape(v)
		}
	}
	return escapers
}

// indirect follows pointers to what can be printed; nil for a nil pointer.
func indirect(v any) any {
	const enough = 8
	for i := 0; v != nil && i < enough; i++ {
		rv := reflect.ValueOf(v)
		if rv.Kind() != reflect.Pointer {
			break
		}
		if rv.IsNil() {
			return nil
		}
		if speaks(v) || !rv.Elem().CanInterface() {
			break
		}
		v = rv.Elem().Interface()
	}
	return v
}

// speaks reports whether v has a text of its own.
func speaks(v any) bool {
	switch v.(type) {
	case error, fmt.Stringer:
		return true
	}
	return false
}

// printable reports whether fmt prints v as one would write it: it is no
// collection and no structure, or has a text of its own.
func printable(v any) bool {
	if speaks(v) {
		return true
	}
	switch reflect.TypeOf(v).Kind() {
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr,
		reflect.Float32, reflect.Float64:
		return true
	}
	return false
}
