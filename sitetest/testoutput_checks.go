package sitetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"maps"
	"slices"
	"testing/iotest"

	"github.com/jam-go/jam"
)

func (t *outputTest) checkBuild() {
	files := oddFiles()
	statuses, _ := t.build(files, nil)
	for _, name := range slices.Sorted(maps.Keys(statuses)) {
		if statuses[name] != jam.Written {
			t.problem("Write of %q to an empty output returns the status %q, want jam.Written", name, statuses[name])
		}
	}
	if t.OneBuild {
		return
	}
	t.build(content{}, files) // nothing is left
	t.build(files, nil)
}

// checkSecond changes, adds and removes files.
func (t *outputTest) checkSecond() {
	first := content{
		"same.html": []byte("same"), "changed.html": []byte("old"), "gone.html": []byte("gone"), "shorter.html": bytes.Repeat([]byte("long "), 50000),
		"emptied.html": []byte("full"), "folder/a.html": []byte("a"), "folder/b/c.html": []byte("c"), "file": []byte("a file that becomes a folder"),
		"becomes/a/file/x.html": []byte("a folder that becomes a file"),
	}
	second := content{
		"same.html": []byte("same"), "changed.html": []byte("new"), "shorter.html": []byte("short"), "emptied.html": {}, "added.html": []byte("added"),
		"file/index.html": []byte("in the folder"), "becomes": []byte("a file"),
	}
	t.build(first, nil)
	t.build(second, first)
	t.build(second, second)
	t.build(first, second)
}

func (t *outputTest) checkAbort() {
	first := content{"same": []byte("same"), "changed": []byte("old"), "gone": []byte("gone"), "folder/gone": []byte("gone")}
	second := content{"same": []byte("same"), "changed": []byte("new"), "added": []byte("added"), "new/added": []byte("added")}
	if _, ok := t.build(first, nil); !ok {
		return
	}
	for _, written := range []content{{}, second} {
		tx := t.must()
		if tx == nil {
			return
		}
		t.writeAll(tx, written)
		t.holds(first, second, "before Commit")
		t.abort(tx)
		t.holds(first, second, "after Abort")
	}
	// What the builds that failed have added is removed, and may be told.
	tx := t.must()
	if tx == nil {
		return
	}
	t.writeAll(tx, first)
	t.commit(tx)
	t.holds(first, nil, "after an Abort and another build")
	t.lacks([]string{"added", "new/added"})
}

// errRead is the error of files that cannot be read.
var errRead = errors.New("the file cannot be read")

// checkUnreadable writes files that cannot be opened, or not be read to their end.
func (t *outputTest) checkUnreadable() {
	old := content{"a.html": []byte("the old content"), "b.html": []byte("the old content, too"), "other.html": []byte("another")}
	if t.OneBuild {
		old = nil
	} else if _, ok := t.build(old, nil); !ok {
		return
	}
	tx := t.must()
	if tx == nil {
		return
	}
	for _, f := range []*jam.OutputFile{
		jam.NewOutputFile("a.html", nil, func() (io.ReadCloser, error) { return nil, errRead }),
		jam.NewOutputFile("b.html", nil, func() (io.ReadCloser, error) {
			half := io.MultiReader(bytes.NewReader(bytes.Repeat([]byte("half "), 30000)), iotest.ErrReader(errRead))
			return io.NopCloser(half), nil
		}),
	} {
		if _, err := t.write(context.Background(), tx, f); err != errPanic && !errors.Is(err, errRead) {
			t.problem("Write of %s returns the error %v, want that of reading it", f.Name(), err)
		}
	}
	t.abort(tx)
	t.holds(old, nil, "after Abort")
	if !t.OneBuild {
		t.build(old, old)
	}
}

// checkContext calls each method with a context that has ended.
func (t *outputTest) checkContext() {
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	first := content{"a.html": []byte("a"), "b.html": []byte("b")}
	second := content{"a.html": []byte("changed"), "c.html": []byte("c")}
	if t.OneBuild {
		if tx, err := t.begin(ended); err == nil {
			t.abort(tx)
		}
		return
	}
	if _, ok := t.build(first, nil); !ok {
		return
	}
	if tx, err := t.begin(ended); err == nil {
		t.abort(tx)
	}
	if tx := t.must(); tx != nil {
		var failed error
		for _, name := range slices.Sorted(maps.Keys(second)) {
			_, err := t.write(ended, tx, jam.NewOutputFile(name, second[name], nil))
			failed = errors.Join(failed, err)
		}
		if failed != nil {
			t.abort(tx)
			t.holds(first, second, "after Write with a context that has ended, and Abort")
		} else if _, ok := t.commit(tx); ok {
			t.holds(second, nil, "after Write with a context that has ended, without an error, and Commit")
		}
	}
	if tx := t.must(); tx != nil {
		t.writeAll(tx, second)
		err := errPanic
		t.try(t.what+": Commit", func() { _, err = tx.Commit(ended) })
		if err == nil {
			t.holds(second, nil, "after Commit with a context that has ended, without an error")
		} else {
			t.holds(content{"a.html": second["a.html"]}, first, "after Commit with a context that has ended")
		}
	}
	// Whatever came of these, the output works.
	if tx := t.must(); tx != nil {
		t.writeAll(tx, first)
		t.commit(tx)
		t.holds(first, nil, "after a later build")
		t.lacks([]string{"c.html"})
	}
}

