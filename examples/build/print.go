package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/jam-go/jam"
)

// printer says what happens: results on stdout, all else on stderr.
type printer struct {
	stdout, stderr io.Writer
	quiet, verbose bool
	clear          string // removes the progress bar
}

// progress returns what draws the bar, or nil when there is no terminal to see it.
func (p *printer) progress() func(jam.Event) {
	f, ok := p.stderr.(*os.File)
	if !ok || p.quiet {
		return nil
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil
	}
	const width = 40
	p.clear = "\r\033[K"
	drawn := ""
	return func(e jam.Event) {
		bar := strings.Repeat("█", e.Done*width/e.Total)
		if line := fmt.Sprintf("\r%-5s %-*s %3d%%", e.Phase, width, bar, e.Done*100/e.Total); line != drawn {
			fmt.Fprint(f, line)
			drawn = line
		}
	}
}

// errors lists every error within err.
func (p *printer) errors(err error) {
	fmt.Fprint(p.stderr, p.clear)
	for _, e := range jam.Errors(err) {
		fmt.Fprintln(p.stderr, e)
	}
}

// report lists warnings, and says what was built and how long it took in all.
func (p *printer) report(r *jam.Report, took time.Duration) {
	fmt.Fprint(p.stderr, p.clear)
	const many = 20
	for i, w := range r.Warnings {
		if i == many && !p.verbose {
			fmt.Fprintf(p.stderr, "… and %d more (-v lists them all)\n", len(r.Warnings)-i)
			break
		}
		fmt.Fprintln(p.stderr, "warning:", w)
	}
	if p.quiet {
		return
	}
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	fmt.Fprintf(p.stdout, "%d pages; %d files written, %d kept, %d removed; %d warnings\n",
		r.Pages, len(r.Written), len(r.Kept), len(r.Removed), len(r.Warnings))
	fmt.Fprintf(p.stdout, "%.2f s, %d MB from the system\n", took.Seconds(), mem.Sys>>20)
	var phases []string
	for _, phase := range r.Phases {
		phases = append(phases, fmt.Sprintf("%s %.2f s", phase.Name, phase.Duration.Seconds()))
	}
	fmt.Fprintln(p.stdout, strings.Join(phases, ", "))
}
