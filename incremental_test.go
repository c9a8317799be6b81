package jam_test

import (
	"flag"
	"testing"

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
		{"small", 25, 12, sitegen.NewSmall, func(w *workspace) builder { return &reloading{w: w, out: jam.Memory(), named: true} }},
		{"reload", 20, 25, sitegen.New, func(w *workspace) builder { return &reloading{w: w, out: jam.Memory(), named: true} }},
		{"find", 10, 25, sitegen.New, func(w *workspace) builder { return &reloading{w: w, out: jam.Dir(w.path("out"))} }},
		{"cache", 20, 25, sitegen.New, func(w *workspace) builder { return &fresh{w: w, out: jam.Dir(w.path("out"))} }},
		{"settings", 20, 12, sitegen.NewRestless, func(w *workspace) builder { return &fresh{w: w, out: jam.Dir(w.path("out"))} }},
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
