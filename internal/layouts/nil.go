package layouts

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
)

// nilReceiver finds the field or method of a chain such as .Prev.Title that
// failed because what it is of is nil, and what that is.
func nilReceiver(m execMessage, cause error) (field, receiver string, ok bool) {
	switch rest, found := strings.CutPrefix(m.text, "nil pointer evaluating "); {
	case found:
		field = rest[strings.LastIndexByte(rest, '.')+1:]
	case isNilPanic(cause):
		field, _, _ = strings.Cut(strings.TrimPrefix(m.text, "error calling "), ":")
	default:
		return "", "", false
	}
	receiver = before(m.context, field)
	if cause != nil && identifier(receiver) == len(receiver) {
		return "", "", false // a name space, which is not nil
	}
	return field, receiver, receiver != "" || cause == nil
}

// before returns the part of a chain before a field: "." for a field of the
// dot, "" when it is not known.
func before(chain, field string) string {
	switch i := strings.LastIndex(chain+".", "."+field+"."); i {
	case -1:
		return ""
	case 0:
		return "."
	default:
		return chain[:i]
	}
}

func isNilPanic(cause error) bool {
	_, ok := errors.AsType[runtime.Error](cause)
	return ok && (strings.Contains(cause.Error(), "nil pointer dereference") ||
		strings.Contains(cause.Error(), "called using nil"))
}

// nilError says what to do about a nil receiver. A panic may have come from
// elsewhere, too.
func nilError(m execMessage, field, receiver string, cause error) error {
	prefix := "at <" + cleanContext(m.context) + ">: "
	switch {
	case receiver == "":
		return fmt.Errorf("%snil has no .%s: use with", prefix, field)
	case cause == nil:
		return fmt.Errorf("%s%s is nil: use {{ with %s }}", prefix, receiver, receiver)
	}
	return &wordedError{fmt.Sprintf("%s%s seems to be nil: use {{ with %s }}", prefix, receiver, receiver), panicError(cause)}
}

// wordedError has a text for authors, and a cause with another.
type wordedError struct {
	text  string
	cause error
}

func (e *wordedError) Error() string { return e.text }
func (e *wordedError) Unwrap() error { return e.cause }

// cleanTry gives an expression of try the dot that it has in its template.
func cleanTry(context string) string {
	context = strings.ReplaceAll(context, tryDot+".", ".")
	return strings.ReplaceAll(context, tryDot, ".")
}
