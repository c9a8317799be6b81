package markdown

import "testing"

func TestAttributes(t *testing.T) {
	tests := []struct {
		name, in, want, problems string
	}{
		{"heading", "## A {#x .b .c data-k=v}", `<h2 id="x" class="b c" data-k="v">A</h2>` + "\n", ""},
		{"heading without space", "## A{#x}", `<h2 id="x">A</h2>` + "\n", ""},
		{"heading with closing marks", "## A ## {#x}", `<h2 id="x">A</h2>` + "\n", ""},
		{"heading of attributes", "## {#x}", `<h2 id="x"></h2>` + "\n", ""},
		{"heading of marks and attributes", "## ## {#x}", `<h2 id="x"></h2>` + "\n", ""},
		{"number as id", "# A {id=5}", `<h1 id="5">A</h1>` + "\n", ""},
		{"setext heading", "A\nb {.x}\n---", `<h2 class="x" id="a-b">A` + "\nb</h2>\n", ""},
		{"heading, next line", "## A\n{.x #y}", `<h2 class="x" id="y">A</h2>` + "\n", ""},
		{"not at the end", "## A {#x} b", `<h2 id="a-x-b">A {#x} b</h2>` + "\n", ""},
		{"escaped", `## A \{#x}`, `<h2 id="a-x">A {#x}</h2>` + "\n", ""},
		{"no list", "## A {b}", `<h2 id="a-b">A {b}</h2>` + "\n", ""},
		{"empty list", "## A {}", `<h2 id="a-">A {}</h2>` + "\n", ""},
		{"template", "## A {{.B}}", `<h2 id="a-b">A {{.B}}</h2>` + "\n", ""},
		{"braces in a value", `## A {title="{b}"}`, `<h2 title="{b}" id="a">A</h2>` + "\n", ""},
		{"escapes in a value", `## A {title="a\"b\\c<"}`, `<h2 title="a&quot;b\c&lt;" id="a">A</h2>` + "\n", ""},
		{"commas", "## A {.b, .c}", `<h2 class="b c" id="a">A</h2>` + "\n", ""},
		{"class as a value", `## A {.a class="b c"}`, `<h2 class="a b c" id="a">A</h2>` + "\n", ""},
		{"class with colon", "## A {.md:w}", `<h2 class="md:w" id="a">A</h2>` + "\n", ""},
		{"non-ASCII", "## A {#änderung .größe}", `<h2 id="änderung" class="größe">A</h2>` + "\n", ""},
		{"boolean", "a\n{hidden=true}\n\nb\n{hidden=false}", "<p hidden=\"\">a</p>\n<p>b</p>\n", ""},

		{"paragraph", "a\nb\n{.x}\nc", "<p class=\"x\">a\nb</p>\n<p>c</p>\n", ""},
		{"after a blank line", "a\n\n{.x}", "<p>a</p>\n<p>{.x}</p>\n", ""},
		{"at the start", "{.x}\na", "<p>{.x}\na</p>\n", ""},
		{"list", "- a\n- b\n{.x}", "<ul class=\"x\">\n<li>a</li>\n<li>b</li>\n</ul>\n", ""},
		{"ordered list", "1. a\n{start=7}", "<ol start=\"7\">\n<li>a</li>\n</ol>\n", ""},
		{"list item", "- a\n  {.x}\n- b", "<ul>\n<li class=\"x\">a</li>\n<li>b</li>\n</ul>\n", ""},
		{"paragraph in an item", "- a\n\n  b\n  {.x}", "<ul>\n<li>\n<p>a</p>\n<p class=\"x\">b</p>\n</li>\n</ul>\n", ""},
		{"blockquote", "> a\n{.x}", "<blockquote class=\"x\">\n<p>a</p>\n</blockquote>\n", ""},
		{"in a blockquote", "> a\n> {.x}", "<blockquote>\n<p class=\"x\">a</p>\n</blockquote>\n", ""},
		{"blank line of a blockquote", "> a\n>\n> {.x}", "<blockquote>\n<p>a</p>\n<p>{.x}</p>\n</blockquote>\n", ""},
		{"table", "|a|\n|-|\n{.x}", "<table class=\"x\">\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n</table>\n", ""},
		{"break", "a\n\n---\n{.x}", "<p>a</p>\n<hr class=\"x\">\n", ""},
		{"definitions", "a\n: b\n{.x}", "<dl class=\"x\">\n<dt>a</dt>\n<dd>b</dd>\n</dl>\n", ""},
		{"after a definition of a link", "[a]: /b\n{.x *y*}\n{.x}", "<p class=\"x\">{.x <em>y</em>}</p>\n", ""},
		{"after a link definition alone", "[a]: /b\n{.x title=\"*y*\"}", "<p>{.x title=&quot;<em>y</em>&quot;}</p>\n", ""},
		{"two lines", "a\n{.x}\n{.y}", "<p class=\"x y\">a</p>\n", ""},
		{"role and aria", "a\n{role=note aria-label=\"b c\" lang=de dir=ltr}",
			"<p role=\"note\" aria-label=\"b c\" lang=\"de\" dir=\"ltr\">a</p>\n", ""},

		{"fence", "```go {.x #y hl_lines=[1,\"3-5\"] linenos=true}\na\n```", "<pre class=\"x\" id=\"y\"><code class=\"language-go\">a\n</code></pre>\n", ""},
		{"fence without space", "```go{.x}\na\n```", "<pre class=\"x\"><code class=\"language-go\">a\n</code></pre>\n", ""},
		{"fence without language", "```{.x}\na\n```", "<pre class=\"x\"><code>a\n</code></pre>\n", ""},
		{"fence, other braces", "```a{b}\nx\n```", "<pre><code class=\"language-a{b}\">x\n</code></pre>\n", ""},
		{"fence, next line", "```\na\n```\n{.x}", "<pre class=\"x\"><code>a\n</code></pre>\n", ""},
		{"fence with a style", "```go {style=monokai}\na\n```", "<pre><code class=\"language-go\">a\n</code></pre>\n", ""},

		{"handler of a heading", "\n## A {onclick=\"x()\" #y}", `<h2 id="y">A</h2>` + "\n",
			`unsafe attribute: 2:7: attribute "onclick" left out`},
		{"handler in capitals", "a\n{.x ONLOAD=y}", "<p class=\"x\">a</p>\n",
			`unsafe attribute: 2:5: attribute "onload" left out`},
		{"style", "ä\n{style=\"color:red\"}", "<p>ä</p>\n", `unsafe attribute: 2:2: attribute "style" left out`},
		{"unknown", "> a\n{caption=b}", "<blockquote>\n<p>a</p>\n</blockquote>\n",
			`unsafe attribute: 2:2: attribute "caption" left out`},
		{"script in an address", "> a\n{cite=\" javascript:x\"}\n\n> b\n{cite=\"/b\"}",
			"<blockquote>\n<p>a</p>\n</blockquote>\n<blockquote cite=\"/b\">\n<p>b</p>\n</blockquote>\n",
			`unsafe attribute: 2:2: attribute "cite" left out`},
		{"handler of a fence", "```go {onclick=x}\na\n```", "<pre><code class=\"language-go\">a\n</code></pre>\n",
			`unsafe attribute: 1:8: attribute "onclick" left out`},
		{"same id twice", "## A {#x}\n\nb\n{#x}", "<h2 id=\"x\">A</h2>\n<p id=\"x\">b</p>\n",
			`duplicate id: 4:2: id "x" is there twice`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			result := mustRender(t, Config{}, test.in)
			if got := result.HTML; got != test.want {
				t.Errorf("%q\n got %q\nwant %q", test.in, got, test.want)
			}
			if got := problems(result); got != test.problems {
				t.Errorf("problems %q; want %q", got, test.problems)
			}
		})
	}
}

func TestAttributesOff(t *testing.T) {
	result := mustRender(t, Config{DisableAttributes: true}, "## A {#x}\n\na\n{.x}\n\n```go {.x}\n```\n")
	want := "<h2 id=\"a-x\">A {#x}</h2>\n<p>a\n{.x}</p>\n<pre><code class=\"language-go\"></code></pre>\n"
	if got := result.HTML; got != want {
		t.Errorf("got %q; want %q", got, want)
	}
}

func TestAttributesUnsafe(t *testing.T) {
	result := mustRender(t, Config{Unsafe: true}, "a\n{onclick=\"x()\" style=\"color:red\" caption=c}\n")
	want := "<p onclick=\"x()\" style=\"color:red\" caption=\"c\">a</p>\n"
	if got := result.HTML; got != want || len(result.Problems) > 0 {
		t.Errorf("got %q, %q; want %q", got, problems(result), want)
	}
}
