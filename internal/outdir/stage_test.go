package outdir

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

func TestNewDirectoriesComeAtTheEnd(t *testing.T) {
	before, after := tree{"old/a": "1"}, tree{"old/a": "2", "old/b": "2", "new/a": "2", "new/x/y/z": "2", "old/new/a": "2"}
	ends := map[string]func(d *Dir) error{
		"Abort":  (*Dir).Abort,
		"Commit": func(d *Dir) error { _, err := d.Commit(t.Context()); return err },
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			before.build(t, dir)
			d := mustBegin(t, dir)
			after.mustWrite(t, d)
			wantTree(t, dir, tree{"old/a": "2", "old/b": "2"})
			if err := end(d); err != nil {
				t.Error(err)
			}
			wantTree(t, dir, after)
			tree{}.build(t, dir)
			wantTree(t, dir, tree{})
			wantState(t, dir, manifestName)
		})
	}
}

// TestHalfStaged has sources that break: what they left must not be moved to its place.
func TestHalfStaged(t *testing.T) {
	half := strings.Repeat("half ", bufferSize)
	sources := map[string]io.Reader{
		"error": io.MultiReader(strings.NewReader(half), iotest.ErrReader(errors.New("broken"))),
		"panic": io.MultiReader(strings.NewReader(half), readerFunc(func([]byte) (int, error) { panic("broken") })),
	}
	for name, source := range sources {
		for _, file := range []string{"a/f", "b/f", "b/c/f"} {
			t.Run(name+" "+file, func(t *testing.T) {
				dir := t.TempDir()
				d := mustBegin(t, dir)
				tree{"b/whole": "1"}.mustWrite(t, d)
				func() {
					defer func() { recover() }()
					if _, err := d.WriteFrom(t.Context(), file, from(source)); err == nil {
						t.Error("no error")
					}
				}()
				_, err := d.Commit(t.Context())
				wantError(t, err, "commit of a build that failed: write "+file+": ")
				wantTree(t, dir, tree{"b/whole": "1"})
				wantState(t, dir, journalName)
				// Nor is a file of that name the build's.
				tree{file: "mine"}.put(t, dir)
				tree{}.build(t, dir)
				wantTree(t, dir, tree{file: "mine"})
			})
		}
	}
}

// TestForeignWhileStaged has somebody take the places of new directories and their files
// while the build is under way.
func TestForeignWhileStaged(t *testing.T) {
	built := tree{"a/x": "1", "a/b/c": "1", "d/e": "1"}
	tests := []struct {
		name    string
		foreign tree
		text    string // of the error
	}{
		{"directory", tree{"a/mine": "mine"}, ""},
		{"directories", tree{"a/b/mine": "mine", "d/mine/": ""}, ""},
		{"file of the same name", tree{"a/x": "mine"}, ""},
		{"file for a directory", tree{"a": "mine"}, "write a: a is not a directory, and no earlier build wrote it"},
		{"file for a directory in it", tree{"a/b": "mine"}, "write a/b: a/b is not a directory"},
		{"directory for a file", tree{"a/x/mine": "mine"}, "write a/x: file exists"},
		{"link for a directory", tree{"a": "-> ."}, "write a: a is a symbolic link"},
		{"link for a file", tree{"a/x": "-> ../gone"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if strings.Contains(tt.name, "link") {
				needSymlinks(t)
			}
			dir := t.TempDir()
			tree{"gone": "1"}.build(t, dir)
			d := mustBegin(t, dir)
			built.mustWrite(t, d)
			tt.foreign.put(t, dir)
			removed, err := d.Commit(t.Context())
			if tt.text != "" {
				wantError(t, err, tt.text)
				if len(removed) > 0 {
					t.Errorf("removed %q", removed)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			want := maps.Clone(tt.foreign)
			maps.Copy(want, built)
			wantTree(t, dir, want)
			wantState(t, dir, manifestName)
		})
	}
}

// TestOtherSpellingInStage has a file with the name there already, as if for another spelling
// that a file system takes for the same.
func TestOtherSpellingInStage(t *testing.T) {
	dir := t.TempDir()
	d := mustBegin(t, dir)
	tree{"a/x": "1"}.mustWrite(t, d)
	tree{"a/y": "other", "a/z/": ""}.put(t, filepath.Join(dir, stateDir, stageName))
	if status, err := d.Write(t.Context(), "a/y", []byte("2")); status != Written || err != nil {
		t.Errorf("%v, %v", status, err)
	}
	_, err := d.Write(t.Context(), "a/z", []byte("2"))
	wantError(t, err, "write a/z: it is a directory of the same build")
	d.Abort()
	wantTree(t, dir, tree{"a/x": "1", "a/y": "2"})
}

// TestConflictsInStage has a file and a directory of one name, both in new directories.
func TestConflictsInStage(t *testing.T) {
	for _, names := range [][]string{{"n/a", "n/a/b"}, {"n/a/b", "n/a"}, {"n/a", "n/a/b/c"}, {"n/a/b/c", "n/a"}} {
		dir := t.TempDir()
		d := mustBegin(t, dir)
		if _, err := d.Write(t.Context(), names[0], nil); err != nil {
			t.Fatal(err)
		}
		_, err := d.Write(t.Context(), names[1], nil)
		wantError(t, err, "write "+names[1]+": ", " of the same build")
	}
}

// TestManyNewDirectories has more than the stage takes, and more than are held open.
func TestManyNewDirectories(t *testing.T) {
	dir := t.TempDir()
	d := mustBegin(t, dir)
	files := tree{}
	for i := range maxTops + maxOpenDirs {
		files[fmt.Sprintf("%d/index.html", i)] = "1"
		files[fmt.Sprintf("%d/index.json", i)] = "2"
		files[fmt.Sprintf("z/%d/%d/index.html", i%70, i)] = "3"
	}
	files.mustWrite(t, d)
	if got := readTree(t, dir); len(got) != 2*maxOpenDirs {
		t.Errorf("%d files are in their places before the end, want %d", len(got), 2*maxOpenDirs)
	}
	if n := len(d.stage.tops); n != maxTops+1 {
		t.Errorf("%d directories are to be moved, want %d", n, maxTops+1)
	}
	if n := len(d.stage.dirs.open); n > maxOpenDirs+1 {
		t.Errorf("%d directories are open", n)
	}
	if _, err := d.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantTree(t, dir, files)
	if _, err := os.Stat(filepath.Join(dir, stateDir, stageName)); err == nil {
		t.Error("the stage is still there")
	}
}
