package preview_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/preview"
)

// TestProblems breaks a site in several places, and mends it.
func TestProblems(t *testing.T) {
	files := small()
	files["content/a.md"] = "---\ntitle: A\ndate: <b>never</b>\n---\nText.\n"
	files["content/b/index.md"] = "---\ntitle: B\nweight: heavy\ndate: never\n---\nText.\n"
	s := open(t, files, nil, nil)
	w := s.get("/")
	body := w.Body.String()
	if w.Code != http.StatusInternalServerError {
		t.Errorf("status %d", w.Code)
	}
	for _, want := range []string{
		"<title>3 problems in 2 files</title>", "<h1 id=\"jam-title\">3 problems in 2 files</h1>",
		"<h2>content/a.md</h2>", "<h2>content/b/index.md</h2>", "Line 3, column 7", "Line 4, column 7",
		`<mark class="line"><span class="number">3</span> date: <b class="point">&lt;</b>b&gt;never&lt;/b&gt;`,
		`<span class="line"><span class="number">2</span> title: A`,
		`<link rel="stylesheet" href="/_jam/preview.css">`, `<html lang="en">`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in\n%s", want, body)
		}
	}
	if strings.Contains(body, "<b>never") || strings.Count(body, "<h2>") != 2 || strings.Count(body, "<h1") != 1 {
		t.Errorf("the page is\n%s", body)
	}
	w = s.get("/", "Accept", "*/*")
	if want := "content/a.md:3:7: "; !strings.HasPrefix(w.Body.String(), want) || w.Code != 500 || w.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("for a program: %d %v\n%s", w.Code, w.Header(), w.Body)
	}
	p := s.show("/")
	if got := s.ask(p); got.Stale || got.Problem != "" {
		t.Errorf("the page of the mistakes is told %+v", got)
	}
	s.write("content/a.md", "Text.")
	if got := s.awaitState(p); !got.Stale {
		t.Errorf("with one mistake less, the page is told %+v", got)
	}
	s.write("content/b/index.md", "Text.")
	s.await("/", "Welcome.")
	if got := s.ask(p); !got.Stale {
		t.Errorf("with all mended, the page is told %+v", got)
	}
}

// TestOverlay breaks a site that browsers show.
func TestOverlay(t *testing.T) {
	s := open(t, small(), nil, nil)
	a := s.show("/a/")
	good := small()["layouts/all.html"]
	s.write("layouts/all.html", good+"{{ nonsense }}")
	got := s.awaitState(a)
	if got.Stale || !strings.HasPrefix(got.Problem, "<dialog") || !strings.Contains(got.Problem, "layouts/all.html") || !strings.Contains(got.Badge, "1 problem") {
		t.Errorf("broken: %+v", got)
	}
	for target, want := range map[string]string{"/a/": "Text of a.", "/b/": "Text of b.", "/none/": "Nothing here"} {
		w := s.get(target)
		if w.Code != http.StatusInternalServerError || !strings.Contains(w.Body.String(), want) || !element.Match(w.Body.Bytes()) {
			t.Errorf("%s: %d\n%s", target, w.Code, w.Body)
		}
		if got := s.ask(s.show(target)); got.Problem == "" || got.Stale {
			t.Errorf("%s is told %+v", target, got)
		}
	}
	if w := s.get("/style.css", "Accept", "text/css,*/*;q=0.1"); w.Code != 200 {
		t.Errorf("the style sheet: %d", w.Code)
	}
	s.write("layouts/all.html", good)
	a.id = got.ID
	if got := s.awaitState(a); got.Stale || got.Problem != "" || got.Badge != "" {
		t.Errorf("mended: %+v", got)
	}
}

