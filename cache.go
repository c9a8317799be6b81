package jam

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Cache keeps, between one process and the next, what builds learn about a site: what each file was made of, and its
// content. [CacheDir] is one in a folder; others may keep it in object storage or a database. Its methods may
// be called concurrently, also by several processes. What it returns is checked: a value that is damaged, or of
// another version, is no worse than none.
//
// A cache is for one site. Two sites that share one take away each other's values.
type Cache interface {
	// Get returns the value of a key; the error is an [fs.ErrNotExist] when there is none.
	Get(ctx context.Context, key string) ([]byte, error)

	// Put sets the value of a key, whole or not at all. It does not keep value. Keys are of small letters, digits and hyphens.
	Put(ctx context.Context, key string, value []byte) error

	// Delete removes a key, if it is there.
	Delete(ctx context.Context, key string) error
}

// CacheDir returns a [Cache] that keeps its values in files of a folder, which is created when it is needed.
func CacheDir(path string) Cache { return cacheDir(path) }

type cacheDir string

func checkCacheKey(key string) error {
	if key == "" || len(key) > 100 || strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return fmt.Errorf("%q is no key: want small letters, digits and hyphens", key)
	}
	return nil
}

func (d cacheDir) Get(_ context.Context, key string) (value []byte, err error) {
	if err := checkCacheKey(key); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(string(d))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.ReadFile(key)
}

func (d cacheDir) Put(_ context.Context, key string, value []byte) (err error) {
	if err := checkCacheKey(key); err != nil {
		return err
	}
	if err := os.MkdirAll(string(d), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(string(d), ".new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if _, err = f.Write(value); err != nil {
		return errors.Join(err, f.Close())
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(string(d), key))
}

func (d cacheDir) Delete(_ context.Context, key string) error {
	if err := checkCacheKey(key); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(string(d), key)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
