package jam

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
	texttemplate "text/template"
	"time"

	"golang.org/x/text/language"

	"github.com/jam-go/jam/internal/builtin"
	"github.com/jam-go/jam/internal/funcs"
	"github.com/jam-go/jam/internal/layouts"
	"github.com/jam-go/jam/internal/theme"
)

// Renderer turns a page into its file. It may be a template engine of any kind:
// [Templates] gives one for html/template, and [RendererFunc] adapts a function,
// for example one that calls templ or gomponents components. One that wraps another
// should have a method Unwrap() Renderer that returns it: then the site knows which
// layouts there are, and which it lacks.
type Renderer interface {
	// Render writes the page to w. It is called concurrently, with different
	// pages. The page and all that is reached from it belong to this call:
	// they are not to be kept, nor used by other goroutines. What Render
	// writes must depend on nothing but the page, its site, and the
	// program. An error, or a panic, fails the page.
	Render(ctx context.Context, w io.Writer, p *Page) error
}

// RendererFunc is a function that is a [Renderer].
type RendererFunc func(ctx context.Context, w io.Writer, p *Page) error

// Render calls f.
func (f RendererFunc) Render(ctx context.Context, w io.Writer, p *Page) error { return f(ctx, w, p) }

// Templates returns a Renderer that executes the html/template files in fsys,
// which is laid out as a site's layouts folder: see the package documentation,
// "Templates". The functions in funcs, which may be nil, are there beside the built-in ones,
// and replace those of the same name.
//
// The error reports every mistake in the templates, as [Load] does. The Renderer
// may serve several sites at the same time.
func Templates(fsys fs.FS, funcs template.FuncMap) (Renderer, error) {
	t, err := newTemplates(fsys, funcs, "", nil)
	if err != nil {
		return nil, err
	}
	return t, nil
}

// PlainTheme returns the built-in Renderer, which needs no templates: a plain
// theme for narrow and wide screens, light and dark, with no scripts but that of the search, if there is one. [Load]
// uses it for a tree without layouts of pages.
func PlainTheme() Renderer {
	t, err := newTemplates(theme.FS(), nil, "built-in theme", nil)
	if err != nil {
		// The theme is part of the program.
		return RendererFunc(func(context.Context, io.Writer, *Page) error { return err })
	}
	t.builtin = true
	return t
}

// templates is the Renderer of html/template files.
type templates struct {
	engine  *layouts.Engine
	prefix  string // of file names in messages
	builtin bool
}

// templatesOf returns the templates of a Renderer, which it may wrap; nil if there are none.
func templatesOf(r Renderer) *templates {
	for {
		if t, ok := r.(*templates); ok {
			return t
		}
		w, ok := r.(interface{ Unwrap() Renderer })
		if !ok {
			return nil
		}
		r = w.Unwrap()
	}
}

// newTemplates reads templates: those that read allows, or all when it is nil.
func newTemplates(fsys fs.FS, extra template.FuncMap, prefix string, read func(name string) bool) (*templates, error) {
	t := &templates{prefix: prefix}
	if err := joinErrors(checkFuncs(extra)); err != nil {
		return nil, err
	}
	engine, err := layouts.New(fsys, layouts.Options{
		Read: read, Lazy: read != nil, Fallback: builtin.FS(), FallbackPrefix: builtinPrefix,
		Funcs: maps.Clone(texttemplate.FuncMap(extra)), Bind: bindFuncs, Key: cacheKey, Own: ownView, Methods: templateMethods(), Trace: trace{t}, Watch: watchOf, Passing: []string{"first", "index"},
		Asked: askedFunctions,
	})
	if err != nil {
		return nil, joinErrors(t.errors("template", err))
	}
	t.engine = engine
	return t, nil
}

// cacheKey gives the views of one page one identity.
func cacheKey(v any) any {
	switch v := v.(type) {
	case *Page:
		if v != nil {
			return v.d
		}
	case *Site:
		if v != nil {
			return v.local
		}
	}
	return v
}

func layoutQuery(d *pageData, f *format) layouts.Query {
	q := layouts.Query{Kind: d.kind(), Layout: d.meta.Layout, Type: d.meta.Type, Lang: d.local.Code}
	switch {
	case f == nil:
	case f.once: // its template has its own name, as that of 404 has
		q = layouts.Query{Kind: f.BaseName, Suffix: f.Suffix, Lang: d.local.Code}
	default:
		q.Format, q.Suffix = f.Name, f.Suffix
	}
	if f != nil && f.once {
		return q
	}
	q.Dir = strings.Trim(d.path, "/")
	if !d.isList() {
		q.Dir = strings.Trim(path.Dir(d.path), "/")
	}
	return q
}

func (t *templates) hasLayout(d *pageData, f *format) bool {
	_, ok := t.engine.Lookup(layoutQuery(d, f))
	return ok
}

