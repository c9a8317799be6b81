package jam

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/jam-go/jam/internal/diag"
	"github.com/jam-go/jam/internal/matter"
)

// listed is a document of content, as a source listed it. It is never changed: a site keeps it for the next Reload.
type listed struct {
	doc     *document
	loc     *locale
	path    string  // of the document without its language: "posts/hello.md" for posts/hello.de.md
	format  string  // of text: "markdown" or "html"
	from    int32   // the source, later ones going before earlier ones
	rooted  bool    // it is in the folder of a language
	neutral bool    // its name has no language, where others' may
	refused refusal // why it is not taken from its author
}

// root is the same for documents that lie in the same tree of content.
func (f *listed) root() string {
	if f.rooted {
		return f.loc.Code
	}
	return ""
}

// item is a document of content, as it was read.
type item struct {
	*listed
	front  *matter.Node // kept until the page is described
	text   pageText
	read   bool
	page   bool  // it makes a page
	part   bool  // it is a text that belongs to another page
	whole  bool  // an HTML document that is complete: a file, not a page
	broken bool  // it can't be read
	was    int32 // its number in the last snapshot, from 1; 0: it was not in that

	stamp  uint64         // of the file, as its folder told it; 0: not known
	known  *knownDocument // what the cache has of it, if it may still hold
	looked bool           // whether it holds was found out
	holds  bool
}

// gather lists the documents of all sources; of those with the same path, the last.
func (l *loader) gather() error {
	sources, err := l.sources()
	if err != nil {
		return err
	}
	byPath := make(map[string]int) // indexes of items
	unique := false                // no path can occur twice
	if len(sources) == 1 {
		_, unique = sources[0].Source.(*fsSource)
	}
	var documents slab[document]
	for i, src := range sources {
		if src.Source == nil {
			l.fail(errorAt("config", "", "Sources has a nil Source"))
			continue
		}
		for doc, err := range src.Documents(l.ctx) {
			if l.ctx.Err() != nil {
				return l.ctx.Err()
			}
			if it := l.collect(doc, err, src.loc, "", "read"); it != nil {
				if files, ok := src.Source.(*fsSource); ok {
					it.doc, it.stamp = files.keep(doc, &documents), doc.stamp
				}
				l.refuseMarkup(it)
				it.from = int32(i)
				if unique {
					l.items = append(l.items, it)
					continue
				}
				key := it.root() + ":" + doc.Path
				at, known := byPath[key]
				if !known {
					byPath[key] = len(l.items)
					l.items = append(l.items, it)
					continue
				}
				if l.items[at].from == int32(i) {
					l.fail(errorAt("read", doc.name(), "the same source has the path %s twice", doc.Path))
				}
				l.items[at] = it
			}
		}
	}
	if len(sources) > 1 {
		l.shadow()
	}
	l.arrange()
	if l.collected > l.set.Limits.Files {
		return joinErrors(l.errs)
	}
	return nil
}

// shadow leaves out texts of which a later source has the same page by another name: a/index.md
// for a.md.
func (l *loader) shadow() {
	last := make(map[string]int32, len(l.items))
	for _, it := range l.items {
		if key := it.pageKey(); key != "" {
			last[key] = max(last[key], it.from)
		}
	}
	l.items = slices.DeleteFunc(l.items, func(it *item) bool {
		key := it.pageKey()
		return key != "" && it.from < last[key]
	})
}

// pageKey names the page that a text makes, "" for other documents.
func (it *listed) pageKey() string {
	if it.format == "" {
		return ""
	}
	stem := strings.TrimSuffix(it.path, path.Ext(it.path))
	if isIndex(path.Base(stem)) {
		stem = path.Dir(stem)
	}
	return it.root() + ":" + it.loc.Code + ":" + stem
}

// A localSource is a source, and the language of its documents, if they have one.
type localSource struct {
	Source
	loc *locale
}

// sources returns the content folders of the tree and the configured sources.
func (l *loader) sources() ([]localSource, error) {
	var list []localSource
	shared := false // some language has no folder of its own
	var own []string
	for _, loc := range l.set.locales {
		if loc.ContentDir == "" {
			shared = true
			continue
		}
		tree, err := l.folder(loc.ContentDir)
		if err == errReported {
			continue
		}
		if err != nil {
			return nil, err
		}
		if tree == nil {
			l.fail(errorAt("read", loc.ContentDir, "no such folder in the tree, for the content in %s: %w", loc.Code, fs.ErrNotExist))
			continue
		}
		own = append(own, path.Clean(loc.ContentDir))
		list = append(list, localSource{&fsSource{fsys: tree, name: path.Clean(loc.ContentDir)}, loc})
	}
	if shared {
		tree, err := l.folder(l.set.ContentDir)
		switch {
		case err == errReported:
		case err != nil:
			return nil, err
		case tree != nil:
			src := localSource{Source: &fsSource{fsys: tree, name: l.set.ContentDir, skip: own}}
			list = append([]localSource{src}, list...)
		case l.set.ContentDir != "content" || len(l.set.Sources) == 0 && len(l.set.Generators) == 0 && len(list) == 0:
			l.fail(errorAt("read", l.set.ContentDir, "no such folder in the tree: %w", fs.ErrNotExist))
		}
	}
	for _, src := range l.set.Sources {
		list = append(list, localSource{Source: src})
	}
	return list, nil
}

// deepestFolder bounds how deep folders are nested: what is done for each folder above a page adds up.
const deepestFolder = 250

