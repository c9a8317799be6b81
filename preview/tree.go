package preview

import (
	"io/fs"
	"os"
	"sync"
)

// tree is a directory as a file system that no link leads out of. When another directory takes
// the place of the first, it can follow.
type tree struct {
	dir string

	mu   sync.RWMutex
	root *os.Root
	fsys rootFS
}

// rootFS is what [os.Root.FS] returns.
type rootFS interface {
	fs.StatFS
	fs.ReadDirFS
	fs.ReadFileFS
}

func openTree(dir string) (*tree, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &tree{dir: dir, root: root, fsys: root.FS().(rootFS)}, nil
}

func (t *tree) now() rootFS {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.fsys
}

func (t *tree) Open(name string) (fs.File, error)          { return t.now().Open(name) }
func (t *tree) Stat(name string) (fs.FileInfo, error)      { return t.now().Stat(name) }
func (t *tree) ReadDir(name string) ([]fs.DirEntry, error) { return t.now().ReadDir(name) }
func (t *tree) ReadFile(name string) ([]byte, error)       { return t.now().ReadFile(name) }

// follow opens the directory again if it is another one by now, and tells whether it is.
func (t *tree) follow() (bool, error) {
	is, err := os.Stat(t.dir)
	if err != nil {
		return false, err
	}
	was, err := t.root.Stat(".")
	if err == nil && os.SameFile(was, is) {
		return false, nil
	}
	root, err := os.OpenRoot(t.dir)
	if err != nil {
		return false, err
	}
	t.mu.Lock()
	old := t.root
	t.root, t.fsys = root, root.FS().(rootFS)
	t.mu.Unlock()
	return true, old.Close()
}

func (t *tree) Close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.root.Close()
}
