package exec

import "reflect"

// member is what a name means for the values of a type.
type member struct {
	of     reflect.Type
	kind   memberKind
	method *callable    // of byMethod
	field  *structField // of byField
}

// structField is a field of a structure, or of one embedded in it.
type structField struct {
	index    []int
	exported bool
}

type memberKind uint8

const (
	bySearch memberKind = iota // it has to be found out for each value
	byMethod
	byField // of a structure, or of the one that a pointer points to
	byKey   // of a map
)

// field returns the value of a field, method or key of recv.
func (s *state) field(f *field, recv reflect.Value, c *invocation, dot reflect.Value) reflect.Value {
	if !recv.IsValid() {
		return noValue
	}
	t := recv.Type()
	v := recv
	if v.Kind() == reflect.Interface && !v.IsNil() {
		v = v.Elem()
	}
	m := s.member(f, v.Type())
	switch m.kind {
	case byMethod:
		if v.Kind() == reflect.Pointer || !v.CanAddr() {
			return s.call(m.method, v, c, dot)
		}
	case byField:
		if v.Kind() == reflect.Struct || !v.IsNil() {
			return s.structField(f.name, t, reflect.Indirect(v), m.field, c)
		}
	case byKey:
		return s.key(f, v, c)
	}
	return s.search(f, t, v, c, dot)
}

// search is field without what the type's member tells.
func (s *state) search(f *field, t reflect.Type, v reflect.Value, c *invocation, dot reflect.Value) reflect.Value {
	v, isNil := indirect(v)
	if v.Kind() == reflect.Interface && isNil {
		s.fail("nil pointer evaluating %s.%s", t, f.name)
	}
	ptr := v
	if ptr.Kind() != reflect.Pointer && ptr.CanAddr() {
		ptr = ptr.Addr() // which has the methods of both
	}
	if m := s.types.method(ptr.Type(), f.name); m != nil {
		return s.call(m, ptr, c, dot)
	}
	switch v.Kind() {
	case reflect.Struct:
		if found := s.types.field(v.Type(), f.name); found != nil {
			return s.structField(f.name, t, v, found, c)
		}
	case reflect.Map:
		if stringType.AssignableTo(v.Type().Key()) {
			return s.key(f, v, c)
		}
	case reflect.Pointer:
		// A nil pointer. That there is no such field is worse.
		elem := v.Type().Elem()
		if elem.Kind() == reflect.Struct && s.types.field(elem, f.name) == nil {
			break
		}
		s.fail("nil pointer evaluating %s.%s", t, f.name)
	}
	s.fail("can't evaluate field %s in type %s", f.name, t)
	return noValue
}

// structField returns the value of a field of a structure, for a value of type t.
func (s *state) structField(name string, t reflect.Type, v reflect.Value, f *structField, c *invocation) reflect.Value {
	if !f.exported {
		s.fail("%s is an unexported field of struct type %s", name, t)
	}
	value, err := v.FieldByIndexErr(f.index)
	if err != nil {
		s.fail("%v", err)
	}
	if c.hasArgs() {
		s.fail("%s has arguments but cannot be invoked as function", name)
	}
	return value
}

// key returns the value of a key of a map; none if it is not there.
func (s *state) key(f *field, v reflect.Value, c *invocation) reflect.Value {
	if c.hasArgs() {
		s.fail("%s is not a method but has arguments", f.name)
	}
	if c.bare && v.Type() == anyMapType {
		if m, ok := v.Interface().(map[string]any); ok {
			value := m[f.name]
			if s.watch != nil && len(m) > 0 {
				s.watch.Key(m, f.name, value)
			}
			return reflect.ValueOf(value)
		}
	}
	value := v.MapIndex(f.key)
	s.useKey(v, f.name, concrete(value))
	return value
}

var anyMapType = reflect.TypeFor[map[string]any]()

// member returns what a name means for values of a type.
func (s *state) member(f *field, t reflect.Type) *member {
	if m := f.last.Load(); m != nil && m.of == t {
		return m
	}
	m := s.types.member(t, f.name)
	f.last.Store(m)
	return m
}
