// Package suggest finds the known name that a misspelt one was meant to be.
package suggest

import (
	"slices"
	"strings"
)

// Name returns the candidate nearest to name by edit distance (with
// neighbouring letters swapped counting as one edit), or "" when none is
// near enough to be a likely slip. Case is ignored. Ties go to the
// candidate that sorts first.
func Name(name string, candidates []string) string {
	limit := 1 + len([]rune(name))/4
	best, bestDist := "", limit+1
	low := []rune(strings.ToLower(name))
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		d := distance(low, []rune(strings.ToLower(c)), limit)
		if d < bestDist {
			best, bestDist = c, d
		}
	}
	return best
}

// DidYouMean returns ` (did you mean "x"?)` for the nearest candidate, or "".
func DidYouMean(name string, candidates []string) string {
	if s := Name(name, candidates); s != "" {
		return ` (did you mean "` + s + `"?)`
	}
	return ""
}

// distance is the optimal string alignment distance, or more than limit as
// soon as it is known to exceed it.
func distance(a, b []rune, limit int) int {
	if abs(len(a)-len(b)) > limit {
		return limit + 1
	}
	prev2 := make([]int, len(b)+1)
	prev := make([]int, len(b)+1)
	cur := make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		if slices.Min(cur) > limit {
			return limit + 1
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(b)]
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
