package jam

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/jam-go/jam/internal/i18n"
	"github.com/jam-go/jam/internal/markdown"
)

// loader makes a snapshot.
type loader struct {
	ctx  context.Context
	set  *settings
	base *snapshot // what does not depend on the content
	now  time.Time // when the load began, by the configured clock
	snap *snapshot // in the making

	matchers     []matcher // of the collections
	items        []*item   // in order of their paths
	newItems     slab[item]
	newListed    slab[listed]
	collected    int // documents, those that are left out counted
	divided      int // parts of lists
	static       []*document
	staticListed bool
	opening      <-chan *knownDocuments // of the cache; nil: there is none
	known        *knownDocuments
	last         *reloader           // what of the last snapshot is to be used again; nil: nothing
	parts        map[*item]*pageData // of texts in bundles
	kept         atomic.Int64        // bytes of texts that are kept in memory
	texts        sync.Map            // of terms, by themselves
	made         []*pageData         // of each item, nil for those that make none
	leaves       map[string]bool     // folders of leaf bundles, by root and path
	cascades     cascades
	nameless     []namelessTerm
	reordered    map[reordered]*pageList
	tables       map[string]i18n.Chain // by language
	layouts      []string              // names that front matter may ask for

	listing  sync.Once // of the layouts
	mu       sync.Mutex
	errs     []*Error
	warnings []*Error
	warned   map[string]bool // names of documents, see warnOfText
	done     int
}

func load(ctx context.Context, tree fs.FS, cfg *Config) (*snapshot, error) {
	s, _, err := loadKnown(ctx, tree, cfg, nil)
	return s, err
}

// loadKnown loads a site of which a cache may know documents, and says whether it did.
func loadKnown(ctx context.Context, tree fs.FS, cfg *Config, opening <-chan *knownDocuments) (_ *snapshot, knew bool, err error) {
	start := time.Now()
	set, errs := cfg.settle()
	l := &loader{ctx: ctx, set: set, errs: errs, now: set.Now(), opening: opening, base: &snapshot{model: &model{
		set: set, tree: tree, cfg: &set.given,
	}}}
	l.compileCollections()
	for _, step := range []func() error{l.prepare, l.gather, l.recall, l.readAll, l.generate, l.finish} {
		if err := guard("load", step); err != nil {
			return nil, l.known != nil, err
		}
		if err := ctx.Err(); err != nil {
			return nil, false, err
		}
	}
	s, err := l.loaded(start)
	return s, l.known != nil, err
}

// loaded returns the snapshot, unless there are mistakes.
func (l *loader) loaded(start time.Time) (*snapshot, error) {
	s, set := l.snap, l.set
	l.keepDocuments()
	s.noted = l.warnings
	s.warnings = s.allWarnings()
	if set.Strict {
		l.errs = append(l.errs, s.warnings...)
	}
	if err := joinErrors(l.errs); err != nil {
		return nil, err
	}
	s.base = newView(s)
	s.base.shared = true
	s.loading = time.Since(start)
	set.Logger.DebugContext(l.ctx, "site loaded", "documents", len(l.items),
		"pages", len(s.pages), "files", len(s.routes.list), "warnings", len(s.warnings))
	return s, nil
}

// allWarnings returns the warnings of the pages and of the folders that are no content.
func (s *snapshot) allWarnings() []*Error {
	all := slices.Clone(s.noted)
	for _, part := range s.folders {
		all = append(all, part.warnings...)
	}
	return sortErrors(all)
}

// keepDocuments keeps what Reload compares documents with.
func (l *loader) keepDocuments() {
	if !l.set.reloads() {
		return
	}
	s := l.snap
	s.docs, s.made, s.cascades, s.warned = make([]*listed, len(l.items)), l.made, l.cascades, l.warned
	s.cascades.used = nil
	s.others = make(map[*listed]pageText)
	for i, it := range l.items {
		s.docs[i] = it.listed
		if it.format != "" && (s.made[i] == nil || s.made[i].id == noPage) {
			s.others[it.listed] = it.text
		}
	}
	l.countUnkept()
}

func (l *loader) readAll() error { return l.read(l.items) }

