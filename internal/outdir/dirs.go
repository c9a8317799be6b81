package outdir

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
)

// maxOpenDirs bounds the directories that are held open.
const maxOpenDirs = 64

// dirCache holds sub-directories open, because a look-up from the root costs
// several system calls for each element of a path. It follows no symbolic link.
// It is safe for concurrent use.
type dirCache struct {
	state fs.FileInfo // of the state folder, which is not to be entered

	mu   sync.Mutex
	open map[string]*openDir
	ring [maxOpenDirs]string // keys of open, the oldest at next
	next int
}

// openDir is a directory in use by a number of users. It is closed by the last one
// after the cache has dropped it.
type openDir struct {
	*os.Root
	users   int
	dropped bool
}

// notDirError says that something else is where a directory is needed.
type notDirError struct {
	path string
	mode fs.FileMode
}

// absentError says that there is no directory at path.
type absentError struct {
	path string
	err  error
}

func (e *absentError) Error() string { return e.path + " does not exist" }
func (e *absentError) Unwrap() error { return e.err }

func (e *notDirError) Error() string {
	if e.mode&fs.ModeSymlink != 0 {
		return fmt.Sprintf("%s is a symbolic link, and builds write through none; move it away", e.path)
	}
	return fmt.Sprintf("%s is not a directory, and no earlier build wrote it; move it away", e.path)
}

func newDirCache(root *os.Root, state fs.FileInfo) *dirCache {
	// One user more than there are keeps the root from being closed.
	return &dirCache{state: state, open: map[string]*openDir{".": {Root: root, users: 1}}}
}

// root returns the directory that all others are in.
func (c *dirCache) root() *os.Root {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.open["."].Root
}

// held returns the directory if it is held open, for the caller to put back after use.
func (c *dirCache) held(dir string) *openDir {
	c.mu.Lock()
	defer c.mu.Unlock()
	d := c.open[dir]
	if d != nil {
		d.users++
	}
	return d
}

// get returns the directory, for the caller to put back after use. Its error
// is an *absentError, which wraps fs.ErrNotExist, if the directory or one above
// it does not exist, and a *notDirError if it is something else.
func (c *dirCache) get(dir string) (*openDir, error) {
	if d := c.held(dir); d != nil {
		return d, nil
	}
	up, base := split(dir)
	parent, err := c.get(up)
	if err != nil {
		return nil, err
	}
	defer c.put(parent)
	info, err := parent.Lstat(base)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &absentError{dir, err}
	}
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, &notDirError{dir, info.Mode()}
	}
	// A file system may know the folder by other spellings than ours.
	if up == "." && os.SameFile(info, c.state) {
		return nil, fmt.Errorf("%s is the folder %s, which holds the state of builds", dir, stateDir)
	}
	root, err := parent.OpenRoot(base)
	if err != nil {
		return nil, err
	}
	return c.add(dir, root), nil
}

// add takes root into the cache for one user, unless somebody was faster.
func (c *dirCache) add(dir string, root *os.Root) *openDir {
	c.mu.Lock()
	d, unused := c.open[dir], root
	if d != nil {
		d.users++
	} else {
		unused = c.drop(c.ring[c.next])
		c.ring[c.next] = dir
		c.next = (c.next + 1) % len(c.ring)
		d = &openDir{Root: root, users: 1}
		c.open[dir] = d
	}
	c.mu.Unlock()
	if unused != nil {
		unused.Close()
	}
	return d
}

func (c *dirCache) put(d *openDir) {
	c.mu.Lock()
	d.users--
	unused := d.users == 0 && d.dropped
	c.mu.Unlock()
	if unused {
		d.Close()
	}
}

// drop takes a directory out of the cache and returns it if the caller is to close
// it, after giving up mu.
func (c *dirCache) drop(dir string) (unused *os.Root) {
	d := c.open[dir]
	if d == nil {
		return nil
	}
	delete(c.open, dir)
	d.dropped = true
	if d.users > 0 {
		return nil
	}
	return d.Root
}

// make is get, but creates the directory and those above it, where absent.
func (c *dirCache) make(dir string) (*openDir, error) {
	d, err := c.get(dir)
	if !errors.Is(err, fs.ErrNotExist) {
		return d, err
	}
	up, base := split(dir)
	parent, err := c.make(up)
	if err != nil {
		return nil, err
	}
	defer c.put(parent)
	if err := parent.Mkdir(base, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return c.get(dir)
}

// ensure creates the directory and those above it, where absent.
func (c *dirCache) ensure(dir string) error {
	if d := c.held(dir); d != nil {
		c.put(d)
		return nil
	}
	up, base := split(dir)
	parent, err := c.make(up)
	if err != nil {
		return err
	}
	defer c.put(parent)
	err = parent.Mkdir(base, 0o755)
	if !errors.Is(err, fs.ErrExist) {
		return err
	}
	d, err := c.get(dir)
	if err == nil {
		c.put(d)
	}
	return err
}

// remove removes the directory if it is one and is empty.
func (c *dirCache) remove(dir string) {
	c.mu.Lock()
	unused := c.drop(dir)
	c.mu.Unlock()
	if unused != nil {
		unused.Close()
	}
	up, base := split(dir)
	parent, err := c.get(up)
	if err != nil {
		return
	}
	defer c.put(parent)
	if info, err := parent.Lstat(base); err == nil && info.IsDir() {
		// An error says that the directory is not empty, or has to stay for
		// another reason.
		_ = parent.Remove(base)
	}
}

// close closes every directory but the root.
func (c *dirCache) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for dir := range c.open {
		if dir == "." {
			continue
		}
		if unused := c.drop(dir); unused != nil {
			unused.Close()
		}
	}
}
