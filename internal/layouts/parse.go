package layouts

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"
)

// Limits that keep a hostile or mistaken file from exhausting the stack (the
// parser and the escaper recurse) or the escaper, whose time doubles with
// every level of nested ranges.
const (
	maxFileSize   = 4 << 20
	maxActions    = 50_000
	maxRangeDepth = 16
)

var errTooManyActions = fmt.Errorf("more than %d actions", maxActions)

// parse parses f.src. On errors it returns as many as it can tell.
func (f *file) parse() Errors {
	f.defs = map[string]*tmpl{}
	if strings.Count(f.src, "{{") > maxActions {
		return Errors{{File: f.path, Err: errTooManyActions}}
	}
	trees, err := parseText(f.id, f.src)
	if err != nil {
		return Errors{parseError(f, err)}
	}
	var errs Errors
	for _, name := range slices.Sorted(maps.Keys(trees)) {
		tree := trees[name]
		t := &tmpl{file: f, name: f.id + "/" + name, tree: tree}
		if name == f.id {
			t.name = f.id
			f.root = t
			f.blank = writesNothing(tree.Root)
		} else {
			f.defs[name] = t
		}
		foldParams(tree.Root)
		v := visitor{t: t}
		v.list(tree.Root)
		errs = append(errs, v.errs...)
	}
	return errs
}

// parseText parses without checking function names: text/template stops at
// the first unknown one and does not say in which column it is.
func parseText(id, src string) (map[string]*parse.Tree, error) {
	trees := map[string]*parse.Tree{}
	tree := parse.New(id)
	tree.Mode = parse.SkipFuncCheck
	_, err := tree.Parse(src, "", "", trees)
	return trees, err
}

