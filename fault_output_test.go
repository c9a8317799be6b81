package jam_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jam-go/jam"
)

// loadFaultSite loads the site in testdata/faults. Its tree counts the files that are open.
func loadFaultSite(t *testing.T) (*faultSite, *jam.Site, *injector) {
	t.Helper()
	s := smallFaultSite(t)
	opened := newInjector(t.Context(), "", 0)
	t.Cleanup(opened.cancel)
	tree := faultyFS{s.tree(0), opened}
	return s, mustLoad(t, tree, genConfig(t, s.versions[0].files, tree)), opened
}

// inGoroutine calls what may end its goroutine, and returns the value of its panic.
func inGoroutine(t *testing.T, f func()) (panicked any, done bool) {
	t.Helper()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer func() {
			if p := recover(); p != nil {
				panicked = p
			}
		}()
		f()
		done = true
	}()
	select {
	case <-ended:
	case <-time.After(time.Minute):
		stacks := make([]byte, 1<<20)
		t.Fatalf("it hangs\n%s", stacks[:runtime.Stack(stacks, true)])
	}
	return panicked, done
}

// numbers calls f with numbers up to most: with all, or with some of them.
func numbers(most int, f func(n int)) {
	samples, err := strconv.Atoi(*faultsFlag)
	switch {
	case *faultsFlag == "all":
		for n := range most {
			f(n + 1)
		}
		return
	case err != nil:
		samples = 3
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range samples {
		f(1 + random.IntN(most))
	}
}

// faultyWriter is a writer with a call that goes wrong, or that takes no more than so many bytes.
type faultyWriter struct {
	bytes.Buffer
	in   *injector
	room int // in bytes; -1: endless
}

func (w *faultyWriter) Write(p []byte) (int, error) {
	if w.room >= 0 {
		if len(p) > w.room-w.Len() {
			n, _ := w.Buffer.Write(p[:w.room-w.Len()])
			return n, errFault
		}
		return w.Buffer.Write(p)
	}
	bad, err := w.in.call("WriteBytes")
	switch bad {
	case fails:
		return 0, err
	case nothing:
		return 0, nil
	case short:
		return w.Buffer.Write(p[:len(p)/2])
	}
	n, writeErr := w.Buffer.Write(p)
	if bad == late {
		return n, err
	}
	return n, writeErr
}

// TestFaultsOfZip has the n-th write of an archive, or one of its bytes, go wrong. The error comes back, and the site can be built again.
func TestFaultsOfZip(t *testing.T) {
	_, site, opened := loadFaultSite(t)
	zipped := func(ctx context.Context, w io.Writer) error {
		_, err := site.Build(ctx, jam.Zip(w))
		return err
	}
	want := &faultyWriter{in: newInjector(t.Context(), "", 0), room: -1}
	if err := zipped(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	counts, goroutines := tally{}, runtime.NumGoroutine()
	const step = 101 // bytes
	one := func(f fault, n, room int) {
		in := newInjector(t.Context(), f, n)
		defer in.cancel()
		w := &faultyWriter{in: in, room: room}
		var err error
		panicked, done := inGoroutine(t, func() { err = zipped(in.ctx, w) })
		what := fmt.Sprintf("%s %d", f, n)
		switch broken := f == fails || f == late || f == panics; {
		case panicked != nil:
			t.Errorf("%s: a panic comes out: %v", what, panicked)
		case !done && f != exits:
			t.Errorf("%s: the goroutine has ended", what)
		case done && err == nil && !bytes.Equal(w.Bytes(), want.Bytes()):
			t.Errorf("%s: no error, and the archive is another", what)
		case broken && !errors.Is(err, errFault):
			t.Errorf("%s: error %v", what, err)
		case (f == hangs || f == cancels) && err != nil && !errors.Is(err, context.Canceled):
			t.Errorf("%s: error %v", what, err)
		}
		counts[fmt.Sprintf("%s, fails: %t", f, err != nil)]++
		settled(t, "goroutines", goroutines, runtime.NumGoroutine)
		settled(t, "files of the tree", 0, func() int { return int(opened.opened.Load()) })
	}
	for _, f := range []fault{fails, late, panics, exits, hangs, cancels, nothing, short} {
		numbers(int(want.in.calls.Load()), func(n int) { one(f, n, -1) })
	}
	numbers((want.Len()-1)/step, func(n int) { one(fails, n, n*step) })
	again := &faultyWriter{room: want.Len()}
	if err := zipped(t.Context(), again); err != nil || !bytes.Equal(again.Bytes(), want.Bytes()) {
		t.Errorf("the archive is another after all that: %v", err)
	}
	counts.log(t)
}

// faultyResponse is a response with a call that goes wrong.
type faultyResponse struct {
	*httptest.ResponseRecorder
	in *injector
}

func (r faultyResponse) WriteHeader(status int) {
	_, _ = r.in.call("WriteHeader")
	r.ResponseRecorder.WriteHeader(status)
}

func (r faultyResponse) Write(p []byte) (int, error) {
	if bad, err := r.in.call("Write"); bad == fails {
		return 0, err
	} else if bad == late {
		return len(p) / 2, err
	}
	return r.ResponseRecorder.Write(p)
}

// TestFaultsOfResponses has calls of responses go wrong: nothing is left open, and what is asked for next is right.
func TestFaultsOfResponses(t *testing.T) {
	s, site, opened := loadFaultSite(t)
	h := site.Handler()
	serve := func(ctx context.Context, w http.ResponseWriter, name string) {
		h.ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodGet, "/"+name, nil))
	}
	counts, goroutines := tally{}, runtime.NumGoroutine()
	for name, want := range s.versions[0].want {
		url := name
		if dir, ok := strings.CutSuffix(name, "index.html"); ok {
			url = dir
		}
		for _, f := range []fault{fails, late, panics, exits, hangs, cancels} {
			for n := 1; n <= 3; n++ { // no response takes more calls
				in := newInjector(t.Context(), f, n)
				defer in.cancel()
				panicked, done := inGoroutine(t, func() { serve(in.ctx, faultyResponse{httptest.NewRecorder(), in}, url) })
				if panicked != nil && panicked != any(errFault) || !done && panicked == nil && f != exits {
					t.Errorf("%s of %s: %v", f, name, panicked)
				}
				counts[fmt.Sprintf("%s, reached: %t", f, in.hit.Load() != nil)]++
				settled(t, "goroutines", goroutines, runtime.NumGoroutine)
				settled(t, "files of the tree", 0, func() int { return int(opened.opened.Load()) })
			}
		}
		w := httptest.NewRecorder()
		if serve(t.Context(), w, url); w.Body.String() != want {
			t.Errorf("%s: %d bytes with status %d after faults, want %d", name, w.Body.Len(), w.Code, len(want))
		}
	}
	counts.log(t)
}
