package funcs

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
)

// Cast is the namespace cast: conversions between scalar types.
type Cast struct{}

// ToFloat converts a number, a boolean or a decimal string: float INPUT.
func (Cast) ToFloat(v any) (float64, error) {
	if b, ok := v.(bool); ok {
		return boolNumber[float64](b), nil
	}
	f, err := toFloat(v)
	if err != nil {
		return 0, fmt.Errorf("float: %w", err)
	}
	return f, nil
}

// ToInt converts a number, a boolean or a string, and drops a fraction: int
// INPUT. A string may have a prefix as in Go: 0b, 0x, and 0 or 0o for octal.
func (Cast) ToInt(v any) (int, error) {
	if b, ok := v.(bool); ok {
		return boolNumber[int](b), nil
	}
	n, err := toInt(v)
	if err != nil {
		return 0, fmt.Errorf("int: %w", err)
	}
	return n, nil
}

// ToString converts a scalar, an error or anything with a String method:
// string INPUT. Nil is the empty string.
func (Cast) ToString(v any) (string, error) { return text("string", v) }

func boolNumber[N int | float64](b bool) N {
	if b {
		return 1
	}
	return 0
}

// text is the text of a scalar, for function fn. Nil is "".
func text(fn string, v any) (string, error) {
	s, ok := v.(string)
	if !ok {
		if s, ok = toString(v); !ok {
			return "", wrong(fn, "text", v)
		}
	}
	if len(s) > maxText {
		return "", fits(fn, len(s))
	}
	return s, nil
}

// text2 is text for two arguments.
func text2(fn string, a, b any) (string, string, error) {
	as, err := text(fn, a)
	if err != nil {
		return "", "", err
	}
	bs, err := text(fn, b)
	return as, bs, err
}

// toString formats scalars, errors and Stringers. It is false for others.
func toString(v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case []byte:
		return string(v), true
	case int:
		return strconv.Itoa(v), true
	case float32:
		return strconv.FormatFloat(float64(v), 'f', -1, 32), true
	}
	rv := reflect.ValueOf(v)
	if rv.Kind() == reflect.Pointer && rv.IsNil() {
		return "", true
	}
	switch v := v.(type) {
	case error:
		return v.Error(), true
	case fmt.Stringer:
		return v.String(), true
	}
	switch rv = indirect(rv); rv.Kind() {
	case reflect.Invalid:
		return "", true
	case reflect.String:
		return rv.String(), true
	case reflect.Bool:
		return strconv.FormatBool(rv.Bool()), true
	case reflect.Float32, reflect.Float64:
		return strconv.FormatFloat(rv.Float(), 'f', -1, 64), true
	}
	switch {
	case rv.CanInt():
		return strconv.FormatInt(rv.Int(), 10), true
	case rv.CanUint():
		return strconv.FormatUint(rv.Uint(), 10), true
	}
	return "", false
}

// toInt converts a number or a numeric string; a fraction is dropped.
func toInt(v any) (int, error) {
	if n, ok := v.(int); ok {
		return n, nil
	}
	n, err := toInt64(v)
	if err == nil && int64(int(n)) != n {
		return 0, fmt.Errorf("%d is out of range", n)
	}
	return int(n), err
}

func toInt64(v any) (int64, error) {
	rv := indirect(reflect.ValueOf(v))
	switch {
	case rv.CanInt():
		return rv.Int(), nil
	case rv.CanUint():
		if u := rv.Uint(); u > math.MaxInt64 {
			return 0, fmt.Errorf("%d is out of range", u)
		}
		return int64(rv.Uint()), nil
	case rv.CanFloat():
		return floatToInt(rv.Float())
	case rv.Kind() == reflect.String:
		return parseInt(rv.String())
	}
	return 0, fmt.Errorf("want a whole number, have %s", describe(v))
}

func floatToInt(f float64) (int64, error) {
	// The bounds are the nearest floats within the range of int64.
	if f >= -1<<63 && f < 1<<63 {
		return int64(f), nil
	}
	return 0, fmt.Errorf("%v is out of range", f)
}

func parseInt(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 0, 64)
	if err == nil {
		return n, nil
	}
	if len(s) > 1 && s[0] == '0' && '0' <= s[1] && s[1] <= '9' {
		return 0, fmt.Errorf("%q isn't a number: the leading 0 means octal, remove it", s)
	}
	if f, ferr := strconv.ParseFloat(s, 64); ferr == nil {
		return floatToInt(f)
	}
	return 0, fmt.Errorf("want a whole number, have string %q", s)
}

// toFloat converts a number or a decimal string.
func toFloat(v any) (float64, error) {
	if f, ok := v.(float64); ok {
		return f, nil
	}
	rv := indirect(reflect.ValueOf(v))
	switch {
	case rv.CanFloat():
		return rv.Float(), nil
	case rv.CanInt():
		return float64(rv.Int()), nil
	case rv.CanUint():
		return float64(rv.Uint()), nil
	case rv.Kind() == reflect.String:
		// Text such as NaN and Infinity is a word, not a number.
		if f, err := strconv.ParseFloat(rv.String(), 64); err == nil && !math.IsNaN(f) && !math.IsInf(f, 0) {
			return f, nil
		}
	}
	return 0, fmt.Errorf("want a number, have %s", describe(v))
}

// whole is toInt for function fn, with the name of what is wanted.
func whole(fn, what string, v any) (int, error) {
	n, err := toInt(v)
	if err != nil {
		return 0, fmt.Errorf("%s: %s: %w", fn, what, err)
	}
	return n, nil
}
