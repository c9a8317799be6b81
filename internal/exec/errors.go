package exec

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	texttemplate "text/template"
)

// ErrStop is what a function returns, not wrapped in another error, to end an execution, of which it becomes the error.
var ErrStop = errors.New("execution ended by a function")

// writeError carries an error of the writer to where the execution began.
type writeError struct{ error }

// stopError carries ErrStop.
type stopError struct{}

// fail ends the execution with an error at the current node.
func (s *state) fail(format string, args ...any) {
	name := s.tmpl.name
	text := "template: " + percent(name) + ": " + format
	if s.at != nil {
		place, context := s.tmpl.tree.ErrorContext(s.at)
		text = fmt.Sprintf("template: %s: executing %q at <%s>: %s", place, percent(name), percent(context), format)
	}
	panic(texttemplate.ExecError{Name: name, Err: fmt.Errorf(text, args...)})
}

// percent returns a text for a format.
func percent(s string) string { return strings.ReplaceAll(s, "%", "%%") }

// caught turns what ended an execution into its error. All other panics go on, as in text/template.
func caught(r any, err *error) {
	switch r := r.(type) {
	case nil:
	case runtime.Error:
		panic(r)
	case texttemplate.ExecError:
		*err = r
	case writeError:
		*err = r.error
	case stopError:
		*err = ErrStop
	default:
		panic(r)
	}
}
