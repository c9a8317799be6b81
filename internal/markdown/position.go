package markdown

import (
	"bytes"
	"unicode/utf8"
)

// cursor turns offsets of a source into lines and columns. It goes on from
// the last place it was asked for, since most questions come in order.
type cursor struct {
	source    []byte
	firstLine int
	offset    int // the last place
	lines     int // line breaks before it
	column    int // characters before it in its line
	custom    func(offset int) (line, column int)
}

// position returns the line of offset and its column, counted in characters
// from 1; zeros for a negative offset, which means unknown.
func (c *cursor) position(offset int) (line, column int) {
	if offset < 0 {
		return 0, 0
	}
	offset = min(offset, len(c.source))
	if c.custom != nil {
		return c.custom(offset)
	}
	if offset < c.offset {
		c.offset, c.lines, c.column = 0, 0, 0
	}
	step := c.source[c.offset:offset]
	if i := bytes.LastIndexByte(step, '\n'); i >= 0 {
		c.lines += bytes.Count(step, []byte{'\n'})
		c.column = 0
		step = step[i+1:]
	}
	c.column += countRunes(step)
	c.offset = offset
	return c.firstLine + c.lines, c.column + 1
}

// countRunes is utf8.RuneCount, which copies a long text.
func countRunes(s []byte) (n int) {
	for len(s) > 0 {
		size := 1
		if s[0] >= utf8.RuneSelf {
			_, size = utf8.DecodeRune(s)
		}
		s = s[size:]
		n++
	}
	return n
}
