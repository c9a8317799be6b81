package jam_test

import (
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/internal/sitegen"
)

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
