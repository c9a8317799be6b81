package minifier

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
)

// appendJSON appends src without insignificant white space (RFC 8259, 2).
// Numbers and strings stay byte for byte what they are.
func appendJSON(dst, src []byte) ([]byte, error) {
	buf := bytes.NewBuffer(dst)
	if json.Compact(buf, src) == nil {
		return buf.Bytes(), nil
	}
	// Compact doesn't say where.
	err := json.Unmarshal(src, new(json.RawMessage))
	at := 0
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		at = int(e.Offset)
		if strings.HasPrefix(e.Error(), "invalid character") {
			at-- // counts the character
		}
	}
	return dst, syntaxErrorf(at, "JSON: %v", err)
}
