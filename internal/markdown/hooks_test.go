package markdown

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"github.com/jam-go/jam/internal/diag"
)

// allHooks are hooks that write what they are given.
var allHooks = &Hooks{
	Link: func(c *LinkContext) (string, error) {
		return fmt.Sprintf("[link %d %d:%d dest=%s written=%s title=%s text=%s plain=%s]",
			c.Ordinal, c.Line, c.Column, c.Destination, c.Written, c.Title, c.Text, c.PlainText), nil
	},
	Image: func(c *ImageContext) (string, error) {
		return fmt.Sprintf("[image %d %d:%d dest=%s written=%s title=%s text=%s plain=%s block=%t %v]",
			c.Ordinal, c.Line, c.Column, c.Destination, c.Written, c.Title, c.Text, c.PlainText, c.IsBlock, c.Attributes), nil
	},
	Heading: func(c *HeadingContext) (string, error) {
		return fmt.Sprintf("[h%d %d %d:%d #%s text=%s plain=%s %v]", c.Level, c.Ordinal, c.Line, c.Column, c.Anchor, c.Text, c.PlainText, c.Attributes), nil
	},
	CodeBlock: func(language string) func(*CodeBlockContext) (string, error) {
		if language == "plain" {
			return nil
		}
		return func(c *CodeBlockContext) (string, error) {
			return fmt.Sprintf("[code %d %d:%d %s %q %v %v]", c.Ordinal, c.Line, c.Column, c.Type, c.Inner, c.Options, c.Attributes), nil
		}
	},
	Blockquote: func(typ, alert string) func(*BlockquoteContext) (string, error) {
		if alert == "plain" {
			return nil
		}
		return func(c *BlockquoteContext) (string, error) {
			if c.Type != typ || c.AlertType != alert {
				return "", errors.New("not what it was asked for")
			}
			return fmt.Sprintf("[quote %d %d:%d %s %s title=%s sign=%s text=%q %v]",
				c.Ordinal, c.Line, c.Column, c.Type, c.AlertType, c.AlertTitle, c.AlertSign, c.Text, c.Attributes), nil
		}
	},
	Table: func(c *TableContext) (string, error) {
		return fmt.Sprintf("[table %d %d:%d %v %v %v]", c.Ordinal, c.Line, c.Column, c.THead, c.TBody, c.Attributes), nil
	},
	Passthrough: func(string) func(*PassthroughContext) (string, error) {
		return func(c *PassthroughContext) (string, error) {
			return fmt.Sprintf("[%s %d %d:%d %q %v]", c.Type, c.Ordinal, c.Line, c.Column, c.Inner, c.Attributes), nil
		}
	},
}

var mathDelimiters = []Delimiters{{"$", "$", false}, {`\(`, `\)`, false}, {"$$", "$$", true}, {`\[`, `\]`, true}}

