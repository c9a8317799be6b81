package markdown

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

func TestUntrusted(t *testing.T) {
	e, err := New(Config{Untrusted: true, Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		in, want string
		problems string
	}{
		{"[a](https://example.org/)", `<p><a href="https://example.org/">a</a></p>`, ""},
		{"[a](HTTP://example.org/)", `<p><a href="HTTP://example.org/">a</a></p>`, ""},
		{"[a](b:c)", `<p><a>a</a></p>`, `1:1 address with scheme "b:" left out`},
		{"[a](./b:c)", `<p><a href="./b:c">a</a></p>`, ""},
		{"[a](?b:c)", `<p><a href="?b:c">a</a></p>`, ""},
		{"[a](#b:c)", `<p><a href="#b:c">a</a></p>`, ""},
		{"[a](java&Tab;script:x)", `<p><a>a</a></p>`, "1:1 address with scheme \"java\tscript:\" left out"},
		{"[a](&#1;javascript:x)", `<p><a>a</a></p>`, "1:1 address with scheme \"\x01javascript:\" left out"},
		{"[a](javascript&colon;x)", `<p><a>a</a></p>`, `1:1 address with scheme "javascript:" left out`},
		{"![a](data:image/png;base64,AA)", `<p>a</p>`, `1:1 address with scheme "data:" left out`},
		{"<ftp://example.org>", `<p><a>ftp://example.org</a></p>`, `1:1 address with scheme "ftp:" left out`},
		{"a@example.org <mailto:b@example.org>", `<p><a href="mailto:a@example.org">a@example.org</a> <a href="mailto:b@example.org">mailto:b@example.org</a></p>`, ""},
		{"a <b>c</b>", `<p>a c</p>`, `1:3 raw HTML "<b>" left out; 1:7 raw HTML "</b>" left out`},
		{"# h {#a_B-1 .c data-d=e title=f}", `<h1 id="a_B-1" title="f">h</h1>`, `1:13 attribute "class" left out; 1:16 attribute "data-d" left out`},
		{"# h {#a:b}", `<h1 id="h">h</h1>`, `1:6 attribute "id" left out`},
		{"# h {#a.b}", `<h1 id="h">h</h1>`, `1:6 attribute "id" left out`},
		{`# h {title="a\"b"}`, `<h1 id="h">h</h1>`, `1:6 attribute "title" left out`},
		{"> q\n{cite=\"https://example.org/\"}", "<blockquote>\n<p>q</p>\n</blockquote>", `2:2 attribute "cite" left out`},
		{"```go {lineanchors=page:main}\n```", `<pre><code class="language-go"></code></pre>`, `1:8 attribute "lineanchors" left out`},
		{"```go {linenos=1 style=x lang=de}\n```", `<pre lang="de"><code class="language-go"></code></pre>`, `1:18 attribute "style" left out`},
	} {
		r, err := e.Render(context.Background(), Source{Text: []byte(c.in)})
		if err != nil {
			t.Fatal(err)
		}
		var list []string
		for _, p := range r.Problems {
			list = append(list, strings.Replace(p.Error.Error(), ": ", " ", 1))
		}
		if got := strings.TrimSpace(r.HTML); got != c.want || strings.Join(list, "; ") != c.problems {
			t.Errorf("%q:\n%s\n%s\nwant\n%s\n%s", c.in, got, strings.Join(list, "; "), c.want, c.problems)
		}
	}
}

// TestUntrustedHooks has what hooks get of attributes and addresses.
func TestUntrustedHooks(t *testing.T) {
	e, err := New(Config{Untrusted: true})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	add := func(parts map[string]string, address string) (string, error) {
		for k, v := range parts {
			got = append(got, k+"="+v)
		}
		got = append(got, address)
		return "", nil
	}
	_, err = e.Render(context.Background(), Source{
		Text: []byte("# [a](javascript:x) {onclick=x style=y}\n\n![b](data:image/png,x)\n{srcdoc=z}\n\n```go {style=x linenos=1 foo=bar}\n```\n"),
		Hooks: &Hooks{
			Heading: func(c *HeadingContext) (string, error) { return add(c.Attributes, "h") },
			Link:    func(c *LinkContext) (string, error) { return add(c.Attributes, "a:"+c.Destination) },
			Image:   func(c *ImageContext) (string, error) { return add(c.Attributes, "i:"+c.Destination) },
			CodeBlock: func(string) func(*CodeBlockContext) (string, error) {
				return func(c *CodeBlockContext) (string, error) { return add(c.Options, fmt.Sprint("c", len(c.Attributes))) }
			},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if have, want := strings.Join(got, " "), "a: id=a h i: linenos=1 c0"; have != want {
		t.Errorf("hooks get %q, want %q", have, want)
	}
}
