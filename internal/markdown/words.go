package markdown

import (
	"unicode"
	"unicode/utf8"
)

// Reading speeds, in words a minute, as Hugo has them.
const (
	wordsPerMinute    = 213
	wordsPerMinuteCJK = 501
)

// CountWords counts the words of a plain text: what stands between white
// space, but each Chinese, Japanese or Korean character, also a punctuation
// mark, for itself. cjk reports whether at least half of the words are such
// characters.
func CountWords(text string) (words int, cjk bool) {
	var c wordCounter
	c.text([]byte(text))
	return c.words, c.isCJK()
}

// ReadingTime returns the minutes that reading takes, rounded up: at 213 words
// a minute, or 501 when the words are Chinese, Japanese or Korean characters.
func ReadingTime(words int, cjk bool) int {
	speed := wordsPerMinute
	if cjk {
		speed = wordsPerMinuteCJK
	}
	return (words + speed - 1) / speed
}

// wordCounter counts the words of texts and of HTML that follow each other.
type wordCounter struct {
	words, wide int
	inWord      bool
}

func (c *wordCounter) isCJK() bool { return c.words > 0 && 2*c.wide >= c.words }

// Classes of bytes. Words are counted by arithmetic on the first two.
const (
	classWord  = iota
	classSpace // white space
	classWide  // may begin a character that is white space or a word
	classTag   // <
	classRef   // &
)

var byteClass = func() (t [256]uint8) {
	for _, b := range " \t\n\v\f\r" {
		t[b] = classSpace
	}
	// All other bytes beyond ASCII are a part of what can only be a letter or the like.
	for _, b := range []byte{0xC2, 0xE1, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xEB, 0xEC, 0xED, 0xEF, 0xF0, 0xF1, 0xF2, 0xF3, 0xF4} {
		t[b] = classWide
	}
	t['<'], t['&'] = classTag, classRef
	return t
}()

// text counts the words of a plain text.
func (c *wordCounter) text(s []byte) {
	for len(s) > 0 {
		n := c.plain(s)
		if s = s[n:]; len(s) > 0 {
			s = s[c.character(s):]
		}
	}
}

// html counts the words that a reader sees in complete HTML elements.
func (c *wordCounter) html(s []byte) {
	for len(s) > 0 {
		n := c.plain(s)
		if s = s[n:]; len(s) == 0 {
			return
		}
		switch byteClass[s[0]] {
		case classTag:
			var breaks bool
			if s, breaks = skipTag(s); breaks {
				c.inWord = false
			}
		case classRef:
			if n := spaceEntity(s); n > 0 {
				c.inWord = false
				s = s[n:]
				continue
			}
			fallthrough
		default:
			s = s[c.character(s):]
		}
	}
}

// plain counts words up to the first byte that is neither of a word nor white
// space, and returns how many bytes that are.
func (c *wordCounter) plain(s []byte) int {
	words, before := 0, uint8(classSpace)
	if c.inWord {
		before = classWord
	}
	i := 0
	for ; i < len(s); i++ {
		class := byteClass[s[i]]
		if class > classSpace {
			break
		}
		words += int(before &^ class)
		before = class
	}
	c.words += words
	c.inWord = before == classWord
	return i
}

// character counts one character, of a class that plain stops at, and
// returns its length.
func (c *wordCounter) character(s []byte) int {
	if len(s) > 2 && s[0] == 0xE2 && s[1] == 0x80 && s[2] >= 0x90 && s[2] <= 0xA7 { // dashes and quotation marks
		if !c.inWord {
			c.words++
			c.inWord = true
		}
		return 3
	}
	r, size := utf8.DecodeRune(s)
	switch {
	case isCJK(r) || isHangul(r):
		c.words++
		c.wide++
		c.inWord = false
	case isSpace(r):
		c.inWord = false
	case !c.inWord:
		c.words++
		c.inWord = true
	}
	return size
}

// isSpace is unicode.IsSpace, without its search for characters beyond Latin 1.
func isSpace(r rune) bool {
	switch {
	case r <= unicode.MaxLatin1:
		return unicode.IsSpace(r)
	case r < 0x2000:
		return r == 0x1680
	case r <= 0x205F:
		return r <= 0x200A || r == 0x2028 || r == 0x2029 || r == 0x202F || r == 0x205F
	}
	return r == 0x3000
}

// spaceEntity returns the length of an entity for a space at the start of s.
func spaceEntity(s []byte) int {
	if len(s) < 2 || s[1] != '#' && s[1] != 'n' && s[1] != 'e' && s[1] != 't' {
		return 0
	}
	for _, e := range [...]string{"&nbsp;", "&#160;", "&#xa0;", "&#xA0;", "&#32;", "&ensp;", "&emsp;", "&thinsp;"} {
		if len(s) >= len(e) && string(s[:len(e)]) == e {
			return len(e)
		}
	}
	return 0
}
