package funcs

import (
	"fmt"
	"html/template"
	"strings"
	"testing"
)

func TestStrings(t *testing.T) {
	data := map[string]any{"HTML": template.HTML("<b>x</b>\n"), "Nil": nil, "Words": "héllo wörld", "N": 12345}
	for _, tt := range []example{
		{`{{ chomp "a\r\n\n" }}|{{ chomp "a\nb" }}|{{ printf "%T %T" (chomp .HTML) (chomp "x") }}`, "a|a\nb|template.HTML string"},
		{`{{ strings.Contains "abc" "b" }}{{ strings.Contains "abc" "B" }}{{ strings.ContainsAny "abc" "xb" }}{{ strings.ContainsAny "abc" "" }}`,
			`truefalsetruefalse`},
		{`{{ strings.ContainsNonSpace " \t\n\u00a0" }}{{ strings.ContainsNonSpace " x" }}{{ strings.ContainsNonSpace .Nil }}`, `falsetruefalse`},
		{`{{ strings.Count "a" "banana" }}{{ strings.Count "" "né" }}{{ strings.RuneCount .Words }}{{ countrunes " a\n<b>é</b> " }}{{ countrunes "&amp;" }}`, `331121`},
		{`{{ countwords "one <b>two</b>, three" }}{{ countwords "" }}{{ countwords "日本語です" }}{{ countwords "go で書く 2024年。" }}{{ countwords "a &amp; b" }}`, `30573`},
		{`{{ strings.FirstUpper "été" }}{{ strings.FirstUpper "" }}{{ strings.FirstUpper "1a" }}`, `Été1a`},
		{`{{ hasPrefix "abc" "ab" }}{{ hasSuffix "abc" "bc" }}{{ hasPrefix "abc" "b" }}{{ hasSuffix .N 45 }}`, `truetruefalsetrue`},
		{`{{ strings.Repeat 3 "ab" }}{{ strings.Repeat 0 "x" }}{{ strings.Repeat 9223372036854775807 "" }}{{ len (strings.Repeat 1048576 "x") }}`, `ababab1048576`},
		{`{{ slicestr "héllo" 1 3 }}|{{ slicestr "héllo" 3 }}|{{ slicestr "héllo" }}|{{ slicestr "abc" 3 }}|{{ slicestr "" 0 0 }}`, `él|lo|héllo||`},
		{`{{ split "a,b" "," }}{{ split "né" "" }}{{ split "" "," }}{{ len (split .Nil ",") }}`, `[a b][n é][]1`},
		{`{{ substr "abcdef" 1 }}|{{ substr "abcdef" 1 2 }}|{{ substr "abcdef" -2 }}|{{ substr "abcdef" -3 2 }}|{{ substr "abcdef" 0 -2 }}|{{ substr "abcdef" -3 -1 }}`,
			`bcdef|bc|ef|de|abcd|de`},
		{`{{ substr "héllo" 1 1 }}|{{ substr "abc" 5 }}|{{ substr "abc" -9 2 }}|{{ substr "abc" 1 9223372036854775807 }}|{{ substr "abc" 1 0 }}|{{ substr "abc" 1 -9 }}|{{ substr "abc" }}|{{ substr "" 0 1 }}`,
			`é||ab|bc|||abc|`},
		{`{{ lower "ÀB" }}{{ upper "àb" }}{{ trim "--a-b--" "-" }}{{ strings.TrimSpace " \ta b\n" }}`, `àbÀBa-ba b`},
		{`{{ strings.TrimLeft 21 .N }}{{ strings.TrimRight "54" .N }}{{ strings.TrimPrefix "ab" "abab" }}{{ strings.TrimSuffix "ab" "abab" }}`, `345123abab`},
		{`{{ upper .Nil }}{{ title .Nil }}{{ trim .Nil "x" }}{{ replace .Nil "a" "b" }}{{ len (upper 1.5) }}`, `3`},
	} {
		tt.run(t, data)
	}
	for _, tt := range []example{
		{`{{ upper (slice) }}`, `upper: want text, have []any`},
		{`{{ chomp (dict) }}`, `chomp: want text, have map[string]any`},
		{`{{ countwords (slice) }}`, `countwords: want text, have []any`},
		{`{{ strings.Contains "a" (slice) }}`, `strings.Contains: want text, have []any`},
		{`{{ strings.Count (slice) "a" }}`, `strings.Count: want text, have []any`},
		{`{{ split (slice) "a" }}`, `split: want text, have []any`},
		{`{{ strings.Repeat -1 "a" }}`, `strings.Repeat: the count -1 is negative`},
		{`{{ strings.Repeat "x" "a" }}`, `strings.Repeat: the count: want a whole number, have string "x"`},
		{`{{ strings.Repeat 1 (slice) }}`, `strings.Repeat: want text, have []any`},
		{`{{ strings.Repeat 1048577 "a" }}`, `strings.Repeat: 1048577 times 1 bytes are more than 1 MiB`},
		{`{{ strings.Repeat 9223372036854775807 "ab" }}`, `are more than 1 MiB`},
		{`{{ slicestr "abc" 4 }}`, `slicestr: the range from 4 to 3 isn't within 0 to 3`},
		{`{{ slicestr "abc" 2 1 }}`, `slicestr: the range from 2 to 1 isn't within 0 to 3`},
		{`{{ slicestr "abc" -1 }}`, `slicestr: the range from -1 to 3 isn't within 0 to 3`},
		{`{{ slicestr "abc" 0 4 }}`, `slicestr: the range from 0 to 4 isn't within 0 to 3`},
		{`{{ slicestr "abc" "x" }}`, `slicestr: a position: want a whole number, have string "x"`},
		{`{{ slicestr "abc" 1 2 3 }}`, `slicestr: want a string, a start and an end, have 4 arguments`},
		{`{{ substr "abc" 1 2 3 }}`, `substr: want a string, a start and a length, have 4 arguments`},
		{`{{ substr "abc" "x" }}`, `substr: the start or length: want a whole number, have string "x"`},
	} {
		tt.fail(t, data)
	}
}

