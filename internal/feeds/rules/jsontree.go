package rules

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// A value is a JSON value with its place.
type value struct {
	offset  int
	kind    kind
	str     string // of a string or a number
	members []member
	items   []value
}

type member struct {
	key    string
	offset int
	value  value
}

// A kind is what a value is, as problems call it.
type kind string

const (
	isNull   kind = "null"
	isBool   kind = "a boolean"
	isNumber kind = "a number"
	isString kind = "a string"
	isArray  kind = "an array"
	isObject kind = "an object"
)

// get returns a member's value, or nil.
func (v *value) get(key string) *value {
	for i := range v.members {
		if v.members[i].key == key {
			return &v.members[i].value
		}
	}
	return nil
}

// A valueReader reads JSON that is known to be valid.
type valueReader struct {
	*report
	dec *json.Decoder
}

// parseJSON reads the document. It returns nil after a problem that leaves
// nothing to check.
func parseJSON(r *report) *value {
	if !r.isUTF8() {
		return nil
	}
	if bytes.HasPrefix(r.src, []byte("\uFEFF")) {
		r.add(0, Encoding, "JSON has no byte order mark")
		return nil
	}
	var any json.RawMessage
	if err := json.Unmarshal(r.src, &any); err != nil {
		offset := 0
		if e, ok := errors.AsType[*json.SyntaxError](err); ok {
			offset = max(0, int(e.Offset)-1)
		}
		r.add(offset, Syntax, "%v", err)
		return nil
	}
	v := valueReader{report: r, dec: json.NewDecoder(bytes.NewReader(r.src))}
	v.dec.UseNumber()
	root, err := v.read()
	if err != nil {
		r.add(0, Syntax, "%v", err)
		return nil
	}
	return &root
}

// next returns the offset of the next token, and the token.
func (v *valueReader) next() (int, json.Token, error) {
	i := int(v.dec.InputOffset())
	for i < len(v.src) && bytes.IndexByte([]byte(" \t\r\n,:"), v.src[i]) >= 0 {
		i++
	}
	token, err := v.dec.Token()
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return i, token, err
}

func (v *valueReader) read() (value, error) {
	offset, token, err := v.next()
	if err != nil {
		return value{}, err
	}
	val := value{offset: offset}
	switch token := token.(type) {
	case nil:
		val.kind = isNull
	case bool:
		val.kind = isBool
	case json.Number:
		val.kind, val.str = isNumber, token.String()
	case string:
		val.kind, val.str = isString, token
	case json.Delim:
		if token == '[' {
			val.kind = isArray
			err = v.array(&val)
		} else {
			val.kind = isObject
			err = v.object(&val)
		}
	}
	return val, err
}

func (v *valueReader) array(val *value) error {
	for v.dec.More() {
		item, err := v.read()
		if err != nil {
			return err
		}
		val.items = append(val.items, item)
	}
	_, _, err := v.next()
	return err
}

func (v *valueReader) object(val *value) error {
	seen := make(map[string]bool)
	for v.dec.More() {
		offset, token, err := v.next()
		if err != nil {
			return err
		}
		key, _ := token.(string)
		if seen[key] {
			v.add(offset, Duplicate, "the key %q comes twice", key)
		}
		seen[key] = true
		item, err := v.read()
		if err != nil {
			return err
		}
		val.members = append(val.members, member{key, offset, item})
	}
	_, _, err := v.next()
	return err
}
