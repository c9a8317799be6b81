package layouts

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"
	"unicode"
)

// Keys of parameters are found whatever their case, as authors of front matter and of
// templates seldom agree on it: {{ .Params.showtoc }} finds showToc. A map of
// text/template has its keys as they are, so what comes after .Params becomes a call:
//
//	{{ .Params.cover.Image }}           {{ (_layouts_param .Params "cover" "Image") }}
//	{{ with .Params.cover }}{{ .Image }}{{ end }}
//	                                    {{ with … }}{{ (_layouts_param . "Image") }}{{ end }}
//	{{ index .Params "my-key" }}        {{ _layouts_param .Params "my-key" }}
//	{{ isset .Params "my-key" }}        {{ _layouts_isset .Params "my-key" }}
const paramsName = "Params"

// folder rewrites one tree.
type folder struct {
	dot  bool            // the dot is, or may be, the value of a parameter
	vars map[string]bool // so may these variables
}

// foldParams rewrites a tree.
func foldParams(root *parse.ListNode) {
	f := folder{vars: map[string]bool{}}
	f.list(root)
}

func (f *folder) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			f.pipe(n.Pipe)
		case *parse.TemplateNode:
			f.pipe(n.Pipe)
		case *parse.IfNode:
			f.branch(&n.BranchNode, false)
		case *parse.WithNode:
			f.branch(&n.BranchNode, true)
		case *parse.RangeNode:
			f.branch(&n.BranchNode, true)
		}
	}
}

// branch rewrites a node whose pipeline may become the dot.
func (f *folder) branch(b *parse.BranchNode, dot bool) {
	param := f.pipe(b.Pipe)
	outer := f.dot
	if dot {
		f.dot = param
	}
	f.list(b.List)
	f.dot = outer
	f.list(b.ElseList)
}

// pipe rewrites a pipeline and reports whether its value may be a parameter's.
func (f *folder) pipe(p *parse.PipeNode) bool {
	if p == nil {
		return false
	}
	param := false
	for i, cmd := range p.Cmds {
		param = f.command(cmd, i == 0, param)
	}
	for _, v := range p.Decl {
		f.vars[v.Ident[0]] = param || p.IsAssign && f.vars[v.Ident[0]]
	}
	return param
}

// command rewrites a command; piped tells whether what it is given by the one before may be a parameter's value.
func (f *folder) command(cmd *parse.CommandNode, first, piped bool) bool {
	fromParam := piped
	for i, arg := range cmd.Args {
		called := i == 0 && (len(cmd.Args) > 1 || !first)
		n, param := f.arg(arg, called)
		cmd.Args[i] = n
		fromParam = fromParam || param
	}
	id, ok := cmd.Args[0].(*parse.IdentifierNode)
	if !ok {
		return fromParam && len(cmd.Args) == 1
	}
	if (id.Ident == "index" || id.Ident == "isset") && first && len(cmd.Args) > 2 && f.isParam(cmd.Args[1]) && allStrings(cmd.Args[2:]) {
		name := map[string]string{"index": fnParam, "isset": fnIsset}[id.Ident]
		cmd.Args[0] = parse.NewIdentifier(name).SetPos(id.Pos)
	}
	return fromParam && handsOn[id.Ident]
}

// handsOn are functions that return one of their arguments, or elements of it.
var handsOn = map[string]bool{
	"default": true, "or": true, "and": true, "cond": true, "index": true, "first": true, "last": true, "after": true,
	"sort": true, "merge": true, "uniq": true, "append": true, "slice": true,
}

func allStrings(args []parse.Node) bool {
	return !slices.ContainsFunc(args, func(n parse.Node) bool {
		_, ok := n.(*parse.StringNode)
		return !ok
	})
}

// arg rewrites an argument and reports whether its value may be a parameter's. Of one that is called with
// arguments, the last name is a method's.
func (f *folder) arg(n parse.Node, called bool) (parse.Node, bool) {
	switch n := n.(type) {
	case *parse.DotNode:
		return n, f.dot
	case *parse.PipeNode:
		return n, f.pipe(n)
	case *parse.FieldNode:
		if i := f.split(n.Ident, f.dot); i > 0 {
			return withKeys(fieldsOf(n, i), n.Ident[i:], n.Pos, called), true
		} else if i == 0 {
			return withKeys(&parse.DotNode{NodeType: parse.NodeDot, Pos: n.Pos}, n.Ident, n.Pos, called), true
		}
		return n, isParams(n.Ident)
	case *parse.VariableNode:
		if i := f.split(n.Ident[1:], f.vars[n.Ident[0]]); i >= 0 {
			recv := &parse.VariableNode{NodeType: parse.NodeVariable, Pos: n.Pos, Ident: n.Ident[:i+1]}
			return withKeys(recv, n.Ident[i+1:], n.Pos, called), true
		}
		return n, isParams(n.Ident) || len(n.Ident) == 1 && f.vars[n.Ident[0]]
	case *parse.ChainNode:
		recv, param := f.arg(n.Node, false)
		n.Node = recv
		if i := f.split(n.Field, param); i > 0 {
			return withKeys(&parse.ChainNode{NodeType: parse.NodeChain, Pos: n.Pos, Node: recv, Field: n.Field[:i]}, n.Field[i:], n.Pos, called), true
		} else if i == 0 {
			return withKeys(recv, n.Field, n.Pos, called), true
		}
		return n, isParams(n.Field)
	}
	return n, false
}

