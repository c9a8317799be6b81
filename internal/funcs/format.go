package funcs

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Fmt is the namespace fmt.
type Fmt struct{ lib *library }

// Print formats values as fmt.Sprint does: print VALUE….
func (Fmt) Print(values ...any) (string, error) {
	if err := printable("print", values); err != nil {
		return "", err
	}
	return fmt.Sprint(values...), nil
}

// Println formats values as fmt.Sprintln does: println VALUE….
func (Fmt) Println(values ...any) (string, error) {
	if err := printable("println", values); err != nil {
		return "", err
	}
	return fmt.Sprintln(values...), nil
}

// Printf formats values as fmt.Sprintf does: printf FORMAT VALUE….
func (Fmt) Printf(format any, values ...any) (string, error) {
	return sprintf("printf", format, values)
}

// Errorf stops the template with a message: errorf FORMAT VALUE….
func (Fmt) Errorf(format any, values ...any) (string, error) {
	s, err := sprintf("errorf", format, values)
	if err != nil {
		return "", err
	}
	return "", errors.New(s)
}

// Erroridf stops the template with a message that has an id: erroridf ID
// FORMAT VALUE….
func (Fmt) Erroridf(id, format any, values ...any) (string, error) {
	s, err := withID("erroridf", id, format, values)
	if err != nil {
		return "", err
	}
	return "", errors.New(s)
}

// Warnf gives a message to Options.Warn: warnf FORMAT VALUE….
func (f Fmt) Warnf(format any, values ...any) (string, error) {
	s, err := sprintf("warnf", format, values)
	if err != nil {
		return "", err
	}
	f.lib.warn(s)
	return "", nil
}

// Warnidf gives a message that has an id to Options.Warn: warnidf ID FORMAT
// VALUE….
func (f Fmt) Warnidf(id, format any, values ...any) (string, error) {
	s, err := withID("warnidf", id, format, values)
	if err != nil {
		return "", err
	}
	f.lib.warn(s)
	return "", nil
}

func sprintf(fn string, format any, values []any) (string, error) {
	f, err := text(fn, format)
	if err != nil {
		return "", err
	}
	if err := formattable(fn, f, values); err != nil {
		return "", err
	}
	return fmt.Sprintf(f, values...), nil
}

// maxWidth is the greatest width and precision that package fmt heeds.
const maxWidth = 1_000_000

// formattable is the error of function fn for what is too much to format: by the
// values, by widths, or since a verb such as %[1]v repeats a value.
func formattable(fn, format string, values []any) error {
	if err := printable(fn, values); err != nil {
		return err
	}
	size := len(format)
	if strings.Contains(format, "[") {
		verbs := strings.Count(format, "%")
		for _, v := range values {
			var w weight
			if err := w.add(v, 0); err != nil {
				return fmt.Errorf("%s: %w", fn, err)
			}
			if verbs > 0 && w.bytes > maxText/verbs {
				return fits(fn, maxText+1)
			}
		}
	}
	if size += widths(format); size > maxText {
		return fits(fn, size)
	}
	return nil
}

// widths is the sum of the widths and precisions in a format.
func widths(format string) int {
	size := 0
	for {
		_, rest, ok := strings.Cut(format, "%")
		if !ok {
			return size
		}
		verb := strings.IndexFunc(rest, func(r rune) bool { return !strings.ContainsRune("0123456789.*#+- []", r) })
		if verb < 0 {
			verb = len(rest)
		}
		for number := range strings.FieldsFuncSeq(rest[:verb], func(r rune) bool { return r != '*' && (r < '0' || r > '9') }) {
			n, err := strconv.Atoi(number)
			if err != nil || n > maxWidth {
				n = maxWidth // given by a value, or not heeded
			}
			size += n
		}
		format = rest[min(verb+1, len(rest)):]
	}
}

// withID formats a message and names its id at the end.
func withID(fn string, id, format any, values []any) (string, error) {
	name, err := text(fn, id)
	if err != nil {
		return "", err
	}
	s, err := sprintf(fn, format, values)
	return fmt.Sprintf("%s [%s]", s, name), err
}
