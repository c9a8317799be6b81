package layouts

import (
	"maps"
	"reflect"
	"slices"
	texttemplate "text/template"
)

// maxTypes bounds the walk for suggestions.
const maxTypes = 1000

// fieldNames returns the fields and methods of the types called typ that a
// template can reach from the page or a function, for a "did you mean".
func (e *Engine) fieldNames(x *executor, typ string) []string {
	page := reflect.TypeOf(x.state.Page)
	found, ok := e.types.Load(page)
	if !ok {
		w := typeWalk{seen: map[reflect.Type]bool{}, names: map[string]map[string]bool{}}
		w.add(page)
		w.add(reflect.TypeOf(x.state.Dot))
		for _, m := range []texttemplate.FuncMap{e.opt.Funcs, x.bound} {
			for _, name := range slices.Sorted(maps.Keys(m)) {
				w.add(reflect.TypeOf(m[name]))
			}
		}
		w.run()
		found, _ = e.types.LoadOrStore(page, w.names)
	}
	return slices.Collect(maps.Keys(found.(map[string]map[string]bool)[typ]))
}

// typeWalk visits types breadth first.
type typeWalk struct {
	queue []reflect.Type
	seen  map[reflect.Type]bool
	names map[string]map[string]bool
}

func (w *typeWalk) add(t reflect.Type) {
	if t != nil && !w.seen[t] && len(w.seen) < maxTypes {
		w.seen[t] = true
		w.queue = append(w.queue, t)
	}
}

func (w *typeWalk) run() {
	for i := 0; i < len(w.queue); i++ {
		t := w.queue[i]
		w.members(t.String(), t)
		switch t.Kind() {
		case reflect.Pointer:
			w.add(t.Elem())
			if t.Elem().Kind() == reflect.Struct {
				w.fields(t.String(), t.Elem())
			}
		case reflect.Slice, reflect.Array, reflect.Map, reflect.Chan:
			w.add(t.Elem())
		case reflect.Func:
			if t.NumOut() > 0 {
				w.add(t.Out(0))
			}
		case reflect.Struct:
			w.fields(t.String(), t)
			w.members(t.String(), reflect.PointerTo(t))
		}
	}
}

func (w *typeWalk) note(typ, name string) {
	if w.names[typ] == nil {
		w.names[typ] = map[string]bool{}
	}
	w.names[typ][name] = true
}

// members notes the methods of t under the name typ.
func (w *typeWalk) members(typ string, t reflect.Type) {
	for m := range t.Methods() {
		if m.IsExported() && m.Type.NumOut() > 0 {
			w.note(typ, m.Name)
			w.add(m.Type.Out(0))
		}
	}
}

func (w *typeWalk) fields(typ string, t reflect.Type) {
	for f := range t.Fields() {
		if f.IsExported() {
			w.note(typ, f.Name)
			w.add(f.Type)
		}
	}
}
