package preview_test

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/preview"
)

// must ends a test at an error.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestEditors saves files in the ways that editors do, once told by the operating system, once comparing.
func TestEditors(t *testing.T) {
	t.Parallel()
	const name, at = "content/a.md", "/a/"
	ways := []struct {
		name string
		save func(s *site, text string)
	}{
		{"in place", func(s *site, text string) { s.write(name, text) }},
		{"in parts", func(s *site, text string) {
			f, err := os.Create(s.path(name))
			must(s.t, err)
			for _, part := range strings.SplitAfter(text, "\n") {
				_, err := f.WriteString(part)
				must(s.t, err)
			}
			must(s.t, f.Close())
		}},
		{"renamed", func(s *site, text string) {
			s.write(name+".tmp123", text)
			must(s.t, os.Rename(s.path(name+".tmp123"), s.path(name)))
		}},
		{"from elsewhere", func(s *site, text string) {
			s.write("tmp/x", text)
			must(s.t, os.Rename(s.path("tmp/x"), s.path(name)))
		}},
		{"removed and made", func(s *site, text string) {
			must(s.t, os.Remove(s.path(name)))
			time.Sleep(5 * time.Millisecond)
			s.write(name, text)
		}},
		{"with a backup", func(s *site, text string) { // as Vim does
			s.write("content/4913", "")
			must(s.t, os.Remove(s.path("content/4913")))
			s.write("content/.a.md.swp", "swap")
			must(s.t, os.Rename(s.path(name), s.path(name+"~")))
			s.write(name, text)
			must(s.t, os.Remove(s.path(name+"~")))
		}},
		{"with a lock", func(s *site, text string) { // as Emacs does
			lock := s.path("content/.#a.md")
			if os.Symlink("somebody@somewhere.1234:5678", lock) == nil {
				defer os.Remove(lock)
			}
			s.write("content/#a.md#", "autosave")
			s.write(name, text)
			must(s.t, os.Remove(s.path("content/#a.md#")))
		}},
		{"the folder renamed", func(s *site, text string) {
			must(s.t, os.Rename(s.path("content"), s.path("content.old")))
			write(s.t, s.dir, map[string]string{"next/_index.md": "Home", "next/a.md": text})
			must(s.t, os.Rename(s.path("next"), s.path("content")))
			must(s.t, os.RemoveAll(s.path("content.old")))
		}},
		{"after that", func(s *site, text string) { s.write(name, text) }},
	}
	for _, poll := range []time.Duration{0, 5 * time.Millisecond} {
		s := open(t, small(), nil, &preview.Options{Poll: poll})
		s.await(at, "Text of a.")
		for i, way := range ways {
			want := fmt.Sprintf("Saved %s, %d.", way.name, i)
			way.save(s, "---\ntitle: A\n---\n"+want+"\n")
			body := s.await(at, want)
			if strings.Contains(body, "problem") {
				t.Errorf("poll %v, %s:\n%s", poll, way.name, body)
			}
		}
		if body := s.get("/").Body.String(); strings.Contains(body, "swp") {
			t.Errorf("the swap file is in\n%s", body)
		}
	}
}

// TestFolders makes, renames and removes folders.
func TestFolders(t *testing.T) {
	t.Parallel()
	for _, poll := range []time.Duration{0, 5 * time.Millisecond} {
		files := map[string]string{"content/_index.md": "Home"}
		s := open(t, files, nil, &preview.Options{Poll: poll})
		s.await("/", "Home")
		s.write("content/x/y/z/deep.md", "Deep text") // the folders are not watched when the file is written
		s.await("/x/y/z/deep/", "Deep text")
		s.write("content/x/y/z/deep.md", "Deeper text")
		s.await("/x/y/z/deep/", "Deeper text")
		must(t, os.Rename(s.path("content/x"), s.path("content/w")))
		s.await("/w/y/z/deep/", "Deeper text")
		s.await("/x/y/z/deep/", "not found")
		s.write("content/w/y/z/deep.md", "Third text")
		s.await("/w/y/z/deep/", "Third text")
		must(t, os.Mkdir(s.path("content/x"), 0o755)) // by the name of another that is watched
		s.write("content/x/new.md", "New text")
		s.await("/x/new/", "New text")
		must(t, os.RemoveAll(s.path("content/w")))
		s.await("/w/y/z/deep/", "not found")
		s.write("layouts/all.html", "From a template: {{ .Content }}") // a folder that was not there
		s.await("/x/new/", "From a template")
		s.write("static/s.txt", "static text")
		s.await("/s.txt", "static text")
		must(t, os.RemoveAll(s.path("layouts")))
		s.await("/x/new/", "Skip to content") // of the plain theme
	}
}

