package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
)

// contender is a program that builds the site, in one of its modes.
type contender struct {
	name    string
	program string
	args    []string
	env     []string
	out     string // the directory that it builds; "" if it builds none
	update  bool   // it finds the directory as it left it

	runs  []usage
	sum   string // hash of what it wrote
	files int
}

// compare runs all contenders on sites of each size and prints the results.
func compare(ctx context.Context, w io.Writer, o *options, sizes []int) error {
	dir, err := os.MkdirTemp(o.tmp, "jam-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Fprintf(w, "%s %s/%s, %d cores, in %s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), o.tmp)
	programs := make(map[string]string)
	var results [][]*contender
	for _, n := range sizes {
		list, err := o.race(ctx, w, programs, dir, n)
		if err != nil {
			return err
		}
		results = append(results, list)
		printTable(w, list)
	}
	if len(sizes) > 1 {
		printGrowth(w, sizes, results)
	}
	return nil
}

// race makes a site of n pages and has all contenders build it in turns.
func (o *options) race(ctx context.Context, w io.Writer, programs map[string]string, dir string, n int) ([]*contender, error) {
	work := filepath.Join(dir, fmt.Sprint(n))
	defer os.RemoveAll(work)
	list, err := o.contenders(ctx, programs, dir, work)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(w, "\n%s: ", o.corpus)
	if err := makeSite(ctx, w, o, filepath.Join(work, "site"), n); err != nil {
		return nil, err
	}
	for _, c := range list {
		if c.update {
			if _, err := measure(ctx, c.env, c.program, c.args...); err != nil {
				return nil, err
			}
		}
	}
	for range o.runs {
		for _, c := range list {
			if c.out != "" && !c.update {
				if err := os.RemoveAll(c.out); err != nil {
					return nil, err
				}
			}
			u, err := measure(ctx, c.env, c.program, c.args...)
			if err != nil {
				return nil, err
			}
			c.runs = append(c.runs, u)
		}
	}
	for _, c := range list {
		if c.out == "" {
			continue
		}
		if c.sum, c.files, err = hashDir(c.out); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// The contenders, in the order of their turns.
const (
	jamBuild   = "jam"
	jamUpdate  = "jam-update"
	jamLoad    = "jam-load"
	jamOne     = "jam-1core"
	ownLoop    = "own-floor"
	ownLoopOne = "own-floor-1core"
	sharedLoop = "floor"
	hugoBuild  = "hugo"
)

var contenders = []string{jamBuild, jamUpdate, jamLoad, jamOne, ownLoop, ownLoopOne, sharedLoop, hugoBuild}

// contenders returns those that are there and asked for.
func (o *options) contenders(ctx context.Context, programs map[string]string, dir, work string) ([]*contender, error) {
	var list []*contender
	for _, name := range o.chosen {
		if name == sharedLoop && o.shared == "" || name == hugoBuild && o.lacksHugo() {
			continue
		}
		c := newContender(name, work)
		var err error
		switch name {
		case hugoBuild:
			c.program, err = exec.LookPath(o.hugo)
		case sharedLoop:
			c.program, err = goBuild(ctx, programs, filepath.Join(o.shared, "bench"), dir, "floor")
		case ownLoop, ownLoopOne:
			c.program, err = goBuild(ctx, programs, ".", dir, "floor")
		default:
			c.program, err = goBuild(ctx, programs, ".", dir, "jam")
		}
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("-only %s: not there", o.only)
	}
	return list, nil
}

// lacksHugo tells whether Hugo is not installed and nobody has asked for it.
func (o *options) lacksHugo() bool {
	_, err := exec.LookPath(o.hugo)
	return err != nil && o.hugo == "hugo" && o.only == ""
}

// newContender returns a contender without its program.
func newContender(name, work string) *contender {
	src := filepath.Join(work, "site")
	c := &contender{name: name, out: filepath.Join(work, "out-"+name), update: name == jamUpdate}
	switch name {
	case hugoBuild:
		c.args = []string{"--source", src, "--destination", c.out, "--minify", "--quiet", "--noBuildLock"}
	case jamLoad:
		c.out, c.args = "", []string{"-src", src, "-load"}
	case sharedLoop:
		c.args = []string{"-src", filepath.Join(src, "content"), "-out", c.out}
	default:
		c.args = []string{"-src", src, "-out", c.out}
	}
	if name == jamOne || name == ownLoopOne {
		c.env = []string{"GOMAXPROCS=1"}
	}
	return c
}

// yardstick returns what others are compared with: the shared floor, or else the own one, or else the first.
func yardstick(list []*contender) *contender {
	rank := func(c *contender) int { return slices.Index([]string{ownLoop, sharedLoop}, c.name) }
	return slices.MaxFunc(list, func(a, b *contender) int { return cmp.Compare(rank(a), rank(b)) })
}
