package exec

import (
	"fmt"
	"reflect"
	"text/template/parse"
)

func (s *state) list(l *list, dot reflect.Value) control {
	s.at = l.at
	for _, n := range l.nodes {
		if c := n.run(s, dot); c != goOn {
			return c
		}
	}
	return goOn
}

func (l *list) run(s *state, dot reflect.Value) control { return s.list(l, dot) }

func (breakNode) run(*state, reflect.Value) control    { return doBreak }
func (continueNode) run(*state, reflect.Value) control { return doContinue }

func (n *textNode) run(s *state, _ reflect.Value) control {
	s.at = n.at
	s.write(n.text)
	return goOn
}

func (s *state) write(text string) {
	if _, err := s.w.WriteString(text); err != nil {
		panic(writeError{err})
	}
}

func (n *actionNode) run(s *state, dot reflect.Value) control {
	s.at = n.at
	if len(n.pipe.decl) > 0 {
		s.pipe(n.pipe, dot)
	} else {
		s.action(n, dot)
	}
	return goOn
}

// print writes what fmt has for a value.
func (s *state) print(at parse.Node, v reflect.Value) {
	s.use(v, UseAll, 0)
	s.at = at
	if v.Kind() == reflect.String && v.Type() == stringType {
		s.write(v.String())
		return
	}
	s.weigh(v, asText)
	printed, ok := printable(v)
	if !ok {
		s.fail("can't print %s of type %s", at, v.Type())
	}
	if _, err := fmt.Fprint(s.w, printed); err != nil {
		panic(writeError{err})
	}
}

// printable returns what to give to fmt for a value: no pointer, unless it has a text of its own.
func printable(v reflect.Value) (printed any, ok bool) {
	if v.Kind() == reflect.Pointer {
		v, _ = indirect(v)
	}
	switch {
	case !v.IsValid():
		return "<no value>", true
	case speaks(v.Type()):
	case v.CanAddr() && speaks(reflect.PointerTo(v.Type())):
		v = v.Addr()
	case v.Kind() == reflect.Chan, v.Kind() == reflect.Func:
		return nil, false
	}
	return v.Interface(), true
}

// speaks reports whether fmt calls a method for the text of a type.
func speaks(t reflect.Type) bool { return t.Implements(errorType) || t.Implements(stringerType) }

func (n *branchNode) run(s *state, dot reflect.Value) control {
	s.at = n.at
	mark := len(s.vars)
	v := s.pipe(n.pipe, dot)
	s.use(v, UseSome, 0)
	c := goOn
	switch {
	case !isTrue(v):
		if n.otherwise != nil {
			c = s.list(n.otherwise, dot)
		}
	case n.with:
		c = s.list(n.then, v)
	default:
		c = s.list(n.then, dot)
	}
	s.pop(mark)
	return c
}

func (n *templateNode) run(s *state, dot reflect.Value) control {
	s.at = n.at
	if n.to == nil {
		s.fail("template %q not defined", n.name)
	}
	if s.level == maxLevel {
		s.fail("exceeded maximum template depth (%v)", maxLevel)
	}
	dot = s.pipe(n.pipe, dot)
	outer, base := s.tmpl, s.base
	s.tmpl, s.base = n.to, len(s.vars)
	s.level++
	s.push(0, dot)
	s.list(&n.to.root, dot)
	s.pop(s.base)
	s.tmpl, s.base = outer, base
	s.level--
	return goOn
}
