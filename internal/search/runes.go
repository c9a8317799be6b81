package search

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// runeInfo is what a tokenizer asks of a character.
type runeInfo struct {
	flags uint8
	n     uint8
	text  [6]byte // its folded form, n bytes, if independent
}

const (
	runeKnown       = 1 << iota // the entry is filled in
	runeWord                    // part of a word
	runeWide                    // of a script without spaces
	runeIndependent             // folded alike whatever stands before it
)

// runeTable remembers the answers for the characters of the basic plane, since
// the tables of Unicode take their time. It must not be shared.
type runeTable struct {
	pages [256]*[256]runeInfo
	other runeInfo
}

// info returns what is known of r. It is valid until the next call.
func (t *runeTable) info(r rune) *runeInfo {
	if r > 0xffff {
		t.other = newRuneInfo(r)
		return &t.other
	}
	page := t.pages[r>>8]
	if page == nil {
		page = new([256]runeInfo)
		t.pages[r>>8] = page
	}
	info := &page[r&0xff]
	if info.flags == 0 {
		*info = newRuneInfo(r)
	}
	return info
}

func newRuneInfo(r rune) runeInfo {
	info := runeInfo{flags: runeKnown}
	if !isWordRune(r) {
		return info
	}
	info.flags |= runeWord
	if isWide(r) {
		info.flags |= runeWide
	}
	folded := appendFolded(nil, string(r))
	if len(folded) > len(info.text) || !startsAnew(string(r)) || !startsAnew(string(folded)) {
		return info
	}
	info.flags |= runeIndependent
	info.n = uint8(copy(info.text[:], folded))
	return info
}

// startsAnew reports whether a text does not combine with what is before it.
func startsAnew(s string) bool {
	return s == "" || norm.NFC.PropertiesString(s).BoundaryBefore() && norm.NFKD.PropertiesString(s).BoundaryBefore()
}

// appendFolded is the function of that name, faster.
func (t *runeTable) appendFolded(dst []byte, word string) []byte {
	start := len(dst)
	for _, r := range word {
		if r < utf8.RuneSelf {
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
			dst = append(dst, byte(r))
			continue
		}
		info := t.info(r)
		if info.flags&runeIndependent == 0 {
			return appendFolded(dst[:start], word)
		}
		dst = append(dst, info.text[:info.n]...)
	}
	return dst
}
