package jam_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/check"
	"github.com/jam-go/jam/preview"
)

var hammerFlag = flag.Duration("hammer", time.Second, "how long everything is done at once")

// hammer has sites in use by many goroutines, while they are edited.
type hammer struct {
	t        *testing.T
	versions []faultVersion
	dir      string
	tree     *movingTree // of the shared site
	counts   sync.Map    // of *atomic.Int64, by what was done

	edit    sync.RWMutex // is held for writing by who changes the tree
	site    *jam.Site    // guarded by edit
	version int          // of the site; guarded by edit
}

// TestHammer has goroutines load, reload, build, serve, check and query shared and separate sites, while these are
// edited, and compares all that they get with clean builds.
func TestHammer(t *testing.T) {
	h := &hammer{t: t, versions: killVersions(t, 5), dir: t.TempDir(), tree: &movingTree{}}
	goroutines, handles := runtime.NumGoroutine(), openHandles()
	h.tree.set(mapTree(h.versions[0].files, nil))
	site, err := jam.Load(t.Context(), h.tree, h.config(0, h.tree))
	if err != nil {
		t.Fatal(err)
	}
	h.site = site
	ctx, cancel := context.WithTimeout(t.Context(), *hammerFlag)
	defer cancel()
	var wg sync.WaitGroup
	for name, do := range map[string]func(g int, random *rand.Rand) error{
		"edit and reload": h.next, "reload": h.reload, "load": h.load, "build in memory": h.memory, "build a directory": h.directory,
		"build a shared directory": h.shared, "build an archive": h.archive, "request": h.request, "read": h.read, "check": h.check,
		"query": h.query, "give up": h.giveUp, "preview": h.preview,
	} {
		count := new(atomic.Int64)
		h.counts.Store(name, count)
		for g := range 2 {
			wg.Go(func() {
				random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), uint64(g)))
				for ctx.Err() == nil && !t.Failed() {
					if err := do(g, random); err != nil {
						t.Errorf("%s: %v", name, err)
					}
					count.Add(1)
				}
			})
		}
	}
	wg.Wait()
	counts := tally{}
	h.counts.Range(func(name, n any) bool {
		counts[name.(string)] = int(n.(*atomic.Int64).Load())
		return true
	})
	counts.log(t)
	settled(t, "goroutines", goroutines, runtime.NumGoroutine)
	settled(t, "handles", handles, openHandles)
}

func (h *hammer) config(version int, tree fs.FS) *jam.Config {
	cfg := genConfig(h.t, h.versions[version].files, tree)
	cfg.Cache = jam.CacheDir(filepath.Join(h.dir, "cache"))
	cfg.Workers = 2
	return cfg
}

// diff says in what files differ from those of a version.
func (h *hammer) diff(version int, files map[string][]byte) error {
	made := &buildOutcome{files: map[string]string{}}
	for name, b := range files {
		made.files[name] = string(b)
	}
	if problem := made.diff(&buildOutcome{files: h.versions[version].want}); problem != "" {
		return errors.New(problem)
	}
	return nil
}

// use calls f with the shared site, which is not edited meanwhile.
func (h *hammer) use(f func(site *jam.Site, version int) error) error {
	h.edit.RLock()
	defer h.edit.RUnlock()
	return f(h.site, h.version)
}

func (h *hammer) next(_ int, random *rand.Rand) error {
	h.edit.Lock()
	defer h.edit.Unlock()
	version := random.IntN(len(h.versions))
	h.tree.set(mapTree(h.versions[version].files, map[string]int{}))
	site, err := h.site.Reload(h.t.Context())
	if err == nil {
		h.site, h.version = site, version
	}
	return err
}

func (h *hammer) build(site *jam.Site, version int) error {
	out := jam.Memory()
	if _, err := site.Build(h.t.Context(), out); err != nil {
		return err
	}
	return h.diff(version, out.Files())
}

func (h *hammer) memory(int, *rand.Rand) error { return h.use(h.build) }

func (h *hammer) reload(int, *rand.Rand) error {
	return h.use(func(site *jam.Site, version int) error {
		again, err := site.Reload(h.t.Context())
		if err != nil {
			return err
		}
		return h.build(again, version)
	})
}

func (h *hammer) load(_ int, random *rand.Rand) error {
	version := random.IntN(len(h.versions))
	tree := mapTree(h.versions[version].files, nil)
	site, err := jam.Load(h.t.Context(), tree, h.config(version, tree))
	if err != nil {
		return err
	}
	return h.build(site, version)
}

func (h *hammer) directory(g int, _ *rand.Rand) error {
	return h.use(func(site *jam.Site, version int) error {
		dir := filepath.Join(h.dir, "own"+string(rune('0'+g)))
		if _, err := site.Build(h.t.Context(), jam.Dir(dir)); err != nil {
			return err
		}
		files := map[string][]byte{}
		for name := range h.versions[version].want {
			b, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				return err
			}
			files[name] = b
		}
		return h.diff(version, files)
	})
}

