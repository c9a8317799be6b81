package sitetest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/jam-go/jam"
)

// OutputTest tells [TestOutput] how to make an Output, and how to read it.
type OutputTest struct {
	// New returns a new, empty output, and a function that returns what is in it after a build. It is called
	// several times.
	New func() (out jam.Output, files func() (fs.FS, error))

	// OneBuild is for outputs that serve one build each, as those of jam.Zip.
	OneBuild bool
}

// TestOutput tests an Output. It builds to it, and tests that
//
//   - files have the content that was written, whatever their size and whatever odd but valid names they have, also when
//     the memory that held it is used again; the files may be written by several goroutines at a time, unless the
//     Transaction is [jam.Sequential];
//   - a second build changes what has changed, keeps the rest, and Commit removes just what is gone, and tells its names;
//   - until Commit, and after Abort, all files of the last build are there, each whole, and a later build puts all right;
//   - a file that cannot be read is not written, and its error is returned, as it is or wrapped;
//   - when a context has ended, errors are returned or all is done, and the Output remains in working order;
//   - a second build at the same time is refused, or does no harm;
//   - a [jam.Keeper] keeps what is there, and nothing else;
//   - it has no other errors, and panics nowhere;
//   - a site comes out as it is.
//
// If TestOutput finds any misbehaviour, it returns an error that tells all of it. Typical usage inside a test is:
//
//	err := sitetest.TestOutput(sitetest.OutputTest{
//		New: func() (jam.Output, func() (fs.FS, error)) {
//			bucket := newFakeBucket()
//			return storage.Output(bucket), bucket.FS
//		},
//	})
//	if err != nil {
//		t.Fatal(err)
//	}
func TestOutput(test OutputTest) error {
	if test.New == nil {
		return errors.New("OutputTest has no New")
	}
	t := &outputTest{OutputTest: test}
	t.check("a build", t.checkBuild)
	t.check("a file that cannot be read", t.checkUnreadable)
	t.check("a context that has ended", t.checkContext)
	t.check("a site", t.checkSite)
	if !test.OneBuild {
		t.check("a build after another", t.checkSecond)
		t.check("a build that is aborted", t.checkAbort)
		t.check("two builds at a time", t.checkTwo)
		t.check("Keep", t.checkKeep)
	}
	return t.err()
}

type outputTest struct {
	findings
	OutputTest
	what  string // which test is going on
	out   jam.Output
	files func() (fs.FS, error)
}

// check does a test, with a new output.
func (t *outputTest) check(what string, do func()) {
	t.what = what
	t.try("New", func() { t.out, t.files = t.New() })
	if t.out == nil || t.files == nil {
		t.problem("New returns no Output, or no function that reads it")
		return
	}
	do()
}

// problem notes a problem with the test that is going on.
func (t *outputTest) problem(format string, args ...any) {
	t.add(t.what+": "+format, args...)
}

// content is that of files, by their names.
type content map[string][]byte

// begin begins a build, or returns nil.
func (t *outputTest) begin(ctx context.Context) (tx jam.Transaction, err error) {
	err = errPanic
	t.try(t.what+": Begin", func() { tx, err = t.out.Begin(ctx) })
	if err == nil && tx == nil {
		t.problem("Begin returns neither a Transaction nor an error")
		return nil, errPanic
	}
	return tx, err
}

// must is begin without errors.
func (t *outputTest) must() jam.Transaction {
	tx, err := t.begin(context.Background())
	if err != nil {
		if err != errPanic {
			t.problem("Begin: %w", err)
		}
		return nil
	}
	return tx
}

// write writes a file.
func (t *outputTest) write(ctx context.Context, tx jam.Transaction, f *jam.OutputFile) (status jam.Status, err error) {
	err = errPanic
	t.try(t.what+": Write of "+f.Name(), func() { status, err = tx.Write(ctx, f) })
	if err == nil && status != jam.Written && status != jam.Kept {
		t.problem("Write of %s returns the status %q, want jam.Written or jam.Kept", f.Name(), status)
	}
	return status, err
}

// writeAll writes files, as a build does: on several goroutines, unless that is not wanted. Their memory is used
// again. It tells the status of each.
func (t *outputTest) writeAll(tx jam.Transaction, files content) map[string]jam.Status {
	statuses := make(map[string]jam.Status)
	var mu sync.Mutex
	names := make(chan string, len(files))
	for _, name := range slices.Sorted(maps.Keys(files)) {
		names <- name
	}
	close(names)
	worker := func() {
		for name := range names {
			buf := append(make([]byte, 0, len(files[name])), files[name]...)
			f := jam.NewOutputFile(name, buf, nil)
			if len(name)%3 == 0 {
				f = jam.NewOutputFile(name, nil, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(buf)), nil })
			}
			status, err := t.write(context.Background(), tx, f)
			for i := range buf {
				buf[i] = '#'
			}
			if err != nil && err != errPanic {
				t.problem("Write of %q: %w", name, err)
			}
			mu.Lock()
			if err == nil {
				statuses[name] = status
			}
			mu.Unlock()
		}
	}
	workers := 8
	if _, ok := tx.(jam.Sequential); ok {
		workers = 1
	}
	var wg sync.WaitGroup
	for range workers {
		wg.Go(worker)
	}
	wg.Wait()
	return statuses
}

