package exec

import (
	"fmt"
	"reflect"
)

// signature is what has to be known of a function or method to call it.
type signature struct {
	name     string
	in       []reflect.Type // without the receiver
	rest     reflect.Type   // of the elements of the last, if it is variadic
	variadic bool
	bad      error // why no template can call it
	raw      bool  // values that are of type reflect.Value come as they are
}

// callee is a function or method.
type callee interface {
	// call calls it. recv is the receiver of a method.
	call(m *Machine, recv reflect.Value, args []reflect.Value, bare bool) (reflect.Value, error)
}

func newSignature(name string, t reflect.Type, receivers int) signature {
	sig := signature{name: name, variadic: t.IsVariadic(), bad: badResults(name, t)}
	for i := receivers; i < t.NumIn(); i++ {
		sig.in = append(sig.in, t.In(i))
	}
	if sig.variadic {
		sig.rest = sig.in[len(sig.in)-1].Elem()
	}
	return sig
}

// badResults says what is wrong with the results of a function.
func badResults(name string, t reflect.Type) error {
	switch n := t.NumOut(); {
	case n == 1, n == 2 && t.Out(1) == errorType:
		return nil
	case n == 2:
		return fmt.Errorf("invalid function signature for %s: second return value should be error; is %s", name, t.Out(1))
	default:
		return fmt.Errorf("function %s has %d return values; should be 1 or 2", name, n)
	}
}

// method is a method of a type.
type method struct {
	signature
	index int
}

func newMethod(t reflect.Type, m reflect.Method) *method {
	return &method{signature: newSignature(m.Name, m.Type, 1), index: m.Index}
}

// function is a function of a machine.
type function struct {
	signature
	value   reflect.Value // invalid if there is no such function
	direct  direct
	builtin func(m *Machine, args []reflect.Value) (reflect.Value, error)
	logic   func(s *state, c *call, dot reflect.Value) reflect.Value
}

// function finds a function by its name.
func (m *Machine) function(name string) *function {
	if fn := m.lookup(name); fn != nil {
		return newFunction(name, fn)
	}
	return standardFunction(name)
}

func newFunction(name string, fn any) *function {
	v := reflect.ValueOf(fn)
	f := &function{signature: newSignature(name, v.Type(), 0), value: v}
	f.direct = directOf(fn)
	f.raw = f.direct.raw
	return f
}

// known reports whether there is such a function.
func (f *function) known() bool { return f.value.IsValid() }

// parameter returns the type of an argument.
func (sig *signature) parameter(i int) reflect.Type {
	if sig.variadic && i >= len(sig.in)-1 {
		return sig.rest
	}
	return sig.in[i]
}

// check fails for a wrong number of arguments, and for a function that no template can call.
func (s *state) check(sig *signature, c *call) {
	got := len(c.args)
	if c.piped {
		got++
	}
	switch fixed := len(sig.in); {
	case sig.variadic && got < fixed-1:
		s.fail("wrong number of args for %s: want at least %d got %d", sig.name, fixed-1, len(c.args))
	case !sig.variadic && got != fixed:
		s.fail("wrong number of args for %s: want %d got %d", sig.name, fixed, got)
	}
	if sig.bad != nil {
		s.fail("%v", sig.bad)
	}
}

// call evaluates arguments and calls a function or method with them.
func (s *state) call(sig *signature, f callee, recv reflect.Value, c *call, dot reflect.Value) reflect.Value {
	s.check(sig, c)
	if f, ok := f.(*function); ok && f.logic != nil {
		return f.logic(s, c, dot)
	}
	mark := len(s.args)
	for i := range c.args {
		v := s.parameter(sig, i, &c.args[i], dot)
		s.Machine.args = append(s.args, v)
	}
	if c.piped {
		t := sig.parameter(len(c.args))
		v := c.final
		if t == valueType && sig.raw {
			v = unwrap(v)
		} else {
			v = s.assignable(v, t)
		}
		s.Machine.args = append(s.args, v)
	}
	v, err := f.call(s.Machine, recv, s.args[mark:], c.bare)
	s.Machine.args = s.args[:mark]
	if err != nil {
		if err == ErrStop {
			panic(stopError{})
		}
		s.at = c.at
		s.fail("error calling %s: %w", sig.name, err)
	}
	return v
}

// parameter returns the value of an argument.
func (s *state) parameter(sig *signature, i int, op *operand, dot reflect.Value) reflect.Value {
	t := sig.parameter(i)
	if t == valueType && sig.raw {
		return s.raw(op, dot)
	}
	return s.argument(op, t, dot)
}

// raw returns the value of an operand for a function that takes a reflect.Value.
func (s *state) raw(op *operand, dot reflect.Value) reflect.Value {
	switch op.kind {
	case opNumber:
		return s.number(op)
	case opNil, opBool, opString:
		s.at = op.at
		return op.constant
	}
	return unwrap(s.argument(op, nil, dot))
}

// unwrap returns the value that a reflect.Value holds when it is one itself.
func unwrap(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Struct && v.Type() == valueType {
		return v.Interface().(reflect.Value)
	}
	return v
}

// call is text/template's: panics become errors.
func (f *function) call(m *Machine, _ reflect.Value, args []reflect.Value, bare bool) (v reflect.Value, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = panicked(r)
		}
	}()
	switch {
	case f.builtin != nil:
		return f.builtin(m, args)
	case f.direct.call != nil && (bare || !f.direct.boxed):
		return f.direct.call(args)
	}
	return results(f.value.Call(args))
}

// call is that of a function, for a method.
func (f *method) call(_ *Machine, recv reflect.Value, args []reflect.Value, bare bool) (v reflect.Value, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = panicked(r)
		}
	}()
	return results(recv.Method(f.index).Call(args))
}

// results returns what a template gets of the results of a call.
func results(out []reflect.Value) (reflect.Value, error) {
	if len(out) == 2 && !out[1].IsNil() {
		return out[0], out[1].Interface().(error)
	}
	return unwrap(out[0]), nil
}
