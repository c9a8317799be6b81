package funcs

import (
	_ "embed"
	"fmt"
	"strings"

	"golang.org/x/text/currency"
	"golang.org/x/text/message"
	xnumber "golang.org/x/text/number"
)

// currencyData has the patterns of currencies, which golang.org/x/text lacks. A line is
// the usual pattern, that of accounts, and the languages, between "|". A pattern has ¤
// for the currency and # for the digits, and after a semicolon the form for
// negative numbers if that isn't a minus before the other.
//
//go:embed currency.txt
var currencyData string

// FormatCurrency formats an amount of money as the language does, with a number of
// digits after the decimal point: lang.FormatCurrency PRECISION CURRENCY NUMBER.
// The currency is a code of ISO 4217, such as EUR.
func (l Lang) FormatCurrency(precision, code, number any) (string, error) {
	return l.money("lang.FormatCurrency", 0, precision, code, number)
}

// FormatAccounting formats an amount of money as FormatCurrency does, but in the form for
// accounts, which in many languages has negative amounts in brackets:
// lang.FormatAccounting PRECISION CURRENCY NUMBER.
func (l Lang) FormatAccounting(precision, code, number any) (string, error) {
	return l.money("lang.FormatAccounting", 1, precision, code, number)
}

// money formats an amount by one of the two patterns.
func (l Lang) money(fn string, pattern int, precision, code, number any) (string, error) {
	scale, n, err := precise(fn, precision, number)
	if err != nil {
		return "", err
	}
	name, err := text(fn, code)
	if err != nil {
		return "", err
	}
	unit, err := currency.ParseISO(name)
	if err != nil {
		return "", fmt.Errorf("%s: unknown currency %s: want a code of three letters, such as EUR", fn, describe(name))
	}
	tag := l.language()
	p := message.NewPrinter(tag)
	print := func(n float64) string { return p.Sprint(xnumber.Decimal(n, xnumber.Scale(scale))) }
	digits, minus := print(max(n, -n)), "-"
	if m, ok := strings.CutSuffix(print(-1), print(1)); ok {
		minus = m
	}
	positive, negative, ok := strings.Cut(currencyPatterns(tag.String())[pattern], ";")
	if !ok {
		negative = "-" + positive
	}
	if n < 0 && digits != print(0) {
		positive = negative
	}
	return strings.NewReplacer("¤", p.Sprint(currency.Symbol(unit)), "#", digits, "-", minus).Replace(positive), nil
}

// currencyPatterns returns the patterns of a language, or of what it is a part of.
func currencyPatterns(lang string) [2]string {
	lang, _, _ = strings.Cut(lang, "-u-")
	for line := range strings.Lines(currencyData) {
		_, rest, _ := strings.Cut(line, "|")
		_, languages, ok := strings.Cut(rest, "|")
		if !ok {
			continue
		}
		for name := range strings.FieldsSeq(languages) {
			if name == lang {
				fields := strings.SplitN(line, "|", 3)
				return [2]string{fields[0], fields[1]}
			}
		}
	}
	if i := strings.LastIndexByte(lang, '-'); i > 0 {
		return currencyPatterns(lang[:i])
	}
	if lang == "und" {
		return [2]string{"¤#", "¤#"}
	}
	return currencyPatterns("und")
}
