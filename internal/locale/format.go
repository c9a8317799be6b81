package locale

import (
	"fmt"
	"strings"
	"time"

	"github.com/jam-go/jam/internal/suggest"
)

// tokens stand for the formats of the language, in the order of Dates.date
// and Dates.time.
var tokens = [8]string{
	":date_full", ":date_long", ":date_medium", ":date_short",
	":time_full", ":time_long", ":time_medium", ":time_short",
}

// Format formats a time by a layout of package time or by a token.
//
// In a layout, January, Jan, Monday, Mon, PM and pm stand for the words of the
// language, and all else for what package time says. A month has the form
// used in dates (марта) where the layout has a day of the month, and else the
// one used alone (март). In English the result is that of [time.Time.Format].
//
// The tokens are :date_full, :date_long, :date_medium and :date_short, and the
// same with time, for the formats of the language. Another name after :date_
// or :time_ is an error.
func (d *Dates) Format(t time.Time, layout string) (string, error) {
	var room [96]byte
	if !strings.HasPrefix(layout, ":date_") && !strings.HasPrefix(layout, ":time_") {
		return string(d.appendLayout(room[:0], t, layout)), nil
	}
	for i, token := range tokens {
		if token != layout {
			continue
		}
		if i < len(d.date) {
			return string(d.appendPattern(room[:0], t, d.date[i])), nil
		}
		return string(d.appendPattern(room[:0], t, d.time[i-len(d.date)])), nil
	}
	return "", fmt.Errorf("unknown token %q%s", layout, suggest.DidYouMean(layout, tokens[:]))
}

// appendLayout formats by a layout of package time. What is between the words
// is left to that package, piece by piece.
func (d *Dates) appendLayout(b []byte, t time.Time, layout string) []byte {
	months, monthsAbbr := &d.alone, &d.aloneAbbr
	if hasDay(layout) {
		months, monthsAbbr = &d.months, &d.monthsAbbr
	}
	start := 0
	for i := 0; i < len(layout); {
		e, n := nextElement(layout[i:])
		if e <= day {
			i += n
			continue
		}
		if start < i {
			b = t.AppendFormat(b, layout[start:i])
		}
		switch e {
		case plain:
			b = append(b, layout[i:i+n]...)
		case monthWide:
			b = append(b, months[t.Month()-1]...)
		case monthAbbr:
			b = append(b, monthsAbbr[t.Month()-1]...)
		case weekdayWide:
			b = append(b, d.days[t.Weekday()]...)
		case weekdayAbbr:
			b = append(b, d.daysAbbr[t.Weekday()]...)
		case upperHalf:
			b = append(b, d.half[t.Hour()/12]...)
		case lowerHalf:
			b = append(b, d.halfLower[t.Hour()/12]...)
		}
		i += n
		start = i
	}
	return t.AppendFormat(b, layout[start:])
}

// hasDay reports whether a layout has a day of the month.
func hasDay(layout string) bool {
	for i := 0; i < len(layout); {
		e, n := nextElement(layout[i:])
		if e == day {
			return true
		}
		i += n
	}
	return false
}

// element is a kind of part of a layout. Those after day aren't left to
// package time.
type element byte

const (
	other element = iota
	day
	plain // Jan or Mon at the beginning of some other word
	monthWide
	monthAbbr
	weekdayWide
	weekdayAbbr
	upperHalf
	lowerHalf
)

// nextElement returns the kind and the length of the part that a layout
// begins with. Of numbers only those are taken whole that have a 2 in them or
// whose end could pass for the beginning of such a one.
func nextElement(s string) (element, int) {
	switch s[0] {
	case 'J':
		return word(s, "Jan", "January", monthAbbr, monthWide)
	case 'M':
		return word(s, "Mon", "Monday", weekdayAbbr, weekdayWide)
	case 'P':
		if strings.HasPrefix(s, "PM") {
			return upperHalf, 2
		}
	case 'p':
		if strings.HasPrefix(s, "pm") {
			return lowerHalf, 2
		}
	case '2':
		if strings.HasPrefix(s, "2006") {
			return other, 4
		}
		return day, 1
	case '0', '_', '-', 'Z':
		return number(s)
	}
	return other, 1
}

// word finds a word in its long or short form. A small letter after the short
// form makes it plain text, which package time must not see without that letter.
func word(s, short, long string, shortKind, longKind element) (element, int) {
	n := len(short)
	switch {
	case strings.HasPrefix(s, long):
		return longKind, len(long)
	case !strings.HasPrefix(s, short):
		return other, 1
	case len(s) > n && 'a' <= s[n] && s[n] <= 'z':
		return plain, n
	}
	return shortKind, n
}

// offsets are the time zones of layouts, behind their sign and with the longest first.
var offsets = [...]string{"070000", "07:00:00", "0700", "07:00", "07"}

// number finds the numbers that begin with 0, _ or a sign.
func number(s string) (element, int) {
	switch {
	case s[0] == '-' || s[0] == 'Z':
		for _, zone := range offsets {
			if strings.HasPrefix(s[1:], zone) {
				return other, 1 + len(zone)
			}
		}
	case strings.HasPrefix(s, "002"), strings.HasPrefix(s, "__2"):
		return other, 3
	case strings.HasPrefix(s, "02"):
		return day, 2
	case strings.HasPrefix(s, "_2") && !strings.HasPrefix(s, "_2006"):
		return day, 2
	case s[0] == '0' && len(s) > 1 && '1' <= s[1] && s[1] <= '6':
		return other, 2
	}
	return other, 1
}
