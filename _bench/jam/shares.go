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
// work: it looks every now and then which of the two it does.
type shares struct {
	stop, done chan struct{}
	last       time.Time
	took       time.Duration
	alone      map[string]time.Duration // by what the one goroutine does
}

const (
	sampleEvery = 500 * time.Microsecond
	jamPackage  = "github.com/jam-go/jam."
)

func watch() *shares {
	runtime.SetMutexProfileFraction(1)
	s := &shares{stop: make(chan struct{}), done: make(chan struct{}), last: time.Now(), alone: make(map[string]time.Duration)}
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

// sample looks at the goroutine that has called jam. What it does counts for the time since the last look, since while all cores
// are at work a look may be late.
func (s *shares) sample(records []runtime.StackRecord) {
	for i := range records {
		path, ok := stepsOf(records[i].Stack())
		if !ok {
			continue
		}
		now := time.Now()
		if path != "" {
			s.alone[path] += now.Sub(s.last)
		}
		s.took += now.Sub(s.last)
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
var passedBy = []string{"Load", "load", "guard", "(*loader).finish", "(*Site).Build"}

// print tells what was seen, and what it makes of more cores.
func (s *shares) print(w io.Writer) {
	close(s.stop)
	<-s.done
	ms := func(d time.Duration) float64 { return 1000 * d.Seconds() }
	var alone time.Duration
	for _, step := range slices.SortedFunc(maps.Keys(s.alone), func(a, b string) int {
		return cmp.Or(cmp.Compare(s.alone[b], s.alone[a]), cmp.Compare(a, b))
	}) {
		alone += s.alone[step]
		if share := s.alone[step].Seconds() / s.took.Seconds(); share >= 0.001 {
			fmt.Fprintf(w, "%8.1f ms %5.1f %%  %s\n", ms(s.alone[step]), 100*share, step)
		}
	}
	cores := runtime.GOMAXPROCS(0)
	fmt.Fprintf(w, "%8.1f ms %5.1f %%  on one goroutine, of %.1f ms on %d cores\n", ms(alone), 100*alone.Seconds()/s.took.Seconds(), ms(s.took), cores)
	shared := (s.took - alone) * time.Duration(cores)
	for _, n := range []time.Duration{2, 4, 8, 16, 32} {
		fmt.Fprintf(w, "%2d cores: %.1f times as fast as one\n", n, (alone+shared).Seconds()/(alone+shared/n).Seconds())
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
