package outdir

import (
	"context"
	"crypto/sha256"
	"io"
	"io/fs"
	"os"
)

// Keep makes the file name one of this build without being given its content, if it is
// sure to have the content with that SHA-256 checksum. It returns false, and has done
// nothing, if the file is absent, or anything but a regular file, or may have other
// content: then a write follows.
//
// The file need not be read if it is as the build left it that last wrote or kept it with
// a checksum. It may be called concurrently with itself and with writes of other names.
// Errors are as those of Write.
func (d *Dir) Keep(ctx context.Context, name string, sum [sha256.Size]byte) (kept bool, err error) {
	d.gate.RLock()
	defer d.gate.RUnlock()
	if d.ended {
		return false, &fs.PathError{Op: "keep", Path: name, Err: fs.ErrClosed}
	}
	if kept, err = d.tryKeep(ctx, name, sum); err != nil {
		err = &fs.PathError{Op: "keep", Path: name, Err: err}
		d.fail(err)
	}
	return kept, err
}

func (d *Dir) tryKeep(ctx context.Context, name string, sum [sha256.Size]byte) (kept bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	e, before, err := d.claim(name)
	if err != nil {
		return false, err
	}
	if top, _ := d.stage.top(name); top == "" {
		kept, err = d.has(ctx, e, before, sum)
	}
	if !kept {
		d.files.remove(name, written)
	}
	return kept, err
}

// has reports whether the file has the content with that checksum.
func (d *Dir) has(ctx context.Context, e *entry, before mark, sum [sha256.Size]byte) (bool, error) {
	if before&listed != 0 && e.hasSum {
		if e.sum != shorten(sum) {
			return false, nil
		}
		if d.trusted {
			return true, nil
		}
		now, ok := d.stat(e.name)
		if !ok || now.size != e.at.size {
			return false, nil
		}
		if now == e.at {
			return true, nil
		}
	}
	now, same, err := d.compare(ctx, e.name, sum)
	if same {
		e.record(shorten(sum), now)
	}
	return same, err
}

// compare reports whether the file that is there has the content with that checksum, and
// returns its stamp.
func (d *Dir) compare(ctx context.Context, name string, sum [sha256.Size]byte) (now stamp, same bool, err error) {
	f, ok := d.openOld(name)
	if !ok {
		return stamp{}, false, nil
	}
	defer f.Close()
	now = f.stamp()
	buf := d.buffers.Get().(*[bufferSize]byte)
	defer d.buffers.Put(buf)
	h := sha256.New()
	for {
		if err := ctx.Err(); err != nil {
			return stamp{}, false, err
		}
		n, err := f.Read(buf[:])
		h.Write(buf[:n])
		if err == io.EOF {
			break
		}
		if err != nil {
			return stamp{}, false, nil
		}
	}
	return now, [sha256.Size]byte(h.Sum(nil)) == sum, nil
}

// stat returns the stamp of a regular file that no symbolic link leads to, if there is one.
func (d *Dir) stat(name string) (stamp, bool) {
	if now, ok := d.beneath.stat(name); ok {
		return now, true
	}
	info, err := d.lstat(name)
	if err != nil || !info.Mode().IsRegular() {
		return stamp{}, false
	}
	return stampOf(info), true
}

// openOld opens a regular file that no symbolic link leads to, if there is one that can be read.
func (d *Dir) openOld(name string) (oldFile, bool) {
	if f, _, _, ok := d.beneath.open(name); ok {
		return f, true
	}
	dirName, base := split(name)
	dir, err := d.dirs.get(dirName)
	if err != nil {
		return nil, false
	}
	defer d.dirs.put(dir)
	info, err := dir.Lstat(base)
	if err != nil || !info.Mode().IsRegular() {
		return nil, false
	}
	f, err := dir.OpenFile(base, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return nil, false
	}
	if now, err := f.Stat(); err != nil || !os.SameFile(info, now) {
		f.Close()
		return nil, false
	}
	return newOldFile(f), true
}

// moved returns the stamp of a file that has been renamed to name and had another one
// before, or the zero stamp if somebody has replaced it since.
func (d *Dir) moved(name string, before stamp) stamp {
	if now, ok := d.stat(name); ok && before.renamed(now) {
		return now
	}
	return stamp{}
}

// stageFile writes the input to the stage. If a file with a checksum will give way to it,
// the journal has the name first.
func (d *Dir) stageFile(ctx context.Context, e *entry, in input) (stamp, error) {
	if e.hasSum {
		if err := d.journal.record(e.name); err != nil {
			return stamp{}, err
		}
	}
	return d.writeStaged(ctx, e.name, in)
}
