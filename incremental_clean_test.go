package jam_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/jam-go/jam/internal/sitegen"
)

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
