package math

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
)

// row returns the MathML of a formula without what is around each.
func row(t *testing.T, tex string, display bool) string {
	t.Helper()
	html, err := MathML(tex, display)
	if err != nil {
		t.Fatalf("%s: %v", tex, err)
	}
	_, s, _ := strings.Cut(string(html), "<semantics>")
	s, _, _ = strings.Cut(s, "<annotation ")
	if in, ok := strings.CutPrefix(s, "<mrow>"); ok {
		s = strings.TrimSuffix(in, "</mrow>")
	}
	return s
}

func TestDocument(t *testing.T) {
	for display, want := range map[bool]string{
		false: `<math><semantics><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow><annotation encoding="application/x-tex">a &lt; b</annotation></semantics></math>`,
		true:  `<math display="block"><semantics><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow><annotation encoding="application/x-tex">a &lt; b</annotation></semantics></math>`,
	} {
		if got, err := MathML(" a < b\n", display); err != nil || string(got) != want {
			t.Errorf("display %v: %v, %v; want %s", display, got, err, want)
		}
	}
}

func TestMathML(t *testing.T) {
	const tight = ` lspace="0" rspace="0"`
	const apply = "<mo>\u2061</mo>"
	const thin = `<mspace width="0.1667em"></mspace>`
	for _, c := range []struct{ tex, want string }{
		{``, ``},
		{`x`, `<mi>x</mi>`},
		{`12.5`, `<mn>12.5</mn>`},
		{`1.2.3`, `<mn>1.2</mn><mn>.3</mn>`},
		{`x^12`, `<msup><mi>x</mi><mn>1</mn></msup><mn>2</mn>`},
		{`x_1^2`, `<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>`},
		{`x^2_1`, `<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>`},
		{`^2`, `<msup><mrow></mrow><mn>2</mn></msup>`},
		{`f''`, `<msup><mi>f</mi><mo>″</mo></msup>`},
		{`f'^2`, `<msup><mi>f</mi><mrow><mo>′</mo><mn>2</mn></mrow></msup>`},
		{`x_{i+1}`, `<msub><mi>x</mi><mrow><mi>i</mi><mo` + tight + `>+</mo><mn>1</mn></mrow></msub>`},
		{`-x`, `<mo form="prefix">−</mo><mi>x</mi>`},
		{`a-b`, `<mi>a</mi><mo>−</mo><mi>b</mi>`},
		{`(-b)`, `<mo stretchy="false">(</mo><mo form="prefix">−</mo><mi>b</mi><mo stretchy="false">)</mo>`},
		{`a=-b`, `<mi>a</mi><mo>=</mo><mo form="prefix">−</mo><mi>b</mi>`},
		{`{,}`, `<mo` + tight + `>,</mo>`},
		{`\frac12`, `<mfrac><mn>1</mn><mn>2</mn></mfrac>`},
		{`\frac{a}{b+c}`, `<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mi>c</mi></mrow></mfrac>`},
		{`\dfrac ab`, `<mstyle displaystyle="true" scriptlevel="0"><mfrac><mi>a</mi><mi>b</mi></mfrac></mstyle>`},
		{`a \over b`, `<mfrac><mi>a</mi><mi>b</mi></mfrac>`},
		{`\binom nk`, `<mo>(</mo><mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac><mo>)</mo>`},
		{`\sqrt x`, `<msqrt><mi>x</mi></msqrt>`},
		{`\sqrt[3]x`, `<mroot><mi>x</mi><mn>3</mn></mroot>`},
		{`\alpha\Omega`, `<mi>α</mi><mi mathvariant="normal">Ω</mi>`},
		{`αΩ`, `<mi>α</mi><mi mathvariant="normal">Ω</mi>`},
		{`\sum_i^n`, `<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover>`},
		{`\sum\limits_i`, `<munder><mo movablelimits="false">∑</mo><mi>i</mi></munder>`},
		{`\sum\nolimits_i`, `<msub><mo>∑</mo><mi>i</mi></msub>`},
		{`\int_0^1`, `<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup>`},
		{`\int\limits_0`, `<munder><mo movablelimits="false">∫</mo><mn>0</mn></munder>`},
		{`2\sin x`, `<mn>2</mn>` + thin + `<mi>sin</mi>` + apply + thin + `<mi>x</mi>`},
		{`\sin(x)`, `<mi>sin</mi>` + apply + `<mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo>`},
		{`\log_2 n`, `<msub><mi>log</mi><mn>2</mn></msub>` + apply + thin + `<mi>n</mi>`},
		{`\lim_x`, `<munder><mo movablelimits="true"` + tight + `>lim</mo><mi>x</mi></munder>`},
		{`\operatorname{arg\,max}`, "<mi>arg\u2009max</mi>"},
		{`\hat x`, `<mover accent="true"><mi>x</mi><mo stretchy="false">^</mo></mover>`},
		{`\widehat{ab}`, `<mover accent="true"><mrow><mi>a</mi><mi>b</mi></mrow><mo stretchy="true">^</mo></mover>`},
		{`\underbrace x_n`, `<munder><munder accentunder="true"><mi>x</mi><mo stretchy="true">⏟</mo></munder><mi>n</mi></munder>`},
		{`\left(x\right]`, `<mo form="prefix" stretchy="true">(</mo><mi>x</mi><mo form="postfix" stretchy="true">]</mo>`},
		{`\left.x\right|`, `<mrow></mrow><mi>x</mi><mo form="postfix" lspace="0" rspace="0" stretchy="true">|</mo>`},
		{`\left<x\right>`, `<mo form="prefix" stretchy="true">⟨</mo><mi>x</mi><mo form="postfix" stretchy="true">⟩</mo>`},
		{`\bigl(`, `<mo form="prefix" stretchy="true" minsize="1.2em" maxsize="1.2em" lspace="0" rspace="0">(</mo>`},
		{`|x|`, `<mo stretchy="false"` + tight + `>|</mo><mi>x</mi><mo stretchy="false"` + tight + `>|</mo>`},
		{`\mathbb R\mathcal{BC}`, `<mi>ℝ</mi><mrow><mi>ℬ</mi><mi>𝒞</mi></mrow>`},
		{`\mathbf{ab}\mathbf 1`, `<mi>𝐚𝐛</mi><mn>𝟏</mn>`},
		{`\boldsymbol{\alpha x}`, `<mrow><mi>𝜶</mi><mi>𝒙</mi></mrow>`},
		{`\mathrm{d}x`, `<mi mathvariant="normal">d</mi><mi>x</mi>`},
		{`\mathrm{const}`, `<mi>const</mi>`},
		{`\mathit{h}`, `<mi>ℎ</mi>`},
		{`\text{ if }x`, "<mtext>\u00a0if\u00a0</mtext><mi>x</mi>"},
		{`\text{a $x^2$ \textbf{b}}`, "<mtext>a\u00a0</mtext><msup><mi>x</mi><mn>2</mn></msup><mtext>\u00a0</mtext><mtext style=\"font-weight:bold\">b</mtext>"},
		{`a\,b`, `<mi>a</mi>` + thin + `<mi>b</mi>`},
		{`\kern 9mu`, `<mspace width="0.5em"></mspace>`},
		{`\not=\not\in`, `<mo>≠</mo><mo>∉</mo>`},
		{`\textcolor{#c03}x`, `<mstyle mathcolor="#c03"><mi>x</mi></mstyle>`},
		{`a\color{red}b c`, `<mi>a</mi><mstyle mathcolor="red"><mi>b</mi><mi>c</mi></mstyle>`},
		{`\overset!=`, `<mover><mo>=</mo><mo stretchy="false">!</mo></mover>`},
		{`\phantom x`, `<mphantom><mi>x</mi></mphantom>`},
		{`\overline x`, `<mrow style="border-top:.06em solid;padding-top:.12em"><mi>x</mi></mrow>`},
		{"a % c\n + b", `<mi>a</mi><mo>+</mo><mi>b</mi>`},
		{`\%\$\#\&\_`, `<mi mathvariant="normal">%</mi><mi mathvariant="normal">$</mi><mi mathvariant="normal">#</mi><mi mathvariant="normal">&amp;</mi><mi mathvariant="normal">_</mi>`},
	} {
		if got := row(t, c.tex, true); got != strings.TrimSuffix(strings.TrimPrefix(c.want, "<mrow>"), "</mrow>") && got != c.want {
			t.Errorf("%s\nhave %s\nwant %s", c.tex, got, c.want)
		}
	}
}

