package related

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"
)

// A Finder finds related documents. It does not change after [New], and its
// methods may be called concurrently.
//
// Inside, a document goes by its place in the order newest first, then the
// site's. Places compare as results of equal rank do, lists of them are in the
// order of date, and documents near in time are near in memory.
type Finder struct {
	cfg      Config
	min, max int64 // range of the weights, including 0

	order []int32     // place → document
	place []int32     // document → place
	dates []time.Time // by place

	ids      []map[string]int32 // by index: keyword → id
	words    []word             // by id
	wordsOf  table              // place → ids, ascending
	placesOf table              // id → places, ascending

	signs       []uint64 // by place: the signs of its words
	sharedSigns bool     // several words have the same sign

	scratch sync.Pool // of *search
}

// A word is a keyword of an index.
type word struct {
	text  string
	index int32
	sign  uint64 // one bit when it has more documents than a window, else 0
}

// A table is a list of rows laid end to end.
type table struct {
	ends []int // where each row ends; ends[0] is 0 and belongs to no row
	vals []int32
}

func (t *table) row(i int32) []int32 { return t.vals[t.ends[i]:t.ends[i+1]] }

// New indexes the documents. It keeps no reference to the caller's slices.
// Errors report every fault of cfg at once, or the first document that has
// keywords for more indices than cfg has.
func New(cfg Config, docs []Document) (*Finder, error) {
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	for i := range docs {
		if n := len(docs[i].Keywords); n > len(cfg.Indices) {
			return nil, fmt.Errorf("related: document %d has keywords for %d indices, but %d are configured", i, n, len(cfg.Indices))
		}
	}
	cfg.Indices = slices.Clone(cfg.Indices)
	cfg.Limit = cmp.Or(cfg.Limit, DefaultLimit)
	cfg.Window = cmp.Or(cfg.Window, DefaultWindow)
	f := &Finder{cfg: cfg}
	for i := range cfg.Indices {
		x := &cfg.Indices[i]
		x.ToLower = x.ToLower || cfg.ToLower
		f.min = min(f.min, int64(x.Weight))
		f.max = max(f.max, int64(x.Weight))
	}
	f.sort(docs)
	f.intern(docs)
	f.dropCommon()
	f.invert()
	f.sign()
	f.scratch.New = func() any { return &search{f: f, scores: make([]score, len(f.order))} }
	return f, nil
}

// sort puts the documents in their places.
func (f *Finder) sort(docs []Document) {
	f.order = make([]int32, len(docs))
	for i := range f.order {
		f.order[i] = int32(i)
	}
	slices.SortStableFunc(f.order, func(a, b int32) int { return docs[b].Date.Compare(docs[a].Date) })
	f.place = make([]int32, len(docs))
	f.dates = make([]time.Time, len(docs))
	for p, d := range f.order {
		f.place[d] = int32(p)
		f.dates[p] = docs[d].Date
	}
}

// intern numbers the keywords and lists those of each document.
func (f *Finder) intern(docs []Document) {
	f.ids = make([]map[string]int32, len(f.cfg.Indices))
	for i := range f.ids {
		f.ids[i] = make(map[string]int32)
	}
	f.wordsOf.ends = make([]int, 1, len(docs)+1)
	for _, d := range f.order {
		start := len(f.wordsOf.vals)
		for i, keywords := range docs[d].Keywords {
			if f.cfg.Indices[i].Weight == 0 {
				continue
			}
			for _, k := range keywords {
				f.wordsOf.vals = append(f.wordsOf.vals, f.id(i, k))
			}
		}
		row := f.wordsOf.vals[start:]
		slices.Sort(row)
		f.wordsOf.vals = f.wordsOf.vals[:start+len(slices.Compact(row))]
		f.wordsOf.ends = append(f.wordsOf.ends, len(f.wordsOf.vals))
	}
}

// id returns the number of a keyword, a new one when it has none.
func (f *Finder) id(index int, keyword string) int32 {
	if f.cfg.Indices[index].ToLower {
		keyword = strings.ToLower(keyword)
	}
	id, ok := f.ids[index][keyword]
	if !ok {
		id = int32(len(f.words))
		f.ids[index][keyword] = id
		f.words = append(f.words, word{text: keyword, index: int32(index)})
	}
	return id
}

// dropCommon takes the keywords above their index's cardinality threshold
// out of the documents.
func (f *Finder) dropCommon() {
	with := make([]int, len(f.cfg.Indices)) // documents with any keyword
	count := make([]int, len(f.words))      // documents with the keyword
	last := make([]int32, len(f.cfg.Indices))
	for p := range int32(len(f.order)) {
		for _, id := range f.wordsOf.row(p) {
			count[id]++
			if i := f.words[id].index; last[i] != p+1 {
				last[i] = p + 1
				with[i]++
			}
		}
	}
	common := func(id int32) bool {
		i := f.words[id].index
		percent := f.cfg.Indices[i].CardinalityThreshold
		return percent > 0 && count[id]*100 > percent*with[i]
	}
	kept, start := f.wordsOf.vals[:0], 0
	for p, end := range f.wordsOf.ends[1:] {
		for _, id := range f.wordsOf.vals[start:end] {
			if !common(id) {
				kept = append(kept, id)
			}
		}
		start = end
		f.wordsOf.ends[p+1] = len(kept)
	}
	f.wordsOf.vals = kept
}

// invert lists the places of each keyword.
func (f *Finder) invert() {
	// ends[id+1] is first the size of row id, then where its next place goes,
	// and with the last place its end.
	ends := make([]int, len(f.words)+1)
	for _, id := range f.wordsOf.vals {
		ends[id+1]++
	}
	sum := 0
	for i, n := range ends {
		ends[i] = sum
		sum += n
	}
	vals := make([]int32, len(f.wordsOf.vals))
	for p := range int32(len(f.order)) {
		for _, id := range f.wordsOf.row(p) {
			vals[ends[id+1]] = p
			ends[id+1]++
		}
	}
	f.placesOf = table{ends, vals}
}

// sign marks the documents that have a keyword of many documents, so that a
// search can tell without a look-up, which would seldom hit the processor's
// cache, that one lacks it. With more than 64 such keywords a sign only says
// that a document may have one.
func (f *Finder) sign() {
	f.signs = make([]uint64, len(f.order))
	n := 0
	for id := range f.words {
		places := f.placesOf.row(int32(id))
		if len(places) <= f.cfg.Window {
			continue
		}
		sign := uint64(1) << (n % 64)
		n++
		f.words[id].sign = sign
		for _, p := range places {
			f.signs[p] |= sign
		}
	}
	f.sharedSigns = n > 64
}

// from returns the first place that is not newer than date.
func (f *Finder) from(date time.Time) int32 {
	return int32(sort.Search(len(f.dates), func(i int) bool { return !f.dates[i].After(date) }))
}
