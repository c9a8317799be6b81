package markdown

import (
	"context"
	"errors"
	"strings"
	"testing"
)

func TestPassthrough(t *testing.T) {
	inline := func(s string) string { return `<span class="math inline">` + s + "</span>" }
	display := func(s string) string { return `<span class="math display">` + s + "</span>" }
	div := func(s string) string { return `<div class="math display">` + s + "</div>" }
	tests := []struct{ name, in, want string }{
		{"inline", `a \(b_c_ < d\) e`, "<p>a " + inline(`\(b_c_ &lt; d\)`) + " e</p>"},
		{"dollar", `$a_b$, *$c*$*`, "<p>" + inline("$a_b$") + ", <em>" + inline("$c*$") + "</em></p>"},
		{"two lines", "a $b\n*c*$", "<p>a " + inline("$b\n*c*$") + "</p>"},
		{"not over paragraphs", "a $b\n\nc$", "<p>a $b</p>\n<p>c$</p>"},
		{"money", "$5 and $6, $ 7$, $20,000 or USD$30 $a$", "<p>$5 and $6, $ 7$, $20,000 or USD$30 " + inline("$a$") + "</p>"},
		{"digit behind", "$a$5 $b$", "<p>$a$5 " + inline("$b$") + "</p>"},
		{"escaped", `\$a$ $b\$c$ d$`, `<p>$a$ ` + inline(`$b\$c$`) + " d$</p>"},
		{"escaped parenthesis", `\\(a\\) \(b\)`, `<p>\(a\) ` + inline(`\(b\)`) + "</p>"},
		{"code is first", "`$a` $`b$", "<p><code>$a</code> " + inline("$`b$") + "</p>"},
		{"empty", `$$$$ \(\)`, "<p>$$$$ ()</p>"},
		{"follow each other", "$a$$b$", "<p>" + inline("$a$") + inline("$b$") + "</p>"},
		{"block delimiters in a line", `a $$b*c*$$ \[d\].`, "<p>a " + display("$$b*c*$$") + " " + display(`\[d\]`) + ".</p>"},
		{"block in a line", `$$a$$`, div("$$a$$")},
		{"block", "$$\na\n- b\n= c <\n$$\nd", div("$$\na\n- b\n= c &lt;\n$$") + "\n<p>d</p>"},
		{"block ends a paragraph", "a\n\\[ b\n# c \\]\nd", "<p>a</p>\n" + div("\\[ b\n# c \\]") + "\n<p>d</p>"},
		{"block with attributes", "$$\na\n$$\n{#b .c}", `<div class="math display c" id="b">` + "$$\na\n$$</div>"},
		{"blank line", "$$\na\n\nb\n$$", "<p>$$\na</p>\n<p>b\n$$</p>"},
		{"text behind", "$$\na\n$$ b", "<p>" + display("$$\na\n$$") + " b</p>"},
		{"text behind in a line", "$$a$$ b", "<p>" + display("$$a$$") + " b</p>"},
		{"never closed", "\\[\na\n- b", "<p>[\na</p>\n<ul>\n<li>b</li>\n</ul>"},
		{"in a container", "> - $$\n>   a\n>   $$\n> b", "<blockquote>\n<ul>\n<li>\n" + div("$$\na\n$$") + "\n</li>\n</ul>\n<p>b</p>\n</blockquote>"},
		{"a container ends", "> $$\n> a\nb $$", "<blockquote>\n<p>$$\na</p>\n</blockquote>\n<p>b $$</p>"},
		{"indented code", "    $$\n    a\n    $$", "<pre><code>$$\na\n$$\n</code></pre>"},
		{"fence", "```math\na\n<b\n```", div("$$\na\n&lt;b\n$$")},
		{"in a fence", "```\n$$\na\n$$\n```", "<pre><code>$$\na\n$$\n</code></pre>"},
		{"heading", "# $a_b$ c", `<h1 id="a_b-c">` + inline("$a_b$") + " c</h1>"},
		{"image", "![$a_b$](c)", `<p><img src="c" alt="$a_b$"></p>`},
		{"table", "|$a*b$|\n|-|\n|$c*$|", "<table>\n<thead>\n<tr>\n<th>" + inline("$a*b$") + "</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>" + inline("$c*$") + "</td>\n</tr>\n</tbody>\n</table>"},
		{"tabs", "- $$\n\ta\n\t$$", "<ul>\n<li>\n" + div("$$\n  a\n  $$") + "\n</li>\n</ul>"},
		{"diagram", "```mermaid {.a #b hl_lines=1}\na --> b\n```", `<pre class="mermaid a" id="b">` + "a --&gt; b\n</pre>"},
	}
	e := mustNew(t, Config{Passthrough: mathDelimiters[:3:3], Diagrams: true})
	all := mustNew(t, Config{Passthrough: append(mathDelimiters[2:4:4], mathDelimiters[:2]...), Diagrams: true})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			engine := e
			if strings.Contains(test.in, `\[`) {
				engine = all
			}
			result, err := engine.Render(context.Background(), Source{Text: []byte(test.in)})
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimSuffix(result.HTML, "\n"); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
	if result, err := mustNew(t, Config{}).Render(context.Background(), Source{Text: []byte("$a*b*$\n\n```math\n```\n```mermaid\n```")}); err != nil ||
		result.HTML != "<p>$a<em>b</em>$</p>\n<pre><code class=\"language-math\"></code></pre>\n<pre><code class=\"language-mermaid\"></code></pre>\n" {
		t.Errorf("without: %q, %v", result.HTML, err)
	}
}

func TestDelimitersCheck(t *testing.T) {
	for _, d := range []Delimiters{{"", "$", false}, {"$", "", false}, {"a", "$", false}, {"$ ", "$", true}, {"$", "\n", true}, {"ä", "ä", false}, {"$", "\x02", false}} {
		if _, err := New(Config{Passthrough: []Delimiters{d}}); err == nil {
			t.Errorf("%v: no error", d)
		}
	}
}

// TestPassthroughManyOpen has texts that could take time quadratic in their length.
func TestPassthroughManyOpen(t *testing.T) {
	e := mustNew(t, Config{Passthrough: mathDelimiters})
	for _, s := range []string{"$a ", `\(`, "\\[\n", "$$a\n", `\(` + "\n", "> \\[\n", "a $$", "$a$1 "} {
		if _, err := e.Render(context.Background(), Source{Text: []byte(strings.Repeat(s, 200_000/len(s)))}); err != nil && !errors.Is(err, errMarks) {
			t.Errorf("%q: %v", s, err)
		}
	}
}
