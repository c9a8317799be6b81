package math

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind is what a token is to TeX.
type tokenKind uint8

const (
	tokenEnd     tokenKind = iota
	tokenChar              // any other character
	tokenCommand           // text is its name, without the backslash
	tokenOpen              // {
	tokenClose             // }
	tokenSup               // ^
	tokenSub               // _
	tokenCell              // &
	tokenParam             // #1 to #9, in the text of a macro
	tokenSpace
)

// token is the smallest part of a formula.
type token struct {
	kind tokenKind
	text string
	at   int // its offset in the formula; of what a macro stands for, the macro's
}

func (t token) is(kind tokenKind, text string) bool { return t.kind == kind && t.text == text }

// source is the token as it may be written.
func (t token) source() string {
	if t.kind != tokenCommand {
		return t.text
	}
	return `\` + t.text
}

var special = map[rune]tokenKind{'{': tokenOpen, '}': tokenClose, '^': tokenSup, '_': tokenSub, '&': tokenCell}

// lexer cuts a formula into tokens.
type lexer struct {
	src string
	at  int
}

func (l *lexer) next() token {
	l.skipComments()
	start := l.at
	r, size := utf8.DecodeRuneInString(l.src[start:])
	if size == 0 {
		return token{tokenEnd, "the end of the formula", start}
	}
	l.at += size
	switch {
	case unicode.IsSpace(r):
		l.skipSpace()
		return token{tokenSpace, " ", start}
	case r == '\\':
		return l.command(start)
	case r == '#' && l.at < len(l.src) && l.src[l.at] >= '1' && l.src[l.at] <= '9':
		l.at++
		return token{tokenParam, l.src[start:l.at], start}
	}
	kind, ok := special[r]
	if !ok {
		kind = tokenChar
	}
	return token{kind, l.src[start:l.at], start}
}

// command reads the name of a command: letters, or one other character.
func (l *lexer) command(start int) token {
	name := l.src[l.at:]
	n := strings.IndexFunc(name, func(r rune) bool { return !isLetter(r) })
	if n < 0 {
		n = len(name)
	}
	if n > 0 {
		l.at += n
		l.skipSpace()
		return token{tokenCommand, name[:n], start}
	}
	r, size := utf8.DecodeRuneInString(name)
	l.at += size
	if unicode.IsSpace(r) {
		return token{tokenCommand, " ", start}
	}
	return token{tokenCommand, name[:size], start}
}

func (l *lexer) skipSpace() {
	l.at = len(l.src) - len(strings.TrimLeftFunc(l.src[l.at:], unicode.IsSpace))
}

// skipComments skips from % to the end of the line, and the next line's indentation.
func (l *lexer) skipComments() {
	for l.at < len(l.src) && l.src[l.at] == '%' {
		if end := strings.IndexByte(l.src[l.at:], '\n'); end >= 0 {
			l.at += end + 1
			l.skipSpace()
		} else {
			l.at = len(l.src)
		}
	}
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// tokenize returns all tokens of src.
func tokenize(src string) (list []token) {
	l := lexer{src: src}
	for t := l.next(); t.kind != tokenEnd; t = l.next() {
		list = append(list, t)
	}
	return list
}

// valid reports characters that no document can have.
func valid(src string) error {
	for i, r := range src {
		_, size := utf8.DecodeRuneInString(src[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			return syntaxError(src, i, "invalid UTF-8")
		case unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r', unicode.Is(unicode.Noncharacter_Code_Point, r):
			return syntaxError(src, i, fmt.Sprintf("invalid character %U", r))
		}
	}
	return nil
}
