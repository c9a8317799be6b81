package jam_test

import (
	"context"
	"io/fs"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/internal/sitegen"
)

// faultReload is a site that is reloaded while calls of its tree go wrong.
type faultReload struct {
	*faultSite
	tree    *movingTree
	asked   fs.FS    // the tree as the site is given it
	names   []string // what Reload is told; none: it finds out itself
	full    bool     // the tree has all methods that a file system may have
	counts  tally
	outcome faultCase
}

// TestFaultsOfReload has the n-th call of a tree go wrong in Reload, for each n. The error comes back, unless the site is
// right all the same; nothing is left running or open; the site before can be built; and the next Reload makes it right.
func TestFaultsOfReload(t *testing.T) {
	for name, r := range map[string]faultReload{
		"without names":                  {},
		"without names, all methods":     {full: true},
		"with names":                     {names: []string{"content/posts/one.md", "content/gone.md", "content/posts/three/index.md"}},
		"with names of all that changed": {names: []string{""}},
		"with names, all methods":        {names: []string{""}, full: true},
	} {
		t.Run(name, func(t *testing.T) {
			r.faultSite, r.tree, r.counts = smallFaultSite(t), &movingTree{}, tally{}
			if r.asked = r.tree; r.full {
				r.asked = fullTree{r.tree}
			}
			r.outcome = faultCase{harmless: append([]string{"Info"}, ofFiles...)}
			if len(r.names) == 1 {
				r.names = changedNames(r.versions[0].files, r.versions[1].files)
			}
			r.test(t)
			r.counts.log(t)
		})
	}
}

// A named text that can't be looked at for a moment is read again: its change is not lost.
func TestFaultOfNamedFile(t *testing.T) {
	s := smallFaultSite(t)
	r := faultReload{faultSite: s, tree: &movingTree{}, names: changedNames(s.versions[0].files, s.versions[1].files), counts: tally{}, outcome: faultCase{harmless: ofFiles}}
	r.asked = r.tree
	for n := range 4 {
		r.one(t, fails, n+1)
	}
}

// fullTree has all methods that a file system may have.
type fullTree struct{ *movingTree }

func (f fullTree) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(*f.now.Load(), name) }
func (f fullTree) Stat(name string) (fs.FileInfo, error)      { return fs.Stat(*f.now.Load(), name) }
func (f fullTree) ReadFile(name string) ([]byte, error)       { return fs.ReadFile(*f.now.Load(), name) }

// changedNames are those of the files that differ.
func changedNames(a, b sitegen.Files) []string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return slices.DeleteFunc(slices.Sorted(maps.Keys(all)), func(name string) bool {
		x, there := a[name]
		y, still := b[name]
		return there == still && x == y
	})
}

func (r *faultReload) test(t *testing.T) {
	samples, _ := strconv.Atoi(*faultsFlag)
	seed := uint64(1)
	if *faultsFlag != "" {
		seed = uint64(time.Now().UnixNano())
	}
	random := rand.New(rand.NewPCG(seed, 1))
	for _, f := range badFiles {
		if *faultsFlag == "all" {
			for n := 1; r.one(t, f, n) && !t.Failed(); n++ {
			}
		} else {
			for range max(samples, random.IntN(2)) {
				r.one(t, f, 1+random.IntN(80))
			}
		}
		if t.Failed() {
			return
		}
	}
}

// one has the n-th call go wrong, and tells whether there were so many.
func (r *faultReload) one(t *testing.T, f fault, n int) (reached bool) {
	t.Helper()
	r.tree.set(r.faultSite.tree(0))
	before := mustLoad(t, r.asked, genConfig(t, r.versions[0].files, r.asked))
	out := jam.Memory()
	r.builds(t, "the site before", before, out, 0, false)
	goroutines := runtime.NumGoroutine()

	in := newInjector(t.Context(), f, n)
	defer in.cancel()
	r.tree.set(r.faulty(in))
	run := r.reload(t, in.ctx, before)
	what := string(f) + " not reached"
	hit := in.hit.Load()
	if hit != nil {
		what = string(f) + ", " + r.outcome.check(t, in, run, *hit)
	} else if run.err != nil {
		t.Errorf("no call goes wrong, and yet: %v", run.err)
	}
	r.counts[what]++
	settled(t, "goroutines", goroutines, runtime.NumGoroutine)
	settled(t, "files of the tree", 0, func() int { return int(in.opened.Load()) })

	// What is told of by names is all that changes: the others are as they were.
	partly := r.names != nil && len(r.names) < len(changedNames(r.versions[0].files, r.versions[1].files))
	r.tree.set(r.faultSite.tree(0))
	r.builds(t, "the site before, again,", before, jam.Memory(), 0, false)
	r.tree.set(r.faultSite.tree(1))
	if run.done && run.err == nil && !partly {
		r.builds(t, "the site after "+string(f), run.site, jam.Memory(), 1, true)
	}
	from := before
	if run.done && run.err == nil {
		from = run.site
	}
	healed, err := from.Reload(t.Context())
	if err != nil {
		t.Fatalf("%s, call %d: the next Reload: %v", f, n, err)
	}
	r.builds(t, "the site after the next Reload", healed, out, 1, false)
	if t.Failed() {
		t.Logf("call %d: %s: %v", n, what, run.err)
		if hit != nil {
			t.Log(*hit)
		}
	}
	return hit != nil
}

func (r *faultReload) faulty(in *injector) fs.FS {
	f := faultyFS{r.faultSite.tree(1), in}
	if r.full {
		return fullFaultyFS{f}
	}
	return f
}

// reload reloads a site in a goroutine that may be ended.
func (r *faultReload) reload(t *testing.T, ctx context.Context, from *jam.Site) *faultRun {
	t.Helper()
	run, ended := &faultRun{}, make(chan struct{})
	go func() {
		defer close(ended)
		run.site, run.err = from.Reload(ctx, r.names...)
		run.done = true
	}()
	select {
	case <-ended:
	case <-time.After(time.Minute):
		stacks := make([]byte, 1<<20)
		t.Fatalf("Reload hangs\n%s", stacks[:runtime.Stack(stacks, true)])
	}
	return run
}

// builds checks that a site gives a version, but for pages that show what was wrong while they were made.
func (r *faultReload) builds(t *testing.T, what string, site *jam.Site, out *jam.MemoryOutput, version int, made bool) {
	t.Helper()
	if _, err := site.Build(t.Context(), out); err != nil {
		t.Errorf("%s: %v", what, err)
	}
	have := outputFiles(t, out)
	for name, text := range have {
		if made && caught(text) {
			have[name] = r.versions[version].want[name]
		}
	}
	if problem := (&buildOutcome{files: have}).diff(&buildOutcome{files: r.versions[version].want}); problem != "" {
		t.Errorf("%s: %s", what, problem)
	}
}
