package head

import (
	"errors"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Locale returns a BCP 47 tag in the form of og:locale, language and territory: en_US for
// en-US, and also for en, as the territory is the likely one. It is "" for what is no tag.
func Locale(tag string) string {
	if isLocale(tag) {
		return tag
	}
	if len(tag) == 5 && tag[2] == '-' && isLocale(tag[:2]+"_"+tag[3:]) {
		return tag[:2] + "_" + tag[3:]
	}
	t, err := parseTag(tag)
	if err != nil {
		return ""
	}
	base, _ := t.Base()
	region, _ := t.Region()
	if s := base.String() + "_" + region.String(); isLocale(s) && region.IsCountry() {
		return s
	}
	return ""
}

// isLocale reports whether s is of the form ll_TT, or lll_TT.
func isLocale(s string) bool {
	lang, region, _ := strings.Cut(s, "_")
	if len(lang) < 2 || len(lang) > 3 || len(region) != 2 {
		return false
	}
	for i := range len(lang) {
		if lang[i] < 'a' || lang[i] > 'z' {
			return false
		}
	}
	return 'A' <= region[0] && region[0] <= 'Z' && 'A' <= region[1] && region[1] <= 'Z'
}

var errNoLanguage = errors.New("no language")

// parseTag parses a language tag; one for private use, or for no language, is an error.
func parseTag(tag string) (language.Tag, error) {
	t, err := language.Parse(tag)
	if err == nil && (t.IsRoot() || len(tag) < 2 || tag[1] == '-' || strings.EqualFold(tag[:min(3, len(tag))], "und")) {
		err = errNoLanguage
	}
	return t, err
}

// hreflang returns a language as it may stand in hreflang, or "".
func hreflang(lang string) string {
	lang = strings.ReplaceAll(lang, "_", "-")
	if _, err := parseTag(lang); err != nil {
		return ""
	}
	return lang
}

// alternates adds the translations if there are any beside the page itself. A language has
// one page, the first, and the page itself has to be among them, or else none count.
func (w *writer) alternates(p *Page) {
	self := p.absolute(p.Canonical)
	if len(p.Alternates) == 0 || p.is404() || self == "" {
		return
	}
	list := make([]Alternate, 0, len(p.Alternates)+1)
	add := func(a Alternate) {
		a.Lang, a.URL = hreflang(a.Lang), p.absolute(a.URL)
		if a.Lang == "" || a.URL == "" || slices.ContainsFunc(list, func(b Alternate) bool {
			return strings.EqualFold(a.Lang, b.Lang)
		}) {
			return
		}
		list = append(list, a)
	}
	if !slices.ContainsFunc(p.Alternates, func(a Alternate) bool { return p.absolute(a.URL) == self }) {
		add(Alternate{Lang: p.Language, URL: p.Canonical})
	}
	for _, a := range p.Alternates {
		add(a)
	}
	if len(list) < 2 || !slices.ContainsFunc(list, func(a Alternate) bool { return a.URL == self }) {
		return
	}
	for _, a := range list {
		w.link("alternate", a.URL, "hreflang", a.Lang)
	}
	if i := slices.IndexFunc(list, func(a Alternate) bool { return a.Default }); i >= 0 {
		w.link("alternate", list[i].URL, "hreflang", "x-default")
	}
}
