package sitetest_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/sitetest"
)

// faulty is an Output that is right but for its fault.
type faulty struct {
	fault string
	mu    sync.Mutex
	files map[string][]byte // as a visitor sees them
	built map[string]bool   // what builds wrote
	busy  bool
	tx    *faultyTx
}

func newFaulty(fault string) *faulty {
	return &faulty{fault: fault, files: make(map[string][]byte), built: make(map[string]bool)}
}

func (o *faulty) fs() (fs.FS, error) {
	if o.fault == "cannot be read" {
		return nil, errCause
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	m := make(fstest.MapFS)
	for name, b := range o.files {
		m[name] = &fstest.MapFile{Data: bytes.Clone(b)}
	}
	return m, nil
}

func (o *faulty) Begin(ctx context.Context) (jam.Transaction, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch o.fault {
	case "Begin fails":
		return nil, errCause
	case "Begin returns nothing":
		return nil, nil
	case "Begin panics":
		panic("no")
	case "Begin clears":
		o.files = make(map[string][]byte)
	}
	if o.fault == "the lock leaks" && ctx.Err() != nil {
		o.busy = true
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if o.busy {
		return nil, jam.ErrBusy
	}
	o.busy = o.fault != "two at a time"
	tx := &faultyTx{o: o, now: make(map[string]bool)}
	if o.fault == "two at a time" && o.tx != nil {
		o.tx.now = make(map[string]bool)
	}
	o.tx = tx
	switch o.fault {
	case "Sequential":
		return sequentialTx{tx}, nil
	case "no Keeper":
		return struct{ jam.Transaction }{tx}, nil
	}
	return tx, nil
}

type faultyTx struct {
	o    *faulty
	now  map[string]bool
	last string
}

// sequentialTx notes calls that come too early.
type sequentialTx struct{ *faultyTx }

func (t sequentialTx) Sequential() {}

func (t sequentialTx) Write(ctx context.Context, f *jam.OutputFile) (jam.Status, error) {
	if !t.o.mu.TryLock() {
		panic("two at a time")
	}
	last := t.last
	t.last = f.Name()
	t.o.mu.Unlock()
	if f.Name() <= last {
		panic("not in order: " + f.Name() + " after " + last)
	}
	return t.faultyTx.Write(ctx, f)
}

func (t *faultyTx) Write(ctx context.Context, f *jam.OutputFile) (jam.Status, error) {
	name, fault := f.Name(), t.o.fault
	b, err := f.Bytes()
	if fault == "reads on" {
		b, err = readSome(f)
	}
	switch fault {
	case "another error":
		if err != nil {
			return "", errors.New("cannot write")
		}
	case "half a file":
		if err != nil {
			t.o.mu.Lock()
			t.o.files[name], t.now[name] = b, true
			t.o.mu.Unlock()
		}
	case "Write fails":
		if strings.Contains(name, "#") {
			return "", errCause
		}
	case "Write panics":
		panic("no")
	case "lower case":
		name = strings.ToLower(name)
	case "short names":
		name = name[:min(len(name), 100)]
	case "small files":
		b = b[:min(len(b), 1<<19)]
	}
	if err != nil {
		return "", err
	}
	if fault != "the memory" {
		b = bytes.Clone(b)
	}
	t.o.mu.Lock()
	defer t.o.mu.Unlock()
	old, was := t.o.files[name]
	same := was && bytes.Equal(old, b) || fault == "always Kept" || fault == "Kept by size" && was && len(old) == len(b)
	t.now[name] = true
	if fault != "aborted files stay" {
		t.o.built[name] = true
	}
	switch {
	case fault == "no status":
		return "", nil
	case same && fault != "always Written":
		if fault == "always Kept" {
			t.o.files[name] = b
		}
		return jam.Kept, nil
	case fault == "written late" && ctx.Err() != nil:
		return jam.Written, nil
	}
	t.o.files[name] = b
	return jam.Written, nil
}

func readSome(f *jam.OutputFile) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, nil
	}
	defer r.Close()
	b, _ := io.ReadAll(r)
	return b, nil
}

func (t *faultyTx) Keep(_ context.Context, name string, sum jam.Sum) (bool, error) {
	t.o.mu.Lock()
	defer t.o.mu.Unlock()
	b, ok := t.o.files[name]
	switch t.o.fault {
	case "Keep fails":
		return false, errCause
	case "Keep panics":
		panic("no")
	case "keeps nothing":
		return false, nil
	case "keeps by name":
		if ok {
			t.now[name] = true
			return true, nil
		}
	case "keeps by sum":
		for _, other := range t.o.files {
			if sha256.Sum256(other) == sum {
				t.now[name] = true
				return true, nil
			}
		}
	}
	if !ok || sha256.Sum256(b) != sum {
		return false, nil
	}
	t.now[name] = t.o.fault != "keeps and forgets"
	return true, nil
}

func (t *faultyTx) Commit(ctx context.Context) ([]string, error) {
	t.o.mu.Lock()
	defer t.o.mu.Unlock()
	t.o.busy = false
	switch {
	case t.o.fault == "Commit fails":
		return nil, errCause
	case t.o.fault == "Commit panics":
		panic("no")
	case t.o.fault == "Commit gives up" && ctx.Err() != nil:
		t.o.files = make(map[string][]byte)
		return nil, ctx.Err()
	case t.o.fault == "Commit loses" && ctx.Err() != nil:
		t.o.files = make(map[string][]byte)
		return nil, nil
	}
	var removed []string
	for _, name := range slices.Sorted(maps.Keys(t.o.built)) {
		if !t.now[name] {
			if t.o.fault != "removes nothing" {
				delete(t.o.files, name)
			}
			delete(t.o.built, name)
			removed = append(removed, name)
		}
	}
	for name := range t.now {
		t.o.built[name] = true
	}
	switch t.o.fault {
	case "removes too much":
		delete(t.o.files, "same.html")
	case "tells nothing":
		return nil, nil
	case "tells in no order":
		slices.Reverse(removed)
	}
	return removed, nil
}

