package layouts

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	texttemplate "text/template"

	"github.com/jam-go/jam/internal/diag"
	"github.com/jam-go/jam/internal/exec"
)

// defaultDepth is how deep partials and recursive template actions may nest by default.
const defaultDepth = 200

// Names of functions that the package puts into parsed trees.
const (
	fnTruth = "_layouts_truth" // in conditions: nil for a date that is not there
	fnParam = "_layouts_param" // a parameter by nested keys, whatever their case
	fnIsset = "_layouts_isset" // whether there is one
	fnText  = "_layouts_text"  // in plain text: "" for nil
	fnTick  = "_layouts_tick"  // in ranges: stops when the context ended
	fnEnter = "_layouts_enter" // before a call in a recursion
	fnLeave = "_layouts_leave" // after it
	fnTry   = "_layouts_try"   // evaluates an expression of try
	fnVar   = "_layouts_var"   // in such an expression: a variable
	fnValue = "_layouts_value" // takes its value
	fnXML   = "_layouts_xml"   // escapers begin so
	fnJSON  = "_layouts_json"
)

// executor executes templates, one at a time, with sets of its own: escaping
// a set takes milliseconds, so executors are kept and used again.
type executor struct {
	eng   *Engine
	own   texttemplate.FuncMap
	bound texttemplate.FuncMap
	sets  map[*Template]runner

	machine *exec.Machine

	state    State
	entry    *Template
	outer    *executor // whose template called for this execution
	attempt  attempt
	thread   *thread
	out      output
	depth    int
	frames   []*frame // of the partials under way, then spare ones
	active   int
	panicked bool
}

// frame is the execution of one partial.
type frame struct {
	t        *Template
	buf      bytes.Buffer
	out      output
	value    any
	returned bool
}

// output is a writer that stops an execution whose context ended, or that
// writes more than it may.
type output struct {
	w        io.Writer
	strings  io.StringWriter // w, if it is one
	ctx      context.Context
	max, sum int64
}

func newOutput(w io.Writer, st *State) output {
	strings, _ := w.(io.StringWriter)
	return output{w: w, strings: strings, ctx: st.Ctx, max: st.MaxOutput}
}

func (o *output) Write(p []byte) (int, error) {
	if err := o.admit(len(p)); err != nil {
		return 0, err
	}
	return o.w.Write(p)
}

func (o *output) WriteString(s string) (int, error) {
	if err := o.admit(len(s)); err != nil {
		return 0, err
	}
	if o.strings == nil {
		return o.w.Write([]byte(s))
	}
	return o.strings.WriteString(s)
}

// admit returns why n more bytes must not be written.
func (o *output) admit(n int) error {
	if err := o.ctx.Err(); err != nil {
		return err
	}
	if o.sum += int64(n); o.max > 0 && o.sum > o.max {
		return &outputError{diag.Beyond("OutputSize", "more than %d bytes of output", o.max)}
	}
	return nil
}

// outputError is that of an execution which writes too much.
type outputError struct{ error }

func (e *outputError) Unwrap() error { return e.error }

// errDepth is that of templates which call each other too deep.
func errDepth(most int) error {
	return diag.Beyond("CallDepth", "templates call each other more than %d deep", most)
}

// newExecutor binds the functions and makes sure that they are functions.
func (e *Engine) newExecutor() (x *executor, err error) {
	defer func() {
		if r := recover(); r != nil {
			x, err = nil, fmt.Errorf("template functions: %v", r)
		}
	}()
	x = &executor{eng: e, sets: map[*Template]runner{}}
	x.own = x.functions()
	if e.opt.Bind != nil {
		x.bound = e.opt.Bind(func() *State { return &x.state })
	}
	texttemplate.New("").Funcs(x.bound).Funcs(e.opt.Funcs)
	x.machine = exec.NewMachine(x.function, e.values)
	return x, nil
}

// function returns the function of that name, or nil for one that
// text/template has itself.
func (x *executor) function(name string) any {
	for _, m := range []texttemplate.FuncMap{x.eng.opt.Funcs, x.bound, x.own, x.eng.escapers} {
		if fn, ok := m[name]; ok {
			return fn
		}
	}
	return nil
}

