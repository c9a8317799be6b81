package preview_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/preview"
)

// TestHammer has 64 clients ask for pages, states and events while files are edited, and
// checks that nothing old is shown in the end, and that nothing is left after Close.
func TestHammer(t *testing.T) {
	length := time.Second
	if testing.Short() {
		length = 300 * time.Millisecond
	}
	goroutines, handles := runtime.NumGoroutine(), openFiles()
	dir := t.TempDir()
	files := small()
	for i := range 20 {
		files[fmt.Sprintf("content/posts/p%d.md", i)] = fmt.Sprintf("---\ntitle: P%d\n---\nFirst.\n", i)
	}
	write(t, dir, files)
	h, err := preview.New(t.Context(), dir, &jam.Config{Memory: -1}, nil)
	must(t, err)
	server := httptest.NewServer(h)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	ctx, cancel := context.WithTimeout(t.Context(), length)
	defer cancel()
	var clients sync.WaitGroup
	for n := range 64 {
		clients.Go(func() { ask(ctx, t, client, server.URL, n) })
	}
	edit(ctx, t, dir)
	clients.Wait()
	files["content/posts/p7.md"] = "The last word."
	write(t, dir, files) // which mends everything
	s := &site{h, t, dir, h, "/_jam/"}
	s.await("/posts/p7/", "The last word.")
	if got := s.ask(s.show("/posts/p7/")); got.Stale || got.Problem != "" {
		t.Errorf("in the end: %+v", got)
	}
	must(t, h.Close())
	client.CloseIdleConnections()
	server.Close()
	awaitCount(t, "goroutines", goroutines, runtime.NumGoroutine)
	awaitCount(t, "open files", handles, openFiles)
}

// ask is one of the clients.
func ask(ctx context.Context, t *testing.T, client *http.Client, url string, n int) {
	targets := []string{"/", "/a/", "/b/", "/style.css", "/posts/", "/none/", "/posts/p7/", "/_jam/state?page=/posts/p3/&sum=x&id=y", "/_jam/problems?page=/a/"}
	if n < 8 {
		targets = []string{"/_jam/events"}
	}
	rnd := rand.New(rand.NewPCG(uint64(n), 0))
	for ctx.Err() == nil {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, url+targets[rnd.IntN(len(targets))], nil)
		if err != nil {
			t.Error(err)
			return
		}
		r.Header.Set("Accept", "text/html")
		res, err := client.Do(r)
		if err == nil {
			_, err = io.Copy(io.Discard, bufio.NewReader(res.Body))
			err = errors.Join(err, res.Body.Close())
			if c := res.StatusCode; c != 200 && c != 404 && c != 500 {
				t.Errorf("%s: %s", r.URL, res.Status)
			}
		}
		if err != nil && ctx.Err() == nil {
			t.Errorf("%s: %v", r.URL, err)
		}
	}
}

// edit changes, breaks, makes and removes files.
func edit(ctx context.Context, t *testing.T, dir string) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for i := 0; ctx.Err() == nil; i++ {
		name, text := fmt.Sprintf("content/posts/p%d.md", rnd.IntN(20)), fmt.Sprintf("---\ntitle: Edit %d\n---\nText.\n", i)
		switch rnd.IntN(8) {
		case 0:
			name, text = "layouts/all.html", "{{ define \"main\" }}{{ .Content }}{{ end }}"
		case 1:
			name, text = "layouts/all.html", "{{ define \"main\" }}{{ .Content }}"
		case 2:
			text = "---\ntitle: [\n---\n"
		case 3:
			if err := os.Remove(dir + "/" + name); err != nil && !os.IsNotExist(err) {
				t.Error(err)
			}
			continue
		case 4:
			name = fmt.Sprintf("content/new%d/x.md", rnd.IntN(3))
		case 5:
			if err := os.RemoveAll(dir + fmt.Sprintf("/content/new%d", rnd.IntN(3))); err != nil {
				t.Error(err)
			}
			continue
		}
		write(t, dir, map[string]string{name: text})
		time.Sleep(time.Duration(rnd.IntN(20)) * time.Millisecond)
	}
}

