package jam_test

import (
	"flag"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/internal/sitegen"
)

var blindEdits = flag.Int("blind", 0, "`number` of edits by which TestIncremental must notice that a kind of recording is switched off (default: the test is skipped)")

// TestBlindness switches off one kind of recording after the other, and expects random edits to end in an output that
// is not that of a clean build.
func TestBlindness(t *testing.T) {
	if *blindEdits == 0 {
		t.Skip("takes minutes: -blind 300")
	}
	kinds := jam.Blindnesses()
	for _, name := range slices.Sorted(maps.Keys(kinds)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed, left := *editSeed, *blindEdits; left > 0; seed++ {
				n, noticed := blindRun(t, seed, min(left, 12), kinds[name])
				if noticed {
					t.Logf("noticed with seed %d after %d edits", seed, *blindEdits-left+n)
					return
				}
				left -= max(n, 1)
			}
			t.Errorf("not noticed by %d edits", *blindEdits)
		})
	}
}

// blindRun makes edits until something goes wrong, and returns how many it made.
func blindRun(t *testing.T, seed uint64, n int, blind func(*jam.Config)) (edits int, noticed bool) {
	site := sitegen.NewSmall(seed)
	if seed%3 == 0 {
		site = sitegen.New(seed)
	}
	c := &chain{seed: seed, first: site.Files()}
	c.config = func(t *testing.T, files sitegen.Files, tree fs.FS) *jam.Config {
		cfg := genConfig(t, files, tree)
		blind(cfg)
		return cfg
	}
	w := c.workspace(t)
	defer w.remove()
	b := &reloading{w: w, out: jam.Memory(), named: true}
	random := rand.New(rand.NewPCG(seed, 3))
	for step := 0; step <= n; step++ {
		clean, problem := w.step(t, b, plain)
		if problem != "" {
			return step, step > 0
		}
		edit := site.Edit()
		if len(clean.errs) > 0 && step > 0 && random.IntN(3) > 0 {
			edit = site.Undo(1)
		}
		w.apply(edit)
	}
	return n, false
}
