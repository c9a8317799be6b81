package jam_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/internal/sitegen"
)

// newKillSite makes a site with several versions, which other processes can build.
func newKillSite(t *testing.T) (root string, s *faultSite) {
	t.Helper()
	root = t.TempDir()
	s = &faultSite{dir: filepath.Join(root, "out"), cache: filepath.Join(root, "cache"), versions: killVersions(t, 5)}
	var trees []sitegen.Files
	for _, v := range s.versions {
		trees = append(trees, v.files)
	}
	b, err := json.Marshal(trees)
	if err == nil {
		err = os.WriteFile(filepath.Join(root, "versions.json"), b, 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	return root, s
}

// TestRivals has builds of one directory, with one cache, at the same time, in this process and in others. All but one at a time
// are refused, and what there is in the end can be built upon.
func TestRivals(t *testing.T) {
	root, s := newKillSite(t)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledProcess$", "-kill-dir="+root, "-kill-rounds=6")
			if msg, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, msg)
			}
		})
	}
	var busy, done tallied
	for range 3 {
		wg.Go(func() {
			for range 6 {
				err := s.build(t.Context(), t, rand.IntN(len(s.versions)))
				switch {
				case err == nil:
					done.add()
				case errors.Is(err, jam.ErrBusy):
					busy.add()
				default:
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	t.Logf("of this process, %d builds were done, and %d refused", done.n, busy.n)
	for version := range s.versions {
		if err := s.build(t.Context(), t, version); err != nil {
			t.Error(err)
		}
		s.holds(t, version, false)
	}
}

type tallied struct {
	mu sync.Mutex
	n  int
}

func (c *tallied) add() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
}

// build builds a version to the directory.
func (s *faultSite) build(ctx context.Context, t *testing.T, version int) error {
	tree := s.tree(version)
	r := &faultRun{ctx: ctx, tree: tree, cfg: genConfig(t, s.versions[version].files, tree), out: jam.Dir(s.dir)}
	r.cfg.Cache = jam.CacheDir(s.cache)
	r.build()
	return r.err
}

// TestRivalsOfCache has processes and goroutines build versions of a site to outputs of their own, with one cache: each output is right.
func TestRivalsOfCache(t *testing.T) {
	root, s := newKillSite(t)
	var wg sync.WaitGroup
	for i := range 2 {
		wg.Go(func() {
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledProcess$", "-kill-dir="+root, "-kill-rounds=5",
				fmt.Sprint("-kill-out=out", i))
			if msg, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, msg)
			}
		})
	}
	for i := range 2 {
		wg.Go(func() {
			own := *s
			own.dir = filepath.Join(root, fmt.Sprint("own", i))
			for range 5 {
				version := rand.IntN(len(s.versions))
				if err := own.build(t.Context(), t, version); err != nil {
					t.Error(err)
				}
				own.holdsFiles(t, version)
			}
		})
	}
	wg.Wait()
	s.ageCache(t)
	if err := s.build(t.Context(), t, 0); err != nil {
		t.Error(err)
	}
	s.holds(t, 0, false)
}

func (s *faultSite) holdsFiles(t *testing.T, version int) {
	t.Helper()
	have := map[string]string{}
	readDir(t, s.dir, have)
	if problem := (&buildOutcome{files: have}).diff(&buildOutcome{files: s.versions[version].want}); problem != "" {
		t.Error(problem)
	}
}

