package outdir

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// resumed builds files by checksums from a state, and reports whether it was trusted.
func (f tree) resumed(t testing.TB, dir string, last *State, unkept ...string) (next *State, trusted bool) {
	t.Helper()
	d := mustBeginFrom(t, dir, last)
	if got := f.mustKeep(t, d); !slices.Equal(got, unkept) {
		t.Errorf("not kept: %q, want %q", got, unkept)
	}
	if _, err := d.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	return d.State(), d.trusted
}

func TestResume(t *testing.T) {
	dir := t.TempDir()
	files := tree{"a": "1", "b/c": "2", "b/d": "3", "x/y": "4"}
	last, trusted := files.resumed(t, dir, nil, "a", "b/c", "b/d", "x/y")
	if trusted || last == nil {
		t.Fatal("nothing could be trusted")
	}
	step := func(unkept ...string) {
		t.Helper()
		last, trusted = files.resumed(t, dir, last, unkept...)
		if !trusted {
			t.Error("the state is not trusted")
		}
		wantTree(t, dir, files)
		wantState(t, dir, manifestName)
		// What is on the disk is what the process has.
		if lines := manifestLines(t, dir); !slices.Equal(slices.Sorted(maps.Keys(lines)), slices.Sorted(maps.Keys(files))) {
			t.Errorf("manifest of %q", lines)
		}
	}
	before := manifestLines(t, dir)
	step()
	step()
	if !maps.Equal(manifestLines(t, dir), before) {
		t.Error("a build that changes nothing writes a manifest")
	}
	files["b/c"] = "changed"
	step("b/c")
	files["b/new"], files["b/0"] = "5", "6"
	step("b/0", "b/new")
	delete(files, "b/d")
	step()
	files["b/d"] = "3"
	step("b/d")
	files["x/sub/a"] = "7"
	delete(files, "x/y")
	step("x/sub/a")
	files.keepBuild(t, dir)
	wantTree(t, dir, files)
}

// TestNewTopsAreTrusted adds and removes names in the output directory itself.
func TestNewTopsAreTrusted(t *testing.T) {
	dir := t.TempDir()
	files := tree{"a": "1"}
	last, _ := files.resumed(t, dir, nil, "a")
	files["b"], files["c/d"] = "2", "3"
	last, _ = files.resumed(t, dir, last, "b", "c/d")
	delete(files, "a")
	last, trusted := files.resumed(t, dir, last)
	if !trusted {
		t.Error("a build distrusts what the last one has added")
	}
	if _, trusted = files.resumed(t, dir, last); !trusted {
		t.Error("a build distrusts what the last one has removed")
	}
	wantTree(t, dir, files)
}

