package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"time"
)

// shares watches a program that works for some time on one goroutine, and for the rest on all cores by way of jam's package
// work: it looks every now and then which of the two it does. Where the system tells, times are those that threads have been on
// a processor, so that it makes no difference what else the machine does.
type shares struct {
	stop, done chan struct{}
	own, all   func() time.Duration // what the one goroutine has used of the processor, and the whole program
	last       time.Duration
	start      time.Duration            // of the program
	alone      map[string]time.Duration // by what the one goroutine does
}

const (
	sampleEvery = 500 * time.Microsecond
	jamPackage  = "github.com/jam-go/jam."
)

// watch begins to watch the calling goroutine.
func watch() *shares {
	runtime.SetMutexProfileFraction(1)
	s := &shares{stop: make(chan struct{}), done: make(chan struct{}), alone: make(map[string]time.Duration)}
	s.own, s.all = clocks()
	s.last, s.start = s.own(), s.all()
	go func() {
		defer close(s.done)
		tick := time.NewTicker(sampleEvery)
		defer tick.Stop()
		records := make([]runtime.StackRecord, 256)
		for {
			select {
			case <-s.stop:
				return
			case <-tick.C:
				if n, ok := runtime.GoroutineProfile(records); ok {
					s.sample(records[:n])
				}
			}
		}
	}()
	return s
}

// sample looks at the goroutine that is watched.
func (s *shares) sample(records []runtime.StackRecord) {
	for i := range records {
		path, ok := stepsOf(records[i].Stack())
		if !ok {
			continue
		}
		now := s.own()
		if path == "" {
			path = "handing out"
		}
		s.alone[path] += now - s.last
		s.last = now
		return
	}
}

// stepsOf returns the functions of jam that a stack is in, from the outside, or "" if it waits for others. It is false for
// other goroutines.
func stepsOf(stack []uintptr) (string, bool) {
	var steps []string
	ours := false
	frames := runtime.CallersFrames(stack)
	for more := true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		name, inJam := strings.CutPrefix(f.Function, jamPackage)
		switch {
		case strings.Contains(f.Function, "jam/internal/work."):
			if !slices.ContainsFunc(steps, func(s string) bool { return s != "" }) {
				steps = append(steps, "") // it waits
			}
		case f.Function == "main.(*command).run":
			ours = true
		case inJam && !strings.Contains(name, ".func") && !slices.Contains(passedBy, name):
			steps = append(steps, name)
		}
	}
	if !ours {
		return "", false
	}
	if slices.Contains(steps, "") {
		return "", true
	}
	slices.Reverse(steps)
	if len(steps) == 0 {
		return "other", true
	}
	return strings.Join(steps[:min(2, len(steps))], " › "), true
}

// passedBy are functions that only call the next step.
var passedBy = []string{"Load", "loadKnown", "load", "guard", "(*loader).finish", "(*Site).Build"}

// print tells what was seen, and what it makes of more cores.
func (s *shares) print(w io.Writer) {
	close(s.stop)
	<-s.done
	all := s.all() - s.start
	var alone time.Duration
	for _, step := range slices.SortedFunc(maps.Keys(s.alone), func(a, b string) int {
		return cmp.Or(cmp.Compare(s.alone[b], s.alone[a]), cmp.Compare(a, b))
	}) {
		alone += s.alone[step]
		if share := s.alone[step].Seconds() / all.Seconds(); share >= 0.0005 {
			fmt.Fprintf(w, "%8.1f ms %5.2f %%  %s\n", 1000*s.alone[step].Seconds(), 100*share, step)
		}
	}
	fmt.Fprintf(w, "%8.1f ms %5.2f %%  on one goroutine, of %.1f ms on all cores\n", 1000*alone.Seconds(), 100*alone.Seconds()/all.Seconds(), 1000*all.Seconds())
	for _, n := range []time.Duration{2, 4, 8, 16, 32} {
		fmt.Fprintf(w, "%2d cores: %.1f times as fast as one\n", n, all.Seconds()/(alone+(all-alone)/n).Seconds())
	}
	s.printLocks(w)
}

// printLocks tells for which locks goroutines have waited.
func (s *shares) printLocks(w io.Writer) {
	records := make([]runtime.BlockProfileRecord, 4096)
	n, _ := runtime.MutexProfile(records)
	waits := make(map[string]int64)
	total := int64(0)
	for _, r := range records[:min(n, len(records))] {
		frames := runtime.CallersFrames(r.Stack())
		name := ""
		for more := true; more && (name == "" || strings.HasPrefix(name, "sync.") || strings.HasPrefix(name, "runtime.")); {
			var f runtime.Frame
			f, more = frames.Next()
			name = f.Function
		}
		if strings.HasPrefix(name, "runtime.") {
			name = "package runtime"
		}
		waits[name] += r.Cycles
		total += r.Cycles
	}
	for _, name := range slices.SortedFunc(maps.Keys(waits), func(a, b string) int { return cmp.Compare(waits[b], waits[a]) }) {
		if 50*waits[name] >= total {
			fmt.Fprintf(w, "%5.1f %% of the waiting for locks: %s\n", 100*float64(waits[name])/float64(total), name)
		}
	}
}
