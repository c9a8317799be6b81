package devtools

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// start starts a browser and a server for a test, or skips it.
func start(t *testing.T) (context.Context, *Browser, *httptest.Server) {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes a second to start")
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	b, err := Start(ctx, t.TempDir())
	if errors.Is(err, ErrNoBrowser) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, `<!doctype html><title>One</title><link rel="icon" href="data:,"><p id="p">first</p>`)
	})
	mux.HandleFunc("GET /two", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, `<!doctype html><title>Two</title><link rel="icon" href="data:,"><p>second</p>`+
			`<script>console.warn("look", 7, {a: 1}); setTimeout(() => missing(), 0)</script><img src="/none.png">`)
	})
	mux.HandleFunc("GET /on", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, `<!doctype html><script>location.replace("/two")</script><img src="/none.png">`)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return ctx, b, server
}

func TestPage(t *testing.T) {
	ctx, b, server := start(t)
	p, err := b.Open(ctx, server.URL+"/")
	if err != nil {
		t.Fatal(err)
	}
	var text string
	if err := p.Eval(ctx, `document.getElementById("p").textContent`, &text); err != nil || text != "first" {
		t.Errorf("the paragraph: %q, %v", text, err)
	}
	var sum struct{ A, B int }
	if err := p.Eval(ctx, `new Promise(done => setTimeout(() => done({a: 1, b: 2}), 5))`, &sum); err != nil || sum.A+sum.B != 3 {
		t.Errorf("a promise: %+v, %v", sum, err)
	}
	if err := p.Eval(ctx, `Promise.reject(new Error("no luck"))`, nil); err == nil || !strings.Contains(err.Error(), "no luck") {
		t.Errorf("a rejected promise: %v", err)
	}
	if err := p.Eval(ctx, `window`+`.none`, &text); err == nil || !strings.Contains(err.Error(), "want a value, have undefined") {
		t.Errorf("undefined: %v", err)
	}
	if got := p.Messages(); len(got) != 0 {
		t.Errorf("messages: %v", got)
	}
	if err := p.OnNewDocument(ctx, `window.early = !document.body`); err != nil {
		t.Fatal(err)
	}
	testWaiting(ctx, t, p, server)
	testMessages(ctx, t, p, server)
	testScreen(ctx, t, p)
	if err := p.Close(ctx); err != nil {
		t.Error(err)
	}
	if err := p.Eval(ctx, `1`, nil); err == nil {
		t.Error("a closed page still answers")
	}
}

// testWaiting waits for what comes after a navigation, and for what never comes.
func testWaiting(ctx context.Context, t *testing.T, p *Page, server *httptest.Server) {
	t.Helper()
	if err := p.Eval(ctx, `void setTimeout(() => location.href = "/two", 30)`, nil); err != nil {
		t.Fatal(err)
	}
	if err := p.Eval(ctx, `new Promise(() => {})`, nil); !errors.Is(err, ErrNavigated) {
		t.Errorf("a promise of a page that goes away: %v", err)
	}
	if err := p.WaitFor(ctx, `document.querySelector("p").textContent == "second" && early`); err != nil {
		t.Error(err)
	}
	soon, cancel := context.WithTimeout(ctx, 30*time.Millisecond)
	defer cancel()
	err := p.WaitFor(soon, `document.querySelector("h6").textContent`)
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "TypeError") {
		t.Errorf("what never comes: %v", err)
	}
	if err := p.Navigate(ctx, "http://127.0.0.1:1/"); err == nil {
		t.Error("no error where nothing answers")
	}
	if err := p.Navigate(ctx, server.URL+"/on"); err != nil {
		t.Errorf("a page that leads on before it has loaded: %v", err)
	}
	if err := p.Navigate(ctx, server.URL+"/#here"); err != nil {
		t.Error(err)
	}
	if err := p.Navigate(ctx, server.URL+"/#there"); err != nil {
		t.Errorf("another place in the document: %v", err)
	}
}

