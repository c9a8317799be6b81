package outdir

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
)

// Commit ends the transaction of a build that succeeded. It waits for writes
// that are under way, removes the files that an earlier build wrote and this one
// did not, and then the directories that this leaves empty. It returns the names
// of the removed files, sorted, also beside an error.
//
// If a write has failed, Commit removes nothing and returns an error. When Commit
// itself fails, or the process is killed in it, the next build completes it.
func (d *Dir) Commit(ctx context.Context) (removed []string, err error) {
	d.gate.Lock()
	defer d.gate.Unlock()
	if d.ended {
		return nil, fmt.Errorf("commit of a build that has ended: %w", fs.ErrClosed)
	}
	defer func() {
		if endErr := d.end(); err == nil {
			err = endErr
		}
	}()
	if d.failed != nil {
		return nil, fmt.Errorf("commit of a build that failed: %w", d.failed)
	}
	removed, err = d.commit(ctx)
	if err != nil {
		err = fmt.Errorf("commit: %w", err)
	}
	return removed, err
}

func (d *Dir) commit(ctx context.Context) (removed []string, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := d.checkStaged(); err != nil {
		return nil, err
	}
	stale, added := d.plan()
	if removed, err = d.removeStale(ctx, stale); err != nil {
		return removed, err
	}
	d.removeDirs(stale)
	if err := d.placeStaged(ctx); err != nil {
		return removed, err
	}
	if d.unsaved || added || len(stale) > 0 {
		if err := d.saveManifest(ctx, written); err != nil {
			return removed, err
		}
	}
	return removed, d.journal.remove()
}

// plan returns the files that this build has not written, and whether it has
// written others than the manifest lists.
func (d *Dir) plan() (stale []string, added bool) {
	for name, m := range d.files {
		switch m {
		case listed:
			stale = append(stale, name)
		case written:
			added = true
		}
	}
	slices.Sort(stale)
	return stale, added
}

func (d *Dir) removeStale(ctx context.Context, stale []string) (removed []string, err error) {
	var same *aliases
	var errs []error
	for _, name := range stale {
		if err := ctx.Err(); err != nil {
			return removed, errors.Join(append(errs, err)...)
		}
		dir, info, err := d.findStale(name)
		if err != nil {
			errs = append(errs, err)
		}
		if info == nil {
			continue
		}
		if same == nil {
			same = d.findAliases()
		}
		if now := same.of(info); now != "" {
			d.respell(name, now)
		} else if err := dir.Remove(info.Name()); err != nil {
			errs = append(errs, removeError(name, err))
		} else {
			removed = append(removed, name)
		}
		d.dirs.put(dir)
	}
	return removed, errors.Join(errs...)
}

// findStale returns a stale file and its directory, which the caller puts back.
// The info is nil if there is no file to remove.
func (d *Dir) findStale(name string) (*openDir, fs.FileInfo, error) {
	dirName, base := split(name)
	dir, err := d.dirs.get(dirName)
	if e, ok := errors.AsType[*notDirError](err); ok {
		d.warnLink(name, e.path, e.mode)
		return nil, nil, nil
	}
	var info fs.FileInfo
	if err == nil {
		if info, err = dir.Lstat(base); err == nil && info.Mode().IsRegular() {
			return dir, info, nil
		}
		d.dirs.put(dir)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, nil, removeError(name, err)
	default:
		d.warnLink(name, name, info.Mode())
	}
	return nil, nil, nil
}

// warnLink warns if a stale file stays because somebody put a link at path.
// What else is there is left alone without a word, as all that is not ours.
func (d *Dir) warnLink(name, path string, mode fs.FileMode) {
	if mode&fs.ModeSymlink != 0 {
		d.warn(fmt.Sprintf("%s is not removed, because %s is a symbolic link now", name, path))
	}
}

func removeError(name string, err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = e.Err
	}
	return &fs.PathError{Op: "remove", Path: name, Err: err}
}

// removeDirs removes the directories that stale files were in and that are empty
// now, deepest first.
func (d *Dir) removeDirs(stale []string) {
	seen := map[string]bool{}
	var dirs []string
	for _, name := range stale {
		for dir := range parents(name) {
			if seen[dir] {
				break
			}
			seen[dir] = true
			dirs = append(dirs, dir)
		}
	}
	slices.Sort(dirs)
	for _, dir := range slices.Backward(dirs) {
		d.dirs.remove(dir)
	}
}

// checkStaged refuses a build that has a file and a directory of one name. Most
// of these a write has found; the rest wait for the same place to become free.
func (d *Dir) checkStaged() error {
	if len(d.staged) == 0 {
		return nil
	}
	for _, name := range d.names(written) {
		for dir := range parents(name) {
			if d.files[dir]&written != 0 {
				return writeError(name, fmt.Errorf("%s is a file of the same build", dir))
			}
		}
	}
	return nil
}

// placeStaged renames the files that had to wait.
func (d *Dir) placeStaged(ctx context.Context) error {
	for i := range d.staged {
		s := &d.staged[i]
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := d.place(s.name, s.temp); err != nil {
			return writeError(s.name, err)
		}
		s.placed = true
	}
	return nil
}
