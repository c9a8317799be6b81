package layouts

import (
	"errors"
	"fmt"
	"strings"
	texttemplate "text/template"
	"text/template/parse"
)

// state is where in the text of a format something stands. Zero is its beginning.
type state uint64

// dead is the state of what is never reached.
const dead = ^state(0)

// language is what escaping needs to know of a format.
type language interface {
	// text returns the state after a piece of the text.
	text(s state, text string) state
	// action returns the function that escapes a value in s, "" for none,
	// and the state after it. The text goes on with the byte next; it is 0
	// when an action follows, or nothing.
	action(s state, t trust, next byte) (escaper string, after state, err error)
	// takesConstant reports whether a constant in s is text of the format.
	takesConstant(s state, safe bool) bool
	// join returns the state after branches that end in a and b.
	join(a, b state) (state, bool)
	// enter returns what of s a template that is called there needs to know,
	// and leave the state of the caller after a call that ends in end.
	enter(s state) state
	leave(s, end state) state
	// describe says where s is; "" where a file may end.
	describe(s state) string
	funcs() texttemplate.FuncMap
}

// escaping adds functions that escape to a set of templates, as html/template
// does for HTML: a template that is called in several states gets a tree for
// each of them.
type escaping struct {
	lang   language
	parts  map[string]part
	made   map[string]*derived
	errs   Errors
	prints bool
	steps  int // nodes visited
}

// maxSteps bounds the walk: nested ranges may be gone over many times.
const maxSteps = 1_000_000

// derived is a template for one state.
type derived struct {
	tree    *parse.Tree
	end     state
	done    bool
	assumed bool // a call inside itself took end for where it began
}

// walk goes over one tree.
type walk struct {
	*escaping
	file  *file
	scope scope
	edits map[*parse.ActionNode]string
	exits *state // joined states of break and continue
}

// escapeSet returns the trees of t's parts with escapers.
func (t *Template) escapeSet(lang language) (map[string]*parse.Tree, Errors) {
	e := &escaping{lang: lang, parts: map[string]part{}, made: map[string]*derived{}}
	for _, p := range t.parts {
		e.parts[p.name] = p
	}
	d := e.derive(t.entry.name, 0)
	if where := lang.describe(d.end); where != "" && e.prints {
		f, err := t.entry.file, fmt.Errorf("the template ends %s", where)
		e.errs = append(e.errs, f.errorAt(f.last(opening(err.Error())), err))
	}
	trees := map[string]*parse.Tree{}
	for name, d := range e.made {
		trees[name] = d.tree
	}
	return trees, e.errs
}

func derivedName(name string, s state) string {
	if s == 0 {
		return name
	}
	return fmt.Sprintf("%s$%d", name, s)
}

// derive returns the template called name as it is in the state start.
func (e *escaping) derive(name string, start state) *derived {
	key := derivedName(name, start)
	if d := e.made[key]; d != nil {
		d.assumed = d.assumed || !d.done
		return d
	}
	p := e.parts[name]
	d := &derived{tree: p.copyTree(), end: start}
	e.made[key] = d
	w := walk{e, p.file, newScope(d.tree.Root), map[*parse.ActionNode]string{}, nil}
	end := w.list(d.tree.Root, start)
	if d.assumed && end != dead {
		if j, ok := e.lang.join(start, end); !ok || j != start {
			e.errs = append(e.errs, &Error{File: p.file.path,
				Err: errors.New("a template that calls itself must end where in the text it began")})
		}
	}
	d.end, d.done = end, true
	for n, escaper := range w.edits {
		addCommand(n.Pipe, escaper)
	}
	return d
}

func (w *walk) fail(pos parse.Pos, err error) {
	w.errs = append(w.errs, w.file.errorAt(int(pos), err))
}

