package funcs

import (
	"html/template"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

func TestCurrency(t *testing.T) {
	for _, test := range []struct{ lang, tmpl, want string }{
		{"", `{{ 512.5032 | lang.FormatCurrency 2 "USD" }}`, "$512.50"},
		{"", `{{ -1234.5 | lang.FormatCurrency 2 "USD" }}`, "-$1,234.50"},
		{"", `{{ -1234.5 | lang.FormatAccounting 2 "USD" }}`, "($1,234.50)"},
		{"", `{{ 512.5032 | lang.FormatAccounting 2 "NOK" }}`, "NOK512.50"},
		{"", `{{ -0.001 | lang.FormatAccounting 2 "USD" }}`, "$0.00"},
		{"", `{{ lang.FormatCurrency 0 "jpy" "1e3" }}`, "¥1,000"},
		{"de", `{{ -3 | lang.FormatCurrency 2 "EUR" }}`, "-3,00\u00a0€"},
		{"de-CH", `{{ -3 | lang.FormatCurrency 2 "CHF" }}`, "CHF-3.00"},
		{"de-AT-u-co-phonebk", `{{ 3 | lang.FormatCurrency 2 "EUR" }}`, "€\u00a03,00"},
		{"fr", `{{ -3 | lang.FormatAccounting 2 "EUR" }}`, "(3,00\u00a0€)"},
		{"nb", `{{ 3 | lang.FormatCurrency 2 "NOK" }}`, "3,00\u00a0kr"},
		{"sv", `{{ -3 | lang.FormatCurrency 2 "SEK" }}`, "−3,00\u00a0kr"},
		{"pt-BR", `{{ 3 | lang.FormatCurrency 2 "BRL" }}`, "R$\u00a03,00"},
		{"pt-PT", `{{ 3 | lang.FormatCurrency 2 "EUR" }}`, "3,00\u00a0€"},
		{"ja-JP", `{{ 1234 | lang.FormatCurrency 0 "JPY" }}`, "￥1,234"},
		{"tlh", `{{ 3 | lang.FormatCurrency 2 "EUR" }}`, "€\u00a03.00"},
	} {
		opt := Options{Language: func() language.Tag { return language.MustParse("en") }}
		if test.lang != "" {
			opt.Language = func() language.Tag { return language.MustParse(test.lang) }
		}
		tmpl, err := template.New("x").Funcs(Map(opt)).Parse(test.tmpl)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := tmpl.Execute(&b, nil); err != nil || b.String() != test.want {
			t.Errorf("%s in %q: %q, %v, want %q", test.tmpl, test.lang, b.String(), err, test.want)
		}
	}
}

// Every pattern of the table has a place for the currency and for the digits.
func TestCurrencyTable(t *testing.T) {
	n := 0
	for line := range strings.Lines(currencyData) {
		fields := strings.Split(line, "|")
		if strings.HasPrefix(line, "# Made") {
			continue
		}
		if len(fields) != 3 {
			t.Fatalf("the line is %q", line)
		}
		for _, pattern := range fields[:2] {
			for p := range strings.SplitSeq(pattern, ";") {
				if strings.Count(p, "¤") != 1 || strings.Count(p, "#") != 1 {
					t.Errorf("the pattern of %s is %q", fields[2], pattern)
				}
			}
		}
		n += len(strings.Fields(fields[2]))
	}
	if n < 200 {
		t.Errorf("%d languages", n)
	}
}