// TestResumeSkipsFiles shows what trust means, as is documented.
func TestResumeSkipsFiles(t *testing.T) {
	dir := t.TempDir()
	files := tree{"a/b": "1"}
	last, _ := files.resumed(t, dir, nil, "a/b")
	if err := os.WriteFile(filepath.Join(dir, "a", "b"), []byte("changed"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, trusted := files.resumed(t, dir, last); !trusted {
		t.Error("not trusted")
	}
	files.keepBuild(t, dir, "a/b")
	wantTree(t, dir, files)
}

// TestStateOfFormerBuild lists what may happen between two builds of a process.
func TestStateOfFormerBuild(t *testing.T) {
	files := tree{"a": "1", "b/c": "2", "d": "3"}
	tests := map[string]struct {
		between func(t *testing.T, dir string, last *State) error
		unkept  []string
	}{
		"another build": {func(t *testing.T, dir string, _ *State) error {
			other := tree{"a": "other", "b/c": "2", "d": "3"}
			other.keepBuild(t, dir, "a")
			return nil
		}, []string{"a"}},
		"another build and back": {func(t *testing.T, dir string, _ *State) error {
			tree{"a": "1", "b/c": "other", "d": "3"}.keepBuild(t, dir, "b/c")
			files.keepBuild(t, dir, "b/c")
			return nil
		}, nil},
		"a build without checksums": {func(t *testing.T, dir string, _ *State) error {
			tree{"a": "1", "b/c": "other", "d": "3"}.build(t, dir)
			return nil
		}, []string{"b/c"}},
		"an aborted build": {func(t *testing.T, dir string, _ *State) error {
			d := mustBegin(t, dir)
			tree{"b/c": "other"}.mustKeep(t, d)
			return d.Abort()
		}, []string{"b/c"}},
		"a killed build": {func(t *testing.T, dir string, _ *State) error {
			tree{stateDir + "/" + journalName: journalHeader + string(appendRecord(nil, "b/c"))}.put(t, dir)
			return os.WriteFile(filepath.Join(dir, "b", "c"), []byte("x"), 0o644)
		}, []string{"b/c"}},
		"a killed build that has done nothing": {func(t *testing.T, dir string, _ *State) error {
			tree{stateDir + "/" + journalName: ""}.put(t, dir)
			return nil
		}, nil},
		"half a commit that only removes": {func(t *testing.T, dir string, _ *State) error {
			d := mustBegin(t, dir)
			tree{"a": "1"}.mustKeep(t, d)
			removed, err := d.Commit(&ending{Context: t.Context(), after: 2})
			if !slices.Equal(removed, []string{"b/c"}) || !errors.Is(err, context.Canceled) {
				t.Errorf("removed %q, %v", removed, err)
			}
			return nil
		}, []string{"b/c"}},
		"the state has served a build": {func(t *testing.T, dir string, last *State) error {
			files.resumed(t, dir, last)
			return os.Remove(filepath.Join(dir, "b", "c"))
		}, []string{"b/c"}},
		"no directory": {func(t *testing.T, dir string, _ *State) error {
			return os.RemoveAll(dir)
		}, []string{"a", "b/c", "d"}},
		"no files, but the state folder": {func(t *testing.T, dir string, _ *State) error {
			for _, name := range []string{"a", "b", "d"} {
				if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
					return err
				}
			}
			return nil
		}, []string{"a", "b/c", "d"}},
		"another directory": {func(t *testing.T, dir string, _ *State) error {
			tmp := dir + "~"
			if err := os.Rename(dir, tmp); err != nil {
				return err
			}
			if err := os.CopyFS(dir, os.DirFS(tmp)); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(dir, "b", "c"), []byte("x"), 0o644)
		}, []string{"b/c"}},
		"no manifest": {func(t *testing.T, dir string, _ *State) error {
			return os.Remove(filepath.Join(dir, stateDir, manifestName))
		}, nil},
		"a damaged manifest": {func(t *testing.T, dir string, _ *State) error {
			tree{stateDir + "/" + manifestName: "x"}.put(t, dir)
			return os.WriteFile(filepath.Join(dir, "b", "c"), []byte("x"), 0o644)
		}, []string{"b/c"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "out")
			last, _ := files.resumed(t, dir, nil, "a", "b/c", "d")
			if err := tt.between(t, dir, last); err != nil {
				t.Fatal(err)
			}
			next, trusted := files.resumed(t, dir, last, tt.unkept...)
			if trusted {
				t.Error("the state is trusted")
			}
			wantTree(t, dir, files)
			wantState(t, dir, manifestName)
			if _, trusted = files.resumed(t, dir, next); !trusted {
				t.Error("the next state is not trusted")
			}
		})
	}
}

// ending is a context that ends after a number of looks at it.
type ending struct {
	context.Context
	after int
}

func (c *ending) Err() error {
	if c.after--; c.after < 0 {
		return context.Canceled
	}
	return nil
}

// TestNoState lists the builds that have no state to hand on.
func TestNoState(t *testing.T) {
	dir := t.TempDir()
	d := mustBegin(t, dir)
	tree{"a": "1"}.mustWrite(t, d)
	if s := mustCommit(t, d); s != nil {
		t.Error("a state without checksums")
	}
	d = mustBegin(t, dir)
	tree{"a": "1"}.mustKeep(t, d)
	if d.State() != nil {
		t.Error("a state before the end")
	}
	if err := d.Abort(); err != nil || d.State() != nil {
		t.Error("a state of an aborted build", err)
	}
	d = mustBegin(t, dir)
	d.fail(os.ErrInvalid)
	if _, err := d.Commit(t.Context()); err == nil || d.State() != nil {
		t.Error("a state of a failed build", err)
	}
}

