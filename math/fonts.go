package math

import "strings"

// font is an alphabet for letters and digits. Browsers have no attribute for it; Unicode has
// characters, in the block Mathematical Alphanumeric Symbols.
type font uint8

const (
	fontNone font = iota
	fontRoman
	fontItalic
	fontBold
	fontBoldItalic
	fontBlackboard
	fontScript
	fontFraktur
	fontSans
	fontMono
)

// alphabet has the first characters of a font's letters and digits; 0 for those it lacks.
type alphabet struct{ upper, lower, digit, greekUpper, greekLower rune }

var alphabets = [...]alphabet{
	fontItalic:     {upper: 0x1D434, lower: 0x1D44E, greekUpper: 0x1D6E2, greekLower: 0x1D6FC},
	fontBold:       {0x1D400, 0x1D41A, 0x1D7CE, 0x1D6A8, 0x1D6C2},
	fontBoldItalic: {0x1D468, 0x1D482, 0x1D7CE, 0x1D71C, 0x1D736},
	fontBlackboard: {upper: 0x1D538, lower: 0x1D552, digit: 0x1D7D8},
	fontScript:     {upper: 0x1D49C, lower: 0x1D4B6},
	fontFraktur:    {upper: 0x1D504, lower: 0x1D51E},
	fontSans:       {upper: 0x1D5A0, lower: 0x1D5BA, digit: 0x1D7E2},
	fontMono:       {upper: 0x1D670, lower: 0x1D68A, digit: 0x1D7F6},
}

// Letters that Unicode had before the others of their alphabet.
var elder = map[rune]rune{
	0x1D455: 'ℎ',
	0x1D49D: 'ℬ', 0x1D4A0: 'ℰ', 0x1D4A1: 'ℱ', 0x1D4A3: 'ℋ', 0x1D4A4: 'ℐ', 0x1D4A7: 'ℒ', 0x1D4A8: 'ℳ', 0x1D4AD: 'ℛ',
	0x1D4BA: 'ℯ', 0x1D4BC: 'ℊ', 0x1D4C4: 'ℴ',
	0x1D506: 'ℭ', 0x1D50B: 'ℌ', 0x1D50C: 'ℑ', 0x1D515: 'ℜ', 0x1D51D: 'ℨ',
	0x1D53A: 'ℂ', 0x1D53F: 'ℍ', 0x1D545: 'ℕ', 0x1D547: 'ℙ', 0x1D548: 'ℚ', 0x1D549: 'ℝ', 0x1D551: 'ℤ',
}

// apply returns text in the font; what the font does not have stays.
func (f font) apply(text string) string {
	if f == fontNone || f == fontRoman {
		return text
	}
	return strings.Map(f.letter, text)
}

func (f font) letter(r rune) rune {
	a := alphabets[f]
	to := func(start, first rune) rune {
		if start == 0 {
			return r
		}
		r := start + r - first
		if e, ok := elder[r]; ok {
			return e
		}
		return r
	}
	switch {
	case r >= 'A' && r <= 'Z':
		return to(a.upper, 'A')
	case r >= 'a' && r <= 'z':
		return to(a.lower, 'a')
	case r >= '0' && r <= '9':
		return to(a.digit, '0')
	case r >= 'Α' && r <= 'Ω':
		return to(a.greekUpper, 'Α')
	case r >= 'α' && r <= 'ω':
		return to(a.greekLower, 'α')
	}
	return r
}

// joins reports whether letters of the font that follow each other are a word.
func (f font) joins() bool {
	switch f {
	case fontRoman, fontItalic, fontBold, fontSans, fontMono:
		return true
	}
	return false
}