// TestRootReplaced puts another directory in the place of the site's.
func TestRootReplaced(t *testing.T) {
	t.Parallel()
	for _, poll := range []time.Duration{0, 5 * time.Millisecond} {
		parent := t.TempDir()
		dir := filepath.Join(parent, "site")
		write(t, dir, map[string]string{"content/_index.md": "First"})
		link := filepath.Join(parent, "link")
		if err := os.Symlink(dir, link); err != nil {
			link = dir
		}
		h, err := preview.New(t.Context(), link, nil, &preview.Options{Poll: poll})
		must(t, err)
		s := &site{h, t, dir, h, "/_jam/"}
		s.await("/", "First")
		s.write("content/_index.md", "Second")
		s.await("/", "Second")
		must(t, os.RemoveAll(dir))
		s.awaitProblem("/", "no such folder")
		write(t, dir, map[string]string{"content/_index.md": "Third"})
		s.await("/", "Third")
		must(t, os.Rename(dir, dir+".old"))
		write(t, dir, map[string]string{"content/_index.md": "Fourth"})
		s.await("/", "Fourth")
		s.write("content/_index.md", "Fifth")
		s.await("/", "Fifth")
		must(t, h.Close())
	}
}

// counter is a source that counts how often it is read, and has a page that says so.
type counter struct{ n atomic.Int64 }

func (c *counter) Documents(context.Context) iter.Seq2[*jam.Document, error] {
	return func(yield func(*jam.Document, error) bool) {
		yield(&jam.Document{Path: "count.md", Body: fmt.Appendf(nil, "Read %d times.", c.n.Add(1))}, nil)
	}
}

