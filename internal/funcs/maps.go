package funcs

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strings"
)

// KeyValues is a key with its values, as keyVals makes it.
type KeyValues struct {
	Key    any
	Values []any
}

// KeyVals returns a key with values: keyVals KEY VALUE….
func (Collections) KeyVals(key any, values ...any) KeyValues {
	return KeyValues{key, append([]any(nil), values...)}
}

// Dictionary returns a map of keys and values: dict [KEY VALUE]…. A key is a
// string, or a slice of strings for a value within nested maps.
func (Collections) Dictionary(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, miscount("dict", "pairs of a key and a value", len(pairs))
	}
	root := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		if key, ok := pairs[i].(string); ok {
			root[key] = pairs[i+1]
			continue
		}
		path, err := dictKey(pairs[i])
		if err != nil {
			return nil, err
		}
		if err := setNested(root, path, pairs[i+1]); err != nil {
			return nil, err
		}
	}
	return root, nil
}

func dictKey(v any) ([]string, error) {
	s, ok := list(v)
	if !ok {
		key, err := text("dict", v)
		if v == nil {
			err = wrong("dict", "a key", v)
		}
		return []string{key}, err
	}
	if s.Len() == 0 {
		return nil, errors.New("dict: a key is an empty slice")
	}
	if s.Len() > maxNesting {
		return nil, fmt.Errorf("dict: a key leads through more than %d maps", maxNesting)
	}
	path := make([]string, s.Len())
	for i := range path {
		key, err := text("dict", s.Index(i).Interface())
		if err != nil {
			return nil, err
		}
		path[i] = key
	}
	return path, nil
}

// setNested sets a value at a path of keys.
func setNested(m map[string]any, path []string, value any) error {
	for _, key := range path[:len(path)-1] {
		inner := map[string]any{}
		if old, ok := m[key]; ok {
			om, ok := old.(map[string]any)
			if !ok {
				return fmt.Errorf("dict: the key %q has the value %s and can't have keys itself", key, describe(old))
			}
			inner = maps.Clone(om) // it may be an argument
			if inner == nil {
				inner = map[string]any{}
			}
		}
		m[key] = inner
		m = inner
	}
	m[path[len(path)-1]] = value
	return nil
}

// Index returns the element at a key or an index, and within that at the next:
// index COLLECTION KEY…. The keys may also come as one slice. Nil, a missing
// key and an index out of range give nil, or the zero value of a typed map.
func (Collections) Index(collection any, keys ...any) (any, error) {
	if len(keys) == 1 {
		if s, ok := list(keys[0]); ok {
			keys = make([]any, s.Len())
			for i := range keys {
				keys[i] = s.Index(i).Interface()
			}
		}
	}
	v := collection
	for _, key := range keys {
		if m, ok := v.(map[string]any); ok {
			if k, ok := key.(string); ok {
				v = m[k]
				continue
			}
		}
		rv := indirect(reflect.ValueOf(v))
		var err error
		switch rv.Kind() {
		case reflect.Invalid:
			return nil, nil
		case reflect.Map:
			v, err = mapValue(rv, key)
		case reflect.Slice, reflect.Array, reflect.String:
			v, err = at(rv, key)
		default:
			err = wrong("index", "a slice or a map", v)
		}
		if err != nil {
			return nil, err
		}
	}
	return v, nil
}

// mapValue returns the value of a key, or the zero value.
func mapValue(m reflect.Value, key any) (any, error) {
	k, ok := mapKey(m.Type().Key(), key)
	if !ok {
		return nil, wrong("index", "a key of type "+m.Type().Key().String(), key)
	}
	if !k.Comparable() {
		return nil, wrong("index", "a key", key)
	}
	if e := m.MapIndex(k); e.IsValid() {
		return e.Interface(), nil
	}
	return reflect.Zero(m.Type().Elem()).Interface(), nil
}

// mapKey converts a key to the type of a map's keys: any text for string
// keys, any whole number for numeric ones.
func mapKey(t reflect.Type, key any) (reflect.Value, bool) {
	k := reflect.ValueOf(key)
	switch {
	case !k.IsValid():
		return reflect.Zero(t), t.Kind() == reflect.Interface
	case k.Type().AssignableTo(t):
		return k, true
	case t.Kind() == reflect.String && k.Kind() == reflect.String:
		return k.Convert(t), true
	}
	switch n := reflect.Zero(t); {
	case n.CanInt() && (k.CanInt() || k.CanUint()), n.CanUint() && (k.CanInt() || k.CanUint()):
		c := k.Convert(t)
		return c, c.Convert(k.Type()).Equal(k) && (c.CanInt() && c.Int() < 0) == (k.CanInt() && k.Int() < 0)
	}
	return k, false
}

// at returns the element at an index, or nil.
func at(s reflect.Value, index any) (any, error) {
	iv := reflect.ValueOf(index)
	if !iv.CanInt() && !iv.CanUint() {
		return nil, wrong("index", "a whole number", index)
	}
	i, err := toInt(index)
	if err != nil || i < 0 || i >= s.Len() {
		return nil, nil
	}
	return s.Index(i).Interface(), nil
}

