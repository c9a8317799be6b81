// Package filename knows which names of files a site's output may have.
package filename

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

const (
	longestElement = 255   // bytes, on nearly every file system
	longestName    = 1_000 // bytes; macOS opens no path of more than 1,024, the folder that it is in included
)

// Check reports why name, a slash-separated path, is not to be that of a file in an output: because it leads
// out of it or into what is not the site's, or because some system can't hold it. The answer is the same on all
// systems, so that an output can be moved from one to another. A name that it allows is valid by [io/fs.ValidPath].
func Check(name string) error {
	if err := CheckPath(name); err != nil {
		return err
	}
	for elem := range strings.SplitSeq(name, "/") {
		if err := CheckPortable(elem); err != nil {
			return fmt.Errorf("%q: %w", name, err)
		}
	}
	return nil
}

// CheckPath is Check without what only Windows refuses, for a path in URLs that no file need be made of.
func CheckPath(name string) error {
	if len(name) > longestName {
		return fmt.Errorf("%.40q… is too long for the path of a file: %d bytes, at most %d", name, len(name), longestName)
	}
	first := true
	for elem := range strings.SplitSeq(name, "/") {
		switch {
		case elem == "", elem == ".", elem == "..":
			return fmt.Errorf("%q is no valid file name: empty, . and .. elements are not allowed", name)
		case len(elem) > longestElement:
			return fmt.Errorf("%.40q… is too long for a file name: %d bytes, at most %d", elem, len(elem), longestElement)
		case first && isNamed(elem, ".jam"):
			return fmt.Errorf("%q: the folder .jam holds the state of builds", name)
		case isNamed(elem, ".git"), strings.EqualFold(elem, "git~1"): // its short name on Windows
			return fmt.Errorf("%q: what is called .git is git's own", name)
		}
		first = false
	}
	if holdsForbidden(name) {
		return fmt.Errorf("%q is no valid file name: it holds a backslash, a control character or invalid UTF-8", name)
	}
	return nil
}

// holdsForbidden tells characters that no name may hold: Windows takes a backslash for a separator, and the controls of
// the direction of text show a name as another one.
func holdsForbidden(name string) bool {
	for i := range len(name) {
		switch c := name[i]; {
		case c >= utf8.RuneSelf:
			return strings.ContainsFunc(name[i:], isForbidden)
		case c < ' ', c == '\\', c == 0x7f:
			return true
		}
	}
	return false
}

func isForbidden(r rune) bool {
	switch {
	case r < ' ', r == '\\', r >= 0x7f && r < 0xA0, r == utf8.RuneError, r == '\u2028', r == '\u2029':
		return true
	}
	return r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}

// isNamed tells whether elem is name, in small letters of ASCII, for some file system: one that ignores case, or, as HFS+
// of macOS does, characters that have no width.
func isNamed(elem, name string) bool {
	if elem[0] != name[0] && elem[0] < 0x80 {
		return false
	}
	return strings.EqualFold(strings.Map(func(r rune) rune {
		switch {
		case r >= '\u200C' && r <= '\u200F', r >= '\u202A' && r <= '\u202E', r >= '\u206A' && r <= '\u206F', r == '\uFEFF':
			return -1
		}
		return r
	}, elem), name)
}

// CheckPortable reports why Windows can't have a file or folder that is called elem, or takes it for something else, such as a
// device, a drive or a stream of another file. It follows "Naming Files, Paths, and Namespaces" of the Windows documentation.
// What ends in a dot or a space is for [Dropped].
func CheckPortable(elem string) error {
	if i := strings.IndexAny(elem, `<>:"|?*`); i >= 0 {
		return fmt.Errorf("not a valid file name on Windows: it holds the character %q", elem[i])
	}
	if isDevice(elem) {
		return fmt.Errorf("not a valid file name on Windows: %q is the name of a device", elem)
	}
	return nil
}

// isDevice tells the names of devices, whatever follows a dot.
func isDevice(elem string) bool {
	switch elem[0] | 0x20 {
	case 'a', 'c', 'l', 'n', 'p':
	default:
		return false
	}
	stem, _, _ := strings.Cut(elem, ".")
	stem = strings.TrimRight(stem, " ")
	if len(stem) < 3 || len(stem) > len("CONOUT$") {
		return false
	}
	switch start, rest := stem[:3], stem[3:]; {
	case strings.EqualFold(start, "CON"):
		return rest == "" || strings.EqualFold(rest, "IN$") || strings.EqualFold(rest, "OUT$")
	case strings.EqualFold(start, "COM"), strings.EqualFold(start, "LPT"):
		return isPortDigit(rest)
	case strings.EqualFold(start, "PRN"), strings.EqualFold(start, "AUX"), strings.EqualFold(start, "NUL"):
		return rest == ""
	}
	return false
}

func isPortDigit(s string) bool {
	return len(s) == 1 && '0' <= s[0] && s[0] <= '9' || s == "¹" || s == "²" || s == "³"
}

// Dropped returns the first part of name, to the end of an element, that ends in dots or spaces, which Windows drops from names;
// "" if there is none.
func Dropped(name string) string {
	for i := range len(name) {
		if (name[i] == '.' || name[i] == ' ') && (i+1 == len(name) || name[i+1] == '/') {
			return name[:i+1]
		}
	}
	return ""
}
