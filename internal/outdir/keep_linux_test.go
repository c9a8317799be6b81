//go:build !android && (amd64 || arm64)

package outdir

import (
	"fmt"
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
	root, b := openBeneath(t, dir)
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

// looks counts looks at directories. All names that lack "link" are those of directories.
type looks struct {
	dirs, lists int
	listed      []string
}

func (l *looks) isDir(name string) bool {
	l.dirs++
	return !strings.Contains(name, "link")
}

func (l *looks) dirsIn(string) []string {
	l.lists++
	return l.listed
}

func TestRealDirsForget(t *testing.T) {
	var r realDirs
	var l looks
	name := "x"
	for range 3 * maxOpenDirs {
		name += "y"
		if first, again := r.has(name+"/a", &l), r.has(name+"/a", &l); !first || !again {
			t.Errorf("%s is none", name)
		}
	}
	if l.dirs > 6*maxOpenDirs+6 || len(r.in) > maxOpenDirs {
		t.Errorf("%d looks, %d directories known", l.dirs, len(r.in))
	}
	for _, name := range []string{"link", "a/link", "link/a", "a/link/a"} {
		if first, again := r.has(name, &l), r.has(name, &l); first || again {
			t.Errorf("%s is one", name)
		}
	}
}

// TestRealDirsAreListed asks for many directories in one.
func TestRealDirsAreListed(t *testing.T) {
	var r realDirs
	var l looks
	for i := range 1000 {
		l.listed = append(l.listed, fmt.Sprint(i))
	}
	for i := range 1100 {
		if name := fmt.Sprint("a/", i); !r.has(name, &l) {
			t.Errorf("%s is none", name)
		}
	}
	if r.has("a/link", &l) || r.has("a/link/1", &l) {
		t.Error("a link is one")
	}
	if l.lists != 1 || l.dirs > manyDirs+110 {
		t.Errorf("%d listings, and %d looks besides", l.lists, l.dirs)
	}
}

// TestManyDirsBeneath puts links in the places of some of many directories.
func TestManyDirsBeneath(t *testing.T) {
	dir := t.TempDir()
	files := tree{"elsewhere/x": "x"}
	nameOf := func(i int) string { return fmt.Sprintf("a/%s-%d", strings.Repeat("long-name-", 20), i) }
	for i := range 200 {
		name := nameOf(i)
		if i%100 == 7 {
			files[name] = "-> ../elsewhere"
		} else {
			files[name+"/x"] = "x"
		}
	}
	files.put(t, dir)
	_, b := openBeneath(t, dir)
	for i := range 200 {
		name := nameOf(i) + "/x"
		if _, ok := b.stat(name); ok != (i%100 != 7) {
			t.Errorf("%s: %v", name, ok)
		}
	}
	if got := len(b.dirsIn("a")); got != 198 {
		t.Errorf("%d directories are listed", got)
	}
	for _, name := range []string{"none", "elsewhere/x", nameOf(7), "../" + filepath.Base(dir)} {
		if got := b.dirsIn(name); got != nil {
			t.Errorf("in %s are %q", name, got)
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
