package funcs

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/suggest"
)

// Apply calls a function for each element of a slice and returns the results:
// apply SLICE FUNCTION ARGUMENT…. The argument "." stands for the element. The
// function is named as in templates, say "strings.TrimPrefix".
func (c Collections) Apply(collection any, function any, args ...any) (any, error) {
	if collection == nil {
		return []any{}, nil
	}
	s, ok := list(collection)
	if !ok {
		return nil, wrong("apply", "a slice", collection)
	}
	name, err := text("apply", function)
	if err != nil {
		return nil, err
	}
	fn, err := c.lib.lookUp(name)
	if err != nil {
		return nil, err
	}
	out := make([]any, s.Len())
	call := make([]any, len(args))
	for i := range out {
		for j, a := range args {
			if a == "." {
				a = s.Index(i).Interface()
			}
			call[j] = a
		}
		if out[i], err = callFunc(fn, call); err != nil {
			return nil, fmt.Errorf("apply: %s: %w", name, err)
		}
	}
	return out, nil
}

// lookUp finds a function of the map by name, or a method of a namespace.
func (l *library) lookUp(name string) (reflect.Value, error) {
	space, method, dotted := strings.Cut(name, ".")
	fn := reflect.ValueOf(l.funcs[space])
	if name == "apply" || name == "collections.Apply" {
		return fn, errors.New("apply: a function can't be applied by way of apply")
	}
	if fn.Kind() != reflect.Func {
		known := slices.Collect(maps.Keys(l.funcs))
		return fn, fmt.Errorf("apply: unknown function %q%s", name, suggest.DidYouMean(space, known))
	}
	if !dotted {
		return fn, nil
	}
	if in := fn.Type().NumIn(); in > 1 || in == 1 && !fn.Type().IsVariadic() {
		return fn, fmt.Errorf("apply: %q is no namespace", space)
	}
	out := fn.Call(nil)
	if len(out) > 0 && out[0].Kind() == reflect.Interface {
		out[0] = out[0].Elem()
	}
	if len(out) == 0 || !out[0].IsValid() {
		return fn, fmt.Errorf("apply: %q is no namespace", space)
	}
	m := out[0].MethodByName(method)
	if !m.IsValid() {
		return m, fmt.Errorf("apply: unknown function %q%s", name, suggest.DidYouMean(method, names(out[0].Type())))
	}
	return m, nil
}

// callFunc calls a template function, whose results are a value and
// perhaps an error.
func callFunc(fn reflect.Value, args []any) (out any, err error) {
	defer recovered(&err)
	t := fn.Type()
	fixed := t.NumIn()
	if t.IsVariadic() {
		fixed--
	}
	if len(args) < fixed || len(args) > fixed && !t.IsVariadic() {
		return nil, fmt.Errorf("have %s, want %d", arguments(len(args)), fixed)
	}
	in := make([]reflect.Value, len(args))
	for i, a := range args {
		want := t.In(min(i, t.NumIn()-1))
		if i >= fixed {
			want = want.Elem()
		}
		if in[i], err = argument(a, want); err != nil {
			return nil, err
		}
	}
	res := fn.Call(in)
	switch {
	case len(res) == 0 || len(res) > 2:
		return nil, errors.New("the function doesn't return one value, or one and an error")
	case len(res) == 2 && !res[1].IsNil():
		return nil, res[1].Interface().(error)
	}
	return res[0].Interface(), nil
}

// argument gives a value the type of a parameter.
func argument(a any, want reflect.Type) (reflect.Value, error) {
	v := reflect.ValueOf(a)
	switch {
	case want == reflect.TypeFor[reflect.Value]():
		return reflect.ValueOf(v), nil
	case !v.IsValid():
		switch want.Kind() {
		case reflect.Interface, reflect.Pointer, reflect.Map, reflect.Slice, reflect.Func, reflect.Chan:
			return reflect.Zero(want), nil
		}
	case v.Type().AssignableTo(want):
		return v, nil
	case v.Kind() == want.Kind() && v.CanConvert(want): // string and template.HTML
		return v.Convert(want), nil
	}
	return v, fmt.Errorf("want %s, have %s", want, describe(a))
}
