//go:build !android && (amd64 || arm64)

package outdir

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

// TestWithoutOpenat2 runs tests of writing over an earlier build as on a system
// without that call.
func TestWithoutOpenat2(t *testing.T) {
	begun = func(d *Dir) { d.beneath.unusable.Store(true) }
	defer func() { begun = nil }()
	for name, test := range map[string]func(*testing.T){
		"Builds": TestBuilds, "UnchangedBuildTouchesNothing": TestUnchangedBuildTouchesNothing, "Status": TestStatus,
		"Modes": TestModes, "Unreadable": TestUnreadable, "PipeInPlace": TestPipeInPlace, "FailedWrites": TestFailedWrites,
		"LinkInPlaceOfFile": TestLinkInPlaceOfFile, "LinksLeadNowhere": TestLinksLeadNowhere,
		"FileAndDirectory": TestFileAndDirectory, "SameBuildConflict": TestSameBuildConflict, "HalfCommit": TestHalfCommit,
		"RenamedCase": TestRenamedCase, "ConcurrentWrites": TestConcurrentWrites,
	} {
		t.Run(name, test)
	}
}

func TestBeneath(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	tree{"x": "outside"}.put(t, outside)
	long := strings.Repeat("0123456789", 3000)
	tree{
		"a/b/c": "abc", "a/empty": "", "a/long": long, "d/": "", "link": "-> a/b/c", "out": "-> " + filepath.Join(outside, "x"),
		"a/up": "-> ..", "o": "-> " + outside,
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
	if f, _, _, ok := b.open("a/b/c"); ok {
		f.Close()
	} else if b.unusable.Load() {
		t.Skip("no openat2 here")
	}
	for name, want := range map[string]string{"a/b/c": "abc", "a/empty": "", "a/long": long} {
		f, size, perm, ok := b.open(name)
		if !ok || size != int64(len(want)) || perm&0o600 != 0o600 {
			t.Fatalf("%s: %d bytes, %v, %v", name, size, perm, ok)
		}
		if err := iotest.TestReader(f, []byte(want)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
	for _, name := range []string{
		"", ".", "d", "none", "a/none", "a/b/c/d", "link", "out", "a/up/a/b/c", "o/x", "../" + filepath.Base(outside) + "/x",
		filepath.Join(dir, "a/b/c"), "a/../a/b/c/..", "a\x00b",
	} {
		if f, _, _, ok := b.open(name); ok {
			f.Close()
			t.Errorf("%q can be opened", name)
		}
	}
	if b.unusable.Load() {
		t.Error("a file that cannot be opened has turned it off")
	}
}
