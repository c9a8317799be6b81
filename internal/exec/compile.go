package exec

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"text/template/parse"
)

// ErrUnsupported is the error of [Compile] for templates that only text/template can execute.
var ErrUnsupported = errors.New("not supported")

// Compile makes a program of trees, by the names under which they call each other. The
// trees must not be changed afterwards: errors quote them.
func Compile(entry string, trees map[string]*parse.Tree) (*Program, error) {
	c := &compiler{
		prog:  &Program{templates: make(map[string]*tmpl, len(trees))},
		funcs: map[string]int{},
		vars:  map[string]int{},
	}
	c.variable("$") // is 0
	for name, tree := range trees {
		c.prog.templates[name] = &tmpl{prog: c.prog, name: name, tree: tree}
	}
	for _, t := range c.prog.templates {
		if t.tree == nil || t.tree.Root == nil {
			return nil, fmt.Errorf("%w: %q is empty", ErrUnsupported, t.name)
		}
		t.root = *c.list(t.tree.Root)
	}
	c.prog.entry = c.prog.templates[entry]
	if c.prog.entry == nil {
		return nil, fmt.Errorf("%w: no template %q", ErrUnsupported, entry)
	}
	return c.prog, c.err
}

// compiler keeps the first error.
type compiler struct {
	prog  *Program
	funcs map[string]int
	vars  map[string]int
	err   error

	breaks bool // there is a break in the range that is being compiled
}

func (c *compiler) unsupported(n parse.Node) {
	if c.err == nil {
		c.err = fmt.Errorf("%w: %s", ErrUnsupported, n)
	}
}

// optional returns nil for a list that is not there.
func (c *compiler) optional(l *parse.ListNode) *list {
	if l == nil {
		return nil
	}
	return c.list(l)
}

func (c *compiler) list(l *parse.ListNode) *list {
	if l == nil {
		l = &parse.ListNode{NodeType: parse.NodeList}
	}
	out := &list{at: l, nodes: make([]node, 0, len(l.Nodes))}
	for _, n := range l.Nodes {
		if compiled := c.node(n); compiled != nil {
			out.nodes = append(out.nodes, compiled)
		}
	}
	return out
}

func (c *compiler) node(n parse.Node) node {
	switch n := n.(type) {
	case *parse.TextNode:
		return &textNode{n, string(n.Text)}
	case *parse.ActionNode:
		a := &actionNode{at: n, pipe: c.pipe(n.Pipe)}
		if len(a.pipe.decl) == 0 {
			a.esc = c.escaping(a.pipe)
		}
		return a
	case *parse.IfNode:
		return &branchNode{at: n, pipe: c.pipe(n.Pipe), then: c.list(n.List), otherwise: c.optional(n.ElseList)}
	case *parse.WithNode:
		return &branchNode{at: n, pipe: c.pipe(n.Pipe), then: c.list(n.List), otherwise: c.optional(n.ElseList), with: true}
	case *parse.RangeNode:
		outer := c.breaks
		c.breaks = false
		r := &rangeNode{at: n, pipe: c.pipe(n.Pipe), body: c.list(n.List), otherwise: c.optional(n.ElseList)}
		r.breaks, c.breaks = c.breaks, outer
		return r
	case *parse.TemplateNode:
		return &templateNode{n, n.Name, c.prog.templates[n.Name], c.pipe(n.Pipe)}
	case *parse.BreakNode:
		c.breaks = true
		return breakNode{}
	case *parse.ContinueNode:
		return continueNode{}
	case *parse.ListNode:
		return c.list(n)
	case *parse.CommentNode:
		return nil
	}
	c.unsupported(n)
	return nil
}

// pipe returns nil for a pipeline that is not there.
func (c *compiler) pipe(p *parse.PipeNode) *pipeline {
	if p == nil {
		return nil
	}
	out := &pipeline{at: p, assign: p.IsAssign, cmds: make([]command, len(p.Cmds))}
	for i, cmd := range p.Cmds {
		out.cmds[i] = c.command(cmd, i > 0)
	}
	for _, v := range p.Decl {
		out.decl = append(out.decl, c.variable(v.Ident[0]))
	}
	return out
}

func (c *compiler) command(cmd *parse.CommandNode, piped bool) command {
	out := command{at: cmd, piped: piped, first: c.operand(cmd.Args[0])}
	for _, arg := range cmd.Args[1:] {
		out.args = append(out.args, c.operand(arg))
	}
	return out
}

func (c *compiler) operand(n parse.Node) operand {
	op := operand{at: n}
	switch n := n.(type) {
	case *parse.DotNode:
		op.kind = opDot
	case *parse.NilNode:
		op.kind = opNil
	case *parse.BoolNode:
		op.kind, op.constant = opBool, reflect.ValueOf(n.True)
	case *parse.NumberNode:
		op.kind, op.constant = opNumber, idealNumber(n)
	case *parse.StringNode:
		op.kind, op.constant = opString, reflect.ValueOf(n.Text)
	case *parse.FieldNode:
		op.kind, op.fields = opField, fieldsOf(n.Ident)
	case *parse.VariableNode:
		op.kind, op.number, op.fields = opVariable, c.variable(n.Ident[0]), fieldsOf(n.Ident[1:])
	case *parse.IdentifierNode:
		op.kind, op.number = opFunc, c.function(n)
	case *parse.PipeNode:
		op.kind, op.pipe = opPipe, c.pipe(n)
	case *parse.ChainNode:
		inner := c.operand(n.Node)
		op.kind, op.inner, op.fields = opChain, &inner, fieldsOf(n.Field)
		if inner.kind > opDot && inner.kind <= opString || len(n.Field) == 0 {
			c.unsupported(n)
		}
	default:
		c.unsupported(n)
	}
	return op
}

func fieldsOf(names []string) []*field {
	out := make([]*field, len(names))
	for i, name := range names {
		out[i] = &field{name: name, key: reflect.ValueOf(name)}
	}
	return out
}

func (c *compiler) variable(name string) int {
	i := numberOf(c.vars, name)
	if i == len(c.prog.vars) {
		c.prog.vars = append(c.prog.vars, name)
	}
	return i
}

func (c *compiler) function(n *parse.IdentifierNode) int {
	if n.Ident == "call" { // whose errors quote the template
		c.unsupported(n)
	}
	i := numberOf(c.funcs, n.Ident)
	if i == len(c.prog.funcs) {
		c.prog.funcs = append(c.prog.funcs, n.Ident)
	}
	return i
}

// numberOf numbers names in the order in which they come.
func numberOf(numbers map[string]int, name string) int {
	i, ok := numbers[name]
	if !ok {
		i = len(numbers)
		numbers[name] = i
	}
	return i
}

// idealNumber returns the value of a number where no type is asked for, as the syntax has it, or
// the invalid Value for an integer that is too large.
func idealNumber(n *parse.NumberNode) reflect.Value {
	switch {
	case n.IsComplex:
		return reflect.ValueOf(n.Complex128)
	case n.IsFloat && looksLikeFloat(n.Text):
		return reflect.ValueOf(n.Float64)
	case n.IsInt && int64(int(n.Int64)) == n.Int64:
		return reflect.ValueOf(int(n.Int64))
	}
	return reflect.Value{}
}

func looksLikeFloat(text string) bool {
	switch {
	case strings.HasPrefix(text, "'"):
		return false
	case len(text) > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X'):
		return strings.ContainsAny(text, "pP")
	}
	return strings.ContainsAny(text, ".eEpP")
}
