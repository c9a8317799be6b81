package highlight_test

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/yuin/goldmark"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/highlight"
)

func load(t *testing.T, text string, opts highlight.Options) (*jam.Site, error) {
	t.Helper()
	tree := fstest.MapFS{"content/a.md": {Data: []byte("---\ntitle: A\n---\n" + text)}}
	return jam.Load(t.Context(), tree, &jam.Config{Markdown: jam.Markdown{
		Extensions: []goldmark.Extender{highlight.New(opts)},
	}})
}

func TestSite(t *testing.T) {
	site, err := load(t, "```go {hl_lines=\"1 9\" linenos=true}\nfunc f() {\n\n\treturn\n}\n```\n", highlight.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := jam.Memory()
	report, err := site.Build(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	want := "content/a.md:4:8: markdown: there is no line 9: the code has 4 lines"
	if len(report.Warnings) != 1 || report.Warnings[0].Error() != want {
		t.Errorf("warnings %v; want %s", report.Warnings, want)
	}
	// Minifying must leave the lines as they are.
	html := `<code class=language-go data-lang=go><mark class="line hl" data-line=1><span class=kd>func</span> <span class=nf>f</span><span class=p>()</span> <span class=p>{</span>` +
		"\n</mark><span class=line data-line=2>\n</span><span class=line data-line=3>\t<span class=k>return</span>\n"
	if page := string(out.Files()["a/index.html"]); !strings.Contains(page, html) {
		t.Errorf("no %s in %s", html, page)
	}
}

func TestSiteErrors(t *testing.T) {
	_, err := load(t, "x", highlight.Options{Style: "gihub"})
	if want := `config: highlight: unknown style "gihub" (did you mean "github"?)`; err == nil || err.Error() != want {
		t.Errorf("got %v; want %s", err, want)
	}
}

// The style sheet is a generated document here. A site with static files of its own may as
// well have it written into one of them once.
func Example() {
	tree := fstest.MapFS{
		"content/_index.md": {Data: []byte("```go {title=\"main.go\" hl_lines=2}\npackage main\nvar x = 1\n```\n")},
		"layouts/home.html": {Data: []byte(`<link rel="stylesheet" href="highlight.css">{{ .Content }}`)},
	}
	site, err := jam.Load(context.Background(), tree, &jam.Config{
		Markdown: jam.Markdown{Extensions: []goldmark.Extender{highlight.New(highlight.Options{})}},
		Generators: []jam.Generator{func(context.Context, *jam.Site) iter.Seq2[*jam.Document, error] {
			return func(yield func(*jam.Document, error) bool) {
				var css bytes.Buffer
				err := highlight.CSS(&css, "", "")
				yield(&jam.Document{Path: "highlight.css", Body: css.Bytes()}, err)
			}
		}},
		Minify: jam.Minify{Disabled: true},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	out := jam.Memory()
	if _, err := site.Build(context.Background(), out); err != nil {
		fmt.Println(err)
		return
	}
	files := out.Files()
	fmt.Printf("%s", files["index.html"])
	fmt.Println(len(files["highlight.css"]) > 1000)
	// Output:
	// <link rel="stylesheet" href="highlight.css"><figure class="highlight"><figcaption>main.go</figcaption>
	// <pre class="chroma" tabindex="0"><code class="language-go" data-lang="go"><span class="line"><span class="kn">package</span> <span class="nx">main</span>
	// </span><mark class="line hl"><span class="kd">var</span> <span class="nx">x</span> <span class="p">=</span> <span class="mi">1</span>
	// </mark></code></pre>
	// </figure>
	// true
}

func ExampleCSS() {
	// As a file, with two of the styles of chroma.
	if err := highlight.CSS(os.Stdout, "github", "no-such-style"); err != nil {
		fmt.Println(err)
	}
	// Output:
	// highlight: unknown style "no-such-style"
}

func ExampleHighlighter_HTML() {
	h := highlight.New(highlight.Options{})
	html, err := h.HTML("x := 1", "go", "hl_inline=true")
	fmt.Println(html, err)
	// Output:
	// <code class="chroma language-go" data-lang="go"><span class="nx">x</span> <span class="o">:=</span> <span class="mi">1</span></code> <nil>
}
