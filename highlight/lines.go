package highlight

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// lines is a set of lines, counted from 1.
type lines struct {
	ranges []lineRange
	offset int // in the info string
}

type lineRange struct{ from, to int }

// parse adds lines: numbers and ranges, with spaces or commas between them, in
// brackets and quotes if need be.
func (l *lines) parse(s string) error {
	const most = 1000
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(" \t\n,[]\"'", r) }) {
		first, last, isRange := strings.Cut(word, "-")
		from, err := strconv.Atoi(first)
		to := from
		if isRange && err == nil {
			to, err = strconv.Atoi(last)
		}
		if err != nil || from < 1 || to < from {
			return fmt.Errorf("%q is neither a line nor a range of lines, such as 4-6", word)
		}
		if len(l.ranges) == most {
			return fmt.Errorf("more than %d ranges of lines", most)
		}
		l.ranges = append(l.ranges, lineRange{from, to})
	}
	return nil
}

func (l *lines) has(n int) bool {
	return slices.ContainsFunc(l.ranges, func(r lineRange) bool { return r.from <= n && n <= r.to })
}

// last returns the last line, 0 if there are none.
func (l *lines) last() int {
	last := 0
	for _, r := range l.ranges {
		last = max(last, r.to)
	}
	return last
}
