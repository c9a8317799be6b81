package math_test

import (
	"context"
	"fmt"
	"html/template"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/math"
)

// build builds a page and returns its HTML.
func build(t *testing.T, text string, cfg jam.Config) (string, error) {
	t.Helper()
	tree := fstest.MapFS{
		"content/a.md":     {Data: []byte("---\ntitle: A\n---\n" + text)},
		"layouts/all.html": {Data: []byte("{{ .Content }}")},
	}
	site, err := jam.Load(t.Context(), tree, &cfg)
	if err != nil {
		return "", err
	}
	out := jam.Memory()
	_, err = site.Build(t.Context(), out)
	return string(out.Files()["a/index.html"]), err
}

func TestSite(t *testing.T) {
	var hooks jam.Hooks
	math.Hooks(&hooks)
	const block, inline = `<math display=block><semantics>`, `<math><semantics>`
	for _, c := range []struct {
		text string
		math bool
		want string
	}{
		{`So \(a_1\) is *b*.`, true, "<p>So " + inline + "<mrow><msub><mi>a</mi><mn>1</mn></msub></mrow>"},
		{"$$\na\n$$", true, block + "<mrow><mi>a</mi></mrow>"},
		{`\[ a < b \]`, true, block + "<mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow><annotation encoding=application/x-tex>a &lt; b</annotation>"},
		{"```math\na\n```", true, block + "<mrow><mi>a</mi></mrow>"},
		{"```math\na\n```", false, block + "<mrow><mi>a</mi></mrow>"},
		{"> - ```math\n>   \\frac{1}\n>   2\n>   ```", false, block + "<mrow><mfrac><mn>1</mn><mn>2</mn></mfrac></mrow>"},
	} {
		got, err := build(t, c.text, jam.Config{Markdown: jam.Markdown{Math: c.math, Hooks: hooks}})
		if err != nil || !strings.Contains(got, c.want) {
			t.Errorf("%s\nhave %s, %v\nwant %s", c.text, got, err, c.want)
		}
	}
}

