package funcs

import (
	"cmp"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// class sorts values by how they compare.
type class uint8

const (
	classNil class = iota
	classBool
	classInt
	classUint // above the range of int64
	classFloat
	classString
	classTime
	classList  // slices, arrays and maps, ordered by their length
	classOther // equal or not, without an order
)

// operand is a value made ready for comparing.
type operand struct {
	class class
	n     int64 // bool as 0 or 1, integer (classUint: its bits), Unix seconds, or length
	f     float64
	s     string
}

// Values with these methods decide themselves how they compare.
type (
	comparer interface{ Compare(any) int }
	eqer     interface{ Eq(any) bool }
)

// localTime is implemented by the date types of go-toml, which have no zone.
type localTime interface {
	AsTime(*time.Location) time.Time
}

// operand classifies v. Pointers count as what they point to, unless that is
// of classOther.
func (l *library) operand(v any) operand {
	switch v := v.(type) {
	case nil:
		return operand{}
	case string:
		return operand{class: classString, s: v}
	case int:
		return operand{class: classInt, n: int64(v)}
	case bool:
		return operand{class: classBool, n: int64(boolNumber[int](v))}
	case float64:
		return operand{class: classFloat, f: v}
	case time.Time:
		return operand{class: classTime, n: v.Unix(), f: float64(v.Nanosecond())}
	}
	rv := indirect(reflect.ValueOf(v))
	switch kind := rv.Kind(); {
	case kind == reflect.Invalid:
		return operand{}
	case rv.CanInt():
		return operand{class: classInt, n: rv.Int()}
	case rv.CanUint():
		u := rv.Uint()
		if int64(u) < 0 {
			return operand{class: classUint, n: int64(u)}
		}
		return operand{class: classInt, n: int64(u)}
	case rv.CanFloat():
		return operand{class: classFloat, f: rv.Float()}
	case kind == reflect.String:
		return operand{class: classString, s: rv.String()}
	case kind == reflect.Bool:
		return operand{class: classBool, n: int64(boolNumber[int](rv.Bool()))}
	case kind == reflect.Slice || kind == reflect.Array || kind == reflect.Map:
		return operand{class: classList, n: int64(rv.Len())}
	case kind == reflect.Struct:
		switch t := rv.Interface().(type) {
		case time.Time:
			return l.operand(t)
		case localTime:
			return l.operand(t.AsTime(l.loc))
		}
	}
	return operand{class: classOther}
}

func (c class) number() bool { return c >= classInt && c <= classFloat }

// float is the value of a number.
func (o operand) float() float64 {
	switch o.class {
	case classInt:
		return float64(o.n)
	case classUint:
		return float64(uint64(o.n))
	}
	return o.f
}

// sameClass compares two operands of one class, or two numbers.
func sameClass(a, b operand) int {
	switch {
	case a.class != b.class && (a.class == classFloat || b.class == classFloat):
		return cmp.Compare(a.float(), b.float())
	case a.class != b.class: // an int64 and a uint64 above its range
		return cmp.Compare(a.class, b.class)
	case a.class == classString:
		return strings.Compare(a.s, b.s)
	case a.class == classUint:
		return cmp.Compare(uint64(a.n), uint64(b.n))
	}
	return cmp.Or(cmp.Compare(a.n, b.n), cmp.Compare(a.f, b.f))
}

// order compares a and b for lt and its kin. Nil counts as the other's zero
// value, a collection beside a number as its length, and a string beside a
// number or a time as the number or time that it spells. ok is false when
// the two have no order.
func (l *library) order(a, b any) (c int, ok bool) {
	if x, ok := a.(comparer); ok && !nilPointer(a) {
		return x.Compare(b), true
	}
	if x, ok := b.(comparer); ok && !nilPointer(b) {
		return -x.Compare(a), true
	}
	x, y := l.operand(a), l.operand(b)
	if x.class > y.class {
		c, ok = l.orderOperands(y, x)
		return -c, ok
	}
	return l.orderOperands(x, y)
}

// orderOperands expects the operand of the lower class first.
func (l *library) orderOperands(x, y operand) (int, bool) {
	switch {
	case y.class == classOther:
		return 0, false
	case x.class == y.class || x.class.number() && y.class.number():
		return sameClass(x, y), true
	case x.class == classNil:
		x = operand{class: y.class}
		if y.class == classTime {
			x.n = time.Time{}.Unix()
		}
		return sameClass(x, y), true
	case x.class.number() && y.class == classList:
		return sameClass(x, operand{class: classInt, n: y.n}), true
	case x.class.number() && y.class == classTime: // by seconds since 1970: gt .Date 0
		return cmp.Compare(x.float(), float64(y.n)), true
	case x.class.number() && y.class == classString:
		f, err := strconv.ParseFloat(y.s, 64)
		return cmp.Compare(x.float(), f), err == nil
	case x.class == classString && y.class == classTime:
		t, err := parseTime(x.s, l.loc)
		return sameClass(l.operand(t), y), err == nil
	}
	return 0, false
}

// comparison finds out which values are equal, one after the other. After a false result, tooMuch may be set.
type comparison struct {
	lib *library
	effort
	open  map[pair]bool // collections under comparison, which ends cycles
	depth int           // how many of them are one in the other
}

// pair is two collections under comparison, by address and length.
type pair struct {
	a, b uintptr
	n    int
}

// equal reports whether a and b are equal: numbers by value whatever their
// types, times as instants, collections by their elements, pointers when
// they are the same. A method Eq(any) bool of either decides, if there is one.
func (c *comparison) equal(a, b any) bool {
	switch x := a.(type) {
	case string:
		if y, ok := b.(string); ok {
			return x == y
		}
	case int:
		if y, ok := b.(int); ok {
			return x == y
		}
	}
	c.open, c.depth = nil, 0
	return c.equalDeep(a, b)
}

// equalDeep is equal within the collections of open.
func (c *comparison) equalDeep(a, b any) bool {
	if x, ok := a.(eqer); ok && !nilPointer(a) {
		return x.Eq(b)
	}
	if x, ok := b.(eqer); ok && !nilPointer(b) {
		return x.Eq(a)
	}
	x, y := c.lib.operand(a), c.lib.operand(b)
	switch {
	case x.class.number() && y.class.number():
		return sameClass(x, y) == 0
	case x.class != y.class:
		return false
	case x.class == classList:
		return x.n == y.n && c.equalLists(indirect(reflect.ValueOf(a)), indirect(reflect.ValueOf(b)))
	case x.class == classOther:
		v, w := reflect.ValueOf(a), reflect.ValueOf(b)
		return v.Comparable() && w.Comparable() && a == b
	}
	return sameClass(x, y) == 0
}

// equalLists compares two slices, arrays or maps of the same length.
func (c *comparison) equalLists(a, b reflect.Value) bool {
	if (a.Kind() == reflect.Map) != (b.Kind() == reflect.Map) {
		return false
	}
	if a.Kind() != reflect.Array && b.Kind() != reflect.Array {
		p := pair{a.Pointer(), b.Pointer(), a.Len()}
		if p.a == p.b || c.open[p] {
			return true
		}
		if c.open == nil {
			c.open = make(map[pair]bool)
		}
		c.open[p] = true
	}
	if c.depth++; c.depth > maxNesting {
		c.tooMuch = errTooDeep
		return false
	}
	defer func() { c.depth-- }()
	if a.Kind() == reflect.Map {
		return c.equalMaps(a, b)
	}
	for i := range a.Len() {
		if !c.equalElements(a.Index(i), b.Index(i)) {
			return false
		}
	}
	return true
}

func (c *comparison) equalMaps(a, b reflect.Value) bool {
	if a.Type().Key() != b.Type().Key() {
		return false
	}
	for it := a.MapRange(); it.Next(); {
		w := b.MapIndex(it.Key())
		if !w.IsValid() || !c.equalElements(it.Value(), w) {
			return false
		}
	}
	return true
}

// equalElements compares an element each of two collections.
func (c *comparison) equalElements(a, b reflect.Value) bool {
	x, y := a.Interface(), b.Interface()
	text, _ := x.(string)
	c.spend(1, len(text))
	return c.tooMuch == nil && c.equalDeep(x, y)
}

// compareFold orders strings without regard to case, and those that differ
// in case alone by their bytes.
func compareFold(a, b string) int {
	for i := 0; i < len(a) && i < len(b); i++ {
		x, y := a[i], b[i]
		if x >= utf8.RuneSelf || y >= utf8.RuneSelf {
			// No rune starts before i in one string only: all before was ASCII.
			return cmp.Or(compareFoldRunes(a[i:], b[i:]), strings.Compare(a, b))
		}
		if x == y {
			continue
		}
		if c := cmp.Compare(lowerASCII(x), lowerASCII(y)); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}

func lowerASCII(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func compareFoldRunes(a, b string) int {
	for a != "" && b != "" {
		x, n := utf8.DecodeRuneInString(a)
		y, m := utf8.DecodeRuneInString(b)
		if c := cmp.Compare(unicode.ToLower(x), unicode.ToLower(y)); c != 0 {
			return c
		}
		a, b = a[n:], b[m:]
	}
	return cmp.Compare(len(a), len(b))
}
