// Package outdir writes the files of a build to a directory, so that nothing
// that the build replaces is lost:
//
//   - A file is written in a folder of ours and then renamed to its place. It is
//     never seen half-written, also when the process is killed at any moment.
//   - A file that already has the wanted content is not touched.
//   - Only files that an earlier build wrote are removed, last, when everything
//     else has succeeded. Directories are removed only when that left them empty.
//   - Two builds cannot write to one directory at the same time.
//   - No access leads out of the directory (see [os.Root]), and below it no
//     symbolic link is followed: a link to a directory is an error, and a link
//     at the place of a file is replaced.
//
// A file that no build wrote is left alone, unless it is at the place of a file
// of this build: the program asked for that output, so it is replaced and is
// the build's from then on. Replacing keeps a file's permission bits; a new file
// has mode 0644 and a new directory 0755, both before umask.
//
// A file in a directory that is there already takes its place at once. A new directory
// may be moved to its place as a whole at the end of the build, also of one that fails:
// for most files that is cheaper by half.
//
// # State
//
// The folder .jam in the directory holds the state. Its manifest lists the files
// of the last complete build. The journal lists what a build has added or replaced so far,
// so that the next one knows the files of a build that failed or was killed. The names in
// both are checked again when read. Temporary files and the folder new,
// of new directories, hold what has not taken its place yet, which is lost when the
// process is killed. The lock vanishes with its process. A manifest that is damaged
// or of another version counts as an empty one, with a warning: then nothing is
// removed.
//
// # Checksums
//
// A build that knows the checksum of a file's content need not make the content again:
// see [Dir.Keep]. The manifest has the checksums of files, and the size, times and inode
// that each had when it had that content. A file is taken to have it still if all of
// these are the same; else it is read. Whatever may deceive makes that it is read:
//
//   - A file may change twice within one tick of the file system's clock. So a manifest leaves out the
//     times of files that have changed shortly before it is written, or not before the
//     clock was set back.
//   - A build that is killed has replaced files, and the manifest still tells of those they
//     replaced. So the journal has the names first, and the next build forgets their
//     checksums, whatever the times of these files.
//   - A file may be moved in that has the size and the time of another. It has another inode, and
//     another time of its last change of any kind, which no program can set. Windows tells neither.
//
// The next build of a process can take over what this one knows: see [State].
//
// All this protects against the death of the process, not of the machine: files are not
// synced to the disk, and may afterwards lack content that the manifest tells of. Then
// the folder .jam is best removed.
package outdir

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// ErrBusy is what an error of [Begin] wraps when another build, of this process
// or another, is writing to the same directory.
var ErrBusy = errors.New("another build is writing to this directory")

// Dir is an open transaction on an output directory: finished files in by Write
// and WriteFrom, then one Commit or Abort. Its methods may be called concurrently.
type Dir struct {
	root    *os.Root
	beneath *beneath
	state   *os.Root // the folder .jam in root
	dirs    *dirCache

	unlock  func()
	files   *marks
	stage   stage
	journal journal
	temps   atomic.Uint64 // temporary files so far
	buffers sync.Pool     // of *[bufferSize]byte

	gate  sync.RWMutex // each write holds it for reading, the end for writing
	ended bool         // guarded by gate

	listing listing // the manifest on disk; written by the end only
	trusted bool    // the files are as listed
	next    *State

	mu       sync.Mutex // guards all below, until the gate is held for writing
	failed   error      // the first write's error
	warnings []string
	unsaved  bool // the manifest on disk is absent or unusable
}

// Begin opens a transaction on the directory at path, and creates it and its
// parents if absent. A relative path is resolved once, here. An error wraps
// [ErrBusy] when another build is writing to the directory, and else tells what
// in the file system stood against it. The caller must end the transaction by
// [Dir.Commit] or [Dir.Abort].
func Begin(ctx context.Context, path string) (*Dir, error) { return BeginFrom(ctx, path, nil) }

// BeginFrom is Begin with the state of the last build of this process, or nil, which
// saves reading it from the directory.
func BeginFrom(ctx context.Context, path string, last *State) (*Dir, error) {
	d, err := begin(ctx, path, last)
	if err != nil {
		return nil, fmt.Errorf("output directory %q: %w", path, err)
	}
	return d, nil
}

