package outdir

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"sync"
	"sync/atomic"
)

// maxTops bounds the new directories that are staged for nothing but their files:
// moving a directory costs as much as moving a file, and has to wait for the end.
const maxTops = 256

// stage is a directory in the state folder for files that have no place yet: the
// directory that they belong in is new, or an earlier build's file or directory
// is in the way. The end of the build moves them, new directories as a whole,
// so that most files are never moved themselves. It is safe for concurrent use.
type stage struct {
	mu      sync.RWMutex
	dirs    *dirCache // nil before the first use
	beneath *beneath
	// tops are the names that are here with all below them. Each is blocked or not:
	// then something of an earlier build has to go before it takes its place.
	tops    map[string]bool
	blocked bool // one of tops is

	gaps atomic.Bool // a file is missing, and its directory may be empty
	torn atomic.Bool // a file may be half-written
}

// open makes the directory at the first use.
func (s *stage) open(state *os.Root, b *beneath) (*dirCache, error) {
	s.mu.RLock()
	dirs := s.dirs
	s.mu.RUnlock()
	if dirs != nil {
		return dirs, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.dirs != nil {
		return s.dirs, nil
	}
	if err := state.Mkdir(stageName, 0o755); err != nil {
		return nil, err
	}
	root, err := state.OpenRoot(stageName)
	if err != nil {
		state.Remove(stageName) // so that the next one can make it
		return nil, err
	}
	if s.beneath, err = b.in(root); err != nil {
		root.Close()
		state.Remove(stageName)
		return nil, err
	}
	s.dirs = newDirCache(root, nil)
	return s.dirs, nil
}

// hold has the name, and all below it, be staged from now on.
func (s *stage) hold(name string, blocked bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tops == nil {
		s.tops = map[string]bool{}
	}
	s.tops[name] = blocked
	s.blocked = s.blocked || blocked
}

// full reports whether there are enough tops.
func (s *stage) full() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.tops) >= maxTops
}

// top returns the name or the one above it that is held, or "".
func (s *stage) top(name string) (top string, blocked bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if len(s.tops) == 0 {
		return "", false
	}
	for ; name != "."; name, _ = split(name) {
		if blocked, ok := s.tops[name]; ok {
			return name, blocked
		}
	}
	return "", false
}

// only returns those of the names that are staged, and blocked or not.
func (s *stage) only(names []string, blocked bool) []string {
	var staged []string
	for _, name := range names {
		if top, is := s.top(name); top != "" && is == blocked {
			staged = append(staged, name)
		}
	}
	return staged
}

// remove closes the directories and removes what is left there.
func (s *stage) remove(state *os.Root) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.dirs == nil {
		return nil
	}
	s.dirs.close()
	s.beneath.close()
	s.dirs.root().Close()
	return state.RemoveAll(stageName)
}

// writeStaged writes the input to a new file in the stage, and returns its stamp.
func (d *Dir) writeStaged(ctx context.Context, name string, in input) (at stamp, err error) {
	dirs, err := d.stage.open(d.state, d.beneath)
	if err != nil {
		return stamp{}, err
	}
	f, err := d.createStaged(dirs, name)
	if err != nil {
		d.stage.gaps.Store(true)
		return stamp{}, err
	}
	whole := false
	defer func() {
		var closeErr error
		if at, closeErr = f.finish(); err == nil {
			err = closeErr
		}
		if whole && err == nil {
			return
		}
		// A source may have panicked.
		d.stage.gaps.Store(true)
		if dirs.root().Remove(name) != nil {
			d.stage.torn.Store(true)
		}
	}()
	buf := d.buffers.Get().(*[bufferSize]byte)
	defer d.buffers.Put(buf)
	err = in.copyTo(ctx, f, buf[:])
	whole = err == nil
	return stamp{}, err
}

// createStaged creates a file and the directories above it.
func (d *Dir) createStaged(dirs *dirCache, name string) (newFile, error) {
	dir, rest, err := stagedDir(dirs, name)
	if e, ok := errors.AsType[*notDirError](err); ok {
		err = d.mayReplaceFile(e)
	}
	if err != nil {
		return nil, err
	}
	defer dirs.put(dir)
	if f, ok := d.stage.beneath.create(name); ok {
		return f, nil
	}
	f, err := createNew(dir.Root, rest)
	return stagedFile{f, dirs.root(), name}, err
}

// stagedFile is a new file in the stage.
type stagedFile struct {
	*os.File
	stage *os.Root
	name  string
}

// finish closes the file before it looks, because on Windows the time of its last change
// is not right before that.
func (f stagedFile) finish() (stamp, error) {
	if err := f.Close(); err != nil {
		return stamp{}, err
	}
	info, err := f.stage.Lstat(f.name)
	if err != nil {
		return stamp{}, nil
	}
	return stampOf(info), nil
}

// stagedDir makes the directory of a file. It returns that directory or the one above
// it, for the caller to put back, and the file's name there.
func stagedDir(dirs *dirCache, name string) (*openDir, string, error) {
	dirName, base := split(name)
	if dir := dirs.held(dirName); dir != nil {
		return dir, base, nil
	}
	upName, elem := split(dirName)
	up, err := dirs.make(upName)
	if err != nil {
		return nil, "", err
	}
	// Most directories have one file, so it does not pay to open them.
	if err = up.Mkdir(elem, 0o755); err == nil {
		return up, name[len(dirName)-len(elem):], nil
	}
	defer dirs.put(up)
	if !errors.Is(err, fs.ErrExist) {
		return nil, "", err
	}
	dir, err := dirs.get(dirName)
	return dir, base, err
}

// createNew creates a file that nobody else knows.
func createNew(dir *os.Root, name string) (*os.File, error) {
	f, err := dir.OpenFile(name, createFlags, 0o644)
	if !errors.Is(err, fs.ErrExist) {
		return f, err
	}
	// A directory, or a file whose name is the same for this file system.
	if info, err := dir.Lstat(name); err == nil && info.IsDir() {
		return nil, errSameDir
	}
	if err := dir.Remove(name); err != nil {
		return nil, err
	}
	return dir.OpenFile(name, createFlags, 0o644)
}
