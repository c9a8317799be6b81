package exec

import (
	"bytes"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"io"
	"reflect"
	"strings"
	"sync"
	"testing"
	texttemplate "text/template"
	"text/template/parse"
)

// program compiles a template of text/template called page.
func program(tb testing.TB, text string) *Program {
	tb.Helper()
	trees := map[string]*parse.Tree{}
	tree := parse.New("page")
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(text, "", "", trees); err != nil {
		tb.Fatal(err)
	}
	prog, err := Compile("page", trees)
	if err != nil {
		tb.Fatal(err)
	}
	return prog
}

// machine returns one with the given functions.
func machine(funcs map[string]any) *Machine {
	return NewMachine(func(name string) any { return funcs[name] }, nil)
}

func output(tb testing.TB, m *Machine, p *Program, data any) string {
	tb.Helper()
	var buf bytes.Buffer
	if err := m.Run(p, &buf, data); err != nil {
		tb.Fatal(err)
	}
	return buf.String()
}

// A function may run programs on the machine that calls it.
func TestNestedRun(t *testing.T) {
	inner := program(t, `{{ $x := .X }}{{ range .L }}{{ . }}{{ $x }}{{ end }}{{ fail . }}`)
	outer := program(t, `{{ $x := "outer" }}{{ $y := 1 }}{{ run . "a" (run . "b" $x) }} {{ $x }}{{ $y }}{{ .X }}`)
	var m *Machine
	m = machine(map[string]any{
		"run": func(data any, s ...any) (string, error) {
			var buf bytes.Buffer
			err := m.Run(inner, &buf, data)
			return fmt.Sprint(buf.String(), s), err
		},
		"fail": func(data map[string]any) (string, error) {
			if data["fail"] == true {
				return "", errors.New("inner fails")
			}
			return "", nil
		},
	})
	data := map[string]any{"X": "<x>", "L": []int{1, 2}}
	const want = "1<x>2<x>[a 1<x>2<x>[b outer]] outer1<x>"
	if got := output(t, m, outer, data); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	data["fail"] = true
	err := m.Run(outer, io.Discard.(Writer), data)
	if err == nil || !strings.Contains(err.Error(), "inner fails") {
		t.Errorf("got error %v", err)
	}
	data["fail"] = false
	if got := output(t, m, outer, data); got != want {
		t.Errorf("after an error: got %q, want %q", got, want)
	}
}

func TestStop(t *testing.T) {
	stopped := false
	m := machine(map[string]any{"stop": func(v ...any) (any, error) {
		stopped = true
		return nil, ErrStop
	}})
	var buf bytes.Buffer
	err := m.Run(program(t, `a{{ range . }}b{{ with . }}{{ template "x" . }}{{ end }}{{ end }}c{{ define "x" }}{{ stop (print 1) }}d{{ end }}`), &buf, []int{1, 2})
	if err != ErrStop || !stopped || buf.String() != "ab" {
		t.Errorf("got %q, %v, want ab and ErrStop itself", buf.String(), err)
	}
}

// limited fails after some writes.
type limited struct {
	left int
	bytes.Buffer
}

var errFull = errors.New("full")

func (l *limited) Write(p []byte) (int, error) { return l.WriteString(string(p)) }

func (l *limited) WriteString(s string) (int, error) {
	if l.left--; l.left < 0 {
		return 0, errFull
	}
	return l.Buffer.WriteString(s)
}

// An error of the writer comes as it is, at the write at which text/template has it.
func TestWriteError(t *testing.T) {
	const text = `a{{ .S }}{{ .E }}{{ .I }}{{ range .L }}{{ . }}-{{ end }}{{ template "x" }}{{ define "x" }}x{{ end }}`
	data := map[string]any{"S": "s", "E": "", "I": 1, "L": []any{1.5, nil, errFull}}
	prog, std := program(t, text), texttemplate.Must(texttemplate.New("page").Parse(text))
	m := machine(nil)
	for n := range 14 {
		want, got := &limited{left: n}, &limited{left: n}
		wantErr, gotErr := std.Execute(want, data), m.Run(prog, got, data)
		if gotErr != wantErr || got.String() != want.String() {
			t.Errorf("after %d writes: got %q, %v, want %q, %v", n, got, gotErr, want, wantErr)
		}
	}
}

