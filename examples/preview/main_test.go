package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPreview(t *testing.T) {
	src := t.TempDir()
	if err := os.MkdirAll(filepath.Join(src, "texts"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(src, "texts", "index.md"), []byte("---\ntitle: Start\ndraft: true\n---\nHello\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out, in := io.Pipe()
	var errs strings.Builder
	status := make(chan int, 1)
	go func() {
		status <- run(ctx, []string{"-src", src, "-content", "texts", "-addr", "127.0.0.1:0", "-title", "Things"}, in, &errs)
		in.Close()
	}()
	line := make([]byte, 100)
	n, err := out.Read(line)
	if err != nil {
		t.Fatal(err, errs.String())
	}
	url := strings.Fields(string(line[:n]))[2]
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	if err := res.Body.Close(); err != nil {
		t.Error(err)
	}
	if err != nil || res.StatusCode != http.StatusOK || !strings.Contains(string(body), "Hello") || !strings.Contains(string(body), "_jam/preview.js") {
		t.Errorf("%s: %v, %v\n%s", url, res.Status, err, body)
	}
	cancel()
	if got := <-status; got != 0 || errs.Len() > 0 {
		t.Errorf("status %d: %s", got, errs.String())
	}
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		args []string
		want int
	}{
		{[]string{"-src", filepath.Join(t.TempDir(), "none")}, 1},
		{[]string{"-nonsense"}, 2},
		{[]string{"too much"}, 2},
	} {
		var errs strings.Builder
		if got := run(t.Context(), c.args, io.Discard, &errs); got != c.want || errs.Len() == 0 {
			t.Errorf("%q: status %d, want %d; said %q", c.args, got, c.want, errs.String())
		}
	}
}
