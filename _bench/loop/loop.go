// Package loop is the yardstick: the loop that one would write by hand over the libraries that jam is
// built on. Each page is read, its front matter decoded, its Markdown rendered, a template executed, the
// result minified and written, on every core.
//
// It has no model of the site: no lists, taxonomies, tables of contents, neighbours, feeds or sitemap,
// and no checks.
package loop

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/adrg/frontmatter"
	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/html"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	renderer "github.com/yuin/goldmark/renderer/html"
	"go.yaml.in/yaml/v4"
)

// Build writes the pages of the content in a folder to another.
func Build(src, out string) error {
	names, sections, err := list(src)
	if err != nil {
		return err
	}
	first, err := NewWorker(sections)
	if err != nil {
		return err
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	errs := make([]error, runtime.GOMAXPROCS(0))
	for i := range errs {
		wg.Go(func() {
			w := first.another()
			for errs[i] == nil {
				k := int(next.Add(1)) - 1
				if k >= len(names) {
					return
				}
				errs[i] = w.build(src, out, names[k])
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// Page is what the layout is executed with.
type Page struct {
	Title       string    `yaml:"title"`
	Description string    `yaml:"description"`
	Date        time.Time `yaml:"date"`
	Tags        []string  `yaml:"tags"`

	URL      string        `yaml:"-"`
	Words    int           `yaml:"-"`
	Content  template.HTML `yaml:"-"`
	Sections []string      `yaml:"-"`
}

// Worker builds one page after another. Its methods are the stages of that. They return buffers that the
// next call uses again.
type Worker struct {
	sections []string
	layout   *template.Template
	format   *frontmatter.Format
	markdown goldmark.Markdown
	minifier *minify.M

	content, html, small bytes.Buffer
}

// NewWorker returns a Worker for a site with sections of these names.
func NewWorker(sections []string) (*Worker, error) {
	t, err := template.New("page").Parse(layout)
	if err != nil {
		return nil, err
	}
	w := &Worker{sections: sections, layout: t}
	return w.another(), nil
}

// another returns a Worker that shares what can be shared.
func (w *Worker) another() *Worker {
	n := &Worker{
		sections: w.sections,
		layout:   w.layout,
		format:   frontmatter.NewFormat("---", "---", yaml.Unmarshal),
		markdown: goldmark.New(
			goldmark.WithExtensions(extension.GFM, extension.DefinitionList, extension.Footnote, extension.Typographer),
			goldmark.WithParserOptions(parser.WithAttribute(), parser.WithAutoHeadingID()),
			goldmark.WithRendererOptions(renderer.WithUnsafe()),
		),
		minifier: minify.New(),
	}
	n.minifier.AddFunc("text/html", html.Minify)
	n.minifier.AddFunc("text/css", css.Minify)
	return n
}

// build makes the file of a page.
func (w *Worker) build(src, out, name string) error {
	source, err := os.ReadFile(filepath.Join(src, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	html, err := w.render(name, source)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return Write(filepath.Join(out, filepath.FromSlash(strings.TrimSuffix(name, ".md")), "index.html"), html)
}

func (w *Worker) render(name string, source []byte) ([]byte, error) {
	p := &Page{URL: path.Clean("/"+strings.TrimSuffix(name, ".md")) + "/"}
	body, err := w.Decode(source, p)
	if err != nil {
		return nil, err
	}
	content, err := w.Convert(body)
	if err != nil {
		return nil, err
	}
	p.Content, p.Words = template.HTML(content), len(bytes.Fields(body))
	html, err := w.Execute(p)
	if err != nil {
		return nil, err
	}
	return w.Minify(html)
}

// Decode reads the front matter of a file and returns the rest.
func (w *Worker) Decode(source []byte, p *Page) (body []byte, err error) {
	return frontmatter.MustParse(bytes.NewReader(source), p, w.format)
}

// Convert renders Markdown.
func (w *Worker) Convert(body []byte) ([]byte, error) {
	w.content.Reset()
	err := w.markdown.Convert(body, &w.content)
	return w.content.Bytes(), err
}

// Execute executes the layout.
func (w *Worker) Execute(p *Page) ([]byte, error) {
	p.Sections = w.sections
	w.html.Reset()
	err := w.layout.Execute(&w.html, p)
	return w.html.Bytes(), err
}

// Minify makes HTML smaller.
func (w *Worker) Minify(html []byte) ([]byte, error) {
	w.small.Reset()
	err := w.minifier.Minify("text/html", &w.small, bytes.NewReader(html))
	return w.small.Bytes(), err
}

// Write writes a file, and makes its folder.
func Write(file string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o666)
}
