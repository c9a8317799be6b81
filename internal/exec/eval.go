package exec

import (
	"reflect"
	"text/template/parse"
)

var (
	errorType    = reflect.TypeFor[error]()
	stringType   = reflect.TypeFor[string]()
	stringerType = reflect.TypeFor[interface{ String() string }]()
	valueType    = reflect.TypeFor[reflect.Value]()
)

// noValue is the value of a command that gets none from the one before it.
var noValue reflect.Value

// pipe returns the value of a pipeline, and sets its variables.
func (s *state) pipe(p *pipeline, dot reflect.Value) reflect.Value {
	if p == nil {
		return noValue
	}
	s.at = p.at
	var v reflect.Value
	for i := range p.cmds {
		v = s.command(&p.cmds[i], dot, v)
	}
	for _, number := range p.decl {
		if p.assign {
			s.assign(number, v)
		} else {
			s.push(number, v)
		}
	}
	return v
}

// assign gives a variable a new value.
func (s *state) assign(number int, v reflect.Value) {
	at := s.find(number)
	if at == nil {
		s.fail("undefined variable: %s", s.tmpl.prog.vars[number])
	}
	at.value = v
}

// command returns the value of a command, without the interface around it if that has no methods.
func (s *state) command(c *command, dot, final reflect.Value) reflect.Value {
	return open(s.operand(&c.first, &invocation{at: c.at, args: c.args, piped: c.piped, bare: true, final: final}, dot))
}

// open returns the value in an interface that has no methods.
func open(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Interface && v.NumMethod() == 0 {
		return v.Elem()
	}
	return v
}

// invocation is what an operand is called with.
type invocation struct {
	at    parse.Node // of the whole call
	args  []operand
	piped bool
	bare  bool          // an interface around the result does not matter
	final reflect.Value // the last argument, if piped

	// printed asks for the result as a text, if it has one. Then kind is not noText.
	printed bool
	text    string
	kind    textKind
}

func (c *invocation) hasArgs() bool { return len(c.args) > 0 || c.piped }

// operand returns the value of the first operand of a command.
func (s *state) operand(op *operand, c *invocation, dot reflect.Value) reflect.Value {
	switch op.kind {
	case opField:
		s.at = op.at
		return s.chain(op, dot, c, dot)
	case opVariable:
		return s.variable(op, c, dot)
	case opFunc:
		s.at = op.at
		fn := s.fns[op.number]
		if !fn.known() {
			s.fail("%q is not a defined function", fn.name)
		}
		return s.call(fn, noValue, c, dot)
	case opChain:
		s.at = op.at
		recv := s.argument(op.inner, nil, dot)
		return s.chain(op, recv, c, dot)
	case opPipe:
		s.noArguments(op, c)
		return s.pipe(op.pipe, dot)
	}
	s.at = op.at
	s.noArguments(op, c)
	switch op.kind {
	case opDot:
		return dot
	case opNil:
		s.fail("nil is not a command")
	case opNumber:
		return s.number(op)
	}
	return op.constant
}

// noArguments fails if there are any.
func (s *state) noArguments(op *operand, c *invocation) {
	if c.hasArgs() {
		s.fail("can't give argument to non-function %s", op.at)
	}
}

// number returns the value of a number where no type is asked for.
func (s *state) number(op *operand) reflect.Value {
	s.at = op.at
	if n := op.at.(*parse.NumberNode); !op.constant.IsValid() && (n.IsInt || n.IsUint) {
		s.fail("%s overflows int", n.Text)
	}
	return op.constant
}

func (s *state) variable(op *operand, c *invocation, dot reflect.Value) reflect.Value {
	s.at = op.at
	v := s.find(op.number)
	if v == nil {
		s.fail("undefined variable: %s", s.tmpl.prog.vars[op.number])
	}
	if len(op.fields) == 0 {
		s.noArguments(op, c)
		return v.value
	}
	return s.chain(op, v.value, c, dot)
}

// chain returns the value of fields of a value. The last may be called with arguments.
func (s *state) chain(op *operand, recv reflect.Value, c *invocation, dot reflect.Value) reflect.Value {
	last := len(op.fields) - 1
	for _, f := range op.fields[:last] {
		recv = s.field(f, recv, &invocation{at: op.at}, dot)
	}
	c.at = op.at
	return s.field(op.fields[last], recv, c, dot)
}

