package funcs

import "testing"

func TestCSSValues(t *testing.T) {
	example{`{{ printf "%T %T" (css.Quoted "6") (css.Unquoted 7) }}`, "funcs.QuotedString funcs.UnquotedString"}.run(t, nil)
}
