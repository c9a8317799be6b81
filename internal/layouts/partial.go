package layouts

import (
	"errors"
	"fmt"
	htmltemplate "html/template"
	"maps"
	"path"
	"slices"
	"strings"
	texttemplate "text/template"
	"time"

	"github.com/jam-go/jam/internal/exec"
	"github.com/jam-go/jam/internal/suggest"
)

// functions returns the functions of the package, for one executor.
func (x *executor) functions() texttemplate.FuncMap {
	return texttemplate.FuncMap{
		"partial":       x.partial,
		"partialCached": x.partialCached,
		"partials":      func() partials { return partials{x} },
		"templates":     func() templates { return templates{x} },
		"return":        x.doReturn,
		"try":           func(...any) (any, error) { return nil, errTry },
		fnTry:           x.try,
		fnVar:           x.variable,
		fnValue:         x.setValue,
		fnTruth:         truth,
		fnParam:         x.param,
		fnIsset:         x.hasParam,
		fnText:          shown,
		fnTick:          func() (bool, error) { return true, x.mayGoOn() },
		fnEnter:         func() (bool, error) { x.depth++; return true, x.mayGoOn() },
		fnLeave:         func() bool { x.depth--; return true },
	}
}

// Functions returns the functions that templates can call, by name, but for those that text/template has
// itself. They are for lists of them: called outside of a template, they fail or panic.
func (e *Engine) Functions() texttemplate.FuncMap {
	x, err := e.newExecutor()
	if err != nil {
		return nil // New has made one
	}
	all := make(texttemplate.FuncMap)
	for _, m := range []texttemplate.FuncMap{x.own, x.bound, e.opt.Funcs} {
		maps.Copy(all, m)
	}
	maps.DeleteFunc(all, func(name string, _ any) bool { return strings.HasPrefix(name, "_") })
	return all
}

// truth returns nil for a time that is zero, and other values as they are.
func truth(v any) any {
	if t, ok := v.(time.Time); ok && t.IsZero() {
		return nil
	}
	return v
}

// shown returns "" for nil, and other values as they are.
func shown(v any) any {
	if v = indirect(v); v == nil {
		return ""
	}
	return v
}

// isOwn reports whether name is one of functions, whose errors need no
// introduction. text/template has the others.
func isOwn(name string) bool {
	switch name {
	case "partial", "partialCached", "return", "Include", "IncludeCached", "try", fnTruth, fnText, fnParam, fnIsset, fnTick, fnEnter, fnLeave:
		return true
	}
	return false
}

// knownFuncs returns the names of all functions a template may use.
func knownFuncs(maps ...texttemplate.FuncMap) map[string]bool {
	known := map[string]bool{}
	for _, name := range []string{"and", "call", "eq", "ge", "gt", "html", "index", "js", "le", "len", "lt",
		"ne", "not", "or", "print", "printf", "println", "slice", "urlquery"} {
		known[name] = true
	}
	for _, m := range maps {
		for name := range m {
			known[name] = true
		}
	}
	return known
}

func htmlOf(s string) htmltemplate.HTML { return htmltemplate.HTML(s) }

// partial implements the function of that name.
func (x *executor) partial(name string, dot ...any) (any, error) {
	x.trace(name)
	t, err := x.find(name)
	if err != nil {
		return nil, err
	}
	var v any
	switch len(dot) {
	case 0:
	case 1:
		v = dot[0]
	default:
		return nil, fmt.Errorf("partial %q got %d values, it takes one (use dict for more)", name, len(dot))
	}
	v, err = x.call(t, v)
	return x.expose(v), err
}

// partialCached implements the function of that name.
func (x *executor) partialCached(name string, dot any, keys ...any) (any, error) {
	x.trace(name)
	t, err := x.find(name)
	if err != nil {
		return nil, err
	}
	joined, err := joinKeys(keys, x.eng.opt.Key)
	if err != nil {
		return nil, err
	}
	got, err := x.state.Cache.get(x.state.Ctx, x.thread, cacheKey{t, joined}, func() (c any, err error) {
		made := x.traced(name, func() (any, error) {
			v, err := x.call(t, dot)
			if err == nil {
				err = x.unfit()
			}
			return v, err
		})
		return made, made.err
	})
	made, _ := got.(*made)
	if made == nil {
		return nil, err
	}
	if made.part != nil {
		x.eng.opt.Trace.Recall(&x.state, made.part)
	}
	v := x.expose(made.value)
	if err == nil && x.eng.opt.Own != nil {
		v, err = x.eng.opt.Own(&x.state, v)
	}
	return v, err
}

// made is what a cached partial made.
type made struct {
	value any
	err   error
	part  any // what it read, for the Trace
}

// traced calls compute, and has the Trace record what it reads.
func (x *executor) traced(name string, compute func() (any, error)) *made {
	m := new(made)
	run := func() { m.value, m.err = compute() }
	if x.eng.opt.Trace == nil {
		run()
	} else {
		m.part = x.eng.opt.Trace.Part(&x.state, name, run)
	}
	return m
}

func (x *executor) trace(name string) {
	if x.eng.opt.Trace != nil {
		x.eng.opt.Trace.Partial(&x.state, name)
	}
}

// unfit returns why what the execution under way makes is no result for others.
func (x *executor) unfit() error {
	if err := x.state.Ctx.Err(); err != nil {
		return err
	}
	if x.state.Failed != nil {
		if err := x.state.Failed(); err != nil {
			return &unfitError{err}
		}
	}
	return nil
}

type unfitError struct{ error }

func (e *unfitError) Unwrap() error { return e.error }

func (x *executor) find(name string) (*Template, error) {
	if t := x.eng.partial(name); t != nil {
		return t, nil
	}
	full := name
	if path.Ext(name) == "" {
		full += ".html"
	}
	return nil, fmt.Errorf("partial %q not found%s", name,
		suggest.DidYouMean(full, slices.Collect(maps.Keys(x.eng.partials))))
}

var errReturn = errors.New("return is for partials only")

// doReturn ends the partial under way, by its error.
func (x *executor) doReturn(values ...any) (any, error) {
	if x.active == 0 {
		return nil, errReturn
	}
	if len(values) > 1 {
		return nil, fmt.Errorf("return got %d values, it takes one (use slice or dict for more)", len(values))
	}
	f := x.frames[x.active-1]
	f.returned = true
	if len(values) == 1 {
		f.value = values[0]
	}
	return nil, exec.ErrStop
}

// partials is the name space of Hugo's partials.Include.
type partials struct{ x *executor }

// Include is partial.
func (p partials) Include(name string, dot ...any) (any, error) { return p.x.partial(name, dot...) }

// IncludeCached is partialCached.
func (p partials) IncludeCached(name string, dot any, keys ...any) (any, error) {
	return p.x.partialCached(name, dot, keys...)
}

// templates is the name space of Hugo's templates.Exists.
type templates struct{ x *executor }

// Exists reports whether there is a template of that name.
func (t templates) Exists(name string) bool {
	if t.x.eng.opt.Trace != nil {
		t.x.eng.opt.Trace.Exists(&t.x.state, name)
	}
	return t.x.eng.Has(name)
}

// Current describes the template that is being executed.
func (t templates) Current() *Current { return t.x.current() }
