package jam_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/internal/sitegen"
)

var (
	editCount = flag.Int("edits", 0, "random `number` of edits in each test of incremental builds (default: a few)")
	editSeed  = flag.Uint64("seed", 1, "where the random sites and edits of these tests begin")
)

// TestIncremental makes random sites, edits them at random, and compares what a build writes and reports
// after each edit, when it goes on from the one before, with a clean build of the same tree.
func TestIncremental(t *testing.T) {
	for i, mode := range []struct {
		name  string
		share int // of all edits, in percent
		most  int // edits of one site
		site  func(seed uint64) *sitegen.Site
		start func(w *workspace) builder
	}{
		{"small", 30, 12, sitegen.NewSmall, func(w *workspace) builder { return &reloading{w: w, out: jam.Memory(), named: true} }},
		{"reload", 25, 25, sitegen.New, func(w *workspace) builder { return &reloading{w: w, out: jam.Memory(), named: true} }},
		{"find", 15, 25, sitegen.New, func(w *workspace) builder { return &reloading{w: w, out: jam.Dir(w.path("out"))} }},
		{"cache", 25, 25, sitegen.New, func(w *workspace) builder { return &fresh{w: w, out: jam.Dir(w.path("out"))} }},
		{"process", 5, 5, sitegen.New, func(w *workspace) builder { return &process{w: w} }},
	} {
		t.Run(mode.name, func(t *testing.T) {
			t.Parallel()
			total := max(1, mode.share*max(*editCount, 100)/100)
			for seed := *editSeed + uint64(i*1_000_000); total > 0; seed++ {
				n := min(total, mode.most)
				c := &chain{seed: seed, start: mode.start, config: genConfig}
				total -= c.run(t, mode.site(seed), n)
				if t.Failed() {
					return
				}
			}
		})
	}
}

// TestIncrementalProcess is a process of its own that builds a site in the mode "process".
func TestIncrementalProcess(t *testing.T) {
	if *processDir == "" {
		t.Skip("is run by TestIncremental")
	}
	runProcess(t, *processDir)
}

// TestCleanBuildsAreEqual builds random sites twice, with different numbers of goroutines.
func TestCleanBuildsAreEqual(t *testing.T) {
	n := 6 + *editCount/20
	failed := 0
	for seed := *editSeed; seed < *editSeed+uint64(n); seed++ {
		files := sitegen.New(seed).Files()
		a, b := buildWith(t, files, 1), buildWith(t, files, 4)
		if diff := a.diff(b); diff != "" {
			t.Errorf("seed %d: with 1 and 4 workers: %s", seed, diff)
			t.Fatalf("a smaller case: %s", unstable(t, files))
		}
		if len(a.errs) > 0 {
			t.Logf("seed %d: %s", seed, a.errs)
			failed++
		}
	}
	if failed > n/2 {
		t.Errorf("%d of %d sites have mistakes", failed, n)
	}
}

func buildWith(t *testing.T, files sitegen.Files, workers int) *buildOutcome {
	tree := mapTree(files, nil)
	cfg := genConfig(t, files, tree)
	cfg.Workers = workers
	return cleanBuild(t, tree, cfg)
}

// unstable returns those of a site's files that are needed for two builds of it to differ.
func unstable(t *testing.T, files sitegen.Files) string {
	end := time.Now().Add(time.Minute)
	differs := func(names []string) bool {
		if time.Now().After(end) {
			return false
		}
		some := only(files, names)
		clean := buildWith(t, some, 1)
		for range 4 {
			if buildWith(t, some, 4).diff(clean) != "" {
				return true
			}
		}
		return false
	}
	small := &chain{first: only(files, fewer(slices.Sorted(maps.Keys(files)), differs))}
	return buildWith(t, small.first, 1).diff(buildWith(t, small.first, 4)) + "\n" + small.archive()
}

// editor is a tree that is edited at random.
type editor interface {
	Files() sitegen.Files
	Edit() *sitegen.Edit
	Undo(n int) *sitegen.Edit
}

// chain is a series of edits and builds.
type chain struct {
	seed   uint64
	start  func(w *workspace) builder
	config configFunc
	first  sitegen.Files // the tree at the beginning
	moves  []move        // what was done to it
}

type configFunc func(t *testing.T, files sitegen.Files, tree fs.FS) *jam.Config

// move is an edit, and what is particular about the build that follows.
type move struct {
	*sitegen.Edit
	quirk quirk
}

// quirk is what else is done besides a build.
type quirk string

const (
	plain  quirk = ""
	skip   quirk = "the site is loaded, but not built"
	twice  quirk = "the site is built twice"
	other  quirk = "the site is built to another output before"
	serve  quirk = "some files are served before"
	cancel quirk = "a build is cancelled before"
	tamper quirk = "the output is changed by others before"
	older  quirk = "the site is reloaded from an older one"
)

var quirks = []quirk{skip, twice, other, serve, cancel, tamper, older}

