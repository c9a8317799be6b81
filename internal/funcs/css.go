package funcs

// CSS is the namespace css, without the functions that build style sheets.
type CSS struct{}

// QuotedString is the value of a CSS variable that is written in quotes.
type QuotedString string

// UnquotedString is the value of a CSS variable that is written as it is.
type UnquotedString string

// Quoted marks a value that is to be written in quotes: css.Quoted INPUT.
func (CSS) Quoted(in any) (QuotedString, error) {
	s, err := text("css.Quoted", in)
	return QuotedString(s), err
}

// Unquoted marks a value that is to be written without quotes: css.Unquoted INPUT.
func (CSS) Unquoted(in any) (UnquotedString, error) {
	s, err := text("css.Unquoted", in)
	return UnquotedString(s), err
}