// list returns the state after a list that begins in s.
func (w *walk) list(l *parse.ListNode, s state) state {
	if l == nil {
		return s
	}
	for i, n := range l.Nodes {
		if w.steps++; w.steps == maxSteps {
			w.fail(n.Position(), errors.New("the nested ranges around this are too complicated to escape"))
		}
		if s == dead || w.steps > maxSteps {
			return dead
		}
		switch n := n.(type) {
		case *parse.TextNode:
			s = w.lang.text(s, string(n.Text))
		case *parse.ActionNode:
			s = w.action(n, s, nextByte(l.Nodes[i+1:]))
		case *parse.TemplateNode:
			s = w.call(n, s)
		case *parse.IfNode:
			s = w.branch("if", &n.BranchNode, s, w.scope.dot)
		case *parse.WithNode:
			s = w.branch("with", &n.BranchNode, s, w.scope.pipe(n.Pipe))
		case *parse.RangeNode:
			s = w.loop(n, s)
		case *parse.BreakNode:
			s = w.exit(n.Pos, s)
		case *parse.ContinueNode:
			s = w.exit(n.Pos, s)
		}
	}
	return s
}

// nextByte returns the first byte of the text that follows, white space aside.
func nextByte(nodes []parse.Node) byte {
	for _, n := range nodes {
		text, ok := n.(*parse.TextNode)
		if !ok {
			return 0
		}
		if s := strings.TrimLeft(string(text.Text), " \t\r\n"); s != "" {
			return s[0]
		}
	}
	return 0
}

func (w *walk) action(n *parse.ActionNode, s state, next byte) state {
	if len(n.Pipe.Decl) > 0 {
		return s
	}
	if calls(n.Pipe.Cmds[len(n.Pipe.Cmds)-1], "return") {
		return dead
	}
	w.prints = true
	if text, safe, ok := constant(n.Pipe); ok && w.lang.takesConstant(s, safe) {
		delete(w.edits, n)
		return w.lang.text(s, text)
	}
	escaper, after, err := w.lang.action(s, w.scope.pipe(n.Pipe), next)
	if err != nil {
		w.fail(n.Pipe.Pos, err)
	}
	if escaper != "" {
		w.edits[n] = escaper
	}
	return after
}

func (w *walk) call(n *parse.TemplateNode, s state) state {
	name, _, _ := strings.Cut(n.Name, "$")
	start := w.lang.enter(s)
	d := w.derive(name, start)
	n.Name = derivedName(name, start)
	return w.lang.leave(s, d.end)
}

func (w *walk) branch(keyword string, b *parse.BranchNode, s state, dot trust) state {
	outer := w.scope.dot
	w.scope.dot = dot
	first := w.list(b.List, s)
	w.scope.dot = outer
	return w.join(b.Pos, "{{"+keyword+"}} branches end", first, w.list(b.ElseList, s))
}

// loop goes over the body until it ends where it begins: again when a pass
// taught something about the state.
func (w *walk) loop(n *parse.RangeNode, s state) state {
	outer, exits := w.scope.dot, w.exits
	w.scope.dot = untrusted
	start := s
	for range 4 {
		out := dead
		w.exits = &out
		end := w.list(n.List, start)
		end = w.join(n.Pos, "{{range}} body begins and ends", w.join(n.Pos, "{{range}} body's ways end", out, end), start)
		if end == start {
			break
		}
		start = end
	}
	w.scope.dot, w.exits = outer, exits
	if n.ElseList == nil {
		return start
	}
	return w.join(n.Pos, "{{range}} branches end", start, w.list(n.ElseList, s))
}

func (w *walk) exit(pos parse.Pos, s state) state {
	if w.exits != nil {
		*w.exits = w.join(pos, "{{range}} body's ways end", *w.exits, s)
	}
	return dead
}

// join returns the state of ways that meet.
func (w *walk) join(pos parse.Pos, what string, a, b state) state {
	switch {
	case a == b || b == dead:
		return a
	case a == dead:
		return b
	}
	s, ok := w.lang.join(a, b)
	if !ok {
		w.fail(pos, fmt.Errorf("%s in different contexts: one %s, one %s", what, w.inWords(a), w.inWords(b)))
		return b
	}
	return s
}

func (w *walk) inWords(s state) string {
	if where := w.lang.describe(s); where != "" {
		return where
	}
	return "in text"
}
