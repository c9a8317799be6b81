// Package diag describes problems at a place inside one file. The caller, who
// knows the file's name, adds it.
package diag

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Error is a problem at a line and column of a file. Line and Column count
// from 1, columns in characters (Unicode code points); 0 means unknown.
type Error struct {
	Line, Column int
	Err          error
}

// At returns an Error at line and column with a formatted message.
// The verb %w works as in fmt.Errorf.
func At(line, column int, format string, args ...any) *Error {
	return &Error{Line: line, Column: column, Err: fmt.Errorf(format, args...)}
}

func (e *Error) Error() string {
	switch {
	case e.Line == 0:
		return e.Err.Error()
	case e.Column == 0:
		return fmt.Sprintf("%d: %v", e.Line, e.Err)
	}
	return fmt.Sprintf("%d:%d: %v", e.Line, e.Column, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// List is several problems of one file.
type List []*Error

func (l List) Error() string {
	var b strings.Builder
	for i, e := range l {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(e.Error())
	}
	return b.String()
}

// Unwrap makes the members reachable by errors.Is and errors.As.
func (l List) Unwrap() []error {
	out := make([]error, len(l))
	for i, e := range l {
		out[i] = e
	}
	return out
}

// Add appends a problem.
func (l *List) Add(line, column int, format string, args ...any) {
	*l = append(*l, At(line, column, format, args...))
}

// Sort orders the list by position, then message.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			strings.Compare(a.Err.Error(), b.Err.Error()))
	})
}

// Err returns nil for an empty list, and the sorted list otherwise.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	l.Sort()
	return l
}

// Of returns the problems in err: its own if it is a List or an Error, and
// else one Error without position. Of(nil) is nil.
func Of(err error) List {
	if err == nil {
		return nil
	}
	if l, ok := errors.AsType[List](err); ok {
		return l
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return List{e}
	}
	return List{{Err: err}}
}
