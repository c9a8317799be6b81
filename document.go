package jam

import (
	"errors"
	"io"
	"io/fs"
	"strings"
	"time"
)

// document is what a site keeps of a Document. There may be a million of them: of a file it is no more than the name.
type document struct {
	name string    // in messages
	skip int       // so much of it is before the path
	file *fsSource // where the file is, or nil
	doc  *Document // of what is no file
}

func newDocument(doc *Document) *document { return &document{name: doc.name(), doc: doc} }

// document is what is kept of a document that the source yielded.
func (s *fsSource) keep(doc *Document, slab *slab[document]) *document {
	kept := slab.next()
	if name := doc.name(); strings.HasSuffix(name, doc.Path) {
		*kept = document{name: name, skip: len(name) - len(doc.Path), file: s}
	} else {
		*kept = document{name: name, doc: doc}
	}
	return kept
}

// path is the path in the content tree.
func (d *document) path() string {
	if d.doc != nil {
		return d.doc.Path
	}
	return d.name[d.skip:]
}

// inMemory returns the content, if it is in memory.
func (d *document) inMemory() (body []byte, ok bool) {
	if d.doc == nil || d.doc.Body == nil && d.doc.Open != nil {
		return nil, false
	}
	return d.doc.Body, true
}

// again tells whether the content may be read a second time, as that of a file.
func (d *document) again() bool { return d.doc == nil || d.doc.again }

// frontMatter is that of a document made in Go.
func (d *document) frontMatter() map[string]any {
	if d.doc == nil {
		return nil
	}
	return d.doc.FrontMatter
}

func (d *document) open() (io.ReadCloser, error) {
	if d.doc == nil {
		return d.file.fsys.Open(d.path())
	}
	return d.doc.open()
}

// limitOf is how many bytes may be read, and the field of [Limits] that says so.
type limitOf struct {
	field string
	bytes int64
}

func (d *document) read(limit limitOf) ([]byte, error) { return d.readStamped(nil, -1, limit, nil) }

// readInto reads the content again, which was size bytes long, into buf where that is large enough. It is not read beyond that: if
// there is more, one byte of it is returned.
func (d *document) readInto(buf []byte, size int) ([]byte, error) {
	return d.readStamped(buf, size, limitOf{}, nil)
}

// stamp tells whether the file has been changed, without its being read; see stampOf.
func (d *document) stamp() uint64 {
	if d.doc != nil {
		return 0
	}
	info, err := fs.Stat(d.file.fsys, d.path())
	if err != nil {
		return 0
	}
	return stampOf(info, time.Now())
}

// readStamped reads the content, into buf where that is large enough, and says in stamp what tells later whether the file has
// been changed; see stampOf. What is in memory is returned as it is. A size of -1 is any, within the limit.
func (d *document) readStamped(buf []byte, size int, limit limitOf, stamp *uint64) (_ []byte, err error) {
	if body, ok := d.inMemory(); ok {
		if size < 0 && int64(len(body)) > limit.bytes {
			return nil, tooLarge(limit.field, limit.bytes)
		}
		return body, nil
	}
	r, err := d.open()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if f, ok := r.(fs.File); ok && stamp != nil {
		if info, err := f.Stat(); err == nil {
			*stamp = stampOf(info, time.Now())
		}
	}
	if room := max(size, expectedSize(r, cap(buf))) + 1; cap(buf) < room { // one more, to see the end
		buf = make([]byte, 0, room)
	}
	for buf = buf[:0]; ; {
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
		n, err := r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		switch {
		case size < 0 && int64(len(buf)) > limit.bytes:
			return nil, tooLarge(limit.field, limit.bytes)
		case err == io.EOF || size >= 0 && len(buf) > size:
			return buf, nil
		case err == nil && len(buf) == size && size < cap(buf):
			return buf, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// expectedSize is how large a buffer is made for a file, when there is one of the size have.
func expectedSize(r io.Reader, have int) int {
	const enough, trusted = 4 << 10, 1 << 20
	if have > enough {
		return 0
	}
	if f, ok := r.(fs.File); ok {
		if info, err := f.Stat(); err == nil && info.Size() > 0 {
			return int(min(info.Size(), trusted))
		}
	}
	return enough
}