func TestReplace(t *testing.T) {
	for _, tt := range []example{
		{`{{ replace "aXbX" "X" "-" }} {{ replace "aXbX" "X" "-" 1 }} {{ replace "ab" "a" "" 0 }} {{ replace "ab" "" "." }}`, `a-b- a-bX ab .a.b.`},
		{`{{ strings.ReplacePairs "a" "b" "b" "c" "abc" }} {{ "app" | strings.ReplacePairs (slice "a" "1" "p" "2") }} {{ strings.ReplacePairs (slice) "x" }}`, `bcc 122 x`},
		{`{{ strings.ReplacePairs "app" "pear" "apple" "orange" "apple" }} {{ strings.ReplacePairs "" "-" "ab" }} {{ strings.ReplacePairs "b" "" "abc" }}`, `pearle -a-b- ac`},
		{`{{ findRE "[a-z]+" "ab 1 cd" }} {{ findRE "[a-z]" "abc" 2 }} {{ len (findRE "x" "abc") }}`, `[ab cd] [a b] 0`},
		{"{{ findRESubmatch `(\\w)=(\\d)` \"a=1 b=2\" }} {{ findRESubmatch `(\\w)=(\\d)` \"a=1 b=2\" 1 }} {{ len (findRESubmatch \"x\" \"a\") }}",
			`[[a=1 a 1] [b=2 b 2]] [[a=1 a 1]] 0`},
		{"{{ replaceRE `(\\w)(\\w)` \"$2$1\" \"abcd e\" }} {{ replaceRE `b+` \"-\" \"abbcb\" 1 }} {{ replaceRE `\\bb` \"-\" \"ab b\" }} {{ replaceRE `x*` \"-\" \"ab\" 2 }}",
			`badc e a-cb ab - -a-b`},
		{`{{ replaceRE "a" "b" "aaa" 0 }}{{ replaceRE "(?P<n>a)" "${n}${n}" "ab" }}`, `aaaaab`},
	} {
		tt.run(t, nil)
	}
	for _, tt := range []example{
		{`{{ replace "a" "b" (slice) }}`, `replace: want text, have []any`},
		{`{{ replace "a" "b" "c" "x" }}`, `replace: the limit: want a whole number, have string "x"`},
		{`{{ replace "a" "b" "c" 1 2 }}`, `replace: want one limit, have 2`},
		{`{{ strings.ReplacePairs "a" }}`, `strings.ReplacePairs: want pairs of strings and an input, have 1 argument`},
		{`{{ strings.ReplacePairs "a" "b" }}`, `strings.ReplacePairs: want a slice of pairs, have string "a"`},
		{`{{ strings.ReplacePairs "a" "b" "c" "d" }}`, `strings.ReplacePairs: 3 strings are no pairs`},
		{`{{ strings.ReplacePairs (slice "a") "b" }}`, `strings.ReplacePairs: 1 strings are no pairs`},
		{`{{ strings.ReplacePairs (slice) (slice) }}`, `strings.ReplacePairs: want text, have []any`},
		{`{{ strings.ReplacePairs "a" (slice) "b" }}`, `strings.ReplacePairs: want text, have []any`},
		{`{{ findRE "(" "a" }}`, "findRE: error parsing regexp: missing closing ): `(`"},
		{`{{ findRE "a" (slice) }}`, `findRE: want text, have []any`},
		{`{{ findRESubmatch "[" "a" }}`, "findRESubmatch: error parsing regexp: missing closing ]: `[`"},
		{`{{ findRESubmatch "a" "a" "x" }}`, `findRESubmatch: the limit: want a whole number, have string "x"`},
		{`{{ replaceRE "*" "a" "b" }}`, "replaceRE: error parsing regexp: missing argument to repetition operator: `*`"},
		{`{{ replaceRE "a" (slice) "b" }}`, `replaceRE: want text, have []any`},
	} {
		tt.fail(t, nil)
	}
}

