package jam_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jam-go/jam"
)

// Names that some system can't have, or has for something of its own.
func TestNameMistakes(t *testing.T) {
	page := func(front string) string { return "-- content/a.md --\n---\n" + front + "\n---\n" }
	testMistakes(t, []mistake{
		{name: "device", tree: "-- content/posts/aux.md --\n",
			want: `content/posts/aux.md: route: "posts/aux/index.html": not a valid file name on Windows: "aux" is the name of a device`},
		{name: "device by slug", tree: page("slug: NUL"),
			want: `content/a.md: route: "nul/index.html": not a valid file name on Windows: "nul" is the name of a device`},
		{name: "device by url", tree: page("url: /com1.html"),
			want: `content/a.md:2:6: route: url "/com1.html": "com1.html": not a valid file name on Windows: "com1.html" is the name of a device`},
		{name: "drive", tree: page("url: /C:/x.html"),
			want: `content/a.md:2:6: route: url "/C:/x.html": "C:/x.html": not a valid file name on Windows: it holds the character ':'`},
		{name: "stream", tree: "-- content/a.md --\n-- static/x.txt::$DATA --\nx\n",
			want: `static/x.txt::$DATA: route: "x.txt::$DATA": not a valid file name on Windows: it holds the character ':'`},
		{name: "term", tree: page("tags: [Con]"),
			want: `term /tags/con: route: "tags/con/index.html": not a valid file name on Windows: "con" is the name of a device; give the term a page with a url, such as content/tags/con/_index.md`},
		{name: "term with an url", tree: page("tags: [Con]") + "-- content/tags/con/_index.md --\n---\nurl: /tags/convention/\n---\n", want: ``},
		{name: "git", tree: page("url: /.git/"),
			want: `content/a.md:2:6: route: url "/.git/": ".git": what is called .git is git's own`},
		{name: "direction of text", tree: page(`url: "/\u202Egpj.html"`),
			want: `content/a.md:2:6: route: url "/\u202egpj.html": "\u202egpj.html" is no valid file name: it holds a backslash, a control character or invalid UTF-8`},
		{name: "dots at the end", tree: "-- content/a.md --\n---\ntitle: Me & Co.\ndate: 2026-01-02\n---\n", cfg: &jam.Config{Permalinks: map[string]string{"": "/:title/"}},
			want: `warning: content/a.md: route: makes the file me-co./index.html: Windows drops the dots and spaces at the end of "me-co."; set a slug or url, or rename it`},
		{name: "alias with a colon", tree: page("aliases: [/wiki/Help:Contents/]"),
			want: `content/a.md:2:11: front matter: alias "/wiki/Help:Contents/": "wiki/Help:Contents/index.html": not a valid file name on Windows: it holds the character ':'`},
		{name: "alias without a file", tree: page("aliases: [/wiki/Help:Contents/]"), cfg: &jam.Config{NoRedirectFiles: true}, want: ``},
		{name: "redirect without a file", tree: page(""), cfg: &jam.Config{NoRedirectFiles: true, Redirects: []jam.Redirect{{From: "/aux", To: "/a/"}, {From: "/.git/x", To: "/a/"}}},
			want: `config: Redirects[1]: From: ".git/x/index.html": what is called .git is git's own`},
		{name: "alias for all", tree: page("aliases: [/*, '/:x/y']"), cfg: &jam.Config{NoRedirectFiles: true},
			want: `
content/a.md:2:11: front matter: alias "/*": "*/index.html": in the rules of servers * and a : at the beginning of an element stand for any path
content/a.md:2:15: front matter: alias "/:x/y": ":x/y/index.html": in the rules of servers * and a : at the beginning of an element stand for any path
`},
		{name: "taxonomy of invalid UTF-8", tree: page(""), cfg: &jam.Config{Taxonomies: []string{"\xff"}},
			want: `config: Taxonomies: "\xff": want a name that may stand in a URL`},
		{name: "section of one character", tree: "-- content/\u01c6/_index.md --\n-- content/a.md --\n", want: ``},
		{name: "pager", tree: page(""), cfg: &jam.Config{Pagination: map[string]jam.Pagination{"/": {Size: 1, Path: "nul"}}},
			want: `config: Pagination["/"]: Path: "nul": not a valid file name on Windows: "nul" is the name of a device`},
	})
}

