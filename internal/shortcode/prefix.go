package shortcode

import "strings"

// maxPrefix is how far into a line containers are looked for.
const maxPrefix = 1024

// continuation returns what the lines after line must begin with to stay in
// the list items, definitions and block quotes that line begins with: the same
// white space and >, and spaces in place of list markers.
func continuation[T []byte | string](line T) string {
	end, markers := 0, false
	for end < min(len(line), maxPrefix) {
		if c := line[end]; c == ' ' || c == '\t' || c == '>' {
			end++
			continue
		}
		n := marker(line[end:])
		if n == 0 {
			break
		}
		markers = true
		end += n
	}
	prefix := string(line[:end])
	if !markers {
		return prefix
	}
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '>' {
			return r
		}
		return ' '
	}, prefix)
}

// marker returns the length of the list or definition marker with which text
// begins. White space follows it.
func marker[T []byte | string](text T) int {
	n := 0
	for n < min(len(text), 9) && '0' <= text[n] && text[n] <= '9' {
		n++
	}
	if n == len(text) {
		return 0
	}
	switch c := text[n]; {
	case n > 0 && c != '.' && c != ')':
		return 0
	case n == 0 && c != '-' && c != '*' && c != '+' && c != ':':
		return 0
	}
	n++
	if n == len(text) || text[n] != ' ' && text[n] != '\t' {
		return 0
	}
	return n
}

// common returns the length of what a and b both begin with.
func common(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}
