package outdir

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

func sumOf(data string) [sha256.Size]byte { return sha256.Sum256([]byte(data)) }

func mustBeginFrom(t testing.TB, dir string, last *State) *Dir {
	t.Helper()
	d, err := BeginFrom(t.Context(), dir, last)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Abort() })
	if begun != nil {
		begun(d)
	}
	return d
}

func mustCommit(t testing.TB, d *Dir, removed ...string) *State {
	t.Helper()
	if got, err := d.Commit(t.Context()); !slices.Equal(got, removed) || err != nil {
		t.Fatalf("removed %q, %v, want %q", got, err, removed)
	}
	if w := d.Warnings(); len(w) > 0 {
		t.Errorf("warnings %q", w)
	}
	return d.State()
}

// mustKeep keeps those files that are there, writes the others, and returns their names.
func (f tree) mustKeep(t testing.TB, d *Dir) (unkept []string) {
	t.Helper()
	for i, name := range slices.Sorted(maps.Keys(f)) {
		sum := sumOf(f[name])
		kept, err := d.Keep(t.Context(), name, sum)
		if err != nil {
			t.Fatal(err)
		}
		if kept {
			continue
		}
		unkept = append(unkept, name)
		file := File{Name: name, Data: []byte(f[name]), Sum: &sum}
		if i%2 == 1 {
			file.Open = from(strings.NewReader(f[name]))
		}
		if _, err := d.WriteFile(t.Context(), file); err != nil {
			t.Fatal(err)
		}
	}
	return unkept
}

// keepBuild is a build by checksums of another process, that is expected not to keep some files.
func (f tree) keepBuild(t testing.TB, dir string, unkept ...string) {
	t.Helper()
	d := mustBegin(t, dir)
	if got := f.mustKeep(t, d); !slices.Equal(got, unkept) {
		t.Errorf("not kept: %q, want %q", got, unkept)
	}
	if _, err := d.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// manifestLines returns the lines of the manifest by name.
func manifestLines(t testing.TB, dir string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, stateDir, manifestName))
	if err != nil {
		t.Fatal(err)
	}
	m, err := decodeAnyManifest(data)
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string]string{}
	for _, e := range m.entries {
		lines[e.name] = e.line
	}
	return lines
}

// age sets the times of files back, so that they are not of just now.
func age(t testing.TB, dir string, f tree) {
	t.Helper()
	past := time.Now().Add(-time.Hour).Add(123456789)
	for name := range f {
		if err := os.Chtimes(filepath.Join(dir, name), past, past); err != nil {
			t.Fatal(err)
		}
	}
}

