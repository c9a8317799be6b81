// Command _bench compares jam with a hand-written loop and with Hugo, on the same content, in one run. See
// the README in this folder.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// options are the flags.
type options struct {
	sizes    string
	runs     int
	corpus   string
	only     string
	chosen   []string // contenders
	hugo     string
	shared   string
	tmp      string
	hash     bool
	shares   bool
	generate string
	sum      string
}

func run(ctx context.Context, args []string, w io.Writer) error {
	var o options
	flags := flag.NewFlagSet("_bench", flag.ContinueOnError)
	flags.StringVar(&o.sizes, "n", "1000", "numbers of `pages`, with commas between them")
	flags.IntVar(&o.runs, "runs", 5, "how often each contender runs")
	flags.StringVar(&o.corpus, "corpus", "", "the texts: shared, synthetic, or `directories` of Markdown with commas between them (default: shared where it is)")
	flags.StringVar(&o.only, "only", "", "`contenders` to run, with commas between them (default: all)")
	flags.StringVar(&o.hugo, "hugo", "hugo", "Hugo's `program`")
	flags.StringVar(&o.shared, "shared", findShared(), "`directory` of the shared benchmark and trees")
	flags.StringVar(&o.tmp, "tmp", fastDir(), "`directory` for content and output")
	flags.BoolVar(&o.hash, "hash", false, "build the shared trees and print a hash of each output")
	flags.BoolVar(&o.shares, "shares", false, "print what jam does on one goroutine, and how much faster more cores would make it")
	flags.StringVar(&o.generate, "generate", "", "write the content tree to a `directory`, and run nothing")
	flags.StringVar(&o.sum, "sum", "", "print the hash of a `directory`, and run nothing")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	sizes, err := o.parse()
	switch {
	case err != nil:
		return err
	case o.hash:
		return hashTrees(ctx, w, o.shared)
	case o.sum != "":
		sum, files, err := hashDir(o.sum)
		fmt.Fprintf(w, "%s %d\n", sum, files)
		return err
	case o.shares:
		return printShares(ctx, w, &o, sizes)
	case o.generate != "":
		return generate(ctx, w, &o, sizes[0])
	}
	return compare(ctx, w, &o, sizes)
}

// parse checks the options and returns the numbers of pages.
func (o *options) parse() ([]int, error) {
	var sizes []int
	for text := range strings.SplitSeq(o.sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 1 {
			return nil, fmt.Errorf("-n %s: want numbers of pages", o.sizes)
		}
		sizes = append(sizes, n)
	}
	if o.runs < 1 {
		return nil, fmt.Errorf("-runs %d: want at least 1", o.runs)
	}
	o.chosen = contenders
	if o.only != "" {
		o.chosen = strings.Split(o.only, ",")
	}
	for _, name := range o.chosen {
		if !slices.Contains(contenders, name) {
			return nil, fmt.Errorf("-only %s: want some of %s", o.only, strings.Join(contenders, ", "))
		}
	}
	if o.corpus == "" {
		o.corpus = "synthetic"
		if o.shared != "" {
			o.corpus = "shared"
		}
	}
	if o.shared == "" && (o.corpus == "shared" || o.hash) {
		return nil, errors.New("there is no shared benchmark beside this checkout; -shared says where it is")
	}
	return sizes, nil
}

// findShared returns the folder of the shared benchmark and content trees, which lies beside some checkouts.
func findShared() string {
	dir, err := os.Getwd()
	for err == nil {
		shared := filepath.Join(dir, "shared")
		if isDir(filepath.Join(shared, "bench")) && isDir(filepath.Join(shared, "corpora")) {
			return shared
		}
		up := filepath.Dir(dir)
		if up == dir {
			break
		}
		dir = up
	}
	return ""
}

// fastDir returns a folder in memory, where there is one, so that the disk does not decide.
func fastDir() string {
	const memory = "/dev/shm"
	if probe, err := os.MkdirTemp(memory, "jam-bench"); err == nil && os.Remove(probe) == nil {
		return memory
	}
	return os.TempDir()
}

func isDir(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}