// In a line the scripts of a word stand below it only where the browser decides so.
func TestInline(t *testing.T) {
	for _, c := range []struct{ tex, want string }{
		{`\mathop{xy}_i`, `<msub><mrow><mi>x</mi><mi>y</mi></mrow><mi>i</mi></msub>`},
		{`\displaystyle\mathop{xy}_i`, `<mstyle displaystyle="true" scriptlevel="0"><munder><mrow><mi>x</mi><mi>y</mi></mrow><mi>i</mi></munder></mstyle>`},
		{`\max_i`, `<munder><mo movablelimits="true" lspace="0" rspace="0">max</mo><mi>i</mi></munder>`},
	} {
		if got := row(t, c.tex, false); got != c.want {
			t.Errorf("%s\nhave %s\nwant %s", c.tex, got, c.want)
		}
	}
}

func TestEnvironments(t *testing.T) {
	cell := func(s string) string { return "<mtd>" + s + "</mtd>" }
	ab := "<mtable><mtr>" + cell("<mi>a</mi>") + cell("<mi>b</mi>") + "</mtr><mtr>" + cell("<mi>c</mi>") + cell("") + "</mtr></mtable>"
	for _, c := range []struct{ tex, want string }{
		{`\begin{matrix}a&b\\c&\end{matrix}`, ab},
		{`\begin{matrix}a&b\\c&\\\end{matrix}`, ab},
		{`\begin{pmatrix}a&b\\c&\end{pmatrix}`, `<mo form="prefix" stretchy="true">(</mo>` + ab + `<mo form="postfix" stretchy="true">)</mo>`},
		{`\begin{cases}a&b\end{cases}`, `<mo form="prefix" stretchy="true">{</mo><mtable><mtr><mtd style="text-align:left"><mi>a</mi></mtd><mtd style="text-align:left"><mi>b</mi></mtd></mtr></mtable>`},
		{`\begin{align*}a&=b\end{align*}`, `<mtable displaystyle="true"><mtr><mtd style="text-align:right;text-align:-webkit-right;padding-right:0"><mi>a</mi></mtd><mtd style="text-align:left;padding-left:0"><mo>=</mo><mi>b</mi></mtd></mtr></mtable>`},
		{`\begin{array}{c|r}a&b\\\hline c&d\end{array}`, `<mtable><mtr><mtd><mi>a</mi></mtd><mtd style="text-align:right;text-align:-webkit-right;border-left:1px solid"><mi>b</mi></mtd></mtr>` +
			`<mtr><mtd style="border-top:1px solid"><mi>c</mi></mtd><mtd style="text-align:right;text-align:-webkit-right;border-left:1px solid;border-top:1px solid"><mi>d</mi></mtd></mtr></mtable>`},
		{`\begin{array}{|c|}a\\\hline\end{array}`, `<mtable><mtr><mtd style="border-left:1px solid;border-right:1px solid;border-bottom:1px solid"><mi>a</mi></mtd></mtr></mtable>`},
		{`\begin{matrix}a\\[2pt]b\end{matrix}`, `<mtable><mtr><mtd style="padding-bottom:calc(0.5ex + 2pt)"><mi>a</mi></mtd></mtr><mtr><mtd><mi>b</mi></mtd></mtr></mtable>`},
		{`\substack{a\\b}`, `<mtable><mtr><mtd style="padding:0"><mi>a</mi></mtd></mtr><mtr><mtd style="padding:0"><mi>b</mi></mtd></mtr></mtable>`},
		{`a\\b`, `<mtable displaystyle="true"><mtr><mtd><mi>a</mi></mtd></mtr><mtr><mtd><mi>b</mi></mtd></mtr></mtable>`},
	} {
		if got := row(t, c.tex, true); got != c.want {
			t.Errorf("%s\nhave %s\nwant %s", c.tex, got, c.want)
		}
	}
}

