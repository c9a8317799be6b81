package main

import (
	"fmt"
	"io"
	"slices"
)

func wallOf(u usage) float64 { return u.wall }
func cpuOf(u usage) float64  { return u.cpu }
func peakOf(u usage) float64 { return u.peak }

// printTable prints medians, and those of the ratios that each round gave.
func printTable(w io.Writer, list []*contender) {
	base := yardstick(list)
	fmt.Fprintf(w, "\n| %d runs | wall s | CPU s | peak MB | wall / %[2]s | CPU / %[2]s | peak / %[2]s | files | hash |\n", len(base.runs), base.name)
	fmt.Fprintln(w, "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |")
	for _, c := range list {
		fmt.Fprintf(w, "| %s | %.2f | %.2f | %.0f | %s | %s | %s | %d | %s |\n", c.name,
			c.median(wallOf), c.median(cpuOf), c.median(peakOf),
			c.ratio(base, wallOf), c.ratio(base, cpuOf), c.ratio(base, peakOf), c.files, c.sum)
	}
}

// printGrowth prints by how much the time and the memory of a page change with the number of pages.
func printGrowth(w io.Writer, sizes []int, results [][]*contender) {
	fmt.Fprintf(w, "\nGrowth from %d pages:\n\n| | pages | wall | CPU | peak |\n| --- | ---: | ---: | ---: | ---: |\n", sizes[0])
	for i, c := range results[0] {
		for k, list := range results[1:] {
			now := list[i]
			fmt.Fprintf(w, "| %s | %.1f | %s | %s | %s |\n", c.name, float64(sizes[k+1])/float64(sizes[0]),
				quotient(now.median(wallOf), c.median(wallOf)), quotient(now.median(cpuOf), c.median(cpuOf)),
				quotient(now.median(peakOf), c.median(peakOf)))
		}
	}
}

func (c *contender) median(of func(usage) float64) float64 {
	values := make([]float64, len(c.runs))
	for i, u := range c.runs {
		values[i] = of(u)
	}
	return median(values)
}

// ratio returns the median of the ratios to another contender in the same round, which are what a
// busy machine disturbs least.
func (c *contender) ratio(base *contender, of func(usage) float64) string {
	values := make([]float64, len(c.runs))
	for i, u := range c.runs {
		if of(base.runs[i]) == 0 {
			return ""
		}
		values[i] = of(u) / of(base.runs[i])
	}
	return fmt.Sprintf("%.2f", median(values))
}

func quotient(a, b float64) string {
	if b == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f", a/b)
}

// median returns the value in the middle, or the mean of the two there.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	if n == 0 {
		return 0
	}
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
