package jam_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/internal/sitegen"
)

var (
	killCount  = flag.Int("kills", 3, "`number` of processes that are killed while they build")
	killDir    = flag.String("kill-dir", "", "`folder` of a site that this process builds until it is killed")
	killRounds = flag.Int("kill-rounds", -1, "`number` of times after which that process ends by itself")
	killOut    = flag.String("kill-out", "out", "`folder` in that one to which it builds")
)

// killVersions makes several versions of a site, of the first seed that makes so many.
func killVersions(t *testing.T, n int) []faultVersion {
	t.Helper()
	for seed := uint64(26); seed < 200; seed++ {
		if versions := versionsOf(t, sitegen.New(seed), n); versions != nil {
			return versions
		}
	}
	t.Fatal("no site has so many versions without mistakes")
	return nil
}

// versionsOf makes versions of a site by edits; nil: that site has too many mistakes.
func versionsOf(t *testing.T, gen *sitegen.Site, n int) (versions []faultVersion) {
	t.Helper()
	first := gen.Files()
	for range 4 * n {
		v := faultVersion{files: gen.Files()}
		for _, name := range []string{sitegen.ConfigFile, sitegen.ClockFile} { // which a site that is reloaded has from its first version
			if v.files[name] = first[name]; first[name] == "" {
				delete(v.files, name)
			}
		}
		if v.clean(t) {
			versions = append(versions, v)
		} else if len(versions) == 0 {
			return nil
		}
		if len(versions) == n {
			return versions
		}
		for range 4 {
			gen.Edit()
		}
	}
	return nil
}

// TestKilled kills processes that build one site after the other, at random moments. Each file is whole, and of the site that is being built
// or of the one before it; and the next process builds what is right, with the cache and the output that are left.
func TestKilled(t *testing.T) {
	root, s := newKillSite(t)
	random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 3))
	counts := tally{}
	has := -1 // the version that the output holds
	for range *killCount {
		switch random.IntN(10) {
		case 0:
			s.empty(t)
			has = -1
			counts["begun from nothing"]++
		case 1:
			if err := os.RemoveAll(s.cache); err != nil {
				t.Fatal(err)
			}
			counts["begun without a cache"]++
		}
		from, to := killOne(t, root, has, time.Duration(random.IntN(600_000))*time.Microsecond)
		before := faultVersion{}
		if from >= 0 {
			before = s.versions[from]
		}
		counts[s.killedFiles(t, before, s.versions[to], from == to)]++
		if state := s.state(t); len(state) > 2 {
			counts["(left more in .jam than manifest and lock)"]++
		}
		next := random.IntN(len(s.versions))
		r := s.run(t, t.Context(), next, func(*faultRun) {})
		if r.err != nil {
			t.Errorf("the next build: %v", r.err)
		}
		s.ageCache(t)
		s.holdsAfterKill(t, next)
		has = next
		if t.Failed() {
			t.Fatalf("killed from %d to %d, then %d", from, to, next)
		}
	}
	counts.log(t)
}

// killOne starts a process that builds to an output that has a version, and kills it some time after it has begun. It returns the version that
// was built last, and the one that was being built, or the same twice; -1 is none.
func killOne(t *testing.T, root string, has int, after time.Duration) (from, to int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledProcess$", "-kill-dir="+root)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Skip("no processes:", err)
	}
	lines := bufio.NewReader(out)
	if line, err := lines.ReadString('\n'); line != "ready\n" {
		t.Fatalf("the process says %q, %v", line, err)
	}
	time.Sleep(after)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	said, _ := io.ReadAll(lines)
	_ = cmd.Wait()
	from, to = has, max(has, 0)
	for line := range strings.Lines(string(said)) {
		var n int
		switch _, err := fmt.Sscanf(line, "built %d\n", &n); {
		case err == nil:
			from, to = n, n
		default:
			if _, err := fmt.Sscanf(line, "building %d\n", &n); err != nil {
				t.Fatalf("the process says %q", said)
			}
			to = n
		}
	}
	return from, to
}

// TestKilledProcess is a process that builds until it is killed.
func TestKilledProcess(t *testing.T) {
	if *killDir == "" {
		t.Skip("is run by TestKilled")
	}
	b, err := os.ReadFile(filepath.Join(*killDir, "versions.json"))
	var trees []sitegen.Files
	if err == nil {
		err = json.Unmarshal(b, &trees)
	}
	if err != nil {
		t.Fatal(err)
	}
	s := &faultSite{dir: filepath.Join(*killDir, *killOut), cache: filepath.Join(*killDir, "cache")}
	for _, files := range trees {
		s.versions = append(s.versions, faultVersion{files: files})
	}
	moving := &movingTree{}
	var last *jam.Site
	fmt.Println("ready")
	for round := 0; round != *killRounds; round++ {
		n := rand.IntN(len(s.versions))
		fmt.Println("building", n)
		moving.set(s.tree(n))
		r := &faultRun{ctx: t.Context(), tree: moving, cfg: genConfig(t, s.versions[n].files, moving), out: jam.Dir(s.dir), from: last}
		r.cfg.Cache = jam.CacheDir(s.cache)
		r.build()
		if errors.Is(r.err, jam.ErrBusy) {
			continue
		}
		if r.err != nil {
			t.Fatal(r.err)
		}
		fmt.Println("built", n)
		if last = nil; rand.IntN(2) == 0 {
			last = r.site
		}
	}
}

// killedFiles checks that each file is of one of two versions, and none is missing that is in both.
func (s *faultSite) killedFiles(t *testing.T, from, to faultVersion, done bool) string {
	t.Helper()
	have := map[string]string{}
	readDir(t, s.dir, have)
	old, new := 0, 0
	for name, text := range have {
		was, wasThere := from.want[name]
		will, willBe := to.want[name]
		switch {
		case willBe && text == will && !(wasThere && was == text):
			new++
		case willBe && text == will:
		case wasThere && text == was && !done:
			old++
		default:
			t.Errorf("%s is of no version that it may be of: %d bytes, %d and %d are right", name, len(text), len(was), len(will))
		}
	}
	for name := range from.want {
		if _, ok := have[name]; !ok && to.want[name] != "" {
			t.Errorf("%s is missing", name)
		}
	}
	switch {
	case done:
		return "between builds"
	case from.want == nil:
		return "in the first build of all"
	case old > 0 && new > 0:
		return "with files of both versions in the output"
	case new > 0:
		return "with files of the new version in the output"
	}
	return "with files of the old version in the output"
}

// ageCache has what a killed process was writing to the cache be old.
func (s *faultSite) ageCache(t *testing.T) {
	t.Helper()
	entries, err := os.ReadDir(s.cache)
	if err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-24 * time.Hour)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".new-") {
			if err := os.Chtimes(filepath.Join(s.cache, e.Name()), old, old); err != nil {
				t.Error(err)
			}
		}
	}
	if err := jam.CacheDir(s.cache).Put(t.Context(), "test", nil); err != nil {
		t.Error(err)
	}
	if len(entries) > 40 {
		t.Errorf("there are %d files in the cache", len(entries))
	}
}

// holdsAfterKill is holds, also for the build after a build.
func (s *faultSite) holdsAfterKill(t *testing.T, version int) {
	t.Helper()
	s.holds(t, version, false)
	if r := s.run(t, t.Context(), version, func(*faultRun) {}); r.err != nil {
		t.Error(r.err)
	} else if rendered := r.report.Rendered; len(rendered) > 0 {
		t.Logf("the second build renders %v", rendered)
	}
	s.holds(t, version, false)
}
