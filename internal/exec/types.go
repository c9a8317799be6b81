package exec

import (
	htmltemplate "html/template"
	"reflect"
	"slices"
	"sync"
	"time"
)

// Types is what is known of the types of values. It is safe for concurrent use.
type Types struct {
	known   map[reflect.Type]Methods
	lists   map[reflect.Type]bool // whose uses are told
	passing map[string]bool       // functions
	asked   map[string]bool       // functions
	members sync.Map              // typeName → *member
	methods sync.Map              // typeName → *callable, nil when there is none
	fields  sync.Map              // typeName → *structField, the same
}

type typeName struct {
	t    reflect.Type
	name string
}

// NewTypes returns what is known of types beforehand: how to call the methods of some without reflection. That changes
// nothing but the time that it takes.
func NewTypes(known ...Methods) *Types {
	ts := &Types{known: map[reflect.Type]Methods{}, lists: map[reflect.Type]bool{}, passing: map[string]bool{}, asked: map[string]bool{}}
	for _, m := range append(known, MethodsOf[time.Time](), MethodsOf[time.Duration]()) {
		ts.known[m.of] = m
		if m.list {
			ts.lists[m.of] = true
		}
	}
	return ts
}

// Methods is how to call the methods of a type; see [MethodsOf].
type Methods struct {
	of      reflect.Type
	results []Result

	watched []string
	asked   []string
	list    bool
	length  string
	passing []string
}

// Result is how to call methods of a type whose result is of another; see [ResultOf].
type Result struct {
	method   func(fn any) direct // of a method expression
	function func(fn any) direct // of a function without parameters; nil for results that all functions may have
}

// MethodsOf returns how to call the methods of T: those whose results are T, one that templates often have, or
// one of results, and which have no parameters, or a string.
func MethodsOf[T any](results ...Result) Methods {
	frequent := []Result{
		{method: methodOf[T, string]}, {method: methodOf[T, htmltemplate.HTML]}, {method: methodOf[T, bool]}, {method: methodOf[T, int]},
		{method: methodOf[T, any]}, {method: methodOf[T, time.Time]}, {method: methodOf[T, map[string]any]}, {method: methodOf[T, []string]},
	}
	return Methods{of: reflect.TypeFor[T](), results: append(append(frequent, ResultOf[T, T]()), results...)}
}

// ResultOf is a result R of methods of T.
func ResultOf[T, R any]() Result {
	return Result{methodOf[T, R], func(fn any) direct {
		if f, ok := fn.(func() R); ok {
			return directOf(func([]reflect.Value) (R, error) { return f(), nil })
		}
		return direct{}
	}}
}

func methodOf[T, R any](fn any) direct { return directOf(typedMethod[T, R](fn)) }

// directFunction returns how to call a function whose result is one of those that methods have.
func (ts *Types) directFunction(fn any) direct {
	for _, m := range ts.known {
		for _, r := range m.results {
			if r.function == nil {
				continue
			}
			if d := r.function(fn); d.call != nil {
				return d
			}
		}
	}
	return direct{}
}

// Direct reports whether a method is called without reflection.
func (ts *Types) Direct(t reflect.Type, name string) bool {
	m := ts.method(t, name)
	return m != nil && m.direct.call != nil
}

// member returns what a name means for values of a type.
func (ts *Types) member(t reflect.Type, name string) *member {
	key := typeName{t, name}
	if m, ok := ts.members.Load(key); ok {
		return m.(*member)
	}
	m, _ := ts.members.LoadOrStore(key, ts.findMember(t, name))
	return m.(*member)
}

func (ts *Types) findMember(t reflect.Type, name string) *member {
	m := &member{of: t}
	elem := t
	switch {
	case t.Kind() == reflect.Interface:
		return m
	case t.Kind() == reflect.Pointer:
		elem = t.Elem()
		if t.Name() != "" || elem.Kind() == reflect.Pointer || elem.Kind() == reflect.Interface {
			return m
		}
	case ts.method(t, name) == nil && ts.method(reflect.PointerTo(t), name) != nil:
		return m // which a value has when it has an address
	}
	if m.method = ts.method(t, name); m.method != nil {
		m.kind = byMethod
		return m
	}
	switch {
	case elem.Kind() == reflect.Struct:
		if m.field = ts.field(elem, name); m.field != nil {
			m.kind = byField
		}
	case t.Kind() == reflect.Map && stringType.AssignableTo(t.Key()):
		m.kind = byKey
	}
	return m
}

// method returns a method of a type, or nil.
func (ts *Types) method(t reflect.Type, name string) *callable {
	key := typeName{t, name}
	if m, ok := ts.methods.Load(key); ok {
		return m.(*callable)
	}
	var found *callable
	if m, ok := t.MethodByName(name); ok {
		found = &callable{signature: newSignature(name, m.Type, 1), value: m.Func}
		known := ts.known[t]
		found.watched = m.Type.NumIn() == 1 && slices.Contains(known.watched, name)
		found.asked = slices.Contains(known.asked, name)
		switch {
		case known.list && name == known.length:
			found.uses = usesLength
		case slices.Contains(known.passing, name):
			found.uses = usesNone
		}
		for _, r := range known.results {
			if found.direct = r.method(m.Func.Interface()); found.direct.call != nil {
				break
			}
		}
	}
	got, _ := ts.methods.LoadOrStore(key, found)
	return got.(*callable)
}

// field returns a field of a structure, or nil.
func (ts *Types) field(t reflect.Type, name string) *structField {
	key := typeName{t, name}
	if f, ok := ts.fields.Load(key); ok {
		return f.(*structField)
	}
	var found *structField
	if f, ok := t.FieldByName(name); ok {
		found = &structField{f.Index, f.IsExported()}
	}
	got, _ := ts.fields.LoadOrStore(key, found)
	return got.(*structField)
}