// IsSet reports whether a map has a key, whatever its value, or a slice an
// index: isset COLLECTION KEY. Nil has none.
func (Collections) IsSet(collection, key any) (bool, error) {
	v := indirect(reflect.ValueOf(collection))
	switch v.Kind() {
	case reflect.Invalid:
		return false, nil
	case reflect.Map:
		k, ok := mapKey(v.Type().Key(), key)
		return ok && k.Comparable() && v.MapIndex(k).IsValid(), nil
	case reflect.Slice, reflect.Array:
		i, err := whole("isset", "the index", key)
		return err == nil && i >= 0 && i < v.Len(), err
	}
	return false, wrong("isset", "a map or a slice", collection)
}

// In reports whether a slice has an element, or a string a part: in SLICE
// VALUE. Nothing is in nil, and nil is in nothing.
func (c Collections) In(collection, value any) (bool, error) {
	if collection == nil || value == nil {
		return false, nil
	}
	s, ok := list(collection)
	if !ok {
		whole, part, err := text2("in", collection, value)
		return err == nil && strings.Contains(whole, part), err
	}
	if ss, ok := s.Interface().([]string); ok {
		if want, ok := value.(string); ok {
			for _, e := range ss {
				if e == want {
					return true, nil
				}
			}
			return false, nil
		}
	}
	with := comparison{lib: c.lib}
	for i := 0; i < s.Len() && with.tooMuch == nil; i++ {
		if with.equal(s.Index(i).Interface(), value) {
			return true, nil
		}
	}
	if with.tooMuch != nil {
		return false, fmt.Errorf("in: %w", with.tooMuch)
	}
	return false, nil
}

// Merge returns a map of the entries of all maps: merge MAP…. Later maps win,
// and maps within maps are merged too. Keys that differ in case alone are
// the same; the last one's spelling is kept. Nil is the empty map.
func (Collections) Merge(args ...any) (map[string]any, error) {
	if len(args) < 2 {
		return nil, fmt.Errorf("merge: want at least 2 maps, have %d", len(args))
	}
	var out map[string]any
	left := maxList
	for _, a := range args {
		m, ok := stringMap(a)
		if !ok && a != nil {
			return nil, wrong("merge", "a map with string keys", a)
		}
		var err error
		if out, err = mergeMaps(out, m, 0, &left); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// maxNesting bounds recursion into values, which may contain themselves.
const maxNesting = 200

// mergeMaps returns a new map of the entries of low and those of high. At most
// left entries are merged.
func mergeMaps(low, high map[string]any, depth int, left *int) (map[string]any, error) {
	if depth > maxNesting {
		return nil, errors.New("merge: the maps are nested too deeply")
	}
	if *left -= 1 + len(low) + len(high); *left < 0 {
		return nil, fmt.Errorf("merge: more than %d entries", maxList)
	}
	out := make(map[string]any, len(low)+len(high))
	folded := make(map[string]string, len(low))
	for _, k := range slices.Sorted(maps.Keys(low)) {
		out[k] = low[k]
		folded[strings.ToLower(k)] = k
	}
	for _, k := range slices.Sorted(maps.Keys(high)) {
		v := high[k]
		if old, ok := folded[strings.ToLower(k)]; ok {
			inner, iok := stringMap(low[old])
			outer, ook := stringMap(v)
			if iok && ook {
				var err error
				if v, err = mergeMaps(inner, outer, depth+1, left); err != nil {
					return nil, err
				}
			}
			delete(out, old)
		}
		out[k] = v
	}
	return out, nil
}

// stringMap gives any map with keys of a string type as a map[string]any.
func stringMap(v any) (map[string]any, bool) {
	if m, ok := v.(map[string]any); ok {
		return m, true
	}
	rv := indirect(reflect.ValueOf(v))
	if rv.Kind() != reflect.Map || rv.Type().Key().Kind() != reflect.String {
		return nil, false
	}
	if t := reflect.TypeFor[map[string]any](); rv.CanConvert(t) {
		return rv.Convert(t).Interface().(map[string]any), true
	}
	out := make(map[string]any, rv.Len())
	for it := rv.MapRange(); it.Next(); {
		out[it.Key().String()] = it.Value().Interface()
	}
	return out, true
}

// Querify returns the query string of keys and values, sorted by key: querify
// MAP, querify SLICE or querify [KEY VALUE]….
func (Collections) Querify(args ...any) (string, error) {
	if len(args) == 1 {
		if m, ok := stringMap(args[0]); ok {
			args = make([]any, 0, 2*len(m))
			for k, v := range m {
				args = append(args, k, v)
			}
		} else if s, ok := list(args[0]); ok {
			args = make([]any, s.Len())
			for i := range args {
				args[i] = s.Index(i).Interface()
			}
		} else {
			return "", wrong("querify", "a map, a slice, or keys and values", args[0])
		}
	}
	if len(args)%2 != 0 {
		return "", miscount("querify", "pairs of a key and a value", len(args))
	}
	values := url.Values{}
	size := 0
	for i := 0; i < len(args); i += 2 {
		k, v, err := text2("querify", args[i], args[i+1])
		if err != nil {
			return "", err
		}
		if k == "" {
			return "", errors.New("querify: a key is empty")
		}
		size += len(k) + len(v)
		if err := fits("querify", size); err != nil {
			return "", err
		}
		values.Add(k, v)
	}
	return values.Encode(), nil
}
