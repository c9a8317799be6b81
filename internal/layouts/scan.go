package layouts

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// action is one {{ … }} of a file, found without parsing it. The parser's
// errors know a line only; this is what their columns come from.
type action struct {
	start, end int    // offsets of "{{" and of the end of "}}"
	keyword    string // first word, or "" (also of a comment)
}

// actions finds the actions of src as the lexer of text/template would.
func actions(src string) []action {
	var out []action
	for pos := 0; ; {
		i := strings.Index(src[pos:], "{{")
		if i < 0 {
			return out
		}
		a := action{start: pos + i}
		body := a.start + 2
		if rest := src[body:]; len(rest) > 1 && rest[0] == '-' && strings.IndexByte(" \t\r\n", rest[1]) >= 0 {
			body += 2
		}
		if strings.HasPrefix(src[body:], "/*") {
			a.end = commentEnd(src, body)
		} else {
			a.end = actionEnd(src, body)
			a.keyword = firstWord(src[body:a.end])
		}
		out = append(out, a)
		pos = a.end
	}
}

func commentEnd(src string, pos int) int {
	if i := strings.Index(src[pos+2:], "*/"); i >= 0 {
		pos += i + 4
		if j := strings.Index(src[pos:], "}}"); j >= 0 {
			return pos + j + 2
		}
	}
	return len(src)
}

func actionEnd(src string, pos int) int {
	for pos < len(src) {
		switch c := src[pos]; {
		case c == '}' && strings.HasPrefix(src[pos:], "}}"):
			return pos + 2
		case c == '`':
			i := strings.IndexByte(src[pos+1:], '`')
			if i < 0 {
				return len(src)
			}
			pos += i + 2
		case c == '"' || c == '\'':
			pos = quoteEnd(src, pos)
		default:
			pos++
		}
	}
	return len(src)
}

// quoteEnd returns the offset after the quoted string that begins at pos.
// A string ends at its line's end at the latest.
func quoteEnd(src string, pos int) int {
	quote := src[pos]
	for pos++; pos < len(src) && src[pos] != '\n'; pos++ {
		switch src[pos] {
		case '\\':
			pos++
		case quote:
			return pos + 1
		}
	}
	return min(pos, len(src))
}

func firstWord(s string) string {
	s = strings.TrimLeft(s, " \t\r\n")
	for i, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '_' && (r < '0' || r > '9') {
			return s[:i]
		}
	}
	return s
}

// definition returns the index of the last action that defines the quoted name.
func definition(src string, acts []action, name string) int {
	for i, a := range slices.Backward(acts) {
		if (a.keyword == "define" || a.keyword == "block") && strings.Contains(src[a.start:a.end], name) {
			return i
		}
	}
	return len(acts)
}

// lineColumn converts an offset of src. Both count from 1, columns in characters.
func lineColumn(src string, offset int) (line, column int) {
	head := src[:min(max(offset, 0), len(src))]
	return 1 + strings.Count(head, "\n"), 1 + utf8.RuneCountInString(head[strings.LastIndexByte(head, '\n')+1:])
}

// lineOffset returns the offset at which a line, counted from 1, begins.
func lineOffset(src string, line int) int {
	pos := 0
	for ; line > 1; line-- {
		i := strings.IndexByte(src[pos:], '\n')
		if i < 0 {
			break
		}
		pos += i + 1
	}
	return pos
}
