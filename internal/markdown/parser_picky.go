package markdown

import (
	"github.com/yuin/goldmark/parser"

	"github.com/jam-go/jam/internal/insert"
)

// What our inline parsers, and goldmark's, see at a glance: see pickyParser.

// byteAt returns the byte at an offset of a line, 0 beyond it.
func byteAt(line []byte, at int) byte {
	if at >= len(line) {
		return 0
	}
	return line[at]
}

// footnoteParser is goldmark's parser of references to footnotes.
type footnoteParser struct{ parser.InlineParser }

func (footnoteParser) mayParse(line []byte, at int) bool {
	if line[at] == '!' {
		at++
	}
	return byteAt(line, at+1) == '^'
}

func (maskedParser) mayParse(line []byte, at int) bool {
	c := byteAt(line, at+1)
	return c > ' ' || c == insert.Open || c == insert.Close
}

func (taskParser) mayParse(line []byte, at int) bool { return byteAt(line, at+2) == ']' }

// mayParse looks for the end of a scheme, which may begin before the line.
func (linkifyParser) mayParse(line []byte, at int) bool {
	if at < len("mailto") {
		return true
	}
	return schemeBefore(line[:at], line[at]) != ""
}
