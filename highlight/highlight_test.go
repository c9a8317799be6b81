package highlight

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark"
)

var update = flag.Bool("update", false, "write the golden files")

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("no test data", err)
	}
	variants := map[string]Options{"classes": {}, "inline": {Inline: true, LineNumbers: true, TabWidth: 2}}
	for _, file := range files {
		for variant, opts := range variants {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			r := render(t, newEngine(t, New(opts)), string(text))
			checkNesting(t, string(r.HTML))
			got := []byte(r.HTML)
			for _, p := range r.Problems {
				got = fmt.Appendf(got, "%s: %d:%d: %v\n", p.Kind, p.Line, p.Column, p.Err)
			}
			golden := strings.TrimSuffix(file, ".md") + "." + variant + ".html"
			if *update {
				if err := os.WriteFile(golden, got, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s (go test -update writes it):\ngot\n%s\nwant\n%s", golden, got, want)
			}
		}
	}
}

// TestText sees that no lexer changes the text.
func TestText(t *testing.T) {
	samples := []string{
		"", "\n", "\n\n", " \n\t\n", "a", "a\n\nb", "<a href=\"x\">&amp; 'b'</a>", "\x00\u00a0\u2028é🙂", "\"open\n/* open\n'''", "a\xffb",
		"---\ntitle: x\n---\n```tree\nx\n```\n{{< x >}} {{ .X }} <?php 1 ?> <% x %> $(x) @media{} #[x] --x",
	}
	h := New(Options{})
	for i, language := range lexers.Names(false) {
		if testing.Short() && i%10 != 0 {
			continue // each has to be compiled
		}
		for _, s := range samples {
			got, err := h.HTML(s, language, "linenos=true")
			if err != nil {
				t.Fatal(err)
			}
			checkNesting(t, string(got))
			if text := codeText(t, string(got)); text != strings.ReplaceAll(s, "\x00", "\uFFFD") {
				t.Errorf("%s: %q became %q", language, s, text)
			}
		}
	}
}

func TestFailingLexers(t *testing.T) {
	e := newEngine(t, New(Options{}))
	for _, l := range failing {
		r := render(t, e, fenced(l.name, "a <b>"))
		want := fmt.Sprintf("<pre class=\"chroma\" tabindex=\"0\"><code class=\"language-%[1]s\" data-lang=\"%[1]s\">a &lt;b&gt;\n</code></pre>\n", l.name)
		if string(r.HTML) != want {
			t.Errorf("%s: got %s; want %s", l.name, r.HTML, want)
		}
	}
}

func TestTooLong(t *testing.T) {
	for language, limit := range map[string]int{"go": maxSize, "phtml": maxEagerSize} {
		for _, size := range []int{limit, limit + 1} {
			if got := tooLong(lexerIndex()[language], size); got != (size > limit) {
				t.Errorf("%s, %d bytes: %t", language, size, got)
			}
		}
	}
	code := strings.Repeat("x\n", maxSize/2) + "x"
	got, err := New(Options{}).HTML(code, "go", "hl_lines=1")
	if err != nil || strings.Count(string(got), "<span class=") != strings.Count(code, "\n") {
		t.Errorf("long code is not plain: %.200s, %v", got, err)
	}
}

func TestUnknownLanguages(t *testing.T) {
	var mu sync.Mutex
	var told []string
	h := New(Options{Unknown: func(language string) {
		mu.Lock()
		defer mu.Unlock()
		told = append(told, language)
	}})
	e := newEngine(t, h)
	for _, language := range []string{"tree", "Go", "go", "GOLANG", "txt", "text", "none", "", "tree", "der", "h", "Dockerfile", "yml", strings.Repeat("x", 200)} {
		render(t, e, fenced(language, "x"))
	}
	if !slices.Equal(told, []string{"tree", "der"}) {
		t.Errorf("told of %q", told)
	}
	for i := range 2000 {
		render(t, e, fenced(fmt.Sprint("unknown", i), "x"))
	}
	if len(told) != 1000 || len(h.unknown) != 1000 {
		t.Errorf("%d languages remembered, %d told", len(h.unknown), len(told))
	}
}

func TestLexerIndex(t *testing.T) {
	// What chroma finds by name must be found here, and be the same.
	for _, name := range lexers.Names(true) {
		want := lexers.Get(name)
		got, known := findLexer(name)
		if !known || got != want && got != nil {
			t.Errorf("%s: got %v, %t; want %v", name, got, known, want)
		}
	}
	for _, name := range []string{"rs", "py", "jsx", "tsx", "kt", "bat", "asm", "mjs", "makefile"} {
		if got, _ := findLexer(name); got == nil {
			t.Errorf("%s is unknown", name)
		}
	}
}

func TestOnce(t *testing.T) {
	counting.calls = make(chan struct{}, 100)
	defer func() { counting.calls = nil }()
	h := New(Options{})
	engines := []func(string) string{}
	for range 2 {
		e := newEngine(t, h)
		engines = append(engines, func(s string) string { return string(render(t, e, s).HTML) })
	}
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() { engines[i%2](fenced("testcount", "same")) })
	}
	wg.Wait()
	if n := len(counting.calls); n != 1 {
		t.Errorf("the same block was highlighted %d times", n)
	}
	for i, info := range []string{"testcount {hl_lines=1}", "testcount {linenos=true}", "testcount {linenos=true linenostart=2}",
		"testcount {ins=1}", "testcount {del=1}", "testcount {style=monokai}", "testcount {style=github}", "testcount {anchorlinenos=true}"} {
		render(t, newEngine(t, h), fenced(info, "same"))
		render(t, newEngine(t, h), fenced(info, "same"))
		if n := len(counting.calls); n != i+2 {
			t.Errorf("%s: highlighted %d times; want %d", info, n, i+2)
		}
	}
}

