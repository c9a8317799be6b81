package funcs

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Sort returns a sorted copy: sort COLLECTION [KEY] [ORDER]. The key is a path
// as in [Collections.Where], or "value" for the elements themselves, which is
// the default for slices. The order is asc or desc. Equal elements keep their
// order. A slice keeps its type; a map becomes the slice of its values, sorted
// by their map keys by default, and a list with a method ByWeight what that returns.
//
// Values sort in the order nil, false, true, numbers, strings, times,
// collections by length; other values are an error.
func (c Collections) Sort(collection any, args ...any) (_ any, err error) {
	defer recovered(&err)
	if len(args) > 2 {
		return nil, miscount("sort", "a collection, a key and an order", 1+len(args))
	}
	descending := false
	if len(args) == 2 {
		switch order, ok := toString(args[1]); {
		case ok && (order == "asc" || order == ""):
		case ok && order == "desc":
			descending = true
		default:
			return nil, wrong("sort", "asc or desc", args[1])
		}
	}
	key := ""
	if len(args) > 0 {
		if key, err = text("sort", args[0]); err != nil {
			return nil, err
		}
	}
	if s, ok := list(collection); ok {
		if sorted, ok := byWeight(s); ok && len(args) == 0 {
			return sorted, nil
		}
		return c.sortSlice(s, key, descending)
	}
	if m := indirect(reflect.ValueOf(collection)); m.Kind() == reflect.Map {
		return c.sortMap(m, key, descending)
	}
	return nil, wrong("sort", "a slice or a map", collection)
}

// byWeight returns a list that has a method ByWeight, as those of pages and of menus have, in that order.
func byWeight(s reflect.Value) (any, bool) {
	m := s.MethodByName("ByWeight")
	if !m.IsValid() || m.Type().NumIn() != 0 || m.Type().NumOut() != 1 {
		return nil, false
	}
	return m.Call(nil)[0].Interface(), true
}

func (c Collections) sortSlice(s reflect.Value, key string, descending bool) (any, error) {
	keys := make([]operand, s.Len())
	if key == "" || key == "value" {
		for i := range keys {
			keys[i] = c.lib.operand(s.Index(i).Interface())
		}
	} else if err := c.sortKeys(keys, s, key); err != nil {
		return nil, err
	}
	order, err := c.lib.sorted(keys, descending)
	if err != nil {
		return nil, err
	}
	return pick(s, order).Interface(), nil
}

// sortKeys reads the key of each element.
func (c Collections) sortKeys(keys []operand, s reflect.Value, key string) error {
	path, err := newKeyPath("sort", key)
	if err != nil {
		return err
	}
	for i := range keys {
		v, err := path.value(elem(s, i))
		if err != nil {
			return fmt.Errorf("sort: %w", err)
		}
		keys[i] = c.lib.operand(v)
	}
	return nil
}

func (c Collections) sortMap(m reflect.Value, key string, descending bool) (any, error) {
	mapKeys := make([]operand, 0, m.Len())
	values := reflect.MakeSlice(reflect.SliceOf(m.Type().Elem()), 0, m.Len())
	for it := m.MapRange(); it.Next(); {
		mapKeys = append(mapKeys, c.lib.operand(it.Key().Interface()))
		values = reflect.Append(values, it.Value())
	}
	// By the map's keys first: they put equal values in a fixed order.
	order, err := c.lib.sorted(mapKeys, descending && key == "")
	if err != nil {
		return nil, err
	}
	values = pick(values, order)
	if key == "" {
		return values.Interface(), nil
	}
	return c.sortSlice(values, key, descending)
}

// sorted returns the indices of keys in the order of the keys.
func (l *library) sorted(keys []operand, descending bool) ([]int32, error) {
	order, size := make([]int32, len(keys)), 0
	for i := range order {
		if keys[i].class == classOther {
			return nil, fmt.Errorf("sort: the elements have no order: give a key to sort by")
		}
		order[i] = int32(i)
		if l.sortKey != nil && keys[i].class == classString {
			if size += len(keys[i].s); size > maxText { // keys are longer still
				return nil, fmt.Errorf("sort: more than %d MiB of text to compare", maxText>>20)
			}
			keys[i].s = l.sortKey(keys[i].s)
		}
	}
	sign := 1
	if descending {
		sign = -1
	}
	slices.SortFunc(order, func(i, j int32) int {
		return cmp.Or(sign*l.sortOrder(&keys[i], &keys[j]), cmp.Compare(i, j))
	})
	return order, nil
}

// sortOrder is a total order of operands, by class first.
func (l *library) sortOrder(a, b *operand) int {
	switch {
	case a.class == classString && b.class == classString:
		if l.sortKey == nil {
			return compareFold(a.s, b.s)
		}
		return strings.Compare(a.s, b.s)
	case a.class == b.class || a.class.number() && b.class.number():
		return sameClass(*a, *b)
	}
	return cmp.Compare(a.class, b.class)
}
