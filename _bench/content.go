package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/jam-go/jam/_bench/corpus"
	"github.com/jam-go/jam/_bench/site"
)

// generate writes a content tree of n pages.
func generate(ctx context.Context, w io.Writer, o *options, n int) error {
	var texts corpus.Texts
	var err error
	switch o.corpus {
	case "shared":
		return generateShared(ctx, w, o, n)
	case "synthetic":
		texts = corpus.Synthetic()
	default:
		if texts, err = corpus.Read(strings.Split(o.corpus, ",")...); err != nil {
			return err
		}
	}
	size, err := corpus.Write(o.generate, n, texts)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%d pages, %.1f MB\n", n, float64(size)/1e6)
	return err
}

// generateShared has the shared benchmark's own program do it.
func generateShared(ctx context.Context, w io.Writer, o *options, n int) error {
	bin, err := os.MkdirTemp("", "jam-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(bin)
	program, err := goBuild(ctx, make(map[string]string), filepath.Join(o.shared, "bench"), bin, "corpus")
	if err != nil {
		return err
	}
	dir, err := filepath.Abs(o.generate)
	if err != nil {
		return err
	}
	trees := filepath.Join(o.shared, "corpora")
	cmd := exec.CommandContext(ctx, program, "-n", strconv.Itoa(n), "-out", dir,
		filepath.Join(trees, "hugoDocs"), filepath.Join(trees, "letsencrypt"))
	cmd.Stdout, cmd.Stderr = w, os.Stderr
	return cmd.Run()
}

// goBuild compiles the program in a folder of a module, unless it is among those that are built, and returns its file.
func goBuild(ctx context.Context, built map[string]string, module, bin, name string) (string, error) {
	key := filepath.Join(module, name)
	if file := built[key]; file != "" {
		return file, nil
	}
	file := filepath.Join(bin, fmt.Sprintf("program%d%s", len(built), exeSuffix()))
	cmd := exec.CommandContext(ctx, "go", "build", "-o", file, "./"+name)
	cmd.Dir = module
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build %s: %w\n%s", key, err, out)
	}
	built[key] = file
	return file, nil
}

// makeSite writes the benchmark's site to a folder. Its content is made by another process: what
// this one uses of memory would count as its children's.
func makeSite(ctx context.Context, w io.Writer, o *options, dir string, n int) error {
	if err := copySite(dir); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, self, "-generate", filepath.Join(dir, "content"), "-n", strconv.Itoa(n),
		"-corpus", o.corpus, "-shared", o.shared)
	cmd.Stdout, cmd.Stderr = w, os.Stderr
	return cmd.Run()
}

// copySite writes the benchmark's site, less its content, to a folder.
func copySite(dir string) error { return os.CopyFS(dir, site.Files) }