func TestConcurrency(t *testing.T) {
	h := New(Options{Unknown: func(string) {}})
	texts := []string{fenced("go", "func f() {}"), fenced("html {linenos=true}", "<b>"), fenced("x", "y"), fenced("css {anchorlinenos=true id=a}", "a{}")}
	var want []string
	for _, s := range texts {
		want = append(want, string(render(t, newEngine(t, New(Options{})), s).HTML))
	}
	var wg sync.WaitGroup
	for range 4 {
		e := newEngine(t, h)
		for range 2 {
			wg.Go(func() {
				for i, s := range slices.Concat(texts, texts) {
					if got := string(render(t, e, s).HTML); got != want[i%len(want)] {
						t.Errorf("got %s; want %s", got, want[i%len(want)])
					}
				}
			})
		}
	}
	wg.Wait()
}

func TestSummaryAndAnchors(t *testing.T) {
	r := render(t, newEngine(t, New(Options{})), fenced("go {anchorlinenos=true id=x}", "a\nb")+"\nText.\n\n"+
		fenced("go {lineanchors=y- anchorlinenos=true linenostart=7}", "a\nb")+fenced("go {anchorlinenos=true lineanchors=x}", "a"))
	if got, want := r.Anchors(), []string{"x", "x-1", "x-2", "y-7", "y-8", "x-1"}; !slices.Equal(got, want) {
		t.Errorf("anchors %q; want %q", got, want)
	}
	for _, id := range []string{`id="x"`, `id="x-1" href="#x-1"`, `id="y-8" href="#y-8"`} {
		if !strings.Contains(string(r.HTML), id) {
			t.Errorf("no %s in %s", id, r.HTML)
		}
	}
	if strings.Contains(r.Summary(), "id=") || strings.Contains(r.Summary(), "href=") || !strings.Contains(r.Summary(), `data-line="8"`) {
		t.Errorf("summary %s", r.Summary())
	}
	if len(r.Problems) != 1 || r.Problems[0].Error.Error() != `12:8: id "x-1" is there twice` {
		t.Errorf("problems %v", r.Problems)
	}
}

func TestPlainGoldmark(t *testing.T) {
	var b bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(New(Options{}))).Convert([]byte(fenced("go {linenos=true anchorlinenos=true}", "x")), &b); err != nil {
		t.Fatal(err)
	}
	want := `<pre class="chroma" tabindex="0"><code class="language-go" data-lang="go"><span class="line"><a id="hl-0-1" href="#hl-0-1" aria-label="1" class="ln" data-line="1"></a><span class="nx">x</span>` + "\n</span></code></pre>\n"
	if b.String() != want {
		t.Errorf("got %s; want %s", b.String(), want)
	}
}

func TestHTML(t *testing.T) {
	h := New(Options{})
	tests := []struct{ code, language, options, want, err string }{
		{"x := 1", "go", "hl_inline=true", `<code class="chroma language-go" data-lang="go"><span class="nx">x</span> <span class="o">:=</span> <span class="mi">1</span></code>`, ""},
		{"a\r\nb\rc", "", "linenos=inline,hl_lines=2-3 1,linenostart=9", `<pre class="chroma" tabindex="0"><code><mark class="line hl" data-line=" 9">a` + "\n" +
			`</mark><mark class="line hl" data-line="10">b` + "\n" + `</mark><mark class="line hl" data-line="11">c</mark></code></pre>` + "\n", ""},
		{"a", "go", "hl_lines=2", "", "there is no line 2: the code has one line"},
		{"a\nb", "go", "style=nope linenos=x", "", "style: unknown style \"nope\" (did you mean \"nord\"?)\nlinenos: \"x\" is neither true nor false"},
	}
	for _, tt := range tests {
		got, err := h.HTML(tt.code, tt.language, tt.options)
		if string(got) != tt.want || fmt.Sprint(err) != tt.err && (err != nil || tt.err != "") {
			t.Errorf("%q: got %s, %v; want %s, %s", tt.options, got, err, tt.want, tt.err)
		}
	}
}

func TestCheck(t *testing.T) {
	tests := []struct {
		opts Options
		want string
	}{
		{Options{}, ""},
		{Options{Style: "Monokai", TabWidth: 16}, ""},
		{Options{Style: "gihub"}, `highlight: unknown style "gihub" (did you mean "github"?)`},
		{Options{TabWidth: 17}, "highlight: TabWidth must be 1 to 16"},
		{Options{TabWidth: -1}, "highlight: TabWidth must be 1 to 16"},
	}
	for _, tt := range tests {
		h := New(tt.opts)
		err := h.Check()
		if err == nil && tt.want != "" || err != nil && err.Error() != tt.want {
			t.Errorf("%+v: %v; want %s", tt.opts, err, tt.want)
		}
		if _, err := h.HTML("x", "go", "noclasses"); err != nil {
			t.Errorf("%+v: %v", tt.opts, err)
		}
	}
}
