package exec

import (
	htmltemplate "html/template"
	"reflect"
	"time"
)

// direct calls a function of a frequent kind without reflection.
type direct struct {
	call func(args []reflect.Value) (reflect.Value, error) // nil for other kinds
	// boxed tells that the result is an interface, which call takes away.
	boxed bool
	// raw tells that call takes a reflect.Value as it is, not one that holds it.
	raw bool
}

// directOf returns how to call a function.
func directOf(fn any) direct {
	if f, ok := fn.(func(reflect.Value, ...string) (reflect.Value, error)); ok {
		return direct{call: func(args []reflect.Value) (reflect.Value, error) {
			return f(args[0], stringsOf(args[1:])...)
		}, raw: true}
	}
	if call := returning[any](fn); call != nil {
		return direct{call: call, boxed: true}
	}
	for _, find := range []func(any) func([]reflect.Value) (reflect.Value, error){
		returning[string], returning[bool], returning[htmltemplate.HTML], returning[int],
		returning[map[string]any], returning[[]string], returning[htmltemplate.URL], returning[htmltemplate.JS],
		returning[float64], returning[time.Time],
	} {
		if call := find(fn); call != nil {
			return direct{call: call}
		}
	}
	return direct{}
}

// returning is directOf for functions whose result is of type R.
func returning[R any](fn any) func(args []reflect.Value) (reflect.Value, error) {
	switch f := fn.(type) {
	case func() R:
		return func([]reflect.Value) (reflect.Value, error) { return reflect.ValueOf(f()), nil }
	case func() (R, error):
		return func([]reflect.Value) (reflect.Value, error) { return result(f()) }
	case func(string) R:
		return func(a []reflect.Value) (reflect.Value, error) { return reflect.ValueOf(f(a[0].String())), nil }
	case func(string) (R, error):
		return func(a []reflect.Value) (reflect.Value, error) { return result(f(a[0].String())) }
	case func(any) R:
		return func(a []reflect.Value) (reflect.Value, error) { return reflect.ValueOf(f(a[0].Interface())), nil }
	case func(any) (R, error):
		return func(a []reflect.Value) (reflect.Value, error) { return result(f(a[0].Interface())) }
	case func(any, any) R:
		return func(a []reflect.Value) (reflect.Value, error) {
			return reflect.ValueOf(f(a[0].Interface(), a[1].Interface())), nil
		}
	case func(any, any) (R, error):
		return func(a []reflect.Value) (reflect.Value, error) {
			return result(f(a[0].Interface(), a[1].Interface()))
		}
	}
	return variadic[R](fn)
}

// variadic is returning for functions that take any number of values.
func variadic[R any](fn any) func(args []reflect.Value) (reflect.Value, error) {
	switch f := fn.(type) {
	case func(...any) R:
		return func(a []reflect.Value) (reflect.Value, error) { return reflect.ValueOf(f(anyOf(a)...)), nil }
	case func(...any) (R, error):
		return func(a []reflect.Value) (reflect.Value, error) { return result(f(anyOf(a)...)) }
	case func(any, ...any) R:
		return func(a []reflect.Value) (reflect.Value, error) {
			return reflect.ValueOf(f(a[0].Interface(), anyOf(a[1:])...)), nil
		}
	case func(any, ...any) (R, error):
		return func(a []reflect.Value) (reflect.Value, error) {
			return result(f(a[0].Interface(), anyOf(a[1:])...))
		}
	case func(any, any, ...any) (R, error):
		return func(a []reflect.Value) (reflect.Value, error) {
			return result(f(a[0].Interface(), a[1].Interface(), anyOf(a[2:])...))
		}
	case func(string, ...any) R:
		return func(a []reflect.Value) (reflect.Value, error) {
			return reflect.ValueOf(f(a[0].String(), anyOf(a[1:])...)), nil
		}
	case func(string, ...any) (R, error):
		return func(a []reflect.Value) (reflect.Value, error) {
			return result(f(a[0].String(), anyOf(a[1:])...))
		}
	case func(string, any, ...any) (R, error):
		return func(a []reflect.Value) (reflect.Value, error) {
			return result(f(a[0].String(), a[1].Interface(), anyOf(a[2:])...))
		}
	}
	return nil
}

func result[R any](v R, err error) (reflect.Value, error) { return reflect.ValueOf(v), err }

// anyOf returns arguments in a slice of their own, which the function may keep.
func anyOf(args []reflect.Value) []any {
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = a.Interface()
	}
	return out
}

func stringsOf(args []reflect.Value) []string {
	out := make([]string, len(args))
	for i, a := range args {
		out[i] = a.String()
	}
	return out
}
