package funcs

import "reflect"

// Reflect is the namespace reflect, without the functions that know pages.
type Reflect struct{}

// IsMap reports whether a value is a map: reflect.IsMap VALUE.
func (Reflect) IsMap(v any) bool { return reflect.ValueOf(v).Kind() == reflect.Map }

// IsSlice reports whether a value is a slice: reflect.IsSlice VALUE.
func (Reflect) IsSlice(v any) bool { return reflect.ValueOf(v).Kind() == reflect.Slice }
