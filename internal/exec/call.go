package exec

import (
	"fmt"
	"reflect"
)

// callable is a function, or a method, whose first argument is its receiver.
type callable struct {
	signature
	value   reflect.Value // invalid if there is no such function
	direct  direct
	builtin func(m *Machine, args []reflect.Value) (reflect.Value, error)
	logic   bool // it is and, or or
	watched bool // a method that is called through the watcher, if there is one
	asked   bool // the watcher may answer in its place
	uses    argumentUse
	weighs  weighing
}

// signature is what has to be known of a callable to find its arguments.
type signature struct {
	name     string
	in       []reflect.Type // without the receiver
	rest     reflect.Type   // of the elements of the last, if it is variadic
	variadic bool
	bad      error // why no template can call it
	raw      bool  // a parameter that is a reflect.Value gets the value itself
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

// parameter returns the type of an argument.
func (sig *signature) parameter(i int) reflect.Type {
	if sig.variadic && i >= len(sig.in)-1 {
		return sig.rest
	}
	return sig.in[i]
}

// function finds a function by its name.
func (m *Machine) function(name string) *callable {
	if fn := m.lookup(name); fn != nil {
		f := newFunction(name, fn, m.types)
		if m.types.passing[name] {
			f.uses = usesNone
			if name == "index" {
				f.uses = usesIndex
			}
		}
		f.asked = m.types.asked[name]
		return f
	}
	return standardFunction(name)
}

// newFunction returns a function. types may know how to call it.
func newFunction(name string, fn any, types *Types) *callable {
	v := reflect.ValueOf(fn)
	f := &callable{signature: newSignature(name, v.Type(), 0), value: v}
	if v.IsNil() { // a call of which panics in another way
		return f
	}
	if f.direct = directFunction(fn); f.direct.call == nil && types != nil {
		f.direct = types.directFunction(fn)
	}
	f.raw = f.direct.raw
	return f
}

// known reports whether there is such a function.
func (f *callable) known() bool { return f.value.IsValid() }

// call evaluates arguments and calls f with them. recv is the receiver of a method.
func (s *state) call(f *callable, recv reflect.Value, c *invocation, dot reflect.Value) reflect.Value {
	s.check(&f.signature, c)
	if f.logic {
		return s.logic(c, f.name == "or", dot)
	}
	mark := len(s.args)
	if recv.IsValid() {
		s.Machine.args = append(s.args, recv)
	}
	for i := range c.args {
		s.pushArgument(f, i, &c.args[i], dot)
	}
	if c.piped {
		s.pushFinal(f, len(c.args), c.final)
	}
	if s.watch != nil {
		if f.asked {
			if v, ok := s.ask(f, s.args[mark:]); ok {
				s.Machine.args = s.args[:mark]
				return v
			}
		}
		s.useArguments(f, s.args[mark:])
	}
	if f.weighs != noWeighing {
		for _, arg := range s.args[mark:] {
			s.weigh(arg, f.weighs)
		}
	}
	var v reflect.Value
	var err error
	if c.printed && f.direct.text != nil {
		c.text, err = f.print(s.args[mark:])
		c.kind = f.direct.kind
	} else {
		v, err = f.apply(s.Machine, s.args[mark:], c.bare)
	}
	s.Machine.args = s.args[:mark]
	if err != nil {
		s.callFailed(f, c, err)
	}
	return v
}

func (s *state) callFailed(f *callable, c *invocation, err error) {
	if err == ErrStop {
		panic(stopError{})
	}
	s.at = c.at
	s.fail("error calling %s: %w", f.name, err)
}

// check fails for a wrong number of arguments, and for a function that no template can call.
func (s *state) check(sig *signature, c *invocation) {
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

func (s *state) pushArgument(f *callable, i int, op *operand, dot reflect.Value) {
	var v reflect.Value
	if t := f.parameter(i); f.raw && t == valueType {
		v = s.raw(op, dot)
	} else {
		v = s.argument(op, t, dot)
	}
	s.Machine.args = append(s.args, v)
}

func (s *state) pushFinal(f *callable, i int, v reflect.Value) {
	if t := f.parameter(i); f.raw && t == valueType {
		v = unwrap(v)
	} else {
		v = s.assignable(v, t)
	}
	s.Machine.args = append(s.args, v)
}

// raw returns the value of an operand for a parameter that is a reflect.Value.
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

// apply calls f. Panics become errors.
func (f *callable) apply(m *Machine, args []reflect.Value, bare bool) (v reflect.Value, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = panicked(r)
		}
	}()
	switch {
	case f.watched && m.watch != nil:
		if v, ok := m.watch.Call(args[0].Interface(), f.name); ok {
			return reflect.ValueOf(v), nil
		}
	}
	switch {
	case f.builtin != nil:
		return f.builtin(m, args)
	case f.direct.call != nil && (bare || !f.direct.boxed):
		return f.direct.call(args)
	}
	out := f.value.Call(args)
	if len(out) == 2 && !out[1].IsNil() {
		return out[0], out[1].Interface().(error)
	}
	return unwrap(out[0]), nil
}

// print is apply for a result that is a text.
func (f *callable) print(args []reflect.Value) (text string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = panicked(r)
		}
	}()
	return f.direct.text(args)
}

// panicked is the error for a panic of a function.
func panicked(r any) error {
	if err, ok := r.(error); ok {
		return err
	}
	return fmt.Errorf("%v", r)
}
