package outdir

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
)

// Status is what a write did.
type Status uint8

const (
	// Written: the file is new or has new content.
	Written Status = iota + 1
	// Kept: the file had the content already and was not touched.
	Kept
)

// String returns "written" or "kept".
func (s Status) String() string {
	switch s {
	case Written:
		return "written"
	case Kept:
		return "kept"
	}
	return "Status(" + strconv.Itoa(int(s)) + ")"
}

// Write writes the file name, a slash-separated path in the directory, unless it
// has that content already. It does not keep data. It may be called concurrently, once for each name of a
// build. An error is a *[fs.PathError] with the name and the cause; after an error
// the build can only be aborted.
//
// A name must be valid for [fs.ValidPath], without backslash and control
// characters, and not in the folder .jam. Names that Windows cannot hold are
// refused on Windows.
func (d *Dir) Write(ctx context.Context, name string, data []byte) (Status, error) {
	return d.write(ctx, name, &content{data: data})
}

// WriteFrom is Write of what open returns, which is read once, in pieces, and
// closed. If it has a Stat method, as files do, a size unlike that of the existing file
// saves comparing them.
func (d *Dir) WriteFrom(ctx context.Context, name string, open func() (io.ReadCloser, error)) (Status, error) {
	return d.write(ctx, name, &stream{open: open})
}

// File is a file to be written.
type File struct {
	Name string
	Data []byte
	Open func() (io.ReadCloser, error) // if not nil, in place of Data
	// Sum, if not nil, is the SHA-256 checksum of Data, for [Dir.Keep] of later builds. That
	// of what Open returns is computed while that is read, and stored there.
	Sum *[sha256.Size]byte
}

// WriteFile is Write or WriteFrom of a file whose checksum is known.
func (d *Dir) WriteFile(ctx context.Context, f File) (Status, error) {
	if f.Open != nil {
		return d.writeStream(ctx, f)
	}
	in := &content{data: f.Data}
	if f.Sum != nil {
		in.sum, in.hasSum = shorten(*f.Sum), true
	}
	return d.write(ctx, f.Name, in)
}

func (d *Dir) writeStream(ctx context.Context, f File) (Status, error) {
	in := &stream{open: f.Open}
	if f.Sum == nil {
		return d.write(ctx, f.Name, in)
	}
	in.hash = sha256.New()
	status, err := d.write(ctx, f.Name, in)
	if err == nil {
		in.hash.Sum(f.Sum[:0])
	}
	return status, err
}

func (d *Dir) write(ctx context.Context, name string, in input) (status Status, err error) {
	d.gate.RLock()
	defer d.gate.RUnlock()
	if d.ended {
		return 0, &fs.PathError{Op: "write", Path: name, Err: fs.ErrClosed}
	}
	err = errPanic // unless put returns
	defer func() {
		if err != nil {
			err = writeError(name, err)
			d.fail(err)
		}
	}()
	return d.put(ctx, name, in)
}

var errPanic = errors.New("a panic ended the write")

// fail notes that a write has failed, so that the build cannot be committed.
func (d *Dir) fail(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.failed == nil {
		d.failed = err
	}
}

func (d *Dir) put(ctx context.Context, name string, in input) (status Status, err error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	e, before, err := d.claim(name)
	if err != nil {
		return 0, err
	}
	defer func() {
		if status == 0 { // also when its source has panicked
			d.files.remove(name, written)
		}
	}()
	size, err := in.start()
	if err != nil {
		return 0, err
	}
	defer in.close()
	at, err := d.look(name, before, size)
	if err != nil {
		return 0, err
	}
	if at.staged {
		now, err := d.stageFile(ctx, e, in)
		if err != nil {
			return 0, err
		}
		e.note(in, now)
		return Written, nil
	}
	same, temp, err := d.prepare(ctx, in, at)
	if err != nil {
		return 0, err
	}
	if same {
		e.note(in, at.old.stamp())
		return Kept, nil
	}
	now, err := d.place(e, temp, in, before, at)
	if err != nil {
		d.state.Remove(temp)
		return 0, err
	}
	e.note(in, now)
	return Written, nil
}

// prepare compares the input with the existing file. If they differ, it writes
// the input to a temporary file.
func (d *Dir) prepare(ctx context.Context, in input, at target) (same bool, temp string, err error) {
	if at.old != nil {
		defer at.old.Close()
		buf := d.buffers.Get().(*[bufferSize]byte)
		defer d.buffers.Put(buf)
		if same, err = in.equals(ctx, at.old, at.size, buf[:]); err != nil || same {
			return same, "", err
		}
	}
	temp, err = d.writeTemp(ctx, in, at.perm)
	return false, temp, err
}

// writeTemp writes the input to a temporary file, with the permission bits perm
// if these are not 0, and returns its name in the state folder.
func (d *Dir) writeTemp(ctx context.Context, in input, perm fs.FileMode) (string, error) {
	temp := d.tempName()
	f, err := d.state.OpenFile(temp, createFlags, 0o644)
	if err != nil {
		return "", err
	}
	whole := false
	defer func() {
		if !whole { // also when the source panics
			f.Close()
			d.state.Remove(temp)
		}
	}()
	if err := d.fill(ctx, f, in, perm); err != nil {
		return "", err
	}
	if err := f.Close(); err != nil {
		return "", err
	}
	whole = true
	return temp, nil
}

func (d *Dir) tempName() string {
	return tempPrefix + strconv.FormatUint(d.temps.Add(1), 10)
}

