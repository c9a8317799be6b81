package jam

import (
	"io/fs"
	"path"
	"sync"
	"time"

	"github.com/jam-go/jam/internal/digest"
)

// notedFS is a folder of the tree. It notes what is read of it, so that it can be told later whether the same would be read
// again.
type notedFS struct {
	fsys fs.FS

	mu      sync.Mutex
	folders map[string]digest.Hash // of what is in them
	limit   int64                  // bytes of a file that is read
	kinds   map[string]digest.Hash // what files are
	files   map[string]fileNote
	blind   bool // something was read in another way
}

// fileNote is what a file had in it.
type fileNote struct {
	sum   uint64
	stamp uint64 // see stampOf
}

func newNotedFS(fsys fs.FS, limit int64) *notedFS {
	return &notedFS{fsys: fsys, limit: limit, folders: make(map[string]digest.Hash), kinds: make(map[string]digest.Hash), files: make(map[string]fileNote)}
}

// Open opens a file, of which is not noted what is read.
func (n *notedFS) Open(name string) (fs.File, error) {
	n.mu.Lock()
	n.blind = true
	n.mu.Unlock()
	return n.fsys.Open(name)
}

// Stat describes a file.
func (n *notedFS) Stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(n.fsys, name)
	n.mu.Lock()
	defer n.mu.Unlock()
	n.kinds[name] = kindSum(info, err)
	return info, err
}

// ReadDir lists a folder.
func (n *notedFS) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(n.fsys, name)
	n.mu.Lock()
	defer n.mu.Unlock()
	n.folders[name] = entriesSum(entries, err)
	return entries, err
}

// ReadFile reads a file.
func (n *notedFS) ReadFile(name string) ([]byte, error) {
	b, stamp, err := n.readStamped(name)
	if err == nil {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.files[name] = fileNote{digest.Of(b), stamp}
	}
	return b, err
}

func (n *notedFS) readStamped(name string) (b []byte, stamp uint64, err error) {
	f, err := n.fsys.Open(name)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil {
		stamp = stampOf(info, time.Now())
	}
	b, err = readAll(f, n.limit)
	return b, stamp, err
}

func kindSum(info fs.FileInfo, err error) digest.Hash {
	if err != nil {
		return 0
	}
	return digest.Hash(0).Uint(uint64(info.Mode().Type()))
}

func entriesSum(entries []fs.DirEntry, err error) digest.Hash {
	h := digest.Hash(0).Bool(err == nil)
	for _, e := range entries {
		h = h.String(e.Name()).Uint(uint64(e.Type()))
	}
	return h
}

// unchanged tells whether the same would be read again.
func (n *notedFS) unchanged() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.blind {
		return false
	}
	for name, sum := range n.folders {
		if entriesSum(fs.ReadDir(n.fsys, name)) != sum {
			return false
		}
	}
	for name, sum := range n.kinds {
		if kindSum(fs.Stat(n.fsys, name)) != sum {
			return false
		}
	}
	for name, note := range n.files {
		if info, err := fs.Stat(n.fsys, name); err != nil {
			return false
		} else if note.stamp != 0 && stampOf(info, time.Now()) == note.stamp {
			continue
		}
		b, stamp, err := n.readStamped(name)
		if err != nil || digest.Of(b) != note.sum {
			return false
		}
		n.files[name] = fileNote{note.sum, stamp}
	}
	return true
}

// Parts of a site that come of a folder of the tree each, and do not depend on its pages.
const (
	ofData = iota
	ofMessages
	ofLayouts
)

// partFolders are their folders.
var partFolders = [...]string{"data", "i18n", "layouts"}

// sitePart is what is known of one of them.
type sitePart struct {
	read     *notedFS // nil when there is no such folder
	warnings []*Error // of reading it
}

// prepareParts reads the parts that are wanted.
func (l *loader) prepareParts(wanted [len(partFolders)]bool) error {
	for i, prepare := range []func(tree fs.FS) error{l.loadData, l.loadMessages, l.prepareRenderer} {
		if !wanted[i] {
			continue
		}
		tree, err := l.subtree(partFolders[i])
		if err != nil {
			return err
		}
		part := &sitePart{}
		if tree != nil {
			part.read = newNotedFS(tree, l.set.Limits.FileSize)
			tree = part.read
		}
		l.base.folders[i] = part
		before := len(l.warnings)
		if err := prepare(tree); err != nil {
			return err
		}
		part.warnings = append([]*Error(nil), l.warnings[before:]...)
		l.warnings = l.warnings[:before]
	}
	return nil
}

// isUnchanged tells whether a part would come out the same if it were read again.
func (s *snapshot) isUnchanged(part int) bool {
	read := s.folders[part].read
	info, err := fs.Stat(s.tree, path.Clean(partFolders[part]))
	if read == nil {
		return s.tree == nil || err != nil || !info.IsDir()
	}
	return err == nil && info.IsDir() && read.unchanged()
}
