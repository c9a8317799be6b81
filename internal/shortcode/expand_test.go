package shortcode

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"

	"github.com/jam-go/jam/internal/diag"
	"github.com/jam-go/jam/internal/insert"
)

// expand returns the text with the inserts in < and >.
func expand(t testing.TB, d *Document, render Render) (string, *Expanded) {
	t.Helper()
	e, err := d.Expand(context.Background(), render)
	if err != nil {
		t.Fatal(err)
	}
	shown := make([]string, len(e.Inserts))
	for i, s := range e.Inserts {
		shown[i] = "<" + s + ">"
	}
	return insert.ExpandString(string(e.Text), shown), e
}

func parse(t testing.TB, text string, opt Options) *Document {
	t.Helper()
	d, errs := Parse([]byte(text), opt)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	return d
}

// templates are the shortcodes of TestExpand.
var templates = map[string]string{
	"m":     "[$]",
	"empty": "",
	"two":   "L1\nL2",
	"lines": "L1\n\nL2\n",
	"box":   "<div>\n\n$\n\n</div>\n",
	"crlf":  "a\r\nb\rc",
	"twice": "$$",
	"item":  "- i\n- j",
	"ctrl":  "\x02\x03\x0299\x03",
}

func render(c *Call, inner string, _ *Inserts) (string, error) {
	return strings.ReplaceAll(templates[c.Name], "$", inner), nil
}

