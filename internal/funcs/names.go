package funcs

import (
	"reflect"
	"slices"
	"time"
)

// Names lists the functions of a map such as [Map] makes, sorted, by each name
// that a template may call them by: where, and collections.Where. A namespace is a
// function without arguments that returns a struct, which lists its methods;
// time is one as well. No other function is called for the list.
func Names(m map[string]any) []string {
	var out []string
	for name, f := range m {
		t := namespaceOf(name, f)
		if t == nil || name == "time" {
			out = append(out, name)
		}
		for i := 0; t != nil && i < t.NumMethod(); i++ {
			out = append(out, name+"."+t.Method(i).Name)
		}
	}
	slices.Sort(out)
	return out
}

// namespaceOf returns the type that holds the functions of a namespace, or nil.
func namespaceOf(name string, f any) reflect.Type {
	fn := reflect.ValueOf(f)
	if fn.Kind() != reflect.Func || fn.Type().NumOut() == 0 {
		return nil
	}
	t := fn.Type().Out(0)
	if name == "time" && fn.Type().IsVariadic() && fn.Type().NumIn() == 1 {
		t = reflect.TypeOf(fn.Call(nil)[0].Interface())
	} else if fn.Type().NumIn() > 0 {
		return nil
	}
	if t == nil || t.Kind() != reflect.Struct || t == reflect.TypeFor[time.Time]() {
		return nil
	}
	return t
}
