package preview_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/preview"
)

// A program mounts the preview of its site beside its own pages.
func ExampleNew() {
	dir, err := os.MkdirTemp("", "site")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := os.Mkdir(filepath.Join(dir, "content"), 0o755); err != nil {
		log.Fatal(err)
	}
	text := []byte("---\ntitle: Hello\ndate: 2999-12-31\n---\n")
	if err := os.WriteFile(filepath.Join(dir, "content", "hello.md"), text, 0o644); err != nil {
		log.Fatal(err)
	}
	renderer := jam.RendererFunc(func(_ context.Context, w io.Writer, p *jam.Page) error {
		_, err := fmt.Fprintf(w, "<title>%s</title>", p.Title())
		return err
	})

	h, err := preview.New(context.Background(), dir, &jam.Config{Renderer: renderer}, &preview.Options{Path: "/site/"})
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	mux := http.NewServeMux()
	mux.Handle("/site/", h)

	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost/site/hello/", nil))
	fmt.Printf("%d %.20s\n", w.Code, w.Body)
	// Output: 200 <title>Hello</title>
}
