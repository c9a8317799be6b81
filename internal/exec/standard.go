package exec

import (
	"errors"
	"fmt"
	htmltemplate "html/template"
	"io"
	"reflect"
	"strings"
	texttemplate "text/template"
	"text/template/parse"
)

// standard calls functions of text/template and html/template that are not exported, by executing a template that
// does nothing else. It is what defines the results of a Program where this package has no
// faster way.
type standard struct {
	calls  map[standardCall]*htmltemplate.Template
	args   []reflect.Value
	result reflect.Value
}

type standardCall struct {
	name string
	args int
}

// call calls a function.
func (std *standard) call(name string, args []reflect.Value) (reflect.Value, error) {
	key := standardCall{name, len(args)}
	t := std.calls[key]
	if t == nil {
		t = std.template(key)
		if std.calls == nil {
			std.calls = map[standardCall]*htmltemplate.Template{}
		}
		std.calls[key] = t
	}
	// What is called may come back here.
	outerArgs, outerResult := std.args, std.result
	defer func() { std.args, std.result = outerArgs, outerResult }()
	std.args = args
	err := t.Execute(io.Discard, nil)
	if failed, ok := err.(texttemplate.ExecError); ok {
		err = errors.Unwrap(failed.Err)
	}
	return std.result, err
}

// template makes the template {{ $_ := name a0 a1 … | result }}. What goes to a variable is not escaped.
func (std *standard) template(c standardCall) *htmltemplate.Template {
	funcs := htmltemplate.FuncMap{"result": func(v reflect.Value) bool {
		std.result = v
		return true
	}}
	var text strings.Builder
	text.WriteString("{{ $_ := " + c.name)
	for i := range c.args {
		arg := fmt.Sprint("a", i)
		text.WriteString(" " + arg)
		funcs[arg] = func() reflect.Value { return std.args[i] }
	}
	text.WriteString(" | result }}")
	return standardTemplate(text.String(), funcs)
}

// sorted returns the elements of a map in their order.
func (std *standard) sorted(m reflect.Value) []entry {
	var out []entry
	t := standardTemplate("{{ range $k, $v := . }}{{ $_ := add $k $v }}{{ end }}", htmltemplate.FuncMap{
		"add": func(k, v reflect.Value) bool {
			out = append(out, entry{k, v})
			return true
		},
	})
	if err := t.Execute(io.Discard, m); err != nil {
		panic(err)
	}
	return out
}

// standardTemplate parses without checking the names of functions, so that those of html/template can be named.
func standardTemplate(text string, funcs htmltemplate.FuncMap) *htmltemplate.Template {
	tree := parse.New("standard")
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(text, "", "", map[string]*parse.Tree{}); err != nil {
		panic(err)
	}
	t, err := htmltemplate.New("standard").Funcs(funcs).AddParseTree("standard", tree)
	if err != nil {
		panic(err)
	}
	return t
}
