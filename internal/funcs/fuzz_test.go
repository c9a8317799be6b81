package funcs

import (
	"encoding/binary"
	"errors"
	"fmt"
	"html/template"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// namedFunc is a function of the map or a method of a namespace.
type namedFunc struct {
	name string
	fn   reflect.Value
}

// allFuncs lists all functions and the methods of all namespaces, by name.
func allFuncs() []namedFunc {
	var out []namedFunc
	for name, f := range Map(Options{Now: func() time.Time { return time.Unix(0, 0) }}) {
		fn := reflect.ValueOf(f)
		out = append(out, namedFunc{name, fn})
		if fn.Type().NumIn() > 0 && name != "time" {
			continue
		}
		res := fn.Call(nil)[0]
		if res.Kind() == reflect.Interface {
			res = res.Elem()
		}
		if res.Kind() != reflect.Struct || res.Type().PkgPath() != reflect.TypeFor[Strings]().PkgPath() {
			continue
		}
		for i := range res.NumMethod() {
			out = append(out, namedFunc{name + "." + res.Type().Method(i).Name, res.Method(i)})
		}
	}
	slices.SortFunc(out, func(a, b namedFunc) int { return strings.Compare(a.name, b.name) })
	return out
}

// source makes values of bytes.
type source struct{ data []byte }

func (s *source) byte() byte {
	if len(s.data) == 0 {
		return 0
	}
	b := s.data[0]
	s.data = s.data[1:]
	return b
}

func (s *source) string() string {
	n := min(int(s.byte())%24, len(s.data))
	v := string(s.data[:n])
	s.data = s.data[n:]
	return v
}

var fuzzStrings = []string{
	"", "a", "value", "asc", "desc", "not in", "like", ">=", ".", "a.b", "Title", "Params.color", "Author.Name", "Fails", "_type", "children", "text", "marks",
	"010", "-5", "1e400", "NaN", "0x", "2020-01-02", "1h", "<p>a <b>b &amp; c", "</", "<!--", "<script>x", "(", "a*", "é世界",
	`{"a": [1, 2.5, null]}`, "a: &x [*x]", "a: 1\nb: [1, 2]\n", "a = 1\n[b]\nc = 2020-01-01", "a,b\n1,2\n", "<a x='1'><b/><b>t</b></a>",
	"json", "toml", "yaml", "sha256", "strings.Replace", "collections.Where", "hour", ":date_full", ":time_zone", "Europe/Oslo", "%d%%%[3]*.[2]*[1]f",
	"\xff\x00", "%zz", "%999999999d", "%[1]s%[1]s", "EUR", ":heart:", "block", "image", "h1", "1e9", "$0$0$0", "http://[::1", "- . ,", "my-first-post", "HTMLParser",
}

func (s *source) value(depth int) any {
	kind := s.byte() % 32
	if depth > 2 && kind >= 24 {
		kind -= 24
	}
	switch kind {
	case 0:
		return nil
	case 1, 2, 3:
		return int(int8(s.byte()))
	case 4, 5, 6, 7:
		return fuzzStrings[int(s.byte())%len(fuzzStrings)]
	case 8:
		return s.string()
	case 9:
		return template.HTML(fuzzStrings[int(s.byte())%len(fuzzStrings)])
	case 10:
		return []any{math.MaxInt, math.MinInt, uint64(math.MaxUint64), int64(math.MinInt64), uint8(3), 1_000_000, int64(1e9), -1}[s.byte()%8]
	case 11:
		return []any{math.NaN(), math.Inf(1), -0.5, 1e300, float32(2.5), 3.0}[s.byte()%6]
	case 12:
		return s.byte()%2 == 0
	case 13:
		return time.Unix(int64(int8(s.byte()))*86400, 0).UTC()
	case 14:
		return []any{time.Hour, time.March, errors.New("an error"), complex(1, 2), [2]int{1, 2}}[s.byte()%5]
	case 15:
		return []any{make(chan int), func() {}, struct{ X int }{1}, &struct{ S []int }{}, (*time.Time)(nil)}[s.byte()%5]
	case 16:
		return (*page)(nil)
	case 17:
		return manyPages(int(s.byte()%4) + 1)[0]
	case 18:
		return manyPages(int(s.byte() % 5))
	case 19:
		return []string{"b", "a", "b", s.string()}
	case 20:
		return []int{3, 1, 2, int(s.byte())}
	case 21:
		return []author{{"Ann"}, {"Bob"}, {"Ann"}}
	case 22:
		return map[string]string{"a": "x", "b": s.string()}
	case 23:
		return map[int]any{1: "x", -1: nil}
	case 24, 25:
		out := make([]any, s.byte()%5)
		for i := range out {
			out[i] = s.value(depth + 1)
		}
		return out
	case 26, 27:
		out := make(map[string]any)
		for range s.byte() % 4 {
			out[fuzzStrings[int(s.byte())%len(fuzzStrings)]] = s.value(depth + 1)
		}
		return out
	case 28:
		v := s.value(depth + 1)
		return &v
	case 29:
		return map[any]any{1: s.value(depth + 1), "a": 2}
	case 30:
		return []map[string]any{{"a": s.value(depth + 1)}, {"a": 1, "A": 2}, nil}
	default:
		return [][]string{{"a"}, nil}
	}
}

// FuzzFunctions calls every function with arguments of all kinds: none may
// panic, hang, modify its arguments, or return a huge result.
func FuzzFunctions(f *testing.F) {
	funcs := allFuncs()
	for i := range funcs {
		for seed := range 12 {
			data := binary.LittleEndian.AppendUint16(nil, uint16(i))
			for j := range 40 {
				data = append(data, byte(i*31+seed*(57+j*j)+j*13))
			}
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < 3 {
			return
		}
		fn := funcs[int(binary.LittleEndian.Uint16(data))%len(funcs)]
		s := &source{data[2:]}
		args := make([]any, s.byte()%6)
		for i := range args {
			args[i] = s.value(0)
		}
		callAny(t, fn, args)
	})
}

func callAny(t *testing.T, fn namedFunc, args []any) {
	typ := fn.fn.Type()
	var in []reflect.Value
	for i, a := range args {
		if i >= typ.NumIn() && !typ.IsVariadic() {
			break
		}
		want := typ.In(min(i, typ.NumIn()-1))
		if typ.IsVariadic() && i >= typ.NumIn()-1 {
			want = want.Elem()
		}
		v, err := argument(a, want)
		if err != nil {
			return
		}
		in = append(in, v)
	}
	if len(in) < typ.NumIn() && (!typ.IsVariadic() || len(in) < typ.NumIn()-1) {
		return
	}
	before := fmt.Sprintf("%#v", args)
	out := fn.fn.Call(in)
	if after := fmt.Sprintf("%#v", args); after != before {
		t.Errorf("%s changed its arguments from %s to %s", fn.name, before, after)
	}
	if len(out) == 2 && !out[1].IsNil() {
		if err := out[1].Interface().(error); err.Error() == "" && !strings.Contains(fn.name, "rror") {
			t.Errorf("%s: an empty error", fn.name)
		}
		return
	}
	r := out[0]
	if r.Kind() == reflect.Interface {
		r = r.Elem()
	}
	if (r.Kind() == reflect.String || r.Kind() == reflect.Slice) && r.Len() > 4<<20 {
		t.Errorf("%s returned %d bytes or elements for %s", fn.name, r.Len(), before)
	}
}

// FuzzText checks what must hold for every text.
func FuzzText(f *testing.F) {
	for _, s := range fuzzStrings {
		f.Add(s, 3)
	}
	f.Add("<p>One <em>two</em> three</p><ul><li>four", 7)
	f.Add("a < b <<b>script>x", 2)
	f.Fuzz(func(t *testing.T, s string, n int) {
		sane := Sanitize(s)
		if again := Sanitize(sane); again != sane {
			t.Errorf("Sanitize(%q) = %q, and of that %q", s, sane, again)
		}
		if strings.ContainsAny(sane, " \t\n\"'<>&?") {
			t.Errorf("Sanitize(%q) = %q", s, sane)
		}
		for _, c := range []byte(Urlize(s)) {
			if c >= 0x80 || c <= ' ' {
				t.Errorf("Urlize(%q) = %q", s, Urlize(s))
			}
		}
		plain := Plainify(s)
		if strings.Contains(plain, "<") && strings.Contains(s, "<") {
			t.Errorf("Plainify(%q) = %q", s, plain)
		}
		if again := Plainify(plain); strings.Contains(s, "<") && Plainify(again) != again {
			t.Errorf("Plainify(%q) = %q isn't stable", s, plain)
		}
		n = int(uint(n) % 50)
		short := Truncate(s, n, "…")
		if short != s && !strings.Contains(short, "…") {
			t.Errorf("Truncate(%q, %d) = %q", s, n, short)
		}
		if !utf8.ValidString(s) {
			return
		}
		for name, out := range map[string]string{
			"Anchorize": Anchorize(s), "Humanize": Humanize(s), "Plainify": plain, "Pluralize": Pluralize(s),
			"Singularize": Singularize(s), "Sanitize": sane, "Title": Title(s), "Truncate": short,
		} {
			if !utf8.ValidString(out) {
				t.Errorf("%s(%q) = %q isn't UTF-8", name, s, out)
			}
		}
	})
}