// openFiles returns how many files the process has open, 0 where that is not known.
func openFiles() int {
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(list)
}

// awaitCount waits until there are no more of something than there were.
func awaitCount(t *testing.T, what string, was int, count func() int) {
	t.Helper()
	var now int
	for range 1000 {
		if now = count(); now <= was {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	stacks := make([]byte, 1<<20)
	t.Errorf("%d %s are left, there were %d before\n%s", now, what, was, stacks[:runtime.Stack(stacks, true)])
}

// TestClose closes previews in whatever state they are.
func TestClose(t *testing.T) {
	goroutines, handles := runtime.NumGoroutine(), openFiles()
	for i := range 10 {
		dir := t.TempDir()
		write(t, dir, small())
		ctx, cancel := context.WithCancel(t.Context())
		h, err := preview.New(ctx, dir, nil, &preview.Options{Poll: time.Duration(i%2) * time.Millisecond})
		must(t, err)
		s := &site{h, t, dir, h, "/_jam/"}
		if i%3 == 0 {
			s.get("/a/")
		}
		if i%4 == 0 {
			cancel()
		}
		must(t, h.Close())
		must(t, h.Close())
		if w := s.get("/a/"); w.Code != http.StatusServiceUnavailable {
			t.Errorf("after Close: %d", w.Code)
		}
		if w := s.get("/_jam/preview.js"); w.Code != http.StatusOK { // for a page that was sent before
			t.Errorf("the script after Close: %d", w.Code)
		}
		cancel()
	}
	dir := t.TempDir()
	write(t, dir, small())
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := preview.New(ctx, dir, nil, nil); err != nil {
		t.Fatal(err)
	}
	cancel() // which is as good as Close
	awaitCount(t, "goroutines", goroutines, runtime.NumGoroutine)
	awaitCount(t, "open files", handles, openFiles)
}

// TestCloseWithSlowReader closes a preview while a client does not take what it has asked for.
func TestCloseWithSlowReader(t *testing.T) {
	s := open(t, map[string]string{"content/_index.md": "x", "static/large.bin": strings.Repeat("large", 4<<20)}, nil, nil)
	res, err := http.Get(s.server().URL + "/large.bin")
	must(t, err)
	must(t, s.Close())
	must(t, res.Body.Close())
}

func TestRun(t *testing.T) {
	goroutines := runtime.NumGoroutine()
	dir := t.TempDir()
	write(t, dir, small())
	for _, opts := range []*preview.Options{{}, {Addr: "127.0.0.1:0", Path: "/sub/"}, {Addr: ":0"}} {
		ctx, cancel := context.WithCancel(t.Context())
		ready := make(chan string, 1)
		opts.Ready = func(url string) { ready <- url }
		done := make(chan error, 1)
		go func() { done <- preview.Run(ctx, dir, nil, opts) }()
		url := <-ready
		if !strings.HasPrefix(url, "http://127.0.0.1:") && !strings.HasPrefix(url, "http://localhost:") || !strings.HasSuffix(url, max("/", opts.Path)) {
			t.Errorf("ready at %s", url)
		}
		res, err := http.Get(url + "a/")
		must(t, err)
		if body, err := io.ReadAll(res.Body); err != nil || !strings.Contains(string(body), "Text of a.") {
			t.Errorf("%s: %v\n%s", res.Status, err, body)
		}
		must(t, res.Body.Close())
		events, err := http.Get(url + "_jam/events")
		must(t, err)
		cancel()
		must(t, <-done)
		must(t, events.Body.Close())
		http.DefaultClient.CloseIdleConnections()
	}
	if err := preview.Run(t.Context(), dir+"/none", nil, nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no directory: %v", err)
	}
	if err := preview.Run(t.Context(), dir+"/content/a.md", nil, nil); err == nil {
		t.Error("a file is taken for a directory")
	}
	if err := preview.Run(t.Context(), dir, nil, &preview.Options{Addr: "127.0.0.1:x"}); err == nil {
		t.Error("an odd address is no error")
	}
	awaitCount(t, "goroutines", goroutines, runtime.NumGoroutine)
}