// isParam reports whether an argument that is rewritten may be a parameter's value, or all parameters.
func (f *folder) isParam(n parse.Node) bool {
	if p, ok := n.(*parse.PipeNode); ok {
		return isParamCall(p)
	}
	_, param := f.arg(n, false)
	return param
}

// split returns where in a chain of names the keys of parameters begin, or -1: at the first if what it begins
// with may be a parameter's value.
func (f *folder) split(names []string, param bool) int {
	if param && len(names) > 0 {
		return 0
	}
	if i := slices.Index(names, paramsName); i >= 0 && i+1 < len(names) {
		return i + 1
	}
	return -1
}

// isParams reports whether a chain ends in all parameters.
func isParams(names []string) bool { return len(names) > 0 && names[len(names)-1] == paramsName }

func fieldsOf(n *parse.FieldNode, i int) parse.Node {
	return &parse.FieldNode{NodeType: parse.NodeField, Pos: n.Pos, Ident: n.Ident[:i]}
}

// withKeys returns the node for names of recv.
func withKeys(recv parse.Node, names []string, pos parse.Pos, called bool) parse.Node {
	method := ""
	if called {
		method, names = names[len(names)-1], names[:len(names)-1]
	}
	n := recv
	if len(names) > 0 {
		cmd := &parse.CommandNode{NodeType: parse.NodeCommand, Pos: pos, Args: []parse.Node{parse.NewIdentifier(fnParam).SetPos(pos), recv}}
		for _, name := range names {
			cmd.Args = append(cmd.Args, &parse.StringNode{NodeType: parse.NodeString, Pos: pos, Quoted: strconv.Quote(name), Text: name})
		}
		n = &parse.PipeNode{NodeType: parse.NodePipe, Pos: pos, Cmds: []*parse.CommandNode{cmd}}
	}
	switch {
	case method == "":
		return n
	case n.Type() == parse.NodeDot:
		return &parse.FieldNode{NodeType: parse.NodeField, Pos: pos, Ident: []string{method}}
	}
	if v, ok := n.(*parse.VariableNode); ok {
		return &parse.VariableNode{NodeType: parse.NodeVariable, Pos: pos, Ident: append(slices.Clip(v.Ident), method)}
	}
	if c, ok := n.(*parse.ChainNode); ok {
		return &parse.ChainNode{NodeType: parse.NodeChain, Pos: pos, Node: c.Node, Field: append(slices.Clip(c.Field), method)}
	}
	if c, ok := n.(*parse.FieldNode); ok {
		return &parse.FieldNode{NodeType: parse.NodeField, Pos: pos, Ident: append(slices.Clip(c.Ident), method)}
	}
	return &parse.ChainNode{NodeType: parse.NodeChain, Pos: pos, Node: n, Field: []string{method}}
}

// isParamCall reports whether a pipeline is one that withKeys made.
func isParamCall(p *parse.PipeNode) bool { return len(p.Cmds) == 1 && calls(p.Cmds[0], fnParam) }

// writtenParams gives the expressions in the context of a message the form that they have in the template. Where it is
// no more than a key that was made of a name, it is the chain of names in the source.
func writtenParams(context, src string, offset int) string {
	if strings.HasPrefix(context, `"`) && offset < len(src) && src[offset] != '"' {
		outside := func(r rune) bool {
			return !strings.ContainsRune(".$_", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r)
		}
		from := strings.LastIndexFunc(src[:offset], outside) + 1
		chain := src[from:]
		if end := strings.IndexFunc(chain, outside); end >= 0 {
			chain = chain[:end]
		}
		return chain
	}
	if !strings.Contains(context, fnParam) {
		return context
	}
	for {
		next := paramCall().ReplaceAllStringFunc(context, func(s string) string {
			m := paramCall().FindStringSubmatch(s)
			recv := strings.TrimSuffix(m[1], ".")
			for _, key := range strings.Fields(m[2]) {
				recv += "." + strings.Trim(key, `"`)
			}
			return recv
		})
		if next == context {
			return context
		}
		context = next
	}
}

var paramCall = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\(?` + fnParam + ` ([^\s()"]+)((?: "\w+")+)\)?`)
})
