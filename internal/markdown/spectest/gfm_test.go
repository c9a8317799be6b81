// Package spectest runs the examples of the GitHub Flavored Markdown
// specification, version 0.29, through package markdown. The examples are not
// part of this project: the module rsc.io/markdown has them in its test data,
// and is required here, in a module of its own, for nothing else.
package spectest

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
	_ "rsc.io/markdown"

	"github.com/jam-go/jam/internal/markdown"
)

// gfm is the configuration that reads GitHub Flavored Markdown and nothing
// more.
var gfm = markdown.Config{
	Unsafe: true, FilterTags: true, DisableTaskLabels: true,
	DisableFootnotes: true, DisableDefinitionLists: true, DisableAlerts: true, DisableTypographer: true,
	DisableHeadingIDs: true, DisableAttributes: true, DisableCJK: true,
}

// commonMark is the part of the specification that is not an extension. Its
// examples are meant to be read without extensions.
var commonMark = markdown.Config{
	Unsafe:        true,
	DisableTables: true, DisableStrikethrough: true, DisableTaskLists: true, DisableLinkify: true,
	DisableFootnotes: true, DisableDefinitionLists: true, DisableAlerts: true, DisableTypographer: true,
	DisableHeadingIDs: true, DisableAttributes: true, DisableCJK: true,
}

// superseded are two examples on HTML comments that CommonMark 0.31, which
// package markdown follows, has turned around: a comment may begin with > and
// may have two hyphens in it.
var superseded = map[string]bool{"622": true, "623": true}

func TestExtensions(t *testing.T) {
	// The examples of the specification are those named gfm….
	files := map[string]int{"table.txt": 8, "task.txt": 2, "del.txt": 3, "autoext.txt": 14}
	for file, count := range files {
		t.Run(file, func(t *testing.T) { run(t, gfm, file, "gfm", count) })
	}
}

// TestReference runs the tests for extensions of cmark-gfm, the reference
// implementation.
func TestReference(t *testing.T) { run(t, gfm, "gfm_ext.txt", "", 18) }

func TestCommonMark(t *testing.T) { run(t, commonMark, "spec0.29.txt", "", 649) }

// run runs the examples of a file whose names begin with prefix.
func run(t *testing.T, cfg markdown.Config, file, prefix string, count int) {
	archive, err := txtar.ParseFile(filepath.Join(testdata(t), file))
	if err != nil {
		t.Fatal(err)
	}
	e, err := markdown.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	source := ""
	ran, passed := 0, 0
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, ".md") {
			source = decode(f.Data)
		}
		name, isHTML := strings.CutSuffix(f.Name, ".html")
		if !isHTML || !strings.HasPrefix(name, prefix) {
			continue
		}
		ran++
		result, err := e.Render(context.Background(), markdown.Source{Text: []byte(source)})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, want := normalize(result.HTML), normalize(decode(f.Data))
		switch {
		case got == want:
			passed++
		case superseded[name]:
			t.Logf("example %s: superseded by CommonMark 0.31", name)
		default:
			t.Errorf("example %s: %q\n got %q\nwant %q", name, source, got, want)
		}
	}
	if ran != count {
		t.Errorf("%d examples; want %d", ran, count)
	}
	t.Logf("%d of %d examples passed", passed, ran)
}

func testdata(t *testing.T) string {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("the go command, which finds the module with the examples, is not on PATH")
	}
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "rsc.io/markdown").Output()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(strings.TrimSpace(string(dir)), "testdata")
}

// decode undoes the encoding of white space at the end of lines.
func decode(data []byte) string {
	return strings.NewReplacer("^J\n", "\n", "^M", "\r", "^D\n", "", "^@", "\x00").Replace(string(data))
}

// normalize writes two forms of the same in one way, as the specification's
// own test runner does: the alignment of a cell, which HTML 5 has in its
// style, and the end of an empty element.
func normalize(html string) string {
	for _, side := range []string{"left", "center", "right"} {
		html = strings.ReplaceAll(html, ` style="text-align:`+side+`"`, ` align="`+side+`"`)
	}
	return strings.TrimSuffix(strings.ReplaceAll(html, " />", ">"), "\n")
}
