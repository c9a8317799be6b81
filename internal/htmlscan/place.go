package htmlscan

import (
	"bytes"
	"unicode/utf8"
)

// Places turns offsets into lines and columns, which count from 1, columns in
// characters. It takes little time for each, in whatever order they come.
type Places struct {
	src   []byte
	last  mark
	marks []mark // at the beginning of each block, as far as was asked
}

// mark is an offset with its place.
type mark struct{ at, line, column int }

const block = 1 << 12

// Reset begins with a new source.
func (p *Places) Reset(src []byte) {
	first := mark{0, 1, 1}
	*p = Places{src: src, last: first, marks: append(p.marks[:0], first)}
}

// Of returns the place of an offset.
func (p *Places) Of(offset int) (line, column int) {
	offset = max(0, min(offset, len(p.src)))
	if offset < p.last.at || offset-p.last.at > block {
		for m := p.marks[len(p.marks)-1]; m.at+block <= offset; {
			m = p.advance(m, m.at+block)
			p.marks = append(p.marks, m)
		}
		p.last = p.marks[offset/block]
	}
	p.last = p.advance(p.last, offset)
	return p.last.line, p.last.column
}

// advance returns the place of a later offset.
func (p *Places) advance(m mark, to int) mark {
	passed := p.src[m.at:to]
	m.at = to
	if n := bytes.Count(passed, []byte("\n")); n > 0 {
		m.line += n
		m.column = 1
		passed = passed[bytes.LastIndexByte(passed, '\n')+1:]
	}
	m.column += countRunes(passed)
	return m
}

// countRunes counts the characters that begin in b, so that the sum over parts
// is that of the whole.
func countRunes(b []byte) int {
	n := 0
	for _, c := range b {
		if c < utf8.RuneSelf || utf8.RuneStart(c) {
			n++
		}
	}
	return n
}
