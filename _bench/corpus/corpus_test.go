package corpus

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jam-go/jam/internal/matter"
)

// TestSynthetic holds that pages are the same each time, that front matter can be read, and that the texts
// are as long as real ones on average.
func TestSynthetic(t *testing.T) {
	const n = 1000
	seen := make(map[string]bool)
	size := 0
	for k := range n {
		name, page := Page(k, Synthetic())
		again, same := Page(k, Synthetic())
		if name != again || !bytes.Equal(page, same) {
			t.Fatalf("page %d: differs the second time", k)
		}
		if seen[name] {
			t.Errorf("%s: twice", name)
		}
		seen[name] = true
		doc, err := matter.Parse(page)
		if err != nil || doc.Root == nil || len(bytes.TrimSpace(doc.Body)) == 0 {
			t.Fatalf("%s: %v\n%s", name, err, page)
		}
		size += len(doc.Body)
	}
	if mean := size / n; mean < 3000 || mean > 4200 {
		t.Errorf("%d bytes on average", mean)
	}
}

func TestRead(t *testing.T) {
	long := strings.Repeat("Words of a text.\n", 30)
	dir := t.TempDir()
	for name, text := range map[string]string{
		"yaml.md":     "---\ntitle: \"One: \\\"a\\\"\"\n---\n" + long + "{{< figure >}} {% raw %}\n",
		"toml.md":     "+++\ntitle = 'Two'\n+++\n" + long,
		"short.md":    "---\ntitle: Three\n---\nText.\n",
		"untitled.md": "---\nweight: 1\n---\n" + long,
		"none.md":     long,
		"other.txt":   "---\ntitle: Four\n---\n" + long,
		"bytes.md":    "---\ntitle: Five\n---\n" + long + "\xff",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	texts, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for k := range 2 {
		got[texts(k).Title] = texts(k).Body
	}
	if len(got) != 2 || got["Two"] != long || got[`One: "a"`] != long+"{ {< figure >} } { % raw % }\n" {
		t.Errorf("texts %q", got)
	}
	if texts(0) != texts(2) {
		t.Error("texts are not repeated")
	}
	if _, err := Read(t.TempDir()); err == nil {
		t.Error("no error for a folder without texts")
	}
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	size, err := Write(dir, 30, Synthetic())
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "part-*", "*.md"))
	if err != nil || len(files) != 30 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	var sum int64
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		sum += info.Size()
	}
	if sum != size {
		t.Errorf("%d bytes written, said to be %d", sum, size)
	}
}
