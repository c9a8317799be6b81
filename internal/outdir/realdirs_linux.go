//go:build !android && (amd64 || arm64)

package outdir

import "sync"

// realDirs remembers directories that are no symbolic links, nor below one, by a function
// that looks at a name whose directory is such a one. To look at each directory on the
// way to a file costs less than to open it. It is safe for concurrent use.
type realDirs struct {
	mu    sync.Mutex
	known map[string]bool
}

// has reports whether dir is a directory that no symbolic link leads to.
func (r *realDirs) has(dir string, isDir func(name string) bool) bool {
	if dir == "." {
		return true
	}
	r.mu.Lock()
	known := r.known[dir]
	r.mu.Unlock()
	if known {
		return true
	}
	if up, _ := split(dir); !r.has(up, isDir) || !isDir(dir) {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil || len(r.known) == maxOpenDirs {
		r.known = make(map[string]bool, maxOpenDirs)
	}
	r.known[dir] = true
	return true
}
