package jam_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jam-go/jam"
)

// link puts a symbolic link in the place of what is there.
func (g *ground) link(t testing.TB, name, to string) {
	t.Helper()
	file := filepath.Join(g.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(file); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(to, file); err != nil {
		t.Skip("no symbolic links:", err)
	}
}

// reset makes the site again as it was.
func (g *ground) reset(t testing.TB) {
	t.Helper()
	for _, dir := range []string{"site", "cache"} {
		if err := os.RemoveAll(filepath.Join(g.dir, dir)); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range siteFiles {
		g.put(t, "site/"+name, text)
	}
}

// load loads the site from its directory, out of which no link leads.
func (g *ground) load(t testing.TB, cfg *jam.Config) (*jam.Site, error) {
	t.Helper()
	root, err := os.OpenRoot(filepath.Join(g.dir, "site"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return jam.Load(t.Context(), root.FS(), cfg)
}

// build loads and builds the site to memory.
func (g *ground) build(t testing.TB, cfg *jam.Config) (map[string][]byte, error) {
	t.Helper()
	site, err := g.load(t, cfg)
	if err != nil {
		return nil, err
	}
	out := jam.Memory()
	_, err = site.Build(t.Context(), out)
	return out.Files(), err
}

// TestLinksOutOfTree has links out of the site in the place of files and folders of all kinds.
func TestLinksOutOfTree(t *testing.T) {
	g := newGround(t)
	places := []string{
		"content/x.md", "content/x.html", "content/x.png", "content/posts/_index.md", "content/b/x.png", "content/b/x.md", "content/d", "content/posts", "content",
		"static/x.txt", "static/index.css", "static/d", "static", "layouts/x.html", "layouts/baseof.html", "layouts/_partials/p.html", "layouts/_shortcodes/own.html", "layouts/d", "layouts",
		"data/x.yaml", "data/x.csv", "data/d", "data", "i18n/en.yaml", "i18n/fr.toml", "i18n",
	}
	targets := func(up string) []string {
		return []string{
			up + "secret.txt", up + "secret.md", up + "etc", up + "layouts", up + "x", up + "none", filepath.Join(g.dir, "secret.md"), filepath.Join(g.dir, "etc"), g.dir,
			up + "site/../secret.md", up + "site/" + up, "/proc/self/environ", "/dev/zero", "/", up, ".", "..", "x.md",
		}
	}
	n, failed := 0, 0
	for _, place := range places {
		for i, to := range targets(strings.Repeat("../", strings.Count(place, "/")+1)) {
			if *attacks > 1 && (i+len(place))%4 > 0 {
				continue
			}
			g.reset(t)
			g.put(t, "site/content/b/index.md", "---\ntitle: B\n---\n{{< own >}} {{% own %}}")
			if i%2 == 0 {
				g.link(t, "site/"+place, to)
			} else { // by way of another one
				g.link(t, "site/elsewhere", strings.TrimPrefix(to, "../"))
				g.link(t, "site/"+place, strings.Repeat("../", strings.Count(place, "/"))+"elsewhere")
			}
			what := place + " to " + to
			files, err := g.build(t, &jam.Config{Now: now, Workers: 1})
			n++
			if err != nil {
				failed++
				g.harmless(t, what, err)
			}
			g.innocent(t, what, files)
		}
		g.check(t)
	}
	g.age(t)
	t.Logf("%d links, of which %d are errors", n, failed)
}

// TestTemplatesReadInside has templates read by way of links.
func TestTemplatesReadInside(t *testing.T) {
	g := newGround(t)
	g.link(t, "site/out.txt", "../secret.txt")
	g.link(t, "site/outside", "..")
	g.link(t, "site/in.txt", "static/style.css")
	pipes := []string{"pipe", "content/pipe.md", "content/pipe.png", "static/pipe", "layouts/pipe.html", "data/pipe.yaml", "i18n/pipe.yaml"}
	for _, name := range pipes { // whose readers would wait
		if err := makePipe(filepath.Join(g.dir, "site", name)); err != nil {
			pipes = nil
			break
		}
	}
	var text strings.Builder
	names := append(pipes, "out.txt", "outside/secret.txt", "/outside/etc/passwd", "static/../outside/secret.txt", "outside/site/out.txt", "in.txt", "outside")
	for _, name := range names {
		fmt.Fprintf(&text, "{{ with try (readFile %q) }}[{{ .Err }} {{ .Value }}]{{ end }}{{ with try (fileExists %[1]q) }}[{{ .Value }}]{{ end }}\n", name)
	}
	g.put(t, "site/layouts/home.html", text.String())
	files, err := g.build(t, &jam.Config{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	g.innocent(t, "functions", files)
	if page := string(files["index.html"]); strings.Count(page, "no regular file") != len(pipes) || !strings.Contains(page, "color: red") || strings.Count(page, "escapes") < 4 || strings.Contains(page, g.dir) {
		t.Errorf("the page is %s", page)
	}
	g.check(t)
	g.age(t)
}

// TestLinksInOutput has links in the directory for the output, and files that have another name outside.
func TestLinksInOutput(t *testing.T) {
	g := newGround(t)
	site, err := g.load(t, &jam.Config{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(g.dir, "out")
	builds := 0
	for _, place := range []string{"posts", "posts/one", "posts/one/index.html", "index.html", "style.css", ".jam", ".jam/manifest", ".jam/lock", ".jam/journal", ".jam/new", ".jam/tmp-1"} {
		for _, to := range []string{"..", "../etc", "../secret.txt", g.dir, filepath.Join(g.dir, "secret.txt"), "../none", "../site/content", "../site/content/posts/one.md", "keep", "posts"} {
			for _, before := range []bool{false, true} {
				if builds++; *attacks > 1 && builds%5 > 0 {
					continue
				}
				if err := os.RemoveAll(out); err != nil {
					t.Fatal(err)
				}
				g.put(t, "out/keep/mine.txt", "mine")
				g.before = nil
				g.before = g.look(t)
				if before {
					if _, err := site.Build(t.Context(), jam.Dir(out)); err != nil {
						t.Fatal(err)
					}
				}
				g.link(t, "out/"+place, to)
				for range 2 { // to find what the first one leaves
					if _, err := site.Build(t.Context(), jam.Dir(out)); err != nil {
						g.harmless(t, place, err)
					}
				}
				if now := g.look(t); !maps.Equal(now, g.before) {
					t.Fatalf("%s to %s: outside is now:\n%v\nand was:\n%v", place, to, now, g.before)
				}
				for name, text := range siteFiles {
					if b, err := os.ReadFile(filepath.Join(g.dir, "site", name)); err != nil || string(b) != text {
						t.Fatalf("%s to %s: %s is now %q, %v", place, to, name, b, err)
					}
				}
			}
		}
	}
	if err := os.RemoveAll(out); err != nil {
		t.Fatal(err)
	}
	g.put(t, "out/keep/mine.txt", "mine")
	for _, name := range []string{"index.html", "posts/one/index.html", "style.css"} {
		g.put(t, "out/"+filepath.Dir(name)+"/x", "")
		if err := os.Link(filepath.Join(g.dir, "secret.txt"), filepath.Join(out, name)); err != nil {
			t.Skip("no hard links:", err)
		}
	}
	for range 2 {
		if _, err := site.Build(t.Context(), jam.Dir(out)); err != nil {
			t.Error(err)
		}
	}
	g.before = g.look(t)
	g.age(t)
}

// TestLinksInCache has links, folders and others' files in the place of those of a cache.
func TestLinksInCache(t *testing.T) {
	g := newGround(t)
	dir := filepath.Join(g.dir, "cache")
	cfg := func() *jam.Config { return &jam.Config{Now: now, Cache: jam.CacheDir(dir)} }
	want, err := g.build(t, cfg())
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) == 0 {
		t.Fatalf("the cache has %v, %v", entries, err)
	}
	tries := 0
	for _, e := range entries {
		for _, to := range []string{"../secret.txt", filepath.Join(g.dir, "secret.txt"), "../none", "..", "../etc", "/dev/zero", "/proc/self/environ", e.Name(), "folder", "x", "hard", "fifo"} {
			file := filepath.Join(dir, e.Name())
			switch to {
			case "folder":
				if err = os.RemoveAll(file); err == nil {
					g.put(t, "cache/"+e.Name()+"/in/x", "")
				}
			case "hard":
				if err = os.RemoveAll(file); err == nil {
					err = os.Link(filepath.Join(g.dir, "secret.txt"), file)
				}
			case "fifo":
				if err = os.RemoveAll(file); err == nil {
					err = makePipe(file)
				}
			default:
				g.link(t, "cache/"+e.Name(), to)
			}
			if err != nil {
				t.Skip(err)
			}
			tries++
			got, err := g.build(t, cfg())
			if err != nil || !maps.EqualFunc(got, want, bytes.Equal) {
				t.Errorf("%s to %s: %d files, %v", e.Name(), to, len(got), err)
			}
			g.innocent(t, e.Name()+" to "+to, got)
			if err := os.RemoveAll(file); err != nil {
				t.Fatal(err)
			}
			if to == "hard" { // by which the file is the cache's, too
				g.age(t)
			}
			g.check(t)
		}
	}
	g.age(t)
	t.Logf("%d files of %d were replaced, reads are seen: %v", tries, len(entries), g.timed)
}

// TestZipNames has archives with entries whose names lead elsewhere.
func TestZipNames(t *testing.T) {
	for _, name := range attackNames("/elsewhere") {
		tree := overlay{fstest.MapFS{"content/_index.md": {}, "layouts/all.html": {Data: []byte("x")}}, zipWith("static/"+name, "content/p/index.md", "content/p/"+name)}
		site, err := jam.Load(t.Context(), tree, &jam.Config{Now: now})
		if err != nil {
			continue
		}
		for _, file := range site.Files() {
			if bad := badOutput(file); bad != "" {
				t.Errorf("%.100q: %.100q %s", name, file, bad)
			}
		}
		if _, err := fs.ReadDir(site.FS(t.Context()), "."); err != nil || !slices.IsSorted(site.Files()) {
			t.Errorf("%.100q: %v", name, err)
		}
	}
}
