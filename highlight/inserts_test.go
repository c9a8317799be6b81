package highlight_test

import (
	"context"
	"strings"
	"testing"

	"github.com/yuin/goldmark"

	"github.com/jam-go/jam/highlight"
	"github.com/jam-go/jam/internal/markdown"
)

// TestInsertsInHighlightedCode has markers in code of many languages, which lexers take
// to pieces in many ways.
func TestInsertsInHighlightedCode(t *testing.T) {
	e, err := markdown.New(markdown.Config{Extensions: []goldmark.Extender{highlight.New(highlight.Options{})}})
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range []string{"go", "python", "js", "html", "css", "bash", "json", "yaml", "toml", "c", "rust", "java",
		"ruby", "php", "sql", "diff", "makefile", "text", "nosuch", "markdown", "xml", "lua", "haskell", "go-html-template"} {
		for _, info := range []string{"", ` {linenos=true hl_lines=1 anchorlinenos=true}`, ` {noclasses=true}`, ` {title="@"}`} {
			in := "```" + language + info + "\na = \"@\" @ 1@2 // @\n# <@ a='@'> @@\n```\n"
			in = strings.ReplaceAll(in, "@", "\x0210\x03")
			inserts := append(make([]string, 10), "<var>x&amp;</var>")
			r, err := e.Render(context.Background(), markdown.Source{Text: []byte(in), Inserts: inserts})
			if err != nil {
				t.Fatal(err)
			}
			out := string(r.HTML)
			count := 8 + strings.Count(info, "@")
			if strings.ContainsAny(out, "\x02\x03") || strings.Count(out, "<var>x&amp;</var>") != count || strings.Contains(out, `"></span>`) {
				t.Errorf("%s%s: markers are left in %q", language, info, out)
			}
			if text := "a = \"x&\" x& 1x&2 // x&\n# <x& a='x&'> x&x&"; !strings.Contains(r.Plain(), text) {
				t.Errorf("%s%s: the text of %q has no %q", language, info, out, text)
			}
			if open, end := strings.Count(out, "<span"), strings.Count(out, "</span"); open != end {
				t.Errorf("%s%s: %d start tags, %d end tags: %q", language, info, open, end, out)
			}
			if strings.Contains(info, "title") && !strings.Contains(out, "<figcaption>") {
				t.Errorf("%s%s: no caption in %q", language, info, out)
			}
		}
	}
}

// TestHighlightedCode has code that is in no document.
func TestHighlightedCode(t *testing.T) {
	e, err := markdown.New(markdown.Config{Extensions: []goldmark.Extender{highlight.New(highlight.Options{})}})
	if err != nil {
		t.Fatal(err)
	}
	got, problems, err := e.Code(context.Background(), "a\nfunc b()\n", "go", "linenos=table,hl_lines=2,hl_style=x")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`<pre class="chroma"`, `<mark class="line hl" data-line="2"><span class="kd">func</span>`} {
		if !strings.Contains(got, part) {
			t.Errorf("no %s in %s", part, got)
		}
	}
	if len(problems) != 1 || !strings.Contains(problems[0].Err.Error(), "hl_style") || problems[0].Line != 0 {
		t.Errorf("problems %v", problems)
	}
}
