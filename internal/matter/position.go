package matter

import (
	"bytes"
	"unicode/utf8"
)

var newline = []byte{'\n'}

// A locator turns offsets in src into lines and columns. It remembers where it
// was, so that a walk in ascending order costs one pass over src.
type locator struct {
	src  []byte
	base int // lines of the file before src

	off, line, column int // position last given, from 0, without base
}

// at returns the line and column, from 1, of the character at an offset.
func (l *locator) at(off int) (line, column int) {
	off = min(max(off, 0), len(l.src))
	for off > 0 && off < len(l.src) && !utf8.RuneStart(l.src[off]) {
		off--
	}
	if off < l.off {
		l.off, l.line, l.column = 0, 0, 0
	}
	skipped := l.src[l.off:off]
	if n := bytes.Count(skipped, newline); n > 0 {
		l.line += n
		l.column = 0
		skipped = skipped[bytes.LastIndexByte(skipped, '\n')+1:]
	}
	l.column += utf8.RuneCount(skipped)
	l.off = off
	return l.base + l.line + 1, l.column + 1
}

// A yamlLocator turns the YAML library's positions into those of the file. They
// differ after a line break that is one in YAML 1.1 only: NEL, LS, PS and a CR
// without LF.
type yamlLocator struct {
	locator
	exact             bool // no such line break
	lines             int
	off, line, column int // the YAML position last given, from 0
}

func newYAMLLocator(loc locator) yamlLocator {
	exotic := bytes.Contains(loc.src, []byte("\u0085")) || bytes.Contains(loc.src, []byte("\u2028")) ||
		bytes.Contains(loc.src, []byte("\u2029")) || bytes.Count(loc.src, []byte("\r")) != bytes.Count(loc.src, []byte("\r\n"))
	return yamlLocator{locator: loc, exact: !exotic, lines: 1 + bytes.Count(loc.src, newline)}
}

// at returns the position in the file of a YAML line and column, from 1. One
// after the end, where the library ends the last line if the file doesn't,
// becomes the end.
func (l *yamlLocator) at(line, column int) (int, int) {
	switch {
	case l.exact && line <= l.lines:
		return l.base + line, column
	case l.exact:
		return l.locator.at(len(l.src))
	}
	line, column = line-1, column-1
	if line < l.line || line == l.line && column < l.column {
		l.off, l.line, l.column = 0, 0, 0
	}
	for l.off < len(l.src) && (l.line < line || l.line == line && l.column < column) {
		r, n := utf8.DecodeRune(l.src[l.off:])
		l.off += n
		l.column++
		switch r {
		case '\r':
			if l.off < len(l.src) && l.src[l.off] == '\n' {
				l.off++
			}
			fallthrough
		case '\n', '\u0085', '\u2028', '\u2029':
			l.line++
			l.column = 0
		}
	}
	return l.locator.at(l.off)
}
