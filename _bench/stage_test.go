package main

import (
	"context"
	"flag"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/_bench/corpus"
	"github.com/jam-go/jam/_bench/loop"
	"github.com/jam-go/jam/_bench/site"
	"github.com/jam-go/jam/internal/markdown"
	"github.com/jam-go/jam/internal/matter"
	"github.com/jam-go/jam/internal/minifier"
	"github.com/jam-go/jam/internal/outdir"
)

// The benchmarks of this file show what each stage of a build costs, on one core: with what jam has for
// it, and with what the loop has. Stages that only jam has, or that it does at another time, have no
// counterpart. All give the time and the allocations of one page on average.

var (
	stagePages = flag.Int("pages", 500, "number of pages in benchmarks of stages")
	stageTexts = flag.String("texts", "", "`directories` with the texts in benchmarks of stages, with commas between them (default: synthetic)")
)

// stage is what the benchmarks work on.
type stage struct {
	names []string
	files [][]byte // content files
	dir   string   // a site with the same
}

func newStage(b *testing.B) *stage {
	b.Helper()
	texts := corpus.Synthetic()
	if *stageTexts != "" {
		var err error
		if texts, err = corpus.Read(strings.Split(*stageTexts, ",")...); err != nil {
			b.Fatal(err)
		}
	}
	dir, err := os.MkdirTemp(fastDir(), "jam-bench")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			b.Error(err)
		}
	})
	s := &stage{dir: dir}
	if err := copySite(dir); err != nil {
		b.Fatal(err)
	}
	if _, err := corpus.Write(filepath.Join(dir, "content"), *stagePages, texts); err != nil {
		b.Fatal(err)
	}
	for k := range *stagePages {
		name, file := corpus.Page(k, texts)
		s.names, s.files = append(s.names, name), append(s.files, file)
	}
	return s
}

// bodies returns the Markdown of all pages.
func (s *stage) bodies(b *testing.B) [][]byte {
	b.Helper()
	return s.each(b, func(_ int, file []byte) ([]byte, error) {
		doc, err := matter.Parse(file)
		if err != nil {
			return nil, err
		}
		return doc.Body, nil
	})
}

// each returns copies of what do makes of each page.
func (s *stage) each(b *testing.B, do func(i int, file []byte) ([]byte, error)) [][]byte {
	b.Helper()
	all := make([][]byte, len(s.files))
	for i, file := range s.files {
		out, err := do(i, file)
		if err != nil {
			b.Fatalf("%s: %v", s.names[i], err)
		}
		all[i] = []byte(string(out))
	}
	return all
}

// load returns jam's site, which has nothing but pages of HTML.
func (s *stage) load(b *testing.B) *jam.Site {
	b.Helper()
	cfg := site.Config()
	html := []string{"html"}
	cfg.Outputs = map[string][]string{"home": html, "section": html, "taxonomy": html, "term": html}
	cfg.Minify.Disabled, cfg.Workers = true, 1
	built, err := jam.Load(b.Context(), os.DirFS(s.dir), cfg)
	if err != nil {
		b.Fatal(err)
	}
	return built
}

// pages returns the HTML of all pages before it is minified.
func (s *stage) pages(b *testing.B) [][]byte {
	b.Helper()
	out := jam.Memory()
	if _, err := s.load(b).Build(b.Context(), out); err != nil {
		b.Fatal(err)
	}
	files := out.Files()
	return s.each(b, func(i int, _ []byte) ([]byte, error) {
		name := strings.TrimSuffix(s.names[i], ".md") + "/index.html"
		if html, ok := files[name]; ok {
			return html, nil
		}
		return nil, fmt.Errorf("no file %s", name)
	})
}

func (s *stage) worker(b *testing.B) *loop.Worker {
	b.Helper()
	var sections []string
	for i := range 20 {
		sections = append(sections, fmt.Sprintf("part-%02d", i))
	}
	w, err := loop.NewWorker(sections)
	if err != nil {
		b.Fatal(err)
	}
	return w
}

// measurePages runs what is done for all of n pages, and after each round what isn't measured.
func measurePages(b *testing.B, n int, all func() error, after ...func() error) {
	b.Helper()
	b.ReportAllocs()
	var cpu time.Duration
	for b.Loop() {
		start := cpuTime()
		if err := all(); err != nil {
			b.Fatal(err)
		}
		cpu += cpuTime() - start
		for _, do := range after {
			b.StopTimer()
			if err := do(); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
		}
	}
	perPage := 1 / float64(b.N) / float64(n)
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())*perPage, "ns/page")
	if cpu > 0 {
		b.ReportMetric(float64(cpu.Nanoseconds())*perPage, "cpu-ns/page")
	}
}

// measureEach runs what is done for one page after another.
func measureEach(b *testing.B, inputs [][]byte, one func(i int, in []byte) error) {
	b.Helper()
	size := 0
	for _, in := range inputs {
		size += len(in)
	}
	b.SetBytes(int64(size))
	measurePages(b, len(inputs), func() error {
		for i, in := range inputs {
			if err := one(i, in); err != nil {
				return err
			}
		}
		return nil
	})
}

