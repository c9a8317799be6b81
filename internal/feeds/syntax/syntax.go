// Package syntax checks the forms of values that feeds and sitemaps hold.
// Its functions are safe for concurrent use.
package syntax

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// URL reports why s isn't an absolute URL: a URI (RFC 3986) or an IRI (RFC
// 3987) with a scheme. One with an authority must have a host.
func URL(s string) error {
	if s == "" {
		return errors.New("the URL is empty")
	}
	n := SchemeLen(s)
	if n == 0 {
		return fmt.Errorf("%q is no absolute URL: it has no scheme, such as https", clip(s))
	}
	rest := s[n:]
	if rest == "" {
		return fmt.Errorf("%q has nothing after its scheme", s)
	}
	if after, ok := strings.CutPrefix(rest, "//"); ok {
		end := strings.IndexAny(after, "/?#")
		if end < 0 {
			end = len(after)
		}
		if why := badAuthority(after[:end]); why != "" && !strings.EqualFold(s[:n], "file:") {
			return fmt.Errorf("%q %s", clip(s), why)
		}
		rest = after[end:]
	} else if IsWeb(s) {
		return fmt.Errorf("%q has no // after its scheme", clip(s))
	}
	return badChars(s, rest)
}

// WebURL reports why s isn't an absolute http or https URL.
func WebURL(s string) error {
	if err := URL(s); err != nil {
		return err
	}
	if !IsWeb(s) {
		return fmt.Errorf("%q is no http or https URL", clip(s))
	}
	return nil
}

// IsWeb reports whether the scheme of s is http or https.
func IsWeb(s string) bool {
	scheme := s[:SchemeLen(s)]
	return strings.EqualFold(scheme, "https:") || strings.EqualFold(scheme, "http:")
}

// SchemeLen returns the length of the scheme at the start of s with its
// colon, 0 when there is none.
func SchemeLen[T string | []byte](s T) int {
	for i := range len(s) {
		c := s[i]
		switch {
		case isAlpha(c):
		case c == ':' && i > 0:
			return i + 1
		case i > 0 && (isDigit(c) || c == '+' || c == '-' || c == '.'):
		default:
			return 0
		}
	}
	return 0
}

// badAuthority says what is wrong with the part between // and the path.
func badAuthority(a string) string {
	if i := strings.LastIndexByte(a, '@'); i >= 0 {
		a = a[i+1:]
	}
	host, port := a, ""
	if strings.HasPrefix(a, "[") {
		end := strings.IndexByte(a, ']')
		if end < 0 {
			return "has an unclosed [ in its host"
		}
		host, port = a[1:end], a[end+1:]
		if port != "" && port[0] != ':' {
			return "has a bad port"
		}
		port = strings.TrimPrefix(port, ":")
	} else if i := strings.IndexByte(a, ':'); i >= 0 {
		host, port = a[:i], a[i+1:]
	}
	if host == "" {
		return "has no host"
	}
	if strings.ContainsAny(host, "[]@") {
		return "has a bad host"
	}
	for i := range len(port) {
		if !isDigit(port[i]) {
			return "has a bad port"
		}
	}
	return ""
}

// badChars finds characters that no URL may have. rest is the part of s after
// the authority, which may not have brackets before its query, either.
func badChars(s, rest string) error {
	hash := false
	for i, r := range s {
		if r < utf8.RuneSelf && always[r] {
			continue
		}
		switch {
		case r == utf8.RuneError && strings.HasPrefix(s[i:], "\uFFFD"):
			// U+FFFD itself is a character of an IRI's query at most, but harmless.
		case r == utf8.RuneError:
			return fmt.Errorf("%q isn't UTF-8", clip(s))
		case r <= ' ' || r >= 0x7f && r < 0xa0 || r&0xfffe == 0xfffe || strings.ContainsRune("\"<>\\^`{|}", r):
			return fmt.Errorf("%q holds %q, which must be percent-encoded", clip(s), r)
		case r == '#' && hash:
			return fmt.Errorf("%q holds two #; percent-encode the second as %%23", clip(s))
		case r == '#':
			hash = true
		case r == '%' && (i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2])):
			return fmt.Errorf("%q holds a %% without two hexadecimal digits", clip(s))
		}
	}
	if strings.ContainsAny(rest, "[]") {
		return fmt.Errorf("%q holds a bracket, which must be percent-encoded", clip(s))
	}
	return nil
}

// always are the characters that may be anywhere in a URL after its host.
var always = func() (t [utf8.RuneSelf]bool) {
	for c := range t {
		t[c] = isAlpha(byte(c)) || isDigit(byte(c))
	}
	for _, c := range "-._~:/?@!$&'()*+,;=" {
		t[c] = true
	}
	return t
}()

// Language reports why s isn't a well-formed language tag of BCP 47 (RFC
// 5646, section 2.1).
func Language(s string) error {
	parts := strings.Split(s, "-")
	if err := subtags(s, parts); err != nil {
		return err
	}
	first := parts[0]
	if first == "x" || first == "X" || first == "i" || first == "I" {
		if len(parts) == 1 {
			return fmt.Errorf("%q is no language tag: nothing follows %q", clip(s), first)
		}
		return nil
	}
	if len(first) < 2 || !allAlpha(first) {
		return fmt.Errorf("%q is no language tag: a language has at least two letters", clip(s))
	}
	return nil
}

func subtags(s string, parts []string) error {
	for i, p := range parts {
		if p == "" || len(p) > 8 {
			hint := ""
			if strings.Contains(s, "_") {
				hint = "; write - in place of _"
			}
			return fmt.Errorf("%q is no language tag: its parts have one to eight letters or digits%s", clip(s), hint)
		}
		for j := range len(p) {
			if !isAlpha(p[j]) && !isDigit(p[j]) {
				return fmt.Errorf("%q is no language tag, such as en or pt-BR", clip(s))
			}
		}
		if len(p) == 1 && i == len(parts)-1 && i > 0 {
			return fmt.Errorf("%q is no language tag: nothing follows %q", clip(s), p)
		}
	}
	return nil
}

// MediaType reports why s isn't a media type (RFC 6838) such as "audio/mpeg".
// Parameters may follow.
func MediaType(s string) error {
	bare, _, _ := strings.Cut(s, ";")
	typ, sub, ok := strings.Cut(strings.TrimRight(bare, " "), "/")
	if !ok || !isToken(typ) || !isToken(sub) {
		return fmt.Errorf("%q is no media type such as audio/mpeg", clip(s))
	}
	return nil
}

// Email reports why s isn't an e-mail address of the simple form a@b.
func Email(s string) error {
	at := strings.LastIndexByte(s, '@')
	if at <= 0 || at == len(s)-1 || strings.ContainsAny(s, " \t\r\n<>()") || HasControls(s) {
		return fmt.Errorf("%q is no e-mail address", clip(s))
	}
	return nil
}

// HasControls reports whether s holds characters that XML 1.0 forbids, other
// control characters, or bytes that aren't UTF-8.
func HasControls(s string) bool {
	for i, r := range s {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff ||
			r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") {
			return true
		}
	}
	return false
}

// clip shortens what an error cites.
func clip(s string) string {
	const limit = 200
	if len(s) <= limit {
		return s
	}
	cut := limit
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}

func isToken(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isAlpha(c) && !isDigit(c) && !strings.ContainsRune("!#$&-^_.+", rune(c)) {
			return false
		}
	}
	return s != ""
}

func allAlpha(s string) bool {
	for i := range len(s) {
		if !isAlpha(s[i]) {
			return false
		}
	}
	return true
}

func isAlpha(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isHex(c byte) bool   { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }
