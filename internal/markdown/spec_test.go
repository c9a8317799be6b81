package markdown

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// commonMark is the configuration that reads CommonMark and nothing more.
var commonMark = Config{
	Unsafe: true, XHTML: true,
	DisableTables: true, DisableStrikethrough: true, DisableTaskLists: true, DisableLinkify: true,
	DisableFootnotes: true, DisableDefinitionLists: true, DisableAlerts: true, DisableTypographer: true,
	DisableHeadingIDs: true, DisableAttributes: true, DisableCJK: true,
}

// specExample is an example of the CommonMark specification.
type specExample struct {
	Markdown, HTML string
	Example        int
}

// specExamples returns the examples, which the goldmark module has with it.
func specExamples(t *testing.T) (examples []specExample) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("the go command, which finds the goldmark module, is not on PATH")
	}
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "_test", "spec.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	const want = 652 // version 0.31.2
	if len(examples) != want {
		t.Errorf("%d examples; want %d", len(examples), want)
	}
	return examples
}

func TestCommonMark(t *testing.T) {
	examples := specExamples(t)
	e, err := New(commonMark)
	if err != nil {
		t.Fatal(err)
	}
	passed := 0
	for _, x := range examples {
		got, err := e.Render(context.Background(), Source{Text: []byte(x.Markdown)})
		switch {
		case err != nil:
			t.Errorf("example %d: %v", x.Example, err)
		case got.HTML != x.HTML:
			t.Errorf("example %d: %q\n got %q\nwant %q", x.Example, x.Markdown, got.HTML, x.HTML)
		default:
			passed++
		}
	}
	t.Logf("%d of %d examples passed", passed, len(examples))
}