// TestOutputVanishes has the directory, or the folder .jam, be removed or replaced while a build goes on. It may fail, and the next one does not.
func TestOutputVanishes(t *testing.T) {
	s := newFaultSite(t, 26, func(string) bool { return true })
	for name, vanish := range map[string]func() error{
		"directory": func() error { return removeBusy(s.dir) },
		"moved":     func() error { return os.Rename(s.dir, filepath.Join(t.TempDir(), "elsewhere")) },
		".jam":      func() error { return removeBusy(filepath.Join(s.dir, ".jam")) },
		"manifest":  func() error { return os.RemoveAll(filepath.Join(s.dir, ".jam", "manifest")) },
		"replaced": func() error {
			return errors.Join(removeBusy(s.dir), os.WriteFile(s.dir, []byte("a file"), 0o600))
		},
	} {
		for _, when := range []int{0, 1, 4} {
			next := 1 - s.now
			r := s.run(t, t.Context(), next, func(r *faultRun) {
				r.cfg.Progress = func(e jam.Event) {
					if e.Phase == "build" && e.Done == e.Total*when/5 {
						if err := vanish(); err != nil && !os.IsNotExist(err) {
							t.Error(err)
						}
					}
				}
			})
			if b, err := os.ReadFile(s.dir); err == nil { // somebody moves it away
				if string(b) != "a file" {
					t.Errorf("the file in place of the directory has %q", b)
				}
				if err := os.Remove(s.dir); err != nil {
					t.Fatal(err)
				}
			}
			h := s.run(t, t.Context(), next, func(*faultRun) {})
			if h.err != nil {
				t.Fatalf("%s, after %d of 5 of a build (%v): %v", name, when, r.err, h.err)
			}
			s.now = next
			if name == ".jam" || name == "manifest" { // without which files of former builds are not known
				s.holdsAtLeast(t, next)
				s.empty(t)
				continue
			}
			s.holds(t, next, false)
			if t.Failed() {
				t.Fatalf("%s, after %d of 5 of a build: %v", name, when, r.err)
			}
		}
	}
}

// removeBusy removes a directory to which a build writes, whose new files make that fail at times.
func removeBusy(dir string) error {
	var err error
	for range 1000 {
		if err = os.RemoveAll(dir); err == nil {
			break
		}
	}
	return err
}

// holdsAtLeast checks that all files of a version are there.
func (s *faultSite) holdsAtLeast(t *testing.T, version int) {
	t.Helper()
	have := map[string]string{}
	readDir(t, s.dir, have)
	maps.DeleteFunc(have, func(name, _ string) bool { _, ok := s.versions[version].want[name]; return !ok })
	if problem := (&buildOutcome{files: have}).diff(&buildOutcome{files: s.versions[version].want}); problem != "" {
		t.Error(problem)
	}
}

// TestClocks has the clocks go wrong: that of the program runs backwards, and files of the tree, of the output and of the cache have times of
// the past, of the future, or of others.
func TestClocks(t *testing.T) {
	s := newFaultSite(t, 26, func(string) bool { return true })
	random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 5))
	dir := t.TempDir()
	w := &workspace{dir: dir, stamps: map[string]int{}}
	p := &process{w: w}
	now := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	for round := range 12 {
		version := random.IntN(2)
		w.files = maps.Clone(s.versions[version].files)
		w.files[sitegen.ClockFile] = now.Format(time.DateOnly) + "\n"
		for name := range w.files {
			if random.IntN(3) == 0 {
				w.stamps[name] = random.IntN(200_000_000) - 20_000_000 // years before and after
			}
		}
		p.sync(t)
		tree := os.DirFS(filepath.Join(dir, "tree"))
		clean := cleanBuild(t, tree, genConfig(t, w.files, tree))
		cfg := withCache(genConfig(t, w.files, tree), s.cache)
		site, err := jam.Load(t.Context(), tree, cfg)
		if err != nil {
			t.Fatal(err)
		}
		made := buildSite(t, site, jam.Dir(s.dir))
		made.files = outputFiles(t, jam.Dir(s.dir))
		if problem := made.diff(clean); problem != "" {
			t.Fatalf("round %d: %s", round, problem)
		}
		changeTimes(t, random, s.dir, s.cache)
		now = now.Add(-time.Duration(random.IntN(3000)-500) * 24 * time.Hour)
	}
}

// changeTimes gives files other times.
func changeTimes(t *testing.T, random *rand.Rand, dirs ...string) {
	t.Helper()
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || random.IntN(2) == 0 {
				return err
			}
			at := time.Now().Add(time.Duration(random.IntN(400)-200) * 24 * time.Hour)
			return os.Chtimes(name, at, at)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
