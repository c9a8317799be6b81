package locale

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"
)

var afternoon = time.Date(2026, 3, 5, 16, 7, 8, 0, time.UTC)

// TestFormat has what is also the output of Hugo 0.165, except where a comment
// tells, and that Hugo always writes pm, and never uses stand-alone forms.
func TestFormat(t *testing.T) {
	layouts := []string{"2 January 2006", "January 2006", "Jan 2006", "Monday, Mon", ":date_full", ":date_medium", ":time_long"}
	for tag, want := range map[string]string{
		"en":    "5 March 2026|March 2026|Mar 2026|Thursday, Thu|Thursday, March 5, 2026|Mar 5, 2026|4:07:08 pm UTC",
		"en-GB": "5 March 2026|March 2026|Mar 2026|Thursday, Thu|Thursday, 5 March 2026|5 Mar 2026|16:07:08 UTC",
		"de":    "5 März 2026|März 2026|Mär 2026|Donnerstag, Do.|Donnerstag, 5. März 2026|05.03.2026|16:07:08 UTC",
		"fr":    "5 mars 2026|mars 2026|mars 2026|jeudi, jeu.|jeudi 5 mars 2026|5 mars 2026|16:07:08 UTC",
		"pt-BR": "5 março 2026|março 2026|mar. 2026|quinta-feira, qui.|quinta-feira, 5 de março de 2026|5 de mar. de 2026|16:07:08 UTC",
		"nb":    "5 mars 2026|mars 2026|mar 2026|torsdag, tor.|torsdag 5. mars 2026|5. mars 2026|16:07:08 UTC",
		"tr":    "5 Mart 2026|Mart 2026|Mar 2026|Perşembe, Per|5 Mart 2026 Perşembe|5 Mar 2026|16:07:08 UTC",
		"hu":    "5 március 2026|március 2026|márc. 2026|csütörtök, Cs|2026. március 5., csütörtök|2026. márc. 5.|16:07:08 UTC",
		"si":    "5 මැදින් 2026|මැදින් 2026|මැදින් 2026|බ්\u200dරහස්පතින්දා, බ්\u200dරහස්|2026 මැදින් 5, බ්\u200dරහස්පතින්දා|2026 මැදින් 5|16.07.08 UTC",
		"ta":    "5 மார்ச் 2026|மார்ச் 2026|மார். 2026|வியாழன், வியா.|வியாழன், 5 மார்ச், 2026|5 மார்., 2026|4:07:08 PM UTC",
		"zh":    "5 三月 2026|三月 2026|3月 2026|星期四, 周四|2026年3月5日星期四|2026年3月5日|UTC 16:07:08",
		// A month alone is in the nominative; Hugo has the genitive.
		"ru": "5 марта 2026|март 2026|март 2026|четверг, чт|четверг, 5 марта 2026\u202fг.|5 мар. 2026\u202fг.|16:07:08 UTC",
		"uk": "5 березня 2026|березень 2026|бер. 2026|четвер, чт|четвер, 5 березня 2026\u202fр.|5 бер. 2026\u202fр.|16:07:08 UTC",
		"pl": "5 marca 2026|marzec 2026|mar 2026|czwartek, czw.|czwartek, 5 marca 2026|5 mar 2026|16:07:08 UTC",
		"cs": "5 března 2026|březen 2026|bře 2026|čtvrtek, čt|čtvrtek 5. března 2026|5. 3. 2026|16:07:08 UTC",
		"el": "5 Μαρτίου 2026|Μάρτιος 2026|Μάρ 2026|Πέμπτη, Πέμ|Πέμπτη 5 Μαρτίου 2026|5 Μαρ 2026|4:07:08\u202fμ.μ. UTC",
		"vi": "5 tháng 3 2026|Tháng 3 2026|Tháng 3 2026|Thứ Năm, Thứ 5|Thứ Năm, 5 tháng 3, 2026|5 thg 3, 2026|16:07:08 UTC",
		// Weekdays in the form for dates; Hugo has another one, and the letters cccc.
		"fi": "5 maaliskuuta 2026|maaliskuu 2026|maalis 2026|torstai, to|torstai 5. maaliskuuta 2026|5.3.2026|16.07.08 UTC",
		"sr": "5 март 2026|март 2026|мар 2026|четвртак, чет|четвртак, 5. март 2026.|5. 3. 2026.|16:07:08 UTC",
		"he": "5 מרץ 2026|מרץ 2026|מרץ 2026|יום חמישי, יום ה׳|יום חמישי, 5 במרץ 2026|5 במרץ 2026|16:07:08 UTC",
		// Hugo leaves out the abbreviations of these four.
		"ar": "5 مارس 2026|مارس 2026|مارس 2026|الخميس, الخميس|الخميس، 5 مارس 2026|05\u200f/03\u200f/2026|4:07:08 م UTC",
		"fa": "5 مارس 2026|مارس 2026|مارس 2026|پنجشنبه, پنجشنبه|پنجشنبه 5 مارس 2026|5 مارس 2026|16:07:08 (UTC)",
		"ja": "5 3月 2026|3月 2026|3月 2026|木曜日, 木|2026年3月5日木曜日|2026/03/05|16:07:08 UTC",
		"ko": "5 3월 2026|3월 2026|3월 2026|목요일, 목|2026년 3월 5일 목요일|2026. 3. 5.|오후 4시 7분 8초 UTC",
		// Hugo writes these two in English.
		"zh-CN": "5 三月 2026|三月 2026|3月 2026|星期四, 周四|2026年3月5日星期四|2026年3月5日|UTC 16:07:08",
		"zh-TW": "5 3月 2026|3月 2026|3月 2026|星期四, 週四|2026年3月5日 星期四|2026年3月5日|下午4:07:08 [UTC]",
		// The year isn't the Buddhist one; Hugo has the letter G.
		"th": "5 มีนาคม 2026|มีนาคม 2026|มี.ค. 2026|วันพฤหัสบดี, พฤหัส|วันพฤหัสบดีที่ 5 มีนาคม ค.ศ. 2026|5 มี.ค. 2026|16 นาฬิกา 07 นาที 08 วินาที UTC",
	} {
		d := For(language.Make(tag))
		var got []string
		for _, layout := range layouts {
			s, err := d.Format(afternoon, layout)
			if err != nil {
				t.Error(tag, err)
			}
			got = append(got, s)
		}
		if g := strings.Join(got, "|"); g != want {
			t.Errorf("%s\ngot  %s\nwant %s", tag, g, want)
		}
	}
}

