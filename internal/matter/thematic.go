package matter

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"
)

// thematicBreak reports, before the block is decoded, that --- is no fence but
// Markdown's thematic break; see the package's documentation.
func (h *head) thematicBreak(src []byte) bool {
	if h.open != "---" {
		return false
	}
	block := src[h.start:h.end]
	first, _ := nextLine(block, 0)
	blankFirst := isBlank(first)
	if !h.closed && blankFirst {
		return true
	}
	for off := 0; off < len(block); {
		line, next := nextLine(block, off)
		off = next
		if isComment(line) || h.closed && isBlank(line) {
			continue
		}
		return (blankFirst || !h.closed) && !isKeyLine(line)
	}
	return !h.closed || blankFirst && len(bytes.TrimSpace(block)) > 0
}

func isComment(line []byte) bool { return bytes.HasPrefix(bytes.TrimLeft(line, " \t"), []byte{'#'}) }

// keyEnd returns the offset after a single word or a quoted string at the
// start of a line, and white space; 0 if there is none.
func keyEnd(line []byte) int {
	end := 0
	if len(line) > 0 && (line[0] == '"' || line[0] == '\'') {
		if end = 1 + endOfString(line[1:], line[0]); line[end-1] != line[0] {
			return 0
		}
	} else {
		for end < len(line) {
			r, n := utf8.DecodeRune(line[end:])
			if !unicode.In(r, unicode.L, unicode.M, unicode.N) && r != '_' && r != '.' && r != '$' && (r != '-' || end == 0) {
				break
			}
			end += n
		}
	}
	if end == 0 {
		return 0
	}
	return len(line) - len(bytes.TrimLeft(line[end:], " \t"))
}

func isKeyLine(line []byte) bool {
	end := keyEnd(line)
	return end > 0 && end < len(line) && line[end] == ':' && (end+1 == len(line) || isBlank(line[end+1:end+2]))
}

// meantAsMapping reports whether a block between --- that is not a mapping was
// meant to be one.
func meantAsMapping(block []byte) bool {
	if mappingHint(block) != "" {
		return true
	}
	for off := 0; off < len(block); {
		line, next := nextLine(block, off)
		if isKeyLine(line) {
			return true
		}
		off = next
	}
	return false
}

// mappingHint says what is likely wrong with the first line of a block that is
// not a mapping; "" if it doesn't look like a key.
func mappingHint(block []byte) string {
	line, _ := nextLine(block, 0)
	end := keyEnd(line)
	if end == 0 || end+1 >= len(line) {
		return ""
	}
	switch next := line[end+1]; {
	case line[end] == '=' && next != '=':
		return " (between --- it is YAML, with key: value; TOML stands between +++)"
	case line[end] == ':' && next != '/' && next != ':' && !isBlank(line[end+1:end+2]):
		return fmt.Sprintf(" (a space is missing after %s)", line[:end+1])
	}
	return ""
}
