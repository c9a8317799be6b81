package exec

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// generator makes templates up, most of which fail somewhere when they are executed.
type generator struct {
	*rand.Rand
	b     strings.Builder
	vars  []string
	depth int
	loops int
	names []string // of templates that can be called
}

// names are what may follow a dot.
var fieldNames = func() (names []string) {
	for _, t := range []reflect.Type{reflect.TypeFor[*world](), reflect.TypeFor[*inner](), reflect.TypeFor[methodMap]()} {
		for m := range t.Methods() {
			names = append(names, m.Name)
		}
		if t.Kind() == reflect.Pointer {
			for f := range t.Elem().Fields() {
				names = append(names, f.Name)
			}
		}
	}
	names = append(names, "k", "s", "m", "inner", "zzz", "String", "Nope")
	// Big counts far, and the addresses of functions differ.
	return slices.DeleteFunc(names, func(n string) bool { return n == "Big" || n == "Value" })
}()

var functionNames = []string{
	"count", "upper", "show", "same", "sameErr", "nothing", "anything", "anyError", "fail", "failAny", "panics", "deref", "list", "listAny",
	"join", "first", "dict", "add", "addAny", "floats", "strs", "safe", "safeAny", "isValid", "kindName", "giveValue", "keyed", "world",
	"stringer", "speak", "takesErr", "ptr", "three", "isTrue", "now", "nilMap", "and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge",
	"nilFn", "stateful", "counting", "len", "index", "slice", "print", "printf", "html", "urlquery", "js",
}

var literals = []string{`1`, `0`, `-3`, `2.5`, `"text"`, `""`, `"<&>"`, `"k"`, `"a"`, `true`, `false`, `nil`, `'x'`, `1i`}

var contexts = [][2]string{
	{"", ""}, {"", ""}, {"", ""}, {"<b>", "</b>"}, {`<a href="`, `">`}, {`<a href="/x?y=`, `">`}, {`<a title="`, `">`}, {`<a x=`, `>`}, {`<a `, `>`},
	{`<script>x = `, `</script>`}, {`<script>x = "`, `"</script>`}, {`<style>a { b: `, ` }</style>`}, {`<title>`, `</title>`},
	{`<a onclick="f(`, `)">`}, {`<img srcset="`, `">`}, {`<!-- `, ` -->`}, {`<p style="color: `, `">`}, {`<a href='`, `'>`},
}

func pick[T any](g *generator, from []T) T { return from[g.IntN(len(from))] }

func (g *generator) template() string {
	for i := range g.IntN(3) {
		name := fmt.Sprint("t", i)
		g.b.WriteString(`{{define "` + name + `"}}`)
		vars := g.vars
		g.vars = nil
		g.list()
		g.vars = vars
		g.b.WriteString("{{end}}")
		g.names = append(g.names, name)
	}
	g.list()
	return g.b.String()
}

func (g *generator) list() {
	vars := len(g.vars)
	g.depth++
	for range 1 + g.IntN(3) {
		g.node()
	}
	g.depth--
	g.vars = g.vars[:vars]
}

func (g *generator) node() {
	switch n := g.IntN(14); {
	case n < 6 || g.depth > 4:
		c := pick(g, contexts)
		g.b.WriteString(c[0] + "{{")
		g.pipe(g.IntN(4))
		g.b.WriteString("}}" + c[1])
	case n == 6:
		g.b.WriteString("text <i> ")
	case n == 7:
		g.branch("if")
	case n == 8:
		g.branch("with")
	case n == 9:
		g.loops++
		g.branch("range")
		g.loops--
	case n == 10:
		name := "$" + string('a'+rune(g.IntN(3)))
		g.b.WriteString("{{" + name + " := ")
		g.pipe(2)
		g.b.WriteString("}}")
		g.vars = append(g.vars, name)
	case n == 11 && len(g.vars) > 0:
		g.b.WriteString("{{" + pick(g, g.vars) + " = ")
		g.pipe(2)
		g.b.WriteString("}}")
	case n == 12 && g.loops > 0:
		g.b.WriteString("{{if ")
		g.pipe(1)
		g.b.WriteString("}}" + pick(g, []string{"{{break}}", "{{continue}}"}) + "{{end}}")
	case len(g.names) > 0:
		g.b.WriteString(`{{template "` + pick(g, g.names) + `" `)
		g.pipe(1)
		g.b.WriteString("}}")
	}
}

func (g *generator) branch(word string) {
	vars := len(g.vars)
	g.b.WriteString("{{" + word + " ")
	switch g.IntN(4) {
	case 0:
		g.b.WriteString("$v := ")
		g.vars = append(g.vars, "$v")
	case 1:
		if word == "range" {
			g.b.WriteString("$i, $v := ")
			g.vars = append(g.vars, "$i", "$v")
		}
	}
	g.pipe(1)
	g.b.WriteString("}}")
	g.list()
	if g.IntN(3) == 0 {
		g.b.WriteString("{{else}}")
		g.list()
	}
	g.b.WriteString("{{end}}")
	g.vars = g.vars[:vars]
}

func (g *generator) pipe(depth int) {
	g.command(depth)
	for g.IntN(4) == 0 {
		g.b.WriteString(" | ")
		g.b.WriteString(pick(g, functionNames))
		g.args(depth, 2)
	}
}

