package jam_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jam-go/jam"
)

var attacks = flag.Int("attacks", 41, "make one in so many of the sites of TestPathAttacks; 1 has the other attacks be more, too")

// secret is what files outside of a site hold.
const secret = "SECRET-THAT-STAYS"

// siteFiles are those of a small site.
var siteFiles = map[string]string{
	"content/posts/one.md": "---\ntitle: One\n---\nOne.\n", "content/posts/two.md": "---\ntitle: Two\n---\nTwo.\n", "static/style.css": "a { color: red }\n",
	"layouts/all.html": "{{ .Title }} {{ .Content }} {{ range .Resources }}{{ .RelPermalink }}{{ end }}", "layouts/_shortcodes/own.html": "own", "data/a.yaml": "a: 1\n", "i18n/en.yaml": "a: x\n",
}

// ground is a folder with a site, its output and its cache, among files that are nobody's business.
type ground struct {
	dir    string
	before map[string]string
	timed  bool // the system notes when files are read
}

func newGround(t testing.TB) *ground {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	g := &ground{dir: dir}
	for name, text := range map[string]string{
		"secret.txt": secret, "secret.md": "---\ntitle: " + secret + "\n---\n", "etc/passwd": secret, "x.md": secret, "x": secret, "a": secret, "public2/index.html": secret,
		"layouts/all.html": secret, "static/x.txt": secret, "evil.example/x": secret, ".git/config": secret, "manifest": secret, "out/keep/mine.txt": "mine",
	} {
		g.put(t, name, text)
	}
	for name, text := range siteFiles {
		g.put(t, "site/"+name, text)
	}
	g.before = g.look(t)
	g.age(t)
	if _, err := os.ReadFile(filepath.Join(dir, "secret.txt")); err != nil {
		t.Fatal(err)
	}
	g.timed = g.wasRead(t, "secret.txt")
	g.age(t)
	return g
}

