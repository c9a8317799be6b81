package funcs

import (
	"math"
	"reflect"
	"slices"
	"sort"
)

// An Index answers conditions of where on one slice and key without reading the elements each time: those that
// ask for strings, whole numbers, booleans or pointers by eq, or for one of several strings by in or intersect. It
// is safe for concurrent use, and for as long as the elements and their keys stay the same.
type Index struct {
	slice  reflect.Value
	texts  postings        // elements by the string that the key is
	parts  postings        // elements by each string in the slice that the key is
	others map[any][]int32 // elements by another value
}

// NewIndex reads the key of each element of a slice. The index is nil if it could not answer as where does: also when
// where fails.
func NewIndex(c Collections, collection, key any) (_ *Index) {
	var err error
	defer recovered(&err)
	path, err := newKeyPath("where", key)
	s, ok := list(collection)
	if err != nil || !ok {
		return nil
	}
	ix := &Index{slice: s, others: make(map[any][]int32)}
	for i := range s.Len() {
		v, err := path.value(elem(s, i))
		if err != nil || !ix.add(c.lib, v, int32(i)) {
			return nil
		}
	}
	ix.texts.settle()
	ix.parts.settle()
	return ix
}

// add notes the value of an element. It is false for one that may equal what has another key.
func (ix *Index) add(lib *library, v any, i int32) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		ix.texts.add(v, i)
		return true
	case []string:
		for _, s := range v {
			ix.parts.add(s, i)
		}
		return true
	case eqer:
		return false
	}
	rv := reflect.ValueOf(v)
	if rv.Kind() == reflect.Pointer {
		if !rv.IsNil() {
			ix.others[v] = append(ix.others[v], i)
		}
		return rv.IsNil() || rv.Elem().Kind() == reflect.Struct
	}
	switch o := lib.operand(v); o.class {
	case classString:
		ix.texts.add(o.s, i)
	case classBool, classInt, classFloat:
		key, ok := indexKey(o)
		if !ok {
			return false
		}
		ix.others[key] = append(ix.others[key], i)
	case classList:
		if s, ok := list(v); ok {
			ix.addParts(lib, s, i)
		}
	}
	return true
}

func (ix *Index) addParts(lib *library, s reflect.Value, i int32) {
	for k := range s.Len() {
		if o := lib.operand(s.Index(k).Interface()); o.class == classString {
			ix.parts.add(o.s, i)
		}
	}
}

// indexKey is the key of a boolean or a number. It is false for one that several whole numbers may be equal to.
func indexKey(o operand) (any, bool) {
	switch o.class {
	case classBool:
		return o.n != 0, true
	case classInt:
		return o.n, o.n > -1<<53 && o.n < 1<<53
	}
	if o.f == math.Trunc(o.f) {
		return int64(o.f), math.Abs(o.f) < 1<<53
	}
	return o.f, true
}

// Len returns roughly how much memory the index takes, in words.
func (ix *Index) Len() int {
	n := ix.texts.len() + ix.parts.len()
	for _, list := range ix.others {
		n += 8 + len(list)/2
	}
	return n
}

// Where returns what where does with the slice, the key and these arguments. It is false for conditions that the
// index does not answer.
func (ix *Index) Where(c Collections, args ...any) (_ any, ok bool) {
	op, match, err := parseCondition(args)
	if err != nil {
		return nil, false
	}
	var found []int32
	switch op {
	case "eq":
		found, ok = ix.equal(c.lib, match)
	case "in":
		found, ok = ix.texts.any(match)
	case "intersect":
		found, ok = ix.parts.any(match)
	}
	if !ok {
		return nil, false
	}
	return pick(ix.slice, found).Interface(), true
}

func (ix *Index) equal(lib *library, match any) (found []int32, ok bool) {
	switch match := match.(type) {
	case string:
		return ix.texts.find(match), true
	case eqer:
		return nil, false
	case int, int64, bool:
		key, ok := indexKey(lib.operand(match))
		return ix.others[key], ok
	}
	rv := reflect.ValueOf(match)
	if rv.Kind() != reflect.Pointer || rv.IsNil() || lib.operand(match).class != classOther {
		return nil, false
	}
	return ix.others[match], true
}

// postings lists elements by strings.
type postings struct {
	keys  []string
	start []int32 // in places, of each key
	where []int32

	added []posting // until they are settled
}

type posting struct {
	key string
	at  int32
}

func (p *postings) add(key string, at int32) { p.added = append(p.added, posting{key, at}) }

func (p *postings) len() int { return 3*len(p.keys) + len(p.where)/2 }

func (p *postings) settle() {
	slices.SortStableFunc(p.added, func(a, b posting) int {
		switch {
		case a.key < b.key:
			return -1
		case a.key > b.key:
			return 1
		}
		return 0
	})
	p.where = make([]int32, 0, len(p.added))
	for i, a := range p.added {
		switch {
		case i == 0 || a.key != p.added[i-1].key:
			p.keys, p.start = append(p.keys, a.key), append(p.start, int32(len(p.where)))
		case a.at == p.added[i-1].at: // twice in one slice
			continue
		}
		p.where = append(p.where, a.at)
	}
	p.start = append(p.start, int32(len(p.where)))
	p.keys, p.start, p.added = slices.Clip(p.keys), slices.Clip(p.start), nil
}

func (p *postings) find(key string) []int32 {
	i := sort.SearchStrings(p.keys, key)
	if i == len(p.keys) || p.keys[i] != key {
		return nil
	}
	return p.where[p.start[i]:p.start[i+1]]
}

// any finds the elements of any of the strings in a slice. It is false for other slices.
func (p *postings) any(of any) (found []int32, ok bool) {
	keys, ok := of.([]string)
	if list, isList := of.([]any); isList {
		for _, v := range list {
			s, isText := v.(string)
			if !isText {
				return nil, false
			}
			keys = append(keys, s)
		}
		ok = true
	}
	if !ok {
		return nil, false
	}
	for _, key := range keys {
		found = append(found, p.find(key)...)
	}
	slices.Sort(found)
	return slices.Compact(found), true
}
