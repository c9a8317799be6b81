package jam

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"
)

// CacheDir returns a [Cache] that keeps its values in files of a folder, which is created when it is needed. No symbolic link in
// the folder is followed out of it. Files whose names begin with ".new-" are values that are being written.
func CacheDir(path string) Cache { return &cacheDir{path: path} }

type cacheDir struct {
	path string
	tidy sync.Once
}

const (
	newPrefix = ".new-"
	// longestPut is after which a file that is being written is one that nobody writes any more.
	longestPut = time.Hour
)

func (d *cacheDir) Get(_ context.Context, key string) ([]byte, error) {
	if err := checkCacheKey(key); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(d.path)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	if info, err := root.Stat(key); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() { // a pipe would have its reader wait
		return nil, &fs.PathError{Op: "read", Path: key, Err: errors.New("is not a regular file")}
	}
	return root.ReadFile(key)
}

func (d *cacheDir) Put(_ context.Context, key string, value []byte) (err error) {
	if err := checkCacheKey(key); err != nil {
		return err
	}
	if err := os.MkdirAll(d.path, 0o755); err != nil {
		return err
	}
	root, err := os.OpenRoot(d.path)
	if err != nil {
		return err
	}
	defer root.Close()
	d.tidy.Do(func() { removeUnfinished(root) })
	name := newPrefix + rand.Text()
	f, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(value)
	if err = errors.Join(err, f.Close()); err == nil {
		err = root.Rename(name, key)
	}
	if err != nil {
		return errors.Join(err, root.Remove(name))
	}
	return nil
}

// removeUnfinished removes what processes have left that were killed. What can't be removed does no harm.
func removeUnfinished(root *os.Root) {
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), newPrefix) || !e.Type().IsRegular() {
			continue
		}
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()).Abs() > longestPut {
			_ = root.Remove(e.Name())
		}
	}
}

func (d *cacheDir) Delete(_ context.Context, key string) error {
	if err := checkCacheKey(key); err != nil {
		return err
	}
	root, err := os.OpenRoot(d.path)
	if err == nil {
		defer root.Close()
		err = root.Remove(key)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
