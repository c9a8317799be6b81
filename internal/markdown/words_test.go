package markdown

import (
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestCountWords(t *testing.T) {
	tests := []struct {
		in    string
		words int
		cjk   bool
	}{
		{"", 0, false},
		{" \n\t", 0, false},
		{"one", 1, false},
		{"one two\nthree\tfour ", 4, false},
		{"don't well-known e.g. –", 4, false},
		{"café naïve", 2, false},
		{"a\u00a0b\u2003c\u3000d", 4, false},
		{"Привет мир", 2, false},
		{"ภาษาไทย", 1, false},
		{"中文", 2, true},
		{"中文，测试。", 6, true},
		{"使用Docker部署", 5, true},
		{"ひらがな カタカナ", 8, true},
		{"한국어 단어", 5, true},
		{"one two three 中文", 5, false},
		{"one 中", 2, true},
		{"a & b < c", 5, false},
		{"\xff\xfe x", 2, false},
	}
	for _, test := range tests {
		if words, cjk := CountWords(test.in); words != test.words || cjk != test.cjk {
			t.Errorf("%q: %d, %v; want %d, %v", test.in, words, cjk, test.words, test.cjk)
		}
	}
}

func TestReadingTime(t *testing.T) {
	tests := []struct {
		words int
		cjk   bool
		want  int
	}{
		{0, false, 0}, {0, true, 0}, {1, false, 1}, {213, false, 1}, {214, false, 2}, {426, false, 2},
		{1, true, 1}, {501, true, 1}, {502, true, 2},
	}
	for _, test := range tests {
		if got := ReadingTime(test.words, test.cjk); got != test.want {
			t.Errorf("%d, %v: %d; want %d", test.words, test.cjk, got, test.want)
		}
	}
}

func TestWordsAndPlain(t *testing.T) {
	tests := []struct {
		name, in string
		words    int
		plain    string
	}{
		{"empty", "", 0, ""},
		{"inline", "a *b*c **d** `e f` [g](h \"no\") ![no](x)i", 7, "a bc d e f g i"},
		{"blocks", "# a\n\nb\nc\n\n- d\n- e\n\n> f\n\n---\n\ng  \nh", 8, "a\nb\nc\nd\ne\nf\ng\nh"},
		{"table", "|a|b c|\n|-|-|\n|d|e|", 5, "a\nb c\nd\ne"},
		{"code", "```\nif a {\n    b()\n}\n```\nc", 6, "if a {\n    b()\n}\nc"},
		{"entities", "&lt;b&gt; &amp;amp; a&nbsp;b \"q\"", 5, "<b> &amp; a\u00a0b “q”"},
		{"raw HTML", "a <b>b</b>\n\n<div>\nc\n</div>", 2, "a b"},
		{"footnotes", "a[^1] b\n\n[^1]: c d", 4, "a b\nc d"},
		{"task", "- [x] a", 1, "a"},
		{"alert", "> [!NOTE]\n> a", 2, "Note\na"},
		{"definitions", "a\n: b", 2, "a\nb"},
	}
	for _, test := range tests {
		result := mustRender(t, Config{}, test.in)
		if result.Words != test.words {
			t.Errorf("%s: %d words; want %d", test.name, result.Words, test.words)
		}
		if got := result.Plain(); got != test.plain {
			t.Errorf("%s: %q; want %q", test.name, got, test.plain)
		}
	}
	if r := mustRender(t, Config{}, "# 标题\n\n使用 Docker 部署。"); r.Words != 8 || !r.CJK {
		t.Errorf("CJK: %d, %v; want 8, true", r.Words, r.CJK)
	}
}

func TestPlainText(t *testing.T) {
	tests := []struct{ in, want string }{
		{"a<br>b", "a\nb"},
		{"<P>a</P><p>b", "a\nb"},
		{"a<!-- <p> -->b", "ab"},
		{"a<script>x < 1</SCRIPT >b", "a\nb"},
		{"a<style>p{}</style>", "a"},
		{"<a title='>'>b</a>", "b"},
		{"a <", "a"},
		{"a<!-- b", "a"},
		{"a <math><semantics><mi>x</mi><annotation encoding=x>x_1\n &lt; y</annotation></semantics></math>, b", "a x_1 < y, b"},
		{"<p>a</p><math><annotation x>x</annotation></math><p>b</p>", "a\nx\nb"},
		{"a<math><mi>x</mi></math>b", "a\nx\nb"},
		{"<math><annotation x>y", "y"},
		{"<script>a", ""},
		{"<pre>\n  a\n\n  b</pre>  c", "a\n\n  b\nc"},
	}
	for _, test := range tests {
		if got := plainText([]byte(test.in)); got != test.want {
			t.Errorf("%q: %q; want %q", test.in, got, test.want)
		}
	}
}

func TestIsSpace(t *testing.T) {
	for r := range rune(unicode.MaxRune + 1) {
		if isSpace(r) != unicode.IsSpace(r) {
			t.Errorf("%U: %v", r, isSpace(r))
		}
	}
}

func TestCountRunes(t *testing.T) {
	for _, s := range []string{"", "abc", "äb", "\xff\xfeä", "中文\xe4"} {
		if got, want := countRunes([]byte(s)), utf8.RuneCountInString(s); got != want {
			t.Errorf("%q: %d, want %d", s, got, want)
		}
	}
}

// TestCountWordsByRune compares with a count by characters alone.
func TestCountWordsByRune(t *testing.T) {
	check := func(text string) {
		words, wide, inWord := 0, 0, false
		for _, r := range text {
			switch {
			case isCJK(r) || isHangul(r):
				words, wide, inWord = words+1, wide+1, false
			case unicode.IsSpace(r):
				inWord = false
			case !inWord:
				words, inWord = words+1, true
			}
		}
		if got, cjk := CountWords(text); got != words || cjk != (words > 0 && 2*wide >= words) {
			t.Errorf("%+q: %d, %v; want %d", text, got, cjk, words)
		}
	}
	for r := range rune(unicode.MaxRune + 1) {
		check("a" + string(r) + "b")
		check(string(r))
	}
	for i := range 1 << 16 {
		check(string([]byte{byte(i >> 8), byte(i), 'a', ' ', byte(i >> 8), byte(i)}))
		check(string([]byte{0xE2, byte(i >> 8), byte(i), 'a'}))
	}
}
