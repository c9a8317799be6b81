package i18n

import (
	"reflect"
	"strconv"
)

// The types of a number as the dot of a template: it prints as itself, and
// has itself as .Count too.
type (
	intDot    int64
	uintDot   uint64
	floatDot  float64
	stringDot string
)

func (n intDot) Count() int64     { return int64(n) }
func (n uintDot) Count() uint64   { return uint64(n) }
func (n floatDot) Count() float64 { return float64(n) }
func (n stringDot) Count() string { return string(n) }

// dotOf returns the dot of a template for data.
func dotOf(data any) any {
	switch v := data.(type) {
	case nil, map[string]any:
		return data
	case int:
		return intDot(v)
	}
	v := reflect.ValueOf(data)
	if v.NumMethod() > 0 {
		return data
	}
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	switch {
	case v.CanInt():
		return intDot(v.Int())
	case v.CanUint():
		return uintDot(v.Uint())
	case v.Kind() == reflect.Float32:
		// The nearest float64 to what the float32 prints as.
		f, err := strconv.ParseFloat(strconv.FormatFloat(v.Float(), 'g', -1, 32), 64)
		if err != nil {
			return data
		}
		return floatDot(f)
	case v.Kind() == reflect.Float64:
		return floatDot(v.Float())
	case v.Kind() == reflect.String:
		if _, ok := ofString(v.String()); ok {
			return stringDot(v.String())
		}
	}
	return data
}
