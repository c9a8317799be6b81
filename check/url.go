package check

import (
	"strings"

	"github.com/jam-go/jam/internal/suggest"
)

// parts are those of a URL or of a relative reference (https://url.spec.whatwg.org).
type parts struct {
	scheme       string // in lower case; "" if there is none
	host         string // with the port, in lower case
	path         string // percent-encoded
	fragment     string // percent-encoded
	hasHost      bool
	hasFragment  bool
	opaque       bool   // of a scheme that isn't http or https
	beforeHash   string // all but the fragment
	noPathNorAny bool   // neither path nor query: a fragment only, or nothing
}

// split divides a reference into its parts, and says what is wrong with it, or "".
func split(ref string) (p parts, problem string) {
	ref = strings.Trim(ref, " \t\n\r\f")
	rest := ref
	rest, p.fragment, p.hasFragment = strings.Cut(rest, "#")
	p.beforeHash = rest
	p.noPathNorAny = rest == ""
	if i := strings.IndexAny(rest, ":/?"); i > 0 && rest[i] == ':' && isScheme(rest[:i]) {
		p.scheme, rest = strings.ToLower(rest[:i]), rest[i+1:]
		if p.scheme != "http" && p.scheme != "https" {
			p.opaque = true
			return p, otherScheme(p.scheme, rest)
		}
		if !strings.HasPrefix(rest, "//") {
			return p, "no // after " + p.scheme + ":"
		}
	}
	if after, ok := strings.CutPrefix(rest, "//"); ok {
		p.hasHost = true
		n := strings.IndexAny(after, "/?\\")
		if n < 0 {
			n = len(after)
		}
		p.host, rest = strings.ToLower(after[:n]), after[n:]
		if i := strings.LastIndexByte(p.host, '@'); i >= 0 {
			p.host = p.host[i+1:]
		}
		if problem := badHost(p.host); problem != "" {
			return p, problem
		}
	}
	path, query, _ := strings.Cut(rest, "?")
	p.path = path
	if problem = badPart(path, "path"); problem == "" {
		problem = badPart(query, "query")
	}
	if problem == "" {
		problem = badPart(p.fragment, "fragment")
	}
	return p, problem
}

func isScheme(s string) bool {
	for i := range len(s) {
		switch c := s[i] | 0x20; {
		case c >= 'a' && c <= 'z':
		case i > 0 && (s[i] >= '0' && s[i] <= '9' || s[i] == '+' || s[i] == '-' || s[i] == '.'):
		default:
			return false
		}
	}
	return true
}

// otherScheme finds misspelt schemes of URLs with hosts.
func otherScheme(scheme, rest string) string {
	if !strings.HasPrefix(rest, "//") {
		return ""
	}
	return strings.Trim(suggest.DidYouMean(scheme, []string{"http", "https"}), " ()")
}

func badHost(host string) string {
	if host == "" {
		return "no host after //"
	}
	for i := range len(host) {
		switch c := host[i]; {
		case c == '%' && i+2 < len(host) && isHex(host[i+1]) && isHex(host[i+2]):
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || strings.IndexByte("\"<>^`{|}%", c) >= 0:
			return "the host has the character " + quoteByte(c)
		}
	}
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		for _, c := range host[i+1:] {
			if c < '0' || c > '9' {
				return "the port isn't a number"
			}
		}
	}
	return ""
}

// badPart finds characters that can't stand in a URL as they are. It lets square
// brackets pass, which the standard doesn't and all browsers do.
func badPart(s, part string) string {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case ' ', '\t', '\n', '\r', '\f', '"', '<', '>', '\\', '^', '`', '{', '|', '}', '#':
			return "the " + part + " has the character " + quoteByte(c)
		case '%':
			if i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) {
				return "a % in the " + part + " isn't followed by two hexadecimal digits"
			}
		}
	}
	return ""
}

func quoteByte(c byte) string {
	switch c {
	case ' ':
		return "space; write %20"
	case '\t':
		return "tab"
	case '\n', '\r':
		return "line feed"
	}
	const hex = "0123456789ABCDEF"
	return string(rune(c)) + "; write %" + string(hex[c>>4]) + string(hex[c&15])
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

// unescape decodes percent-encoding; what is none stays.
func unescape(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			b.WriteByte(unhex(s[i+1])<<4 | unhex(s[i+2]))
			i += 2
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

// join resolves a decoded path against that of a page, as browsers do: what leads
// above the root stays there. The result begins with a slash.
func join(base, ref string) string {
	if !strings.HasPrefix(ref, "/") {
		if ref == "" {
			return base
		}
		ref = base[:strings.LastIndexByte(base, '/')+1] + ref
	}
	if !strings.Contains(ref, "/.") {
		return ref
	}
	var out []string
	elems := strings.Split(ref[1:], "/")
	for i, e := range elems {
		last := i == len(elems)-1
		switch e {
		case ".":
		case "..":
			if len(out) > 0 {
				out = out[:len(out)-1]
			}
		default:
			out = append(out, e)
			continue
		}
		if last {
			out = append(out, "")
		}
	}
	return "/" + strings.Join(out, "/")
}

// isLocal tells whether a host is the machine on which the visitor is.
func isLocal(host string) bool {
	if h, ok := strings.CutPrefix(host, "["); ok {
		h, _, _ = strings.Cut(h, "]")
		return h == "::1"
	}
	host, _, _ = strings.Cut(host, ":")
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || host == "0.0.0.0" ||
		strings.HasPrefix(host, "127.") && strings.Count(host, ".") == 3
}
