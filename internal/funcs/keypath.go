package funcs

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/jam-go/jam/internal/suggest"
)

// keyPath reads a nested value, such as Params.author.name, from many
// elements. It looks methods and fields up once for each type, and is for one
// goroutine.
type keyPath struct {
	steps []step
	text  func(any) (string, bool) // the whole path, see textGetters
}

// newKeyPath parses a dotted path for function fn.
func newKeyPath(fn string, key any) (*keyPath, error) {
	s, ok := toString(key)
	s = strings.Trim(s, ".")
	if !ok || s == "" {
		return nil, wrong(fn, "a key such as Params.color", key)
	}
	names := strings.Split(s, ".")
	p := &keyPath{steps: make([]step, len(names))}
	for i, name := range names {
		p.steps[i] = step{name: name, nested: i > 0, direct: getters[name]}
		if get := textGetters[name]; get != nil {
			p.steps[i].direct = func(v any) (any, bool) { return boxed(get(v)) }
		}
	}
	if len(names) == 1 {
		p.text = textGetters[names[0]]
	}
	return p, nil
}

// value reads the path from v: through methods without arguments, struct
// fields and map keys, following pointers. It is nil as soon as a step is nil
// or a map lacks the key. A struct without such a method or field is an error.
func (p *keyPath) value(v any) (any, error) {
	for i := range p.steps {
		if v == nil {
			return nil, nil
		}
		var err error
		if v, err = p.steps[i].value(v); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// step reads one name of a path.
type step struct {
	name   string
	nested bool                  // not the first of its path
	direct func(any) (any, bool) // see getters
	typ    reflect.Type          // the last type, and how to read from it
	read   reader
	types  map[reflect.Type]reader
}

type reader func(reflect.Value) (any, error)

func (s *step) value(v any) (any, error) {
	if m, ok := v.(map[string]any); ok {
		return lookFold(m, s.name), nil
	}
	rv := reflect.ValueOf(v)
	if rv.Kind() == reflect.Pointer && rv.IsNil() {
		return nil, nil
	}
	if s.direct != nil {
		if out, ok := s.direct(v); ok {
			return out, nil
		}
	}
	if t := rv.Type(); t != s.typ {
		read, ok := s.types[t]
		if !ok {
			var err error
			if read, err = s.reader(t); err != nil {
				return nil, err
			}
			if s.types == nil {
				s.types = make(map[reflect.Type]reader)
			}
			s.types[t] = read
		}
		s.typ, s.read = t, read
	}
	return s.read(rv)
}

// lookFold returns the value of key, or of the first key that differs from it
// in case alone: parameters are looked up without regard to case.
func lookFold(m map[string]any, key string) any {
	if v, ok := m[key]; ok {
		return v
	}
	found, at := false, ""
	for k := range m {
		if len(k) == len(key) && strings.EqualFold(k, key) && (!found || k < at) {
			found, at = true, k
		}
	}
	if !found {
		return nil
	}
	return m[at]
}

// reader finds out how to read s from values of type t.
func (s *step) reader(t reflect.Type) (reader, error) {
	if m, ok := t.MethodByName(s.name); ok {
		return callMethod(t, m)
	}
	if t.Kind() == reflect.Struct {
		if m, ok := reflect.PointerTo(t).MethodByName(s.name); ok {
			return viaPointer(t, m)
		}
	}
	base := t
	for base.Kind() == reflect.Pointer {
		base = base.Elem()
	}
	switch base.Kind() {
	case reflect.Struct:
		if f, ok := base.FieldByName(s.name); ok && f.IsExported() {
			return readField(f.Index), nil
		}
	case reflect.Map:
		if base.Key().Kind() == reflect.String {
			return readKey(base, s.name), nil
		}
	default:
		if s.nested { // say .Params.a.b where a is a string in some pages
			return func(reflect.Value) (any, error) { return nil, nil }, nil
		}
	}
	return nil, fmt.Errorf("%s has no method, field or key %q%s", t, s.name, suggest.DidYouMean(s.name, names(t)))
}

// names lists the methods and fields of a type.
func names(t reflect.Type) []string {
	var out []string
	for i := range t.NumMethod() {
		out = append(out, t.Method(i).Name)
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() == reflect.Struct {
		for _, f := range reflect.VisibleFields(t) {
			if f.IsExported() {
				out = append(out, f.Name)
			}
		}
	}
	return out
}

var errorType = reflect.TypeFor[error]()

// callMethod reads by calling a method without arguments.
func callMethod(t reflect.Type, m reflect.Method) (reader, error) {
	in, out := m.Type.NumIn()-1, m.Type.NumOut() // the receiver isn't an argument
	if in > 1 || in == 1 && !m.Type.IsVariadic() {
		return nil, fmt.Errorf("method %s of %s wants arguments", m.Name, t)
	}
	if out == 0 || out > 2 || out == 2 && m.Type.Out(1) != errorType {
		return nil, fmt.Errorf("method %s of %s doesn't return one value, or one and an error", m.Name, t)
	}
	return func(v reflect.Value) (any, error) {
		res := v.Method(m.Index).Call(nil)
		if len(res) == 2 && !res[1].IsNil() {
			return nil, fmt.Errorf("%s: %w", m.Name, res[1].Interface().(error))
		}
		return res[0].Interface(), nil
	}, nil
}

// viaPointer calls a method of *T on values of T.
func viaPointer(t reflect.Type, m reflect.Method) (reader, error) {
	call, err := callMethod(reflect.PointerTo(t), m)
	if err != nil {
		return nil, err
	}
	return func(v reflect.Value) (any, error) {
		p := reflect.New(t)
		p.Elem().Set(v)
		return call(p)
	}, nil
}

func readField(index []int) reader {
	return func(v reflect.Value) (any, error) {
		if v = indirect(v); !v.IsValid() {
			return nil, nil
		}
		f, err := v.FieldByIndexErr(index)
		if err != nil { // within a nil embedded pointer
			return nil, nil
		}
		return f.Interface(), nil
	}
}

func readKey(t reflect.Type, name string) reader {
	key := reflect.ValueOf(name).Convert(t.Key())
	return func(v reflect.Value) (any, error) {
		if v = indirect(v); !v.IsValid() {
			return nil, nil
		}
		if e := v.MapIndex(key); e.IsValid() {
			return e.Interface(), nil
		}
		m, _ := stringMap(v.Interface())
		return lookFold(m, name), nil
	}
}

// Both kinds of getters read the methods that queries name most through an
// interface, which takes a fraction of the time of a call by reflection.
// They are false for values without such a method, and for nil pointers.
var (
	textGetters = map[string]func(any) (string, bool){
		"Kind":         getter(kinded.Kind),
		"Lang":         getter(langed.Lang),
		"Path":         getter(pathed.Path),
		"RelPermalink": getter(linked.RelPermalink),
		"Section":      getter(sectioned.Section),
		"Title":        getter(titled.Title),
		"Type":         getter(typed.Type),
	}
	getters = map[string]func(any) (any, bool){
		"Date":        anyGetter(dated.Date),
		"Draft":       anyGetter(drafted.Draft),
		"Lastmod":     anyGetter(modified.Lastmod),
		"Params":      anyGetter(configured.Params),
		"PublishDate": anyGetter(published.PublishDate),
		"Weight":      anyGetter(weighted.Weight),
		"WordCount":   anyGetter(counted.WordCount),
	}
)

type (
	configured interface{ Params() map[string]any }
	counted    interface{ WordCount() int }
	dated      interface{ Date() time.Time }
	drafted    interface{ Draft() bool }
	kinded     interface{ Kind() string }
	langed     interface{ Lang() string }
	linked     interface{ RelPermalink() string }
	modified   interface{ Lastmod() time.Time }
	pathed     interface{ Path() string }
	published  interface{ PublishDate() time.Time }
	sectioned  interface{ Section() string }
	titled     interface{ Title() string }
	typed      interface{ Type() string }
	weighted   interface{ Weight() int }
)

func getter[I, R any](get func(I) R) func(any) (R, bool) {
	return func(v any) (R, bool) {
		i, ok := v.(I)
		if !ok || nilPointer(v) {
			var none R
			return none, false
		}
		return get(i), true
	}
}

func anyGetter[I, R any](get func(I) R) func(any) (any, bool) {
	read := getter(get)
	return func(v any) (any, bool) { return boxed(read(v)) }
}

// boxed doesn't box the value that isn't there.
func boxed[T any](v T, ok bool) (any, bool) {
	if !ok {
		return nil, false
	}
	return v, true
}
