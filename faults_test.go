package jam_test

import (
	"context"
	"errors"
	"flag"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jam-go/jam"
)

var faultsFlag = flag.String("faults", "", "`all`: have each call of builds of a small site go wrong; or a number: so many calls of each fault, of a larger site")

// faultCase is what calls go wrong of.
type faultCase struct {
	faults []fault
	wrap   func(r *faultRun, in *injector)
	seed   uint64 // from which on sites are tried
	suits  string // is in the configuration of the site
	// harmless are the calls whose errors a build may do without.
	harmless []string
}

var (
	badCalls = []fault{fails, late, panics, exits, hangs, cancels}
	badFiles = append([]fault{nothing, short, wrong}, badCalls...)
)

// ofFiles are calls without which a build may be right. Some only tell whether files have changed, or how large they are; where a file
// system has no Stat, that is what Open is for. Templates may catch the errors of readFile. The folder of layouts is looked at twice; and
// where Load fails with what a cache knows, it tries once more without that. At the end of a build, files are read again that may have changed.
var ofFiles = []string{"Stat", "File.Stat", "Open", "Read", "Close", "ReadFile", "ReadDir", "File.ReadDir"}

var faultCases = map[string]faultCase{
	"tree": {faults: badFiles, harmless: ofFiles, wrap: func(r *faultRun, in *injector) { r.tree = faultyFS{r.tree, in} }},
	"tree and little memory": {faults: badFiles, harmless: ofFiles, wrap: func(r *faultRun, in *injector) {
		r.tree = fullFaultyFS{faultyFS{r.tree, in}}
		r.cfg.Cache, r.cfg.Memory = nil, -1
	}},
	"tree without a cache": {faults: badFiles, harmless: ofFiles, wrap: func(r *faultRun, in *injector) {
		r.tree = faultyFS{r.tree, in}
		r.cfg.Cache = nil
	}},
	"tree with all methods": {faults: badFiles, harmless: ofFiles, wrap: func(r *faultRun, in *injector) {
		r.tree = fullFaultyFS{faultyFS{r.tree, in}}
	}},
	"source": {seed: 197, faults: badFiles, harmless: ofFiles, suits: `"Source": true`, wrap: func(r *faultRun, in *injector) {
		for i, src := range r.cfg.Sources {
			r.cfg.Sources[i] = faultySource{src, in}
		}
	}},
	"output": {faults: append([]fault{nothing, wrong}, badCalls...), wrap: func(r *faultRun, in *injector) { r.out = faultyOutput{r.out, in} }},
	"cache":  {faults: badFiles, harmless: []string{"Get", "Put", "Delete"}, wrap: func(r *faultRun, in *injector) { r.cfg.Cache = faultyCache{r.cfg.Cache, in} }},
	"renderer": {seed: 45, faults: append([]fault{short}, badCalls...), suits: `"Renderer": true`, wrap: func(r *faultRun, in *injector) {
		if r.cfg.Renderer == nil {
			layouts, err := fs.Sub(r.tree, "layouts")
			if err == nil {
				r.cfg.Renderer, err = jam.Templates(layouts, r.cfg.Funcs)
			}
			if err != nil {
				panic(err)
			}
		}
		r.cfg.Renderer = faultyRenderer{r.cfg.Renderer, in}
	}},
	"callbacks": {faults: []fault{panics, exits, cancels}, harmless: []string{"Progress"}, wrap: func(r *faultRun, in *injector) {
		now := r.cfg.Now
		r.cfg.Now = func() time.Time { _, _ = in.call("Now"); return now() }
		r.cfg.Progress = func(jam.Event) { _, _ = in.call("Progress") }
		r.cfg.Logger = slog.New(faultyLog{in})
	}},
}

type faultyLog struct{ in *injector }

func (l faultyLog) Enabled(context.Context, slog.Level) bool { return true }

func (l faultyLog) Handle(_ context.Context, r slog.Record) error {
	_, err := l.in.call("Log " + r.Message)
	return err
}

func (l faultyLog) WithAttrs([]slog.Attr) slog.Handler { return l }
func (l faultyLog) WithGroup(string) slog.Handler      { return l }

// TestFaults has the n-th call of a part of a build's surroundings go wrong, for each n. The error comes back, unless
// the output is right all the same; nothing is left running or open; the output has whole files; and the next build makes it right.
func TestFaults(t *testing.T) {
	for name, c := range faultCases {
		t.Run(name, func(t *testing.T) { c.test(t) })
	}
}