// The plain text of a page has a formula as its author wrote it, once.
func TestPlain(t *testing.T) {
	cfg := &jam.Config{Markdown: jam.Markdown{Math: true}}
	math.Hooks(&cfg.Markdown.Hooks)
	tree := fstest.MapFS{
		"content/_index.md": {Data: []byte("So \\(a_1 < b\\), and\n\n$$\n\\sum_i\n a_i\n$$\n\nis it.")},
		"layouts/home.html": {Data: []byte("{{ .Summary | plainify }}")},
	}
	site, err := jam.Load(t.Context(), tree, cfg)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := site.Home().Plain(), "So a_1 < b, and\n\\sum_i a_i\nis it."; got != want {
		t.Errorf("plain %q, want %q", got, want)
	}
	out := jam.Memory()
	if _, err := site.Build(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	if got, want := string(out.Files()["index.html"]), "So a_1 &lt; b, and\n\\sum_i a_i is it."; !strings.Contains(got, want) {
		t.Errorf("plainify %q, want %q", got, want)
	}
}

func TestSiteErrors(t *testing.T) {
	var hooks jam.Hooks
	math.Hooks(&hooks)
	for _, c := range []struct{ text, want string }{
		{"Text\nwith \\(\\frc12\\).", `content/a.md:5:6: markdown: math: unknown command "\frc" (did you mean "\frac"?), at 1:1 of the formula`},
		{"Text\n\n```math\na\n\\frac\n```", `content/a.md:6:1: markdown: math: an argument is missing before the end, at 2:6 of the formula`},
	} {
		_, err := build(t, c.text, jam.Config{Markdown: jam.Markdown{Math: true, Hooks: hooks}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s\nhave %v\nwant %s", c.text, err, c.want)
		}
	}
}

func TestMacros(t *testing.T) {
	c, err := math.New(math.Options{Macros: map[string]string{
		"R": `\mathbb R`, `\abs`: `\left|#1\right|`, `\pair`: `(#1, #2)`, `\loop`: `\loop x`, `\double`: `#1#1`, `\mean`: `\bar{#1}`,
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range [][2]string{
		{`\abs{x_1}`, `\left|x_1\right|`},
		{`\abs x^2`, `\left|x\right|^2`},
		{`\pair ab\in\R`, `(a, b)\in\mathbb R`},
		{`\pair{\R}{\abs{\mean x}}`, `(\mathbb R, \left|\bar{x}\right|)`},
		{`x^\R`, `x^{\mathbb R}`},
	} {
		var got [2]string
		for i, tex := range p {
			html, err := c.MathML(tex, true)
			if err != nil {
				t.Fatalf("%s: %v", tex, err)
			}
			got[i], _, _ = strings.Cut(string(html), "<annotation")
		}
		if got[0] != got[1] {
			t.Errorf("%s gives %s; want %s", p[0], got[0], got[1])
		}
	}
	for tex, want := range map[string]string{
		`a + \loop`: `math: the macro \loop stands for too much; does it contain itself?, at 1:5 of the formula`,
		`\abs`:      `math: an argument is missing before the end, at 1:5 of the formula`,
		`\abs{a`:    `math: { is not closed, at 1:5 of the formula`,
		`\abs{}}`:   `math: } without {, at 1:7 of the formula`,
		`\mean\rr`:  `math: unknown command "\rr" (did you mean "\R"?), at 1:6 of the formula`,
		strings.Repeat(`\double{`, 50) + "x" + strings.Repeat(`}`, 50): `math: the macro \double stands for too much; does it contain itself?, at 1:369 of the formula`,
	} {
		if _, err := c.MathML(tex, true); err == nil || err.Error() != want {
			t.Errorf("%s\nhave %v\nwant %s", tex, err, want)
		}
	}
	_, err = math.New(math.Options{Macros: map[string]string{"": "", "a b": "", "1x": "", "ok": "\x00"}})
	const want = `math: "" is no name of a macro, such as \abs
math: "1x" is no name of a macro, such as \abs
math: "a b" is no name of a macro, such as \abs
math: macro \ok: math: invalid character U+0000, at 1:1 of the formula`
	if err == nil || err.Error() != want {
		t.Errorf("have %v\nwant %s", err, want)
	}
}

func TestToMath(t *testing.T) {
	type options = map[string]any
	x, err := math.MathML("x", true)
	if err != nil {
		t.Fatal(err)
	}
	got, err := math.ToMath("x", options{"displayMode": true, "output": "htmlAndMathml"})
	if err != nil || got != x {
		t.Errorf("have %s, %v; want %s", got, err, x)
	}
	c, err := math.New(math.Options{Macros: map[string]string{"a": "1", "b": "2"}})
	if err != nil {
		t.Fatal(err)
	}
	got, err = c.ToMath(`\a\b\c`, options{"macros": options{`\b`: "5", `\c`: 6}})
	if want := "<mn>156</mn>"; err != nil || !strings.Contains(string(got), want) {
		t.Errorf("have %s, %v; want %s", got, err, want)
	}
	if got, err := c.ToMath(`\b`); err != nil || !strings.Contains(string(got), "<mn>2</mn>") {
		t.Errorf("the macros of one call reach another: %s, %v", got, err)
	}
	for _, c := range []struct {
		options options
		want    string
	}{
		{options{"displaymode": true}, `math: unknown option "displaymode" (did you mean "displayMode"?)`},
		{options{"displayMode": "yes"}, `math: the option displayMode cannot be yes`},
		{options{"output": "html"}, `math: the option output cannot be html`},
		{options{"macros": options{"?!": ""}}, `math: "?!" is no name of a macro, such as \abs`},
	} {
		if _, err := math.ToMath("x", c.options); err == nil || err.Error() != c.want {
			t.Errorf("have %v; want %s", err, c.want)
		}
	}
}

func TestTemplate(t *testing.T) {
	tree := fstest.MapFS{"content/_index.md": {}, "layouts/home.html": {Data: []byte("{{ toMath `\\sqrt 2` }}")}}
	site, err := jam.Load(t.Context(), tree, &jam.Config{Funcs: template.FuncMap{"toMath": math.ToMath}})
	if err != nil {
		t.Fatal(err)
	}
	out := jam.Memory()
	if _, err := site.Build(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	if got, want := string(out.Files()["index.html"]), "<msqrt><mn>2</mn></msqrt>"; !strings.Contains(got, want) {
		t.Errorf("have %s; want %s", got, want)
	}
}

func Example() {
	tree := fstest.MapFS{
		"content/_index.md": {Data: []byte(`The half of \(x\) is \(\half x\).`)},
		"layouts/home.html": {Data: []byte(`{{ .Content }}`)},
	}
	formulas, err := math.New(math.Options{Macros: map[string]string{`\half`: `\frac12`}})
	if err != nil {
		fmt.Println(err)
		return
	}
	cfg := &jam.Config{Markdown: jam.Markdown{Math: true}, Minify: jam.Minify{Disabled: true}}
	formulas.Hooks(&cfg.Markdown.Hooks)
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
	fmt.Printf("%s", strings.ReplaceAll(string(out.Files()["index.html"]), " <math>", "\n<math>"))
	// Output:
	// <p>The half of
	// <math><semantics><mrow><mi>x</mi></mrow><annotation encoding="application/x-tex">x</annotation></semantics></math> is
	// <math><semantics><mrow><mfrac><mn>1</mn><mn>2</mn></mfrac><mi>x</mi></mrow><annotation encoding="application/x-tex">\half x</annotation></semantics></math>.</p>
}

func ExampleMathML() {
	fmt.Println(math.MathML(`\frac{1}{`, true))
	// Output:
	// math: { is not closed, at 1:9 of the formula
}
