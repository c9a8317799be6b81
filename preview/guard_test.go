package preview_test

import (
	"fmt"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/preview"
)

func TestHosts(t *testing.T) {
	s := open(t, small(), nil, &preview.Options{Hosts: []string{"Site.test", ".work.test"}})
	for host, want := range map[string]int{
		"localhost":               200,
		"LOCALHOST:8080":          200,
		"localhost.":              200,
		"x.localhost:1":           200,
		"127.0.0.1":               200,
		"127.0.0.1:8080":          200,
		"192.168.1.20:8080":       200,
		"[::1]:8080":              200,
		"site.test:443":           200,
		"a.b.work.test":           200,
		"work.test":               421,
		"notwork.test":            421,
		"evil.test":               421,
		"localhost.evil.test":     421,
		"127.0.0.1.evil.test":     421,
		"":                        421,
		"evil.test:8080@x":        421,
		"site.test.evil.test:443": 421,
	} {
		for _, target := range []string{"/a/", "/_jam/preview.js", "/_jam/state?page=/a/"} {
			if w := s.get(target, "Host", host); w.Code != want {
				t.Errorf("host %q, %s: status %d, want %d", host, target, w.Code, want)
			}
		}
	}
}

func TestOrigins(t *testing.T) {
	s := open(t, small(), nil, nil)
	for _, c := range []struct {
		want    int
		headers []string
	}{
		{200, nil},
		{200, []string{"Sec-Fetch-Site", "same-origin"}},
		{200, []string{"Sec-Fetch-Site", "none"}},
		{403, []string{"Sec-Fetch-Site", "same-site"}},
		{403, []string{"Sec-Fetch-Site", "cross-site"}},
		{200, []string{"Origin", "http://localhost:8080"}},
		{403, []string{"Origin", "http://localhost:9090"}},
		{403, []string{"Origin", "https://evil.test"}},
		{403, []string{"Origin", "null"}},
		{200, []string{"Origin", "https://127.0.0.1:4", "X-Forwarded-Host", "127.0.0.1:4"}},
		{403, []string{"Origin", "https://evil.test", "X-Forwarded-Host", "evil.test"}},
	} {
		for _, target := range []string{"/_jam/state?page=/a/", "/_jam/problems?page=/a/", "/_jam/warnings"} {
			w := s.get(target, c.headers...)
			if w.Code != c.want {
				t.Errorf("%s with %q: status %d, want %d", target, c.headers, w.Code, c.want)
			}
			if got := w.Header().Get("Cross-Origin-Resource-Policy"); got != "same-origin" {
				t.Errorf("%s: Cross-Origin-Resource-Policy %q", target, got)
			}
		}
	}
}

// TestForwarded has a proxy in front.
func TestForwarded(t *testing.T) {
	s := open(t, small(), &jam.Config{BaseURL: "https://example.org/"}, &preview.Options{Hosts: []string{"site.test"}})
	for _, c := range []struct {
		want    string
		headers []string
	}{
		{"href=http://localhost:8080/a/", nil},
		{"href=https://site.test/a/", []string{"X-Forwarded-Host", "site.test", "X-Forwarded-Proto", "https"}},
		{"href=https://site.test/a/", []string{"X-Forwarded-Host", "site.test, inner", "X-Forwarded-Proto", "https, http"}},
		{"href=http://localhost:8080/a/", []string{"X-Forwarded-Host", "evil.test"}},
		{"href=http://localhost:8080/a/", []string{"X-Forwarded-Host", "127.0.0.1\"><script>"}},
		{"href=http://localhost:8080/a/", []string{"X-Forwarded-Host", "[fe80::1%\"><script>]"}}, // a zone may have any characters
		{"href=http://jam-preview.invalid/a/", []string{"Host", "[fe80::1%\"><script>]:8080"}},
		{"href=http://[fe80::1]:8080/a/", []string{"Host", "[fe80::1]:8080"}},
	} {
		if got := s.get("/a/", c.headers...).Body.String(); !strings.Contains(got, c.want) || strings.Contains(got, `"><script>`) {
			t.Errorf("with %q: no %s, or more, in\n%s", c.headers, c.want, got)
		}
	}
}

