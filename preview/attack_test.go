package preview_test

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTargetsOutside asks for files that lie beside the site, around it and in its folders, by every way to write that.
func TestTargetsOutside(t *testing.T) {
	const secret = "SECRET-THAT-STAYS"
	files := small()
	for _, name := range []string{"secret.txt", ".git/config", ".env", "content/.secret.txt", "data/secret.txt", "layouts/secret.txt", "public/index.html"} {
		files[name] = secret
	}
	s := open(t, files, nil, nil)
	if err := os.WriteFile(filepath.Join(filepath.Dir(s.dir), "outside.txt"), []byte(secret), 0o644); err != nil {
		t.Fatal(err)
	}
	s.await("/a/", "Text of a")
	var targets []string
	for _, up := range []string{
		"", "../", "../../", "a/../../", "%2e%2e/", "%2e%2e%2f", "..%2f", "..%5c", `..\`, "%252e%252e%252f", "....//", ".%2e/", "..;/", "..%00/", "%c0%ae%c0%ae/", "/", "//", `\`, "%5c", "%2f", "./", ".//", "%2e/",
		s.dir + "/", "file://" + s.dir + "/", "C:/", `C:\`, "//?/C:/", "%5c%5c.%5c",
	} {
		for _, to := range []string{"secret.txt", "outside.txt", ".git/config", ".env", "content/a.md", "content/.secret.txt", "layouts/all.html", "data/secret.txt", "static/../secret.txt", "secret.txt::$DATA", "SECRET.TXT", "secret.txt.", "secret.txt%20", "secret.txt%00.html"} {
			for _, from := range []string{"/", "/a/", "/_jam/", "/_jam/preview.js/", "/b/", "/.well-known/"} {
				targets = append(targets, from+up+to)
			}
			targets = append(targets, "/_jam/problems?page=/"+up+to, "/_jam/state?page="+up+to+"&id=&sum=", "/_jam/warnings?page=/"+up+to)
		}
	}
	n := 0
	for _, target := range targets {
		r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(fmt.Sprintf("GET %s HTTP/1.1\r\nHost: localhost:8080\r\nAccept: text/html\r\n\r\n", target))))
		if err != nil {
			continue
		}
		n++
		w := httptest.NewRecorder()
		s.front.ServeHTTP(w, r)
		body := w.Body.String()
		if to := w.Header().Get("Location"); strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`) || strings.Contains(to, "..") {
			t.Errorf("%q leads to %q", target, to)
		}
		if strings.Contains(body, secret) || strings.Contains(body, "title: A") || strings.Contains(body, "{{") || w.Code >= 500 {
			t.Errorf("%q: %d\n%.300s", target, w.Code, body)
		}
	}
	if n < 2000 {
		t.Errorf("only %d requests", n)
	}
}
