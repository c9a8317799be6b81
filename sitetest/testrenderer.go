package sitetest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"slices"
	"sync"

	"github.com/jam-go/jam"
)

// TestRenderer tests a Renderer with all pages of a site, which is loaded as [jam.Load] does, with r in place of the configuration's
// Renderer. It tests that
//
//   - each page renders without an error, to the same bytes each time, in whatever order;
//   - pages can be rendered by several goroutines at a time;
//   - an error of the writer is returned, as it is or wrapped;
//   - when the context has ended, Render returns an error, or renders the page all the same, and to its end;
//   - nothing is written after Render has returned;
//   - it panics nowhere.
//
// If TestRenderer finds any misbehaviour, it returns an error that tells all of it. Typical usage inside a test is:
//
//	if err := sitetest.TestRenderer(views.Renderer(), tree, nil); err != nil {
//		t.Fatal(err)
//	}
func TestRenderer(r jam.Renderer, tree fs.FS, cfg *jam.Config) error {
	if r == nil {
		return errors.New("there is no Renderer")
	}
	var c jam.Config
	if cfg != nil {
		c = *cfg
	}
	c.Minify = jam.Minify{Disabled: true}
	c.Renderer = r
	site, err := jam.Load(context.Background(), tree, &c)
	if err != nil {
		return err
	}
	t := &rendererTest{r: r, want: make(map[string][]byte)}
	c.Renderer = t
	if t.site, err = jam.Load(context.Background(), tree, &c); err != nil {
		return err
	}
	files := t.site.Files()
	t.checkAll(slices.DeleteFunc(site.Files(), func(file string) bool { // which lacks pages that r has no layout for
		return !slices.Contains(files, file)
	}))
	for _, w := range t.writers {
		w.report(t)
	}
	return t.err()
}

// rendererTest is a Renderer itself, so that the one that it tests has pages as a build gives them.
type rendererTest struct {
	findings
	r    jam.Renderer
	site *jam.Site

	mu      sync.Mutex
	want    map[string][]byte // by the name of the rendering
	round   func(ctx context.Context, name string, p *jam.Page)
	writers []*pageWriter
}

// checkAll renders files again and again.
func (t *rendererTest) checkAll(files []string) {
	t.round = t.first
	var rendered []string
	for _, file := range files {
		before := len(t.want)
		if _, err := fs.ReadFile(t.site.FS(context.Background()), file); err != nil {
			t.add("%s: %w", file, err)
		}
		if len(t.want) > before {
			rendered = append(rendered, file)
		}
	}
	files = rendered
	slices.Reverse(files)
	for _, round := range []func(context.Context, string, *jam.Page){t.second, t.failing(0), t.failing(2), t.ended} {
		t.round = round
		t.open(files)
	}
	t.round = t.beside
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			at := i * len(files) / 4
			t.open(slices.Concat(files[at:], files[:at]))
		})
	}
	wg.Wait()
}

// open renders files. What is wrong with them is noted already.
func (t *rendererTest) open(files []string) {
	fsys := t.site.FS(context.Background())
	for _, file := range files {
		if f, err := fsys.Open(file); err == nil {
			f.Close()
		}
	}
}

// Render does what the round asks for.
func (t *rendererTest) Render(ctx context.Context, w io.Writer, p *jam.Page) error {
	name := urlOf(p) + " (" + p.OutputFormat() + ")"
	if p.OutputFormat() == "html" {
		name = urlOf(p)
	}
	t.round(ctx, name, p)
	_, err := io.WriteString(w, "a page")
	return err
}

// call calls the Renderer that is tested, with a writer that takes as many bytes as the limit says, or all if it is negative.
func (t *rendererTest) call(ctx context.Context, name string, p *jam.Page, limit int) ([]byte, error) {
	w := &pageWriter{name: name, limit: limit}
	t.mu.Lock()
	t.writers = append(t.writers, w)
	t.mu.Unlock()
	err := errPanic
	t.try("Render of "+name, func() { err = t.r.Render(ctx, w, p) })
	return w.end(), err
}

// errPanic stands for an error that is noted already.
var errPanic = errors.New("panicked")

func (t *rendererTest) wanted(name string) []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.want[name]
}

func (t *rendererTest) first(ctx context.Context, name string, p *jam.Page) {
	b, err := t.call(ctx, name, p, -1)
	switch {
	case err == nil:
		t.mu.Lock()
		defer t.mu.Unlock()
		t.want[name] = b
	case err != errPanic:
		t.add("Render of %s: %w", name, err)
	}
}

func (t *rendererTest) second(ctx context.Context, name string, p *jam.Page) {
	t.again(ctx, name, p, "a second time")
}

func (t *rendererTest) beside(ctx context.Context, name string, p *jam.Page) {
	t.again(ctx, name, p, "beside other pages")
}

// again tests that a page comes out as it did.
func (t *rendererTest) again(ctx context.Context, name string, p *jam.Page, when string) {
	b, err := t.call(ctx, name, p, -1)
	switch want := t.wanted(name); {
	case err != nil && err != errPanic:
		t.add("Render of %s, %s: %w", name, when, err)
	case err == nil && !bytes.Equal(b, want):
		t.add("Render of %s, %s, writes something else:\n%s", name, when, diff("first", "then", string(want), string(b)))
	}
}

// failing is a round with a writer that fails: at once, or after a part of the page.
func (t *rendererTest) failing(part int) func(context.Context, string, *jam.Page) {
	return func(ctx context.Context, name string, p *jam.Page) {
		size, limit := len(t.wanted(name)), 0
		if size == 0 {
			return
		}
		if part > 0 {
			limit = size / part
		}
		_, err := t.call(ctx, name, p, limit)
		if err != errPanic && !errors.Is(err, errFull) {
			t.add("Render of %s to a writer that fails after %d bytes returns the error %v, want the writer's", name, limit, err)
		}
	}
}

// ended is a round with a context that has ended.
func (t *rendererTest) ended(ctx context.Context, name string, p *jam.Page) {
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	b, err := t.call(ctx, name, p, -1)
	if want := t.wanted(name); err == nil && !bytes.Equal(b, want) {
		t.add("Render of %s with a context that has ended returns no error, and writes something else:\n%s", name,
			diff("first", "then", string(want), string(b)))
	}
}

// errFull is the error of a writer that fails.
var errFull = errors.New("the writer is full")

// pageWriter takes what is written of a page, as far as its limit goes, if it is not negative, and until it ends.
type pageWriter struct {
	name  string
	limit int

	mu    sync.Mutex
	buf   bytes.Buffer
	ended bool
	late  bool
}

func (w *pageWriter) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.late = w.late || w.ended
	if rest := w.limit - w.buf.Len(); w.limit >= 0 && len(b) > rest {
		w.buf.Write(b[:rest])
		return rest, errFull
	}
	return w.buf.Write(b)
}

// end returns what was written. Nothing is to follow.
func (w *pageWriter) end() []byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ended = true
	return bytes.Clone(w.buf.Bytes())
}

func (w *pageWriter) report(t *rendererTest) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.late {
		t.add("Render of %s writes after it has returned", w.name)
	}
}
