package jam

import (
	"context"
	"fmt"
	"strings"
)

// Cache keeps, between one process and the next, what builds learn about a site: what each file was made of, and its
// content. [CacheDir] is one in a folder; others may keep it in object storage or a database. Its methods may
// be called concurrently, also by several processes. What it returns is checked: a value that is damaged, or of
// another version, is no worse than none.
//
// A cache is for one site. Two sites that share one take away each other's values.
//
// What is kept holds for one program, with one configuration of what everything depends on: the keys of what is kept are always the same, and
// each value says for which it is. Of the configuration, values count, and of objects and functions that there are such; see [CacheKeyer] and [Config.CacheKey] for what these
// depend on themselves.
type Cache interface {
	// Get returns the value of a key; the error is an [fs.ErrNotExist] when there is none.
	Get(ctx context.Context, key string) ([]byte, error)

	// Put sets the value of a key, whole or not at all. It does not keep value. Keys are of small letters, digits and hyphens.
	Put(ctx context.Context, key string, value []byte) error

	// Delete removes a key, if it is there.
	Delete(ctx context.Context, key string) error
}

// CacheKeyer is implemented by a [Renderer], or by one of [Markdown.Extensions], whose output depends on settings of its own that
// are not always the same in one program, such as those of a command line.
type CacheKeyer interface {
	// CacheKey returns a text that is another one for other settings, and the same one in each process.
	CacheKey() string
}

func checkCacheKey(key string) error {
	if key == "" || len(key) > 100 || strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return fmt.Errorf("%q is no key: want small letters, digits and hyphens", key)
	}
	return nil
}
