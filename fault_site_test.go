package jam_test

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/internal/sitegen"
)

// faultSite is a site in several versions, two of which are built in turn to one directory: the one with a fault, and then without.
type faultSite struct {
	dir, cache string
	versions   []faultVersion
	now        int    // which version the output holds
	emptied    bool   // or rather none
	stuck      string // in .jam, what the last build says that it could not remove
}

type faultVersion struct {
	files sitegen.Files
	want  map[string]string // of a clean build
}

// newFaultSite makes the first site from a seed on that is suitable, small, and has no mistakes before and after some edits.
func newFaultSite(t *testing.T, seed uint64, suits func(config string) bool) *faultSite {
	t.Helper()
	for ; ; seed++ {
		gen := sitegen.New(seed)
		s := &faultSite{dir: filepath.Join(t.TempDir(), "out"), cache: filepath.Join(t.TempDir(), "cache"), versions: make([]faultVersion, 2)}
		s.versions[0].files = gen.Files()
		if !suits(gen.Files()[sitegen.ConfigFile]) || !s.versions[0].clean(t) || len(s.versions[0].want) > 60 {
			continue
		}
		for edits := range 30 {
			gen.Edit()
			s.versions[1].files = gen.Files()
			s.versions[1].files[sitegen.ConfigFile] = s.versions[0].files[sitegen.ConfigFile]
			if edits > 4 && s.versions[1].clean(t) && s.differ() {
				t.Logf("seed %d: %d and %d files", seed, len(s.versions[0].want), len(s.versions[1].want))
				return s
			}
		}
	}
}

// smallFaultSite is the site in testdata/faults.
func smallFaultSite(t *testing.T) *faultSite {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/faults/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	s := &faultSite{dir: filepath.Join(t.TempDir(), "out"), cache: filepath.Join(t.TempDir(), "cache")}
	s.versions = []faultVersion{{files: sitegen.Files{}}, {files: sitegen.Files{}}}
	for _, f := range archive.Files {
		if name, ok := strings.CutPrefix(f.Name, "new/"); !ok {
			s.versions[0].files[name], s.versions[1].files[name] = string(f.Data), string(f.Data)
		} else if s.versions[1].files[name] = string(f.Data); len(f.Data) == 0 {
			delete(s.versions[1].files, name)
		}
	}
	for i := range s.versions {
		if !s.versions[i].clean(t) {
			t.Fatalf("version %d has mistakes", i)
		}
	}
	if !s.differ() {
		t.Fatal("the versions are too much alike")
	}
	return s
}

// clean builds a version, and is false if that has mistakes.
func (v *faultVersion) clean(t *testing.T) bool {
	tree := mapTree(v.files, nil)
	o := cleanBuild(t, tree, genConfig(t, v.files, tree))
	if v.want = o.files; len(v.files) < 50 && len(o.errs) > 0 {
		t.Log(o.errs)
	}
	return len(o.errs) == 0
}

// differ tells whether files come, go, change and stay from one version to the other.
func (s *faultSite) differ() bool {
	var gone, changed, same int
	for name, text := range s.versions[0].want {
		switch now, ok := s.versions[1].want[name]; {
		case !ok:
			gone++
		case now != text:
			changed++
		default:
			same++
		}
	}
	return gone > 0 && changed > 1 && same > 3 && len(s.versions[1].want) > len(s.versions[0].want)-gone
}

// tree is a version's tree, whose files have the times of the version.
func (s *faultSite) tree(version int) fs.FS {
	stamps := map[string]int{}
	for name, text := range s.versions[version].files {
		if s.versions[0].files[name] != text {
			stamps[name] = version
		}
	}
	return mapTree(s.versions[version].files, stamps)
}

// faultRun is a build with its surroundings, which may be wrapped.
type faultRun struct {
	ctx  context.Context
	tree fs.FS
	cfg  *jam.Config
	out  jam.Output
	from *jam.Site // what is reloaded; nil: the site is loaded

	site   *jam.Site
	report *jam.Report
	err    error
	done   bool // neither Load nor Build has ended the goroutine
}

