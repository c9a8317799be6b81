package layouts

import (
	"context"
	"io"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	texttemplate "text/template"

	"github.com/jam-go/jam/internal/exec"
)

// Options is what the templates of an Engine can use.
type Options struct {
	// Funcs are the functions that do not depend on what is being rendered.
	// They win over those of Bind and over the package's own.
	Funcs texttemplate.FuncMap

	// Bind returns the functions that do. It is called once for every
	// executor, possibly at the same time from several goroutines, and must
	// give the same names each time. The functions of one executor are called
	// by one execution at a time, whose state cur returns.
	Bind func(cur func() *State) texttemplate.FuncMap

	// Key returns a comparable value that identifies a key given to
	// partialCached, for values that several pointers stand for. Nil: a
	// value identifies itself, a pointer by its address.
	Key func(v any) any

	// Read, if not nil, tells which files are templates. The others are passed over.
	Read func(name string) bool

	// Fallback, if not nil, is a second tree of templates: what the first one
	// does not have is looked for in it. FallbackPrefix goes before its paths in
	// messages and in Template.Name.
	Fallback       fs.FS
	FallbackPrefix string

	// Lazy leaves all mistakes but unreadable files and names that are defined twice for
	// when a template is used.
	Lazy bool

	// Own turns a value that a cached partial returned into what the execution
	// under way may use. Nil: the value itself.
	Own func(st *State, v any) (any, error)

	// Trace, if not nil, is told what executions look up by name, and records what they read.
	Trace Trace

	// Watch, if not nil, returns who sees what an execution does with lists and maps, or nil. Passing are the functions of Bind that
	// may be given those without using them, and Asked those that the watcher may answer, as [exec.Types] says.
	Watch   func(st *State) exec.Watcher
	Passing []string
	Asked   []string

	// Methods are how to call the methods of frequent types, which saves time.
	Methods []exec.Methods
}

// Trace is told of executions, by goroutines that execute. Its methods may be called concurrently, for different states.
type Trace interface {
	// Partial is called when a partial of that name is called, and Exists when it is asked whether there is a template.
	Partial(st *State, name string)
	Exists(st *State, name string)

	// Part calls compute, which makes a result of partialCached by the partial of that name, and returns what stands for all that it read.
	// Recall is called when the result is used, by the same execution or another, with what Part returned.
	Part(st *State, name string, compute func()) (part any)
	Recall(st *State, part any)

	// Param is called when keys of what may be parameters are read.
	Param(st *State, recv any, keys []string)
}

// State is one execution. It must not be used by two at the same time.
type State struct {
	Ctx   context.Context // nil: context.Background()
	Page  any             // what is rendered; for the functions of Bind
	Dot   any             // the template's dot; nil: Page
	Cache *Cache          // results of partialCached; nil: kept for this execution only

	// MaxOutput, if not 0, is how many bytes may be written: by the template, and
	// by each partial that it calls.
	MaxOutput int64

	// MaxDepth is how deep partials and template actions may call each other. Default: 200.
	MaxDepth int

	// Failed, if not nil, tells what went wrong where no error could be
	// returned. The results of cached partials are not kept then.
	Failed func() error

	// NoWait has partialCached compute a result that another execution is computing, rather than
	// wait for it: for executions that others wait for without the Cache knowing.
	NoWait bool

	parent *executor
}

// Child returns a state for an execution inside the one of s: same context
// and cache. A function that executes templates must use it, or a cache of
// its own: otherwise templates that call each other forever go unnoticed, and
// a partialCached inside may wait for the one that it is part of.
func (s *State) Child(page, dot any) *State {
	return &State{Ctx: s.Ctx, Page: page, Dot: dot, Cache: s.Cache, Failed: s.Failed, MaxOutput: s.MaxOutput, MaxDepth: s.MaxDepth, parent: s.parent}
}

