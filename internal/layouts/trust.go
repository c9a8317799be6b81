package layouts

import (
	"slices"
	"strings"
	"text/template/parse"
)

// trust is what the last command of a pipeline tells about the value that it prints.
type trust uint8

const (
	untrusted trust = iota
	escaped         // text with entities: html, htmlEscape, transform.XMLEscape
	stripped        // HTML without tags: plainify
	marked          // what the author vouches for: safeHTML, safeJS …
	composed        // what another template wrote, or a value that it returned
	encoded         // JSON: jsonify
	goQuoted        // printf "%q"
	silent          // what prints nothing, as Scratch.Set
)

// trustOf returns the trust in a function or method by its name.
func trustOf(name string) trust {
	switch name {
	case "html", "htmlEscape", "transform.HTMLEscape", "transform.XMLEscape":
		return escaped
	case "plainify", "transform.Plainify":
		return stripped
	case "safeHTML", "safeHTMLAttr", "safeJS", "safeJSStr", "safe.HTML", "safe.HTMLAttr", "safe.JS", "safe.JSStr":
		return marked
	case "partial", "partialCached", "partials.Include", "partials.IncludeCached":
		return composed
	case "jsonify", "encoding.Jsonify":
		return encoded
	case "errorf", "erroridf", "warnf", "warnidf":
		return silent
	}
	return untrusted
}

// scope is what is known of the variables of a template, and of its dot.
type scope struct {
	vars map[string]trust
	dot  trust
}

// newScope collects the variables of a tree. One that is given values of
// several kinds counts as untrusted.
func newScope(list *parse.ListNode) scope {
	sc := scope{vars: map[string]trust{}}
	eachPipe(list, func(p *parse.PipeNode, ranged bool) {
		for _, v := range p.Decl {
			t := sc.pipe(p)
			if old, ok := sc.vars[v.Ident[0]]; ranged || ok && old != t {
				t = untrusted
			}
			sc.vars[v.Ident[0]] = t
		}
	})
	return sc
}

// eachPipe calls f for the pipelines of all nodes, in the order of the text.
func eachPipe(list *parse.ListNode, f func(p *parse.PipeNode, ranged bool)) {
	if list == nil {
		return
	}
	branch := func(b *parse.BranchNode, ranged bool) {
		f(b.Pipe, ranged)
		eachPipe(b.List, f)
		eachPipe(b.ElseList, f)
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			f(n.Pipe, false)
		case *parse.TemplateNode:
			if n.Pipe != nil {
				f(n.Pipe, false)
			}
		case *parse.IfNode:
			branch(&n.BranchNode, false)
		case *parse.WithNode:
			branch(&n.BranchNode, false)
		case *parse.RangeNode:
			branch(&n.BranchNode, true)
		}
	}
}

// pipe returns the trust in a pipeline's value.
func (sc scope) pipe(p *parse.PipeNode) trust {
	cmds := p.Cmds
	for len(cmds) > 1 && calls(cmds[len(cmds)-1], fnTruth) {
		cmds = cmds[:len(cmds)-1]
	}
	args := cmds[len(cmds)-1].Args
	switch n := args[0].(type) {
	case *parse.PipeNode:
		return sc.pipe(n)
	case *parse.DotNode:
		return sc.dot
	case *parse.VariableNode:
		if len(n.Ident) == 1 {
			return sc.vars[n.Ident[0]]
		}
		return methodTrust(n.Ident)
	case *parse.FieldNode:
		return methodTrust(n.Ident)
	case *parse.ChainNode:
		if _, ok := n.Node.(*parse.IdentifierNode); !ok {
			return methodTrust(n.Field)
		}
	}
	name := calledName(cmds[len(cmds)-1])
	if name == "printf" && len(args) > 1 {
		if s, ok := args[1].(*parse.StringNode); ok && strings.HasPrefix(s.Text, "%q") {
			return goQuoted
		}
	}
	return trustOf(name)
}

// methodTrust knows the method that executes a template, and those of Scratch.
func methodTrust(chain []string) trust {
	switch chain[len(chain)-1] {
	case "Render":
		return composed
	case "Set", "Add", "SetInMap", "Delete", "DeleteInMap":
		return silent
	}
	return untrusted
}

// calledName returns the name of the function that a command calls, as in
// "partial" and "partials.Include", or "".
func calledName(cmd *parse.CommandNode) string {
	switch n := cmd.Args[0].(type) {
	case *parse.IdentifierNode:
		return n.Ident
	case *parse.ChainNode:
		if id, ok := n.Node.(*parse.IdentifierNode); ok {
			return id.Ident + "." + strings.Join(n.Field, ".")
		}
	}
	return ""
}

// calls reports whether a command calls the function of that name.
func calls(cmd *parse.CommandNode, name string) bool {
	id, ok := cmd.Args[0].(*parse.IdentifierNode)
	return ok && id.Ident == name
}

// constant returns the text of a pipeline that always prints the same, as
// {{ "{{" }} and {{ printf "<?xml …?>" | safeHTML }} do, and whether a
// function marks it as safe.
func constant(p *parse.PipeNode) (text string, safe, ok bool) {
	args := p.Cmds[0].Args
	if id, isFunc := args[0].(*parse.IdentifierNode); isFunc && len(args) == 2 {
		safe = trustOf(id.Ident) == marked
		if !safe && id.Ident != "print" && id.Ident != "printf" {
			return "", false, false
		}
		args = args[1:]
	}
	s, isString := args[0].(*parse.StringNode)
	if !isString || len(args) != 1 || len(p.Cmds[0].Args) == 2 && strings.Contains(s.Text, "%") {
		return "", false, false
	}
	marks := func(cmd *parse.CommandNode) bool {
		id, isFunc := cmd.Args[0].(*parse.IdentifierNode)
		return isFunc && len(cmd.Args) == 1 && trustOf(id.Ident) == marked
	}
	rest := p.Cmds[1:]
	if slices.ContainsFunc(rest, func(cmd *parse.CommandNode) bool { return !marks(cmd) }) {
		return "", false, false
	}
	return s.Text, safe || len(rest) > 0, true
}
