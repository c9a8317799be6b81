//go:build !android && (amd64 || arm64)

package outdir

import "sync"

// realDirs remembers directories that are no symbolic links, nor below one. To look at
// each directory on the way to a file costs less than to open it, and to list a directory
// costs less than to look at many in it: in most sites each page has one of its own. It is
// safe for concurrent use.
type realDirs struct {
	mu sync.Mutex
	in map[string]*realDirsIn // by what they are in
}

// realDirsIn are those in one directory.
type realDirsIn struct {
	asked int // times for another one
	known map[string]bool
}

// manyDirs is at which one in a directory that is listed.
const manyDirs = 16

// dirLooker looks at directories whose own directory is a real one.
type dirLooker interface {
	isDir(name string) bool
	// dirsIn returns the last elements of the directories in one, as far as they are to be had.
	dirsIn(dir string) []string
}

// has reports whether dir is a directory that no symbolic link leads to.
func (r *realDirs) has(dir string, look dirLooker) bool {
	if dir == "." {
		return true
	}
	up, base := split(dir)
	known, many := r.ask(up, base)
	if known || !r.has(up, look) {
		return known
	}
	if many {
		r.note(up, look.dirsIn(up)...)
		if known, _ = r.ask(up, base); known {
			return true
		}
	}
	if !look.isDir(dir) {
		return false
	}
	r.note(up, base)
	return true
}

// ask reports whether a directory is known, and if not, whether it is time to list up.
func (r *realDirs) ask(up, base string) (known, many bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	in := r.at(up)
	if in.known[base] {
		return true, false
	}
	in.asked++
	return false, in.asked == manyDirs
}

func (r *realDirs) note(up string, names ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	in := r.at(up)
	for _, name := range names {
		in.known[name] = true
	}
}

// at returns what is known of those in a directory. The caller holds mu.
func (r *realDirs) at(up string) *realDirsIn {
	in := r.in[up]
	if in == nil {
		if r.in == nil || len(r.in) == maxOpenDirs {
			r.in = make(map[string]*realDirsIn, maxOpenDirs)
		}
		in = &realDirsIn{known: make(map[string]bool)}
		r.in[up] = in
	}
	return in
}
