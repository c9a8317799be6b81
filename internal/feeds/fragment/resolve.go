package fragment

import (
	"bytes"
	"html"
	"strings"

	"github.com/jam-go/jam/internal/feeds/syntax"
)

// A base is the URL that references are resolved against, in parts that are
// escaped for any attribute value, quoted or not.
type base struct {
	ok        bool
	scheme    string // https:
	origin    string // https://example.com
	directory string // the path up to its last slash
	path      string // the path
	document  string // all but the fragment
}

func newBase(s string) base {
	n := syntax.SchemeLen(s)
	if n == 0 || !strings.HasPrefix(s[n:], "//") {
		return base{}
	}
	s, _, _ = strings.Cut(s, "#")
	if s[n:] == "//" {
		return base{}
	}
	s = string(appendEscaped(nil, []byte(s)))
	b := base{ok: true, scheme: s[:n], document: s}
	end := n + 2
	if i := strings.IndexAny(s[end:], "/?"); i >= 0 {
		end += i
	} else {
		end = len(s)
	}
	b.origin = s[:end]
	b.path, _, _ = strings.Cut(s[end:], "?")
	if b.path == "" {
		b.path = "/"
		b.document = b.origin + "/" + s[end:]
	}
	b.directory = b.path[:strings.LastIndexByte(b.path, '/')+1]
	return b
}

// relative returns the reference in an attribute value, as it is written but
// without the characters that URLs are read without, and reports whether it
// is relative.
func relative(value []byte, kind urlKind) ([]byte, bool) {
	ref := trim(value)
	if i := bytes.IndexAny(ref, "&?#"); i >= 0 && ref[i] == '&' {
		// Entities before the query may hide what kind of reference it is.
		if plain := decode(ref); !bytes.Equal(plain, ref) {
			plain = trim(plain)
			if !isRelative(plain, kind) {
				return nil, false
			}
			return appendEscaped(nil, plain), true
		}
	}
	return ref, isRelative(ref, kind)
}

func isRelative(ref []byte, kind urlKind) bool {
	if len(ref) == 0 {
		return kind == aLink
	}
	return syntax.SchemeLen(ref) == 0 && (kind != aLocal || ref[0] != '#')
}

// trim drops white space and control characters around a URL, and line ends
// and tabs within it, as browsers do.
func trim(v []byte) []byte {
	v = bytes.TrimFunc(v, func(r rune) bool { return r <= ' ' })
	if !bytes.ContainsAny(v, "\t\n\r") {
		return v
	}
	out := make([]byte, 0, len(v))
	for _, c := range v {
		if c != '\t' && c != '\n' && c != '\r' {
			out = append(out, c)
		}
	}
	return out
}

// decode replaces the character references that end with a semicolon or are
// numeric. Others stand for themselves in a URL more often than not.
func decode(v []byte) []byte {
	var out []byte
	for {
		i := bytes.IndexByte(v, '&')
		if i < 0 {
			return append(out, v...)
		}
		out = append(out, v[:i]...)
		v = v[i:]
		n := referenceLen(v)
		plain := html.UnescapeString(string(v[:n]))
		if n > 1 && v[1] != '#' && strings.HasSuffix(plain, ";") && plain != ";" {
			plain = string(v[:n]) // only the start of the name is a name
		}
		out = append(out, plain...)
		v = v[n:]
	}
}

// referenceLen returns the length of the character reference that v begins
// with, or 1.
func referenceLen(v []byte) int {
	const longest = 33
	i := 1
	for i < len(v) && i < longest && (isLetter(v[i]) || v[i] >= '0' && v[i] <= '9' || i == 1 && v[i] == '#') {
		i++
	}
	if i < len(v) && v[i] == ';' {
		return i + 1
	}
	if i < 3 || v[1] != '#' {
		return 1
	}
	if v[2]|0x20 == 'x' {
		return i
	}
	for j := 2; j < i; j++ {
		if v[j] < '0' || v[j] > '9' {
			return j
		}
	}
	return i
}

// append appends the absolute URL of a relative reference.
func (b *base) append(dst, ref []byte) []byte {
	end := bytes.IndexAny(ref, "?#")
	if end < 0 {
		end = len(ref)
	}
	path, rest := ref[:end], ref[end:]
	if bytes.IndexByte(path, '\\') >= 0 {
		path = bytes.ReplaceAll(path, []byte(`\`), []byte("/"))
	}
	switch {
	case len(ref) == 0 || len(path) == 0 && rest[0] == '#':
		dst = append(dst, b.document...)
		return append(dst, rest...)
	case len(path) == 0:
		dst = append(dst, b.origin...)
		dst = append(dst, b.path...)
		return append(dst, rest...)
	case bytes.HasPrefix(path, []byte("//")):
		dst = append(dst, b.scheme...)
		dst = append(dst, path...)
		return append(dst, rest...)
	}
	dst = append(dst, b.origin...)
	start := len(dst)
	if path[0] != '/' {
		dst = append(dst, b.directory...)
	}
	dst = append(dst, path...)
	if hasDots(path) {
		dst = dst[:start+removeDots(dst[start:])]
	}
	return append(dst, rest...)
}

// hasDots reports whether a path has . or .. among its segments.
func hasDots(path []byte) bool {
	for segment := range bytes.SplitSeq(path, []byte("/")) {
		if len(segment) > 0 && segment[0] == '.' && (string(segment) == "." || string(segment) == "..") {
			return true
		}
	}
	return false
}

// removeDots resolves the segments . and .. of an absolute path in place (RFC
// 3986, section 5.2.4) and returns the new length.
func removeDots(path []byte) int {
	n := 0 // what is kept: path[:n] never ends with a slash
	for i := 0; i < len(path); {
		j := i + 1
		for j < len(path) && path[j] != '/' {
			j++
		}
		last := j == len(path)
		switch string(path[i+1 : j]) {
		case ".":
		case "..":
			n = max(0, bytes.LastIndexByte(path[:n], '/'))
		default:
			n += copy(path[n:], path[i:j])
			last = false
		}
		if last {
			path[n] = '/'
			n++
		}
		i = j
	}
	return n
}

// appendEscaped appends a URL so that it fits every attribute value.
func appendEscaped(dst, url []byte) []byte {
	for _, c := range url {
		switch {
		case c == '&':
			dst = append(dst, "&amp;"...)
		case c <= ' ' || c == 0x7f || c == '"' || c == '\'' || c == '<' || c == '>' || c == '`':
			const digits = "0123456789ABCDEF"
			dst = append(dst, '%', digits[c>>4], digits[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return dst
}