func (c faultCase) test(t *testing.T) {
	samples, err := strconv.Atoi(*faultsFlag)
	var site *faultSite
	if err == nil {
		site = newFaultSite(t, max(c.seed, 26), func(config string) bool {
			return strings.Contains(config, c.suits) && (c.suits != "" || !strings.Contains(config, `"Renderer": true`))
		})
	} else {
		site = smallFaultSite(t)
	}
	c.count(t, site, "")
	site.holds(t, 0, false)
	counts := tally{}
	seed := uint64(1) // the same sample each time, unless more are asked for
	if *faultsFlag != "" {
		seed = uint64(time.Now().UnixNano())
	}
	random := rand.New(rand.NewPCG(seed, 1))
	for _, f := range c.faults {
		if *faultsFlag != "all" {
			some := samples
			if *faultsFlag == "" {
				some = random.IntN(2)
			}
			for range some {
				c.one(t, site, f, 1+random.IntN(max(8, c.count(t, site, f))), counts)
			}
		} else {
			for n, unreached := 1, 0; unreached < 2 && !t.Failed(); n++ { // in neither version
				if unreached++; c.one(t, site, f, n, counts) {
					unreached = 0
				}
			}
		}
		if t.Failed() {
			break
		}
	}
	counts.log(t)
}

// count builds what is built already, without a fault, and returns how many calls there are.
func (c faultCase) count(t *testing.T, site *faultSite, f fault) int {
	t.Helper()
	in := newInjector(t.Context(), f, 0)
	defer in.cancel()
	if r := site.run(t, t.Context(), site.now, func(r *faultRun) { c.wrap(r, in) }); r.err != nil {
		t.Fatal(r.err)
	}
	return int(in.calls.Load())
}

// one has the n-th call go wrong, and tells whether there were so many.
func (c faultCase) one(t *testing.T, site *faultSite, f fault, n int, counts tally) (reached bool) {
	t.Helper()
	in := newInjector(t.Context(), f, n)
	defer in.cancel()
	goroutines, handles := runtime.NumGoroutine(), openHandles()
	next := 1 - site.now
	r := site.run(t, in.ctx, next, func(r *faultRun) { c.wrap(r, in) })
	what := string(f) + " not reached"
	if hit := in.hit.Load(); hit != nil {
		call, _, _ := strings.Cut(*hit, " ")
		what = string(f) + " " + call + ", " + c.check(t, in, r, *hit)
	}
	counts[what]++
	settled(t, "goroutines", goroutines, runtime.NumGoroutine)
	settled(t, "handles", handles, openHandles)
	settled(t, "files of the tree", 0, func() int { return int(in.opened.Load()) })
	site.wholeFiles(t)
	if r.done && r.err == nil {
		site.holds(t, next, true)
	}
	healed := newInjector(t.Context(), "", 0)
	defer healed.cancel()
	h := site.run(t, t.Context(), next, func(r *faultRun) { c.wrap(r, healed) })
	if h.err != nil {
		t.Errorf("the next build: %v", h.err)
	}
	site.holds(t, next, false)
	if t.Failed() {
		t.Logf("call %d: %s: %v", n, what, r.err)
	}
	site.now = next
	return in.hit.Load() != nil
}

// check checks the error of a build in which a call went wrong, and says in a word what became of it.
func (c faultCase) check(t *testing.T, in *injector, r *faultRun, call string) string {
	t.Helper()
	op, _, _ := strings.Cut(call, " ")
	mayPass := false
	for _, h := range c.harmless {
		mayPass = mayPass || h == op
	}
	switch {
	case !r.done && in.fault == exits:
		return "goroutine ended"
	case !r.done:
		t.Errorf("%s: the goroutine has ended", call)
	case r.err == nil && !mayPass && (in.fault == fails || in.fault == late || in.fault == panics):
		t.Errorf("%s %s, and there is no error", call, in.fault)
	case r.err == nil:
		return "the build is right"
	case in.fault == hangs || in.fault == cancels:
		if !errors.Is(r.err, context.Canceled) {
			t.Errorf("%s %s: error %v", call, in.fault, r.err)
		}
	case in.fault == fails || in.fault == late || in.fault == panics:
		if !errors.Is(r.err, errFault) {
			t.Errorf("%s %s: error %v", call, in.fault, r.err)
		}
	}
	return "the build fails"
}
