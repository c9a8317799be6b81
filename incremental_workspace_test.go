package jam_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
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
	stop   func() // is called in the middle of a build
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
	if err := b.load(t, did == older); err != nil {
		return clean, failed(err).diff(clean)
	}
	if did == skip {
		return clean, ""
	}
	if problem = w.before(t, b, did, clean); problem != "" {
		return clean, problem
	}
	if problem = w.compare(t, b, clean); problem == "" && did == twice {
		problem = w.compare(t, b, clean)
	}
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

// before does what a quirk asks for before the build.
func (w *workspace) before(t *testing.T, b builder, did quirk, clean *buildOutcome) string {
	t.Helper()
	site := b.loaded()
	if site == nil {
		return ""
	}
	switch did {
	case other:
		out := jam.Memory()
		made := buildSite(t, site, out)
		made.files = outputFiles(t, out)
		return made.diff(clean)
	case serve:
		return serveSome(t, site, clean)
	case cancel:
		ctx, stop := context.WithCancel(t.Context())
		w.stop = stop
		_, _ = site.Build(ctx, b.output()) // it may come to its end all the same
		w.stop = nil
		stop()
	case tamper:
		w.tamper(t, b.output())
	}
	return ""
}

// serveSome reads files of a site before it is built, and compares them with those of a clean build.
func serveSome(t *testing.T, site *jam.Site, clean *buildOutcome) string {
	t.Helper()
	if len(clean.errs) > 0 {
		return ""
	}
	fsys := site.FS(t.Context())
	for i, name := range slices.Sorted(maps.Keys(clean.files)) {
		if i%7 != 0 {
			continue
		}
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			return fmt.Sprintf("%s cannot be served: %v", name, err)
		}
		if string(b) != clean.files[name] {
			return fmt.Sprintf("%s differs as it is served:\n%s", name, diffTexts(string(b), clean.files[name]))
		}
	}
	return ""
}

// tamper changes and removes files of an output that is a directory. One in the directory itself comes and goes, without which a
// running program does not look for what others have done; see jam.Dir.
func (w *workspace) tamper(t *testing.T, out jam.Output) {
	t.Helper()
	if _, ok := out.(*jam.MemoryOutput); ok {
		return
	}
	sign := filepath.Join(fmt.Sprint(out), "sign")
	if err := errors.Join(os.MkdirAll(filepath.Dir(sign), 0o777), os.WriteFile(sign, nil, 0o666), os.Remove(sign)); err != nil {
		t.Fatal(err)
	}
	for i, name := range slices.Sorted(maps.Keys(outputFiles(t, out))) {
		file := filepath.Join(fmt.Sprint(out), filepath.FromSlash(name))
		var err error
		switch i % 9 {
		case 0:
			err = os.WriteFile(file, []byte("other"), 0o666)
		case 1:
			err = os.Remove(file)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
