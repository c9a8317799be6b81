package related

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// none is no place.
const none = -1

// A search is the working memory of one. Between searches all scores are zero.
type search struct {
	f     *Finder
	self  int32 // place of the document searched for, or none
	near  int32 // place that windows are around
	from  int32 // first place admitted
	terms []term

	scores  []score // by place
	touched []int32 // places with a score
	open    []int32 // those whose score may be incomplete
	partial []term  // the terms that may be missing in it
	best    []match // in no order, at most twice the limit
	worst   match   // what the next of the best has to be better than
}

// A term is a keyword searched for.
type term struct {
	id     int32
	weight int64
	sign   uint64
	places []int32 // the window
	// Of the places outside lo..hi it is not known whether they have the
	// keyword.
	lo, hi int32
}

type score struct {
	sum     int64
	matches int64
}

type match struct {
	sum   int64
	place int32
}

func compareMatches(a, b match) int {
	if c := cmp.Compare(b.sum, a.sum); c != 0 {
		return c
	}
	return cmp.Compare(a.place, b.place)
}

func (s *search) begin(self, near int32, date time.Time) {
	s.self, s.near, s.from = self, near, 0
	s.terms = s.terms[:0]
	if !s.f.cfg.IncludeNewer && !date.IsZero() {
		s.from = s.f.from(date)
	}
}

// add searches for a keyword also, within its window.
func (s *search) add(id int32) {
	places := s.f.placesOf.row(id)
	if s.from > 0 {
		i, _ := slices.BinarySearch(places, s.from)
		places = places[i:]
	}
	if len(places) == 0 {
		return
	}
	w := &s.f.words[id]
	t := term{
		id:     id,
		weight: int64(s.f.cfg.Indices[w.index].Weight),
		sign:   w.sign,
		places: places,
		hi:     math.MaxInt32,
	}
	if window := s.f.cfg.Window; len(places) > window {
		at, self := slices.BinarySearch(places, s.near)
		rest := at // where the older ones start
		if self && s.near == s.self {
			rest++
		}
		older := len(places) - rest
		before := min(at, window/2)
		after := min(older, window-before)
		before = min(at, window-after)
		start, end := at-before, rest+after
		t.places = places[start:end]
		if start > 0 {
			t.lo = places[start]
		}
		if end < len(places) {
			t.hi = places[end-1]
		}
	}
	s.terms = append(s.terms, t)
}

// run ranks the candidates and returns the best documents.
//
// Those in every window have their full score and go first: they set the mark
// that most others cannot reach, whatever else they turn out to share.
func (s *search) run() []int32 {
	s.count()
	lo, hi := s.narrow()
	s.best, s.open = s.best[:0], s.open[:0]
	s.worst = match{math.MinInt64, math.MaxInt32}
	for _, p := range s.touched {
		if p < lo || p > hi {
			s.open = append(s.open, p)
			continue
		}
		if sc := s.scores[p]; p != s.self && s.reaches(sc.sum, p) {
			s.consider(sc, p)
		}
		s.scores[p] = score{}
	}
	for _, p := range s.open {
		if sc := s.scores[p]; p != s.self && s.reaches(sc.sum+s.missing(p), p) {
			s.complete(&sc, p)
			s.consider(sc, p)
		}
		s.scores[p] = score{}
	}
	slices.SortFunc(s.best, compareMatches)
	return s.documents(s.best[:min(len(s.best), s.f.cfg.Limit)])
}

// narrow finds the terms with a window and the places within all windows.
func (s *search) narrow() (lo, hi int32) {
	s.partial = s.partial[:0]
	lo, hi = 0, math.MaxInt32
	for _, t := range s.terms {
		if t.lo > 0 || t.hi < math.MaxInt32 {
			s.partial = append(s.partial, t)
			lo, hi = max(lo, t.lo), min(hi, t.hi)
		}
	}
	return lo, hi
}

// reaches tells whether a candidate of that sum would be among the best.
func (s *search) reaches(sum int64, p int32) bool {
	return sum > s.worst.sum || sum == s.worst.sum && p < s.worst.place
}

// consider takes a candidate, whose score is complete, among the best.
func (s *search) consider(sc score, p int32) {
	if !s.reaches(sc.sum, p) || !s.f.relevant(sc) {
		return
	}
	s.best = append(s.best, match{sc.sum, p})
	if limit := s.f.cfg.Limit; len(s.best)-limit >= limit {
		slices.SortFunc(s.best, compareMatches)
		s.best = s.best[:limit]
		s.worst = s.best[limit-1]
	}
}

// missing returns the most that complete can add to a candidate's sum.
func (s *search) missing(p int32) int64 {
	sum, signs := int64(0), s.f.signs[p]
	for i := range s.partial {
		if t := &s.partial[i]; signs&t.sign != 0 && (p < t.lo || p > t.hi) {
			sum += max(t.weight, 0)
		}
	}
	return sum
}

// count scores the documents in the windows.
func (s *search) count() {
	s.touched = s.touched[:0]
	for _, t := range s.terms {
		for _, p := range t.places {
			sc := &s.scores[p]
			if sc.matches == 0 {
				s.touched = append(s.touched, p)
			}
			sc.sum += t.weight
			sc.matches++
		}
	}
}

// complete adds the keywords of a candidate outside whose windows it is.
func (s *search) complete(sc *score, p int32) {
	signs := s.f.signs[p]
	for i := range s.partial {
		t := &s.partial[i]
		if signs&t.sign == 0 || t.lo <= p && p <= t.hi {
			continue
		}
		if s.f.sharedSigns {
			if _, ok := slices.BinarySearch(s.f.wordsOf.row(p), t.id); !ok {
				continue
			}
		}
		sc.sum += t.weight
		sc.matches++
	}
}

func (s *search) documents(matches []match) []int32 {
	if len(matches) == 0 {
		return nil
	}
	docs := make([]int32, len(matches))
	for i, m := range matches {
		docs[i] = s.f.order[m.place]
	}
	return docs
}

// relevant tells whether a score reaches the threshold.
func (f *Finder) relevant(sc score) bool {
	average := sc.sum / sc.matches
	norm := math.Floor(float64(average-f.min)/float64(f.max-f.min)*100 + 0.5)
	return int64(norm) >= int64(f.cfg.Threshold)/sc.matches
}
