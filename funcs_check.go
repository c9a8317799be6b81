package jam

import (
	"go/token"
	"html/template"
	"maps"
	"reflect"
	"slices"
)

// checkFuncs reports what of the host program's functions templates cannot call.
func checkFuncs(funcs template.FuncMap) []*Error {
	var errs []*Error
	for _, name := range slices.Sorted(maps.Keys(funcs)) {
		if want := wantFunc(name, funcs[name]); want != "" {
			errs = append(errs, errorAt("config", "", "Funcs[%q]: want %s", name, want))
		}
	}
	return errs
}

// wantFunc says what is missing for f to be a function of templates, by the rules of text/template.
func wantFunc(name string, f any) string {
	if !token.IsIdentifier(name) {
		return "a name of letters, digits and _"
	}
	t := reflect.TypeOf(f)
	if t == nil || t.Kind() != reflect.Func {
		return "a function, have " + typeName(f)
	}
	if reflect.ValueOf(f).IsNil() {
		return "a function, have nil"
	}
	if n := t.NumOut(); n != 1 && (n != 2 || t.Out(1) != reflect.TypeFor[error]()) {
		return "a function that returns one value, or one and an error, have " + typeName(f)
	}
	return ""
}
