package layouts

import (
	"errors"
	"fmt"
	htmltemplate "html/template"
	"maps"
	"slices"
	"strings"
	"sync"
	texttemplate "text/template"
	"text/template/parse"

	"github.com/jam-go/jam/internal/exec"
	"github.com/jam-go/jam/internal/suggest"
)

// Template is something that can be executed: a layout with its base, a
// partial, a shortcode. It belongs to the Engine that returned it, and is
// safe for concurrent use.
type Template struct {
	eng   *Engine
	name  string
	entry *tmpl
	// spaces are the files whose definitions the entry sees, first wins.
	spaces []*file
	format format

	prepare func() error // links once
	parts   []part
	trees   map[string]*parse.Tree // what is executed, unless html/template changes it
	funcs   []string               // names used
	errs    Errors

	program   func() *exec.Program // nil: html/template or text/template executes it
	usesInner func() Answer
	sum       func() uint64
}

// part is one member of the set of templates that an execution may reach.
type part struct {
	*tmpl
	targets   []*tmpl // what its calls refer to, in order
	recursive bool    // may reach itself
}

// maxChain is how many template actions may nest. When escaping fails,
// html/template takes three times as long with every level.
const maxChain = 12

var errNoBase = errors.New("the layout has definitions only, and no base template was found (baseof.html)")

func newTemplate(eng *Engine, name string, entry *tmpl, spaces ...*file) *Template {
	t := &Template{eng: eng, name: name, entry: entry, spaces: spaces, format: entry.file.format}
	t.prepare = sync.OnceValue(func() error {
		t.link()
		if len(t.errs) == 0 {
			t.makeTrees()
		}
		return t.errs.err()
	})
	t.program = sync.OnceValue(t.compile)
	t.sum = sync.OnceValue(t.makeSum)
	t.usesInner = sync.OnceValue(func() Answer { return t.uses("Inner", "InnerDeindent") })
	return t
}

// Name returns the path of the template's file; for a partial that is
// defined inside a file, the name of the definition.
func (t *Template) Name() string { return t.name }

// Escapes reports whether what the template's actions print is escaped, as in all
// formats but plain text.
func (t *Template) Escapes() bool { return t.format != plainText }

// Check returns what is wrong with the template, as far as that can be told
// without executing it. New reports it for all but shortcodes, render hooks, and
// text files that may be no templates.
func (t *Template) Check() error { return t.prepare() }

// link resolves the template actions of everything that t can reach.
func (t *Template) link() {
	if f := t.spaces[0]; f.needsBase() && t.entry == f.root {
		t.errs = Errors{{File: f.path, Err: errNoBase}}
		return
	}
	index := map[*tmpl]int{t.entry: 0}
	t.parts = []part{{tmpl: t.entry}}
	for i := 0; i < len(t.parts); i++ {
		from := t.parts[i].tmpl
		t.use(from)
		for _, call := range from.calls {
			to, err := t.resolve(from, call.name)
			if err != nil {
				t.errs = append(t.errs, from.file.errorAt(call.offset, err))
				continue
			}
			if _, ok := index[to]; !ok {
				index[to] = len(t.parts)
				t.parts = append(t.parts, part{tmpl: to})
			}
			t.parts[i].targets = append(t.parts[i].targets, to)
		}
	}
	if n := t.chain(index); n > maxChain {
		t.errs = append(t.errs, &Error{File: t.entry.file.path,
			Err: fmt.Errorf("template actions nested %d deep, at most %d work; use partial", n, maxChain)})
	}
}

// use notes the functions of a part. Those of files that New did not
// check are checked now.
func (t *Template) use(from *tmpl) {
	for _, fn := range from.funcs {
		if !slices.Contains(t.funcs, fn.name) {
			t.funcs = append(t.funcs, fn.name)
		}
	}
	t.errs = append(t.errs, from.file.broken...)
	if from.file.late() || t.eng.opt.Lazy {
		t.errs = append(t.errs, t.eng.checkFuncs(from)...)
	}
}

// resolve finds the template that a template action of from names.
func (t *Template) resolve(from *tmpl, name string) (*tmpl, error) {
	spaces := t.spaces
	if !slices.Contains(spaces, from.file) {
		spaces = []*file{from.file}
	}
	for _, f := range spaces {
		if d := f.defs[name]; d != nil {
			return d, nil
		}
	}
	if rest, ok := partialName(name); ok {
		if p := t.eng.partial(rest); p != nil {
			return p.entry, nil
		}
	}
	switch owners := t.eng.shared[name]; len(owners) {
	case 0:
	case 1:
		return owners[0], nil
	default:
		return nil, fmt.Errorf("template %q is defined in %s and %s", name, owners[0].file.path, owners[1].file.path)
	}
	if rest, ok := strings.CutPrefix(name, "_internal/"); ok {
		if p := t.eng.internalPartial(rest); p != nil {
			return p.entry, nil
		}
	}
	if f := t.eng.file(name); f != nil {
		return f.root, nil
	}
	return nil, fmt.Errorf("template %q not defined%s", name, suggest.DidYouMean(name, t.visible(spaces)))
}