// A redirect is one word, as it is in the rules of servers.
func TestRedirectsAreWords(t *testing.T) {
	site := load(t, "-- content/a.md --\n---\nredirect: '/b/?x /evil/ 200#a b'\naliases: [/old page/]\n---\n-- content/c.md --\n---\nredirect: 'https://example.org/x y'\n---\n-- content/b.md --\n",
		jam.Config{NoRedirectFiles: true})
	for _, r := range site.Redirects() {
		if strings.ContainsAny(r.From+r.To, " \t\r\n") {
			t.Errorf("%q leads to %q", r.From, r.To)
		}
	}
	if n := len(site.Redirects()); n != 3 {
		t.Errorf("%d redirects", n)
	}
}

// Files that a program adds to those of a build are held to the rules for names as well.
func TestNamesOfAddedFiles(t *testing.T) {
	for _, name := range []string{"../x", "/x", "a//b", "C:/x", "a\\b", "nul", ".jam/manifest", ".git/config", "a\x00b", ""} {
		for kind, out := range map[string]jam.Output{"memory": jam.Memory(), "zip": jam.Zip(io.Discard), "dir": jam.Dir(t.TempDir())} {
			tx, err := out.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := tx.Write(t.Context(), jam.NewOutputFile(name, []byte("x"), nil)); err == nil {
				t.Errorf("%s: %q is written", kind, name)
			}
			if err := tx.Abort(); err != nil {
				t.Error(err)
			}
		}
	}
	tx, err := jam.Zip(io.Discard).Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"a/b", "a/b"} {
		if _, err := tx.Write(t.Context(), jam.NewOutputFile(name, []byte("x"), nil)); (err == nil) != (i == 0) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A directory from which the site is read is none for its output.
func TestOutputInSources(t *testing.T) {
	dir := t.TempDir()
	files := map[string]string{"content/a.md": "A\n", "static/x.txt": "x\n", "more/b.md": "B\n", "layouts/all.html": "{{ .Title }}"}
	for name, text := range files {
		if err := errors.Join(os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755), os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	more := os.DirFS(filepath.Join(dir, "more"))
	for _, tree := range []fs.FS{os.DirFS(dir), root.FS()} {
		site := mustLoad(t, tree, &jam.Config{Sources: []jam.Source{jam.Mount("x", jam.Mount("y", jam.FS(more)))}})
		for out, want := range map[string]string{
			".": "the root of the tree", "content": "the folder content", "static/public": "the folder static", "layouts/a/b": "the folder layouts",
			"more": "the folder of Sources[0]", "public/../static/": "the folder static", "more/x": "the folder of Sources[0]",
		} {
			_, err := site.Build(t.Context(), jam.Dir(dir+"/"+out))
			if err == nil || !strings.Contains(err.Error(), "it is in "+want+", from which the site is read") {
				t.Errorf("%s: %v", out, err)
			}
		}
		if _, err := site.Build(t.Context(), jam.Dir(filepath.Join(dir, "public"))); err != nil {
			t.Error(err)
		}
	}
	if err := os.RemoveAll(filepath.Join(dir, "public")); err != nil {
		t.Fatal(err)
	}
	if err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, name)
		if err == nil && !d.IsDir() && files[filepath.ToSlash(rel)] == "" {
			t.Errorf("a build has made %s", rel)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
	site := mustLoad(t, archive(t, "-- content/a.md --\n"), nil) // which are in no directory
	if _, err := site.Build(t.Context(), jam.Dir(t.TempDir())); err != nil {
		t.Error(err)
	}
}
