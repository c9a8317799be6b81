package funcs

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html/template"
	"strings"

	"github.com/jam-go/jam/internal/suggest"
)

// Encoding is the namespace encoding.
type Encoding struct{}

// Base64Encode encodes in base64 (RFC 4648): base64Encode INPUT.
func (Encoding) Base64Encode(in any) (string, error) {
	s, err := text("base64Encode", in)
	return base64.StdEncoding.EncodeToString([]byte(s)), err
}

// Base64Decode decodes base64: base64Decode INPUT.
func (Encoding) Base64Decode(in any) (string, error) {
	s, err := text("base64Decode", in)
	if err != nil {
		return "", err
	}
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return "", fmt.Errorf("base64Decode: %w", err)
	}
	return string(b), nil
}

// HexEncode encodes in hexadecimal: encoding.HexEncode INPUT.
func (Encoding) HexEncode(in any) (string, error) {
	s, err := text("encoding.HexEncode", in)
	return hex.EncodeToString([]byte(s)), err
}

// HexDecode decodes hexadecimal: encoding.HexDecode INPUT.
func (Encoding) HexDecode(in any) (string, error) {
	s, err := text("encoding.HexDecode", in)
	if err != nil {
		return "", err
	}
	b, err := hex.DecodeString(s)
	if err != nil {
		return "", fmt.Errorf("encoding.HexDecode: %w", err)
	}
	return string(b), nil
}

// Jsonify encodes a value as JSON: jsonify [OPTIONS] VALUE. The options are a
// map of indent and prefix, for a value on several lines, and noHTMLEscape,
// to leave &, < and > as they are.
func (Encoding) Jsonify(args ...any) (template.HTML, error) {
	var indent, prefix string
	escape := true
	switch len(args) {
	case 1:
	case 2:
		options, ok := stringMap(args[0])
		if !ok {
			return "", wrong("jsonify", "a map of options", args[0])
		}
		err := readOptions("jsonify", options, map[string]func(any) error{
			"indent":       textOption(&indent),
			"prefix":       textOption(&prefix),
			"nohtmlescape": func(v any) error { escape = !Truth(v); return nil },
		})
		if err != nil {
			return "", err
		}
	default:
		return "", miscount("jsonify", "options and a value", len(args))
	}
	if err := encodable(args[len(args)-1], len(indent), len(prefix)); err != nil {
		return "", fmt.Errorf("jsonify: %w", err)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent(prefix, indent)
	enc.SetEscapeHTML(escape)
	if err := enc.Encode(args[len(args)-1]); err != nil {
		return "", fmt.Errorf("jsonify: %w", err)
	}
	return template.HTML(bytes.TrimSuffix(b.Bytes(), []byte("\n"))), nil
}

// readOptions hands each option to the function of its name in lower case.
func readOptions(fn string, options map[string]any, set map[string]func(any) error) error {
	for name, v := range options {
		read, ok := set[strings.ToLower(name)]
		if !ok {
			known := make([]string, 0, len(set))
			for k := range set {
				known = append(known, k)
			}
			return fmt.Errorf("%s: unknown option %q%s", fn, name, suggest.DidYouMean(name, known))
		}
		if err := read(v); err != nil {
			return fmt.Errorf("%s: the option %s: %w", fn, name, err)
		}
	}
	return nil
}

func textOption(to *string) func(any) error {
	return func(v any) error {
		s, ok := toString(v)
		if !ok {
			return fmt.Errorf("want text, have %s", describe(v))
		}
		*to = s
		return nil
	}
}
