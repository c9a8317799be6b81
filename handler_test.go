package jam_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/jam-go/jam"
)

func TestHandler(t *testing.T) {
	tree := archive(t, smallSite+`
-- layouts/all.html --
{{ .Kind }} {{ .Content }}
-- layouts/404.html --
nothing here
`)
	for base, cfg := range map[string]*jam.Config{"": nil, "/pre": {BaseURL: "https://example.org/pre"}} {
		handler := mustLoad(t, tree, cfg).Handler()
		for _, tt := range []struct {
			method, path string
			status       int
			want         string // in the body, or the new location
		}{
			{"GET", "/", 200, "home"},
			{"GET", "/posts/a/", 200, "Text of A."},
			{"HEAD", "/posts/a/", 200, ""},
			{"GET", "/posts/a?x=1", 301, "/posts/a/?x=1"},
			{"GET", "/posts/a/index.html", 301, "/posts/a/"},
			{"GET", "/index.html", 301, "/"},
			{"GET", "/big.bin", 200, "0123456789"},
			{"GET", "/posts/b/pic.svg", 200, "<svg"},
			{"GET", "/nope/", 404, "nothing here"},
			{"HEAD", "/nope/", 404, ""},
			{"GET", "/posts/b", 301, "/posts/b/"},
			{"GET", "/.well-known/", 404, "nothing here"},
			{"GET", "//posts/a/", 404, "nothing here"},
			{"GET", "/../content/posts/a.md", 404, "nothing here"},
			{"POST", "/", 405, ""},
		} {
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, httptest.NewRequest(tt.method, "http://example.org"+base+tt.path, nil))
			got := w.Body.String()
			if w.Code == 301 {
				got, tt.want = w.Header().Get("Location"), base+tt.want
			}
			if w.Code != tt.status || !strings.Contains(got, tt.want) {
				t.Errorf("%s %s%s: %d %q, want %d %q", tt.method, base, tt.path, w.Code, got, tt.status, tt.want)
			}
		}
	}
	w := httptest.NewRecorder()
	mustLoad(t, tree, nil).Handler().ServeHTTP(w, httptest.NewRequest("GET", "/posts/b/pic.svg", nil))
	if got := w.Header().Get("Content-Type"); got != "image/svg+xml" {
		t.Errorf("Content-Type = %q", got)
	}
	if got := w.Header().Get("X-Content-Type-Options"); got != "nosniff" {
		t.Errorf("X-Content-Type-Options = %q", got)
	}
}

func TestHandlerErrors(t *testing.T) {
	site := mustLoad(t, archive(t, smallSite), &jam.Config{
		Renderer: jam.RendererFunc(func(_ context.Context, w io.Writer, p *jam.Page) error {
			if p.IsPage() {
				return errors.New("a secret")
			}
			_, err := fmt.Fprint(w, "list")
			return err
		}),
	})
	handler := site.Handler()
	var wg sync.WaitGroup
	for path, want := range map[string]int{"/posts/a/": 500, "/": 200, "/nope": 404} {
		for range 4 {
			wg.Go(func() {
				w := httptest.NewRecorder()
				handler.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
				if w.Code != want || strings.Contains(w.Body.String(), "secret") {
					t.Errorf("%s: %d %q, want %d", path, w.Code, w.Body, want)
				}
			})
		}
	}
	wg.Wait()
}