// TestRefresh has content that no file tells of.
func TestRefresh(t *testing.T) {
	t.Parallel()
	c := new(counter)
	s := open(t, small(), &jam.Config{Sources: []jam.Source{c}}, nil)
	p := s.show("/count/")
	for range 3 {
		must(t, s.Refresh(t.Context()))
		want := fmt.Sprintf("Read %d times.", c.n.Load())
		if got := s.get("/count/").Body.String(); !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if got := s.ask(p); !got.Stale || got.ID == p.id {
		t.Errorf("after Refresh: %+v", got)
	}
	s.write("content/a.md", "---\ntitle: [\n---\n")
	s.await("/a/", "data-page")
	if err := s.Refresh(t.Context()); err == nil || !strings.Contains(err.Error(), "content/a.md:") {
		t.Errorf("Refresh of a site with a mistake: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Refresh(ctx); err != context.Canceled {
		t.Errorf("Refresh with an ended context: %v", err)
	}
	must(t, s.Close())
	if err := s.Refresh(t.Context()); err == nil {
		t.Error("Refresh after Close gives no error")
	}
}

// TestWatch has files beyond those that a site is made of.
func TestWatch(t *testing.T) {
	t.Parallel()
	for _, poll := range []time.Duration{0, 5 * time.Millisecond} {
		beyond := t.TempDir()
		c := new(counter)
		s := open(t, small(), &jam.Config{Sources: []jam.Source{c}}, &preview.Options{Poll: poll, Watch: []string{"notes.txt", filepath.Join(beyond, "later")}})
		for _, name := range []string{s.path("notes.txt"), filepath.Join(beyond, "later", "x"), filepath.Join(beyond, "later", "y", "z")} {
			s.get("/count/")
			before := c.n.Load()
			write(t, filepath.Dir(name), map[string]string{filepath.Base(name): fmt.Sprint(before)})
			for end := time.Now().Add(10 * time.Second); c.n.Load() == before; time.Sleep(time.Millisecond) {
				if time.Now().After(end) {
					t.Fatalf("poll %v: nothing was loaded after %s was written", poll, filepath.Base(name))
				}
			}
		}
	}
}

// loads counts how often a preview has loaded its site, by what it logs.
type loads struct{ n atomic.Int64 }

func (l *loads) Enabled(context.Context, slog.Level) bool { return true }
func (l *loads) WithAttrs([]slog.Attr) slog.Handler       { return l }
func (l *loads) WithGroup(string) slog.Handler            { return l }
func (l *loads) Handle(_ context.Context, r slog.Record) error {
	if r.Message == "preview: site loaded" {
		l.n.Add(1)
	}
	return nil
}

// TestBurst writes often within a short time, which is not to be loaded each time.
func TestBurst(t *testing.T) {
	c := new(loads)
	s := open(t, small(), &jam.Config{Logger: slog.New(c)}, nil)
	s.get("/")
	before := c.n.Load()
	const writes = 400
	start := time.Now()
	for i := range writes {
		s.write("content/a.md", fmt.Sprintf("Text %d.\n", i))
	}
	s.await("/a/", fmt.Sprintf("Text %d.", writes-1))
	// Each load takes in all of 10 ms at least, and there may be one after the last write.
	if loads, most := c.n.Load()-before, int64(time.Since(start)/(10*time.Millisecond))+2; loads > most || loads < 1 {
		t.Errorf("%d loads for %d writes, want 1 to %d", loads, writes, most)
	}
}

// TestUntouched does what changes nothing: no page is told of a new state.
func TestUntouched(t *testing.T) {
	c := new(loads)
	s := open(t, small(), &jam.Config{Logger: slog.New(c)}, nil)
	p := s.show("/a/")
	before := c.n.Load()
	s.write("content/x.md~", "backup")
	s.write("content/.hidden.md", "hidden")
	s.write("public/index.html", "output")
	s.write("README.md", "not of the site")
	s.write("content/.git/x", "x")
	must(t, os.Chmod(s.path("content/a.md"), 0o644)) // as it is
	time.Sleep(100 * time.Millisecond)
	if got := s.ask(p); got.ID != p.id || c.n.Load() != before || before != 1 {
		t.Errorf("the site was loaded again: %+v", got)
	}
}

// TestLinks has a file of the site that is a link to another.
func TestLinks(t *testing.T) {
	t.Parallel()
	for _, poll := range []time.Duration{0, 5 * time.Millisecond} {
		files := small()
		files["README.md"] = "First of all."
		dir := t.TempDir()
		write(t, dir, files)
		if err := os.Symlink("../README.md", filepath.Join(dir, "content", "readme.md")); err != nil {
			t.Skip(err)
		}
		h, err := preview.New(t.Context(), dir, nil, &preview.Options{Poll: poll})
		must(t, err)
		s := &site{h, t, dir, h, "/_jam/"}
		s.await("/readme/", "First of all.")
		s.write("README.md", "Then this.")
		s.await("/readme/", "Then this.")
		s.write("README.new", "By another name.")
		must(t, os.Rename(s.path("README.new"), s.path("README.md")))
		s.await("/readme/", "By another name.")
		must(t, h.Close())
	}
}

// TestNewAsset has a page that asks for what is not there yet.
func TestNewAsset(t *testing.T) {
	s := open(t, small(), nil, nil)
	a := s.show("/a/")
	if w := s.get("/later.css", "Accept", "text/css,*/*;q=0.1", "Sec-Fetch-Dest", "style"); w.Code != 404 {
		t.Fatalf("status %d", w.Code)
	}
	s.write("static/later.css", "p{}")
	if got := s.awaitState(a); got.Stale || len(got.Changed) != 1 || got.Changed[0] != "/later.css" {
		t.Errorf("the page is told %+v", got)
	}
}
