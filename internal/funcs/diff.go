package funcs

import (
	"fmt"
	"slices"
	"strings"
)

// Diff returns what differs between two texts, line by line, in the unified
// format of the program diff: strings.Diff OLDNAME OLD NEWNAME NEW. Equal texts give
// "". Lines are matched around those that are in both texts once, so the result
// is not always the shortest, but is found fast and reads well.
func (Strings) Diff(oldName, old, newName, new any) (string, error) {
	const fn = "strings.Diff"
	from, to, err := text2(fn, oldName, newName)
	if err != nil {
		return "", err
	}
	a, b, err := text2(fn, old, new)
	if err != nil || a == b {
		return "", err
	}
	d := differ{a: diffLines(a), b: diffLines(b)}
	fmt.Fprintf(&d.out, "diff %s %s\n--- %s\n+++ %s\n", from, to, from, to)
	d.diff()
	return d.out.String(), fits(fn, d.out.Len())
}

// diffLines splits text behind each newline. A last line without one says so.
func diffLines(s string) []string {
	lines := slices.Collect(strings.Lines(s))
	if n := len(lines); n > 0 && !strings.HasSuffix(lines[n-1], "\n") {
		lines[n-1] += "\n\\ No newline at end of file\n"
	}
	return lines
}

// differ writes the hunks of a diff of lines.
type differ struct {
	a, b []string
	out  strings.Builder
}

// diffContext is how many equal lines stand around those that differ.
const diffContext = 3

// match is a run of equal lines.
type match struct{ a, b, n int }

func (d *differ) diff() {
	runs := d.matches()
	for first := 0; first < len(runs)-1; {
		// A hunk goes on over runs too short to end it.
		last := first + 1
		for last < len(runs)-1 && runs[last].n <= 2*diffContext {
			last++
		}
		d.hunk(runs[first : last+1])
		first = last
	}
}

// matches returns the runs of equal lines in order, with one at the beginning and one
// at the end, which may be empty.
func (d *differ) matches() []match {
	var runs []match
	done := match{} // where the last run ended
	for _, at := range append(d.anchors(), match{len(d.a), len(d.b), 0}) {
		if at.a < done.a || len(runs) > 0 && at.a == done.a && at.b == done.b {
			continue // within the last run, or the end right behind it
		}
		run := at
		for run.a > done.a && run.b > done.b && d.a[run.a-1] == d.b[run.b-1] {
			run.a, run.b, run.n = run.a-1, run.b-1, run.n+1
		}
		for run.a+run.n < len(d.a) && run.b+run.n < len(d.b) && d.a[run.a+run.n] == d.b[run.b+run.n] {
			run.n++
		}
		if len(runs) == 0 && (run.a > 0 || run.b > 0) {
			runs = append(runs, match{})
		}
		runs = append(runs, run)
		done = match{a: run.a + run.n, b: run.b + run.n}
	}
	return runs
}

// anchors returns the longest sequence, in the order of both texts, of lines that
// each has once, with the common beginning before it.
func (d *differ) anchors() []match {
	places := make(map[string]match, len(d.a))
	for i, line := range d.a {
		p := places[line]
		places[line] = match{a: i, n: min(p.n+1, 2)} // two are many
	}
	const other = 4 // counts the lines of b
	for i, line := range d.b {
		if p, ok := places[line]; ok {
			places[line] = match{a: p.a, b: i, n: p.n + other}
		}
	}
	out := []match{{}}
	if len(d.a) == 0 || len(d.b) == 0 || d.a[0] != d.b[0] {
		out = nil
	}
	var unique []match
	for _, line := range d.a {
		if p := places[line]; p.n == 1+other {
			unique = append(unique, match{a: p.a, b: p.b})
		}
	}
	return append(out, increasing(unique)...)
}

// increasing returns the longest subsequence whose b increase.
func increasing(all []match) []match {
	ends := []int{}                 // by length, the end of the sequence with the least b
	before := make([]int, len(all)) // the predecessor of each, or -1
	for i, m := range all {
		n, _ := slices.BinarySearchFunc(ends, m.b, func(end, b int) int { return all[end].b - b })
		before[i] = -1
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	out := make([]match, len(ends))
	if len(ends) == 0 {
		return out
	}
	at := ends[len(ends)-1]
	for i := range slices.Backward(out) {
		out[i] = all[at]
		at = before[at]
	}
	return out
}

// hunk writes the lines between runs, with the runs themselves, of which the first
// and the last are cut.
func (d *differ) hunk(runs []match) {
	runs = slices.Clone(runs)
	first, last := &runs[0], &runs[len(runs)-1]
	skip := max(0, first.n-diffContext)
	first.a, first.b, first.n = first.a+skip, first.b+skip, first.n-skip
	last.n = min(last.n, diffContext)
	fmt.Fprintf(&d.out, "@@ -%s +%s @@\n",
		hunkRange(first.a, last.a+last.n), hunkRange(first.b, last.b+last.n))
	for i, run := range runs {
		if i > 0 {
			prev := runs[i-1]
			d.lines("-", d.a[prev.a+prev.n:run.a])
			d.lines("+", d.b[prev.b+prev.n:run.b])
		}
		d.lines(" ", d.a[run.a:run.a+run.n])
	}
}

// hunkRange is the number of the first line and how many there are. Without
// lines, it is the number of the line before.
func hunkRange(from, to int) string {
	n := to - from
	if n > 0 {
		from++
	}
	return fmt.Sprintf("%d,%d", from, n)
}

func (d *differ) lines(mark string, lines []string) {
	for _, line := range lines {
		d.out.WriteString(mark)
		d.out.WriteString(line)
	}
}
