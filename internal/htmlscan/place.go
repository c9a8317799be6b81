package htmlscan

import (
	"bytes"
	"unicode/utf8"
)

// Places turns offsets into lines and columns, which count from 1, columns in
// characters. It is fastest for offsets that ascend.
type Places struct {
	src          []byte
	at           int
	line, column int
}

// Reset begins with a new source.
func (p *Places) Reset(src []byte) { *p = Places{src: src, line: 1, column: 1} }

// Of returns the place of an offset.
func (p *Places) Of(offset int) (line, column int) {
	offset = max(0, min(offset, len(p.src)))
	if offset < p.at {
		p.back(offset)
	}
	passed := p.src[p.at:offset]
	p.at = offset
	if n := bytes.Count(passed, []byte("\n")); n > 0 {
		p.line += n
		p.column = 1
		passed = passed[bytes.LastIndexByte(passed, '\n')+1:]
	}
	p.column += utf8.RuneCount(passed)
	return p.line, p.column
}

// back goes to the beginning of the line of an offset that was passed.
func (p *Places) back(offset int) {
	p.line -= bytes.Count(p.src[offset:p.at], []byte("\n"))
	p.at = bytes.LastIndexByte(p.src[:offset], '\n') + 1
	p.column = 1
}
