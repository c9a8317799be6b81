package funcs

import (
	"errors"
	"strings"
	"testing"
	"text/template"
	"time"

	"github.com/jam-go/jam/internal/locale"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
)

func TestTime(t *testing.T) {
	data := map[string]any{
		"Noon": noon, "Evening": time.Date(2023, 1, 27, 23, 44, 58, 0, time.FixedZone("PST", -8*3600)),
		"Odd": time.Date(2023, 1, 27, 3, 4, 5, 0, time.FixedZone("XYZ", 3600)), "Date": toml.LocalDate{Year: 2024, Month: 5, Day: 6},
		"Ptr": &noon,
	}
	for _, tt := range []example{
		{`{{ now }}|{{ now.Year }}|{{ time.Now.Unix }}`, `2024-02-29 12:00:00 +0000 UTC|2024|1709208000`},
		{`{{ time "2024-01-02" }}|{{ time.AsTime "2024-01-02T03:04:05" }}`, `2024-01-02 00:00:00 +0000 UTC|2024-01-02 03:04:05 +0000 UTC`},
		{`{{ (time "2024-01-02T03:04:05+02:00").UTC }}|{{ (time "2024-01-02 03:04:05 +0200").UTC }}`, `2024-01-02 01:04:05 +0000 UTC|2024-01-02 01:04:05 +0000 UTC`},
		{`{{ time 0 }}|{{ time .Date }}|{{ time .Ptr }}|{{ (time "15 Oct 2023").Month }}`, `1970-01-01 00:00:00 +0000 UTC|2024-05-06 00:00:00 +0000 UTC|2024-02-29 12:00:00 +0000 UTC|October`},
		{`{{ (time "2024-07-01" "Europe/Oslo").UTC }}|{{ (time.AsTime "2024-07-01" "Local").UTC }}`, `2024-06-30 22:00:00 +0000 UTC|2024-07-01 00:00:00 +0000 UTC`},
		{`{{ time (time .Noon) }}|{{ time (printf "%s" .Noon) }}`, `2024-02-29 12:00:00 +0000 UTC|2024-02-29 12:00:00 +0000 UTC`},
		{`{{ time.Format "2 Jan 2006" .Noon }}|{{ .Noon | dateFormat "Monday 15:04" }}|{{ dateFormat "2006" "May 6, 2021" }}|{{ dateFormat "" .Noon }}`,
			`29 Feb 2024|Thursday 12:00|2021|`},
		{`{{ dateFormat ":date_full" .Noon }}|{{ dateFormat ":date_long" .Noon }}|{{ dateFormat ":date_medium" .Noon }}|{{ dateFormat ":date_short" .Noon }}`,
			`Thursday, February 29, 2024|February 29, 2024|Feb 29, 2024|2/29/24`},
		{`{{ dateFormat ":time_full" .Evening }}|{{ dateFormat ":time_long" .Evening }}|{{ dateFormat ":time_medium" .Evening }}|{{ dateFormat ":time_short" .Evening }}`,
			`11:44:58 pm Pacific Standard Time|11:44:58 pm PST|11:44:58 pm|11:44 pm`},
		{`{{ dateFormat ":time_full" .Odd }}|{{ dateFormat ":time_full" .Noon }}|{{ dateFormat ":15:04" .Odd }}`, `3:04:05 am XYZ|12:00:00 pm Coordinated Universal Time|:03:04`},
		{`{{ .Noon | time.In "America/New_York" }}|{{ time.In "" .Noon }}|{{ time.In "UTC" "2024-01-01" }}|{{ time.In "Local" .Noon }}`,
			`2024-02-29 07:00:00 -0500 EST|2024-02-29 12:00:00 +0000 UTC|2024-01-01 00:00:00 +0000 UTC|2024-02-29 12:00:00 +0000 UTC`},
		{`{{ time.ParseDuration "1h30m" }}|{{ duration "minute" 90 }}|{{ duration "h" 1.5 }}|{{ time.Duration "ms" "20" }}|{{ duration "us" 3 }}|{{ duration "ns" -1 }}|{{ duration "second" 2 }}`,
			`1h30m0s|1h30m0s|1h30m0s|20ms|3µs|-1ns|2s`},
	} {
		tt.run(t, data)
	}
	for _, tt := range []example{
		{`{{ time "soon" }}`, `time: can't read "soon" as a date: write it like 2006-01-02 or 2006-01-02T15:04:05+01:00`},
		{`{{ time "2024-02-30" }}`, `time: can't read "2024-02-30" as a date`},
		{`{{ time nil }}`, `time: want a date, have nil`},
		{`{{ time true }}`, `time: want a date, have bool`},
		{`{{ time 9223372036854775807 }}`, `time: 9223372036854775807 is no time in seconds`},
		{`{{ time "2024-01-01" "Mars/Base" }}`, `time: unknown time zone Mars/Base`},
		{`{{ time "2024-01-01" "../x" }}`, `time: `},
		{`{{ time 1 2 3 }}`, `time: want a date and a time zone, have 3 arguments`},
		{`{{ time.AsTime 1 "UTC" "UTC" }}`, `time: want one time zone, have 2`},
		{`{{ time.In "Mars/Base" .Noon }}`, `time.In: unknown time zone Mars/Base`},
		{`{{ time.In "UTC" "x" }}`, `time.In: can't read "x" as a date`},
		{`{{ time.Format "2006" "x" }}`, `time.Format: can't read "x" as a date`},
		{`{{ time.Format ":date_ful" .Noon }}`, `time.Format: unknown token ":date_ful" (did you mean ":date_full"?)`},
		{`{{ time.Format (slice) .Noon }}`, `time.Format: want text, have []any`},
		{`{{ time.ParseDuration "1 hour" }}`, `time.ParseDuration: time: unknown unit`},
		{`{{ duration "week" 1 }}`, `duration: unknown unit "week"`},
		{`{{ duration "hour" "x" }}`, `duration: want a number, have string "x"`},
		{`{{ duration "hour" 9223372036854775807 }}`, `hour is too long`},
	} {
		tt.fail(t, data)
	}
}

