package jam_test

import (
	"strings"
	"testing"

	"github.com/jam-go/jam/diagram"
	"github.com/jam-go/jam/math"
)

// TestUntrustedFormulas has vectors in formulas and diagrams, as far as these can be read.
func TestUntrustedFormulas(t *testing.T) {
	converter, err := math.New(math.Options{})
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, v := range vectors(t) {
		for _, format := range []string{"V", `\text{V}`, `\href{V}{x}`, `\class{V}{x}`, `\style{V}{x}`, `\htmlId{V}{x}`, `\color{V} x`, `\operatorname{V}`, `\unicode{V}`, `\begin{V} x \end{V}`, `\mathrm{V}_{V}^{V}`, `\label{V} \tag{V}`} {
			html, err := converter.MathML(strings.ReplaceAll(format, "V", v), len(v)%2 == 0)
			if err != nil {
				continue
			}
			read++
			if problem := inspectHTML([]byte(html)); problem != "" {
				t.Fatalf("%s: %s\nvector %q", format, problem, v)
			}
		}
		for _, format := range []string{"V", "+----+\n| V |\n+----+", "V --> V"} {
			svg, err := diagram.SVG(strings.ReplaceAll(format, "V", v), v)
			if err != nil {
				continue
			}
			read++
			if problem := inspectHTML([]byte(svg)); problem != "" {
				t.Fatalf("%s: %s\nvector %q", format, problem, v)
			}
		}
	}
	if read < 100 {
		t.Errorf("only %d formulas and diagrams can be read", read)
	}
	t.Logf("%d formulas and diagrams", read)
}