// forge makes the manifest say of a file that is there that it has another checksum, so that
// only reading the file finds out.
func forge(t testing.TB, dir, name, data string) {
	t.Helper()
	info, err := os.Lstat(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	e := &entry{name: name}
	e.record(shorten(sumOf(data)), stampOf(info))
	_, text := newListing([]*entry{e}, info.ModTime().Add(time.Hour))
	tree{stateDir + "/" + manifestName: string(text)}.put(t, dir)
}

func TestKeep(t *testing.T) {
	dir := t.TempDir()
	files := tree{"index.html": "home", "a/b": "ab", "a/c/d": "acd", "empty": ""}
	files.keepBuild(t, dir, "a/b", "a/c/d", "empty", "index.html")
	wantTree(t, dir, files)
	wantState(t, dir, manifestName)
	for range 2 {
		files.keepBuild(t, dir)
		wantTree(t, dir, files)
		wantState(t, dir, manifestName)
	}
	delete(files, "empty")
	files["index.html"], files["a/new"] = "HOME", "new"
	files.keepBuild(t, dir, "a/new", "index.html")
	wantTree(t, dir, files)
	files.keepBuild(t, dir)

	d := mustBegin(t, dir)
	tree{"index.html": "home"}.mustKeep(t, d)
	mustCommit(t, d, "a/b", "a/c/d", "a/new")
	wantTree(t, dir, tree{"index.html": "home"})
}

// TestKeepTrusts shows that a file is not read if it is as the manifest says.
func TestKeepTrusts(t *testing.T) {
	dir := t.TempDir()
	files := tree{"a/b": "what is there"}
	files.build(t, dir)
	forge(t, dir, "a/b", "what is told")
	tree{"a/b": "what is told"}.keepBuild(t, dir)
	wantTree(t, dir, files)
	// With another size it cannot have the content.
	e := &entry{name: "a/b"}
	info, err := os.Lstat(filepath.Join(dir, "a/b"))
	if err != nil {
		t.Fatal(err)
	}
	at := stampOf(info)
	at.size++
	e.record(shorten(sumOf("what is there")), at)
	_, text := newListing([]*entry{e}, info.ModTime().Add(time.Hour))
	tree{stateDir + "/" + manifestName: string(text)}.put(t, dir)
	d := mustBegin(t, dir)
	if kept, err := d.Keep(t.Context(), "a/b", sumOf("what is there")); kept || err != nil {
		t.Error("kept with another size", err)
	}
}

// TestKeepReads shows when a file is read.
func TestKeepReads(t *testing.T) {
	const there, told = "what is there", "what is told!"
	tests := map[string]func(t *testing.T, path string) error{
		"touched": func(t *testing.T, path string) error { return os.Chtimes(path, time.Time{}, time.Unix(1e9, 7)) },
		"replaced by a file of that time": func(t *testing.T, path string) error {
			info, err := os.Stat(path)
			if err != nil {
				return err
			}
			if err := os.WriteFile(path+"~", []byte(there), 0o644); err != nil {
				return err
			}
			if err := os.Chtimes(path+"~", time.Time{}, info.ModTime()); err != nil {
				return err
			}
			return os.Rename(path+"~", path)
		},
		"changed with its time set back": func(t *testing.T, path string) error {
			info, err := os.Stat(path)
			if err != nil {
				return err
			}
			if err := os.WriteFile(path, []byte(there), 0o644); err != nil {
				return err
			}
			return os.Chtimes(path, time.Time{}, info.ModTime())
		},
		"moved away and back": func(t *testing.T, path string) error {
			return errors.Join(os.Rename(path, path+"~"), os.Rename(path+"~", path))
		},
	}
	for name, tamper := range tests {
		t.Run(name, func(t *testing.T) {
			if (name != "touched") && runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
				t.Skip("the system tells size and time only")
			}
			dir := t.TempDir()
			tree{"a/b": there}.build(t, dir)
			forge(t, dir, "a/b", told)
			time.Sleep(20 * time.Millisecond) // the clocks of file systems tick
			if err := tamper(t, filepath.Join(dir, "a", "b")); err != nil {
				t.Fatal(err)
			}
			tree{"a/b": told}.keepBuild(t, dir, "a/b")
			wantTree(t, dir, tree{"a/b": told})
		})
	}
}

// TestKeepNotes shows that a file is read once: then the manifest has what is true now.
func TestKeepNotes(t *testing.T) {
	dir := t.TempDir()
	files := tree{"a/b": "text", "c": "more"}
	files.keepBuild(t, dir, "a/b", "c")
	for name, line := range manifestLines(t, dir) {
		if !strings.HasSuffix(line, " 4 "+noTimes+name) {
			t.Errorf("%s has been written just now: %q", name, line)
		}
	}
	age(t, dir, files)
	time.Sleep(120 * time.Millisecond) // for the other time, which nobody can set
	files.keepBuild(t, dir)
	lines := manifestLines(t, dir)
	for name, line := range lines {
		if strings.Contains(line, noTimes) {
			t.Errorf("%s has been compared: %q", name, line)
		}
	}
	files.keepBuild(t, dir)
	if again := manifestLines(t, dir); !maps.Equal(again, lines) {
		t.Errorf("lines %q, before %q", again, lines)
	}
	// Writes that find the content there note it as well.
	age(t, dir, files)
	time.Sleep(120 * time.Millisecond)
	d := mustBegin(t, dir)
	for name, data := range files {
		sum := sumOf(data)
		if s, err := d.WriteFile(t.Context(), File{Name: name, Data: []byte(data), Sum: &sum}); s != Kept || err != nil {
			t.Error(s, err)
		}
	}
	mustCommit(t, d)
	for name, line := range manifestLines(t, dir) {
		if line == lines[name] || strings.Contains(line, noTimes) {
			t.Errorf("%s has been touched and compared: %q", name, line)
		}
	}
}

