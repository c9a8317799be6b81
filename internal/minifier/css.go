package minifier

import (
	"bytes"
	"unicode/utf8"
)

// appendCSS appends a style sheet.
func appendCSS(dst, src []byte) ([]byte, error) {
	css := cssMinifier{src: src, dst: dst, start: len(dst)}
	if err := css.run(); err != nil {
		return dst, err
	}
	return css.dst, nil
}

// A cssMinifier minifies one style sheet. The tokens (CSS Syntax 3, 4) stay
// what they are but for comments, the white space that separates nothing, and
// the semicolon before a closing brace.
type cssMinifier struct {
	src, dst []byte
	start    int // of the output in dst
	pos      int
	depth    int // of open blocks

	in      cssContext
	parens  int  // open ( and [ in it
	value   int  // where in dst a declaration's value begins, 0 before its colon
	space   bool // white space has come since the last token
	comment bool // a comment has come since
	name    bool // the last token is a name or a number, whatever it ends with
}

// A cssContext says what the tokens up to the next ; { or } are.
type cssContext uint8

const (
	cssSelector cssContext = iota
	cssAtRule
	cssDeclaration
)

func (css *cssMinifier) run() error {
	for css.pos < len(css.src) {
		if err := css.statement(); err != nil {
			return err
		}
	}
	return nil
}

// statement copies the next piece of the sheet: a declaration, what stands
// before a block, or a brace.
func (css *cssMinifier) statement() error {
	for css.pos < len(css.src) {
		ok, err := css.spaceOrComment(true)
		if err != nil {
			return err
		}
		if !ok {
			break
		}
	}
	css.space, css.comment = false, false
	if css.pos == len(css.src) {
		return nil
	}
	if c := css.src[css.pos]; c == '{' || c == '}' || c == ';' {
		css.punctuation(c)
		return nil
	}
	if n := len(css.dst); n == css.start && css.pos > 0 && bytes.HasPrefix(css.src[css.pos:], []byte("@charset")) {
		css.dst = append(css.dst, "/**/"...) // it means something as the first bytes only
	}
	end, brace, err := css.findEnd()
	if err != nil {
		return err
	}
	css.parens, css.value, css.name = 0, 0, false
	switch {
	case css.src[css.pos] == '@':
		css.in = cssAtRule
	case css.depth > 0 && bytes.HasPrefix(css.src[css.pos:], []byte("--")) && css.customProperty():
		return nil
	case css.depth == 0 || brace:
		css.in = cssSelector
	default:
		css.in = cssDeclaration
	}
	return css.tokens(end)
}

// findEnd returns the offset of the ; { or } that ends the statement at
// css.pos, or of the sheet's end, and whether it is a {.
func (css *cssMinifier) findEnd() (end int, brace bool, err error) {
	semicolon := css.depth > 0 || css.src[css.pos] == '@' // else it is part of a selector
	var open []int
	for i := css.pos; i < len(css.src); {
		c := css.src[i]
		switch {
		case c == '(' || c == '[':
			open = append(open, i)
		case c == ')' || c == ']':
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		case len(open) > 0:
		case c == '{', c == '}', c == ';' && semicolon:
			return i, c == '{', nil
		}
		n, err := cssTokenLen(css.src, i)
		if err != nil {
			return 0, false, err
		}
		i += n
	}
	if n := len(open); n > 0 {
		return 0, false, syntaxErrorf(open[n-1], "CSS: %q is not closed", css.src[open[n-1]])
	}
	return len(css.src), false, nil
}

// customProperty copies a custom property, whose value keeps its white space
// and its comments. It reports false if there is none.
func (css *cssMinifier) customProperty() bool {
	i := css.pos
	for i < len(css.src) && (isCSSName(css.src[i]) || css.src[i] == '\\') {
		n, _ := cssTokenLen(css.src, i)
		i += n
	}
	name := i
	for i < len(css.src) && isSpace(css.src[i]) {
		i++
	}
	if i == len(css.src) || css.src[i] != ':' {
		return false
	}
	i++
	start, depth := i, 0
	for i < len(css.src) {
		switch css.src[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		}
		if depth < 0 || depth == 0 && css.src[i] == ';' {
			break
		}
		n, err := cssTokenLen(css.src, i)
		if err != nil {
			return false
		}
		i += n
	}
	css.dst = append(css.dst, css.src[css.pos:name]...)
	css.dst = append(css.dst, ':')
	value := css.src[start:i]
	if isBlank(value) {
		value = value[:min(len(value), 1)] // older browsers want one
	} else if trimmed := bytes.Trim(value, " \t\n\r\f"); trimmed[len(trimmed)-1] != '\\' {
		value = trimmed // ends with no escaped space
	}
	css.dst = append(css.dst, value...)
	css.pos, css.name = i, true
	return true
}

// tokens copies the tokens up to end.
func (css *cssMinifier) tokens(end int) error {
	for css.pos < end {
		ok, err := css.spaceOrComment(false)
		if err != nil {
			return err
		}
		if ok {
			continue
		}
		c := css.src[css.pos]
		css.separate(c)
		n, err := cssTokenLen(css.src, css.pos)
		if err != nil {
			return err
		}
		switch c {
		case '(', '[':
			css.parens++
		case ')', ']':
			css.parens--
		case ':':
			if css.in == cssDeclaration && css.value == 0 {
				css.value = len(css.dst) + 1
			}
		}
		css.name = isCSSName(c) || c == '\\'
		css.copy(n)
	}
	css.space, css.comment = false, false // never matters before ; { or }
	return nil
}

func (css *cssMinifier) copy(n int) {
	css.dst = append(css.dst, css.src[css.pos:css.pos+n]...)
	css.pos += n
}

