package locale

import (
	"strconv"
	"strings"
	"time"
)

// appendPattern formats by a pattern of CLDR (Unicode Technical Standard #35,
// part 4, "Date Format Patterns"), of which those letters are known that
// data.txt has.
func (d *Dates) appendPattern(b []byte, t time.Time, pattern string) []byte {
	for i := 0; i < len(pattern); {
		c := pattern[i]
		switch {
		case c == '\'':
			text, n := quoted(pattern[i:])
			b = append(b, text...)
			i += n
		case 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z':
			n := 1
			for i+n < len(pattern) && pattern[i+n] == c {
				n++
			}
			b = d.appendField(b, t, pattern[i:i+n])
			i += n
		default:
			b = append(b, c)
			i++
		}
	}
	return b
}

// quoted returns the text in quotes that a pattern begins with, and its length
// with them. A pair of quotes is an apostrophe.
func quoted(s string) (text string, n int) {
	end := strings.IndexByte(s[1:], '\'')
	switch {
	case end < 0:
		return s[1:], len(s)
	case end == 0:
		return "'", 2
	}
	return s[1 : end+1], end + 2
}

// appendField formats one field, such as MMMM.
func (d *Dates) appendField(b []byte, t time.Time, field string) []byte {
	switch field {
	case "y":
		return strconv.AppendInt(b, int64(t.Year()), 10)
	case "H":
		return strconv.AppendInt(b, int64(t.Hour()), 10)
	case "MMMM":
		return append(b, d.months[t.Month()-1]...)
	case "MMM":
		return append(b, d.monthsAbbr[t.Month()-1]...)
	case "EEEE", "cccc":
		return append(b, d.days[t.Weekday()]...)
	case "EEE":
		return append(b, d.daysAbbr[t.Weekday()]...)
	case "G":
		return append(b, d.era...)
	case "a":
		if d.english {
			return append(b, d.halfLower[t.Hour()/12]...)
		}
		return append(b, d.half[t.Hour()/12]...)
	case "B":
		return append(b, d.hours[t.Hour()]...)
	case "zzzz":
		return d.appendZone(b, t)
	}
	return t.AppendFormat(b, goLayout(field))
}

// goLayout is the layout of package time for a field in digits, and a field
// that is none as it is.
func goLayout(field string) string {
	switch field {
	case "yy":
		return "06"
	case "M":
		return "1"
	case "MM":
		return "01"
	case "d":
		return "2"
	case "dd":
		return "02"
	case "HH":
		return "15"
	case "h":
		return "3"
	case "hh":
		return "03"
	case "m":
		return "4"
	case "mm":
		return "04"
	case "s":
		return "5"
	case "ss":
		return "05"
	case "z", "zzz":
		return "MST"
	}
	return field
}

// appendZone writes the name of t's time zone in English, and its
// abbreviation in other languages or if the zone isn't a common one.
func (d *Dates) appendZone(b []byte, t time.Time) []byte {
	if d.english {
		abbr, _ := t.Zone()
		if name := zoneName(abbr); name != "" {
			return append(b, name...)
		}
	}
	return t.AppendFormat(b, "MST")
}
