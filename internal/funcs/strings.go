package funcs

import (
	"fmt"
	"html"
	"html/template"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Strings is the namespace strings. Its functions take scalars, template.HTML
// and the like for strings, and nil for "".
type Strings struct{ lib *library }

// maxRepeat bounds the result of strings.Repeat, in bytes.
const maxRepeat = 1 << 20

// Chomp returns the input without newlines and carriage returns at its end:
// chomp INPUT. The result for template.HTML is template.HTML.
func (Strings) Chomp(in any) (any, error) {
	s, err := text("chomp", in)
	if err != nil {
		return nil, err
	}
	s = strings.TrimRight(s, "\r\n")
	if _, ok := in.(template.HTML); ok {
		return template.HTML(s), nil
	}
	return s, nil
}

// Contains reports whether a part is in the input: strings.Contains INPUT PART.
func (Strings) Contains(in, part any) (bool, error) {
	s, p, err := text2("strings.Contains", in, part)
	return err == nil && strings.Contains(s, p), err
}

// ContainsAny reports whether any of the characters is in the input:
// strings.ContainsAny INPUT CHARACTERS.
func (Strings) ContainsAny(in, chars any) (bool, error) {
	s, c, err := text2("strings.ContainsAny", in, chars)
	return err == nil && strings.ContainsAny(s, c), err
}

// ContainsNonSpace reports whether the input has anything but Unicode white
// space: strings.ContainsNonSpace INPUT.
func (Strings) ContainsNonSpace(in any) (bool, error) {
	s, err := text("strings.ContainsNonSpace", in)
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsSpace(r) }) >= 0, err
}

// Count counts the places of a part in the input that don't overlap:
// strings.Count PART INPUT. The empty part is around every character.
func (Strings) Count(part, in any) (int, error) {
	p, s, err := text2("strings.Count", part, in)
	if err != nil {
		return 0, err
	}
	return strings.Count(s, p), nil
}

// CountRunes counts the characters of the text in HTML without white space:
// countrunes INPUT.
func (Strings) CountRunes(in any) (int, error) {
	s, err := text("countrunes", in)
	n := 0
	for _, r := range html.UnescapeString(Plainify(s)) {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n, err
}

// CountWords counts the words of the text in HTML: countwords INPUT. Each
// Chinese, Japanese or Korean character is a word.
func (Strings) CountWords(in any) (int, error) {
	s, err := text("countwords", in)
	n := 0
	for field := range strings.FieldsSeq(html.UnescapeString(Plainify(s))) {
		n += wordsOf(field)
	}
	return n, err
}

// wordsOf counts the words in text without spaces: each character of a
// script that is written without them, and each run of others.
func wordsOf(field string) int {
	n := 0
	inRun := false
	for _, r := range field {
		cjk := isCJK(r)
		if cjk || !inRun {
			n++
		}
		inRun = !cjk
	}
	return n
}

// isCJK reports whether r is a Chinese, Japanese or Korean letter or
// punctuation mark.
func isCJK(r rune) bool {
	switch {
	case r < 0x1100:
		return false
	case 0x3001 <= r && r <= 0x303F, 0x30FB <= r && r <= 0x30FC, 0xFE30 <= r && r <= 0xFE4F, 0xFF01 <= r && r <= 0xFF9F:
		return true
	}
	return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana)
}

// FirstUpper returns the input with its first character in upper case:
// strings.FirstUpper INPUT.
func (Strings) FirstUpper(in any) (string, error) {
	s, err := text("strings.FirstUpper", in)
	return firstUpper(s), err
}

func firstUpper(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if up := unicode.ToUpper(r); n > 0 && up != r {
		return string(up) + s[n:]
	}
	return s
}

// HasPrefix reports whether the input begins with a prefix: hasPrefix INPUT PREFIX.
func (Strings) HasPrefix(in, prefix any) (bool, error) {
	s, p, err := text2("hasPrefix", in, prefix)
	return err == nil && strings.HasPrefix(s, p), err
}

// HasSuffix reports whether the input ends with a suffix: hasSuffix INPUT SUFFIX.
func (Strings) HasSuffix(in, suffix any) (bool, error) {
	s, x, err := text2("hasSuffix", in, suffix)
	return err == nil && strings.HasSuffix(s, x), err
}

// Repeat returns the input a number of times: strings.Repeat COUNT INPUT. The
// result has at most 1 MiB.
func (Strings) Repeat(count, in any) (string, error) {
	n, err := whole("strings.Repeat", "the count", count)
	if err != nil {
		return "", err
	}
	s, err := text("strings.Repeat", in)
	switch {
	case err != nil:
		return "", err
	case n < 0:
		return "", fmt.Errorf("strings.Repeat: the count %d is negative", n)
	case s != "" && n > maxRepeat/len(s):
		return "", fmt.Errorf("strings.Repeat: %d times %d bytes are more than 1 MiB", n, len(s))
	}
	if s == "" {
		return "", nil
	}
	return strings.Repeat(s, n), nil
}

