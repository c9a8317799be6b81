package jam

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jam-go/jam/internal/markdown"
	"github.com/jam-go/jam/internal/matter"
	"github.com/jam-go/jam/internal/work"
)

// loader makes a snapshot.
type loader struct {
	ctx  context.Context
	set  *settings
	snap *snapshot

	matchers []matcher        // of the collections
	titles   *markdown.Engine // for headings that serve as titles: without the caller's extensions, which see a body once
	docs     []*Document      // in order of their paths
	leaves   map[string]bool
	sections map[string]*pageData // by logical path
	parsed   []*parsed

	mu   sync.Mutex
	errs []*Error
	done int
}

// parsed is a document of content that has been read.
type parsed struct {
	doc    *Document
	page   *pageData
	whole  bool // an HTML document that is complete: a file, not a page
	broken bool // its front matter can't be read
}

func load(ctx context.Context, tree fs.FS, cfg *Config) (*snapshot, error) {
	start := time.Now()
	set, errs := cfg.settle()
	l := &loader{ctx: ctx, set: set, errs: errs, snap: &snapshot{
		set: set, tree: tree, loaded: set.Now(), views: make(chan *view, 2*set.Workers),
	}}
	l.snap.cfg = &set.Config // a copy, for Reload
	l.compileCollections()
	steps := []func() error{l.prepare, l.gather, l.parse, l.assemble, l.route, l.check}
	for _, step := range steps {
		if err := guard("load", step); err != nil {
			return nil, err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	l.snap.warnings = sortErrors(l.snap.warnings)
	if set.Strict {
		l.errs = append(l.errs, l.snap.warnings...)
	}
	if err := joinErrors(l.errs); err != nil {
		return nil, err
	}
	l.snap.base = newView(l.snap)
	l.snap.loading = time.Since(start)
	set.Logger.DebugContext(ctx, "site loaded", "documents", len(l.docs),
		"pages", len(l.snap.pages), "files", len(l.snap.routes.list), "warnings", len(l.snap.warnings))
	return l.snap, nil
}

// fail notes errors; it may be called concurrently.
func (l *loader) fail(errs ...*Error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.errs = append(l.errs, errs...)
}

func (l *loader) warn(e *Error) { l.snap.warnings = append(l.snap.warnings, e) }

// subtree returns a folder of the tree, or nil when it is not there.
func (l *loader) subtree(dir string) (fs.FS, error) {
	if l.snap.tree == nil {
		return nil, nil
	}
	if !fs.ValidPath(dir) {
		l.fail(errorAt("config", "", "ContentDir %q is no valid name of a folder: want slashes, and no . or .. within", dir))
		return nil, nil
	}
	info, err := fs.Stat(l.snap.tree, dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		l.fail(&Error{Op: "read", Path: dir, Err: err})
		return nil, nil
	case !info.IsDir():
		l.fail(errorAt("read", dir, "is a file, where a folder is expected"))
		return nil, nil
	}
	return fs.Sub(l.snap.tree, dir)
}

// gather lists the documents of all sources; of those with the same path, the last.
func (l *loader) gather() error {
	content, err := l.subtree(l.set.ContentDir)
	if err != nil {
		return err
	}
	sources := l.set.Sources
	switch {
	case content != nil:
		sources = slices.Concat([]Source{&fsSource{fsys: content, name: l.set.ContentDir}}, sources)
	case l.set.ContentDir != "content" || len(sources) == 0:
		l.fail(errorAt("read", l.set.ContentDir, "no such folder in the tree: %w", fs.ErrNotExist))
	}
	byPath := make(map[string]*Document)
	for _, src := range sources {
		if src == nil {
			l.fail(errorAt("config", "", "Sources has a nil Source"))
			continue
		}
		seen := make(map[string]bool)
		for doc, err := range src.Documents(l.ctx) {
			if l.ctx.Err() != nil {
				return l.ctx.Err()
			}
			l.collect(byPath, seen, doc, err)
		}
	}
	l.docs = make([]*Document, 0, len(byPath))
	l.leaves = make(map[string]bool)
	for p, doc := range byPath {
		l.docs = append(l.docs, doc)
		if !l.set.NoBundles && isContent(p) && baseName(p) == "index" && path.Dir(p) != "." && !wholeIndex(doc) {
			l.leaves[path.Dir(p)] = true
		}
	}
	slices.SortFunc(l.docs, func(a, b *Document) int { return strings.Compare(a.Path, b.Path) })
	return nil
}

// wholeIndex tells whether an index file is a complete HTML document: a file like
// others, which makes no page of its folder.
func wholeIndex(doc *Document) bool {
	if contentFormat(doc.Path) != "html" || doc.FrontMatter != nil {
		return false
	}
	src, err := doc.read()
	return err == nil && isWholeHTML(src)
}

func (l *loader) collect(byPath map[string]*Document, seen map[string]bool, doc *Document, err error) {
	switch e, placed := err.(*Error); {
	case placed: // by the source itself
		l.fail(e)
	case doc == nil && err != nil:
		l.fail(&Error{Op: "read", Err: err})
	case doc == nil:
		l.fail(errorAt("read", "", "a source yielded no document and no error"))
	case err != nil:
		l.fail(&Error{Op: "read", Path: doc.name(), Err: err})
	case !fs.ValidPath(doc.Path) || doc.Path == "." || strings.ContainsAny(doc.Path, "\\\x00"):
		l.fail(errorAt("read", doc.name(), "%q is not a valid document path: want slashes, and no . or .. within", doc.Path))
	case l.set.ignored(doc.Path):
	case seen[doc.Path]:
		l.fail(errorAt("read", doc.name(), "the same source has the path %s twice", doc.Path))
	default:
		seen[doc.Path] = true
		byPath[doc.Path] = doc
	}
}

// leafOf returns the leaf bundle that a path is in, "" for none.
func (l *loader) leafOf(p string) string {
	found := ""
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if l.leaves[dir] {
			found = dir // the outermost one counts
		}
	}
	return found
}

// isPage tells whether a document of content is a page, rather than text that belongs to one.
func (l *loader) isPage(doc *Document) bool {
	if !isContent(doc.Path) {
		return false
	}
	leaf := l.leafOf(doc.Path)
	return leaf == "" || path.Dir(doc.Path) == leaf && isIndex(baseName(doc.Path))
}

// parse reads the documents of content, on all cores.
func (l *loader) parse() error {
	l.parsed = make([]*parsed, len(l.docs))
	err := work.Each(l.ctx, l.set.Workers, len(l.docs), func(_, i int) {
		doc := l.docs[i]
		l.parsed[i] = &parsed{doc: doc}
		if isContent(doc.Path) {
			if err := l.parseOne(l.parsed[i]); err != nil {
				l.parsed[i].broken = true
				l.fail(err...)
			}
		}
		l.set.progress("load", &l.done, len(l.docs))
	})
	return err
}

func (l *loader) parseOne(p *parsed) (errs []*Error) {
	defer func() {
		if r := recover(); r != nil {
			errs = []*Error{errorAt("read", p.doc.name(), "panic: %v", r)}
		}
	}()
	src, err := p.doc.read()
	if err != nil {
		return []*Error{{Op: "read", Path: p.doc.name(), Err: err}}
	}
	d := &pageData{doc: p.doc, format: contentFormat(p.doc.Path), parent: noPage,
		prev: noPage, next: noPage, prevIn: noPage, nextIn: noPage}
	d.kind, d.path, d.dir = l.set.place(p.doc.Path)
	isPage := l.isPage(p.doc)
	if !isPage && d.format == "markdown" {
		return nil
	}
	if p.doc.FrontMatter != nil {
		d.body, d.bodyLine = src, 1
		d.front, err = matter.FromValue(p.doc.FrontMatter)
	} else {
		var m *matter.Document
		if m, err = matter.Parse(src); m != nil {
			d.front, d.body, d.bodyLine = m.Root, m.Body, m.BodyLine
		}
	}
	if err != nil {
		return placed("front matter", p.doc.name(), err)
	}
	if d.format == "html" && d.front == nil && isWholeHTML(d.body) {
		p.whole = true
		return nil
	}
	if !isPage {
		return nil
	}
	m, problems := readMeta(l.set, d.front)
	d.meta = m
	p.page = d
	l.titled(d)
	errs = placed("front matter", p.doc.name(), problems.Err())
	return append(errs, l.decodeTyped(d)...)
}

// place returns what a document of content becomes by its file's name.
func (s *settings) place(docPath string) (kind, logical, dir string) {
	dir, base := path.Dir(docPath), baseName(docPath)
	if dir == "." {
		dir = ""
	}
	switch {
	case dir == "" && isIndex(base):
		return KindHome, "/", dir
	case base == "_index", base == "index" && s.NoBundles:
		return KindSection, "/" + dir, dir
	case base == "index":
		return KindPage, "/" + dir, dir
	}
	return KindPage, "/" + path.Join(dir, base), dir
}

// titled gives a page without a title one.
func (l *loader) titled(d *pageData) {
	if d.meta.Title != "" {
		return
	}
	switch heading := l.firstHeading(d); {
	case heading != "":
		d.meta.Title = heading
	case d.kind == KindHome:
		d.meta.Title = l.set.Title
	default:
		d.meta.Title = humanize(path.Base(d.path))
	}
}

// prepare makes what pages are rendered with, and reads data files.
func (l *loader) prepare() error {
	if err := l.loadData(); err != nil {
		return err
	}
	if err := l.prepareMarkdown(); err != nil {
		l.fail(err)
		return joinErrors(l.errs)
	}
	l.snap.minifier = NewMinifier(l.set.Minify)
	return l.prepareRenderer()
}

func (l *loader) prepareRenderer() error {
	if l.set.Renderer != nil {
		l.snap.renderer = l.set.Renderer
		return nil
	}
	layoutTree, err := l.subtree("layouts")
	if err != nil {
		return err
	}
	if layoutTree == nil {
		l.snap.renderer = PlainTheme()
		return nil
	}
	r, err := newTemplates(layoutTree, l.set.Funcs, "layouts")
	if err != nil {
		l.fail(Errors(err)...)
		l.snap.renderer = PlainTheme() // so that the rest is checked, too
		return nil
	}
	l.snap.renderer = r
	return nil
}

// isContent tells whether a file is text that makes a page.
func isContent(name string) bool { return contentFormat(name) != "" }

func contentFormat(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mdown":
		return "markdown"
	case ".html", ".htm":
		return "html"
	}
	return ""
}

