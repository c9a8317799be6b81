package layouts

import (
	"fmt"
	"reflect"
	"strings"
)

// param is the function param, which tells the Trace.
func (x *executor) param(recv reflect.Value, keys ...string) (reflect.Value, error) {
	x.traceParam(recv, keys)
	return param(recv, keys...)
}

func (x *executor) hasParam(recv reflect.Value, keys ...string) bool {
	x.traceParam(recv, keys)
	return hasParam(recv, keys...)
}

func (x *executor) traceParam(recv reflect.Value, keys []string) {
	if x.eng.opt.Trace == nil {
		return
	}
	for recv.IsValid() && recv.Kind() == reflect.Interface {
		recv = recv.Elem()
	}
	if recv.IsValid() && (recv.Kind() == reflect.Map || recv.Kind() == reflect.Slice) && recv.CanInterface() {
		x.eng.opt.Trace.Param(&x.state, recv.Interface(), keys)
	}
}

// param returns the value of nested keys of a parameter, or of fields and methods of one that is no
// map. As in text/template, what is not there has none.
func param(recv reflect.Value, keys ...string) (reflect.Value, error) {
	for i, key := range keys {
		for recv.IsValid() && recv.Kind() == reflect.Interface {
			recv = recv.Elem()
		}
		if !recv.IsValid() {
			return recv, nil
		}
		next, err := member(recv, key)
		if err != nil {
			return next, fmt.Errorf("at <.%s>: %w", strings.Join(keys[:i+1], "."), err)
		}
		recv = next
	}
	return recv, nil
}

// member returns the value of one key, field or method.
func member(recv reflect.Value, name string) (reflect.Value, error) {
	if recv.Kind() == reflect.Map && recv.Type().Key().Kind() == reflect.String && recv.NumMethod() == 0 {
		v, _ := foldedKey(recv, name)
		return v, nil
	}
	if m := recv.MethodByName(name); m.IsValid() {
		return callMethod(m, name)
	}
	v := recv
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Struct:
		if f := v.FieldByName(name); f.IsValid() && f.CanInterface() {
			return f, nil
		}
	case reflect.Map:
		if v.Type().Key().Kind() == reflect.String {
			f, _ := foldedKey(v, name)
			return f, nil
		}
	}
	return reflect.Value{}, fmt.Errorf("can't evaluate field %s in type %s", name, strings.ReplaceAll(recv.Type().String(), "interface {}", "any"))
}

// foldedKey returns the value of a key as it is, or else of the first in order that differs in case only.
func foldedKey(m reflect.Value, name string) (reflect.Value, bool) {
	if m.CanInterface() {
		if known, ok := m.Interface().(map[string]any); ok { // as parameters are: without the copies of reflection
			v, found := foldedParam(known, name)
			return reflect.ValueOf(v), found
		}
	}
	if v := m.MapIndex(reflect.ValueOf(name).Convert(m.Type().Key())); v.IsValid() {
		return v, true
	}
	best, found := "", reflect.Value{}
	for it := m.MapRange(); it.Next(); {
		if k := it.Key().String(); strings.EqualFold(k, name) && (best == "" || k < best) {
			best, found = k, it.Value()
		}
	}
	return found, found.IsValid()
}

// foldedParam is foldedKey for parameters.
func foldedParam(m map[string]any, name string) (any, bool) {
	if v, ok := m[name]; ok {
		return v, true
	}
	best, found := "", false
	for k := range m {
		if strings.EqualFold(k, name) && (!found || k < best) {
			best, found = k, true
		}
	}
	if !found {
		return nil, false
	}
	return m[best], true
}

// callMethod calls a method without arguments.
func callMethod(m reflect.Value, name string) (reflect.Value, error) {
	t := m.Type()
	if n := t.NumIn(); n > 1 || n == 1 && !t.IsVariadic() || t.NumOut() < 1 || t.NumOut() > 2 {
		return reflect.Value{}, fmt.Errorf("wrong number of args for %s: want %d got 0", name, n)
	}
	out := m.Call(nil)
	if len(out) == 2 && !out[1].IsNil() {
		err, _ := out[1].Interface().(error)
		return out[0], fmt.Errorf("error calling %s: %w", name, err)
	}
	return out[0], nil
}

// hasParam reports whether there is a value of nested keys of a parameter.
func hasParam(recv reflect.Value, keys ...string) bool {
	for _, key := range keys {
		for recv.IsValid() && recv.Kind() == reflect.Interface {
			recv = recv.Elem()
		}
		if !recv.IsValid() || recv.Kind() != reflect.Map || recv.Type().Key().Kind() != reflect.String {
			return false
		}
		var ok bool
		if recv, ok = foldedKey(recv, key); !ok {
			return false
		}
	}
	return true
}