func testMessages(ctx context.Context, t *testing.T, p *Page, server *httptest.Server) {
	t.Helper()
	p.Messages()
	if err := p.Navigate(ctx, server.URL+"/two"); err != nil {
		t.Fatal(err)
	}
	want := []string{`warning: look 7 Object (`, `error: Uncaught ReferenceError: missing is not defined`, `404`}
	var all string
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		for _, m := range p.Messages() {
			all += m.String() + "\n"
		}
		if !slices.ContainsFunc(want, func(w string) bool { return !strings.Contains(all, w) }) {
			break
		}
	}
	for _, w := range want {
		if !strings.Contains(all, w) {
			t.Errorf("messages lack %q:\n%s", w, all)
		}
	}
	if at := "(" + server.URL + "/two:1)"; strings.Count(all, at) != 2 {
		t.Errorf("messages don't say twice that they are at %q:\n%s", at, all)
	}
}

func testScreen(ctx context.Context, t *testing.T, p *Page) {
	t.Helper()
	for _, dark := range []bool{true, false} {
		if err := p.SetViewport(ctx, 390, 300, dark); err != nil {
			t.Fatal(err)
		}
		var seen struct {
			Width int
			Dark  bool
		}
		if err := p.Eval(ctx, `({width: innerWidth, dark: matchMedia("(prefers-color-scheme: dark)").matches})`, &seen); err != nil {
			t.Fatal(err)
		}
		if seen.Width != 390 || seen.Dark != dark {
			t.Errorf("with dark %t, the page sees %+v", dark, seen)
		}
	}
	shot, err := p.Screenshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		t.Fatal(err)
	}
	if size := img.Bounds().Size(); size.X != 390 || size.Y != 300 {
		t.Errorf("the picture has the size %v", size)
	}
}

// TestCrash has a page crash, and then the browser die.
func TestCrash(t *testing.T) {
	ctx, b, server := start(t)
	p, err := b.Open(ctx, server.URL+"/")
	if err != nil {
		t.Fatal(err)
	}
	p.Navigate(ctx, "chrome://crash")
	if err := p.Eval(ctx, `1`, nil); err == nil || !strings.Contains(err.Error(), "crashed") {
		t.Errorf("after the page crashed: %v", err)
	}
	q, err := b.Open(ctx, server.URL+"/")
	if err != nil {
		t.Fatalf("another page: %v", err)
	}
	b.cmd.Process.Kill()
	for range 2 {
		err = q.WaitFor(ctx, `false`)
		if !errors.Is(err, errClosed) || !strings.Contains(err.Error(), "signal: killed") {
			t.Errorf("after the browser died: %v", err)
		}
	}
	if err := b.Close(); err != nil {
		t.Errorf("closing what is gone: %v", err)
	}
}

// TestClose has several pages at once, each of which is in front, and looks for processes that
// are left and have the profile in their command line.
func TestClose(t *testing.T) {
	ctx, b, server := start(t)
	for range 3 {
		p, err := b.Open(ctx, server.URL+"/")
		if err != nil {
			t.Fatal(err)
		}
		var hidden bool
		if err := p.Eval(ctx, `document.hidden`, &hidden); err != nil || hidden {
			t.Errorf("hidden: %t, %v", hidden, err)
		}
	}
	profile := b.cmd.Args[len(b.cmd.Args)-2]
	n := processes(t, profile)
	if n == 0 && runtime.GOOS == "linux" {
		t.Fatal("no process has the profile in its command line; the test sees nothing")
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	if n := processes(t, profile); n > 0 {
		t.Errorf("%d processes are left", n)
	}
}

func processes(t *testing.T, word string) int {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range files {
		if line, err := os.ReadFile(f); err == nil && bytes.Contains(line, []byte(word)) {
			n++
		}
	}
	return n
}

// TestNoBrowser checks what Start says where there is none.
func TestNoBrowser(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := Start(t.Context(), t.TempDir())
	if !errors.Is(err, ErrNoBrowser) {
		t.Errorf("Start: %v", err)
	}
}

// TestNotABrowser starts a program that ends at once.
func TestNotABrowser(t *testing.T) {
	if !supported {
		t.Skip("needs a shell")
	}
	dir := t.TempDir()
	script := "#!/bin/sh\necho no display >&2\nexit 3\n"
	if err := os.WriteFile(filepath.Join(dir, names[0]), []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	_, err := Start(t.Context(), t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "no display") || !strings.Contains(err.Error(), "exit status 3") {
		t.Errorf("Start: %v", err)
	}
}
