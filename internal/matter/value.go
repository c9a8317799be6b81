package matter

import (
	"encoding"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// FromValue makes a tree without positions from a Go value: nil, booleans,
// numbers (json.Number and *big.Int too), strings, time.Time, types that
// marshal themselves to text, and slices, arrays and maps with keys of a string
// type of such values, and pointers to them. Maps are ordered by key. Other
// types, struct types among them, are errors, and so is what exceeds the default
// [Limits] of a data file, such as a map that contains itself.
func FromValue(v any) (*Node, error) {
	r := valueReader{builder{limits: dataLimits}}
	n := r.read(reflect.ValueOf(v), 1)
	if len(r.errs) > 0 {
		return nil, r.errs.Err()
	}
	return n, nil
}

type valueReader struct{ builder }

func (r *valueReader) read(v reflect.Value, depth int) *Node {
	for v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	n := r.node(Null, 0, 0)
	if n == nil || !v.IsValid() {
		return n
	}
	if handled, err := n.setSpecial(v); handled {
		if err != nil {
			r.fail(0, 0, "%w", err)
		}
		return n
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() || !r.deeper(depth, 0, 0) {
			return n
		}
		return r.read(v.Elem(), depth+1)
	case reflect.Slice, reflect.Array:
		if r.deeper(depth, 0, 0) {
			r.readList(n, v, depth)
		}
	case reflect.Map:
		if r.deeper(depth, 0, 0) {
			r.readMap(n, v, depth)
		}
	default:
		if !n.setScalar(v) {
			r.fail(0, 0, "values of type %s have no place in front matter", v.Type())
		}
	}
	return n
}

func (r *valueReader) readList(n *Node, v reflect.Value, depth int) {
	n.Kind = List
	for i := 0; i < v.Len() && !r.failed; i++ {
		n.push(r.read(v.Index(i), depth+1))
	}
}

func (r *valueReader) readMap(n *Node, v reflect.Value, depth int) {
	n.Kind = Map
	keys := v.MapKeys()
	for i, k := range keys {
		if k.Kind() == reflect.Interface {
			keys[i] = k.Elem()
		}
		if keys[i].Kind() != reflect.String {
			r.fail(0, 0, "the keys of a %s are not all strings", v.Type())
			return
		}
	}
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	for _, k := range keys {
		value := r.read(v.MapIndex(k), depth+1)
		if r.failed {
			break
		}
		r.add(n, Entry{Key: k.String(), Value: value})
	}
}

// setSpecial takes the value of types with a meaning of their own.
func (n *Node) setSpecial(v reflect.Value) (handled bool, err error) {
	if !v.CanInterface() || v.Kind() == reflect.Pointer && v.IsNil() {
		return false, nil
	}
	switch x := v.Interface().(type) {
	case time.Time:
		n.setTime(x, true)
		n.text = x.Format(time.RFC3339Nano)
	case json.Number:
		return true, n.setNumber(string(x))
	case *big.Int:
		if n.text = x.String(); !n.setInt(n.text, 10) {
			return true, fmt.Errorf("the number is too long")
		}
	case encoding.TextMarshaler:
		text, err := x.MarshalText()
		n.Kind, n.text, n.quoted = String, string(text), true
		return true, err
	default:
		return false, nil
	}
	return true, nil
}

func (n *Node) setScalar(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Bool:
		n.setBool(v.Bool())
		n.text = strconv.FormatBool(v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		n.text = strconv.FormatInt(v.Int(), 10)
		n.setInt(n.text, 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		n.text = strconv.FormatUint(v.Uint(), 10)
		n.setInt(n.text, 10)
	case reflect.Float32, reflect.Float64:
		n.setFloat(v.Float())
		n.text = strconv.FormatFloat(v.Float(), 'f', -1, v.Type().Bits())
	case reflect.String:
		n.Kind, n.text, n.quoted = String, v.String(), true
	default:
		return false
	}
	return true
}

// setNumber takes a number in JSON's notation.
func (n *Node) setNumber(text string) error {
	n.text = text
	if !strings.ContainsAny(text, ".eE") && n.setInt(text, 10) {
		return nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return fmt.Errorf("the number %s is out of range", quoteKey(text))
	}
	n.setFloat(f)
	return nil
}

// bigFloat returns the number that a long row of digits comes nearest to.
func bigFloat(digits string) float64 {
	f, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return math.Inf(1)
	}
	return f
}