var htmlComment = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?s)<!--.*?-->`) })

// writesNothing reports whether a file's text outside its definitions has no
// output but white space and comments.
func writesNothing(list *parse.ListNode) bool {
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.TextNode:
			text := bytes.TrimSpace(n.Text)
			if len(text) > 0 && len(bytes.TrimSpace(htmlComment().ReplaceAll(text, nil))) > 0 {
				return false
			}
		case *parse.ActionNode:
			if len(n.Pipe.Decl) == 0 {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// visitor collects what a template refers to, and puts a tick at the head of
// every range body that writes nothing, so that no loop outlives its context.
type visitor struct {
	t      *tmpl
	ranges int
	errs   Errors
}

func (v *visitor) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			wrapReturn(n.Pipe)
			v.pipe(n.Pipe)
		case *parse.TemplateNode:
			v.t.calls = append(v.t.calls, use{n.Name, int(n.Pos)})
			v.pipe(n.Pipe)
		case *parse.IfNode:
			v.branch(&n.BranchNode)
			askTruth(n.Pipe)
		case *parse.WithNode:
			v.branch(&n.BranchNode)
			askTruth(n.Pipe)
		case *parse.RangeNode:
			v.rangeNode(n)
		}
	}
}

func (v *visitor) branch(b *parse.BranchNode) {
	v.pipe(b.Pipe)
	v.list(b.List)
	v.list(b.ElseList)
}

// wrapReturn makes what follows the word return one expression: return f a | g is the same as
// return (f a | g).
func wrapReturn(p *parse.PipeNode) {
	first := p.Cmds[0]
	word, ok := first.Args[0].(*parse.IdentifierNode)
	if !ok || word.Ident != "return" || len(p.Decl) > 0 || len(first.Args) < 2 {
		return
	}
	if _, isFunc := first.Args[1].(*parse.IdentifierNode); len(p.Cmds) == 1 && (len(first.Args) == 2 || !isFunc && !mayBeDate(first.Args[1])) {
		return
	}
	inner := p.CopyPipe()
	inner.Cmds[0].Args = inner.Cmds[0].Args[1:]
	first.Args, p.Cmds = []parse.Node{word, inner}, p.Cmds[:1]
}

// askTruth lets a function decide what a value that is a date counts for in a condition: text/template
// takes every struct for true, and so a date that is not there.
func askTruth(p *parse.PipeNode) {
	last := p.Cmds[len(p.Cmds)-1]
	if len(last.Args) != 1 || !mayBeDate(last.Args[0]) {
		return
	}
	addCommand(p, fnTruth)
}

// addCommand puts a function at the end of a pipeline.
func addCommand(p *parse.PipeNode, fn string) {
	pos := p.Cmds[len(p.Cmds)-1].Pos
	cmd := p.CopyPipe().Cmds[0]
	cmd.Pos = pos
	cmd.Args = []parse.Node{parse.NewIdentifier(fn).SetPos(pos)}
	p.Cmds = append(p.Cmds, cmd)
}

// mayBeDate tells whether an expression ends in a field, or is a variable.
func mayBeDate(n parse.Node) bool {
	switch n := n.(type) {
	case *parse.FieldNode, *parse.VariableNode, *parse.ChainNode:
		return true
	case *parse.PipeNode:
		return isParamCall(n)
	}
	return false
}

func (v *visitor) rangeNode(n *parse.RangeNode) {
	if v.ranges == maxRangeDepth {
		v.errs = append(v.errs, v.t.file.errorAt(int(n.Pos), fmt.Errorf("more than %d nested ranges", maxRangeDepth)))
		return
	}
	v.ranges++
	v.branch(&n.BranchNode)
	v.ranges--
	if !writes(n.List) {
		n.List.Nodes = append([]parse.Node{callNode(fnTick, n.Pipe, n.Pos)}, n.List.Nodes...)
	}
}

// writes reports whether every run of the list writes, if only "".
func writes(l *parse.ListNode) bool {
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.TextNode:
			return true
		case *parse.ActionNode:
			if len(n.Pipe.Decl) == 0 {
				return true
			}
		case *parse.BreakNode, *parse.ContinueNode:
			return false
		}
	}
	return false
}

func (v *visitor) pipe(p *parse.PipeNode) {
	if p == nil {
		return
	}
	for _, cmd := range p.Cmds {
		for _, arg := range cmd.Args {
			v.arg(arg)
		}
	}
	v.try(p)
}

func (v *visitor) arg(n parse.Node) {
	switch n := n.(type) {
	case *parse.IdentifierNode:
		v.t.funcs = append(v.t.funcs, use{n.Ident, int(n.Pos)})
	case *parse.PipeNode:
		v.pipe(n)
	case *parse.ChainNode:
		v.arg(n.Node)
	}
}

// callNode returns the action {{ $_layouts := name }}, which the escaper leaves
// alone because it prints nothing. It borrows near's place for error messages.
func callNode(name string, near *parse.PipeNode, pos parse.Pos) parse.Node {
	pipe := &parse.PipeNode{NodeType: parse.NodePipe}
	cmd := &parse.CommandNode{NodeType: parse.NodeCommand}
	if near != nil && len(near.Cmds) > 0 {
		pipe = near.CopyPipe()
		cmd = pipe.Cmds[0]
		cmd.Pos = pos
	}
	cmd.Args = []parse.Node{parse.NewIdentifier(name)}
	pipe.Cmds = []*parse.CommandNode{cmd}
	pipe.Decl = []*parse.VariableNode{{NodeType: parse.NodeVariable, Ident: []string{"$_layouts"}}}
	pipe.IsAssign = false
	return &parse.ActionNode{NodeType: parse.NodeAction, Pos: pipe.Pos, Pipe: pipe}
}

// parseError gives an error of the parser, which knows a line, its column.
func parseError(f *file, err error) *Error {
	msg, line := splitParseError(f, err.Error())
	acts := actions(f.src)
	if msg == "unexpected EOF" {
		if a, ok := unclosed(acts); ok {
			return f.errorAt(a.start, fmt.Errorf("{{%s}} without {{end}}", a.keyword))
		}
	}
	if i := failing(f, acts, err.Error()); i < len(acts) {
		if name, ok := strings.CutPrefix(msg, "multiple definition of template "); ok {
			i = definition(f.src, acts[:i], name)
		}
		a := acts[i]
		return f.errorAt(a.start+max(strings.Index(f.src[a.start:a.end], culprit(msg)), 0), errors.New(msg))
	}
	return &Error{File: f.path, Line: line, Err: errors.New(msg)}
}

// splitParseError takes the message "template: id:line: text" apart.
func splitParseError(f *file, msg string) (text string, line int) {
	msg = strings.TrimPrefix(msg, "template: "+f.id+":")
	if num, rest, ok := strings.Cut(msg, ": "); ok {
		if n, err := strconv.Atoi(num); err == nil {
			msg, line = rest, n
		}
	}
	msg = strings.TrimPrefix(msg, "template: ")
	if i := strings.LastIndex(msg, " started at "+f.id+":"); i >= 0 {
		msg = strings.TrimSuffix(msg[:i], " in action")
	}
	return msg, line
}

// unclosed returns the innermost action that lacks its {{end}}.
func unclosed(acts []action) (action, bool) {
	var open []action
	for _, a := range acts {
		switch a.keyword {
		case "if", "range", "with", "block", "define":
			open = append(open, a)
		case "end":
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		}
	}
	if len(open) == 0 {
		return action{}, false
	}
	return open[len(open)-1], true
}

// failing returns the index of the action that the parser stumbled over: the
// last one of the shortest head of the file that gives the same message.
func failing(f *file, acts []action, msg string) int {
	return sort.Search(len(acts), func(i int) bool {
		_, err := parseText(f.id, f.src[:acts[i].end])
		return err != nil && err.Error() == msg
	})
}

// culprit returns the piece of source that a parser's message is about, or "".
func culprit(msg string) string {
	switch {
	case strings.HasPrefix(msg, "multiple definition"):
		return ""
	case strings.HasPrefix(msg, "unexpected right paren"):
		return ")"
	}
	i := strings.IndexAny(msg, "\"<")
	if i < 0 {
		return ""
	}
	if msg[i] == '<' {
		s, _, _ := strings.Cut(msg[i+1:], ">")
		return s
	}
	quoted, err := strconv.QuotedPrefix(msg[i:])
	if err != nil {
		return ""
	}
	s, _ := strconv.Unquote(quoted)
	return s
}
