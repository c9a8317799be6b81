// Command increment measures incremental builds: of a running program, and of one program after the other with a cache.
//
//	increment -src DIR        # a site of ./jam; a copy of it is edited
//	increment -src DIR -runs 21 -tmp /dev/shm
//	increment -src DIR -root  # by way of os.Root instead of os.DirFS
//
// Each process is this program again, so that what it costs to start one counts.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/_bench/site"
)

func main() {
	var c command
	flag.StringVar(&c.src, "src", "", "`directory` of the site")
	flag.StringVar(&c.tmp, "tmp", os.TempDir(), "`directory` for the copy, and for what is built")
	flag.IntVar(&c.runs, "runs", 11, "how often each is measured")
	flag.StringVar(&c.build, "build", "", "build the site into a `directory`, and do nothing else")
	flag.StringVar(&c.cache, "cache", "", "`directory` of a cache, for -build")
	flag.BoolVar(&c.root, "root", false, "read the site through os.Root, which follows no link out of it")
	flag.Parse()
	if err := c.run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type command struct {
	src, tmp, build, cache string
	runs                   int
	root                   bool
}

func (c *command) run(ctx context.Context, w io.Writer) (err error) {
	if c.src == "" || c.runs < 1 {
		return errors.New("want -src, and one run at least")
	}
	if c.build != "" {
		return c.buildOnce(ctx, w)
	}
	dir, err := os.MkdirTemp(c.tmp, "jam-increment")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	m := &measurement{w: w, dir: dir, runs: c.runs, root: c.root}
	if err := copyTree(m.path("site"), c.src); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{m.clean, m.process, m.program} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// copyTree copies a site, whose folders may be links.
func copyTree(to, from string) error {
	for _, name := range []string{"content", "layouts"} {
		real, err := filepath.EvalSymlinks(filepath.Join(from, name))
		if err != nil {
			return err
		}
		if err := os.CopyFS(filepath.Join(to, name), os.DirFS(real)); err != nil {
			return err
		}
	}
	return nil
}

func config(cache string) *jam.Config {
	cfg := site.Config()
	if cache != "" {
		cfg.Cache = jam.CacheDir(cache)
	}
	return cfg
}

func (c *command) buildOnce(ctx context.Context, w io.Writer) error {
	tree, err := open(c.src, c.root)
	if err != nil {
		return err
	}
	s, err := jam.Load(ctx, tree, config(c.cache))
	if err != nil {
		return err
	}
	report, err := s.Build(ctx, jam.Dir(c.build))
	if err != nil {
		return err
	}
	fmt.Fprintln(w, len(report.Rendered))
	return nil
}

// open returns the file system of a directory, for as long as the program runs.
func open(dir string, root bool) (fs.FS, error) {
	if !root {
		return os.DirFS(dir), nil
	}
	r, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return r.FS(), nil
}

type measurement struct {
	w    io.Writer
	dir  string
	runs int
	root bool
	base time.Duration // of a clean build
}

func (m *measurement) path(name string) string { return filepath.Join(m.dir, name) }

// start builds in a process of its own, and returns how long it took and how many files were rendered.
func (m *measurement) start(ctx context.Context, out, cache string) (time.Duration, int, error) {
	cmd := exec.CommandContext(ctx, os.Args[0], "-src", m.path("site"), "-build", out, "-cache", cache, fmt.Sprintf("-root=%t", m.root))
	cmd.Stderr = os.Stderr
	start := time.Now()
	text, err := cmd.Output()
	took := time.Since(start)
	rendered := 0
	if err == nil {
		_, err = fmt.Sscan(string(text), &rendered)
	}
	return took, rendered, err
}

// clean measures clean builds without a cache and with one, in turns.
func (m *measurement) clean(ctx context.Context) error {
	var without, with []time.Duration
	for range max(3, m.runs/2) {
		for _, cache := range []string{"", m.path("cache")} {
			if err := errors.Join(os.RemoveAll(m.path("out")), os.RemoveAll(m.path("cache"))); err != nil {
				return err
			}
			took, _, err := m.start(ctx, m.path("out"), cache)
			if err != nil {
				return err
			}
			if cache == "" {
				without = append(without, took)
			} else {
				with = append(with, took)
			}
		}
	}
	m.base = median(without)
	m.print("new process, clean, no cache", without, -1)
	m.print("new process, clean, into a cache", with, -1)
	return nil
}

// settled is after how long a file has not been written just now, so that its times can be trusted.
const settled = 3 * time.Second

// process measures builds of new processes with a cache.
func (m *measurement) process(ctx context.Context) error {
	for _, e := range []struct {
		name string
		edit func(i int) error
	}{
		{"new process, nothing changed", func(int) error { return nil }},
		{"new process, a body changed", m.edit},
	} {
		var list []time.Duration
		files := 0
		time.Sleep(settled)
		for i := range m.runs {
			if err := e.edit(i); err != nil {
				return err
			}
			took, n, err := m.start(ctx, m.path("out"), m.path("cache"))
			if err != nil {
				return err
			}
			list, files = append(list, took), n
		}
		m.print(e.name, list, files)
	}
	return nil
}

// program measures reloading and building in one program.
func (m *measurement) program(ctx context.Context) error {
	tree, err := open(m.path("site"), m.root)
	if err != nil {
		return err
	}
	s, err := jam.Load(ctx, tree, config(""))
	if err != nil {
		return err
	}
	out := jam.Dir(m.path("out2"))
	if _, err := s.Build(ctx, out); err != nil {
		return err
	}
	var all, reload []time.Duration
	files := 0
	for i := range m.runs {
		if err := m.edit(100 + i); err != nil {
			return err
		}
		name, err := m.page(100 + i)
		if err != nil {
			return err
		}
		start := time.Now()
		next, err := s.Reload(ctx, name)
		if err != nil {
			return err
		}
		reload = append(reload, time.Since(start))
		report, err := next.Build(ctx, out)
		if err != nil {
			return err
		}
		all = append(all, time.Since(start))
		s, files = next, len(report.Rendered)
	}
	m.print("one program, a body changed: Reload", reload, -1)
	m.print("one program, a body changed: Reload and Build", all, files)
	return nil
}

// page returns the name of a page, another one for each number.
func (m *measurement) page(i int) (string, error) {
	var names []string
	err := fs.WalkDir(os.DirFS(m.path("site")), "content", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(p) == ".md" && d.Name() != "_index.md" && len(names) < 1000 {
			names = append(names, p)
		}
		return err
	})
	if err != nil || len(names) == 0 {
		return "", errors.Join(err, errors.New("there are no pages"))
	}
	return names[i*37%len(names)], nil
}

// edit adds a sentence to a page.
func (m *measurement) edit(i int) error {
	name, err := m.page(i)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(m.path("site/"+name), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "\n\nAn edit, of number %d.\n", i)
	return errors.Join(err, f.Close())
}

func (m *measurement) print(what string, list []time.Duration, files int) {
	slices.Sort(list)
	rendered := ""
	if files >= 0 {
		rendered = fmt.Sprintf(", %d files rendered", files)
	}
	fmt.Fprintf(m.w, "%-48s median %7.1f ms, %5.1f%% of a clean build, %d runs from %.1f to %.1f ms%s\n", what, ms(median(list)),
		100*float64(median(list))/float64(m.base), len(list), ms(list[0]), ms(list[len(list)-1]), rendered)
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func median(list []time.Duration) time.Duration {
	list = slices.Sorted(slices.Values(list))
	return list[len(list)/2]
}
