package syntax

import (
	"strings"
	"testing"
)

// test checks that a function accepts and refuses what it should, and how.
func test(t *testing.T, name string, f func(string) error, good []string, bad map[string]string) {
	t.Helper()
	for _, s := range good {
		if err := f(s); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for s, want := range bad {
		if err := f(s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s(%q) = %v, want %s", name, s, err, want)
		}
	}
}

func TestURL(t *testing.T) {
	test(t, "URL", URL, []string{
		"https://example.com", "https://example.com/", "HTTP://user:pw@example.com:80/a/b?c=d&e=f#g", "https://[2001:db8::1]:8080/",
		"https://bücher.example/é", "urn:uuid:1225c695", "tag:example.com,2026:x", "mailto:a@b.c", "file:///etc", "https://e?x", "https://e#x", "https://e/%C3%a9", "https://e/\ufffd",
	}, map[string]string{
		"": "is empty", "/a": "has no scheme", "a": "has no scheme", "1a:b": "has no scheme", "//e/": "has no scheme", ":x": "has no scheme", "é:x": "has no scheme",
		"urn:": "nothing after its scheme", "https:x": "has no //", "http:/x": "has no //", "https://": "has no host", "https:///x": "has no host", "https://:80/": "has no host",
		"https://e:8o/": "bad port", "https://[::1": "unclosed [", "https://[::1]x/": "bad port", "https://a]b/": "bad host", "https://e/ ": "holds ' '", "https://e/\n": `holds '\n'`,
		"https://e/<": "holds '<'", "https://e/\"": `holds '"'`, "https://e/%": "two hexadecimal digits", "https://e/%4": "two hexadecimal digits", "https://e/%4g": "two hexadecimal digits",
		"https://e/[": "holds a bracket", "https://e/#a#b": "two #", "https://e/\xff": "isn't UTF-8", "https://e/\u0085": "percent-encoded", "https://e/\uffff": "percent-encoded",
		"https://" + strings.Repeat("é", 300) + " ": "é…",
	})
	test(t, "WebURL", WebURL, []string{"http://e/", "HTTPS://e"}, map[string]string{"ftp://e/": "no http or https URL", "x": "has no scheme", "urn:x:y": "no http or https URL"})
}

func TestLanguage(t *testing.T) {
	test(t, "Language", Language, []string{"en", "pt-BR", "zh-Hant-TW", "de-1996", "sl-rozaj-biske", "de-DE-u-co-phonebk", "x-klingon", "i-default", "haw", "es-419", "EN"}, map[string]string{
		"": "one to eight", "e": "two letters", "en-": "one to eight", "-en": "one to eight", "en_GB": "such as en", "en_GBxxxxx": "write - in place of _", "e1": "two letters",
		"english language": "one to eight", "x": `nothing follows "x"`, "de-u": `nothing follows "u"`, "dé": "such as en", "de-abcdefghi": "one to eight", "12": "two letters",
	})
}

func TestMediaType(t *testing.T) {
	test(t, "MediaType", MediaType, []string{"audio/mpeg", "application/rss+xml", "text/html; charset=utf-8", "application/vnd.a.b-c"}, map[string]string{
		"": "no media type", "mp3": "no media type", "/x": "no media type", "a/": "no media type", "a/b/c": "no media type", "a /b": "no media type", "é/b": "no media type",
	})
}

func TestEmail(t *testing.T) {
	test(t, "Email", Email, []string{"a@b", "a.b+c@d.example", "é@x"}, map[string]string{
		"": "no e-mail", "a": "no e-mail", "@b": "no e-mail", "a@": "no e-mail", "a b@c": "no e-mail", "A <a@b>": "no e-mail", "a@b\x00": "no e-mail", "a@b\xff": "no e-mail",
	})
}

func TestRobots(t *testing.T) {
	test(t, "Agent", Agent, []string{"*", "GPTBot", "AI2-Bot_x"}, map[string]string{"": "needs a crawler", "a b": "no crawler", "a/1": "no crawler", "**": "no crawler", "é": "no crawler"})
	test(t, "Pattern", Pattern, []string{"", "/", "/a*b$", "*.pdf", "/é"}, map[string]string{"a": "begin with", "$": "begin with", "/a b": "a space", " /": "begin with"})
}

func FuzzSyntax(f *testing.F) {
	for _, s := range []string{"https://e/%4", "http://[", "x-a", "a/b;", "a@b", "\xff:\xff", "https://e/\xef\xbf"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if URL(s) == nil && (SchemeLen(s) == 0 || HasControls(s) || strings.ContainsAny(s, " <>\"")) {
			t.Errorf("%q is no URL", s)
		}
		if Email(s) == nil && !strings.Contains(s, "@") {
			t.Errorf("%q is no address", s)
		}
		for _, check := range []func(string) error{Language, MediaType, Agent} {
			if check(s) == nil && strings.ContainsAny(s, "\n\x00") && !strings.Contains(s, ";") {
				t.Errorf("%q has a control character", s)
			}
		}
	})
}

func BenchmarkURL(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if err := URL("https://example.com/posts/2026/03/a-rather-usual-title/?utm=x"); err != nil {
			b.Fatal(err)
		}
	}
}
