package outdir

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestFileAndDirectory(t *testing.T) {
	tests := []struct {
		name          string
		before, after tree
	}{
		{"file to directory", tree{"a": "1", "b": "1"}, tree{"a/index.html": "2", "a/x/y": "2", "b": "1"}},
		{"directory to file", tree{"a/index.html": "1", "a/x/y": "1", "b": "1"}, tree{"a": "2", "b": "1"}},
		{"both at once", tree{"a": "1", "b/c/d": "1"}, tree{"a/b": "2", "b": "2"}},
		{"deep directory to file below a kept directory", tree{"a/b/c/d": "1", "a/k": "1"}, tree{"a/b": "2", "a/k": "1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			tt.before.build(t, dir)
			d := mustBegin(t, dir)
			tt.after.mustWrite(t, d)
			wantTree(t, dir, tt.before) // until Commit
			if err := d.Abort(); err != nil {
				t.Error(err)
			}
			wantTree(t, dir, tt.before)
			wantState(t, dir, manifestName)

			tt.after.build(t, dir)
			wantTree(t, dir, tt.after)
			wantState(t, dir, manifestName)
			tt.before.build(t, dir)
			wantTree(t, dir, tt.before)
		})
	}
}

func TestForeignInTheWay(t *testing.T) {
	tests := []struct {
		name          string
		built         tree
		foreign       tree
		write         string
		parts         []string
		needsSymlinks bool
	}{
		{"file", nil, tree{"a": "mine"}, "a/b/index.html",
			[]string{"write a/b/index.html: a is not a directory", "move it away"}, false},
		{"file in a directory of ours", tree{"a/x": "1"}, tree{"a/y": "mine"}, "a/y/z",
			[]string{"write a/y/z: a/y is not a directory"}, false},
		{"empty directory", nil, tree{"a/": ""}, "a",
			[]string{"write a: a directory is in its place", "wrote a in it"}, false},
		{"directory", nil, tree{"a/note": "mine"}, "a", []string{"write a: a directory is in its place"}, false},
		{"file beside ours", tree{"a/x/y": "1"}, tree{"a/x/note": "mine"}, "a",
			[]string{"write a: ", "wrote a/x/note in it"}, false},
		{"directory beside ours", tree{"a/x/y": "1"}, tree{"a/mine/": ""}, "a",
			[]string{"write a: ", "wrote a/mine in it"}, false},
		{"link to a directory inside", tree{"b/c": "1"}, tree{"a": "-> b"}, "a/c",
			[]string{"write a/c: a is a symbolic link"}, true},
		{"dangling link", nil, tree{"a": "-> nowhere"}, "a/c",
			[]string{"write a/c: a is a symbolic link"}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			if tt.needsSymlinks {
				needSymlinks(t)
			}
			tt.built.build(t, dir)
			tt.foreign.put(t, dir)
			before := readTree(t, dir)
			d := mustBegin(t, dir)
			_, err := d.Write(t.Context(), tt.write, []byte("new"))
			wantError(t, err, tt.parts...)
			if _, err := d.Commit(t.Context()); err == nil {
				t.Error("Commit did not fail")
			}
			wantTree(t, dir, before)
		})
	}
}

// TestSameBuildConflict has a file and a directory of one name in one build.
func TestSameBuildConflict(t *testing.T) {
	for _, before := range []tree{nil, {"a": "1"}, {"a/b": "1"}, {"a/x": "1"}} {
		for _, names := range [][]string{{"a", "a/b"}, {"a/b", "a"}} {
			dir := t.TempDir()
			before.build(t, dir)
			d := mustBegin(t, dir)
			_, err := d.Write(t.Context(), names[0], []byte("2"))
			if err != nil {
				t.Fatalf("%v, %q: %v", before, names, err)
			}
			waiting := d.stage.blocked
			_, err = d.Write(t.Context(), names[1], []byte("2"))
			if err == nil {
				if !waiting {
					t.Errorf("%v, %q: the write did not find it", before, names)
				}
				var removed []string
				removed, err = d.Commit(t.Context())
				if len(removed) > 0 {
					t.Errorf("%v, %q: removed %q", before, names, removed)
				}
			}
			wantError(t, err, "write ", " of the same build")
			d.Abort()
			tree{"c": "3"}.build(t, dir)
			wantTree(t, dir, tree{"c": "3"})
		}
	}
}

