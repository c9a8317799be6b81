package diag

import (
	"errors"
	"fmt"
)

// ErrLimit is the cause of every error about a limit that users set.
var ErrLimit = errors.New("a limit is exceeded")

// Beyond returns an error about a limit, which names the setting that raises it: the field of
// Limits in the configuration of a site.
func Beyond(field, format string, args ...any) error {
	return &limitError{fmt.Errorf(format, args...), field}
}

type limitError struct {
	error
	field string
}

func (e *limitError) Error() string {
	return fmt.Sprintf("%v (Config.Limits.%s sets the limit)", e.error, e.field)
}

func (e *limitError) Unwrap() error { return e.error }

func (e *limitError) Is(target error) bool { return target == ErrLimit }

// IsBeyond tells whether err is about the limit that a field sets.
func IsBeyond(err error, field string) bool {
	e, ok := errors.AsType[*limitError](err)
	return ok && e.field == field
}

// Fixed is the error of what is beyond a limit that nothing sets.
func Fixed(format string, args ...any) error {
	return &fixedError{fmt.Errorf(format, args...)}
}

type fixedError struct{ error }

func (e *fixedError) Unwrap() error { return e.error }

func (e *fixedError) Is(target error) bool { return target == ErrLimit }