// run makes n edits, and fails when a build is not what a clean one is. It returns the number of edits: 0
// for most sites that have mistakes from the beginning.
func (c *chain) run(t *testing.T, site editor, n int) int {
	t.Helper()
	c.first = site.Files()
	random := rand.New(rand.NewPCG(c.seed, 2))
	w := c.workspace(t)
	defer w.remove()
	b := c.start(w)
	failing, failed := 0, 0
	did := plain
	for step := 0; ; step++ {
		clean, problem := w.step(t, b, did)
		if problem != "" {
			c.fail(t, step, problem)
			return step
		}
		if len(clean.errs) > 0 {
			failed++
		}
		if failed > 0 && step == 0 && random.IntN(10) > 0 {
			return 0
		}
		if step == n {
			t.Logf("seed %d: %d files, %d of %d builds have mistakes", c.seed, len(clean.files), failed, n+1)
			return n
		}
		var edit *sitegen.Edit
		switch {
		case len(clean.errs) == 0:
			failing = 0
			edit = site.Edit()
		case step > 0 && (failing > 2 || random.IntN(3) > 0):
			edit = site.Undo(failing + 1) // the mistake is mended
			failing = 0
		default:
			failing++
			edit = site.Edit()
		}
		if did = plain; random.IntN(3) == 0 {
			did = quirks[random.IntN(len(quirks))]
		}
		c.moves = append(c.moves, move{edit, did})
		w.apply(edit)
	}
}

// fail reports a step that went wrong, and a smaller case in which something does as well.
func (c *chain) fail(t *testing.T, step int, problem string) {
	t.Helper()
	did := "the first build"
	if step > 0 {
		m := c.moves[step-1]
		did = strings.TrimSuffix(m.Name+"; "+string(m.quirk), "; ")
	}
	t.Errorf("-seed %d, step %d, %s:\n%s", c.seed, step, did, problem)
	t.Logf("a smaller case, %s", shrink(t, c))
}

// replay makes the edits of a chain again, and returns what goes wrong.
func (c *chain) replay(t *testing.T) string {
	w := c.workspace(t)
	defer w.remove()
	b := c.start(w)
	did := plain
	for step := 0; ; step++ {
		if _, problem := w.step(t, b, did); problem != "" {
			return problem
		}
		if step == len(c.moves) {
			return ""
		}
		w.apply(c.moves[step].Edit)
		did = c.moves[step].quirk
	}
}

// workspace is a tree on its way through edits, with a folder for what is built of it.
type workspace struct {
	dir    string
	files  sitegen.Files
	stamps map[string]int // when each file was last written, in steps
	edits  []*sitegen.Edit
	tree   *movingTree
	make   configFunc
	stop   func() // is called in the middle of a build
}

func (c *chain) workspace(t *testing.T) *workspace {
	t.Helper()
	dir, err := os.MkdirTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	w := &workspace{dir: dir, files: maps.Clone(c.first), stamps: map[string]int{}, tree: &movingTree{}, make: c.config}
	w.tree.set(mapTree(w.files, nil))
	return w
}

func (w *workspace) path(name string) string { return filepath.Join(w.dir, name) }

func (w *workspace) remove() { os.RemoveAll(w.dir) }

// apply makes an edit.
func (w *workspace) apply(e *sitegen.Edit) {
	w.edits = append(w.edits, e)
	e.Apply(w.files)
	for _, name := range e.Changed() {
		w.stamps[name] = len(w.edits)
	}
	w.tree.set(mapTree(w.files, w.stamps))
}