func TestTimeOptions(t *testing.T) {
	asked := 0
	opt := Options{
		Now:      func() time.Time { return noon },
		Location: time.FixedZone("HOME", 3600),
		Zone: func(name string) (*time.Location, error) {
			if asked++; name != "Moon" {
				return nil, errors.New("no such place")
			}
			return time.FixedZone("MOON", -3600), nil
		},
	}
	tmpl := template.Must(template.New("x").Funcs(Map(opt)).Parse(
		`{{ now }}|{{ time "2024-01-01" }}|{{ time.In "Moon" now }}|{{ time.In "Moon" now }}|{{ time.In "Local" now }}`))
	var b strings.Builder
	if err := tmpl.Execute(&b, nil); err != nil {
		t.Fatal(err)
	}
	want := `2024-02-29 13:00:00 +0100 HOME|2024-01-01 00:00:00 +0100 HOME|2024-02-29 11:00:00 -0100 MOON|2024-02-29 11:00:00 -0100 MOON|2024-02-29 13:00:00 +0100 HOME`
	if b.String() != want {
		t.Errorf("got  %s\nwant %s", b.String(), want)
	}
	if asked != 1 {
		t.Errorf("the zone was looked up %d times", asked)
	}
}

func TestTimeDates(t *testing.T) {
	tmpl := template.Must(template.New("x").Funcs(Map(Options{
		Now:   func() time.Time { return noon },
		Dates: locale.For(language.Russian).Format,
	})).Parse(`{{ dateFormat "2 January" now }}|{{ time.Format "January" now }}|{{ now | time.Format ":date_long" }}|{{ now.Format "January" }}`))
	var b strings.Builder
	if err := tmpl.Execute(&b, nil); err != nil {
		t.Fatal(err)
	}
	if want := "29 февраля|февраль|29 февраля 2024\u202fг.|February"; b.String() != want {
		t.Errorf("got  %s\nwant %s", b.String(), want)
	}
	refuse := func(time.Time, string) (string, error) { return "partly", errors.New("no such layout") }
	got, err := Time{newLibrary(Options{Dates: refuse})}.Format("x", noon)
	if got != "" || err == nil || err.Error() != "time.Format: no such layout" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestLang(t *testing.T) {
	for _, tt := range []example{
		{`{{ lang.FormatNumber 2 1234567.891 }}|{{ lang.FormatNumber 0 1.5 }}|{{ lang.FormatPercent 1 12.34 }}`, `1,234,567.89|2|12.3%`},
		{`{{ lang.FormatNumberCustom 2 12345.6789 }}|{{ lang.FormatNumberCustom 2 12345.6789 "- , ." }}|{{ lang.FormatNumberCustom 0 -12345.6789 "-|.| " "|" }}`,
			`12,345.68|12.345,68|-12 346`},
		{`{{ lang.FormatNumberCustom 0 2.5 }}|{{ lang.FormatNumberCustom 0 -0.4 }}|{{ lang.FormatNumberCustom 3 "999" }}|{{ lang.FormatNumberCustom 0 1000 "-" }}|{{ lang.FormatNumberCustom 1 1e21 }}`,
			`3|0|999.000|1000|1,000,000,000,000,000,000,000.0`},
	} {
		tt.run(t, nil)
	}
	for _, tt := range []example{
		{`{{ lang.FormatNumber -1 2 }}`, `lang.FormatNumber: the precision -1 isn't within 0 to 20`},
		{`{{ lang.FormatPercent 21 2 }}`, `lang.FormatPercent: the precision 21 isn't within 0 to 20`},
		{`{{ lang.FormatNumberCustom 2 "x" }}`, `lang.FormatNumberCustom: want a number, have string "x"`},
		{`{{ lang.FormatNumberCustom 2 "NaN" }}`, `lang.FormatNumberCustom: want a number, have string`},
		{`{{ lang.FormatNumberCustom 2 1 "a b c d" }}`, `lang.FormatNumberCustom: want up to 3 signs, have 4 in "a b c d"`},
		{`{{ lang.FormatNumberCustom 2 1 "a" "b" "c" }}`, `lang.FormatNumberCustom: want signs and a delimiter, have 3 arguments`},
	} {
		tt.fail(t, nil)
	}
	l := Lang{newLibrary(Options{Language: func() language.Tag { return language.German }})}
	number, err := l.FormatNumber(2, 1234.5)
	percent, perr := l.FormatPercent(0, 50)
	if number != "1.234,50" || percent != "50\u00a0%" || err != nil || perr != nil {
		t.Errorf("in German %q and %q, %v, %v", number, percent, err, perr)
	}
}
