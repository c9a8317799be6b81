package funcs

import (
	"math"
	"testing"
)

func TestMath(t *testing.T) {
	data := map[string]any{"U": uint64(math.MaxUint64), "I8": int8(-4), "F32": float32(0.5), "Min": int64(math.MinInt64), "Max": int64(math.MaxInt64), "NaN": math.NaN()}
	for _, tt := range []example{
		{`{{ add 1 2 }} {{ add 1 2 3 }} {{ add 1 2.5 }} {{ add .I8 1 }} {{ add "a" "b" "c" }} {{ add .U 0 }} {{ add .U -1 }}`,
			`3 6 3.5 -3 abc 18446744073709551615 18446744073709551614`},
		{`{{ sub 12 3 2 }} {{ sub 1 2 }} {{ sub 1.5 1 }} {{ sub .Min -1 }} {{ sub 0 .Max 1 }}`, `7 -1 0.5 -9223372036854775807 -9223372036854775808`},
		{`{{ mul 2 3 4 }} {{ mul 2 .F32 }} {{ mul -2 3 }} {{ mul .Min 1 }} {{ mul -3 -4 }}`, `24 1 -6 -9223372036854775808 12`},
		{`{{ div 12 3 2 }} {{ div 7 2 }} {{ div -7 2 }} {{ div 7 2.0 }} {{ div 1.0 4 }} {{ div .Min -1 }}`, `2 3 -3 3.5 0.25 9223372036854775808`},
		{`{{ mod 15 4 }} {{ mod -15 4 }} {{ mod "15" 4.0 }} {{ modBool 15 5 }} {{ modBool 15 4 }} {{ mod .Min -1 }}`, `3 -3 3 true false 0`},
		{`{{ printf "%T %T %T %T" (add 1 2) (add 1 2.0) (div .Min -1) (mod 3 2) }}`, `int float64 uint64 int64`},
		{`{{ math.Abs -2.1 }} {{ math.Ceil 2.1 }} {{ math.Floor -2.1 }} {{ math.Round 2.5 }} {{ math.Round -2.5 }} {{ math.Round "1.4" }}`, `2.1 3 -3 3 -3 1`},
		{`{{ math.Sqrt 81 }} {{ math.Log 1 }} {{ pow 2 10 }} {{ math.Pow 2 -1 }} {{ math.Pi }} {{ math.MaxInt64 }}`, `9 0 1024 0.5 3.141592653589793 9223372036854775807`},
		{`{{ math.Sin 0 }} {{ math.Cos 0 }} {{ math.Tan 0 }} {{ math.Asin 0 }} {{ math.Acos 1 }} {{ math.Atan 0 }} {{ math.Atan2 0 1 }}`, `0 1 0 0 0 0 0`},
		{`{{ math.ToDegrees math.Pi }} {{ math.ToRadians 180 }}`, `180 3.141592653589793`},
		{`{{ math.Max 1 (slice 5 2.5) 4 }} {{ math.Min 1 (slice -5 2) }} {{ math.Sum (slice) 1 "2" }} {{ math.Product 2 (slice 3 4) }}`, `5 -5 3 24`},
		{`{{ range math.MaxInt64 }}{{ if eq . 2 }}{{ break }}{{ end }}{{ . }}{{ end }}`, `01`},
	} {
		tt.run(t, data)
	}
	for _, tt := range []example{
		{`{{ add 1 }}`, `add: want at least 2 numbers, have 1`},
		{`{{ add "a" }}`, `add: want at least 2 numbers, have 1`},
		{`{{ add 1 "2" }}`, `add: want numbers, have string "2"`},
		{`{{ add "a" 1 }}`, `add: want numbers, have string "a"`},
		{`{{ add nil 1 }}`, `add: want numbers, have nil`},
		{`{{ add .U 1 }}`, `add: the result with 18446744073709551615 and 1 is out of the range of whole numbers`},
		{`{{ sub .Min 1 }}`, `sub: the result with -9223372036854775808 and 1 is out of the range of whole numbers`},
		{`{{ mul .Max 3 }}`, `mul: the result with 9223372036854775807 and 3 is out of the range of whole numbers`},
		{`{{ mul .Min 2 }}`, `out of the range of whole numbers`},
		{`{{ div 1 0 }}`, `div: division by zero`},
		{`{{ div 1.5 0.0 }}`, `div: division by zero`},
		{`{{ mod 1 0 }}`, `mod: division of 1 by zero`},
		{`{{ mod 1.5 2 }}`, `mod: want a whole number, have 1.5`},
		{`{{ modBool "a" 2 }}`, `modBool: want a number, have string "a"`},
		{`{{ math.Sqrt "x" }}`, `math.Sqrt: want a number, have string "x"`},
		{`{{ math.Abs true }}`, `math.Abs: want a number, have bool`},
		{`{{ pow nil 2 }}`, `pow: want a number, have nil`},
		{`{{ pow 2 nil }}`, `pow: want a number, have nil`},
		{`{{ math.Max }}`, `math.Max: want at least one number`},
		{`{{ math.Sum (slice) }}`, `math.Sum: want at least one number`},
		{`{{ math.Min (slice "a") }}`, `math.Min: want a number, have string "a"`},
	} {
		tt.fail(t, data)
	}
}
