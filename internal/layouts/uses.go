package layouts

import (
	"slices"
	"text/template/parse"
)

// Answer is yes, no, or maybe.
type Answer int

// The values of Answer.
const (
	No Answer = iota
	Maybe
	Yes
)

// UsesInner reports whether the template of a shortcode reads the field
// Inner or InnerDeindent of its dot, itself or in a template or partial that it
// hands the dot to. Maybe: it passes the dot to something that may. The answer is cheap.
func (t *Template) UsesInner() Answer { return t.usesInner() }

// uses reports whether t reads one of the fields of its dot.
func (t *Template) uses(fields ...string) Answer {
	if t.prepare() != nil {
		return Maybe
	}
	r := &reader{eng: t.eng, fields: fields, seen: map[readKey]bool{}}
	r.template(t, t.entry, true)
	switch {
	case r.reads:
		return Yes
	case r.escapes && (r.mentions || r.unknown):
		return Maybe
	}
	return No
}

// reader follows the dot that a template is executed with.
type reader struct {
	eng    *Engine
	fields []string
	seen   map[readKey]bool

	reads    bool // a field of the dot is read
	escapes  bool // the dot is given to a function
	mentions bool // a field of that name of something else is read
	unknown  bool // a partial is called whose name is computed
}

// readKey is a template that was read; own: with the dot.
type readKey struct {
	t   *tmpl
	own bool
}

// reading is the walk through one tree.
type reading struct {
	*reader
	set  *Template
	from *tmpl
	own  bool // dot is the one that is followed
	root bool // so is $
	vars map[string]bool
}

// template reads one member of a set.
func (r *reader) template(set *Template, from *tmpl, own bool) {
	key := readKey{from, own}
	if r.seen[key] {
		return
	}
	r.seen[key] = true
	w := &reading{reader: r, set: set, from: from, own: own, root: own, vars: map[string]bool{}}
	w.list(from.tree.Root)
}

func (w *reading) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			w.pipe(n.Pipe)
		case *parse.IfNode:
			w.pipe(n.Pipe)
			w.list(n.List)
			w.list(n.ElseList)
		case *parse.WithNode:
			w.inside(w.pipe(n.Pipe), n.List)
			w.list(n.ElseList)
		case *parse.RangeNode:
			w.pipe(n.Pipe)
			w.inside(false, n.List)
			w.list(n.ElseList)
		case *parse.TemplateNode:
			own := n.Pipe != nil && w.pipe(n.Pipe)
			if to, err := w.set.resolve(w.from, n.Name); err == nil {
				w.template(w.set, to, own)
			}
		}
	}
}

func (w *reading) inside(own bool, l *parse.ListNode) {
	outer := w.own
	w.own = own
	w.list(l)
	w.own = outer
}

// pipe reads a pipeline, and reports whether its value is the dot.
func (w *reading) pipe(p *parse.PipeNode) bool {
	own := false
	for i, cmd := range p.Cmds {
		own = w.command(cmd, i > 0, own)
	}
	for _, v := range p.Decl {
		if own {
			w.vars[v.Ident[0]] = true
		}
	}
	return own
}

// command reads a command, to which a pipeline hands a value that is the dot
// when own.
func (w *reading) command(cmd *parse.CommandNode, piped, own bool) bool {
	name := calledName(cmd)
	if name == "" {
		value := w.arg(cmd.Args[0])
		for _, a := range cmd.Args[1:] {
			w.escapes = w.arg(a) || w.escapes
		}
		w.escapes = w.escapes || own
		return value && len(cmd.Args) == 1
	}
	args := cmd.Args[1:]
	switch name {
	case fnTruth:
		return own
	case fnTry:
		w.try(args)
		return false
	case "partial", "partialCached", "partials.Include", "partials.IncludeCached":
		return w.partial(args, piped && own)
	}
	for _, a := range args {
		own = w.arg(a) || own
	}
	w.escapes = w.escapes || own
	return false
}

// partial reads a call of a partial.
func (w *reading) partial(args []parse.Node, own bool) bool {
	for i, a := range args {
		if is := w.arg(a); is && i == 1 {
			own = true
		} else if is {
			w.escapes = true
		}
	}
	var name *parse.StringNode
	if len(args) > 0 {
		name, _ = args[0].(*parse.StringNode)
	}
	if name == nil {
		w.unknown = true
		w.escapes = w.escapes || own
		return false
	}
	if t := w.eng.partial(name.Text); t != nil {
		w.template(t, t.entry, own)
	}
	return false
}

// try reads the expression of a try.
func (w *reading) try(args []parse.Node) {
	key, ok := args[0].(*parse.StringNode)
	if !ok || w.eng.tries[key.Text] == nil {
		return
	}
	expr := w.eng.tries[key.Text].entry
	inner := &reading{reader: w.reader, set: w.set, from: expr, own: w.own, root: w.root, vars: map[string]bool{}}
	for v := range w.vars {
		inner.vars[v] = true
	}
	inner.vars[tryDot] = w.own
	inner.list(expr.tree.Root)
}

// arg reads an operand, and reports whether it is the dot.
func (w *reading) arg(n parse.Node) bool {
	switch n := n.(type) {
	case *parse.DotNode:
		return w.own
	case *parse.FieldNode:
		w.chain(w.own, n.Ident)
	case *parse.VariableNode:
		own := w.vars[n.Ident[0]] || n.Ident[0] == "$" && w.root
		if len(n.Ident) == 1 {
			return own
		}
		w.chain(own, n.Ident[1:])
	case *parse.ChainNode:
		w.chain(w.arg(n.Node), n.Field)
	case *parse.PipeNode:
		return w.pipe(n)
	case *parse.IdentifierNode:
		// A function without arguments.
	}
	return false
}

// chain reads fields of a value.
func (w *reading) chain(own bool, fields []string) {
	if own && slices.Contains(w.fields, fields[0]) {
		w.reads = true
	}
	for _, f := range fields {
		w.mentions = w.mentions || slices.Contains(w.fields, f)
	}
}