// finish makes the snapshot of what was read and generated.
func (l *loader) finish() error {
	for _, step := range []func() error{l.describe, l.assemble, l.route, l.check, l.lint} {
		if err := step(); err != nil {
			return err
		}
		if err := l.ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// lint tells of declarations that mean nothing.
func (l *loader) lint() error {
	l.warnOfCascades()
	l.checkTargets()
	l.warnOfPermalinks()
	l.warnOfLanguages()
	l.checkShortcodes()
	return nil
}

// begin starts a snapshot.
func (l *loader) begin() {
	b := l.base
	l.reordered = nil
	l.snap = &snapshot{
		model: &model{
			set: b.set, tree: b.tree, cfg: b.cfg, markdown: b.markdown, strict: b.strict, titles: b.titles, minifier: b.minifier,
		},
		loaded: l.now, data: b.data, renderer: b.renderer, content: b.content, folders: b.folders,
		views: make(chan *view, 2*l.set.Workers),
		table: newDepTable(), outs: new(outputStates),
	}
	l.addLocals()
}

// fail notes errors; it may be called concurrently.
func (l *loader) fail(errs ...*Error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.errs = append(l.errs, errs...)
}

// stop notes the error of a limit, with which the loading ends, and returns all there are.
func (l *loader) stop(op string, err error) error {
	l.fail(&Error{Op: op, Err: err})
	return joinErrors(l.errs)
}

// failed tells whether errors are among those that are noted.
func (l *loader) failed(errs []*Error) bool {
	return !slices.ContainsFunc(errs, func(e *Error) bool {
		return !slices.ContainsFunc(l.errs, func(noted *Error) bool { return compareErrors(e, noted) == 0 })
	})
}

// warn notes a warning; it may be called concurrently.
func (l *loader) warn(e *Error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.warnings = append(l.warnings, e)
}

// warnOfText notes a warning of a text that is told when that is read.
func (l *loader) warnOfText(e *Error) {
	l.warn(e)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.warned == nil {
		l.warned = make(map[string]bool)
	}
	l.warned[e.Path] = true
}

// titled gives a page without a title one.
func (l *loader) titled(d *pageData, body []byte) {
	if d.headed = d.meta.Title == ""; d.headed {
		d.meta.Title = l.base.titleOf(l.ctx, d, body)
	}
}

// titleOf returns the title of a page whose front matter has none.
func (m *model) titleOf(ctx context.Context, d *pageData, body []byte) string {
	switch heading := m.firstHeading(ctx, d, body); {
	case heading != "":
		return heading
	case d.kind() == KindHome:
		return d.local.Title
	}
	return humanize(cmp.Or(d.undated, path.Base(d.path)))
}

// prepare makes what pages are rendered with, and reads data files.
func (l *loader) prepare() error {
	if err := l.prepareParts([...]bool{ofData: true, ofMessages: true, ofLayouts: false}); err != nil {
		return err
	}
	if err := l.prepareMarkdown(); err != nil {
		l.fail(err)
		return joinErrors(l.errs)
	}
	l.base.minifier = NewMinifier(l.set.Minify)
	return l.prepareParts([...]bool{ofLayouts: true})
}

func (l *loader) prepareRenderer(tree fs.FS) error {
	own := hasLayouts(tree) // and not only what shortcodes and render hooks need
	r, broken := l.set.Renderer, false
	if r == nil && own {
		t, err := newTemplates(tree, l.set.Funcs, "layouts", nil)
		if err != nil {
			broken = true
			l.fail(Errors(err)...) // and the rest is checked, too
		} else {
			r = t
		}
	}
	if r == nil {
		r = PlainTheme()
	}
	l.base.renderer = r
	return l.prepareContent(r, tree, own, broken)
}

// prepareContent finds what shortcodes and render hooks are made by: the templates that render pages, or
// where these are the caller's, those of the tree. The plain theme in place of the layouts of a tree stands
// for all of them, unless it is there because they are broken: then those of shortcodes are known at least.
func (l *loader) prepareContent(r Renderer, tree fs.FS, own, broken bool) error {
	l.base.content = &contentTemplates{funcs: l.set.Shortcodes}
	t := templatesOf(r)
	if t == nil || t.builtin && tree != nil && (!own || broken) {
		var read func(name string) bool
		if own { // the others are not for this program
			read = forContent
		}
		if tree == nil {
			tree = embed.FS{}
		}
		var err error
		if t, err = newTemplates(tree, l.set.Funcs, "layouts", read); err != nil {
			l.fail(Errors(err)...)
			l.base.content.broken = true
			if t, err = newTemplates(embed.FS{}, nil, "", nil); err != nil {
				return err
			}
		}
	}
	l.base.content.templates = t
	l.checkMarkup()
	l.base.content.hasMarkup = slices.ContainsFunc(t.engine.Names(), func(name string) bool { return strings.Contains(name, "_markup/") })
	return nil
}

// hasLayouts tells whether there are templates of pages in a tree of layouts, which may be nil. What can't be
// read is for the templates to report.
func hasLayouts(tree fs.FS) bool {
	if tree == nil {
		return false
	}
	found := false
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !d.IsDir() && !forContent(name) && contentFormat(name) == "html" {
			found = true
			return fs.SkipAll
		}
		return nil
	})
	return found || err != nil
}

// forContent tells the templates that pages' texts use.
func forContent(name string) bool {
	for elem := range strings.SplitSeq(path.Dir(name), "/") {
		switch elem {
		case "_shortcodes", "shortcodes", "_markup", "_partials", "partials":
			return true
		}
	}
	return false
}

// firstHeading returns the text of a Markdown page's "# Heading" when the page begins with it.
func (m *model) firstHeading(ctx context.Context, d *pageData, body []byte) string {
	if d.html || m.titles == nil {
		return ""
	}
	text := bytes.TrimLeft(body[:min(len(body), 1024)], " \t\r\n")
	line, rest, _ := bytes.Cut(text, []byte("\n"))
	under, _, _ := bytes.Cut(rest, []byte("\n"))
	switch under = bytes.TrimSpace(under); {
	case bytes.HasPrefix(line, []byte("# ")), bytes.HasPrefix(line, []byte("#\t")):
	case len(under) > 0 && len(bytes.Trim(under, "=")) == 0 && contentBegins(line):
		line = append(bytes.Clone(line), "\n==="...)
	default:
		return ""
	}
	res, err := m.titles.Render(ctx, markdown.Source{Text: line})
	if err != nil {
		return ""
	}
	return strings.TrimSpace(res.Plain())
}

// contentBegins tells whether a line is text, which a line of = below makes a heading.
func contentBegins(line []byte) bool {
	return len(line) > 0 && !bytes.ContainsRune([]byte("#>-*+`~<|[="), rune(line[0]))
}

var hyphens = strings.NewReplacer("-", " ", "_", " ")

// humanize makes a title of a file's name.
func humanize(name string) string {
	name = strings.TrimSpace(hyphens.Replace(name))
	_, size := utf8.DecodeRuneInString(name)
	return strings.ToUpper(name[:size]) + name[size:]
}
