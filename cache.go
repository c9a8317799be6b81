package jam

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/jam-go/jam/internal/digest"
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

// cacheKeyer is implemented by a [Renderer], or an extension of Markdown, whose output depends on settings of its own.
type cacheKeyer interface{ CacheKey() string }

// uncached are the fields of Config that make no difference, or whose effects on pages are recorded.
var uncached = []string{
	"Title", "Params", "Copyright", "Menus", "SectionMenu", "Sources", "Generators", "Now", "Workers", "Memory", "Progress", "Logger", "Cache", "Strict",
}

// cacheVersion is that of the format of what is kept.
const cacheVersion = 1

// executableSum is a checksum of the program, which stays the same while it runs.
var executableSum = sync.OnceValues(func() ([]byte, error) {
	name, err := os.Executable()
	if err != nil {
		return nil, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return h.Sum(nil), err
})

// programKey is a checksum of the program and of its configuration: what is kept holds for the same only.
func (s *settings) programKey() (string, error) {
	program, err := executableSum()
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%x %d %x", program, cacheVersion, s.configSum()))), nil
}

// configSum is a checksum of the configuration as far as it consists of values.
func (s *settings) configSum() uint64 {
	h := digest.Hash(0)
	v := reflect.ValueOf(s.given)
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if !v.Type().Field(i).IsExported() || slices.Contains(uncached, name) {
			continue
		}
		h = h.String(name)
		switch name {
		case "Renderer":
			h = partSum(h, s.given.Renderer)
		case "Markdown":
			m := s.given.Markdown
			for _, e := range m.Extensions {
				h = partSum(h, e)
			}
			m.Extensions = nil
			h = h.Value(m)
		default:
			h = h.Value(v.Field(i).Interface())
		}
	}
	return h.Sum()
}

// partSum adds a part of the program: its type and what it says of itself.
func partSum(h digest.Hash, part any) digest.Hash {
	h = h.String(fmt.Sprintf("%T", part))
	if k, ok := part.(cacheKeyer); ok {
		h = h.String(k.CacheKey())
	}
	return h
}
