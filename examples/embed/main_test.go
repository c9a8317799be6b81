package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func get(t *testing.T, url string) (status int, contentType, body string) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header.Get("Content-Type"), string(b)
}

func TestHandler(t *testing.T) {
	h, err := handler(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	defer server.Close()
	tests := []struct {
		path   string
		status int
		body   string
	}{
		{"/", 200, "<title>Compiled in</title>"},
		{"/", 200, "/guide/how/"},
		{"/guide/", 200, "<h1>Guide</h1>"},
		{"/guide/how/", 200, "<code>site.FS</code>"},
		{"/guide/when/", 200, "alert-note"},
		{"/guide/where/", 404, "not found"},
	}
	for _, tt := range tests {
		status, contentType, body := get(t, server.URL+tt.path)
		if status != tt.status || !strings.Contains(body, tt.body) {
			t.Errorf("%s: status %d, want %d with %q:\n%s", tt.path, status, tt.status, tt.body, body)
		}
		if tt.status == 200 && contentType != "text/html; charset=utf-8" {
			t.Errorf("%s: content type %q", tt.path, contentType)
		}
	}
}

func TestServe(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	// The request is under way when the server is told to stop, and is answered.
	h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		cancel()
		io.WriteString(w, "answered")
	})
	done := make(chan error, 1)
	go func() { done <- serve(ctx, l, h) }()
	if _, _, body := get(t, "http://"+l.Addr().String()); body != "answered" {
		t.Errorf("body %q", body)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestRunFails(t *testing.T) {
	if err := run(t.Context(), "127.0.0.1:nonsense"); err == nil {
		t.Error("no error for an address that does not exist")
	}
}
