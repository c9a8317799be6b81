package exec

import (
	"bytes"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"io"
	"reflect"
	"regexp"
	"testing"
	texttemplate "text/template"
	"text/template/parse"
)

// addresses differ from one value to the next.
var addresses = regexp.MustCompile(`(?i)0x[0-9a-f]{5,}`)

// outcome is what an execution did.
type outcome struct {
	out     string
	err     string
	typ     string
	panics  string
	support bool
}

// guarded runs f, and notes its output, error or panic.
func guarded(f func(w io.Writer) error) (o outcome) {
	var buf bytes.Buffer
	defer func() {
		o.out = addresses.ReplaceAllString(buf.String(), "0x…")
		o.err = addresses.ReplaceAllString(o.err, "0x…")
		if r := recover(); r != nil {
			o.panics = fmt.Sprint(r)
		}
	}()
	o.support = true
	if err := f(&buf); err != nil {
		o.err, o.typ = err.Error(), fmt.Sprintf("%T", err)
		o.support = !errors.Is(err, ErrUnsupported)
	}
	return o
}

// stdText executes a template with text/template.
func stdText(text string, funcs map[string]any, data any) outcome {
	return guarded(func(w io.Writer) error {
		t, err := texttemplate.New("page").Funcs(funcs).Parse(text)
		if err != nil {
			return err
		}
		return t.Execute(w, data)
	})
}

// knownTypes has methods of the types of values_test.go.
var knownTypes = NewTypes(
	MethodsOf[*world](ResultOf[*world, fmt.Stringer](), ResultOf[*world, reflect.Value](), ResultOf[*world, word]()),
	MethodsOf[world](), MethodsOf[inner](), MethodsOf[*inner](), MethodsOf[kindOf](), MethodsOf[named](), MethodsOf[methodMap](),
)

// ownText executes a template with this package.
func ownText(text string, funcs map[string]any, data any, types *Types) outcome {
	return guarded(func(w io.Writer) error {
		t, err := texttemplate.New("page").Funcs(funcs).Parse(text)
		if err != nil {
			return err
		}
		trees := map[string]*parse.Tree{}
		for _, t := range t.Templates() {
			trees[t.Name()] = t.Tree
		}
		return runTrees(w, trees, funcs, data, types)
	})
}

func runTrees(w io.Writer, trees map[string]*parse.Tree, funcs map[string]any, data any, types *Types) error {
	p, err := Compile("page", trees)
	if err != nil {
		return err
	}
	m := NewMachine(func(name string) any { return funcs[name] }, types)
	return m.Run(p, w.(Writer), data)
}

func stdHTML(text string, funcs map[string]any, data any) outcome {
	return guarded(func(w io.Writer) error {
		t, err := htmltemplate.New("page").Funcs(funcs).Parse(text)
		if err != nil {
			return err
		}
		return t.Execute(w, data)
	})
}

func ownHTML(text string, funcs map[string]any, data any, types *Types) outcome {
	return guarded(func(w io.Writer) error {
		t, err := htmltemplate.New("page").Funcs(funcs).Parse(text)
		if err != nil {
			return err
		}
		trees := map[string]*parse.Tree{}
		for _, t := range t.Templates() {
			if t.Tree != nil {
				trees[t.Name()] = t.Tree
			}
		}
		if trees, err = EscapeHTML("page", trees); err != nil {
			return err
		}
		return runTrees(w, trees, funcs, data, types)
	})
}

// same compares the two for text and for HTML. It reports whether this package could do it.
func same(t *testing.T, text string, value func() any) bool {
	t.Helper()
	supported := true
	for _, mode := range []struct {
		name string
		std  func(string, map[string]any, any) outcome
		own  func(string, map[string]any, any, *Types) outcome
	}{{"text", stdText, ownText}, {"html", stdHTML, ownHTML}} {
		want := mode.std(text, testFuncs(), value())
		for _, types := range []*Types{nil, knownTypes} {
			got := mode.own(text, testFuncs(), value(), types)
			if !got.support {
				supported = false
				continue
			}
			want.support = true
			if got != want {
				t.Errorf("%s template %q with a %T:\n got %+v\nwant %+v", mode.name, text, value(), got, want)
			}
		}
	}
	return supported
}
