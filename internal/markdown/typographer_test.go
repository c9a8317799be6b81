package markdown

import "testing"

// Quotation marks in a row are the same whether their number is known from the mark before or counted for each.
func TestQuotesInARow(t *testing.T) {
	for _, text := range []string{`"""a"""`, `''''a'''' b`, `"''"a'""'`, `a """`, `21"" "x""`} {
		var counted, known quotes
		for i := range len(text) {
			if text[i] != '"' && text[i] != '\'' {
				continue
			}
			before := ' '
			if i > 0 {
				before = rune(text[i-1])
			}
			counted.last, counted.end = 0, 0
			a, b := counted.mark([]byte(text[i:]), i, before), known.mark([]byte(text[i:]), i, before)
			if string(a) != string(b) {
				t.Errorf("%s: %q at %d, and %q where the number is known", text, a, i, b)
			}
		}
	}
}
