package i18n

import (
	"math"
	"reflect"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// number is the operands of the plural rules, by the names of UTS #35.
type number struct{ i, v, w, f, t int }

// form returns the plural form of a language for the number.
func (n number) form(tag language.Tag) plural.Form {
	form := plural.Cardinal.MatchPlural(tag, n.i, n.v, n.w, n.f, n.t)
	if form == plural.Other && n.i != 0 && n.i%1_000_000 == 0 && n.v == 0 {
		// These languages say "millions of": later rules than the tables have.
		switch base, _ := tag.Base(); base.String() {
		case "ca", "es", "fr", "it", "pt":
			return plural.Many
		}
	}
	return form
}

// fold makes n small enough for an int and the plural rules, which look at its
// last six digits and at whether there are more.
func fold(n uint64) int {
	if n >= 2_000_000 {
		n = n%1_000_000 + 1_000_000
	}
	return int(n)
}

func ofInt(n int64) number {
	if n < 0 {
		return ofUint(-uint64(n))
	}
	return ofUint(uint64(n))
}

func ofUint(n uint64) number { return number{i: fold(n)} }

func ofFloat(f float64, bits int) (number, bool) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return number{}, false
	}
	if f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		return ofInt(int64(f)), true
	}
	return ofString(strconv.FormatFloat(f, 'f', -1, bits))
}

// ofString reads a decimal number.
func ofString(s string) (n number, ok bool) {
	s = strings.TrimPrefix(s, "-")
	whole, fraction, point := strings.Cut(s, ".")
	if n.i, ok = digits(whole); !ok || !point {
		return n, ok
	}
	short := strings.TrimRight(fraction, "0")
	n.v, n.w = len(fraction), len(short)
	if n.f, ok = digits(fraction); ok && short != "" {
		n.t, ok = digits(short)
	}
	return n, ok
}

func digits(s string) (int, bool) {
	n := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = fold(uint64(n)*10 + uint64(c-'0'))
	}
	return n, s != ""
}

// countOf returns the number that data is or has.
func countOf(data any) (number, bool) {
	switch v := data.(type) {
	case nil:
		return number{}, false
	case int:
		return ofInt(int64(v)), true
	case string:
		return ofString(v)
	case map[string]any:
		return ofValue(reflect.ValueOf(mapCount(v)))
	}
	v := reflect.ValueOf(data)
	if n, ok := ofValue(v); ok {
		return n, true
	}
	return ofValue(memberCount(v))
}

// ofValue returns the number that v is.
func ofValue(v reflect.Value) (number, bool) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	switch {
	case !v.IsValid():
		return number{}, false
	case v.CanInt():
		return ofInt(v.Int()), true
	case v.CanUint():
		return ofUint(v.Uint()), true
	case v.CanFloat():
		return ofFloat(v.Float(), v.Type().Bits())
	case v.Kind() == reflect.String:
		return ofString(v.String())
	}
	return number{}, false
}

func isCount(key string) bool { return strings.EqualFold(key, "Count") }

// mapCount returns the value of the key Count, or else of that key in another
// case; of several, the one that sorts first.
func mapCount(m map[string]any) any {
	if v, ok := m["Count"]; ok {
		return v
	}
	found := ""
	for k := range m {
		if isCount(k) && (found == "" || k < found) {
			found = k
		}
	}
	return m[found]
}

// memberCount returns the Count of a value with a method, a field or a key of
// that name; the zero Value if it has none.
func memberCount(v reflect.Value) reflect.Value {
	if m := v.MethodByName("Count"); m.IsValid() && m.Type().NumIn() == 0 && m.Type().NumOut() == 1 {
		if v.Kind() == reflect.Pointer && v.IsNil() {
			return reflect.Value{}
		}
		return m.Call(nil)[0]
	}
	for v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Struct:
		if f, ok := v.Type().FieldByName("Count"); ok && f.IsExported() {
			count, err := v.FieldByIndexErr(f.Index)
			if err == nil {
				return count
			}
		}
	case reflect.Map:
		if v.Type().Key().Kind() == reflect.String {
			return keyCount(v)
		}
	}
	return reflect.Value{}
}

// keyCount is mapCount for maps of any type with strings as keys.
func keyCount(m reflect.Value) reflect.Value {
	var found reflect.Value
	best := ""
	for iter := m.MapRange(); iter.Next(); {
		switch k := iter.Key().String(); {
		case k == "Count":
			return iter.Value()
		case isCount(k) && (best == "" || k < best):
			best, found = k, iter.Value()
		}
	}
	return found
}
