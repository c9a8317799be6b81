package jam_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jam-go/jam"
)

// attackTargets are targets of requests, as they stand in the first line: those with a name as it is where that can be, and with each
// of its bytes percent-encoded once and twice.
func attackTargets(names []string) []string {
	var list []string
	for _, name := range names {
		if len(name) > 2000 {
			continue
		}
		var once, twice strings.Builder
		for _, c := range []byte(name) {
			fmt.Fprintf(&once, "%%%02x", c)
			fmt.Fprintf(&twice, "%%25%02X", c)
		}
		for _, prefix := range []string{"/", "/pre/", "/pre/posts/one/", "/pre/posts/one"} {
			list = append(list, prefix+once.String(), prefix+twice.String(), prefix+(&url.URL{Path: name}).EscapedPath())
			if !strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
				list = append(list, prefix+name)
			}
		}
	}
	list = append(list,
		"//evil.example/", "//evil.example/index.html", "//evil.example/%2e%2e", `/\evil.example/`, `/\/evil.example/`, "/%5cevil.example/index.html", "/%2fevil.example/index.html", "/pre//evil.example/index.html",
		"/pre/%2fevil.example", "/pre/.", "/pre/..", "/pre/./", "/pre/../", "/pre/posts/.", "/pre/posts/..", "/pre/posts//", "/pre//posts/one/", "/pre/posts/one//", "/pre/posts/one/index.html/", "/pre/posts/one/index.html/..",
		"/pre/POSTS/ONE/", "/PRE/posts/one/", "/pre/posts/one/INDEX.HTML", "/pre/posts/one./", "/pre/posts/one%20/", "/pre/posts/one/index.html.", "/pre/posts/one/index.html%20", "/pre/posts/one/index.html::$DATA", "/pre/style.css%00", "/pre/style.css%00.html",
		"/pre/style.css/", "/pre/style.css;x", "/pre/style.css%3fx", "/pre/style.css%23x", "/pre", "/pr", "/pre%2f", "/pre/%2e", "/pre/%2e%2e%2f", "*", "http://evil.example/pre/", "https://evil.example/pre/posts/one", "http://x/../secret.txt",
		"/pre/.jam/manifest", "/pre/content/posts/one.md", "/pre/layouts/all.html", "/pre/con", "/pre/aux.html", "/pre/posts/one?/../../secret", "/pre/posts?//evil.example", "/pre/posts/one?x=%0d%0aSet-Cookie:a=b", "/pre/posts/one%0d%0aLocation:%20x", "/pre/old", "/pre/old/",
	)
	slices.Sort(list)
	return slices.Compact(list)
}

// TestURLAttacks asks a handler for what it does not have. What it answers is a file of the site under its own name, that there is
// nothing, or where in the site to look instead.
func TestURLAttacks(t *testing.T) {
	g := newGround(t)
	site, err := g.load(t, &jam.Config{Now: now, BaseURL: "https://example.org/pre/", NoRedirectFiles: true, Redirects: []jam.Redirect{{From: "/old/", To: "/posts/one/"}}})
	if err != nil {
		t.Fatal(err)
	}
	handler, out := site.Handler(), site.FS(t.Context())
	targets, answers := attackTargets(attackNames(filepath.ToSlash(g.dir))), map[int]int{}
	for _, target := range targets {
		r, err := http.ReadRequest(bufio.NewReader(strings.NewReader("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n")))
		if err != nil {
			answers[400]++
			continue
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		answers[w.Code]++
		if bad := badAnswer(out, r, w.Code, w.Header(), w.Body.Bytes()); bad != "" {
			t.Errorf("%.200q: %d %s", target, w.Code, bad)
		}
	}
	for _, name := range attackNames(filepath.ToSlash(g.dir)) {
		if b, err := fs.ReadFile(out, name); err == nil && !slices.Contains(site.Files(), name) {
			t.Errorf("the file system has %.100q: %q", name, b)
		}
	}
	g.check(t)
	g.age(t)
	if answers[200] == 0 || answers[301] == 0 || answers[404] == 0 {
		t.Error("there is too little among the answers")
	}
	t.Logf("%d requests, answers by status: %v", len(targets), answers)
}

// badAnswer says what is wrong with an answer, if something is.
func badAnswer(out fs.FS, r *http.Request, status int, header http.Header, body []byte) string {
	rest, below := strings.CutPrefix(r.URL.Path, "/pre/")
	switch status {
	case 200:
		want, err := fs.ReadFile(out, rest)
		if rest == "" || strings.HasSuffix(rest, "/") {
			want, err = fs.ReadFile(out, rest+"index.html")
		}
		if err != nil || !below || !bytes.Equal(body, want) {
			return fmt.Sprintf("%.100q is no file of that name: %v", body, err)
		}
	case 301:
		to := header.Get("Location")
		u, err := url.Parse(to)
		if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(to, "/pre/") || strings.ContainsAny(to, "\\\r\n\x00") || strings.Contains(u.Path, "//") || strings.Contains(u.Path, "..") {
			return "it leads to " + to
		}
	case 404:
		if bytes.Contains(body, []byte(secret)) {
			return "it holds the secret"
		}
	default:
		return "is no answer to that"
	}
	return ""
}

// TestURLAttacksByWire has a server, with a mux and without one, between those who ask and the handler.
func TestURLAttacksByWire(t *testing.T) {
	g := newGround(t)
	site, err := g.load(t, &jam.Config{Now: now, BaseURL: "https://example.org/pre/"})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/", site.Handler())
	targets := attackTargets(attackNames(filepath.ToSlash(g.dir)))
	for i, handler := range []http.Handler{site.Handler(), mux} {
		server := httptest.NewServer(handler)
		defer server.Close()
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Skip(err)
		}
		defer func() { conn.Close() }()
		conn.SetDeadline(time.Now().Add(time.Minute))
		in := bufio.NewReader(conn)
		for _, target := range targets[i:] {
			if len(target)%7 != 0 { // some
				continue
			}
			fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", target)
			resp, err := http.ReadResponse(in, nil)
			if err != nil {
				t.Fatalf("%.200q: %v", target, err)
			}
			body, err := io.ReadAll(resp.Body)
			if err != nil || bytes.Contains(body, []byte(secret)) || resp.StatusCode >= 500 || resp.StatusCode == 200 && bytes.Contains(body, []byte("<pre>")) {
				t.Errorf("%.200q: %d %.100q %v", target, resp.StatusCode, body, err)
			}
			if to := resp.Header.Get("Location"); strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`) {
				t.Errorf("%.200q leads to %q", target, to)
			}
			if resp.Close { // after what is no request
				conn.Close()
				if conn, err = net.Dial("tcp", server.Listener.Addr().String()); err != nil {
					t.Fatal(err)
				}
				conn.SetDeadline(time.Now().Add(time.Minute))
				in = bufio.NewReader(conn)
			}
		}
	}
	g.check(t)
	g.age(t)
}
