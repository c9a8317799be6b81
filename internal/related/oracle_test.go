package related

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// oracle finds related documents by comparing each with every other.
type oracle struct {
	cfg  Config
	docs []Document
}

func (o oracle) fold(index int, words []string) []string {
	words = slices.Clone(words)
	for i := range words {
		if o.cfg.ToLower || o.cfg.Indices[index].ToLower {
			words[i] = strings.ToLower(words[i])
		}
	}
	return words
}

// words returns the distinct keywords of a document that are not too common.
func (o oracle) words(doc, index int) []string {
	x := o.cfg.Indices[index]
	if x.Weight == 0 || index >= len(o.docs[doc].Keywords) {
		return nil
	}
	words := o.fold(index, o.docs[doc].Keywords[index])
	slices.Sort(words)
	words = slices.Compact(words)
	if x.CardinalityThreshold == 0 {
		return words
	}
	return slices.DeleteFunc(words, func(w string) bool {
		with, count := 0, 0
		for _, d := range o.docs {
			if index < len(d.Keywords) && len(d.Keywords[index]) > 0 {
				with++
				if slices.Contains(o.fold(index, d.Keywords[index]), w) {
					count++
				}
			}
		}
		return count*100 > x.CardinalityThreshold*with
	})
}

// newerFirst orders documents by date, then the site's order.
func (o oracle) newerFirst(a, b int) int {
	if c := o.docs[b].Date.Compare(o.docs[a].Date); c != 0 {
		return c
	}
	return a - b
}

// related returns the documents related to doc.
func (o oracle) related(doc int) []int32 {
	var theirs [][][]string // by document and index
	for d := range o.docs {
		var words [][]string
		for i := range o.cfg.Indices {
			words = append(words, o.words(d, i))
		}
		theirs = append(theirs, words)
	}
	mine := theirs[doc]

	least, most := 0, 0
	for _, x := range o.cfg.Indices {
		least, most = min(least, x.Weight), max(most, x.Weight)
	}
	candidates := make(map[int]bool)
	for i := range o.cfg.Indices {
		for _, w := range mine[i] {
			for _, c := range o.window(doc, func(d int) bool { return slices.Contains(theirs[d][i], w) }) {
				candidates[c] = true
			}
		}
	}
	sums := make(map[int]int)
	for c := range candidates {
		sum, matches := 0, 0
		for i, x := range o.cfg.Indices {
			for _, w := range mine[i] {
				if slices.Contains(theirs[c][i], w) {
					sum += x.Weight
					matches++
				}
			}
		}
		norm := int(math.Floor(float64(sum/matches-least)/float64(most-least)*100 + 0.5))
		if norm >= o.cfg.Threshold/matches {
			sums[c] = sum
		}
	}
	found := slices.SortedFunc(maps.Keys(sums), func(a, b int) int {
		if sums[a] != sums[b] {
			return sums[b] - sums[a]
		}
		return o.newerFirst(a, b)
	})
	var result []int32
	for _, d := range found[:min(len(found), o.cfg.Limit)] {
		result = append(result, int32(d))
	}
	return result
}

// window returns the admissible documents with a keyword that doc considers.
func (o oracle) window(doc int, has func(int) bool) []int {
	var newer, older []int // nearest first
	for d := range o.docs {
		late := o.docs[d].Date.After(o.docs[doc].Date) && !o.docs[doc].Date.IsZero()
		if d == doc || !has(d) || late && !o.cfg.IncludeNewer {
			continue
		}
		if o.newerFirst(d, doc) < 0 {
			newer = append(newer, d)
		} else {
			older = append(older, d)
		}
	}
	slices.SortFunc(newer, func(a, b int) int { return o.newerFirst(b, a) })
	slices.SortFunc(older, o.newerFirst)
	size := o.cfg.Window
	n := min(len(newer), size/2)
	m := min(len(older), size-n)
	n = min(len(newer), size-m)
	return append(newer[:n], older[:m]...)
}

// randomSite returns a small random configuration and site.
func randomSite(r *rand.Rand) (Config, []Document) {
	cfg := Config{
		Threshold:    r.IntN(101),
		IncludeNewer: r.IntN(2) == 0,
		ToLower:      r.IntN(4) == 0,
		Limit:        1 + r.IntN(12),
		Window:       []int{1, 2, 3, 7, 1000}[r.IntN(5)],
	}
	for i := range 1 + r.IntN(3) {
		x := Index{Name: fmt.Sprint("index", i), Weight: r.IntN(100), ToLower: r.IntN(4) == 0}
		switch r.IntN(8) {
		case 0:
			x.Weight = 0
		case 1:
			x.Weight = -x.Weight
		case 2:
			x.CardinalityThreshold = 1 + r.IntN(100)
		}
		cfg.Indices = append(cfg.Indices, x)
	}
	words, days := 1+r.IntN(12), 1+r.IntN(40)
	docs := make([]Document, r.IntN(40))
	for d := range docs {
		if r.IntN(8) > 0 {
			docs[d].Date = time.Date(2024, 1, 1+r.IntN(days), 0, 0, 0, 0, time.UTC)
		}
		for range r.IntN(len(cfg.Indices) + 1) {
			var ks []string
			for range r.IntN(5) {
				ks = append(ks, string(rune("aA"[r.IntN(2)])+rune(r.IntN(words))))
			}
			docs[d].Keywords = append(docs[d].Keywords, ks)
		}
	}
	return cfg, docs
}

func TestOracle(t *testing.T) {
	for seed := range uint64(1500) {
		r := rand.New(rand.NewPCG(seed, 1))
		cfg, docs := randomSite(r)
		f, err := New(cfg, docs)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		o := oracle{cfg, docs}
		for range min(len(docs), 4) {
			d := r.IntN(len(docs))
			got, want := f.For(d), o.related(d)
			if !slices.Equal(got, want) {
				t.Fatalf("seed %d: document %d: got %v, want %v\n%+v", seed, d, got, want, cfg)
			}
			found, err := f.Search(Query{Document: d})
			if err != nil || !slices.Equal(found.Documents, want) {
				t.Fatalf("seed %d: document %d: Search: got %v, %v, want %v", seed, d, found.Documents, err, want)
			}
		}
	}
}

func TestConcurrent(t *testing.T) {
	cfg, docs := bigSite(2000)
	f, err := New(cfg, docs)
	if err != nil {
		t.Fatal(err)
	}
	want := make([][]int32, len(docs))
	for d := range want {
		want[d] = f.For(d)
	}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			// A second index must give the same answers too.
			f := f
			if i == 0 {
				f, _ = New(cfg, docs)
			}
			for d := i; d < len(docs); d += 1 + i {
				if got := f.For(d); !slices.Equal(got, want[d]) {
					t.Errorf("document %d: got %v, want %v", d, got, want[d])
					return
				}
			}
		})
	}
	wg.Wait()
}
