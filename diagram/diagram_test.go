package diagram_test

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/diagram"
)

const boxes = `
   .-----.    +-----+
   | a & |    |     |
   | b c +--->|  o  |
   '-----'    +-----+
`

// inside returns what is in the element svg.
func inside(t *testing.T, text string) string {
	t.Helper()
	svg, err := diagram.SVG(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	_, s, _ := strings.Cut(string(svg), ">")
	return strings.TrimSuffix(s, "</svg>")
}

func TestSVG(t *testing.T) {
	const line, text = `<path fill="none" stroke="currentColor" d="`, `<g fill="currentColor" font-family="Menlo,Consolas,monospace" font-size="13.3">`
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"\n \n", ""},
		{"---", line + `M8,16L24,16"/>`},
		{"|\n|\n|", line + `M8,16L8,48"/>`},
		{"a", text + `<text x="4" y="20">a</text></g>`},
		{"a bc  d", text + `<text x="4" y="20" textLength="32">a bc</text><text x="52" y="20">d</text></g>`},
		{"a|b", text + `<text x="4" y="20" textLength="24">a|b</text></g>`},
		{"\ta\n\tb", text + `<text x="4" y="20">a</text><text x="4" y="36">b</text></g>`},
		{"a\n  \n\nb\r\n\n", text + `<text x="4" y="20">a</text><text x="4" y="68">b</text></g>`},
		{"<&>\"", text + `<text x="4" y="20" textLength="32">&lt;&amp;&gt;"</text></g>`},
		{"中文 x", text + `<text x="4" y="20" textLength="48">中文 x</text></g>`},
		{"-->", line + `M8,16L24,16"/><path fill="currentColor" d="M32,16L20,10.4L20,21.6z"/>`},
		{"^\n|", line + `M8,16L8,32"/><path fill="currentColor" d="M8,8L2.4,20L13.6,20z"/>`},
		{"o-*", line + `M8,16L24,16"/><g class="hollow" fill="Canvas" stroke="currentColor"><circle cx="8" cy="16" r="6"/></g>` +
			`<g fill="currentColor" stroke="currentColor"><circle cx="24" cy="16" r="6"/></g>`},
		{"▓", `<g fill="currentColor"><rect x="4" y="8" width="8" height="16" fill-opacity="0.75"/></g>`},
		{"▉", `<g fill="currentColor"><rect x="4" y="8" width="8" height="16"/></g>`},
		{" .-\n|\n", line + `M24,16A16,16 0 0,0 8,32"/>`},
	} {
		if got := inside(t, c.text); got != c.want {
			t.Errorf("%q\nhave %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestFrame(t *testing.T) {
	svg, err := diagram.SVG("ab\n", `a "<b>"`)
	want := `<svg class="diagram" role="img" width="24" height="25" viewBox="0 0 24 25"><title>a &#34;&lt;b&gt;&#34;</title>`
	if err != nil || !strings.HasPrefix(string(svg), want) {
		t.Errorf("have %s, %v; want %s", svg, err, want)
	}
	if svg, err := diagram.SVG("a", "b\x01"); err == nil {
		t.Errorf("a control character in the title gives %q", svg)
	}
	svg, err = diagram.SVG(boxes)
	want = `<svg class="diagram" width="152" height="73" viewBox="0 0 152 73"><path `
	if err != nil || !strings.HasPrefix(string(svg), want) {
		t.Errorf("have %s, %v; want %s", svg, err, want)
	}
	if n := strings.Count(string(svg), "<path"); n != 2 {
		t.Errorf("%d paths, want one of lines and one of heads, in %s", n, svg)
	}
	if words := ">a &amp;</text>"; !strings.Contains(string(svg), words) {
		t.Errorf("no %s in %s", words, svg)
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"ok\na\x00", "diagram: line 2: invalid character U+0000 after 1 bytes"},
		{"\x1b[1m", "diagram: line 1: invalid character U+001B after 0 bytes"},
		{"a\xff", "diagram: line 1: invalid UTF-8"},
		{"\n\ufdd0", "diagram: line 2: invalid character U+FDD0 after 0 bytes"},
		{strings.Repeat("x", 100_000), "diagram: 100000 by 1 characters are too many"},
		{strings.Repeat("-\n", 100_000), "diagram: 1 by 100000 characters are too many"},
		{strings.Repeat(strings.Repeat("-", 300)+"\n", 300), "diagram: 300 by 300 characters are too many"},
	} {
		if svg, err := diagram.SVG(c.text); err == nil || err.Error() != c.want || svg != "" {
			t.Errorf("%.20q: %.50s, %v; want %s", c.text, svg, err, c.want)
		}
	}
}

func load(t *testing.T, text string) (string, error) {
	t.Helper()
	cfg := &jam.Config{}
	diagram.Hooks(&cfg.Markdown.Hooks)
	tree := fstest.MapFS{"content/a.md": {Data: []byte(text)}, "layouts/all.html": {Data: []byte("{{ .Content }}")}}
	site, err := jam.Load(t.Context(), tree, cfg)
	if err != nil {
		return "", err
	}
	out := jam.Memory()
	_, err = site.Build(t.Context(), out)
	return string(out.Files()["a/index.html"]), err
}

func TestSite(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"```goat\na\n```", `<svg class=diagram width=16 height=25 viewBox="0 0 16 25"><g `},
		{"```goat {title=\"A & <b>\" #x .y}\na\n```", `<svg class="diagram y" id=x role=img width=16 height=25 viewBox="0 0 16 25"><title>A & &lt;b></title>`},
		{"- ```goat {alt=\"Up\"}\n  a\n  ```", "<li>\n<svg class=diagram role=img"},
		{"```go\na\n```", `<code class=language-go>a`},
	} {
		if got, err := load(t, c.text); err != nil || !strings.Contains(got, c.want) {
			t.Errorf("%s\nhave %s, %v\nwant %s", c.text, got, err, c.want)
		}
	}
	_, err := load(t, "x\n\n```goat\na\u200b\x01\n```")
	if want := "content/a.md:3:1: markdown: diagram: line 1: invalid character U+0001"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("have %v; want %s", err, want)
	}
}