func (g *generator) command(depth int) {
	switch g.IntN(5) {
	case 0, 1:
		name := pick(g, functionNames)
		g.b.WriteString(name)
		if t := reflect.TypeOf(testFuncs()[name]); t != nil && g.IntN(8) > 0 {
			g.argsOf(t, 0, depth)
		} else {
			g.args(depth, 4)
		}
	case 2:
		if t := g.chain(); t != nil && g.IntN(8) > 0 {
			g.argsOf(t, 1, depth)
		} else if g.IntN(3) == 0 {
			g.args(depth, 3)
		}
	default:
		g.operand(depth)
	}
}

// args writes any arguments.
func (g *generator) args(depth, most int) {
	for range g.IntN(most) {
		g.b.WriteString(" ")
		g.operand(depth)
	}
}

// argsOf writes arguments that a function may take, but for the first ones.
func (g *generator) argsOf(t reflect.Type, skip, depth int) {
	for i := skip; i < t.NumIn(); i++ {
		in, n := t.In(i), 1
		if t.IsVariadic() && i == t.NumIn()-1 {
			in, n = in.Elem(), g.IntN(3)
		}
		for range n {
			g.b.WriteString(" ")
			if likely := operandsOf[in]; likely != nil && g.IntN(8) > 0 {
				g.b.WriteString(pick(g, likely))
			} else {
				g.operand(depth)
			}
		}
	}
}

var operandsOf = map[reflect.Type][]string{
	reflect.TypeFor[string]():       {"$.Name", `"text"`, "$.Markup", "$.Any", "$.Link", "(upper $.Name)", "(index $.Anys 1)", "$.Title"},
	reflect.TypeFor[int]():          {"1", "$.Int", "(len $.Ints)", "(add 1 2)", "count", "$.IntPtr", "$.Number"},
	reflect.TypeFor[*world]():       {"$", "$.Next", "$.NilPtr", "nil", "$.Self", "world", "$.PtrPtr"},
	reflect.TypeFor[bool]():         {"true", "$.Yes", "$.No", "(eq 1 2)"},
	reflect.TypeFor[float64]():      {"1", "$.Float", "2.5"},
	reflect.TypeFor[fmt.Stringer](): {"$.Kind", "stringer", "$.Speaker", "nil", "$.Time"},
	reflect.TypeFor[word]():         {"$.Word", `"w"`},
	reflect.TypeFor[uint8]():        {"3"},
	reflect.TypeFor[complex128]():   {"1i", "$.Complex"},
}

// chain writes names after a dot or a variable, most of them of members that there are. It returns the type of the last, if that is a
// method with parameters.
func (g *generator) chain() reflect.Type {
	t := reflect.TypeFor[*world]()
	switch {
	case len(g.vars) > 0 && g.IntN(3) == 0:
		g.b.WriteString(pick(g, g.vars))
		t = nil
	case g.IntN(3) > 0:
		g.b.WriteString("$")
	}
	for range 1 + g.IntN(3) {
		name := pick(g, fieldNames)
		if known := membersOf(t); len(known) > 0 && g.IntN(10) > 0 {
			name = pick(g, known)
		}
		g.b.WriteString("." + name)
		if t == nil {
			continue
		}
		if m, ok := t.MethodByName(name); ok {
			if m.Type.NumIn() > 1 {
				return m.Type
			}
			t = nil
			if m.Type.NumOut() > 0 {
				t = m.Type.Out(0)
			}
		} else if f, ok := fieldOf(t, name); ok {
			t = f.Type
		} else {
			t = nil
		}
	}
	return nil
}

func fieldOf(t reflect.Type, name string) (reflect.StructField, bool) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return reflect.StructField{}, false
	}
	return t.FieldByName(name)
}

// membersOf returns the fields and methods of a type.
func membersOf(t reflect.Type) (names []string) {
	if t == nil {
		return nil
	}
	for m := range t.Methods() {
		names = append(names, m.Name)
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() == reflect.Struct {
		for f := range t.Fields() {
			if f.Name != "Big" {
				names = append(names, f.Name)
			}
		}
	}
	return names
}

func (g *generator) operand(depth int) {
	switch g.IntN(8) {
	case 0:
		g.b.WriteString(pick(g, literals))
	case 1:
		g.b.WriteString(".")
	case 2:
		if len(g.vars) > 0 {
			g.b.WriteString(pick(g, g.vars))
			return
		}
		g.chain()
	case 3:
		if depth > 0 {
			g.b.WriteString("(")
			g.pipe(depth - 1)
			g.b.WriteString(")")
			for range g.IntN(2) {
				g.b.WriteString("." + pick(g, fieldNames))
			}
			return
		}
		g.chain()
	default:
		g.chain()
	}
}

// sameGenerated compares the two for a template that is made up.
func sameGenerated(t *testing.T, seed uint64) bool {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 0))}
	return same(t, g.template(), func() any { return newWorld() })
}

func TestSameGenerated(t *testing.T) {
	for seed := range uint64(500) {
		sameGenerated(t, seed)
	}
}

// FuzzSameGenerated is TestSameGenerated for as long as one likes.
func FuzzSameGenerated(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) { sameGenerated(t, seed) })
}
