package markdown

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestCorpora renders every Markdown file of real content trees, with its
// front matter.
func TestCorpora(t *testing.T) {
	dir := corpora()
	if dir == "" {
		t.Skip("no ../shared/corpora beside the repository")
	}
	engines := map[string]*Engine{"safe": mustNew(t, Config{}), "unsafe": mustNew(t, Config{Unsafe: true})}
	count := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || !strings.HasSuffix(path, ".md") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		count++
		name := strings.TrimPrefix(path, dir)
		lines := strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n")
		for mode, e := range engines {
			resolve := func(l Link) (string, error) { checkLink(t, name, lines, l); return l.Destination, nil }
			result, err := e.Render(context.Background(), Source{Text: text, Resolve: resolve})
			if err != nil {
				t.Errorf("%s, %s: %v", name, mode, err)
				continue
			}
			if utf8.Valid(text) && !utf8.ValidString(result.HTML) {
				t.Errorf("%s, %s: output is not UTF-8", name, mode)
			}
			if mode == "safe" {
				if problem := checkSafe([]byte(result.HTML)); problem != "" {
					t.Errorf("%s: %s", name, problem)
				}
				if problem := checkSafe([]byte(result.Summary())); problem != "" {
					t.Errorf("%s, summary: %s", name, problem)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files", count)
}

// checkLink checks that a link's position is that of a bracket.
func checkLink(t *testing.T, name string, lines []string, l Link) {
	line, column := l.Position()
	rest := []rune(lines[line-1])[column-1:]
	want := "["
	if l.Image {
		want = "!["
	}
	if !strings.HasPrefix(string(rest), want) {
		t.Errorf("%s:%d:%d: link to %s: there is %.20q", name, line, column, l.Destination, string(rest))
	}
}