// TestReplacedOutputStays has foreign things where an earlier build's file was.
func TestReplacedOutputStays(t *testing.T) {
	dir := t.TempDir()
	tree{"a": "1", "b/c": "1", "d": "1"}.build(t, dir)
	for _, name := range []string{"a", "b/c", "b", "d"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	foreign := tree{"a/mine": "mine", "b": "mine", "d/": ""}
	foreign.put(t, dir)
	if removed := (tree{}).build(t, dir); len(removed) > 0 {
		t.Errorf("removed %q", removed)
	}
	wantTree(t, dir, foreign)
}

// countdown is a context that ends after some looks at it.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// TestHalfCommit stops a commit at each of its looks at the context.
func TestHalfCommit(t *testing.T) {
	before := tree{"gone/1": "1", "gone/2": "1", "gone/deep/3": "1", "keep": "1", "swap": "1", "paws/x": "1"}
	after := tree{"keep": "2", "new": "2", "swap/x": "2", "paws": "2"}
	for steps := 0; ; steps++ {
		dir := t.TempDir()
		before.build(t, dir)
		d := mustBegin(t, dir)
		after.mustWrite(t, d)
		removed, err := d.Commit(&countdown{t.Context(), steps})
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if err == nil {
			if steps < 5 {
				t.Errorf("commit looked at its context %d times", steps)
			}
			wantTree(t, dir, after)
			break
		}
		got := readTree(t, dir)
		for name := range before {
			if _, ok := got[name]; ok == slices.Contains(removed, name) {
				t.Errorf("step %d: %s is there: %v, and removed is %q", steps, name, ok, removed)
			}
		}
		third := tree{"keep": "3", "paws/x": "3"}
		if steps%2 == 0 {
			third = after
		}
		third.build(t, dir)
		wantTree(t, dir, third)
		wantState(t, dir, manifestName)
	}
}

func TestCommitAfterContextEnded(t *testing.T) {
	dir := t.TempDir()
	tree{"a": "1"}.build(t, dir)
	d := mustBegin(t, dir)
	tree{"a": "2"}.mustWrite(t, d)
	if removed, err := d.Commit(&countdown{t.Context(), 0}); len(removed) > 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("removed %q, %v", removed, err)
	}
	tree{"a": "2"}.build(t, dir)
	wantTree(t, dir, tree{"a": "2"})
	wantState(t, dir, manifestName)
}

// TestSpelling checks that a stale name which denotes a written file is not removed,
// with hard links for what a case-insensitive file system does.
func TestSpelling(t *testing.T) {
	dir := t.TempDir()
	tree{"posts/": ""}.put(t, dir)
	d := mustBegin(t, dir)
	tree{"posts/foo.html": "1", "other.html": "1", "twin.html": "1"}.mustWrite(t, d)
	if err := d.root.Link("posts/foo.html", "posts/Foo.html"); err != nil {
		t.Skip("no hard links:", err)
	}
	same := &aliases{d: d, files: map[fileKey][]string{}}
	same.index()
	stamp := time.Now()
	for _, name := range []string{"other.html", "twin.html"} {
		if err := d.root.Chtimes(name, stamp, stamp); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{"posts/Foo.html": "posts/foo.html", "posts/foo.html": "posts/foo.html"} {
		info, err := d.root.Lstat(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := same.of(info); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	tree{"foreign.html": "1"}.put(t, dir)
	if err := d.root.Chtimes("foreign.html", stamp, stamp); err != nil {
		t.Fatal(err)
	}
	info, err := d.root.Lstat("foreign.html")
	if err != nil || same.of(info) != "" {
		t.Errorf("another file of the same size and time is %q, %v", same.of(info), err)
	}
}

// TestRenamedCase runs the whole of it on any file system.
func TestRenamedCase(t *testing.T) {
	for _, text := range []string{"1", "2"} {
		dir := t.TempDir()
		tree{"Foo.html": "1", "Blog/x/Index.html": "1", "caf\u00e9.html": "1", "STRASSE": "1"}.build(t, dir)
		after := tree{"foo.html": text, "blog/x/index.html": text, "cafe\u0301.html": text, "stra\u00dfe": text}
		after.build(t, dir)
		for name, want := range after {
			if got, err := os.ReadFile(filepath.Join(dir, name)); string(got) != want {
				t.Errorf("%s = %q, %v, want %q", name, got, err, want)
			}
		}
		tree{}.build(t, dir)
		wantTree(t, dir, tree{})
	}
}

func TestRespell(t *testing.T) {
	dir := t.TempDir()
	d := mustBegin(t, dir)
	// On a file system that tells spellings apart, respelling is renaming.
	tree{"Blog/X/Index.html": "1"}.put(t, dir)
	d.respell("Blog/X/Index.html", "blog/X/index.html")
	wantTree(t, dir, tree{"blog/X/index.html": "1"})
	d.respell("blog/X/index.html", "blog/index.html")
	wantTree(t, dir, tree{"blog/X/index.html": "1"})
}