func isIndex(base string) bool { return base == "index" || base == "_index" }

// isWholeHTML tells whether an HTML text is a complete document.
func isWholeHTML(b []byte) bool {
	head := strings.ToLower(string(b[:min(len(b), 512)]))
	for {
		head = strings.TrimLeft(head, " \t\r\n\ufeff")
		rest, ok := strings.CutPrefix(head, "<!--")
		if !ok {
			break
		}
		_, rest, ok = strings.Cut(rest, "-->")
		if !ok {
			return false
		}
		head = rest
	}
	return strings.HasPrefix(head, "<!doctype") || strings.HasPrefix(head, "<html")
}

// firstHeading returns the text of a Markdown page's "# Heading" when the page begins with it.
func (l *loader) firstHeading(d *pageData) string {
	if d.format != "markdown" || l.titles == nil {
		return ""
	}
	text := bytes.TrimLeft(d.body[:min(len(d.body), 1024)], " \t\r\n")
	line, rest, _ := bytes.Cut(text, []byte("\n"))
	under, _, _ := bytes.Cut(rest, []byte("\n"))
	switch under = bytes.TrimSpace(under); {
	case bytes.HasPrefix(line, []byte("# ")), bytes.HasPrefix(line, []byte("#\t")):
	case len(under) > 0 && len(bytes.Trim(under, "=")) == 0 && contentBegins(line):
		line = append(bytes.Clone(line), "\n==="...)
	default:
		return ""
	}
	res, err := l.titles.Render(l.ctx, markdown.Source{Text: line})
	if err != nil {
		return ""
	}
	return strings.TrimSpace(res.Plain())
}

// contentBegins tells whether a line is text, which a line of = below makes a heading.
func contentBegins(line []byte) bool {
	return len(line) > 0 && !bytes.ContainsRune([]byte("#>-*+`~<|[="), rune(line[0]))
}

// humanize makes a title of a file's name.
func humanize(name string) string {
	name = strings.TrimSpace(strings.NewReplacer("-", " ", "_", " ").Replace(name))
	for i, r := range name {
		return name[:i] + strings.ToUpper(string(r)) + name[i+len(string(r)):]
	}
	return name
}