func (h *hammer) shared(int, *rand.Rand) error {
	return h.use(func(site *jam.Site, _ int) error {
		_, err := site.Build(h.t.Context(), jam.Dir(filepath.Join(h.dir, "shared")))
		if errors.Is(err, jam.ErrBusy) {
			return nil
		}
		return err
	})
}

func (h *hammer) archive(int, *rand.Rand) error {
	return h.use(func(site *jam.Site, version int) error {
		var b bytes.Buffer
		if _, err := site.Build(h.t.Context(), jam.Zip(&b)); err != nil {
			return err
		}
		r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
		if err != nil {
			return err
		}
		files := map[string][]byte{}
		for _, f := range r.File {
			if files[f.Name], err = fs.ReadFile(r, f.Name); err != nil {
				return err
			}
		}
		return h.diff(version, files)
	})
}

func (h *hammer) request(_ int, random *rand.Rand) error {
	return h.use(func(site *jam.Site, version int) error {
		handler, names := site.Handler(), site.Files()
		for range 20 {
			name := names[random.IntN(len(names))]
			if !strings.HasSuffix(name, "/index.html") {
				continue
			}
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, httptest.NewRequestWithContext(h.t.Context(), http.MethodGet, "/"+strings.TrimSuffix(name, "index.html"), nil))
			if w.Code != http.StatusOK || w.Body.String() != h.versions[version].want[name] {
				return errors.New(name + " is served with status " + http.StatusText(w.Code) + ", and differs")
			}
		}
		return nil
	})
}

func (h *hammer) read(_ int, random *rand.Rand) error {
	return h.use(func(site *jam.Site, version int) error {
		fsys, names := site.FS(h.t.Context()), site.Files()
		for range 20 {
			name := names[random.IntN(len(names))]
			b, err := fs.ReadFile(fsys, name)
			if err != nil {
				return err
			}
			if string(b) != h.versions[version].want[name] {
				return errors.New(name + " differs as it is read")
			}
		}
		return nil
	})
}

func (h *hammer) check(int, *rand.Rand) error {
	return h.use(func(site *jam.Site, _ int) error {
		_, err := check.Run(h.t.Context(), site.FS(h.t.Context()), nil)
		return err
	})
}

func (h *hammer) query(int, *rand.Rand) error {
	return h.use(func(site *jam.Site, _ int) error {
		byDate := site.Pages().ByDate()
		for i, p := range byDate {
			if other := byDate[(i+1)%len(byDate)]; p.Path() == other.Path() && len(byDate) > 1 && p.Language().Code == other.Language().Code {
				return errors.New(p.Path() + " is there twice")
			}
			_, _, _, _ = p.Content(), p.WordCount(), p.Params(), p.Next()
			_, _ = site.Page(p.Path())
		}
		return nil
	})
}

func (h *hammer) giveUp(_ int, random *rand.Rand) error {
	return h.use(func(site *jam.Site, _ int) error {
		ctx, cancel := context.WithTimeout(h.t.Context(), time.Duration(random.IntN(5000))*time.Microsecond)
		defer cancel()
		if again, err := site.Reload(ctx); err == nil {
			site = again
		} else if ctx.Err() == nil {
			return err
		}
		if _, err := site.Build(ctx, jam.Memory()); err != nil && ctx.Err() == nil {
			return err
		}
		return nil
	})
}

// preview shows a folder whose files become those of other versions while it is asked for.
func (h *hammer) preview(g int, random *rand.Rand) error {
	w := &workspace{dir: filepath.Join(h.dir, "preview"+string(rune('0'+g))), stamps: map[string]int{}}
	files := &process{w: w}
	w.files = h.versions[0].files
	files.sync(h.t)
	defer os.RemoveAll(w.dir)
	cfg := genConfig(h.t, w.files, os.DirFS(w.path("tree")))
	p, err := preview.New(h.t.Context(), w.path("tree"), cfg, nil)
	if err != nil {
		return err
	}
	version := 0
	for range 4 {
		version = random.IntN(len(h.versions))
		w.files = h.versions[version].files
		files.sync(h.t)
		for _, page := range []string{"/", "/posts/", "/news/", "/docs/", "/nowhere/", "/_jam/state?page=/"} {
			rec := httptest.NewRecorder()
			p.ServeHTTP(rec, httptest.NewRequestWithContext(h.t.Context(), http.MethodGet, "http://localhost"+page, nil))
			if !slices.Contains([]int{200, 301, 302, 403, 404, 500}, rec.Code) {
				err = errors.Join(err, errors.New(page+": "+http.StatusText(rec.Code)))
			}
			_, _ = io.Copy(io.Discard, rec.Body)
		}
	}
	return errors.Join(err, p.Close())
}
