package funcs

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	xnumber "golang.org/x/text/number"
)

// Lang is the namespace lang, without the functions that need a site.
type Lang struct{ lib *library }

// Bounds of the digits after the decimal point, and of the bytes of a sign.
const (
	maxPrecision = 20
	maxSign      = 64
)

// FormatNumber formats a number as the language does, with a number of digits
// after the decimal point: lang.FormatNumber PRECISION NUMBER.
func (l Lang) FormatNumber(precision, number any) (string, error) {
	p, n, err := precise("lang.FormatNumber", precision, number)
	if err != nil {
		return "", err
	}
	return l.printer().Sprint(xnumber.Decimal(n, xnumber.Scale(p))), nil
}

// FormatPercent formats a number of percent as the language does:
// lang.FormatPercent PRECISION NUMBER.
func (l Lang) FormatPercent(precision, number any) (string, error) {
	p, n, err := precise("lang.FormatPercent", precision, number)
	if err != nil {
		return "", err
	}
	return l.printer().Sprint(xnumber.Percent(n/100, xnumber.Scale(p))), nil
}

func (l Lang) printer() *message.Printer { return message.NewPrinter(l.language()) }

func (l Lang) language() language.Tag {
	if l.lib.lang != nil {
		if tag := l.lib.lang(); !tag.IsRoot() {
			return tag
		}
	}
	return language.English
}

// FormatNumberCustom formats a number with given signs: lang.FormatNumberCustom
// PRECISION NUMBER [SIGNS] [DELIMITER]. The signs are those for a negative
// number, the decimal point and groups of three digits, "- . ," by default,
// with spaces or the given delimiter between them. Halves are rounded away from zero.
func (l Lang) FormatNumberCustom(precision, number any, options ...any) (string, error) {
	const fn = "lang.FormatNumberCustom"
	p, n, err := precise(fn, precision, number)
	if err != nil {
		return "", err
	}
	signs, err := numberSigns(fn, options)
	if err != nil {
		return "", err
	}
	if exp := math.Pow10(p); math.Abs(n) < 1<<53/exp {
		n = math.Round(n*exp) / exp
	}
	digits := strconv.FormatFloat(math.Abs(n), 'f', p, 64)
	whole, fraction, _ := strings.Cut(digits, ".")
	var b strings.Builder
	if n < 0 {
		b.WriteString(signs[0])
	}
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(signs[2])
		}
		b.WriteRune(d)
	}
	if fraction != "" {
		b.WriteString(signs[1] + fraction)
	}
	return b.String(), nil
}

// numberSigns parses the optional arguments of FormatNumberCustom.
func numberSigns(fn string, options []any) (signs [3]string, err error) {
	if len(options) == 0 {
		return [3]string{"-", ".", ","}, nil
	}
	if len(options) > 2 {
		return signs, miscount(fn, "signs and a delimiter", len(options))
	}
	delimiter := " "
	if len(options) == 2 {
		if delimiter, err = text(fn, options[1]); err != nil {
			return signs, err
		}
	}
	s, err := text(fn, options[0])
	if err != nil {
		return signs, err
	}
	parts := strings.Split(s, delimiter)
	if len(parts) > 3 {
		return signs, fmt.Errorf("%s: want up to 3 signs, have %d in %q", fn, len(parts), s)
	}
	for i, sign := range parts {
		if len(sign) > maxSign {
			return signs, fmt.Errorf("%s: a sign of %d bytes, want at most %d", fn, len(sign), maxSign)
		}
		signs[i] = sign
	}
	return signs, nil
}

// precise converts the arguments of the functions of this namespace.
func precise(fn string, precision, number any) (int, float64, error) {
	p, err := whole(fn, "the precision", precision)
	if err != nil {
		return 0, 0, err
	}
	if p < 0 || p > maxPrecision {
		return 0, 0, fmt.Errorf("%s: the precision %d isn't within 0 to %d", fn, p, maxPrecision)
	}
	n, err := toFloat(number)
	if err == nil && (math.IsNaN(n) || math.IsInf(n, 0)) {
		err = fmt.Errorf("want a finite number, have %v", n)
	}
	if err != nil {
		return 0, 0, fmt.Errorf("%s: %w", fn, err)
	}
	return p, n, nil
}
