package funcs

import (
	"errors"
	"fmt"
)

// Fmt is the namespace fmt.
type Fmt struct{ lib *library }

// Print formats values as fmt.Sprint does: print VALUE….
func (Fmt) Print(values ...any) string { return fmt.Sprint(values...) }

// Println formats values as fmt.Sprintln does: println VALUE….
func (Fmt) Println(values ...any) string { return fmt.Sprintln(values...) }

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
	return fmt.Sprintf(f, values...), nil
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