func (g *ground) put(t testing.TB, name, text string) {
	t.Helper()
	file := filepath.Join(g.dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// outside tells the files that no site, output or cache has, and that are not swapped for what has one.
func outside(name string) bool {
	top, _, _ := strings.Cut(name, "/")
	return top != "site" && top != "cache" && !strings.HasPrefix(top, "swap-") && (top != "out" || name == "out/keep/mine.txt")
}

// look returns the files outside, and what they are.
func (g *ground) look(t testing.TB) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(g.dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !outside(name) {
			return err
		}
		info, err := d.Info()
		if err == nil {
			files[name] = fmt.Sprint(info.Mode(), info.Size(), info.ModTime().Round(time.Second))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// check reports what has changed outside.
func (g *ground) check(t testing.TB) {
	t.Helper()
	if now := g.look(t); !maps.Equal(now, g.before) {
		t.Fatalf("outside is now:\n%v\nand was:\n%v", now, g.before)
	}
	for name := range g.before {
		if g.timed && g.wasRead(t, name) {
			t.Fatalf("%s was read", name)
		}
	}
}

// age sets the times of the files outside back, so that it shows when they are read. It is read that they hold what they held.
func (g *ground) age(t testing.TB) {
	t.Helper()
	at := time.Now().Add(-time.Hour)
	for name := range g.before {
		file := filepath.Join(g.dir, name)
		if b, err := os.ReadFile(file); err != nil || !bytes.Contains(b, []byte(secret)) && string(b) != "mine" {
			t.Fatalf("%s is now %q, %v", name, b, err)
		}
		if err := os.Chtimes(file, at.Add(-time.Hour), at); err != nil {
			t.Fatal(err)
		}
	}
	g.before = g.look(t)
}

// innocent reports names that an output is not to have, and what it is not to hold.
func (g *ground) innocent(t *testing.T, what string, files map[string][]byte) {
	t.Helper()
	for name, b := range files {
		if bad := badOutput(name); bad != "" {
			t.Errorf("%s: %.200q %s", what, name, bad)
		}
		if bytes.Contains(b, []byte(secret)) {
			t.Errorf("%s: %.200q holds the secret", what, name)
		}
	}
}

// TestPathAttacks has names of all kinds in all places where a site takes names. Each is an error, or is made harmless: nothing is
// read or written outside, and no file of the output has a name that some system takes for something else.
func TestPathAttacks(t *testing.T) {
	g := newGround(t)
	names := attackNames(filepath.ToSlash(g.dir))
	root, err := os.OpenRoot(filepath.Join(g.dir, "site"))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	inMemory := fstest.MapFS{}
	for name, text := range siteFiles {
		inMemory[name] = &fstest.MapFile{Data: []byte(text)}
	}
	n, loads, built, refused, full := 0, 0, 0, 0, 0
	for i, place := range slices.Concat(attackReads, attackPlaces) {
		tree := validFS{t, root.FS()}
		if i >= len(attackReads) {
			tree.FS = inMemory
		}
		for _, name := range names {
			if n++; n%*attacks != 0 {
				continue
			}
			what := fmt.Sprintf("%s %.100q", place.name, name)
			cfg := &jam.Config{Now: now, Minify: jam.Minify{Disabled: true}, Workers: 1}
			loads++
			all, err := g.attack(t, what, place.make(tree, name, cfg), cfg, loads%3 == 0)
			switch {
			case err != nil:
				refused++
				g.harmless(t, what, err)
			case all:
				full++
				fallthrough
			default:
				built++
			}
		}
		g.check(t)
	}
	g.age(t)
	t.Logf("%d names in %d places, %d of these sites: %d refused, %d built to memory and served, %d of them to a directory and an archive, too", len(names), len(attackReads)+len(attackPlaces), loads, refused, built, full)
	if len(names) < 150 || len(attackPlaces) < 15 || refused == 0 || full == 0 {
		t.Error("these are too few")
	}
}

// harmless looks at what is said of an attack.
func (g *ground) harmless(t *testing.T, what string, err error) {
	t.Helper()
	text := err.Error()
	if strings.Contains(text, "panic:") || strings.Contains(text, secret) || len(text) > 100_000 {
		t.Errorf("%s: %.2000s", what, text)
	}
}

// attack loads a site and builds it to all outputs, or to the cheap ones only.
func (g *ground) attack(t *testing.T, what string, tree fs.FS, cfg *jam.Config, all bool) (bool, error) {
	t.Helper()
	site, err := jam.Load(t.Context(), tree, cfg)
	if err != nil {
		return false, err
	}
	memory := jam.Memory()
	if _, err := site.Build(t.Context(), memory); err != nil {
		return false, err
	}
	files := memory.Files()
	g.innocent(t, what, files)
	folded := map[string]string{}
	for name := range files {
		lower := strings.ToLower(name)
		if folded[lower] != "" {
			t.Errorf("%s: %.200q and %.200q", what, name, folded[lower])
		}
		folded[lower] = name
	}
	g.serve(t, what, site, files)
	if !all {
		return false, nil
	}
	dir := filepath.Join(g.dir, "out")
	if _, err := site.Build(t.Context(), jam.Dir(dir)); err != nil {
		return true, fmt.Errorf("to a directory: %w", err)
	}
	g.same(t, what+" in a directory", os.DirFS(dir), files)
	var b bytes.Buffer
	if _, err := site.Build(t.Context(), jam.Zip(&b)); err != nil {
		t.Errorf("%s: to an archive: %v", what, err)
	}
	r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil || len(r.File) != len(files) {
		t.Errorf("%s: an archive of %d files: %v", what, len(r.File), err)
	}
	g.same(t, what+" in an archive", r, files)
	return true, nil
}

// serve asks a handler for some files.
func (g *ground) serve(t *testing.T, what string, site *jam.Site, files map[string][]byte) {
	t.Helper()
	handler, some := site.Handler(), 0
	for name, want := range files {
		if some++; some > 3 {
			break
		}
		r := httptest.NewRequest("GET", "http://x/", nil)
		base, _ := url.Parse(site.BaseURL())
		r.URL.Path = strings.TrimSuffix(base.Path, "/") + "/" + strings.TrimSuffix(name, "index.html")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != 200 || !bytes.Equal(w.Body.Bytes(), want) {
			t.Errorf("%s: %q is served with status %d %q", what, r.URL.Path, w.Code, w.Header().Get("Location"))
		}
	}
}

// same compares an output with another one.
func (g *ground) same(t *testing.T, what string, fsys fs.FS, want map[string][]byte) {
	t.Helper()
	n := 0
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(name, ".jam/") || name == "keep/mine.txt" {
			return err
		}
		n++
		b, err := fs.ReadFile(fsys, name)
		if w, ok := want[name]; !ok || !bytes.Equal(b, w) {
			t.Errorf("%s: %.200q is another file", what, name)
		}
		return err
	})
	if err != nil || n != len(want) {
		t.Errorf("%s: %d files of %d, %v", what, n, len(want), err)
	}
}

// validFS reports names that no file system is to be asked for.
type validFS struct {
	t *testing.T
	fs.FS
}

func (v validFS) check(name string) {
	if !fs.ValidPath(name) {
		v.t.Helper()
		v.t.Errorf("the tree is asked for %.200q", name)
	}
}

func (v validFS) Open(name string) (fs.File, error) {
	v.check(name)
	return v.FS.Open(name)
}

func (v validFS) Stat(name string) (fs.FileInfo, error) {
	v.check(name)
	return fs.Stat(v.FS, name)
}

func (v validFS) ReadFile(name string) ([]byte, error) {
	v.check(name)
	return fs.ReadFile(v.FS, name)
}

func (v validFS) ReadDir(name string) ([]fs.DirEntry, error) {
	v.check(name)
	return fs.ReadDir(v.FS, name)
}

// wasRead tells whether the system has noted that a file was read after its time was set back.
func (g *ground) wasRead(t testing.TB, name string) bool {
	t.Helper()
	info, err := os.Stat(filepath.Join(g.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	at, ok := accessTime(info)
	return ok && at.After(info.ModTime())
}
