package feeds

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/jam-go/jam/internal/feeds/syntax"
)

// A Section is a list of links in llms.txt. Its Name and the texts of its Links
// are plain text. The name "Optional" has a meaning there: links that may be
// left out.
type Section struct {
	Name  string
	Links []Link
}

// A Link is a page in llms.txt.
type Link struct {
	Title       string // default: URL
	URL         string // absolute
	Description string
}

// AppendLLMs appends an llms.txt (llmstxt.org): Markdown with the site's title,
// its description and lists of links. Sections without links are left out.
func AppendLLMs(dst []byte, title, description string, sections []Section) ([]byte, error) {
	start := len(dst)
	var errs []error
	if isEmptyLine(title) {
		errs = append(errs, errors.New("llms.txt: it needs a title"))
	}
	dst = append(dst, "# "...)
	dst = appendHeading(dst, title)
	dst = append(dst, '\n')
	if !isEmptyLine(description) {
		dst = append(dst, "\n> "...)
		dst = appendParagraph(dst, description)
		dst = append(dst, '\n')
	}
	for i, s := range sections {
		if len(s.Links) == 0 {
			continue
		}
		if isEmptyLine(s.Name) {
			errs = append(errs, fmt.Errorf("llms.txt: section %d needs a name", i+1))
		}
		dst = append(dst, "\n## "...)
		dst = appendHeading(dst, s.Name)
		dst = append(dst, "\n\n"...)
		for _, l := range s.Links {
			if err := syntax.URL(l.URL); err != nil {
				errs = append(errs, fmt.Errorf("llms.txt: link %q: %w", l.Title, err))
			}
			dst = appendMarkdownLink(dst, l)
		}
	}
	if len(errs) > 0 {
		return dst[:start], errors.Join(errs...)
	}
	return dst, nil
}

func appendMarkdownLink(dst []byte, l Link) []byte {
	title := l.Title
	if isEmptyLine(title) {
		title = l.URL
	}
	dst = append(dst, "- ["...)
	dst = appendInline(dst, title)
	dst = append(dst, "]("...)
	for i := range len(l.URL) {
		switch c := l.URL[i]; {
		case c == '(':
			dst = append(dst, "%28"...) // simple readers end a link at any )
		case c == ')':
			dst = append(dst, "%29"...)
		case c == '&' && isEntity(l.URL[i:]):
			dst = append(dst, "&amp;"...)
		default:
			dst = append(dst, c)
		}
	}
	dst = append(dst, ')')
	if !isEmptyLine(l.Description) {
		dst = append(dst, ": "...)
		dst = appendInline(dst, l.Description)
	}
	return append(dst, '\n')
}

// appendHeading appends the text of a heading, of which # at the end would be
// no part.
func appendHeading(dst []byte, s string) []byte {
	n := len(dst)
	dst = appendInline(dst, s)
	end := len(dst)
	for end > n && dst[end-1] == '#' {
		end--
	}
	if end < len(dst) && (end == n || dst[end-1] == ' ') {
		hashes := len(dst) - end
		dst = append(dst[:end], '\\')
		dst = append(dst, strings.Repeat("#", hashes)...)
	}
	return dst
}

// appendParagraph appends a line that begins no list, heading or other block.
func appendParagraph(dst []byte, s string) []byte {
	n := len(dst)
	dst = appendInline(dst, s)
	line := dst[n:]
	digits := 0
	for digits < len(line) && line[digits] >= '0' && line[digits] <= '9' {
		digits++
	}
	at := -1
	switch {
	case digits == len(line):
	case digits > 0 && (line[digits] == '.' || line[digits] == ')'):
		at = n + digits
	case digits == 0 && strings.IndexByte("#>-+=|", line[0]) >= 0:
		at = n
	}
	if at < 0 {
		return dst
	}
	dst = append(dst, 0)
	copy(dst[at+1:], dst[at:])
	dst[at] = '\\'
	return dst
}

// appendInline appends plain text as Markdown (CommonMark) in one line:
// characters that would mean something are escaped, white space becomes a
// space, control characters are left out.
func appendInline(dst []byte, s string) []byte {
	first := true
	for word := range strings.FieldsFuncSeq(s, isGap) {
		if !first {
			dst = append(dst, ' ')
		}
		first = false
		dst = appendWord(dst, word)
	}
	return dst
}

func appendWord(dst []byte, word string) []byte {
	for i, r := range word {
		switch r {
		case '\\', '`', '*', '[', ']', '<', '~':
			dst = append(dst, '\\')
		case '_':
			if i == 0 || i == len(word)-1 || !isAlnum(word[i-1]) || !isAlnum(word[i+1]) {
				dst = append(dst, '\\')
			}
		case '&':
			if isEntity(word[i:]) {
				dst = append(dst, '\\')
			}
		}
		dst = append(dst, string(r)...)
	}
	return dst
}

// isEntity reports whether s, which begins with &, may begin a character
// reference.
func isEntity(s string) bool {
	i := 1
	for i < len(s) && (isAlnum(s[i]) || i == 1 && s[i] == '#') {
		i++
	}
	return i > 1 && i < len(s) && s[i] == ';'
}

func isAlnum(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' }

// isGap reports whether a character stands between words.
func isGap(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == 0xfeff }

func isEmptyLine(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !isGap(r) }) < 0
}
