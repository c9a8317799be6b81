package shortcode

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// kinds are the shortcodes of the tests: always-…, never-… and maybe-… by
// their first letter.
func kinds(name string) (Inner, bool) {
	switch name[0] {
	case 'a':
		return Always, true
	case 'n':
		return Never, true
	case 'm':
		return Maybe, true
	}
	return 0, false
}

func kindNames() []string { return []string{"always", "never", "maybe", "note"} }

var testOptions = Options{Known: kinds, Names: kindNames}

// show writes calls as a list of trees.
func show(d *Document) string {
	if d == nil {
		return "none"
	}
	var b strings.Builder
	depth := map[*Call]int{}
	for i, c := range d.Calls() {
		if i > 0 {
			b.WriteByte(' ')
		}
		if c.Parent != nil {
			depth[c] = depth[c.Parent] + 1
		}
		b.WriteString(strings.Repeat(">", depth[c]))
		b.WriteString(showCall(c))
	}
	return b.String()
}

func showCall(c *Call) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s#%d@%d:%d", c.Name, c.Ordinal, c.Line, c.Column)
	if c.Markdown {
		b.WriteByte('%')
	}
	if c.Closed {
		b.WriteByte('c')
	}
	if c.SelfClosing {
		b.WriteByte('s')
	}
	for _, a := range c.Args {
		fmt.Fprintf(&b, "(%#v)", a)
	}
	for _, k := range slices.Sorted(maps.Keys(c.Named)) {
		fmt.Fprintf(&b, "(%s=%#v)", k, c.Named[k])
	}
	return b.String()
}

