package funcs

import (
	"fmt"
	"strings"
	"time"

	"github.com/jam-go/jam/internal/suggest"
)

// timeLayouts are the forms of dates that are understood, the most usual first.
var timeLayouts = []string{
	time.RFC3339,
	"2006-01-02",
	"2006-01-02T15:04:05",
	"2006-01-02T15:04:05Z0700",
	"2006-01-02 15:04:05",
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05 Z07:00",
	"2006-01-02 15:04:05Z0700",
	"2006-01-02 15:04:05 Z0700",
	"2006-01-02 15:04:05 -0700 MST", // time.Time's String
	"2006-01-02T15:04",
	"2006-01-02 15:04",
	"2006-01-02T15:04Z07:00",
	"2006-01-02 15:04Z07:00",
	"2006-01-02 15:04 Z0700",
	"2006-1-2",
	"2006-01",
	"2 Jan 2006",
	"2 January 2006",
	"Jan 2, 2006",
	"January 2, 2006",
	time.RFC1123Z,
	time.RFC1123,
	"Mon, 2 Jan 2006 15:04:05 -0700",
	"Mon, 2 Jan 2006 15:04:05 MST",
	time.RFC850,
	time.RFC822Z,
	time.RFC822,
	time.ANSIC,
	time.UnixDate,
	time.RubyDate,
}

// parseTime parses a date in any of the usual forms. A date without zone is
// in loc.
func parseTime(s string, loc *time.Location) (time.Time, error) {
	for _, layout := range timeLayouts {
		if t, err := time.ParseInLocation(layout, s, loc); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("can't read %q as a date: write it like 2006-01-02 or 2006-01-02T15:04:05+01:00", s)
}

// tokens are the layouts that follow the customs of a language, here English
// as written in the United States (CLDR's formats of that name).
var tokens = map[string]string{
	":date_full":   "Monday, January 2, 2006",
	":date_long":   "January 2, 2006",
	":date_medium": "Jan 2, 2006",
	":date_short":  "1/2/06",
	":time_full":   "3:04:05 pm ",
	":time_long":   "3:04:05 pm MST",
	":time_medium": "3:04:05 pm",
	":time_short":  "3:04 pm",
}

// formatTime formats t by a layout of package time or a token.
func formatTime(t time.Time, layout string) (string, error) {
	if !strings.HasPrefix(layout, ":date_") && !strings.HasPrefix(layout, ":time_") {
		return t.Format(layout), nil
	}
	of, ok := tokens[layout]
	if !ok {
		known := make([]string, 0, len(tokens))
		for k := range tokens {
			known = append(known, k)
		}
		return "", fmt.Errorf("time.Format: unknown token %q%s", layout, suggest.DidYouMean(layout, known))
	}
	s := t.Format(of)
	if layout == ":time_full" {
		s += zoneName(t)
	}
	return s, nil
}

// zoneName is the long English name of t's time zone if it is a common one,
// and else its abbreviation.
func zoneName(t time.Time) string {
	abbr, _ := t.Zone()
	if name, ok := zoneNames[abbr]; ok {
		return name
	}
	return abbr
}

var zoneNames = map[string]string{
	"UTC": "Coordinated Universal Time", "GMT": "Greenwich Mean Time",
	"AKDT": "Alaska Daylight Time", "AKST": "Alaska Standard Time",
	"CDT": "Central Daylight Time", "EDT": "Eastern Daylight Time", "EST": "Eastern Standard Time",
	"MDT": "Mountain Daylight Time", "MST": "Mountain Standard Time",
	"PDT": "Pacific Daylight Time", "PST": "Pacific Standard Time",
	"HST": "Hawaii-Aleutian Standard Time",
	"WET": "Western European Standard Time", "WEST": "Western European Summer Time",
	"CET": "Central European Standard Time", "CEST": "Central European Summer Time",
	"EET": "Eastern European Standard Time", "EEST": "Eastern European Summer Time",
	"BST": "British Summer Time", "JST": "Japan Standard Time",
	"AEST": "Australian Eastern Standard Time", "AEDT": "Australian Eastern Daylight Time",
	"NZST": "New Zealand Standard Time", "NZDT": "New Zealand Daylight Time",
}
