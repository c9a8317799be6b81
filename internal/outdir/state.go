package outdir

import (
	"errors"
	"io"
	"io/fs"
	"sync"
)

// State is what a build knows of its directory at its end, for the next one of this
// process, see [BeginFrom]. It serves one build. It is not used when another build has
// come in between, which has left another manifest or a journal. If names have come or
// gone in the directory itself since, files are looked at as by a new process. Else they
// are trusted to be as they were left: to look at each takes longer than all the rest of
// a build that changes little. Then it is the build of the next process that finds what
// others have done to them.
type State struct {
	header string // of the manifest
	size   int64  // of the manifest
	dir    stamp  // of the output directory

	mu      sync.Mutex
	files   *marks // nil: taken
	entries []*entry
}

// State returns the state of the directory after a Commit that succeeded, or nil if there
// is none: then no file has a checksum.
func (d *Dir) State() *State {
	d.gate.RLock()
	defer d.gate.RUnlock()
	return d.next
}

// newState is for the end of a Commit that has removed the stale files.
func (d *Dir) newState(stale []*entry) *State {
	info, err := d.root.Stat(".")
	if err != nil || d.listing.header == "" {
		return nil
	}
	d.files.settle(d.listing.entries, stale)
	return &State{header: d.listing.header, size: d.listing.size, dir: stampOf(info), files: d.files, entries: d.listing.entries}
}

// resume takes over the state of the last build, if there is one and no other build has
// come in between. The files are as listed then, as far as the directory itself tells.
func (d *Dir) resume(last *State) bool {
	if last == nil || !d.isLast(last) {
		return false
	}
	last.mu.Lock()
	defer last.mu.Unlock()
	if last.files == nil {
		return false
	}
	d.files, last.files = last.files, nil
	d.listing = listing{last.entries, last.header, last.size}
	info, err := d.root.Stat(".")
	d.trusted = err == nil && stampOf(info) == last.dir
	return true
}

// isLast reports whether the manifest is that of the state, and there is no journal.
func (d *Dir) isLast(last *State) bool {
	if _, err := d.state.Lstat(journalName); !errors.Is(err, fs.ErrNotExist) {
		return false
	}
	info, err := d.state.Lstat(manifestName)
	if err != nil || !info.Mode().IsRegular() || info.Size() != last.size {
		return false
	}
	f, err := d.state.Open(manifestName)
	if err != nil {
		return false
	}
	defer f.Close()
	header := make([]byte, len(last.header))
	_, err = io.ReadFull(f, header)
	return err == nil && string(header) == last.header
}