func TestCalls(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"none", "plain { {{ .x }} {{", "none"},
		{"empty", "", "none"},
		{"only a comment", "{{</* n */>}}", ""},
		{"simple", "{{< n >}}", "n#0@1:1"},
		{"no space", "{{<n>}}", "n#0@1:1"},
		{"markdown", "é\n x {{% n %}}", "n#0@2:4%"},
		{"lines", "{{<\n n\n\t1\n>}}", "n#0@1:1(1)"},
		{"name", "{{< ns/b.c-d_e2 >}} {{< nö >}}", "ns/b.c-d_e2#0@1:1 nö#1@1:21"},
		{"self-closing", "{{< m />}}{{< m/>}}{{< m 1 / >}}{{% m a=b /%}}",
			"m#0@1:1s m#1@1:11s m#2@1:20s(1) m#3@1:33%s(a=\"b\")"},
		{"never, self-closing", "{{< n />}}", "n#0@1:1s"},

		{"typed", "{{< n true false 1 -5 007 1.5 -2.25 1.2.3 5. 1e5 TRUE w-x_y -x1_Y-3 >}}",
			`n#0@1:1(true)(false)(1)(-5)(7)(1.5)(-2.25)("1.2.3")("5.")("1e5")("TRUE")("w-x_y")("-x1_Y-3")`},
		{"typed, named", "{{< n a=.5 b=+7 c=99999999999999999999 d=- e=. f=/x/y.jpg g=https://e.org/?a=b&c >}}",
			`n#0@1:1(a=0.5)(b=7)(c="99999999999999999999")(d="-")(e=".")(f="/x/y.jpg")(g="https://e.org/?a=b&c")`},
		{"quoted are strings", "{{< n \"1\" `true` \"\" >}}", `n#0@1:1("1")("true")("")`},
		{"around =", "{{< n a = \"v\" b= 5 c\n=\n`x\ny` >}}", `n#0@1:1(a="v")(b=5)(c="x\ny")`},
		{"bare value to the end", "{{< n a=b>}}{{< n a=b/>}}", `n#0@1:1(a="b") n#1@1:13(a="b/")`},
		{"keys", "{{< n ü-1.x=ä >}}", `n#0@1:1(ü-1.x="ä")`},
		{"escapes", `{{< n "a \"b\" \d\\." "C:\dir\n" >}}`, `n#0@1:1("a \"b\" \\d\\\\.")("C:\\dir\\n")`},
		{"escaped quotes", `{{< n a=\"x y\" b=\"z" >}}{{< n \"q\" >}}`, `n#0@1:1(a="x y")(b="z") n#1@1:27("q")`},
		{"no space between", "{{< n`a``b`\"c\"d\"e\" >}}", `n#0@1:1("a")("b")("c")("d")("e")`},
		{"delimiters in quotes", "{{< n \"<a> >}} {{< x\" `%}}` >}}", `n#0@1:1("<a> >}} {{< x")("%}}")`},
		{"CRLF", "a\r\n{{< n `x\r\ny` >}}\rb {{< n >}}", `n#0@2:1("x\ny") n#1@4:3`},
		{"control characters", "\x02a\x03{{< n \"x\x020\x03\" >}}\n\x03\x03{{< n >}}", `n#0@1:4("x0") n#1@2:3`},

		{"closed", "{{< a >}}x{{< /a >}}", "a#0@1:1c"},
		{"spaces", "{{< a >}}x{{< / a  >}}{{<a>}}{{</a>}}", "a#0@1:1c a#1@1:23c"},
		{"other kind", "{{% a %}}x{{< /a >}}{{< a >}}x{{% /a %}}", "a#0@1:1%c a#1@1:21c"},
		{"nested", "{{< a >}}{{< n >}}{{% a %}}{{< n >}}{{% /a %}}{{< /a >}}{{< n >}}",
			"a#0@1:1c >n#0@1:10 >a#1@1:19%c >>n#0@1:28 n#1@1:57"},
		{"same name", "{{< a >}}{{< a >}}{{< /a >}}{{< a />}}{{< /a >}}", "a#0@1:1c >a#0@1:10c >a#1@1:29s"},
		{"maybe", "{{< m >}} {{< a >}}{{< m >}}{{< /a >}} {{< m >}}x{{< /m >}} {{< m >}}",
			"m#0@1:1 a#1@1:11c >m#0@1:20 m#2@1:40c m#3@1:61"},
		{"the last one is closed", "{{< m >}}{{< m >}}{{< /m >}}", "m#0@1:1 m#1@1:10c"},
		{"empty inner", "{{< a >}}{{< /a >}}{{< n >}}", "a#0@1:1c n#1@1:20"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, errs := Parse([]byte(tt.in), testOptions)
			if len(errs) > 0 {
				t.Fatalf("errors: %v", errs)
			}
			if got := show(d); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestMistakes(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"{{< figure >}}", `1:5: shortcode "figure" is not defined`},
		{"é {{< evre 1 >}}x{{< /evre >}}", `1:7: shortcode "evre" is not defined (did you mean "never"?)`},
		{"{{< /x.inline >}}", `1:6: shortcode "x.inline" is not defined (there are no inline shortcodes: define one by a template)`},
		{"{{< >}} {{%%}}", "1:1: shortcode has no name\n1:9: shortcode has no name"},
		{"{{< 'n' >}}", `1:5: '\'' where the name of a shortcode should be`},
		{"{{< /* n */ >}}", `1:1: to show a shortcode as text, write {{</* … */>}} without white space around`},
		{"x {{</* n */ >}} {{</* {{%/* n */%}}", "1:3: {{</* has no */>}} that ends it\n1:18: {{</* has no */>}} that ends it"},
		{"{{< n %}}", `1:7: tag of shortcode "n" begins with "{{<" and must end with ">}}", not "%}}"`},
		{"{{% m %}}{{% /m >}}", `1:17: tag of shortcode "m" begins with "{{%" and must end with "%}}", not ">}}"`},
		{"a {{< n 1", `1:3: shortcode "n" has no ">}}" that ends its tag`},
		{"a {{<", `1:3: shortcode has no ">}}" that ends its tag`},
		{"a {{% n\n b {{< n 'x >}}", "1:3: shortcode \"n\" has no \"%}}\" that ends its tag\n" +
			"2:10: single quotes do not enclose an argument: use double quotes"},
		{"{{< n a='b' >}}", `1:9: single quotes do not enclose an argument: use double quotes`},
		{"{{< n \"x >}}\n{{< n \"y\n\" >}}", "1:7: double quote has no counterpart on its line (use back quotes for a text of several lines)\n" +
			"2:7: double quote has no counterpart on its line (use back quotes for a text of several lines)"},
		{"{{< n `x >}}", "1:7: back quote has no counterpart"},
		{`{{< n a=\"x >}}`, `1:9: \" has no counterpart on its line`},
		{"{{< n a= >}}", `1:7: argument "a" has no value`},
		{"{{< n = b >}}", `1:7: "=" without the name of an argument before it`},
		{"{{< n \"a b\" c=d >}}", `1:13: named argument "c" after positional ones: a call has either kind`},
		{"{{< n a=b\n c \"d\" >}}", `2:2: positional argument after named ones: a call has either kind`},
		{"{{< n a/b >}}", `1:7: an argument with the character '/' needs double quotes`},
		{"{{< n /a.jpg >}}", `1:7: an argument with the character '/' needs double quotes`},
		{"{{< n / a >}}", `1:7: an argument with the character '/' needs double quotes`},
		{"{{< n https://e.org >}}", `1:7: an argument with the character ':' needs double quotes`},
		{"{{< n \\`a` >}}", `1:7: an argument with the character '\\' needs double quotes`},
		{"{{< n .5 >}}", `1:7: an argument with the character '.' needs double quotes`},
		{"{{< n >}}x{{< /n >}}", `1:11: shortcode "n" takes no inner content and so no closing tag`},
		{"x{{< /a >}}", `1:2: closing tag of shortcode "a" has no opening tag before it`},
		{"{{< a />}}x{{< /a >}}", `1:12: closing tag of shortcode "a" has no opening tag before it`},
		{"{{< a >}}{{< /a b >}}", `1:17: closing tag of shortcode "a" has more than a name`},
		{"x\n{{< a >}}{{< m >}}", `2:1: shortcode "a" is not closed: add a tag with /a after its content, or end the tag with a slash if it has none`},
		{"{{< m >}}\n {{< a >}}\n{{< /m >}}", `2:2: shortcode "a" is not closed before the closing tag of "m" at 3:1`},
		{"{{< m >}}{{< mm >}}{{< /m >}}{{< /mm >}}", `1:30: closing tag of shortcode "mm" crosses another one: what is opened last must be closed first`},
		{"{{< a ! >}}x{{< /a >}}", `1:7: an argument with the character '!' needs double quotes`},
		{"{{< a ! x", `1:7: an argument with the character '!' needs double quotes`},
		{"{{< /a ! >}}{{< a >}}{{< /a ! >}}", "1:1: closing tag of shortcode \"a\" has no opening tag before it\n" +
			"1:8: closing tag of shortcode \"a\" has more than a name\n1:29: closing tag of shortcode \"a\" has more than a name"},
	} {
		d, errs := Parse([]byte(tt.in), testOptions)
		if got := errs.Error(); got != tt.want {
			t.Errorf("%q\n got %s\nwant %s", tt.in, got, tt.want)
		}
		if d != nil {
			t.Errorf("%q: a document and errors", tt.in)
		}
	}
}

