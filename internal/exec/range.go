package exec

import (
	"cmp"
	"reflect"
	"slices"
)

func (n *rangeNode) run(s *state, dot reflect.Value) control {
	s.at = n.at
	mark := len(s.vars)
	v, _ := indirect(s.pipe(n.pipe, dot))
	l := loop{s, n, len(s.vars)}
	c := goOn
	if !l.over(v) && n.otherwise != nil {
		c = s.list(n.otherwise, dot)
	}
	s.pop(mark)
	return c
}

// loop is a range under way.
type loop struct {
	s    *state
	n    *rangeNode
	mark int // variables before the body
}

// over runs the body for the elements of v, and reports whether there were any.
func (l loop) over(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Slice:
		return l.overList(v)
	case reflect.Map:
		return l.overMap(v)
	case reflect.Chan:
		return l.overChan(v)
	case reflect.Invalid:
		return false
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		if len(l.n.pipe.decl) > 1 {
			l.s.fail("can't use %v to iterate over more than one variable", v)
		}
		some := false
		for i := range v.Seq() {
			some = true
			if !l.body(reflect.Value{}, i) {
				break
			}
		}
		return some
	case reflect.Func:
		return l.overFunc(v)
	}
	l.s.fail("range can't iterate over %v", v)
	return false
}

// overList is for slices and arrays. A range with a break may use no more than their beginning.
func (l loop) overList(v reflect.Value) bool {
	n, i := v.Len(), 0
	if !l.n.breaks {
		l.s.use(v, UseEach, 0)
	} else if l.s.watch != nil && n > 0 {
		defer func() { l.s.use(v, UsePrefix, min(i+1, n)) }()
	}
	for ; i < v.Len() && l.body(l.index(i), v.Index(i)); i++ {
	}
	return n > 0
}

// index returns an index if a variable takes it.
func (l loop) index(i int) reflect.Value {
	if len(l.n.pipe.decl) > 1 {
		return reflect.ValueOf(i)
	}
	return reflect.Value{}
}

// body runs the body once, and reports whether the loop goes on.
func (l loop) body(index, elem reflect.Value) bool {
	s, decl := l.s, l.n.pipe.decl
	switch {
	case len(decl) == 0:
	case l.n.pipe.assign && len(decl) == 1:
		s.assign(decl[0], elem)
	case l.n.pipe.assign:
		s.assign(decl[0], index)
		s.assign(decl[1], elem)
	default:
		s.vars[l.mark-1].value = elem
		if len(decl) > 1 {
			s.vars[l.mark-2].value = index
		}
	}
	c := s.list(l.n.body, elem)
	s.pop(l.mark)
	return c != doBreak
}

func (l loop) overChan(v reflect.Value) bool {
	if v.IsNil() {
		return false
	}
	if v.Type().ChanDir() == reflect.SendDir {
		l.s.fail("range over send-only channel %v", v)
	}
	for i := 0; ; i++ {
		elem, ok := v.Recv()
		if !ok {
			return i > 0
		}
		if !l.body(l.index(i), elem) {
			return true
		}
	}
}

// broken goes through an iterator when a break ends the loop, as it does in text/template: the iterator
// need not expect that it goes on after its yield.
type broken struct{}

// overFunc is for iterators.
func (l loop) overFunc(v reflect.Value) (some bool) {
	two := len(l.n.pipe.decl) > 1
	step := func(index, elem reflect.Value) {
		some = true
		if !l.body(index, elem) {
			panic(broken{})
		}
	}
	defer func() {
		if r := recover(); r != nil && r != (broken{}) {
			panic(r)
		}
	}()
	switch {
	case v.Type().CanSeq():
		if two {
			l.s.fail("can't use %v iterate over more than one variable", v)
		}
		for elem := range v.Seq() {
			step(reflect.Value{}, elem)
		}
	case v.Type().CanSeq2():
		for i, elem := range v.Seq2() {
			if two {
				step(i, elem)
			} else {
				step(reflect.Value{}, i)
			}
		}
	default:
		l.s.fail("range can't iterate over %v", v)
	}
	return some
}

// entry is an element of a map.
type entry struct{ key, value reflect.Value }

// overMap goes over a map in the order of its keys.
func (l loop) overMap(m reflect.Value) bool {
	if m.Len() == 0 {
		return false
	}
	l.s.use(m, UseEach, 0)
	entries := make([]entry, 0, m.Len())
	for it := m.MapRange(); it.Next(); {
		entries = append(entries, entry{it.Key(), it.Value()})
	}
	if compare := order(m.Type().Key().Kind()); compare != nil {
		slices.SortStableFunc(entries, compare)
	} else {
		entries = l.s.std.sorted(m)
	}
	for _, e := range entries {
		if !l.body(e.key, e.value) {
			break
		}
	}
	return len(entries) > 0
}

// order returns how keys of frequent kinds are sorted, nil for others.
func order(k reflect.Kind) func(a, b entry) int {
	switch k {
	case reflect.String:
		return func(a, b entry) int { return cmp.Compare(a.key.String(), b.key.String()) }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(a, b entry) int { return cmp.Compare(a.key.Int(), b.key.Int()) }
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return func(a, b entry) int { return cmp.Compare(a.key.Uint(), b.key.Uint()) }
	}
	return nil
}
