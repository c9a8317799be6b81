package jam

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/jam-go/jam/internal/layouts"
	"github.com/jam-go/jam/internal/shortcode"
)

// Shortcode is a call of a shortcode in the text of a page, as the template or function that
// makes its output sees it. It belongs to that call: it is not to be kept.
type Shortcode struct {
	call   *shortcode.Call
	page   *Page
	parent *Shortcode
	inner  string
	store  *Store
}

// ShortcodeFunc writes the output of a shortcode: HTML for a call such as {{< name >}}, and Markdown
// for {{% name %}}. What it writes must depend on nothing but the call, its page, the site and the
// program. Other pages are reached through s: a Site that is kept elsewhere must not be asked for content here,
// for pages that need each other's would wait forever. An error, or a panic, fails the page.
type ShortcodeFunc func(ctx context.Context, w io.Writer, s *Shortcode) error

// Position is a place in a file.
type Position struct {
	Filename                 string // as messages call it
	LineNumber, ColumnNumber int    // from 1; columns in characters
}

// String returns the position as messages have it: "content/a.md:7:3".
func (p Position) String() string {
	if p.LineNumber == 0 {
		return p.Filename
	}
	return fmt.Sprintf("%s:%d:%d", p.Filename, p.LineNumber, p.ColumnNumber)
}

// Name returns the shortcode's name.
func (s *Shortcode) Name() string { return s.call.Name }

// Page returns the page in whose text the call is.
func (s *Shortcode) Page() *Page { return s.page }

// Site returns the page's site.
func (s *Shortcode) Site() *Site { return s.page.Site() }

// Parent returns the call in whose inner content this one is, or nil.
func (s *Shortcode) Parent() *Shortcode { return s.parent }

// Ordinal returns the number of the call among those of the page, or of its parent, from 0.
func (s *Shortcode) Ordinal() int { return s.call.Ordinal }

// Position returns where the call begins.
func (s *Shortcode) Position() Position {
	s.page.read(facetLine | facetFile)
	return s.place()
}

func (s *Shortcode) place() Position {
	return Position{s.page.d.source(), s.call.Line, s.call.Column}
}

// IsNamedParams reports whether the arguments have names.
func (s *Shortcode) IsNamedParams() bool { return s.call.Named != nil }

// Params returns the arguments: a map[string]any when they have names, and else a []any. Without
// quotes, numbers are int or float64, and true and false bool; what else there is are strings.
func (s *Shortcode) Params() any {
	if s.call.Named != nil {
		return maps.Clone(s.call.Named)
	}
	return slices.Clone(s.call.Args)
}

// Get returns the argument with a name, or a number from 0. Of a call that has arguments of this sort, a
// missing one is "", and of any other nil.
func (s *Shortcode) Get(key any) (any, error) {
	switch key := key.(type) {
	case string:
		if v, ok := s.call.Named[key]; ok || len(s.call.Named) == 0 {
			return v, nil
		}
		return "", nil
	case int:
		switch {
		case len(s.call.Args) == 0:
			return nil, nil
		case key < 0 || key >= len(s.call.Args):
			return "", nil
		}
		return s.call.Args[key], nil
	}
	return nil, fmt.Errorf("want the name or the number of an argument, have %T", key)
}

// Inner returns what stands between the opening and the closing tag, with the shortcodes in it
// rendered: for their output there are markers, which become it when the page is rendered.
func (s *Shortcode) Inner() template.HTML { return template.HTML(s.inner) }

// InnerDeindent returns Inner without the white space before the call, where its lines begin with that.
func (s *Shortcode) InnerDeindent() template.HTML { return template.HTML(s.call.Deindent(s.inner)) }

// Store returns values that templates of this call, and of those within it, keep by key.
func (s *Shortcode) Store() *Store {
	if s.store == nil {
		s.store = newStore()
	}
	return s.store
}

// Scratch is the same as Store, by its older name.
func (s *Shortcode) Scratch() *Store { return s.Store() }

// contentTemplates are what shortcodes and render hooks are made by.
type contentTemplates struct {
	*templates // of the site, with the built-in ones behind
	funcs      map[string]ShortcodeFunc
	hasMarkup  bool     // there are templates of render hooks
	broken     bool     // those of the tree have mistakes, so that what it defines is not known
	used       sync.Map // *layouts.Template → shortcodeUse: those of shortcodes that texts call
}