func TestPlainify(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"", ""},
		{"plain  text\n", "plain  text\n"},
		{"<b>Bat</b>Man", "BatMan"},
		{"<p>one</p>\n<p>two</p>", "one\ntwo\n"},
		{"<p>one\ntwo</p>", "one two\n"},
		{"a<br>b<br />c", "a\nb\nc"},
		{"<ul><li>a</li><li>b</li></ul>", "a b "},
		{"<h2>Title</h2><p>Text", "Title Text"},
		{"<td>1</td><td>2</td>", "1 2 "},
		{"a  <i>b</i>   c", "a b c"},
		{"a &lt; b <b>&amp;</b>", "a &lt; b &amp;"},
		{"1 < 2 and 3 > 2", "1 &lt; 2 and 3 > 2"},
		{"a<!-- <b>no</b> -->b", "ab"},
		{"a<script>if (a < b) { x('</b>') }</script>b", "ab"},
		{"a<STYLE>p > a {}</Style >b", "ab"},
		{"a<script>x", "a"},
		{"a<!-- x", "a"},
		{"a<b", "a"},
		{"a <3", "a &lt;3"},
		{`<a title="x > y" href='>'>z</a>`, "z"},
		{`<a title=it's>z</a>`, "z"},
		{`<a title= "a>b">z</a>`, "z"},
		{"<!DOCTYPE html><?php x ?>z", "z"},
		{"<my-tag>a</my-tag>b", "ab"},
		{"<<b>script>alert(1)<</b>/script>", "&lt;script>alert(1)&lt;/script>"},
		{"</>", "&lt;/>"},
		{`a <math><semantics><mi>x</mi><annotation encoding="application/x-tex">x_1
 &lt; y</annotation></semantics></math>, b`, "a x_1 &lt; y, b"},
		{`<p><math display=block><semantics><mi>x</mi><annotation encoding=x>x</annotation></semantics></math></p>`, "x\n"},
		{"<math><mi>x</mi></math>b", "x b"},
		{"<math><annotation x>y", "y"},
		{"<", "&lt;"},
	} {
		if got := Plainify(tt.in); got != tt.want {
			t.Errorf("Plainify(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestTruncate(t *testing.T) {
	for _, tt := range []struct {
		in     string
		length int
		want   string
	}{
		{"one two three", 7, "one two…"},
		{"one two three", 8, "one two…"},
		{"one two three", 6, "one…"},
		{"one two three", 13, "one two three"},
		{"one two three", 2, "on…"},
		{"one two three", 0, "…"},
		{"<em>Keep my HTML</em>", 10, "<em>Keep my…</em>"},
		{"<p>I <em>really <strong>mean</strong> it</em></p>", 9, "<p>I <em>really…</em></p>"},
		{"<p>I <em>really <strong>mean</strong> it</em></p>", 13, "<p>I <em>really <strong>mean…</strong></em></p>"},
		{"<p>a<br>b<hr/>c<img src='x'> word</p>", 4, "<p>a<br>b<hr/>c…</p>"},
		{"<p>Supercalifragilistic</p>", 5, "<p>Super…</p>"},
		{"<p>one<p>two<p>three", 6, "<p>one<p>two…</p></p>"},
		{"a &amp; b c", 5, "a &amp; b…"},
		{"a &amp b c", 3, "a…"},
		{"AT&T &c", 4, "AT&T…"},
		{"&notanentity-", 3, "&no…"},
		{"<!-- long comment -->ab cd", 2, "<!-- long comment -->ab…"},
		{"<script>var long = 1</script>ab cd", 2, "<script>var long = 1</script>ab…"},
		{"a < b c", 3, "a <…"},
		{"<b>x</b></i>y z w", 2, "<b>x</b></i>y…"},
		{"日本語です", 3, "日本語…"},
		{"<b>日本語です</b>", 2, "<b>日本…</b>"},
		{"go 日本語", 4, "go 日…"},
		{"", 0, ""},
	} {
		if got := Truncate(tt.in, tt.length, "…"); got != tt.want {
			t.Errorf("Truncate(%q, %d) = %q, want %q", tt.in, tt.length, got, tt.want)
		}
	}
}

func TestTruncateInTemplates(t *testing.T) {
	data := map[string]any{"HTML": template.HTML("<em>Keep my HTML</em>"), "Text": "<em>one & two</em>", "Dots": template.HTML("<i>…</i>"), "Nil": nil}
	for _, tt := range []example{
		{`{{ truncate 10 .HTML }}`, `<em>Keep my …</em>`},
		{`{{ .HTML | truncate 6 "&" }}`, `<em>Keep&amp;</em>`},
		{`{{ truncate 6 .Dots .HTML }}`, `<em>Keep<i>…</i></em>`},
		{`{{ truncate 99 .HTML }}`, `<em>Keep my HTML</em>`},
		{`{{ truncate 7 .Text }}`, `&lt;em&gt;one …`},
		{`{{ truncate 99 .Text }}`, `&lt;em&gt;one &amp; two&lt;/em&gt;`},
		{`{{ truncate 5 .Nil }}`, ``},
		{`{{ printf "%T" (truncate 3 "abc") }}`, `template.HTML`},
	} {
		tt.run(t, data)
		if got := executeHTML(t, tt.tmpl, data); got != tt.want {
			t.Errorf("html/template: %s → %q, want %q", tt.tmpl, got, tt.want)
		}
	}
	for _, tt := range []example{
		{`{{ truncate 3 }}`, `truncate: want a length, an ellipsis and an input, have 1 argument`},
		{`{{ truncate 3 "a" "b" "c" }}`, `truncate: want a length, an ellipsis and an input, have 4 arguments`},
		{`{{ truncate "a" "b" }}`, `truncate: the length: want a whole number, have string "a"`},
		{`{{ truncate -1 "b" }}`, `truncate: the length -1 is negative`},
		{`{{ truncate 1 (slice) "b" }}`, `truncate: want text, have []any`},
		{`{{ truncate 1 (slice) }}`, `truncate: want text, have []any`},
	} {
		tt.fail(t, data)
	}
}

// Markup that never ends must not make the scanners slow.
func TestMarkupInLinearTime(t *testing.T) {
	for _, unit := range []string{"<", "<a", "<a '", "<!--", "<!", "</", "<script>", "</script", "&", "<a =\"", "<p>", "<b>x "} {
		s := strings.Repeat(unit, 1<<20/len(unit))
		Plainify(s)
		Truncate(s, 1<<20, "…")
	}
}

func TestTitle(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"table of contents (TOC)", "Table of Contents (TOC)"},
		{"a tale of two cities", "A Tale of Two Cities"},
		{"what to look for", "What to Look For"},
		{"the go way: a guide", "The Go Way: A Guide"},
		{"step-by-step guide", "Step-by-Step Guide"},
		{"an in-depth look", "An In-Depth Look"},
		{"input/output and/or more", "Input/Output and/or More"},
		{"why iPhone users love macOS", "Why iPhone Users Love macOS"},
		{"don't panic", "Don't Panic"},
		{"\"quoted\" words", "\"Quoted\" Words"},
		{"über den wolken", "Über Den Wolken"},
		{"  two  spaces ", "  Two  Spaces "},
		{"2nd edition", "2nd Edition"},
		{"THE END", "THE END"},
		{"come in/out", "Come in/Out"},
		{"on-and-off", "On-and-Off"},
		{"go for it: on", "Go for It: On"},
		{"", ""},
		{"- / -", "- / -"},
		{"日本語", "日本語"},
	} {
		if got := Title(tt.in); got != tt.want {
			t.Errorf("Title(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestInflect(t *testing.T) {
	for _, tt := range []struct{ one, many string }{
		{"cat", "cats"}, {"post", "posts"}, {"box", "boxes"}, {"dish", "dishes"}, {"match", "matches"}, {"class", "classes"},
		{"city", "cities"}, {"day", "days"}, {"key", "keys"}, {"man", "men"}, {"woman", "women"}, {"human", "humans"},
		{"fisherman", "fishermen"}, {"specimen", "specimens"}, {"omen", "omens"}, {"child", "children"}, {"person", "people"}, {"mouse", "mice"}, {"leaf", "leaves"},
		{"analysis", "analyses"}, {"bus", "buses"}, {"status", "statuses"}, {"gas", "gases"}, {"series", "series"},
		{"sheep", "sheep"}, {"news", "news"}, {"movie", "movies"}, {"case", "cases"}, {"house", "houses"}, {"hero", "heroes"},
		{"photo", "photos"}, {"index", "indices"}, {"quiz", "quizzes"}, {"menu", "menus"}, {"category", "categories"},
		{"tag", "tags"}, {"author", "authors"}, {"Person", "People"}, {"Tag", "Tags"}, {"TAG", "TAGS"}, {"CITY", "CITIES"},
		{"blog post", "blog posts"}, {"blog-post", "blog-posts"}, {"size", "sizes"}, {"base", "bases"}, {"axis", "axes"},
		{"datum", "data"}, {"campus", "campuses"}, {"über", "übers"}, {"", ""},
	} {
		if got := Pluralize(tt.one); got != tt.many {
			t.Errorf("Pluralize(%q) = %q, want %q", tt.one, got, tt.many)
		}
		if got := Singularize(tt.many); got != tt.one {
			t.Errorf("Singularize(%q) = %q, want %q", tt.many, got, tt.one)
		}
		if got := Pluralize(tt.many); got != tt.many {
			t.Errorf("Pluralize(%q) = %q, want it unchanged", tt.many, got)
		}
		if got := Singularize(tt.one); got != tt.one {
			t.Errorf("Singularize(%q) = %q, want it unchanged", tt.one, got)
		}
	}
	for _, tt := range []struct{ in, want string }{
		{"my-first-post", "My first post"}, {"my_first post", "My first post"}, {"myCamelPost", "My camel post"}, {"HTMLParser", "Html parser"},
		{"parseHTML", "Parse html"}, {"--a--b--", "A b"}, {"été-là", "Été là"}, {"", ""}, {"-", ""}, {"v2beta", "V2beta"},
		{"1", "1st"}, {"2", "2nd"}, {"3", "3rd"}, {"4", "4th"}, {"11", "11th"}, {"12", "12th"}, {"13", "13th"}, {"21", "21st"}, {"103", "103rd"},
		{"111", "111th"}, {"0", "0th"}, {"-1", "-1st"},
	} {
		if got := Humanize(tt.in); got != tt.want {
			t.Errorf("Humanize(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
	example{`{{ humanize 52 }} {{ inflect.Pluralize "cat" }} {{ singularize "cats" }} {{ pluralize nil }}`, `52nd cats cat `}.run(t, nil)
	example{`{{ humanize (slice) }}`, `humanize: want text, have []any`}.fail(t, nil)
	example{`{{ pluralize (slice) }}`, `pluralize: want text, have []any`}.fail(t, nil)
	example{`{{ singularize (slice) }}`, `singularize: want text, have []any`}.fail(t, nil)
}

func BenchmarkPlainify(b *testing.B) {
	s := strings.Repeat("<p>Some <em>text</em> with a <a href=\"https://example.org/\">link</a> &amp; more.</p>\n", 100)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		Plainify(s)
	}
}

func BenchmarkUrlize(b *testing.B) {
	for _, s := range []string{"already-sane/path", "My First Post!", "Ünïcödé wörds"} {
		b.Run(fmt.Sprint(len(s)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Urlize(s)
			}
		})
	}
}
