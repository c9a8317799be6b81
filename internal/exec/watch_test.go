package exec

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"text/template/parse"
)

// library has lists that it lends.
type library struct{ books shelf }

type shelf []string

func (l *library) Books() shelf           { return l.books }
func (l *library) Index() map[string]any  { return map[string]any{"a": 1, "b": map[string]any{"c": 2}} }
func (s shelf) Len() int                  { return len(s) }
func (s shelf) Limit(n int) shelf         { return s[:n] }
func (s shelf) From(n int) shelf          { return s[n:] }
func (s shelf) Sorted() shelf             { return slices.Sorted(slices.Values(s)) }
func (l *library) Fails() (shelf, error)  { return nil, fmt.Errorf("no books") }
func (l *library) With(name string) shelf { return append(shelf{name}, l.books...) }

// notes are what a Watcher is told.
type notes []string

func (n *notes) Call(recv any, method string) (any, bool) {
	*n = append(*n, "call "+method)
	if method == "Books" {
		return recv.(*library).books, true
	}
	return nil, false
}

func (n *notes) Ask(name string, args []any) (any, bool) {
	*n = append(*n, fmt.Sprint("ask ", name, " of ", len(args)))
	switch name {
	case "tail":
		return args[0].(shelf)[1:], true
	case "From":
		return args[0].(shelf)[args[1].(int):], true
	}
	return nil, false
}

func (n *notes) Use(v any, how Use, prefix int) {
	what := fmt.Sprintf("%s of %d", []string{"all", "len", "some", "first", "each"}[how], reflect.ValueOf(v).Len())
	if how == UsePrefix {
		what = fmt.Sprintf("first %d of %d", prefix, reflect.ValueOf(v).Len())
	}
	*n = append(*n, what)
}

func (n *notes) Key(_ any, key string, value any) {
	*n = append(*n, fmt.Sprint("key ", key, " ", value))
}

func TestWatch(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{`{{range .Books}}{{.}}{{end}}`, "call Books, each of 3"},
		{`{{range $i, $b := .Books}}{{if $i}}{{break}}{{end}}{{end}}`, "call Books, first 2 of 3"},
		{`{{range .Books}}{{range $.Books}}{{break}}{{end}}{{end}}`, "call Books, each of 3, call Books, first 1 of 3, call Books, first 1 of 3, call Books, first 1 of 3"},
		{`{{range .Books}}{{if false}}{{break}}{{end}}{{continue}}{{end}}`, "call Books, first 3 of 3"},
		{`{{if .Books}}x{{end}}`, "call Books, some of 3"},
		{`{{with .Books}}{{len .}}{{end}}`, "call Books, some of 3, len of 3"},
		{`{{with .Books}}{{.Len}}{{end}}`, "call Books, some of 3, len of 3"},
		{`{{not .Books}}`, "call Books, some of 3"},
		{`{{if and .Books true}}{{end}}`, "call Books, some of 3"},
		{`{{$b := .Books}}{{$c := $b}}`, "call Books"},
		{`{{index .Books 1}}`, "call Books, first 2 of 3"},
		{`{{range .Books.Limit 2}}{{end}}`, "call Books, each of 2"},
		{`{{range first 1 .Books}}{{end}}`, "call Books, each of 1"},
		{`{{range .Books | first 2}}{{end}}`, "call Books, each of 2"},
		{`{{range tail .Books}}{{end}}`, "call Books, ask tail of 1, each of 2"},
		{`{{.Books | tail | len}}`, "call Books, ask tail of 1, len of 2"},
		{`{{range .Books.From 1}}{{end}}`, "call Books, ask From of 2, each of 2"},
		{`{{range .Books.From 4}}{{end}}`, "call Books, ask From of 2, all of 3"},
		{`{{tail (slice)}}`, ""},
		{`{{len (refuse .Books)}}`, "call Books, ask refuse of 1, all of 3, len of 3"},
		{`{{.Books.Sorted | len}}`, "call Books, all of 3, len of 3"},
		{`{{.Books}}`, "call Books, all of 3, all of 3"},
		{`{{print .Books}}`, "call Books, all of 3"},
		{`{{eq (len .Books) 3}}`, "call Books, len of 3"},
		{`{{range .With "x"}}{{break}}{{end}}`, "first 1 of 4"},
		{`{{template "x" .Books}}{{define "x"}}{{len .}}{{end}}`, "call Books, len of 3"},
		{`{{.Index.a}}`, "call Index, key a 1"},
		{`{{.Index.b.c}}`, "call Index, key b map[c:2], key c 2"},
		{`{{index .Index "b" "c"}}`, "call Index, key b map[c:2], key c 2"},
		{`{{with .Index}}{{.nope}}{{end}}`, "call Index, some of 2, key nope <nil>"},
		{`{{range .Index}}{{end}}`, "call Index, each of 2"},
		{`{{with .Fails}}{{end}}`, "call Fails"},
	} {
		trees := map[string]*parse.Tree{}
		tree := parse.New("page")
		tree.Mode = parse.SkipFuncCheck
		if _, err := tree.Parse(test.text, "", "", trees); err != nil {
			t.Fatal(err)
		}
		prog, err := Compile("page", trees)
		if err != nil {
			t.Fatal(err)
		}
		types := NewTypes(MethodsOf[*library](ResultOf[*library, shelf]()).Watched("Books", "Index", "Fails"), MethodsOf[shelf]().List("Len", "Limit").Asked("From"))
		types.Passing("first")
		types.Asked("tail", "refuse")
		m := NewMachine(func(name string) any {
			switch name {
			case "first":
				return func(n int, s shelf) shelf { return s[:n] }
			case "tail":
				return func(s shelf) shelf { return s[min(1, len(s)):] }
			case "refuse":
				return func(s shelf) shelf { return s }
			case "slice":
				return func() shelf { return shelf{} }
			}
			return nil
		}, types)
		var with, without strings.Builder
		lib := &library{shelf{"x", "y", "z"}}
		err = m.Run(prog, &without, lib)
		got := new(notes)
		m.Watch(got)
		if werr := m.Run(prog, &with, lib); fmt.Sprint(werr) != fmt.Sprint(err) || with.String() != without.String() {
			t.Errorf("%s: %q, %v when watched, and %q, %v when not", test.text, with.String(), werr, without.String(), err)
		}
		if have := strings.Join(*got, ", "); have != test.want {
			t.Errorf("%s: told %q, want %q", test.text, have, test.want)
		}
	}
}