// checkTwo begins a build while another is under way.
func (t *outputTest) checkTwo() {
	files := content{"a.html": []byte("a"), "b.html": []byte("b")}
	tx := t.must()
	if tx == nil {
		return
	}
	t.writeAll(tx, content{"a.html": files["a.html"]})
	if second, err := t.begin(context.Background()); err == nil {
		t.abort(second)
	}
	t.writeAll(tx, content{"b.html": files["b.html"]})
	t.commit(tx)
	t.holds(files, nil, "after Commit of the first")
	t.build(files, files)
}

// checkKeep tests Keep, if there is one.
func (t *outputTest) checkKeep() {
	first := content{"kept": []byte("kept"), "empty": {}, "changed": []byte("old"), "gone": []byte("gone"), "folder/kept": bytes.Repeat([]byte("kept "), 9000)}
	second := content{"kept": first["kept"], "empty": {}, "folder/kept": first["folder/kept"], "changed": []byte("new"), "new": []byte("kept")}
	if _, ok := t.build(first, nil); !ok {
		return
	}
	tx := t.must()
	if tx == nil {
		return
	}
	keeper, ok := tx.(jam.Keeper)
	if !ok {
		t.abort(tx)
		return
	}
	rest := make(content)
	for _, name := range slices.Sorted(maps.Keys(second)) {
		kept, err := false, errPanic
		t.try(t.what+" of "+name, func() { kept, err = keeper.Keep(context.Background(), name, sha256.Sum256(second[name])) })
		same := bytes.Equal(first[name], second[name]) && first[name] != nil
		switch {
		case err == errPanic:
		case err != nil:
			t.problem("Keep of %s: %w", name, err)
		case kept && !same:
			t.problem("Keep of %s returns true, but the output has not that content", name)
		case !kept && same:
			t.problem("Keep of %s returns false, though the last build wrote just that", name)
		}
		if !kept {
			rest[name] = second[name]
		}
	}
	t.writeAll(tx, rest)
	removed, ok := t.commit(tx)
	if ok && !slices.Equal(removed, []string{"gone"}) {
		t.problem("Commit after Keep returns as removed [%s], want [%s]", quoted(removed), quoted([]string{"gone"}))
	}
	t.holds(second, nil, "after Keep and Commit")
	t.lacks([]string{"gone"})
	t.build(first, second)
	t.abortKept(first)
}

// abortKept tests that a file is still there when a build that kept it is aborted.
func (t *outputTest) abortKept(files content) {
	tx := t.must()
	if tx == nil {
		return
	}
	if keeper, ok := tx.(jam.Keeper); ok {
		t.try(t.what, func() { _, _ = keeper.Keep(context.Background(), "kept", sha256.Sum256(files["kept"])) })
	}
	t.abort(tx)
	t.holds(files, nil, "after Keep and Abort")
}

const outputSite = `
-- content/_index.md --
Home.
-- content/posts/one.md --
One, with [two](two.md).
-- content/posts/two.md --
Two.
-- static/style.css --
p { color: red }
-- static/.well-known/x --
x
`

// checkSite builds a site, and then one with other pages.
func (t *outputTest) checkSite() {
	var before content
	for _, archive := range []string{outputSite, outputSite + "-- content/three.md --\nThree.\n", outputSite} {
		site, err := jam.Load(context.Background(), FS(archive), &jam.Config{Renderer: jam.RendererFunc(bare)})
		if err != nil {
			t.problem("%w", err)
			return
		}
		files := make(content)
		for _, name := range site.Files() {
			if files[name], err = fs.ReadFile(site.FS(context.Background()), name); err != nil {
				t.problem("%w", err)
				return
			}
		}
		report, err := site.Build(context.Background(), t.out)
		if err != nil {
			t.problem("Build: %w", err)
			return
		}
		var gone []string
		for _, name := range slices.Sorted(maps.Keys(before)) {
			if files[name] == nil {
				gone = append(gone, name)
			}
		}
		if !slices.Equal(report.Removed, gone) {
			t.problem("Build reports as removed [%s], want [%s]", quoted(report.Removed), quoted(gone))
		}
		t.holds(files, nil, "after Build")
		t.lacks(gone)
		if t.OneBuild {
			return
		}
		before = files
	}
}
