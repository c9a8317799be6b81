package funcs

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Inflect is the namespace inflect: forms of English words.
type Inflect struct{}

// Humanize makes a name readable: humanize INPUT. "my-first-post" and
// "myFirstPost" become "My first post", and a whole number an ordinal, "52nd".
func (Inflect) Humanize(in any) (string, error) {
	s, err := text("humanize", in)
	return Humanize(s), err
}

// Pluralize returns the plural of an English noun: pluralize INPUT.
func (Inflect) Pluralize(in any) (string, error) {
	s, err := text("pluralize", in)
	return Pluralize(s), err
}

// Singularize returns the singular of an English noun: singularize INPUT.
func (Inflect) Singularize(in any) (string, error) {
	s, err := text("singularize", in)
	return Singularize(s), err
}

// Humanize makes a name of words joined by hyphens, underscores or capitals
// readable, and gives a whole number its ordinal ending.
func Humanize(s string) string {
	if n, err := strconv.Atoi(s); err == nil {
		return s + ordinalEnding(n)
	}
	return firstUpper(strings.ToLower(strings.Join(splitWords(s), " ")))
}

func ordinalEnding(n int) string {
	n %= 100
	if n < 0 {
		n = -n
	}
	if n >= 11 && n <= 13 {
		return "th"
	}
	switch n % 10 {
	case 1:
		return "st"
	case 2:
		return "nd"
	case 3:
		return "rd"
	}
	return "th"
}

// splitWords splits at white space, hyphens, underscores, and where a capital
// begins a word.
func splitWords(s string) []string {
	var words []string
	start := 0
	end := func(i int) {
		if i > start {
			words = append(words, s[start:i])
		}
		start = i
	}
	var prev rune
	for i, r := range s {
		switch {
		case unicode.IsSpace(r) || r == '-' || r == '_':
			end(i)
			start = i + utf8.RuneLen(r)
		case unicode.IsUpper(r) && unicode.IsLower(prev):
			end(i)
		case unicode.IsUpper(prev) && unicode.IsLower(r):
			// The last capital of HTMLParser begins the next word.
			end(max(start, i-utf8.RuneLen(prev)))
		}
		prev = r
	}
	end(len(s))
	return words
}

// Pluralize returns the plural of an English noun by simple rules and the
// common exceptions. Of several words, the last is changed.
func Pluralize(s string) string {
	return inflect(s, func(word string) string {
		if p, ok := irregular[word]; ok {
			return p
		}
		if _, ok := irregularSingular()[word]; ok || uncountable(word) {
			return word
		}
		return pluralEnding(word)
	})
}

// Singularize returns the singular of an English noun, as [Pluralize] in reverse.
func Singularize(s string) string {
	return inflect(s, func(word string) string {
		if p, ok := irregularSingular()[word]; ok {
			return p
		}
		if _, ok := irregular[word]; ok || uncountable(word) {
			return word
		}
		return singularEnding(word)
	})
}

// inflect applies change, which is for lower case, to the last word of s.
func inflect(s string, change func(string) string) string {
	start := strings.LastIndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == '_' }) + 1
	if start > 0 {
		_, n := utf8.DecodeRuneInString(s[start-1:])
		start += n - 1
	}
	word := s[start:]
	lower := strings.ToLower(word)
	if word == "" || len(lower) != len(word) {
		return s
	}
	changed := change(lower)
	same := 0 // keeps the case of what doesn't change
	for same < len(lower) && same < len(changed) && lower[same] == changed[same] {
		same++
	}
	ending := changed[same:]
	switch {
	case same == 0 && unicode.IsUpper(rune(word[0])):
		ending = firstUpper(ending)
	case len(word) > 1 && word == strings.ToUpper(word) && word != lower:
		ending = strings.ToUpper(ending)
	}
	return s[:start] + word[:same] + ending
}