func TestExpand(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"one", "a {{< m >}} b", "a <[]> b"},
		{"adjacent", "{{< m />}}{{% m /%}}{{< m />}}", "<[]>[]<[]>"},
		{"inner as it is", "{{< m >}}\n  a \n{{< /m >}}\n", "<[\n  a \n]>\n"},
		{"nested", "{{< m >}}a{{< m >}}b{{< /m >}}c{{< /m >}}", "<[a[b]c]>"},
		{"nested twice", "{{< twice >}}{{< twice >}}{{< m >}}b{{< /m >}}{{< /twice >}}{{< /twice >}}", "<[b][b][b][b]>"},
		{"markdown in HTML", "{{< m >}}a{{% m %}}*b*{{% /m %}}{{< /m >}}", "<[a[*b*]]>"},
		{"HTML in markdown", "{{% m %}}a{{< m >}}b{{< /m >}}{{% /m %}}", "[a<[b]>]"},
		{"comments", "{{</* m */>}} `{{%/* /a */%}}` {{</* a\n *b */>}}{{</**/>}}", "{{< m >}} `{{% /a %}}` {{< a\n *b >}}{{<>}}"},
		{"comment in a call", "{{< m >}}{{</* m */>}}{{< /m >}}", "<[{{< m >}}]>"},
		{"no brackets in comments", "{{</* m \"**/*.go\" */>}}", "{{< m \"**/*.go\" >}}"},
		{"in code and HTML", "```\n{{< m >}}\n```\n<a href=\"{{% m %}}\">", "```\n<[]>\n```\n<a href=\"[]\">"},
		{"markers of the author", "\x020\x03a{{< m \"\x020\x03\" >}}\x020\x03", "0a<[]>0"},
		{"markers of a template", "{{< ctrl >}}", "<>"},
		{"line endings", "a\r\n{{< m >}}\r{{% crlf %}}", "a\n<[]>\na\nb\nc"},

		{"no prefix", "{{% two %}} x\n", "L1\nL2 x\n"},
		{"text before", "x {{% two %}}", "x L1\nL2"},
		{"indented", "    {{% lines %}}\nx", "    L1\n\n    L2\n\nx"},
		{"indented, not at the end", "    {{% lines %}} x", "    L1\n\n    L2\n     x"},
		{"tab", "\t{{% two %}}", "\tL1\n\tL2"},
		{"item", "- {{% two %}}\n", "- L1\n  L2\n"},
		{"item with text", "* x {{% two %}} y", "* x L1\n  L2 y"},
		{"numbered", "10) {{% two %}}\n1. {{% two %}}", "10) L1\n    L2\n1. L1\n   L2"},
		{"definition", "a\n: {{% two %}}", "a\n: L1\n  L2"},
		{"quote", "> {{% lines %}}\n> x", "> L1\n>\n> L2\n>\n> x"},
		{"quote, not at the end", "> {{% lines %}} y", "> L1\n>\n> L2\n>  y"},
		{"quote, then a call", "> {{% lines %}}{{% m %}}", "> L1\n>\n> L2\n> []"},
		{"nested containers", "> - 1. {{% two %}}", "> - 1. L1\n>      L2"},
		{"quote in an item", "-\t>{{% two %}}", "-\t>L1\n \t>L2"},
		{"no list markers", "-{{% two %}} *b* {{% two %}}\n1.{{% two %}}\n1234567890. {{% two %}}\n1",
			"-L1\nL2 *b* L1\nL2\n1.L1\nL2\n1234567890. L1\nL2\n1"},
		{"HTML is a marker", "- {{< lines >}}\n- x", "- <L1\n\nL2\n>\n- x"},
		{"column 0", "- a\n{{< m >}}\nb\n{{< /m >}}\n- c", "- a\n<[\nb\n]>\n- c"},
		{"on a line that a call made", "{{% item %}} {{% two %}}", "- i\n- j L1\n  L2"},

		{"inner in an item", "- a\n\n    {{% box %}}\n    in\n      two\n\n    {{% /box %}}\n- n",
			"- a\n\n    <div>\n\n\n    in\n      two\n\n\n\n    </div>\n\n- n"},
		{"inner in a quote", "> {{% m %}}\n> a\n>b\nc\n> {{% /m %}}", "> [\n> a\n> b\n> c\n> ]"},
		{"nested inner", "- {{% box %}}\n  a\n    {{% box %}}\n    b\n    {{% /box %}}\n  {{% /box %}}\n",
			"- <div>\n\n\n  a\n    <div>\n\n\n    b\n\n\n    </div>\n\n\n\n  </div>\n\n"},
		{"HTML's inner in an item", "- {{< m >}}\n  a\n  {{< /m >}}", "- <[\n  a\n  ]>"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := expand(t, parse(t, tt.in, Options{}), render)
			if got != tt.want {
				t.Errorf("\n got %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestOrder(t *testing.T) {
	d := parse(t, "{{< m 1 >}}{{% m 2 %}}{{< m 3 />}}{{% /m %}}{{< m 4 />}}{{< /m >}}{{< m 5 />}}", Options{})
	var got []any
	_, e := expand(t, d, func(c *Call, inner string, inserts *Inserts) (string, error) {
		got = append(got, c.Args[0])
		if c.Args[0] == 1 && insert.ExpandString(inner, inserts.HTML()) != "34" {
			t.Errorf("inner of 1 is %q", inner)
		}
		_ = append(inserts.HTML(), "x")
		if c.Markdown {
			return inner, nil
		}
		return fmt.Sprint(c.Args[0]), nil
	})
	if fmt.Sprint(got) != "[3 2 4 1 5]" {
		t.Errorf("order is %v", got)
	}
	if fmt.Sprint(e.Inserts) != "[3 4 1 5]" {
		t.Errorf("inserts are %v", e.Inserts)
	}
}

func TestExpandErrors(t *testing.T) {
	d := parse(t, "a\n{{< m 1 >}}{{< m 2 />}}{{< /m >}} {{< m 3 />}}\n{{< m 4 />}}{{< m 5 />}}", Options{Line: 10})
	var called []any
	_, err := d.Expand(context.Background(), func(c *Call, inner string, _ *Inserts) (string, error) {
		called = append(called, c.Args[0])
		switch c.Args[0] {
		case 2:
			return "", fmt.Errorf("two: %w", fs.ErrNotExist)
		case 3:
			return "", diag.At(99, 1, "three")
		case 4:
			return "", diag.List{diag.At(0, 0, "four"), diag.At(1, 2, "4")}
		}
		return "", nil
	})
	if got, want := err.Error(), "1:2: 4\n11:12: two: file does not exist\n12:1: four\n99:1: three"; got != want {
		t.Errorf("error is %s", got)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		t.Error("the cause is lost")
	}
	if fmt.Sprint(called) != "[2 3 4 5]" {
		t.Errorf("called %v", called)
	}
}

func TestManyExpandErrors(t *testing.T) {
	d := parse(t, strings.Repeat("{{< m >}}", 500), Options{})
	calls := 0
	_, err := d.Expand(context.Background(), func(*Call, string, *Inserts) (string, error) {
		calls++
		return "", fs.ErrInvalid
	})
	if len(diag.Of(err)) != maxMistakes || calls != maxMistakes {
		t.Errorf("%d errors of %d calls", len(diag.Of(err)), calls)
	}
}

func TestContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	calls := 0
	_, err := parse(t, "{{< m >}}{{< m >}}{{< m >}}", Options{}).Expand(ctx, func(*Call, string, *Inserts) (string, error) {
		if calls++; calls == 2 {
			cancel()
		}
		return "", nil
	})
	if !errors.Is(err, context.Canceled) || calls != 2 {
		t.Errorf("%v after %d calls", err, calls)
	}
}

// TestSize doubles the inner content on each level.
func TestSize(t *testing.T) {
	for _, tags := range []string{"<>", "%%"} {
		open, end := "{{"+tags[:1]+" twice "+tags[1:]+"}}", "{{"+tags[:1]+" /twice "+tags[1:]+"}}"
		for _, inner := range []string{"x", "{{< m />}}"} {
			text := "\n " + strings.Repeat(open, 60) + inner + strings.Repeat(end, 60)
			_, err := parse(t, text, Options{MaxSize: 1000}).Expand(context.Background(), render)
			if err == nil || !strings.Contains(err.Error(), "shortcodes give more than 1000 bytes") || diag.Of(err)[0].Line != 2 {
				t.Errorf("%s: %v", tags, err)
			}
		}
	}
	many := strings.Repeat("> ", 500) + "{{% m %}}"
	_, err := parse(t, many, Options{MaxSize: 1e6}).Expand(context.Background(), func(*Call, string, *Inserts) (string, error) {
		return strings.Repeat("\n", 1e5), nil
	})
	if err == nil {
		t.Error("prefixes do not count")
	}
}

func TestPosition(t *testing.T) {
	text := "\x02\x03é {{< m >}} x\r\n{{</* m */>}}\n{{% lines %}}y\n\n" + strings.Repeat("é", 400) + "{{% two %}}z{{< m >}}"
	_, e := expand(t, parse(t, text, Options{Line: 5}), render)
	out := string(e.Text)
	at := func(s string, plus int) string {
		line, column := e.Position(strings.Index(out, s) + plus)
		return fmt.Sprintf("%d:%d", line, column)
	}
	for _, tt := range []struct{ got, want string }{
		{at("é", 0), "5:3"}, // after two dropped characters
		{at("\x02", 0), "5:5"},
		{at("\x02", 2), "5:5"},
		{at(" x", 0), "5:14"},
		{at("{{< m", 0), "6:1"},
		{at("{{< m", 4), "6:7"}, // two characters of the comment are left out
		{at("L1", 0), "7:1"},
		{at("L2", 0), "7:1"},
		{at("y", 0), "7:14"},
		{at("y", 1), "7:15"},
		{at("éL1", 2), "9:401"},
		{at("z", 0), "9:412"},
		{at("z", 1), "9:413"},
		{at("", len(out)), "9:422"},
		{at("", len(out)+10), "9:422"},
		{at("", -1), "5:3"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %s, want %s", tt.got, tt.want)
		}
	}
}

func TestConcurrency(t *testing.T) {
	d := parse(t, strings.Repeat("{{< m >}}a{{% two %}}{{< /m >}}", 50), Options{})
	want, _ := expand(t, d, render)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			e, err := d.Expand(context.Background(), render)
			if err != nil || len(e.Inserts) != 50 {
				t.Error(err)
				return
			}
			if line, _ := e.Position(len(e.Text)); line != 1 {
				t.Error("wrong position")
			}
		})
	}
	group.Wait()
	if again, _ := expand(t, d, render); again != want {
		t.Error("two expansions differ")
	}
}