func TestHooks(t *testing.T) {
	resolve := func(l Link) (string, error) {
		if l.Destination == "bad" {
			return "", io.ErrUnexpectedEOF
		}
		return strings.Replace(l.Destination, "c.md", "/c/?d&e", 1), nil
	}
	tests := []struct{ name, in, want string }{
		{"link", "a [*b*](c.md '\"t') d", `<p>a [link 0 4:3 dest=/c/?d&e written=c.md title="t text=<em>b</em> plain=b] d</p>`},
		{"links", "[a](b)\n[![i](j)](k l)\n[e](<f g> (h))", "<p>[link 0 4:1 dest=b written=b title= text=a plain=a]\n" +
			"[[image 0 5:2 dest=j written=j title= text=i plain=i block=false map[]]](k l)\n[link 1 6:1 dest=f%20g written=f g title=h text=e plain=e]</p>"},
		{"image in link", "[![i](j)](k)", "<p>[link 0 4:1 dest=k written=k title= text=[image 0 4:2 dest=j written=j title= text=i plain=i block=false map[]] plain=i]</p>"},
		{"unsafe link", "[a](javascript:b)", "<p>[link 0 4:1 dest= written=javascript:b title= text=a plain=a]</p>"},
		{"broken link", "[a](bad)", "<p>[link 0 4:1 dest=bad written=bad title= text=a plain=a]</p>"},
		{"autolinks", "<http://a> b@c.example", "<p>[link 0 4:1 dest=http://a written=http://a title= text=http://a plain=http://a] " +
			"[link 1 4:12 dest=mailto:b@c.example written=b@c.example title= text=b@c.example plain=b@c.example]</p>"},
		{"image", "a ![b *c* [d](e)](f \"g\")", "<p>a [image 0 4:3 dest=f written=f title=g text=b <em>c</em> <a href=\"e\">d</a> plain=b c d block=false map[]]</p>"},
		{"block image", "![b](c.md)\n{.d caption=\"e f\" onclick=g}", "[image 0 4:1 dest=/c/?d&e written=c.md title= text=b plain=b block=true map[caption:e f class:d]]"},
		{"heading", "## A *b* [c](d)\n\nE\n===\n{#f .g x=y}", "[h2 0 4:1 #a-b-c text=A <em>b</em> [link 0 4:10 dest=d written=d title= text=c plain=c] plain=A b c map[id:a-b-c]]\n[h1 1 6:1 #f text=E plain=E map[class:g id:f x:y]]"},
		{"code", "```go {.a #b hl_lines=[1,\"3-4\"] lineNos=inline x=y onclick=z}\n<c>\n```\n~~~\n~~~\n\n    d\n\n```plain\ne\n```",
			"[code 0 4:1 go \"<c>\\n\" map[hl_lines:[1,\"3-4\"] linenos:inline] map[class:a id:b x:y]]\n[code 1 7:1  \"\" map[] map[]]\n" +
				"<pre><code>d\n</code></pre>\n<pre><code class=\"language-plain\">e\n</code></pre>"},
		{"blockquote", "> a *b*\n{cite=c style=d}", "[quote 0 4:1 regular  title= sign= text=\"<p>a <em>b</em></p>\\n\" map[cite:c style:d]]"},
		{"alert", "> [!NOTE]- T *t*\n> a", "[quote 0 4:1 alert note title=T <em>t</em> sign=- text=\"<p>a</p>\\n\" map[]]"},
		{"bare alert", "> [!tip]", "[quote 0 4:1 alert tip title= sign= text=\"\" map[]]"},
		{"other alert", "> [!plain]\n> > a", "<div class=\"alert alert-plain\" role=\"note\">\n<p class=\"alert-title\">Plain</p>\n" +
			"[quote 1 5:3 regular  title= sign= text=\"<p>a</p>\\n\" map[]]\n</div>"},
		{"table", "|a|*b*|\n|-|:-:|\n|c|[d](e)|\n|f|\n{.g x=y}", "[table 0 4:1 [[{a } {<em>b</em> center}]] " +
			"[[{c } {[link 0 6:4 dest=e written=e title= text=d plain=d] center}] [{f } { }]] map[class:g x:y]]"},
		{"passthrough", "a $b<c$ \\(d\\)\n\n$$\ne\n$$\n{.f x=y}\n\ng $$h$$", "<p>a [inline 0 4:3 \"b<c\" map[]] [inline 1 4:9 \"d\" map[]]</p>\n" +
			"[block 2 6:1 \"\\ne\\n\" map[class:f x:y]]\n<p>g [block 3 11:3 \"h\" map[]]</p>"},
		{"nested", "> ## a [b](c)\n> - ```\n>   d\n>   ```", "[quote 0 4:1 regular  title= sign= text=" +
			`"[h2 0 4:3 #a-b text=a [link 0 4:8 dest=c written=c title= text=b plain=b] plain=a b map[id:a-b]]\n<ul>\n<li>\n[code 0 5:5  \"d\\n\" map[] map[]]\n</li>\n</ul>\n"` + " map[]]"},
	}
	e := mustNew(t, Config{Passthrough: mathDelimiters})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			result, err := e.Render(context.Background(), Source{Text: []byte(test.in), Line: 4, Hooks: allHooks, Resolve: resolve})
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimSuffix(result.HTML, "\n"); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			for _, p := range result.Problems {
				if p.Kind == UnsafeAttribute && !strings.Contains(p.Err.Error(), "onclick") {
					t.Error(p.Err)
				}
			}
			if strings.Contains(test.in, "(bad)") && (len(result.Problems) != 1 || result.Problems[0].Kind != BrokenLink) {
				t.Errorf("problems %v", result.Problems)
			}
		})
	}
}

