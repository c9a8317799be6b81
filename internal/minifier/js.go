package minifier

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// appendCode appends JavaScript without comments and without the white space
// that separates nothing. The tokens (ECMA-262, 12) stay what they are, and so
// does every line break that the insertion of semicolons may depend on.
//
// Whether a slash divides or begins a regular expression depends on the whole
// grammar in a few places. Code that has one there is appended unchanged.
func appendCode(dst, src []byte) ([]byte, error) {
	js := jsMinifier{src: src, dst: dst, start: len(dst)}
	ok, err := js.run()
	if err != nil {
		return dst, err
	}
	if !ok {
		return append(dst, src...), nil
	}
	return js.dst, nil
}

// A jsMinifier minifies one script or module.
type jsMinifier struct {
	src, dst []byte
	start    int // of the output in dst
	pos      int

	open  []jsBracket
	last  jsToken // the kind of the last token
	end   byte    // and its last byte
	slash jsSlash // what a slash means after it
	word  bool    // it is a keyword before a parenthesis that a statement follows
	dot   bool    // it is the dot before a property name
	space bool    // white space or a comment has come since
	line  bool    // a line break has come since
}

// A jsToken is a kind of token.
type jsToken uint8

const (
	jsStart jsToken = iota // none yet
	jsPunct
	jsWord // names, keywords and private names
	jsNumber
	jsString // strings and templates
	jsRegExp
)

// A jsSlash is what a slash means.
type jsSlash uint8

const (
	jsPattern jsSlash = iota // begins a regular expression
	jsDivides
	jsUnsure
)

// A jsBracket is an open bracket: ( [ { or, for a template's ${, a $.
type jsBracket struct {
	char    byte
	control bool // a parenthesis after if, for, while or with
	offset  int
}

// run copies the code. It reports false if it met a slash of unsure meaning.
func (js *jsMinifier) run() (bool, error) {
	if bytes.HasPrefix(js.src, []byte("#!")) {
		js.copyLine()
	}
	for js.pos < len(js.src) {
		if js.spaceOrComment() {
			continue
		}
		b := js.src[js.pos:]
		if bytes.HasPrefix(b, []byte("/*")) {
			return false, syntaxErrorf(js.pos, "JavaScript: comment is not closed with */")
		}
		if b[0] == '/' && js.slash == jsUnsure {
			return false, nil
		}
		if isHTMLComment(b, js.line || js.last == jsStart) {
			js.separate(b)
			if n := len(js.dst); b[0] == '-' && n > js.start && js.dst[n-1] != '\n' {
				js.dst = append(js.dst, '\n') // must begin a line
			}
			js.copyLine() // a comment in scripts, but code in modules
			js.slash = jsUnsure
			continue
		}
		js.separate(b)
		if err := js.token(); err != nil {
			return false, err
		}
	}
	if n := len(js.open); n > 0 {
		b := js.open[n-1]
		return false, syntaxErrorf(b.offset, "JavaScript: %q is not closed", js.src[b.offset])
	}
	return true, nil
}

// isHTMLComment reports whether b begins with a comment as only HTML has it
// (ECMA-262, B.1.1).
func isHTMLComment(b []byte, lineStart bool) bool {
	return b[0] == '<' && bytes.HasPrefix(b, []byte("<!--")) ||
		b[0] == '-' && lineStart && bytes.HasPrefix(b, []byte("-->"))
}

// copyLine copies the rest of the line and its end.
func (js *jsMinifier) copyLine() {
	n := lineLen(js.src[js.pos:])
	js.dst = append(js.dst, js.src[js.pos:js.pos+n]...)
	js.pos += n
	if js.pos < len(js.src) {
		js.dst = append(js.dst, '\n')
	}
	js.last, js.end = jsStart, '\n'
}

// spaceOrComment skips white space or a comment, if there is any.
func (js *jsMinifier) spaceOrComment() bool {
	b := js.src[js.pos:]
	switch c := b[0]; {
	case c == ' ' || c == '\t' || c == '\v' || c == '\f':
		js.pos++
	case c == '\n' || c == '\r':
		js.pos++
		js.line = true
	case c >= utf8.RuneSelf:
		r, n := utf8.DecodeRune(b)
		if r == '\u2028' || r == '\u2029' {
			js.line = true
		} else if r != '\ufeff' && !unicode.Is(unicode.Zs, r) {
			return false
		}
		js.pos += n
	case c == '/' && len(b) > 1 && b[1] == '/':
		n := lineLen(b)
		js.comment(b[:n])
		js.pos += n
	case c == '/' && len(b) > 1 && b[1] == '*':
		n := bytes.Index(b[2:], []byte("*/"))
		if n < 0 {
			return false
		}
		n += len("/**/")
		js.comment(b[:n])
		js.pos += n
	default:
		return false
	}
	js.space = true
	return true
}