// A panic that is no function's goes on, and the machine can be used after it.
func TestPanic(t *testing.T) {
	m := machine(nil)
	prog := program(t, `{{ range . }}x{{ end }}`)
	func() {
		defer func() {
			if r := recover(); r != "iterator" {
				t.Errorf("recovered %v", r)
			}
		}()
		_ = m.Run(prog, io.Discard.(Writer), func(func(int) bool) { panic("iterator") })
		t.Error("no panic")
	}()
	if got := output(t, m, prog, []int{1, 2}); got != "xx" {
		t.Errorf("after a panic: got %q", got)
	}
}

func TestReflectValueAsData(t *testing.T) {
	if got := output(t, machine(nil), program(t, `{{ .A }}`), reflect.ValueOf(inner{A: 3})); got != "3" {
		t.Errorf("got %q", got)
	}
}

func TestUnsupported(t *testing.T) {
	tree := texttemplate.Must(texttemplate.New("page").Parse(`{{ call .F }}`))
	for name, trees := range map[string]map[string]*parse.Tree{
		"call": {"page": tree.Tree}, "no entry": {}, "no tree": {"page": nil},
	} {
		if _, err := Compile("page", trees); !errors.Is(err, ErrUnsupported) {
			t.Errorf("%s: got error %v", name, err)
		}
	}
	bad := texttemplate.Must(texttemplate.New("page").Parse(`<a href="{{ . }}`))
	if _, err := EscapeHTML("page", map[string]*parse.Tree{"page": bad.Tree}); !errors.Is(err, ErrUnsupported) {
		t.Errorf("got error %v", err)
	}
}

// EscapeHTML leaves its trees as they are.
func TestEscapeHTMLCopies(t *testing.T) {
	tmpl := texttemplate.Must(texttemplate.New("page").Parse(`<a title="{{ template "x" . }}">{{ . }}{{ define "x" }}{{ . }}{{ end }}`))
	trees := map[string]*parse.Tree{}
	for _, t := range tmpl.Templates() {
		trees[t.Name()] = t.Tree
	}
	before := trees["page"].Root.String() + trees["x"].Root.String()
	escaped, err := EscapeHTML("page", trees)
	if err != nil {
		t.Fatal(err)
	}
	if after := trees["page"].Root.String() + trees["x"].Root.String(); after != before {
		t.Errorf("the trees are changed: %s", after)
	}
	if len(escaped) != 3 {
		t.Errorf("got %d trees, want 3: x is called in an attribute", len(escaped))
	}
}

// A program, and what is known of types, is shared by machines.
func TestConcurrent(t *testing.T) {
	prog := compiled(t, htmltemplate.Must(htmltemplate.New("page").Funcs(htmltemplate.FuncMap{"lower": strings.ToLower}).Parse(benchText)))
	types := NewTypes(MethodsOf[*benchPage]())
	page := &benchPage{title: "x", list: []*benchPage{{title: "y"}}, tags: []string{"a"}}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			funcs := map[string]any{"lower": strings.ToLower}
			m := NewMachine(func(name string) any { return funcs[name] }, types)
			var data any = page
			if i%2 == 0 {
				data = map[string]any{"Title": "x"}
			}
			for range 20 {
				var buf bytes.Buffer
				err := m.Run(prog, &buf, data)
				if err != nil || !strings.Contains(buf.String(), "<h1>x</h1>") {
					t.Errorf("%d: got %s, error %v", i, &buf, err)
					return
				}
			}
		})
	}
	wg.Wait()
}

// A page costs few allocations, and none of them is for the execution itself.
func TestAllocations(t *testing.T) {
	prog := program(t, `<p>{{ if .Yes }}{{ .Name }}{{ end }}{{ with .Next }}{{ .Name }}{{ range .Strings }}{{ . }}{{ end }}{{ end }}{{ template "x" . }}{{ define "x" }}{{ .Title }}{{ end }}`)
	m := NewMachine(func(string) any { return nil }, knownTypes)
	w := newWorld()
	var buf bytes.Buffer
	n := testing.AllocsPerRun(100, func() {
		buf.Reset()
		if err := m.Run(prog, &buf, w); err != nil {
			t.Fatal(err)
		}
	})
	if n > 2 { // the string that Title makes, and its box
		t.Errorf("%v allocations", n)
	}
}