// punctuation copies a brace, or a semicolon unless a block's semicolon or
// closing brace makes it superfluous. Outside of blocks a semicolon is part of
// the next selector.
func (css *cssMinifier) punctuation(c byte) {
	n := len(css.dst)
	second := n > css.start && css.dst[n-1] == ';' && !css.name && css.depth > 0
	switch {
	case c == ';' && second:
		css.pos++
		return
	case c == '}':
		if second {
			css.dst = css.dst[:n-1]
		}
		css.depth = max(css.depth-1, 0)
	case c == '{':
		css.depth++
	}
	css.name = false
	css.copy(1)
}

// spaceOrComment skips white space or a comment, if there is any. Between
// statements it copies a comment that is a licence or a source map.
func (css *cssMinifier) spaceOrComment(between bool) (bool, error) {
	b := css.src[css.pos:]
	if isSpace(b[0]) {
		css.space = true
		css.pos++
		return true, nil
	}
	if !bytes.HasPrefix(b, []byte("/*")) {
		return false, nil
	}
	n, err := cssTokenLen(css.src, css.pos)
	if err != nil {
		return false, err
	}
	css.comment = true
	if between && (b[2] == '!' || bytes.HasPrefix(b, []byte("/*# source"))) {
		css.copy(n)
	} else {
		css.pos += n
	}
	return true, nil
}

// separate writes what must stay between the last token and the one that
// begins with next.
func (css *cssMinifier) separate(next byte) {
	space, comment := css.space, css.comment
	css.space, css.comment = false, false
	if !space && !comment || len(css.dst) == css.start {
		return
	}
	last := css.dst[len(css.dst)-1]
	if css.name {
		last = 'a' // an escaped sign is part of the name
	}
	switch {
	case css.absorbs(last, next):
	case space:
		css.dst = append(css.dst, ' ')
	default:
		css.dst = append(css.dst, "/**/"...)
	}
}

// absorbs reports whether white space between two tokens, the first ending
// with last and the second beginning with next, means nothing.
func (css *cssMinifier) absorbs(last, next byte) bool {
	switch {
	case last == ',':
		return next != ')' // var(--x, ) has an empty fallback
	case next == ',', last == '(', next == ')':
		return true
	}
	switch css.in {
	case cssSelector:
		return css.parens == 0 && (isCombinator(last) || isCombinator(next))
	case cssAtRule:
		return css.parens > 0 && last == ':'
	}
	if css.parens > 0 {
		return false
	}
	return css.value == len(css.dst) || css.value == 0 && next == ':' || next == '!'
}

func isCombinator(c byte) bool { return c == '>' || c == '+' || c == '~' }

// isCSSName reports whether c is part of a name or a number.
func isCSSName(c byte) bool {
	return isLetter(c) || isDigit(c) || c == '_' || c == '-' || c >= utf8.RuneSelf
}

// cssTokenLen returns the length of the token at i: a comment, a string, a url(),
// a name or number with its escapes, or a single sign.
func cssTokenLen(src []byte, i int) (int, error) {
	b := src[i:]
	switch c := b[0]; {
	case c == '/' && len(b) > 1 && b[1] == '*':
		n := bytes.Index(b[2:], []byte("*/"))
		if n < 0 {
			return 0, syntaxErrorf(i, "CSS: comment is not closed with */")
		}
		return n + len("/**/"), nil
	case c == '"' || c == '\'':
		n, ok := cssStringLen(b)
		if !ok {
			return 0, syntaxErrorf(i, "CSS: string is not closed")
		}
		return n, nil
	case isCSSName(c) || c == '\\' && len(b) > 1:
		n := cssNameLen(b)
		if n == len("url") && n < len(b) && b[n] == '(' && bytes.EqualFold(b[:n], []byte("url")) {
			return cssURLLen(b, i)
		}
		return n, nil
	}
	return 1, nil
}

func cssStringLen(b []byte) (int, bool) {
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case b[0]:
			return i + 1, true
		case '\\':
			i++
			if i+1 < len(b) && b[i] == '\r' && b[i+1] == '\n' {
				i++
			}
		case '\n', '\r', '\f':
			return 0, false
		}
	}
	return 0, false
}

// cssNameLen returns the length of the run of name characters and escapes that
// b begins with. White space after a hexadecimal escape is part of it.
func cssNameLen(b []byte) int {
	i := 0
	for i < len(b) {
		switch {
		case isCSSName(b[i]):
			i++
			continue
		case b[i] != '\\' || i+1 == len(b) || b[i+1] == '\n' || b[i+1] == '\r' || b[i+1] == '\f':
			return max(i, 1)
		}
		i++
		digits := 0
		for digits < 6 && i < len(b) && isHex(b[i]) {
			i++
			digits++
		}
		switch {
		case digits == 0:
			i++ // of more bytes the others are name characters
		case bytes.HasPrefix(b[i:], []byte("\r\n")):
			i += 2
		case i < len(b) && isSpace(b[i]):
			i++
		}
	}
	return i
}

// cssURLLen returns the length of the url() that b begins with, or that of url
// if the URL is a string. b is at offset in the sheet.
func cssURLLen(b []byte, offset int) (int, error) {
	n := len("url(")
	for n < len(b) && isSpace(b[n]) {
		n++
	}
	if n < len(b) && (b[n] == '"' || b[n] == '\'') {
		return len("url"), nil
	}
	for ; n < len(b); n++ {
		switch b[n] {
		case ')':
			return n + 1, nil
		case '\\':
			n++
		}
	}
	return 0, syntaxErrorf(offset, "CSS: url( is not closed")
}

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }
