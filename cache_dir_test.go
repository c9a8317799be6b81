package jam

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestCacheDir puts, gets and deletes values.
func TestCacheDir(t *testing.T) {
	ctx, dir := t.Context(), filepath.Join(t.TempDir(), "a", "b")
	c := CacheDir(dir)
	if _, err := c.Get(ctx, "none"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that isn't there: %v", err)
	}
	if err := c.Delete(ctx, "none"); err != nil {
		t.Errorf("a folder that isn't there: %v", err)
	}
	for _, value := range [][]byte{[]byte("first"), {}, bytes.Repeat([]byte("long"), 1<<16)} {
		if err := c.Put(ctx, "key-1", value); err != nil {
			t.Fatal(err)
		}
		if got, err := c.Get(ctx, "key-1"); err != nil || !bytes.Equal(got, value) {
			t.Errorf("%d bytes of %d, %v", len(got), len(value), err)
		}
	}
	for range 2 {
		if err := c.Delete(ctx, "key-1"); err != nil {
			t.Error(err)
		}
	}
	if _, err := c.Get(ctx, "key-1"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a value that was deleted: %v", err)
	}
	for _, key := range []string{"", "../x", "a/b", "A", ".new-x", strings.Repeat("a", 101)} {
		_, err := c.Get(ctx, key)
		for _, err := range []error{err, c.Put(ctx, key, nil), c.Delete(ctx, key)} {
			if err == nil || errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%q: %v", key, err)
			}
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, "folder", "in"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := c.Put(ctx, "folder", nil); err == nil {
		t.Error("a value takes the place of a folder")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("left are %v, %v", entries, err)
	}
}

// TestCacheDirStaysInside has links in the folder that lead out of it.
func TestCacheDirStaysInside(t *testing.T) {
	ctx, dir, outside := t.Context(), t.TempDir(), filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(outside, []byte("outside"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"get", "put", "delete"} {
		if err := os.Symlink(outside, filepath.Join(dir, key)); err != nil {
			t.Skip(err)
		}
	}
	c := CacheDir(dir)
	if b, err := c.Get(ctx, "get"); err == nil {
		t.Errorf("got %q", b)
	}
	if err := c.Put(ctx, "put", []byte("inside")); err != nil {
		t.Error(err)
	}
	if b, err := c.Get(ctx, "put"); err != nil || string(b) != "inside" {
		t.Errorf("got %q, %v", b, err)
	}
	if err := c.Delete(ctx, "delete"); err != nil {
		t.Error(err)
	}
	if b, err := os.ReadFile(outside); err != nil || string(b) != "outside" {
		t.Errorf("outside there is %q, %v", b, err)
	}
}

// TestCacheDirIsTidied leaves what killed processes were writing, and what others are.
func TestCacheDirIsTidied(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	for name, age := range map[string]time.Duration{
		".new-old": 2 * longestPut, ".new-future": -2 * longestPut, ".new-young": longestPut / 2, ".newer": 2 * longestPut, "old": 2 * longestPut, ".new-folder/x": 2 * longestPut,
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, time.Time{}, time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	if err := CacheDir(dir).Put(ctx, "new", nil); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, e := range entries {
		left = append(left, e.Name())
	}
	if want := []string{".new-folder", ".new-young", ".newer", "new", "old"}; !slices.Equal(left, want) {
		t.Errorf("left are %v, want %v", left, want)
	}
}
