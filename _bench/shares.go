package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// printShares prints what a build does on one goroutine, and what it makes of more cores, for sites of each size.
func printShares(ctx context.Context, w io.Writer, o *options, sizes []int) error {
	dir, err := os.MkdirTemp(o.tmp, "jam-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	program, err := goBuild(ctx, make(map[string]string), ".", dir, "jam")
	if err != nil {
		return err
	}
	for _, n := range sizes {
		work := filepath.Join(dir, fmt.Sprint(n))
		fmt.Fprintf(w, "\n%s: ", o.corpus)
		if err := makeSite(ctx, w, o, filepath.Join(work, "site"), n); err != nil {
			return err
		}
		for range o.runs {
			out := filepath.Join(work, "out")
			cmd := exec.CommandContext(ctx, program, "-src", filepath.Join(work, "site"), "-out", out, "-shares")
			cmd.Stdout, cmd.Stderr = w, os.Stderr
			if err := cmd.Run(); err != nil {
				return err
			}
			if err := os.RemoveAll(out); err != nil {
				return err
			}
		}
		if err := os.RemoveAll(work); err != nil {
			return err
		}
	}
	return nil
}
