package exec

import (
	"errors"
	"fmt"
	htmltemplate "html/template"
	"io"
	"strings"
	"text/template/parse"
)

// derivedMark is in the names that html/template gives to templates for a context.
const derivedMark = "$htmltemplate_"

// maxRounds is how often templates may turn out to be called in further contexts.
const maxRounds = 16

var errEscaped = errors.New("escaped")

// EscapeHTML returns copies of trees as html/template executes them: with escapers in the pipelines, and
// with a tree for each context in which a template is called. Its error is [ErrUnsupported]; what
// html/template has to say of the templates, it says when they are executed.
func EscapeHTML(entry string, trees map[string]*parse.Tree) (escaped map[string]*parse.Tree, err error) {
	defer func() {
		if r := recover(); r != nil {
			escaped, err = nil, fmt.Errorf("%w: %v", ErrUnsupported, r)
		}
	}()
	// html/template makes the trees for contexts itself and keeps them; but it takes what there is by
	// their names. So they are added when it has called them, and all begins again.
	derived := map[string]bool{}
	for range maxRounds {
		set := copies(trees, derived)
		if err := escape(entry, set); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrUnsupported, err)
		}
		known := len(derived)
		for _, tree := range set {
			eachCall(tree.Root, func(name string) {
				if set[name] == nil {
					derived[name] = true
				}
			})
		}
		if len(derived) == known {
			return set, nil
		}
	}
	return nil, fmt.Errorf("%w: too many contexts", ErrUnsupported)
}

// copies returns copies of trees, and of those that are derived from them.
func copies(trees map[string]*parse.Tree, derived map[string]bool) map[string]*parse.Tree {
	set := make(map[string]*parse.Tree, len(trees)+len(derived))
	for name, tree := range trees {
		set[name] = tree.Copy()
	}
	for name := range derived {
		if base, _, _ := strings.Cut(name, derivedMark); trees[base] != nil {
			set[name] = &parse.Tree{Name: name, Root: trees[base].Root.CopyList()}
		}
	}
	return set
}

// escape has html/template escape trees in place, which it does at the first execution. That ends before
// the entry.
func escape(entry string, trees map[string]*parse.Tree) error {
	const start = "start" + derivedMark
	set := htmltemplate.New(start).Funcs(htmltemplate.FuncMap{"stop": func() (bool, error) { return false, errEscaped }})
	for name, tree := range trees {
		if _, err := set.AddParseTree(name, tree); err != nil {
			return err
		}
	}
	if _, err := set.Parse(fmt.Sprintf("{{ $_ := stop }}{{ template %q }}", entry)); err != nil {
		return err
	}
	if err := set.Execute(io.Discard, nil); !errors.Is(err, errEscaped) {
		return fmt.Errorf("no escaping: %w", err)
	}
	return nil
}

// eachCall calls f for the names of the templates that a list calls.
func eachCall(l *parse.ListNode, f func(name string)) {
	if l == nil {
		return
	}
	branch := func(b *parse.BranchNode) {
		eachCall(b.List, f)
		eachCall(b.ElseList, f)
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.TemplateNode:
			f(n.Name)
		case *parse.IfNode:
			branch(&n.BranchNode)
		case *parse.WithNode:
			branch(&n.BranchNode)
		case *parse.RangeNode:
			branch(&n.BranchNode)
		}
	}
}