func FuzzSVG(f *testing.F) {
	for _, text := range []string{boxes, "", "a\tb", "\xff", "中", "▓▒░▉╱╲╳", "-)-\n | ", " .-.\n(   )\n '-'", "/\\_|'.,+*o<>^v", "</svg><script>", "\x00"} {
		f.Add(text, "a title")
	}
	f.Fuzz(func(t *testing.T, text, title string) {
		if len(text) > 2000 {
			t.Skip("slow")
		}
		svg, err := diagram.SVG(text, title)
		if err != nil {
			return
		}
		d := xml.NewDecoder(strings.NewReader(string(svg)))
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%q: %v in %s", text, err, svg)
			}
			if s, ok := token.(xml.StartElement); ok && !strings.Contains(" svg title g path circle rect text ", " "+s.Name.Local+" ") {
				t.Fatalf("%q: the element %s in %s", text, s.Name.Local, svg)
			}
		}
		if again, _ := diagram.SVG(text, title); again != svg {
			t.Errorf("%q: another result the second time", text)
		}
	})
}

func BenchmarkSVG(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := diagram.SVG(boxes); err != nil {
			b.Fatal(err)
		}
	}
}

func Example() {
	tree := fstest.MapFS{
		"content/_index.md": {Data: []byte("```goat {title=\"There and back\"}\n<->\n```\n")},
		"layouts/home.html": {Data: []byte("{{ .Content }}")},
	}
	cfg := &jam.Config{Minify: jam.Minify{Disabled: true}}
	diagram.Hooks(&cfg.Markdown.Hooks)
	site, err := jam.Load(context.Background(), tree, cfg)
	if err != nil {
		fmt.Println(err)
		return
	}
	out := jam.Memory()
	if _, err := site.Build(context.Background(), out); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(strings.ReplaceAll(string(out.Files()["index.html"]), "><", ">\n<"))
	// Output:
	// <svg class="diagram" role="img" width="32" height="25" viewBox="0 0 32 25">
	// <title>There and back</title>
	// <path fill="none" stroke="currentColor" d="M8,16L24,16"/>
	// <path fill="currentColor" d="M0,16L12,21.6L12,10.4zM32,16L20,10.4L20,21.6z"/>
	// </svg>
}
