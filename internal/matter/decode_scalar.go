package matter

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"time"

	"github.com/jam-go/jam/internal/diag"
	"go.yaml.in/yaml/v4"
)

var (
	timeType     = reflect.TypeFor[time.Time]()
	durationType = reflect.TypeFor[time.Duration]()
	bytesType    = reflect.TypeFor[[]byte]()
)

// special decodes into types with a meaning of their own, and reports whether
// v has such a type.
func (s *decoding) special(n *Node, v reflect.Value) (taken bool, err error) {
	switch v.Type() {
	case timeType:
		t, err := n.asTime(s.opt.Location)
		if err == nil {
			v.Set(reflect.ValueOf(t))
		}
		return true, err
	case durationType:
		d, err := n.asDuration()
		if err == nil {
			v.SetInt(int64(d))
		}
		return true, err
	case bytesType:
		if n.Kind == String {
			v.SetBytes([]byte(n.text))
			return true, nil
		}
		return false, nil
	}
	if v.Type().PkgPath() == "" && v.Kind() != reflect.Struct || !v.CanAddr() {
		return false, nil // no type with methods
	}
	switch u := v.Addr().Interface().(type) {
	case yaml.Unmarshaler:
		return true, located(u.UnmarshalYAML(n.yamlNode()))
	case encoding.TextUnmarshaler:
		if n.Kind == List || n.Kind == Map {
			if _, ok := u.(json.Unmarshaler); !ok {
				return true, n.want("a string")
			}
			break
		}
		return true, u.UnmarshalText([]byte(n.text))
	}
	if u, ok := v.Addr().Interface().(json.Unmarshaler); ok {
		data, err := json.Marshal(n.ValueIn(s.opt.Location))
		if err == nil {
			err = u.UnmarshalJSON(data)
		}
		return true, err
	}
	return false, nil
}

// located takes over the position of an error of the YAML library.
func located(err error) error {
	if e, ok := errors.AsType[*yaml.LoadError](err); ok && e.Mark.Line > 0 {
		return diag.At(e.Mark.Line, e.Mark.Column, "%s", e.Message)
	}
	return err
}

// scalar decodes into a basic type or an interface.
func (s *decoding) scalar(n *Node, v reflect.Value) error {
	switch v.Kind() {
	case reflect.String:
		text, err := n.asString()
		if err == nil {
			v.SetString(text)
		}
		return err
	case reflect.Bool:
		b, err := n.asBool()
		if err == nil {
			v.SetBool(b)
		}
		return err
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		i, err := n.asInt()
		if err == nil && v.OverflowInt(i) {
			err = n.outOfRange(v.Kind().String())
		}
		if err == nil {
			v.SetInt(i)
		}
		return err
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		u, err := n.asUint()
		if err == nil && v.OverflowUint(u) {
			err = n.outOfRange(v.Kind().String())
		}
		if err == nil {
			v.SetUint(u)
		}
		return err
	case reflect.Float32, reflect.Float64:
		f, err := n.asFloat()
		if err == nil && v.OverflowFloat(f) && !math.IsInf(f, 0) {
			err = n.outOfRange(v.Kind().String())
		}
		if err == nil {
			v.SetFloat(f)
		}
		return err
	}
	if value := n.ValueIn(s.opt.Location); value != nil { // an empty interface: typeScanner let no other pass
		v.Set(reflect.ValueOf(value))
	}
	return nil
}

func (n *Node) asUint() (uint64, error) {
	if n.Kind == Int && n.big {
		if u, err := strconv.ParseUint(n.text, 10, 64); err == nil {
			return u, nil
		}
		return 0, n.outOfRange("uint64")
	}
	i, err := n.asInt()
	if err == nil && i < 0 {
		err = fmt.Errorf("want a number that is not negative, have %s", n.text)
	}
	return uint64(i), err
}

func (n *Node) asDuration() (time.Duration, error) {
	switch {
	case n.Kind == Int && n.num == 0 && !n.big:
		return 0, nil
	case n.Kind != String:
		return 0, fmt.Errorf("want a duration such as 1h30m, have %s", n.Kind.Article())
	}
	d, err := time.ParseDuration(n.text)
	if err != nil {
		return 0, fmt.Errorf("invalid duration %s (want one such as 1h30m)", quoteKey(n.text))
	}
	return d, nil
}