// Engine is a parsed tree of templates. It is safe for concurrent use.
type Engine struct {
	opt      Options
	files    map[string]*file // of the tree, by path
	builtin  map[string]*file // of the fallback, by path
	byID     map[string]*file
	shown    map[string]*file // by the path in messages
	partials map[string]*Template
	internal map[string]*Template // partials of the fallback
	shared   map[string][]*tmpl   // definitions in partials' files
	tries    map[string]*Template // expressions of try, by key
	known    map[string]bool      // names of functions
	keepMax  int                  // executors kept
	values   *exec.Types          // of values that templates use
	escapers texttemplate.FuncMap // of all formats but HTML

	shortcodes, markup variants

	lookups lookups
	types   sync.Map // reflect.Type → map[string][]string, for suggestions

	mu     sync.Mutex
	linked map[layoutKey]*Template
	free   []*executor // last in, first out: the warmest is used next
}

type layoutKey struct{ layout, base *file }

// New reads and parses every template below the root of fsys. Its error is
// an [Errors] with all problems found, each with its place: unreadable files,
// syntax errors, unknown functions, template actions without a target, names
// defined twice. What it leaves for later is in the package documentation, "Places".
func New(fsys fs.FS, opt Options) (*Engine, error) {
	e := &Engine{
		opt:        opt,
		files:      map[string]*file{},
		builtin:    map[string]*file{},
		byID:       map[string]*file{},
		shown:      map[string]*file{},
		partials:   map[string]*Template{},
		internal:   map[string]*Template{},
		shared:     map[string][]*tmpl{},
		tries:      map[string]*Template{},
		shortcodes: variants{},
		markup:     variants{},
		linked:     map[layoutKey]*Template{},
		keepMax:    max(16, 4*runtime.GOMAXPROCS(0)),
		values:     exec.NewTypes(opt.Methods...),
		escapers:   escapers(),
	}
	e.opt.Funcs = maps.Clone(opt.Funcs)
	e.values.Passing(fnTruth, fnParam, fnIsset)
	for _, name := range opt.Passing {
		if opt.Funcs[name] == nil {
			e.values.Passing(name)
		}
	}
	for _, name := range opt.Asked {
		if opt.Funcs[name] == nil {
			e.values.Asked(name)
		}
	}
	x, err := e.newExecutor()
	if err != nil {
		return nil, Errors{{Err: err}}
	}
	e.free = append(e.free, x)
	e.known = knownFuncs(e.opt.Funcs, x.bound, x.own)
	errs := e.readAll(source{FS: fsys, files: e.files})
	if opt.Fallback != nil {
		errs = append(errs, e.readAll(source{opt.Fallback, e.builtin, opt.FallbackPrefix, true})...)
	}
	errs = append(errs, e.register()...)
	// What cannot be linked may lie in a file that could not be parsed.
	if len(errs) == 0 && !opt.Lazy {
		errs = e.checkLinks()
	}
	if !opt.Lazy {
		errs = append(errs, e.checkAllFuncs()...)
	}
	if err := errs.err(); err != nil {
		return nil, err
	}
	return e, nil
}

// Template returns the template of a file by its path, or of a partial by its
// name ("_partials/nav.html"). A layout gets the base nearest to its file.
// "_internal/" before the name of a partial means the one of the fallback.
func (e *Engine) Template(name string) (*Template, bool) {
	if f := e.file(name); f != nil {
		return e.ofFile(f), true
	}
	if rest, ok := strings.CutPrefix(name, "_internal/"); ok {
		t := e.internalPartial(rest)
		return t, t != nil
	}
	short, ok := partialName(name)
	if !ok {
		return nil, false
	}
	t := e.partial(short)
	return t, t != nil
}

// file returns the file at a path, or nil.
func (e *Engine) file(p string) *file {
	if f := e.files[p]; f != nil {
		return f
	}
	return e.builtin[p]
}

