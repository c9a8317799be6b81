package outdir

import (
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// tree is a directory's files by name. A name with a final slash is an empty
// directory, and a content "-> x" a link.
type tree map[string]string

func readTree(t testing.TB, dir string) tree {
	t.Helper()
	got := tree{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		name := filepath.ToSlash(rel)
		switch {
		case e.IsDir() && e.Name() == stateDir:
			return fs.SkipDir
		case e.IsDir():
			if entries, err := os.ReadDir(path); err == nil && len(entries) == 0 && name != "." {
				got[name+"/"] = ""
			}
			return nil
		case e.Type()&fs.ModeSymlink != 0:
			to, err := os.Readlink(path)
			got[name] = "-> " + to
			return err
		}
		data, err := os.ReadFile(path)
		got[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// put writes files that are not a build's.
func (f tree) put(t testing.TB, dir string) {
	t.Helper()
	for name, data := range f {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		if to, ok := strings.CutPrefix(data, "-> "); ok {
			err = os.Symlink(to, path)
		} else if strings.HasSuffix(name, "/") {
			err = os.MkdirAll(path, 0o755)
		} else {
			err = os.WriteFile(path, []byte(data), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func wantTree(t testing.TB, dir string, want tree) {
	t.Helper()
	got := readTree(t, dir)
	if maps.Equal(got, want) {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if w, ok := want[name]; !ok {
			t.Errorf("%s is there", name)
		} else if w != got[name] {
			t.Errorf("%s = %.80q, want %.80q", name, got[name], w)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if _, ok := got[name]; !ok {
			t.Errorf("%s is missing", name)
		}
	}
}

// wantState checks which files the state folder holds.
func wantState(t testing.TB, dir string, want ...string) {
	t.Helper()
	var got []string
	entries, err := os.ReadDir(filepath.Join(dir, stateDir))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if !slices.Equal(got, want) {
		t.Errorf("state holds %q, want %q", got, want)
	}
}

// begun is called with each build that has begun, if it is set.
var begun func(*Dir)

func mustBegin(t testing.TB, dir string) *Dir {
	t.Helper()
	d, err := Begin(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Abort() })
	if begun != nil {
		begun(d)
	}
	return d
}

func (f tree) mustWrite(t testing.TB, d *Dir) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if _, err := d.Write(t.Context(), name, []byte(f[name])); err != nil {
			t.Fatal(err)
		}
	}
}

// build writes files as a build that succeeds, and returns what it removed.
func (f tree) build(t testing.TB, dir string) []string {
	t.Helper()
	d := mustBegin(t, dir)
	f.mustWrite(t, d)
	removed, err := d.Commit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return removed
}

func wantError(t testing.TB, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Errorf("no error, want one with %q", parts)
		return
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error %q lacks %q", err, part)
		}
	}
}

func from(r io.Reader) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(r), nil }
}
