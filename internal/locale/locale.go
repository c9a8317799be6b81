// Package locale writes dates in the language of a page.
//
// golang.org/x/text knows no names of months and days, so this package carries
// them: facts of the Unicode Common Locale Data Repository (CLDR 48.2.0,
// https://cldr.unicode.org), namely the names of months, weekdays and halves
// of the day, and the full, long, medium and short formats of dates and times,
// for each language of at least basic coverage there, with the regional
// variants that differ. gen/main.go extracts them into data.txt; the terms of
// the data are in LICENSE-UNICODE.
//
// The calendar is the Gregorian one and digits are 0 to 9 in every language,
// also where CLDR prefers others (the Buddhist calendar in Thai, ٠ to ٩ in
// some Arabic countries): that is what sites are used to, and what a
// layout of package time can express. Names of time zones are not
// translated: a zone appears by its abbreviation, except that :time_full
// writes the common ones out in English.
//
// The formats of English are those of CLDR with plain spaces and am and pm in
// lower case.
package locale

import (
	"strings"

	"golang.org/x/text/language"
)

// Dates formats dates in one language. It is made by [For], is immutable, and
// is safe for concurrent use.
type Dates struct {
	name    string // in CLDR
	english bool

	months, monthsAbbr [12]string // beside a day: genitive where there is one
	alone, aloneAbbr   [12]string // without a day: nominative
	days, daysAbbr     [7]string  // from Sunday
	half, halfLower    [2]string  // am, pm
	hours              [24]string // part of the day, where the formats want it
	era                string     // of positive years, likewise

	date, time [4]string // CLDR patterns: full, long, medium, short
}

// For returns the formatter of a language. Where the very tag is unknown, its
// region is left out, or replaced by the group of countries that CLDR puts it
// in (pt-AO is as pt-PT), or by its script (zh-TW is as zh-Hant); a language
// that is unknown in that script is written in English. Each call finds and decodes
// the facts anew, in about a tenth of a millisecond: keep the result.
func For(tag language.Tag) *Dates {
	for _, name := range candidates(tag) {
		if d := load(name); d != nil {
			return d
		}
	}
	return load("en")
}

// candidates are the names under which CLDR may have a language, the most
// precise first.
func candidates(tag language.Tag) []string {
	if t, err := language.All.Canonicalize(tag); err == nil {
		tag = t
	}
	base, _ := tag.Base()
	script, _ := tag.Script()
	usual := script
	if t, err := language.Compose(base); err == nil {
		usual, _ = t.Script()
	}
	name, _, _ := strings.Cut(tag.String(), "-u-")
	names := []string{name}
	if _, _, region := tag.Raw(); region != (language.Region{}) {
		names = append(names,
			base.String()+"-"+script.String()+"-"+region.String(),
			base.String()+"-"+region.String())
	}
	names = append(names, base.String()+"-"+script.String())
	if script == usual {
		names = append(names, base.String())
	}
	return names
}
