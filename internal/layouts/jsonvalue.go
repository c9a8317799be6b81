package layouts

import (
	"encoding"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/jam-go/jam/internal/exec"
)

// jsonValue returns a value as JSON. A string that is JSON is written as it
// is, and so is what it may be otherwise.
func jsonValue(v any, may int) (string, error) {
	if v = indirect(v); v == nil {
		return "null", nil
	}
	switch v.(type) {
	case json.Marshaler, encoding.TextMarshaler:
		return marshal(v)
	}
	switch kind := reflect.TypeOf(v).Kind(); {
	case kind == reflect.String:
		return jsonPiece(textOf(v), may), nil
	case kind == reflect.Float32 || kind == reflect.Float64:
		if f := reflect.ValueOf(v).Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			return "", fmt.Errorf("JSON has no number %v", f)
		}
		return jsonPiece(textOf(v), may&onlyNames), nil
	case printable(v):
		return jsonPiece(textOf(v), may&onlyNames), nil
	case may&onlyNames != 0:
		return quoteJSON(textOf(v)), nil
	default:
		return marshal(v)
	}
}

// marshal is what jsonify does.
func marshal(v any) (string, error) {
	if err := exec.Encodable(v); err != nil {
		return "", err
	}
	b, err := json.Marshal(v)
	return string(b), err
}

// jsonPiece returns a text as it is, if that is JSON where it stands, and else
// as a JSON string.
func jsonPiece(s string, may int) string {
	b := []byte(strings.ToValidUTF8(s, "\uFFFD"))
	trimmed := strings.Trim(s, " \t\r\n")
	switch {
	case may&onlyNames != 0 && !strings.HasPrefix(trimmed, `"`):
	case may&nothing != 0 && trimmed == "",
		may&marks != 0 && strings.Trim(trimmed, " \t\r\n,:[]{}") == "",
		json.Valid(b),
		trimmed != "" && may&elements != 0 && validIn('[', b, ']'),
		trimmed != "" && may&members != 0 && validIn('{', b, '}'):
		return string(b)
	}
	return quoteJSON(s)
}

func validIn(left byte, b []byte, right byte) bool {
	return json.Valid(append(append([]byte{left}, b...), right))
}

// quoteJSON returns s as a JSON string.
func quoteJSON(s string) string { return `"` + jsonString(s) + `"` }

// jsonString returns s as the content of a JSON string, escaped as
// encoding/json does it, so that it may stand in a script element.
func jsonString(s string) string {
	if plainJSON(s) {
		return s
	}
	b, err := json.Marshal(s)
	if err != nil {
		return "" // a string can be marshaled
	}
	return string(b[1 : len(b)-1])
}

func plainJSON(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ', c >= utf8.RuneSelf, c == '"', c == '\\', c == '<', c == '>', c == '&':
			return false
		}
	}
	return true
}
