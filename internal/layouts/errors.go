package layouts

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Error is a problem at a place in a template file. Line and Column count
// from 1, columns in characters; 0 means unknown.
type Error struct {
	File         string // path in the file system given to New
	Line, Column int
	Err          error
	Calls        []Call // the partial calls that led there, innermost first
}

// Call is the place of a partial call.
type Call struct {
	File         string
	Line, Column int
}

// maxCalls is how many different calls an Error keeps.
const maxCalls = 8

// Error gives the place, the message, and the calls that led there.
func (e *Error) Error() string {
	msg := Call{e.File, e.Line, e.Column}.String() + ": " + e.Err.Error()
	if len(e.Calls) == 0 {
		return strings.TrimPrefix(msg, ": ")
	}
	return msg + " (" + e.Trace() + ")"
}

// Trace says which partial calls led to the error, as in
// "called from nav.html:3:4, page.html:12:4", or "".
func (e *Error) Trace() string {
	if len(e.Calls) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("called from ")
	for i, c := range e.Calls {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(c.String())
	}
	return b.String()
}

// Unwrap returns e.Err.
func (e *Error) Unwrap() error { return e.Err }

// calledFrom returns a copy of e with one more call. It is a copy because
// the error of a cached partial belongs to many pages.
func (e *Error) calledFrom(c Call) *Error {
	dup := *e
	if len(e.Calls) < maxCalls && !slices.Contains(e.Calls, c) { // a recursion has the same again and again
		dup.Calls = append(slices.Clip(e.Calls), c)
	}
	return &dup
}

// String gives the place as file:line:column, without what is unknown.
func (c Call) String() string {
	switch {
	case c.Line == 0:
		return c.File
	case c.Column == 0:
		return fmt.Sprintf("%s:%d", c.File, c.Line)
	}
	return fmt.Sprintf("%s:%d:%d", c.File, c.Line, c.Column)
}

// Errors is every problem of a tree of templates, sorted by place.
type Errors []*Error

// Error gives one problem a line.
func (l Errors) Error() string {
	lines := make([]string, len(l))
	for i, e := range l {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap makes the members reachable by errors.Is and errors.As.
func (l Errors) Unwrap() []error {
	out := make([]error, len(l))
	for i, e := range l {
		out[i] = e
	}
	return out
}

// err returns nil for an empty list, and else the list, sorted and without
// duplicates.
func (l Errors) err() error {
	if len(l) == 0 {
		return nil
	}
	l = slices.Clone(l)
	slices.SortStableFunc(l, func(a, b *Error) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column), strings.Compare(a.Err.Error(), b.Err.Error()))
	})
	return slices.CompactFunc(l, func(a, b *Error) bool { return a.Error() == b.Error() })
}