// shortcodeUse is how a text looks a shortcode up.
type shortcodeUse struct {
	query layouts.Query
	name  string
}

// checkShortcodes reports the mistakes in the templates of shortcodes that texts call. Reload, which does not know whether
// they still do, looks for itself.
func (l *loader) checkShortcodes() {
	if l.last == nil {
		l.fail(l.base.content.checkUsed()...)
	}
}

// options says how a page's text is read.
func (c *contentTemplates) options(d *pageData, line int, set *settings) shortcode.Options {
	q := layoutQuery(d, nil)
	return shortcode.Options{
		Line: line, Keep: set.Markdown.KeepShortcodes,
		MaxDepth: set.Limits.CallDepth, MaxSize: int(set.Limits.OutputSize),
		Known: func(name string) (shortcode.Inner, bool) {
			if _, ok := c.funcs[name]; ok {
				return shortcode.Maybe, true
			}
			t, ok := c.engine.Shortcode(q, name)
			if !ok {
				return shortcode.Maybe, c.broken
			}
			if _, known := c.used.Load(t); !known {
				c.used.Store(t, shortcodeUse{q, name})
			}
			return innerOf(t), true
		},
		Names: func() []string { return slices.Concat(c.engine.Shortcodes(), slices.Sorted(maps.Keys(c.funcs))) },
	}
}

// checkUsed returns the mistakes in the templates of shortcodes that texts call.
func (c *contentTemplates) checkUsed() (errs []*Error) {
	c.used.Range(func(t, _ any) bool {
		if err := t.(*layouts.Template).Check(); err != nil {
			errs = append(errs, c.errors("template", err)...)
		}
		return true
	})
	return errs
}

func innerOf(t *layouts.Template) shortcode.Inner {
	switch t.UsesInner() {
	case layouts.Yes:
		return shortcode.Always
	case layouts.No:
		return shortcode.Never
	}
	return shortcode.Maybe
}

// scanShortcodes reads the shortcodes of a page's text, and notes in t what it has.
func (l *loader) scanShortcodes(d *pageData, t *pageText, body []byte) []*Error {
	if l.base.content == nil || len(body) == 0 {
		return nil
	}
	codes, problems := shortcode.Parse(body, l.base.content.options(d, int(t.line), l.set))
	t.codes = codes != nil
	if t.kept != nil {
		t.kept.codes = codes
	}
	var errs []*Error
	for _, e := range problems {
		errs = append(errs, placedAt("shortcode", d.source(), e))
	}
	if codes != nil {
		for _, e := range codes.Warnings() {
			l.warnOfText(placedAt("shortcode", d.source(), e))
		}
	}
	return errs
}

// expand renders the page's shortcodes.
func (p *Page) expand(codes *shortcode.Document) (*shortcode.Expanded, error) {
	made := make(map[*shortcode.Call]*Shortcode)
	run := p.v.run
	if run == nil { // for another form of the page than its content, or for a layout
		run = &bodyRun{d: p.d, depth: -1}
		p.v.run = run
		defer func() { p.v.run = nil }()
	} else {
		outer := *run
		defer func() { run.at, run.inserts = outer.at, outer.inserts }()
	}
	exp, err := codes.Expand(p.v.context(), func(c *shortcode.Call, inner string, inserts *shortcode.Inserts) (string, error) {
		s := p.shortcode(made, c)
		run.at, run.inserts = s.place(), inserts
		switch {
		case !c.Markdown:
			s.inner = p.inner(inner, inserts)
		case inHTML(c):
			s.inner = string(p.innerHTML(inner))
		default:
			s.inner = inner
		}
		return s.render()
	})
	if err != nil {
		return nil, joinErrors(p.read(facetLine|facetFile).contentErrors("shortcode", err))
	}
	return exp, nil
}

// inHTML tells whether the output of a call becomes part of HTML, which Markdown leaves alone.
func inHTML(c *shortcode.Call) bool {
	for c = c.Parent; c != nil; c = c.Parent {
		if !c.Markdown {
			return true
		}
	}
	return false
}

// innerHTML renders the inner content of a Markdown shortcode that stands in an HTML one: there
// it is the last chance to do so.
func (p *Page) innerHTML(inner string) template.HTML {
	lines := strings.Contains(strings.TrimSpace(inner), "\n")
	return p.renderFragment(p.v.snap.engine(p.d), inner, !lines)
}

