package head

import (
	"net/url"
	"strings"
)

// absolute returns u, made absolute with the site's URL, or "" if that gives no URL with
// the scheme http or https and a host.
func (p *Page) absolute(u string) string {
	if u == "" {
		return ""
	}
	if isAbsolute(u) && isClean(u) {
		return u
	}
	if origin := p.origin(); origin != "" && isRooted(u) {
		return origin + u
	}
	ref, err := url.Parse(percentEncode(strings.TrimSpace(u)))
	if err != nil {
		return ""
	}
	if !ref.IsAbs() {
		base, err := url.Parse(percentEncode(p.SiteURL))
		if err != nil {
			return ""
		}
		ref = base.ResolveReference(ref)
	}
	if s := percentEncode(ref.String()); isAbsolute(s) && ref.Host != "" && ref.Hostname() != "" {
		return s
	}
	return ""
}

// origin returns the site's URL up to its path, or "" if that takes a parser.
func (p *Page) origin() string {
	if !isAbsolute(p.SiteURL) || !isClean(p.SiteURL) {
		return ""
	}
	return p.SiteURL[:hostEnd(p.SiteURL)]
}

// isRooted reports whether u needs no parser to be known as a path from the root.
func isRooted(u string) bool {
	return u[0] == '/' && !strings.HasPrefix(u, "//") && !strings.Contains(u, "/.") && isCleanPath(u)
}

// relative returns u if it is a path without scheme and host, or "".
func relative(u string) string {
	if u == "" || isRooted(u) {
		return u
	}
	u = percentEncode(strings.TrimSpace(u))
	if ref, err := url.Parse(u); err != nil || ref.IsAbs() || ref.Host != "" || ref.Opaque != "" {
		return ""
	}
	return u
}

// reference returns u if it is a path or an absolute URL, or "".
func reference(u string) string {
	if isAbsolute(u) {
		return (&Page{}).absolute(u)
	}
	return relative(u)
}

func isAbsolute(u string) bool {
	rest, ok := strings.CutPrefix(u, "https://")
	if !ok {
		rest, ok = strings.CutPrefix(u, "http://")
	}
	return ok && rest != "" && isAlphaNum(rest[0])
}

// isClean reports whether u needs no parser to be known as a URL: a host of letters, digits
// and dots, perhaps a port, then characters that never need encoding.
func isClean(u string) bool {
	host := u[strings.Index(u, "//")+2:]
	path := ""
	if i := strings.IndexAny(host, "/?#:"); i >= 0 {
		if host[i] == ':' {
			return false // left to the parser
		}
		host, path = host[:i], host[i:]
	}
	for i := range len(host) {
		if c := host[i]; !isAlphaNum(c) && c != '.' && c != '-' {
			return false
		}
	}
	return isCleanPath(path)
}

// isCleanPath reports whether u has only characters that never need encoding.
func isCleanPath(u string) bool {
	for i := range len(u) {
		if c := u[i]; !isAlphaNum(c) && strings.IndexByte("/-._~?&=+#,:;@!$()*", c) < 0 {
			return false
		}
	}
	return true
}

// percentEncode encodes what must not stand in a URL: bytes outside ASCII, white space,
// quotes, brackets but those of an IP address, and a percent sign that encodes nothing.
func percentEncode(u string) string {
	const hex = "0123456789ABCDEF"
	if !needsEncoding(u) {
		return u
	}
	host := hostEnd(u)
	out := make([]byte, 0, len(u)+16)
	for i := range len(u) {
		if c := u[i]; mustEncode(u, i) && (i >= host || c != '[' && c != ']') {
			out = append(out, '%', hex[c>>4], hex[c&15])
		} else {
			out = append(out, c)
		}
	}
	return string(out)
}

func needsEncoding(u string) bool {
	for i := range len(u) {
		if mustEncode(u, i) {
			return true
		}
	}
	return false
}

func mustEncode(u string, i int) bool {
	c := u[i]
	if c == '%' {
		return i+2 >= len(u) || !isHex(u[i+1]) || !isHex(u[i+2])
	}
	return c <= ' ' || c >= 0x7F || strings.IndexByte("\"'<>[\\]^`{|}", c) >= 0
}

// hostEnd returns where the host of u ends, or 0 if it has none.
func hostEnd(u string) int {
	start := strings.Index(u, "//") + 2
	if start < 2 || strings.ContainsAny(u[:start-2], "/?#") {
		return 0
	}
	if n := strings.IndexAny(u[start:], "/?#"); n >= 0 {
		return start + n
	}
	return len(u)
}

func isHex(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' }
