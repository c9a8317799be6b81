package sitetest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sync"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/internal/suggest"
)

// TestSource tests a Source. It gives all documents and reads them, and tests that
//
//   - each has a valid path, with an extension, which no other has in the same language;
//   - the documents are the same when they are asked for again, in whatever order, as [jam.Site.Reload] does;
//   - each body can be opened often, and by several goroutines at a time, and is the same each time;
//   - it stops when the loop over them ends, and soon after the context has ended;
//   - it has no errors, and panics nowhere.
//
// It also tests that there are documents at the expected paths; there may be others. As a special case, if none are expected,
// there must be none.
//
// If TestSource finds any misbehaviour, it returns an error that tells all of it. Typical usage inside a test is:
//
//	if err := sitetest.TestSource(src, "posts/hello.md"); err != nil {
//		t.Fatal(err)
//	}
func TestSource(src jam.Source, expected ...string) error {
	s := &sourceTest{src: src}
	docs := s.documents(context.Background())
	s.checkExpected(docs, expected)
	for _, d := range docs {
		s.checkDocument(d)
	}
	s.checkAgain(docs)
	s.checkBreak(len(docs))
	s.checkContext()
	return s.err()
}

type sourceTest struct {
	findings
	src jam.Source
}

// documents returns all documents, and notes what is wrong with them on the whole.
func (s *sourceTest) documents(ctx context.Context) []*jam.Document {
	var docs []*jam.Document
	seen := make(map[[2]string]bool)
	s.try("Documents", func() {
		for d, err := range s.src.Documents(ctx) {
			switch {
			case err != nil && d != nil:
				s.add("Documents yields %q with an error: %w", d.Path, err)
			case err != nil:
				s.add("Documents yields an error: %w", err)
			case d == nil:
				s.add("Documents yields a nil Document without an error")
			default:
				key := [2]string{d.Path, d.Language}
				if seen[key] {
					s.add("Documents yields the path %q twice", d.Path)
				}
				seen[key] = true
				docs = append(docs, d)
			}
		}
	})
	return docs
}

func (s *sourceTest) checkExpected(docs []*jam.Document, expected []string) {
	have := make(map[string]bool)
	for _, d := range docs {
		have[d.Path] = true
	}
	names := slices.Sorted(maps.Keys(have))
	if len(expected) == 0 && len(names) > 0 {
		s.add("no documents are expected, but there are %s", quoted(names))
	}
	for _, want := range expected {
		if !have[want] {
			s.add("there is no document %q%s", want, suggest.DidYouMean(want, names))
		}
	}
}

func (s *sourceTest) checkDocument(d *jam.Document) {
	switch {
	case !fs.ValidPath(d.Path) || d.Path == ".":
		s.add("the path %q is not valid: want slashes, and no . or .. within", d.Path)
	case path.Ext(d.Path) == "" || path.Ext(d.Path) == ".":
		s.add("the path %q has no extension, such as .md", d.Path)
	}
	if d.Body != nil || d.Open == nil {
		return
	}
	s.try("Open of "+d.Path, func() {
		first, err := readAll(d.Open)
		if err != nil {
			s.add("%s cannot be read: %w", d.Path, err)
			return
		}
		if r, err := d.Open(); err == nil { // as who reads only the front matter does
			if err := r.Close(); err != nil {
				s.add("%s, not read to its end, cannot be closed: %w", d.Path, err)
			}
		}
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				s.try("Open of "+d.Path, func() {
					b, err := readAll(d.Open)
					if err != nil {
						s.add("%s cannot be read again, by several goroutines at a time: %w", d.Path, err)
					} else if !bytes.Equal(b, first) {
						s.add("%s is another when it is read again: %q, before %q", d.Path, cut(string(b), 40), cut(string(first), 40))
					}
				})
			})
		}
		wg.Wait()
	})
}

func readAll(open func() (io.ReadCloser, error)) ([]byte, error) {
	r, err := open()
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(r)
	return b, errors.Join(err, r.Close())
}

// checkAgain tests that a second time gives the same documents.
func (s *sourceTest) checkAgain(docs []*jam.Document) {
	before := make(map[string]*jam.Document, len(docs))
	for _, d := range docs {
		before[d.Language+"/"+d.Path] = d
	}
	for _, d := range s.documents(context.Background()) {
		key := d.Language + "/" + d.Path
		first := before[key]
		delete(before, key)
		switch {
		case first == nil:
			s.add("%q is there only the second time", d.Path)
		case !bytes.Equal(first.Body, d.Body):
			s.add("%q has another body the second time", d.Path)
		case !first.ModTime.Equal(d.ModTime):
			s.add("%q has another ModTime the second time: %v, before %v", d.Path, d.ModTime, first.ModTime)
		case !slices.Equal(slices.Sorted(maps.Keys(first.FrontMatter)), slices.Sorted(maps.Keys(d.FrontMatter))):
			s.add("%q has other front matter the second time", d.Path)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(before)) {
		s.add("%q is not there the second time", before[key].Path)
	}
}

// checkBreak ends the loop after the first document, and before the last.
func (s *sourceTest) checkBreak(n int) {
	for _, stop := range []int{1, n - 1} {
		if stop < 1 || stop >= n {
			continue
		}
		s.try("Documents, when the loop over it ends,", func() {
			i := 0
			for range s.src.Documents(context.Background()) {
				if i++; i == stop {
					break
				}
			}
		})
	}
}

// soon is how many documents a Source may yield after its context has ended.
const soon = 100

// checkContext tests that a context that has ended, before or on the way, stops the documents. Errors are to be expected then.
func (s *sourceTest) checkContext() {
	for _, at := range []int{0, 1} {
		ctx, cancel := context.WithCancel(context.Background())
		s.try("Documents with a context that has ended", func() {
			n := 0
			if n == at {
				cancel()
			}
			for range s.src.Documents(ctx) {
				if n++; n == at {
					cancel()
				}
				if n > at+soon {
					s.add("Documents goes on after its context has ended: it yields more than %d further documents", soon)
					return
				}
			}
		})
		cancel()
	}
}
