package funcs

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// D returns a sorted random sample of N of the whole numbers from 0 up to but
// without HIGH: collections.D SEED N HIGH. The same arguments give the same sample
// in every build. N and HIGH are at most a million; if N is greater than HIGH, all
// numbers are returned.
func (Collections) D(seed, n, high any) ([]int, error) {
	const fn = "collections.D"
	start, err := toNumber(fn, seed)
	if err != nil {
		return nil, err
	}
	if start.float || start.neg && start.mag > 0 {
		return nil, wrong(fn, "a seed from 0 to 2^64-1", seed)
	}
	var bounds [2]int
	for i, v := range []any{n, high} {
		if bounds[i], err = whole(fn, "the count or the bound", v); err != nil {
			return nil, err
		}
		if bounds[i] < 0 || bounds[i] > maxSeq {
			return nil, fmt.Errorf("%s: %d isn't within 0 to %d", fn, bounds[i], maxSeq)
		}
	}
	count, end := bounds[0], bounds[1]
	if count == 0 || end == 0 {
		return []int{}, nil
	}
	if count > end {
		return sequence(0, 1, end-1)
	}
	s := sampler{random: rand.NewPCG(start.mag, 0), left: count, size: end, last: -1}
	return s.sample(), nil
}

// sampler draws without replacement and in order, by J. S. Vitter's methods D and A
// ("An Efficient Algorithm for Sequential Random Sampling", ACM Transactions on
// Mathematical Software 13, 1987), in the names of that paper: left is n, size is N.
type sampler struct {
	random *rand.PCG
	left   int // how many are still to be drawn
	size   int // how many numbers are still to be drawn from
	last   int // the number drawn last
	chosen []int
}

// uniform returns a number from 0 up to but without 1.
func (s *sampler) uniform() float64 {
	return float64(s.random.Uint64()<<11>>11) / (1 << 53)
}

// root returns the nth root of a uniform number, for the exponent 1/n. The
// paper's form of it is kept: it decides the last bit, and with it the sample.
func (s *sampler) root(exponent float64) float64 {
	return math.Exp(math.Log(s.uniform()) * exponent)
}

// take draws the number that follows skip others.
func (s *sampler) take(skip int) {
	s.last += skip + 1
	s.chosen = append(s.chosen, s.last)
	s.size -= skip + 1
	s.left--
}

// sparse is the least ratio of numbers to draws from which on method D is faster.
const sparse = 13

func (s *sampler) sample() []int {
	s.chosen = make([]int, 0, s.left)
	v := s.root(1 / float64(s.left))
	for s.left > 1 && sparse*s.left < s.size {
		var skip int
		skip, v = s.skip(v)
		s.take(skip)
	}
	if s.left > 1 {
		s.dense()
		v = s.uniform()
	}
	s.take(int(math.Floor(float64(s.size) * v)))
	return s.chosen
}

// skip is one step of method D: how many numbers come before the next one
// that is drawn, and the variate for the next step.
func (s *sampler) skip(v float64) (int, float64) {
	n, size := float64(s.left), float64(s.size)
	starts := s.size - s.left + 1 // where the rest of the sample may begin
	exponent, next := 1/n, 1/(n-1)
	for {
		x := size * (1 - v)
		skip := int(math.Floor(x))
		for skip >= starts {
			v = s.root(exponent)
			x = size * (1 - v)
			skip = int(math.Floor(x))
		}
		y := math.Exp(math.Log(s.uniform()*size/float64(starts)) * next)
		v = y * (1 - x/size) * (float64(starts) / float64(starts-skip))
		if v <= 1 {
			return skip, v
		}
		if size/(size-x) >= y*math.Exp(math.Log(s.falling(skip))*next) {
			return skip, s.root(next)
		}
		v = s.root(exponent)
	}
}

// falling is the quotient of two falling factorials that method D's exact
// test for rejection needs.
func (s *sampler) falling(skip int) float64 {
	bottom, limit := float64(s.size-s.left), s.size-skip
	if s.left-1 <= skip {
		bottom, limit = float64(s.size-skip-1), s.size-s.left+1
	}
	out := 1.0
	top := float64(s.size - 1)
	for t := s.size - 1; t >= limit; t-- {
		out = out * top / bottom
		top--
		bottom--
	}
	return out
}

// dense is method A, which looks at each number, for all but the last draw.
func (s *sampler) dense() {
	for s.left > 1 {
		v := s.uniform()
		skip, size := 0, s.size
		free := size - s.left // how many aren't drawn
		rest := float64(free) / float64(size)
		for rest > v {
			skip++
			size--
			free--
			rest = rest * float64(free) / float64(size)
		}
		s.take(skip)
	}
}