// BenchmarkLoad is all that comes before rendering: reading, front matter, the model, routes.
func BenchmarkLoad(b *testing.B) {
	s := newStage(b)
	measurePages(b, len(s.files), func() error {
		cfg := site.Config()
		cfg.Workers = 1
		_, err := jam.Load(b.Context(), os.DirFS(s.dir), cfg)
		return err
	})
}

func BenchmarkFrontMatter(b *testing.B) {
	s := newStage(b)
	b.Run("jam", func(b *testing.B) {
		measureEach(b, s.files, func(_ int, file []byte) error {
			_, err := matter.Parse(file)
			return err
		})
	})
	b.Run("loop", func(b *testing.B) {
		w := s.worker(b)
		measureEach(b, s.files, func(_ int, file []byte) error {
			var p loop.Page
			_, err := w.Decode(file, &p)
			return err
		})
	})
}

func BenchmarkMarkdown(b *testing.B) {
	s := newStage(b)
	bodies := s.bodies(b)
	b.Run("jam", func(b *testing.B) {
		engine, err := markdown.New(markdown.Config{Unsafe: true})
		if err != nil {
			b.Fatal(err)
		}
		measureEach(b, bodies, func(_ int, body []byte) error {
			_, err := engine.Render(b.Context(), markdown.Source{Text: body})
			return err
		})
	})
	b.Run("loop", func(b *testing.B) {
		w := s.worker(b)
		measureEach(b, bodies, func(_ int, body []byte) error {
			_, err := w.Convert(body)
			return err
		})
	})
}

// BenchmarkTemplate is the templates of pages whose Markdown is rendered already. For jam that
// includes the pages of lists.
func BenchmarkTemplate(b *testing.B) {
	s := newStage(b)
	b.Run("jam", func(b *testing.B) {
		built := s.load(b)
		measurePages(b, len(s.files), func() error {
			_, err := built.Build(b.Context(), discard{})
			return err
		})
	})
	b.Run("loop", func(b *testing.B) {
		w := s.worker(b)
		pages := make([]loop.Page, len(s.files))
		contents := s.each(b, func(i int, file []byte) ([]byte, error) {
			body, err := w.Decode(file, &pages[i])
			if err != nil {
				return nil, err
			}
			return w.Convert(body)
		})
		measureEach(b, contents, func(i int, content []byte) error {
			pages[i].Content = template.HTML(content)
			_, err := w.Execute(&pages[i])
			return err
		})
	})
}

func BenchmarkMinify(b *testing.B) {
	s := newStage(b)
	pages := s.pages(b)
	b.Run("jam", func(b *testing.B) {
		m := minifier.New(minifier.Options{})
		var buf []byte
		measureEach(b, pages, func(_ int, html []byte) error {
			var err error
			buf, err = m.Bytes(b.Context(), "text/html", buf[:0], html)
			return err
		})
	})
	b.Run("loop", func(b *testing.B) {
		w := s.worker(b)
		measureEach(b, pages, func(_ int, html []byte) error {
			_, err := w.Minify(html)
			return err
		})
	})
}

// BenchmarkWrite writes pages to a directory: to a new one, and to one that has them.
func BenchmarkWrite(b *testing.B) {
	s := newStage(b)
	pages := s.pages(b)
	for _, update := range []bool{false, true} {
		name := "new"
		if update {
			name = "update"
		}
		b.Run("jam/"+name, func(b *testing.B) {
			s.measureWrite(b, pages, update, func(dir string) (func(string, []byte) error, func() error, error) {
				d, err := outdir.Begin(b.Context(), dir)
				if err != nil {
					return nil, nil, err
				}
				write := func(name string, page []byte) error {
					_, err := d.Write(b.Context(), name, page)
					return err
				}
				return write, func() error {
					_, err := d.Commit(b.Context())
					return err
				}, nil
			})
		})
		b.Run("loop/"+name, func(b *testing.B) {
			s.measureWrite(b, pages, update, func(dir string) (func(string, []byte) error, func() error, error) {
				write := func(name string, page []byte) error { return loop.Write(filepath.Join(dir, name), page) }
				return write, func() error { return nil }, nil
			})
		})
	}
}

// measureWrite measures begin, and then the functions that it returns: one for each page, and one for the end.
func (s *stage) measureWrite(b *testing.B, pages [][]byte, update bool, begin func(dir string) (write func(string, []byte) error, end func() error, err error)) {
	b.Helper()
	dir := filepath.Join(s.dir, "out")
	remove := func() error { return os.RemoveAll(dir) }
	after := []func() error{remove}
	if update {
		after = nil
	}
	all := func() error {
		write, end, err := begin(dir)
		if err != nil {
			return err
		}
		for i, page := range pages {
			if err := write(strings.TrimSuffix(s.names[i], ".md")+"/index.html", page); err != nil {
				return err
			}
		}
		return end()
	}
	if update {
		if err := all(); err != nil {
			b.Fatal(err)
		}
	}
	measurePages(b, len(pages), all, after...)
	if err := remove(); err != nil {
		b.Error(err)
	}
}

// discard is an output that keeps nothing.
type discard struct{}

func (discard) Begin(context.Context) (jam.Transaction, error)             { return discard{}, nil }
func (discard) Write(context.Context, *jam.OutputFile) (jam.Status, error) { return jam.Written, nil }
func (discard) Commit(context.Context) (removed []string, err error)       { return nil, nil }
func (discard) Abort() error                                               { return nil }
