package shortcode

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// block is the distance in bytes of the places whose position is noted.
const block = 256

// positions turns offsets of a text into lines and columns, in constant time.
type positions struct {
	text      string
	firstLine int
	dropped   []int // offsets before which a character was dropped
	marks     []mark
}

// mark is what stands before the beginning of a block.
type mark struct {
	lines  int32 // line breaks
	column int32 // characters since the last of them
}

func newPositions(text string, dropped []int, firstLine int) *positions {
	p := &positions{text: text, dropped: dropped, firstLine: firstLine}
	p.marks = make([]mark, 1, len(text)/block+1)
	p.marks[0].column = int32(p.droppedIn(0, 0))
	for k := 1; k*block <= len(text); k++ {
		p.marks = append(p.marks, p.advance(k-1, p.start(k)))
	}
	return p
}

// start returns the offset at which block k begins: not inside a character.
func (p *positions) start(k int) int {
	i := k * block
	if k == 0 {
		return 0
	}
	for n := 1; n < utf8.UTFMax && i < len(p.text) && !utf8.RuneStart(p.text[i]); n++ {
		i++
	}
	return i
}

// advance returns what stands before offset, which is in or right after block k.
func (p *positions) advance(k, offset int) mark {
	m, from := p.marks[k], p.start(k)
	step := p.text[from:offset]
	if i := strings.LastIndexByte(step, '\n'); i >= 0 {
		m.lines += int32(strings.Count(step[:i+1], "\n"))
		m.column = int32(utf8.RuneCountInString(step[i+1:]) + p.droppedIn(from+i+1, offset))
		return m
	}
	m.column += int32(utf8.RuneCountInString(step) + p.droppedIn(from+1, offset))
	return m
}

// droppedIn counts the characters dropped before offsets from low to high.
func (p *positions) droppedIn(low, high int) int {
	if len(p.dropped) == 0 {
		return 0
	}
	i, _ := slices.BinarySearch(p.dropped, low)
	j, _ := slices.BinarySearch(p.dropped, high+1)
	return max(j-i, 0)
}

// at returns the line and column of the character at or around offset.
func (p *positions) at(offset int) (line, column int) {
	offset = p.characterAt(min(max(offset, 0), len(p.text)))
	k := offset / block
	if p.start(k) > offset {
		k--
	}
	m := p.advance(k, offset)
	return p.firstLine + int(m.lines), int(m.column) + 1
}

// characterAt returns where the character begins that offset is in.
func (p *positions) characterAt(offset int) int {
	start := offset
	for start > 0 && start < len(p.text) && offset-start < utf8.UTFMax-1 && !utf8.RuneStart(p.text[start]) {
		start--
	}
	if _, size := utf8.DecodeRuneInString(p.text[start:]); start+size > offset {
		return start
	}
	return offset
}