func (t *faultyTx) Abort() error {
	t.o.mu.Lock()
	defer t.o.mu.Unlock()
	t.o.busy = t.o.fault == "Abort leaves the lock"
	switch t.o.fault {
	case "Abort fails":
		return errCause
	case "Abort panics":
		panic("no")
	case "Abort removes":
		for name := range t.o.files {
			if !t.now[name] {
				delete(t.o.files, name)
			}
		}
	}
	return nil
}

var errCause = errors.New("the cause")

// TestBrokenOutputs holds TestOutput against an Output for each of its checks.
func TestBrokenOutputs(t *testing.T) {
	for _, fault := range []string{"", "Sequential", "no Keeper", "always Written"} {
		o := func() (jam.Output, func() (fs.FS, error)) { o := newFaulty(fault); return o, o.fs }
		if err := sitetest.TestOutput(sitetest.OutputTest{New: o}); err != nil {
			t.Fatalf("an Output without a fault (%s): %v", fault, err)
		}
	}
	for fault, want := range map[string]string{
		"cannot be read":        "a build: the output cannot be read: the cause",
		"Begin fails":           "a build: Begin: the cause",
		"Begin returns nothing": "a build: Begin returns neither a Transaction nor an error",
		"Begin panics":          "a build: Begin panics: no (in ",
		"Begin clears":          `a build that is aborted: before Commit, "same" is not there: `,
		"the lock leaks":        "a context that has ended: Begin: another build is writing",
		"two at a time":         `two builds at a time: after Commit of the first, "`,
		"another error":         "a file that cannot be read: Write of a.html returns the error cannot write, want that of reading it",
		"half a file":           `a file that cannot be read: after Abort, "b.html" has the content "half half`,
		"reads on":              "a file that cannot be read: Write of a.html returns the error <nil>, want that of reading it",
		"Write fails":           "a build: Write of \"plus+and&=,;@'~!#$%41()[]{}.txt\": the cause",
		"Write panics":          "a build: Write of index.html panics: no",
		"lower case":            `a build: after Commit, "UPPER.TXT" is not there: `,
		"short names":           `nnn.txt" is not there: `,
		"small files":           `(524288 bytes), want "0123456789abcdef0123456789abcdef01234567…" (1048576 bytes)`,
		"the memory":            `"######`,
		"always Kept":           `a build: Write of "index.html" to an empty output returns the status "kept", want jam.Written`,
		"Kept by size":          `a build after another: Write of "changed.html" returns jam.Kept, but the content is new or changed`,
		"no status":             `a build: Write of index.html returns the status "", want jam.Written or jam.Kept`,
		"written late":          "a context that has ended: after Write with a context that has ended, without an error, and Commit, ",
		"Commit fails":          "a build: Commit: the cause",
		"Commit panics":         "a build: Commit panics: no",
		"Commit gives up":       `after Commit with a context that has ended, "a.html" is not there`,
		"Commit loses":          `after Commit with a context that has ended, without an error, "a.html" is not there`,
		"removes nothing":       `a build after another: after Commit, "gone.html", which only an earlier build wrote, is still there`,
		"removes too much":      `a build after another: after Commit, "same.html" is not there`,
		"tells nothing":         `a site: Build reports as removed [], want ["three/index.html"]`,
		"tells in no order":     `Commit returns as removed ["`,
		"Abort fails":           "a build that is aborted: Abort: the cause",
		"Abort panics":          "a build that is aborted: Abort panics: no",
		"Abort leaves the lock": "a build that is aborted: Begin: another build is writing",
		"Abort removes":         `a build that is aborted: after Abort, "same" is not there`,
		"aborted files stay":    `a build that is aborted: after Commit, "added", which only an earlier build wrote, is still there`,
		"Keep fails":            "Keep: Keep of kept: the cause",
		"Keep panics":           "Keep of kept panics: no",
		"keeps nothing":         "Keep: Keep of kept returns false, though the last build wrote just that",
		"keeps by name":         "Keep: Keep of changed returns true, but the output has not that content",
		"keeps by sum":          "Keep: Keep of new returns true, but the output has not that content",
		"keeps and forgets":     `Keep: after Keep and Commit, "kept" is not there`,
	} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			o := func() (jam.Output, func() (fs.FS, error)) { o := newFaulty(fault); return o, o.fs }
			err := sitetest.TestOutput(sitetest.OutputTest{New: o})
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("have %.2000s\nwant %s", fmt.Sprint(err), want)
			}
			if strings.HasSuffix(want, "the cause") && !errors.Is(err, errCause) {
				t.Error("the cause is not within the error")
			}
		})
	}
	for name, test := range map[string]sitetest.OutputTest{
		"no New":     {},
		"no Output":  {New: func() (jam.Output, func() (fs.FS, error)) { return nil, newFaulty("").fs }},
		"no reading": {New: func() (jam.Output, func() (fs.FS, error)) { return newFaulty(""), nil }},
		"panic":      {New: func() (jam.Output, func() (fs.FS, error)) { panic("no") }},
	} {
		if err := sitetest.TestOutput(test); err == nil {
			t.Errorf("%s is no error", name)
		}
	}
}