// defaultHooks render everything by default, by way of hooks.
var defaultHooks = &Hooks{
	Link:        func(c *LinkContext) (string, error) { return c.Default() },
	Image:       func(c *ImageContext) (string, error) { return c.Default() },
	Heading:     func(c *HeadingContext) (string, error) { return c.Default() },
	Table:       func(c *TableContext) (string, error) { return c.Default() },
	CodeBlock:   func(string) func(*CodeBlockContext) (string, error) { return byDefault[*CodeBlockContext] },
	Blockquote:  func(_, _ string) func(*BlockquoteContext) (string, error) { return byDefault[*BlockquoteContext] },
	Passthrough: func(string) func(*PassthroughContext) (string, error) { return byDefault[*PassthroughContext] },
}

func byDefault[C interface{ Default() (string, error) }](c C) (string, error) {
	first, err := c.Default()
	if err != nil {
		return "", err
	}
	if again, err := c.Default(); err != nil || again != first {
		return "", fmt.Errorf("%q, and then %q, %v", first, again, err)
	}
	return first, nil
}

// TestHooksDefault renders all that is in the seeds through hooks, which must not make
// a difference anywhere.
func TestHooksDefault(t *testing.T) {
	texts := append(slices.Clone(seeds), samplePage, "a $b$ \\[c\\]\n\n$$\nd\n$$\n{#e}\n\n```mermaid {.x}\n<f>\n```\n\n```math\n<g>\n```\n",
		"> [!NOTE] a[^1] {#b}\n> # c[^1] {#d}\n> e[^1]\n{#f}\n\n|a[^1]|\n|-|\n|b|\n{#t}\n\n[^1]: > g[^1]", "# a[^1] *b* [c](d)\n\n![e](f)\n{#h}\n\n[^1]: i")
	for _, cfg := range []Config{{Passthrough: mathDelimiters, Diagrams: true}, {Unsafe: true, SummaryWords: 2}, {XHTML: true, SummaryWords: 4}, commonMark} {
		e := mustNew(t, cfg)
		for _, in := range texts {
			want, err := e.Render(context.Background(), Source{Text: marks(in)})
			if err != nil {
				t.Fatal(err)
			}
			got, err := e.Render(context.Background(), Source{Text: marks(in), Hooks: defaultHooks})
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range []struct{ name, got, want string }{
				{"HTML", got.HTML, want.HTML},
				{"summary", got.Summary(), want.Summary()},
				{"plain text", got.Plain(), want.Plain()},
				{"contents", TOC(got.Headings(), 1, 6, false), TOC(want.Headings(), 1, 6, false)},
				{"anchors", fmt.Sprint(got.Anchors()), fmt.Sprint(want.Anchors())},
				{"words", fmt.Sprint(got.Words), fmt.Sprint(want.Words)},
			} {
				if p.got != p.want {
					t.Errorf("%s of %q:\ngot  %q\nwant %q", p.name, in, p.got, p.want)
				}
			}
		}
	}
}

