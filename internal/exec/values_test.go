package exec

import (
	"encoding/json"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"iter"
	"reflect"
	"strings"
	"time"
)

// world is a value with something of every kind.
type world struct {
	Name     string
	Empty    string
	Markup   string
	HTML     htmltemplate.HTML
	URL      htmltemplate.URL
	JS       htmltemplate.JS
	JSStr    htmltemplate.JSStr
	CSS      htmltemplate.CSS
	Attr     htmltemplate.HTMLAttr
	Srcset   htmltemplate.Srcset
	Link     string
	BadLink  string
	Int      int
	Big      int64
	Small    int8
	Uint     uint
	Float    float64
	Exp      float64
	Complex  complex128
	Yes, No  bool
	Kind     kindOf
	Word     word
	Named    named
	Shy      shy
	Shys     []shy
	ShyPtr   *shy
	Time     time.Time
	Dur      time.Duration
	Any      any
	NilAny   any
	NilPtr   *world
	NilMap   map[string]int
	NilSlice []string
	NilFunc  func() string
	NilErr   error
	Err      error
	Next     *world
	PtrPtr   **world
	IntPtr   *int
	Strings  []string
	Ints     []int
	Anys     []any
	Mixed    []any
	Array    [3]int
	Bytes    []byte
	Map      map[string]string
	AnyMap   map[string]any
	IntMap   map[int]string
	UintMap  map[uint8]string
	FloatMap map[float64]string
	BoolMap  map[bool]string
	KeyMap   map[word]int
	AnyKeys  map[any]string
	PtrMap   map[string]*world
	MethMap  methodMap
	Worlds   []*world
	Structs  []inner
	Fn       func(int) int
	Fn0      func() string
	FnErr    func() (string, error)
	Seq      iter.Seq[int]
	Seq2     iter.Seq2[string, int]
	BadSeq   func(int)
	Chan     chan int
	SendOnly chan<- int
	NilChan  chan int
	Speaker  fmt.Stringer
	NilSpeak fmt.Stringer
	Value    reflect.Value
	Inner    inner
	InnerPtr *inner
	embedded
	*deep
	hidden int
}

type embedded struct{ Promoted string }

func (embedded) FromEmbedded() string { return "<from embedded>" }
func (*embedded) FromPointer() string { return "from pointer" }

type deep struct{ Deep string }

func (d *deep) DeepMethod() string { return d.Deep }

type kindOf int

func (k kindOf) String() string { return fmt.Sprintf("<kind %d>", int(k)) }

type word string

// shy speaks if it has an address.
type shy int

func (s *shy) String() string { return "<shy>" }

type named string

func (n named) Upper() string { return strings.ToUpper(string(n)) }

type methodMap map[string]int

func (methodMap) Method() string { return "method of a map" }
func (m methodMap) Sum(extra int) int {
	for _, n := range m {
		extra += n
	}
	return extra
}

type inner struct {
	A, B int
	Tags []string
}

func (i inner) Sum() int     { return i.A + i.B }
func (i *inner) PtrSum() int { return i.A + i.B }
func (i inner) Plus(n int, more ...int) int {
	for _, m := range more {
		n += m
	}
	return i.A + n
}