// commit ends a build.
func (t *outputTest) commit(tx jam.Transaction) (removed []string, ok bool) {
	err := errPanic
	t.try(t.what+": Commit", func() { removed, err = tx.Commit(context.Background()) })
	if err != nil && err != errPanic {
		t.problem("Commit: %w", err)
	}
	return removed, err == nil
}

func (t *outputTest) abort(tx jam.Transaction) {
	t.try(t.what+": Abort", func() {
		if err := tx.Abort(); err != nil {
			t.problem("Abort: %w", err)
		}
	})
}

// build makes a whole build, and tests what it leaves.
func (t *outputTest) build(files, before content) (statuses map[string]jam.Status, ok bool) {
	tx := t.must()
	if tx == nil {
		return nil, false
	}
	statuses = t.writeAll(tx, files)
	for name := range statuses {
		if old, was := before[name]; statuses[name] == jam.Kept && !(was && bytes.Equal(old, files[name])) {
			t.problem("Write of %q returns jam.Kept, but the content is new or changed", name)
		}
	}
	removed, ok := t.commit(tx)
	if !ok {
		return statuses, false
	}
	var gone []string
	for name := range before {
		if _, ok := files[name]; !ok {
			gone = append(gone, name)
		}
	}
	slices.Sort(gone)
	if !slices.Equal(removed, gone) {
		t.problem("Commit returns as removed [%s], want [%s]", quoted(removed), quoted(gone))
	}
	t.holds(files, nil, "after Commit")
	t.lacks(gone)
	return statuses, true
}

// holds tests that the output has files, each with its content in either of two states.
func (t *outputTest) holds(files, or content, when string) {
	fsys := t.read()
	if fsys == nil {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		have, err := fs.ReadFile(fsys, name)
		other, also := or[name]
		switch {
		case err != nil:
			t.problem("%s, %q is not there: %w", when, name, err)
		case !bytes.Equal(have, files[name]) && !(also && bytes.Equal(have, other)):
			t.problem("%s, %q has the content %q (%d bytes), want %q (%d bytes)", when, name, cut(string(have), 40), len(have), cut(string(files[name]), 40), len(files[name]))
		}
	}
}

// lacks tests that the output does not have files.
func (t *outputTest) lacks(names []string) {
	fsys := t.read()
	if fsys == nil {
		return
	}
	for _, name := range names {
		if info, err := fs.Stat(fsys, name); err == nil && !info.IsDir() { // there may be a folder of that name now
			t.problem("after Commit, %q, which only an earlier build wrote, is still there", name)
		}
	}
}

func (t *outputTest) read() (fsys fs.FS) {
	err := errPanic
	t.try("reading the output", func() { fsys, err = t.files() })
	if err != nil {
		if err != errPanic {
			t.problem("the output cannot be read: %w", err)
		}
		return nil
	}
	return fsys
}

// oddFiles are files with names and sizes that an Output must get right.
func oddFiles() content {
	files := content{
		"index.html":                          []byte("<p>home"),
		"empty":                               {},
		"large.bin":                           bytes.Repeat([]byte("0123456789abcdef"), 1<<16), // 1 MB
		"a/index.html":                        []byte("<p>a"),
		"a-b/index.html":                      []byte("<p>between a/ and a0 in order"),
		"a0/index.html":                       []byte("<p>a0"),
		".well-known/x":                       []byte("a hidden folder"),
		"with space/ä ö.x":                    []byte("spaces and umlauts"),
		"日本語/ページ.html":                        []byte("another script"),
		"emoji-🙂.txt":                         []byte("beyond the first plane"),
		"plus+and&=,;@'~!#$%41()[]{}.txt":     []byte("punctuation, which is no escape"),
		"UPPER.TXT":                           []byte("upper case"),
		"no-extension":                        []byte("none"),
		"many.dots..js":                       []byte("dots"),
		"-dash":                               []byte("a dash"),
		strings.Repeat("d/", 20) + "deep.txt": []byte("deep"),
		strings.Repeat("n", 200) + ".txt":     []byte("a long name"),
		"binary":                              {0, 1, 2, 0xff, 0xfe, '\r', '\n', 0},
	}
	for i := range 50 {
		name := "many/" + string(rune('a'+i%26)) + string(rune('a'+i/26)) + ".txt"
		files[name] = bytes.Repeat([]byte{byte('0' + i%10)}, 100*i+1)
	}
	return files
}
