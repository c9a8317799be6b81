package jam

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"time"
)

// Source gives the documents of a site: its pages and the files beside them.
// [FS] and [Mount] adapt file systems, [Documents] adapts Go values; a
// content management system or a database needs only this one method.
type Source interface {
	// Documents yields every document, each path once, in any order; Load
	// calls it once. An error, with a nil Document or with the one that it is about,
	// fails the load, which goes on to look for others. It stops soon after
	// ctx is done.
	Documents(ctx context.Context) iter.Seq2[*Document, error]
}

// Document is one file of content: a page in Markdown or HTML, or anything else
// that belongs to a page, such as an image.
type Document struct {
	// Path is the document's path in the content tree, slash-separated and
	// with an extension, such as "posts/hello.md" or "posts/trip/index.md".
	Path string

	// Name is the document's name in messages. Default: Path.
	Name string

	// FrontMatter is the front matter of a document made in Go. When it is
	// nil, the front matter, if any, stands at the head of the body.
	FrontMatter map[string]any

	// Language is the code of the document's language, one of [Config.Languages].
	// Default: the one that its file's name has, as in hello.de.md, or else
	// the site's own.
	Language string

	// Body is the text, or the content of another file. Where it is nil, Open
	// gives it. It must not change while a site that was made of it is in use.
	Body []byte

	// Open opens the body; it may be called often and concurrently, and gives
	// the same each time. It is not needed where Body is set.
	Open func() (io.ReadCloser, error)

	// ModTime is when the document was last changed, if known.
	ModTime time.Time

	again bool   // it is a file, which Open may read a second time
	stamp uint64 // what its folder said of it, where that was told anyway; see stampOf
}

func (d *Document) name() string {
	if d.Name != "" {
		return d.Name
	}
	return d.Path
}

func (d *Document) open() (io.ReadCloser, error) {
	if d.Open != nil && d.Body == nil {
		return d.Open()
	}
	return io.NopCloser(bytes.NewReader(d.Body)), nil
}

// FS returns a Source of all files in fsys. Files and folders whose names begin
// with a dot are left out, and symbolic links to folders are not followed. Paths are
// those in fsys: use [fs.Sub] and [Mount] to put a folder elsewhere.
func FS(fsys fs.FS) Source { return &fsSource{fsys: fsys} }

type fsSource struct {
	fsys   fs.FS
	name   string   // of the folder in the tree, for messages; "" for a source of the caller's
	hidden bool     // names that begin with a dot, too
	skip   []string // folders to leave out, as messages call them
}

func (s *fsSource) Documents(ctx context.Context) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		told, begun := s.tellsOfFiles(), time.Now()
		err := fs.WalkDir(s.fsys, ".", func(p string, d fs.DirEntry, err error) error {
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case err != nil:
				if !yield(nil, &Error{Op: "read", Path: path.Join(s.name, p), Err: err}) {
					return fs.SkipAll
				}
				return nil
			case p != "." && !s.hidden && strings.HasPrefix(d.Name(), "."):
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			case d.IsDir() && slices.Contains(s.skip, path.Join(s.name, p)):
				return fs.SkipDir
			case d.IsDir():
				return nil
			}
			doc, err := s.document(p, d)
			if err == nil && doc == nil {
				return nil
			}
			if told && doc != nil {
				if info, err := d.Info(); err == nil && info.Mode().IsRegular() {
					doc.stamp = stampOf(info, begun)
				}
			}
			if !yield(doc, err) {
				return fs.SkipAll
			}
			return nil
		})
		if err != nil {
			yield(nil, err)
		}
	}
}

var rootFS = reflect.TypeOf(new(os.Root).FS())

// tellsOfFiles is true of [os.Root.FS]: listing a folder, that asks the operating system about each file, which takes several calls
// when it is asked for by its name. On Windows it does not, and takes what the folder says, which may be late.
func (s *fsSource) tellsOfFiles() bool {
	fsys := s.fsys
	if f, ok := fsys.(folder); ok {
		fsys = f.tree
	}
	return reflect.TypeOf(fsys) == rootFS && runtime.GOOS != "windows"
}

// document returns nil for what is no regular file.
func (s *fsSource) document(p string, d fs.DirEntry) (*Document, error) {
	doc := &Document{Path: p, again: true}
	if s.name == "" { // those of the tree are opened by their names
		doc.Open = func() (io.ReadCloser, error) { return s.fsys.Open(p) }
	}
	if s.name != "" && s.name != "." {
		doc.Name = s.name + "/" + p
		doc.Path = doc.Name[len(s.name)+1:] // one text in memory
	}
	mode := d.Type()
	if mode&fs.ModeSymlink == 0 && s.name != "" {
		if !mode.IsRegular() {
			return nil, nil
		}
		return doc, nil // Nobody asks for the time, which costs a call of the system.
	}
	info, err := d.Info()
	if err == nil && mode&fs.ModeSymlink != 0 {
		// The file system decides what a link may lead to.
		if info, err = fs.Stat(s.fsys, p); err == nil {
			mode = info.Mode().Type()
		}
	}
	if err != nil {
		return doc, err
	}
	if !mode.IsRegular() {
		return nil, nil
	}
	doc.ModTime = info.ModTime()
	return doc, nil
}

// Mount returns a Source that gives src's documents below the path at: with at
// "api", the document "auth.md" becomes "api/auth.md". An at of "." or "/"
// changes nothing.
func Mount(at string, src Source) Source {
	return mount{at: strings.Trim(path.Clean("/"+at), "/"), src: src}
}

type mount struct {
	at  string
	src Source
}

func (m mount) Documents(ctx context.Context) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		for doc, err := range m.src.Documents(ctx) {
			if doc != nil {
				moved := *doc
				if m.at != "" {
					// Not path.Join: it would hide a path that Load must refuse.
					moved.Path = m.at + "/" + doc.Path
				}
				doc = &moved
			}
			if !yield(doc, err) {
				return
			}
		}
	}
}

// Documents returns a Source of documents made in Go. It keeps the pointers.
func Documents(docs ...*Document) Source { return documents(slices.Clone(docs)) }

type documents []*Document

func (d documents) Documents(ctx context.Context) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		for _, doc := range d {
			if ctx.Err() != nil {
				yield(nil, ctx.Err())
				return
			}
			if !yield(doc, nil) {
				return
			}
		}
	}
}
