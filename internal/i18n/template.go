package i18n

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"
)

const (
	maxTemplate = 16 << 10 // bytes of a text that is a template
	maxOutput   = 1 << 20  // bytes that one execution may write
)

// text is one text of a message.
type text struct {
	source   string
	template *template.Template // nil for a plain text
	costly   bool               // whether executing it needs a budget
}

// delims are the delimiters of a template; "" means the usual ones.
type delims struct{ left, right string }

func (d delims) isTemplate(source string) bool {
	left := d.left
	if left == "" {
		left = "{{"
	}
	return strings.Contains(source, left)
}

// compile parses a template.
func compile(source string, d delims) (*text, error) {
	if len(source) > maxTemplate {
		return nil, fmt.Errorf("the template has more than %d bytes", maxTemplate)
	}
	t, err := template.New("message").Delims(d.left, d.right).Funcs(parseFuncs()).Parse(source)
	if err != nil {
		return nil, syntaxError(err, source)
	}
	w := walker{}
	if len(t.Templates()) > 1 {
		w.err = errTemplates
	}
	if t.Tree != nil {
		w.list(t.Root)
	}
	if w.err != nil {
		return nil, w.err
	}
	return &text{source: source, template: t, costly: w.costly}, nil
}

var errTemplates = errors.New("a message can not have the actions define, block and template")

// syntaxError takes the template's name from an error, and the line unless it
// matters.
func syntaxError(err error, source string) error {
	message := strings.TrimPrefix(err.Error(), "template: message:")
	line, rest, ok := strings.Cut(message, ": ")
	switch {
	case !ok:
		return fmt.Errorf("template: %s", message)
	case strings.Contains(source, "\n"):
		return fmt.Errorf("template: line %s of the text: %s", line, rest)
	}
	return fmt.Errorf("template: %s", rest)
}

// execute returns the text for data.
func (t *text) execute(data any) (string, error) {
	if t.template == nil {
		return t.source, nil
	}
	tmpl := t.template
	if t.costly {
		// The functions of an execution draw on its own budget.
		clone, err := tmpl.Clone()
		if err != nil {
			return "", err
		}
		tmpl = clone.Funcs((&budget{left: maxCost}).funcs())
	}
	var out output
	out.Grow(len(t.source) + 16)
	if err := tmpl.Execute(&out, dotOf(data)); err != nil {
		return "", syntaxError(err, t.source)
	}
	return out.String(), nil
}

// output is a Builder with a limit.
type output struct{ strings.Builder }

func (o *output) Write(p []byte) (int, error) {
	if o.Len()+len(p) > maxOutput {
		return 0, fmt.Errorf("the text gets longer than %d bytes", maxOutput)
	}
	return o.Builder.Write(p)
}

// walker prepares a parsed template.
type walker struct {
	costly bool
	err    error
}

func (w *walker) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			w.pipe(n.Pipe)
			if len(n.Pipe.Decl) == 0 {
				n.Pipe.Cmds = append(n.Pipe.Cmds, command(n.Pos, funcPrint))
			}
		case *parse.IfNode:
			w.branch(&n.BranchNode)
		case *parse.WithNode:
			w.branch(&n.BranchNode)
		case *parse.RangeNode:
			cost := len(n.List.String())
			w.branch(&n.BranchNode)
			w.costly = true
			n.List.Nodes = append([]parse.Node{step(n.Pos, cost)}, n.List.Nodes...)
		case *parse.TemplateNode:
			w.err = errTemplates
		}
	}
}

func (w *walker) branch(n *parse.BranchNode) {
	w.pipe(n.Pipe)
	w.list(n.List)
	w.list(n.ElseList)
}

// pipe looks for functions that draw on a budget.
func (w *walker) pipe(p *parse.PipeNode) {
	if p == nil {
		return
	}
	for _, c := range p.Cmds {
		for _, arg := range c.Args {
			w.arg(arg)
		}
	}
}

func (w *walker) arg(n parse.Node) {
	switch n := n.(type) {
	case *parse.IdentifierNode:
		switch n.Ident {
		case "html", "js", "print", "printf", "println", "urlquery":
			w.costly = true
		case funcPrint, funcStep:
			w.err = fmt.Errorf("template: function %q not defined", n.Ident)
		}
	case *parse.PipeNode:
		w.pipe(n)
	case *parse.ChainNode:
		w.arg(n.Node)
	}
}

// step is the action {{ _step cost }}, which begins the body of a range.
func step(pos parse.Pos, cost int) parse.Node {
	c := command(pos, funcStep)
	c.Args = append(c.Args, &parse.NumberNode{
		NodeType: parse.NodeNumber, Pos: pos,
		IsInt: true, Int64: int64(cost), Text: strconv.Itoa(cost),
	})
	return &parse.ActionNode{
		NodeType: parse.NodeAction, Pos: pos,
		Pipe: &parse.PipeNode{NodeType: parse.NodePipe, Pos: pos, Cmds: []*parse.CommandNode{c}},
	}
}

func command(pos parse.Pos, name string) *parse.CommandNode {
	return &parse.CommandNode{
		NodeType: parse.NodeCommand, Pos: pos,
		Args: []parse.Node{parse.NewIdentifier(name).SetPos(pos)},
	}
}

// printable prints what is absent as nothing. It passes values on as they are,
// so that what is addressable, and has a String method for it, stays so.
func printable(v reflect.Value) reflect.Value {
	if !v.IsValid() || v.Kind() == reflect.Interface && v.IsNil() {
		return reflect.ValueOf("")
	}
	return v
}
