package preview_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/preview"
)

// files of a small site.
func small() map[string]string {
	return map[string]string{
		"content/_index.md":    "---\ntitle: Home\n---\nWelcome.\n",
		"content/a.md":         "---\ntitle: A\n---\nText of a.\n",
		"content/b/index.md":   "---\ntitle: B\n---\nText of b.\n",
		"content/b/pic.svg":    "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
		"content/draft.md":     "---\ntitle: Draft\ndraft: true\n---\nNot yet.\n",
		"layouts/baseof.html":  "<!doctype html><title>{{ .Title }}</title><link rel=stylesheet href={{ \"style.css\" | relURL }}><body>{{ block \"main\" . }}{{ end }}</body>",
		"layouts/all.html":     "{{ define \"main\" }}<h1>{{ .Title }}</h1>{{ .Content }}<a href=\"{{ .Permalink }}\">here</a>{{ end }}",
		"layouts/404.html":     "<!doctype html><title>None</title><body>Nothing here</body>",
		"static/style.css":     "body { color: black }\n",
		"static/font.bin":      "\x00\x01\x02",
		"static/.well-known/x": "dot",
	}
}

// write writes files to a directory.
func write(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// site is a preview of a site, and its directory.
type site struct {
	*preview.Handler
	t     testing.TB
	dir   string
	front http.Handler // what is asked
	own   string       // path of what is the preview's own
}

func open(t testing.TB, files map[string]string, cfg *jam.Config, opts *preview.Options) *site {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, files)
	h, err := preview.New(context.Background(), dir, cfg, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	return &site{h, t, dir, h, "/_jam/"}
}

func (s *site) server() *httptest.Server {
	server := httptest.NewServer(s.front)
	s.t.Cleanup(server.Close)
	return server
}

func (s *site) write(name, text string) {
	s.t.Helper()
	write(s.t, s.dir, map[string]string{name: text})
}

func (s *site) path(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

// get asks as a browser does. Headers are pairs.
func (s *site) get(target string, headers ...string) *httptest.ResponseRecorder {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodGet, target, nil)
	r.Host = "localhost:8080"
	r.Header.Set("Accept", "text/html,*/*;q=0.8")
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
			continue
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.front.ServeHTTP(w, r)
	return w
}

// await asks as a browser does until the answer has a text.
func (s *site) await(target, want string) string {
	s.t.Helper()
	return s.awaitAs(target, want, "text/html")
}

// awaitProblem asks as a program does until the answer has a text.
func (s *site) awaitProblem(target, want string) string {
	s.t.Helper()
	return s.awaitAs(target, want, "*/*")
}

func (s *site) awaitAs(target, want, accept string) string {
	s.t.Helper()
	body := ""
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if body = s.get(target, "Accept", accept).Body.String(); strings.Contains(body, want) {
			return body
		}
	}
	s.t.Fatalf("%s never had %q, but\n%s", target, want, body)
	return ""
}

// shown is what a page's script says of itself.
type shown struct{ page, id, sum string }

var element = regexp.MustCompile(`<script async src="([^"]*)_jam/preview\.js\?\w+" data-page="([^"]*)" data-id="([^"]*)" data-sum="([^"]*)"></script>`)

func (s *site) show(target string) shown {
	s.t.Helper()
	body := s.get(target).Body.String()
	m := element.FindStringSubmatch(body)
	if m == nil {
		s.t.Fatalf("%s has no script:\n%s", target, body)
	}
	return shown{m[2], m[3], m[4]}
}

// answer is what a page is told.
type answer struct {
	ID, Problem, Badge string
	Stale              bool
	Changed            []string
}

func (s *site) ask(p shown) answer {
	s.t.Helper()
	w := s.get(s.own + "state?" + url.Values{"page": {p.page}, "id": {p.id}, "sum": {p.sum}}.Encode())
	var a answer
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		s.t.Fatalf("%d: %v\n%s", w.Code, err, w.Body)
	}
	return a
}

// awaitState asks until the state is not that of a page.
func (s *site) awaitState(p shown) answer {
	s.t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if a := s.ask(p); a.ID != p.id {
			return a
		}
	}
	s.t.Fatal("the state never changed")
	return answer{}
}

