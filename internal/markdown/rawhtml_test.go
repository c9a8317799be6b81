package markdown

import (
	"strings"
	"testing"
)

func TestRawHTML(t *testing.T) {
	long := "<a href=\"" + strings.Repeat("x", 100) + "\">"
	tests := []struct{ name, in, want, problems string }{
		{"inline", "ä <b>c</b>", "<p>ä c</p>\n", "1:3: raw HTML \"<b>\" left out\n1:7: raw HTML \"</b>\" left out"},
		{"over lines", "a <b\n c>d", "<p>a d</p>\n", `1:3: raw HTML "<b c>" left out`},
		{"block", "a\n\n<div>\n*x*\n</div>\n\nb", "<p>a</p>\n<p>b</p>\n", `3:1: raw HTML "<div> *x* </div>" left out`},
		{"indented block", "  <div>\n", "", `1:3: raw HTML "<div>" left out`},
		{"in a list", "- a\n\n  <div>\n  b\n", "<ul>\n<li>\n<p>a</p>\n</li>\n</ul>\n", `3:3: raw HTML "<div> b" left out`},
		{"in a quote", "> <hr>\n", "<blockquote>\n</blockquote>\n", `1:3: raw HTML "<hr>" left out`},
		{"tab", "-\t<hr>\n", "<ul>\n<li>\n</li>\n</ul>\n", `1:3: raw HTML "<hr>" left out`},
		{"script", "<script>\n\nalert(1)\n</script>\nb", "<p>b</p>\n", `1:1: raw HTML "<script> alert(1) </script>" left out`},
		{"instruction", "<?php x ?>\n", "", `1:1: raw HTML "<?php x ?>" left out`},
		{"CDATA", "a <![CDATA[x]]>", "<p>a </p>\n", `1:3: raw HTML "<![CDATA[x]]>" left out`},
		{"long", "a " + long, "<p>a </p>\n", `1:3: raw HTML "` + long[:59] + `…" left out`},
		{"two blocks", "<hr>\n\n<br>\n", "", "1:1: raw HTML \"<hr>\" left out\n3:1: raw HTML \"<br>\" left out"},
		{"comment", "a <!-- b --> c", "<p>a  c</p>\n", ""},
		{"comment block", "a\n\n<!-- b\nc -->\n\nd", "<p>a</p>\n<p>d</p>\n", ""},
		{"empty comments", "<!---->\n\n<!-->\n\n<!--->\n\na <!--> b", "<p>a  b</p>\n", ""},
		{"text after a comment", "<!-- a --> <b>c</b>\n", "", `1:12: raw HTML "<b>c</b>" left out`},
		{"open comment", "a\n\n<!-- b\n\nc", "<p>a</p>\n", "3:1: a comment is never closed, what follows is left out: add -->"},
		{"code", "`<b>`\n\n    <b>\n", "<p><code>&lt;b&gt;</code></p>\n<pre><code>&lt;b&gt;\n</code></pre>\n", ""},
		{"no tag", "a < b <1>", "<p>a &lt; b &lt;1&gt;</p>\n", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			result := mustRender(t, Config{}, test.in)
			if got := result.HTML; got != test.want {
				t.Errorf("%q\n got %q\nwant %q", test.in, got, test.want)
			}
			got := strings.ReplaceAll(problems(result), "raw HTML: ", "")
			if got != test.problems {
				t.Errorf("%q\n got %q\nwant %q", test.in, got, test.problems)
			}
		})
	}
}

func TestUnsafe(t *testing.T) {
	in := "<div class=\"x\">\n*a*\n</div>\n\n*b* <kbd>c</kbd> <!-- d -->\n\n<script>\n\n1 < 2\n</script>\n"
	want := "<div class=\"x\">\n*a*\n</div>\n<p><em>b</em> <kbd>c</kbd> <!-- d --></p>\n<script>\n\n1 < 2\n</script>\n"
	result := mustRender(t, Config{Unsafe: true}, in)
	if result.HTML != want || len(result.Problems) > 0 {
		t.Errorf("got %q, %q\nwant %q", result.HTML, problems(result), want)
	}
	if result.Words != 3 {
		t.Errorf("%d words; want 3: those of a script do not count", result.Words)
	}
	if got, want := result.Plain(), "*a*\nb c"; got != want {
		t.Errorf("plain text %q; want %q", got, want)
	}
}

func TestFilterTags(t *testing.T) {
	cfg := Config{Unsafe: true, FilterTags: true}
	for _, tag := range []string{"title", "textarea", "style", "xmp", "iframe", "noembed", "noframes", "script", "plaintext", "SCRIPT", "Iframe"} {
		for _, in := range []string{"a <%> b", "a </%> b", "a <% x=y> b", "a <%/> b"} {
			in = strings.ReplaceAll(in, "%", tag)
			want := "<p>" + strings.ReplaceAll(in, "<", "&lt;") + "</p>\n"
			if got := mustRender(t, cfg, in).HTML; got != want {
				t.Errorf("%q: %q; want %q", in, got, want)
			}
		}
	}
	in := "<div>\n<b>x</b> <iframe src=y></iframe> <titles> <style\n>\n</div>\n"
	want := "<div>\n<b>x</b> &lt;iframe src=y>&lt;/iframe> <titles> &lt;style\n>\n</div>\n"
	if got := mustRender(t, cfg, in).HTML; got != want {
		t.Errorf("%q\n got %q\nwant %q", in, got, want)
	}
	if got := mustRender(t, Config{FilterTags: true}, "a <b>").HTML; got != "<p>a </p>\n" {
		t.Errorf("without Unsafe: %q", got)
	}
}
