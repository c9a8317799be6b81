// Command preview measures the package preview with a real browser: the time from the end of the
// write of a file until the screen shows it.
//
//	preview -src DIR        # a site of ./jam
//	preview -src DIR -runs 21 -tmp /tmp
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"time"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/_bench/site"
	"github.com/jam-go/jam/internal/devtools"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var c command
	flag.StringVar(&c.src, "src", "", "`directory` of the site; a copy of it is edited")
	flag.StringVar(&c.tmp, "tmp", os.TempDir(), "`directory` for the copy, and for what is built")
	flag.IntVar(&c.runs, "runs", 11, "how many edits there are of each sort")
	flag.StringVar(&c.build, "build", "", "build the site into a `directory`, and do nothing else")
	flag.Parse()
	if err := c.run(ctx, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type command struct {
	src, tmp, build string
	runs            int
}

func (c *command) run(ctx context.Context, w io.Writer) (err error) {
	if c.src == "" || c.runs < 1 {
		return errors.New("want -src, and one run at least")
	}
	if c.build != "" {
		return build(ctx, c.src, c.build)
	}
	dir, err := os.MkdirTemp(c.tmp, "jam-preview")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	site := filepath.Join(dir, "site")
	if err := prepare(c.src, site); err != nil {
		return err
	}
	builds := make([]time.Duration, 0, 2*buildRuns)
	if builds, err = cleanBuilds(ctx, site, dir, builds); err != nil {
		return err
	}
	sorts, err := c.measure(ctx, site, dir)
	if err != nil {
		return err
	}
	if builds, err = cleanBuilds(ctx, site, dir, builds); err != nil {
		return err
	}
	printTable(w, sorts, median(builds))
	return nil
}

// prepare copies a site, and gives it a style sheet.
func prepare(from, to string) error {
	for _, name := range []string{"content", "layouts"} { // each by itself: it may be a link
		if err := os.CopyFS(filepath.Join(to, name), os.DirFS(filepath.Join(from, name))); err != nil {
			return err
		}
	}
	t := tree{to}
	if err := os.Mkdir(t.file("static"), 0o777); err != nil {
		return err
	}
	if err := t.write(styleFile, "body { color: rgb(0, 0, 0) }\n"); err != nil {
		return err
	}
	return t.replace("layouts/baseof.html", "</head>", "<link rel=\"stylesheet\" href=\"/style.css\">\n</head>")
}

// buildRuns is how often the site is built before the edits, and after them.
const buildRuns = 3

// cleanBuilds adds the times of builds, each in a process of its own and into a directory that is not there.
func cleanBuilds(ctx context.Context, site, dir string, times []time.Duration) ([]time.Duration, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	for range buildRuns {
		out := filepath.Join(dir, "public")
		cmd := exec.CommandContext(ctx, self, "-src", site, "-build", out)
		cmd.Stderr = os.Stderr
		start := time.Now()
		if err := cmd.Run(); err != nil {
			return nil, err
		}
		times = append(times, time.Since(start))
		if err := os.RemoveAll(out); err != nil {
			return nil, err
		}
	}
	return times, nil
}

func build(ctx context.Context, src, out string) error {
	s, err := jam.Load(ctx, os.DirFS(src), site.Config())
	if err != nil {
		return err
	}
	_, err = s.Build(ctx, jam.Dir(out))
	return err
}

// measure makes the edits, those of all sorts in turns.
func (c *command) measure(ctx context.Context, site, dir string) (_ []*sort, err error) {
	server, err := serve(ctx, site)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, server.close()) }()
	browser, err := devtools.Start(ctx, filepath.Join(dir, "profile"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, browser.Close()) }()
	page, err := browser.Open(ctx, server.url+"/")
	if err != nil {
		return nil, err
	}
	pages, err := newPages(tree{site})
	if err != nil {
		return nil, err
	}
	sorts := pages.sorts()
	for run := range c.runs + 1 { // the first one warms up
		for i, s := range sorts {
			took, err := s.measure(ctx, page, server.url, run*len(sorts)+i)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", s.name, err)
			}
			if run > 0 {
				s.times = append(s.times, took)
			}
		}
	}
	return sorts, nil
}

func printTable(w io.Writer, sorts []*sort, clean time.Duration) {
	fmt.Fprintf(w, "A clean build takes %.2f s.\n\n", clean.Seconds())
	fmt.Fprintf(w, "| %d edits of each sort | median ms | max ms | median / build | max / build |\n| --- | ---: | ---: | ---: | ---: |\n", len(sorts[0].times))
	for _, s := range sorts {
		mid, longest := median(s.times), slices.Max(s.times)
		fmt.Fprintf(w, "| %s | %d | %d | %.1f%% | %.1f%% |\n", s.name, mid.Milliseconds(), longest.Milliseconds(),
			100*mid.Seconds()/clean.Seconds(), 100*longest.Seconds()/clean.Seconds())
	}
}

// median returns the value in the middle, or the mean of the two there.
func median(times []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
