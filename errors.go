package jam

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/jam-go/jam/internal/diag"
)

// Error is a problem found while loading, rendering or writing a site. It says
// what was being done, to which file, and where in it.
//
// The text of an Error is what editors and terminals turn into a link:
//
//	content/posts/x.md:3:1: front matter: unknown key "auther" in Post (did you mean "author"?)
type Error struct {
	// Op is what was being done: "config", "read", "front matter", "data",
	// "i18n", "generate", "template", "content", "route", "link", "markdown",
	// "page", "render", "minify", "write" and so on.
	Op string
	// Path names the file, slash-separated and relative to the tree that was
	// loaded, or the Document, or a page without a file, such as "home /"; an
	// output file for Op "write", and for a page's "minify". It is empty if
	// no file is involved.
	Path string
	// Line and Column count from 1, columns in characters (Unicode code
	// points). 0 means unknown.
	Line, Column int
	// Err is the cause, for errors.Is and errors.As. It is never nil in an
	// Error that this package returns.
	Err error
}

// Error returns path:line:column: op: cause, without the parts that are unknown.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Path != "" {
		b.WriteString(e.Path)
		if e.Line > 0 {
			b.WriteByte(':')
			b.WriteString(strconv.Itoa(e.Line))
			if e.Column > 0 {
				b.WriteByte(':')
				b.WriteString(strconv.Itoa(e.Column))
			}
		}
		b.WriteString(": ")
	}
	if e.Op != "" {
		b.WriteString(e.Op)
		b.WriteString(": ")
	}
	if e.Err != nil {
		b.WriteString(e.Err.Error())
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// PanicError is the cause of an [Error] where something panicked that the program has given to jam, such as a
// [Renderer] or an [Output], or where jam itself did.
type PanicError struct {
	Value any    // what was given to panic
	Stack []byte // of the goroutine that panicked, as of [runtime/debug.Stack]
}

// Error returns "panic: " and the value.
func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// Unwrap returns the value, if it is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// Errors returns every [Error] within err, however joined or wrapped, sorted by
// path, line and column. Any other error is wrapped in an Error without a position.
// Errors(nil) is empty.
func Errors(err error) []*Error {
	var list []*Error
	collectErrors(err, &list)
	return sortErrors(list)
}

func collectErrors(err error, list *[]*Error) {
	switch e := err.(type) {
	case nil:
	case *Error:
		*list = append(*list, e)
	case interface{ Unwrap() []error }:
		for _, part := range e.Unwrap() {
			collectErrors(part, list)
		}
	default:
		inner, ok := errors.AsType[*Error](err)
		if !ok {
			*list = append(*list, &Error{Err: err})
			return
		}
		from := len(*list)
		collectErrors(errors.Unwrap(err), list)
		if found := (*list)[from:]; len(found) == 1 {
			found[0] = withContext(inner, err)
		}
	}
}

// withContext returns e with what err, which wraps it, says before its text.
func withContext(e *Error, err error) *Error {
	context, ok := strings.CutSuffix(err.Error(), e.Error())
	if _, isPath := err.(*fs.PathError); !ok || context == "" || isPath || e.Err == nil {
		return e
	}
	named := *e
	named.Err = fmt.Errorf("%s%w", context, e.Err)
	return &named
}

// problems is several errors, sorted and without repetitions.
type problems struct{ list []*Error }

func (p *problems) Error() string {
	lines := make([]string, len(p.list))
	for i, e := range p.list {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

func (p *problems) Unwrap() []error {
	out := make([]error, len(p.list))
	for i, e := range p.list {
		out[i] = e
	}
	return out
}

// errorIn returns an Error at a line and column of a file.
func errorIn(op, path string, line, column int, format string, args ...any) *Error {
	return &Error{Op: op, Path: path, Line: line, Column: column, Err: fmt.Errorf(format, args...)}
}

// joinErrors returns nil for none, the only one, or all of them sorted.
func joinErrors(list []*Error) error {
	switch list = sortErrors(list); len(list) {
	case 0:
		return nil
	case 1:
		return list[0]
	}
	return &problems{list}
}

// sortErrors returns list in a fixed order, without repetitions.
func sortErrors(list []*Error) []*Error {
	list = slices.Clone(list)
	slices.SortStableFunc(list, compareErrors)
	return slices.CompactFunc(list, func(a, b *Error) bool { return compareErrors(a, b) == 0 })
}

func compareErrors(a, b *Error) int {
	if c := cmp.Or(
		strings.Compare(a.Path, b.Path),
		cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Column, b.Column),
		strings.Compare(a.Op, b.Op),
	); c != 0 {
		return c
	}
	return strings.Compare(fmt.Sprint(a.Err), fmt.Sprint(b.Err)) // which takes its time
}

// errorAt returns an Error of a whole file.
func errorAt(op, path string, format string, args ...any) *Error {
	return &Error{Op: op, Path: path, Err: fmt.Errorf(format, args...)}
}

// placed turns the problems in err, which a room without knowledge of the
// file's name reported, into Errors.
func placed(op, path string, err error) []*Error {
	var out []*Error
	for _, d := range diag.Of(err) {
		out = append(out, placedAt(op, path, d))
	}
	return out
}

func placedAt(op, path string, d *diag.Error) *Error {
	return &Error{Op: op, Path: path, Line: d.Line, Column: d.Column, Err: d.Err}
}
