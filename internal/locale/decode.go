package locale

import (
	_ "embed"
	"strings"
)

// data is the facts by locale. An entry begins with a line of "@", its name
// and the name of the entry that it completes, or "root". Each line below is
// a letter and what it stands for, separated by "|":
//
//	M m  months, wide and abbreviated; they stand for L and l as well
//	L l  months, stand-alone, where different
//	D d  weekdays from Sunday, wide and abbreviated
//	P    am and pm
//	B    the part of the day of each hour
//	G    the era
//	F T  the full, long, medium and short pattern of dates and times
//
//go:embed data.txt
var data string

// load decodes the entry of that name over that of its parent. It returns nil
// if there is none. Strings are parts of data, so little is allocated.
func load(name string) *Dates {
	header := "\n@" + name + " "
	at := strings.Index(data, header)
	if at < 0 {
		return nil
	}
	entry := data[at+len(header):]
	if end := strings.Index(entry, "\n@"); end >= 0 {
		entry = entry[:end]
	}
	parent, lines, _ := strings.Cut(entry, "\n")
	d := load(parent)
	if d == nil {
		d = new(Dates)
	}
	d.name = name
	d.english = name == "en" || strings.HasPrefix(name, "en-")
	for line := range strings.Lines(lines) {
		d.decode(line[0], strings.TrimSuffix(line[2:], "\n"))
	}
	for i, s := range d.half {
		d.halfLower[i] = strings.ToLower(s)
	}
	return d
}

// decode takes one line of an entry.
func (d *Dates) decode(kind byte, values string) {
	switch kind {
	case 'M':
		split(d.months[:], values)
		d.alone = d.months
	case 'm':
		split(d.monthsAbbr[:], values)
		d.aloneAbbr = d.monthsAbbr
	case 'L':
		split(d.alone[:], values)
	case 'l':
		split(d.aloneAbbr[:], values)
	case 'D':
		split(d.days[:], values)
	case 'd':
		split(d.daysAbbr[:], values)
	case 'P':
		split(d.half[:], values)
	case 'B':
		split(d.hours[:], values)
	case 'G':
		d.era = values
	case 'F':
		split(d.date[:], values)
	case 'T':
		split(d.time[:], values)
	}
}

func split(into []string, values string) {
	for i := range into {
		into[i], values, _ = strings.Cut(values, "|")
	}
}