func TestFormatParts(t *testing.T) {
	berlin := time.FixedZone("CET", 3600)
	evening := time.Date(2026, 12, 31, 23, 4, 5, 6e6, berlin)
	night := time.Date(987, 1, 1, 0, 0, 0, 0, time.FixedZone("", 3600))
	for _, tt := range []struct {
		tag, layout string
		t           time.Time
		want        string
	}{
		{"de", "", evening, ""},
		{"de", "2. Jan. 2006", evening, "31. Dez.. 2026"},
		{"de", "January Janus Jan", evening, "Dezember Janus Dez"},
		{"de", "Mondays, Money, MST", evening, "Donnerstags, Money, CET"},
		{"de", time.RFC3339Nano, evening, "2026-12-31T23:04:05.006+01:00"},
		{"de", time.RFC1123Z, evening, "Do., 31 Dez. 2026 23:04:05 +0100"},
		{"ru", "January 002", evening, "декабрь 365"},
		{"ru", "January __2", evening, "декабрь 365"},
		{"ru", "January _2006", evening, "декабрь _2026"},
		{"ru", "January _2", evening, "декабря 31"},
		{"ru", "02 January", evening, "31 декабря"},
		{"ru", "2006-012 January", evening, "2026-1231 декабря"},
		{"es", "3:04 PM, pm", evening, "11:04 p.\u202fm., p.\u202fm."},
		{"tr", "PM pm", evening, "ÖS ös"},
		{"es", ":time_short", evening, "23:04"},
		{"mn", ":date_long", evening, "2026\u202fоны арван хоёрдугаар сарын 31"},
		{"ca", ":date_long", evening, "31 de desembre del 2026"},
		{"be", ":time_full", evening, "23:04:05, CET"},
		{"en", ":time_full", evening, "11:04:05 pm Central European Standard Time"},
		{"en-AU", ":time_medium", evening, "11:04:05 pm"},
		{"en", ":date_short", evening, "12/31/26"},
		{"en", ":date_long", night, "January 1, 987"},
		{"en", ":time_full", night, "12:00:00 am +0100"},
		{"zh-TW", ":time_short", night, "凌晨12:00"},
		{"zh-TW", ":time_short", night.Add(12 * time.Hour), "中午12:00"},
		{"es-MX", ":time_short", night, "12:00\u202fa.m."},
	} {
		got, err := For(language.Make(tt.tag)).Format(tt.t, tt.layout)
		if got != tt.want || err != nil {
			t.Errorf("%s %q: got %q, %v, want %q", tt.tag, tt.layout, got, err, tt.want)
		}
	}
}