func TestPages(t *testing.T) {
	s := open(t, small(), &jam.Config{BaseURL: "https://example.org/"}, nil)
	for _, c := range []struct {
		target, contentType string
		status              int
		want                string
		script              bool
	}{
		{"/", "text/html; charset=utf-8", 200, "Welcome.", true},
		{"/a/", "text/html; charset=utf-8", 200, `href=http://localhost:8080/a/`, true},
		{"/draft/", "text/html; charset=utf-8", 200, "Not yet.", true},
		{"/none/", "text/html; charset=utf-8", 404, "Nothing here", true},
		{"/style.css", "text/css; charset=utf-8", 200, "body{color:black}", false},
		{"/b/pic.svg", "image/svg+xml", 200, "<svg", false},
		{"/font.bin", "application/octet-stream", 200, "\x00\x01\x02", false},
		{"/.well-known/x", "", 200, "dot", false},
		{"/sitemap.xml", "application/xml", 200, "http://localhost:8080/a/", false},
		{"/_jam/preview.js", "text/javascript; charset=utf-8", 200, "EventSource", false},
		{"/_jam/preview.css", "text/css; charset=utf-8", 200, ".jam", false},
		{"/_jam/other", "text/plain; charset=utf-8", 404, "404", false},
	} {
		w := s.get(c.target)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.want) || element.Match(w.Body.Bytes()) != c.script {
			t.Errorf("%s: status %d, want %d with %q, script %v:\n%s", c.target, w.Code, c.status, c.want, c.script, w.Body)
		}
		if got := w.Header().Get("Content-Type"); c.contentType != "" && got != c.contentType {
			t.Errorf("%s: type %q, want %q", c.target, got, c.contentType)
		}
		if got := w.Header().Get("Cache-Control"); !strings.HasPrefix(got, "no-store") {
			t.Errorf("%s: Cache-Control %q", c.target, got)
		}
		if strings.Contains(w.Body.String(), "jam-preview.invalid") {
			t.Errorf("%s has the placeholder:\n%s", c.target, w.Body)
		}
	}
	if w := s.get("/a"); w.Code != 301 || w.Header().Get("Location") != "/a/" {
		t.Errorf("/a: %d %q", w.Code, w.Header().Get("Location"))
	}
}

func TestChange(t *testing.T) {
	for _, poll := range []time.Duration{0, 5 * time.Millisecond} {
		s := open(t, small(), nil, &preview.Options{Poll: poll})
		a, b := s.show("/a/"), s.show("/b/")
		if got := s.ask(a); got.Stale || got.Changed != nil || got.ID != a.id {
			t.Errorf("nothing has changed, but: %+v", got)
		}
		s.write("content/a.md", "---\ntitle: A\n---\nOther text.\n")
		s.await("/a/", "Other text.")
		if got := s.ask(a); !got.Stale {
			t.Errorf("the page has changed, but: %+v", got)
		}
		if got := s.ask(b); got.Stale {
			t.Errorf("the other page is said to have changed: %+v", got)
		}
		a = s.show("/a/")
		s.get("/style.css")
		s.write("static/style.css", "body { color: red }\n")
		if got := s.awaitState(a); got.Stale || len(got.Changed) != 1 || got.Changed[0] != "/style.css" {
			t.Errorf("the style sheet has changed, but: %+v", got)
		}
	}
}

func TestEvents(t *testing.T) {
	s := open(t, small(), nil, nil)
	server := s.server()
	res, err := http.Get(server.URL + "/_jam/events")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	for key, want := range map[string]string{"Content-Type": "text/event-stream", "Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"} {
		if got := res.Header.Get(key); got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
	lines := bufio.NewScanner(res.Body)
	next := func() string {
		for lines.Scan() {
			if id, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				return id
			}
		}
		return ""
	}
	first := next()
	if p := s.show("/a/"); p.id != first {
		t.Errorf("event %q, page of %q", first, p.id)
	}
	s.write("content/a.md", "Changed.\n")
	if second := next(); second == first || second == "" {
		t.Errorf("second event %q", second)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if rest, err := io.ReadAll(res.Body); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) || strings.Contains(string(rest), "data:") {
		t.Errorf("after Close: %q, %v", rest, err)
	}
	if w := s.get("/"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("after Close: status %d", w.Code)
	}
}
