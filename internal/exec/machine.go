package exec

import (
	"io"
	"reflect"
	"text/template/parse"
)

// Machine runs programs with a set of functions. It is for one goroutine at a time, but its functions may
// call Run again.
type Machine struct {
	lookup func(name string) any
	types  *Types
	watch  Watcher // nil: nobody

	funcs   map[string]*callable
	bound   map[*Program][]*callable
	std     standard
	vars    []variable      // of all executions under way
	args    []reflect.Value // of all calls under way
	scratch []byte
	states  []*state
	depth   int // of executions under way
}

// NewMachine returns a machine. lookup returns the function of a name, or nil when text/template or html/template has
// it, or nobody; its answer must not change. types may be nil.
func NewMachine(lookup func(name string) any, types *Types) *Machine {
	if types == nil {
		types = NewTypes()
	}
	return &Machine{lookup: lookup, types: types, funcs: map[string]*callable{}, bound: map[*Program][]*callable{}}
}

// state is an execution of a template.
type state struct {
	*Machine
	fns   []*callable
	tmpl  *tmpl
	w     Writer
	at    parse.Node // for errors
	base  int        // of the template's variables
	level int        // of nested template actions
}

// Writer is what a program writes to.
type Writer interface {
	io.Writer
	io.StringWriter
}

// variable is a variable that has been set. There may be several of one name: the last counts.
type variable struct {
	number int
	value  reflect.Value
}

// maxLevel is how deep template actions nest, as in text/template.
const maxLevel = 100_000

// Run executes a program. Its error is a [texttemplate.ExecError], ErrStop, or what w returned. A panic that is
// not a function's goes on. Data that is a [reflect.Value] stands for its value.
func (m *Machine) Run(p *Program, w Writer, data any) (err error) {
	dot, ok := data.(reflect.Value)
	if !ok {
		dot = reflect.ValueOf(data)
	}
	vars, args := len(m.vars), len(m.args)
	s := m.state()
	*s = state{Machine: m, fns: m.bind(p), tmpl: p.entry, w: w, base: vars}
	defer func() {
		m.vars, m.args = m.vars[:vars], m.args[:args]
		m.depth--
		*s = state{}
		if m.depth == 0 {
			m.forget()
		}
		caught(recover(), &err)
	}()
	s.push(0, dot)
	s.list(&p.entry.root, dot)
	return nil
}

// state returns one for a new execution.
func (m *Machine) state() *state {
	if m.depth == len(m.states) {
		m.states = append(m.states, &state{})
	}
	m.depth++
	return m.states[m.depth-1]
}

// forget drops the values of an execution, so that a waiting machine keeps nothing alive.
func (m *Machine) forget() {
	clear(m.vars[:cap(m.vars)])
	clear(m.args[:cap(m.args)])
	const enough = 64 << 10
	if cap(m.scratch) > enough {
		m.scratch = nil
	}
}

// bind returns the functions of a program.
func (m *Machine) bind(p *Program) []*callable {
	fns, ok := m.bound[p]
	if ok {
		return fns
	}
	fns = make([]*callable, len(p.funcs))
	for i, name := range p.funcs {
		fn, ok := m.funcs[name]
		if !ok {
			fn = m.function(name)
			m.funcs[name] = fn
		}
		fns[i] = fn
	}
	m.bound[p] = fns
	return fns
}

func (s *state) push(number int, v reflect.Value) {
	s.vars = append(s.vars, variable{number, v})
}

// pop drops variables but for the first n.
func (s *state) pop(n int) { s.Machine.vars = s.vars[:n] }

// find returns the last variable of that number, or nil.
func (s *state) find(number int) *variable {
	for i := len(s.vars) - 1; i >= s.base; i-- {
		if s.vars[i].number == number {
			return &s.vars[i]
		}
	}
	return nil
}