// argument returns the value of an operand as an argument of type t; nil stands for any type.
func (s *state) argument(op *operand, t reflect.Type, dot reflect.Value) reflect.Value {
	s.at = op.at
	switch op.kind {
	case opDot:
		return s.assignable(dot, t)
	case opNil:
		if !canBeNil(t) {
			s.fail("cannot assign nil to %s", t)
		}
		return reflect.Zero(t)
	case opPipe:
		return s.assignable(s.pipe(op.pipe, dot), t)
	case opField, opVariable, opFunc, opChain:
		return s.assignable(s.operand(op, &invocation{at: op.at}, dot), t)
	}
	if t.Kind() == reflect.Interface && t.NumMethod() == 0 {
		if op.kind == opNumber {
			return s.number(op)
		}
		return op.constant
	}
	return s.literal(op, t)
}

// literal returns a constant as a value of type t.
func (s *state) literal(op *operand, t reflect.Type) reflect.Value {
	switch {
	case t == stringType && op.kind == opString:
		return op.constant
	case t == valueType && op.kind == opNumber:
		return reflect.ValueOf(s.number(op))
	case t == valueType:
		return reflect.ValueOf(op.constant)
	}
	v := reflect.New(t).Elem()
	switch want, ok := setConstant(v, op); {
	case want == "":
		s.fail("can't handle %s for arg of type %s", op.at, t)
	case !ok:
		s.fail("expected %s; found %s", want, op.at)
	}
	return v
}

// setConstant sets v to a constant, if that is what v can have. It says what that is.
func setConstant(v reflect.Value, op *operand) (want string, ok bool) {
	n, isNumber := op.at.(*parse.NumberNode)
	if !isNumber {
		n = &parse.NumberNode{}
	}
	switch v.Kind() {
	case reflect.Bool:
		want, ok = "bool", op.kind == opBool
		if ok {
			v.SetBool(op.constant.Bool())
		}
	case reflect.String:
		want, ok = "string", op.kind == opString
		if ok {
			v.SetString(op.constant.String())
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		want, ok = "integer", n.IsInt
		v.SetInt(n.Int64)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		want, ok = "unsigned integer", n.IsUint
		v.SetUint(n.Uint64)
	case reflect.Float32, reflect.Float64:
		want, ok = "float", n.IsFloat
		v.SetFloat(n.Float64)
	case reflect.Complex64, reflect.Complex128:
		want, ok = "complex", n.IsComplex
		v.SetComplex(n.Complex128)
	}
	return want, ok
}

// canBeNil reports whether nil is a value of a type.
func canBeNil(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Chan, reflect.Func, reflect.Interface, reflect.Map, reflect.Pointer, reflect.Slice:
		return true
	}
	return t == valueType
}

// assignable makes a value one that can be given to a parameter of type t, by taking what a pointer or an interface has, or
// the address. nil stands for any type.
func (s *state) assignable(v reflect.Value, t reflect.Type) reflect.Value {
	switch {
	case t == nil:
		return v
	case !v.IsValid():
		if !canBeNil(t) {
			s.fail("invalid value; expected %s", t)
		}
		return reflect.Zero(t)
	case t == valueType:
		if v.Type() != t {
			return reflect.ValueOf(v)
		}
		return v
	case v.Type().AssignableTo(t):
		return v
	}
	if v.Kind() == reflect.Interface && !v.IsNil() {
		if v = v.Elem(); v.Type().AssignableTo(t) {
			return v
		}
	}
	switch {
	case v.Kind() == reflect.Pointer && v.Type().Elem().AssignableTo(t):
		if v = v.Elem(); !v.IsValid() {
			s.fail("dereference of nil pointer of type %s", t)
		}
	case v.CanAddr() && reflect.PointerTo(v.Type()).AssignableTo(t):
		v = v.Addr()
	default:
		s.fail("wrong type for value; expected %s; got %s", t, v.Type())
	}
	return v
}

// indirect follows pointers and interfaces to their end, or to a nil.
func indirect(v reflect.Value) (end reflect.Value, isNil bool) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return v, true
		}
		v = v.Elem()
	}
	return v, false
}

// concrete returns the value in an interface.
func concrete(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Interface {
		return v.Elem() // invalid for nil
	}
	return v
}

// isTrue reports whether a value counts as true in a condition.
func isTrue(v reflect.Value) bool {
	v = concrete(v)
	switch v.Kind() {
	case reflect.Invalid:
		return false
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() > 0
	case reflect.Struct:
		return true
	case reflect.Chan, reflect.Func, reflect.Pointer, reflect.UnsafePointer, reflect.Interface:
		return !v.IsNil()
	case reflect.Float32, reflect.Float64:
		return v.Float() != 0
	case reflect.Complex64, reflect.Complex128:
		return v.Complex() != 0
	}
	return !v.IsZero()
}