// TestNotKept lists what makes that a file is written.
func TestNotKept(t *testing.T) {
	const data = "some text"
	outside := t.TempDir()
	tree{"b": data}.put(t, outside)
	tests := map[string]struct {
		tamper func(dir string) error
		kept   bool
		err    string // of the write
	}{
		"untouched": {func(string) error { return nil }, true, ""},
		"absent":    {func(dir string) error { return os.Remove(dir + "/a/b") }, false, ""},
		"no directory": {func(dir string) error {
			return errors.Join(os.Remove(dir+"/a/b"), os.Remove(dir+"/a"))
		}, false, ""},
		"changed":   {func(dir string) error { return os.WriteFile(dir+"/a/b", []byte("more text"), 0o644) }, false, ""},
		"truncated": {func(dir string) error { return os.Truncate(dir+"/a/b", 3) }, false, ""},
		"longer":    {func(dir string) error { return os.WriteFile(dir+"/a/b", []byte(data+"x"), 0o644) }, false, ""},
		"mode":      {func(dir string) error { return os.Chmod(dir+"/a/b", 0o444) }, true, ""},
		"a directory": {func(dir string) error {
			return errors.Join(os.Remove(dir+"/a/b"), os.MkdirAll(dir+"/a/b", 0o755))
		}, false, "a directory is in its place"},
		"a link to the same": {func(dir string) error {
			return errors.Join(os.Rename(dir+"/a/b", dir+"/mine"), os.Symlink("../mine", dir+"/a/b"))
		}, false, ""},
		"a link to the outside": {func(dir string) error {
			return errors.Join(os.Remove(dir+"/a/b"), os.Symlink(outside+"/b", dir+"/a/b"))
		}, false, ""},
		"below a link": {func(dir string) error {
			return errors.Join(os.Rename(dir+"/a", dir+"/mine"), os.Symlink("mine", dir+"/a"))
		}, false, "a is a symbolic link"},
		"below a link to the outside": {func(dir string) error {
			return errors.Join(os.Remove(dir+"/a/b"), os.Remove(dir+"/a"), os.Symlink(outside, dir+"/a"))
		}, false, "a is a symbolic link"},
		"below a file": {func(dir string) error {
			return errors.Join(os.Rename(dir+"/a", dir+"/mine"), os.WriteFile(dir+"/a", nil, 0o644))
		}, false, "a is not a directory"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			tree{"a/b": data}.build(t, dir)
			forge(t, dir, "a/b", data)
			if err := tt.tamper(dir); errors.Is(err, errors.ErrUnsupported) {
				t.Skip(err)
			} else if err != nil {
				t.Fatal(err)
			}
			before := readTree(t, dir)
			d := mustBegin(t, dir)
			kept, err := d.Keep(t.Context(), "a/b", sumOf(data))
			if kept != tt.kept || err != nil {
				t.Errorf("kept %v, %v", kept, err)
			}
			wantTree(t, dir, before)
			if !kept {
				if _, err := d.Write(t.Context(), "a/b", []byte(data)); tt.err != "" {
					wantError(t, err, tt.err)
					return
				} else if err != nil {
					t.Fatal(err)
				}
			}
			if _, err := d.Commit(t.Context()); err != nil {
				t.Error(err)
			}
			if info, err := os.Lstat(filepath.Join(dir, "a", "b")); err != nil || !info.Mode().IsRegular() {
				t.Error("no file in its place", err)
			}
			if got := readTree(t, dir)["a/b"]; got != data {
				t.Errorf("content %q", got)
			}
			if got, err := os.ReadFile(outside + "/b"); string(got) != data {
				t.Errorf("the file outside is %q, %v", got, err)
			}
		})
	}
}

func TestKeepErrors(t *testing.T) {
	dir := t.TempDir()
	tree{"a": "1", "b/c": "2"}.keepBuild(t, dir, "a", "b/c")
	for name, text := range map[string]string{
		"../a": "not a valid file name", "": "not a valid file name", ".jam/manifest": "holds the state", "a\nb": "not a valid file name",
	} {
		d := mustBegin(t, dir)
		kept, err := d.Keep(t.Context(), name, sumOf("1"))
		wantError(t, err, "keep "+name+": ", text)
		if e := new(fs.PathError); kept || !errors.As(err, &e) || e.Path != name {
			t.Errorf("%q: kept %v, %#v", name, kept, err)
		}
		_, err = d.Commit(t.Context())
		wantError(t, err, "a build that failed", text)
	}
	for _, second := range []func(d *Dir) error{
		func(d *Dir) error { _, err := d.Keep(t.Context(), "a", sumOf("1")); return err },
		func(d *Dir) error { _, err := d.Write(t.Context(), "a", nil); return err },
	} {
		d := mustBegin(t, dir)
		if kept, err := d.Keep(t.Context(), "a", sumOf("1")); !kept || err != nil {
			t.Error(kept, err)
		}
		wantError(t, second(d), "a: written twice in one build")
		d.Abort()
		_, err := d.Keep(t.Context(), "b/c", sumOf("2"))
		if !errors.Is(err, fs.ErrClosed) {
			t.Errorf("after the end: %v", err)
		}
	}
	wantTree(t, dir, tree{"a": "1", "b/c": "2"})
}

