package i18n

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"text/template"
)

// The functions that compile puts into a template.
const (
	funcPrint = "_printable"
	funcStep  = "_step"
)

// maxCost is what one execution of a template may cost, in about as many bytes
// of templates walked and strings made.
const maxCost = 1 << 20

// stepCost is that of a step through an empty range.
const stepCost = 64

// budget is what an execution may still cost. A nil budget is for parsing
// only, and for templates that call nothing that draws on it.
type budget struct{ left int }

var errCost = errors.New("the template makes too much text or takes too many steps")

func (b *budget) spend(n int) error {
	if n > b.left {
		return errCost
	}
	b.left -= n
	return nil
}

// parseFuncs are the functions to parse with, and to execute what needs no
// budget.
var parseFuncs = sync.OnceValue(func() template.FuncMap { return (*budget)(nil).funcs() })

// funcs returns the functions of a message: those builtin functions that make
// strings draw on the budget, since a few lines of them double a string many
// times over.
func (b *budget) funcs() template.FuncMap {
	return template.FuncMap{
		funcPrint:  printable,
		funcStep:   func(cost int) (string, error) { return "", b.spend(stepCost + cost) },
		"html":     b.bounded(template.HTMLEscaper),
		"js":       b.bounded(template.JSEscaper),
		"print":    b.bounded(fmt.Sprint),
		"println":  b.bounded(fmt.Sprintln),
		"urlquery": b.bounded(template.URLQueryEscaper),
		"printf":   b.printf,
	}
}

func (b *budget) bounded(f func(...any) string) func(...any) (string, error) {
	return func(args ...any) (string, error) {
		if err := b.spend(stringBytes(args)); err != nil {
			return "", err
		}
		s := f(args...)
		return s, b.spend(len(s))
	}
}

// printf is fmt.Sprintf but for large widths and precisions. Each verb may
// repeat any argument.
func (b *budget) printf(format string, args ...any) (string, error) {
	if hasLargeWidth(format) {
		return "", errors.New("printf: a width or precision in a message must be a number below 1000")
	}
	verbs := strings.Count(format, "%")
	if err := b.spend(len(format) + verbs*stringBytes(args)); err != nil {
		return "", err
	}
	s := fmt.Sprintf(format, args...)
	return s, b.spend(len(s))
}

// hasLargeWidth reports whether a format has a * or a number of four digits
// between a % and its verb.
func hasLargeWidth(format string) bool {
	for {
		_, rest, ok := strings.Cut(format, "%")
		if !ok {
			return false
		}
		flags := len(rest) - len(strings.TrimLeft(rest, "+-# 0123456789.*[]"))
		run := 0
		for _, c := range []byte(rest[:flags]) {
			switch {
			case c == '*':
				return true
			case c < '0' || c > '9':
				run = 0
			default:
				run++
			}
			if run > 3 {
				return true
			}
		}
		format = rest[flags:]
		if flags == 0 && strings.HasPrefix(rest, "%") {
			format = rest[1:]
		}
	}
}

func stringBytes(args []any) int {
	n := 0
	for _, a := range args {
		switch s := a.(type) {
		case string:
			n += len(s)
		case stringDot:
			n += len(s)
		}
	}
	return n
}
