package layouts

import (
	"io/fs"
	"path"
	"strings"
	"sync"
)

// Query says what a layout is wanted for. All fields but Kind may be empty.
type Query struct {
	Kind   string // home, page, section, taxonomy, term, or the name itself (404, sitemap …)
	Layout string // name from the front matter; goes before the kind's names
	Type   string // stands in for the first element of Dir
	Dir    string // content directory: "posts/2024" for posts/2024/x.md and for that section
	Lang   string // language, as in page.de.html
	Format string // output format, as in list.rss.xml; "" is html
	Suffix string // file extension; "" is html
}

// Lookup returns the layout for q, with its base template, in the order of
// the package documentation. The answer depends on q and the files only, and
// is remembered. It is false when no file fits; [Engine.Candidates] then
// says which would.
func (e *Engine) Lookup(q Query) (*Template, bool) {
	l := &e.lookups
	l.once.Do(func() { l.dirs, l.found = e.dirs(), map[Query]*Template{} })
	q = q.clean()
	if !strings.Contains(q.Layout, "..") && !strings.Contains(q.Kind, "..") { // which lead from one directory to others
		q.Dir = l.nearest(q.Dir)
	}
	l.mu.RLock()
	t, ok := l.found[q]
	l.mu.RUnlock()
	if !ok {
		t = e.lookup(q)
		l.mu.Lock()
		l.found[q] = t
		l.mu.Unlock()
	}
	return t, t != nil
}

// lookups remembers the answers of Lookup.
type lookups struct {
	once  sync.Once
	dirs  map[string]bool // that hold a file, or a folder that does
	mu    sync.RWMutex
	found map[Query]*Template
}

// dirs returns the directories of all files.
func (e *Engine) dirs() map[string]bool {
	dirs := map[string]bool{}
	for _, files := range []map[string]*file{e.files, e.builtin} {
		for name := range files {
			for dir := path.Dir(name); dir != "." && !dirs[dir]; dir = path.Dir(dir) {
				dirs[dir] = true
			}
		}
	}
	return dirs
}

// nearest returns the part of a content directory below which there are no
// layouts. Its first element stays, as it is a name of layouts as well. So there
// are few answers to remember, even where there are many directories.
func (l *lookups) nearest(dir string) string {
	for !l.dirs[dir] {
		i := strings.LastIndexByte(dir, '/')
		if i < 0 {
			break
		}
		dir = dir[:i]
	}
	return dir
}

func (e *Engine) lookup(q Query) *Template {
	for _, files := range []map[string]*file{e.files, e.builtin} {
		for name := range q.layouts {
			if f := files[name]; f != nil && (f.place == inLayouts || f.place == inViews) {
				return e.withBase(f, q.bases)
			}
		}
	}
	return nil
}

// Candidates returns the file names that Lookup tries for q, in order.
func (e *Engine) Candidates(q Query) []string {
	var names []string
	seen := map[string]bool{}
	for name := range q.clean().layouts {
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}

// withBase returns the template of a layout and the first base among bases.
func (e *Engine) withBase(f *file, bases func(func(string) bool)) *Template {
	if !f.needsBase() {
		return e.layout(f, nil)
	}
	for _, files := range []map[string]*file{e.files, e.builtin} {
		for name := range bases {
			if b := files[name]; b != nil && b.place == inBases {
				return e.layout(f, b)
			}
		}
	}
	return e.layout(f, nil)
}

func (q Query) clean() Query {
	q.Dir = cleanDir(q.Dir)
	if q.Type != "" {
		_, rest, _ := strings.Cut(q.Dir, "/")
		q.Dir = cleanDir(q.Type + "/" + rest)
		q.Type = ""
	}
	if q.Format == "html" {
		q.Format = ""
	}
	if q.Suffix == "" {
		q.Suffix = "html"
	}
	return q
}

func cleanDir(dir string) string {
	if fs.ValidPath(dir) && dir != "." {
		return dir
	}
	return path.Clean("/" + dir)[1:]
}

// layouts yields the file names that may be q's layout, first wins.
func (q Query) layouts(yield func(string) bool) {
	if q.Layout != "" {
		for dir := range q.dirs {
			for name := range q.variants(path.Join(dir, q.Layout)) {
				if !yield(name) {
					return
				}
			}
		}
	}
	for dir := range q.dirs {
		for _, stem := range q.stems(dir) {
			for name := range q.variants(path.Join(dir, stem)) {
				if !yield(name) {
					return
				}
			}
		}
	}
}

// bases yields the file names that may be the base of q's layout.
func (q Query) bases(yield func(string) bool) {
	for dir := range q.dirs {
		var stems []string
		for _, stem := range append([]string{q.Layout}, q.stems(dir)...) {
			if stem == "" {
				continue
			}
			stems = append(stems, stem+"-baseof", "baseof."+stem)
		}
		for _, stem := range append(stems, "baseof") {
			for name := range q.variants(path.Join(dir, stem)) {
				if !yield(name) {
					return
				}
			}
		}
	}
}

// dirs yields the directories in which q's layout may lie, nearest first.
func (q Query) dirs(yield func(string) bool) {
	for dir := q.Dir; dir != ""; dir = cleanDir(path.Dir(dir)) {
		if !yield(dir) {
			return
		}
	}
	if !yield("") {
		return
	}
	switch q.Kind {
	case "page":
		if q.Dir == "" && !yield("page") {
			return
		}
	case "section", "taxonomy":
		if !yield(q.Kind) {
			return
		}
	case "term":
		if !yield("term") || !yield("taxonomy") {
			return
		}
	}
	yield("_default")
}

// stems returns the names, without extension, to try in dir.
func (q Query) stems(dir string) []string {
	var stems []string
	older := dir == "_default"
	switch dir {
	case "section", "taxonomy", "term":
		// A content directory may have the same name as an older place.
		if section, _, _ := strings.Cut(q.Dir, "/"); section != dir {
			older = true
			if section != "" {
				stems = append(stems, section)
			}
		}
	}
	switch q.Kind {
	case "home":
		stems = append(stems, "home", "index", "list", "all")
	case "page":
		stems = append(stems, "page", "single", "all")
	case "section":
		stems = append(stems, "section", "list", "all")
	case "taxonomy":
		stems = append(stems, "taxonomy", "terms", "list", "all")
	case "term":
		stems = append(stems, "term")
		if older {
			stems = append(stems, "taxonomy")
		}
		stems = append(stems, "list", "all")
	default:
		stems = append(stems, q.Kind)
	}
	if q.Format != "" {
		stems = append(stems, q.Format)
	}
	return stems
}

// variants yields stem with language, format and suffix, most precise first.
func (q Query) variants(stem string) func(func(string) bool) {
	lang, format, suffix := "", "", "."+q.Suffix
	if q.Lang != "" {
		lang = "." + q.Lang
	}
	if q.Format != "" {
		format = "." + q.Format
	}
	return func(yield func(string) bool) {
		if lang != "" && format != "" && !yield(stem+lang+format+suffix) {
			return
		}
		if format != "" && !yield(stem+format+suffix) {
			return
		}
		if lang != "" && !yield(stem+lang+suffix) {
			return
		}
		yield(stem + suffix)
	}
}