func (s *faultSite) run(t *testing.T, ctx context.Context, version int, wrap func(r *faultRun)) *faultRun {
	t.Helper()
	tree := s.tree(version)
	r := &faultRun{ctx: ctx, tree: tree, cfg: genConfig(t, s.versions[version].files, tree), out: jam.Dir(s.dir)}
	r.cfg.Cache = jam.CacheDir(s.cache)
	r.cfg.Workers = 2
	wrap(r)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		r.build()
	}()
	select {
	case <-ended:
	case <-time.After(time.Minute):
		stacks := make([]byte, 1<<20)
		t.Fatalf("the build hangs\n%s", stacks[:runtime.Stack(stacks, true)])
	}
	return r
}

func (r *faultRun) build() {
	if r.from != nil {
		r.site, r.err = r.from.Reload(r.ctx)
	} else {
		r.site, r.err = jam.Load(r.ctx, r.tree, r.cfg)
	}
	if r.err == nil {
		r.report, r.err = r.site.Build(r.ctx, r.out)
	}
	r.done = true
}

// wholeFiles checks that each file of the output is as it is in one of the versions, and none is missing that is in both.
func (s *faultSite) wholeFiles(t *testing.T) {
	t.Helper()
	was, will := s.versions[s.now].want, s.versions[1-s.now].want
	if s.emptied {
		was = nil
	}
	have := map[string]string{}
	readDir(t, s.dir, have)
	for name, text := range have {
		old, wasThere := was[name]
		next, willBe := will[name]
		if !(wasThere && text == old) && !(willBe && text == next) && !caught(text) {
			t.Errorf("%s is of neither version: %d bytes, %d and %d are right", name, len(text), len(old), len(next))
		}
	}
	for name := range was {
		if _, ok := have[name]; !ok && will[name] != "" {
			t.Errorf("%s is missing", name)
		}
	}
	for _, name := range s.state(t) {
		if !slices.Contains([]string{"manifest", "journal", "lock"}, name) && name != s.stuck {
			t.Errorf(".jam/%s is left", name)
		}
	}
}

// caught tells whether a page shows an error that its template has caught.
func caught(text string) bool {
	return strings.Contains(text, errFault.Error()) || strings.Contains(text, "none</p>") || strings.Contains(text, "panic: runtime error")
}

// state returns what is in the output's folder .jam.
func (s *faultSite) state(t *testing.T) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(s.dir, ".jam"))
	if err != nil && !os.IsNotExist(err) {
		t.Error(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// holds checks that the output is a version, but for pages that were made while something was wrong and show that, and nothing
// is left beside it.
func (s *faultSite) holds(t *testing.T, version int, made bool) {
	t.Helper()
	have := map[string]string{}
	readDir(t, s.dir, have)
	for name, text := range have {
		if made && caught(text) {
			have[name] = s.versions[version].want[name]
		}
	}
	if problem := (&buildOutcome{files: have}).diff(&buildOutcome{files: s.versions[version].want}); problem != "" {
		t.Error(problem)
	}
	if state := s.state(t); slices.Contains(state, "journal") || len(state) > 2 {
		t.Errorf("in .jam there are %q", state)
	}
	if _, err := os.Stat(s.cache); err != nil {
		return
	}
	entries, err := os.ReadDir(s.cache)
	if err != nil {
		t.Error(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".new-") {
			t.Errorf("%s is left in the cache", e.Name())
		}
	}
}

// empty removes the output and the cache.
func (s *faultSite) empty(t *testing.T) {
	t.Helper()
	for _, dir := range []string{s.dir, s.cache} {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
}

// openHandles returns how many files of the system this process has open, 0 where that can't be known.
func openHandles() int {
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(list)
}

// settled waits until there are no more of something than there were.
func settled(t *testing.T, what string, was int, count func() int) {
	t.Helper()
	var now int
	for wait := time.Microsecond; wait < 10*time.Second; wait *= 2 {
		if now = count(); now <= was {
			return
		}
		time.Sleep(wait)
	}
	stacks := make([]byte, 1<<20)
	t.Errorf("%d %s are left, there were %d\n%s", now, what, was, stacks[:runtime.Stack(stacks, true)])
}

// tally counts what became of faults.
type tally map[string]int

func (c tally) log(t *testing.T) {
	total := 0
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(c)) {
		lines = append(lines, fmt.Sprintf("%6d %s", c[name], name))
		total += c[name]
	}
	t.Logf("%d faults:\n%s", total, strings.Join(lines, "\n"))
}