// ofFile returns the template of a file.
func (e *Engine) ofFile(f *file) *Template {
	if f.place == inPartials {
		short, _ := partialName(f.rel)
		for _, t := range []*Template{e.partials[short], e.internal[short]} {
			if t != nil && t.entry == f.root {
				return t
			}
		}
	}
	stem, rest, _ := strings.Cut(path.Base(f.rel), ".")
	q := Query{Kind: stem, Dir: path.Dir(f.rel)}
	q.Lang, q.Format, q.Suffix = splitVariant(rest)
	return e.withBase(f, q.clean().bases)
}

// internalPartial returns the fallback's partial of that name, or nil.
func (e *Engine) internalPartial(name string) *Template {
	if t := e.internal[name]; t != nil {
		return t
	}
	return e.internal[name+".html"]
}

// splitVariant takes "de.rss.xml" apart. A single word may be a language or
// a format; as either, it leads to the same file names.
func splitVariant(s string) (lang, format, suffix string) {
	words := strings.Split(s, ".")
	suffix = words[len(words)-1]
	switch len(words) {
	case 1:
	case 2:
		lang = words[0]
	default:
		lang, format = words[0], words[1]
	}
	return lang, format, suffix
}

// partial returns the partial called name, whose ".html" may be missing, or nil.
func (e *Engine) partial(name string) *Template {
	if t := e.partials[name]; t != nil {
		return t
	}
	if rest, ok := strings.CutPrefix(name, "_internal/"); ok {
		return e.internalPartial(rest)
	}
	if short, ok := partialName(name); ok && e.partials[name+".html"] == nil {
		name = short
	}
	for _, n := range []string{name, name + ".html", strings.TrimSuffix(name, ".html")} {
		if t := e.partials[n]; t != nil {
			return t
		}
	}
	return nil
}

// Has reports whether there is a template of that name; see [Engine.Template].
func (e *Engine) Has(name string) bool {
	if e.file(name) != nil {
		return true
	}
	if rest, ok := strings.CutPrefix(name, "_internal/"); ok {
		return e.internalPartial(rest) != nil
	}
	short, ok := partialName(name)
	return ok && e.partial(short) != nil
}

// Names returns the path of every file and the name of every partial that is
// defined inside one, sorted. It leaves out those of the fallback.
func (e *Engine) Names() []string {
	names := slices.Collect(maps.Keys(e.files))
	for _, t := range e.partials {
		if e.shown[t.name] == nil {
			names = append(names, t.name)
		}
	}
	slices.Sort(names)
	return names
}

// layout returns the one template of a layout and its base, which may be nil.
func (e *Engine) layout(f, base *file) *Template {
	e.mu.Lock()
	defer e.mu.Unlock()
	key := layoutKey{f, base}
	t := e.linked[key]
	switch {
	case t != nil:
	case base != nil:
		t = newTemplate(e, f.path, base.root, f, base)
	default:
		t = newTemplate(e, f.path, f.root, f)
	}
	e.linked[key] = t
	return t
}

// Execute writes the output of t to w, in pieces: the caller buffers. An error
// of a template is an [*Error] with its place, or an [Errors]; an error of w
// comes as it is. Execution stops soon after st.Ctx ends, with its error.
func (e *Engine) Execute(w io.Writer, t *Template, st *State) error {
	if st == nil {
		st = &State{}
	}
	x, err := e.acquire()
	if err != nil {
		return &Error{File: t.name, Err: err}
	}
	intact := false
	defer func() {
		if intact {
			e.release(x)
		}
	}()
	err = x.run(w, t, st)
	// After a panic the state of the executor's functions is anyone's guess.
	intact = !x.panicked
	x.reset()
	return err
}

func (e *Engine) acquire() (*executor, error) {
	e.mu.Lock()
	if n := len(e.free); n > 0 {
		x := e.free[n-1]
		e.free = e.free[:n-1]
		e.mu.Unlock()
		return x, nil
	}
	e.mu.Unlock()
	return e.newExecutor()
}

func (e *Engine) release(x *executor) {
	e.mu.Lock()
	if len(e.free) < e.keepMax {
		e.free = append(e.free, x)
	}
	e.mu.Unlock()
}
