package exec

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"
	texttemplate "text/template"
)

// standardFunction returns a function of the standard library, of text/template or of html/template's own. Its
// value is not valid if there is none of that name.
func standardFunction(name string) *callable {
	switch name {
	case "print":
		return printing(name, fmt.Sprint)
	case "printf":
		return printing(name, fmt.Sprintf)
	case "println":
		return printing(name, fmt.Sprintln)
	case "html":
		return printing(name, texttemplate.HTMLEscaper)
	case "js":
		return printing(name, texttemplate.JSEscaper)
	case "urlquery":
		return printing(name, texttemplate.URLQueryEscaper)
	case "and", "or":
		f := builtin(name, reflect.TypeFor[func(reflect.Value, ...reflect.Value) reflect.Value](), nil)
		f.logic = true
		return f
	case "not":
		f := builtin(name, reflect.TypeFor[func(reflect.Value) bool](), func(args []reflect.Value) (reflect.Value, bool) {
			return boolean(!isTrue(args[0])), true
		})
		f.uses = usesTruth
		return f
	case "eq":
		return builtin(name, reflect.TypeFor[func(reflect.Value, ...reflect.Value) (bool, error)](), equalAny)
	case "ne", "lt", "le", "gt", "ge":
		return builtin(name, reflect.TypeFor[func(reflect.Value, reflect.Value) (bool, error)](), comparison(name))
	case "len":
		f := builtin(name, reflect.TypeFor[func(reflect.Value) (int, error)](), length)
		f.uses = usesLength
		return f
	case "index":
		f := builtin(name, reflect.TypeFor[func(reflect.Value, ...reflect.Value) (reflect.Value, error)](), index)
		f.uses = usesIndex
		return f
	case "slice":
		return builtin(name, reflect.TypeFor[func(reflect.Value, ...reflect.Value) (reflect.Value, error)](), nil)
	}
	if strings.HasPrefix(name, escaperPrefix) || name == evalArgs {
		f := builtin(name, reflect.TypeFor[func(...any) string](), nil)
		if f.weighs = asText; name == escaperPrefix+"jsvalescaper" {
			f.weighs = asJSON
		}
		return f
	}
	return &callable{signature: signature{name: name}}
}

// printing returns a function that prints its arguments.
func printing(name string, fn any) *callable {
	f := newFunction(name, fn, nil)
	f.weighs = asText
	return f
}

// builtin returns a function with a way of its own for frequent arguments, and that of the standard library for others.
func builtin(name string, t reflect.Type, fast func(args []reflect.Value) (reflect.Value, bool)) *callable {
	f := &callable{signature: newSignature(name, t, 0), value: reflect.Zero(t)}
	f.raw = true
	f.builtin = func(m *Machine, args []reflect.Value) (reflect.Value, error) {
		if fast != nil {
			if v, ok := fast(args); ok {
				return v, nil
			}
		}
		return m.std.call(name, args)
	}
	return f
}

var (
	trueValue  = reflect.ValueOf(true)
	falseValue = reflect.ValueOf(false)
)

func boolean(b bool) reflect.Value {
	if b {
		return trueValue
	}
	return falseValue
}

// logic is and, and or: it evaluates arguments until one decides.
func (s *state) logic(c *invocation, or bool, dot reflect.Value) reflect.Value {
	var v reflect.Value
	for i := range c.args {
		v = s.raw(&c.args[i], dot)
		s.use(v, UseSome, 0)
		if isTrue(v) == or {
			return v
		}
	}
	if c.piped {
		v = unwrap(c.final)
	}
	return v
}

// equalAny is eq for arguments of one kind.
func equalAny(args []reflect.Value) (reflect.Value, bool) {
	if len(args) < 2 {
		return noValue, false
	}
	for _, arg := range args[1:] {
		c, ok := compare(args[0], arg)
		if !ok {
			return noValue, false
		}
		if c == 0 {
			return trueValue, true
		}
	}
	return falseValue, true
}

// comparison returns ne, lt, le, gt or ge for numbers and strings of one kind.
func comparison(name string) func(args []reflect.Value) (reflect.Value, bool) {
	return func(args []reflect.Value) (reflect.Value, bool) {
		c, ok := compare(args[0], args[1])
		if !ok || name != "ne" && args[0].Kind() == reflect.Bool {
			return noValue, false
		}
		switch name {
		case "lt":
			return boolean(c < 0), true
		case "le":
			return boolean(c <= 0), true
		case "gt":
			return boolean(c > 0), true
		case "ge":
			return boolean(c >= 0), true
		}
		return boolean(c != 0), true
	}
}

// compare compares strings, integers and booleans, of which false is the smaller.
func compare(a, b reflect.Value) (int, bool) {
	a, b = concrete(a), concrete(b)
	switch {
	case a.Kind() == reflect.String && b.Kind() == reflect.String:
		return cmp.Compare(a.String(), b.String()), true
	case a.CanInt() && b.CanInt():
		return cmp.Compare(a.Int(), b.Int()), true
	case a.Kind() == reflect.Bool && b.Kind() == reflect.Bool:
		switch {
		case a.Bool() == b.Bool():
			return 0, true
		case b.Bool():
			return -1, true
		}
		return 1, true
	}
	return 0, false
}

// length is len of what has one.
func length(args []reflect.Value) (reflect.Value, bool) {
	v, isNil := indirect(args[0])
	if isNil {
		return noValue, false
	}
	switch v.Kind() {
	case reflect.Array, reflect.Chan, reflect.Map, reflect.Slice, reflect.String:
		return reflect.ValueOf(v.Len()), true
	}
	return noValue, false
}

// index is index for maps with string keys, and slices with integer indices.
func index(args []reflect.Value) (reflect.Value, bool) {
	v := concrete(args[0])
	for _, i := range args[1:] {
		i = concrete(i)
		v, _ = indirect(v)
		switch {
		case v.Kind() == reflect.Map && i.Kind() == reflect.String && i.Type() == v.Type().Key():
			x := v.MapIndex(i)
			if !x.IsValid() {
				x = reflect.Zero(v.Type().Elem())
			}
			v = x
		case v.Kind() == reflect.Slice && i.CanInt() && i.Int() >= 0 && i.Int() < int64(v.Len()):
			v = v.Index(int(i.Int()))
		default:
			return noValue, false
		}
	}
	return v, v.IsValid()
}
