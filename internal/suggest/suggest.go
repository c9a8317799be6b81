// Package suggest finds the known name that a misspelt one was meant to be.
package suggest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Name returns the candidate nearest to name by edit distance (with
// neighbouring letters swapped counting as one edit), or "" when none is
// near enough to be a likely slip. Case is ignored. Ties go to the
// candidate that sorts first.
func Name(name string, candidates []string) string {
	size := utf8.RuneCountInString(name)
	best, near := "", 1+size/4
	found := false
	var p pattern
	p.set(name, size)
	for _, c := range candidates {
		if n := utf8.RuneCountInString(c); n > size+near || n < size-near || found && near == 0 && c >= best {
			continue
		}
		if d := p.distance(c, near); d < near || d == near && (!found || c < best) {
			best, near, found = c, d, true
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

// pattern is a name to which others are compared: with up to 64 characters by
// the bit-parallel algorithm of Hyyrö (A Bit-Vector Algorithm for Computing
// Levenshtein and Damerau Edit Distances, 2003), in which a word holds a column
// of the matrix.
type pattern struct {
	size  int
	runes [64]rune
	at    [utf8.RuneSelf]uint64 // where an ASCII character stands
	long  []rune                // a name that is too long for that, or empty
}

func (p *pattern) set(name string, size int) {
	p.size = size
	if size == 0 || size > len(p.runes) {
		p.long = []rune(strings.ToLower(name))
		return
	}
	i := 0
	for _, r := range name {
		r = unicode.ToLower(r)
		p.runes[i] = r
		if r < utf8.RuneSelf {
			p.at[r] |= 1 << i
		}
		i++
	}
}

// places returns where r stands in the name.
func (p *pattern) places(r rune) (places uint64) {
	if r < utf8.RuneSelf {
		return p.at[r]
	}
	for i, c := range p.runes[:p.size] {
		if c == r {
			places |= 1 << i
		}
	}
	return places
}

// distance is the optimal string alignment distance of the name and s, in lower
// case, or a number above limit as soon as it is known to exceed that.
func (p *pattern) distance(s string, limit int) int {
	if p.size == 0 || p.size > len(p.runes) {
		return distance(p.long, []rune(strings.ToLower(s)), limit)
	}
	last := uint64(1) << (p.size - 1)
	d, left := p.size, utf8.RuneCountInString(s)
	up, down := ^uint64(0), uint64(0) // where the column's next number is larger, or smaller
	var diagonal, before uint64       // where a number equals that before it on its diagonal; the places of the character before
	for _, r := range s {
		at := p.places(unicode.ToLower(r))
		swapped := (^diagonal & at) << 1 & before
		diagonal = ((at & up) + up ^ up) | at | down | swapped
		right, shrunk := down|^(diagonal|up), diagonal&up
		if right&last != 0 {
			d++
		} else if shrunk&last != 0 {
			d--
		}
		if left--; d-left > limit {
			return d
		}
		right, shrunk = right<<1|1, shrunk<<1
		up, down = shrunk|^(diagonal|right), right&diagonal
		before = at
	}
	return d
}

// distance computes the same of any strings, row by row.
func distance(a, b []rune, limit int) int {
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
