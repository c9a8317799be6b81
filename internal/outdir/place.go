package outdir

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
)

// placing moves what is in the stage to its places.
type placing struct {
	d     *Dir
	from  fs.FS
	whole bool // directories may be moved as they are
	all   bool // nothing is in the way any more
}

// placeStaged moves what is in the stage to its places, all or what is not blocked. The
// journal has the names first, which are among the added ones.
func (d *Dir) placeStaged(ctx context.Context, added []string, all bool) error {
	dirs := d.stage.dirs
	if dirs == nil {
		return nil
	}
	for names := range slices.Chunk(d.stage.only(added, all), 1000) {
		if err := d.journal.record(names...); err != nil {
			return err
		}
	}
	dirs.close() // Windows moves no directory that is open
	p := &placing{d: d, from: dirs.root().FS(), all: all, whole: !d.stage.gaps.Load()}
	return p.content(ctx, ".")
}

// content moves what is in a staged directory.
func (p *placing) content(ctx context.Context, dir string) error {
	entries, err := fs.ReadDir(p.from, dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		if !p.all && p.d.stage.tops[name] {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if e.IsDir() {
			err = p.dir(ctx, name)
		} else if err = p.file(name); err != nil {
			err = writeError(name, err)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// dir moves a directory as a whole if nothing is in its place, and else what is
// in it.
func (p *placing) dir(ctx context.Context, name string) error {
	info, err := p.d.lstat(name)
	switch absent := errors.Is(err, fs.ErrNotExist); {
	case err == nil && !info.IsDir():
		e := &notDirError{name, info.Mode()}
		if err := p.d.mayReplaceFile(e); err != nil {
			return writeError(name, err)
		}
		return writeError(name, e)
	case err != nil && !absent:
		return writeError(name, err)
	case absent && p.whole && p.rename(name) == nil:
		return nil
	}
	// Where directories cannot be moved, files can.
	return p.content(ctx, name)
}

func (p *placing) file(name string) error {
	dir, _ := split(name)
	if err := p.d.dirs.ensure(dir); err != nil {
		return err
	}
	if err := p.rename(name); err != nil {
		return err
	}
	if e := p.d.files.entry(name); e != nil && e.hasSum {
		e.record(e.sum, p.d.moved(name, e.at))
	}
	return nil
}

func (p *placing) rename(name string) error {
	return p.d.root.Rename(stateDir+"/"+stageName+"/"+name, name)
}

// lstat is that of [os.Root], but follows no link to a directory.
func (d *Dir) lstat(name string) (fs.FileInfo, error) {
	dirName, base := split(name)
	dir, err := d.dirs.get(dirName)
	if err != nil {
		return nil, err
	}
	defer d.dirs.put(dir)
	return dir.Lstat(base)
}
