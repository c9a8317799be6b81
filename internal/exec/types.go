package exec

import (
	"reflect"
	"sync"
)

// Types is what is known of the types of values. It is safe for concurrent use.
type Types struct {
	members sync.Map // typeName → *member
	methods sync.Map // typeName → *method, nil when there is none
	fields  sync.Map // typeName → *structField, the same
}

type typeName struct {
	t    reflect.Type
	name string
}

// NewTypes returns an empty Types.
func NewTypes() *Types { return &Types{} }

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
		if m.method = ts.method(t, name); m.method != nil {
			m.kind = byMethod
			return m
		}
	default:
		if m.method = ts.method(t, name); m.method != nil {
			m.kind = byMethod
			return m
		}
		if ts.method(reflect.PointerTo(t), name) != nil {
			return m // which a value has when it has an address
		}
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
func (ts *Types) method(t reflect.Type, name string) *method {
	key := typeName{t, name}
	if m, ok := ts.methods.Load(key); ok {
		return m.(*method)
	}
	var found *method
	if m, ok := t.MethodByName(name); ok && m.IsExported() {
		found = newMethod(t, m)
	}
	got, _ := ts.methods.LoadOrStore(key, found)
	return got.(*method)
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
