package jam_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/internal/sitegen"
)

// workspace is a tree on its way through edits, with a folder for what is built of it.
type workspace struct {
	dir    string
	files  sitegen.Files
	stamps map[string]int // when each file was last written, in steps
	edits  []*sitegen.Edit
	tree   *movingTree
	make   configFunc
	before snapshot // without the last edit
	stop   func()   // is called in the middle of a build
}

// snapshot is a tree as it was.
type snapshot struct {
	files  sitegen.Files
	stamps map[string]int
}

func (c *chain) workspace(t *testing.T) *workspace {
	t.Helper()
	dir, err := os.MkdirTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	w := &workspace{dir: dir, files: maps.Clone(c.first), stamps: map[string]int{}, tree: &movingTree{}, make: c.config}
	w.tree.set(mapTree(w.files, nil))
	return w
}

func (w *workspace) path(name string) string { return filepath.Join(w.dir, name) }

func (w *workspace) remove() { os.RemoveAll(w.dir) }

// apply makes an edit.
func (w *workspace) apply(e *sitegen.Edit) {
	w.before = snapshot{maps.Clone(w.files), maps.Clone(w.stamps)}
	w.edits = append(w.edits, e)
	e.Apply(w.files)
	for _, name := range e.Changed() {
		w.stamps[name] = len(w.edits)
	}
	w.tree.set(mapTree(w.files, w.stamps))
}

// changed returns the names of the files that were edited since there were n edits.
func (w *workspace) changed(n int) []string {
	names := make(map[string]bool)
	for _, e := range w.edits[n:] {
		for _, name := range e.Changed() {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// config is the configuration of a site that is built again and again, with another number of goroutines than
// clean builds have.
func (w *workspace) config(t *testing.T) *jam.Config {
	cfg := w.make(t, w.files, w.tree)
	cfg.Workers = 3
	cfg.Progress = func(e jam.Event) {
		if w.stop != nil && e.Phase == "build" && e.Done > e.Total/3 {
			w.stop()
		}
	}
	return cfg
}

// step builds the tree as it is now, from what was before and clean, and returns the clean build and
// how the other one differs from it.
func (w *workspace) step(t *testing.T, b builder, did quirk) (clean *buildOutcome, problem string) {
	t.Helper()
	tree := mapTree(w.files, w.stamps)
	clean = cleanBuild(t, tree, w.make(t, w.files, tree))
	w.prepare(t, b, did)
	if err := b.load(t, did == older); err != nil {
		return clean, failed(err).diff(clean)
	}
	if did == skip {
		return clean, ""
	}
	if problem = w.disturb(t, b, did, clean); problem != "" {
		return clean, problem
	}
	if problem = w.compare(t, b, clean); problem == "" && did == twice {
		problem = w.compare(t, b, clean)
	}
	w.keepCache(t)
	return clean, problem
}

func (w *workspace) compare(t *testing.T, b builder, clean *buildOutcome) string {
	t.Helper()
	before := b.files(t)
	made := b.build(t)
	made.files = b.files(t)
	if problem := made.diff(clean); problem != "" {
		return problem
	}
	return made.checkReport(before)
}
