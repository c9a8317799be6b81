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
		"RenamedCase": TestRenamedCase, "ConcurrentWrites": TestConcurrentWrites, "HalfStaged": TestHalfStaged,
		"ConflictsInStage": TestConflictsInStage, "OtherSpellingInStage": TestOtherSpellingInStage,
		"NewDirectoriesComeAtTheEnd": TestNewDirectoriesComeAtTheEnd, "ManyNewDirectories": TestManyNewDirectories,
	} {
		t.Run(name, test)
	}
}

// openBeneath opens a directory in both ways, until the test ends.
func openBeneath(t *testing.T, dir string) (*os.Root, *beneath) {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	b, err := newBeneath(root)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.close)
	return root, b
}

func TestBeneath(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	tree{"x": "outside"}.put(t, outside)
	long := strings.Repeat("0123456789", 3000)
	tree{
		"a/b/c": "abc", "a/empty": "", "a/long": long, "d/": "", "link": "-> a/b/c", "out": "-> " + filepath.Join(outside, "x"),
		"a/up": "-> ..", "link2": "-> a/link2", "o": "-> " + outside,
	}.put(t, dir)
	root, b := openBeneath(t, dir)
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
	for _, name := range []string{"new", "a/new", "a/b/new"} {
		f, ok := b.create(name)
		if !ok {
			t.Fatalf("%s cannot be created", name)
		}
		if n, err := f.Write([]byte(long)); n != len(long) || err != nil {
			t.Errorf("wrote %d bytes, %v", n, err)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
		if got, err := root.ReadFile(name); string(got) != long || err != nil {
			t.Errorf("%s holds %d bytes, %v", name, len(got), err)
		}
		if _, ok := b.create(name); ok {
			t.Errorf("%s can be created twice", name)
		}
	}
	for _, name := range []string{
		"none/x", "a/up/x", "o/y", "link", "link2", "../y", "d", ".", "",
	} {
		if _, ok := b.create(name); ok {
			t.Errorf("%q can be created", name)
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