func TestFirstLine(t *testing.T) {
	d, errs := Parse([]byte("\n{{< n >}}"), Options{Line: 7})
	if len(errs) > 0 || d.Calls()[0].Line != 8 {
		t.Errorf("%v, %v", d.Calls(), errs)
	}
}

func TestTooManyMistakes(t *testing.T) {
	_, errs := Parse([]byte(strings.Repeat("{{< x >}}", 500)), testOptions)
	if len(errs) != maxMistakes {
		t.Errorf("%d mistakes", len(errs))
	}
}

func TestDepth(t *testing.T) {
	nest := func(n int) []byte {
		return []byte(strings.Repeat("{{< m >}}", n) + strings.Repeat("{{< /m >}}", n))
	}
	opt := Options{MaxDepth: 3}
	if _, errs := Parse(nest(3), opt); len(errs) > 0 {
		t.Error(errs)
	}
	if _, errs := Parse(nest(5), opt); errs.Error() != "1:28: shortcodes nest deeper than 3 levels (Config.Limits.CallDepth sets the limit)" {
		t.Error(errs)
	}
	if _, errs := Parse([]byte(strings.Repeat("{{< m >}}", 200)), Options{}); len(errs) > 0 {
		t.Error("calls that are not closed do not nest:", errs)
	}
}

func TestKeep(t *testing.T) {
	opt := testOptions
	opt.Keep = true
	in := "a {{< xo ! y >}}b {{< n >}} {{% /xo %}} {{< /xo >}}\n{{% evre `{{</* n */>}}` %}}"
	d, errs := Parse([]byte(in), opt)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	if got, want := show(d), "n#0@1:19"; got != want {
		t.Errorf("calls are %s", got)
	}
	want := "1:7: shortcode \"xo\" is not defined\n1:46: shortcode \"xo\" is not defined\n" +
		"2:5: shortcode \"evre\" is not defined (did you mean \"never\"?)"
	if got := d.Warnings().Error(); got != want {
		t.Errorf("warnings are %s", got)
	}
	got, _ := expand(t, d, func(c *Call, inner string, _ *Inserts) (string, error) { return "N", nil })
	if want := "a {{< xo ! y >}}b <N> {{% /xo %}} {{< /xo >}}\n{{% evre `{{< n >}}` %}}"; got != want {
		t.Errorf("text is %q", got)
	}
}

func TestArgumentTwice(t *testing.T) {
	d := parse(t, "{{< n a=b\nc=d a=e >}}", testOptions)
	if got := d.Warnings().Error(); got != `2:5: argument "a" is given twice: this one counts` {
		t.Errorf("warnings are %s", got)
	}
	if got := show(d); got != `n#0@1:1(a="e")(c="d")` {
		t.Errorf("calls are %s", got)
	}
}

func TestIndentation(t *testing.T) {
	d, errs := Parse([]byte("  {{< m >}}\n    a\n   b\nc\n  {{< /m >}} {{< m >}}\n\t{{< m >}}\n- {{< m >}}"), Options{})
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	var got []string
	for _, c := range d.Calls() {
		got = append(got, c.Indentation)
	}
	if want := []string{"  ", "", "\t", ""}; !slices.Equal(got, want) {
		t.Errorf("indentation is %q", got)
	}
	c := d.Calls()[0]
	for in, want := range map[string]string{
		"\n    a\n   b\nc\n  ": "\n  a\n b\nc\n",
		"  x":                  "x",
		"":                     "",
	} {
		if got := c.Deindent(in); got != want {
			t.Errorf("Deindent(%q) = %q, want %q", in, got, want)
		}
	}
	if got := d.Calls()[1].Deindent("\n  a"); got != "\n  a" {
		t.Errorf("without indentation: %q", got)
	}
}
