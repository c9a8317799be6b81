package markdown

import (
	"slices"
	"strings"
	"testing"
)

func TestSummary(t *testing.T) {
	words := func(n int) string { return strings.TrimSpace(strings.Repeat("w ", n)) }
	p := func(s string) string { return "<p>" + s + "</p>\n" }
	tests := []struct {
		name      string
		limit     int
		in        string
		want      string
		kind      SummaryKind
		truncated bool
	}{
		{"short", 0, "a\n\nb", p("a") + p("b"), AutoSummary, false},
		{"empty", 0, "", "", AutoSummary, false},
		{"70 words", 0, words(70) + "\n\nb", p(words(70)), AutoSummary, true},
		{"69 words", 0, words(69) + "\n\nb\n\nc", p(words(69)) + p("b"), AutoSummary, true},
		{"whole paragraph", 0, words(200) + "\n\nb", p(words(200)), AutoSummary, true},
		{"limit", 3, "a b\n\n- c\n- d\n\ne", p("a b") + "<ul>\n<li>c</li>\n<li>d</li>\n</ul>\n", AutoSummary, true},
		{"heading last", 3, "a b\n\n## c d\n\ne", p("a b"), AutoSummary, true},
		{"heading within", 3, "a\n\n## b\n\nc d\n\ne", p("a") + "<h2>b</h2>\n" + p("c d"), AutoSummary, true},
		{"heading first", 1, "## a b\n\nc\n\nd", "<h2>a b</h2>\n" + p("c"), AutoSummary, true},
		{"heading alone", 1, "## a", "<h2>a</h2>\n", AutoSummary, false},
		{"footnote", 0, "a[^1] b\n\n[^1]: c", p("a b"), AutoSummary, true},
		{"footnote words do not count", 2, "a[^1]\n\nb\n\nc\n\n[^1]: x y z", p("a") + p("b"), AutoSummary, true},
		{"ids", 9, "## a {#x .y}\n\nb\n{#z}\n", "<h2 class=\"y\">a</h2>\n<p>b</p>\n", AutoSummary, false},
		{"none", -1, "a", "", AutoSummary, false},
		{"CJK", 4, "中文字\n\n测试\n\n好", p("中文字") + p("测试"), AutoSummary, true},

		{"divider", 0, "a\n\n<!--more-->\n\nb", p("a"), ManualSummary, true},
		{"divider with spaces", 0, "a\n\n  <!--   more\t-->  \n\nb", p("a"), ManualSummary, true},
		{"divider over lines", 0, "a\n\n<!--\nmore\n-->\n\nb", p("a"), ManualSummary, true},
		{"divider after a line", 0, "a\n<!--more-->\nb", p("a"), ManualSummary, true},
		{"divider in CRLF", 0, "a\r\n<!--more-->\r\nb\r\n", p("a"), ManualSummary, true},
		{"divider after many words", 2, words(9) + "\n\nb\n\n<!--more-->\n\nc", p(words(9)) + p("b"), ManualSummary, true},
		{"divider without automatic summary", -1, "a\n\n<!--more-->\n\nb", p("a"), ManualSummary, true},
		{"divider at the end", 0, "a\n\n<!--more-->\n", p("a"), ManualSummary, false},
		{"divider at the start", 0, "<!--more-->\n\na", "", ManualSummary, true},
		{"two dividers", 0, "a\n\n<!--more-->\n\nb\n\n<!--more-->\n\nc", p("a"), ManualSummary, true},
		{"footnote before a divider", 0, "a[^1]\n\n<!--more-->\n\nb[^1]\n\n[^1]: c", p("a"), ManualSummary, true},
		{"divider in a list", 0, "- a\n\n  <!--more-->\n\nb", "<ul>\n<li>\n<p>a</p>\n</li>\n</ul>\n" + p("b"), AutoSummary, false},
		{"divider within a line", 0, "a <!--more--> b", p("a  b"), AutoSummary, false},
		{"divider in code", 0, "```\n<!--more-->\n```", "<pre><code>&lt;!--more--&gt;\n</code></pre>\n", AutoSummary, false},
		{"another comment", 0, "a\n\n<!--less-->\n\nb", p("a") + p("b"), AutoSummary, false},
	}
	for _, unsafe := range []bool{false, true} {
		for _, test := range tests {
			t.Run(test.name, func(t *testing.T) {
				cfg := Config{SummaryWords: test.limit, Unsafe: unsafe}
				result := mustRender(t, cfg, test.in)
				got := result.Summary()
				if unsafe { // other comments stay
					got = strings.NewReplacer("<!--less-->\n", "", "\n<!--more-->\n", "\n", "<!--more-->", "").Replace(got)
				}
				if got != test.want {
					t.Errorf("%q\n got %q\nwant %q", test.in, got, test.want)
				}
				if parts := strings.Join(slices.Collect(result.SummaryParts()), ""); parts != result.Summary() {
					t.Errorf("%q\n parts %q\nwant %q", test.in, parts, result.Summary())
				}
				if result.SummaryKind != test.kind || result.Truncated != test.truncated {
					t.Errorf("%v, truncated %v; want %v, %v", result.SummaryKind, result.Truncated, test.kind, test.truncated)
				}
				if len(result.Problems) > 0 {
					t.Errorf("problems: %s", problems(result))
				}
				if test.kind == ManualSummary && strings.Contains(result.HTML, "more") {
					t.Errorf("the divider is in the output: %s", result.HTML)
				}
			})
		}
	}
}

func TestResultSize(t *testing.T) {
	small, large := mustRender(t, Config{}, "a\n"), mustRender(t, Config{}, "# b {#c}\n\n"+strings.Repeat("d ", 1000))
	if n := small.Size(); n < len(small.HTML) || n > 1000 {
		t.Errorf("a small result takes %d bytes", n)
	}
	if n := large.Size() - small.Size(); n < 2000 || n > 2500 {
		t.Errorf("a large result takes %d bytes more", n)
	}
}
