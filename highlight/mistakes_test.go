package highlight_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/yuin/goldmark"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/highlight"
)

// TestMistakes has what is wrong with the code of a page, wherever that comes from.
func TestMistakes(t *testing.T) {
	for _, test := range []struct{ name, text, layout, want string }{
		{"option of a fence", "é\n\n```go {hl_line=1}\nx\n```", "", `warning: content/a.md:6:8: markdown: unknown option "hl_line" of a code block (did you mean "hl_lines"?)`},
		{"style of a fence", "```go {style=gihub}\nx\n```", "", `warning: content/a.md:4:8: markdown: style: unknown style "gihub" (did you mean "github"?)`},
		{"line numbers of a fence in a list", "- a\n\n  ```go {linenos=maybe}\n  x\n  ```", "", `warning: content/a.md:6:10: markdown: linenos: "maybe" is neither true nor false`},
		{"two of a fence", "```go {linenos=maybe hl_lines=x}\nx\n```", "", `warning: content/a.md:4:8: markdown: linenos: "maybe" is neither true nor false
warning: content/a.md:4:22: markdown: hl_lines: "x" is neither a line nor a range of lines, such as 4-6`},
		{"lines of a fence", "```go {hl_lines=\"5-2\"}\nx\n```", "", `warning: content/a.md:4:8: markdown: hl_lines: "5-2" is neither a line nor a range of lines, such as 4-6`},
		{"tab width", "```go {tabWidth=99}\nx\n```", "", `warning: content/a.md:4:8: markdown: tabWidth: "99" is not a number from 1 to 16`},
		{"option of the shortcode", "a\n\n{{< highlight go \"hl_line=1\" >}}x{{< /highlight >}}", "", `warning: content/a.md:6:1: markdown: unknown option "hl_line" of a code block (did you mean "hl_lines"?)`},
		{"style of the shortcode", "a\n\n{{< highlight go \"style=gihub\" >}}x{{< /highlight >}}", "", `warning: content/a.md:6:1: markdown: style: unknown style "gihub" (did you mean "github"?)`},
		{"option without a value", "a\n\n{{< highlight go \"linenos\" >}}x{{< /highlight >}}", "", `content/a.md:6:1: shortcode: option "linenos" of code: want name=value`},
		{"option of the function", "a", `{{ highlight "x" "go" "hl_line=1" }}`, `layouts/page.html:1:18: render: at <highlight "x" "go" "hl_line=1">: error calling highlight: unknown option "hl_line" of a code block (did you mean "hl_lines"?) (page content/a.md)`},
		{"map of the function", "a", `{{ highlight "x" "go" (dict "style" "gihub") }}`, `layouts/page.html:1:18: render: at <highlight "x" "go" (dict "style" "gihub")>: error calling highlight: style: unknown style "gihub" (did you mean "github"?) (page content/a.md)`},
		{"number of the function", "a", `{{ highlight "x" "go" 5 }}`, `layouts/page.html:1:18: render: at <highlight "x" "go" 5>: error calling highlight: want options as text or a map, have int (page content/a.md)`},
		{"not an option", "a", `{{ highlight "x" "go" "linenos" }}`, `layouts/page.html:1:18: render: at <highlight "x" "go" "linenos">: error calling highlight: option "linenos" of code: want name=value (page content/a.md)`},
		{"through a hook", "a\n\n```go {style=gihub}\nx\n```", "", `warning: content/a.md:6:8: markdown: style: unknown style "gihub" (did you mean "github"?)`},
		{"in the page of another", "a", `{{ range site.RegularPages }}{{ .RenderString "` + "```go {style=gihub}\\nx\\n```" + `" }}{{ end }}`, `warning: content/a.md: markdown: style: unknown style "gihub" (did you mean "github"?)`},
	} {
		t.Run(strings.ReplaceAll(test.name, " ", "_"), func(t *testing.T) {
			tree := fstest.MapFS{
				"content/a.md":      {Data: []byte("---\ntitle: A\n---\n" + test.text)},
				"layouts/all.html":  {Data: []byte("x")},
				"layouts/page.html": {Data: []byte("{{ .Content }}" + test.layout)},
			}
			if strings.Contains(test.name, "hook") {
				tree["layouts/_markup/render-codeblock.html"] = &fstest.MapFile{Data: []byte("{{ (transform.HighlightCodeBlock .).Wrapped }}")}
			}
			if got := complaints(t, tree); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// complaints returns what loading and building a site says: its error, or else its warnings.
func complaints(t *testing.T, tree fstest.MapFS) string {
	t.Helper()
	site, err := jam.Load(t.Context(), tree, &jam.Config{Markdown: jam.Markdown{
		Extensions: []goldmark.Extender{highlight.New(highlight.Options{})},
	}})
	if err != nil {
		return err.Error()
	}
	report, err := site.Build(t.Context(), jam.Memory())
	if err != nil {
		return err.Error()
	}
	var lines []string
	for _, w := range report.Warnings {
		lines = append(lines, fmt.Sprintf("warning: %v", w))
	}
	return strings.Join(lines, "\n")
}