func TestHooksAndInserts(t *testing.T) {
	var got []string
	src := Source{
		Text:    marks("# a @0@\n\n[@0@](@1@ \"@0@\")\n\n```go {x=\"@0@\"}\n@0@\n```\n\n> @2@\n\n$@1@$"),
		Inserts: testInserts, HookData: 7,
		Hooks: &Hooks{
			Heading: func(c *HeadingContext) (string, error) {
				got = append(got, c.Text, c.PlainText, c.Anchor)
				return c.Default()
			},
			Link: func(c *LinkContext) (string, error) {
				got = append(got, c.Text, c.PlainText, c.Destination, c.Written, c.Title, fmt.Sprint(c.Data))
				return "l\x020\x03\x02", nil
			},
			CodeBlock: func(string) func(*CodeBlockContext) (string, error) {
				return func(c *CodeBlockContext) (string, error) {
					got = append(got, c.Inner, c.Attributes["x"])
					return c.Default()
				}
			},
			Blockquote: func(_, _ string) func(*BlockquoteContext) (string, error) {
				return func(c *BlockquoteContext) (string, error) { return c.Text, nil }
			},
			Passthrough: func(string) func(*PassthroughContext) (string, error) {
				return func(c *PassthroughContext) (string, error) { return c.Inner, nil }
			},
		},
	}
	result, err := mustNew(t, Config{Passthrough: mathDelimiters}).Render(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	html, plain := testInserts[0], "A & <"
	want := []string{"a " + html, "a " + plain, "a-a--", html, plain, "/x/?a&b", "/x/?a&b", plain, "7", plain + "\n", plain}
	if !slices.Equal(got, want) {
		t.Errorf("contexts\ngot  %q\nwant %q", got, want)
	}
	if want := `<h1 id="a-a--">a ` + html + "</h1>\n<p>l</p>\n<pre><code class=\"language-go\">" + html + "\n</code></pre>\n" + testInserts[2] + "\n<p>/x/?a&b</p>\n"; result.HTML != want {
		t.Errorf("got  %q\nwant %q", result.HTML, want)
	}
}

// TestHooksKeepSpans has hooks whose HTML is not that of Default: the summary is without
// notes and ids all the same.
func TestHooksKeepSpans(t *testing.T) {
	hooks := &Hooks{
		Heading: func(c *HeadingContext) (string, error) {
			return fmt.Sprintf("<h%d class=x id=\"%s\">%s <a href=\"#%s\">#</a></h%d>", c.Level, c.Anchor, c.Text, c.Anchor, c.Level), nil
		},
		Blockquote: func(_, _ string) func(*BlockquoteContext) (string, error) {
			return func(c *BlockquoteContext) (string, error) {
				return "<div>\n" + strings.TrimSpace(c.Text) + "</div>", nil
			}
		},
	}
	result, err := mustNew(t, Config{}).Render(context.Background(), Source{Text: []byte("> ## a[^1]\n> b\n> {#c}\n\n[^1]: d"), Hooks: hooks})
	if err != nil {
		t.Fatal(err)
	}
	if want := "<div>\n<h2 class=x>a <a href=\"#a\">#</a></h2>\n<p>b</p></div>\n"; result.Summary() != want {
		t.Errorf("summary %q; want %q", result.Summary(), want)
	}
	if h := result.Headings()[0]; h.HTML != "a" || h.ID != "a" || result.Plain() != "a #\nb\nd" {
		t.Errorf("heading %+v, plain %q", h, result.Plain())
	}
}

func TestHookErrors(t *testing.T) {
	broken := errors.New("broken")
	fail := &Hooks{
		Link: func(*LinkContext) (string, error) { return "", broken },
		CodeBlock: func(string) func(*CodeBlockContext) (string, error) {
			return func(*CodeBlockContext) (string, error) { return "", broken }
		},
		Table: func(*TableContext) (string, error) { panic("boom") },
	}
	for in, want := range map[string]string{
		"a\n\n> - b\n>   [c](d)":     "7:5: broken",
		"- a\n\n  ```x\n  ```":       "6:3: broken",
		"# b [a](b)":                 "4:5: broken",
		"a\n\n|a|\n|-|\n|b|":         "6:1: panic while rendering Markdown: boom",
		"|a|\n|-|\n|[b](c)|":         "6:2: broken",
		"a[^1]\n\n[^1]: b [c](d)":    "6:9: broken",
		"> [!NOTE] [a](b)":           "4:11: broken",
		"a\n\n![b](c)\n\n<http://d>": "8:1: broken",
	} {
		_, err := mustNew(t, Config{}).Render(context.Background(), Source{Text: []byte(in), Line: 4, Hooks: fail})
		d, ok := errors.AsType[*diag.Error](err)
		if !ok || d.Error() != want || strings.HasSuffix(want, "broken") && !errors.Is(err, broken) {
			t.Errorf("%q: got %v; want %s", in, err, want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	stop := &Hooks{Link: func(*LinkContext) (string, error) { cancel(); return "", ctx.Err() }}
	if _, err := mustNew(t, Config{}).Render(ctx, Source{Text: []byte("[a](b)"), Hooks: stop}); err != context.Canceled {
		t.Errorf("got %v", err)
	}
}

// TestLateDefault asks a context for the default rendering when it is too late.
func TestLateDefault(t *testing.T) {
	var kept *LinkContext
	h := &Hooks{Link: func(c *LinkContext) (string, error) { kept = c; return "", nil }}
	if _, err := mustNew(t, Config{}).Render(context.Background(), Source{Text: []byte("[a](b)"), Hooks: h}); err != nil {
		t.Fatal(err)
	}
	if _, err := kept.Default(); err == nil {
		t.Error("no error")
	}
}

// TestHookBeforeExtension has a hook and an extension for the same kind of element.
func TestHookBeforeExtension(t *testing.T) {
	e := mustNew(t, Config{Extensions: []goldmark.Extender{withRenderer(ast.KindFencedCodeBlock,
		func(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
			if entering {
				_, _ = w.WriteString("<pre>extension</pre>\n")
			}
			return ast.WalkSkipChildren, nil
		})}})
	h := &Hooks{CodeBlock: func(language string) func(*CodeBlockContext) (string, error) {
		if language != "go" {
			return nil
		}
		return func(c *CodeBlockContext) (string, error) {
			s, err := c.Default()
			return "<div>" + s + "</div>", err
		}
	}}
	result, err := e.Render(context.Background(), Source{Text: []byte("```go\n```\n```\n```"), Hooks: h})
	if want := "<div><pre>extension</pre>\n</div>\n<pre>extension</pre>\n"; err != nil || result.HTML != want {
		t.Errorf("got %q, %v; want %q", result.HTML, err, want)
	}
}

// TestHookRenders has a hook that renders another document with the same engine.
func TestHookRenders(t *testing.T) {
	e := mustNew(t, Config{})
	h := &Hooks{Image: func(c *ImageContext) (string, error) {
		r, err := e.RenderInline(context.Background(), Source{Text: []byte(c.Title)})
		if err != nil {
			return "", err
		}
		code, _, err := e.Code(context.Background(), c.PlainText, "", "")
		return r.HTML + code, err
	}}
	result, err := e.Render(context.Background(), Source{Text: []byte("a\n\n![b](c '*d*')"), Hooks: h})
	if want := "<p>a</p>\n<em>d</em><pre><code>b\n</code></pre>\n"; err != nil || result.HTML != want {
		t.Errorf("got %q, %v; want %q", result.HTML, err, want)
	}
}

func TestHeadingsOfEngine(t *testing.T) {
	hooks := &Hooks{Heading: func(*HeadingContext) (string, error) { return "", errors.New("called") }}
	src := Source{Text: marks("# a *b* [c](d)[^1]\n\n> ## ![e](f) @0@\n\n[^1]: g\n[^2]:\n    ### h"), Inserts: testInserts,
		Resolve: func(l Link) (string, error) { return "/" + l.Destination, nil }}
	e := mustNew(t, Config{})
	result, err := e.Render(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	src.Hooks = hooks
	headings, err := e.Headings(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := TOC(headings, 1, 6, false), TOC(result.Headings(), 1, 6, false); got != want || !strings.Contains(got, `<img src="/f"`) {
		t.Errorf("got %s; want %s", got, want)
	}
}

func BenchmarkHooks(b *testing.B) {
	link := &Hooks{Link: func(c *LinkContext) (string, error) {
		return `<a href="` + string(appendEscaped(nil, c.Destination)) + `">` + c.Text + "</a>", nil
	}}
	for name, hooks := range map[string]*Hooks{"none": nil, "links": link, "default": defaultHooks} {
		b.Run(name, func(b *testing.B) {
			pages, size := benchPages(b)
			e := mustNew(b, Config{})
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				for _, p := range pages {
					if _, err := e.Render(context.Background(), Source{Text: p, Hooks: hooks}); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