func TestFormatUnknownToken(t *testing.T) {
	for layout, want := range map[string]string{
		":date_ful": `unknown token ":date_ful" (did you mean ":date_full"?)`,
		":time_":    `unknown token ":time_"`,
	} {
		got, err := For(language.German).Format(afternoon, layout)
		if err == nil || err.Error() != want || got != "" {
			t.Errorf("%s: got %q, %v", layout, got, err)
		}
	}
	if got, err := For(language.German).Format(afternoon, ":15:04"); got != ":16:07" || err != nil {
		t.Errorf("a layout with a colon: got %q, %v", got, err)
	}
}

func TestFor(t *testing.T) {
	for tag, want := range map[string]string{
		"und": "en", "en-US": "en", "en-GB": "en-GB", "en-DE": "en-DE", "tlh": "en", "mul": "en",
		"pt-BR": "pt", "pt-AO": "pt-AO", "es-MX": "es-MX", "es-ES": "es", "de-AT": "de-AT", "de-LU": "de",
		"zh": "zh", "zh-CN": "zh", "zh-Hans-CN": "zh", "zh-SG": "zh-Hans-SG", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant-HK",
		"sr": "sr", "sr-RS": "sr", "sr-ME": "sr-Latn-ME", "sr-Latn-RS": "sr-Latn", "sh": "sr-Latn", "sr-Cyrl": "sr",
		"no": "no", "nb-NO": "no", "nn-NO": "nn", "iw": "he", "tl": "fil", "cmn-Hant": "zh-Hant",
		"ca-ES-valencia": "ca-ES-valencia", "az-Arab": "en", "th-TH-u-ca-buddhist": "th", "de-x-du": "de",
	} {
		if d := For(language.Make(tag)); d.name != want {
			t.Errorf("%s: got %s, want %s", tag, d.name, want)
		}
	}
	for tag, want := range map[string]string{"pt-AO": "pt-PT", "es-HN": "es-419", "nn": "no"} {
		d, p := For(language.Make(tag)), load(want)
		if d.months != p.months {
			t.Errorf("%s hasn't the months of %s", tag, want)
		}
	}
}

