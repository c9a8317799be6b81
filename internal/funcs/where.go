package funcs

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/suggest"
)

// Where returns the elements of a slice, or the entries of a map, for which a
// condition holds: where COLLECTION KEY [OPERATOR] VALUE. The result has the
// type of the collection.
//
// The key is a dotted path through methods without arguments, fields and map
// keys; case doesn't matter for map keys. A path that ends at a missing map
// key or a nil pointer is nil. An entry of a map whose value is a slice is
// kept when the condition holds for any element of that.
//
// The operators are
//
//	=  ==  eq       equal, as eq has it; the default
//	!= <>  ne       not equal
//	> >= < <=       as gt, ge, lt and le; never for nil nor what has no order
//	gt ge lt le
//	in  not in      an element of VALUE, or a part of the string VALUE; never for nil
//	intersect       a slice that shares an element with the slice VALUE
//	like            a string that matches the regular expression VALUE
func (c Collections) Where(collection, key any, args ...any) (_ any, err error) {
	defer recovered(&err)
	path, err := newKeyPath("where", key)
	if err != nil {
		return nil, err
	}
	op, match, err := parseCondition(args)
	if err != nil {
		return nil, err
	}
	test, spent, err := c.lib.condition(op, match)
	if err != nil {
		return nil, err
	}
	holds := func(v any) (bool, error) {
		v, err := path.value(v)
		if err != nil {
			return false, fmt.Errorf("where: %w", err)
		}
		found := test(v)
		if spent != nil && spent.tooMuch != nil {
			return false, fmt.Errorf("where: %w", spent.tooMuch)
		}
		return found, nil
	}
	if want, ok := match.(string); ok && op == "eq" && path.text != nil {
		slow := holds
		holds = func(v any) (bool, error) {
			if s, ok := path.text(v); ok {
				return s == want, nil
			}
			return slow(v)
		}
	}
	if s, ok := list(collection); ok {
		return whereSlice(s, holds)
	}
	if m := indirect(reflect.ValueOf(collection)); m.Kind() == reflect.Map {
		return whereMap(m, holds)
	}
	return nil, wrong("where", "a slice or a map", collection)
}

func whereSlice(s reflect.Value, holds func(any) (bool, error)) (any, error) {
	keep := make([]int32, 0, min(s.Len(), 64))
	for i := range s.Len() {
		ok, err := holds(elem(s, i))
		if err != nil {
			return nil, err
		}
		if ok {
			keep = append(keep, int32(i))
		}
	}
	return pick(s, keep).Interface(), nil
}

func whereMap(m reflect.Value, holds func(any) (bool, error)) (any, error) {
	out := reflect.MakeMap(m.Type())
	for it := m.MapRange(); it.Next(); {
		v := it.Value().Interface()
		var ok bool
		var err error
		if s, isList := list(v); isList {
			for i := 0; i < s.Len() && !ok && err == nil; i++ {
				ok, err = holds(elem(s, i))
			}
		} else {
			ok, err = holds(v)
		}
		if err != nil {
			return nil, err
		}
		if ok {
			out.SetMapIndex(it.Key(), it.Value())
		}
	}
	return out.Interface(), nil
}

// operators gives each operator of where its plain name.
var operators = map[string]string{
	"=": "eq", "==": "eq", "eq": "eq",
	"!=": "ne", "<>": "ne", "ne": "ne",
	">": "gt", "gt": "gt", ">=": "ge", "ge": "ge",
	"<": "lt", "lt": "lt", "<=": "le", "le": "le",
	"in": "in", "not in": "not in", "intersect": "intersect", "like": "like",
}

// parseCondition reads [OPERATOR] VALUE.
func parseCondition(args []any) (op string, match any, err error) {
	op = "eq"
	switch len(args) {
	case 1:
	case 2:
		name, ok := args[0].(string)
		if !ok {
			return "", nil, wrong("where", "an operator", args[0])
		}
		name = strings.ToLower(strings.TrimSpace(name))
		if op = operators[name]; op == "" {
			known := slices.Collect(maps.Keys(operators))
			return "", nil, fmt.Errorf("where: unknown operator %q%s", name, suggest.DidYouMean(name, known))
		}
	default:
		return "", nil, miscount("where", "a collection, a key, an operator and a value", 2+len(args))
	}
	return op, args[len(args)-1], nil
}

// condition makes the test for an operator and a value, and the effort that it makes, if it may be much.
func (l *library) condition(op string, match any) (func(any) bool, *effort, error) {
	switch op {
	case "eq":
		test, spent := l.equals(match)
		return test, spent, nil
	case "ne":
		eq, spent := l.equals(match)
		return func(v any) bool { return !eq(v) }, spent, nil
	case "in", "not in":
		return l.member(match, op == "in")
	case "intersect":
		return l.shares(match)
	case "like":
		test, err := l.matches(match)
		return test, nil, err
	}
	return l.ordered(match, op), nil, nil
}

func (l *library) equals(match any) (func(any) bool, *effort) {
	with := &comparison{lib: l}
	if want, ok := match.(string); ok {
		return func(v any) bool {
			if s, ok := v.(string); ok {
				return s == want
			}
			return with.equal(v, match)
		}, nil
	}
	if match == nil {
		return func(v any) bool { return l.operand(v).class == classNil }, nil
	}
	return func(v any) bool { return with.equal(v, match) }, &with.effort
}

func (l *library) ordered(match any, op string) func(any) bool {
	return func(v any) bool {
		if l.operand(v).class == classNil {
			return false
		}
		c, ok := l.order(v, match)
		switch {
		case !ok:
			return false
		case op == "gt":
			return c > 0
		case op == "ge":
			return c >= 0
		case op == "lt":
			return c < 0
		}
		return c <= 0
	}
}

func (l *library) member(match any, want bool) (func(any) bool, *effort, error) {
	if o := l.operand(match); o.class == classString {
		return func(v any) bool {
			part := l.operand(v)
			return part.class == classString && strings.Contains(o.s, part.s) == want
		}, nil, nil
	}
	members, err := l.newSet(match)
	if err != nil {
		return nil, nil, fmt.Errorf("where: %w", err)
	}
	return func(v any) bool {
		if l.operand(v).class == classNil {
			return false
		}
		return members.has(v) == want
	}, &members.effort, nil
}

func (l *library) shares(match any) (func(any) bool, *effort, error) {
	members, err := l.newSet(match)
	if err != nil {
		return nil, nil, fmt.Errorf("where: %w", err)
	}
	return func(v any) bool {
		if ss, ok := v.([]string); ok {
			return slices.ContainsFunc(ss, members.hasString)
		}
		s, ok := list(v)
		for i := 0; ok && i < s.Len(); i++ {
			if members.has(s.Index(i).Interface()) {
				return true
			}
		}
		return false
	}, &members.effort, nil
}

func (l *library) matches(match any) (func(any) bool, error) {
	o := l.operand(match)
	if o.class != classString {
		return nil, wrong("where", "a regular expression", match)
	}
	re, err := l.regexp("where", o.s)
	if err != nil {
		return nil, err
	}
	return func(v any) bool {
		s := l.operand(v)
		return s.class == classString && re.MatchString(s.s)
	}, nil
}
