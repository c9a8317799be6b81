package theme

import (
	"html/template"
	"maps"
	"slices"
	"strings"
	"testing"
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

func TestWords(t *testing.T) {
	e := newEngine(t)
	english := labels(t, e, "en")
	for _, tag := range strings.Fields("ar ca cs da de el es fa fi fr he hu id it ja ko nb nl pl pt ru sv th tr uk vi zh zh-TW") {
		v, err := e.partial("words.html", tag)
		if err != nil {
			t.Fatal(err)
		}
		words := v.(map[string]any)
		for key, word := range words {
			word := word.(string)
			if _, ok := english[key]; !ok {
				t.Errorf("%s: unknown word %q", tag, key)
			}
			if word == "" || strings.TrimSpace(word) != word || strings.ContainsAny(word, "\n\t<>") {
				t.Errorf("%s: %s is %q", tag, key, word)
			}
			if n := strings.Count(word, "%"); n != strings.Count(english[key].(string), "%d") || n != strings.Count(word, "%d") {
				t.Errorf("%s: %s is %q", tag, key, word)
			}
		}
		for key := range english {
			if _, ok := words[key]; !ok && !slices.Contains([]string{"date", "shortdate", "day"}, key) {
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
