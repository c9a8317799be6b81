package funcs

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Title returns s in title case, following the Associated Press: all words
// are capitalised but short articles, conjunctions and prepositions, unless
// they come first or last or after a colon. Words with capitals within, such
// as iPhone, stay as they are, and so does the space between words.
func Title(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	first := true // at the beginning, or after a colon
	for s != "" {
		n := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsSpace(r) })
		if n < 0 {
			n = len(s)
		}
		b.WriteString(s[:n])
		s = s[n:]
		if n = strings.IndexFunc(s, unicode.IsSpace); n < 0 {
			n = len(s)
		}
		word := s[:n]
		s = s[n:]
		titleWord(&b, word, first, strings.TrimSpace(s) == "")
		first = strings.HasSuffix(word, ":")
	}
	return b.String()
}

// titleWord writes one word, whose parts may be joined by hyphens or slashes.
// The first part of a first word and the last part of a last word are
// capitalised in any case, and so is what begins a compound, as in In-Depth.
func titleWord(b *strings.Builder, word string, first, last bool) {
	for start := true; ; start = false {
		n := strings.IndexAny(word, "-/")
		end := n < 0
		if end {
			n = len(word)
		}
		part := word[:n]
		capital := start && (first || !end && word[n] == '-') || end && last
		if lower := strings.ToLower(part); !capital && isSmallWord(lower) {
			b.WriteString(lower)
		} else {
			b.WriteString(capitalise(part))
		}
		if end {
			return
		}
		b.WriteByte(word[n])
		word = word[n+1:]
	}
}

// capitalise makes the first letter or digit upper case, after any punctuation.
func capitalise(word string) string {
	i := strings.IndexFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	if i < 0 {
		return word
	}
	r, n := utf8.DecodeRuneInString(word[i:])
	if strings.IndexFunc(word[i+n:], unicode.IsUpper) >= 0 {
		return word
	}
	return word[:i] + string(unicode.ToTitle(r)) + word[i+n:]
}

func isSmallWord(s string) bool {
	switch s {
	case "a", "an", "and", "as", "at", "but", "by", "en", "for", "if", "in", "nor", "of",
		"on", "or", "per", "the", "to", "v", "v.", "via", "vs", "vs.":
		return true
	}
	return false
}