func TestErrors(t *testing.T) {
	deep := strings.Repeat("{", 1000)
	for _, c := range []struct{ tex, want string }{
		{`a + \aplha`, `unknown command "\aplha" (did you mean "\alpha"?), at 1:5`},
		{"a\n + \\frca12", `unknown command "\frca" (did you mean "\frac"?), at 2:4`},
		{`é\href{javascript:alert(1)}{x}`, `unknown command "\href", at 1:2`},
		{`\htmlClass{a}{b}`, `unknown command "\htmlClass", at 1:1`},
		{`\ce{H2O}`, `unknown command "\ce" (chemical formulas are not supported), at 1:1`},
		{`\` + strings.Repeat("z", 100), `unknown command "\` + strings.Repeat("z", 40) + `…", at 1:1`},
		{`{a`, `{ is not closed, at 1:1`},
		{`a}`, `} without {, at 1:2`},
		{`a & b`, `& outside an environment such as aligned (\& is the character), at 1:3`},
		{`{a \\ b}`, `\\ outside an environment such as aligned, at 1:4`},
		{`\frac1`, `an argument is missing before the end, at 1:7`},
		{`x^`, `an argument is missing before the end, at 1:3`},
		{`x^}`, `an argument is missing before }, at 1:3`},
		{`x^1^2`, `a second ^; braces say which of them is the other's, at 1:4`},
		{`x_1_2`, `a second _; braces say which of them is the other's, at 1:4`},
		{`x^1'`, `a second '; braces say which of them is the other's, at 1:4`},
		{`\left( x`, `\left without \right before the end, at 1:1`},
		{`\left( x }`, `\left without \right before }, at 1:1`},
		{`x \right)`, `\right without \left, at 1:3`},
		{`\left x\right)`, `x is no delimiter, such as ( or \{ or . for none, at 1:7`},
		{`\left(x\right`, `the end is no delimiter, such as ( or \{ or . for none, at 1:14`},
		{`\begin{pmatrx}`, `unknown environment "pmatrx" (did you mean "pmatrix"?), at 1:1`},
		{`\begin{matrix} a`, `\begin{matrix} without \end before the end, at 1:1`},
		{`\begin{matrix}a\end{cases}`, `\end{cases} ends \begin{matrix}, at 1:20`},
		{`\end{matrix}`, `\end without \begin, at 1:1`},
		{`\begin matrix`, `an argument in braces is missing before m, at 1:8`},
		{`\begin{array}{x}`, `'x' in the columns of an array, which are l, c and r, with | between them, at 1:14`},
		{`\begin{array}{}`, `an array without columns; they are l, c and r, at 1:14`},
		{`\begin{matrix}a\\[x]b\end{matrix}`, `"x" is no height, such as 1ex, at 1:18`},
		{`\hspace{1}`, `"1" is no width, such as 1em, at 1:8`},
		{`\hspace{1e999em}`, `"1e999em" is no width, such as 1em, at 1:8`},
		{`\kern red`, `"re" is no width, such as 1em, at 1:7`},
		{`\color{red;x}y`, `"red;x" is no colour, such as red or #c03, at 1:7`},
		{`\text{a`, `{ is not closed, at 1:6`},
		{`\text{a $x}`, `} without {, at 1:11`},
		{`\text{a \alpha}`, `\alpha in text; \text{a $x$ b} has a formula within text, at 1:9`},
		{`\text \alpha`, `an argument in braces is missing before \alpha, at 1:7`},
		{`a # b`, `unexpected # (\# is the character), at 1:3`},
		{`a $ b`, `unexpected $ (\$ is the character), at 1:3`},
		{`\sqrt[3`, `[ is not closed, at 1:6`},
		{`\sqrt[3}`, `} without {, at 1:8`},
		{`\not{xy}`, `\not applies to a symbol only, at 1:1`},
		{`a\`, `a name is missing after \, at 1:2`},
		{`\limits x`, `unexpected \limits, at 1:1`},
		{`a\hline`, `unknown command "\hline", at 1:2`},
		{"a\x00", `invalid character U+0000, at 1:2`},
		{"a\xff", `invalid UTF-8, at 1:2`},
		{strings.Repeat("a\n", 1<<15) + "b", `more than 65536 bytes, at 32769:1`},
		{deep, `more than 100 groups within each other, at 1:`},
		{strings.Repeat(`\displaystyle`, 1000), `more than 100 groups within each other, at 1:`},
		{strings.Repeat(`\frac`, 1000), `more than 100 groups within each other, at 1:`},
		{strings.Repeat(`\text{`, 1000), `more than 100 groups within each other, at 1:`},
	} {
		html, err := MathML(c.tex, true)
		if err == nil || !strings.HasPrefix(err.Error(), "math: "+c.want) {
			t.Errorf("%.60s\nhave %v\nwant %s", c.tex, err, c.want)
		}
		if _, ok := errors.AsType[*SyntaxError](err); !ok || html != "" {
			t.Errorf("%.60s: %T with %q", c.tex, err, html)
		}
	}
}

// What looks like HTML is text, whatever it is in.
func TestHostile(t *testing.T) {
	for _, tex := range []string{
		`\text{<script>alert(1)</script>}`, `<script>`, `\operatorname{<img src=x onerror=alert(1)>}`, `a % </annotation><script>`,
		`\text{"><svg onload=alert(1)>}`, `\tag{<b>}`, `\mathrm{</math>}`, `\begin{matrix}<&>\end{matrix}`,
	} {
		html, err := MathML(tex, true)
		if err != nil {
			t.Errorf("%s: %v", tex, err)
			continue
		}
		if err := wellFormed(string(html)); err != nil {
			t.Errorf("%s: %v in %s", tex, err, html)
		}
	}
	for _, tex := range []string{
		`\href{javascript:alert(1)}{x}`, `\url{javascript:alert(1)}`, `\htmlClass{a}{b}`, `\htmlStyle{color:red}{x}`, `\htmlId{a}{x}`,
		`\htmlData{a=b}{x}`, `\includegraphics{x}`, `\color{red" onclick="alert(1)}x`, `\textcolor{url(javascript:1)}{x}`,
		`\hspace{1em" onclick="x"}`, `\begin{array}{l" x="}a\end{array}`, `\def\a{\a}\a`, `\begin{matrix" x="}\end{matrix}`,
	} {
		if html, err := MathML(tex, true); err == nil {
			t.Errorf("%s gives %s", tex, html)
		}
	}
}

// children has how many elements are in those of MathML that have a fixed number of them.
var children = map[string]int{"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3, "semantics": 2}

var core = strings.Fields("math semantics annotation mrow mi mn mo mtext mspace mstyle mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd mphantom mpadded")

// wellFormed reports what is no well-formed MathML Core.
func wellFormed(html string) error {
	d := xml.NewDecoder(strings.NewReader(html))
	type open struct {
		name  string
		count int
	}
	stack := []open{{}}
	for {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			if stack[0].count != 1 {
				return fmt.Errorf("%d elements at the top", stack[0].count)
			}
			return nil
		case err != nil:
			return err
		}
		last := len(stack) - 1
		switch x := token.(type) {
		case xml.StartElement:
			name := x.Name.Local
			if !strings.Contains(" "+strings.Join(core, " ")+" ", " "+name+" ") {
				return fmt.Errorf("the element %s", name)
			}
			seen := map[string]bool{}
			for _, a := range x.Attr {
				if n := a.Name.Local; seen[n] || strings.HasPrefix(n, "on") || n == "href" {
					return fmt.Errorf("%s has the attribute %s, or twice", name, n)
				}
				seen[a.Name.Local] = true
			}
			stack[last].count++
			stack = append(stack, open{name: name})
		case xml.EndElement:
			if want, ok := children[x.Name.Local]; ok && stack[last].count != want {
				return fmt.Errorf("%s has %d children", x.Name.Local, stack[last].count)
			}
			stack = stack[:last]
		}
	}
}

func formulas(t testing.TB) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/formulas.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")
}

func TestFormulas(t *testing.T) {
	for i, tex := range formulas(t) {
		for _, display := range []bool{false, true} {
			html, err := MathML(tex, display)
			if err != nil {
				if display || !strings.Contains(err.Error(), "outside an environment") {
					t.Errorf("%d: %s: %v", i+1, tex, err)
				}
			} else if err := wellFormed(string(html)); err != nil {
				t.Errorf("%d: %s: %v in %s", i+1, tex, err, html)
			}
		}
	}
}

func FuzzMathML(f *testing.F) {
	for _, tex := range formulas(f) {
		f.Add(tex, true)
	}
	c, err := New(Options{Macros: map[string]string{"R": `\mathbb{R}`, "abs": `\left|#1\right|`, "twice": `#1#1`, "self": `\self\self`}})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, tex string, display bool) {
		html, err := c.MathML(tex, display)
		if err != nil {
			if e, ok := errors.AsType[*SyntaxError](err); !ok || e.Line < 1 || e.Column < 1 {
				t.Errorf("%q: %#v", tex, err)
			}
			return
		}
		if err := wellFormed(string(html)); err != nil {
			t.Errorf("%q: %v in %s", tex, err, html)
		}
		if again, err := c.MathML(tex, display); err != nil || again != html {
			t.Errorf("%q: another result the second time: %v", tex, err)
		}
	})
}

func BenchmarkMathML(b *testing.B) {
	list := formulas(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := MathML(list[i%len(list)], true); err != nil {
			b.Fatal(err)
		}
	}
}
