package funcs

import (
	"fmt"
	"math"
	"reflect"
	"strings"
)

// Math is the namespace math. Its functions take numbers of all types and
// numeric strings. Add, Sub, Mul and Div take no strings, and return a whole
// number when all arguments are.
type Math struct{}

// Add returns the sum of numbers, or joins strings: add A B….
func (Math) Add(values ...any) (any, error) {
	if s, ok, err := joined("add", values); ok || err != nil {
		return s, err
	}
	return arithmetic("add", values)
}

// Sub subtracts all following numbers from the first: sub A B….
func (Math) Sub(values ...any) (any, error) { return arithmetic("sub", values) }

// Mul returns the product of numbers: mul A B….
func (Math) Mul(values ...any) (any, error) { return arithmetic("mul", values) }

// Div divides the first number by all following ones: div A B…. A fraction of
// whole numbers is dropped.
func (Math) Div(values ...any) (any, error) { return arithmetic("div", values) }

// Mod returns the remainder of whole numbers: mod A B.
func (Math) Mod(a, b any) (int64, error) { return modulo("mod", a, b) }

func modulo(fn string, a, b any) (int64, error) {
	var n [2]int64
	for i, v := range []any{a, b} {
		f, err := toFloat(v)
		if err == nil && f != math.Trunc(f) {
			err = fmt.Errorf("want a whole number, have %v", f)
		}
		if err == nil {
			n[i], err = toInt64(v)
		}
		if err != nil {
			return 0, fmt.Errorf("%s: %w", fn, err)
		}
	}
	if n[1] == 0 {
		return 0, fmt.Errorf("%s: division of %d by zero", fn, n[0])
	}
	return n[0] % n[1], nil
}

// ModBool reports whether a number is a multiple of another: modBool A B.
func (Math) ModBool(a, b any) (bool, error) {
	rest, err := modulo("modBool", a, b)
	return err == nil && rest == 0, err
}

// Abs returns the absolute value: math.Abs X.
func (Math) Abs(x any) (float64, error) { return float1("math.Abs", math.Abs, x) }

// Acos returns the arccosine in radians: math.Acos X.
func (Math) Acos(x any) (float64, error) { return float1("math.Acos", math.Acos, x) }

// Asin returns the arcsine in radians: math.Asin X.
func (Math) Asin(x any) (float64, error) { return float1("math.Asin", math.Asin, x) }

// Atan returns the arctangent in radians: math.Atan X.
func (Math) Atan(x any) (float64, error) { return float1("math.Atan", math.Atan, x) }

// Atan2 returns the arctangent of y/x in radians: math.Atan2 Y X.
func (Math) Atan2(y, x any) (float64, error) { return float2("math.Atan2", math.Atan2, y, x) }

// Ceil rounds up: math.Ceil X.
func (Math) Ceil(x any) (float64, error) { return float1("math.Ceil", math.Ceil, x) }

// Cos returns the cosine of an angle in radians: math.Cos X.
func (Math) Cos(x any) (float64, error) { return float1("math.Cos", math.Cos, x) }

// Floor rounds down: math.Floor X.
func (Math) Floor(x any) (float64, error) { return float1("math.Floor", math.Floor, x) }

// Log returns the natural logarithm: math.Log X.
func (Math) Log(x any) (float64, error) { return float1("math.Log", math.Log, x) }

// Max returns the greatest of numbers and of the elements of slices: math.Max X….
func (Math) Max(values ...any) (float64, error) { return fold("math.Max", math.Max, values) }

// MaxInt64 returns the greatest 64-bit integer: math.MaxInt64.
func (Math) MaxInt64() int64 { return math.MaxInt64 }

// Min returns the least of numbers and of the elements of slices: math.Min X….
func (Math) Min(values ...any) (float64, error) { return fold("math.Min", math.Min, values) }

// Pi returns π: math.Pi.
func (Math) Pi() float64 { return math.Pi }

// Pow returns a to the power of b: pow A B.
func (Math) Pow(a, b any) (float64, error) { return float2("pow", math.Pow, a, b) }

// Product returns the product of numbers and of the elements of slices:
// math.Product X….
func (Math) Product(values ...any) (float64, error) {
	return fold("math.Product", func(a, b float64) float64 { return a * b }, values)
}

// Round rounds to the nearest whole number, and halves away from zero: math.Round X.
func (Math) Round(x any) (float64, error) { return float1("math.Round", math.Round, x) }

// Sin returns the sine of an angle in radians: math.Sin X.
func (Math) Sin(x any) (float64, error) { return float1("math.Sin", math.Sin, x) }

// Sqrt returns the square root: math.Sqrt X.
func (Math) Sqrt(x any) (float64, error) { return float1("math.Sqrt", math.Sqrt, x) }

// Sum returns the sum of numbers and of the elements of slices: math.Sum X….
func (Math) Sum(values ...any) (float64, error) {
	return fold("math.Sum", func(a, b float64) float64 { return a + b }, values)
}

// Tan returns the tangent of an angle in radians: math.Tan X.
func (Math) Tan(x any) (float64, error) { return float1("math.Tan", math.Tan, x) }

// ToDegrees converts radians: math.ToDegrees X.
func (Math) ToDegrees(x any) (float64, error) {
	return float1("math.ToDegrees", func(x float64) float64 { return x * 180 / math.Pi }, x)
}

// ToRadians converts degrees: math.ToRadians X.
func (Math) ToRadians(x any) (float64, error) {
	return float1("math.ToRadians", func(x float64) float64 { return x * math.Pi / 180 }, x)
}

func float1(fn string, f func(float64) float64, x any) (float64, error) {
	n, err := toFloat(x)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", fn, err)
	}
	return defined(fn, f(n), n)
}

// defined is the result of function fn, or an error when numbers gave none.
func defined(fn string, result float64, of ...float64) (float64, error) {
	if math.IsNaN(result) {
		return 0, fmt.Errorf("%s: there is no result for %s", fn, strings.Trim(fmt.Sprint(of), "[]"))
	}
	return result, nil
}

func float2(fn string, f func(a, b float64) float64, a, b any) (float64, error) {
	x, err := toFloat(a)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", fn, err)
	}
	y, err := toFloat(b)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", fn, err)
	}
	return defined(fn, f(x, y), x, y)
}

// fold combines numbers and the elements of slices.
func fold(fn string, op func(a, b float64) float64, values []any) (float64, error) {
	var out float64
	n := 0
	add := func(v any) error {
		f, err := toFloat(v)
		if err != nil {
			return fmt.Errorf("%s: %w", fn, err)
		}
		if n++; n == 1 {
			out = f
		} else {
			out = op(out, f)
		}
		return nil
	}
	for _, v := range values {
		s, ok := list(v)
		if !ok {
			s = reflect.ValueOf([]any{v})
		}
		for i := range s.Len() {
			if err := add(s.Index(i).Interface()); err != nil {
				return 0, err
			}
		}
	}
	if n == 0 {
		return 0, fmt.Errorf("%s: want at least one number", fn)
	}
	return out, nil
}
