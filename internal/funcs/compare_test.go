package funcs

import (
	"html/template"
	"math"
	"testing"
	"time"

	"github.com/pelletier/go-toml/v2"
)

// version decides itself how it compares.
type version struct{ major int }

func (v *version) Compare(other any) int {
	if o, ok := other.(*version); ok {
		return v.major - o.major
	}
	return 1
}

func (v *version) Eq(other any) bool {
	o, ok := other.(*version)
	return ok && v.major == o.major
}

func TestCompare(t *testing.T) {
	p, q := &page{title: "a"}, &page{title: "a"}
	data := map[string]any{
		"V1": &version{1}, "V1a": &version{1}, "V2": &version{2}, "NilV": (*version)(nil),
		"P": p, "Q": q, "Noon": noon, "Local": noon.In(time.FixedZone("x", 7200)), "Zero": time.Time{}, "NoonPtr": &noon,
		"U": uint(3), "I8": int8(-1), "F": 3.0, "F32": float32(0.5), "Big": uint64(math.MaxUint64), "HTML": template.HTML("x"),
		"Date": toml.LocalDate{Year: 2024, Month: 2, Day: 29}, "Nil": nil, "NilPage": (*page)(nil), "Params": map[string]any{},
		"Strings": []string{"a"}, "Anys": []any{"a"}, "Ints": []int{1, 2}, "Int64s": []int64{1, 2}, "Func": func() {},
	}
	for _, tt := range []example{
		{`{{ eq 1 1 }}{{ eq 1 2 }}{{ eq 1 2 3 1 }}{{ eq 1 1.0 }}{{ eq .U 3 .F }}{{ eq .U .F }}{{ eq .I8 -1 }}{{ eq .Big -1 }}`,
			`truefalsetruetruetruetruetruefalse`},
		{`{{ eq "a" "a" }}{{ eq "a" "A" }}{{ eq "1" 1 }}{{ eq .HTML "x" }}{{ eq true true }}{{ eq true 1 }}{{ eq "" nil }}{{ eq 0 nil }}`,
			`truefalsefalsetruetruefalsefalsefalse`},
		{`{{ eq .Noon .Local }}{{ eq .Noon .NoonPtr }}{{ eq .Noon .Zero }}{{ eq .Noon "2024-02-29" }}{{ eq .Nil nil .NilPage }}{{ eq .P nil }}`,
			`truetruefalsefalsetruefalse`},
		{`{{ eq .P .P }}{{ eq .P .Q }}{{ eq .V1 .V1a }}{{ eq .V1 .V2 }}{{ eq 1 .V1 }}{{ eq .NilV nil }}{{ eq .Func .Func }}`,
			`truefalsetruefalsefalsetruefalse`},
		{`{{ eq .Strings .Anys }}{{ eq .Ints .Int64s }}{{ eq (slice 1 (slice 2)) (slice 1 (slice 3)) }}{{ eq (slice) (dict) }}{{ eq .Params (dict) }}`,
			`truetruefalsefalsetrue`},
		{`{{ eq (dict "a" (slice 1)) (dict "a" (slice 1.0)) }}{{ eq (dict "a" 1) (dict "b" 1) }}{{ eq (dict "a" 1) (dict "a" 1 "b" 2) }}`,
			`truefalsefalse`},
		{`{{ ne 1 2 3 }}{{ ne 1 2 1 }}{{ ne "a" "a" }}{{ ne .V1 .V2 }}`, `truefalsefalsetrue`},
		{`{{ lt 1 2 }}{{ lt 1 2 1 }}{{ lt 1.5 2 }}{{ lt .I8 .U }}{{ lt .U .Big }}{{ lt .Big 1 }}{{ gt .Big .F }}{{ lt .F32 1 }}`,
			`truefalsetruetruetruefalsetruetrue`},
		{`{{ le 1 1 2 }}{{ ge 2 1 2 }}{{ gt 2 1 2 }}{{ gt "b" "a" }}{{ lt "10" "9" }}{{ lt "10" 9 }}{{ gt 10 "9.5" }}`,
			`truetruefalsetruetruefalsetrue`},
		{`{{ gt .Noon .Zero }}{{ gt .Noon "2024-02-28" }}{{ lt .Date .Noon }}{{ gt "2024-03-01" .Date }}{{ ge .Noon .Local }}`,
			`truetruetruetruetrue`},
		{`{{ gt .Noon 0 }}{{ gt .Noon .Noon.Unix }}{{ ge .Noon .Noon.Unix }}{{ lt 1.5 .Noon }}{{ gt .Zero 0 }}`, `truefalsetruetruefalse`},
		{`{{ gt true false }}{{ lt .Nil 1 }}{{ lt -1 .Nil }}{{ lt .Nil "a" }}{{ ge .Nil 0 }}{{ lt .Nil .Noon }}{{ gt .Nil (slice) }}{{ lt .Nil .Big }}`,
			`truetruetruetruetruetruefalsetrue`},
		{`{{ gt .Ints 1 }}{{ gt .Ints .Strings }}{{ lt 1 .Ints }}{{ lt .V1 .V2 }}{{ gt .V2 .V1 }}{{ lt 1 .V1 }}`, `truetruetruetruetruetrue`},
		{`{{ cond true "a" "b" }}{{ cond 0 "a" "b" }}{{ cond .Zero "a" "b" }}{{ cond .P "a" "b" }}{{ cond .NilPage "a" "b" }}`, `abbab`},
		{`{{ default 1 }}{{ default 1 2 }}{{ default 1 0 }}{{ default 1 "" }}{{ default 1 false }}{{ default 1 .Params.x }}{{ .Params.x | default 1 }}`,
			`1211false11`},
		{`{{ default 1 .Zero }}{{ default 1 (slice) }}{{ default 1 0.0 }}{{ (default .Q .P).Title }}`, `111a`},
	} {
		tt.run(t, data)
	}
	for _, tt := range []example{
		{`{{ eq 1 }}`, `eq: want at least 2 values to compare, have 1`},
		{`{{ ne 1 }}`, `ne: want at least 2 values to compare, have 1`},
		{`{{ lt 1 }}`, `lt: want at least 2 values to compare, have 1`},
		{`{{ lt 1 "a" }}`, `lt: can't order int and string "a"`},
		{`{{ gt "a" 1 }}`, `gt: can't order string "a" and int`},
		{`{{ ge .P .Q }}`, `ge: can't order *funcs.page and *funcs.page`},
		{`{{ le true 1 }}`, `le: can't order bool and int`},
		{`{{ lt .Noon "soon" }}`, `lt: can't order time.Time and string "soon"`},
		{`{{ default 1 2 3 }}`, `default: want a default and an input, have 3 arguments`},
	} {
		tt.fail(t, data)
	}
}

