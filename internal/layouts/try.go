package layouts

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"github.com/jam-go/jam/internal/diag"
)

// text/template evaluates the arguments of a function before it calls it,
// and stops at the first that fails. So the parser takes the expression
// of try out of its template: {{ try (f .A $x) }} becomes
//
//	{{ _layouts_try "key" . $ $x }}
//
// and the expression a template of its own, of which only the effect counts:
//
//	{{ $_layouts_dot := _layouts_var 0 }}{{ $x := _layouts_var 1 }}
//	{{ $_layouts := _layouts_value (f $_layouts_dot.A $x) }}
const tryDot = "$_layouts_dot"

var errTry = errors.New("try takes one expression: try (f x)")

// TryValue is the result of the function try.
type TryValue struct {
	Value any   // of the expression; nil if it failed
	Err   error // why it failed, or nil
}

// try takes the expressions of try out of a pipeline.
func (v *visitor) try(p *parse.PipeNode) {
	for i := 0; i < len(p.Cmds); i++ {
		cmd := p.Cmds[i]
		if !calls(cmd, "try") {
			continue
		}
		expr := p.CopyPipe()
		expr.Decl = nil
		switch {
		case len(cmd.Args) == 2 && i == 0:
			expr.Cmds = expr.Cmds[:1]
			expr.Cmds[0].Args = expr.Cmds[0].Args[1:]
		case len(cmd.Args) == 1 && i > 0:
			expr.Cmds = expr.Cmds[:i]
		default:
			v.errs = append(v.errs, v.t.file.errorAt(int(cmd.Pos), errTry))
			continue
		}
		cmd.Args = v.tryArgs(cmd, expr)
		p.Cmds = p.Cmds[i:]
		i = 0
	}
}

// tryArgs makes a template of expr, and returns the command that executes it.
func (v *visitor) tryArgs(cmd *parse.CommandNode, expr *parse.PipeNode) []parse.Node {
	f, pos := v.t.file, cmd.Args[0].Position()
	key := f.id + "/try/" + strconv.Itoa(len(f.tries))
	x := extraction{}
	x.pipe(expr)
	tree := *v.t.tree
	tree.Root = nil // which need not be copied
	t := &tmpl{file: f, name: key, tree: tree.Copy()}
	t.tree.Root = x.tree(expr)
	inner := visitor{t: t}
	inner.list(t.tree.Root)
	f.tries = append(f.tries, t)
	v.t.funcs = append(v.t.funcs, use{fnTry, int(pos)})
	args := []parse.Node{
		parse.NewIdentifier(fnTry).SetPos(pos),
		&parse.StringNode{NodeType: parse.NodeString, Pos: pos, Quoted: strconv.Quote(key), Text: key},
		&parse.DotNode{NodeType: parse.NodeDot, Pos: pos},
	}
	for _, name := range append([]string{"$"}, x.vars...) {
		args = append(args, &parse.VariableNode{NodeType: parse.NodeVariable, Pos: pos, Ident: []string{name}})
	}
	return args
}

// extraction makes an expression independent of its template: the dot becomes a
// variable, and the variables are collected.
type extraction struct{ vars []string }

func (x *extraction) pipe(p *parse.PipeNode) {
	for _, cmd := range p.Cmds {
		for i, a := range cmd.Args {
			cmd.Args[i] = x.arg(a)
		}
	}
}

func (x *extraction) arg(n parse.Node) parse.Node {
	switch n := n.(type) {
	case *parse.DotNode:
		return &parse.VariableNode{NodeType: parse.NodeVariable, Pos: n.Pos, Ident: []string{tryDot}}
	case *parse.FieldNode:
		return &parse.VariableNode{NodeType: parse.NodeVariable, Pos: n.Pos, Ident: append([]string{tryDot}, n.Ident...)}
	case *parse.VariableNode:
		if name := n.Ident[0]; name != "$" && !slices.Contains(x.vars, name) {
			x.vars = append(x.vars, name)
		}
	case *parse.ChainNode:
		n.Node = x.arg(n.Node)
	case *parse.PipeNode:
		x.pipe(n)
	}
	return n
}

// tree returns the template of an expression.
func (x *extraction) tree(expr *parse.PipeNode) *parse.ListNode {
	var b strings.Builder
	for i, name := range append([]string{tryDot}, x.vars...) {
		fmt.Fprintf(&b, "{{%s := %s %d}}", name, fnVar, i)
	}
	fmt.Fprintf(&b, "{{$_layouts := %s 0}}", fnValue)
	trees, err := parseText("", b.String())
	if err != nil {
		return &parse.ListNode{NodeType: parse.NodeList} // variables have valid names
	}
	root := trees[""].Root
	last := root.Nodes[len(root.Nodes)-1].(*parse.ActionNode)
	last.Pipe.Cmds[0].Args[1] = expr
	return root
}

// attempt is an expression of try under way.
type attempt struct {
	vars  []any
	value any
}

// try evaluates an expression.
func (x *executor) try(key string, dot, root any, vars ...any) (any, error) {
	t := x.eng.tries[key]
	if t == nil {
		return nil, errTry
	}
	outer, active, depth := x.attempt, x.active, x.depth
	x.attempt = attempt{vars: append([]any{dot}, vars...)}
	defer func() { x.attempt, x.depth = outer, depth }()
	err := x.execute(t, io.Discard, root)
	if err == nil {
		return TryValue{Value: x.attempt.value}, nil
	}
	returned := active > 0 && x.frames[active-1].returned
	if err = x.locate(t, err); returned || !catchable(err) {
		return nil, err
	}
	return TryValue{Err: err}, nil
}

// catchable reports whether try may go on after an error: not when the
// execution is to end.
func catchable(err error) bool {
	for _, stop := range []error{context.Canceled, context.DeadlineExceeded, diag.ErrLimit} {
		if errors.Is(err, stop) {
			return false
		}
	}
	return true
}

// variable returns the dot (0) or a variable of the template that tries.
func (x *executor) variable(i int) any { return x.attempt.vars[i] }

func (x *executor) setValue(v any) bool {
	x.attempt.value = v
	return true
}
