package digest

import (
	"cmp"
	"reflect"
	"slices"
	"time"
)

// Value adds a value of any type by what it holds: maps in the order of their keys, fields of structures, also those that are
// not exported, and what pointers and interfaces lead to. Of functions and channels, and of what has been added already
// further up, it adds no more than that they are there.
func (h Hash) Value(v any) Hash { return h.ValueFunc(v, nil) }

// ValueFunc is Value, in which some pointers are known: known returns what stands for the value that they lead to.
func (h Hash) ValueFunc(v any, known func(pointer any) (sum uint64, ok bool)) Hash {
	switch v := v.(type) {
	case nil:
		return h.Uint('0')
	case string:
		return h.Uint('s').String(v)
	case bool:
		return h.Uint('b').Bool(v)
	case int:
		return h.Uint('i').Int(v)
	case float64:
		return h.Uint('f').Float(v)
	case time.Time:
		return h.Uint('t').Time(v)
	}
	return (&walker{known: known}).value(h, reflect.ValueOf(v))
}

// walker keeps the pointers that lead to the value at hand.
type walker struct {
	path  []visit
	known func(pointer any) (uint64, bool)
}

type visit struct {
	t  reflect.Type
	at uintptr
}

func (w *walker) value(h Hash, v reflect.Value) Hash {
	if !v.IsValid() {
		return h.Uint('0')
	}
	t := v.Type()
	if t == reflect.TypeFor[time.Time]() && v.CanInterface() {
		return h.Uint('t').Time(v.Interface().(time.Time))
	}
	if t == reflect.TypeFor[time.Location]() { // which fills itself in when it is used
		return h.Uint('z').String(v.FieldByName("name").String())
	}
	h = h.String(t.String()).Int(int(v.Kind()))
	switch v.Kind() {
	case reflect.Bool:
		return h.Bool(v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return h.Uint(uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return h.Uint(v.Uint())
	case reflect.Float32, reflect.Float64:
		return h.Float(v.Float())
	case reflect.Complex64, reflect.Complex128:
		return h.Float(real(v.Complex())).Float(imag(v.Complex()))
	case reflect.String:
		return h.String(v.String())
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		return h.Bool(v.IsNil())
	case reflect.Interface:
		return w.value(h, v.Elem())
	case reflect.Pointer:
		if w.known != nil && v.CanInterface() {
			if sum, ok := w.known(v.Interface()); ok {
				return h.Uint(sum)
			}
		}
		return w.through(h, v, func(h Hash) Hash { return w.value(h, v.Elem()) })
	case reflect.Map:
		return w.through(h, v, func(h Hash) Hash { return w.entries(h, v) })
	case reflect.Slice:
		return w.through(h, v, func(h Hash) Hash { return w.elements(h, v) })
	case reflect.Array:
		return w.elements(h, v)
	case reflect.Struct:
		for i := range v.NumField() {
			h = w.value(h, v.Field(i))
		}
	}
	return h
}

// through adds what a reference leads to.
func (w *walker) through(h Hash, v reflect.Value, add func(Hash) Hash) Hash {
	if v.IsNil() {
		return h.Uint('0')
	}
	here := visit{v.Type(), v.Pointer()}
	if slices.Contains(w.path, here) {
		return h.Uint('^')
	}
	w.path = append(w.path, here)
	h = add(h)
	w.path = w.path[:len(w.path)-1]
	return h
}

func (w *walker) elements(h Hash, v reflect.Value) Hash {
	h = h.Int(v.Len())
	for i := range v.Len() {
		h = w.value(h, v.Index(i))
	}
	return h
}

// entries adds a map, in the order of checksums.
func (w *walker) entries(h Hash, m reflect.Value) Hash {
	sums := make([][2]uint64, 0, m.Len())
	for it := m.MapRange(); it.Next(); {
		sums = append(sums, [2]uint64{w.value(0, it.Key()).Sum(), w.value(0, it.Value()).Sum()})
	}
	slices.SortFunc(sums, func(a, b [2]uint64) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	h = h.Int(len(sums))
	for _, e := range sums {
		h = h.Uint(e[0]).Uint(e[1])
	}
	return h
}