func (w *world) Self() *world               { return w }
func (w *world) Title() string              { return "Title <" + w.Name + ">" }
func (w *world) Content() htmltemplate.HTML { return htmltemplate.HTML("<p>" + w.Name + "</p>") }
func (w *world) Number() int                { return 1234 }
func (w *world) True() bool                 { return true }
func (w *world) Nothing() any               { return nil }
func (w *world) Anything() any              { return w.Name }
func (w *world) AnyWorld() any              { return w }
func (w *world) List() []string             { return w.Strings }
func (w *world) Fails() (string, error)     { return "lost", errors.New("it fails: 100%") }
func (w *world) Works() (string, error)     { return "works", nil }
func (w *world) AnyErr(fail bool) (any, error) {
	if fail {
		return nil, errors.New("any fails")
	}
	return "any works", nil
}
func (w *world) Panics() string                       { panic("a panic") }
func (w *world) PanicsErr() string                    { panic(errors.New("a panic with an error")) }
func (w *world) NilDeref() string                     { return w.Next.Next.Next.Name }
func (w *world) Add(a, b int) int                     { return a + b }
func (w *world) Join(sep string, s ...string) string  { return strings.Join(s, sep) }
func (w *world) Two() (string, int)                   { return "", 0 }
func (w *world) None()                                {}
func (w *world) Takes(x *world) string                { return fmt.Sprint(x == nil) }
func (w *world) TakesAny(x any) string                { return fmt.Sprintf("%T", x) }
func (w *world) TakesStringer(x fmt.Stringer) string  { return x.String() }
func (w *world) TakesFloat(f float64) float64         { return f }
func (w *world) TakesUint(u uint8) uint8              { return u }
func (w *world) TakesBool(b bool) bool                { return !b }
func (w *world) TakesWord(x word) word                { return x + "!" }
func (w *world) TakesComplex(c complex128) complex128 { return c }
func (w *world) TakesValue(v reflect.Value) string    { return fmt.Sprint(v.IsValid()) }
func (w *world) GivesValue() reflect.Value            { return reflect.ValueOf(w.Name) }
func (w *world) Date() time.Time                      { return w.Time }
func (w *world) Optional(n ...int) string             { return fmt.Sprint(n) }
func (w world) ByValue() string                       { return "by value" }
func (w *world) Stringer() fmt.Stringer               { return w.Kind }
func (w *world) NilStringer() fmt.Stringer            { return nil }
func (w *world) Params() map[string]any               { return w.AnyMap }

type marshaler struct{ fail bool }

func (m marshaler) MarshalJSON() ([]byte, error) {
	if m.fail {
		return nil, errors.New("</script> */")
	}
	return json.Marshal("marshaled")
}

// counter and counting have another text each time.
type counter struct{ n int }

func (c *counter) String() string {
	c.n++
	return fmt.Sprint("javascript:", c.n)
}

type counting struct{ n *int }

func (c counting) String() string {
	*c.n++
	return fmt.Sprint("javascript:", *c.n)
}

type panicking struct{}

func (panicking) String() string { panic("String panics") }

func ints(yield func(int) bool) {
	for i := range 3 {
		if !yield(i) {
			return
		}
	}
}

func pairs(yield func(string, int) bool) {
	for i, s := range []string{"a", "b", "c"} {
		if !yield(s, i) {
			return
		}
	}
}

func newWorld() *world {
	seven := 7
	ch := make(chan int, 3)
	ch <- 1
	ch <- 2
	close(ch)
	w := &world{
		Name: "Ann & <Bob>", Markup: `<b title="x">'+&amp;` + "\x00\xff\u2028é", HTML: `<i class="a&amp;b">it's</i>&lt;+`,
		URL: "https://example.com/ä b?q=%41&x='y'", JS: "f(1)", JSStr: `a\nb`, CSS: "color: red", Attr: `dir="ltr"`, Srcset: "a.png 1x",
		Link: "/päth/a b?x=1&y=2#z", BadLink: "javascript:alert(1)",
		Int: -42, Big: 1 << 40, Small: 5, Uint: 300, Float: 2.5, Exp: 1e+30, Complex: 1 + 2i, Yes: true, Kind: 3, Word: "wörd <", Named: "named", Shy: 5, Shys: []shy{6}, ShyPtr: new(shy),
		Time: time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC), Dur: 90 * time.Second, Any: "any", Err: errors.New("an <error>"), IntPtr: &seven,
		Strings: []string{"x", "<y>", ""}, Ints: []int{1, 2, 3}, Anys: []any{1, "two", nil, 3.5, htmltemplate.HTML("<b>")},
		Mixed: []any{map[string]any{"k": "v"}, inner{A: 1}, &inner{B: 2}, kindOf(1), errors.New("e"), []int{1}}, Array: [3]int{7, 8, 9}, Bytes: []byte("bytes"),
		Map: map[string]string{"b": "B", "a": "<A>"}, AnyMap: map[string]any{"s": "<s>", "n": 1, "nil": nil, "m": map[string]any{"k": []any{1, 2}}, "inner": inner{A: 4}, "f": 1.5},
		IntMap: map[int]string{3: "c", 1: "a"}, UintMap: map[uint8]string{200: "x", 3: "y"}, FloatMap: map[float64]string{2.5: "x", 1: "y"},
		BoolMap: map[bool]string{true: "t", false: "f"}, KeyMap: map[word]int{"k": 1}, AnyKeys: map[any]string{"b": "x", "a": "y"},
		PtrMap: map[string]*world{"nil": nil}, MethMap: methodMap{"Method": 1, "k": 2}, Structs: []inner{{A: 1, B: 2}, {A: 3}},
		Fn: func(i int) int { return i + 1 }, Fn0: func() string { return "<fn>" }, FnErr: func() (string, error) { return "", errors.New("fn") },
		Seq: ints, Seq2: pairs, BadSeq: func(int) {}, Chan: ch, SendOnly: ch, Speaker: kindOf(9), Value: reflect.ValueOf("<value>"),
		Inner: inner{A: 10, B: 20, Tags: []string{"t"}}, InnerPtr: &inner{A: 11}, embedded: embedded{"<promoted>"}, hidden: 1,
	}
	w.Next = &world{Name: "Next", Strings: []string{"n"}, deep: &deep{"deep"}, AnyMap: map[string]any{}}
	w.PtrPtr = &w.Next
	w.Worlds = []*world{w.Next, nil, {Name: "third"}}
	w.PtrMap["next"] = w.Next
	return w
}

