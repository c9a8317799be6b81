package matter

import (
	"fmt"
	"math"
	"time"

	"github.com/jam-go/jam/internal/diag"
)

// String returns a scalar as a string: what is not one in the file as the text
// that the file has for it. An absent value and null are "". The error, here
// and below, is a [*diag.Error] at the value's position.
func (n *Node) String() (string, error) {
	v, err := n.asString()
	return v, n.locate(err)
}

// Bool returns a boolean; the strings "true" and "false" are taken for one. An
// absent value and null are false.
func (n *Node) Bool() (bool, error) {
	v, err := n.asBool()
	return v, n.locate(err)
}

// Int returns an integer. A number without a fraction, such as 10.0, is one. An
// absent value and null are 0.
func (n *Node) Int() (int, error) {
	v, err := n.asInt()
	if err == nil && int64(int(v)) != v {
		err = n.outOfRange("int")
	}
	return int(v), n.locate(err)
}

// Time returns a date, or reads a string as [ParseTime] does; a date without
// zone is in loc (nil means UTC). An absent value, null and an empty string are
// the zero Time.
func (n *Node) Time(loc *time.Location) (time.Time, error) {
	v, err := n.asTime(loc)
	return v, n.locate(err)
}

// Strings returns a list of scalars as strings, see [Node.String]. A single
// scalar is a list of one. An absent value, null and an empty string are an
// empty list.
func (n *Node) Strings() ([]string, error) {
	switch {
	case n.blank():
		return nil, nil
	case n.Kind != List:
		v, err := n.String()
		if err != nil {
			return nil, n.locate(n.want("a string or a list of strings"))
		}
		return []string{v}, nil
	}
	out := make([]string, 0, len(n.Items()))
	for _, item := range n.Items() {
		v, err := item.asString()
		if err == nil && item.Kind == Null {
			err = item.want("a string")
		}
		if err != nil {
			return nil, item.locate(err)
		}
		out = append(out, v)
	}
	return out, nil
}

// locate puts the value's name and position on an error.
func (n *Node) locate(err error) error {
	switch {
	case err == nil:
		return nil
	case n.name != nil && *n.name != "":
		err = fmt.Errorf("%s: %w", *n.name, err)
	}
	return &diag.Error{Line: n.Line, Column: n.Column, Err: err}
}

// missing reports whether there is no value.
func (n *Node) missing() bool { return n == nil || n.Kind == Null }

// blank reports whether there is no value or only an empty string.
func (n *Node) blank() bool { return n.missing() || n.Kind == String && n.text == "" }

func (n *Node) want(what string) error {
	return fmt.Errorf("want %s, have %s", what, n.Kind.Article())
}

func (n *Node) outOfRange(typ string) error {
	return fmt.Errorf("%s is out of range for %s", n.text, typ)
}

func (n *Node) asString() (string, error) {
	if n != nil && (n.Kind == List || n.Kind == Map) {
		return "", n.want("a string")
	}
	return n.Text(), nil
}

func (n *Node) asBool() (bool, error) {
	switch {
	case n.missing():
		return false, nil
	case n.Kind == Bool:
		return n.num != 0, nil
	case n.Kind == String && (n.text == "true" || n.text == "false"):
		return n.text == "true", nil
	case n.Kind == String:
		return false, fmt.Errorf("want true or false, have %s", quoteKey(n.text))
	}
	return false, n.want("true or false")
}

func (n *Node) asInt() (int64, error) {
	switch {
	case n.missing():
		return 0, nil
	case n.Kind == Int && n.big:
		return 0, n.outOfRange("a 64-bit integer")
	case n.Kind == Int:
		return int64(n.num), nil
	case n.Kind == Float:
		f := math.Float64frombits(n.num)
		if f == math.Trunc(f) && f >= math.MinInt64 && f < math.MaxInt64 {
			return int64(f), nil
		}
	}
	return 0, n.want("an integer")
}

func (n *Node) asFloat() (float64, error) {
	switch {
	case n.missing():
		return 0, nil
	case n.Kind == Float:
		return math.Float64frombits(n.num), nil
	case n.Kind == Int && n.big:
		return bigFloat(n.text), nil
	case n.Kind == Int:
		return float64(int64(n.num)), nil
	}
	return 0, n.want("a number")
}

func (n *Node) asTime(loc *time.Location) (time.Time, error) {
	switch {
	case n.missing():
		return time.Time{}, nil
	case n.Kind == Time:
		return n.timeIn(loc), nil
	case n.Kind == String:
		return ParseTime(n.text, loc)
	}
	return time.Time{}, n.want("a date")
}
