package glob

import (
	"strings"
	"testing"
)

func TestMatch(t *testing.T) {
	tests := []struct {
		pattern string
		yes, no []string
	}{
		{"posts/**", []string{"posts/a", "posts/2024/a", "/posts/a/", "posts"}, []string{"post/a", "xposts/a", "a/posts/b"}},
		{"posts/*", []string{"posts/a"}, []string{"posts/a/b", "posts"}},
		{"**", []string{"a", "a/b/c", ""}, nil},
		{"**/*.md", []string{"a.md", "x/y/a.md"}, []string{"a.html"}},
		{"a/**/z/**/k", []string{"a/z/k", "a/b/z/z/c/k"}, []string{"a/b/k", "a/z"}},
		{"{/news/**,/blog/*}", []string{"news/x/y", "blog/x"}, []string{"blog/x/y"}},
		{"p-{a,b{c,d}}", []string{"p-a", "p-bc", "p-bd"}, []string{"p-b", "p-"}},
		{"[0-9][0-9]", []string{"42"}, []string{"4", "ab"}},
		{`\{x\}`, []string{"{x}"}, []string{"x"}},
	}
	for _, tt := range tests {
		g, err := Compile(tt.pattern)
		if err != nil {
			t.Errorf("%s: %v", tt.pattern, err)
			continue
		}
		for _, s := range tt.yes {
			if !g.Match(s) {
				t.Errorf("%s should match %q", tt.pattern, s)
			}
		}
		for _, s := range tt.no {
			if g.Match(s) {
				t.Errorf("%s should not match %q", tt.pattern, s)
			}
		}
	}
}

func TestCompileErrors(t *testing.T) {
	for _, p := range []string{"{a", "[a", "{a,{b}", strings.Repeat("{a,b,c,d}", 12)} {
		if _, err := Compile(p); err == nil {
			t.Errorf("%s: no error", p)
		}
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("a/**/b*", "a/x/bc")
	f.Add("{a,b/{c,d}}/[x-z]", "b/c/y")
	f.Fuzz(func(t *testing.T, pattern, name string) {
		if len(pattern) > 200 || len(name) > 200 {
			return
		}
		if g, err := Compile(pattern); err == nil {
			g.Match(name)
		}
	})
}
