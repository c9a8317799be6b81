package shortcode

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/jam-go/jam/internal/insert"
)

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"", "x", "{{<", "{{< n >}}", "{{% a %}}\n> b{{< /a >}}", "{{</* n */>}}", "{{</*", "{{< a >}}{{% m %}}{{< /a >}}",
		"- {{% m %}}\n  a\n  {{% /m %}} x", "{{< n a=\"b\\\"\" c=`d\ne` >}}", "{{< n 1 -2.5 true />}}", "\x02{{< n \x03>}}\r\n\r",
		"{{< m >}}{{< mm >}}{{< /m >}}{{< /mm >}}", "{{< n a= >}}", "{{< x ' >}}{{% y \\\" %}}", "{{{{< n/>}}}}", "é{{< é >}}\xff", "\x99{{</**/>}}", strings.Repeat("é", 130) + "{{< n >}}",
	} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, strict bool) {
		opt := Options{}
		if strict {
			opt = Options{Known: func(name string) (Inner, bool) {
				if name == "" {
					t.Error("a call without name")
					return Maybe, false
				}
				return kinds(name)
			}, Names: kindNames, Keep: len(text)%2 == 0}
		}
		unified := strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
		lines := strings.Split(unified, "\n")
		check := func(line, column int) {
			if line < 1 || line > len(lines) || column < 1 || column > utf8.RuneCountInString(lines[line-1])+1 {
				t.Errorf("%d:%d is outside of the text", line, column)
			}
		}
		d, errs := Parse([]byte(text), opt)
		for _, err := range errs {
			check(err.Line, err.Column)
		}
		if d == nil {
			if len(errs) == 0 && (strings.Contains(text, "{{<") || strings.Contains(text, "{{%")) {
				t.Error("a tag is not seen")
			}
			return
		}
		checkCalls(t, d, check)
		checkExpansion(t, d, check)
	})
}

func checkCalls(t *testing.T, d *Document, check func(line, column int)) {
	for _, err := range d.Warnings() {
		check(err.Line, err.Column)
	}
	for _, c := range d.Calls() {
		check(c.Line, c.Column)
		if c.Args != nil && c.Named != nil {
			t.Error("arguments of both kinds")
		}
		if c.Parent != nil && (!c.Parent.Closed || c.Parent.start >= c.start) {
			t.Error("wrong parent")
		}
	}
}

func checkExpansion(t *testing.T, d *Document, check func(line, column int)) {
	count := 0
	e, err := d.Expand(context.Background(), func(c *Call, inner string, inserts *Inserts) (string, error) {
		count++
		if c.Parent == nil {
			inner = ""
		}
		return inner, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if count != len(d.calls) {
		t.Errorf("%d of %d calls were rendered", count, len(d.calls))
	}
	for i := range e.Text {
		check(e.Position(i))
	}
	check(e.Position(len(e.Text)))

	// Without what the calls gave, the text is the source's outside of them.
	want, at := []byte{}, 0
	for i := 0; i < len(d.nodes); {
		n := d.nodes[i]
		i++
		if n.call < 0 {
			want = append(want, d.source[n.start:n.end]...)
		} else {
			i = d.calls[n.call].last
		}
	}
	if got := insert.Expand(nil, e.Text, nil); !bytes.Equal(got, want) {
		t.Errorf("text is %q, want %q", got, want)
	}

	// Nodes, tags and the marks of comments make up the source.
	for _, n := range d.nodes {
		if n.call >= 0 {
			n.start, n.end = d.calls[n.call].start, d.calls[n.call].start
		}
		if n.start < at || n.end < n.start {
			t.Fatalf("nodes overlap")
		}
		if gap := d.source[at:n.start]; at > 0 && gap != "" && !strings.HasPrefix(gap, "{{") && strings.Trim(gap, "/*") != "" {
			t.Errorf("%q is lost", gap)
		}
		at = n.end
	}
}

// TestHostile are texts that take minutes if their time is not linear.
func TestHostile(t *testing.T) {
	const n = 50_000
	for name, text := range map[string]string{
		"open":               strings.Repeat("{{< m >}}", n),
		"always open":        strings.Repeat("{{< a >}}", n),
		"close without open": strings.Repeat("{{< m >}}", n) + strings.Repeat("{{< /mm >}}", n),
		"pop all":            strings.Repeat("{{< m >}}", n) + "{{< mm >}}" + strings.Repeat("{{< m >}}", n) + "{{< /mm >}}",
		"deep":               strings.Repeat("{{< m >}}", n) + strings.Repeat("{{< /m >}}", n),
		"comments":           strings.Repeat("{{</* n */>}}", n),
		"open comments":      strings.Repeat("{{</*{{%/* */>}}", n),
		"braces":             strings.Repeat("{", 10*n),
		"tags in tags":       strings.Repeat("{{< n ", n),
		"quotes":             strings.Repeat("{{< n \"a ", n),
		"escaped quotes":     strings.Repeat("{{< n \\\"a ", n),
		"back quotes":        strings.Repeat("{{< n `a ", n) + "`",
		"one line":           strings.Repeat("é", n) + strings.Repeat("{{% m %}}", n),
		"white space":        strings.Repeat(" ", 5*n) + strings.Repeat("{{% m %}}", n),
		"prefix":             strings.Repeat("> ", 5*n) + strings.Repeat("{{% m %}}", n),
		"slashes":            "{{< n " + strings.Repeat("/ ", n),
		"arguments":          "{{< n " + strings.Repeat("a ", n) + ">}}",
		"unknown":            strings.Repeat("{{< x >}}", n),
		"dropped":            strings.Repeat("\x02{{< n >}}", n),
	} {
		for _, keep := range []bool{false, true} {
			d, errs := Parse([]byte(text), Options{Known: kinds, Names: kindNames, Keep: keep})
			if len(errs) > maxMistakes {
				t.Errorf("%s: %d mistakes", name, len(errs))
			}
			if d == nil {
				continue
			}
			if _, err := d.Expand(context.Background(), func(*Call, string, *Inserts) (string, error) { return "a\nb", nil }); err != nil && name != "prefix" && name != "white space" {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
