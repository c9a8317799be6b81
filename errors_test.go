package jam_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
)

func TestErrors(t *testing.T) {
	plain := errors.New("plain")
	a := &jam.Error{Op: "x", Path: "a", Line: 1, Column: 2, Err: fs.ErrExist}
	b := &jam.Error{Path: "b", Err: plain}
	for want, err := range map[string]error{
		"":                              nil,
		"plain":                         plain,
		"a:1:2: x: file already exists": a,
		"a:1:2: x: file already exists; b: plain":   errors.Join(b, a, b),
		"a:1:2: x: sidebar: file already exists":    fmt.Errorf("sidebar: %w", a),
		"plain; a:1:2: x: file already exists":      fmt.Errorf("%w, %w", a, plain),
		"a:1:2: x: file already exists; b: plain; ": &fs.PathError{Op: "open", Path: "y", Err: fmt.Errorf("wrapped: %w", errors.Join(a, b))},
	} {
		var got []string
		for _, e := range jam.Errors(err) {
			got = append(got, e.Error())
		}
		if g := strings.Join(got, "; "); g != strings.TrimSuffix(want, "; ") {
			t.Errorf("Errors(%v) = %s, want %s", err, g, want)
		}
	}
}

// failing is an Output that fails, or panics, where its methods say.
type failing struct {
	at, how string
	calls   *[]string
}

func (f failing) do(call string) error {
	*f.calls = append(*f.calls, call)
	switch {
	case f.at != call:
		return nil
	case f.how == "panic":
		panic("boom")
	}
	return errors.New("no")
}

func (f failing) Begin(context.Context) (jam.Transaction, error) { return f, f.do("begin") }
func (f failing) Sequential()                                    {}
func (f failing) Write(_ context.Context, file *jam.OutputFile) (jam.Status, error) {
	if file.Name() == "a/index.html" {
		return jam.Written, f.do("write")
	}
	return jam.Written, nil
}
func (f failing) Commit(context.Context) ([]string, error) { return nil, f.do("commit") }
func (f failing) Abort() error                             { return f.do("abort") }

func TestFailingOutput(t *testing.T) {
	site := mustLoad(t, fstest.MapFS{"content/a.md": {}}, nil)
	for _, how := range []string{"error", "panic"} {
		cause := map[string]string{"error": "no", "panic": "panic: boom"}[how]
		for at, want := range map[string]struct{ err, calls string }{
			"begin":  {"write: " + cause, "begin"},
			"write":  {"a/index.html: write: " + cause, "begin write abort"},
			"commit": {"write: " + cause, "begin write commit"},
			"none":   {"<nil>", "begin write commit"},
		} {
			var calls []string
			_, err := site.Build(t.Context(), failing{at, how, &calls})
			if got := strings.Join(calls, " "); fmt.Sprint(err) != want.err || got != want.calls {
				t.Errorf("%s at %s: %v after %s, want %s after %s", how, at, err, got, want.err, want.calls)
			}
		}
	}
}

// TestGoexit shows that a renderer that ends its goroutine fails the build, and
// removes nothing of the last one.
func TestGoexit(t *testing.T) {
	dir := t.TempDir()
	tree := fstest.MapFS{"content/a.md": {}}
	if _, err := mustLoad(t, tree, nil).Build(t.Context(), jam.Dir(dir)); err != nil {
		t.Fatal(err)
	}
	site := mustLoad(t, tree, &jam.Config{Renderer: jam.RendererFunc(func(context.Context, io.Writer, *jam.Page) error {
		runtime.Goexit()
		return nil
	})})
	for _, out := range []jam.Output{jam.Dir(dir), jam.Zip(io.Discard)} {
		if _, err := site.Build(t.Context(), out); err == nil {
			t.Error("the build succeeded")
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "a", "index.html")); err != nil {
		t.Error(err)
	}
}

// TestDeadlineOfARenderer tells the renderer's own deadline from the build's.
func TestDeadlineOfARenderer(t *testing.T) {
	site := mustLoad(t, fstest.MapFS{"content/a.md": {}}, &jam.Config{
		Renderer: jam.RendererFunc(func(_ context.Context, _ io.Writer, p *jam.Page) error {
			return fmt.Errorf("asking for a price: %w", context.DeadlineExceeded)
		}),
	})
	_, err := site.Build(t.Context(), jam.Memory())
	if list := jam.Errors(err); len(list) != 2 || list[0].Path != "content/a.md" || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("err = %v", err)
	}
}

// panicking is a file system that panics at one file.
type panicking struct{ fs.FS }

func (p panicking) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, "bad.bin") || strings.HasSuffix(name, "bad.md") {
		panic("bad file")
	}
	return p.FS.Open(name)
}

func TestPanickingTree(t *testing.T) {
	site := mustLoad(t, panicking{fstest.MapFS{"content/a.md": {}, "static/bad.bin": {}}}, nil)
	for _, out := range []jam.Output{jam.Memory(), jam.Dir(t.TempDir()), jam.Zip(io.Discard)} {
		if _, err := site.Build(t.Context(), out); err == nil || !strings.Contains(err.Error(), "panic: bad file") {
			t.Errorf("%T: %v", out, err)
		}
	}
	if _, err := site.FS(t.Context()).Open("bad.bin"); err == nil {
		t.Error("Open succeeded")
	}
	_, err := jam.Load(t.Context(), panicking{fstest.MapFS{"content/bad.md": {}}}, nil)
	if list := jam.Errors(err); len(list) != 1 || list[0].Path != "content/bad.md" {
		t.Errorf("Load: %v", err)
	}
}

// TestCausesAreReachable looks through everything that errors are wrapped in.
func TestCausesAreReachable(t *testing.T) {
	first, second := errors.New("first"), errors.New("second")
	site := mustLoad(t, fstest.MapFS{"content/a.md": {}}, &jam.Config{
		Renderer: jam.RendererFunc(func(_ context.Context, _ io.Writer, p *jam.Page) error {
			return errors.Join(&jam.Error{Op: "one", Err: first}, second)
		}),
	})
	_, err := site.Build(t.Context(), jam.Memory())
	if !errors.Is(err, first) || !errors.Is(err, second) {
		t.Errorf("a cause is lost in %v", err)
	}
	var paths []string
	for _, e := range jam.Errors(err) {
		paths = append(paths, e.Path)
	}
	if want := []string{"content/a.md", "content/a.md", "home /", "home /"}; !slices.Equal(paths, want) {
		t.Errorf("errors of %q, want %q", paths, want)
	}
}
