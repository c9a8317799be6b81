package jam

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"time"

	"github.com/jam-go/jam/internal/diag"
	"github.com/jam-go/jam/internal/matter"
)

// Limits bound what a site may cost, so that what is hostile or a mistake in content, data and templates is an error, and
// takes neither the program's memory nor its time. The error names the file, and the field of Limits that sets the limit;
// it is [ErrLimit]. No site that people write comes near the defaults, which a field has when it is zero. With a negative
// one there is no limit, but for Depth and CallDepth, which are 10,000 then, as more would exhaust the stack, and Pages and
// Files, which are 33,554,432; nor do these four go beyond that.
//
// What else is bounded, such as how deep Markdown nests, is in docs/security.md.
type Limits struct {
	// TextSize is how many bytes a page's text may have, its front matter included. Default: 8 MiB.
	TextSize int64

	// FileSize is how many bytes any other file may have that is read into memory: one of data or messages, or a static file or
	// resource that is minified or that a template reads. Default: 64 MiB.
	FileSize int64

	// CopySize is how many bytes a file may have that is copied as it is. Default: 4 GiB.
	CopySize int64

	// FrontMatterSize is how many bytes front matter may have. Default: 1 MiB.
	FrontMatterSize int64

	// Depth is how deep lists and maps in front matter and data may nest. Default: 64.
	Depth int

	// FrontMatterValues and DataValues are how many values front matter and a file of data may have, counted as if each
	// alias of YAML were written out. Default: 100,000 and 5,000,000.
	FrontMatterValues, DataValues int

	// Pages is how many pages a site may have, lists and those of terms included, in all its languages. Default: 2,000,000.
	Pages int

	// Files is how many documents a site may have, and how many files a build may write: pages in all their formats, each part of
	// a list, redirects, and copies. Default: 5,000,000.
	Files int

	// CallDepth is how deep partials, templates, shortcodes and render hooks may call each other, and shortcodes
	// nest in a text. Default: 200.
	CallDepth int

	// Inclusions is how many texts of other pages a page may include, those that these include counted. Default: 1,000.
	Inclusions int

	// OutputSize is how many bytes may be rendered for a file, for a page's content, and by a partial. Files of the whole site,
	// such as its sitemap, are as long as they need to be. Default: 64 MiB.
	OutputSize int64

	// RenderTime is how long the rendering of a file may take. After that, its context is canceled, and the build ends without
	// making further files: it waits for functions of the program that do not heed their context. Default: 5 minutes.
	RenderTime time.Duration
}

// ErrLimit is the cause of the error when something is beyond one of [Limits].
var ErrLimit = diag.ErrLimit

// deepestAllowed is how deep anything may be nested where no limit is wanted.
const deepestAllowed = 10_000

// settle returns the limits with defaults, and no negative ones.
func (l Limits) settle() Limits {
	setLimit(&l.TextSize, 8<<20, math.MaxInt32)
	setLimit(&l.FileSize, 64<<20, math.MaxInt64)
	setLimit(&l.CopySize, 4<<30, math.MaxInt64)
	setLimit(&l.FrontMatterSize, 1<<20, math.MaxInt32)
	setLimit(&l.Depth, 64, deepestAllowed)
	setLimit(&l.FrontMatterValues, 100_000, math.MaxInt)
	setLimit(&l.DataValues, 5_000_000, math.MaxInt)
	setLimit(&l.Pages, 2_000_000, mostPages)
	setLimit(&l.Files, 5_000_000, mostPages) // as the texts in bundles, which are documents, have numbers as pages have
	setLimit(&l.CallDepth, 200, deepestAllowed)
	setLimit(&l.Inclusions, 1000, math.MaxInt)
	setLimit(&l.OutputSize, 64<<20, math.MaxInt)
	setLimit(&l.RenderTime, 5*time.Minute, math.MaxInt64)
	return l
}

func setLimit[T ~int | ~int64](v *T, byDefault, most T) {
	if *v = cmp.Or(*v, byDefault); *v < 0 || *v > most {
		*v = most
	}
}

// textLimit is that of a page's text.
func (s *settings) textLimit() limitOf { return limitOf{"TextSize", s.Limits.TextSize} }