// TestData holds each entry against what the decoder and the patterns expect.
func TestData(t *testing.T) {
	var names []string
	for line := range strings.Lines(data) {
		if entry, ok := strings.CutPrefix(line, "@"); ok {
			name, _, _ := strings.Cut(entry, " ")
			names = append(names, name)
		}
	}
	if len(names) < 300 {
		t.Fatalf("only %d entries", len(names))
	}
	for _, name := range names {
		d := load(name)
		all := slices.Concat(d.months[:], d.monthsAbbr[:], d.alone[:], d.aloneAbbr[:], d.days[:], d.daysAbbr[:], d.half[:], d.halfLower[:], d.date[:], d.time[:])
		if slices.Contains(all, "") {
			t.Errorf("%s: something is missing in %q", name, all)
		}
		for _, p := range slices.Concat(d.date[:], d.time[:]) {
			if strings.Contains(p, "B") && slices.Contains(d.hours[:], "") || strings.Contains(p, "G") && d.era == "" {
				t.Errorf("%s: words for %q are missing", name, p)
			}
			for _, field := range fields(p) {
				if got := string(d.appendField(nil, afternoon, field)); got == field {
					t.Errorf("%s: field %s of %q isn't known", name, field, p)
				}
			}
		}
		tag, err := language.Parse(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got := For(tag); got.name != name && got.date != d.date {
			t.Errorf("%s is hidden by %s", name, got.name)
		}
	}
}

// fields are the runs of a letter in a pattern without its quoted text.
func fields(pattern string) []string {
	var list []string
	for i, part := range strings.Split(pattern, "'") {
		if i%2 == 1 {
			continue
		}
		last := rune(0)
		for _, r := range part {
			switch {
			case (r < 'A' || r > 'Z') && (r < 'a' || r > 'z'):
			case r == last:
				list[len(list)-1] += string(r)
			default:
				list = append(list, string(r))
			}
			last = r
		}
	}
	return list
}

func TestEnglishWords(t *testing.T) {
	d := For(language.English)
	for i := range 12 {
		m := time.Month(i + 1).String()
		if d.months[i] != m || d.alone[i] != m || d.monthsAbbr[i] != m[:3] || d.aloneAbbr[i] != m[:3] {
			t.Errorf("months differ from package time's: %q", m)
		}
	}
	for i := range 7 {
		if w := time.Weekday(i).String(); d.days[i] != w || d.daysAbbr[i] != w[:3] {
			t.Errorf("weekdays differ from package time's: %q", w)
		}
	}
}

func FuzzFormat(f *testing.F) {
	for _, layout := range []string{
		time.RFC3339Nano, time.RFC1123Z, time.ANSIC, time.RFC850, "January 2, 2006", "Jan _2 pm", "__2 002 02 2", "_2006",
		"-070000Z07:00:00-07", "Janu Mond MSTMonJan", ".000Jan,999PM", "0002", "-07002", "Z0700Jan", ":date_full", ":time_x", "2006年1月2日", "Janpm0", "Monpm",
	} {
		f.Add(layout, int64(1772726828))
	}
	english, russian := For(language.English), For(language.Russian)
	f.Fuzz(func(t *testing.T, layout string, seconds int64) {
		at := time.Unix(seconds%1e12, seconds&0x3fff).UTC()
		_, err := russian.Format(at, layout)
		if strings.HasPrefix(layout, ":date_") || strings.HasPrefix(layout, ":time_") {
			if err != nil != !slices.Contains(tokens[:], layout) {
				t.Fatalf("%q: %v", layout, err)
			}
			return
		}
		got, err := english.Format(at, layout)
		if want := at.Format(layout); got != want || err != nil {
			t.Fatalf("%q: got %q, %v, want %q", layout, got, err, want)
		}
		if strings.Contains(layout, "002") || strings.Contains(layout, "__2") {
			return // days of the year differ as well
		}
		differs := afternoon.Format(layout) != afternoon.AddDate(0, 0, 7).Format(layout)
		if hasDay(layout) != differs {
			t.Fatalf("%q: a day of the month is seen: %v, is there: %v", layout, !differs, differs)
		}
	})
}

func BenchmarkFormat(b *testing.B) {
	d := For(language.German)
	for _, layout := range []string{"Monday, 2. January 2006", ":date_full", "2006-01-02"} {
		b.Run(layout, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := d.Format(afternoon, layout); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkFor(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		For(language.BrazilianPortuguese)
	}
}

func TestFormatAllocates(t *testing.T) {
	d := For(language.German)
	for _, layout := range []string{"Monday, 2. January 2006", ":date_full"} {
		if n := testing.AllocsPerRun(100, func() { _, _ = d.Format(afternoon, layout) }); n > 2 {
			t.Errorf("%s: %v allocations", layout, n)
		}
	}
}