// TestStateAfterHalfCommit ends a build that cannot remove a file.
func TestStateAfterHalfCommit(t *testing.T) {
	dir := t.TempDir()
	files := tree{"a": "1", "b/c": "2"}
	last, _ := files.resumed(t, dir, nil, "a", "b/c")
	d := mustBeginFrom(t, dir, last)
	tree{"a": "3"}.mustKeep(t, d)
	ctx := t.Context()
	d.journal.f.Close() // so that it cannot be removed
	if _, err := d.Commit(ctx); err == nil || d.State() != nil {
		t.Error("a state of half a commit", err)
	}
	tree{"a": "3"}.keepBuild(t, dir)
	wantTree(t, dir, tree{"a": "3"})
}

// TestReplacedFilesAreJournaled shows that what a checksum was of is in the journal before it goes.
func TestReplacedFilesAreJournaled(t *testing.T) {
	dir := t.TempDir()
	tree{"a": "1", "b/c": "2", "d": "3"}.keepBuild(t, dir, "a", "b/c", "d")
	if err := os.RemoveAll(filepath.Join(dir, "b")); err != nil {
		t.Fatal(err)
	}
	d := mustBegin(t, dir)
	tree{"a": "x", "b/c": "y", "d": "3"}.mustKeep(t, d)
	data, err := os.ReadFile(filepath.Join(dir, stateDir, journalName))
	want := string(appendRecord(appendRecord([]byte(journalHeader), "a"), "b/c"))
	if string(data) != want || err != nil {
		t.Errorf("journal %q, %v, want %q", data, err, want)
	}
	if err := d.Abort(); err != nil {
		t.Error(err)
	}
	mustBegin(t, dir).Abort()
	wantState(t, dir, manifestName)
	for name, line := range manifestLines(t, dir) {
		if has := !strings.HasPrefix(line, noRecord); has != (name == "d") {
			t.Errorf("%s after the abort: %q", name, line)
		}
	}
	tree{"a": "1", "b/c": "2", "d": "3"}.keepBuild(t, dir, "a", "b/c")
}

// TestDamagedJournal shows that no checksum is trusted if it is not known which files were replaced.
func TestDamagedJournal(t *testing.T) {
	for _, journal := range []string{"garbage\n", journalHeader + "garbage\n", journalHeader + string(appendRecord(nil, "a")) + "garbage\n"} {
		dir := t.TempDir()
		tree{"a": "there", "b": "x"}.build(t, dir)
		forge(t, dir, "a", "told!")
		tree{stateDir + "/" + journalName: journal}.put(t, dir)
		d := mustBegin(t, dir)
		if kept, err := d.Keep(t.Context(), "a", sumOf("told!")); kept || err != nil {
			t.Errorf("%q: kept %v, %v", journal, kept, err)
		}
		if w := d.Warnings(); len(w) != 1 || !strings.Contains(w[0], ".jam/journal: damaged") {
			t.Errorf("%q: warnings %q", journal, w)
		}
		if err := d.Abort(); err != nil {
			t.Error(err)
		}
		wantState(t, dir, manifestName)
		tree{"a": "told!"}.keepBuild(t, dir, "a") // nor by a later build
	}
}

// TestKilledWhileReplacing has a journal, and files that are as the manifest says.
func TestKilledWhileReplacing(t *testing.T) {
	dir := t.TempDir()
	tree{"a": "there"}.build(t, dir)
	forge(t, dir, "a", "told!")
	tree{stateDir + "/" + journalName: journalHeader + string(appendRecord(nil, "a"))}.put(t, dir)
	tree{"a": "told!"}.keepBuild(t, dir, "a")
	wantTree(t, dir, tree{"a": "told!"})
}

// TestJournalOfManyNames has a journal of names in the order in which they were written.
func TestJournalOfManyNames(t *testing.T) {
	dir := t.TempDir()
	files := tree{"b": "1", "d": "1"}
	files.keepBuild(t, dir, "b", "d")
	journal := []byte(journalHeader)
	for _, name := range []string{"e", "a", "d", "c", "e", "b/x"} {
		journal = appendRecord(journal, name)
	}
	tree{stateDir + "/" + journalName: string(journal), "a": "2", "c": "2", "e": "2"}.put(t, dir)
	mustBegin(t, dir).Abort()
	lines := manifestLines(t, dir)
	if got := slices.Sorted(maps.Keys(lines)); !slices.Equal(got, []string{"a", "b", "b/x", "c", "d", "e"}) {
		t.Errorf("manifest of %q", got)
	}
	d := mustBegin(t, dir)
	files.mustKeep(t, d)
	mustCommit(t, d, "a", "c", "e")
	wantTree(t, dir, files)
}
