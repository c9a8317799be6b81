package jam_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/internal/sitegen"
)

var processDir = flag.String("incremental-dir", "", "`folder` of a workspace that this process builds, for tests of incremental builds")

// movingTree is a file system that changes all at once.
type movingTree struct{ now atomic.Pointer[fs.FS] }

func (m *movingTree) set(fsys fs.FS) { m.now.Store(&fsys) }

func (m *movingTree) Open(name string) (fs.File, error) { return (*m.now.Load()).Open(name) }

// mapTree returns files as a file system. A stamp of a file makes its times.
func mapTree(files sitegen.Files, stamps map[string]int) fs.FS {
	tree := make(fstest.MapFS, len(files))
	for name, text := range files {
		changed := stampTime(stamps[name])
		tree[name] = &fstest.MapFile{Data: []byte(text), ModTime: changed, Sys: stampOf(name, changed)}
	}
	return tree
}

func stampTime(step int) time.Time {
	return time.Date(2025, 5, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(step) * time.Second)
}

// outputFiles returns what is in an output.
func outputFiles(t *testing.T, out jam.Output) map[string]string {
	t.Helper()
	files := make(map[string]string)
	if m, ok := out.(*jam.MemoryOutput); ok {
		for name, b := range m.Files() {
			files[name] = string(b)
		}
		return files
	}
	readDir(t, fmt.Sprint(out), files)
	return files
}

func readDir(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case os.IsNotExist(err) && path == dir:
			return filepath.SkipAll
		case err != nil:
			return err
		case d.IsDir() && d.Name() == ".jam":
			return filepath.SkipDir
		case d.IsDir():
			return nil
		}
		b, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(name)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// process builds with a new process each time, from and to real folders.
type process struct {
	w   *workspace
	had sitegen.Files // what is in the folder of the tree
}

func (p *process) files(t *testing.T) map[string]string {
	files := make(map[string]string)
	readDir(t, p.w.path("out"), files)
	return files
}

func (p *process) output() jam.Output { return jam.Dir(p.w.path("out")) }

func (p *process) loaded() *jam.Site { return nil }

func (p *process) load(*testing.T, bool) error { return nil }

func (p *process) build(t *testing.T) *buildOutcome {
	t.Helper()
	p.sync(t)
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestIncrementalProcess$", "-incremental-dir="+p.w.dir)
	if msg, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, msg)
	}
	b, err := os.ReadFile(p.w.path("outcome.json"))
	if err != nil {
		t.Fatal(err)
	}
	var s savedOutcome
	if err := json.Unmarshal(b, &s); err != nil {
		t.Fatal(err)
	}
	return &buildOutcome{errs: s.Errors, warnings: s.Warnings, report: s.Report}
}

// sync writes to the folder of the tree what has changed.
func (p *process) sync(t *testing.T) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.MkdirAll(p.w.path("tree"), 0o777))
	for name := range p.had {
		if _, ok := p.w.files[name]; ok {
			continue
		}
		must(os.Remove(p.w.path("tree/" + name)))
		for dir := filepath.Dir(name); dir != "." && os.Remove(p.w.path("tree/"+dir)) == nil; dir = filepath.Dir(dir) {
		}
	}
	for name, text := range p.w.files {
		file := p.w.path("tree/" + name)
		must(os.MkdirAll(filepath.Dir(file), 0o777))
		if old, ok := p.had[name]; !ok || old != text {
			must(os.WriteFile(file, []byte(text), 0o666))
		}
		stamp := stampTime(p.w.stamps[name])
		must(os.Chtimes(file, stamp, stamp))
	}
	p.had = maps.Clone(p.w.files)
}

// savedOutcome is what a process tells of its build.
type savedOutcome struct {
	Errors, Warnings []string
	Report           *jam.Report
}

func runProcess(t *testing.T, dir string) {
	tree := agedFS{os.DirFS(filepath.Join(dir, "tree"))}
	files := sitegen.Files{}
	for _, name := range []string{sitegen.ConfigFile, sitegen.ClockFile} {
		b, _ := fs.ReadFile(tree, name)
		files[name] = string(b)
	}
	o := &buildOutcome{}
	cfg := withCache(genConfig(t, files, tree), filepath.Join(dir, "cache"))
	if site, err := jam.Load(t.Context(), tree, cfg); err != nil {
		o = failed(err)
	} else {
		o = buildSite(t, site, jam.Dir(filepath.Join(dir, "out")))
	}
	s := savedOutcome{Errors: o.errs, Warnings: o.warnings}
	if o.report != nil {
		s.Report = &jam.Report{Written: o.report.Written, Kept: o.report.Kept, Removed: o.report.Removed}
	}
	b, err := json.Marshal(s)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "outcome.json"), b, 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// genConfig returns the configuration that the files of a random site stand for.
