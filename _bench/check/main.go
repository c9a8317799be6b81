// Command check measures what checking a site takes, beside building it.
//
//	check -src DIR            # a site of ./jam
//	check -src DIR -runs 11 -tmp /dev/shm
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/_bench/site"
	"github.com/jam-go/jam/check"
)

func main() {
	src := flag.String("src", "", "`directory` of the site")
	tmp := flag.String("tmp", os.TempDir(), "`directory` for what is built")
	runs := flag.Int("runs", 7, "how often each is measured")
	flag.Parse()
	if err := run(context.Background(), os.Stdout, *src, *tmp, *runs); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer, src, tmp string, runs int) (err error) {
	if src == "" || runs < 1 {
		return errors.New("want -src, and one run at least")
	}
	dir, err := os.MkdirTemp(tmp, "jam-check")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	var builds, checks, ratios []float64
	for i := range runs {
		out := filepath.Join(dir, fmt.Sprint(i))
		start := time.Now()
		s, err := jam.Load(ctx, os.DirFS(src), site.Config())
		if err != nil {
			return err
		}
		if _, err := s.Build(ctx, jam.Dir(out)); err != nil {
			return err
		}
		built := time.Since(start)
		start = time.Now()
		report, err := check.Run(ctx, os.DirFS(out), &check.Options{BaseURL: site.Config().BaseURL})
		if err != nil {
			return err
		}
		checked := time.Since(start)
		builds, checks = append(builds, built.Seconds()), append(checks, checked.Seconds())
		ratios = append(ratios, checked.Seconds()/built.Seconds())
		if i == 0 {
			fmt.Fprintf(w, "%d pages, %d findings\n", report.Pages, len(report.Findings))
		}
		if err := os.RemoveAll(out); err != nil {
			return err
		}
	}
	fmt.Fprintf(w, "build %.3f s, check %.3f s, check / build %.2f\n", median(builds), median(checks), median(ratios))
	return nil
}

func median(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)/2]
}
