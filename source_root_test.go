package jam

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// TestRootTells compares what listing the folder of an os.Root tells of a file with what the operating system says when it is asked
// for that.
func TestRootTells(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("folders of Windows are not asked")
	}
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "content", "a"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"content/a/b.md", "content/c.md"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	sub, err := fs.Sub(root.FS(), "content")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		fsys fs.FS
		told bool
	}{
		{root.FS(), true},
		{folder{sub, root.FS(), "content"}, true},
		{os.DirFS(dir), false},
		{folder{sub, os.DirFS(dir), "content"}, false},
	} {
		src := &fsSource{fsys: c.fsys}
		if got := src.tellsOfFiles(); got != c.told {
			t.Errorf("%T: %v, want %v", c.fsys, got, c.told)
		}
		for doc, err := range src.Documents(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if doc.stamp != 0 {
				t.Errorf("%s: what has just been written has the stamp %d", doc.Path, doc.stamp)
			}
		}
	}
	later := time.Now().Add(time.Hour)
	entries, err := fs.ReadDir(root.FS(), "content")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		listed, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		asked, err := os.Stat(filepath.Join(dir, "content", e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := stampOf(listed, later), stampOf(asked, later); got != want {
			t.Errorf("%s: %d, want %d", e.Name(), got, want)
		}
	}
}

// TestRootIsKnown edits a file of an os.Root so that neither its size nor its time of modification tells.
func TestRootIsKnown(t *testing.T) {
	if testing.Short() {
		t.Skip("waits until times of files count")
	}
	t.Parallel()
	dir := t.TempDir()
	name := filepath.Join(dir, "content", "a.md")
	write := func(text string) {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		old := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
		if err := os.Chtimes(name, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	cache := CacheDir(t.TempDir())
	build := func(want string) (rendered int) {
		t.Helper()
		site, err := Load(t.Context(), root.FS(), &Config{Cache: cache})
		if err != nil {
			t.Fatal(err)
		}
		if p, err := site.Page("/a"); err != nil || p.Title() != want {
			t.Errorf("%v, %v, want the title %q", p, err, want)
		}
		report, err := site.Build(t.Context(), Dir(filepath.Join(dir, "public")))
		if err != nil {
			t.Fatal(err)
		}
		return len(report.Rendered)
	}
	write("---\ntitle: one\n---\n")
	time.Sleep(racy + 100*time.Millisecond)
	build("one")
	if n := build("one"); n != 0 {
		t.Errorf("%d files are rendered where nothing has changed", n)
	}
	write("---\ntitle: two\n---\n")
	time.Sleep(racy + 100*time.Millisecond)
	if n := build("two"); n == 0 {
		t.Error("nothing is rendered after a change")
	}
}
