package shortcode

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// corpora returns the folder of real content trees, or skips the test.
func corpora(t testing.TB) string {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		found := filepath.Join(dir, "..", "shared", "corpora")
		if info, err := os.Stat(found); err == nil && info.IsDir() {
			return found
		}
		if filepath.Dir(dir) == dir {
			t.Skip("no ../shared/corpora above the working directory: the real content trees are not here")
		}
		dir = filepath.Dir(dir)
	}
}

// body returns what follows the front matter, near enough for a test, and the
// line on which it begins.
func body(text []byte) ([]byte, int) {
	rest, ok := bytes.CutPrefix(text, []byte("---\n"))
	if !ok {
		return text, 1
	}
	if _, after, ok := bytes.Cut(rest, []byte("\n---\n")); ok {
		return after, 1 + bytes.Count(text[:len(text)-len(after)], []byte("\n"))
	}
	return text, 1
}

// TestCorpora reads every file of two trees written for Hugo.
func TestCorpora(t *testing.T) {
	dir := corpora(t)
	for _, tree := range []string{"hugoDocs", "letsencrypt"} {
		root := filepath.Join(dir, tree)
		if _, err := os.Stat(root); err != nil {
			t.Skipf("no %s among the real content trees", tree)
		}
		counts, files, calls, comments := map[string]int{}, 0, 0, 0
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.Type().IsRegular() || filepath.Ext(path) != ".md" {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			files++
			text, line := body(text)
			d, errs := Parse(text, Options{Line: line})
			for _, e := range errs {
				t.Errorf("%s:%v", strings.TrimPrefix(path, dir), e)
			}
			if d == nil {
				return nil
			}
			for _, c := range d.Calls() {
				calls++
				counts[c.Name]++
				checkTag(t, path, text, line, c)
			}
			comments += bytes.Count(text, []byte("{{</*")) + bytes.Count(text, []byte("{{%/*"))
			checkReal(t, path, d)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if calls == 0 || comments == 0 && tree == "hugoDocs" {
			t.Errorf("%s: %d calls, %d comments", tree, calls, comments)
		}
		t.Logf("%s: %d files, %d comments, %d calls", tree, files, comments, calls)
		for _, name := range slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return counts[b] - counts[a] }) {
			t.Logf("%6d %s", counts[name], name)
		}
	}
}

// checkTag checks that a call's position is that of its tag.
func checkTag(t *testing.T, path string, text []byte, firstLine int, c *Call) {
	lines := strings.Split(string(text), "\n")
	line := []rune(lines[c.Line-firstLine])
	if got := string(line[c.Column-1:]); !strings.HasPrefix(got, "{{<") && !strings.HasPrefix(got, "{{%") {
		t.Errorf("%s:%d:%d: %s is not there", path, c.Line, c.Column, c.Name)
	}
}

func checkReal(t *testing.T, path string, d *Document) {
	e, err := d.Expand(context.Background(), func(c *Call, inner string, _ *Inserts) (string, error) { return inner, nil })
	if err != nil {
		t.Errorf("%s: %v", path, err)
		return
	}
	if len(e.Inserts) > len(d.calls) {
		t.Errorf("%s: %d inserts for %d calls", path, len(e.Inserts), len(d.calls))
	}
}