// TestKeepAndWriteConflict has a file and a directory of one name in one build.
func TestKeepAndWriteConflict(t *testing.T) {
	dir := t.TempDir()
	tree{"a": "1"}.keepBuild(t, dir, "a")
	d := mustBegin(t, dir)
	if kept, err := d.Keep(t.Context(), "a", sumOf("1")); !kept || err != nil {
		t.Error(kept, err)
	}
	_, err := d.Write(t.Context(), "a/b", nil)
	wantError(t, err, "a/b: a is a file of the same build")
	d.Abort()

	d = mustBegin(t, dir)
	tree{"a/b": "2"}.mustWrite(t, d)
	if kept, err := d.Keep(t.Context(), "a", sumOf("1")); kept || err != nil {
		t.Error(kept, err)
	}
	_, err = d.Write(t.Context(), "a", []byte("1"))
	wantError(t, err, "a: it is a directory of the same build")
	d.Abort()
	wantTree(t, dir, tree{"a": "1"})
}

// TestKeepOfUnknown keeps files that no manifest tells of, by their content.
func TestKeepOfUnknown(t *testing.T) {
	dir := t.TempDir()
	files := tree{"a": "1", "b/c": "2"}
	files.put(t, dir)
	files.keepBuild(t, dir)
	tree{"a": "1"}.keepBuild(t, dir)
	wantTree(t, dir, tree{"a": "1"}) // b/c was the build's

	files.build(t, dir) // with a manifest of version 1
	files.keepBuild(t, dir)
	tree{stateDir + "/" + manifestName: "damaged"}.put(t, dir)
	d := mustBegin(t, dir)
	if unkept := files.mustKeep(t, d); len(unkept) > 0 {
		t.Errorf("not kept: %q", unkept)
	}
	if w := d.Warnings(); len(w) != 1 || !strings.Contains(w[0], "damaged") {
		t.Errorf("warnings %q", w)
	}
}

// TestStreamsAreSummed gives a stream another checksum than its content has.
func TestStreamsAreSummed(t *testing.T) {
	dir := t.TempDir()
	tree{"same": "content", "other": "before", "longer": strings.Repeat("x", 3*bufferSize)}.build(t, dir)
	told := sumOf("told")
	contents := tree{"new": "content", "same": "content", "other": "behind", "longer": strings.Repeat("x", 2*bufferSize) + "y", "d/new": ""}
	d := mustBegin(t, dir)
	for name, data := range contents {
		sum := told
		if _, err := d.WriteFile(t.Context(), File{Name: name, Open: from(strings.NewReader(data)), Sum: &sum}); err != nil {
			t.Error(err)
		}
		if sum != sumOf(data) {
			t.Errorf("%s: checksum %x", name, sum)
		}
	}
	if _, err := d.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantTree(t, dir, contents)
	d = mustBegin(t, dir)
	for name, data := range contents {
		if kept, err := d.Keep(t.Context(), name, told); kept || err != nil {
			t.Errorf("%s: kept %v, %v", name, kept, err)
		}
		if e := d.files.entry(name); !e.hasSum || e.sum != shorten(sumOf(data)) {
			t.Errorf("%s: checksum %x", name, e.sum)
		}
	}
	d.Abort()
	contents.keepBuild(t, dir)
}

// TestWritesWithoutSums shows that what a build writes without a checksum has none from then on.
func TestWritesWithoutSums(t *testing.T) {
	dir := t.TempDir()
	tree{"a": "1", "b": "2"}.keepBuild(t, dir, "a", "b")
	d := mustBegin(t, dir)
	tree{"a": "3", "b": "2"}.mustWrite(t, d)
	mustCommit(t, d)
	data, err := os.ReadFile(filepath.Join(dir, stateDir, manifestName))
	if want := string(encodeManifest([]string{"a", "b"})); string(data) != want || err != nil {
		t.Errorf("manifest %q, %v, want %q", data, err, want)
	}
	tree{"a": "1", "b": "2"}.keepBuild(t, dir, "a")
	wantTree(t, dir, tree{"a": "1", "b": "2"})
}