func begin(ctx context.Context, path string, last *State) (*Dir, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if path == "" {
		return nil, errors.New(`no path given; use "." for the current directory`)
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(abs, 0o755); err != nil {
		return nil, err
	}
	d := &Dir{unlock: func() {}, files: newMarks()}
	d.buffers.New = func() any { return new([bufferSize]byte) }
	if err := d.open(ctx, abs, last); err != nil {
		d.release()
		return nil, err
	}
	return d, nil
}

// open takes the lock and reads what earlier builds left. After an error the
// caller releases what it has opened so far.
func (d *Dir) open(ctx context.Context, abs string, last *State) (err error) {
	if d.root, err = os.OpenRoot(abs); err != nil {
		return err
	}
	if d.beneath, err = newBeneath(d.root); err != nil {
		return err
	}
	info, err := openState(d.root)
	if err != nil {
		return err
	}
	if d.state, err = d.root.OpenRoot(stateDir); err != nil {
		return err
	}
	d.journal.state = d.state
	d.dirs = newDirCache(d.root, info)
	unlock, warning, err := lock(d.state, filepath.Join(abs, stateDir, lockName))
	if err != nil {
		return err
	}
	d.unlock = unlock
	d.warn(warning)
	return d.restore(ctx, last)
}

// openState makes sure that the state folder is there, and no link.
func openState(root *os.Root) (fs.FileInfo, error) {
	if err := root.Mkdir(stateDir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	info, err := root.Lstat(stateDir)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s, which is to hold the state of builds, is not a directory; move it away", stateDir)
	}
	return info, err
}

// restore removes left-over temporary files, reads manifest and journal, and
// joins the two if there is a journal, which a build that did not end well left.
func (d *Dir) restore(ctx context.Context, last *State) error {
	if err := d.removeTemps(); err != nil {
		return err
	}
	if d.resume(last) {
		return nil
	}
	if err := d.readManifest(); err != nil {
		return err
	}
	names, found, err := d.readJournal()
	if err != nil || !found {
		return err
	}
	var added []*entry
	for _, name := range names {
		e, before := d.files.add(name, listed)
		e.forget()
		if before == 0 {
			added = append(added, e)
		}
	}
	slices.SortFunc(added, byName)
	if len(added) > 0 || slices.ContainsFunc(d.listing.entries, func(e *entry) bool { return e.changed }) {
		if err := d.saveManifest(ctx, merge(d.listing.entries, added, listed)); err != nil {
			return err
		}
	}
	return d.state.Remove(journalName)
}

// removeTemps removes the unfinished files of a killed build.
func (d *Dir) removeTemps() error {
	entries, err := fs.ReadDir(d.state.FS(), ".")
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() == stageName {
			if err := d.state.RemoveAll(stageName); err != nil {
				return err
			}
		}
		if strings.HasPrefix(e.Name(), tempPrefix) && !e.IsDir() {
			if err := d.state.Remove(e.Name()); err != nil {
				return err
			}
		}
	}
	return nil
}

// Warnings returns what the caller's user should know although nothing failed,
// such as a damaged manifest. It is complete after Commit.
func (d *Dir) Warnings() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.warnings)
}

func (d *Dir) warn(s string) {
	if s != "" {
		d.mu.Lock()
		d.warnings = append(d.warnings, s)
		d.mu.Unlock()
	}
}

// Abort ends the transaction of a build that failed. It waits for writes that
// are under way. Nothing is removed; files written so far stay, and the next
// build knows them. Abort after Commit or Abort does nothing.
func (d *Dir) Abort() error {
	d.gate.Lock()
	defer d.gate.Unlock()
	if d.ended {
		return nil
	}
	return errors.Join(d.keep(), d.end())
}

// keep moves what a failed build has staged to its places, as far as it can.
func (d *Dir) keep() error {
	if d.stage.dirs == nil || d.stage.torn.Load() {
		return nil
	}
	return d.placeStaged(context.Background(), namesOf(d.plan().added), false)
}

// end closes everything and releases the lock. The caller holds gate.
func (d *Dir) end() error {
	d.ended = true
	err := errors.Join(d.stage.remove(d.state), d.journal.close())
	d.release()
	return err
}

// release gives up the lock and the open directories, as far as there are any.
func (d *Dir) release() {
	if d.dirs != nil {
		d.dirs.close()
	}
	if d.beneath != nil {
		d.beneath.close()
	}
	d.unlock()
	for _, r := range []*os.Root{d.state, d.root} {
		if r != nil {
			r.Close()
		}
	}
}

// claim notes that this build writes name, which must be new to it, and returns its entry
// and what was known of it.
func (d *Dir) claim(name string) (e *entry, before mark, err error) {
	const windows = runtime.GOOS == "windows"
	e, before = d.files.add(name, written)
	if before&written != 0 {
		return nil, 0, errors.New("written twice in one build")
	}
	if before&listed == 0 || windows { // else it has been checked
		if err := checkName(name, windows); err != nil {
			d.files.remove(name, written)
			return nil, 0, err
		}
	}
	return e, before, nil
}
