package markdown

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/jam-go/jam/internal/diag"
)

func TestLimits(t *testing.T) {
	r := strings.Repeat
	nested := func() string {
		var b strings.Builder
		for i := range 1000 {
			b.WriteString(r("  ", i) + "- a\n")
		}
		return b.String()
	}()
	tests := []struct {
		name, in     string
		line, column int // 0: no error
		message      string
	}{
		{"blockquotes", "x\n\n" + r(">", 10_000) + "a", 12, 201, "blocks nest deeper than 200 levels"},
		{"200 blockquotes", r("> ", 199) + "a", 0, 0, ""},
		{"lists in a line", r("- ", 10_000) + "a", 10, 201, "blocks nest deeper than 200 levels"},
		{"lists", nested, 109, 199, "blocks nest deeper than 200 levels"},
		{"footnotes", r("[^a]: ", 10_000) + "a", 10, 1201, "blocks nest deeper than 200 levels"},
		{"open brackets", "a\n\nb " + r("[", 10_001), 12, 1, "more than 10000 brackets and emphasis marks"},
		{"10,000 brackets", r("[", 10_000), 0, 0, ""},
		{"open links", r("[a](", 5000), 0, 0, ""},
		{"emphasis", r("*a **b ", 10_000), 10, 1, "more than 10000 brackets and emphasis marks"},
		{"emphasis in a heading", "# " + r("*a **b ", 10_000), 10, 3, "more than 10000 brackets and emphasis marks"},
		{"emphasis in an underlined heading", r("*a **b ", 10_000) + "\n===", 10, 1, "more than 10000 brackets and emphasis marks"},
		{"emphasis in a cell", "|a|\n|-|\n|" + r("*a ", 10_001) + "|", 12, 1, "more than 10000 brackets and emphasis marks"},
		{"emphasis in the title of an alert", "> [!note] " + r("*a ", 10_001), 10, 11, "more than 10000 brackets and emphasis marks"},
		{"link definitions", r("[a]: b\n", 10_001), 10, 1, "more than 10000 link definitions"},
		{"long address", "[a]: /" + r("x", 100_000) + "\n\n" + r("[a]\n\n", 100), 32, 1, "references to link definitions make the page many times longer"},
		{"long title", "[a]: /x '" + r("x", 100_000) + "'\n\n" + r("[b][a]\n\n", 100), 32, 1, "references to link definitions make the page many times longer"},
		{"many references", "[a]: /" + r("x", 200) + "\n\n" + r("[a]\n\n", 5000), 0, 0, ""},
		{"footnotes, many", r("[^a]: x\n\n", 20_001), 40_010, 1, "more than 20000 footnotes and references"},
		{"references to footnotes", "[^a]: x\n\n" + r("[^a]\n\n", 20_000), 40_010, 1, "more than 20000 footnotes and references"},
		{"blank lines in nested blocks", r("- ", 90) + "a" + r("\n", 50_000) + "b", 0, 0, ""},
		{"strings of backticks", func() string {
			var b strings.Builder
			for i := range 3000 {
				b.WriteString("e" + r("`", i))
			}
			return b.String()
		}(), 0, 0, ""},
		{"wide table", r("|a", 500) + "\n" + r("|-", 500) + "\n" + r("|\n", 1000), 10, 1, "the table's rows have far fewer cells"},
		{"long table", r("|a", 50) + "\n" + r("|-", 50) + "\n" + r(r("|a", 50)+"\n", 1000), 0, 0, ""},
		{"escaped pipes", "|a|\n|-|\n" + r("|`\\|`|\n", 10_001), 10, 1, "more than 10000"},
		{"long line of a paragraph", r("a|b ", 20_000), 0, 0, ""},
		{"attributes of a heading", "# " + r("{a={", 20_000), 0, 0, ""},
		{"many attributes", "# a {" + r("b=c ", 20_000) + "}", 0, 0, ""},
		{"words", r("www.a ", 20_000), 0, 0, ""},
		{"links", r("http://a.example ", 5_000), 0, 0, ""},
		{"mail", r("a@", 20_000), 0, 0, ""},
		{"tags", r("<b>", 3_000), 0, 0, ""},
	}
	e := mustNew(t, Config{})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := e.Render(context.Background(), Source{Text: []byte(test.in), Line: 10})
			if test.line == 0 {
				if err != nil {
					t.Error(err)
				}
				return
			}
			d, ok := errors.AsType[*diag.Error](err)
			if !ok || d.Line != test.line || d.Column != test.column || !strings.Contains(d.Error(), test.message) {
				t.Errorf("got %v; want %d:%d: %s", err, test.line, test.column, test.message)
			}
		})
	}
	// The engine goes on after an error.
	if _, err := e.Render(context.Background(), Source{Text: []byte("a")}); err != nil {
		t.Error(err)
	}
}
