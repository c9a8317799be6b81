package jam_test

import (
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
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
		start func(w *workspace) builder
	}{
		{"reload", 40, 25, func(w *workspace) builder { return &reloading{w: w, out: jam.Memory(), named: true} }},
		{"find", 20, 25, func(w *workspace) builder { return &reloading{w: w, out: jam.Dir(w.path("out"))} }},
		{"cache", 35, 25, func(w *workspace) builder { return &fresh{w: w, out: jam.Dir(w.path("out"))} }},
		{"process", 5, 5, func(w *workspace) builder { return &process{w: w} }},
	} {
		t.Run(mode.name, func(t *testing.T) {
			t.Parallel()
			total := max(1, mode.share*max(*editCount, 100)/100)
			for seed := *editSeed + uint64(i*1_000_000); total > 0; seed++ {
				n := min(total, mode.most)
				c := &chain{seed: seed, start: mode.start, config: genConfig}
				c.run(t, sitegen.New(seed), n)
				if t.Failed() {
					return
				}
				total -= n
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
	cfg := genConfig(t, files)
	cfg.Workers = workers
	return cleanBuild(t, mapTree(files, nil), cfg)
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
	config func(t *testing.T, files sitegen.Files) *jam.Config
	first  sitegen.Files   // the tree at the beginning
	edits  []*sitegen.Edit // what was done to it
}

// run makes n edits, and fails when a build is not what a clean one is.
func (c *chain) run(t *testing.T, site editor, n int) {
	t.Helper()
	c.first = site.Files()
	random := rand.New(rand.NewPCG(c.seed, 2))
	w := c.workspace(t)
	b := c.start(w)
	failing, failed := 0, 0
	for step := 0; ; step++ {
		clean, problem := w.step(t, b)
		if problem != "" {
			c.fail(t, step, problem)
			return
		}
		if len(clean.errs) > 0 {
			failed++
		}
		if step == n {
			t.Logf("seed %d: %d files, %d of %d builds have mistakes", c.seed, len(clean.files), failed, n+1)
			return
		}
		var edit *sitegen.Edit
		switch {
		case len(clean.errs) == 0:
			failing = 0
			edit = site.Edit()
		case failing == 0 && step > 0 && random.IntN(4) > 0, failing > 2 && len(c.edits) > 0:
			edit = site.Undo(failing + 1) // the mistake is mended
			failing = 0
		default:
			failing++
			edit = site.Edit()
		}
		c.edits = append(c.edits, edit)
		w.apply(edit)
	}
}

// fail reports a step that went wrong, and a smaller case in which something does as well.
func (c *chain) fail(t *testing.T, step int, problem string) {
	t.Helper()
	did := "the first build"
	if step > 0 {
		did = c.edits[step-1].Name
	}
	t.Errorf("-seed %d, step %d, %s:\n%s", c.seed, step, did, problem)
	small := shrink(t, c)
	t.Logf("a smaller case, %s", small)
}

// replay makes the edits of a chain again, and returns what goes wrong.
func (c *chain) replay(t *testing.T) string {
	w := c.workspace(t)
	defer w.remove()
	b := c.start(w)
	for step := 0; ; step++ {
		if _, problem := w.step(t, b); problem != "" {
			return problem
		}
		if step == len(c.edits) {
			return ""
		}
		w.apply(c.edits[step])
	}
}

// workspace is a tree on its way through edits, with a folder for what is built of it.
type workspace struct {
	dir     string
	files   sitegen.Files
	stamps  map[string]int  // when each file was last written, in steps
	changed map[string]bool // since the tree was last loaded without an error
	now     int
	tree    *movingTree
	config  func(t *testing.T, files sitegen.Files) *jam.Config
}

func (c *chain) workspace(t *testing.T) *workspace {
	t.Helper()
	dir, err := os.MkdirTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	w := &workspace{dir: dir, files: maps.Clone(c.first), stamps: map[string]int{}, changed: map[string]bool{}, tree: &movingTree{}, config: c.config}
	w.tree.set(mapTree(w.files, nil))
	return w
}

func (w *workspace) path(name string) string { return filepath.Join(w.dir, name) }

func (w *workspace) remove() { os.RemoveAll(w.dir) }

// apply makes an edit.
func (w *workspace) apply(e *sitegen.Edit) {
	w.now++
	e.Apply(w.files)
	for _, name := range e.Changed() {
		w.changed[name] = true
		w.stamps[name] = w.now
	}
	w.tree.set(mapTree(w.files, w.stamps))
}

// step builds the tree as it is now, from what was before and clean, and returns the clean build and
// how the other one differs from it.
func (w *workspace) step(t *testing.T, b builder) (clean *buildOutcome, problem string) {
	t.Helper()
	before := b.files(t)
	made := b.build(t)
	made.files = b.files(t)
	clean = cleanBuild(t, mapTree(w.files, w.stamps), w.config(t, w.files))
	if problem = made.diff(clean); problem == "" {
		problem = made.checkReport(before)
	}
	return clean, problem
}

// builder builds the tree of a workspace again and again, to the same output.
type builder interface {
	build(t *testing.T) *buildOutcome
	files(t *testing.T) map[string]string // the output
}

// reloading keeps a site in memory and reloads it.
type reloading struct {
	w      *workspace
	out    jam.Output
	site   *jam.Site
	config string // which the site was loaded with
	named  bool   // the names of changed files are told
}

func (r *reloading) files(t *testing.T) map[string]string { return outputFiles(t, r.out) }

func (r *reloading) build(t *testing.T) *buildOutcome {
	site, err := r.load(t)
	if err != nil {
		return failed(err)
	}
	r.site, r.config = site, r.w.files[sitegen.ConfigFile]
	clear(r.w.changed)
	return buildSite(t, site, r.out)
}

func (r *reloading) load(t *testing.T) (*jam.Site, error) {
	if r.site == nil || r.config != r.w.files[sitegen.ConfigFile] {
		return jam.Load(t.Context(), r.w.tree, r.w.threads(t))
	}
	if !r.named {
		return r.site.Reload(t.Context())
	}
	changed := slices.Sorted(maps.Keys(r.w.changed))
	if len(changed) == 0 {
		changed = []string{"content"} // without names Reload would look everywhere
	}
	return r.site.Reload(t.Context(), changed...)
}

// fresh loads the site anew for each build. All that is left of the one before is the output and the cache.
type fresh struct {
	w   *workspace
	out jam.Output
}

func (f *fresh) files(t *testing.T) map[string]string { return outputFiles(t, f.out) }

func (f *fresh) build(t *testing.T) *buildOutcome {
	site, err := jam.Load(t.Context(), f.w.tree, withCache(f.w.threads(t), f.w.path("cache")))
	if err != nil {
		return failed(err)
	}
	return buildSite(t, site, f.out)
}

// withCache has builds remember in a folder what they made.
func withCache(cfg *jam.Config, dir string) *jam.Config {
	cfg.Cache = jam.CacheDir(dir)
	return cfg
}

// threads is the configuration with another number of goroutines than clean builds have.
func (w *workspace) threads(t *testing.T) *jam.Config {
	cfg := w.config(t, w.files)
	cfg.Workers = 3
	return cfg
}

func cleanBuild(t *testing.T, tree fs.FS, cfg *jam.Config) *buildOutcome {
	t.Helper()
	site, err := jam.Load(t.Context(), tree, cfg)
	if err != nil {
		return failed(err)
	}
	out := jam.Memory()
	o := buildSite(t, site, out)
	o.files = outputFiles(t, out)
	return o
}

func buildSite(t *testing.T, site *jam.Site, out jam.Output) *buildOutcome {
	t.Helper()
	report, err := site.Build(t.Context(), out)
	if err != nil {
		return failed(err)
	}
	o := &buildOutcome{report: report}
	for _, w := range report.Warnings {
		o.warnings = append(o.warnings, w.Error())
	}
	return o
}

func failed(err error) *buildOutcome {
	o := &buildOutcome{}
	for _, e := range jam.Errors(err) {
		o.errs = append(o.errs, e.Error())
	}
	return o
}

// buildOutcome is what became of a build.
type buildOutcome struct {
	errs, warnings []string
	files          map[string]string
	report         *jam.Report
}

// diff says in what an outcome differs from that of a clean build.
func (o *buildOutcome) diff(clean *buildOutcome) string {
	if d := diffLists("error", o.errs, clean.errs); d != "" {
		return d
	}
	if len(clean.errs) > 0 {
		return ""
	}
	if d := diffLists("warning", o.warnings, clean.warnings); d != "" {
		return d
	}
	names := maps.Clone(o.files)
	maps.Copy(names, clean.files)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		have, is := o.files[name]
		want, shouldBe := clean.files[name]
		switch {
		case !is:
			return fmt.Sprintf("%s is missing", name)
		case !shouldBe:
			return fmt.Sprintf("%s should not be there", name)
		case have != want:
			return fmt.Sprintf("%s differs:\n%s", name, diffTexts(have, want))
		}
	}
	return ""
}

// checkReport compares the lists of the report with how the output was before.
func (o *buildOutcome) checkReport(before map[string]string) string {
	if o.report == nil {
		return ""
	}
	var written, kept, removed []string
	for _, name := range slices.Sorted(maps.Keys(o.files)) {
		if old, ok := before[name]; ok && old == o.files[name] {
			kept = append(kept, name)
		} else {
			written = append(written, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if _, ok := o.files[name]; !ok {
			removed = append(removed, name)
		}
	}
	for _, l := range []struct {
		what       string
		have, want []string
	}{{"Written", o.report.Written, written}, {"Kept", o.report.Kept, kept}, {"Removed", o.report.Removed, removed}} {
		if d := diffLists("name in Report."+l.what, l.have, l.want); d != "" {
			return d
		}
	}
	return ""
}