// collect checks what a source, or the generator called from, yielded. It returns nil for what is
// left out.
func (l *loader) collect(doc *Document, err error, loc *locale, from, op string) *item {
	switch e, placed := err.(*Error); {
	case placed: // by the source itself
		l.fail(e)
	case doc == nil && err != nil:
		l.fail(&Error{Op: op, Path: from, Err: err})
	case doc == nil && from == "":
		l.fail(errorAt(op, "", "a source yielded no document and no error"))
	case doc == nil:
		l.fail(errorAt(op, from, "it yielded no document and no error"))
	case err != nil:
		l.fail(&Error{Op: "read", Path: doc.name(), Err: err})
	case !fs.ValidPath(doc.Path) || doc.Path == "." || strings.ContainsAny(doc.Path, "\\\x00"):
		l.fail(errorAt("read", cmp.Or(doc.name(), from), "%q is not a valid document path: want slashes, and no . or .. within", doc.Path))
	case strings.Count(doc.Path, "/") > deepestFolder:
		l.fail(errorAt("read", fmt.Sprintf("%.60s…", doc.name()), "folders are nested more than %d deep", deepestFolder))
	case l.set.ignored(doc.Path):
	case l.hasRoom(&l.collected, "documents"):
		return l.newItem(doc, loc)
	}
	return nil
}

// hasRoom counts a document or a file, and tells whether the site may have so many.
func (l *loader) hasRoom(count *int, what string) bool {
	most := l.set.Limits.Files
	if *count++; *count == most+1 {
		l.fail(&Error{Op: "read", Err: diag.Beyond("Files", "more than %d %s", most, what)})
	}
	return *count <= most
}

func (l *loader) newItem(doc *Document, loc *locale) *item {
	it := l.newItems.next()
	it.listed = l.newListed.next()
	*it.listed = listed{doc: newDocument(doc), loc: loc, path: doc.Path, format: contentFormat(doc.Path)}
	if it.refused = l.set.refuses(doc.Path); it.refused != taken {
		it.format = ""
	}
	if doc.Language != "" {
		if it.loc = l.set.localeOf(doc.Language); it.loc == nil {
			l.fail(errorAt("read", doc.name(), "unknown language %q%s", doc.Language, l.set.suggestLanguage(doc.Language)))
			return nil
		}
	}
	if it.loc != nil {
		it.rooted = true
		it.neutral = it.format == "" && l.set.multilingual()
		return it
	}
	it.loc, it.neutral = l.set.main, l.set.multilingual()
	if !l.set.languagesDeclared {
		return it
	}
	ext := path.Ext(doc.Path)
	stem := strings.TrimSuffix(doc.Path, ext)
	if code := path.Ext(stem); code != "" {
		if loc := l.set.localeOf(code[1:]); loc != nil {
			it.loc, it.neutral, it.path = loc, false, strings.TrimSuffix(stem, code)+ext
		}
	}
	return it
}

// arrange puts the documents in order, and notes which folders are bundles.
func (l *loader) arrange() {
	l.leaves = make(map[string]bool)
	for _, it := range l.items {
		if !l.set.NoBundles && it.format != "" && baseName(it.path) == "index" && path.Dir(it.path) != "." && !l.wholeIndex(it.doc) {
			l.leaves[it.root()+":"+path.Dir(it.path)] = true
		}
	}
	slices.SortFunc(l.items, func(a, b *item) int {
		return cmp.Or(strings.Compare(a.doc.path(), b.doc.path()), cmp.Compare(a.loc.index, b.loc.index))
	})
}

// leafOf returns the leaf bundle that a document is in, "" for none.
func (l *loader) leafOf(it *item) string {
	found := ""
	if len(l.leaves) == 0 {
		return ""
	}
	for dir := path.Dir(it.path); dir != "."; dir = up(dir) {
		if l.leaves[it.root()+":"+dir] {
			found = dir // the outermost one counts
		}
	}
	return found
}

// isPage tells whether a document of content is a page, rather than text that belongs to one.
func (l *loader) isPage(it *item) bool {
	if it.format == "" {
		return false
	}
	leaf := l.leafOf(it)
	return leaf == "" || path.Dir(it.path) == leaf && isIndex(baseName(it.path))
}

// subtree returns a folder of the tree, or nil when it is not there.
func (l *loader) subtree(dir string) (fs.FS, error) {
	tree, err := l.folder(dir)
	if err == errReported {
		return nil, nil
	}
	return tree, err
}

// errReported is of what is no folder, and was reported.
var errReported = errors.New("reported")

// folder is subtree, and returns errReported for what is no folder.
func (l *loader) folder(dir string) (fs.FS, error) {
	if l.base.tree == nil {
		return nil, nil
	}
	if !fs.ValidPath(dir) {
		l.fail(errorAt("config", "", "ContentDir %q is no valid name of a folder: want slashes, and no . or .. within", dir))
		return nil, errReported
	}
	info, err := fs.Stat(l.base.tree, dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		l.fail(&Error{Op: "read", Path: dir, Err: err})
		return nil, errReported
	case !info.IsDir():
		l.fail(errorAt("read", dir, "is a file, where a folder is expected"))
		return nil, errReported
	}
	sub, err := fs.Sub(l.base.tree, dir)
	if err != nil || dir == "." {
		return sub, err
	}
	return folder{sub, l.base.tree, dir}, nil
}

// folder is a folder of the tree. That of [fs.Sub] opens a file to describe it: a pipe would have it wait.
type folder struct {
	sub  fs.FS
	tree fs.FS
	dir  string
}

func (f folder) Open(name string) (fs.File, error)          { return f.sub.Open(name) }
func (f folder) ReadFile(name string) ([]byte, error)       { return fs.ReadFile(f.sub, name) }
func (f folder) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(f.sub, name) }

func (f folder) Stat(name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrInvalid}
	}
	info, err := fs.Stat(f.tree, path.Join(f.dir, name))
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = &fs.PathError{Op: e.Op, Path: name, Err: e.Err}
	}
	return info, err
}