// changed returns the names of the files that were edited since there were n edits.
func (w *workspace) changed(n int) []string {
	names := make(map[string]bool)
	for _, e := range w.edits[n:] {
		for _, name := range e.Changed() {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// config is the configuration of a site that is built again and again, with another number of goroutines than
// clean builds have.
func (w *workspace) config(t *testing.T) *jam.Config {
	cfg := w.make(t, w.files, w.tree)
	cfg.Workers = 3
	cfg.Progress = func(e jam.Event) {
		if w.stop != nil && e.Phase == "build" && e.Done > e.Total/3 {
			w.stop()
		}
	}
	return cfg
}

// step builds the tree as it is now, from what was before and clean, and returns the clean build and
// how the other one differs from it.
func (w *workspace) step(t *testing.T, b builder, did quirk) (clean *buildOutcome, problem string) {
	t.Helper()
	tree := mapTree(w.files, w.stamps)
	clean = cleanBuild(t, tree, w.make(t, w.files, tree))
	if err := b.load(t, did == older); err != nil {
		return clean, failed(err).diff(clean)
	}
	if did == skip {
		return clean, ""
	}
	if problem = w.before(t, b, did, clean); problem != "" {
		return clean, problem
	}
	if problem = w.compare(t, b, clean); problem == "" && did == twice {
		problem = w.compare(t, b, clean)
	}
	return clean, problem
}

func (w *workspace) compare(t *testing.T, b builder, clean *buildOutcome) string {
	t.Helper()
	before := b.files(t)
	made := b.build(t)
	made.files = b.files(t)
	if problem := made.diff(clean); problem != "" {
		return problem
	}
	return made.checkReport(before)
}

// before does what a quirk asks for before the build.
func (w *workspace) before(t *testing.T, b builder, did quirk, clean *buildOutcome) string {
	t.Helper()
	site := b.loaded()
	if site == nil {
		return ""
	}
	switch did {
	case other:
		out := jam.Memory()
		made := buildSite(t, site, out)
		made.files = outputFiles(t, out)
		return made.diff(clean)
	case serve:
		return serveSome(t, site, clean)
	case cancel:
		ctx, stop := context.WithCancel(t.Context())
		w.stop = stop
		_, _ = site.Build(ctx, b.output()) // it may come to its end all the same
		w.stop = nil
		stop()
	case tamper:
		w.tamper(t, b.output())
	}
	return ""
}

// serveSome reads files of a site before it is built, and compares them with those of a clean build.
func serveSome(t *testing.T, site *jam.Site, clean *buildOutcome) string {
	t.Helper()
	if len(clean.errs) > 0 {
		return ""
	}
	fsys := site.FS(t.Context())
	for i, name := range slices.Sorted(maps.Keys(clean.files)) {
		if i%7 != 0 {
			continue
		}
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			return fmt.Sprintf("%s cannot be served: %v", name, err)
		}
		if string(b) != clean.files[name] {
			return fmt.Sprintf("%s differs as it is served:\n%s", name, diffTexts(string(b), clean.files[name]))
		}
	}
	return ""
}

// tamper changes and removes files of an output that is a directory. One in the directory itself comes and goes, without which a
// running program does not look for what others have done; see jam.Dir.
func (w *workspace) tamper(t *testing.T, out jam.Output) {
	t.Helper()
	if _, ok := out.(*jam.MemoryOutput); ok {
		return
	}
	sign := filepath.Join(fmt.Sprint(out), "sign")
	if err := errors.Join(os.MkdirAll(filepath.Dir(sign), 0o777), os.WriteFile(sign, nil, 0o666), os.Remove(sign)); err != nil {
		t.Fatal(err)
	}
	for i, name := range slices.Sorted(maps.Keys(outputFiles(t, out))) {
		file := filepath.Join(fmt.Sprint(out), filepath.FromSlash(name))
		var err error
		switch i % 9 {
		case 0:
			err = os.WriteFile(file, []byte("other"), 0o666)
		case 1:
			err = os.Remove(file)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// builder builds the tree of a workspace again and again, to the same output.
type builder interface {
	// load loads the tree, or leaves it to build.
	load(t *testing.T, older bool) error
	build(t *testing.T) *buildOutcome
	loaded() *jam.Site // nil when build loads it
	output() jam.Output
	files(t *testing.T) map[string]string // of the output
}

// reloading keeps a site in memory and reloads it.
type reloading struct {
	w     *workspace
	out   jam.Output
	named bool      // the names of changed files are told
	sites [2]atEdit // the one that is built, and the one before
}

// atEdit is a site as it was after some of the edits, with a configuration.
type atEdit struct {
	*jam.Site
	edits  int
	config string
}

func (r *reloading) output() jam.Output                   { return r.out }
func (r *reloading) loaded() *jam.Site                    { return r.sites[0].Site }
func (r *reloading) files(t *testing.T) map[string]string { return outputFiles(t, r.out) }

func (r *reloading) load(t *testing.T, older bool) error {
	from := r.sites[0]
	if older && r.sites[1].Site != nil {
		from = r.sites[1]
	}
	site, err := r.next(t, from)
	if err != nil {
		return err
	}
	r.sites = [2]atEdit{{site, len(r.w.edits), r.w.files[sitegen.ConfigFile]}, r.sites[0]}
	return nil
}

func (r *reloading) next(t *testing.T, from atEdit) (*jam.Site, error) {
	if from.Site == nil || from.config != r.w.files[sitegen.ConfigFile] {
		return jam.Load(t.Context(), r.w.tree, r.w.config(t))
	}
	changed := r.w.changed(from.edits)
	if !r.named || len(changed) == 0 {
		return from.Reload(t.Context())
	}
	return from.Reload(t.Context(), changed...)
}

func (r *reloading) build(t *testing.T) *buildOutcome { return buildSite(t, r.loaded(), r.out) }

// fresh loads the site anew for each build. All that is left of the one before is the output and the cache.
type fresh struct {
	w    *workspace
	out  jam.Output
	site *jam.Site
}

func (f *fresh) output() jam.Output                   { return f.out }
func (f *fresh) loaded() *jam.Site                    { return f.site }
func (f *fresh) files(t *testing.T) map[string]string { return outputFiles(t, f.out) }

func (f *fresh) load(t *testing.T, _ bool) error {
	site, err := jam.Load(t.Context(), f.w.tree, withCache(f.w.config(t), f.w.path("cache")))
	if err == nil {
		f.site = site
	}
	return err
}

func (f *fresh) build(t *testing.T) *buildOutcome { return buildSite(t, f.site, f.out) }

// withCache has builds remember in a folder what they made.
func withCache(cfg *jam.Config, dir string) *jam.Config {
	cfg.Cache = jam.CacheDir(dir)
	return cfg
}
