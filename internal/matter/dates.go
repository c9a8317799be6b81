package matter

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// A layout as time.Parse takes it. Its 1, 2, 15, 4 and 5 accept one digit or
// two, and its 5 a fraction.
type layout struct {
	text  string
	zoned bool
}

// layouts are the notations of a date in a string, the common ones first. Those
// that begin with a year stand apart only to save trying the others.
var (
	yearFirst = []layout{
		{"2006-1-2", false},
		{"2006-1-2T15:4:5Z07:00", true},
		{"2006-1-2 15:4:5 Z0700", true},
		{"2006-1-2 15:4:5", false},
		{"2006-1-2T15:4:5", false},
		{"2006-1-2 15:4:5 Z07:00", true},
		{"2006-1-2 15:4:5Z07:00", true},
		{"2006-1-2 15:4:5Z0700", true},
		{"2006-1-2T15:4:5Z0700", true},
		{"2006-1-2T15:4", false},
		{"2006-1-2 15:4", false},
		{"2006-1-2T15:4Z07:00", true},
		{"2006-1-2T15:4Z0700", true},
		{"2006-1-2 15:4Z07:00", true},
		{"2006-1-2 15:4 Z07:00", true},
		{"2006-1-2 15:4 Z0700", true},
		{"2006-1-2 15:4:5 Z07", true},
		{"2006-1-2 15:4:5Z07", true},
		{"2006-1-2 15:4:5 MST", true},
		{"2006-1-2 15:4:5 -0700 MST", true},
		{"2006/1/2", false},
		{"2006/1/2 15:4:5", false},
		{"2006/1/2 15:4", false},
		{"2006/1/2 15:4:5 Z0700", true},
	}
	nameFirst = []layout{
		{"2 Jan 2006", false},
		{"2 January 2006", false},
		{"Jan 2, 2006", false},
		{"January 2, 2006", false},
		{"Jan 2 2006", false},
		{"January 2 2006", false},
		{"2 Jan 2006 15:4:5", false},
		{"2 January 2006 15:4:5", false},
		{"2 Jan 2006 15:4:5 Z0700", true},
		{"2 Jan 2006 15:4", false},
		{"2 January 2006 15:4", false},
		{"Jan 2, 2006 15:4:5", false},
		{"January 2, 2006 15:4:5", false},
		{"Jan 2, 2006 15:4", false},
		{"January 2, 2006 15:4", false},
		{"Mon, 2 Jan 2006", false},
		{"Mon, 2 Jan 2006 15:4:5 Z0700", true}, // RFC 1123 and RFC 5322
		{"Mon, 2 Jan 2006 15:4:5 MST", true},
		{"Mon Jan _2 15:4:5 2006", false},
		{"Mon Jan _2 15:4:5 2006 Z0700", true}, // as git has it
		{"Mon Jan _2 15:4:5 MST 2006", true},
		{"Mon Jan _2 15:4:5 Z0700 2006", true},
	}
)

// ParseTime reads a date, with or without a time of day, in one of the usual
// notations: 2006-01-02, 2006-01-02 15:04:05, 2006-01-02 15:04:05 -0700,
// RFC 3339, RFC 1123, 2 Jan 2006, January 2, 2006 and others like these, but
// not those whose order of day and month must be guessed. The seconds can be
// left out. Of the zones' abbreviations only UTC and GMT are known. A date
// without zone is in loc (nil means UTC). White space alone is the zero Time.
func ParseTime(s string, loc *time.Location) (time.Time, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return time.Time{}, nil
	}
	t, zoned, err := parseTime(s)
	if err != nil {
		return time.Time{}, err
	}
	return inLocation(t, zoned, loc), nil
}

// parseTime reads a date; one without zone is returned in UTC.
func parseTime(s string) (t time.Time, zoned bool, err error) {
	if t, zoned, ok := exactTime(s); ok {
		return t, zoned, nil
	}
	layouts, text, fits := nameFirst, s, func(layout) bool { return true }
	if len(s) > 4 && (s[4] == '-' || s[4] == '/') {
		text = strings.ToUpper(s) // RFC 3339 allows t and z
		layouts, fits = yearFirst, fitsShape(text)
	}
	reason := ""
	for _, l := range layouts {
		if !fits(l) {
			continue
		}
		// Not time.Parse, whose result depends on the machine's zone.
		t, err := time.ParseInLocation(l.text, text, time.UTC)
		if err == nil && knownZone(t, l) {
			return t, l.zoned, nil
		}
		if p, ok := errors.AsType[*time.ParseError](err); ok && strings.HasSuffix(p.Message, "out of range") {
			reason = p.Message
		}
	}
	return time.Time{}, false, fmt.Errorf("invalid date %s%s (want 2006-01-02, 2006-01-02 15:04:05 or RFC 3339, such as 2006-01-02T15:04:05Z)", quoteKey(s), reason)
}

// fitsShape tells the layouts with a year first that can fit a text from those
// that can't, as trying one is costly: what separates date and time must agree,
// and whether there is a zone.
func fitsShape(text string) func(layout) bool {
	const date = len("2006-1-2")
	separator, zoned := byte(0), false
	if i := strings.IndexAny(text, "T "); i >= 0 {
		separator = text[i]
		zoned = strings.ContainsAny(text[i:], "Z+-C") || strings.HasSuffix(text, "GMT")
	}
	return func(l layout) bool {
		if len(l.text) == date {
			return separator == 0
		}
		return l.text[date] == separator && l.zoned == zoned
	}
}

// knownZone rules out the zone of offset 0 that package time makes up for an
// abbreviation that it doesn't know.
func knownZone(t time.Time, l layout) bool {
	if !strings.HasSuffix(l.text, "MST") && !strings.Contains(l.text, "MST ") || strings.Contains(l.text, "0700") {
		return true
	}
	name, _ := t.Zone()
	return name == "UTC" || name == "GMT"
}
