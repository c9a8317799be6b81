//go:build !android && (amd64 || arm64)

package outdir

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestKeepWithoutOpenat2 runs tests of keeping files as on another system.
func TestKeepWithoutOpenat2(t *testing.T) {
	begun = func(d *Dir) { d.beneath.unusable.Store(true) }
	defer func() { begun = nil }()
	for name, test := range map[string]func(*testing.T){
		"Keep": TestKeep, "KeepTrusts": TestKeepTrusts, "KeepReads": TestKeepReads, "NotKept": TestNotKept, "KeepOfUnknown": TestKeepOfUnknown,
		"KeepAndWriteConflict": TestKeepAndWriteConflict, "StreamsAreSummed": TestStreamsAreSummed, "Resume": TestResume,
		"NewTopsAreTrusted": TestNewTopsAreTrusted, "PipeIsNotKept": TestPipeIsNotKept,
		"ReplacedFilesAreJournaled": TestReplacedFilesAreJournaled,
	} {
		t.Run(name, test)
	}
}

// TestPipeIsNotKept has a pipe in the place of a file, which nobody may wait for.
func TestPipeIsNotKept(t *testing.T) {
	dir := t.TempDir()
	files := tree{"a/b": ""}
	files.keepBuild(t, dir, "a/b")
	for range 2 {
		path := filepath.Join(dir, "a", "b")
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(path, 0o644); err != nil {
			t.Skip(err)
		}
		files.keepBuild(t, dir, "a/b")
		wantTree(t, dir, files)
		tree{stateDir + "/" + manifestName: "damaged"}.put(t, dir)
	}
}

// TestBeneathStat looks at files of every kind.
func TestBeneathStat(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	tree{"x": "outside"}.put(t, outside)
	tree{
		"a/b/c": "abc", "top": "", "d/": "", "link": "-> a/b/c", "out": "-> " + filepath.Join(outside, "x"), "o": "-> " + outside,
		"l": "-> a", "a/l": "-> b",
	}.put(t, dir)
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	b, err := newBeneath(root)
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	for range 2 { // the second time the directories are known
		for _, name := range []string{"a/b/c", "top"} {
			info, err := root.Lstat(name)
			if err != nil {
				t.Fatal(err)
			}
			if at, ok := b.stat(name); !ok || at != stampOf(info) {
				t.Errorf("%s: %+v, %v, want %+v", name, at, ok, stampOf(info))
			}
		}
		for _, name := range []string{"", "d", "none", "a/none", "none/x", "a/b/c/d", "link", "out", "o/x", "l/b/c", "a/l/c", "l/l/c", "a\x00b", "a/b\x00/c"} {
			if at, ok := b.stat(name); ok {
				t.Errorf("%q: %+v", name, at)
			}
		}
	}
	b.unusable.Store(true)
	if _, ok := b.stat("top"); ok {
		t.Error("turned off, and it can")
	}
}

func TestRealDirsForget(t *testing.T) {
	var r realDirs
	looks := 0
	isDir := func(name string) bool {
		looks++
		return !strings.Contains(name, "link")
	}
	name := "x"
	for range 3 * maxOpenDirs {
		name += "y"
		if first, again := r.has("a/"+name, isDir), r.has("a/"+name, isDir); !first || !again {
			t.Errorf("%s is none", name)
		}
	}
	if looks > 3*maxOpenDirs+6 || len(r.known) > maxOpenDirs {
		t.Errorf("%d looks, %d known", looks, len(r.known))
	}
	for _, name := range []string{"link", "a/link", "link/a", "a/link/a"} {
		if first, again := r.has(name, isDir), r.has(name, isDir); first || again {
			t.Errorf("%s is one", name)
		}
	}
}

// TestRacilyClean changes a file within the tick of the clock in which it was written.
func TestRacilyClean(t *testing.T) {
	for round := range 20 {
		dir := t.TempDir()
		tree{"a": "before"}.keepBuild(t, dir, "a")
		if round%5 == 0 {
			time.Sleep(time.Duration(round) * 250 * time.Microsecond)
		}
		if err := os.WriteFile(filepath.Join(dir, "a"), []byte("behind"), 0o644); err != nil {
			t.Fatal(err)
		}
		tree{"a": "before"}.keepBuild(t, dir, "a")
	}
}
