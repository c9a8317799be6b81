package funcs

import (
	"fmt"
	"net/url"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"
)

// URLs is the namespace urls, without the functions that need a site.
type URLs struct{}

// Anchorize makes text fit for an id: anchorize INPUT. See [Anchorize].
func (URLs) Anchorize(in any) (string, error) {
	s, err := text("anchorize", in)
	return Anchorize(s), err
}

// URLize makes text fit for a URL's path: urlize INPUT. See [Urlize].
func (URLs) URLize(in any) (string, error) {
	s, err := text("urlize", in)
	return Urlize(s), err
}

// Parse parses a URL, absolute or relative: urls.Parse URL.
func (URLs) Parse(in any) (*url.URL, error) {
	s, err := text("urls.Parse", in)
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(s)
	if err != nil {
		return nil, fmt.Errorf("urls.Parse: %w", err)
	}
	return u, nil
}

// JoinPath joins the elements, or those of slices, to a URL, and resolves ./
// and ../: urls.JoinPath ELEMENT….
func (URLs) JoinPath(elements ...any) (string, error) {
	parts, err := flatten("urls.JoinPath", elements)
	if err != nil || len(parts) == 0 {
		return "", err
	}
	s, err := url.JoinPath(parts[0], parts[1:]...)
	if err != nil {
		return "", fmt.Errorf("urls.JoinPath: %w", err)
	}
	return s, nil
}

// flatten returns the text of values and of the elements of slices.
func flatten(fn string, values []any) ([]string, error) {
	var out []string
	size := 0
	add := func(v any) error {
		s, err := text(fn, v)
		if err != nil {
			return err
		}
		out = append(out, s)
		size += len(s) + 1
		return fits(fn, size)
	}
	for _, v := range values {
		s, ok := list(v)
		if !ok {
			s = reflect.ValueOf([]any{v})
		}
		for i := range s.Len() {
			if err := add(s.Index(i).Interface()); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// PathEscape escapes text for use as one segment of a path: urls.PathEscape INPUT.
func (URLs) PathEscape(in any) (string, error) {
	s, err := text("urls.PathEscape", in)
	return url.PathEscape(s), err
}

// PathUnescape undoes urls.PathEscape: urls.PathUnescape INPUT.
func (URLs) PathUnescape(in any) (string, error) {
	s, err := text("urls.PathUnescape", in)
	if err != nil {
		return "", err
	}
	if s, err = url.PathUnescape(s); err != nil {
		return "", fmt.Errorf("urls.PathUnescape: %w", err)
	}
	return s, nil
}

// Sanitize makes text fit for a path, in lower case: letters, digits, marks
// and . / \ _ # + ~ - @ stay, and % before two hexadecimal digits. Spaces
// between them become one hyphen, unless there is one already; everything
// else is dropped. Sanitizing twice changes nothing.
func Sanitize(s string) string {
	if isSane(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	var space, hyphen bool // a space is pending; the last character is a hyphen
	for i, r := range s {
		if !inPath(s, i, r) {
			space = space || unicode.IsSpace(r)
			continue
		}
		if space && !hyphen && r != '-' && b.Len() > 0 {
			b.WriteByte('-')
		}
		space, hyphen = false, r == '-'
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}

// isSane reports whether s is made of the most usual characters alone, and
// Sanitize thus leaves it as it is.
func isSane(s string) bool {
	for i := range len(s) {
		c := s[i]
		if ('a' > c || c > 'z') && ('0' > c || c > '9') && c != '-' && c != '/' && c != '.' && c != '_' {
			return false
		}
	}
	return true
}

// inPath reports whether the character r at s[i] may stand in a path.
func inPath(s string, i int, r rune) bool {
	switch r {
	case '.', '/', '\\', '_', '#', '+', '~', '-', '@':
		return true
	case '%':
		return i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])
	case utf8.RuneError:
		return false
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

func isHex(c byte) bool {
	c = lowerASCII(c)
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f'
}

// Urlize is [Sanitize] with what can't stand in a URL's path percent-encoded:
// the characters # and \ and those that aren't ASCII.
func Urlize(s string) string {
	s = Sanitize(s)
	plain := func(c byte) bool { return c < utf8.RuneSelf && c != '#' && c != '\\' }
	i := 0
	for i < len(s) && plain(s[i]) {
		i++
	}
	if i == len(s) {
		return s
	}
	const hex = "0123456789ABCDEF"
	out := append(make([]byte, 0, len(s)*2), s[:i]...)
	for ; i < len(s); i++ {
		if c := s[i]; plain(c) {
			out = append(out, c)
		} else {
			out = append(out, '%', hex[c>>4], hex[c&15])
		}
	}
	return string(out)
}

// Anchorize makes text fit for an id, as GitHub does for headings: letters,
// marks, digits and underscores stay, in lower case, each space becomes a
// hyphen, and everything else but hyphens is dropped.
func Anchorize(s string) string {
	var b strings.Builder
	for _, r := range strings.TrimSpace(s) {
		switch {
		case r == '-' || r == ' ' || r == '\t' || r == '\n':
			b.WriteByte('-')
		case r == utf8.RuneError:
		case r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