func TestMounts(t *testing.T) {
	for _, c := range []struct {
		name, base string
		opts       preview.Options
		mount      func(http.Handler) http.Handler
		root       string // where the browser finds the site
	}{
		{"path of the base URL", "https://example.org/docs/", preview.Options{}, nil, "/docs/"},
		{"stripped", "https://example.org/docs/", preview.Options{}, strip("/docs"), "/docs/"},
		{"another path", "https://example.org/", preview.Options{Path: "/pre/view"}, strip("/pre/view"), "/pre/view/"},
		{"another path, whole", "https://example.org/docs/", preview.Options{Path: "/preview/"}, nil, "/preview/"},
		{"no base URL", "", preview.Options{Path: "/preview/"}, strip("/preview/"), "/preview/"},
		{"no path", "https://example.org/docs/", preview.Options{Path: "/"}, nil, "/"},
		{"odd path", "", preview.Options{Path: "/ä b/"}, strip("/ä b"), "/%C3%A4%20b/"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t, small(), &jam.Config{BaseURL: c.base}, &c.opts)
			s.front = s.Handler
			if c.mount != nil {
				s.front = c.mount(s.Handler)
			}
			p := s.show(c.root + "a/")
			body := s.get(c.root + "a/").Body.String()
			if !strings.Contains(body, `src="`+c.root+`_jam/preview.js?`) {
				t.Errorf("no script of %s in\n%s", c.root, body)
			}
			if !strings.Contains(body, c.root+"style.css") {
				t.Errorf("no style sheet of %s in\n%s", c.root, body)
			}
			if w := s.get(c.root + "_jam/preview.js"); w.Code != 200 {
				t.Errorf("script: status %d", w.Code)
			}
			s.own = c.root + "_jam/"
			if got := s.ask(p); got.Stale || got.ID != p.id {
				t.Errorf("state: %+v", got)
			}
			if w := s.get(c.root + "b"); w.Code != 301 || w.Header().Get("Location") != c.root+"b/" {
				t.Errorf("redirect: status %d to %q", w.Code, w.Header().Get("Location"))
			}
		})
	}
}

func strip(prefix string) func(http.Handler) http.Handler {
	return func(h http.Handler) http.Handler { return http.StripPrefix(prefix, h) }
}

// TestOutside asks for what is not part of the site.
func TestOutside(t *testing.T) {
	files := small()
	files["secret.txt"] = "secret"
	files["public/old.html"] = "secret"
	s := open(t, files, nil, nil)
	outside := filepath.Join(t.TempDir(), "outside.txt")
	if err := os.WriteFile(outside, []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{
		"/secret.txt", "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/static/../secret.txt", "/public/old.html",
		"/_jam/../secret.txt", "/_jam/%2e%2e/secret.txt", "/content/a.md", "/layouts/all.html", "//secret.txt", "/static/style.css",
		"/_jam/state?page=/../secret.txt&sum=&id=", "/_jam/problems?page=../secret.txt", "/.git/config", "/a/../../secret.txt",
	} {
		w := s.get(target)
		if strings.Contains(w.Body.String(), "secret\n") || w.Body.String() == "secret" || strings.Contains(w.Body.String(), "color: black") {
			t.Errorf("%s: %d\n%s", target, w.Code, w.Body)
		}
	}
	if err := os.Symlink(outside, s.path("static/link.txt")); err != nil {
		t.Skip(err)
	}
	s.write("static/new.txt", "there")
	s.await("/_jam/problems?page=/", "link.txt")
	if w := s.get("/link.txt"); strings.Contains(w.Body.String(), "secret") {
		t.Errorf("a link leads out of the tree:\n%s", w.Body)
	}
}

func TestMethods(t *testing.T) {
	s := open(t, small(), nil, nil)
	server := s.server()
	for _, target := range []string{"/a/", "/_jam/state?page=/a/", "/_jam/preview.js"} {
		res, err := http.Head(server.URL + target)
		if err != nil {
			t.Fatal(err)
		}
		if res.Body.Close(); res.StatusCode != 200 {
			t.Errorf("HEAD %s: %s", target, res.Status)
		}
	}
	for _, target := range []string{"/a/", "/_jam/state?page=/a/"} {
		res, err := http.Post(server.URL+target, "text/plain", strings.NewReader("x"))
		if err != nil {
			t.Fatal(err)
		}
		if res.Body.Close(); res.StatusCode != 405 {
			t.Errorf("POST %s: %s", target, res.Status)
		}
	}
}

// TestRanges asks for a part of what is a text, whose length is another one than the site says.
func TestRanges(t *testing.T) {
	s := open(t, map[string]string{"content/a.md": "a", "static/a.css": "a{}b{}", "static/a.bin": "0123456789", "static/a.csv": "1,2,3,4,5"}, nil, nil)
	for name, want := range map[string]string{"a.css": "200 a{}b{}", "a.bin": "206 234", "a.csv": "200 1,2,3,4,5"} {
		if name == "a.csv" && !strings.HasPrefix(mime.TypeByExtension(".csv"), "text/") {
			want = "206 2,3"
		}
		r := httptest.NewRequest(http.MethodGet, "http://localhost/"+name, nil)
		r.Header.Set("Range", "bytes=2-4")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if got := fmt.Sprint(w.Code, " ", w.Body); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