// comment copies a comment if it is meant for a program or a lawyer.
func (js *jsMinifier) comment(b []byte) {
	js.line = js.line || hasLineBreak(b)
	if !isJSInstruction(b) {
		return
	}
	if js.end == '/' {
		js.dst = append(js.dst, ' ')
	}
	js.dst = append(js.dst, b...)
	if b[1] == '/' && js.pos+len(b) < len(js.src) {
		js.dst = append(js.dst, '\n')
	}
}

func isJSInstruction(b []byte) bool {
	return len(b) > 2 && b[2] == '!' ||
		bytes.HasPrefix(b, []byte("//# source")) || bytes.HasPrefix(b, []byte("//@ source")) ||
		bytes.HasPrefix(b, []byte("/*@cc_on")) ||
		bytes.Contains(b, []byte("@license")) || bytes.Contains(b, []byte("@preserve"))
}

func hasLineBreak(b []byte) bool {
	return bytes.IndexByte(b, '\n') >= 0 || bytes.IndexByte(b, '\r') >= 0 ||
		bytes.Contains(b, []byte("\u2028")) || bytes.Contains(b, []byte("\u2029"))
}

// lineLen returns the length of b up to its first line break.
func lineLen(b []byte) int {
	n := len(b)
	if i := bytes.IndexAny(b, "\n\r\u2028\u2029"); i >= 0 {
		n = i
	}
	return n
}

// separate writes what must stay between the last token and the one that b
// begins with.
func (js *jsMinifier) separate(b []byte) {
	n := len(js.dst)
	switch {
	case n == js.start || js.dst[n-1] == '\n':
	case js.line && js.lineMatters(b):
		js.dst = append(js.dst, '\n')
	case js.space && js.spaceMatters(b):
		js.dst = append(js.dst, ' ')
	}
	js.space, js.line = false, false
}

// lineMatters reports whether a line break between the last token and the one
// that b begins with may end a statement (ECMA-262, 12.10). It can't where the
// last token goes on in any case, and where no statement begins with the next.
func (js *jsMinifier) lineMatters(b []byte) bool {
	if js.last == jsStart {
		return false
	}
	if js.last == jsPunct {
		switch js.end {
		case ')', ']', '}':
		case '+', '-':
			if js.slash == jsPattern {
				return false
			}
		default:
			return false
		}
	}
	switch c := b[0]; c {
	case ')', ']', '}', ',', ';', '?', ':', '%', '>', '&', '|', '^':
		return false
	case '.':
		return len(b) > 1 && isDigit(b[1])
	case '=':
		return len(b) > 1 && b[1] == '>'
	}
	return true
}

// spaceMatters reports whether the last token and the one that b begins with
// would be read as others without white space between them.
func (js *jsMinifier) spaceMatters(b []byte) bool {
	last, next := js.end, b[0]
	switch {
	case js.last == jsStart:
		return false
	case isNameByte(next):
		return js.last == jsRegExp || js.last == jsNumber || js.last == jsWord || last == '.' && isDigit(next)
	case !isOperator(next):
		return false
	case next == '.':
		return js.last == jsNumber || isOperator(last)
	case !isOperator(last):
		return last == '#' // begins no #! line
	}
	switch next {
	case '~':
		return false
	case '!':
		return last == '<'
	case '+':
		return last == '+'
	case '-':
		return last == '-' || last == '!'
	case '/':
		return last == '/' || last == '<' || last == '*'
	}
	return true
}

// isNameByte reports whether c may be part of a name, a number or a keyword,
// or of a private name or a decorator.
func isNameByte(c byte) bool {
	return isLetter(c) || isDigit(c) || c == '_' || c == '$' || c == '\\' || c == '#' || c == '@' || c >= utf8.RuneSelf
}

func isOperator(c byte) bool { return strings.IndexByte("+-*/%<>=!&|^~?:.", c) >= 0 }
