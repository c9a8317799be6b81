package exec

import (
	htmltemplate "html/template"
	"reflect"
	"time"
)

// direct calls a callable of a frequent kind without reflection. The first argument of a method is its receiver.
type direct struct {
	call func(args []reflect.Value) (reflect.Value, error) // nil for other kinds
	// text, if not nil, is call for a result that is a string, or HTML.
	text func(args []reflect.Value) (string, error)
	kind textKind // of text
	// boxed tells that the result is an interface, which call takes away.
	boxed bool
	// raw tells that a parameter that is a reflect.Value gets the value itself.
	raw bool
}

// typed calls a callable whose result is of type R.
type typed[R any] func(args []reflect.Value) (R, error)

// directOf makes a direct call of a typed one.
func directOf[R any](f typed[R]) direct {
	if f == nil {
		return direct{}
	}
	var d direct
	switch t := reflect.TypeFor[R](); {
	case t.Kind() == reflect.Interface && t.NumMethod() > 0, t == valueType:
		return direct{} // an interface that stays around its value
	case t.Kind() == reflect.Interface:
		d.boxed = true
	}
	d.call = func(args []reflect.Value) (reflect.Value, error) {
		v, err := f(args)
		return reflect.ValueOf(v), err
	}
	switch f := any(f).(type) {
	case typed[string]:
		d.text, d.kind = f, plainText
	case typed[htmltemplate.HTML]:
		d.kind = htmlText
		d.text = func(args []reflect.Value) (string, error) {
			v, err := f(args)
			return string(v), err
		}
	}
	return d
}

// directFunction returns how to call a function whose results are of a frequent type.
func directFunction(fn any) direct {
	if f, ok := fn.(func(reflect.Value, ...string) (reflect.Value, error)); ok {
		call := func(args []reflect.Value) (reflect.Value, error) { return f(args[0], stringsOf(args[1:])...) }
		return direct{call: call, raw: true}
	}
	for _, find := range []func(any) direct{
		functionOf[any], functionOf[string], functionOf[bool], functionOf[htmltemplate.HTML], functionOf[int], functionOf[float64],
		functionOf[map[string]any], functionOf[[]string], functionOf[htmltemplate.URL], functionOf[htmltemplate.JS], functionOf[time.Time],
	} {
		if d := find(fn); d.call != nil {
			return d
		}
	}
	return direct{}
}

// functionOf returns how to call a function whose result is of type R.
func functionOf[R any](fn any) direct { return directOf(typedFunction[R](fn)) }

// typedFunction returns nil for a function of another kind.
func typedFunction[R any](fn any) typed[R] {
	switch f := fn.(type) {
	case func() R:
		return func([]reflect.Value) (R, error) { return f(), nil }
	case func() (R, error):
		return func([]reflect.Value) (R, error) { return f() }
	case func(string) R:
		return func(a []reflect.Value) (R, error) { return f(a[0].String()), nil }
	case func(string) (R, error):
		return func(a []reflect.Value) (R, error) { return f(a[0].String()) }
	case func(any) R:
		return func(a []reflect.Value) (R, error) { return f(a[0].Interface()), nil }
	case func(any) (R, error):
		return func(a []reflect.Value) (R, error) { return f(a[0].Interface()) }
	case func(any, any) R:
		return func(a []reflect.Value) (R, error) { return f(a[0].Interface(), a[1].Interface()), nil }
	case func(any, any) (R, error):
		return func(a []reflect.Value) (R, error) { return f(a[0].Interface(), a[1].Interface()) }
	case func(...any) R:
		return func(a []reflect.Value) (R, error) { return f(anyOf(a)...), nil }
	case func(...any) (R, error):
		return func(a []reflect.Value) (R, error) { return f(anyOf(a)...) }
	case func(any, ...any) R:
		return func(a []reflect.Value) (R, error) { return f(a[0].Interface(), anyOf(a[1:])...), nil }
	case func(any, ...any) (R, error):
		return func(a []reflect.Value) (R, error) { return f(a[0].Interface(), anyOf(a[1:])...) }
	case func(any, any, ...any) (R, error):
		return func(a []reflect.Value) (R, error) { return f(a[0].Interface(), a[1].Interface(), anyOf(a[2:])...) }
	case func(string, ...any) R:
		return func(a []reflect.Value) (R, error) { return f(a[0].String(), anyOf(a[1:])...), nil }
	case func(string, ...any) (R, error):
		return func(a []reflect.Value) (R, error) { return f(a[0].String(), anyOf(a[1:])...) }
	case func(string, any, ...any) (R, error):
		return func(a []reflect.Value) (R, error) { return f(a[0].String(), a[1].Interface(), anyOf(a[2:])...) }
	}
	return nil
}

// typedMethod returns nil for a method expression of another kind.
func typedMethod[T, R any](fn any) typed[R] {
	switch f := fn.(type) {
	case func(T) R:
		return func(a []reflect.Value) (R, error) { return f(receiver[T](a)), nil }
	case func(T, string) R:
		return func(a []reflect.Value) (R, error) { return f(receiver[T](a), a[1].String()), nil }
	}
	return nil
}

func receiver[T any](args []reflect.Value) T { return args[0].Interface().(T) }

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
