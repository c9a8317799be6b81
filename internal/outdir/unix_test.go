//go:build unix && !solaris && !illumos && !aix

package outdir

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestPipeInPlace has named pipes in the directory, which block whoever opens them.
func TestPipeInPlace(t *testing.T) {
	dir := t.TempDir()
	tree{"a": "1", "b": "1", "c/d": "1"}.build(t, dir)
	for _, name := range []string{"a", "b", "c/d"} {
		path := filepath.Join(dir, name)
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(path, 0o644); err != nil {
			t.Skip("no named pipes:", err)
		}
	}
	if removed := (tree{"a": ""}).build(t, dir); len(removed) > 0 {
		t.Errorf("removed %q", removed)
	}
	for name, mode := range map[string]os.FileMode{"a": 0, "b": os.ModeNamedPipe, "c/d": os.ModeNamedPipe} {
		if info, err := os.Lstat(filepath.Join(dir, name)); err != nil || info.Mode().Type() != mode {
			t.Errorf("%s is %v, %v", name, info, err)
		}
	}
}

// TestUnreadable replaces a file that cannot be compared.
func TestUnreadable(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("permission bits do not bind this user")
	}
	dir := t.TempDir()
	tree{"a": "1"}.build(t, dir)
	if err := os.Chmod(filepath.Join(dir, "a"), 0); err != nil {
		t.Fatal(err)
	}
	tree{"a": "1"}.build(t, dir)
	wantTree(t, dir, tree{"a": "1"})
}