// shortcode returns what a call is seen as, and the calls that it is in.
func (p *Page) shortcode(made map[*shortcode.Call]*Shortcode, c *shortcode.Call) *Shortcode {
	if c == nil {
		return nil
	}
	if made[c] == nil {
		made[c] = &Shortcode{call: c, page: p, parent: p.shortcode(made, c.Parent)}
	}
	return made[c]
}

func (s *Shortcode) render() (string, error) {
	var b bytes.Buffer
	c := s.page.v.snap.content
	if f := c.funcs[s.Name()]; f != nil {
		err := guard("", func() error { return f(s.page.v.context(), s.page.v.snap.set.limited(&b), s) })
		return b.String(), err
	}
	q := layoutQuery(s.page.d, nil)
	if s.page.v.rec != nil {
		s.page.read(facetPlace | facetLayout | facetType)
		c.note(s.page.v, depShortcode, s.Name()+variantName(q))
	}
	t, ok := c.engine.Shortcode(q, s.Name())
	if !ok {
		return "", fmt.Errorf("shortcode %q is not defined", s.Name())
	}
	err := c.execute(s.page, &b, t, s)
	made := b.String()
	if !s.call.Markdown {
		made = chomp(made)
	}
	if (!s.call.Markdown || inHTML(s.call)) && s.page.d.isUntrusted() {
		made = asHTML(t, made)
	}
	return made, err
}

// chomp takes the line break away that ends the file of a template, so that what follows in a line
// does not stand apart.
func chomp(s string) string { return strings.TrimSuffix(s, "\n") }

// execute executes a template of a shortcode or a render hook.
func (t *templates) execute(p *Page, w io.Writer, tmpl *layouts.Template, dot any) error {
	err := t.run(p, w, tmpl, dot)
	if err == nil {
		return nil
	}
	list := t.errors("render", err)
	for _, e := range list {
		if e.Path == "" {
			e.Path = t.path(tmpl.Name())
		}
	}
	return joinErrors(list)
}

// run is execute with the error of the template engine.
func (t *templates) run(p *Page, w io.Writer, tmpl *layouts.Template, dot any) error {
	v := p.v
	st := v.templateState(p, dot)
	st.NoWait = v.run != nil // a body that waited for a cached partial, which may wait for a body, would do so forever
	if v.state != nil {
		st = v.state.Child(p, dot)
	}
	st.Cache = p.partials(t)
	outer := v.state
	v.state = st
	defer func() { v.state = outer }()
	return t.engine.Execute(w, tmpl, st)
}

// warning is what a template says with warnf. That of a shortcode or render hook which begins with the place of the call is
// about that.
func (p *Page) warning(text string) *Error {
	if run := p.v.run; run != nil {
		if rest, ok := strings.CutPrefix(text, run.at.String()+": "); ok && run.at.LineNumber > 0 {
			return errorIn("template", run.at.Filename, run.at.LineNumber, run.at.ColumnNumber, "%s", rest)
		}
	}
	return &Error{Op: "template", Err: errors.New(text)}
}

// contentErrors places what went wrong in the rendering of a page's text: where that stands in the page, and
// if it is a template's mistake, in the template.
func (d *pageData) contentErrors(op string, err error) []*Error {
	var out []*Error
	for _, e := range placed(op, d.source(), err) {
		inner := Errors(e.Err)
		if len(inner) == 0 || inner[0].Path == "" {
			out = append(out, e)
			continue
		}
		at := Position{d.source(), e.Line, e.Column}.String()
		for _, i := range inner {
			named := *i
			switch {
			case strings.HasPrefix(i.Path, builtinPrefix): // what it says is meant for who wrote the page
				named = Error{Op: op, Path: d.source(), Line: e.Line, Column: e.Column, Err: rootCause(i.Err)}
			case i.Path != d.source() && !ofContent(i):
				named.Err = &ofPage{err: i.Err, page: at}
			}
			out = append(out, &named)
		}
	}
	return out
}

// builtinPrefix begins the paths of the templates of package builtin.
const builtinPrefix = "built-in:"

// rootCause returns the cause of a cause.
func rootCause(err error) error {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err
		}
		err = next
	}
}
