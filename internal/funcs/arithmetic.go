package funcs

import (
	"fmt"
	"math"
	"math/bits"
	"reflect"
	"strings"
)

// joined joins two or more strings. It is false for anything else.
func joined(fn string, values []any) (_ string, ok bool, _ error) {
	parts := make([]string, len(values))
	size := 0
	for i, v := range values {
		rv := reflect.ValueOf(v)
		if rv.Kind() != reflect.String {
			return "", false, nil
		}
		parts[i] = rv.String()
		size += len(parts[i])
	}
	if err := fits(fn, size); err != nil {
		return "", true, err
	}
	return strings.Join(parts, ""), len(values) > 1, nil
}

// arithmetic computes the first value with each of the others in turn. The
// result is an int if all are whole numbers (an int64 where an int is
// shorter, a uint64 beyond that), and else a float64. Overflow is an error.
func arithmetic(fn string, values []any) (any, error) {
	if len(values) < 2 {
		return nil, fmt.Errorf("%s: want at least 2 numbers, have %d", fn, len(values))
	}
	acc, err := toNumber(fn, values[0])
	if err != nil {
		return nil, err
	}
	for _, v := range values[1:] {
		n, err := toNumber(fn, v)
		if err != nil {
			return nil, err
		}
		if acc, err = compute(fn, acc, n); err != nil {
			return nil, err
		}
	}
	return acc.value(), nil
}

// number is an integer of 65 bits, a sign and a magnitude, or a float64.
type number struct {
	float bool
	f     float64
	neg   bool
	mag   uint64
}

func toNumber(fn string, v any) (number, error) {
	rv := indirect(reflect.ValueOf(v))
	switch {
	case rv.CanInt():
		return integer(rv.Int()), nil
	case rv.CanUint():
		return number{mag: rv.Uint()}, nil
	case rv.CanFloat():
		return number{float: true, f: rv.Float()}, nil
	}
	return number{}, wrong(fn, "numbers", v)
}

func integer(n int64) number {
	if n < 0 {
		return number{neg: true, mag: -uint64(n)}
	}
	return number{mag: uint64(n)}
}

func (n number) asFloat() float64 {
	switch {
	case n.float:
		return n.f
	case n.neg:
		return -float64(n.mag)
	}
	return float64(n.mag)
}

func (n number) String() string {
	if n.neg && n.mag > 0 {
		return fmt.Sprintf("-%d", n.mag)
	}
	return fmt.Sprint(n.mag)
}

// value returns the number in the type that templates get.
func (n number) value() any {
	switch {
	case n.float:
		return n.f
	case !n.neg && n.mag > math.MaxInt64:
		return n.mag
	}
	i := int64(n.mag)
	if n.neg {
		i = -i
	}
	if int64(int(i)) == i {
		return int(i)
	}
	return i
}

func compute(fn string, a, b number) (number, error) {
	if !b.float && b.mag == 0 || b.float && b.f == 0 {
		if fn == "div" {
			return number{}, fmt.Errorf("div: division by zero")
		}
	}
	if a.float || b.float {
		return number{float: true, f: computeFloat(fn, a.asFloat(), b.asFloat())}, nil
	}
	out, ok := computeInt(fn, a, b)
	if !ok || out.neg && out.mag > 1<<63 {
		return out, fmt.Errorf("%s: the result with %v and %v is out of the range of whole numbers", fn, a, b)
	}
	return out, nil
}

func computeFloat(fn string, a, b float64) float64 {
	switch fn {
	case "add":
		return a + b
	case "sub":
		return a - b
	case "mul":
		return a * b
	}
	return a / b
}

// computeInt computes with integers. ok is false on overflow.
func computeInt(fn string, a, b number) (out number, ok bool) {
	switch fn {
	case "mul":
		high, low := bits.Mul64(a.mag, b.mag)
		return number{neg: a.neg != b.neg, mag: low}, high == 0
	case "div":
		return number{neg: a.neg != b.neg, mag: a.mag / b.mag}, true
	case "sub":
		b.neg = !b.neg
	}
	switch {
	case a.neg == b.neg:
		sum, carry := bits.Add64(a.mag, b.mag, 0)
		return number{neg: a.neg, mag: sum}, carry == 0
	case a.mag < b.mag:
		return number{neg: b.neg, mag: b.mag - a.mag}, true
	}
	return number{neg: a.neg, mag: a.mag - b.mag}, true
}