// fill gives a new file its content and its permission bits.
func (d *Dir) fill(ctx context.Context, f *os.File, in input, perm fs.FileMode) error {
	buf := d.buffers.Get().(*[bufferSize]byte)
	defer d.buffers.Put(buf)
	if err := in.copyTo(ctx, f, buf[:]); err != nil || perm == 0 {
		return err
	}
	info, err := f.Stat()
	if err != nil || info.Mode().Perm() == perm {
		return err
	}
	return f.Chmod(perm)
}

// place renames a finished temporary file to its name, and returns its stamp if the
// checksum is known. The journal has the name first, so that the next build knows what
// this one leaves when it is killed.
func (d *Dir) place(e *entry, temp string, in input, before mark, at target) (stamp, error) {
	if before&listed == 0 || e.hasSum {
		if err := d.journal.record(e.name); err != nil {
			return stamp{}, err
		}
	}
	if dir, _ := split(e.name); !at.found {
		if err := d.dirs.ensure(dir); err != nil {
			return stamp{}, err
		}
	}
	if _, ok := in.checksum(); !ok {
		return stamp{}, d.root.Rename(stateDir+"/"+temp, e.name)
	}
	var now stamp
	if info, err := d.state.Lstat(temp); err == nil {
		now = stampOf(info)
	}
	if err := d.root.Rename(stateDir+"/"+temp, e.name); err != nil {
		return stamp{}, err
	}
	return d.moved(e.name, now), nil
}

// target is what is at a file's place.
type target struct {
	staged bool    // it waits in the stage for the end
	found  bool    // a regular file is there
	old    oldFile // that file, if it is worth comparing
	size   int64   // of that file
	perm   fs.FileMode
}

// look finds what is at the place of name, of which before was known. Size is the
// new content's, or -1.
func (d *Dir) look(name string, before mark, size int64) (target, error) {
	if top, _ := d.stage.top(name); top == name {
		return target{}, errSameDir
	} else if top != "" {
		return target{staged: true}, nil
	}
	if before&listed != 0 {
		if old, oldSize, perm, ok := d.beneath.open(name); ok {
			if size >= 0 && size != oldSize {
				old.Close()
				old = nil
			}
			return target{found: true, old: old, size: oldSize, perm: perm}, nil
		}
	}
	dirName, base := split(name)
	dir, err := d.dirs.get(dirName)
	if err != nil {
		return d.lookUp(dirName, err)
	}
	defer d.dirs.put(dir)
	info, err := dir.Lstat(base)
	if errors.Is(err, fs.ErrNotExist) {
		return target{}, nil
	}
	if err != nil {
		return target{}, err
	}
	if info.IsDir() {
		if err := d.mayReplaceDir(name); err != nil {
			return target{}, err
		}
		d.stage.hold(name, true)
		return target{staged: true}, nil
	}
	if !info.Mode().IsRegular() {
		return target{}, nil
	}
	at := target{found: true, size: info.Size(), perm: info.Mode().Perm()}
	if size >= 0 && size != at.size {
		return at, nil
	}
	old, err := dir.OpenFile(base, os.O_RDONLY|nonblock, 0)
	if err != nil {
		old, err = dir.Open(base) // now wait for whoever has a lease on it
	}
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) {
		return target{}, nil
	}
	if err != nil {
		return target{}, err
	}
	at.old = newOldFile(old)
	return at, nil
}

// lookUp finds what is above the place of a file whose directory cannot be had.
func (d *Dir) lookUp(dir string, err error) (target, error) {
	if e, ok := errors.AsType[*absentError](err); ok {
		if e.path == dir && d.stage.full() {
			return target{}, nil
		}
		d.stage.hold(e.path, false)
		return target{staged: true}, nil
	}
	e, ok := errors.AsType[*notDirError](err)
	if !ok {
		return target{}, err
	}
	if err := d.mayReplaceFile(e); err != nil {
		return target{}, err
	}
	d.stage.hold(e.path, true)
	return target{staged: true}, nil
}

// mayReplaceFile returns nil if what is in the way is a file that Commit will
// remove.
func (d *Dir) mayReplaceFile(e *notDirError) error {
	switch m := d.files.get(e.path); {
	case m&written != 0:
		return fmt.Errorf("%s is a file of the same build", e.path)
	case m&listed != 0 && e.mode.IsRegular():
		return nil
	}
	return e
}

// mayReplaceDir returns nil if the directory holds nothing but files that Commit
// will remove, so that it will be gone then.
func (d *Dir) mayReplaceDir(dir string) error {
	stale, err := d.staleBelow(dir)
	if err != nil {
		return err
	}
	return fs.WalkDir(d.root.FS(), dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if stale[path] && (e.IsDir() || e.Type().IsRegular()) {
			return nil
		}
		return fmt.Errorf("a directory is in its place, and no earlier build wrote %s in it; move it away", path)
	})
}

var errSameDir = errors.New("it is a directory of the same build")

// staleBelow returns the files in dir that Commit will remove, and the directories
// that lead to them, dir among these.
func (d *Dir) staleBelow(dir string) (map[string]bool, error) {
	stale := map[string]bool{}
	for name, e := range d.files.all() {
		if !strings.HasPrefix(name, dir+"/") {
			continue
		}
		if e.mark&written != 0 {
			return nil, errSameDir
		}
		stale[name] = true
		for up := range parents(name) {
			stale[up] = true
		}
	}
	return stale, nil
}

// writeError names the output file in place of the temporary one, or of the part
// of a path, that a file system's error names.
func writeError(name string, err error) error {
	_, fromSource := errors.AsType[*sourceError](err)
	if e, ok := errors.AsType[*fs.PathError](err); ok && !fromSource {
		err = e.Err
	} else if e, ok := errors.AsType[*os.LinkError](err); ok && !fromSource {
		err = e.Err
	}
	return &fs.PathError{Op: "write", Path: name, Err: err}
}
