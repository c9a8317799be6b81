package outdir

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
)

func TestBuilds(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "public")
	first := tree{"index.html": "home", "posts/one/index.html": "1", "posts/two/index.html": "2", "css/main.css": ""}
	if removed := first.build(t, dir); removed != nil {
		t.Errorf("first build removed %q", removed)
	}
	wantTree(t, dir, first)
	wantState(t, dir, manifestName)

	foreign := tree{"CNAME": "example.com", "posts/note.txt": "mine", "mine/": ""}
	foreign.put(t, dir)
	second := tree{"index.html": "new home", "posts/two/index.html": "2"}
	removed := second.build(t, dir)
	if want := []string{"css/main.css", "posts/one/index.html"}; !slices.Equal(removed, want) {
		t.Errorf("removed %q, want %q", removed, want)
	}
	want := maps.Clone(second)
	maps.Copy(want, foreign)
	wantTree(t, dir, want)

	// What a build has removed is not its file any more.
	tree{"css/main.css": "mine"}.put(t, dir)
	foreign["css/main.css"] = "mine"
	if removed := (tree{}).build(t, dir); len(removed) != 2 {
		t.Errorf("empty build removed %q", removed)
	}
	wantTree(t, dir, foreign)
}

// TestUnchangedBuildTouchesNothing covers the state too.
func TestUnchangedBuildTouchesNothing(t *testing.T) {
	dir := t.TempDir()
	files := tree{"index.html": "home", "a/b/c.html": "c"}
	files.build(t, dir)
	before, err := os.Stat(filepath.Join(dir, stateDir, manifestName))
	if err != nil {
		t.Fatal(err)
	}
	files.build(t, dir)
	after, err := os.Stat(filepath.Join(dir, stateDir, manifestName))
	if err != nil || !os.SameFile(before, after) {
		t.Errorf("manifest was replaced (%v)", err)
	}
}

func TestAbort(t *testing.T) {
	dir := t.TempDir()
	tree{"keep.html": "1", "gone.html": "1", "old/x.html": "1"}.build(t, dir)
	d := mustBegin(t, dir)
	tree{"keep.html": "2", "new/y.html": "2"}.mustWrite(t, d)
	for range 2 {
		if err := d.Abort(); err != nil {
			t.Error(err)
		}
	}
	wantTree(t, dir, tree{"keep.html": "2", "gone.html": "1", "old/x.html": "1", "new/y.html": "2"})
	wantState(t, dir, journalName, manifestName)
	if _, err := d.Write(t.Context(), "late.html", nil); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("Write after Abort: %v", err)
	}
	if _, err := d.Commit(t.Context()); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("Commit after Abort: %v", err)
	}
	// A second build that fails knows what the first left, as does a third that succeeds.
	d = mustBegin(t, dir)
	tree{"keep.html": "3", "newer.html": "3"}.mustWrite(t, d)
	if err := d.Abort(); err != nil {
		t.Error(err)
	}
	removed := tree{"keep.html": "4"}.build(t, dir)
	if want := []string{"gone.html", "new/y.html", "newer.html", "old/x.html"}; !slices.Equal(removed, want) {
		t.Errorf("removed %q, want %q", removed, want)
	}
	wantTree(t, dir, tree{"keep.html": "4"})
	wantState(t, dir, manifestName)
}

func TestEndTwice(t *testing.T) {
	d := mustBegin(t, t.TempDir())
	if _, err := d.Commit(t.Context()); err != nil {
		t.Error(err)
	}
	if err := d.Abort(); err != nil {
		t.Errorf("Abort after Commit: %v", err)
	}
	if _, err := d.Commit(t.Context()); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("Commit after Commit: %v", err)
	}
}

func TestBeginErrors(t *testing.T) {
	dir := t.TempDir()
	tree{"file": "x", "taken/" + stateDir: "x", "odd/" + stateDir + "/" + manifestName + "/": ""}.put(t, dir)
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	tests := []struct {
		ctx   context.Context
		path  string
		parts []string
	}{
		{t.Context(), "", []string{`output directory ""`, "no path"}},
		{t.Context(), filepath.Join(dir, "file"), []string{"file"}},
		{t.Context(), filepath.Join(dir, "file", "sub"), []string{"file"}},
		{t.Context(), filepath.Join(dir, "taken"), []string{stateDir, "not a directory"}},
		{t.Context(), filepath.Join(dir, "odd"), []string{manifestName, "not a regular file"}},
		{canceled, filepath.Join(dir, "new"), []string{"canceled"}},
	}
	for _, tt := range tests {
		d, err := Begin(tt.ctx, tt.path)
		if d != nil {
			t.Errorf("Begin(%q) returned a Dir", tt.path)
		}
		wantError(t, err, tt.parts...)
	}
	if _, err := os.Stat(filepath.Join(dir, "new")); err == nil {
		t.Error("a directory was made after the context ended")
	}
}

