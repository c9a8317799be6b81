package jam

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// TestNewest compares the newest pages of lists in any order with what sorting them gives.
func TestNewest(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 19, 20, 21, 300} {
		l := &loader{snap: &snapshot{model: new(model)}}
		var list, want []pageID
		for i := range n {
			d := newPage(nil, KindPage, "/p")
			d.meta.Date = time.Unix(int64(r.IntN(n/2+1)), 0) // some of one date
			d.route = &route{page: d}
			switch i % 7 {
			case 5:
				d.meta.Date = time.Time{}
			case 6:
				d.route = nil
			default:
				want = append(want, pageID(i))
			}
			l.snap.pages = append(l.snap.pages, d)
			list = append(list, pageID(i))
		}
		slices.SortFunc(want, func(a, b pageID) int {
			return cmp.Or(l.snap.pages[b].meta.Date.Compare(l.snap.pages[a].meta.Date), cmp.Compare(a, b))
		})
		for range 5 {
			for _, most := range []int{-1, 0, 1, 2, 20, 100, 101, 1000} {
				first := want
				if most >= 0 {
					first = want[:min(most, len(want))]
				}
				if got := l.newest(list, most); !slices.Equal(got, first) {
					t.Errorf("the %d newest of %d: %v, want %v", most, n, got, first)
				}
			}
			r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		}
	}
}