func genConfig(t *testing.T, files sitegen.Files, tree fs.FS) *jam.Config {
	t.Helper()
	var c struct {
		jam.Config
		Go sitegen.Config
	}
	if text := files[sitegen.ConfigFile]; text != "" {
		dec := json.NewDecoder(strings.NewReader(text))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&c); err != nil {
			t.Fatalf("%v in %s", err, text)
		}
	}
	cfg := &c.Config
	cfg.Now = func() time.Time { return clockOf(files) }
	cfg.CacheKey = fmt.Sprintf("%+v", c.Go) // which functions there are
	addGo(t, cfg, c.Go, tree)
	return cfg
}

// clockOf returns the time of a tree.
func clockOf(files sitegen.Files) time.Time {
	now, err := time.Parse(time.DateOnly, strings.TrimSpace(files[sitegen.ClockFile]))
	if err != nil {
		return time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	}
	return now
}

// genNews is the typed front matter of random sites.
type genNews struct {
	Color    string         `yaml:"color" default:"grey"`
	Rating   int            `yaml:"rating"`
	Banner   string         `yaml:"banner"`
	Facts    map[string]any `yaml:"facts"`
	Nested   map[string]any `yaml:"nested"`
	Size     int            `yaml:"size"`
	Headline string         `yaml:"headline"`
	Shape    string         `yaml:"shape"`
	From     string         `yaml:"from"`
}

// addGo adds to a configuration what only Go programs have.
func addGo(t *testing.T, cfg *jam.Config, with sitegen.Config, tree fs.FS) {
	if with.Source {
		sub, err := fs.Sub(tree, "source")
		if err != nil {
			t.Fatal(err)
		}
		cfg.Sources = []jam.Source{jam.Mount("docs/extra", jam.FS(sub))}
	}
	if with.Generator {
		cfg.Generators = []jam.Generator{generate}
	}
	if with.Shortcodes {
		cfg.Shortcodes = map[string]jam.ShortcodeFunc{"gofunc": func(_ context.Context, w io.Writer, s *jam.Shortcode) error {
			arg, err := s.Get(0)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(w, "<em>%s %s of %d, %v</em>", template.HTMLEscapeString(fmt.Sprint(arg)),
				template.HTMLEscapeString(s.Page().Title()), len(s.Site().Pages()), s.Site().Data()["settings"] != nil)
			return err
		}}
	}
	if with.Funcs {
		cfg.Funcs = template.FuncMap{"shout": strings.ToUpper, "fromGo": fromGo}
	}
	if with.Formats {
		cfg.OutputFormats = append(cfg.OutputFormats, jam.OutputFormat{Name: "card", MediaType: "text/plain", BaseName: "card", Render: dump})
	}
	if with.Hooks {
		cfg.Markdown.Hooks.Link = func(_ context.Context, w io.Writer, e *jam.LinkElement) error {
			_, err := fmt.Fprintf(w, `<a class=go title="%s" href="%s">%s</a>`, template.HTMLEscapeString(e.Page().Title()), template.HTMLEscapeString(e.Destination), e.Text)
			return err
		}
	}
	if with.Renderer {
		cfg.Renderer = jam.RendererFunc(dump)
	}
	if with.Collection {
		news := &jam.Collection[genNews]{Match: "news/**"}
		cfg.Collections = []jam.Schema{news}
		cfg.Funcs = maps.Clone(cfg.Funcs)
		cfg.Funcs["fromGo"] = func(v any) string {
			var b strings.Builder
			if s, ok := v.(*jam.Site); ok {
				for p, n := range news.All(s) {
					fmt.Fprint(&b, p.Path(), " ", n.Color, n.Rating, n.Shape, ";")
				}
			}
			if p, ok := v.(*jam.Page); ok {
				if n, ok := news.Of(p); ok {
					fmt.Fprintf(&b, "%+v", *n)
				}
			}
			return b.String()
		}
	}
}

// generate makes a page and a file of what a site has.
func generate(_ context.Context, site *jam.Site) iter.Seq2[*jam.Document, error] {
	return func(yield func(*jam.Document, error) bool) {
		var titles []string
		for _, p := range site.Pages() {
			titles = append(titles, p.Title())
		}
		list, err := json.Marshal(titles)
		if !yield(&jam.Document{Path: "made/titles.json", Body: list}, err) {
			return
		}
		front := map[string]any{"title": fmt.Sprint(len(titles), " pages"), "tags": []string{"go"}, "color": site.Params()["color"]}
		yield(&jam.Document{Path: "made/summary.md", FrontMatter: front, Body: []byte("The first is *" + strings.Join(titles[:min(1, len(titles))], "") + "*.\n")}, nil)
	}
}

// fromGo reads what it is given as Go programs do.
func fromGo(v any) string {
	switch v := v.(type) {
	case *jam.Site:
		var titles []string
		for _, p := range v.Pages() {
			if p.Params()["color"] == "red" {
				titles = append(titles, p.Title())
			}
		}
		return fmt.Sprint(titles, v.Params()["color"], len(v.Data()))
	case *jam.Page:
		next := ""
		if n := v.Next(); n != nil {
			next = n.RelPermalink()
		}
		return fmt.Sprint(v.WordCount(), v.Tags(), next)
	}
	return ""
}
