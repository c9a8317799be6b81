package shortcode

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tag is an opening or a closing tag.
type tag struct {
	start       int
	markdown    bool
	closing     bool
	selfClosing bool
	name        string
	nameAt      int
	args        []any
	named       map[string]any

	twice   []*mistake // arguments that replace one of the same name
	mistake *mistake   // among the arguments, after which reading went on
	broken  bool       // the tag has a mistake
}

// mistake is an error at an offset of the source.
type mistake struct {
	at   int
	text string
}

func wrong(at int, format string, args ...any) *mistake {
	return &mistake{at, fmt.Sprintf(format, args...)}
}

// lexer reads one tag. After a mistake that it cannot get over, pos is at or
// behind all that it has looked at, so that reading on from there keeps the
// time for a text linear.
type lexer struct {
	source string
	pos    int
	left   string // "{{<" or "{{%"
	right  string // ">}}" or "%}}"
	other  string // the other of these
}

// newLexer returns a lexer behind the delimiter at start.
func newLexer(source string, start int) lexer {
	l := lexer{source: source, pos: start + 3, left: "{{<", right: ">}}", other: "%}}"}
	if source[start+2] == '%' {
		l.left, l.right, l.other = "{{%", l.other, l.right
	}
	return l
}

func (l *lexer) at(prefix string) bool { return strings.HasPrefix(l.source[l.pos:], prefix) }

// atLeft tells whether another tag begins, or the text ends.
func (l *lexer) atLeft() bool {
	return l.pos == len(l.source) || l.at("{{<") || l.at("{{%")
}

func (l *lexer) atRight() bool { return l.at(l.right) || l.at(l.other) }

func (l *lexer) space() {
	for l.pos < len(l.source) && isSpace(l.source[l.pos]) {
		l.pos++
	}
}

func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

// word reads letters, digits, underscores, hyphens and the characters in extra.
func (l *lexer) word(extra string) string {
	start := l.pos
	for l.pos < len(l.source) {
		r, size := utf8.DecodeRuneInString(l.source[l.pos:])
		if r != '_' && r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(extra, r) {
			break
		}
		l.pos += size
	}
	return l.source[start:l.pos]
}

// name reads the beginning of a tag: a slash if it is a closing tag, and the name.
func (l *lexer) name(t *tag) *mistake {
	l.space()
	if l.at("/*") {
		return wrong(t.start, `to show a shortcode as text, write %s/* … */%s without white space around`, l.left, l.right)
	}
	if l.at("/") {
		t.closing = true
		l.pos++
		l.space()
	}
	t.nameAt = l.pos
	switch {
	case l.atLeft():
		return l.noEnd(t)
	case l.atRight():
		return wrong(t.start, "shortcode has no name")
	}
	r, _ := utf8.DecodeRuneInString(l.source[l.pos:])
	if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		return wrong(l.pos, "%q where the name of a shortcode should be", r)
	}
	t.name = l.word("./")
	if l.atRight() && strings.HasSuffix(t.name, "/") {
		t.name = strings.TrimSuffix(t.name, "/")
		l.pos--
	}
	return nil
}

func (l *lexer) noEnd(t *tag) *mistake {
	if t.name == "" {
		return wrong(t.start, "shortcode has no %q that ends its tag", l.right)
	}
	return wrong(t.start, "shortcode %q has no %q that ends its tag", t.name, l.right)
}

// end reads the delimiter that ends a tag. It is false when there is none yet.
func (l *lexer) end(t *tag) (bool, *mistake) {
	switch {
	case l.at(l.right):
		l.pos += len(l.right)
		return true, nil
	case l.at(l.other):
		return true, wrong(l.pos, "tag of shortcode %q begins with %q and must end with %q, not %q", t.name, l.left, l.right, l.other)
	case l.atLeft():
		return true, l.noEnd(t)
	}
	return false, nil
}

// closingEnd reads what follows the name in a closing tag.
func (l *lexer) closingEnd(t *tag) *mistake {
	l.space()
	if ended, m := l.end(t); ended {
		return m
	}
	return wrong(l.pos, "closing tag of shortcode %q has more than a name", t.name)
}

// arguments reads what follows the name in an opening tag.
func (l *lexer) arguments(t *tag) *mistake {
	for {
		l.space()
		if ended, m := l.end(t); ended {
			return m
		}
		if l.selfCloses() {
			t.selfClosing = true
			l.pos++
			l.space()
			continue
		}
		if m := l.argument(t); m != nil {
			return m
		}
	}
}

// selfCloses tells whether a slash and the end of the tag follow.
func (l *lexer) selfCloses() bool {
	if !l.at("/") {
		return false
	}
	ahead := *l
	ahead.pos++
	ahead.space()
	return ahead.atRight()
}

// resume returns where to read on after a mistake: behind the end of the tag,
// if it ends before another begins.
func (l *lexer) resume() int {
	stop := nextTag(l.source, l.pos)
	if stop < 0 {
		stop = len(l.source)
	}
	if i := strings.Index(l.source[l.pos:stop], l.right); i >= 0 {
		return l.pos + i + len(l.right)
	}
	return l.pos
}