// TestRenderProblem has a mistake that only the rendering of a page finds.
func TestRenderProblem(t *testing.T) {
	s := open(t, small(), nil, nil)
	a := s.show("/a/")
	good := small()["layouts/all.html"]
	s.write("layouts/all.html", strings.Replace(good, "{{ .Content }}", `{{ if eq .Title "A" }}{{ index .Title "x" }}{{ end }}`, 1))
	if got := s.awaitState(a); got.Stale || !strings.Contains(got.Problem, "content/a.md") {
		t.Errorf("the page is told %+v", got)
	}
	w := s.get("/a/")
	if w.Code != 500 || !strings.Contains(w.Body.String(), "Text of a.") { // as it was
		t.Errorf("%d\n%s", w.Code, w.Body)
	}
	if w := s.get("/b/"); w.Code != 200 {
		t.Errorf("another page: %d\n%s", w.Code, w.Body)
	}
	if w := s.get("/_jam/problems?page=/a/"); !strings.Contains(w.Body.String(), "1 problem in 1 file") {
		t.Errorf("the list of problems:\n%s", w.Body)
	}
}

// TestExcerptsOfTheSiteOnly has errors that name other files.
func TestExcerptsOfTheSiteOnly(t *testing.T) {
	files := small()
	files["secret.txt"] = "one\nsecret\nthree\n"
	for _, name := range []string{"secret.txt", "../secret.txt", "content/../secret.txt", "/etc/passwd", "content", "home /"} {
		cfg := &jam.Config{Renderer: failing{&jam.Error{Op: "render", Path: name, Line: 2, Column: 1, Err: http.ErrBodyNotAllowed}}}
		s := open(t, files, cfg, nil)
		body := s.get("/a/").Body.String()
		if !strings.Contains(body, "Line 2") || strings.Contains(body, "secret<") || strings.Contains(body, "<pre") {
			t.Errorf("%s:\n%s", name, body)
		}
	}
	cfg := &jam.Config{Renderer: failing{&jam.Error{Op: "render", Path: "content/a.md", Line: 2, Column: 1, Err: http.ErrBodyNotAllowed}}}
	if body := open(t, files, cfg, nil).get("/a/").Body.String(); !strings.Contains(body, "itle: A") {
		t.Errorf("no excerpt in\n%s", body)
	}
}

func TestBadges(t *testing.T) {
	s := open(t, map[string]string{
		"content/_index.md":  "Home",
		"content/plain.md":   "x",
		"content/draft.md":   "---\ndraft: true\n---\n",
		"content/future.md":  "---\ndate: 9999-05-03\ndraft: true\n---\n",
		"content/expired.md": "---\nexpiryDate: 2001-02-03\n---\n",
	}, &jam.Config{BaseURL: "https://example.org/sub/"}, nil)
	s.own = "/sub/_jam/"
	for target, want := range map[string]string{
		"/sub/": "", "/sub/plain/": "", "/sub/draft/": "<span>Draft</span>",
		"/sub/future/": "<span>Draft</span><span>Future: 3 May 9999</span>", "/sub/expired/": "<span>Expired: 3 February 2001</span>",
	} {
		got := s.ask(s.show(target)).Badge
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s: badge %q, want %q", target, got, want)
		}
	}
	warned := open(t, small(), &jam.Config{Cascade: []jam.Cascade{{Path: "/none/**", Values: map[string]any{"x": 1}}}}, nil)
	if got := warned.ask(warned.show("/a/")).Badge; !strings.Contains(got, `<a href="/_jam/warnings">1 warning</a>`) {
		t.Errorf("badge %q", got)
	}
	if body := warned.get("/_jam/warnings").Body.String(); !strings.Contains(body, "no page matches it") {
		t.Errorf("warnings:\n%s", body)
	}
	published := open(t, map[string]string{"content/draft.md": "---\ndraft: true\n---\n"}, nil, &preview.Options{Published: true})
	if w := published.get("/draft/"); w.Code != 404 {
		t.Errorf("a draft as published: %d", w.Code)
	}
}

// failing is a renderer that fails.
type failing struct{ err error }

func (f failing) Render(context.Context, io.Writer, *jam.Page) error { return f.err }
