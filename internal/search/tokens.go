package search

import (
	"strings"
	"unicode/utf8"
)

// tokenizer cuts texts into terms, the same ones as the script's function
// tokens, and for an index also the parts and spellings that a query may have
// for them.
type tokenizer struct {
	emit   func(term []byte)
	extras bool // parts of camelCase words
	german bool // ae for ä; with extras
	runes  runeTable
	buf    []byte
}

// Classes of ASCII bytes.
const (
	byteOther = iota
	byteDigit
	byteLower
	byteUpper
	byteWide // beyond ASCII
)

var byteClass = func() (t [256]uint8) {
	for i := range t {
		switch {
		case '0' <= i && i <= '9':
			t[i] = byteDigit
		case 'a' <= i && i <= 'z':
			t[i] = byteLower
		case 'A' <= i && i <= 'Z':
			t[i] = byteUpper
		case i >= utf8.RuneSelf:
			t[i] = byteWide
		}
	}
	return t
}()

// scan emits the terms of a text. An emitted term is valid until emit returns.
func (t *tokenizer) scan(s string) {
	for i := 0; i < len(s); {
		end, ascii := t.wordEnd(s, i)
		if end == i {
			i += runeSize(s, i)
			continue
		}
		if word := s[i:end]; !isElision(s, i, end) {
			if ascii {
				t.ascii(word)
			} else {
				t.unicode(word)
			}
		}
		i = end
	}
}

func runeSize(s string, i int) int {
	if s[i] < utf8.RuneSelf {
		return 1
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	return n
}

// wordEnd returns where the word that begins at i ends: at i if none does.
func (t *tokenizer) wordEnd(s string, i int) (end int, ascii bool) {
	ascii = true
	for i < len(s) {
		switch byteClass[s[i]] {
		case byteDigit:
			i++
			if i+1 < len(s) && s[i] == '.' && byteClass[s[i+1]] == byteDigit {
				i++
			}
		case byteLower, byteUpper:
			i++
		case byteWide:
			r, n := utf8.DecodeRuneInString(s[i:])
			if t.runes.info(r).flags&runeWord == 0 {
				return i, ascii
			}
			i += n
			ascii = false
		default:
			return i, ascii
		}
	}
	return i, ascii
}

// isElision reports whether the word is a single letter at an apostrophe, as
// in l'image and Ann's.
func isElision(s string, i, end int) bool {
	if end-i > utf8.UTFMax || utf8.RuneCountInString(s[i:end]) != 1 {
		return false
	}
	before, after := s[:i], s[end:]
	return strings.HasSuffix(before, "'") || strings.HasSuffix(before, "’") ||
		strings.HasPrefix(after, "'") || strings.HasPrefix(after, "’")
}

// ascii emits a word of ASCII letters and digits.
func (t *tokenizer) ascii(word string) {
	buf := t.buf[:0]
	humps := 0 // places where a part may begin
	for i := range len(word) {
		c := word[i]
		if byteClass[c] == byteUpper {
			c += 'a' - 'A'
			if i > 0 {
				humps++
			}
		}
		buf = append(buf, c)
	}
	t.buf = buf
	t.emit(cutTerm(buf))
	if t.extras && humps > 0 {
		t.parts(word, buf)
	}
}

// parts emits the parts of a camelCase word of two or more characters: a part
// begins with a capital after a small letter or digit, or before a small
// letter.
func (t *tokenizer) parts(word string, lower []byte) {
	start := 0
	for i := 1; i <= len(word); i++ {
		if i < len(word) && !isHump(word, i) {
			continue
		}
		if n := i - start; n >= 2 && n < len(word) {
			t.emit(cutTerm(lower[start:i]))
		}
		start = i
	}
}

func isHump(word string, i int) bool {
	if byteClass[word[i]] != byteUpper {
		return false
	}
	return byteClass[word[i-1]] != byteUpper || i+1 < len(word) && byteClass[word[i+1]] == byteLower
}

// unicode emits a word that has more than ASCII: stretches of scripts without
// spaces in pairs, others whole.
func (t *tokenizer) unicode(word string) {
	start, wide := 0, false
	for i, r := range word {
		if w := r >= utf8.RuneSelf && t.runes.info(r).flags&runeWide != 0; w != wide {
			t.stretch(word[start:i], wide)
			start, wide = i, w
		}
	}
	t.stretch(word[start:], wide)
}

func (t *tokenizer) stretch(s string, wide bool) {
	if s == "" {
		return
	}
	t.buf = t.runes.appendFolded(t.buf[:0], s)
	switch {
	case len(t.buf) == 0:
	case wide:
		t.pairs(t.buf)
	default:
		t.emit(cutTerm(t.buf))
		if t.extras && t.german {
			t.spelledOut(s)
		}
	}
}

// spelledOut emits a word with umlauts as one writes it without them.
func (t *tokenizer) spelledOut(s string) {
	if long := umlauts.Replace(s); long != s {
		t.buf = t.runes.appendFolded(t.buf[:0], long)
		t.emit(cutTerm(t.buf))
	}
}

// pairs emits each two neighbouring characters, or a single one.
func (t *tokenizer) pairs(s []byte) {
	_, first := utf8.DecodeRune(s)
	if first == len(s) {
		t.emit(s)
		return
	}
	for {
		_, second := utf8.DecodeRune(s[first:])
		t.emit(s[:first+second])
		s = s[first:]
		if first = second; first == len(s) {
			return
		}
	}
}
