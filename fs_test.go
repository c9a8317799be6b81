package jam_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
)

const smallSite = `
-- content/_index.md --
Home.
-- content/posts/a.md --
---
title: A
---
Text of A. [b](b/index.md)
-- content/posts/b/index.md --
Text of B.
-- content/posts/b/pic.svg --
<svg xmlns="http://www.w3.org/2000/svg"/>
-- static/big.bin --
0123456789
-- static/.well-known/x --
y
`

func TestFS(t *testing.T) {
	site := mustLoad(t, archive(t, smallSite), nil)
	if err := fstest.TestFS(site.FS(t.Context()), site.Files()...); err != nil {
		t.Fatal(err)
	}
}

// TestFSEqualsBuild holds the three ways out against each other.
func TestFSEqualsBuild(t *testing.T) {
	site := mustLoad(t, archive(t, smallSite), nil)
	mem := jam.Memory()
	if _, err := site.Build(t.Context(), mem); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, site.FS(t.Context())); err != nil {
		t.Fatal(err)
	}
	for name, want := range mem.Files() {
		got, err := fs.ReadFile(site.FS(t.Context()), name)
		if err != nil || string(got) != string(want) {
			t.Errorf("FS has %s = %q, %v; built %q", name, got, err, want)
		}
		got, err = os.ReadFile(filepath.Join(dir, name))
		if err != nil || string(got) != string(want) {
			t.Errorf("the copy has %s = %q, %v; built %q", name, got, err, want)
		}
	}
	if err := fstest.TestFS(mem.FS(), site.Files()...); err != nil {
		t.Error(err)
	}
}

func TestServe(t *testing.T) {
	site := mustLoad(t, archive(t, smallSite), nil)
	server := httptest.NewServer(http.FileServerFS(site.FS(t.Context())))
	defer server.Close()
	get := func(path, ranges string) (int, string) {
		req, err := http.NewRequest("GET", server.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if ranges != "" {
			req.Header.Set("Range", ranges)
		}
		resp, err := server.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(b)
	}
	if code, body := get("/posts/a/", ""); code != 200 || !strings.Contains(body, "Text of A.") {
		t.Errorf("/posts/a/: %d %q", code, body)
	}
	if code, body := get("/big.bin", "bytes=2-4"); code != 206 || body != "234" {
		t.Errorf("/big.bin, a part: %d %q", code, body)
	}
	if code, _ := get("/nope", ""); code != 404 {
		t.Errorf("/nope: %d", code)
	}
}

func TestFSErrors(t *testing.T) {
	cause := errors.New("the cause")
	site := mustLoad(t, archive(t, smallSite), &jam.Config{
		Renderer: jam.RendererFunc(func(context.Context, io.Writer, *jam.Page) error { return cause }),
	})
	_, err := site.FS(t.Context()).Open("posts/a/index.html")
	if !errors.Is(err, cause) {
		t.Errorf("Open = %v, want the cause", err)
	}
	if list := jam.Errors(err); len(list) != 1 || list[0].Path != "content/posts/a.md" {
		t.Errorf("Errors = %v, want one that names the page", list)
	}
	answer := httptest.NewRecorder()
	http.FileServerFS(site.FS(t.Context())).ServeHTTP(answer, httptest.NewRequest("GET", "/posts/a/", nil))
	if answer.Code != 500 {
		t.Errorf("a page that fails is served with status %d:\n%s", answer.Code, answer.Body)
	}
	ctx, cancel := context.WithCancel(t.Context())
	fsys := site.FS(ctx)
	cancel()
	if _, err := fsys.Open("posts/a/index.html"); !errors.Is(err, context.Canceled) {
		t.Errorf("Open after the context ended = %v", err)
	}
}

// TestTwoSites loads, renders and builds two sites at the same time: under the race
// detector it shows that they share nothing.
func TestTwoSites(t *testing.T) {
	first, second := archive(t, smallSite), os.DirFS("examples/quickstart")
	want := map[string]string{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 4 {
		for name, f := range map[string]func() (fs.FS, *jam.Config){
			"small":   func() (fs.FS, *jam.Config) { return first, &jam.Config{Title: "Small", Workers: 3} },
			"example": func() (fs.FS, *jam.Config) { return second, &jam.Config{Workers: 3} },
		} {
			wg.Go(func() {
				tree, cfg := f()
				site, err := jam.Load(t.Context(), tree, cfg)
				if err != nil {
					t.Errorf("%s: %v", name, err)
					return
				}
				var inner sync.WaitGroup
				for range 2 {
					inner.Go(func() {
						mem := jam.Memory()
						if _, err := site.Build(t.Context(), mem); err != nil {
							t.Errorf("%s: %v", name, err)
							return
						}
						mu.Lock()
						defer mu.Unlock()
						for file, b := range mem.Files() {
							key := name + "/" + file
							if old, ok := want[key]; ok && old != string(b) {
								t.Errorf("%s differs from one build to the next", key)
							}
							want[key] = string(b)
						}
					})
					inner.Go(func() {
						for _, file := range site.Files() {
							if _, err := fs.ReadFile(site.FS(t.Context()), file); err != nil {
								t.Errorf("%s: %v", name, err)
							}
						}
					})
				}
				inner.Wait()
			})
		}
	}
	wg.Wait()
}

// countingFS counts how often files are opened.
type countingFS struct {
	fs.FS
	opened atomic.Int32
}

func (f *countingFS) Open(name string) (fs.File, error) {
	f.opened.Add(1)
	return f.FS.Open(name)
}

// No stamp is taken of a file that no build makes.
func TestFSRecordsNothing(t *testing.T) {
	tree := &countingFS{FS: fstest.MapFS{"content/_index.md": {}, "static/b.bin": {Data: []byte("b")}}}
	site, err := jam.Load(t.Context(), tree, nil)
	if err != nil {
		t.Fatal(err)
	}
	tree.opened.Store(0)
	if _, err := fs.ReadFile(site.FS(t.Context()), "b.bin"); err != nil {
		t.Fatal(err)
	}
	if n := tree.opened.Load(); n != 1 {
		t.Errorf("the file was opened %d times, want once", n)
	}
}