// testFuncs returns functions of all kinds. Some count.
func testFuncs() map[string]any {
	n := 0
	return map[string]any{
		"count":     func() int { n++; return n },
		"nilFn":     (func(any) string)(nil),
		"stateful":  func() fmt.Stringer { n++; return &counter{n} },
		"counting":  func() counting { return counting{&n} },
		"upper":     strings.ToUpper,
		"show":      func(v any) string { return fmt.Sprintf("%T %v", v, v) },
		"same":      func(v any) any { return v },
		"sameErr":   func(v any) (any, error) { return v, nil },
		"nothing":   func() any { return nil },
		"anything":  func() any { return "<any>" },
		"anyError":  func() (any, error) { return nil, errors.New("any error") },
		"fail":      func(s string) (string, error) { return "", errors.New("failed: " + s) },
		"failAny":   func(v any) (any, error) { return v, fmt.Errorf("failed %v", v) },
		"panics":    func() string { panic("function panics") },
		"panicsErr": func(v any) any { panic(fmt.Errorf("function panics with %v", v)) },
		"deref":     func(w *world) string { return w.Name },
		"list":      func(v ...any) []any { return v },
		"listAny":   func(v ...any) any { return v },
		"join":      func(sep string, v ...any) string { return fmt.Sprint(append(v, sep)...) },
		"first":     func(a any, rest ...any) (any, error) { return a, nil },
		"dict": func(v ...any) (map[string]any, error) {
			if len(v)%2 != 0 {
				return nil, errors.New("odd")
			}
			m := map[string]any{}
			for i := 0; i < len(v); i += 2 {
				m[fmt.Sprint(v[i])] = v[i+1]
			}
			return m, nil
		},
		"add":       func(a, b int) int { return a + b },
		"addAny":    func(a, b any) (any, error) { return fmt.Sprint(a, b), nil },
		"floats":    func(f float64, more ...float64) float64 { return f + float64(len(more)) },
		"strs":      func(s ...string) string { return strings.Join(s, "|") },
		"safe":      func(s string) htmltemplate.HTML { return htmltemplate.HTML(s) },
		"safeAny":   func(v any) (htmltemplate.HTML, error) { return htmltemplate.HTML(fmt.Sprint(v)), nil },
		"isValid":   func(v reflect.Value) bool { return v.IsValid() },
		"kindName":  func(v reflect.Value) string { return v.Kind().String() },
		"giveValue": func() reflect.Value { return reflect.ValueOf("<given>") },
		"noValue":   func() reflect.Value { return reflect.Value{} },
		"keyed": func(v reflect.Value, keys ...string) (reflect.Value, error) {
			if len(keys) > 2 {
				return v, errors.New("too many keys")
			}
			return v, nil
		},
		"world":     newWorld,
		"stringer":  func() fmt.Stringer { return kindOf(2) },
		"speak":     func(s fmt.Stringer) string { return s.String() },
		"takesErr":  func(err error) string { return fmt.Sprint(err) },
		"ptr":       func(p *int) int { return *p },
		"three":     func(s string, a, b any, rest ...any) (any, error) { return fmt.Sprint(s, a, b, rest), nil },
		"isTrue":    func(b bool) string { return fmt.Sprint(b) },
		"now":       func() time.Time { return time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC) },
		"nilMap":    func() map[string]any { return nil },
		"panicker":  func() fmt.Stringer { return panicking{} },
		"marshaler": func(fail bool) marshaler { return marshaler{fail} },
	}
}
