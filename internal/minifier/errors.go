package minifier

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/jam-go/jam/internal/diag"
)

// A syntaxError is a problem at a byte offset of a document.
type syntaxError struct {
	offset int
	msg    string
}

func (e *syntaxError) Error() string { return e.msg }

func syntaxErrorf(offset int, format string, args ...any) error {
	return &syntaxError{offset, fmt.Sprintf(format, args...)}
}

// shift moves the position of err, which is one of a part, to that of the
// whole in which the part begins at offset.
func shift(err error, offset int) error {
	if e, ok := errors.AsType[*syntaxError](err); ok {
		e.offset += offset
	}
	return err
}

// position turns err into a *diag.Error with a line and column of src.
func position(src []byte, err error) error {
	e, ok := errors.AsType[*syntaxError](err)
	if !ok {
		return &diag.Error{Err: err}
	}
	line, column := lineColumn(src, e.offset)
	return &diag.Error{Line: line, Column: column, Err: errors.New(e.msg)}
}

// lineColumn returns the line and the column in characters of the byte at
// offset, both from 1. Lines end with LF, CR LF or CR; a byte order mark takes
// no column.
func lineColumn(src []byte, offset int) (line, column int) {
	if bytes.HasPrefix(src, bom) {
		src, offset = src[len(bom):], offset-len(bom)
	}
	offset = min(max(offset, 0), len(src))
	line = 1
	start := 0
	for i, c := range src[:offset] {
		if c == '\n' || c == '\r' && (i+1 == len(src) || src[i+1] != '\n') {
			line++
			start = i + 1
		}
	}
	return line, utf8.RuneCount(src[start:offset]) + 1
}
