package theme

import (
	"html/template"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/feature/plural"
	tag "golang.org/x/text/language"
)

func TestLabels(t *testing.T) {
	s := newSite()
	s.Title = ""
	s.Language.Locale, s.Language.Dir = "he", "rtl"
	s.Params = map[string]any{"labels": map[string]any{"home": "בית", "reading": "%d דק׳", "date": "02.01.2006"}}
	p := s.Home.add(&page{Kind: "page", Title: "א", ReadingTime: 2, Date: day("2026-08-17"),
		Content: template.HTML("<p>ב</p>")})
	expect(t, p, `<html lang="he" dir="rtl">`, `<title>א · בית</title>`, `<span>2 דק׳</span>`,
		`<time datetime="2026-08-17">17.08.2026</time>`, `>דילוג לתוכן</a>`)
	expect(t, s.Home, `<title>בית</title>`, `<h1>בית</h1>`)
}

func labels(t *testing.T, e *engine, tag string) map[string]any {
	t.Helper()
	s := newSite()
	s.Language.Locale = tag
	v, err := e.partial("labels.html", s.Home)
	if err != nil {
		t.Fatal(err)
	}
	return v.(map[string]any)
}

var tags = strings.Fields("ar ca cs da de el es fa fi fr he hu id it ja ko nb nl pl pt ru sv th tr uk vi zh zh-TW")

// results is before the plural category in names of the words for a number of them.
const results = "search.results."

// holdsNumber reports whether a word has one %d if the English one does, and else none.
// Of results, one and two may be words.
func holdsNumber(key, word string, english map[string]any) bool {
	n := strings.Count(word, "%d")
	if strings.Count(word, "%") != n {
		return false
	}
	if category, ok := strings.CutPrefix(key, results); ok {
		return n == 1 || n == 0 && (category == "one" || category == "two")
	}
	return n == strings.Count(english[key].(string), "%d")
}

func TestWords(t *testing.T) {
	e := newEngine(t)
	english := labels(t, e, "en")
	for _, tag := range tags {
		v, err := e.partial("words.html", tag)
		if err != nil {
			t.Fatal(err)
		}
		words := v.(map[string]any)
		for key, word := range words {
			word := word.(string)
			if _, ok := english[key]; !ok && !strings.HasPrefix(key, results) {
				t.Errorf("%s: unknown word %q", tag, key)
			}
			if word == "" || strings.TrimSpace(word) != word || strings.ContainsAny(word, "\n\t<>") {
				t.Errorf("%s: %s is %q", tag, key, word)
			}
			if !holdsNumber(key, word, english) {
				t.Errorf("%s: %s is %q", tag, key, word)
			}
		}
		for key := range english {
			if _, ok := words[key]; !ok && !slices.Contains([]string{"date", "shortdate", "day", results + "one"}, key) {
				t.Errorf("%s: no %s", tag, key)
			}
		}
	}
}

func TestWordsOfTag(t *testing.T) {
	e := newEngine(t)
	for tag, want := range map[string]string{
		"en": "Contents", "en-GB": "Contents", "tlh": "Contents", "de-DE": "Inhalt", "pt-BR": "Índice", "DE": "Inhalt",
		"no": "Innhold", "nn-NO": "Innhold", "zh": "目录", "zh-Hans-CN": "目录", "zh-CN": "目录",
		"zh-TW": "目錄", "zh-HK": "目錄", "zh-Hant": "目錄", "zh-Hant-TW": "目錄",
	} {
		if got := labels(t, e, tag)["contents"]; got != want {
			t.Errorf("%s: got %q, want %q", tag, got, want)
		}
	}
	if a, b := labels(t, e, "tlh"), labels(t, e, "en"); !maps.Equal(a, b) {
		t.Errorf("of an unknown language: got %v, want %v", a, b)
	}
}

func TestDay(t *testing.T) {
	e := newEngine(t)
	for tag, want := range map[string]string{"en": "Jan 2", "fr": "Jan 2", "de": "2. Jan", "ja": "1月2日"} {
		if got := labels(t, e, tag)["day"]; got != want {
			t.Errorf("%s: got %q, want %q", tag, got, want)
		}
	}
	e.dates[":date_long"] = "2 January 2006"
	if got := labels(t, e, "fr")["day"]; got != "2 Jan" {
		t.Errorf("with the day first: got %q", got)
	}
}

// A language has a word for each plural category of small whole numbers, as the script asks for.
func TestResults(t *testing.T) {
	e := newEngine(t)
	categories := map[plural.Form]string{plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other"}
	for _, code := range tags {
		v, err := e.partial("words.html", code)
		if err != nil {
			t.Fatal(err)
		}
		words := v.(map[string]any)
		for n := 1; n <= 1000; n++ { // none has a text of its own
			category := categories[plural.Cardinal.MatchPlural(tag.Make(code), n, 0, 0, 0, 0)]
			if code == "he" && category == "many" {
				category = "other" // as it is today
			}
			if _, ok := words[results+category]; !ok {
				t.Fatalf("%s: no %s%s, for %d", code, results, category, n)
			}
		}
		known := slices.Collect(maps.Values(categories))
		for key := range words {
			if category, ok := strings.CutPrefix(key, results); ok && !slices.Contains(known, category) {
				t.Errorf("%s: %s is no plural category", code, key)
			}
		}
	}
}