// RuneCount counts the characters of the input: strings.RuneCount INPUT.
func (Strings) RuneCount(in any) (int, error) {
	s, err := text("strings.RuneCount", in)
	return utf8.RuneCountInString(s), err
}

// SliceString returns the characters from start, counted from 0, up to but
// without end: slicestr INPUT [START] [END].
func (Strings) SliceString(in any, startEnd ...any) (string, error) {
	s, err := text("slicestr", in)
	if err != nil {
		return "", err
	}
	if len(startEnd) > 2 {
		return "", miscount("slicestr", "a string, a start and an end", 1+len(startEnd))
	}
	bounds := [2]int{0, utf8.RuneCountInString(s)}
	size := bounds[1]
	for i, v := range startEnd {
		if bounds[i], err = whole("slicestr", "a position", v); err != nil {
			return "", err
		}
	}
	if bounds[0] < 0 || bounds[1] > size || bounds[0] > bounds[1] {
		return "", fmt.Errorf("slicestr: the range from %d to %d isn't within 0 to %d", bounds[0], bounds[1], size)
	}
	return runes(s, bounds[0], bounds[1]), nil
}

// runes returns the characters of s in a range, which must be valid.
func runes(s string, from, to int) string {
	start := skipRunes(s, from)
	return s[start : start+skipRunes(s[start:], to-from)]
}

// skipRunes returns the length in bytes of the first n characters of s.
func skipRunes(s string, n int) int {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return i
}

// Split returns the parts between delimiters: split INPUT DELIMITER. The
// empty delimiter splits into characters.
func (Strings) Split(in, delimiter any) ([]string, error) {
	s, d, err := text2("split", in, delimiter)
	if err != nil {
		return nil, err
	}
	if len(s) > maxList {
		if err := fitsList("split", strings.Count(s, d)+1); err != nil {
			return nil, err
		}
	}
	return strings.Split(s, d), nil
}

// Substr returns characters from a position on: substr INPUT [START] [LENGTH].
// A negative start counts from the end; a negative length leaves out that
// many characters at the end. A position outside the input is no error.
func (Strings) Substr(in any, startLength ...any) (string, error) {
	s, err := text("substr", in)
	if err != nil {
		return "", err
	}
	if len(startLength) > 2 {
		return "", miscount("substr", "a string, a start and a length", 1+len(startLength))
	}
	size := utf8.RuneCountInString(s)
	num := [2]int{0, size}
	for i, v := range startLength {
		if num[i], err = whole("substr", "the start or length", v); err != nil {
			return "", err
		}
	}
	start, length := num[0], num[1]
	if start < 0 {
		start = max(0, start+size)
	}
	end := size
	switch {
	case start >= size:
		return "", nil
	case length < 0:
		end += length
	case length < size-start:
		end = start + length
	}
	if end <= start {
		return "", nil
	}
	return runes(s, start, end), nil
}

// ToLower returns the input in lower case: lower INPUT.
func (Strings) ToLower(in any) (string, error) {
	s, err := text("lower", in)
	return strings.ToLower(s), err
}

// ToUpper returns the input in upper case: upper INPUT.
func (Strings) ToUpper(in any) (string, error) {
	s, err := text("upper", in)
	return strings.ToUpper(s), err
}

// Title returns the input in title case: title INPUT. See [Title].
func (Strings) Title(in any) (string, error) {
	s, err := text("title", in)
	return Title(s), err
}

// Trim returns the input without characters of a set at both ends: trim INPUT SET.
func (Strings) Trim(in, set any) (string, error) {
	s, c, err := text2("trim", in, set)
	return strings.Trim(s, c), err
}

// TrimLeft returns the input without characters of a set at its beginning:
// strings.TrimLeft SET INPUT.
func (Strings) TrimLeft(set, in any) (string, error) {
	c, s, err := text2("strings.TrimLeft", set, in)
	return strings.TrimLeft(s, c), err
}

// TrimRight returns the input without characters of a set at its end:
// strings.TrimRight SET INPUT.
func (Strings) TrimRight(set, in any) (string, error) {
	c, s, err := text2("strings.TrimRight", set, in)
	return strings.TrimRight(s, c), err
}

// TrimPrefix returns the input without a prefix: strings.TrimPrefix PREFIX INPUT.
func (Strings) TrimPrefix(prefix, in any) (string, error) {
	p, s, err := text2("strings.TrimPrefix", prefix, in)
	return strings.TrimPrefix(s, p), err
}

// TrimSuffix returns the input without a suffix: strings.TrimSuffix SUFFIX INPUT.
func (Strings) TrimSuffix(suffix, in any) (string, error) {
	x, s, err := text2("strings.TrimSuffix", suffix, in)
	return strings.TrimSuffix(s, x), err
}

// TrimSpace returns the input without Unicode white space at both ends:
// strings.TrimSpace INPUT.
func (Strings) TrimSpace(in any) (string, error) {
	s, err := text("strings.TrimSpace", in)
	return strings.TrimSpace(s), err
}
