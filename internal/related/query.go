package related

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jam-go/jam/internal/suggest"
)

// NoDocument in [Query.Document] searches by keywords alone.
const NoDocument = -1

// A Query says what to search for. Beware that the zero value names document 0.
type Query struct {
	// Document is the document to find relations of, or NoDocument.
	Document int

	// Indices are the names of the indices in which the keywords of Document
	// count; none means all.
	Indices []string

	// Keywords are searched for besides those of Document.
	Keywords []Keywords

	// Date stands in for that of a document that is not indexed; it has no
	// effect on a query with one. Zero means no date.
	Date time.Time
}

// Keywords are values in the index of that name.
type Keywords struct {
	Index  string
	Values []string
}

// A Result is the answer to a [Query].
type Result struct {
	// Documents are the related documents, best first.
	Documents []int32

	// Filter are the keywords searched for in the indices with ApplyFilter
	// that any other admissible document has, sorted and each once.
	Filter []string
}

// For returns the documents related to doc, best first, at most Config.Limit.
// The slice is the caller's. It is nil when there are none and when there is
// no document doc.
func (f *Finder) For(doc int) []int32 {
	if doc < 0 || doc >= len(f.place) {
		return nil
	}
	s := f.scratch.Get().(*search)
	defer f.scratch.Put(s)
	p := f.place[doc]
	s.begin(p, p, f.dates[p])
	for _, id := range f.wordsOf.row(p) {
		s.add(id)
	}
	return s.run()
}

// Search answers a query. It fails when the query names a document or an index
// that does not exist. Keywords that no document has match nothing.
func (f *Finder) Search(q Query) (Result, error) {
	if q.Document < NoDocument || q.Document >= len(f.place) {
		return Result{}, fmt.Errorf("related: no document %d; there are %d", q.Document, len(f.place))
	}
	chosen, err := f.choose(q.Indices)
	if err != nil {
		return Result{}, err
	}
	s := f.scratch.Get().(*search)
	defer f.scratch.Put(s)
	if q.Document == NoDocument {
		near := int32(0)
		if !q.Date.IsZero() {
			near = f.from(q.Date)
		}
		s.begin(none, near, q.Date)
	} else {
		p := f.place[q.Document]
		s.begin(p, p, f.dates[p])
		for _, id := range f.wordsOf.row(p) {
			if chosen[f.words[id].index] {
				s.add(id)
			}
		}
	}
	for _, k := range q.Keywords {
		i, err := f.index(k.Index)
		if err != nil {
			return Result{}, err
		}
		for _, v := range k.Values {
			if f.cfg.Indices[i].ToLower {
				v = strings.ToLower(v)
			}
			if id, ok := f.ids[i][v]; ok {
				s.add(id)
			}
		}
	}
	filter := s.filter()
	return Result{s.run(), filter}, nil
}

// choose tells which indices are named.
func (f *Finder) choose(names []string) ([]bool, error) {
	chosen := make([]bool, len(f.cfg.Indices))
	for _, name := range names {
		i, err := f.index(name)
		if err != nil {
			return nil, err
		}
		chosen[i] = true
	}
	if len(names) == 0 {
		for i := range chosen {
			chosen[i] = true
		}
	}
	return chosen, nil
}

// index returns the place of the index of that name.
func (f *Finder) index(name string) (int, error) {
	if i := findIndex(f.cfg.Indices, name); i >= 0 {
		return i, nil
	}
	names := make([]string, len(f.cfg.Indices))
	for i := range names {
		names[i] = f.cfg.Indices[i].Name
	}
	return 0, fmt.Errorf("related: no index %q%s", name, suggest.DidYouMean(name, names))
}

// filter returns the Filter of the result.
func (s *search) filter() []string {
	var texts []string
	for _, t := range s.terms {
		w := s.f.words[t.id]
		other := func(p int32) bool { return p != s.self }
		if s.f.cfg.Indices[w.index].ApplyFilter && slices.ContainsFunc(t.places, other) {
			texts = append(texts, w.text)
		}
	}
	slices.Sort(texts)
	return slices.Compact(texts)
}