func TestRelativePath(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	t.Chdir(dir)
	d, err := Begin(t.Context(), "public")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(other)
	tree{"a/index.html": "x"}.mustWrite(t, d)
	if _, err := d.Commit(t.Context()); err != nil {
		t.Error(err)
	}
	wantTree(t, dir, tree{"public/a/index.html": "x"})
	wantTree(t, other, tree{})
}

func TestReadOnlyDirectory(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("permission bits do not bind this user")
	}
	dir := t.TempDir()
	tree{"a/old.html": "1", "b/x.html": "1"}.build(t, dir)
	if err := os.Chmod(filepath.Join(dir, "a"), 0o555); err != nil {
		t.Fatal(err)
	}
	d := mustBegin(t, dir)
	_, err := d.Write(t.Context(), "a/new.html", nil)
	wantError(t, err, "write a/new.html: permission denied")
	if !errors.Is(err, fs.ErrPermission) {
		t.Errorf("error %v", err)
	}
	d.Abort()
	d = mustBegin(t, dir)
	removed, err := d.Commit(t.Context())
	wantError(t, err, "commit: remove a/old.html: permission denied")
	if !slices.Equal(removed, []string{"b/x.html"}) {
		t.Errorf("removed %q", removed)
	}
	if err := os.Chmod(filepath.Join(dir, "a"), 0o755); err != nil {
		t.Fatal(err)
	}
	tree{}.build(t, dir)
	wantTree(t, dir, tree{})
	empty := t.TempDir()
	if err := os.Chmod(empty, 0o555); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{empty, filepath.Join(empty, "public")} {
		_, err = Begin(t.Context(), path)
		wantError(t, err, "output directory "+strconv.Quote(path), "permission denied")
	}
}

// TestEndWaits ends a transaction while writes are under way.
func TestEndWaits(t *testing.T) {
	ends := map[string]func(d *Dir) error{
		"Abort":  (*Dir).Abort,
		"Commit": func(d *Dir) error { _, err := d.Commit(t.Context()); return err },
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			d := mustBegin(t, dir)
			started := make(chan bool, 4)
			var group sync.WaitGroup
			for g := range 4 {
				group.Go(func() { writeUntilEnd(t, d, g, started) })
			}
			for range 4 {
				<-started
			}
			if err := end(d); err != nil {
				t.Error(err)
			}
			left := readTree(t, dir)
			group.Wait()
			wantTree(t, dir, left)
			tree{}.build(t, dir)
			wantTree(t, dir, tree{})
		})
	}
}

// TestAbortDuringWrite calls Abort while a write reads its source.
func TestAbortDuringWrite(t *testing.T) {
	dir := t.TempDir()
	d := mustBegin(t, dir)
	var finished atomic.Bool
	aborted := make(chan bool)
	_, err := d.WriteFrom(t.Context(), "a", from(readerFunc(func(p []byte) (int, error) {
		go func() {
			d.Abort()
			aborted <- finished.Load()
		}()
		// A lock that waits for writing keeps new readers out.
		for d.gate.TryRLock() {
			ended := d.ended
			d.gate.RUnlock()
			if ended {
				break
			}
			runtime.Gosched()
		}
		finished.Store(true)
		return copy(p, "1"), io.EOF
	})))
	if err != nil {
		t.Error(err)
	}
	if !<-aborted {
		t.Error("Abort did not wait")
	}
	wantTree(t, dir, tree{"a": "1"})
}

// writeUntilEnd writes files until the transaction has ended.
func writeUntilEnd(t *testing.T, d *Dir, g int, started chan<- bool) {
	for i := 0; ; i++ {
		_, err := d.Write(context.Background(), fmt.Sprintf("%d/%d", g, i), nil)
		if err != nil {
			if !errors.Is(err, fs.ErrClosed) {
				t.Error(err)
			}
			return
		}
		if i == 3 {
			started <- true
		}
	}
}