// frontMatter returns the limits of front matter.
func (l *Limits) frontMatter() matter.Limits {
	return matter.Limits{MaxBytes: int(l.FrontMatterSize), MaxDepth: l.Depth, MaxNodes: l.FrontMatterValues}
}

// data returns the limits of a file of data.
func (l *Limits) data() matter.Limits {
	return matter.Limits{MaxBytes: int(min(l.FileSize, math.MaxInt)), MaxDepth: l.Depth, MaxNodes: l.DataValues}
}

// nameLimits names the limits that errors of front matter or data are about.
func nameLimits(err error, size, values string) error {
	list := diag.Of(err)
	for i, d := range list {
		e, ok := errors.AsType[*matter.LimitError](d.Err)
		if !ok {
			continue
		}
		field := map[string]string{"MaxBytes": size, "MaxDepth": "Depth", "MaxNodes": values}[e.Field]
		list[i] = &diag.Error{Line: d.Line, Column: d.Column, Err: diag.Beyond(field, "%w", d.Err)}
	}
	return list.Err()
}

// tooLarge is the error of a file of more bytes than the limit that a field sets.
func tooLarge(field string, limit int64) error {
	return diag.Beyond(field, "larger than %s", byteSize(limit))
}

func byteSize(n int64) string {
	switch {
	case n >= 1<<30 && n%(1<<30) == 0:
		return fmt.Sprintf("%d GiB", n>>30)
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}

// readAll reads what is at most limit bytes long.
func readAll(r io.Reader, limit int64) ([]byte, error) {
	if f, ok := r.(fs.File); ok {
		if info, err := f.Stat(); err == nil && info.Size() > limit {
			return nil, tooLarge("FileSize", limit)
		}
	}
	b, err := io.ReadAll(io.LimitReader(r, min(limit, math.MaxInt64-1)+1))
	if err == nil && int64(len(b)) > limit {
		err = tooLarge("FileSize", limit)
	}
	return b, err
}

// readFile is fs.ReadFile for files that are at most limit bytes long.
func readFile(fsys fs.FS, name string, limit int64) (_ []byte, err error) {
	if n, ok := fsys.(*notedFS); ok {
		return n.ReadFile(name)
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return readAll(f, limit)
}

// limitedCopy returns the content of a file that is copied, which ends with an error where it is longer than the limit.
func limitedCopy(rc io.ReadCloser, limit int64) (_ io.ReadCloser, err error) {
	f, ok := rc.(fs.File)
	if !ok {
		return &limitedReader{rc, limit, limit}, nil
	}
	fits := false
	defer func() {
		if !fits { // also when Stat panics
			err = errors.Join(err, rc.Close())
		}
	}()
	if info, err := f.Stat(); err == nil && info.Size() > limit {
		return nil, tooLarge("CopySize", limit)
	}
	fits = true
	return rc, nil // as file systems give no more than they say
}

// limitedReader is a reader of which no more than so many bytes are read.
type limitedReader struct {
	io.ReadCloser
	left, limit int64
}

func (r *limitedReader) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	if r.left -= int64(n); r.left < 0 {
		return 0, tooLarge("CopySize", r.limit)
	}
	return n, err
}

// limitedWriter is a writer to which no more than so many bytes are written.
type limitedWriter struct {
	w           io.Writer
	left, limit int64
}

func (s *settings) limited(w io.Writer) *limitedWriter {
	return &limitedWriter{w, s.Limits.OutputSize, s.Limits.OutputSize}
}

func (w *limitedWriter) Write(p []byte) (int, error) {
	if err := w.spend(len(p)); err != nil {
		return 0, err
	}
	return w.w.Write(p)
}

// WriteString implements io.StringWriter.
func (w *limitedWriter) WriteString(s string) (int, error) {
	if err := w.spend(len(s)); err != nil {
		return 0, err
	}
	return io.WriteString(w.w, s)
}

func (w *limitedWriter) spend(n int) error {
	if w.left -= int64(n); w.left < 0 {
		return diag.Beyond("OutputSize", "more than %s of output", byteSize(w.limit))
	}
	return nil
}