func TestEqualOfCycles(t *testing.T) {
	l := newLibrary(Options{})
	a, b := map[string]any{"n": 1}, map[string]any{"n": 1}
	a["self"], b["self"] = a, b
	if !(&comparison{lib: l}).equal(a, b) {
		t.Error("equal cycles differ")
	}
	b["n"] = 2
	if (&comparison{lib: l}).equal(a, b) {
		t.Error("different cycles are equal")
	}
	x, y := []any{nil, nil}, []any{nil, nil}
	x[0], x[1], y[0], y[1] = x, x, y, y
	if !(&comparison{lib: l}).equal(x, y) {
		t.Error("equal cycles of slices differ")
	}
}

// The order of strings must be one: sorting relies on it.
func TestCompareFold(t *testing.T) {
	words := []string{"", "a", "A", "b", "B", "ab", "aB", "Ab", "é", "É", "éa", "Éa", "k", "K", "K", "z", "Z", "\xff", "a\xff", "ß", "ss"}
	for _, a := range words {
		for _, b := range words {
			ab, ba := compareFold(a, b), compareFold(b, a)
			if sign(ab) != -sign(ba) || (ab == 0) != (a == b) {
				t.Errorf("%q and %q: %d and %d", a, b, ab, ba)
			}
			for _, c := range words {
				if ab < 0 && compareFold(b, c) < 0 && compareFold(a, c) >= 0 {
					t.Errorf("%q < %q < %q, but not the first and the last", a, b, c)
				}
			}
		}
	}
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

func TestCast(t *testing.T) {
	n := 7
	data := map[string]any{
		"Duration": time.Minute, "HTML": template.HTML("<b>"), "U": uint64(math.MaxUint64), "F": 2.9, "Huge": 1e300,
		"NaN": math.NaN(), "Bytes": []byte("ab"), "Noon": noon, "F32": float32(0.1), "Ptr": &n, "NilPtr": (*int)(nil),
		"NilTime": (*time.Time)(nil), "Err": errType{}, "Nil": nil,
	}
	for _, tt := range []example{
		{`{{ int 11 }} {{ int "11" }} {{ int .F }} {{ int "-2.9" }} {{ int "0x1f" }} {{ int "0b11" }} {{ int "011" }} {{ int "0o11" }}`, `11 11 2 -2 31 3 9 9`},
		{`{{ int true }} {{ int false }} {{ int .Duration }} {{ int .Ptr }} {{ int "1e3" }} {{ int "0.9" }} {{ int "0" }}`, `1 0 60000000000 7 1000 0 0`},
		{`{{ float 11 }} {{ float "11.5" }} {{ float true }} {{ float .U }} {{ float "011" }} {{ printf "%T" (float 1) }}`,
			`11 11.5 1 1.8446744073709552e+19 11 float64`},
		{`{{ string 11 }} {{ string .F }} {{ string .F32 }} {{ string true }} {{ string .HTML }} {{ string .Bytes }} {{ string .Duration }} {{ string .U }}`,
			`11 2.9 0.1 true <b> ab 1m0s 18446744073709551615`},
		{`{{ string .Noon }}|{{ string .Nil }}|{{ string .NilPtr }}|{{ string .NilTime }}|{{ string .Err }}|{{ string .Ptr }}|{{ string 1e21 }}`,
			`2024-02-29 12:00:00 +0000 UTC||||an error|7|1000000000000000000000`},
		{`{{ printf "%T %T" (int "3") (string 3) }}`, `int string`},
	} {
		tt.run(t, data)
	}
	for _, tt := range []example{
		{`{{ int nil }}`, `int: want a whole number, have nil`},
		{`{{ int "" }}`, `int: want a whole number, have string ""`},
		{`{{ int "x" }}`, `int: want a whole number, have string "x"`},
		{`{{ int "08" }}`, `int: "08" isn't a number: the leading 0 means octal, remove it`},
		{`{{ int .U }}`, `int: 18446744073709551615 is out of range`},
		{`{{ int .Huge }}`, `int: 1e+300 is out of range`},
		{`{{ int .NaN }}`, `int: NaN is out of range`},
		{`{{ int (slice) }}`, `int: want a whole number, have []any`},
		{`{{ float "x" }}`, `float: want a number, have string "x"`},
		{`{{ float nil }}`, `float: want a number, have nil`},
		{`{{ string (slice 1) }}`, `string: want text, have []int`},
		{`{{ string (dict) }}`, `string: want text, have map[string]any`},
	} {
		tt.fail(t, data)
	}
}

type errType struct{}

func (errType) Error() string { return "an error" }
