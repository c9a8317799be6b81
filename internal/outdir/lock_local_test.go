//go:build !windows

package outdir

import (
	"errors"
	"os"
	"testing"
)

func TestLockLocally(t *testing.T) {
	open := func(dir string) *os.Root {
		root, err := os.OpenRoot(dir)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { root.Close() })
		return root
	}
	dir := t.TempDir()
	unlock, err := lockLocally(open(dir))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lockLocally(open(dir + "/.")); !errors.Is(err, ErrBusy) {
		t.Errorf("second lock: %v", err)
	}
	other, err := lockLocally(open(t.TempDir()))
	if err != nil {
		t.Errorf("lock of another directory: %v", err)
	}
	unlock()
	if unlock, err = lockLocally(open(dir)); err != nil {
		t.Errorf("lock after unlock: %v", err)
	}
	unlock()
	other()
	if len(busy.folders) != 0 {
		t.Errorf("%d locks left", len(busy.folders))
	}
}