func (t *templates) findLayout(d *pageData, f *format) (bool, string) {
	q := layoutQuery(d, f)
	if _, ok := t.engine.Lookup(q); ok {
		return true, ""
	}
	if !d.local.snap.set.languagesDeclared {
		q.Lang = ""
	}
	names := t.engine.Candidates(q)
	const enough = 4
	if len(names) > enough {
		names = append(names[:enough:enough], "…")
	}
	return false, strings.Join(names, ", ")
}

// Render executes the page's layout.
func (t *templates) Render(ctx context.Context, w io.Writer, p *Page) error {
	p, done := p.private(ctx)
	defer done()
	d, f := p.read(facetPlace|facetLayout|facetType), p.format()
	layout, ok := t.lookup(p.v, layoutQuery(d, f))
	if !ok {
		_, tried := t.findLayout(d, f)
		return errorAt("template", d.source(), "no layout for this page (looked for %s)", tried)
	}
	st := p.v.templateState(p, nil)
	st.Ctx, st.Cache = ctx, p.partials(t)
	outer := p.v.state
	p.v.state = st
	defer func() { p.v.state = outer }()
	err := t.engine.Execute(w, layout, st)
	if err == nil {
		return p.v.failure()
	}
	return joinErrors(t.errors("render", err))
}

// templateState returns a state for an execution that is not part of another one.
func (v *view) templateState(p *Page, dot any) *layouts.State {
	limits := &v.snap.set.Limits
	return &layouts.State{Ctx: v.context(), Page: p, Dot: dot, Failed: v.failure, MaxOutput: limits.OutputSize, MaxDepth: limits.CallDepth}
}

// partials returns the cache of partialCached for a renderer, in the page's language.
func (p *Page) partials(t *templates) *layouts.Cache {
	v := p.v
	key := partialsKey{t, p.d.local, v.recording.ledger != nil}
	if c, ok := v.snap.caches.Load(key); ok {
		return c.(*layouts.Cache)
	}
	c, _ := v.snap.caches.LoadOrStore(key, new(layouts.Cache))
	return c.(*layouts.Cache)
}

// partialsKey tells results of which it was recorded what they read from others.
type partialsKey struct {
	t        *templates
	local    *local
	recorded bool
}

// errors turns the template engine's errors into Errors. Those of a page's text, which a template asked for, say
// themselves where they are.
func (t *templates) errors(op string, err error) []*Error {
	if e, ok := errors.AsType[*Error](err); ok && ofContent(e) {
		return Errors(e)
	}
	if list, ok := errors.AsType[layouts.Errors](err); ok {
		out := make([]*Error, len(list))
		for i, e := range list {
			out[i] = t.error(op, e)
		}
		return out
	}
	if e, ok := errors.AsType[*layouts.Error](err); ok {
		return []*Error{t.error(op, e)}
	}
	return []*Error{{Op: op, Err: err}}
}

func (t *templates) error(op string, e *layouts.Error) *Error {
	out := &Error{Op: op, Path: t.path(e.File), Line: e.Line, Column: e.Column, Err: e.Err}
	named := layouts.Error{Calls: slices.Clone(e.Calls)}
	for i := range named.Calls {
		named.Calls[i].File = t.path(named.Calls[i].File)
	}
	if trace := named.Trace(); trace != "" {
		out.Err = fmt.Errorf("%w (%s)", e.Err, trace)
	}
	return out
}

// path returns the name of a template's file in messages.
func (t *templates) path(file string) string {
	if file == "" || strings.HasPrefix(file, builtinPrefix) {
		return file
	}
	return path.Join(t.prefix, file)
}

// bindFuncs returns the function library for one executor: the functions that need
// only their arguments, and those that depend on the page being rendered.
func bindFuncs(cur func() *layouts.State) texttemplate.FuncMap {
	b := binding{cur}
	all := texttemplate.FuncMap(funcs.Map(funcs.Options{
		Now:        b.now,
		Language:   func() language.Tag { return b.page().d.local.tag },
		SortKey:    func(s string) string { return b.page().d.local.collation.key(s) },
		Dates:      func(t time.Time, layout string) (string, error) { return b.site().FormatDate(t, layout) },
		Warn:       func(text string) { b.page().v.warn(b.page().warning(text)) },
		Resource:   resourceText,
		SliceTypes: []reflect.Type{reflect.TypeFor[Pages](), reflect.TypeFor[Resources]()},
	}))
	b.addPageFuncs(all)
	return all
}

// binding is what the functions of one executor know of.
type binding struct{ cur func() *layouts.State }

func (b binding) page() *Page {
	p, _ := b.cur().Page.(*Page)
	return p
}

func (b binding) site() *Site { return b.page().Site() }

func (b binding) set() *settings { return b.page().v.snap.set }

func (b binding) now() time.Time {
	v := b.page().v
	v.note(depNow, "", "")
	return v.snap.loaded
}
