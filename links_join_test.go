package jam

import (
	"net/url"
	"strings"
	"testing"
)

// TestJoinPlain compares with net/url.
func TestJoinPlain(t *testing.T) {
	joined := 0
	check := func(base, target string) {
		got, ok := joinPlain(base, target)
		if !ok {
			return
		}
		joined++
		b, err := url.Parse(base)
		if err != nil {
			t.Fatal(err)
		}
		u, err := b.Parse(target)
		if err != nil || u.EscapedPath() != got || u.Path != got {
			t.Errorf("%q at %q: %q, want %v, %v", target, base, got, u, err)
		}
	}
	parts := []string{"a", "b.c", "..", ".", "...", "", "x:y", "ä", "%20"}
	for _, base := range []string{"", "/", "/a", "/a/", "/a/b/", "/a/b/c.html", "/..", "/a/../b/", "/a/./", "//a/", "a/b", "/a b/"} {
		for n := range len(parts) * len(parts) * len(parts) * len(parts) {
			var list []string
			for ; n > 0; n /= len(parts) {
				list = append(list, parts[n%len(parts)])
			}
			check(base, strings.Join(list, "/"))
		}
	}
	if joined < 500 {
		t.Errorf("%d paths joined", joined)
	}
}

func BenchmarkJoinPlain(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		joinPlain("/docs/guides/start/", "../configuration/basics.md")
	}
}
