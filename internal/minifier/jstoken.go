package minifier

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// token copies the token at js.pos.
func (js *jsMinifier) token() error {
	b := js.src[js.pos:]
	switch c := b[0]; {
	case isDigit(c) || c == '.' && len(b) > 1 && isDigit(b[1]):
		js.copy(numberLen(b), jsNumber, jsDivides)
	case isNameByte(c):
		js.name()
	case c == '"' || c == '\'':
		n, ok := stringLen(b)
		if !ok {
			return syntaxErrorf(js.pos, "JavaScript: string is not closed")
		}
		js.copy(n, jsString, jsDivides)
	case c == '`':
		return js.template(js.pos)
	case c == '/' && js.slash == jsPattern:
		n, ok := regExpLen(b)
		if !ok {
			return syntaxErrorf(js.pos, "JavaScript: regular expression is not closed")
		}
		js.copy(n, jsRegExp, jsDivides)
	case c == '(' || c == '[' || c == '{':
		js.open = append(js.open, jsBracket{c, c == '(' && js.word, js.pos})
		js.copy(1, jsPunct, jsPattern)
	case c == ')' || c == ']' || c == '}':
		return js.closeBracket(c)
	case bytes.HasPrefix(b, []byte("++")) || bytes.HasPrefix(b, []byte("--")):
		after := jsDivides
		if js.slash != jsDivides { // a prefix, or who knows
			after = jsUnsure
		}
		js.copy(2, jsPunct, after)
	case bytes.HasPrefix(b, []byte("...")):
		js.copy(3, jsPunct, jsPattern)
	default:
		js.copy(1, jsPunct, jsPattern)
		js.dot = c == '.'
	}
	return nil
}

// copy copies the next n bytes, a token of a kind with a meaning of the slash
// after it.
func (js *jsMinifier) copy(n int, kind jsToken, slash jsSlash) {
	js.dst = append(js.dst, js.src[js.pos:js.pos+n]...)
	js.pos += n
	js.last, js.slash, js.end = kind, slash, js.src[js.pos-1]
	js.word, js.dot = false, false
}

// name copies a name or keyword.
func (js *jsMinifier) name() {
	n := nameLen(js.src[js.pos:])
	name := js.src[js.pos : js.pos+n]
	property, afterFor := js.dot, js.word
	js.copy(n, jsWord, jsDivides)
	if property {
		return
	}
	switch string(name) {
	case "return", "typeof", "instanceof", "in", "new", "delete", "void", "throw", "case", "do", "else",
		"default", "extends":
		js.slash = jsPattern
	case "yield", "of": // keywords in places
		js.slash = jsUnsure
	case "await":
		js.slash = jsUnsure
		js.word = afterFor
	case "if", "for", "while", "with":
		js.word = true
	}
}

// closeBracket copies a closing bracket, and the rest of the template if it
// ends a substitution.
func (js *jsMinifier) closeBracket(c byte) error {
	n := len(js.open)
	if n == 0 {
		return syntaxErrorf(js.pos, "JavaScript: %q has no opening bracket", c)
	}
	b := js.open[n-1]
	if want := closing(b.char); want != c {
		return syntaxErrorf(js.pos, "JavaScript: %q where %q should close the bracket before", c, want)
	}
	js.open = js.open[:n-1]
	switch {
	case b.char == '$':
		return js.template(b.offset)
	case c == '}': // ends a statement or an expression
		js.copy(1, jsPunct, jsUnsure)
	case c == ')' && b.control:
		js.copy(1, jsPunct, jsPattern)
	default:
		js.copy(1, jsPunct, jsDivides)
	}
	return nil
}

func closing(open byte) byte {
	switch open {
	case '(':
		return ')'
	case '[':
		return ']'
	}
	return '}'
}

// template copies a template from its ` or from the } of a substitution to
// its end or its next substitution. It begins at start.
func (js *jsMinifier) template(start int) error {
	for i := js.pos + 1; i < len(js.src); i++ {
		switch js.src[i] {
		case '\\':
			i++
		case '`':
			js.copy(i+1-js.pos, jsString, jsDivides)
			return nil
		case '$':
			if i+1 < len(js.src) && js.src[i+1] == '{' {
				js.open = append(js.open, jsBracket{'$', false, start})
				js.copy(i+2-js.pos, jsPunct, jsPattern)
				js.end = '{'
				return nil
			}
		}
	}
	return syntaxErrorf(start, "JavaScript: template is not closed with `")
}

// nameLen returns the length of the name that b begins with.
func nameLen(b []byte) int {
	i := 0
	if b[0] == '#' || b[0] == '@' {
		i++
	}
	for i < len(b) && isNameByte(b[i]) && b[i] != '#' && b[i] != '@' {
		switch {
		case b[i] == '\\' && bytes.HasPrefix(b[i:], []byte(`\u{`)):
			i += 3
			for i < len(b) && b[i] != '}' {
				i++
			}
			i = min(i+1, len(b))
		case b[i] < utf8.RuneSelf:
			i++
		default:
			r, n := utf8.DecodeRune(b[i:])
			if r == '\ufeff' || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Zs, r) {
				return i
			}
			i += n
		}
	}
	return i
}

// numberLen returns the length of the number that b begins with.
func numberLen(b []byte) int {
	i := 1
	for i < len(b) && (isNameByte(b[i]) && b[i] < utf8.RuneSelf || b[i] == '.' ||
		(b[i] == '+' || b[i] == '-') && b[i-1]|0x20 == 'e' && b[1]|0x20 != 'x') {
		if b[i] == '.' && (b[i-1] == '.' || bytes.IndexByte(b[:i], '.') >= 0 || b[0] == '0' && i > 1 && isLetter(b[1])) {
			break // the dot of a property
		}
		i++
	}
	return i
}

// stringLen returns the length of the string that b begins with.
func stringLen(b []byte) (int, bool) {
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case b[0]:
			return i + 1, true
		case '\\':
			i++
			if i+1 < len(b) && b[i] == '\r' && b[i+1] == '\n' {
				i++
			}
		case '\n', '\r':
			return 0, false
		}
	}
	return 0, false
}

// regExpLen returns the length of the regular expression, with its flags, that
// b begins with.
func regExpLen(b []byte) (int, bool) {
	class := false
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
			if i < len(b) && (b[i] == '\n' || b[i] == '\r') {
				return 0, false
			}
		case '[':
			class = true
		case ']':
			class = false
		case '\n', '\r':
			return 0, false
		case '/':
			if class {
				continue
			}
			for i++; i < len(b) && (isLetter(b[i]) || isDigit(b[i])); {
				i++
			}
			return i, true
		}
	}
	return 0, false
}
