package exec

import (
	"reflect"
	"slices"
)

// A Watcher sees what templates do with lists and maps, as far as a [Machine] executes them: that some templates
// make a list, look at its beginning, and leave the rest alone.
//
// A method that [Methods.Watched] names is called through it. What its result is used for, the machine tells: what
// is not told, has not been looked at. That a value goes to a variable, to the dot, or through a function of [Types.Passing] is no use.
type Watcher interface {
	// Call calls a method without arguments. If it is false, the method is called as any other.
	Call(recv any, method string) (result any, ok bool)

	// Ask answers what a function, or a method with its receiver for the first argument, would return that [Types.Asked] or
	// [Methods.Asked] names. It is asked only if an argument is a list. If it is false, the arguments are used, and the function is
	// called as any other.
	Ask(name string, args []any) (result any, ok bool)

	// Use tells that a list or a map that is not empty is used. Of UsePrefix, n is the number of elements.
	Use(v any, how Use, n int)

	// Key tells that the value of a key of a map is read.
	Key(m any, key string, value any)
}

// Use says what of a value is used.
type Use uint8

const (
	UseAll    Use = iota // whatever there is
	UseLen               // how long it is
	UseSome              // whether it has elements
	UsePrefix            // its first elements
	UseEach              // its elements, of which it is told what is used
)

// Watch has w see what is done from now on; nil: nobody.
func (m *Machine) Watch(w Watcher) { m.watch = w }

// Watched names the methods that are called through a [Watcher].
func (m Methods) Watched(names ...string) Methods {
	m.watched = names
	return m
}

// Asked names methods that a [Watcher] may answer in place of.
func (m Methods) Asked(names ...string) Methods {
	m.asked = names
	return m
}

// List tells that uses of values of the type, which is a slice or a map, or an element of one that has a list in turn, are told. The method named length is no more than a look at the
// length, and those named passing return part of the list.
func (m Methods) List(length string, passing ...string) Methods {
	m.list, m.length, m.passing = true, length, passing
	return m
}

// Passing names the functions to which values may go without being used: who watches is told of that by them.
// Of what the function index goes through, the machine tells. Passing must not be called after the first use of the types.
func (ts *Types) Passing(names ...string) {
	for _, name := range names {
		ts.passing[name] = true
	}
}

// Asked names functions that a [Watcher] may answer in place of. It must not be called after the first use of the types.
func (ts *Types) Asked(names ...string) {
	for _, name := range names {
		ts.asked[name] = true
	}
}

// argumentUse is what a callable uses of its arguments.
type argumentUse uint8

const (
	usesAll argumentUse = iota
	usesNone
	usesLength
	usesTruth
	usesIndex
)

// use tells of the use of a value.
func (s *state) use(v reflect.Value, how Use, n int) {
	if s.watch == nil {
		return
	}
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		if t := v.Type(); (t == anyMapType || s.types.lists[t]) && v.Len() > 0 {
			s.watch.Use(v.Interface(), how, n)
		}
	case reflect.Interface, reflect.Pointer:
		if v.Kind() == reflect.Interface || v.Type().Elem().Kind() == reflect.Slice {
			s.use(v.Elem(), how, n)
		}
	case reflect.Struct:
		switch t := v.Type(); {
		case t == valueType:
			s.use(unwrap(v), how, n)
		case s.types.lists[t]:
			s.watch.Use(v.Interface(), how, n)
		}
	}
}

// ask has the watcher answer what f would return. What goes wrong, goes wrong again when f is called.
func (s *state) ask(f *callable, args []reflect.Value) (v reflect.Value, ok bool) {
	if !slices.ContainsFunc(args, s.isList) {
		return v, false
	}
	defer func() {
		if recover() != nil {
			v, ok = reflect.Value{}, false
		}
	}()
	list := make([]any, len(args))
	for i, arg := range args {
		list[i] = arg.Interface()
	}
	got, ok := s.watch.Ask(f.name, list)
	return reflect.ValueOf(got), ok
}

// isList reports whether a value is a list whose uses are told.
func (s *state) isList(v reflect.Value) bool {
	v = open(v)
	return v.Kind() == reflect.Slice && v.Len() > 0 && s.types.lists[v.Type()]
}

// useArguments tells of the use of arguments, and of the receiver.
func (s *state) useArguments(f *callable, args []reflect.Value) {
	switch f.uses {
	case usesNone:
		return
	case usesLength:
		s.use(args[0], UseLen, 0)
		args = args[1:]
	case usesTruth:
		s.use(args[0], UseSome, 0)
		args = args[1:]
	case usesIndex:
		s.useIndexed(args)
		return
	}
	for _, arg := range args {
		s.use(arg, UseAll, 0)
	}
}

// useIndexed tells of the use of what index goes through.
func (s *state) useIndexed(args []reflect.Value) {
	v := concrete(args[0])
	for _, i := range args[1:] {
		i, m := concrete(i), v
		switch {
		case m.Kind() == reflect.Map && m.Type().Key() == stringType && i.Kind() == reflect.String:
			v = concrete(m.MapIndex(i.Convert(stringType)))
			s.useKey(m, i.String(), v)
		case m.Kind() == reflect.Slice && i.CanInt() && i.Int() >= 0 && i.Int() < int64(m.Len()):
			v = concrete(m.Index(int(i.Int())))
			s.use(m, UsePrefix, int(i.Int())+1)
		default:
			s.use(m, UseAll, 0)
			return
		}
	}
}

// useKey tells that the value of a key is read.
func (s *state) useKey(m reflect.Value, key string, v reflect.Value) {
	if s.watch == nil || m.Len() == 0 {
		return
	}
	if t := m.Type(); t != anyMapType && !s.types.lists[t] {
		return
	}
	var value any
	if v.IsValid() && v.CanInterface() {
		value = v.Interface()
	}
	s.watch.Key(m.Interface(), key, value)
}
