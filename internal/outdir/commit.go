package outdir

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
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
		return nil, errors.Join(fmt.Errorf("commit of a build that failed: %w", d.failed), d.keep())
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
	if err := d.checkBlocked(); err != nil {
		return nil, err
	}
	p := d.plan()
	added, stale := namesOf(p.added), namesOf(p.stale)
	if err := d.placeStaged(ctx, added, false); err != nil {
		return nil, err
	}
	// A program that has the state of the last build must know that files go.
	if err := d.journal.record(namesOf(withSums(p.stale))...); err != nil {
		return nil, err
	}
	if removed, err = d.removeStale(ctx, stale); err != nil {
		return removed, err
	}
	d.removeDirs(stale)
	if d.stage.blocked {
		if err := d.placeStaged(ctx, added, true); err != nil {
			return removed, err
		}
	}
	if d.unsaved || p.changed {
		if err := d.saveManifest(ctx, merge(d.listing.entries, p.added, written)); err != nil {
			return removed, err
		}
	}
	if err := d.journal.remove(); err != nil {
		return removed, err
	}
	d.next = d.newState(p.stale)
	return removed, nil
}

// plan has what this build has written and no earlier one, and what earlier builds have
// written and this one has not, both in order of their names.
type plan struct {
	added, stale []*entry
	changed      bool // the manifest is to be another
}

func (d *Dir) plan() (p plan) {
	for _, e := range d.listing.entries {
		if e.mark&written == 0 {
			p.stale = append(p.stale, e)
		}
		p.changed = p.changed || e.changed
	}
	for _, e := range d.files.added() {
		if e.mark == written {
			p.added = append(p.added, e)
		}
	}
	slices.SortFunc(p.added, byName)
	p.changed = p.changed || len(p.added) > 0 || len(p.stale) > 0
	return p
}

func withSums(entries []*entry) []*entry {
	return slices.DeleteFunc(slices.Clone(entries), func(e *entry) bool { return !e.hasSum })
}

func namesOf(entries []*entry) []string {
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.name
	}
	return names
}

func byName(a, b *entry) int { return strings.Compare(a.name, b.name) }

// merge returns those of the old entries that have the mark, and the added ones. All are
// in order of their names.
func merge(old, added []*entry, m mark) []*entry {
	all := make([]*entry, 0, len(old)+len(added))
	for _, e := range old {
		for len(added) > 0 && added[0].name < e.name {
			all, added = append(all, added[0]), added[1:]
		}
		if e.mark&m != 0 {
			all = append(all, e)
		}
	}
	return append(all, added...)
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

// checkBlocked refuses a build that has a file and a directory of one name. Most
// of these a write has found; the rest wait for the same place to become free.
func (d *Dir) checkBlocked() error {
	if !d.stage.blocked {
		return nil
	}
	for _, name := range d.files.names(written) {
		for dir := range parents(name) {
			if d.files.get(dir)&written != 0 {
				return writeError(name, fmt.Errorf("%s is a file of the same build", dir))
			}
		}
	}
	return nil
}
