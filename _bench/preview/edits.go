package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/jam-go/jam/internal/devtools"
)

const (
	styleFile    = "static/style.css"
	navFile      = "layouts/_partials/nav.html"
	templateFile = "layouts/page.html"
)

// patience is how long to wait for what must come.
const patience = time.Minute

// sort is a sort of edit.
type sort struct {
	name  string
	path  string             // what the browser looks at
	write func(n int) error  // makes the edit number n
	show  func(n int) string // what is true in the page when the screen shows it
	times []time.Duration
}

// measure makes an edit and waits until the page shows it.
func (s *sort) measure(ctx context.Context, page *devtools.Page, url string, n int) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := page.Navigate(ctx, url+s.path); err != nil {
		return 0, err
	}
	time.Sleep(calm)
	if err := s.write(n); err != nil {
		return 0, err
	}
	start := time.Now()
	if err := page.WaitFor(ctx, painted(s.show(n))); err != nil {
		return 0, err
	}
	return time.Since(start), nil
}

// calm is the time between two edits: a person does not make them at once either.
const calm = 300 * time.Millisecond

// painted is true when a condition is, and what is so has been drawn.
func painted(condition string) string {
	return `(` + condition + `) && new Promise(done => requestAnimationFrame(() => setTimeout(() => done(true))))`
}

// tree is the folder of a site.
type tree struct{ dir string }

func (t tree) file(name string) string { return filepath.Join(t.dir, filepath.FromSlash(name)) }

func (t tree) write(name, text string) error {
	return os.WriteFile(t.file(name), []byte(text), 0o666)
}

// replace changes a part of a file.
func (t tree) replace(name, old, new string) error {
	text, err := os.ReadFile(t.file(name))
	if err != nil {
		return err
	}
	if !strings.Contains(string(text), old) {
		return fmt.Errorf("%s does not contain %q", name, old)
	}
	return t.write(name, strings.Replace(string(text), old, new, 1))
}

// pages are the files that are edited, and where they are shown.
type pages struct {
	tree
	post, titled, newest, fresh string
	texts                       map[string]string // of files, as they were
}

// newPages looks for pages to edit: two in the middle, and the newest, which is on the home page. The
// pages of the benchmark are dated by their numbers, and these are in their names.
func newPages(t tree) (*pages, error) {
	files, err := fs.Glob(os.DirFS(t.dir), "content/*/*.md")
	if err != nil {
		return nil, err
	}
	if len(files) < 4 {
		return nil, fmt.Errorf("few pages in %s", t.file("content"))
	}
	newest := slices.MaxFunc(files, func(a, b string) int { return strings.Compare(path.Base(a), path.Base(b)) })
	post := files[len(files)/2]
	titled := files[len(files)/2-1]
	p := &pages{t, post, titled, newest, path.Dir(post) + "/fresh.md", make(map[string]string)}
	for _, name := range []string{post, titled, newest, navFile, templateFile} {
		text, err := os.ReadFile(t.file(name))
		if err != nil {
			return nil, err
		}
		p.texts[name] = string(text)
	}
	return p, nil
}

// url returns the path of a file's page.
func url(file string) string {
	return strings.TrimSuffix(strings.TrimPrefix(file, "content"), ".md") + "/"
}

// sorts are the sorts of edits. The last two belong together, and so do the two before them.
func (p *pages) sorts() []*sort {
	post, fresh, article := url(p.post), url(p.fresh), shown("article")
	return []*sort{
		{name: "the text of the page shown", path: post, write: p.add(p.post), show: article},
		{name: "the title of the page shown", path: url(p.titled), write: p.retitle(p.titled), show: shown("h1")},
		{name: "the title of a page in the list shown", path: "/", write: p.retitle(p.newest), show: shown("ol")},
		{name: "a partial of all pages", path: post, write: p.add(navFile), show: shown("header")},
		{name: "the template of pages", path: post, write: p.add(templateFile), show: article},
		{name: "a style sheet", path: post, write: p.recolor, show: recolored},
		{name: "a new page, whose URL is shown", path: fresh, write: p.create, show: article},
		{name: "the deletion of the page shown", path: fresh, write: p.remove, show: func(int) string { return gone }},
		{name: "a template that is broken", path: post, write: p.spoil, show: func(int) string { return overlay }},
		{name: "the same mended", path: post, write: p.add(templateFile), show: func(n int) string { return article(n) + " && !(" + overlay + ")" }},
	}
}

func word(n int) string { return fmt.Sprintf("edit%d.", n) }

// shown is true when an element has the word of an edit.
func shown(selector string) func(n int) string {
	return func(n int) string {
		return fmt.Sprintf("document.querySelector(%q)?.textContent.includes(%q)", selector, word(n))
	}
}

// add puts a word into a file: before the last tag, or else at the end.
func (p *pages) add(name string) func(n int) error {
	return func(n int) error {
		text := p.texts[name]
		if i := strings.LastIndex(text, "</"); i >= 0 && strings.HasSuffix(name, ".html") {
			return p.write(name, text[:i]+word(n)+text[i:])
		}
		return p.write(name, text+"\n"+word(n)+"\n")
	}
}

func (p *pages) retitle(name string) func(n int) error {
	return func(n int) error {
		return p.write(name, titleLine.ReplaceAllLiteralString(p.texts[name], "title: "+word(n)))
	}
}

func (p *pages) recolor(n int) error {
	return p.write(styleFile, fmt.Sprintf("body { color: rgb(%d, %d, 1) }\n", n/256, n%256))
}

func recolored(n int) string {
	return fmt.Sprintf("getComputedStyle(document.body).color === 'rgb(%d, %d, 1)'", n/256, n%256)
}

func (p *pages) create(n int) error {
	return p.write(p.fresh, "---\ntitle: Fresh\ndate: 2019-01-01\n---\n"+word(n)+"\n")
}

func (p *pages) remove(int) error { return os.Remove(p.file(p.fresh)) }

func (p *pages) spoil(int) error { return p.write(templateFile, "{{ if }}"+p.texts[templateFile]) }

// gone is true when a page has loaded that shows no text.
const gone = `document.readyState === "complete" && !document.querySelector("article")`

// overlay is true if there is a message about mistakes.
const overlay = `[...document.querySelectorAll("jam-preview")].some(e => e.shadowRoot.querySelector("dialog")?.open) || document.querySelector("main.jam")`

var titleLine = regexp.MustCompile(`(?m)^title: .*$`)
