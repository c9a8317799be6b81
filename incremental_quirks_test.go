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
)

// quirk is what else is done besides a build.
type quirk string

const (
	plain  quirk = ""
	skip   quirk = "the site is loaded, but not built"
	twice  quirk = "the site is built twice"
	other  quirk = "the site is built to another output before"
	serve  quirk = "some files are served before"
	cancel quirk = "a build is cancelled before"
	tamper quirk = "the output is changed by others before"
	older  quirk = "the site is reloaded from an older one"
	lost   quirk = "the output is removed before"
	past   quirk = "the cache is what it was some builds ago"
	rival  quirk = "another process builds what the site was before, with the same cache"
)

var quirks = []quirk{skip, twice, other, serve, cancel, tamper, older, lost, past, rival}

// prepare does what a quirk asks for before the site is loaded.
func (w *workspace) prepare(t *testing.T, b builder, did quirk) {
	t.Helper()
	var err error
	switch did {
	case lost:
		if _, ok := b.output().(*jam.MemoryOutput); !ok {
			err = os.RemoveAll(w.path("out"))
		}
	case past:
		if _, no := os.Stat(w.path("past")); no == nil {
			err = errors.Join(os.RemoveAll(w.path("cache")), os.CopyFS(w.path("cache"), os.DirFS(w.path("past"))))
		}
	case rival:
		tree := mapTree(w.before.files, w.before.stamps)
		site, no := jam.Load(t.Context(), tree, withCache(w.make(t, w.before.files, tree), w.path("cache")))
		if no == nil {
			_, _ = site.Build(t.Context(), jam.Memory()) // it may have mistakes
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

// keepCache keeps a copy of the cache now and then.
func (w *workspace) keepCache(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(w.path("cache")); err != nil || len(w.edits)%3 > 0 {
		return
	}
	if err := errors.Join(os.RemoveAll(w.path("past")), os.CopyFS(w.path("past"), os.DirFS(w.path("cache")))); err != nil {
		t.Fatal(err)
	}
}

// disturb does what a quirk asks for before the build.
func (w *workspace) disturb(t *testing.T, b builder, did quirk, clean *buildOutcome) string {
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
