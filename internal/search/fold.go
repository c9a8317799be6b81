package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxTermLength is the number of characters of a term; what follows is cut.
const maxTermLength = 32

// span is a range of code points, first and last.
type span struct{ lo, hi rune }

// wideSpans are the scripts written without spaces, which give pairs of
// characters. The script has the same list.
var wideSpans = []span{
	{0x0e00, 0x0eff}, {0x1000, 0x109f}, {0x1100, 0x11ff}, {0x1780, 0x17ff},
	{0x2e80, 0x2fdf}, {0x3005, 0x3007}, {0x3040, 0x30ff}, {0x3130, 0x318f},
	{0x3400, 0x4dbf}, {0x4e00, 0x9fff}, {0xac00, 0xd7af}, {0xf900, 0xfaff},
	{0xff66, 0xff9f}, {0x20000, 0x3ffff},
}

// droppedSpans are marks and joiners without which a term is written: accents,
// the points of Hebrew and Arabic, the soft hyphen, zero-width joiners. Marks
// of other scripts are vowels, and stay. The script has the same list.
var droppedSpans = []span{
	{0x00ad, 0x00ad}, {0x0300, 0x036f}, {0x0483, 0x0487}, {0x0591, 0x05c7},
	{0x0640, 0x0640}, {0x064b, 0x065f}, {0x0670, 0x0670}, {0x200c, 0x200d},
}

// letters that a reader takes for others but that Unicode does not decompose.
var letters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d",
	'þ': "th", 'ı': "i", 'ς': "σ",
}

func within(r rune, spans []span) bool {
	for _, s := range spans {
		if r <= s.hi {
			return r >= s.lo
		}
	}
	return false
}

func isWide(r rune) bool { return r >= 0x0e00 && within(r, wideSpans) }

// isWordRune reports whether r can be part of a word.
func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) ||
		r == 0xad || r == 0x200c || r == 0x200d
}

// appendFolded appends a word as terms are written: compatibility forms
// resolved, in lower case, without diacritics.
func appendFolded(dst []byte, word string) []byte {
	if isPlain(word) {
		return appendLetters(dst, word)
	}
	var buf [96]byte
	bare := appendLetters(buf[:0], norm.NFKD.String(word))
	return norm.NFC.Append(dst, bare...)
}

// isPlain reports whether a word has nothing to decompose or to compose.
func isPlain(word string) bool {
	return norm.NFKD.IsNormalString(word) && norm.NFC.IsNormalString(word)
}

// appendLetters appends the letters of a decomposed word.
func appendLetters(dst []byte, word string) []byte {
	for _, r := range word {
		if r < utf8.RuneSelf {
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
			dst = append(dst, byte(r))
			continue
		}
		r = unicode.ToLower(r)
		if within(r, droppedSpans) {
			continue
		}
		if s, ok := letters[r]; ok {
			dst = append(dst, s...)
			continue
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

// cutTerm returns a term without what is longer than terms are.
func cutTerm(term []byte) []byte {
	if len(term) <= maxTermLength {
		return term
	}
	n := 0
	for i := 0; i < len(term); n++ {
		if n == maxTermLength {
			return term[:i]
		}
		_, size := utf8.DecodeRune(term[i:])
		i += size
	}
	return term
}

// umlauts spells out what German writes with two letters where it lacks the
// letter.
var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "ae", "Ö", "oe", "Ü", "ue")
