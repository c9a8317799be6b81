// Command jam builds the benchmark's site with jam: the content and layouts folders of -src.
//
//	jam -src DIR -out DIR
//	jam -src DIR -load                  # loads it only
//	jam -src DIR -out DIR -cpuprofile cpu.prof -memprofile heap.prof
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/pprof"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/_bench/site"
)

func main() {
	var c command
	flag.StringVar(&c.src, "src", "", "`directory` of the site")
	flag.StringVar(&c.out, "out", "", "`directory` to build")
	flag.BoolVar(&c.load, "load", false, "load the site, and don't build it")
	flag.StringVar(&c.cpuProfile, "cpuprofile", "", "`file` for a profile of the time")
	flag.StringVar(&c.memProfile, "memprofile", "", "`file` for a profile of the memory that the site holds in the end")
	flag.BoolVar(&c.stats, "stats", false, "print what the memory and the collector did")
	flag.BoolVar(&c.shares, "shares", false, "print what is done on one goroutine, and how much")
	flag.Parse()
	if err := c.run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type command struct {
	src, out               string
	load, stats, shares    bool
	cpuProfile, memProfile string
}

func (c *command) run(ctx context.Context, w io.Writer) error {
	if c.src == "" || c.out == "" && !c.load {
		return fmt.Errorf("want -src, and -out or -load")
	}
	if c.cpuProfile != "" {
		f, err := os.Create(c.cpuProfile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	if c.memProfile != "" {
		runtime.MemProfileRate = 4096 // bytes between samples: far finer than usual
	}
	if c.shares {
		watched := watch()
		defer watched.print(w)
	}
	s, err := jam.Load(ctx, os.DirFS(c.src), site.Config())
	if err != nil {
		return err
	}
	c.memory(w, "loaded")
	if !c.load {
		if err := c.build(ctx, w, s); err != nil {
			return err
		}
		c.memory(w, "built")
	}
	if c.memProfile == "" {
		return nil
	}
	return writeHeap(c.memProfile, s)
}

func (c *command) build(ctx context.Context, w io.Writer, s *jam.Site) error {
	report, err := s.Build(ctx, jam.Dir(c.out))
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%d pages, %d files written, %d kept, %d warnings\n",
		report.Pages, len(report.Written), len(report.Kept), len(report.Warnings))
	for _, p := range report.Phases {
		fmt.Fprintf(w, "%s %.3f s\n", p.Name, p.Duration.Seconds())
	}
	return nil
}

// memory prints what is in use, once what isn't is collected.
func (c *command) memory(w io.Writer, when string) {
	if !c.stats {
		return
	}
	var m, live runtime.MemStats
	runtime.ReadMemStats(&m)
	runtime.GC()
	runtime.ReadMemStats(&live)
	fmt.Fprintf(w, "%s: %.1f MB in use, %.1f MB from the system, %.1f MB and %d objects allocated in all, %d collections that took %.0f%% of the CPU\n",
		when, mb(live.HeapAlloc), mb(m.Sys), mb(m.TotalAlloc), m.Mallocs, m.NumGC, 100*m.GCCPUFraction)
}

func mb(bytes uint64) float64 { return float64(bytes) / 1e6 }

func writeHeap(name string, s *jam.Site) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	runtime.GC()
	err = pprof.Lookup("heap").WriteTo(f, 0)
	runtime.KeepAlive(s)
	return err
}
