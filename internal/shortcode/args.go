package shortcode

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// argument reads one argument and adds it to t.
func (l *lexer) argument(t *tag) *mistake {
	at := l.pos
	value, ok, m := l.quoted()
	if m != nil {
		return m
	}
	if ok {
		t.positional(at, value)
		return nil
	}
	word := l.word(".")
	if word == "" || word[0] == '.' {
		return l.unquoted(at)
	}
	behind := l.pos
	l.space()
	if l.at("=") {
		l.pos++
		return l.named(t, at, word)
	}
	l.pos = behind
	if !l.atBoundary() {
		return l.unquoted(at)
	}
	t.positional(at, typed(word))
	return nil
}

// atBoundary tells whether a bare word may end here.
func (l *lexer) atBoundary() bool {
	return l.atLeft() || l.atRight() || isSpace(l.source[l.pos]) || l.at(`"`) || l.at("`") || l.at(`\"`) || l.selfCloses()
}

// named reads the value of the argument key, which stands at an offset.
func (l *lexer) named(t *tag, at int, key string) *mistake {
	l.space()
	value, ok, m := l.quoted()
	if m != nil {
		return m
	}
	if !ok {
		start := l.pos
		if l.at("'") {
			return l.unquoted(start)
		}
		for !l.atLeft() && !l.atRight() && !isSpace(l.source[l.pos]) {
			l.pos++
		}
		if l.pos == start {
			return wrong(at, "argument %q has no value", key)
		}
		value = typed(l.source[start:l.pos])
	}
	t.addNamed(at, key, value)
	return nil
}

// unquoted is the mistake of an argument at an offset that needs quotes.
func (l *lexer) unquoted(at int) *mistake {
	l.pos = at
	if l.at("'") {
		return wrong(at, "single quotes do not enclose an argument: use double quotes")
	}
	if l.at("=") {
		return wrong(at, `"=" without the name of an argument before it`)
	}
	if !l.at(".") {
		l.word(".")
	}
	r, size := utf8.DecodeRuneInString(l.source[l.pos:])
	l.pos += size
	return wrong(at, "an argument with the character %q needs double quotes", r)
}

// quoted reads a value in quotes. It is false when there are none.
func (l *lexer) quoted() (value any, ok bool, m *mistake) {
	switch at := l.pos; {
	case l.at(`"`):
		return l.interpreted(at)
	case l.at("`"):
		l.pos++
		i := strings.IndexByte(l.source[l.pos:], '`')
		if i < 0 {
			return nil, false, wrong(at, "back quote has no counterpart")
		}
		value = l.source[l.pos : l.pos+i]
		l.pos += i + 1
		return value, true, nil
	case l.at(`\"`):
		l.pos += 2
		i := strings.IndexAny(l.source[l.pos:], "\"\n")
		if i < 0 || l.source[l.pos+i] == '\n' {
			return nil, false, wrong(at, `\" has no counterpart on its line`)
		}
		value = strings.TrimSuffix(l.source[l.pos:l.pos+i], `\`)
		l.pos += i + 1
		return value, true, nil
	}
	return nil, false, nil
}

// interpreted reads a value in double quotes, in which \" is a quote. Every
// other backslash is itself, as regular expressions and Windows paths want it.
func (l *lexer) interpreted(at int) (any, bool, *mistake) {
	l.pos++
	escaped := false
	for i := l.pos; i < len(l.source) && l.source[i] != '\n'; i++ {
		switch l.source[i] {
		case '\\':
			if strings.HasPrefix(l.source[i:], `\"`) {
				escaped = true
				i++
			}
		case '"':
			value := l.source[l.pos:i]
			if escaped {
				value = strings.ReplaceAll(value, `\"`, `"`)
			}
			l.pos = i + 1
			return value, true, nil
		}
	}
	return nil, false, wrong(at, "double quote has no counterpart on its line (use back quotes for a text of several lines)")
}

func (t *tag) positional(at int, value any) {
	if t.named != nil {
		t.blame(wrong(at, "positional argument after named ones: a call has either kind"))
		return
	}
	t.args = append(t.args, value)
}

func (t *tag) addNamed(at int, key string, value any) {
	if t.args != nil {
		t.blame(wrong(at, "named argument %q after positional ones: a call has either kind", key))
		return
	}
	if _, ok := t.named[key]; ok {
		t.twice = append(t.twice, wrong(at, "argument %q is given twice: this one counts", key))
	}
	if t.named == nil {
		t.named = make(map[string]any)
	}
	t.named[key] = value
}

// blame notes the first mistake.
func (t *tag) blame(m *mistake) {
	if t.mistake == nil {
		t.mistake = m
	}
}

// typed returns the value of a bare word: a bool, an int, a float64, or the
// word itself.
func typed(word string) any {
	switch word {
	case "true":
		return true
	case "false":
		return false
	}
	number := word
	if word[0] == '+' || word[0] == '-' {
		number = word[1:]
	}
	whole, fraction, point := strings.Cut(number, ".")
	switch {
	case !point && whole != "" && allDigits(whole):
		if n, err := strconv.Atoi(word); err == nil {
			return n
		}
	case point && fraction != "" && allDigits(whole) && allDigits(fraction):
		if f, err := strconv.ParseFloat(word, 64); err == nil {
			return f
		}
	}
	return word
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