// run executes t for st.
func (x *executor) run(w io.Writer, t *Template, st *State) error {
	x.state = *st
	if x.state.Ctx == nil {
		x.state.Ctx = context.Background()
	}
	if x.state.Cache == nil {
		x.state.Cache = &Cache{}
	}
	x.thread, x.depth, x.entry, x.outer = &thread{noWait: st.NoWait}, 0, t, nil
	if p := st.parent; p != nil && p.thread != nil {
		x.thread, x.depth, x.outer = p.thread, p.depth+1, p
	}
	x.state.parent = x
	defer func(outer *executor) { st.parent = outer }(st.parent)
	st.parent = x // so that what is called meanwhile can go on from st, too
	if x.eng.opt.Watch != nil {
		x.machine.Watch(x.eng.opt.Watch(&x.state))
	}
	if err := x.mayGoOn(); err != nil {
		return err
	}
	dot := st.Dot
	if dot == nil {
		dot = st.Page
	}
	x.out = newOutput(w, &x.state)
	if err := x.execute(t, &x.out, dot); err != nil {
		return x.locate(t, err)
	}
	return nil
}

// execute runs the set of t. Panics of functions are caught by text/template,
// those of iterators and of methods called while printing here.
func (x *executor) execute(t *Template, w io.Writer, dot any) (err error) {
	defer func() {
		if r := recover(); r != nil {
			x.panicked = true
			err = &Error{File: t.entry.file.path, Err: panicError(r)}
		}
	}()
	set := x.sets[t]
	if set == nil {
		if set, err = x.runner(t); err != nil {
			return err
		}
		x.sets[t] = set
	}
	return set.Execute(w, dot)
}

// panicError keeps the cause of a panic, if it was an error.
func panicError(r any) error {
	if err, ok := r.(error); ok {
		return fmt.Errorf("panic: %w", err)
	}
	return fmt.Errorf("panic: %v", r)
}

// mayGoOn is an error when the execution must end.
func (x *executor) mayGoOn() error {
	if most := cmp.Or(x.state.MaxDepth, defaultDepth); x.depth > most {
		return errDepth(most)
	}
	return x.state.Ctx.Err()
}

// call executes a partial and returns its output, or what it returned.
func (x *executor) call(t *Template, dot any) (any, error) {
	depth := x.depth
	x.depth++
	f := x.push(t)
	defer func() {
		x.depth = depth
		x.active--
		f.value, f.t = nil, nil
	}()
	if err := x.mayGoOn(); err != nil {
		return nil, err
	}
	err := x.execute(t, &f.out, dot)
	switch {
	case f.returned:
		return f.value, nil
	case err != nil:
		return nil, x.locate(t, err)
	case t.format == htmlText:
		return htmlOf(f.buf.String()), nil
	}
	return written{f.buf.String(), t.format}, nil
}

// written is the output of a partial that is not HTML.
type written struct {
	text   string
	format format
}

// expose turns a partial's result into what its caller sees. Where the output is
// text of the caller's own format, the type HTML keeps it from being escaped;
// anywhere else it is a string.
func (x *executor) expose(v any) any {
	out, ok := v.(written)
	if !ok {
		return v
	}
	switch caller := x.caller().format; {
	case caller == out.format && caller != plainText, caller == jsonText && out.format == plainText:
		return htmlOf(out.text)
	}
	return out.text
}

// caller returns the template that calls a function.
func (x *executor) caller() *Template {
	if x.active > 0 {
		return x.frames[x.active-1].t
	}
	return x.entry
}

// push returns an empty frame, which is the current one now.
func (x *executor) push(t *Template) *frame {
	if x.active == len(x.frames) {
		x.frames = append(x.frames, &frame{})
	}
	f := x.frames[x.active]
	x.active++
	f.buf.Reset()
	f.t = t
	f.out = newOutput(&f.buf, &x.state)
	f.value, f.returned = nil, false
	return f
}

// reset forgets the execution, so that a waiting executor keeps nothing alive.
func (x *executor) reset() {
	x.state, x.thread, x.out, x.attempt = State{}, nil, output{}, attempt{}
	x.entry, x.outer, x.active = nil, nil, 0
	x.machine.Watch(nil)
	for _, f := range x.frames {
		f.out = output{}
		if f.buf.Cap() > 1<<20 {
			f.buf = bytes.Buffer{}
		}
	}
}
