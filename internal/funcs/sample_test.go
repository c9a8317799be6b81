package funcs

import (
	"fmt"
	"slices"
	"testing"
)

func TestSample(t *testing.T) {
	for _, test := range []struct {
		args [3]any
		want string
	}{
		// What Hugo documents, and what its tests expect.
		{[3]any{6, 7, 42}, "[4 9 10 20 22 24 41]"},
		{[3]any{2, 7, 42}, "[3 11 19 25 32 33 38]"},
		{[3]any{6, 42, 7}, "[0 1 2 3 4 5 6]"},
		{[3]any{2, 10, 100}, "[6 20 34 45 58 59 64 69 70 72]"},
		{[3]any{3, 10, 100}, "[8 11 22 26 30 40 74 76 93 95]"},
		{[3]any{4, 5, 1000}, "[183 283 443 501 531]"},
		{[3]any{5, 15, 100000}, "[12984 17778 20370 23830 27120 33258 45718 50064 57096 58580 80960 84396 84594 95561 97687]"},

		{[3]any{6, 0, 7}, "[]"},
		{[3]any{6, 7, 0}, "[]"},
		{[3]any{6, "7", 7}, "[0 1 2 3 4 5 6]"},
		{[3]any{uint64(1<<64 - 1), 1, 1}, "[0]"},
	} {
		got, err := Collections{}.D(test.args[0], test.args[1], test.args[2])
		if fmt.Sprint(got) != test.want || err != nil {
			t.Errorf("%v: %v, %v, want %s", test.args, got, err, test.want)
		}
	}
	for _, e := range []example{
		{`{{ collections.D -1 1 1 }}`, "collections.D: want a seed from 0 to 2^64-1, have int"},
		{`{{ collections.D 1.5 1 1 }}`, "collections.D: want a seed"},
		{`{{ collections.D "1" 1 1 }}`, `collections.D: want numbers, have string "1"`},
		{`{{ collections.D 1 -1 1 }}`, "collections.D: -1 isn't within 0 to 1000000"},
		{`{{ collections.D 1 1 1000001 }}`, "collections.D: 1000001 isn't within"},
		{`{{ collections.D 1 1 "x" }}`, "collections.D: the count or the bound: want a whole number"},
	} {
		e.fail(t, nil)
	}
}

// Every sample is sorted, without repeats, in its range, and of the right
// size; every number is drawn about as often as any other.
func TestSampleIsUniform(t *testing.T) {
	const high, rounds = 60, 4000
	for _, n := range []int{1, 2, 4, 5, 30, 59, 60} {
		counts := make([]int, high)
		for seed := range rounds {
			got, err := Collections{}.D(seed, n, high)
			if err != nil || len(got) != n || !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != n {
				t.Fatalf("%d of %d with seed %d: %v, %v", n, high, seed, got, err)
			}
			for _, v := range got {
				counts[v]++
			}
		}
		mean := rounds * n / high
		if least, most := slices.Min(counts), slices.Max(counts); least*10 < mean*5 || most*10 > mean*15 {
			t.Errorf("%d of %d: drawn %d to %d times, want about %d", n, high, least, most, mean)
		}
	}
	got, err := Collections{}.D(7, 10_000, 1_000_000)
	if err != nil || len(got) != 10_000 || !slices.IsSorted(got) || got[0] < 0 || got[9999] >= 1_000_000 {
		t.Errorf("%d numbers, %v", len(got), err)
	}
}