// visible returns the names that resolve may find.
func (t *Template) visible(spaces []*file) []string {
	var names []string
	for _, f := range spaces {
		for name := range f.defs {
			names = append(names, name)
		}
	}
	for name := range t.eng.partials {
		names = append(names, "_partials/"+name)
	}
	for name := range t.eng.shared {
		names = append(names, name)
	}
	return names
}

// chain returns how deep the template actions nest, calls back not counted,
// and marks the parts that may reach themselves.
func (t *Template) chain(index map[*tmpl]int) int {
	depth := make([]int, len(t.parts))
	open := make([]bool, len(t.parts))
	var walk func(i int) int
	walk = func(i int) int {
		if depth[i] > 0 {
			return depth[i]
		}
		open[i] = true
		most := 0
		for _, to := range t.parts[i].targets {
			j := index[to]
			if open[j] {
				// Every cycle has a call back to a part that is still open.
				t.parts[i].recursive = true
				continue
			}
			most = max(most, walk(j))
		}
		open[i] = false
		depth[i] = most + 1
		return depth[i]
	}
	return walk(0) - 1
}

// instance builds a set of the standard library with the functions of one executor.
// Sets cannot be shared: a function reaches its execution through its closure.
func (t *Template) instance(funcs func(name string) any) (runner, error) {
	used := texttemplate.FuncMap{}
	for _, name := range append(slices.Clip(t.funcs), fnTruth, fnText, fnTick, fnEnter, fnLeave) {
		if fn := funcs(name); fn != nil {
			used[name] = fn
		}
	}
	if t.format != htmlText {
		if lang := t.format.language(); lang != nil {
			maps.Copy(used, lang.funcs())
		}
		set := texttemplate.New(t.entry.name).Funcs(used)
		for name, tree := range t.trees {
			if _, err := set.AddParseTree(name, tree); err != nil {
				return nil, err
			}
		}
		return set, nil
	}
	set := htmltemplate.New(t.entry.name).Funcs(used)
	entry := set
	for i, p := range t.parts {
		added, err := set.AddParseTree(p.name, p.copyTree())
		if err != nil {
			return nil, err
		}
		if i == 0 {
			entry = added
		}
	}
	return entry, nil
}

// makeTrees makes the trees of a set for text/template, which leaves them as
// they are, so that all executors can share them.
func (t *Template) makeTrees() {
	switch lang := t.format.language(); {
	case lang != nil:
		t.trees, t.errs = t.escapeSet(lang)
	case t.format != htmlText:
		t.trees = map[string]*parse.Tree{}
		for _, p := range t.parts {
			tree := p.copyTree()
			printNil(tree.Root)
			t.trees[p.name] = tree
		}
	}
}

// printNil lets a function decide what plain text has for nil: text/template prints "<no value>", where
// html/template prints nothing.
func printNil(l *parse.ListNode) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			if last := n.Pipe.Cmds[len(n.Pipe.Cmds)-1]; len(n.Pipe.Decl) == 0 && !calls(last, "return") {
				addCommand(n.Pipe, fnText)
			}
		case *parse.IfNode:
			printNil(n.List)
			printNil(n.ElseList)
		case *parse.WithNode:
			printNil(n.List)
			printNil(n.ElseList)
		case *parse.RangeNode:
			printNil(n.List)
			printNil(n.ElseList)
		}
	}
}

// copyTree returns a tree of its own, since escaping changes it, whose
// template actions use the names of the set.
func (p part) copyTree() *parse.Tree {
	tree := p.tree.Copy()
	if len(p.calls) > 0 {
		rest := p.targets
		link(tree.Root, &rest, p.recursive)
	}
	return tree
}

// link renames the template actions below l to their targets, in the order
// in which visitor met them, and counts the depth of calls in recursions.
func link(l *parse.ListNode, targets *[]*tmpl, guard bool) {
	if l == nil {
		return
	}
	var out []parse.Node
	for i, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.IfNode:
			link(n.List, targets, guard)
			link(n.ElseList, targets, guard)
		case *parse.WithNode:
			link(n.List, targets, guard)
			link(n.ElseList, targets, guard)
		case *parse.RangeNode:
			link(n.List, targets, guard)
			link(n.ElseList, targets, guard)
		case *parse.TemplateNode:
			n.Name = (*targets)[0].name
			*targets = (*targets)[1:]
			if guard {
				if out == nil {
					out = slices.Clone(l.Nodes[:i])
				}
				out = append(out, callNode(fnEnter, n.Pipe, n.Pos), n, callNode(fnLeave, n.Pipe, n.Pos))
				continue
			}
		}
		if out != nil {
			out = append(out, n)
		}
	}
	if out != nil {
		l.Nodes = out
	}
}

// fileOf returns the file in whose text a name of the set lies. Escaping
// adds names that end in $htmltemplate_….
func (t *Template) fileOf(name string) *file {
	id, _, _ := strings.Cut(name, "/")
	id, _, _ = strings.Cut(id, "$")
	for _, p := range t.parts {
		if p.file.id == id {
			return p.file
		}
	}
	return t.entry.file
}
